"""Taking the import of a spreadsheet back, as a whole; the history keeps both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from dpdesk.errors import StaleEntry, StepDone
from dpdesk.registers import history
from dpdesk.registers.entries import Changes
from dpdesk.registers.service import RegisterService

UNDONE: Final = "Undone"


@dataclass(frozen=True, slots=True)
class ImportedRows:
    """What the import of a spreadsheet wrote, so that it can be taken back."""

    changes: Changes
    made: tuple[int, ...]
    changed: tuple[int, ...]
    before: int
    """Number of the last line of the history before it."""
    last: int
    """Number of the last line of the history that it wrote."""


def can_take_back(service: RegisterService[Any, Any]) -> bool:
    """May an import into this register be undone as a whole?

    Not where putting an entry away has rules of its own: there each goes by itself.
    """
    return type(service).archive is RegisterService.archive


def take_back(
    service: RegisterService[Any, Any], done: ImportedRows, *, step: StepDone | None = None
) -> Changes:
    """Puts away what an import made, and puts back what it changed: all in one transaction.

    Raises StaleEntry where one of the entries was changed since; then nothing was undone.
    """
    key, total = service.register.key, len(done.made) + len(done.changed)
    with service.database.changing() as change:
        for place, number in enumerate((*done.changed, *done.made)):
            if step is not None:
                step(place, total)
            rows = history.rows_after(change.session, key, number, done.before)
            row = change.session.get(service.record, number)
            if row is None or any(each.id > done.last for each in rows):
                raise StaleEntry(
                    "An entry of this import has been changed since, so it cannot be undone.",
                    "Change the entries one by one.",
                )
            if number in done.made:
                service.archive_within(change, row, UNDONE)
            else:
                back = history.before(service.register, rows, partial(service.recalled, row))
                parent = getattr(row, "parent_id", 0) or 0
                service.save_within(change, back, number, row.version, parent, why=UNDONE)
        touched = set(change.touched)
    return Changes(frozenset({*touched, *((key, each) for each in (*done.made, *done.changed))}))
