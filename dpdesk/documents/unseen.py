"""Finds words that are in a PDF but that nobody sees on its page; used inside workers only.

White letters on white paper, letters under a black bar, a scribble or a picture: a reader of
the paper never meets them, a reader of the file does. The page is drawn with and without its
letters, and a word is seen where that changes its pixels. Letters of a scan are meant to be
unseen; whether they lie on the words of its picture is asked in ``scanned``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from dpdesk.documents import ink, scanned
from dpdesk.documents.pages import Box, Word

_INKED: Final = 24  # of 255: letters alone differ so much from their paper where they are solid
_CHANGED: Final = 20  # steps of one colour that an eye just tells apart
_DOUBTED: Final = 12  # a grey step below which a pixel is looked at again in colour
_CELL: Final = 4  # pixels
_CELL_SHARE: Final = 64  # of 255: a quarter of a cell
_FAINT: Final = 6  # of 255: no ink at all
_CORE: Final = 0.5  # of the strongest difference: pixels that are certainly a letter's
_SEEN_SHARE: Final = 0.5  # of a word's ink that must be seen
_PIECE_SHARE: Final = 0.3  # of the ink in each piece of a word, about a letter wide
_PIECE: Final = 0.5  # of the height of the line
_MOST_PIECES: Final = 60
_LINES_LOST: Final = 1  # one letter may be under a rule or a fold of the page

_COVERED = [255 if level < _DOUBTED else 0 for level in range(256)]
_INK = [255 if level >= _INKED else 0 for level in range(256)]
_SEEN = [255 if level >= _CHANGED else 0 for level in range(256)]
_CORES = [
    [255 if level and level >= _CORE * most else 0 for level in range(256)] for most in range(256)
]


@dataclass(frozen=True, slots=True)
class Unseen:
    """What nobody sees of the words of a page.

    ``numbers`` are the places of unseen words in their list, and ``told`` is how many of them
    the user should hear of. ``misplaced`` says that the words laid over a scan do not fit its
    picture: then all of those are unseen, and none is counted.
    """

    numbers: frozenset[int]
    told: int = 0
    misplaced: bool = False


class Sight:
    """A page drawn as it is seen and in other ways, each when it is first needed.

    Whoever has ended looking must call ``restore``: drawings are switched off in memory.
    """

    def __init__(self, page: Any, survey: ink.Survey, scale: float) -> None:
        self.scale = scale
        self._page = page
        self._survey = survey
        self._drawn: dict[tuple[str, bool], Image.Image] = {}

    def whole(self, *, colour: bool = False) -> Image.Image:
        """With everything on it, annotations and form fields too."""
        return self._draw("whole", colour=colour)

    def ground(self, *, colour: bool = False) -> Image.Image:
        """The same without the letters of the page itself."""
        return self._draw("ground", colour=colour)

    def pictures(self) -> Image.Image:
        """Its pictures alone, nothing drawn over them, in grey."""
        return self._draw("pictures", colour=False)

    def drawn_over(self) -> bool:
        """Whether there are lines or annotations, which may cover a picture."""
        return bool(self._survey.lines) or pdfium_c.FPDFPage_GetAnnotCount(self._page) > 0

    def restore(self) -> None:
        """Switches everything on again."""
        self._switch(letters=True, pictures=True, lines=True)

    def _switch(self, *, letters: bool, pictures: bool, lines: bool) -> None:
        ink.switch(self._survey.letters, on=letters)
        ink.switch(self._survey.pictures, on=pictures)
        ink.switch(self._survey.lines, on=lines)

    def _draw(self, what: str, *, colour: bool) -> Image.Image:
        known = self._drawn.get((what, colour))
        if known is not None:
            return known
        self._switch(letters=what == "whole", pictures=True, lines=what != "pictures")
        over = what != "pictures"
        grey, three = pdfium_c.FPDFBitmap_Gray, pdfium_c.FPDFBitmap_BGR
        drawn = self._page.render(
            scale=self.scale,
            may_draw_forms=over,
            draw_annots=over,
            limit_image_cache=True,
            grayscale=not colour,
            force_bitmap_format=three if colour else grey,
        )
        try:
            picture = ink.drawn_picture(drawn).copy()
        finally:
            drawn.close()
        self._drawn[(what, colour)] = picture
        return picture


def find(
    page: Any, survey: ink.Survey, cover: ink.Cover, words: Sequence[Word], silent: Collection[int]
) -> Unseen:
    """Which words of a surveyed page nobody sees; ``silent`` are those that leave no ink.

    ``cover`` is what ``ink.cover`` found on the page. Everything on the page is switched on
    again. Raises PdfiumError where the page cannot be drawn.
    """
    sight = Sight(page, survey, cover.scale)
    try:
        letters = cover.letters
        hidden: set[int] = set()
        if letters is not None:
            loud = [number for number in range(len(words)) if number not in silent]
            hidden |= _hidden(sight, letters, words, loud)
        laid = [number for number in sorted(silent) if _says_something(words[number])]
        if not laid:
            return Unseen(frozenset(hidden), len(hidden))
        found = scanned.judge(sight, [words[number] for number in laid])
        told = len(hidden) + found.told
        hidden |= {laid[place] for place in found.places}
        return Unseen(frozenset(hidden), told, found.misplaced)
    finally:
        sight.restore()


def _says_something(word: Word) -> bool:
    return any(sign.isalnum() for sign in word.text)


def _hidden(
    sight: Sight, letters: Image.Image, words: Sequence[Word], loud: Sequence[int]
) -> set[int]:
    """The words with ink of their own of which too little is seen."""
    if not loud:
        return set()
    changed = ImageChops.difference(sight.whole(), sight.ground())
    inked = letters.point(_INK)
    missing = _Cells(ImageChops.darker(inked, changed.point(_COVERED)), _CELL_SHARE)
    cells = _Cells(inked, 1)
    boxes = {number: _pixels(words[number].box, sight.scale, letters.size) for number in loud}
    doubtful = [
        number
        for number in loud
        if missing.any(boxes[number]) or not cells.any(boxes[number])
    ]
    if not doubtful:
        return set()
    differing = ImageChops.difference(sight.whole(colour=True), sight.ground(colour=True))
    one, two, three = differing.split()
    changed = ImageChops.lighter(ImageChops.lighter(one, two), three)
    return {
        number
        for number in doubtful
        if _is_hidden(letters, changed, boxes[number], _says_something(words[number]))
    }


def _pixels(box: Box, scale: float, limits: tuple[int, int]) -> tuple[int, int, int, int]:
    x0, y0 = math.floor(box.x0 * scale), math.floor(box.y0 * scale)
    x1, y1 = math.ceil(box.x1 * scale), math.ceil(box.y1 * scale)
    return max(0, x0), max(0, y0), min(limits[0], x1), min(limits[1], y1)


class _Cells:
    """Where a mask has pixels, in cells of 4 × 4: quick to ask about every word of a page."""

    def __init__(self, mask: Image.Image, least: int) -> None:
        small = mask.reduce(_CELL)
        self._width = small.width
        self._cells = small.tobytes().translate(bytes(level >= least for level in range(256)))

    def any(self, box: tuple[int, int, int, int]) -> bool:
        """Whether there are any in a pixel box."""
        x0, x1 = box[0] // _CELL, -(-box[2] // _CELL)
        return any(
            1 in self._cells[y * self._width + x0 : y * self._width + x1]
            for y in range(box[1] // _CELL, -(-box[3] // _CELL))
        )


def _is_hidden(
    letters: Image.Image, changed: Image.Image, box: tuple[int, int, int, int], says: bool
) -> bool:
    """Whether too little of the ink in a box changes the page, as a whole or letter by letter."""
    if box[2] <= box[0] or box[3] <= box[1]:
        return False
    inside = letters.crop(box)
    most = cast("tuple[int, int]", inside.getextrema())[1]
    if most < _FAINT:
        return says  # a blank has no ink and hides nothing
    core = inside.point(_CORES[most])
    seen = ImageChops.darker(core, changed.crop(box).point(_SEEN))
    along = (1, 0) if box[3] - box[1] > 1.5 * (box[2] - box[0]) else (0, 1)
    sides = box[2] - box[0], box[3] - box[1]
    count = max(1, min(_MOST_PIECES, round(max(sides) / max(1.0, _PIECE * min(sides)))))
    size = (1, count) if along == (1, 0) else (count, 1)
    ink_in, seen_in = _shares(core, size), _shares(seen, size)
    if sum(seen_in) < _SEEN_SHARE * sum(ink_in):
        return True
    lost = sum(
        1
        for there, shown in zip(ink_in, seen_in, strict=True)
        if there > 0 and shown < _PIECE_SHARE * there
    )
    return lost > _LINES_LOST


def _shares(mask: Image.Image, size: tuple[int, int]) -> list[float]:
    """The share of set pixels in each of some pieces along a mask."""
    small = mask.convert("F").resize(size, Image.Resampling.BOX)
    return [value / 255 for value in cast("Sequence[float]", small.get_flattened_data())]
