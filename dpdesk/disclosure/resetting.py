"""Lines with something removed, laid out anew: which words, and where they go. No pixels.

A removed name can be guessed from its gap, and where lines are spread to a margin even from the
spaces between the words that stay. So such a line is set again from its left end: every space
has one width and every gap has one width, and both follow from the size of the type alone. Where
a word comes to stand depends on the words that stay and on nothing else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dpdesk.disclosure.aligning import ALIGNED, CELL, Anchor, anchor_of, around, same_row
from dpdesk.disclosure.outlines import WordOutline
from dpdesk.documents.pages import Box, Word

SPACE = 0.27
"""Width of a space between words, in sizes of the type: about what common type has."""
GAPS = (3.0, 2.0, 1.2)
"""Widths of a gap in sizes of the type: the first with which the line has room."""
LONG_GAP, LONG = 12.0, 16.0
"""The width of a gap that stands for more than ``LONG`` sizes of type: no name is as long."""
ABOVE, BELOW = 0.80, 0.26
"""How far a gap reaches above and below the line on which letters stand, in sizes of the type."""

_HEAD, _TAIL = 1.0, 0.33  # of the size: how far a mark with its margin reaches from the line
_SPREAD, _SPREAD_EVEN = 2.5, 0.2  # of the height: spaces of a spread line, and how they differ
_SPREAD_WORDS, _SPREAD_SURE = 3, 5  # with so many words a row may be spread, or is
_LABEL_GAP = 0.3  # of the height: a label that stands apart keeps its place
_LABEL = re.compile(r"[^\w(\"'“‘£&]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.):]")
_DOTS = re.compile("[.…·]+")
_LEADING = 4  # dots; three are what somebody left out
_GLUED = 0.02  # of the size: what is closer is one word in two types
_SIGN = 0.12  # of the size: so close to its word a footnote sign may stand


@dataclass(frozen=True, slots=True)
class LineStretch:
    """Words that follow each other on a line, by their indexes, and which of them go."""

    words: tuple[int, ...]
    gone: frozenset[int]
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class WordGroup:
    """What is moved as one (``stays``), or what becomes one gap; in points as seen."""

    words: tuple[tuple[int, float, float], ...]
    """Index of each word, where its pen is set down and where it ends."""
    stays: bool
    outline: Box

    @property
    def pen(self) -> float:
        """Where the first word begins."""
        return self.words[0][1]

    @property
    def end(self) -> float:
        """Where the last word ends."""
        return max(end for _, _, end in self.words)


@dataclass(frozen=True, slots=True)
class Measured:
    """A stretch with the letters of all its words: its groups, its type and its line."""

    groups: tuple[WordGroup, ...]
    size: float
    base: float

    @property
    def outline(self) -> Box:
        """Around all ink of the stretch."""
        found = self.groups[0].outline
        for group in self.groups[1:]:
            found = found.union(group.outline)
        return found


def stretches(words: Sequence[Word], gone: frozenset[int], width: float) -> list[LineStretch]:
    """The stretches of lines in which words are removed, from the top left on.

    ``width`` is that of the page.
    """
    found: list[LineStretch] = []
    placed: set[int] = set()
    lines = [around([words[index].box for index in run]) for run in whole_runs(words, gone)]
    for index in sorted(gone, key=lambda each: (words[each].box.y0, words[each].box.x0)):
        if index in placed:
            continue
        run = _run(words, index, lines)
        placed |= set(run)
        line = around([words[each].box for each in run])
        anchor = anchor_of(line, [word.box for word in words], lines, width)
        # Dots up to the next column fill what the name left free, so their number tells its width.
        found.append(LineStretch(tuple(run), (gone & set(run)) | _leaders(words, run), anchor))
    return found


def _leaders(words: Sequence[Word], run: Sequence[int]) -> set[int]:
    """The words of a run that are nothing but dots, where these lead to the next column."""
    dots = {index for index in run if _DOTS.fullmatch(words[index].text)}
    return dots if sum(len(words[index].text) for index in dots) >= _LEADING else set()


def whole_runs(words: Sequence[Word], gone: frozenset[int]) -> list[list[int]]:
    """The lines, and the cells of tables, from which nothing is removed: indexes of words."""
    runs: list[list[int]] = []
    reach: Box | None = None
    for index, word in enumerate(words):
        box = word.box
        if (
            reach is not None
            and same_row(reach, box)
            and 0 <= box.x0 - reach.x1 <= CELL * box.height
        ):
            runs[-1].append(index)
            reach = reach.union(box)
        else:
            runs.append([index])
            reach = box
    return [run for run in runs if not gone & set(run)]


def _run(words: Sequence[Word], index: int, lines: Sequence[Box]) -> list[int]:
    """The words to the left and right of a word until the next column begins.

    ``lines`` are those of the page from which nothing is removed.
    """
    middle = words[index].box
    row = [each for each, word in enumerate(words) if same_row(word.box, middle)]
    row.sort(key=lambda each: (words[each].box.x0, words[each].box.x1))
    runs: list[list[int]] = []
    reach = 0.0
    cell = _cell([words[each].box for each in row], lines)
    for each in row:
        box = words[each].box
        limit = cell * min(box.height, middle.height)
        if not runs or box.x0 - reach > limit or _is_label(words, runs[-1], box):
            runs.append([])
        runs[-1].append(each)
        reach = max(reach, box.x1) if len(runs[-1]) > 1 else box.x1
    return next(run for run in runs if index in run)


def _cell(row: Sequence[Box], lines: Sequence[Box]) -> float:
    """How far apart words of a row may stand and still follow each other, in their heights.

    A line that was spread to a margin has spaces of one width, however wide that is. So has a row
    of a table whose columns are equal; but its cells begin where those of other rows do.
    """
    if len(row) < _SPREAD_WORDS:
        return CELL
    spaces = [after.x0 - before.x1 for before, after in pairwise(row)]
    if max(spaces) - min(spaces) > _SPREAD_EVEN * min(box.height for box in row):
        return CELL
    starts = [line.x0 for line in lines if not same_row(line, row[0])]
    if not any(abs(x0 - box.x0) <= ALIGNED for box in row[1:] for x0 in starts):
        return math.inf
    return _SPREAD if len(row) >= _SPREAD_SURE else CELL


def _is_label(words: Sequence[Word], run: Sequence[int], after: Box) -> bool:
    """Whether a run is a bullet or a number that stands apart from what follows it."""
    if len(run) != 1:
        return False
    word = words[run[0]]
    apart = after.x0 - word.box.x1 > _LABEL_GAP * after.height
    return apart and _LABEL.fullmatch(word.text) is not None


def measured(
    stretch: LineStretch, words: Sequence[Word], letters: Callable[[Word], WordOutline | None]
) -> Measured | None:
    """The groups of a stretch; None where letters cannot be told or lie over each other."""
    found = [(index, letters(words[index])) for index in stretch.words]
    known = [(index, each) for index, each in found if each is not None]
    if len(known) != len(found):
        return None
    known.sort(key=lambda each: each[1].pen)
    stay = [each for index, each in known if index not in stretch.gone]
    types = Counter((round(each.size, 2), round(each.base, 2)) for each in stay)
    types = types or Counter((round(each.size, 2), round(each.base, 2)) for _, each in known)
    size, base = min(types, key=lambda each: (-types[each], each))
    groups: list[WordGroup] = []
    for index, each in known:
        one = WordGroup(((index, each.pen, each.end),), index not in stretch.gone, each.outline)
        last = groups[-1] if groups else None
        if last is None:
            groups.append(one)
            continue
        apart = each.outline.x0 - last.outline.x1
        other_type = abs(each.size - size) > _GLUED * size or abs(each.base - base) > _GLUED * size
        if last.stays != one.stays:
            if apart <= 0:
                return None
            groups.append(one)
        elif not one.stays or each.pen - last.end < (_SIGN if other_type else _GLUED) * size:
            groups[-1] = _one(last, one)
        elif apart <= 0:
            return None
        else:
            groups.append(one)
    return Measured(tuple(groups), size, base)


def _one(last: WordGroup, more: WordGroup) -> WordGroup:
    return WordGroup((*last.words, *more.words), last.stays, last.outline.union(more.outline))


def widths(line: Measured, gap: float) -> list[float]:
    """The width of each group in points when gaps have so many sizes of the type."""
    found = []
    for group in line.groups:
        if group.stays:
            found.append(group.end - group.pen)
        else:
            natural = group.end - group.pen
            found.append(line.size * (LONG_GAP if natural > LONG * line.size else gap))
    return found


def laid_out(
    line: Measured, anchor: Anchor, limits: tuple[float, float, float]
) -> tuple[list[float], list[float]] | None:
    """Where each group begins and how wide it is; None if the line has no room.

    ``limits``: the place before which it may not begin, the margin that it should keep on the
    right, and the place that it may not pass.
    """
    least, margin, most = limits
    for gap, limit in ((gap, limit) for limit in (margin, most) for gap in GAPS):
        wide = widths(line, gap)
        whole = sum(wide) + SPACE * line.size * (len(wide) - 1)
        start = anchor.place - anchor.share * whole
        if least <= start and start + whole <= limit:
            places = []
            for each in wide:
                places.append(start)
                start += each + SPACE * line.size
            return places, wide
    return None


def margin_of(words: Sequence[Word], gone: frozenset[int], width: float) -> float:
    """How far to the right the lines of a page go, told by lines of which nothing is removed."""
    rows = [words[index].box for index in gone]
    free = [word.box.x1 for word in words if not any(same_row(word.box, row) for row in rows)]
    left = min((word.box.x0 for word in words), default=0.0)
    return max([*free, width - left]) if len(free) < 20 else max(free)


def level_box(letters: WordOutline) -> Box:
    """A box for a word in the text layer that follows from its place and its type alone."""
    up, down = ABOVE * letters.size, BELOW * letters.size
    return Box(letters.pen, letters.base - up, letters.end, letters.base + down)


def full_height(letters: WordOutline) -> Box:
    """A word with the height that any word of its type has with its margin, tails or none."""
    y0, y1 = letters.base - _HEAD * letters.size, letters.base + _TAIL * letters.size
    return Box(letters.pen, y0, letters.end, y1)
