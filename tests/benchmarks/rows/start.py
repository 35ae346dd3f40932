"""start: from the start of the process to the unlock window."""

from __future__ import annotations

from tests.benchmarks import children
from tests.benchmarks.measuring import Point, Promise, Row, Timed, alternate
from tests.benchmarks.place import Bench


def measure(bench: Bench) -> list[Row]:
    """The program against a bare window; the size of the workspace must not matter."""

    def first_paint(*how: str) -> Timed:
        def once() -> float:
            told, begun = children.run(bench.away, "first_paint", *how)
            return told["at"] - begun

        return once

    points = []
    for entries, pages in bench.sizes.open:
        folder = bench.workspace(entries, pages)
        ours, theirs = alternate(
            first_paint("start", str(folder)), first_paint("bare"), bench.sizes.rounds
        )
        points.append(Point(f"{entries:,} entries", entries, ours, theirs))
    return [
        Row(
            "start",
            "process start to the unlock window painted",
            "a bare PySide6 script that shows an empty main window",
            Promise(1.5),
            tuple(points),
            note="Most of both is loading Qt; the rest of ours is the kit, the style sheet and"
            " the page. The larger workspace costs nothing, as nothing of it is read yet.",
        )
    ]
