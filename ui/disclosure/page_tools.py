"""What a hand does on a page: pure geometry of words, lines and boxes, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dpdesk.documents.pages import Box, Page

_NEAR: Final = 6.0
"""Points beside a word that still count as on it."""


class Tool(StrEnum):
    """What dragging and clicking on a page does."""

    SELECT = "select"
    TEXT = "text"
    BOX = "box"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Tint:
    """A mark as a page shows it: see-through, with its number and code."""

    id: int
    box: Box
    number: int
    code: str
    words: str


def word_at(page: Page, x: float, y: float) -> int:
    """The word at a place, the nearest one a little beside it, or -1."""
    best, nearest = -1, _NEAR
    for index, word in enumerate(page.words):
        box = word.box
        across = max(box.x0 - x, 0.0, x - box.x1)
        down = max(box.y0 - y, 0.0, y - box.y1)
        distance = max(across, down * 2)
        if distance < nearest:
            best, nearest = index, distance
            if not distance:
                break
    return best


def nearest_word(page: Page, x: float, y: float) -> int:
    """The word nearest to a place, however far; -1 on a page without words."""
    best, nearest = -1, float("inf")
    for index, word in enumerate(page.words):
        box = word.box
        across = max(box.x0 - x, 0.0, x - box.x1)
        down = max(box.y0 - y, 0.0, y - box.y1)
        distance = across + down * 8  # the same line counts for more than the same column
        if distance < nearest:
            best, nearest = index, distance
    return best


def between(first: int, last: int) -> tuple[int, ...]:
    """The words from one to the other, in reading order, whichever came first."""
    low, high = sorted((first, last))
    return tuple(range(low, high + 1)) if low >= 0 else ()


def joined(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of words, those that follow each other on a line made one."""
    found: list[Box] = []
    for box in boxes:
        last = found[-1] if found else None
        if last is not None and box.x0 >= last.x0 and _beside(last, box):
            found[-1] = last.union(box)
        else:
            found.append(box)
    return tuple(found)


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    lower = min(one.height, other.height)
    return shared > 0.5 * lower and other.x0 - one.x1 < 2 * lower


def line_spans(page: Page) -> tuple[tuple[int, int], ...]:
    """First and last word of every line, in reading order."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in page.lines():
        spans.append((start, start + len(line) - 1))
        start += len(line)
    return tuple(spans)


def line_of(page: Page, word: int) -> int:
    """The number of the line that a word stands in, -1 for none."""
    spans = line_spans(page)
    return next((n for n, (first, last) in enumerate(spans) if first <= word <= last), -1)


def whole_lines(page: Page, indexes: Sequence[int]) -> tuple[int, ...]:
    """All words of the lines in which the given words stand."""
    chosen = set(indexes)
    found: list[int] = []
    for first, last in line_spans(page):
        if any(first <= index <= last for index in chosen):
            found += range(first, last + 1)
    return tuple(found)


def above_or_below(page: Page, word: int, step: int) -> int:
    """The word over or under a word: the nearest across, in the next line that way."""
    spans = line_spans(page)
    line = line_of(page, word)
    other = line + step
    if line < 0 or not 0 <= other < len(spans):
        return word
    box = page.words[word].box
    middle = (box.x0 + box.x1) / 2
    first, last = spans[other]

    def away(index: int) -> float:
        there = page.words[index].box
        return abs((there.x0 + there.x1) / 2 - middle)

    return min(range(first, last + 1), key=away)
