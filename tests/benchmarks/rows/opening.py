"""open: from the press of Unlock to Home, in a large workspace and in an empty one."""

from __future__ import annotations

from tests.benchmarks import children
from tests.benchmarks.measuring import Point, Promise, Row, Timed, alternate
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE


def measure(bench: Bench) -> list[Row]:
    """Each opening in a process of its own; the memory it held is a row as well."""
    memory: dict[str, float] = {}

    def opening(entries: int, pages: int) -> Timed:
        folder = str(bench.workspace(entries, pages))

        def once() -> float:
            told, _ = children.run(bench.away, "first_paint", "open", folder, PASSPHRASE)
            memory[folder] = max(memory.get(folder, 0), told["memory"])
            return told["seconds"]

        return once

    empty = opening(0, 0)
    points, held = [], []
    for entries, pages in bench.sizes.open:
        ours, theirs = alternate(opening(entries, pages), empty, bench.sizes.rounds)
        size = f"{entries:,} entries, {pages:,} pages"
        points.append(Point(size, entries, ours, theirs))
        found = memory[str(bench.workspace(entries, pages))]
        held.append(Point(size, entries, found, memory[str(bench.workspace(0, 0))], unit="MB"))
    return [
        Row(
            "open",
            "unlock to Home painted, the key derived in milliseconds",
            "the same with an empty workspace",
            Promise(0.5, "more"),
            tuple(points),
            note="One request in fifty is open; Home works out the clock of each.",
            cause="The open requests and their clocks, closed cases that open ones may hold up, the"
            " gaps of the whole register, and the lines of Home.",
        ),
        Row(
            "open, memory",
            "the most that the process held until Home was there",
            "the same with an empty workspace",
            Promise(400, "itself"),
            tuple(held) if memory[str(bench.workspace(0, 0))] else (),
            skipped="This system does not tell how much memory a process holds.",
        ),
    ]
