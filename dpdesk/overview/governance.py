"""The report to the proprietor or the board: figures of a period, room by room, without names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dpdesk.law.words import count, long_date
from dpdesk.registers.duties import Finding, Measure
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

_TITLES: Mapping[str, str] = {
    "requests": "Requests of people",
    "breaches": "Breaches and near misses",
    "people": "People and training",
    "consents": "Consent for photographs",
    "assets": "Information assets",
    "retention": "Retention and disposal",
    "assurance": "Risks, assessments, suppliers, policies and audits",
}
_FIRST = 3
"""Gaps that the first page names."""


@dataclass(frozen=True, slots=True)
class RoomFigures:
    """The figures of one room for the period, and for the period before it of the same length."""

    key: str
    title: str
    now: tuple[Measure, ...]
    before: tuple[Measure, ...]

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """What is counted, how much now, and before."""
        earlier = {each.text: each for each in self.before}
        return tuple(
            (each.text, _worth(each), _worth(earlier[each.text]) if each.text in earlier else "")
            for each in self.now
        )


class Governance:
    """Gathers the report."""

    def __init__(
        self, rooms: Rooms, ground: Ground, findings: Callable[[], Sequence[Finding]]
    ) -> None:
        self._rooms, self._ground, self._findings = rooms, ground, findings

    def figures(self, first: dt.date, last: dt.date) -> tuple[RoomFigures, ...]:
        """Every room's figures for a period, with those of the period before."""
        length = last - first + dt.timedelta(days=1)
        found = []
        for room in self._rooms:
            now = _measures(room.answers, first, last)
            before = _measures(room.answers, first - length, last - length)
            if now:
                found.append(RoomFigures(room.key, _TITLES.get(room.key, room.key), now, before))
        return tuple(found)

    def report(self, first: dt.date, last: dt.date, comment: str = "") -> Leaflet:
        """The report: one page first, details after. Raises ValueError for a period backwards."""
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        if last < first:
            raise ValueError("a period ends after it begins")
        figures, gaps = self.figures(first, last), self._findings()
        head = self._ground.school.letterhead()
        today = self._ground.now().astimezone(SCHOOL_TIME).date()
        sections = [LeafletSection("In short", _short(figures, gaps))]
        if comment:
            lines = tuple(line for line in comment.splitlines() if line.strip())
            sections.append(LeafletSection("From the data protection officer", lines))
        told = [gap.told[0].upper() + gap.told[1:] for gap in gaps]
        sections.append(
            LeafletSection(
                "What is missing or wrong", ("Nothing.",) if not told else (), tuple(told)
            )
        )
        sections += [
            LeafletSection(each.title, columns=("", "This period", "Before"), rows=each.rows())
            for each in figures
        ]
        return Leaflet(
            "Data protection: report to the proprietor",
            tuple(sections),
            today,
            opening=(
                f"From {long_date(first)} to {long_date(last)}. No person is named in this report.",
            ),
            letterhead=head,
            marking="Confidential",
            foot=f"Made on {long_date(today)} from the registers as they stood that day.",
        )


def _measures(answers: Sequence[Any], first: dt.date, last: dt.date) -> tuple[Measure, ...]:
    return tuple(measure for each in answers for measure in each.measures(first, last))


def _worth(measure: Measure) -> str:
    return f"{measure.value:,}{measure.unit}"


def _short(figures: Sequence[RoomFigures], gaps: Sequence[Finding]) -> tuple[str, ...]:
    lines = []
    for each in figures:
        if each.key in {"requests", "breaches"} and each.now:
            lines.append(f"{each.title}: {'; '.join(_told(m) for m in each.now[:4])}.")
    if gaps:
        worst = "; ".join(gap.told for gap in gaps[:_FIRST])
        lines.append(f"{count(len(gaps), 'kind')} of gaps are open, above all: {worst}.")
    else:
        lines.append("No gap is open.")
    return tuple(lines)


def _told(measure: Measure) -> str:
    return f"{_worth(measure)} {measure.text}"
