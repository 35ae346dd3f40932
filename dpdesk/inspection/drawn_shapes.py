"""Where the letters and the shapes of a line drawing (SVG) lie; for workers only.

Exact for shapes, moved and turned as they are. Letters are taken to be as wide as those of
Helvetica, since the font of a drawing is not in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Outline = list[list[Point]]

NUMBER: Final = re.compile(r"[-+]?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:[eE][-+]?\d{1,2})?")
_SAME: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_TURNS: Final = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]{0,400})\)")
_STEPS: Final = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_CORNERS: Final = 20_000  # of one shape
_ROUND: Final = 24  # corners that stand for a circle
_BEND: Final = 8  # pieces of a curve
_MIDDLE: Final = 0.3  # of the size of a letter: its middle above the line
_WIDTHS: Final = {
    sign: wide
    for signs, wide in (
        ("ijl'|", 0.22), ("ftI.,:;!/\\[] ", 0.28), ('r()-`"', 0.35), ("cksvxyzJ", 0.5),
        ("FTZ", 0.61), ("ABEKPSVXY&", 0.67), ("wCDHNRU", 0.72), ("GOQ", 0.78), ("mM%", 0.84),
        ("W", 0.94),
    )
    for sign in signs
}  # fmt: skip
_ELSE: Final = 0.56


class SignDrawn(NamedTuple):
    """A sign of some words, whose it is, and where its middle lies."""

    sign: str
    owner: Any
    middle: Point


def number(text: object, other: float = 0.0) -> float:
    """The number with which a value begins; percents as shares of one."""
    plain = str(text or "").strip()
    found = NUMBER.match(plain)
    if not found:
        return other
    return float(found[0]) / (100 if plain[found.end() :] == "%" else 1)


def placed(element: Any) -> Matrix:
    """How an element is moved, turned and scaled by itself and all that it is in."""
    whole = _SAME
    for each in (*reversed(list(element.iterancestors())), element):
        for kind, values in _TURNS.findall(str(each.get("transform") or "")):
            whole = _times(whole, _turn(kind, [float(one) for one in NUMBER.findall(values)]))
    return whole


def _turn(kind: str, given: list[float]) -> Matrix:
    first, second = (*given, 0.0, 0.0)[:2]
    if kind == "matrix" and len(given) == 6:
        return (given[0], given[1], given[2], given[3], given[4], given[5])
    if kind == "translate":
        return (1, 0, 0, 1, first, second)
    if kind == "scale" and given:
        return (first, 0, 0, given[1] if len(given) > 1 else first, 0, 0)
    if kind == "skewX":
        return (1, 0, math.tan(math.radians(first)), 1, 0, 0)
    if kind == "skewY":
        return (1, math.tan(math.radians(first)), 0, 1, 0, 0)
    if kind == "rotate":
        cos, sin = math.cos(math.radians(first)), math.sin(math.radians(first))
        x, y = (given[1], given[2]) if len(given) > 2 else (0.0, 0.0)
        return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
    return _SAME


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
        a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def at(matrix: Matrix, point: Point) -> Point:
    """A point as it is moved and turned."""
    (a, b, c, d, e, f), (x, y) = matrix, point
    return a * x + c * y + e, b * x + d * y + f


def letters(text: Any, size_of: Callable[[Any], float], anchor: str) -> list[SignDrawn]:
    """The signs of some words in their order; a blank stands for each row of blanks."""
    matrix = placed(text)
    found: list[SignDrawn] = []
    row: list[tuple[str, Any, float, float, float]] = []  # until a place is given anew
    pen_x = pen_y = start = 0.0

    def close() -> None:
        back = {"middle": 0.5, "end": 1.0}.get(anchor, 0.0) * (pen_x - start)
        for sign, owner, x, y, size in row:
            wide = size * _WIDTHS.get(sign, _ELSE)
            middle = at(matrix, (x - back + wide / 2, y - _MIDDLE * size))
            found.append(SignDrawn(sign, owner, middle))
        row.clear()

    for owner, words, begins in _pieces(text):
        size = size_of(owner)
        xs, ys = (_numbers(owner, side) if begins else [] for side in ("x", "y"))
        if begins:
            if xs or ys:
                close()
                pen_x, pen_y = (xs or [pen_x])[0], (ys or [pen_y])[0]
                start = pen_x
            pen_x += sum(_numbers(owner, "dx", size)[:1])
            pen_y += sum(_numbers(owner, "dy", size)[:1])
        for rank, sign in enumerate(words):
            if 0 < rank < max(len(xs), len(ys)):
                close()
                pen_x = xs[rank] if rank < len(xs) else pen_x
                pen_y = ys[rank] if rank < len(ys) else pen_y
                start = pen_x
            row.append((sign, owner, pen_x, pen_y, size))
            pen_x += size * _WIDTHS.get(sign, _ELSE)
    close()
    return found


def _numbers(owner: Any, side: str, em: float = 1.0) -> list[float]:
    told = str(owner.get(side) or "")[:20_000]
    scale = em if told.strip().endswith("em") else 1.0
    return [float(one) * scale for one in NUMBER.findall(told.replace("em", " "))]


def _pieces(element: Any) -> Iterator[tuple[Any, str, bool]]:
    """The pieces of words, whose they are, and whether they are the first of it."""
    yield element, _plain(element.text), True
    for inner in element:
        if isinstance(inner.tag, str):
            yield from _pieces(inner)
        yield element, _plain(inner.tail), False


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text and not text.isspace() else (" " if text else "")


def outline(element: Any, name: str) -> Outline:
    """The corners of a shape, one row for each of its pieces."""
    matrix = placed(element)
    own: Outline = []
    if name in {"rect", "image"}:
        own = [_box(element)]
    elif name in {"circle", "ellipse"}:
        own = [_oval(element)]
    elif name in {"polygon", "polyline"}:
        flat = [float(one) for one in NUMBER.findall(str(element.get("points") or ""))]
        own = [list(zip(flat[: 2 * _CORNERS : 2], flat[1 : 2 * _CORNERS : 2], strict=False))]
    elif name == "line":
        ends = [number(element.get(side)) for side in ("x1", "y1", "x2", "y2")]
        own = [[(ends[0], ends[1]), (ends[2], ends[3])]]
    elif name == "path":
        own = _path(str(element.get("d") or ""))
    return [[at(matrix, corner) for corner in piece] for piece in own if len(piece) > 1]


def _box(element: Any) -> list[Point]:
    x, y, wide, high = (number(element.get(side)) for side in ("x", "y", "width", "height"))
    return [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]


def _oval(element: Any) -> list[Point]:
    r = element.get("r")
    x, y = number(element.get("cx")), number(element.get("cy"))
    wide, high = number(element.get("rx"), number(r)), number(element.get("ry"), number(r))
    parts = [2 * math.pi * step / _ROUND for step in range(_ROUND)]
    return [(x + wide * math.cos(part), y + high * math.sin(part)) for part in parts]


def _path(told: str) -> Outline:
    """The corners of a path; curves in pieces, arcs as straight lines."""
    pieces: Outline = []
    here: Point = (0.0, 0.0)
    corners = 0
    for kind, values in _STEPS.findall(told):
        if kind in "Zz":
            if pieces:
                here = pieces[-1][0]
                pieces.append([here])
            continue
        given = [float(one) for one in NUMBER.findall(values)]
        takes = _TAKES[kind.upper()]
        for rank in range(0, len(given) - takes + 1, takes):
            some = given[rank : rank + takes]
            around = here if kind.islower() else (0.0, 0.0)
            if kind in "Mm" and rank == 0:
                here = (around[0] + some[0], around[1] + some[1])
                pieces.append([here])
                continue
            new = _step(kind.upper(), some, around, here)
            here = new[-1]
            if not pieces:
                pieces.append([])
            pieces[-1] += new
            corners += len(new)
            if corners > _CORNERS:
                return pieces
    return pieces


def _step(kind: str, some: list[float], around: Point, here: Point) -> list[Point]:
    if kind == "H":
        return [(around[0] + some[0], here[1])]
    if kind == "V":
        return [(here[0], around[1] + some[0])]
    ends = some[-2:] if kind == "A" else some
    points = [(around[0] + x, around[1] + y) for x, y in zip(ends[::2], ends[1::2], strict=False)]
    if kind not in "CSQ":
        return points
    bent = [here, *points]
    return [_bezier(bent, step / _BEND) for step in range(1, _BEND + 1)]


def _bezier(points: Sequence[Point], share: float) -> Point:
    row = list(points)
    while len(row) > 1:
        row = [(a + (c - a) * share, b + (d - b) * share) for (a, b), (c, d) in pairwise(row)]
    return row[0]


def drawn_broad(shape: Outline, broad: float) -> Outline:
    """What a broad line along an outline covers: a box for each of its straight pieces."""
    boxes: Outline = []
    for piece in shape:
        for (a, b), (c, d) in pairwise(piece):
            long = math.hypot(c - a, d - b)
            if long:
                x, y = broad / 2 * (b - d) / long, broad / 2 * (c - a) / long
                boxes.append([(a + x, b + y), (c + x, d + y), (c - x, d - y), (a - x, b - y)])
    return boxes


def sides(shape: Outline) -> tuple[float, float, float, float]:
    """The left, top, right and bottom end of a shape."""
    xs = [x for piece in shape for x, _y in piece]
    ys = [y for piece in shape for _x, y in piece]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def lies_in(point: Point, shape: Outline) -> bool:
    """Whether a point lies within a shape, as it is filled."""
    x, y = point
    winds = 0
    for piece in shape:
        for (a, b), (c, d) in pairwise([*piece, piece[0]]):
            if (b <= y) != (d <= y) and x < a + (y - b) * (c - a) / (d - b):
                winds += 1 if d > b else -1
    return winds != 0
