"""Sets lines anew in the pixels of a drawn page: wiped white, words drawn again, gaps left.

A word is never moved as pixels. A picture of it betrays by how its letters were rounded to
pixels where it stood before, and so how wide the removed name was. It is drawn again from the
source, alone, with its pen on a whole pixel: then its pixels are the same whatever was removed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from dpdesk.disclosure import marks
from dpdesk.disclosure.aligning import Anchor, same_row
from dpdesk.disclosure.beside import may_follow
from dpdesk.disclosure.canvas import Canvas, to_points
from dpdesk.disclosure.ink import PixelBox
from dpdesk.disclosure.outlines import LetterReader, WordOutline
from dpdesk.disclosure.plan import Move, PlannedMark, SetLine
from dpdesk.disclosure.resetting import (
    ABOVE,
    BELOW,
    Measured,
    WordGroup,
    full_height,
    laid_out,
    level_box,
    margin_of,
    measured,
    stretches,
    whole_runs,
)
from dpdesk.disclosure.spreading import is_fitted
from dpdesk.documents.pages import Box, Page, Word

# Widths of letters are round numbers, and so are resolutions. What is rounded to pixels is moved
# by an odd part of one first, so that the last digit of a number never decides.
_PHASE = 0.2071  # of a pixel: where in it the pen is set down
_ODD = 0.1317
_PAPER = 250  # what is darker is ink, or a tint
_INKED = [255 if shade < _PAPER else 0 for shade in range(256)]
_SPARE = 0.10  # of the size: room around the outline of a word for strokes and soft edges
_BLANK_ROWS = 0.12  # of the size: within so much above and below a line there must be a blank row
_CLEAR = 0.5  # of the size: distance to whatever stands beside a line
_EDGE = 18.0  # points at the edges of the page that stay free
_RISE, _FALL = 0.74, 0.22  # of the size: how far capitals and tails reach from their line
_ALIKE = 0.3  # by how much a word drawn again may differ from what the page showed


@dataclass(frozen=True, slots=True)
class Anew:
    """What was set anew on a page.

    ``levelled`` gives boxes for the text layer: to words that were set anew at their new place,
    and to others beside a redaction at their old place, with a height that no name changes.
    """

    lines: tuple[SetLine, ...] = ()
    levelled: Mapping[int, Box] = field(default_factory=dict)
    heights: tuple[Box, ...] = ()
    telling: frozenset[int] = frozenset()
    """Marks that are carried out by lines whose place, or what follows in their row, may tell."""

    def uneven(self, given: Iterable[PlannedMark]) -> tuple[int, ...]:
        """The numbers of the marks that may still tell how large it was what they removed."""
        even = self.numbers - self.telling
        return tuple(mark.number for mark in given if mark.number not in even)

    @property
    def numbers(self) -> frozenset[int]:
        """The marks that are carried out by the lines."""
        return frozenset(number for line in self.lines for number in line.numbers)

    @property
    def words(self) -> frozenset[int]:
        """All words that stood in these lines, removed or not."""
        return frozenset(index for line in self.lines for index in line.words)

    @property
    def moved(self) -> frozenset[int]:
        """The words that stand in these lines now."""
        return self.words & self.levelled.keys()

    @property
    def gaps(self) -> tuple[Box, ...]:
        """The gaps of all lines."""
        return tuple(gap for line in self.lines for gap in line.gaps)

    def rest(self, page: Page) -> Page:
        """The page with its words where they stand now, without those that lines removed."""
        moved = self.moved
        gone = self.words - moved
        places = [index for index in range(len(page.words)) if index not in gone]
        words = page.words
        now = [replace(words[i], box=self.levelled[i]) if i in moved else words[i] for i in places]
        unseen = frozenset(n for n, index in enumerate(places) if index in page.unseen)
        return replace(page, words=tuple(now), unseen=unseen)

    def before(self, page: Page) -> dict[Word, Word]:
        """The words that were set anew, as they stand now and as they stood on the page."""
        words = page.words
        return {replace(words[i], box=self.levelled[i]): words[i] for i in self.moved}

    def level(self, page: Page, kept: Iterable[Word]) -> list[Word]:
        """Words for the text layer, those beside a redaction with a height that tells nothing."""
        flat = {page.words[index]: box for index, box in self.levelled.items()}
        return [replace(word, box=flat.get(word, word.box)) for word in kept]


def set_anew(source: Any, canvas: Canvas, page: Page, given: Sequence[PlannedMark]) -> Anew:
    """Sets the lines anew from which marks remove words, where that can be done.

    ``source`` is the open page; the picture of the canvas is changed. Marks that a hand drew are
    carried out as they were drawn, and lines that they touch stay as they are.
    """
    words = page.words
    following = [mark for mark in given if mark.kind != "box"]
    drawn = [mark.box for mark in given if mark.kind == "box"]
    gone = frozenset(marks.removed_words(words, following))
    if not gone:
        return Anew()
    reader = LetterReader(source)
    try:
        work = _Redrawing(source, canvas, margin_of(words, gone, page.width))
        doubtful = marks.entangled(words) | set(marks.removed_words(words, _boxed(drawn)))
        plans = []
        others = cache(lambda: _others(words, gone, reader))
        for stretch in stretches(words, gone, page.width):
            if doubtful & set(stretch.words):
                continue
            stays = (reader.letters(words[i]) for i in stretch.words if i not in stretch.gone)
            if is_fitted((each for each in stays if each), others):
                continue
            line = measured(stretch, words, reader.letters)
            plan = work.plan(line, stretch.anchor) if line is not None else None
            if plan is not None:
                left = stretch.anchor.share > 0
                follows = may_follow(canvas, plan.old, (word.box for word in words), left=left)
                plans.append(replace(plan, telling=stretch.anchor.telling or follows))
        settled = _settled(plans, following, canvas, words)
        telling = frozenset(n for plan in settled if plan.telling for n in plan.numbers)
        lines, levelled = work.carry_out(settled)
        done = {index for line in lines for index in line.words}
        for index in _beside(words, gone, done):
            letters = reader.letters(words[index])
            if letters is not None:
                levelled[index] = level_box(letters)
        stay = [reader.letters(words[index]) for index in sorted(gone - done)]
        heights = tuple(full_height(each) for each in stay if each)
        return Anew(tuple(lines), levelled, heights, telling)
    finally:
        reader.close()


def _others(
    words: Sequence[Word], gone: frozenset[int], reader: LetterReader
) -> list[list[WordOutline]]:
    """The letters of each line from which nothing is removed, as far as they can be told."""
    read = ([reader.letters(words[i]) for i in run] for run in whole_runs(words, gone))
    lines = ([each for each in line if each] for line in read)
    return [line for line in lines if any(each.apart for each in line)]


def _boxed(boxes: Iterable[Box]) -> list[PlannedMark]:
    return [PlannedMark(0, box, "", "box") for box in boxes]


def _beside(words: Sequence[Word], gone: frozenset[int], done: set[int]) -> list[int]:
    """The words that stay where they are in rows from which something is removed."""
    rows = [words[index].box for index in gone]
    return [
        index
        for index, word in enumerate(words)
        if index not in gone and index not in done and any(same_row(word.box, row) for row in rows)
    ]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A line as it will be set, in pixels: what is wiped, what is drawn where, what is burnt."""

    line: Measured
    old: PixelBox
    """Where the line stood, with all its ink."""
    band: PixelBox
    pieces: tuple[tuple[WordGroup, int, PixelBox, float, Image.Image], ...]
    """Group, pen, target, shift (these three in pixels), and its picture."""
    gaps: tuple[PixelBox, ...]
    telling: bool = False
    numbers: tuple[int, ...] = ()

    @property
    def indexes(self) -> tuple[int, ...]:
        return tuple(index for group in self.line.groups for index, _, _ in group.words)


class _Redrawing:
    """Plans lines on the page as it was drawn, and then carries the plans out."""

    def __init__(self, source: Any, canvas: Canvas, margin: float) -> None:
        self._source, self._canvas = source, canvas
        self._across, self._down = canvas.scale
        self._right = canvas.picture.width / self._across - _EDGE
        self._margin = margin

    def plan(self, line: Measured, anchor: Anchor) -> _Plan | None:
        """How a line is set anew; None where something else is drawn there, or it has no room."""
        old = self._old(line)
        if old is None or not self._only_words(line, old):
            return None
        if anchor.share == 0 and anchor.sure:
            # The pen tells more exactly than the box where the line begins.
            anchor = Anchor(0.0, line.groups[0].pen)
        least, most = self._room(line, old, anchor)
        placed = laid_out(line, anchor, (least, min(self._margin, most), most))
        return None if placed is None else self._set(line, old, placed)

    def _old(self, line: Measured) -> PixelBox | None:
        """The pixels that hold all ink of a line, with a blank edge around; None without such."""
        outline = line.outline
        spare = round(_SPARE * line.size * self._across)
        x0 = max(0, math.floor(outline.x0 * self._across) - spare)
        x1 = min(self._canvas.picture.width, math.ceil(outline.x1 * self._across) + spare)
        # As high as its type is at least: whether it has tails must not decide what is in the way.
        rows = self._type_rows(line)
        y0 = min(rows[0], math.floor(outline.y0 * self._down))
        y1 = max(rows[1], math.ceil(outline.y1 * self._down))
        reach = max(2, round(_BLANK_ROWS * line.size * self._down))
        top, foot = self._blank_rows(x0, x1, (y0 - reach + 1, y0), (y1, y1 + reach))
        if top is None or foot is None or top < 0 or foot >= self._canvas.foot:
            return None
        ends = (x0, top, x0 + 1, foot), (x1 - 1, top, x1, foot)
        return (x0, top, x1, foot + 1) if all(map(self._blank, ends)) else None

    def _blank_rows(
        self, x0: int, x1: int, above: tuple[int, int], below: tuple[int, int]
    ) -> tuple[int | None, int | None]:
        """The last blank row of those above, and the first of those below."""
        upper = self._ink((x0, above[0], x1, above[1])).getprojection()[1]
        lower = self._ink((x0, below[0], x1, below[1])).getprojection()[1]
        tops = (above[1] - 1 - rank for rank, inked in enumerate(reversed(upper)) if not inked)
        feet = (below[0] + rank for rank, inked in enumerate(lower) if not inked)
        return next(tops, None), next(feet, None)

    def _ink(self, box: PixelBox) -> Image.Image:
        return self._canvas.picture.crop(box).convert("L").point(_INKED)

    def _blank(self, box: PixelBox) -> bool:
        return self._ink(box).getbbox() is None

    def _windows(self, line: Measured) -> list[tuple[float, float]]:
        """For each group the columns that are its own: its outline, and half way to the next."""
        spare = _SPARE * line.size
        edges = []
        for place, group in enumerate(line.groups):
            left = right = spare
            if place:
                left = min(spare, (group.outline.x0 - line.groups[place - 1].outline.x1) / 2)
            if place + 1 < len(line.groups):
                right = min(spare, (line.groups[place + 1].outline.x0 - group.outline.x1) / 2)
            x0, x1 = group.outline.x0 - left, group.outline.x1 + right
            edges.append((x0 * self._across, x1 * self._across))
        return edges

    def _only_words(self, line: Measured, old: PixelBox) -> bool:
        """Whether a line is black letters on white: no rule, tint, box or picture touches it."""
        ink = self._ink(old)
        for x0, x1 in self._windows(line):
            left, right = math.floor(x0) - old[0], math.ceil(x1) - old[0]
            ink.paste(0, (max(0, left), 0, min(ink.width, right), ink.height))
        return ink.getbbox() is None

    def _rows(self, line: Measured) -> tuple[int, int]:
        """The rows of a line by its type alone."""
        y0 = round((line.base - ABOVE * line.size) * self._down + _ODD)
        return max(0, y0), round((line.base + BELOW * line.size) * self._down + _ODD)

    def _type_rows(self, line: Measured) -> tuple[int, int]:
        top = math.floor((line.base - _RISE * line.size) * self._down)
        return max(0, top), math.ceil((line.base + _FALL * line.size) * self._down)

    def _room(self, line: Measured, old: PixelBox, anchor: Anchor) -> tuple[float, float]:
        """How far to the left and right a line may reach: up to whatever stands beside it."""
        y0, y1 = self._type_rows(line)
        clear = _CLEAR * line.size
        least, most = (0.0 if anchor.share == 0 else _EDGE), self._right
        if (anchor.share or not anchor.sure) and (
            bounds := self._ink((0, y0, max(1, old[0]), y1)).getbbox()
        ):
            least = bounds[2] / self._across + clear
        edge = max(old[2] + 1, self._canvas.picture.width)
        if bounds := self._ink((old[2], y0, edge, y1)).getbbox():
            most = min(most, (old[2] + bounds[0]) / self._across - clear)
        return least, most

    def _set(
        self, line: Measured, old: PixelBox, placed: tuple[list[float], list[float]]
    ) -> _Plan | None:
        pieces, gaps = [], []
        x0, _, x1, _ = old
        rows = self._rows(line)
        for group, own, left, wide in zip(line.groups, self._windows(line), *placed, strict=True):
            pen = round(left * self._across + _ODD)
            if not group.stays:
                gap = (pen, rows[0], pen + round(wide * self._across + _ODD), rows[1])
                gaps.append(gap)
                x0, x1 = min(x0, gap[0]), max(x1, gap[2])
                continue
            shift = pen + _PHASE - group.pen * self._across
            target = (math.floor(own[0] + shift), old[1], math.ceil(own[1] + shift), old[3])
            drawn = self._draw(target, shift)
            if not self._alike(drawn, own, old):
                return None
            pieces.append((group, pen, target, shift, drawn))
            x0, x1 = min(x0, target[0]), max(x1, target[2])
        return _Plan(line, old, (x0, old[1], x1, old[3]), tuple(pieces), tuple(gaps))

    def _draw(self, target: PixelBox, shift: float) -> Image.Image:
        """The source, moved right by ``shift`` pixels, as far as the target shows it."""
        wide, high = target[2] - target[0], target[3] - target[1]
        # In grey, pdfium lets each letter's place depend on that of the next, over the whole line.
        kind = pdfium_c.FPDFBitmap_BGR
        bitmap = pdfium.PdfBitmap.new_native(wide, high, kind, rev_byteorder=True)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
        matrix = pdfium_c.FS_MATRIX(self._across, 0, 0, self._down, shift - target[0], -target[1])
        flags = pdfium_c.FPDF_ANNOT | pdfium_c.FPDF_REVERSE_BYTE_ORDER
        clip = pdfium_c.FS_RECTF(0, 0, wide, high)
        pdfium_c.FPDF_RenderPageBitmapWithMatrix(bitmap, self._source, matrix, clip, flags)
        drawn: Image.Image = bitmap.to_pil().convert(self._canvas.picture.mode)
        return drawn

    def _alike(self, drawn: Image.Image, own: tuple[float, float], old: PixelBox) -> bool:
        """Whether a word drawn again is whole, and the word that the page showed."""
        ink = drawn.convert("L").point(_INKED)
        bounds = ink.getbbox()
        if bounds is None or bounds[0] == 0 or bounds[2] == ink.width:
            return False
        shown = self._ink((math.floor(own[0]), old[1], math.ceil(own[1]), old[3]))
        before, after = shown.histogram()[255], ink.histogram()[255]
        return abs(before - after) <= _ALIKE * max(before, after)

    def carry_out(self, plans: Sequence[_Plan]) -> tuple[list[SetLine], dict[int, Box]]:
        """Changes the picture; gives what is noted, and the boxes of the words for the layer."""
        picture, scale = self._canvas.picture, self._canvas.scale
        lines: list[SetLine] = []
        levelled: dict[int, Box] = {}
        paper = 255 if picture.mode == "L" else (255, 255, 255)
        for plan in plans:
            picture.paste(paper, plan.band)
            for group, pen, target, _shift, drawn in plan.pieces:
                picture.paste(drawn, target)
                levelled |= self._levelled(plan.line, group, pen)
            lines.append(
                SetLine(
                    to_points(plan.band, scale),
                    tuple(_move(target, shift, scale) for _, _, target, shift, _ in plan.pieces),
                    tuple(to_points(gap, scale) for gap in plan.gaps),
                    plan.indexes,
                    plan.numbers,
                )
            )
        return lines, levelled

    def _levelled(self, line: Measured, group: WordGroup, pen: int) -> dict[int, Box]:
        """Boxes for the text layer: from the pixel of the pen, so that no last digit differs."""
        up, down = line.base - ABOVE * line.size, line.base + BELOW * line.size
        left = (pen + _PHASE) / self._across
        return {
            index: Box(left + round(x0 - group.pen, 2), up, left + round(x1 - group.pen, 2), down)
            for index, x0, x1 in group.words
        }


def _move(target: PixelBox, shift: float, scale: tuple[float, float]) -> Move:
    now, across = to_points(target, scale), shift / scale[0]
    return Move(Box(now.x0 - across, now.y0, now.x1 - across, now.y1), across)


def _settled(
    plans: Sequence[_Plan], given: Sequence[PlannedMark], canvas: Canvas, words: Sequence[Word]
) -> list[_Plan]:
    """The plans that can stand together, each with the marks that it carries out.

    A mark is carried out by lines wholly or not at all, so a line stays as it is when one of its
    marks needs another that does, or covers something that is no word of these lines.
    """
    touched = {mark.number: frozenset(marks.removed_words(words, [mark])) for mark in given}
    boxes = {mark.number: mark.box for mark in given}
    left = _apart(plans)
    while True:
        whole = {
            number
            for number, indexes in touched.items()
            if indexes
            and indexes <= {each for plan in left for each in plan.indexes}
            and _only_lines(boxes[number], [p for p in left if indexes & set(p.indexes)], canvas)
        }
        stay = [
            plan
            for plan in left
            if all(
                number in whole
                for number, indexes in touched.items()
                if indexes & set(plan.indexes)
            )
        ]
        if len(stay) == len(left):
            return [
                replace(
                    plan,
                    numbers=tuple(n for n in sorted(whole) if touched[n] & set(plan.indexes)),
                )
                for plan in stay
            ]
        left = stay


def _apart(plans: Sequence[_Plan]) -> list[_Plan]:
    """Without those that would come to stand on others."""
    found: list[_Plan] = []
    for plan in plans:
        if not any(_meet(plan.band, other.band) for other in found):
            found.append(plan)
    return found


def _meet(one: PixelBox, other: PixelBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _only_lines(box: Box, plans: Sequence[_Plan], canvas: Canvas) -> bool:
    """Whether a mark covers nothing but words of these lines, as far as it lies in their rows."""
    top, foot = min(plan.old[1] for plan in plans), max(plan.old[3] for plan in plans)
    x0, x1 = math.floor(box.x0 * canvas.scale[0]), math.ceil(box.x1 * canvas.scale[0])
    ink = canvas.picture.crop((x0, top, x1, foot)).convert("L").point(_INKED)
    for plan in plans:
        ink.paste(0, (plan.old[0] - x0, 0, plan.old[2] - x0, ink.height))
    middle = (box.y0 + box.y1) / 2 * canvas.scale[1]
    return top < middle < foot and ink.getbbox() is None
