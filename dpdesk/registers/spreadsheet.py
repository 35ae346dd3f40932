"""Spreadsheets out and in, for every register alike.

Out: ``export`` and ``export_csv`` give a list as it is shown. In, step by step, so that a person
can look before anything is written:

    sheet = read_sheet(name, content, known=headings(register))    what the file holds
    mapping = match(service.register, sheet.columns)   which column answers which question
    seen = preview(service, sheet, mapping)         each row with its answers and what is wrong
    done = accept(service, seen)                    all rows that are right, or none
    take_back(service, done)                        all of it undone, or nothing

A row with the reference of an entry changes that entry: a list can be exported, changed in a
spreadsheet program and read in again.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.errors import InvalidEntry, NotFound, StaleEntry, StepDone
from dpdesk.registers.entries import Changes, Entry, Query
from dpdesk.registers.entries import entries as changed
from dpdesk.registers.fields import Field, Kind, Register
from dpdesk.registers.lists import STANDING, standing
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet_again import NamedEntries, guarded
from dpdesk.registers.spreadsheet_cells import answer, counted_day
from dpdesk.registers.spreadsheet_heads import plain
from dpdesk.registers.spreadsheet_in import read_sheet
from dpdesk.registers.spreadsheet_out import Cell, export, export_csv, table
from dpdesk.registers.spreadsheet_parts import (
    LARGEST,
    SIGNS,
    Asked,
    How,
    Sheet,
    SheetRow,
)
from dpdesk.registers.spreadsheet_undo import ImportedRows, can_take_back, take_back
from dpdesk.registers.wording import show, show_date
from dpdesk.store.database import Change
from dpdesk.walls.alphabets import ENCODINGS

__all__ = [
    "ENCODINGS",
    "LARGEST",
    "SIGNS",
    "Asked",
    "Cell",
    "How",
    "ImportedRows",
    "Preview",
    "PreviewRow",
    "Sheet",
    "SheetRow",
    "accept",
    "can_take_back",
    "export",
    "export_csv",
    "headings",
    "match",
    "preview",
    "read_sheet",
    "table",
    "take_back",
]

_ALIKE: Final = 0.82
"""From how much likeness on a heading counts as the name of a question."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What a row of the sheet would become."""

    number: int
    """Of the row in the file."""
    values: Mapping[str, Any]
    problems: Mapping[str, str]
    """A sentence for each field that cannot be saved; such a row is left out."""
    warning: str = ""
    """That the same entry seems to be here already; the row is right nevertheless."""
    entry: Entry | None = None
    """The entry that the row names by its reference; None for one that would be new."""
    told: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    """What the row changes of that entry, in words: what stands here, and what would."""

    @property
    def fate(self) -> str:
        """What becomes of it: wrong, changed, same or new."""
        if self.problems:
            return "wrong"
        if self.entry is None:
            return "new"
        return "changed" if self.told else "same"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. Nothing has been written."""

    register: str
    fields: tuple[str, ...]
    """The fields that the sheet answers, in the order of its columns."""
    rows: tuple[PreviewRow, ...]
    notes: tuple[str, ...] = ()
    """What is left out of the sheet, and why."""
    names: bool = False
    """Do rows name entries that are here, by their reference?"""

    @property
    def ready(self) -> tuple[PreviewRow, ...]:
        """The rows that would be written: those that are new, and those that change something."""
        return tuple(row for row in self.rows if row.fate in {"new", "changed"})

    @property
    def wrong(self) -> int:
        """How many rows cannot be written."""
        return self.of("wrong")

    def of(self, fate: str) -> int:
        """How many rows are wrong, changed, same or new."""
        return sum(row.fate == fate for row in self.rows)

    @property
    def twice(self) -> int:
        """How many rows seem to be here already."""
        return sum(bool(row.warning) for row in self.rows)


def headings(register: Register) -> tuple[str, ...]:
    """What the columns of a sheet for this register may be called."""
    return tuple(label for label, _ in _names(register))


# -------------------------------------------------------------------------------- columns


def match(register: Register, columns: Sequence[str]) -> dict[int, str]:
    """Which column answers which field: place of the column to name of the field.

    By label or name, capitals, accents and marks apart; then by what is much alike. Each field is
    answered once; columns that answer nothing are left out. The user may correct the result.
    """
    names = {plain(label): name for label, name in _names(register)}
    found: dict[int, str] = {}
    ours = {plain(column.label) for column in standing(register)}
    # What dpdesk works out itself answers a question only where no other column does.
    last = sorted(enumerate(columns), key=lambda each: plain(each[1]) in ours)
    for place, heading in last:
        name = names.get(plain(heading), "")
        if name and name not in found.values():
            found[place] = name
    for place, heading in enumerate(columns):
        sought = plain(heading)
        if place in found or not sought or sought in ours:
            continue
        open_names = {label: name for label, name in names.items() if name not in found.values()}
        near = difflib.get_close_matches(sought, list(open_names), n=1, cutoff=_ALIKE)
        if near:
            found[place] = open_names[near[0]]
    return dict(sorted(found.items()))


def _names(register: Register) -> list[tuple[str, str]]:
    """What each field may be called: by its question, or as its column is headed.

    What several share belongs to the first of them; a question counts before a heading.
    """
    fields = register.fields
    called = [
        *((field.column, field.name) for field in reversed(fields)),
        *((field.label, field.name) for field in reversed(fields)),
    ]
    told_apart = [(f"{label} ({name})", name) for label, name in called]
    return [*called, *told_apart, *((field.name, field.name) for field in fields)]


# -------------------------------------------------------------------------------- looking


def preview(
    service: RegisterService[Any, Any],
    sheet: Sheet,
    mapping: Mapping[int, str],
    step: StepDone | None = None,
    *,
    afresh: bool = False,
) -> Preview:
    """Each row of the sheet with its answers, and with a sentence for everything wrong in it.

    A row that names an entry by its reference changes that entry, unless all are to be taken
    ``afresh``. Of the others, those that seem to be in the register already, or twice in the
    sheet, carry a warning. Nothing is written.
    """
    register = service.register
    named = NamedEntries(service, sheet, mapping)
    emptied = 0
    fields = {place: register.field(name) for place, name in sorted(mapping.items())}
    known = _known(service, tuple(field.name for field in fields.values()))
    defaults = service.unsaid()
    rows: list[PreviewRow] = []
    for done, row in enumerate(sheet.rows):
        if step is not None:
            step(done, len(sheet.rows))
        change = None if afresh else named.change(row, fields)
        if change is not None:
            emptied += change.emptied
            after = {**change.entry.values, **change.values}
            rows.append(
                PreviewRow(row.number, after, change.problems, "", change.entry, change.told)
            )
            continue
        values, problems = _answers(service, row, fields)
        if not problems:
            whole = {**defaults, **values}
            problems = guarded(service, whole, {}) or service.check(whole)
        key = _key(service, values, fields.values())
        warning = ""
        if any(key):
            warning = known.get(key, "")
            known.setdefault(key, f"Row {row.number} of the file has the same.")
        rows.append(PreviewRow(row.number, {**defaults, **values}, problems, warning))
    names = tuple(field.name for field in fields.values())
    notes = [*sheet.notes, *_about_counted(sheet, fields)]
    notes += _left_out(register, sheet, fields, named=bool(named) and not afresh)
    if emptied:
        cells = "1 empty cell leaves" if emptied == 1 else f"{emptied:,} empty cells leave"
        notes.append(f"{cells} the answer that is here.")
    return Preview(register.key, names, tuple(rows), tuple(notes), bool(named))


def _answers(
    service: RegisterService[Any, Any], row: SheetRow, fields: Mapping[int, Field]
) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for place, field in fields.items():
        try:
            value = answer(service, field, row.cells[place])
        except ValueError as error:
            problems[field.name] = f"{field.label}: {error}"
            continue
        if value is not None:
            values[field.name] = value
    return values, problems


def _about_counted(sheet: Sheet, fields: Mapping[int, Field]) -> Iterator[str]:
    """A note on days that stand as numbers."""
    found = [
        (cell, day)
        for row in sheet.rows
        for place, field in fields.items()
        if field.kind is Kind.DATE and (day := counted_day(cell := row.cells[place])) is not None
    ]
    if found:
        cell, day = found[0]
        yield (
            f"Dates are stored in this file as numbers, as a spreadsheet counts them: {cell} was "
            f"read as {show_date(day)}."
        )


def _known(
    service: RegisterService[Any, Any], names: tuple[str, ...]
) -> dict[tuple[str, ...], str]:
    """The entries that are here already, by what they answer to the fields of the sheet."""
    if not names:
        return {}
    listing = service.listing(Query(columns=names))
    first = len(STANDING)
    return {
        tuple(listing.cell(row, first + place) for place in range(len(names))): (
            f"This is already in the list, as {listing.cell(row, 0)}."
        )
        for row in range(len(listing.rows))
    }


def _key(
    service: RegisterService[Any, Any], values: Mapping[str, Any], fields: Collection[Field]
) -> tuple[str, ...]:
    return tuple(
        service.link_label(field, values[field.name])
        if field.kind is Kind.LINK and field.name in values
        else show(field, values.get(field.name))
        for field in fields
    )


def _left_out(
    register: Register, sheet: Sheet, fields: Mapping[int, Field], *, named: bool
) -> list[str]:
    """A note on the columns that answer no question; ``named``: references name the entries."""
    known = {plain(column.label) for column in standing(register)}
    rest = [heading for place, heading in enumerate(sheet.columns) if place not in fields]
    ours = [heading for heading in rest if heading and plain(heading) in known]
    other = [heading for heading in rest if heading and plain(heading) not in known]
    notes = []
    if other:
        notes.append(f"These columns are left out: {', '.join(other)}.")
    if named:
        ours = [heading for heading in ours if plain(heading) != plain(STANDING[0].label)]
    if ours:
        notes.append(f"These are worked out again by dpdesk: {', '.join(ours)}.")
    if nameless := sum(not heading for heading in rest):
        notes.append(f"Columns without a heading are left out ({nameless}).")
    return notes


# -------------------------------------------------------------------------------- writing


def accept(
    service: RegisterService[Any, Any],
    seen: Preview,
    *,
    leave_out: Collection[int] = (),
    parent_id: int = 0,
    why: str = "Imported from a spreadsheet",
    step: StepDone | None = None,
) -> ImportedRows:
    """Writes every row that is new or changes something, in one transaction: all, or none.

    ``leave_out``: numbers of rows that the user does not want. Raises InvalidEntry if a row is no
    longer right, because something else was saved since the preview; then nothing was written.
    """
    rows = [row for row in seen.ready if row.number not in leave_out]
    written: list[int] = []
    with service.database.changing() as change:
        for done, row in enumerate(rows):
            if step is not None:
                step(done, len(rows))
            try:
                saved = _write(service, change, row, parent_id, why)
            except InvalidEntry as error:
                raise InvalidEntry(
                    {name: f"Row {row.number}: {told}" for name, told in error.problems.items()}
                ) from error
            except (StaleEntry, NotFound) as error:
                told = "this entry was changed meanwhile. Read the file in again."
                raise InvalidEntry({"reference": f"Row {row.number}: {told}"}) from error
            written.append(saved.id)
        if service.parent is not None and written:
            service.parent.refresh_within(change, parent_id)
    changes = changed(service.register.key, written) | Changes(frozenset(change.touched))
    if service.parent is not None and written:
        changes |= changed(service.parent.register.key, [parent_id])
    both = list(zip(rows, written, strict=True))
    return ImportedRows(
        changes,
        tuple(number for row, number in both if row.entry is None),
        tuple(number for row, number in both if row.entry is not None),
        change.before,
        change.before + len(change.notes),
    )


def _write(
    service: RegisterService[Any, Any], change: Change, row: PreviewRow, parent_id: int, why: str
) -> Any:
    if row.entry is None:
        return service.save_within(change, row.values, parent_id=parent_id, why=why)
    differing = {name: row.values[name] for name in row.told}
    return service.save_within(change, differing, row.entry.id, row.entry.version, why=why)
