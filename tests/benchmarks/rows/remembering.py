"""memory: what a long bundle holds at its peak, in all processes together."""

from __future__ import annotations

from tests.benchmarks import children
from tests.benchmarks.measuring import Point, Promise, Row
from tests.benchmarks.place import Bench

MARKS = 3
SAME = 1.1
"""A bundle ten times as long must need the same memory, give or take a tenth."""


def measure(bench: Bench) -> list[Row]:
    """The longer bundle must not need more than the shorter one."""
    points: list[Point] = []
    if children.Memory.can():
        first = 0.0
        for pages in bench.sizes.memory:
            bench.say(f"building and checking a bundle of {pages:,} pages …")
            _, peak = children.watched(
                bench.away, "bundles", "text", str(pages), str(pages * MARKS),
                str(bench.sizes.dpi), str(bench.folder),
            )  # fmt: skip
            first = first or peak
            points.append(Point(f"{pages:,} pages", pages, peak, first, unit="MB"))
    what = "a bundle built and checked: the sum of all processes at its highest"
    shorter = "the shorter of the two bundles"
    skipped = "This system does not tell how much memory processes share."
    return [
        Row(
            "memory", what, shorter, Promise(400, "itself"), tuple(points), skipped=skipped,
            note="Shares of memory that processes have in common count once.", every=True,
        ),
        Row(
            "memory, longer", what, shorter, Promise(SAME), tuple(points), skipped=skipped,
            cause="The check reads the table of the finished file in three processes, and it has"
            " some objects for each page: about ten kilobytes a page in all.",
        ),
    ]  # fmt: skip
