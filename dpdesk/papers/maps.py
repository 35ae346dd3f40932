"""Maps: lanes of boxes joined by arrows, read from left to right.

A lane tells one way that something goes (who, what, where, to whom). Lanes flow over pages, and
the head of the map is printed again on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Line, break_lines
from .look import ACCENT, CELL_HEAD, CELL_SMALL, LINE, MUTED, TINT, Style
from .pen import Pen
from .strips import Strip

_PAD = 5.0
_ARROW = 20.0
_GAP = 7.0
_MOST_LINES = 14
"""Lines of a box; what is longer ends in dots, as the entry has it in full."""
_STRONG = CELL_SMALL.but(face="medium")


@dataclass(frozen=True, slots=True)
class Lane:
    """One way through the map: the words in each of its boxes, one line for each of them.

    ``main`` is the box that stands out. An empty box says that nothing is known.
    """

    boxes: tuple[tuple[str, ...], ...]
    main: int = 1


def map_strips(
    titles: Sequence[str], lanes: Sequence[Lane], left: float, room: float, *, gap: float
) -> list[Strip]:
    """The strips of a map: its head, and one for each lane, which is never parted."""
    wide = (room - _ARROW * (len(titles) - 1)) / len(titles)
    starts = [left + number * (wide + _ARROW) for number in range(len(titles))]

    def head(pen: Pen, y: float) -> None:
        for title, x in zip(titles, starts, strict=True):
            pen.words(title, x + _PAD, y, CELL_HEAD)
        pen.rule(left, left + room, y + CELL_HEAD.leading + 2.0, ACCENT, 0.9)

    top = Strip(CELL_HEAD.leading + 6.0, head, gap=gap, stay=True)
    again = (Strip(CELL_HEAD.leading + 10.0, head),)
    strips = [top]
    for lane in lanes:
        strip = _lane(lane, starts, wide)
        strip.gap, strip.head = _GAP, again
        strips.append(strip)
    return strips


def _lane(lane: Lane, starts: Sequence[float], wide: float) -> Strip:
    set_in: list[tuple[Style, list[Line]]] = []
    for number, words in enumerate(lane.boxes):
        style = _STRONG if number == lane.main else CELL_SMALL
        lines = [line for each in words for line in break_lines(each, style, wide - 2 * _PAD)]
        if not lines:
            style = CELL_SMALL.but(face="italic", colour=MUTED)
            lines = break_lines("not recorded", style, wide)
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], *break_lines("…", style, wide)]
        set_in.append((style, lines))
    deep = max((len(lines) for _, lines in set_in), default=1) or 1
    high = deep * CELL_SMALL.leading + 2 * _PAD

    def draw(pen: Pen, y: float) -> None:
        for number, (style, lines) in enumerate(set_in):
            main = number == lane.main
            edge, fill = (ACCENT, TINT) if main else (LINE, "#FFFFFF")
            pen.box(starts[number], y, wide, high, fill, edge)
            top = y + (high - len(lines) * style.leading) / 2
            for down, line in enumerate(lines):
                pen.line(line, starts[number] + _PAD, top + down * style.leading, style)
        for (one, _), (other, _) in pairwise(zip(starts, set_in, strict=True)):
            pen.arrow(one + wide + 3.0, other - 3.0, y + high / 2, MUTED)

    return Strip(high, draw)
