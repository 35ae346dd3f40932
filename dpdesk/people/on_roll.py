"""What a list says of whether somebody is at the school: here, left, or not there yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dpdesk.people.cells import word, yes_no

_LEFT: Final = (
    "left", "leaver", "former", "off roll", "off-roll", "not on roll", "no longer", "alumn", "ex-",
    "previous", "inactive", "withdrawn",
)  # fmt: skip
_LEFT_CODES: Final = frozenset({"l", "p"})
"""Alone in a cell: a leaver, and a pupil of a previous registration (P, CTF)."""
_COMING: Final = (
    "applicant",
    "accepted",
    "offered",
    "future",
    "enquir",
    "pre-admission",
    "waiting",
)
_HERE: Final = (
    "current", "single", "main", "dual", "subsidiary", "guest", "on roll", "on-roll", "active",
    "enrolled", "registered", "registration", "permanent", "full", "part", "college", "other",
    "boarder", "day",
)  # fmt: skip
_HERE_CODES: Final = frozenset({"c", "m", "s", "g", "f", "o"})
"""Current, main, subsidiary, guest, further education and other provider, as CTF writes them."""


def has_left(cells: Mapping[str, Any]) -> bool:
    """Does a row say that the person has left, in whichever way?"""
    status = _status(cells)
    said = any(sign in status for sign in _LEFT) or status in _LEFT_CODES
    said = said or yes_no(cells.get("leaver")) == "yes"
    return said or (bool(word(cells.get("on_roll"))) and yes_no(cells["on_roll"]) == "no")


def is_coming(cells: Mapping[str, Any]) -> bool:
    """Has somebody not started yet?"""
    return any(sign in _status(cells) for sign in _COMING)


def unknown_status(cells: Mapping[str, Any]) -> str:
    """What stands for the status and is not known; who has it is taken to be here."""
    status = _status(cells)
    known = not status or status in _HERE_CODES or yes_no(status) is not None
    known = known or any(sign in status for sign in _HERE)
    return "" if known or has_left(cells) or is_coming(cells) else word(cells.get("status"))


def _status(cells: Mapping[str, Any]) -> str:
    return word(cells.get("status")).casefold()
