"""Three figures for Home: this term beside the last, from what the rooms measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dpdesk.registers.rooms import Rooms

Span = tuple[dt.date, dt.date]
"""First and last day, both counted."""
Figures = Mapping[str, float]
_DAYS: Final = 91
"""Days that stand for a term where no terms are entered."""
_HOLIDAY: Final = 24
"""Days between two halves of a term at most."""


@dataclass(frozen=True, slots=True)
class HomeFigure:
    """A figure: what it is, how much now, and in words what it was before."""

    title: str
    value: str
    before: str


def figures(rooms: Rooms, terms: Iterable[Span], today: dt.date) -> tuple[HomeFigure, ...]:
    """Requests answered on time, incidents, and training, this term beside the last."""
    now, last, named = spans(terms, today)
    answered, before = (_on_time(_measured(rooms, "requests", span)) for span in (now, last))
    logged, earlier = (
        int(_measured(rooms, "breaches", span).get("incidents logged", 0)) for span in (now, last)
    )
    found = [
        HomeFigure("Requests answered on time", answered, f"{named}: {before}"),
        HomeFigure(
            "Breaches and near misses logged",
            f"{logged:,}",
            f"{named}: {earlier:,}, {_change(logged - earlier)}",
        ),
    ]
    trained = _measured(rooms, "people", now).get("of required training up to date")
    if trained is not None:
        found.append(HomeFigure("Required training up to date", f"{trained:.0f}%", "today"))
    return tuple(found)


def spans(terms: Iterable[Span], today: dt.date) -> tuple[Span, Span, str]:
    """This term as far as it has gone, the one before, and what that is called.

    Halves of a term are one. Without terms the last thirteen weeks count as one.
    """
    whole: list[Span] = []
    for first, last in sorted(terms):
        if whole and _same_term(whole[-1], first):
            whole[-1] = (whole[-1][0], max(last, whole[-1][1]))
        else:
            whole.append((first, last))
    begun = [span for span in whole if span[0] <= today]
    if len(begun) > 1:
        return (begun[-1][0], today), begun[-2], "Last term"
    first = today - dt.timedelta(days=_DAYS - 1)
    day = dt.timedelta(days=1)
    before = (first - dt.timedelta(days=_DAYS), first - day)
    return (first, today), before, "The 13 weeks before"


def _same_term(span: Span, first: dt.date) -> bool:
    """Christmas and Easter part terms, and are as short as some half-terms are long."""
    return (first - span[1]).days <= _HOLIDAY and first.month not in {1, 4}


def _on_time(found: Figures) -> str:
    answered = int(found.get("requests answered", 0))
    return f"{int(found.get('of these on time', 0))} of {answered}" if answered else "none answered"


def _change(change: int) -> str:
    if not change:
        return "no change"
    return f"{abs(change):,} {'more' if change > 0 else 'fewer'} now"


def _measured(rooms: Rooms, key: str, span: Span) -> Figures:
    """What a room measures in a span, by its words."""
    return {
        each.text: each.value
        for room in rooms
        if room.key == key
        for answers in room.answers
        for each in answers.measures(*span)
    }
