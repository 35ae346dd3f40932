"""Draws words of a PDF alone, in black on white, to be read; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from dpdesk.documents import ink
from dpdesk.documents.glyph_uses import WordUse
from dpdesk.documents.pdf import open_page
from dpdesk.errors import UnreadableFile

_AROUND: Final = (1.0, 0.5)  # points beside and above a word
_MARGIN: Final = 10  # pixels of paper
_INK: Final = [255 if level > 127 else 0 for level in range(256)]
_WHOLE: Final = 0.85  # of the height of its letters must be shown of a word
_MOST_SIDE: Final = 2_000  # pixels


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A word in black on white; ``cut`` says that much of its letters is not shown."""

    use: WordUse
    shown: Image.Image
    cut: bool


class WordPictures:
    """Pictures of words, of whatever colour they are and whatever lies over or below them."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def of(self, words: Sequence[WordUse], height: int) -> Iterator[WordPicture]:
        """Each word as a picture, its line so many pixels high; left out is what is damaged."""
        by_page: dict[int, list[WordUse]] = {}
        for use in words:
            by_page.setdefault(use.page, []).append(use)
        for index in sorted(by_page):
            try:
                page = open_page(self._document, index)
            except UnreadableFile:
                continue
            try:
                survey = ink.survey(page)
                for use in by_page[index]:
                    picture = _picture(page, use, height)
                    if picture is not None:
                        yield picture
                ink.switch([*survey.pictures, *survey.lines], on=True)
            except pdfium.PdfiumError:
                continue
            finally:
                page.close()


def _picture(page: Any, use: WordUse, height: int) -> WordPicture | None:
    width, down = page.get_size()
    beside, above = _AROUND
    x0, x1 = max(0.0, use.box.x0 - beside), min(width, use.box.x1 + beside)
    y0, y1 = max(0.0, use.box.y0 - above), min(down, use.box.y1 + above)
    if x1 - x0 < beside or y1 - y0 < beside or use.height <= 0:
        return None
    scale = min(height / use.height, _MOST_SIDE / max(x1 - x0, y1 - y0))
    drawn = ink.strength(page, scale, part=(x0, down - y1, width - x1, y0))
    strong = ImageOps.autocontrast(drawn)
    shown = ImageOps.invert(strong)
    ink_box = strong.point(_INK).getbbox()
    if ink_box is None:
        return None
    cut = ink_box[3] - ink_box[1] < _WHOLE * use.inked * scale
    if use.turn:
        shown = shown.rotate(-use.turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return WordPicture(use, ImageOps.expand(shown, _MARGIN, 255), cut)
