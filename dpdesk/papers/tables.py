"""Tables: column widths found from the content, long cells that go on over the page.

A row becomes one strip for each of its lines. A short row is never parted; a long one keeps
at least two lines on either page. The head of the table is printed again on each page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .fonts import printable, width
from .lines import Text, break_lines, words_of
from .look import ACCENT, CELL, CELL_HEAD, INK, LINE, MUTED, Style
from .pen import Pen, Shape
from .strips import Draw, Strip, both, lowered, nothing, side_by_side, written

Tone = Literal["ok", "info", "warn", "danger", "off"]
_SHAPES: dict[Tone, Shape] = {
    "ok": "tick",
    "info": "dot",
    "warn": "triangle",
    "danger": "diamond",
    "off": "ring",
}
_PAD = 5.0
_SIGN = 11.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``share`` fixes its part of the width (0 to 1), else it is found."""

    title: str
    share: float | None = None
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Status:
    """A state as sign and word, readable without colour."""

    word: str
    tone: Tone = "info"


Cell = Text | Status


def words_in(cell: Cell) -> str:
    """The bare words of a cell."""
    return cell.word if isinstance(cell, Status) else words_of(cell)


def draw_status(pen: Pen, tone: Tone, x: float, y: float, style: Style) -> None:
    """Draws the sign of a status at the left of a line."""
    side = style.size * 0.72
    colour = MUTED if tone == "off" else INK if tone in ("warn", "danger") else ACCENT
    pen.shape(_SHAPES[tone], x, y + (style.leading - side) / 2, side, colour)


def natural_widths(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], style: Style
) -> tuple[list[float], list[float]]:
    """For each column the width of its widest cell and of its widest word, in points."""
    widest = [width(printable(c.title), CELL_HEAD.face, CELL_HEAD.size) for c in columns]
    words = [
        max(
            (width(w, CELL_HEAD.face, CELL_HEAD.size) for w in printable(c.title).split()),
            default=0.0,
        )
        for c in columns
    ]
    for row in rows:
        for number, cell in enumerate(row):
            sign = _SIGN if isinstance(cell, Status) else 0.0
            for text in printable(words_in(cell)).split("\n"):
                wide = width(text, style.face, style.size) + sign
                widest[number] = max(widest[number], wide)
                if wide > words[number]:
                    longest = max(
                        (width(w, style.face, style.size) for w in text.split(" ")), default=0.0
                    )
                    words[number] = max(words[number], longest + sign)
    return [w + 2 * _PAD for w in widest], [w + 2 * _PAD for w in words]


def column_widths(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], room: float, style: Style = CELL
) -> list[float]:
    """Widths in points that fill ``room``: no column under its longest word while room lasts."""
    natural, least = natural_widths(columns, rows, style)
    least = [min(word, room * 0.28) for word in least]
    for number, column in enumerate(columns):
        if column.share is not None:
            natural[number] = least[number] = column.share * room
    if sum(natural) <= room:
        loose = [n for n, c in enumerate(columns) if c.share is None] or [len(columns) - 1]
        slack = (room - sum(natural)) / len(loose)
        # Spare room is shared, but short columns stay short: the eye travels less.
        grown = [min(slack, natural[n] * 0.6) for n in loose]
        for number, extra in zip(loose, grown, strict=True):
            natural[number] += extra
        natural[loose[-1]] += room - sum(natural)
        return natural
    if sum(least) >= room:
        return [word * room / sum(least) for word in least]
    # The root keeps one very long cell from starving its neighbours.
    wish = [max(n - m, 0.0) ** 0.5 for n, m in zip(natural, least, strict=True)]
    spare = room - sum(least)
    return [m + spare * w / (sum(wish) or 1) for m, w in zip(least, wish, strict=True)]


def table_strips(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    left: float,
    widths: Sequence[float],
    style: Style = CELL,
    *,
    gap: float = 0.0,
) -> list[Strip]:
    """The strips of a whole table, its head first."""
    starts = [left + sum(widths[:n]) for n in range(len(widths))]
    frame = _Frame(tuple(columns), tuple(starts), tuple(widths), style)
    head = frame.head()
    strips = list(head)
    again = tuple(head)
    strips[0] = replace(head[0], gap=gap)
    for row in rows:
        strips.extend(frame.row(row, again))
    return strips


@dataclass(frozen=True, slots=True)
class _Frame:
    columns: tuple[Column, ...]
    starts: tuple[float, ...]
    widths: tuple[float, ...]
    style: Style

    @property
    def right(self) -> float:
        return self.starts[-1] + self.widths[-1]

    def head(self) -> list[Strip]:
        cells = [self._cell(column.title, at, CELL_HEAD) for at, column in enumerate(self.columns)]
        deep = max((len(lines) for lines in cells), default=1) or 1
        # Titles stand on the line under them, so a short title starts lower.
        cells = [[nothing] * (deep - len(lines)) + lines for lines in cells]
        strips = side_by_side(cells, CELL_HEAD.leading) or [Strip(CELL_HEAD.leading, nothing)]

        def rule(pen: Pen, y: float) -> None:
            pen.rule(self.starts[0], self.right, y + 2.5, ACCENT, 0.9)

        strips.append(Strip(5.0, rule))
        for strip in strips:
            strip.stay = True
        return strips

    def row(self, row: Sequence[Cell], head: tuple[Strip, ...]) -> list[Strip]:
        cells = [self._cell(cell, at, self.style) for at, cell in enumerate(row)]
        strips = side_by_side(cells, self.style.leading) or [Strip(self.style.leading, nothing)]
        deep = len(strips)
        for number, strip in enumerate(strips):
            strip.stay = deep <= 12 or number in (0, deep - 2, deep - 1)
            strip.head = head
        # A little air above the first line.
        strips[0].cells = tuple(lowered(draw, 2.5) for draw in strips[0].cells)
        strips[0].high += 2.5
        strips.append(Strip(5.5, self._rule, head=head))
        return strips

    def _cell(self, cell: Cell, at: int, style: Style) -> list[Draw]:
        """A draw for each line of a cell in column ``at``."""
        sign = _SIGN if isinstance(cell, Status) else 0.0
        left, wide = self.starts[at] + _PAD + sign, self.widths[at] - 2 * _PAD - sign
        text = cell.word if isinstance(cell, Status) else cell
        lines = break_lines(text, style, wide)
        right = self.columns[at].align == "right"
        draws = [
            written(line, left + wide - line.width if right else left, style) for line in lines
        ]
        if isinstance(cell, Status) and draws:
            tone = cell.tone
            draws[0] = both(lambda pen, y: draw_status(pen, tone, left - _SIGN, y, style), draws[0])
        return draws

    def _rule(self, pen: Pen, y: float) -> None:
        pen.rule(self.starts[0], self.right, y + 3.0, LINE)
