"""The table that a run prints."""

from __future__ import annotations

import math
import textwrap

from tests.benchmarks.measuring import Point, Row

_HEAD = ("row", "size", "dpdesk", "baseline", "ratio", "promise", "", "growth")
_WIDE = (18, 30, 11, 11, 7, 13, 7, 13)


def heading() -> str:
    """Names of the columns."""
    return _line(_HEAD) + "\n" + "-" * (sum(_WIDE) + len(_WIDE) - 1)


def lines(row: Row, *, judged: bool = True) -> str:
    """What one row says: a line for each size, and below what it was held against.

    Not ``judged`` where the sizes are not those of the promise.
    """
    said = []
    for place, point in enumerate(row.points):
        last = place == len(row.points) - 1
        verdict = "kept" if row.promise.kept(point) else "MISSED"
        if not judged or point not in row.judged:
            verdict = ""
        growth = _growth(row) if last else ""
        said.append(
            _line(
                (
                    row.name if place == 0 else "",
                    point.size,
                    _figure(point.subject, point),
                    _figure(point.baseline, point),
                    f"{point.ratio:.2f}",
                    row.promise.words if last else "",
                    verdict,
                    growth,
                )
            )
        )
    if not row.points:
        said.append(_line((row.name, "", "", "", "", row.promise.words, "skipped", "")))
    told = [f"{row.what}; against {row.against}."]
    if row.points and row.note:
        told.append(row.note)
    if not row.points:
        told.append(row.skipped)
    elif judged and not row.kept:
        told.append(f"Missed: {row.cause or 'the profile of this run must say why.'}")
    for text in told:
        said += textwrap.wrap(text, 108, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(said)


def _growth(row: Row) -> str:
    if math.isnan(row.growth):
        return ""
    if math.isnan(row.baseline_growth):
        return f"{row.growth:.2f}"
    return f"{row.growth:.2f} ({row.baseline_growth:.2f})"


def _figure(value: float, point: Point) -> str:
    if point.unit != "s":
        return f"{value:.1f} {point.unit}"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.2f} ms"


def _line(cells: tuple[str, ...]) -> str:
    return " ".join(cell.ljust(wide) for cell, wide in zip(cells, _WIDE, strict=True)).rstrip()
