"""Where marks become burnt areas: pure geometry, no pixels.

A mark says which words or which place to remove. The burnt *area* is larger: it covers all
the ink of the word, runs together with its neighbours on the line, and is padded into free
space so that its width does not tell the name. Words that run up or down the page are
treated like all others, only turned: an area runs along the line. Lengths are points, origin top
left as seen.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box, Word

GRID = 24.0
"""Widths of padded areas are whole multiples of this, where there is room: a third of an inch."""
EDGE = 12.0
"""Their left edges lie on this grid, where there is room: the first letter has its own edge."""
LEAST_WIDTH = 84.0
"""Shortest padded area, where there is room."""
CLEARANCE = 1.0
"""Distance that padding keeps from words that stay."""

_CORE_TRIM_LINE = 0.20  # lines set tight overlap by up to a fifth of their height
_CORE_TRIM_ALONG = 0.08
_CORE_TRIM_ALONG_MOST = 0.75
_UPRIGHT_LETTERS = 3  # shorter words are as high as wide, whichever way they run
_UPRIGHT_WORD = 1.5  # a word so many times higher than wide runs up or down
_SURE_LETTERS = 4  # "ill" is higher than wide in a row
_LEVEL = 2.0  # a mark so many times wider than high lies on words in a row
_WORD_GAP = 0.7  # of a line's thickness: no wider is the space between two words
_JOIN_GAP = 1.2  # of the line height: wider than any space between two words
_JOIN_OVERLAP = 0.5
_WHOLE_PAGE = 0.9
_LIKE_SIZE = 2.0  # a watermark across the page does not hide the words that it crosses
_ROWS = 24.0  # twice the height of the rows into which middles of words are sorted, in points
_UPRIGHT = 3.0  # a box so many times higher than wide holds a word that runs up or down


@dataclass(frozen=True, slots=True)
class MarkedArea:
    """One place to be burnt; ``drawn`` areas are kept exactly as a hand drew them.

    ``upright`` areas lie on words that run up or down the page, and grow that way.
    """

    box: Box
    numbers: tuple[int, ...]
    drawn: bool = False
    upright: bool = False

    def turned(self) -> MarkedArea:
        """The same on a page whose two directions changed places."""
        return replace(self, box=turned(self.box))


class Staying(NamedTuple):
    """A word that stays: its box, and the heart of it, which no area may touch."""

    box: Box
    heart: Box

    def turned(self) -> Staying:
        """The same on a page whose two directions changed places."""
        return Staying(turned(self.box), turned(self.heart))


def turned(box: Box) -> Box:
    """The box on a page whose two directions changed places; turned twice it is as it was."""
    return Box(box.y0, box.x0, box.y1, box.x1)


def core(box: Box, letters: int = 1) -> Box:
    """The middle of a word's box, where its letters are; ``letters`` tells words that run up.

    Boxes have the full height of the line, so the boxes of two lines may overlap although
    no ink does; an area that touches only the edge has not touched the word. Along the line
    next to nothing is taken off: there one letter follows the other.
    """
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if letters >= _UPRIGHT_LETTERS and height > _UPRIGHT_WORD * width:
        along = min(_CORE_TRIM_ALONG_MOST, _CORE_TRIM_ALONG * height)
        return box.inflate(-_CORE_TRIM_LINE * width, -along)
    along = min(_CORE_TRIM_ALONG_MOST, _CORE_TRIM_ALONG * width)
    return box.inflate(-along, -_CORE_TRIM_LINE * height)


def touches(area: Box, word: Word) -> bool:
    """Whether a burnt area takes anything away from a word."""
    return area.intersects(core(word.box, len(word.text)))


def _touched(words: Sequence[Word], boxes: Sequence[Box]) -> tuple[int, ...]:
    """The indexes of the words that any box touches; a page has 1,000 words and 100 marks.

    No core is made for words that are far away, which are nearly all.
    """
    if not boxes:
        return ()
    sides = sorted((box.y0, box.y1, box.x0, box.x1) for box in boxes)
    top, bottom = sides[0][0], max(box.y1 for box in boxes)
    found = []
    for index, word in enumerate(words):
        box = word.box
        y0, y1 = box.y0, box.y1
        if y1 <= top or y0 >= bottom:
            continue
        x0, x1 = box.x0, box.x1
        heart = None
        for up, down, left, right in sides:
            if up >= y1:
                break
            if down > y0 and left < x1 and right > x0:
                heart = heart or core(box, len(word.text))
                if Box(left, up, right, down).intersects(heart):
                    found.append(index)
                    break
    return tuple(found)


def removed_words(words: Sequence[Word], marks: Iterable[PlannedMark]) -> tuple[int, ...]:
    """The indexes of the words that marks remove, wholly or in part, in reading order."""
    return _touched(words, [mark.box for mark in marks])


def row_of(words: Sequence[Word], box: Box) -> tuple[int, ...]:
    """The indexes of all words that stand on one line with a box, over all columns."""
    found = []
    for index, word in enumerate(words):
        shared = min(word.box.y1, box.y1) - max(word.box.y0, box.y0)
        if shared >= _JOIN_OVERLAP * min(word.box.height, box.height):
            found.append(index)
    return tuple(found)


def kept_words(words: Sequence[Word], areas: Iterable[Box]) -> tuple[Word, ...]:
    """The words that no burnt area touches."""
    gone = set(_touched(words, list(areas)))
    return tuple(word for index, word in enumerate(words) if index not in gone)


def entangled(words: Sequence[Word]) -> frozenset[int]:
    """The indexes of words of like size that lie on top of each other but read differently.

    Only one of them can be seen: a name below a white patch with another word on it, or below
    the label of an earlier redaction. Nobody can tell which, so neither is let through as text.
    """
    rows: dict[int, list[tuple[float, int]]] = {}
    for index, word in enumerate(words):
        box = word.box
        rows.setdefault(int((box.y0 + box.y1) / _ROWS), []).append(((box.x0 + box.x1) / 2, index))
    for row in rows.values():
        row.sort()
    found: set[int] = set()
    for index, word in enumerate(words):
        heart = core(word.box, len(word.text))
        for at in range(int(2 * heart.y0 / _ROWS), int(2 * heart.y1 / _ROWS) + 1):
            row = rows.get(at, [])
            for x, other in row[bisect(row, (heart.x0, -1)) :]:
                if x >= heart.x1:
                    break
                if other != index and _covers(heart, word, words[other]):
                    found |= {index, other}
    return frozenset(found)


def _covers(heart: Box, word: Word, other: Word) -> bool:
    box = other.box
    lower, higher = sorted((word.box.height, box.height))
    return (
        heart.x0 < (box.x0 + box.x1) / 2 < heart.x1
        and heart.y0 < (box.y0 + box.y1) / 2 < heart.y1
        and higher <= _LIKE_SIZE * lower
        and word.text.casefold() != other.text.casefold()
    )


def areas_of(
    width: float, height: float, words: Sequence[Word], marks: Iterable[PlannedMark]
) -> tuple[MarkedArea, ...]:
    """The areas that marks need before padding: inflated, clamped to the page and merged."""
    ordered = sorted(marks, key=lambda mark: (mark.box.y0, mark.box.x0, mark.number))
    tall = [word.box for word in words if _is_upright(word)]
    followed: list[MarkedArea] = []
    drawn: list[MarkedArea] = []
    for mark in ordered:
        box = mark.box
        upright = False
        if mark.kind != "box":
            upright = _runs_up(box, words, tall)
            line = min(box.height, _UPRIGHT * box.width)
            # Across an upright line no less than the check demands, which knows no directions.
            down = min(1.0, 0.08 * box.width) if upright else min(0.5, 0.03 * line)
            box = box.inflate(min(1.0, 0.08 * line), down)
        box = box.clamp(width, height)
        if box.width <= 0 or box.height <= 0:
            continue
        (drawn if mark.kind == "box" else followed).append(
            MarkedArea(box, (mark.number,), mark.kind == "box", upright)
        )
    kept = staying(words, ordered)
    level = merge([area for area in followed if not area.upright], kept)
    if len(level) == len(followed):
        return (*level, *drawn)
    up = [area.turned() for area in followed if area.upright]
    merged = merge(up, [word.turned() for word in kept])
    found = (*level, *(area.turned() for area in merged))
    return (*sorted(found, key=lambda area: (area.box.y0, area.box.x0)), *drawn)


def _is_upright(word: Word) -> bool:
    """Whether a word runs up or down for certain, whatever stands beside it."""
    box = word.box
    return len(word.text) >= _SURE_LETTERS and box.height > _UPRIGHT_WORD * box.width


def _runs_up(mark: Box, words: Sequence[Word], tall: Sequence[Box]) -> bool:
    """Whether a mark lies on words that run up or down; ``tall`` are those that do for certain.

    Short words are as high as wide: they run as the next word does.
    """
    if mark.width > _LEVEL * mark.height:
        return False
    if any(box.intersects(mark) for box in tall):
        below = [words[index] for index in _touched(words, [mark])]
        letters = sum(len(word.text) if _is_upright(word) else -len(word.text) for word in below)
        return letters > 0
    if any(_goes_on(box, mark) for box in tall):
        below = [words[index] for index in _touched(words, [mark])]
        return all(len(word.text) < _SURE_LETTERS or _is_squarish(word.box) for word in below)
    return mark.height > _UPRIGHT * mark.width and not _touched(words, [mark])


def _is_squarish(box: Box) -> bool:
    return box.width < _UPRIGHT_WORD * box.height


def _goes_on(tall: Box, mark: Box) -> bool:
    """Whether a mark stands right above or below an upright word."""
    shared = min(tall.x1, mark.x1) - max(tall.x0, mark.x0)
    apart = max(tall.y0 - mark.y1, mark.y0 - tall.y1)
    return shared > _JOIN_OVERLAP * max(tall.width, mark.width) and apart < _WORD_GAP * tall.width


def staying(words: Sequence[Word], marks: Iterable[PlannedMark]) -> list[Staying]:
    """The words that no mark removes."""
    gone = set(removed_words(words, marks))
    return [
        Staying(word.box, core(word.box, len(word.text)))
        for index, word in enumerate(words)
        if index not in gone
    ]


def merge(areas: Sequence[MarkedArea], kept: Sequence[Staying]) -> tuple[MarkedArea, ...]:
    """Joins neighbours on one line that have no kept word between them.

    Two marks side by side would tell how many words a name has.
    """
    pending = sorted(areas, key=lambda area: (area.box.x0, area.box.y0))
    changed = True
    while changed:
        changed = False
        done: list[MarkedArea] = []
        for area in pending:
            for place, other in enumerate(done):
                if _joins(other.box, area.box, kept):
                    numbers = tuple(sorted({*other.numbers, *area.numbers}))
                    joint = other.box.union(area.box)
                    done[place] = replace(other, box=joint, numbers=numbers)
                    changed = True
                    break
            else:
                done.append(area)
        pending = done
    return tuple(sorted(pending, key=lambda area: (area.box.y0, area.box.x0)))


def _joins(a: Box, b: Box, kept: Sequence[Staying]) -> bool:
    lower = min(a.height, b.height)
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    if shared < _JOIN_OVERLAP * lower:
        return False
    gap = max(a.x0, b.x0) - min(a.x1, b.x1)
    if gap > _JOIN_GAP * lower:
        return False
    joint = a.union(b)
    if joint.height > 1.5 * max(a.height, b.height):
        return False
    between = [word.heart for word in kept if word.heart.intersects(joint)]
    return all(a.intersects(heart) or b.intersects(heart) for heart in between)


def pad(area: MarkedArea, width: float, kept: Sequence[Staying]) -> MarkedArea:
    """Widens an area to the grid, first to the right, then to the left, into free space only.

    In running text the neighbours leave no room, and the place of the next word tells the
    width in any case; at the end of a line, in forms and in tables there is room.
    """
    box = area.box
    if area.drawn or box.width >= _WHOLE_PAGE * width:
        return area
    left, right = free_span(box, width, kept)
    begin = box.x0 // EDGE * EDGE
    if begin < max(left, 0.0):
        begin = box.x0
    needed = box.x1 - begin
    missing = max(LEAST_WIDTH - needed, -needed % GRID if needed > LEAST_WIDTH else 0.0)
    to_right = min(missing, max(0.0, right - box.x1))
    to_left = min(missing - to_right, max(0.0, begin - left))
    return replace(area, box=Box(begin - to_left, box.y0, box.x1 + to_right, box.y1))


def free_span(box: Box, width: float, kept: Sequence[Staying]) -> tuple[float, float]:
    """How far left and right a box may grow before it comes near a word that stays."""
    left, right = 0.0, width
    for word, heart in kept:
        if heart.y1 <= box.y0 or heart.y0 >= box.y1:
            continue
        if word.x0 >= box.x1 - CLEARANCE:
            right = min(right, word.x0 - CLEARANCE)
        elif word.x1 <= box.x0 + CLEARANCE:
            left = max(left, word.x1 + CLEARANCE)
    return left, right


def burnt_areas(
    width: float, height: float, words: Sequence[Word], marks: Sequence[PlannedMark]
) -> tuple[MarkedArea, ...]:
    """What will be burnt on a page, as far as it can be known without its pixels.

    The workbench shows these under "show as released"; burning grows them further where ink
    sticks out, and stops padding where it would cover ink.
    """
    areas = areas_of(width, height, words, marks)
    kept = staying(words, marks)
    padded: list[MarkedArea] = []
    for area in areas:
        others = [*kept, *beside(area, areas)]
        if area.upright:
            up = pad(area.turned(), height, [other.turned() for other in others])
            padded.append(up.turned())
        else:
            padded.append(pad(area, width, others))
    return tuple(padded)


def beside(area: MarkedArea, areas: Iterable[MarkedArea]) -> list[Staying]:
    """The other areas, of which padding keeps clear as it does of words."""
    return [
        Staying(other.box, turned(core(turned(other.box))) if area.upright else core(other.box))
        for other in areas
        if other is not area
    ]
