"""Measures where the ink of letters really lies; used inside workers only.

Fonts lie: about the height of their letters, about strokes drawn around them, about signs
that are small drawings of their own. So the letters of each page are drawn alone, what the
word boxes already cover is wiped out, and whatever is left is given to the word beside it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final, cast

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from dpdesk.documents.drawn_letters import STRAIGHT, DrawnLetters, Matrix, inner_place, sides
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame

# A paper that no letters are printed in. It is looked at in two of its colours, red and blue,
# which differ: gray letters (white ones too) show in at least one of them.
_RED, _GREEN, _BLUE = 0x61, 0xC3, 0x9D
_SOFT: Final = 4  # soft edges fainter than this are not ink
_SCALE: Final = 2.0  # pixels for each point
_PIXELS: Final = 12_000_000  # a page of two metres is looked at more coarsely
_DEPTH: Final = 12  # forms within forms
_OBJECTS: Final = 200_000  # more drawings than this on one page are not looked through
_NEAR: Final = 0.6  # of the height of a word: a patch within this distance belongs to it
_SPILL: Final = 0.5  # points around a patch that are covered with it
_SHELF: Final = 24.0  # points
_SPOTS: Final = 4_000  # more stray spots than this are taken line by line


Margins = tuple[float, float, float, float]
"""What is left out of a page as seen, in points: on the left, below, on the right, above."""
_WHOLE: Final[Margins] = (0.0, 0.0, 0.0, 0.0)


def _not_paper(level: int) -> re.Pattern[bytes]:
    return re.compile(b"[^%c-%c]+" % (level - _SOFT, level + _SOFT))


_PLANES: Final = ((0, _not_paper(_BLUE)), (2, _not_paper(_RED)))
"""Where a colour stands in the three bytes of a pixel, and what is ink in it."""


@dataclass(slots=True)
class Survey:
    """What else is on the page: pictures (their area in square points), lines, letters."""

    picture_area: float = 0.0
    may_be_read: bool = False
    """Whether any picture or drawing may hold a word that the file does not tell."""
    guessed: bool = False
    """Whether the file does not say which letters some of its words have."""
    drawn_font: bool = False
    """Whether letters are of a font that is made of drawings, and may be any others."""
    shows_something: bool = False
    has_letters: bool = False
    too_many: bool = False
    letters: list[Any] = field(default_factory=list)
    pictures: list[Any] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)
    """The drawings themselves, to be switched off and on; ``lines`` are all other ones."""


@dataclass(slots=True)
class Cover:
    """Boxes grown over all the ink; ``orphans`` are boxes of letters that no word claims."""

    boxes: list[Box]
    orphans: list[Box] = field(default_factory=list)
    inkless: frozenset[int] = frozenset()
    """Numbers of boxes in which no letter leaves any ink, where that was asked."""


def survey(page: Any) -> Survey:
    """Looks through the page and switches off, in memory, everything that is not a letter."""
    found = Survey()
    drawn = DrawnLetters()
    stack: list[tuple[Any, bool, int, Matrix]] = [(page.raw, False, 0, STRAIGHT)]
    seen = 0
    while stack:
        container, is_form, depth, place = stack.pop()
        if is_form:
            count = pdfium_c.FPDFFormObj_CountObjects(container)
            fetch = pdfium_c.FPDFFormObj_GetObject
        else:
            count = pdfium_c.FPDFPage_CountObjects(container)
            fetch = pdfium_c.FPDFPage_GetObject
        seen += max(count, 0)
        if seen > _OBJECTS:
            found.too_many = found.shows_something = True
            return found
        for index in range(count):
            drawing = fetch(container, index)
            kind = pdfium_c.FPDFPageObj_GetType(drawing)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                found.has_letters = True
                found.letters.append(drawing)
                drawn.letters(drawing)
                continue
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
                if depth < _DEPTH:
                    stack.append((drawing, True, depth + 1, inner_place(drawing, place)))
                continue
            found.shows_something = True
            if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                across, down = sides(drawing, place)
                found.picture_area += across * down
                found.pictures.append(drawing)
                drawn.picture(across, down, drawing, place)
            else:
                found.lines.append(drawing)
                drawn.path(drawing, place)
            pdfium_c.FPDFPageObj_SetIsActive(drawing, 0)
    found.may_be_read = drawn.may_be_read()
    found.drawn_font = drawn.in_drawn_font
    return found


def switch(drawings: list[Any], *, on: bool) -> None:
    """Lets drawings of a surveyed page be drawn or not, in memory."""
    for drawing in drawings:
        pdfium_c.FPDFPageObj_SetIsActive(drawing, int(on))


def cover(page: Any, surveyed: Survey, frame: Frame, boxes: list[Box], *, inkless: bool) -> Cover:
    """Grows word boxes (points, as seen) over all ink of the letters of a surveyed page.

    ``inkless`` asks also which boxes hold no ink.
    """
    if not surveyed.has_letters or surveyed.too_many:
        return Cover(boxes)
    scale = fine_scale(frame.width, frame.height)
    drawn = _draw_on_paper(page, scale)
    try:
        empty = _inkless(drawn, boxes, scale) if inkless else frozenset()
        _wipe(drawn, boxes, scale)
        rows = _inky_rows(drawn)
        spots = []
        for offset, ink in _PLANES:
            spots += _spots(rows, scale, offset, ink)
    finally:
        drawn.close()
    covered = _give(spots, boxes) if spots else Cover(boxes)
    covered.inkless = empty
    return covered


def fine_scale(width: float, height: float) -> float:
    """At how many pixels for each point ink is looked for on a page of so many points."""
    return min(_SCALE, math.sqrt(_PIXELS / (width * height)))


def _draw_on_paper(page: Any, scale: float, part: Margins = _WHOLE) -> Any:
    return page.render(
        scale=scale,
        crop=part,
        fill_color=(_RED, _GREEN, _BLUE, 255),
        may_draw_forms=False,
        draw_annots=False,
        force_bitmap_format=pdfium_c.FPDFBitmap_BGR,
    )


def strength(page: Any, scale: float, part: Margins = _WHOLE) -> Image.Image:
    """A grey picture of how much what is switched on differs from blank paper, whatever colour."""
    blue, _green, red = drawn_picture(_draw_on_paper(page, scale, part)).split()
    return ImageChops.lighter(
        blue.point([abs(level - _BLUE) for level in range(256)]),
        red.point([abs(level - _RED) for level in range(256)]),
    )


def drawn_picture(drawn: Any) -> Image.Image:
    """What pdfium drew, grey or with blue in the place of red; it lives in the drawing's memory."""
    size, stride = (drawn.width, drawn.height), drawn.stride
    mode = "L" if drawn.format == pdfium_c.FPDFBitmap_Gray else "RGB"
    # Pillow takes any buffer; its annotation names three of them.
    plain = cast(bytes, memoryview(drawn.buffer))
    return Image.frombuffer(mode, size, plain, "raw", mode, stride, 1)


def _inkless(drawn: Any, boxes: list[Box], scale: float) -> frozenset[int]:
    """Which boxes show nothing but paper."""
    plain = memoryview(drawn.buffer)
    paper = bytes((_BLUE, _GREEN, _RED)) * drawn.width
    found = []
    for number, box in enumerate(boxes):
        inside = box.clamp(drawn.width / scale, drawn.height / scale)
        x0, y0 = math.floor(inside.x0 * scale), math.floor(inside.y0 * scale)
        x1 = min(math.ceil(inside.x1 * scale), drawn.width)
        y1 = min(math.ceil(inside.y1 * scale), drawn.height)
        blank = paper[: 3 * (x1 - x0)]
        if all(
            plain[row * drawn.stride + 3 * x0 : row * drawn.stride + 3 * x1] == blank
            for row in range(y0, y1)
        ):
            found.append(number)
    return frozenset(found)


def _wipe(drawn: Any, boxes: list[Box], scale: float) -> None:
    colour = 0xFF000000 | _RED << 16 | _GREEN << 8 | _BLUE
    fill = pdfium_c.FPDFBitmap_FillRect
    for box in boxes:
        # Inwards to whole pixels: half a pixel of ink beside the box must not be wiped out too.
        left, top = math.ceil(box.x0 * scale), math.ceil(box.y0 * scale)
        right, bottom = math.floor(box.x1 * scale), math.floor(box.y1 * scale)
        if right > left and bottom > top:
            fill(drawn.raw, left, top, right - left, bottom - top, colour)


def _inky_rows(drawn: Any) -> list[tuple[int, bytes]]:
    """The rows of pixels that are not all paper, with their numbers."""
    plain = bytes(drawn.buffer)
    length = 3 * drawn.width
    paper = bytes((_BLUE, _GREEN, _RED)) * drawn.width
    found = []
    for row in range(drawn.height):
        line = plain[row * drawn.stride : row * drawn.stride + length]
        if line != paper:
            found.append((row, line))
    return found


def _spots(
    rows: list[tuple[int, bytes]], scale: float, offset: int, ink: re.Pattern[bytes]
) -> list[Box]:
    """Boxes, in points, around patches of ink that are left, looked at in one colour."""
    open_spots: list[list[int]] = []
    done: list[list[int]] = []
    for row, pixels in rows:
        line = pixels[offset::3]
        still = [spot for spot in open_spots if spot[3] >= row - 2]
        done.extend(spot for spot in open_spots if spot[3] < row - 2)
        for match in ink.finditer(line):
            _join(still, match.start(), match.end(), row, whole_line=len(done) > _SPOTS)
        open_spots = still
    done.extend(open_spots)
    return [Box(x0 / scale, y0 / scale, x1 / scale, (y1 + 1) / scale) for x0, y0, x1, y1 in done]


def _join(spots: list[list[int]], start: int, end: int, row: int, *, whole_line: bool) -> None:
    for spot in spots:
        if whole_line or (start <= spot[2] + 2 and end >= spot[0] - 2):
            spot[0], spot[2], spot[3] = min(spot[0], start), max(spot[2], end), row
            return
    spots.append([start, row, end, row])


class _Shelves:
    """Word boxes by height on the page, so that a patch is compared with its neighbours only."""

    def __init__(self, boxes: list[Box]) -> None:
        self._boxes = boxes
        self._depth = max(_SHELF, max((box.height for box in boxes), default=0) / 4)
        self._shelves: dict[int, list[int]] = {}
        for index, box in enumerate(boxes):
            near = box.inflate(0, _NEAR * box.height + _SPILL)
            for shelf in range(self._number(near.y0), self._number(near.y1) + 1):
                self._shelves.setdefault(shelf, []).append(index)

    def _number(self, y: float) -> int:
        return math.floor(y / self._depth)

    def _beside(self, patch: Box) -> set[int]:
        found: set[int] = set()
        for shelf in range(self._number(patch.y0), self._number(patch.y1) + 1):
            found.update(self._shelves.get(shelf, ()))
        return found

    def touching(self, patch: Box) -> list[int]:
        """The boxes that share an area with the patch, else the nearest one if it is near."""
        beside = sorted(self._beside(patch))
        touching = [index for index in beside if self._boxes[index].intersects(patch)]
        if touching:
            return touching
        best: tuple[float, int] | None = None
        for index in beside:
            box = self._boxes[index]
            across = max(box.x0 - patch.x1, patch.x0 - box.x1, 0.0)
            along = max(box.y0 - patch.y1, patch.y0 - box.y1, 0.0)
            distance = math.hypot(across, along)
            if distance <= _NEAR * box.height and (best is None or distance < best[0]):
                best = (distance, index)
        return [] if best is None else [best[1]]


def _give(spots: list[Box], boxes: list[Box]) -> Cover:
    """Gives each patch to the words that touch it, else to the nearest one on its line."""
    shelves = _Shelves(boxes)
    grown = list(boxes)
    orphans: list[Box] = []
    for spot in spots:
        padded = spot.inflate(_SPILL)
        touching = shelves.touching(padded)
        if not touching:
            _collect(orphans, padded)
        for index in touching:
            grown[index] = grown[index].union(padded)
    return Cover(grown, orphans)


def _collect(orphans: list[Box], spot: Box) -> None:
    """Patches side by side on one line become one orphan, as letters become a word."""
    for index, orphan in enumerate(orphans):
        overlap = min(orphan.y1, spot.y1) - max(orphan.y0, spot.y0)
        gap = max(orphan.x0 - spot.x1, spot.x0 - orphan.x1)
        height = max(orphan.height, spot.height)
        if overlap > 0 and gap < 0.3 * height:
            orphans[index] = orphan.union(spot)
            return
    orphans.append(spot)
