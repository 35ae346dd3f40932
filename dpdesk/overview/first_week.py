"""What a school does first with a new workspace: a short list that gets shorter by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.registers.entries import Query
from dpdesk.registers.service import RegisterService
from dpdesk.school.service import SchoolService


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to do. ``page`` and ``section`` say where in the window it is done."""

    key: str
    text: str
    short: str
    """What it is called once it is done."""
    page: str
    section: str
    done: bool


_CORE: Final = frozenset({"school", "assets", "retention_rules"})
"""While one of these is open, the workspace counts as new."""
_STEPS: Final = (
    (
        "sheet",
        "Print the recovery sheet: the only other way in if the passphrase is lost.",
        "recovery sheet",
        "settings",
        "passphrase",
    ),
    (
        "school",
        "Enter the school’s address and telephone number: they appear on every letter.",
        "address",
        "settings",
        "school",
    ),
    ("backups", "Choose a folder on another disk for backups.", "backups", "settings", "desk"),
    (
        "terms",
        "Enter the term dates, for deadlines that count school days.",
        "terms",
        "settings",
        "calendar",
    ),
    (
        "assets",
        "Choose the records that every school keeps: much is filled in already.",
        "records",
        "assets",
        "",
    ),
    (
        "retention_rules",
        "Add the standard retention schedule, and change what is different at your school.",
        "retention schedule",
        "retention_rules",
        "",
    ),
    (
        "people",
        "Bring in pupils, parents and staff from a list of your school’s system.",
        "people",
        "people",
        "",
    ),
    (
        "photo_uses",
        "Choose what photographs are used for, and in what words parents are asked.",
        "photograph wording",
        "photo_uses",
        "",
    ),
)
"""In the order in which they are best done: key, text, short name, page and section."""


def first_week(
    school: SchoolService,
    registers: Mapping[str, RegisterService[Any, Any]],
    *,
    has_sheet: bool,
) -> tuple[FirstStep, ...]:
    """The first steps, with those that are done.

    ``has_sheet``: a recovery sheet was printed or saved. A register counts as begun with its first
    entry.
    """
    known = school.particulars()
    done = {
        "sheet": has_sheet,
        "school": bool(known.address and (known.telephone or known.email)),
        "backups": bool(known.backup_folder),
        "terms": bool(school.terms.parts(1)),
    }
    return tuple(
        FirstStep(
            key, text, short, page, section, done[key] if key in done else _begun(registers[key])
        )
        for key, text, short, page, section in _STEPS
    )


def is_new(steps: tuple[FirstStep, ...]) -> bool:
    """Does the workspace look like one that was just set up?"""
    return any(step.key in _CORE and not step.done for step in steps)


def _begun(register: RegisterService[Any, Any]) -> bool:
    return register.listing(Query()).total > 0
