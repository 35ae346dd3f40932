"""The figures of a report as a small file beside it, and several such files side by side.

One officer may serve several schools, each with a workspace of its own, and none is opened beside
another. What is compared are the figures of their reports, which name nobody: a file of a few
kilobytes, in plain JSON, that goes with the report.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from dpdesk.errors import DpdeskError, UnreadableFile
from dpdesk.law.words import long_date, short_date
from dpdesk.overview.governance import TITLES, Governance, KeptReport
from dpdesk.store.arriving import foreign_content

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

ENDING: Final = ".figures.json"
MOST: Final = 6
"""Reports that fit beside each other on a page."""
_KIND: Final = "dpdesk report figures"
_VERSION: Final = 1
_LARGEST: Final = 200_000
"""Bytes; a report has some hundred figures at most."""
_LINES: Final = 500
_LONGEST: Final = 200
"""Letters of a name."""
_WORTH: Final = 1e12
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ABSENT: Final = "–"


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure of a report: the room it belongs to, what it counts, and how much."""

    room: str
    text: str
    value: float
    unit: str = ""

    @property
    def said(self) -> str:
        """Such as "1,204" or "96%"."""
        worth = int(self.value) if float(self.value).is_integer() else self.value
        return f"{worth:,}{self.unit}"


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The figures of one report of one school."""

    school: str
    first: dt.date
    last: dt.date
    made_on: dt.date
    figures: tuple[ReportedFigure, ...]

    @property
    def title(self) -> str:
        """The head of its column."""
        return f"{self.school}\n{short_date(self.first)} to\n{short_date(self.last)}"


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """One figure in all the reports; "–" in those that do not have it."""

    room: str
    text: str
    values: tuple[str, ...]


# --- out of the workspace ----------------------------------------------------------------


def of_period(governance: Governance, school: str, first: dt.date, last: dt.date) -> ReportFigures:
    """The figures of a report on a period. Raises DpdeskError for a period backwards."""
    if last < first:
        raise DpdeskError("The period ends before it begins.", "Put the earlier day first.")
    found = tuple(
        ReportedFigure(room.key, each.text, each.value, each.unit)
        for room in governance.figures(first, last)
        for each in room.now
    )
    return ReportFigures(school, first, last, governance.today(), found)


def of_kept(governance: Governance, school: str, report: KeptReport) -> ReportFigures:
    """The figures that a report had when it was kept; units are as they are today."""
    units = {
        (room.key, each.text): each.unit
        for room in governance.figures(report.first, report.last)
        for each in room.now
    }
    found = tuple(
        ReportedFigure(key, text, value, units.get((key, text), ""))
        for key, figures in report.figures.items()
        for text, value in figures.items()
    )
    return ReportFigures(school, report.first, report.last, report.made_at.date(), found)


def written(report: ReportFigures) -> bytes:
    """The file, in UTF-8."""
    content = {
        "kind": _KIND,
        "version": _VERSION,
        "school": report.school,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "made_on": report.made_on.isoformat(),
        "figures": [
            {"room": each.room, "text": each.text, "value": each.value, "unit": each.unit}
            for each in report.figures
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def file_name(report: ReportFigures) -> str:
    """A name for its file, without the ending: school and period, in signs that any disk takes."""
    plain = re.sub(r"[^\w &-]+", "", report.school).strip() or "Report"
    return f"{plain} {report.first.isoformat()} to {report.last.isoformat()}"


# --- from files --------------------------------------------------------------------------


def read(path: Path) -> ReportFigures:
    """The figures in a file. Raises UnreadableFile with a sentence for whatever is none."""
    return understood(foreign_content(path, _refuse_large))


def _refuse_large(size: int) -> None:
    if size > _LARGEST:
        raise UnreadableFile(
            "This file is too large to hold the figures of a report.", "Choose another file."
        )


def understood(content: bytes) -> ReportFigures:
    """The figures in the bytes of a file. Raises UnreadableFile."""
    _refuse_large(len(content))
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        _refuse()
    if not isinstance(said, dict) or said.get("kind") != _KIND:
        _refuse()
    if said.get("version") != _VERSION:
        raise UnreadableFile(
            "This file was made by another version of dpdesk.",
            "Ask for the figures again, or update dpdesk.",
        )
    rows = said.get("figures")
    if not isinstance(rows, list) or len(rows) > _LINES:
        _refuse()
    found = ReportFigures(
        _text(said.get("school")),
        _day(said.get("first")),
        _day(said.get("last")),
        _day(said.get("made_on")),
        tuple(_figure(row) for row in rows),
    )
    if not found.school or found.last < found.first:
        _refuse()
    return found


def _refuse() -> NoReturn:
    raise UnreadableFile(
        "This file does not hold the figures of a report, or was changed.",
        f"Choose a file that ends in {ENDING}.",
    )


def _text(said: Any) -> str:
    if not isinstance(said, str) or len(said) > _LONGEST or _UNSEEN.search(said):
        _refuse()
    return said.strip()


def _day(said: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except (TypeError, ValueError):
        _refuse()


def _figure(row: Any) -> ReportedFigure:
    if not isinstance(row, dict):
        _refuse()
    value = row.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse()
    if abs(value) > _WORTH or not math.isfinite(value):
        _refuse()
    room, text = _text(row.get("room")), _text(row.get("text"))
    unit = row.get("unit", "")
    if not room or not text or not isinstance(unit, str):
        _refuse()
    # The blank before a sign belongs to the unit.
    _text(unit)
    return ReportedFigure(room, text, value, unit)


# --- side by side ------------------------------------------------------------------------


def in_order(reports: Sequence[ReportFigures]) -> tuple[ReportFigures, ...]:
    """By school and period. Raises DpdeskError where two are about the same, or too many."""
    if len(reports) > MOST:
        raise DpdeskError(
            f"No more than {MOST} reports fit beside each other.", "Choose fewer of them."
        )
    ordered = sorted(reports, key=lambda each: (each.school.casefold(), each.first, each.last))
    for before, after in pairwise(ordered):
        if before.title == after.title:
            raise DpdeskError(
                f"{after.school} is there twice for the same period.", "Leave one of them out."
            )
    return tuple(ordered)


def beside(reports: Sequence[ReportFigures]) -> tuple[FiguresRow, ...]:
    """Every figure that one of the reports has, room by room."""
    known = [{(each.room, each.text): each.said for each in report.figures} for report in reports]
    named = dict.fromkeys((each.room, each.text) for one in reports for each in one.figures)
    rooms = [*TITLES, *(room for room, _ in named if room not in TITLES)]
    ordered = sorted(named, key=lambda each: rooms.index(each[0]))
    return tuple(
        FiguresRow(
            TITLES.get(room, room),
            text[0].upper() + text[1:],
            tuple(one.get((room, text), _ABSENT) for one in known),
        )
        for room, text in ordered
    )


def side_by_side(reports: Sequence[ReportFigures], today: dt.date) -> Leaflet:
    """The paper: a table for each room. Raises DpdeskError as :func:`in_order` does."""
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

    ordered = in_order(reports)
    by_room: dict[str, list[FiguresRow]] = {}
    for row in beside(ordered):
        by_room.setdefault(row.room, []).append(row)
    first = 0.34 if len(ordered) > 3 else 0.4
    shares = (first, *[(1 - first) / len(ordered)] * len(ordered))
    heads = tuple(each.title for each in ordered)
    return Leaflet(
        "Data protection: reports side by side",
        tuple(
            LeafletSection(
                room,
                columns=("What", *heads),
                rows=tuple((row.text, *row.values) for row in rows),
                shares=shares,
            )
            for room, rows in by_room.items()
        ),
        today,
        opening=(
            f"Each column is a report that its school made. “{_ABSENT}”: not in that report.",
            "No person is named.",
        ),
        marking="Confidential",
        foot=f"Put together on {long_date(today)}.",
    )


def counted(reports: Sequence[ReportFigures]) -> Mapping[str, Any]:
    """The same for programs: reports, and rows with a value for each."""
    ordered = in_order(reports)
    return {
        "reports": [
            {
                "school": each.school,
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
            }
            for each in ordered
        ],
        "rows": [
            {"room": row.room, "what": row.text, "values": list(row.values)}
            for row in beside(ordered)
        ],
    }
