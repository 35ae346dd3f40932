"""Measures the promises of speed and prints them beside their baselines.

``python3 packaging/dev.py bench`` measures all rows, names pick some; ``--quick`` takes small
sizes, which shows that every row runs and nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.measuring import Row

ROWS = {
    "start": "start",
    "open": "opening",
    "list": "listing",
    "import": "importing",
    "consents": "consenting",
    "find": "finding",
    "save": "saving",
    "intake": "taking_in",
    "suggest": "proposing",
    "read-scans": "reading_scans",
    "recalculate": "recalculating",
    "turn": "turning",
    "bundle": "bundling",
    "memory": "remembering",
    "gap": "guessing",
}
"""The rows, and the file of each. They are imported late: workers read this file first."""


def measure(names: list[str], *, quick: bool, say: Callable[[str], object]) -> list[Row]:
    """Measures the named rows (all, if none is named) in a folder that is thrown away."""
    from tests.benchmarks import table
    from tests.benchmarks.place import FULL, QUICK, Bench

    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="dpdesk-bench-") as folder:
        bench = Bench(Path(folder), QUICK if quick else FULL, _aside)
        for name in names or ROWS:
            measured = import_module(f"tests.benchmarks.rows.{ROWS[name]}").measure(bench)
            for row in measured:
                found.append(row)
                say(table.lines(row, judged=bench.sizes.judged))
    return found


def _aside(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Prints the table; a missed promise is a result, not a failure."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py bench", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], metavar="row", help=", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="small sizes: only shows that it runs")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The offscreen platform says of each window that nobody manages it.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    from tests.benchmarks import table

    begun = time.perf_counter()
    print(table.heading(), flush=True)
    found = measure(chosen.rows, quick=chosen.quick, say=lambda text: print(text, flush=True))
    missed = [row.name for row in found if row.points and not row.kept]
    verdict = f"missed: {'; '.join(missed) or 'none'}"
    if chosen.quick:
        verdict = "the sizes are too small to say whether a promise is kept"
    print(f"\n{len(found)} rows in {time.perf_counter() - begun:.0f} s; {verdict}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
