"""How answers look: a word and an icon each, never a colour alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

from dpdesk.consents.roll import Roll
from dpdesk.consents.rules import Stands
from dpdesk.desk import Desk
from dpdesk.law.words import count, short_date
from dpdesk.registers.entries import Changes

LOOK: Final[Mapping[Stands, tuple[str, str, str]]] = {
    Stands.GIVEN: ("Given", "mdi6.check-circle", "ok"),
    Stands.REFUSED: ("Refused", "mdi6.close-circle", "danger"),
    Stands.WITHDRAWN: ("Withdrawn", "mdi6.undo-variant", "danger"),
    Stands.NOT_ASKED: ("Not asked", "mdi6.help-circle-outline", "muted"),
    Stands.EXPIRED: ("Expired", "mdi6.clock-alert-outline", "warn"),
    Stands.RESTRICTED: ("Not to be used", "mdi6.hand-back-right-off-outline", "danger"),
    Stands.UNKNOWN: ("Unknown", "mdi6.account-question-outline", "danger"),
}
"""Word, icon and colour of an answer."""

ANSWERS: Final = (("given", "Y"), ("refused", "N"), ("withdrawn", "W"))
"""Answers that are recorded, and the key of each."""


def withdrawn_since(roll: Roll, taken_back: Mapping[int, dt.date]) -> str:
    """What was withdrawn when, in a sentence; ``taken_back`` as the roll says it."""
    names = {use.id: use.name for use in roll.uses}
    told = (f"“{names.get(use, '')}” on {short_date(day)}" for use, day in taken_back.items())
    return f"Consent was withdrawn for {', '.join(told)}."


def what_follows(desk: Desk, changes: Changes, answers: Collection[str]) -> str:
    """What recorded answers ask for, to go on behind the sentence that says they are recorded."""
    number = desk.consents.photos.to_come_down(changes)
    if number:
        return f" {count(number, 'picture')} in use must come down now: see Home."
    return " What is left to do now is on Home." if Stands.WITHDRAWN in answers else ""


def word(stands: Stands) -> str:
    """The word for an answer."""
    return LOOK[stands][0]
