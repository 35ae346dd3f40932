"""Lines that were set anew in plain numbers, for the way from a worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dpdesk.disclosure.plan import Move, SetLine
from dpdesk.documents.pages import Box


def pack_line(line: SetLine) -> list[Any]:
    """A line that was set anew in plain numbers."""
    moves = [[*sides_of(move.box), move.across] for move in line.moves]
    gaps = [sides_of(gap) for gap in line.gaps]
    return [sides_of(line.band), moves, gaps, line.words, line.numbers]


def unpack_line(given: Sequence[Any]) -> SetLine:
    """The line that was packed."""
    band, moves, gaps, words, numbers = given
    return SetLine(
        Box(*band),
        tuple(Move(Box(*sides), across) for *sides, across in moves),
        tuple(Box(*sides) for sides in gaps),
        tuple(words),
        tuple(numbers),
    )


def sides_of(box: Box) -> list[float]:
    """Left, top, right and bottom."""
    return [box.x0, box.y0, box.x1, box.y1]
