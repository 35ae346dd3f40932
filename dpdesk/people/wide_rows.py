"""Rows with more cells than headings: a comma in an address that nobody put into quotation marks.

All that follows is one place too far to the right then, and a town would come in as somebody's
name. So the cells are joined again where everything behind fits its heading; a row of which that
cannot be said is left out, and named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from dpdesk.law.identifiers import upn_fault
from dpdesk.people.cells import read_day, whole_number, word, year_code, yes_no
from dpdesk.people.columns import Layout
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_MOST_PARTED: Final = 6
"""Commas too many in a row; with more, nothing can be said of it."""
_MOST_PLACES: Final = 6
_SAMPLED: Final = 50
_NAMED_ROWS: Final = 10
_DAYS: Final = frozenset({"born", "started_on", "left_on"})
_ANSWERS: Final = frozenset(
    {"responsible", "lives_with", "looked_after", "court_order", "address_kept", "on_roll",
     "leaver"}
)  # fmt: skip
_WORDS: Final = frozenset(
    {"surname", "forename", "name", "known_as", "middle_names", "title", "relationship"}
)
_TEXTS: Final = (("address", "address_part"), ("name", "name_reversed"))
"""What commas stand in, the likeliest first; then whatever nothing is known of."""


def mended(sheet: Sheet, layout: Layout, today: dt.date) -> Sheet:
    """The sheet with such rows joined, or without them; its notes say of which."""
    wide = dict(sheet.how.wide)
    if not wide:
        return sheet
    fitting = _Fitting(sheet, layout, wide.keys(), today)
    rows, joined, out = [], [], []
    for row in sheet.rows:
        extra = wide.get(row.number, 0)
        cells = fitting.joined(row.cells, extra) if extra else row.cells
        if cells is None:
            out.append(row.number)
            continue
        if cells != row.cells:
            joined.append(row.number)
        rows.append(replace(row, cells=tuple(cells)))
    notes = (*sheet.notes, *_notes(joined, out))
    return replace(sheet, rows=tuple(rows), notes=notes)


def _notes(joined: Sequence[int], out: Sequence[int]) -> Iterator[str]:
    if joined:
        yield (
            f"A comma parts an address or a name in {_rows(joined)}; its parts were joined again, "
            "because all that follows fits its heading so. Please look at them."
        )
    if out:
        yield (
            f"{_rows(out)[:1].upper()}{_rows(out)[1:]}: more cells than headings, and nothing says "
            "which belong together. Left out; put texts with commas into quotation marks, or "
            "export as .xlsx."
        )


def _rows(numbers: Sequence[int]) -> str:
    named = ", ".join(str(each) for each in numbers[:_NAMED_ROWS])
    more = f" and {len(numbers) - _NAMED_ROWS:,} more" if len(numbers) > _NAMED_ROWS else ""
    return f"{'row' if len(numbers) == 1 else 'rows'} {named}{more}"


class _Fitting:
    """Joins the cells of a row so that each fits its heading."""

    def __init__(self, sheet: Sheet, layout: Layout, wide: Any, today: dt.date) -> None:
        self._today = today
        self._width = max((n + 1 for n, each in enumerate(sheet.columns) if each), default=0)
        whole = list(islice((row for row in sheet.rows if row.number not in wide), _SAMPLED))
        self._checked = {
            place: what
            for place, (_, what) in layout.columns.items()
            if self._usual(place, what, whole)
        }
        meant = {place: what for place, (_, what) in layout.columns.items()}
        places = range(self._width)
        self._texts = [[n for n in places if meant.get(n) in texts] for texts in _TEXTS]
        self._texts.append([n for n in places if n not in meant])

    def _usual(self, place: int, what: str, rows: Sequence[SheetRow]) -> bool:
        """Do the cells of the other rows fit the heading? Else it says nothing of this one."""
        fitting = sum(self._fits(what, row.cells[place]) for row in rows if place < len(row.cells))
        return fitting * 2 >= len(rows)

    def joined(self, cells: Sequence[Any], extra: int) -> Sequence[Any] | None:
        """The cells as they belong; None where that cannot be said."""
        if not any(map(word, cells[self._width :])) and self._all_fit(cells):
            return cells  # only an empty cell too many
        if extra > _MOST_PARTED:
            return None
        tried: list[int] = []
        for texts in self._texts:
            tried = [*tried, *texts][:_MOST_PLACES]
            for spread in _spreads(extra, len(tried)) if texts else ():
                made = _join(cells, dict(zip(tried, spread, strict=True)), self._width)
                if self._all_fit(made):
                    return [*made, *[None] * (len(cells) - len(made))]
        return None

    def _all_fit(self, cells: Sequence[Any]) -> bool:
        return all(
            self._fits(what, cells[place] if place < len(cells) else None)
            for place, what in self._checked.items()
        )

    def _fits(self, what: str, cell: Any) -> bool:
        said = word(cell)
        if not said:
            return what != "surname"
        if what in _DAYS:
            try:
                read_day(cell, self._today)
            except ValueError:
                return False
        digits = sum(map(str.isdigit, said))
        return {
            "email": "@" in said,
            "telephone": digits > _MOST_PARTED,
            "upn": not upn_fault(said.replace(" ", "")),
            "year_group": year_code(said) is not None,
            "priority": whole_number(cell) is not None,
            "admission_number": digits > 0,
        }.get(what, self._plain(what, said, digits))

    def _plain(self, what: str, said: str, digits: int) -> bool:
        if what in _ANSWERS:
            return yes_no(said) is not None
        return what not in _WORDS or (digits == 0 and "@" not in said)


def _spreads(extra: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread so many commas over so many places, all in one place first."""
    if places == 1:
        yield (extra,)
        return
    for here in range(extra, -1, -1):
        for rest in _spreads(extra - here, places - 1):
            yield (here, *rest)


def _join(cells: Sequence[Any], at: dict[int, int], width: int) -> list[Any]:
    """The cells with those joined that follow the given places, so many each."""
    made: list[Any] = []
    place = 0
    while place < len(cells) and len(made) < width:
        size = at.get(len(made), 0) + 1
        parts = [word(cell) for cell in cells[place : place + size]]
        made.append(", ".join(filter(None, parts)) if size > 1 else cells[place])
        place += size
    return made
