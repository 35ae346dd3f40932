"""Finds words that are in a PDF but that nobody sees on its page; used inside workers only.

White letters on white paper, letters under a black bar, a scribble or a picture: a reader of
the paper never meets them, a reader of the file does. The page is drawn with and without its
letters, and a word is seen where that changes its pixels. Letters of a scan are meant to be
unseen; whether they lie on the words of its picture is asked in ``scanned``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from dpdesk.documents import ink, overdrawn, scanned
from dpdesk.documents.pages import Box, Word
from dpdesk.documents.sight import Sight

_INKED: Final = 24  # of 255: letters alone differ so much from their paper in a cell
_CHANGED: Final = 20  # steps of one colour that an eye just tells apart
_DOUBTED: Final = 6  # grey steps below which a cell of letters is looked at more closely
_CELL: Final = 2  # pixels
_FAINT: Final = 6  # of 255: no ink at all
_CORE: Final = 0.5  # of the strongest difference: pixels that are certainly a letter's
_SEEN_SHARE: Final = 0.6  # of a word's ink that must be seen
_PIECE_SHARE: Final = 0.3  # of the ink in each piece of a word, about a letter wide
_PIECE: Final = 0.5  # of the height of the line
_MOST_PIECES: Final = 60
_LETTERS_LOST: Final = 1  # one letter may be under a rule

_BLOCKS: Final = ("\u2580", "\u259f")  # blocks and bars
_SOLID: Final = "\u25a0\u25aa\u25ac\u25ae\u25b0\u25b2\u25c6\u25cf\u25fc\u25fe"
"""Squares, bars and the like that are filled; a ring or the circle of a sum covers nothing."""
_BLOCKED: Final = 0.5  # of a word's width

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
    certain: frozenset[int] = frozenset()
    """The numbers of those that are told."""
    silent: frozenset[int] = frozenset()
    """The numbers of all words that leave no ink, as those laid over a scan."""
    hard: frozenset[int] = frozenset()
    """The numbers of words that are seen and can hardly be made out: see ``overdrawn``."""

    def besides(self, others: Collection[int], hard: Collection[int] = ()) -> Unseen:
        """The same with other words that nobody can read, of whom the user hears too.

        ``hard`` are more that can hardly be made out.
        """
        more = frozenset(others) - self.numbers
        doubted = (self.hard | frozenset(hard)) - self.numbers - more
        return replace(
            self,
            hard=doubted,
            numbers=self.numbers | more,
            told=self.told + len(more),
            certain=self.certain | more,
        )


def find(page: Any, survey: ink.Survey, words: Sequence[Word], silent: Collection[int]) -> Unseen:
    """Which words of a surveyed page nobody sees; ``silent`` are those that leave no ink.

    Everything on the page is switched on again. Raises PdfiumError where the page cannot be
    drawn.
    """
    fine = ink.fine_scale(*page.get_size())
    sight = Sight(page, survey, fine / 2, grey=False)
    try:
        hidden: set[int] = set()
        hard: frozenset[int] = frozenset()
        if survey.has_letters and not survey.too_many:
            loud = [number for number in range(len(words)) if number not in silent]
            covered, inkless = _hidden(sight, words, loud)
            hidden = covered | {number for number in inkless if _says_something(words[number])}
            hidden |= _below_blocks(words)
            seen = (number for number in loud if number not in hidden)
            hard = overdrawn.crossed(sight.ground(), sight.letters(), words, seen, sight.scale)
        laid = [number for number in sorted(silent) if _says_something(words[number])]
        if not laid:
            seen_not = frozenset(hidden)
            return Unseen(seen_not, len(hidden), False, seen_not, frozenset(silent), hard)
        closer = Sight(page, survey, fine, grey=True)
        found = scanned.judge(closer, [words[number] for number in laid])
        told = len(hidden) + found.told
        certain = frozenset(hidden) | {laid[place] for place in found.certain}
        hidden |= {laid[place] for place in found.places}
        return Unseen(frozenset(hidden), told, found.misplaced, certain, frozenset(silent), hard)
    finally:
        sight.restore()


def again(page: Any, words: Sequence[Word], *, inked: bool = False) -> frozenset[int]:
    """Which words of a page nobody sees, where it is not known how they came onto it.

    For whoever draws the page later and no longer knows which words lie over a scan and which
    are part of an annotation: such words only need strokes of ink below them. ``inked`` says that
    there is ink at the place of each of them: on a page of nothing but letters that is theirs.
    Everything on the page is switched on again. Raises PdfiumError where the page cannot be drawn.
    """
    survey = ink.survey(page)
    if inked and _is_letters_alone(page, survey):
        return frozenset()
    fine = ink.fine_scale(*page.get_size())
    sight = Sight(page, survey, fine / 2, grey=False)
    try:
        if survey.too_many:
            return frozenset()
        hidden, inkless = _hidden(sight, words, range(len(words)))
        said = [number for number in sorted(inkless) if _says_something(words[number])]
        if said:
            whole = Sight(page, survey, fine, grey=True).whole()
            hidden |= {n for n in said if not scanned.has_strokes(whole, words[n], fine)}
        return frozenset(hidden)
    finally:
        sight.restore()


def _is_letters_alone(page: Any, survey: ink.Survey) -> bool:
    drawings = survey.pictures or survey.lines or survey.too_many
    return not drawings and pdfium_c.FPDFPage_GetAnnotCount(page) == 0


def _below_blocks(words: Sequence[Word]) -> set[int]:
    """Words over which signs like █ and ■ are set, by which letters cannot be told from ink."""
    blocks = [word.box for word in words if _is_blocks(word)]
    if not blocks:
        return set()
    return {
        number
        for number, word in enumerate(words)
        if _says_something(word) and any(_covers_most(block, word.box) for block in blocks)
    }


def _is_blocks(word: Word) -> bool:
    """Whether a word has signs that can cover letters; one beside letters is a bullet: ▪Grace."""
    least = 2 if _says_something(word) else 1
    return sum(_is_block(sign) for sign in word.text) >= least


def _is_block(sign: str) -> bool:
    return _BLOCKS[0] <= sign <= _BLOCKS[1] or sign in _SOLID


def _covers_most(block: Box, word: Box) -> bool:
    across = min(block.x1, word.x1) - max(block.x0, word.x0)
    return across >= _BLOCKED * word.width and block.y0 < (word.y0 + word.y1) / 2 < block.y1


def _says_something(word: Word) -> bool:
    return any(sign.isalnum() for sign in word.text)


def _hidden(sight: Sight, words: Sequence[Word], asked: Sequence[int]) -> tuple[set[int], set[int]]:
    """The words with ink of their own of which too little is seen, and those without any ink."""
    hidden: set[int] = set()
    inkless: set[int] = set()
    if not asked:
        return hidden, inkless
    letters, change = sight.letters(), sight.change()
    inked = letters.reduce(_CELL).point(_INK)
    missing = _Cells(ImageChops.darker(inked, change.reduce(_CELL).point(_COVERED)))
    cells = _Cells(inked)
    for number in asked:
        box = _pixels(words[number].box, sight.scale, letters.size)
        if cells.any(box) and not missing.any(box):
            continue
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        strongest = cast("tuple[int, int]", letters.crop(box).getextrema())[1]
        if strongest < _FAINT:
            inkless.add(number)
        elif _is_hidden(letters.crop(box), change.crop(box), strongest):
            hidden.add(number)
    return hidden, inkless


def _pixels(box: Box, scale: float, limits: tuple[int, int]) -> tuple[int, int, int, int]:
    x0, y0 = math.floor(box.x0 * scale), math.floor(box.y0 * scale)
    x1, y1 = math.ceil(box.x1 * scale), math.ceil(box.y1 * scale)
    return max(0, x0), max(0, y0), min(limits[0], x1), min(limits[1], y1)


class _Cells:
    """A mask of cells of 2 × 2 pixels: quick to ask about every word of a page."""

    def __init__(self, mask: Image.Image) -> None:
        self._width = mask.width
        self._cells = mask.tobytes()

    def any(self, box: tuple[int, int, int, int]) -> bool:
        """Whether any cell in a pixel box is set."""
        x0, x1 = box[0] // _CELL, -(-box[2] // _CELL)
        return any(
            255 in self._cells[y * self._width + x0 : y * self._width + x1]
            for y in range(box[1] // _CELL, -(-box[3] // _CELL))
        )


def _is_hidden(letters: Image.Image, change: Image.Image, strongest: int) -> bool:
    """Whether too little of a word's ink changes the page, as a whole or letter by letter.

    ``letters`` is its ink, ``change`` what that changes; ``strongest`` is the most of its ink.
    """
    core = letters.point(_CORES[strongest])
    seen = ImageChops.darker(core, change.point(_SEEN))
    wide, high = letters.size
    pieces = max(1, min(_MOST_PIECES, round(max(wide, high) / max(1.0, _PIECE * min(wide, high)))))
    size = (1, pieces) if high > 1.5 * wide else (pieces, 1)
    there, shown = _shares(core, size), _shares(seen, size)
    if sum(shown) < _SEEN_SHARE * sum(there):
        return True
    lost = sum(
        part > 0 and left < _PIECE_SHARE * part for part, left in zip(there, shown, strict=True)
    )
    return lost > _LETTERS_LOST


def _shares(mask: Image.Image, size: tuple[int, int]) -> list[float]:
    """The share of set pixels in each of some pieces along a mask."""
    small = mask.convert("F").resize(size, Image.Resampling.BOX)
    return [value / 255 for value in cast("Sequence[float]", small.get_flattened_data())]
