"""Strips and sheets: how blocks flow over pages.

Every block of a paper is cut into strips (a line of text, one line of a table row). Strips
are laid on sheets before anything is drawn, so the number of pages is known at the first
stroke of the pen, in one pass over the strips and with nothing on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .lines import Line
from .look import Style
from .pen import Pen

Draw = Callable[[Pen, float], None]


@dataclass(slots=True)
class Strip:
    """A level piece of a block.

    ``gap`` is white space above it, left out at the top of a page; ``stay`` keeps it on the
    page of the strip that follows; ``head`` is printed again above it when it begins a page.
    Strips of one ``row`` have ``cells`` side by side, which are drawn one after the other, so
    that a cell is read to its end before the next one begins.
    """

    high: float
    draw: Draw
    gap: float = 0.0
    stay: bool = False
    head: tuple[Strip, ...] = ()
    new_page: bool = False
    cells: tuple[Draw, ...] = ()
    row: object = None


Sheet = list[tuple[Strip, float]]


def lay(strips: Sequence[Strip], top: float, bottom: float) -> list[Sheet]:
    """Lays strips on sheets between ``top`` and ``bottom``; at least one sheet comes back."""
    sheets: list[Sheet] = [[]]
    y = top
    for chunk in _chunks(strips, bottom - top):
        tall = sum(strip.gap + strip.high for strip in chunk)
        if sheets[-1] and (chunk[0].new_page or y + tall > bottom + 0.01):
            sheets.append([])
            y = top
            for head in chunk[0].head:
                sheets[-1].append((head, y))
                y += head.high
        for strip in chunk:
            if sheets[-1]:
                y += strip.gap
            sheets[-1].append((strip, y))
            y += strip.high
    return sheets


def in_reading_order(sheet: Sheet) -> Iterator[tuple[Draw, float]]:
    """What is drawn on a sheet and at which height, each cell of a row as a whole."""
    for row, group in groupby(sheet, key=lambda placed: id(placed[0].row)):
        strips = list(group)
        for strip, y in strips:
            yield strip.draw, y
        if row != id(None):
            for column in range(len(strips[0][0].cells)):
                for strip, y in strips:
                    if column < len(strip.cells):
                        yield strip.cells[column], y


def side_by_side(cells: Sequence[Sequence[Draw]], high: float) -> list[Strip]:
    """Strips of a row whose cells have a draw for each of their lines."""
    row = object()
    deep = max((len(cell) for cell in cells), default=0)
    return [
        Strip(high, nothing, cells=tuple(nth(cell, number) for cell in cells), row=row)
        for number in range(deep)
    ]


def _chunks(strips: Sequence[Strip], room: float) -> Iterator[list[Strip]]:
    """Strips that must share a page; a wish that no page can grant is dropped."""
    chunk: list[Strip] = []
    tall = 0.0
    for strip in strips:
        extra = strip.gap + strip.high
        limit = room - sum(head.high for head in (chunk or [strip])[0].head)
        if chunk and (strip.new_page or tall + extra > limit):
            yield chunk
            chunk, tall = [], 0.0
        chunk.append(strip)
        tall += extra
        if not strip.stay:
            yield chunk
            chunk, tall = [], 0.0
    if chunk:
        yield chunk


def paragraph(draws: Sequence[Draw], high: float, gap: float, *, stay: bool = False) -> list[Strip]:
    """Strips of a paragraph; its first two and last two lines are never parted."""
    last = len(draws) - 1
    return [
        Strip(
            high,
            draw,
            gap=gap if number == 0 else 0.0,
            stay=(stay if number == last else number in (0, last - 1)),
        )
        for number, draw in enumerate(draws)
    ]


def together(strips: list[Strip]) -> list[Strip]:
    """The same strips, kept on one page."""
    for strip in strips[:-1]:
        strip.stay = True
    return strips


def both(first: Draw, second: Draw) -> Draw:
    """Draws one and then the other at the same height."""

    def draw(pen: Pen, y: float) -> None:
        first(pen, y)
        second(pen, y)

    return draw


def nth(draws: Sequence[Draw], number: int) -> Draw:
    """The draw of that number, or white space where there are fewer."""
    return draws[number] if number < len(draws) else nothing


def nothing(pen: Pen, y: float) -> None:
    """Draws nothing: white space."""


def lowered(draw: Draw, by: float) -> Draw:
    """The same drawing, some points lower."""

    def lower(pen: Pen, y: float) -> None:
        draw(pen, y + by)

    return lower


def written(line: Line, x: float, style: Style) -> Draw:
    """Draws a line of text from ``x``."""

    def write(pen: Pen, y: float) -> None:
        pen.line(line, x, y, style)

    return write
