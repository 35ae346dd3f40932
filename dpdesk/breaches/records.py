"""What is stored about a breach: the facts that policy 16 and 23 and the regulator ask for.

The questions of the later stages stand in files of their own: the decision, the report and telling
people (:mod:`deciding`), and what was learned (:mod:`learning`).
"""

from __future__ import annotations

from dpdesk.breaches import states
from dpdesk.breaches.conditions import (
    at_a_processor,
    is_breach,
    is_cyber,
    of_things,
    where,
    with_equipment,
)
from dpdesk.breaches.deciding import ReportQuestions
from dpdesk.breaches.learning import LearningQuestions
from dpdesk.breaches.pick_lists import checklist, pick
from dpdesk.breaches.whys import WHYS
from dpdesk.law.breach_lists import data_choices, people_choices
from dpdesk.registers.fields import (
    Register,
    choice,
    choices,
    date,
    links,
    long_text,
    moment,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Record

MOST_COUNTED = 100_000_000
"""More people or records than this no school has; it is a slip of the keyboard."""


class Breach(Record, ReportQuestions, LearningQuestions):
    """A breach, a near miss or a false alarm; or a drill."""

    register = Register(
        "breaches",
        title="Breaches",
        entry="incident",
        prefix="BR",
        icon="mdi6.shield-alert-outline",
        purpose=(
            "Every breach, near miss and false alarm is kept here, reported or not. If people may "
            "be at risk, the ICO must be told within 72 hours."
        ),
        first_step="Report a breach",
        title_label="What happened",
        order="-reference",
        help_page="breaches",
        sections=states.SECTIONS,
        stages=states.STAGES,
        states=states.STATES,
        chips=states.CHIPS,
        whys=WHYS,
    )

    summary = text(
        "What happened, in a few words?",
        section="happened",
        required=True,
        example="Report sent to the wrong parent",
    )
    aware = moment(
        "When did the school become aware?",
        heading="Aware",
        section="happened",
        required=True,
        listed=True,
        past=True,
        help="The moment you were reasonably sure. The 72 hours run from then.",
        source="UK GDPR Art 33(1); policy 16.6",
    )
    occurred = moment("When did it happen?", section="happened", wanted=True, past=True)
    occurred_words = text(
        "If you do not know exactly, or it went on for some time: when?",
        section="happened",
        example="some time between 2 and 5 November",
    )
    what = long_text(
        "What happened, what went wrong, and how?",
        section="happened",
        wanted=True,
        source="UK GDPR Art 33(3)(a); policy 16.7",
    )
    affected = long_text(
        "What has been affected, as far as you know?",
        section="happened",
        when=of_things,
        help="Records, systems, devices.",
    )
    ongoing = yes_no("Is it still going on?", section="happened", wanted=True)
    found_how = long_text(
        "How did the school find out?", section="happened", wanted=True, source="Policy 16.7"
    )
    found_by = text("Who noticed it?", person=True, section="happened", help="For the school only.")
    at_processor = yes_no(
        "Did it happen at a supplier?", section="happened", source="UK GDPR Art 33(2)"
    )
    processor = text("Which supplier?", section="happened", when=at_a_processor, wanted=True)
    processor_told = moment(
        "When did the supplier tell the school?",
        section="happened",
        when=at_a_processor,
        past=True,
        wanted=True,
        source="UK GDPR Art 33(2)",
    )
    assigned_to = text("Assigned to", person=True, section="happened", wanted=True, listed=True)

    incident_type = choice(
        "Kind of incident", pick("incident_types"), section="first", wanted=True, listed=True
    )
    equipment = yes_no(
        "Was equipment lost, damaged or stolen?", section="first", source="Policy 16.4"
    )
    first_steps = choices("First steps taken", pick("first_steps"), section="first")
    drill = yes_no(
        "Is this a drill?",
        section="first",
        default=lambda: "no",
        help="A drill is for practice: it has its own clock and is left out of all figures.",
    )

    equipment_what = text("Which equipment?", section="equipment", when=with_equipment, wanted=True)
    equipment_by = text(
        "Who was responsible for it?", person=True, section="equipment", when=with_equipment
    )
    equipment_how = long_text(
        "What happened, in that person’s words",
        section="equipment",
        when=with_equipment,
        wanted=True,
        source="Policy 16.4(b)",
    )
    equipment_reported = moment(
        "Written report given to the head teacher and the data protection officer",
        section="equipment",
        when=with_equipment,
        past=True,
        help="Within 24 hours.",
        source="Policy 16.4(b)",
    )

    contained = moment(
        "Contained on", section="containment", past=True, when=is_breach, wanted=True
    )
    remedy = long_text(
        "What has been done, or will be, to contain it and limit the harm?",
        section="containment",
        wanted=True,
        when=is_breach,
        source="UK GDPR Art 33(3)(d)",
    )

    outcome = choice("Outcome", pick("outcomes"), section="triage", wanted=True, listed=True)
    triaged = moment("Decided on", section="triage", past=True)
    triaged_by = text("Who decided?", person=True, section="triage")
    triage_why = long_text(
        "How did you conclude that?", section="triage", wanted=True, source="Policy 23 Triage"
    )
    kinds = choices(
        "Kind in the school’s policy", pick("policy_kinds"), section="triage", source="Policy 16.3"
    )
    cyber = yes_no("Was it caused by a cyber incident?", section="triage")
    check_triage = checklist("triage", "triage")

    living = yes_no(
        "Does it involve personal data of living people?",
        section="scope",
        when=is_breach,
        wanted=True,
        source="ICO self-assessment, question 1; policy 16.1",
    )
    data_kinds = choices(
        "Kinds of data", data_choices(), section="scope", when=is_breach, wanted=True
    )
    data_other = text("Other kinds of data", section="scope", when=where("data_kinds", "other"))
    people_kinds = choices(
        "Whose data?", people_choices(), section="scope", when=is_breach, wanted=True
    )
    people_other = text(
        "Other kinds of people", section="scope", when=where("people_kinds", "other")
    )
    people_certainty = choice(
        "Do you know how many people?",
        pick("certainties"),
        section="scope",
        when=is_breach,
        wanted=True,
    )
    people = number(
        "How many people?",
        section="scope",
        when=where("people_certainty", None, "exact", "about"),
        most=MOST_COUNTED,
        source="UK GDPR Art 33(3)(a)",
    )
    people_most = number(
        "How many at most?",
        section="scope",
        when=where("people_certainty", "unknown"),
        most=MOST_COUNTED,
    )
    records_certainty = choice(
        "Do you know how many records?",
        pick("certainties"),
        section="scope",
        when=is_breach,
        wanted=True,
    )
    records = number(
        "How many records?",
        section="scope",
        when=where("records_certainty", None, "exact", "about"),
        most=MOST_COUNTED,
        source="UK GDPR Art 33(3)(a)",
    )
    asset_links = links(
        "Which entries in the asset register?",
        "assets",
        section="scope",
        source="Policy 8.3(j)",
    )
    assets = long_text("Which other files, systems or registers?", section="scope")

    harms = choices(
        "What could it lead to?",
        pick("harms"),
        section="risk",
        when=is_breach,
        wanted=True,
        source="Policy 16.2",
    )
    consequences = long_text(
        "What could it mean for the people affected? Has anyone been harmed?",
        section="risk",
        when=is_breach,
        wanted=True,
        source="UK GDPR Art 33(3)(c)",
    )
    likelihood = choice(
        "How likely are significant consequences?",
        pick("likelihoods"),
        section="risk",
        when=is_breach,
        wanted=True,
    )
    severity = choice(
        "How bad would they be?", pick("severities"), section="risk", when=is_breach, wanted=True
    )
    encrypted = choice(
        "Was the data encrypted?",
        pick("encryption"),
        section="risk",
        when=is_breach,
        wanted=True,
        help="By the school, before it happened. What an attacker has encrypted does not count.",
    )
    key_safe = yes_no(
        "Is the key or password safe?",
        section="risk",
        when=where("encrypted", "all", "part"),
        wanted=True,
        help="If it is stolen later, the breach may have to be reported after all.",
        source="Policy 23 Resolved",
    )
    recovered = choice(
        "Has the data been recovered?",
        pick("recoveries"),
        section="risk",
        when=is_breach,
        wanted=True,
    )

    high_risk = yes_no(
        "Is a high risk to people likely?",
        section="risk",
        when=is_breach,
        wanted=True,
        source="UK GDPR Art 34(1)",
        help="The card “What the answers point to” says what your answers suggest.",
    )

    cyber_affected = yes_no(
        "Was the confidentiality, integrity or availability of your systems affected?",
        section="cyber",
        when=is_cyber,
        wanted=True,
    )
    cyber_parts = choices(
        "Which of these?",
        pick("cyber_parts"),
        section="cyber",
        when=where("cyber_affected", "yes", of=is_cyber),
        wanted=True,
    )
    cyber_impact = choice(
        "Impact on the school", pick("cyber_impacts"), section="cyber", when=is_cyber, wanted=True
    )
    cyber_recovery = choice(
        "Recovery time", pick("cyber_recoveries"), section="cyber", when=is_cyber, wanted=True
    )

    staff = text(
        "Which staff were involved?",
        person=True,
        section="staff",
        help="For the school only. If there are several, list them under “Staff involved” instead.",
    )
    trained = yes_no(
        "Had they received data protection training in the last two years?",
        section="staff",
        when=is_breach,
        wanted=True,
        source="Policy 16.7",
    )
    trained_on = date("Date of their last training", section="staff", when=is_breach, past=True)
    training = long_text(
        "The school’s data protection training: content and frequency",
        section="staff",
        when=is_breach,
        wanted=True,
    )
    measures = long_text(
        "What was in place to prevent this?", section="staff", when=is_breach, wanted=True
    )
    check_assess = checklist("assess", "staff")
