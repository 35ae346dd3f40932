"""What is stored of the sample check: closed requests drawn at random and looked at again."""

from __future__ import annotations

from typing import Any

from dpdesk.registers.fields import (
    Chip,
    Register,
    Section,
    State,
    Tone,
    Values,
    choice,
    date,
    link,
    long_text,
    text,
)
from dpdesk.registers.fields import Choice as Answer
from dpdesk.registers.record import Record

RIGHT, WRONG, NOT_ASKED = "right", "wrong", "not_asked"
NOT_RIGHT = frozenset({"to_mend", "wrong"})
"""States of a check in which something was not right; the first, while it is to be done better."""
ANSWERS = (
    Answer(RIGHT, "Right"),
    Answer(WRONG, "Not right"),
    Answer(NOT_ASKED, "Does not apply"),
)


def _wrong(values: Values) -> bool:
    return any(values.get(name) == WRONG for name in QUESTIONS)


def _question(label: str, heading: str, source: str, help_: str = "") -> Any:
    return choice(
        label, ANSWERS, heading=heading, section="asked", wanted=True, source=source, help=help_
    )


class RequestCheck(Record):
    """A closed request that was drawn at random and looked at again."""

    register = Register(
        "request_checks",
        title="Sample checks",
        entry="check",
        prefix="RQC",
        icon="mdi6.clipboard-search-outline",
        purpose=(
            "Now and then, draw some closed requests at random and check whether they were handled "
            "properly. It shows what to do better, and proves that you look."
        ),
        first_step="Add a check",
        title_label="Which request",
        order="-drawn_on",
        area="requests",
        help_page="proof",
        sections=(
            Section("drawn", "The request"),
            Section("asked", "Was it handled properly?"),
            Section("result", "What follows"),
        ),
        states=(
            State("drawn", "To be checked", "mdi6.clipboard-text-clock-outline", Tone.INFO),
            State("right", "Right", "mdi6.check-circle-outline", Tone.OK, open=False),
            State("to_mend", "To be put right", "mdi6.alert-circle-outline", Tone.WARN),
            State("wrong", "Not right", "mdi6.alert-circle-outline", Tone.QUIET, open=False),
        ),
        chips=(
            Chip("drawn", "To be checked", lambda record, today: record.state == "drawn"),
            Chip("wrong", "Not right", lambda record, today: record.state in NOT_RIGHT),
            Chip("right", "Right", lambda record, today: record.state == "right"),
        ),
    )

    request = link("Which request?", "requests", heading="Request", section="drawn", required=True)
    drawn_on = date("Drawn on", section="drawn", past=True, listed=True, required=True)

    in_time = _question("Was it answered in time?", "In time", "UK GDPR Art 12(3) and 12A")
    identity = _question(
        "Were identity and authority settled before anything was given?",
        "Identity",
        "Policy 13.2.4",
    )
    search = _question(
        "Does the record show a reasonable and proportionate search?",
        "Search",
        "UK GDPR Art 15(1A)",
    )
    reasons = _question(
        "Is every reason for withholding right, and was the requester told it?",
        "Reasons",
        "UK GDPR Art 12(4)",
    )
    others = _question(
        "Were other people’s data protected?", "Others", "DPA 2018 Sch 2 para 16; policy 13.2.10"
    )
    letters = _question(
        "Did the letters say what the law asks for, and how to complain?",
        "Letters",
        "UK GDPR Art 12(4) and 15; DPA 2018 s.164A",
    )
    handed = _question(
        "Was it handed over safely, to the right person?", "Handover", "UK GDPR Art 5(1)(f)"
    )
    complete = _question("Is the record complete?", "Complete", "UK GDPR Art 5(2); policy 13.2.3")

    checked_on = date("Checked on", section="result", past=True, listed=True)
    checked_by = text(
        "Checked by",
        person=True,
        section="result",
        listed=True,
        help="Ideally somebody who did not handle the request.",
    )
    found = long_text("What was found?", section="result", wanted=True, when=_wrong)
    learnt = long_text("What will be done better?", section="result", when=_wrong, listed=True)
    better_by = date("By when?", section="result", when=_wrong)
    better_done = date("Done on", section="result", when=_wrong, past=True)


QUESTIONS = ("in_time", "identity", "search", "reasons", "others", "letters", "handed", "complete")
"""The questions of a check, in their order."""
