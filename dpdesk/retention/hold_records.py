"""What is stored about the reasons for which nothing may be disposed of."""

from __future__ import annotations

from dpdesk.registers.fields import (
    Register,
    Section,
    Values,
    choice,
    date,
    links,
    long_text,
    text,
    yes_no,
)
from dpdesk.registers.record import Record
from dpdesk.retention import states
from dpdesk.retention.schedule_records import pick


def _by_choice(values: Values) -> bool:
    return values.get("everything") != "yes"


class Hold(Record):
    """A reason why nothing of some records may be disposed of for now."""

    register = Register(
        "holds",
        title="Holds",
        entry="hold",
        prefix="HD",
        icon="mdi6.lock-outline",
        purpose=(
            "Claims, inspections, inquiries and complaints prevent the disposal of the "
            "records they concern. Open requests and breaches do so automatically."
        ),
        first_step="Place a hold",
        title_label="Why",
        order="-reference",
        help_page="retention",
        sections=(
            Section("why", "Why"),
            Section("touched", "What it covers", "If in doubt, include it."),
            Section("end", "Lifting it"),
        ),
        states=states.HOLD_STATES,
        chips=states.HOLD_CHIPS,
    )

    reason = text("Why?", section="why", required=True, example="Claim after a fall in 2019")
    kind = choice(
        "What kind of hold is it?",
        pick("hold_kinds"),
        heading="Kind",
        section="why",
        required=True,
        listed=True,
    )
    since = date("From when?", heading="From", section="why", required=True, listed=True)
    by_whom = text(
        "Who placed it?", heading="Placed by", person=True, section="why", wanted=True, listed=True
    )
    review_on = date(
        "Review on",
        section="why",
        wanted=True,
        help="It stays in force until it is lifted.",
    )

    everything = yes_no(
        "Does it cover everything?", heading="Everything", section="touched", default=lambda: "no"
    )
    people = long_text(
        "Names of people",
        person=True,
        section="touched",
        when=_by_choice,
        help=(
            "One to a line, with former surnames. Short forms, initials and other spellings are "
            "allowed for."
        ),
        example="Tom Hill, formerly Ward",
    )
    holdings = links("Holdings", "holdings", section="touched", when=_by_choice)
    assets = links(
        "Entries in the asset register",
        "assets",
        heading="Assets",
        section="touched",
        when=_by_choice,
    )
    rules = links(
        "Classes of the schedule",
        "retention_rules",
        heading="Classes",
        section="touched",
        when=_by_choice,
        help="By code, for example P04, or by reference.",
    )

    lifted = date("Lifted on", section="end", past=True)
    lifted_by = text(
        "Lifted by",
        person=True,
        section="end",
        when=lambda values: values.get("lifted") is not None,
        wanted=True,
    )
    lifted_why = long_text(
        "Why was it lifted?",
        heading="Why lifted",
        section="end",
        when=lambda values: values.get("lifted") is not None,
        wanted=True,
    )
