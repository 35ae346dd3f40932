"""What is drawn on a page by us: the stamp at its foot, and the sheet for a withheld page."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import fontpkg_lato
import fontpkg_noto_sans
from PIL import Image, ImageDraw, ImageFont

from dpdesk.documents.pages import Box, Word

STAMP_SHARE = 0.026
"""Height of the strip for the stamp, as a share of the page's height."""
LEAST_STRIP = 12.0
"""And at least this many points."""
_STAMP_FONT = 0.36  # size of the letters, as a share of the strip
_MARGIN = 0.06  # left and right of the stamp, as a share of the width
_BLACK = 0

_PLAIN = Path(fontpkg_lato.ROOT) / "files" / "Lato-Regular.ttf"
_BOLD = Path(fontpkg_lato.ROOT) / "files" / "Lato-Bold.ttf"
_WIDE = Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf"


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=1024)
def _length(font: ImageFont.FreeTypeFont, word: str) -> float:
    """The width of a word in pixels; most words of a stamp are those of the page before."""
    return font.getlength(word)


def strip_height(height: float) -> float:
    """How many points are added below a page for its stamp."""
    return max(LEAST_STRIP, STAMP_SHARE * height)


def _fitting(text: str, size: int, width: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """A font that has the letters and in which the text fits the width."""
    plain = text.replace("·", "").replace("–", "").isascii()
    path = (_BOLD if bold else _PLAIN) if plain else _WIDE
    size = max(4, size)
    font = _font(path, size)
    length = _length(font, text)
    if length > width > 0:
        font = _font(path, max(4, int(size * width / length)))
    return font


def _write(
    picture: Image.Image,
    place: tuple[float, float],
    text: str,
    font: ImageFont.FreeTypeFont,
    scale: tuple[float, float],
) -> list[Word]:
    """Draws one line with its left end at ``place`` (pixels) and tells where its words are."""
    x, y = place
    ink = _BLACK if picture.mode == "L" else (0, 0, 0)
    ImageDraw.Draw(picture).text((x, y), text, fill=ink, font=font, anchor="ls")
    up, down = font.getmetrics()
    words: list[Word] = []
    left, space = x, _length(font, " ")
    for word in text.split(" "):
        right = left + _length(font, word)
        if word:
            box = Box(left / scale[0], (y - up) / scale[1], right / scale[0], (y + down) / scale[1])
            words.append(Word(word, box))
        left = right + space
    return words


def stamp(picture: Image.Image, top: int, text: str, scale: tuple[float, float]) -> list[Word]:
    """Writes the stamp into the strip that begins at pixel row ``top``; gives its words."""
    strip = picture.height - top
    width = picture.width * (1 - 2 * _MARGIN)
    font = _fitting(text, round(_STAMP_FONT * strip), width)
    left = (picture.width - _length(font, text)) / 2
    return _write(picture, (left, top + 0.62 * strip), text, font, scale)


def withheld(
    picture: Image.Image, lines: tuple[str, str], scale: tuple[float, float]
) -> list[Word]:
    """Writes the sheet that stands for a withheld page; gives its words."""
    width = picture.width * 0.7
    left, y = picture.width * 0.15, picture.height * 0.36
    font = _fitting(lines[0], round(22 * scale[1]), width, bold=True)
    words = _write(picture, (left, y), lines[0], font, scale)
    size = round(12 * scale[1])
    y += 1.2 * font.size
    for line in _wrapped(lines[1], size, width):
        y += 1.5 * size
        words += _write(picture, (left, y), line, _fitting(line, size, width), scale)
    return words


def _wrapped(text: str, size: int, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        font = _fitting(longer, size, 0)
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
