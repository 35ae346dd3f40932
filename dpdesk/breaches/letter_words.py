"""The words of a letter about a breach: begun from what is known, then the school's own.

Nothing that was written for the regulator goes into a letter by itself. A letter begins with plain
sentences that follow from the kind of incident, the harms and the steps ticked; whoever writes it
changes them, and may take over words of the log knowingly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from dpdesk.law.breach_lists import advice_for, harms_told, implied_by, steps_told

Values = Mapping[str, Any]

LOG_FIELDS: Final[Mapping[str, str]] = {
    "happened": "what",
    "consequences": "consequences",
    "done": "remedy",
    "planned": "prevention",
}
"""Which answer of the log says to the regulator what a part of a letter says to people."""

_BACK: Final = {
    "unread": (
        "It was recovered before anyone could read or copy it.",
        "We got it back before anybody could read it.",
    ),
    "trusted": (
        "The person who received it has confirmed that it has been deleted or returned.",
        "The person who got it has told us that it is gone.",
    ),
}


@dataclass(frozen=True, slots=True)
class LetterText:
    """The parts of a letter in its own words; several points stand one to a line."""

    happened: str = ""
    consequences: str = ""
    done: str = ""
    planned: str = ""
    advice: str = ""

    def values(self) -> dict[str, str | None]:
        """The parts by name, as they are stored."""
        return {name: text or None for name, text in asdict(self).items()}


def text_of(values: Values) -> LetterText:
    """The words of a letter that were written down."""
    return LetterText(**{n: str(values.get(n) or "") for n in LetterText.__slots__})


def beginning(values: Values, kind: str) -> LetterText:
    """How a letter of a kind begins, out of what the log knows of the incident."""
    pupil = kind == "pupil"
    implied = implied_by(values.get("incident_type"))
    done = list(steps_told(values.get("first_steps") or (), pupil=pupil))
    if back := _BACK.get(values.get("recovered") or ""):
        done.append(back[pupil])
    return LetterText(
        happened=implied.letter_pupil if pupil else implied.letter,
        consequences="\n".join(harms_told(values.get("harms") or (), pupil=pupil)),
        done="\n".join(done),
        advice="\n".join(advice_for(values.get("data_kinds") or (), pupil=pupil)),
    )
