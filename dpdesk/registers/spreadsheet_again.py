"""A list that was exported, changed in a spreadsheet program, and is read in again.

Its rows name their entries by the reference. What stands in a cell and differs changes that entry;
an empty cell leaves what is here, and so does a column that the file does not have.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.lists import STANDING
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet_cells import answer
from dpdesk.registers.spreadsheet_heads import plain, says
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow
from dpdesk.registers.validation import tidy
from dpdesk.registers.wording import show

_REFERENCE: Final = plain(STANDING[0].label)
_CELL: Final = 32_767
"""Signs that a cell of a workbook holds; a longer text was cut on its way out."""
_UNORDERED: Final = frozenset({Kind.CHOICES, Kind.LINKS})


@dataclass(slots=True)
class RowChange:
    """What a row would change of the entry that it names."""

    entry: Entry
    values: dict[str, Any] = field(default_factory=dict)
    """Only the answers that differ."""
    told: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The same in words, by field: what stands here, and what would."""
    problems: dict[str, str] = field(default_factory=dict)
    emptied: int = 0
    """Cells that are empty though there is an answer here."""


class NamedEntries:
    """The entries that the rows of a sheet name by their reference."""

    def __init__(
        self, service: RegisterService[Any, Any], sheet: Sheet, taken: Collection[int]
    ) -> None:
        """``taken`` are the places of the columns that answer a question."""
        places = [n for n, heading in enumerate(sheet.columns) if plain(heading) == _REFERENCE]
        free = [place for place in places if place not in taken]
        self._service = service
        self._place = free[0] if free and service.parent is None else None
        named = {self.reference(row) for row in sheet.rows} - {""}
        self._here = service.entries_called(named) if named else {}
        self._rows: dict[str, int] = {}

    def __bool__(self) -> bool:
        """Does any row name an entry that is here?"""
        return bool(self._here)

    def reference(self, row: SheetRow) -> str:
        """What a row says is its reference; empty where it says nothing."""
        if self._place is None:
            return ""
        return str(row.cells[self._place] or "").strip().upper()

    def change(self, row: SheetRow, fields: Mapping[int, Field]) -> RowChange | None:
        """What a row would change; None where it names no entry that is here."""
        reference = self.reference(row)
        entry = self._here.get(reference)
        if entry is None:
            return None
        found = RowChange(entry)
        first = self._rows.setdefault(reference, row.number)
        if first != row.number:
            told = f"Row {first} of the file is about {reference} too. Leave one of them out."
            found.problems["reference"] = told
        elif entry.archived:
            found.problems["reference"] = f"{reference} is archived here. Bring it back first."
        else:
            self._compare(found, row, fields)
            self._weigh(found)
        return found

    def _compare(self, found: RowChange, row: SheetRow, fields: Mapping[int, Field]) -> None:
        for place, described in fields.items():
            cell, stands = row.cells[place], found.entry.values.get(described.name)
            if not says(cell):
                found.emptied += stands is not None
                continue
            was = self._shown(described, stands)
            if _alike(str(cell), was):
                continue
            try:
                value = tidy(described, answer(self._service, described, cell))
            except ValueError as error:
                found.problems[described.name] = f"{described.label}: {error}"
                continue
            if value is not None and not _equal(described, value, stands):
                found.values[described.name] = value
                found.told[described.name] = (was, self._shown(described, value))

    def _weigh(self, found: RowChange) -> None:
        """Adds what stands in the way of saving the entry so."""
        if not found.values or found.problems:
            return
        before = found.entry.values
        found.problems.update(
            guarded(self._service, found.values, before)
            or self._service.check({**before, **found.values}, found.entry.id)
        )

    def _shown(self, described: Field, value: Any) -> str:
        if described.kind is Kind.LINK and value is not None:
            return self._service.link_label(described, int(value))
        return show(described, value)


def guarded(
    service: RegisterService[Any, Any], values: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, str]:
    """What nobody may write by hand, a sentence for each; ``before`` is empty for a new entry."""
    try:
        service.guard(values, before)
    except InvalidEntry as error:
        return dict(error.problems)
    except DpdeskError as error:
        return {"reference": str(error)}
    return {}


def _alike(cell: str, words: str) -> bool:
    """Does a cell still say what went out? A long text goes out cut."""
    whole = " ".join(words.split())
    said = " ".join(cell.split())
    return said == whole or (len(words) > _CELL and len(said) > 1 and whole.startswith(said))


def _equal(described: Field, one: Any, other: Any) -> bool:
    if described.kind in _UNORDERED:
        return set(one or ()) == set(other or ())
    return bool(one == other)
