"""What is stored about sharing: who asked for what, why it may be given, and what was given."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.law import bases
from dpdesk.law.pick_lists import choices as listed
from dpdesk.registers.fields import (
    Register,
    Section,
    Stage,
    Values,
    choice,
    choices,
    date,
    link,
    links,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record

_AUDIT = "ICO’s audit of the Department for Education, 5"


def regular(values: Values) -> bool:
    """Is it shared again and again?"""
    return values.get("kind") == "regular"


def for_law(values: Values) -> bool:
    """Do the police, a court or the law ask for it?"""
    return values.get("kind") in {"police", "court"}


def _less_would_do(values: Values) -> bool:
    return values.get("need") == "less" or bool(values.get("less"))


def given(values: Values) -> bool:
    """Was it decided that something is given?"""
    return values.get("decision") in {"approved", "part"}


class Sharing(Record):
    """A request to share information, or something that is shared regularly."""

    register = Register(
        "sharing",
        title="Sharing",
        entry="share",
        prefix="SH",
        icon="mdi6.share-variant-outline",
        purpose="What the school gives to others: who asked for what, why it may be given, "
        "who decided, "
        "and what was given when.",
        first_step="May I share this?",
        title_label="Shared with, for what",
        order="-reference",
        area="assurance",
        help_page="sharing",
        stages=(
            Stage("who", "Who", "Question 1: who is asking, and for what?"),
            Stage("why", "What for", "Question 2: what do they need it for?"),
            Stage("may", "Allowed", "Question 3: what lets the school give it?"),
            Stage("against", "Against", "Question 4: is there a reason not to?"),
            Stage("how", "Safe", "Question 5: does it get there safely?"),
            Stage("decision", "Decision", "What was decided, by whom, and what was given."),
        ),
        sections=(
            Section("who", "1. Who is asking, and for what?", stage="who"),
            Section("why", "2. What for?", stage="why"),
            Section("may", "3. May it be given?", stage="may"),
            Section("against", "4. Is there a reason not to give it?", stage="against"),
            Section("how", "5. Does it get there safely?", stage="how"),
            Section("decision", "Decision", stage="decision"),
        ),
        states=states.SHARING_STATES,
        chips=states.SHARING_CHIPS,
    )

    kind = choice(
        "What kind of sharing is it?",
        pick("sharing_kinds"),
        heading="Kind",
        section="who",
        required=True,
        listed=True,
        default=lambda: "once",
        source="Policy 4.6(i) to (k)",
    )
    whom = text(
        "Who would get it?",
        heading="With whom",
        section="who",
        required=True,
        help="The organisation rather than a person: this is printed in the list that the school "
        "publishes.",
        example="Exampleshire Council, education welfare",
        source="Policy 4.6(c)",
    )
    asked_by = text(
        "Who asked, and how do you know that it is them?",
        heading="Asked by",
        section="who",
        person=True,
        help="Ring back on a number that you have looked up yourself. This is never published.",
    )
    sure = yes_no(
        "Are you sure that they are who they say?",
        heading="Sure",
        section="who",
        wanted=True,
        source="UK GDPR Arts 5(1)(f) and 32; policy 15",
    )
    urgent = yes_no(
        "Could somebody come to harm if it is not given now?",
        heading="Urgent",
        section="who",
        wanted=True,
        help="Then do not wait for paper: give what is needed, and record it afterwards.",
        source="UK GDPR Annex 1 (emergencies, safeguarding)",
    )
    asked_on = date("Asked on", section="who", past=True, listed=True)
    what = long_text(
        "What data is it?",
        heading="What",
        section="who",
        wanted=True,
        help="Kinds of data and of people, not names.",
        source="Policy 4.6(c)",
    )
    assets = links("From which assets?", "assets", heading="Assets", section="who")

    why = long_text(
        "What do they need it for?",
        heading="For",
        section="why",
        wanted=True,
        source="Policy 4.6(c)",
    )
    need = choice(
        "Is it no more than they need?",
        pick("sharing_needs"),
        heading="Needed",
        section="why",
        wanted=True,
        help="Fewer people, fewer details, numbers instead of names.",
        source="UK GDPR Art 5(1)(c); policy 10.2.1",
    )
    less = long_text(
        "What less would do?",
        heading="Less",
        section="why",
        when=_less_would_do,
        wanted=True,
        source="UK GDPR Art 5(1)(c); policy 10.2.1",
    )

    basis = choice(
        "Lawful basis", bases.bases(), section="may", wanted=True, source="UK GDPR Art 6(1)"
    )
    power = text(
        "Which law lets or makes the school give it?",
        heading="Power",
        section="may",
        help="Do not fall back on “public task”: name the law.",
        source=_AUDIT,
    )
    exemption = choice(
        "Which exemption?",
        pick("sharing_exemptions"),
        heading="Exemption",
        section="may",
        when=for_law,
        wanted=True,
        source="Policy 4.6(j) and (k)",
    )
    test = long_text(
        "Why is giving it necessary and proportionate here?",
        heading="Test",
        section="may",
        when=for_law,
        wanted=True,
        help="What would be harder without it? Is this the least that will do?",
        source="DPA 2018 Sch 2 paras 2 and 5 (check with your adviser)",
    )
    written = yes_no(
        "Is the request or order in writing?",
        heading="In writing",
        section="may",
        when=for_law,
        wanted=True,
        help="Add it to this entry. In an emergency, record the call and ask for it afterwards.",
        source="Common practice without a confirmed source: check with your adviser.",
    )
    against = choices(
        "Does any of these apply?",
        pick("sharing_against"),
        heading="Against",
        section="against",
        wanted=True,
        source="UK GDPR Arts 5(1)(a) and 9; policy 4.6(i)",
    )
    dpia = link(
        "Which impact assessment covers it?",
        "dpias",
        heading="DPIA",
        section="against",
        source=_AUDIT + ": an assessment for every share with others",
    )
    told = yes_no(
        "Were people told that it is shared?",
        heading="Told",
        section="against",
        wanted=True,
        help="As a rule in the privacy notice.",
        source="Policy 4.6(c)",
    )

    sent_how = text(
        "How will it be sent?",
        heading="Sent by",
        section="how",
        wanted=True,
        example="Secure e-mail, password by telephone",
        source="Policy 14 and 15",
    )
    safe = yes_no(
        "Can only they read it on its way?",
        heading="Safe",
        section="how",
        wanted=True,
        help="Encrypted, handed over, or typed into their own portal. An ordinary e-mail is not "
        "safe.",
        source="UK GDPR Art 32; policy 15",
    )
    agreement = yes_no(
        "Is there a written agreement?",
        heading="Agreement",
        section="how",
        when=regular,
        wanted=True,
        source=_AUDIT,
    )
    agreement_kept = text(
        "Where is the agreement kept?",
        section="how",
        when=lambda values: regular(values) and values.get("agreement") == "yes",
    )
    kept_for = text("How long may they keep it?", heading="Kept for", section="how")
    stored = choice(
        "Where will they keep it?", listed("storage", "assets"), heading="Kept in", section="how"
    )
    safeguards = choices(
        "What protects it there?",
        listed("safeguards", "assets"),
        heading="Safeguards",
        section="how",
        when=lambda values: values.get("stored") in {"eea", "elsewhere"},
        source="UK GDPR Arts 44A to 49A; policy 4.4",
    )

    decision = choice(
        "What was decided?",
        pick("sharing_decisions"),
        heading="Decision",
        section="decision",
        listed=True,
        source=_AUDIT,
    )
    because = long_text(
        "Why?",
        section="decision",
        when=lambda values: values.get("decision") is not None,
        wanted=True,
    )
    decided_by = text(
        "By whom?",
        heading="Decided by",
        section="decision",
        person=True,
        when=lambda values: values.get("decision") is not None,
        wanted=True,
    )
    decided_on = date(
        "On which day?",
        heading="Decided on",
        section="decision",
        past=True,
        when=lambda values: values.get("decision") is not None,
        wanted=True,
    )
    months = number(
        "Months until the next review",
        heading="Again (months)",
        section="decision",
        least=1,
        most=60,
        when=regular,
    )
    ended_on = date("No longer shared since", section="decision", past=True, when=regular)
    notes = long_text("Notes", section="decision")


class Given(Part):
    """What was given, and when."""

    register = Register(
        "sharing_given",
        title="What was given",
        entry="disclosure",
        parent="sharing",
        icon="mdi6.send-outline",
        purpose="What was given, when and how.",
        first_step="Record what was given",
        order="-day",
        help_page="sharing",
    )

    day = date("When?", required=True, past=True, listed=True, source="Policy 4.6(i)")
    what = text("What was given?", heading="What", required=True, listed=True)
    how = text("How?", listed=True, wanted=True)
    to_whom = text("Who is it for?", heading="To", person=True)
    by = text("By whom?", heading="By", person=True, listed=True)
