"""Times two pieces of work against each other, fairly, on a computer that does other things too."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does the work once and says how many seconds it took."""


@dataclass(frozen=True)
class Point:
    """What was measured at one size.

    ``work`` says how much there was to do, in any unit; growth is counted against it.
    """

    size: str
    work: float
    subject: float
    baseline: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.subject / self.baseline if self.baseline else math.nan


@dataclass(frozen=True)
class Promise:
    """``most`` of the ratio, or of the seconds ``more``, or of the figure ``itself`` (in MB)."""

    most: float
    of: str = "ratio"

    @property
    def words(self) -> str:
        if self.of == "ratio":
            return f"<= {self.most:g} x"
        if self.of == "more":
            return f"<= {self.most:g} s more"
        return f"<= {self.most:g} MB"

    def figure(self, point: Point) -> float:
        """What is held against the promise."""
        if self.of == "ratio":
            return point.ratio
        if self.of == "more":
            return point.subject - point.baseline
        return point.subject

    def kept(self, point: Point) -> bool:
        return self.figure(point) <= self.most


@dataclass(frozen=True)
class Row:
    """A row of the table: one promise, measured at two sizes; the last one is judged.

    ``note`` says what the reader should know, ``cause`` what takes the time where the promise
    is missed, ``skipped`` why there is nothing measured.
    """

    name: str
    what: str
    against: str
    promise: Promise
    points: tuple[Point, ...] = ()
    note: str = ""
    cause: str = ""
    skipped: str = ""

    @property
    def growth(self) -> float:
        """Exponent of the cost: 1 where twice the work takes twice as long."""
        return exponent(self.points)

    @property
    def kept(self) -> bool:
        """Is the promise kept at the full size, the last point?"""
        return bool(self.points) and self.promise.kept(self.points[-1])


def exponent(points: Sequence[Point]) -> float:
    """How the cost grows from the first point to the last, as a power of the work."""
    if len(points) < 2:
        return math.nan
    first, last = points[0], points[-1]
    if min(first.subject, last.subject, first.work, last.work) <= 0 or first.work == last.work:
        return math.nan
    return math.log(last.subject / first.subject) / math.log(last.work / first.work)


def timed(work: Callable[[], object]) -> Timed:
    """Makes a piece of work tell its time; rubbish of earlier work is not counted."""

    def once() -> float:
        gc.collect()
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return once


def typical(times: Sequence[float]) -> float:
    """The middle of the quicker half: what else the computer did shows in the slower half."""
    quick = sorted(times)[: max(1, (len(times) + 1) // 2)]
    return statistics.median(quick)


def alternate(subject: Timed, baseline: Timed, rounds: int) -> tuple[float, float]:
    """Typical seconds of both, in turns, so that a slow minute hits both; one turn warms up."""
    if rounds > 1:
        baseline(), subject()
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds):
        for each in (subject, baseline) if turn % 2 else (baseline, subject):
            (ours if each is subject else theirs).append(each())
    return typical(ours), typical(theirs)
