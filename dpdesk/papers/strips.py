"""Strips and sheets: how blocks flow over pages.

Every block of a paper is cut into strips (a line of text, one line of a table row). Strips
are laid on sheets before anything is drawn, so the number of pages is known at the first
stroke of the pen, in one pass over the strips and with nothing on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .pen import Pen

Draw = Callable[[Pen, float], None]


@dataclass(slots=True)
class Strip:
    """A level piece of a block.

    ``gap`` is white space above it, left out at the top of a page; ``stay`` keeps it on the
    page of the strip that follows; ``head`` is printed again above it when it begins a page.
    """

    high: float
    draw: Draw
    gap: float = 0.0
    stay: bool = False
    head: tuple[Strip, ...] = ()
    new_page: bool = False


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


def _chunks(strips: Sequence[Strip], room: float) -> Iterator[list[Strip]]:
    """Strips that must share a page; a wish that no page can grant is dropped."""
    chunk: list[Strip] = []
    tall = 0.0
    for strip in strips:
        extra = strip.gap + strip.high
        limit = room - sum(head.high for head in (chunk or [strip])[0].head)
        if chunk and tall + extra > limit:
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
            gap if number == 0 else 0.0,
            stay=(stay if number == last else number in (0, last - 1)),
        )
        for number, draw in enumerate(draws)
    ]


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
