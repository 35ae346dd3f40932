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
    counts_down: bool = False
    """Is it so urgent that Home shows its hours running?"""

    def order(self) -> tuple[int, str]:
        """Sorts by urgency; what waits for others comes last."""
        return (1, "") if self.due is None else (0, self.due.isoformat())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing or wrong.

    Most are gaps that a number of entries share, and lead to the list of those. One without a
    count says that there is nothing where there should be something ("No privacy notice is on
    record"), and leads to making the first entry.
    """

    text: str
    """Follows a number: "open requests that are not assigned". Without a count: a sentence."""
    count: int | None
    register: str
    chip: str = ""
    """The filter of the list that shows them; empty where there is nothing to show."""
    source: str = ""
    one: str = ""
    """The same for a count of one: "open request that is not assigned"."""

    @classmethod
    def nothing(cls, text: str, register: str, source: str = "") -> Finding:
        """There is no entry where there should be one; it leads to making the first."""
        return cls(text, None, register, source=source)

    @property
    def said(self) -> str:
        """The words that follow the number, or the sentence where there is none."""
        return self.one if self.count == 1 and self.one else self.text

    @property
    def told(self) -> str:
        """Number and words."""
        return self.said if self.count is None else f"{self.count:,} {self.said}"


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

    @classmethod
    def counted(cls, clause: str, words: str, references: tuple[str, ...]) -> Evidence:
        """Entries that prove it, with their number behind the words, which fit one and many."""
        return cls(clause, f"{words[:1].upper()}{words[1:]}: {len(references):,}", references)


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


class Answers:
    """Answers none of the four questions; a feature overrides those that concern it."""

    def duties(self) -> Iterable[Duty]:
        """What must be done by when?"""
        return ()

    def findings(self) -> Iterable[Finding]:
        """What is missing or wrong?"""
        return ()

    def measures(self, first: dt.date, last: dt.date) -> Iterable[Measure]:
        """Figures for the time between two days, both counted."""
        return ()

    def evidence(self) -> Iterable[Evidence]:
        """What proves that a clause of the policy is kept?"""
        return ()
