"""gap: how many names a removed name could be, for somebody who measures all that remains."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tests.benchmarks import gaps
from tests.benchmarks.measuring import Point, Promise, Row
from tests.benchmarks.place import Bench

_FONTS = (("Helvetica", "Helvetica"), ("Times-Roman", "Times"))
_LEAST = 100
_FEW = 5
_AT_END = "Countersigned on behalf of the school by {}"
_ALONE = "{}"


def measure(bench: Bench) -> list[Row]:
    """Running text, then places where a name stands alone or on a ruled line."""
    running = [
        (f"{font}, {'spread' if spread else 'ragged'}", gaps.Setting(name, 11, sentence, spread))
        for name, font in _FONTS
        for spread, sentence in ((False, gaps.SENTENCES[0]), (True, gaps.SENTENCES[1]))
    ]
    ends = [("at a line end", _AT_END), ("alone in a cell", _ALONE)]
    beside = [(told, gaps.Setting("Helvetica", 11, text)) for told, text in ends]
    ruled = [(told, gaps.Setting("Helvetica", 11, text, ruled=True)) for told, text in ends]
    promise = Promise(_LEAST * bench.sizes.names / len(gaps.SURNAMES), "names")
    against = "a box drawn to the edges of the word"
    return [
        _row(bench, running, "gap", "a surname removed from running text", (promise, against)),
        _row(bench, beside, "gap, alone", "a surname with nothing after it", (promise, against)),
        _row(
            bench,
            ruled,
            "gap, on a rule",
            "the same on a line that is ruled, so that it is not set anew",
            (Promise(0, "names"), against),
        ),
    ]


def _row(
    bench: Bench,
    settings: Sequence[tuple[str, gaps.Setting]],
    name: str,
    what: str,
    held: tuple[Promise, str],
) -> Row:
    names = gaps.SURNAMES[: bench.sizes.names]
    points, told = [], []
    for label, setting in settings:
        bench.say(f"guessing {len(names)} names: {label} …")
        ours, theirs = (
            gaps.could_be(gaps.prints(setting, names, kind)) for kind in ("text", "box")
        )
        points.append(
            Point(label, 1, statistics.median(ours), statistics.median(theirs), unit="names")
        )
        few = sum(count <= _FEW for count in ours) / len(ours)
        tenth = sorted(ours)[len(ours) // 10]
        told.append(f"{label}: a tenth of them fewer than {tenth + 1}, {few:.0%} at most {_FEW}.")
    note = (
        f"Median of how many of {len(names)} surnames cannot be told from the one that was removed,"
        " by the edges of all ink to 0.13 point, the text layer, and how the lines were broken. "
    )
    return Row(
        name, what, held[1], held[0], tuple(points), note + " ".join(told), every=True,
        cause="Where lines are broken tells how long a name can be.",
    )  # fmt: skip
