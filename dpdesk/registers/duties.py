"""The shapes of a feature's answers: what must be done by when, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done. ``due`` is a day or a moment; None while it waits for others."""

    text: str
    due: dt.date | dt.datetime | None
    reference: str
    register: str
    entry_id: int
    place: str = ""
    """Stage or section of the entry page where it is done."""

    def order(self) -> tuple[int, str]:
        """Sorts by urgency; what waits for others comes last."""
        return (1, "") if self.due is None else (0, self.due.isoformat())


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap that a number of entries share, opened as a filtered list."""

    text: str
    """Follows a number: "requests without anybody to look after them"."""
    count: int
    register: str
    chip: str
    source: str = ""
    one: str = ""
    """The same for a count of one: "open request that nobody looks after"."""

    @property
    def said(self) -> str:
        """The words that follow the number."""
        return self.one if self.count == 1 and self.one else self.text


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure for a period."""

    text: str
    value: int | float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves that a clause of the policy is kept."""

    clause: str
    text: str
    references: tuple[str, ...] = ()


class Answering(Protocol):
    """Whoever answers the four questions for a feature."""

    def duties(self) -> Iterable[Duty]:
        """What must be done by when?"""

    def findings(self) -> Iterable[Finding]:
        """What is missing or wrong?"""

    def measures(self, first: dt.date, last: dt.date) -> Iterable[Measure]:
        """Figures for the time between two days, both counted."""

    def evidence(self) -> Iterable[Evidence]:
        """What proves that a clause of the policy is kept?"""
