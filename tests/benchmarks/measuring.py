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
    """``most`` of the ratio, or of the seconds ``more``, or of the figure ``itself`` (in MB).

    A promise of ``names`` is the other way about: it asks for at least so many.
    """

    most: float
    of: str = "ratio"

    @property
    def words(self) -> str:
        if self.of == "ratio":
            return f"<= {self.most:g} x"
        if self.of == "more":
            return f"<= {self.most:g} s more"
        if self.of == "names":
            return f">= {self.most:g} names"
        return f"<= {self.most:g} MB"

    def figure(self, point: Point) -> float:
        """What is held against the promise."""
        if self.of == "ratio":
            return point.ratio
        if self.of == "more":
            return point.subject - point.baseline
        return point.subject

    def kept(self, point: Point) -> bool:
        figure = self.figure(point)
        return figure >= self.most if self.of == "names" else figure <= self.most


@dataclass(frozen=True)
class Row:
    """A row of the table: one promise, measured at two sizes.

    The last size is judged, as the promise names it; ``every`` size where it names none.
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
    every: bool = False

    @property
    def growth(self) -> float:
        """Exponent of the cost: 1 where twice the work takes twice as long."""
        return exponent([(point.work, point.subject) for point in self.points])

    @property
    def baseline_growth(self) -> float:
        """The same of the baseline: no program grows slower than what it stands on."""
        return exponent([(point.work, point.baseline) for point in self.points])

    @property
    def judged(self) -> tuple[Point, ...]:
        """The points that the promise speaks of."""
        return self.points if self.every else self.points[-1:]

    @property
    def kept(self) -> bool:
        """Is the promise kept?"""
        return bool(self.points) and all(map(self.promise.kept, self.judged))


def exponent(costs: Sequence[tuple[float, float]]) -> float:
    """How the cost grows with the work, from the first pair to the last, as a power of it."""
    if len(costs) < 2 or min(map(min, costs)) <= 0 or costs[0][0] == costs[-1][0]:
        return math.nan
    (few, quick), (many, slow) = costs[0], costs[-1]
    return math.log(slow / quick) / math.log(many / few)


def timed(work: Callable[[], object]) -> Timed:
    """Makes a piece of work tell its time; rubbish of earlier work is not counted.

    Python does not look for rubbish meanwhile: in the program it does so between two pieces of
    work (``ui.kit.pieces.sweeping``).
    """

    def once() -> float:
        gc.collect()
        gc.disable()
        try:
            begun = time.perf_counter()
            work()
            return time.perf_counter() - begun
        finally:
            gc.enable()

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
