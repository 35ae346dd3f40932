"""A radar picture: how far something has got on several axes, now and before.

The axes carry numbers, whose words stand in the table beside the picture; the lines differ by being
whole and dashed, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from . import look
from .fonts import printable, width
from .pen import Pen
from .strips import Draw, Strip

_RADIUS: Final = 92.0
"""Points from the middle to the outermost ring."""
_BEYOND: Final = 12.0
"""Points from the outermost ring to the number of an axis."""
_TEXT: Final = look.CELL

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RadarLine:
    """One line: a step from 0 for each axis, None where there is none."""

    name: str
    steps: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class RadarChart:
    """``rings`` names the steps from the inside out; ``lines`` come with the newest last.

    Raises ValueError where a line has not a step for each axis, or one that there is no ring for.
    """

    axes: int
    rings: tuple[str, ...]
    lines: tuple[RadarLine, ...]

    def __post_init__(self) -> None:
        for line in self.lines:
            if len(line.steps) != self.axes:
                raise ValueError("each line needs a step for each axis")
            if any(s is not None and not 0 <= s < len(self.rings) for s in line.steps):
                raise ValueError("a step is one of the rings")

    def corners(self, line: RadarLine, middle: Point, radius: float) -> list[Point]:
        """Where a line turns; axes without a step are left out."""
        return [
            self.place(axis, step, middle, radius)
            for axis, step in enumerate(line.steps)
            if step is not None
        ]

    def place(self, axis: int, step: float, middle: Point, radius: float) -> Point:
        """A point of an axis; the first axis points upwards, the others follow clockwise."""
        angle = 2 * pi * axis / self.axes - pi / 2
        far = radius * (step + 1) / len(self.rings)
        return middle[0] + far * cos(angle), middle[1] + far * sin(angle)


def radar_strips(chart: RadarChart, left: float, room: float) -> list[Strip]:
    """The picture, with the names of its lines and rings beside it."""
    high = 2 * (_RADIUS + _BEYOND + _TEXT.leading)
    middle = left + high / 2

    def draw(pen: Pen, y: float) -> None:
        at = (middle, y + high / 2)
        _web(pen, chart, at)
        for number, line in enumerate(chart.lines):
            newest = number == len(chart.lines) - 1
            _outline(pen, chart.corners(line, at, _RADIUS), newest=newest)
        _key(pen, chart, left + high + 24.0, y + 24.0)

    return [Strip(high, _within(draw, room), look.SPACE_M)] if chart.axes else []


def _within(draw: Draw, room: float) -> Draw:
    if room < 2 * _RADIUS:
        raise ValueError("the page is too narrow for the picture")
    return draw


def _web(pen: Pen, chart: RadarChart, middle: Point) -> None:
    outermost = len(chart.rings) - 1
    for ring in range(len(chart.rings)):
        corners = [chart.place(axis, ring, middle, _RADIUS) for axis in range(chart.axes)]
        pen.outline(corners, look.LINE, 0.6)
    for axis in range(chart.axes):
        pen.outline([middle, chart.place(axis, outermost, middle, _RADIUS)], look.LINE, 0.6)
        x, y = chart.place(axis, outermost, middle, _RADIUS + _BEYOND)
        words = str(axis + 1)
        taken = width(words, _TEXT.face, _TEXT.size)
        pen.words(words, x - taken / 2, y - _TEXT.leading / 2, _TEXT)


def _outline(pen: Pen, corners: Sequence[Point], *, newest: bool) -> None:
    colour = look.ACCENT if newest else look.MUTED
    pen.outline(corners, colour, 1.8 if newest else 1.1, dashed=not newest)
    if newest:
        for x, y in corners:
            pen.shape("dot", x - 2.5, y - 2.5, 5.0, colour)


def _key(pen: Pen, chart: RadarChart, x: float, y: float) -> None:
    for number, line in enumerate(reversed(chart.lines)):
        top = y + number * (_TEXT.leading + 4.0)
        newest = number == 0
        colour = look.ACCENT if newest else look.MUTED
        ends = [(x, top + _TEXT.leading / 2), (x + 26.0, top + _TEXT.leading / 2)]
        pen.outline(ends, colour, 1.8 if newest else 1.1, dashed=not newest, closed=False)
        pen.words(printable(line.name), x + 34.0, top, _TEXT)
    below = y + len(chart.lines) * (_TEXT.leading + 4.0) + 10.0
    pen.words("Rings, from the middle outwards:", x, below, look.SMALL)
    for number, ring in enumerate(chart.rings, start=1):
        pen.words(f"{number}. {ring}", x, below + number * look.SMALL.leading, look.SMALL)
