"""Where a line is held when it is set anew: at its left end, in its middle or at its right end.

Nothing here may follow from how long a line was, as that tells what was removed from it. So what a
line is aligned with is told by other lines, from which nothing is removed; and where these tell
nothing, the line goes to a place that is the same wherever it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dpdesk.documents.pages import Box

ALIGNED = 1.0
"""How far two ends or middles may lie apart and still be aligned, in points."""
CELL = 0.85
"""In heights of a line: what is farther apart stands in columns."""
_INCH = (
    72.0  # points: where lines begin on a page that has no others, and how far they are indented
)
_SAME_ROW = 0.5  # of the lower height
_LIKE_HEIGHT = 2.0  # a large initial or a watermark is not part of the line


class Anchor(NamedTuple):
    """What of a line stays in its place: its left end (0), its middle (½) or its right end (1)."""

    share: float
    place: float
    sure: bool = True
    """Whether it stayed there; else nothing shows what the line was aligned with, and it is set
    somewhere else, as where it began may tell how long it was."""
    telling: bool = False
    """Whether its place, or that of what follows it in its row, may tell how long it was: nothing
    in other rows shows that these are columns."""


def same_row(one: Box, other: Box) -> bool:
    """Whether two words stand side by side on one line."""
    if one.y1 <= other.y0 or other.y1 <= one.y0:
        return False  # as nearly always; it is asked of every word of a page
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    lower, higher = sorted((one.height, other.height))
    return shared >= _SAME_ROW * lower and higher <= _LIKE_HEIGHT * lower


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all."""
    found = boxes[0]
    for box in boxes[1:]:
        found = found.union(box)
    return found


def anchor_of(line: Box, words: Sequence[Box], lines: Sequence[Box], width: float) -> Anchor:
    """Where a line is held; ``lines`` are those from which nothing is removed.

    ``width`` is that of the page.
    """
    others = [other for other in lines if not same_row(other, line)]
    beside = [word for word in words if same_row(word, line)]
    left = any(word.x1 <= line.x0 for word in beside)
    right = sorted((word for word in beside if word.x0 >= line.x1), key=lambda word: word.x0)
    follows = _follows(right, others)
    if any(abs(other.x0 - line.x0) <= ALIGNED for other in others):
        return Anchor(0.0, line.x0, telling=follows)
    if not left and not right:
        return _lone(line, others, width)
    # A cell is held as the cells above and below it are.
    for share, at in ((0.5, _middle), (1.0, _right)):
        for other in others:
            if abs(at(other) - at(line)) <= ALIGNED:
                return Anchor(share, at(other), telling=follows)
    return Anchor(0.0, line.x0, telling=left or follows)


def _follows(right: Sequence[Box], others: Sequence[Box]) -> bool:
    """Whether what stands to the right of a line may stand there because of its length.

    A column does not: it has words in other rows too.
    """
    cell = list(right[:1])
    for word in right[1:]:
        if word.x0 - cell[-1].x1 > CELL * word.height:
            break
        cell.append(word)
    if not cell:
        return False
    box = around(cell)
    return not any(abs(at(other) - at(box)) <= ALIGNED for other in others for at in _HELD)


def _lone(line: Box, others: Sequence[Box], width: float) -> Anchor:
    """A line with nothing beside it.

    One line alone has its middle or its end somewhere near those of this one, sooner or later: it
    takes two of unequal length to show that lines are centred there, or end there. Without such,
    the line is set where it would be if it were a heading or an indented line.
    """
    for share, at in ((0.5, _middle), (1.0, _right)):
        near = [other for other in others if abs(at(other) - at(line)) <= ALIGNED]
        starts = [other.x0 for other in near]
        if near and max(starts) - min(starts) > 2 * ALIGNED:
            return Anchor(share, at(near[0]))
    margin = _margin(others)
    if line.x0 > margin + _INCH or abs(_middle(line) - width / 2) <= ALIGNED:
        return Anchor(0.5, width / 2, sure=False)
    if line.x0 <= margin and not others:
        return Anchor(0.0, line.x0)  # a page of one line has no other margin
    return Anchor(0.0, margin, sure=False)


def _margin(lines: Sequence[Box]) -> float:
    """Where the lines of a page begin: as far left as more than one of them does."""
    starts = sorted(line.x0 for line in lines)
    shared = (one for one, after in pairwise(starts) if after - one <= ALIGNED)
    return next(shared, _INCH if not starts else min(_INCH, starts[0]))


def _middle(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _right(box: Box) -> float:
    return box.x1


def _left(box: Box) -> float:
    return box.x0


_HELD = (_left, _middle, _right)
