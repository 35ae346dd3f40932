"""Breach log in figures for a period, as numbers and on paper; drills leave no trace."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from dpdesk.breaches import rules
from dpdesk.breaches.counted import BreachFigures, Counted, CountedStretch, ListedBreach
from dpdesk.breaches.pick_lists import pick
from dpdesk.breaches.service import BreachService, IncidentLine
from dpdesk.law.words import LONDON, month_name
from dpdesk.papers.flow import Printed

MOST_MONTHS = 24
"""A longer period is counted by years."""
_ASKED = (
    "aware", "outcome", "decision", "decision_why", "delay_why", "resolved", "summary",
    "incident_type", "cause", "people_certainty", "people", "people_most",
)  # fmt: skip


class FiguresService:
    """Counts what is in the breach log."""

    def __init__(self, breaches: BreachService) -> None:
        self._breaches = breaches

    def between(self, first: dt.date, last: dt.date) -> BreachFigures:
        """The figures of a period. Raises InvalidEntry where it would end before it begins."""
        found = self._breaches.lines(self._breaches.aware_between(first, last), _ASKED)
        return count_up(found, first, last, self._breaches.now())

    def paper(self, first: dt.date, last: dt.date) -> Printed:
        """The figures with charts, as a PDF. Raises as ``between``."""
        from dpdesk.breaches import papers  # reportlab is loaded only when something is printed

        return papers.figures(
            self.between(first, last), self._breaches.today(), self._breaches.school.letterhead()
        )


def count_up(
    lines: Sequence[IncidentLine], first: dt.date, last: dt.date, now: dt.datetime
) -> BreachFigures:
    """Counts lines of the log, which hold the answers that are asked for here."""
    outcomes = Counter(line.values.get("outcome") for line in lines)
    breaches = [line for line in lines if line.values.get("outcome") == "breach"]
    reported = [line for line in lines if rules.counts_as_reported(line.values, line.around)]
    late = [line for line in reported if line.around.reported[0] > rules.deadline(line.values)]
    silent = [
        line
        for line in breaches
        if not line.around.reported and line.values.get("decision") == "not_reportable"
    ]
    return BreachFigures(
        first=first,
        last=last,
        logged=len(lines),
        breaches=len(breaches),
        near_misses=outcomes["near_miss"],
        false_alarms=outcomes["false_alarm"],
        undecided=outcomes[None],
        reported=len(reported),
        on_time=len(reported) - len(late),
        waiting=sum(not line.around.reported for line in breaches) - len(silent),
        overdue=sum(
            rules.clock_runs(line.values, line.around) and now > rules.deadline(line.values)
            for line in lines
        ),
        people=sum(rules.people_at_least(line.values) or 0 for line in breaches),
        by_kind=_by("incident_types", "incident_type", breaches),
        by_cause=_by("causes", "cause", breaches),
        stretches=_stretches(lines, first, last),
        not_reported=tuple(_told(line, "decision_why") for line in silent),
        late=tuple(_told(line, "delay_why") for line in late),
    )


def _by(name: str, field: str, breaches: Iterable[IncidentLine]) -> tuple[Counted, ...]:
    """Most first; what is not said comes last."""
    counted = Counter(line.values.get(field) for line in breaches)
    known = [Counted(each.label, counted.pop(each.code, 0)) for each in pick(name)]
    found = sorted((each for each in known if each.number), key=lambda each: -each.number)
    rest = counted.total()
    return (*found, Counted("Not said", rest)) if rest else tuple(found)


def _told(line: IncidentLine, reason: str) -> ListedBreach:
    return ListedBreach(
        line.id,
        line.reference,
        line.values["aware"],
        str(line.values["summary"]),
        str(line.values.get(reason) or ""),
        line.around.reported[0] if line.around.reported else None,
    )


def _stretches(
    lines: Sequence[IncidentLine], first: dt.date, last: dt.date
) -> tuple[CountedStretch, ...]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    by_year = months > MOST_MONTHS

    def label(year: int, month: int) -> str:
        return str(year) if by_year else f"{month_name(dt.date(year, month, 1))[:3]} {year}"

    starts = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(months)]
    labels = dict.fromkeys(label(year, month + 1) for year, month in starts)
    found: dict[str, Counter[str | None]] = {each: Counter() for each in labels}
    for line in lines:
        day = line.values["aware"].astimezone(LONDON)
        found[label(day.year, day.month)][line.values.get("outcome")] += 1
    return tuple(
        CountedStretch(
            each, counted["breach"], counted["near_miss"], counted["false_alarm"], counted[None]
        )
        for each, counted in found.items()
    )
