"""How a sheet lies in a picture of it: pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Sides = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(frozen=True, slots=True)
class SheetFit:
    """Leads from places on the sheet (x, y) to places in the picture.

    ``a x + b y + c`` across and ``d x + e y + f`` down.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def alike(cls, sheet: Sequence[Point], picture: Sequence[Point]) -> SheetFit:
        """The best that only turns, moves and enlarges: right for few places close together."""
        count = len(sheet)
        middle = sum(map(_complex, sheet)) / count
        there = sum(map(_complex, picture)) / count
        above = sum(
            (_complex(two) - there) * (_complex(one) - middle).conjugate()
            for one, two in zip(sheet, picture, strict=True)
        )
        below = sum(abs(_complex(one) - middle) ** 2 for one in sheet)
        turn = above / below
        move = there - turn * middle
        return cls(turn.real, -turn.imag, move.real, turn.imag, turn.real, move.imag)

    @classmethod
    def nearest(cls, sheet: Sequence[Point], picture: Sequence[Point]) -> SheetFit:
        """The best that may also slant and squeeze, by many places all over the sheet.

        Raises ValueError where all of them lie on one line.
        """
        rows = [(x, y, 1.0) for x, y in sheet]
        across = _solve(rows, [x for x, _y in picture])
        down = _solve(rows, [y for _x, y in picture])
        return cls(*across, *down)

    def at(self, x: float, y: float) -> Point:
        """Where a place of the sheet is in the picture."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def coefficients(self, step: float) -> tuple[float, ...]:
        """As pictures are transformed, for a sheet of which a pixel is ``step`` long."""
        return self.a * step, self.b * step, self.c, self.d * step, self.e * step, self.f


def _complex(point: Point) -> complex:
    return complex(*point)


def _solve(
    rows: Sequence[tuple[float, float, float]], values: Sequence[float]
) -> tuple[float, float, float]:
    """The three factors with which the rows come nearest to the values (least squares)."""
    grid = [
        [sum(row[i] * row[j] for row in rows) for j in range(3)]
        + [sum(row[i] * value for row, value in zip(rows, values, strict=True))]
        for i in range(3)
    ]
    for place in range(3):
        pivot = max(range(place, 3), key=lambda line: abs(grid[line][place]))
        grid[place], grid[pivot] = grid[pivot], grid[place]
        if abs(grid[place][place]) < 1e-6:
            raise ValueError("these places lie on one line")
        for line in range(3):
            if line != place:
                share = grid[line][place] / grid[place][place]
                grid[line] = [
                    own - share * other for own, other in zip(grid[line], grid[place], strict=True)
                ]
    return grid[0][3] / grid[0][0], grid[1][3] / grid[1][1], grid[2][3] / grid[2][2]
