"""memory: what a long bundle holds at its peak, in all processes together."""

from __future__ import annotations

from tests.benchmarks import children
from tests.benchmarks.measuring import Point, Promise, Row
from tests.benchmarks.place import Bench

MARKS = 3


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
    return [
        Row(
            "memory",
            "a bundle built and checked: the sum of all processes at its highest",
            "the shorter of the two bundles",
            Promise(400, "itself"),
            tuple(points),
            every=True,
            note="Shares of memory that processes have in common count once.",
            skipped="This system does not tell how much memory processes share.",
        )
    ]
