"""Which events of a school's calendar say when there is school, by the words schools use.

Everything else in such a file (concerts, meetings, matches) is left out. What is taken for what is
shown before anything is saved, so a wrong guess costs a tick.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from dpdesk.school.calendar_in import CalendarEvent

TERM: Final = "term"
_LONG: Final = 10
"""An event of at least so many days can be a whole term."""
_LONGEST: Final = 140
"""No term is longer; what is longer is a school year."""

_BANK: Final = re.compile(
    r"\bbank holiday|\bgood friday|\beaster monday|\bchristmas day|\bboxing day|\bnew year.?s day"
    r"|\bmay day\b|\bcoronation\b|\bjubilee\b|\bpublic holiday"
)
_INSET: Final = re.compile(
    r"\binset\b|\b(staff|teacher)s?'?’? (training|development|day)|\btraining day|\bcpd day"
    r"|\bprofessional development|\bin-?service\b|\b(non|no)[- ]pupils?\b|\bpupil[- ]free"
)
_HALF: Final = re.compile(r"\bhalf[- ]?term")
_HOLIDAY: Final = re.compile(r"\bholidays?\b|\bvacation\b|\b(winter|spring|easter|summer) break\b")
_CLOSED: Final = re.compile(
    r"\bschool (is |will be )?(closed|shut)\b|\bclosed to (pupils|students|all)\b|\bclosure\b"
    r"|\boccasional day\b|\bclosed\b"
)
_TERM: Final = re.compile(r"\bterms?\b|\b(michaelmas|lent|trinity|hilary)\b")
_BEGINS: Final = re.compile(
    r"\b(starts?|begins?|commences?|first day|start of|beginning of|opens?|reopens?|return)\b"
)
_ENDS: Final = re.compile(r"\b(ends?|finish(es)?|last day|end of|closes|breaks? up|concludes?)\b")
_SCHOOL_OPENS: Final = re.compile(
    r"\b(school (re)?opens|pupils return|students return|back to school|break(s|ing)? up)\b"
)
_VERBS: Final = re.compile(
    r"\b(starts?|begins?|commences?|ends?|finish(es)?|first day( of)?|last day( of)?|start of"
    r"|end of|beginning of|for (all )?(pupils|students)|school|\(?pupils\)?|the)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDays:
    """What an event is taken for: a term, or days of one of the kinds of special days."""

    kind: str
    """``term``, or a code of the kinds of special days."""
    name: str
    first: dt.date
    last: dt.date


def days_found(events: Iterable[CalendarEvent]) -> tuple[FoundDays, ...]:
    """Terms, half-terms, training days, closures and bank holidays, in order of time."""
    ordered = sorted(events, key=lambda each: (each.first, each.last, each.summary))
    found = [taken for event in ordered if (taken := _taken(event)) is not None]
    terms = [each for each in found if each.kind == TERM]
    for made in _between_marks(ordered):
        if not any(made.first <= each.last and each.first <= made.last for each in terms):
            found.append(made)
    seen: dict[tuple[str, dt.date, dt.date], FoundDays] = {}
    for each in found:
        seen.setdefault((each.kind, each.first, each.last), each)
    kinds = dict.fromkeys(each.kind for each in seen.values())
    plain = [
        each
        for kind in kinds
        for each in _untangled([one for one in seen.values() if one.kind == kind])
    ]
    return tuple(sorted(plain, key=lambda each: (each.first, each.kind, each.last)))


def _untangled(days: list[FoundDays]) -> list[FoundDays]:
    """Days of one kind of which none covers another's, as a calendar can hold them.

    A school may write a term whole and in halves: the halves are kept, as they leave out the days
    between. Of others that overlap, such as a week off that is written for boarders and for day
    pupils, one span is made.
    """
    if days and days[0].kind == TERM:
        days = [each for each in days if sum(_within(one, each) for one in days) < 2]
    plain: list[FoundDays] = []
    for each in sorted(days, key=lambda one: (one.first, one.last)):
        before = plain[-1] if plain else None
        if before is not None and each.first <= before.last:
            plain[-1] = replace(before, last=max(before.last, each.last))
        else:
            plain.append(each)
    return plain


def _within(one: FoundDays, other: FoundDays) -> bool:
    """Is one a part of the other, and not all of it?"""
    inside = other.first <= one.first and one.last <= other.last
    return inside and (one.first, one.last) != (other.first, other.last)


def says_nothing(event: CalendarEvent) -> bool:
    """Does an event say nothing of when there is school?"""
    return _taken(event) is None and not (event.days < _LONG and _is_mark(_plain(event.summary)))


def _taken(event: CalendarEvent) -> FoundDays | None:
    """What one event by itself says."""
    said = _plain(event.summary)
    mark = event.days < _LONG and _is_mark(said)

    def found(kind: str) -> FoundDays:
        return FoundDays(kind, event.summary, event.first, event.last)

    if _INSET.search(said):
        return found("inset") if event.days < _LONG else None
    if _BANK.search(said):
        return found("bank_holiday") if event.days <= 2 else None
    if mark:
        return None
    if _HALF.search(said) or _HOLIDAY.search(said):
        return found("half_term") if event.days <= _LONGEST else None
    if _TERM.search(said) and _LONG <= event.days <= _LONGEST:
        return found(TERM)
    return found("closure") if _CLOSED.search(said) and event.days < _LONG else None


def _is_mark(said: str) -> bool:
    """Does it mark the day on which something begins or ends?"""
    of = _TERM.search(said) or _HALF.search(said) or _SCHOOL_OPENS.search(said)
    return bool(of and (_BEGINS.search(said) or _ENDS.search(said)))


def _between_marks(events: list[CalendarEvent]) -> list[FoundDays]:
    """Terms from the day on which one begins to the day on which it ends.

    "Half-term begins" is the day after the last one of a half; "half-term ends" the day before
    the first of the next.
    """
    made: list[FoundDays] = []
    opened: tuple[dt.date, str] | None = None
    for event in events:
        said = _plain(event.summary)
        if event.days >= _LONG or not _is_mark(said):
            continue
        of_half = bool(
            re.search(r"half[- ]?term( holiday| break)?s? (starts?|begins?|ends?)", said)
        )
        begins = bool(_BEGINS.search(said)) and not _ENDS.search(said)
        day, name = event.first, event.summary
        if of_half:
            day = day - dt.timedelta(days=1) if begins else event.last + dt.timedelta(days=1)
            begins = not begins
        if begins:
            # Of two beginnings in a row the later one is nearer to what ends next.
            opened = (day, name)
        elif opened is not None and 0 < (day - opened[0]).days <= _LONGEST:
            made.append(FoundDays(TERM, _term_name(opened[1]), opened[0], day))
            opened = None
    return made


def _term_name(summary: str) -> str:
    """The name of a term out of the words that say when it begins."""
    name = " ".join(_VERBS.sub(" ", summary).split()).strip(" -–:,()")
    return name[:1].upper() + name[1:] if name else "Term"


def _plain(summary: str) -> str:
    return summary.casefold().replace("’", "'")
