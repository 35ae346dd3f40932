"""What is stored about meetings of governance, and about telling staff by themes."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import Register, choice, date, long_text, number, text
from dpdesk.registers.record import Record


class Meeting(Record):
    """A meeting at which data protection was reported on or decided."""

    register = Register(
        "meetings",
        title="Meetings",
        entry="meeting",
        prefix="MT",
        icon="mdi6.account-group-outline",
        purpose="When data protection was reported to the proprietor or the board, and what "
        "was decided.",
        first_step="Record a meeting",
        title_label="Meeting",
        order="-day",
        area="assurance",
        help_page="meetings",
        states=states.MEETING_STATES,
    )

    name = text(
        "Which meeting?",
        heading="Meeting",
        required=True,
        example="Proprietor and DPO, autumn term",
        source="ICO’s audit of the Department for Education, 1 and 4",
    )
    day = date("When?", required=True, listed=True)
    who = long_text("Who was there?", heading="Present", person=True, wanted=True)
    reported = long_text("What was reported?", heading="Reported", wanted=True, listed=True)
    decided = long_text("What was decided?", heading="Decided", listed=True)
    who_does = text("Who will do what, and by when?", heading="To do", person=True)
    held = choice("Was it held?", pick("held"), heading="Held", default=lambda: "held")


class Awareness(Record):
    """A theme of data protection that staff were reminded of."""

    register = Register(
        "awareness",
        title="Awareness",
        entry="theme",
        prefix="AW",
        icon="mdi6.bullhorn-outline",
        purpose="One theme each term that everybody is reminded of: a poster, five minutes "
        "in a staff "
        "meeting, a short message.",
        first_step="Plan a theme",
        title_label="Theme",
        order="-day",
        area="assurance",
        help_page="meetings",
        states=states.MEETING_STATES,
    )

    name = text(
        "Which theme?",
        heading="Theme",
        required=True,
        example="Check the address before you send",
        source="ICO’s audit of the Department for Education, 3: a theme each quarter",
    )
    term = choice("In which term?", pick("terms"), heading="Term", listed=True)
    day = date("When?", required=True, listed=True)
    how = text("How?", listed=True, wanted=True, example="Poster in the staff room")
    to_whom = text("Who is it for?", heading="To", wanted=True, example="All staff")
    reached = number("How many people did it reach?", heading="Reached", most=100_000)
    notes = long_text("What was the result?", heading="Result")
