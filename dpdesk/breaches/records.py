"""What is stored about a breach: the facts that policy 16 and 23 and the regulator ask for."""

from __future__ import annotations

from dpdesk.breaches import states
from dpdesk.breaches.conditions import (
    at_a_processor,
    is_breach,
    is_cyber,
    is_decided,
    of_things,
    to_report,
    where,
    with_equipment,
    with_recovery,
)
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


class Breach(Record):
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

    decision = choice(
        "Decision", pick("decisions"), section="decision", when=is_breach, wanted=True, listed=True
    )
    decision_why = long_text(
        "Reason",
        section="decision",
        when=is_decided,
        wanted=True,
        help="A decision not to report cannot be saved without a reason.",
        source="UK GDPR Art 33(5); policy 23 Resolved",
    )
    decided = moment("Decided on", section="decision", when=is_decided, past=True)
    decided_by = text("Who decided?", person=True, section="decision", when=is_decided)
    delay_why = long_text(
        "Reasons for any delay in reporting",
        section="decision",
        when=is_breach,
        help="Required if the report goes after the 72 hours; it is printed in the report.",
        source="UK GDPR Art 33(1)",
    )

    report_reason = choice(
        "Does it meet the threshold?", pick("report_reasons"), section="form", when=to_report
    )
    ico_staff = text("ICO staff you have spoken to", section="form", when=to_report)
    first_contact = yes_no(
        "Is this the first time you have contacted the ICO about a breach?",
        section="form",
        when=to_report,
    )
    size = choice(
        "Size of the school", pick("sizes"), section="form", when=to_report, default=lambda: "small"
    )
    code_member = yes_no(
        "Is the school a member of an approved code of conduct or certification scheme?",
        section="form",
        when=to_report,
        default=lambda: "no",
    )
    code_words = long_text(
        "Which one, is it relevant, and has its governing body been told?",
        section="form",
        when=where("code_member", "yes", of=to_report),
    )
    whats_new = long_text("What is new since the last report?", section="form", when=to_report)
    rest_by = date(
        "When do you expect to know the rest?",
        section="form",
        when=to_report,
        help="Printed with what is not yet known. Clear it when nothing is outstanding.",
        source="UK GDPR Art 33(4); policy 23 Report",
    )

    telling = choice(
        "Have the people affected been told?",
        pick("telling"),
        section="telling",
        when=is_breach,
        wanted=True,
        source="UK GDPR Art 34; policy 16.6",
    )
    telling_other = text("Details", section="telling", when=where("telling", "other"))
    not_telling = choices(
        "Why are they not being told?",
        pick("not_telling"),
        section="telling",
        when=where("telling", "not"),
        wanted=True,
        source="UK GDPR Art 34(1) and 34(3)",
    )
    tell_others = yes_no(
        "Have other organisations been told, or will they be?",
        section="telling",
        when=is_breach,
        source="Policy 23 Report",
    )
    check_report = checklist("report", "telling")

    check_remediate = checklist("remediate", "remedy")
    restored = moment("Back to normal on", section="recovery", past=True, when=with_recovery)
    recovery = long_text("How did you get back to normal?", section="recovery", when=with_recovery)
    check_recover = checklist("recover", "recovery", when=with_recovery)

    cause = choice("Cause", pick("causes"), section="lessons", wanted=True)
    cause_words = long_text("Why did it happen?", section="lessons")
    lessons = long_text("What have you learned?", section="lessons", source="Policy 23 Review")
    prevention = long_text("What will stop it happening again?", section="lessons")
    prevention_by = date("To be done by", section="lessons")
    training_change = text("Training as a result", section="lessons", source="Policy 23 Review")
    asset_change = text("Changes to files or systems as a result", section="lessons")
    reviewed = date(
        "Last reviewed on",
        section="lessons",
        past=True,
        when=where("decision", "not_reportable"),
        help="A breach that was not reported may have to be reported later.",
        source="Policy 23 Resolved",
    )
    check_review = checklist("review", "lessons")

    resolved = date("Resolved on", section="close", past=True)
    check_resolved = checklist("resolved", "close")
    notes = long_text("Notes", section="close", help="For the school only.")
