"""The retention schedule: one entry for each class of record, and its editions."""

from __future__ import annotations

from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed
from dpdesk.registers.fields import (
    Register,
    Section,
    Values,
    choice,
    date,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Record
from dpdesk.retention import states

LONGEST = {"days": 36_525, "months": 1_200, "years": 100}
"""A longer period is a slip of the keyboard."""


def pick(name: str) -> tuple[Choice, ...]:
    """A pick list of this room."""
    return listed(name, "retention")


def _timed(values: Values) -> bool:
    return values.get("trigger") != "NONE" and values.get("action") != "PERM"


def _second(values: Values) -> bool:
    return _timed(values) and values.get("later_trigger") is not None


class RetentionRule(Record):
    """A class of record: from when, how long, and then what; with what it rests on."""

    register = Register(
        "retention_rules",
        title="Retention schedule",
        entry="class of records",
        prefix="RR",
        icon="mdi6.calendar-clock-outline",
        purpose=(
            "How long each class of record is kept, from when, and what happens then. "
            "Start with the standard schedule for a small school and change what is "
            "different at yours."
        ),
        first_step="Add a class",
        title_label="Records",
        order="code",
        columns_first=("title", "kept_for", "action"),
        columns_away=("reference",),
        help_page="retention",
        sections=(
            Section("class", "Records"),
            Section("period", "How long", "The longest of these periods counts."),
            Section("basis", "Why this long"),
        ),
        states=states.RULE_STATES,
        chips=states.RULE_CHIPS,
    )

    code = text("Code", section="class", required=True, example="P04")
    group = choice("Group", pick("groups"), section="class", required=True, listed=True)
    records = text(
        "Which records?", section="class", required=True, example="Pupil file", source="Policy 14"
    )
    kept_for = text(
        "Kept for",
        section="class",
        listed=True,
        help="The period in words, filled in from the answers below when you save.",
    )
    also = text(
        "What else is it called?",
        heading="Also called",
        section="class",
        example="teacher’s file, HR file",
        help="Found by these words too.",
    )
    per_person = yes_no(
        "One holding for each person?",
        heading="One per person",
        section="class",
        default=lambda: "no",
        help="Each holding then asks for the person’s name and date of birth.",
    )
    abuse = yes_no(
        "Could they concern the sexual abuse of a child?",
        heading="May concern abuse",
        section="class",
        default=lambda: "no",
        help="If so, nothing falls due automatically. “Not known” counts as yes.",
        source="Crime and Policing Act 2026 s.96 (check with your adviser)",
    )
    active = yes_no(
        "In use?",
        section="class",
        default=lambda: "yes",
        help="“No” withdraws the class; nothing in it falls due any more.",
    )

    period = number(
        "How long?",
        heading="Length",
        section="period",
        when=_timed,
        wanted=True,
        most=LONGEST["days"],
        help="0 means at once.",
    )
    unit = choice(
        "Counted in",
        pick("units"),
        section="period",
        when=_timed,
        default=lambda: "years",
    )
    action = choice(
        "What happens then?",
        pick("actions"),
        heading="Then",
        section="period",
        required=True,
        listed=True,
    )
    trigger = choice(
        "The period runs from",
        pick("triggers"),
        heading="Counted from",
        section="period",
        required=True,
    )
    later_trigger = choice(
        "But not before the end of a period from",
        pick("triggers"),
        heading="Not before",
        section="period",
        when=_timed,
        help="Where there are two periods, the one that ends later counts.",
    )
    later_period = number(
        "How long is that period?",
        heading="Second period",
        section="period",
        when=_second,
        wanted=True,
        most=LONGEST["days"],
    )
    later_unit = choice(
        "That is counted in",
        pick("units"),
        heading="Second unit",
        section="period",
        when=_second,
        default=lambda: "years",
    )
    insurer_years = number(
        "How many years does your insurer ask for?",
        heading="Insurer (years)",
        section="period",
        when=_timed,
        most=LONGEST["years"],
        help="Counted from the same day; the longer period counts.",
    )

    basis = choice(
        "What is the period based on?",
        pick("bases"),
        heading="Basis",
        section="basis",
        required=True,
        listed=True,
    )
    citation = text(
        "Source",
        section="basis",
        listed=True,
        example="Limitation Act 1980 s.5",
        source="Policy 10.2.3",
    )
    confidence = choice(
        "Is the period confirmed?",
        pick("confidences"),
        heading="Confirmed",
        section="basis",
        default=lambda: "R",
    )
    checked = date("Checked with your adviser on", heading="Checked on", section="basis", past=True)
    says = long_text(
        "What should readers know?",
        heading="Printed note",
        section="basis",
        help="Printed with the schedule.",
        example="From the day the case was closed.",
    )
    note = long_text("Note for yourself", heading="Own note", section="basis", help="Not printed.")


class Edition(Record):
    """The schedule as it was signed off on a day."""

    register = Register(
        "retention_editions",
        title="Editions of the schedule",
        entry="edition",
        prefix="RE",
        icon="mdi6.book-check-outline",
        purpose="Each edition of the schedule as it was signed off and published. An "
        "edition never changes.",
        first_step="Sign off the schedule",
        title_label="Edition",
        order="-reference",
        help_page="retention",
        sections=(Section("edition", "Edition"),),
    )

    day = date(
        "Signed off on",
        section="edition",
        required=True,
        listed=True,
        past=True,
        source="Policy 4.6(g) and 14",
    )
    signed_by = text("Signed off by", person=True, section="edition", required=True, listed=True)
    note = long_text("Note", section="edition")
