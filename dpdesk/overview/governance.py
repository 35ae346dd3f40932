"""The report to the proprietor or the board: figures of a period, room by room, without names.

What a report said is kept on the shelf with its figures, so that the next one can be compared with
it: how many risks are high is known for today only, and no register remembers it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dpdesk.documents.shelf import Shelved
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, listed, long_date
from dpdesk.registers.duties import Duty, Finding, Measure
from dpdesk.registers.on_record import NamesOnRecord
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

if TYPE_CHECKING:
    from dpdesk.papers.charts import BarChart
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

SHELF: Final = "governance"
"""Under which key reports stand on the shelf."""
SHORT: Final = "short"
"""The comment of the first page; those of the sections have the keys of their rooms."""
TITLES: Final[Mapping[str, str]] = {
    "requests": "Requests from people",
    "breaches": "Breaches and near misses",
    "people": "People and training",
    "consents": "Consent for photographs",
    "assets": "Information assets",
    "retention": "Retention and disposal",
    "assurance": "Risks, assessments, suppliers, policies and audits",
}
_FIRST: Final = 3
"""Gaps that the first page names."""
_PLANNED: Final = 5
_BARS: Final = 3
"""Bars of each room on the first page, which is one page: the figures follow in full."""
_LONG_AGO: Final = dt.date(1901, 1, 1)


@dataclass(frozen=True, slots=True)
class RoomFigures:
    """The figures of one room for the period, and what they were before.

    ``standing`` are figures of today that no period changes; what they were before is known only
    from the last report that was kept.
    """

    key: str
    title: str
    now: tuple[Measure, ...]
    before: Mapping[str, float]
    standing: frozenset[str] = frozenset()

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """What is counted, how much now, and before."""
        return tuple(
            (
                each.text[0].upper()
                + each.text[1:]
                + (" (today)" if each.text in self.standing else ""),
                _worth(each.value, each.unit),
                _worth(self.before[each.text], each.unit) if each.text in self.before else "",
            )
            for each in self.now
        )


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report on the shelf."""

    id: int
    number: int
    first: dt.date
    last: dt.date
    made_at: dt.datetime
    figures: Mapping[str, Mapping[str, float]]

    @property
    def title(self) -> str:
        """How it is listed."""
        return f"Report {self.number}: {long_date(self.first)} to {long_date(self.last)}"


class Governance:
    """Gathers the report."""

    def __init__(
        self,
        rooms: Rooms,
        ground: Ground,
        findings: Callable[[], Sequence[Finding]],
        duties: Callable[[], Sequence[Duty]],
        names: NamesOnRecord,
    ) -> None:
        self._rooms, self._ground, self._names = rooms, ground, names
        self._findings, self._duties = findings, duties

    def today(self) -> dt.date:
        """The day at the school."""
        return self._ground.now().astimezone(SCHOOL_TIME).date()

    def figures(self, first: dt.date, last: dt.date) -> tuple[RoomFigures, ...]:
        """Every room's figures for a period, with those of the period before."""
        length = last - first + dt.timedelta(days=1)
        kept = self._before(first)
        found = []
        for room in self._rooms:
            now = _measures(room.answers, first, last)
            if not now:
                continue
            # What is not nothing in a time before the school had registers is no figure of a time.
            ever = _measures(room.answers, _LONG_AGO, _LONG_AGO)
            standing = frozenset(each.text for each in ever if each.value)
            before = {
                each.text: each.value
                for each in _measures(room.answers, first - length, last - length)
                if each.text not in standing
            }
            last_time = kept.get(room.key, {})
            before.update({text: last_time[text] for text in standing & last_time.keys()})
            title = TITLES.get(room.key, room.key)
            found.append(RoomFigures(room.key, title, now, before, standing))
        return tuple(found)

    def _before(self, first: dt.date) -> Mapping[str, Mapping[str, float]]:
        """The figures of the last report kept about a time before."""
        earlier = [each for each in self.kept() if each.last < first]
        return max(earlier, key=lambda each: (each.last, each.number)).figures if earlier else {}

    # --- names ---------------------------------------------------------------------------

    def names_in(self, comments: Mapping[str, str]) -> tuple[str, ...]:
        """Words in the comments that name somebody on record, as they are written."""
        return self._names.named_in(comments.values())

    # --- the report ----------------------------------------------------------------------

    def report(
        self, first: dt.date, last: dt.date, comments: Mapping[str, str] | None = None
    ) -> Leaflet:
        """The report: one page first, details after.

        Raises ValueError for a period backwards, and DpdeskError where a comment names somebody.
        """
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        if last < first:
            raise ValueError("a period ends after it begins")
        comments = {key: text.strip() for key, text in (comments or {}).items() if text.strip()}
        if named := self.names_in(comments):
            raise DpdeskError(
                f"A comment names {listed(list(named))}, which is the name of a person on record.",
                "No person is named in this report: write “a pupil” or “a colleague” instead.",
            )
        figures, gaps = self.figures(first, last), self._findings()
        told = tuple(gap.told[0].upper() + gap.told[1:] for gap in gaps)
        sections = [
            LeafletSection(
                "In short", _short(figures, gaps), chart=_chart(figures, ("requests", "breaches"))
            )
        ]
        if SHORT in comments:
            sections.append(
                LeafletSection("From the data protection officer", _lines(comments[SHORT]))
            )
        # One page to read; whoever wants more turns it.
        sections.append(self._planned())
        details = [_section(each, comments.get(each.key, "")) for each in figures]
        details.append(
            LeafletSection("What is missing or wrong", () if told else ("Nothing.",), told)
        )
        sections += [replace(details[0], new_page=True), *details[1:]]
        today = self.today()
        return Leaflet(
            "Data protection: report to the proprietor",
            tuple(sections),
            today,
            opening=(
                f"From {long_date(first)} to {long_date(last)}. No person is named in this report.",
            ),
            letterhead=self._ground.school.letterhead(),
            marking="Confidential",
            foot=f"Made on {long_date(today)} from the registers as they stood that day.",
        )

    def _planned(self) -> LeafletSection:
        """What falls due next, by what kind of entry it is; the duties themselves name people."""
        from dpdesk.papers.leaflet import LeafletSection

        registers = self._rooms.registers()
        dated = [duty for duty in self._duties() if duty.due is not None]
        rows = []
        for duty in dated[:_PLANNED]:
            day = duty.due
            if isinstance(day, dt.datetime):
                day = day.astimezone(SCHOOL_TIME).date()
            service = registers.get(duty.register)
            kind = service.register.entry if service else "settings"
            if day is not None:
                late = " (overdue)" if day < self.today() else ""
                what = kind[0].upper() + kind[1:]
                rows.append((f"{long_date(day)}{late}", what, duty.reference))
        return LeafletSection(
            "What falls due next",
            () if rows else ("Nothing is due.",),
            columns=("By", "What", "Reference") if rows else (),
            rows=tuple(rows),
            shares=(0.4, 0.35, 0.25) if rows else (),
        )

    # --- the shelf -----------------------------------------------------------------------

    def keep(self, first: dt.date, last: dt.date, comments: Mapping[str, str]) -> KeptReport:
        """Makes the report and keeps it for good, with its figures.

        Raises ValueError, NoRoom, and DpdeskError where a comment names somebody.
        """
        from dpdesk.papers.leaflet import leaflet_pdf

        content = leaflet_pdf(self.report(first, last, comments)).content
        figures = {
            each.key: {measure.text: measure.value for measure in each.now}
            for each in self.figures(first, last)
        }
        answers = {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "figures": figures,
            "comments": {key: text for key, text in comments.items() if text.strip()},
        }
        shelf = self._ground.shelf
        with self._ground.database.changing() as change:
            number = shelf.last_number(change.session, SHELF) + 1
            kept = shelf.keep(change, SHELF, 0, content, number=number, answers=answers)
            change.note(SHELF, 0, "report", None, f"Report {number}, SHA-256 {kept.sha256}")
        return _kept(kept)

    def kept(self) -> tuple[KeptReport, ...]:
        """The reports on the shelf, newest first."""
        return tuple(_kept(each) for each in reversed(self._ground.shelf.of_entry(SHELF, 0)))

    def content(self, report: KeptReport) -> bytes:
        """A kept report as it was, a PDF. Raises NotFound, DamagedWorkspace."""
        return self._ground.shelf.content(SHELF, report.id)


def _kept(paper: Shelved) -> KeptReport:
    said = paper.answers
    return KeptReport(
        paper.id,
        paper.number,
        dt.date.fromisoformat(said["first"]),
        dt.date.fromisoformat(said["last"]),
        paper.made_at,
        said["figures"],
    )


def _measures(answers: Sequence[Any], first: dt.date, last: dt.date) -> tuple[Measure, ...]:
    return tuple(measure for each in answers for measure in each.measures(first, last))


def _worth(value: float, unit: str) -> str:
    return f"{value:,}{unit}"


def _section(figures: RoomFigures, comment: str) -> LeafletSection:
    from dpdesk.papers.leaflet import LeafletSection

    return LeafletSection(
        figures.title,
        _lines(comment),
        columns=("What", "This period", "Before"),
        rows=figures.rows(),
        shares=(0.6, 0.2, 0.2),
    )


def _lines(comment: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in comment.splitlines() if line.strip())


def _chart(figures: Sequence[RoomFigures], rooms: Sequence[str]) -> BarChart | None:
    """What was counted in some rooms, beside the period before; None where nothing was."""
    from dpdesk.papers.charts import Bar, BarChart

    bars = []
    for room in figures:
        if room.key not in rooms:
            continue
        own = [
            Bar(each.text[0].upper() + each.text[1:], values)
            for each in room.now
            if each.text in room.before and not each.unit and each.text not in room.standing
            for values in [(int(each.value), int(room.before[each.text]))]
            if any(values)
        ]
        bars += own[:_BARS]
    return BarChart(tuple(bars), ("This period", "Before")) if bars else None


def _within(told: str) -> str:
    """A sentence as it stands within another: “it is not on record”, but “ICO”."""
    return told if told[1:2].isupper() else told[0].lower() + told[1:]


def _short(figures: Sequence[RoomFigures], gaps: Sequence[Finding]) -> tuple[str, ...]:
    lines = []
    for each in figures:
        if each.key in {"requests", "breaches"} and each.now:
            told = ", ".join(f"{m.text} {_worth(m.value, m.unit)}" for m in each.now[:4])
            lines.append(f"{each.title}: {told}.")
    if gaps:
        worst = "; ".join(_within(gap.told) for gap in gaps[:_FIRST])
        lines.append(f"{count(len(gaps), 'kind')} of gaps are open, above all: {worst}.")
    else:
        lines.append("No gap is open.")
    return tuple(lines)
