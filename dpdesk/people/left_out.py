"""What of a list does not come in as it was written, and the sentences that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.law.identifiers import plain
from dpdesk.people.cells import month_before_day, word
from dpdesk.people.columns import Layout
from dpdesk.people.on_roll import unknown_status
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

_MOST_YEARS: Final = 5
_MOST_ROWS: Final = 10
_LEAST_COLUMNS: Final = 3
"""Lists with fewer columns may say no more than a name."""
_LINES: Final = re.compile(
    r"(?:grand |sub)?-?totals?\b|end of\b|number of\b|count\b|sum\b|printed\b|page\b|report\b"
    r"|confidential\b|generated\b|filter",
    re.IGNORECASE,
)
"""How the lines of a report begin that are no people."""
_TOTAL: Final = re.compile(r"(?:grand |sub)?-?totals?(?: (?:pupils|number))?:?", re.IGNORECASE)
"""All that the line of totals says beside its figures."""


@dataclass
class NotTaken:
    """What of a list does not come in as it was written, and how often."""

    nameless: int = 0
    lines: int = 0
    applicants: int = 0
    shouted: int = 0
    several: int = 0
    sets: bool = False
    upns: int = 0
    """UPNs that were written without their letter, or mistyped, and are made whole."""
    statuses: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    turned: list[str] = field(default_factory=list)
    both_ways: list[str] = field(default_factory=list)
    other_classes: list[tuple[int, ...]] = field(default_factory=list)
    """Rows of pupils who are in two classes."""
    one_by_name: list[int] = field(default_factory=list)
    """First rows of pupils of whose rows only name and class say that they are one."""

    def look(self, cells: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Compares the cells of a person with the answers that were read from them."""
        year = word(cells.get("year_group"))
        if year and "year_group" not in values:
            self.years[year] += 1
        if status := unknown_status(cells):
            self.statuses[status] += 1
        upn = plain(word(cells.get("upn")))
        self.upns += "upn" in values and upn not in {values["upn"], ""}
        self.several += "form" not in values and bool(word(cells.get("form")))
        written = word(cells.get("surname") or cells.get("name"))
        surname = values["surname"]
        self.shouted += surname.casefold() in written.casefold() and surname not in written

    def notes(self) -> Iterator[str]:
        """A sentence for each kind."""
        yield from self._of_rows()
        yield from self._of_status()
        yield from self._of_classes()
        yield from self._of_names()

    def _of_rows(self) -> Iterator[str]:
        if self.nameless:
            yield f"Rows without a surname are left out ({self.nameless})."
        if self.lines:
            yield f"Rows that are not people, such as totals, are left out ({self.lines})."
        for heading in self.turned:
            yield (
                f"“{heading}” has the month first (02/28/2015), and all its dates are read that "
                "way."
            )
        for heading in self.both_ways:
            yield (
                f"“{heading}” has the month first in some rows and the day first in others: check "
                "every date, or export the list again."
            )

    def _of_status(self) -> Iterator[str]:
        if self.upns:
            yield (
                "UPNs without their first letter, or with a letter O or I for 0 or 1, are made "
                f"whole; the first letter follows from the digits ({self.upns})."
            )
        for status, number in self.statuses.most_common(_MOST_YEARS):
            yield (
                f"Nothing is known of the status “{status}”: these people are taken to be here "
                f"({number})."
            )
        if len(self.statuses) > _MOST_YEARS:
            yield f"So are people with {len(self.statuses) - _MOST_YEARS} more words for a status."
        if self.applicants:
            yield f"Pupils who have not started are left out ({self.applicants})."

    def _of_classes(self) -> Iterator[str]:
        if self.other_classes:
            rows = "; ".join(
                " and ".join(map(str, dict.fromkeys(rows)))
                for rows in self.other_classes[:_MOST_ROWS]
            )
            more = len(self.other_classes) - _MOST_ROWS
            yield (
                "Rows of one pupil name different classes, and neither is taken "
                f"(rows {rows}{f'; and {more} more pupils' if more > 0 else ''})."
            )
        if self.sets:
            yield (
                "The classes in this list are teaching sets, several for each pupil, and are "
                "left out."
            )
        if self.several:
            yield f"Cells with several classes are left out ({self.several})."
        for year, number in self.years.most_common(_MOST_YEARS):
            yield f"No year group is called “{year}”; it is left out ({number})."
        if len(self.years) > _MOST_YEARS:
            more = len(self.years) - _MOST_YEARS
            yield f"So are {more} more words in that column that are not year groups."

    def _of_names(self) -> Iterator[str]:
        if self.one_by_name:
            rows = ", ".join(map(str, self.one_by_name[:_MOST_ROWS]))
            more = len(self.one_by_name) - _MOST_ROWS
            yield (
                "Rows with the same name and class are taken for one pupil with several adults "
                f"(first in row {rows}{f', and {more} more' if more > 0 else ''}). If two pupils "
                "are called so, give each a UPN or an admission number in the list."
            )
        if self.shouted:
            yield f"Surnames in capitals are written as usual: WARD as Ward ({self.shouted})."


def is_no_person(row: SheetRow, cells: Mapping[str, Any], layout: Layout) -> bool:
    """Is a row a line of the report, as "13 pupils" or "End of report" below the last?

    Nothing else stands in such a row, beside a total only figures, and no list of several columns
    says so little of anybody.
    """
    if len(layout.columns) < _LEAST_COLUMNS:
        return False
    first, *more = list(filter(None, map(word, row.cells))) or [""]
    if more:
        return _TOTAL.fullmatch(first) is not None and all(map(str.isdigit, more))
    if not first:
        return False
    said = word(cells.get("name") or cells.get("surname") or cells.get("forename"))
    return bool(_LINES.match(said)) or any(map(str.isdigit, said))


def months_first(sheet: Sheet, layout: Layout, left: NotTaken) -> frozenset[int]:
    """The columns whose days are written as in America."""
    found = set()
    for place, (_who, what) in layout.columns.items():
        if what in {"born", "started_on", "left_on"}:
            cells = (row.cells[place] for row in sheet.rows if place < len(row.cells))
            turned = month_before_day(cells)
            if turned is None:
                left.both_ways.append(sheet.columns[place])
            elif turned:
                left.turned.append(sheet.columns[place])
                found.add(place)
    return frozenset(found)
