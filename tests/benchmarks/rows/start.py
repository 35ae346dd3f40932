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
            Promise(1.4),
            tuple(points),
            note="Nothing of the workspace is read yet, so its size costs nothing.",
            cause="Qt alone is there in less than a tenth of a second; what remains of ours is"
            " loading the kit, applying fonts and style sheet, and building and painting the page,"
            " each 10 to 40 milliseconds.",
        )
    ]
