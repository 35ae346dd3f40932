"""Spreadsheets out and in, for every register alike.

Out: ``export`` and ``export_csv`` give a list as it is shown. In, step by step, so that a person
can look before anything is written:

    sheet = read_sheet(name, content, known=headings(register))    what the file holds
    mapping = match(service.register, sheet.columns)   which column answers which question
    seen = preview(service, sheet, mapping)         each row with its answers and what is wrong
    changes = accept(service, seen)                 all rows that are right, or none
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from dpdesk.errors import InvalidEntry, StepDone
from dpdesk.registers.entries import Changes, Query
from dpdesk.registers.entries import entries as changed
from dpdesk.registers.fields import Field, Kind, Register
from dpdesk.registers.lists import STANDING, standing
from dpdesk.registers.service import RegisterService
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
    ShownNumber,
)
from dpdesk.registers.wording import SCHOOL_TIME, read, show, show_date
from dpdesk.walls.alphabets import ENCODINGS

__all__ = [
    "ENCODINGS",
    "LARGEST",
    "SIGNS",
    "Asked",
    "Cell",
    "How",
    "Preview",
    "PreviewRow",
    "Sheet",
    "SheetRow",
    "accept",
    "export",
    "export_csv",
    "fields_to_fill",
    "headings",
    "match",
    "preview",
    "read_sheet",
    "table",
]

_ALIKE: Final = 0.82
"""From how much likeness on a heading counts as the name of a question."""

_FIRST_DAY: Final = dt.date(1899, 12, 30)
_COUNTED_FROM, _COUNTED_TO = dt.date(1990, 1, 1), dt.date(2060, 12, 31)
_DAYS_LONG: Final = 5


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


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. Nothing has been written."""

    register: str
    fields: tuple[str, ...]
    """The fields that the sheet answers, in the order of its columns."""
    rows: tuple[PreviewRow, ...]
    notes: tuple[str, ...] = ()
    """What is left out of the sheet, and why."""

    @property
    def ready(self) -> tuple[PreviewRow, ...]:
        """The rows that can be written."""
        return tuple(row for row in self.rows if not row.problems)

    @property
    def wrong(self) -> int:
        """How many rows cannot be written."""
        return len(self.rows) - len(self.ready)

    @property
    def twice(self) -> int:
        """How many rows seem to be here already."""
        return sum(bool(row.warning) for row in self.rows)


def fields_to_fill(register: Register) -> tuple[Field, ...]:
    """The fields that a sheet can answer: all but documents, which are no words."""
    return tuple(field for field in register.fields if field.kind is not Kind.FILE)


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
    for place, heading in enumerate(columns):
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
    fields = fields_to_fill(register)
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
) -> Preview:
    """Each row of the sheet with its answers, and with a sentence for everything wrong in it.

    Rows that seem to be in the register already, or twice in the sheet, carry a warning. Nothing
    is written.
    """
    register = service.register
    fields = {place: register.field(name) for place, name in sorted(mapping.items())}
    known = _known(service, tuple(field.name for field in fields.values()))
    defaults = service.blank().values
    rows: list[PreviewRow] = []
    for done, row in enumerate(sheet.rows):
        if step is not None:
            step(done, len(sheet.rows))
        values, problems = _answers(service, row, fields)
        if not problems:
            problems = service.check({**defaults, **values})
        key = _key(service, values, fields.values())
        warning = ""
        if any(key):
            warning = known.get(key, "")
            known.setdefault(key, f"Row {row.number} of the file has the same.")
        rows.append(PreviewRow(row.number, {**defaults, **values}, problems, warning))
    names = tuple(field.name for field in fields.values())
    return Preview(
        register.key,
        names,
        tuple(rows),
        (*sheet.notes, *_about_counted(sheet, fields), *_left_out(register, sheet, fields)),
    )


def _answers(
    service: RegisterService[Any, Any], row: SheetRow, fields: Mapping[int, Field]
) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for place, field in fields.items():
        try:
            value = _answer(service, field, row.cells[place])
        except ValueError as error:
            problems[field.name] = f"{field.label}: {error}"
            continue
        if value is not None:
            values[field.name] = value
    return values, problems


def _answer(service: RegisterService[Any, Any], field: Field, cell: Any) -> Any:
    """A cell as the answer to a question. Raises ValueError with a sentence."""
    if isinstance(cell, ShownNumber) and field.kind in {Kind.NUMBER, Kind.MONEY}:
        cell = int(cell.number) if float(cell.number).is_integer() else cell.number
    if field.kind is Kind.LINK and cell is not None:
        return service.link_named(field, str(cell))
    if isinstance(cell, dt.datetime):
        if field.kind is Kind.DATE:
            return cell.date()
        if field.kind is Kind.MOMENT:
            return cell.replace(tzinfo=SCHOOL_TIME).astimezone(dt.UTC)
        midnight = cell.time() == dt.time()
        return show_date(cell) if midnight else f"{show_date(cell)}, {cell:%H:%M}"
    if isinstance(cell, dt.date):
        return cell if field.kind is Kind.DATE else read(field, show_date(cell))
    if field.kind is Kind.DATE and (day := _counted_day(cell)) is not None:
        return day
    if isinstance(cell, float) and field.kind is Kind.MONEY:
        return Decimal(repr(cell)).quantize(Decimal("0.01"))
    return None if cell is None else read(field, str(cell))


def _counted_day(cell: Any) -> dt.date | None:
    """The day behind a number such as 46328, as spreadsheets count days; None for all others.

    Such a number stands where a column of days lost its format.
    """
    words = str(cell).strip()
    if len(words) != _DAYS_LONG or not words.isdecimal() or not words.isascii():
        return None
    day = _FIRST_DAY + dt.timedelta(int(words))
    return day if _COUNTED_FROM <= day <= _COUNTED_TO else None


def _about_counted(sheet: Sheet, fields: Mapping[int, Field]) -> Iterator[str]:
    """A note on days that stand as numbers."""
    found = [
        (cell, day)
        for row in sheet.rows
        for place, field in fields.items()
        if field.kind is Kind.DATE and (day := _counted_day(cell := row.cells[place])) is not None
    ]
    if found:
        cell, day = found[0]
        yield (
            f"Days stand in this file as numbers, as a spreadsheet counts them: {cell} was read as "
            f"{show_date(day)}."
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


def _left_out(register: Register, sheet: Sheet, fields: Mapping[int, Field]) -> list[str]:
    """A note on the columns that answer no question."""
    known = {plain(column.label) for column in standing(register)}
    rest = [heading for place, heading in enumerate(sheet.columns) if place not in fields]
    ours = [heading for heading in rest if heading and plain(heading) in known]
    other = [heading for heading in rest if heading and plain(heading) not in known]
    notes = []
    if other:
        notes.append(f"These columns are left out: {', '.join(other)}.")
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
) -> Changes:
    """Writes every row that is right, in one transaction: all of them, or none.

    ``leave_out``: numbers of rows that the user does not want. Raises InvalidEntry if a row is no
    longer right, because something else was saved since the preview; then nothing was written.
    """
    rows = [row for row in seen.ready if row.number not in leave_out]
    made: list[int] = []
    with service.database.changing() as change:
        for done, row in enumerate(rows):
            if step is not None:
                step(done, len(rows))
            try:
                saved = service.save_within(change, row.values, parent_id=parent_id, why=why)
            except InvalidEntry as error:
                raise InvalidEntry(
                    {name: f"Row {row.number}: {told}" for name, told in error.problems.items()}
                ) from error
            made.append(saved.id)
        if service.parent is not None and made:
            service.parent.refresh_within(change, parent_id)
    changes = changed(service.register.key, made) | Changes(frozenset(change.touched))
    if service.parent is not None and made:
        changes |= changed(service.parent.register.key, [parent_id])
    return changes
