"""Plain text into PDF pages; used inside workers only.

Letters keep their order and their line breaks; long lines are broken at spaces.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents.workers import Limits
from dpdesk.errors import UnreadableFile

_SIZE: Final = 10.5
_LEADING: Final = 14.5
_MARGIN: Final = 56.0
_TAB: Final = 8
_MISSING: Final = "\u25a1"
_FILES: Final = (
    ("DpdeskText", "fontpkg_lato", ("files", "Lato-Regular.ttf")),
    ("DpdeskMore", "fontpkg_noto_sans", ("files", "NotoSans[wdth,wght].ttf")),
)
_LINE_BREAKS: Final = str.maketrans({"\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})

Piece = tuple[int, str]
"""A stretch of text and the number of the font that has its letters."""


class _Fonts:
    """The fonts at hand, first choice first; a letter is set in the first that has it."""

    def __init__(self) -> None:
        self.fonts: list[Any] = []
        for name, package, parts in _FILES:
            file = resources.files(package).joinpath(*parts)
            self.fonts.append(TTFont(name, io.BytesIO(file.read_bytes())))
        self._number: dict[str, int] = {}
        self._widths: dict[str, float] = {}
        self.missing = 0

    def number_of(self, letter: str) -> int | None:
        """Which font has the letter, if any."""
        if letter not in self._number:
            found = -1
            for number, font in enumerate(self.fonts):
                if ord(letter) in font.face.charToGlyph:
                    found = number
                    break
            self._number[letter] = found
        number = self._number[letter]
        return None if number < 0 else number

    def width(self, letter: str) -> float:
        """Points that the letter takes on the line."""
        if letter not in self._widths:
            font = self.fonts[self.number_of(letter) or 0]
            self._widths[letter] = font.stringWidth(letter, _SIZE)
        return self._widths[letter]

    def known(self, text: str) -> str:
        """The text with letters that no font has replaced by boxes, and counted."""
        if all(self.number_of(letter) is not None for letter in set(text)):
            return text
        shown = []
        for letter in text:
            if self.number_of(letter) is not None:
                shown.append(letter)
            elif unicodedata.category(letter) not in {"Cc", "Cf", "Mn"}:
                self.missing += 1
                shown.append(_MISSING if self.number_of(_MISSING) is not None else "?")
        return "".join(shown)

    def pieces(self, line: str) -> Iterator[Piece]:
        """The line cut where the font changes."""
        start, current = 0, None
        for index, letter in enumerate(line):
            number = self.number_of(letter) or 0
            # Spaces and accents stay with the letter before them.
            if current is not None and (letter == " " or unicodedata.combining(letter)):
                continue
            if current is None:
                current = number
            elif number != current:
                yield current, line[start:index]
                start, current = index, number
        if current is not None:
            yield current, line[start:]


def to_pdf(text: str, limits: Limits) -> tuple[bytes, list[str]]:
    """A4 pages with the text, and warnings.

    Raises UnreadableFile where it has no letters, or fills more pages than the limits allow.
    """
    if not text.strip():
        raise UnreadableFile("This text file holds nothing but spaces.", "Ask for it again.")
    fonts = _Fonts()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, pageCompression=1, invariant=1)
    for font in fonts.fonts:
        _register(font)
    width, height = A4
    pages, y = 0, 0.0
    for line in _lines(text, fonts, width - 2 * _MARGIN):
        if line is None or y < _MARGIN:
            if pages:
                canvas.showPage()
            pages, y = pages + 1, height - _MARGIN - _SIZE
            if pages > limits.pages:
                raise UnreadableFile(
                    f"This text would fill more than {limits.pages:,} pages.",
                    "Save it in parts, and add those.",
                )
        if line:
            _draw(canvas, fonts, line, y)
        if line is not None:
            y -= _LEADING
    canvas.showPage()
    canvas.save()
    return made.getvalue(), _warnings(fonts.missing)


def _register(font: Any) -> None:
    from reportlab.pdfbase import pdfmetrics

    try:
        pdfmetrics.getFont(font.fontName)
    except (KeyError, TTFError):
        pdfmetrics.registerFont(font)


def _draw(canvas: Any, fonts: _Fonts, line: str, y: float) -> None:
    writer = canvas.beginText(_MARGIN, y)
    for number, piece in fonts.pieces(line):
        writer.setFont(fonts.fonts[number].fontName, _SIZE)
        writer.textOut(piece)
    canvas.drawText(writer)


def _warnings(missing: int) -> list[str]:
    if not missing:
        return []
    sentence = (
        f"{missing:,} letters of this text are of an alphabet that cannot be typeset here and "
        "show as small boxes. Print the text as PDF from another program, and add that instead."
    )
    return [sentence]


def _lines(text: str, fonts: _Fonts, width: float) -> Iterator[str | None]:
    """Lines that fit the width; None for a new page."""
    yield None
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, sheet in enumerate(plain.translate(_LINE_BREAKS).split("\f")):
        if number:
            yield None
        for line in sheet.split("\n"):
            yield from _fitting(fonts.known(line.expandtabs(_TAB)).rstrip(), fonts, width)


def _fitting(line: str, fonts: _Fonts, width: float) -> Iterator[str]:
    start, space, used = 0, -1, 0.0
    for index, letter in enumerate(line):
        used += fonts.width(letter)
        if used > width and index > start:
            if space > start:
                yield line[start:space].rstrip()
                start = space + 1
            else:
                yield line[start:index]
                start = index
            space = -1
            used = sum(fonts.width(each) for each in line[start : index + 1])
        if letter == " " and line[start:index].strip():
            space = index
    yield line[start:]
