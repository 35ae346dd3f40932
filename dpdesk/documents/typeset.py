"""Plain text into PDF pages; used inside workers only.

Letters keep their order and their line breaks; long lines are broken at spaces. A letter that no
font here has is shown as a stand-in (�) that is known as that letter, so that it can be searched
and marked all the same.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from dpdesk.errors import UnreadableFile
from dpdesk.law.accents import in_form
from dpdesk.walls.workers import Limits

_SIZE: Final = 10.5
_LEADING: Final = 14.5
_MARGIN: Final = 56.0
_TAB: Final = 8
_STAND_IN: Final = 0xFFFD
_FILES: Final = (
    ("DpdeskText", "fontpkg_lato", ("files", "Lato-Regular.ttf")),
    ("DpdeskMore", "fontpkg_noto_sans", ("files", "NotoSans[wdth,wght].ttf")),
)
_SHOW_NOTHING: Final = frozenset({"Cc", "Mn", "Me"})
_PICTOGRAM: Final = "\u25a1"  # what a pictogram is known as: no letter of any name
_RAREST: Final = "\U00010000"
_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_BACKWARDS: Final = re.compile(f"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT} ]*[{_RIGHT_TO_LEFT}])?")
_SIGNS: Final = frozenset({"So", "Sk"})  # pictograms, and the colours that they take
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
        self._known = len(self.fonts)
        self._stand_ins = _font_of_stand_ins()
        self.fonts.append(self._stand_ins)
        self._number: dict[str, int] = {}
        self._widths: dict[str, float] = {}
        self.missing = 0
        self.pictograms = 0

    def number_of(self, letter: str) -> int:
        """Which font has the letter; the last one has a stand-in for what none has."""
        if letter not in self._number:
            code = ord(letter)
            has = (number for number, font in enumerate(self.fonts) if code in _drawings(font))
            self._number[letter] = next(has, self._known)
            if self._number[letter] == self._known:
                face = self._stand_ins.face
                face.charToGlyph[code] = face.charToGlyph[_STAND_IN]
                face.charWidths[code] = face.charWidths[_STAND_IN]
        return self._number[letter]

    def lacks(self, letter: str) -> bool:
        """Whether something else must stand for the letter."""
        return self.number_of(letter) == self._known

    def width(self, letter: str) -> float:
        """Points that the letter takes on the line."""
        if letter not in self._widths:
            font = self.fonts[self.number_of(letter)]
            self._widths[letter] = font.stringWidth(letter, _SIZE)
        return self._widths[letter]

    def known(self, text: str) -> str:
        """The text without signs that show nothing; letters that no font has are counted."""
        if text.isascii():
            return text
        return "".join(map(self._shown, text))

    def _shown(self, letter: str) -> str:
        kind = unicodedata.category(letter)
        if kind == "Cf":
            return ""  # directions and joins; some fonts have a drawing even for them
        if not self.lacks(letter):
            return letter
        if kind in _SHOW_NOTHING:
            return ""
        if kind in _SIGNS:
            self.pictograms += 1
            return _PICTOGRAM
        self.missing += 1
        # Such a font cannot tell the rarest letters; a search takes any letter for them.
        return letter if letter < _RAREST else chr(_STAND_IN)

    def pieces(self, line: str) -> Iterator[Piece]:
        """The line cut where the font changes."""
        start, current = 0, None
        for index, letter in enumerate(line):
            number = self.number_of(letter)
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


def _drawings(font: Any) -> dict[int, int]:
    drawings: dict[int, int] = font.face.charToGlyph
    return drawings


@cache
def _font_of_stand_ins() -> Any:
    """A font of one drawing, which may be given to any letter; the same for all documents."""
    name, package, parts = _FILES[-1]
    file = resources.files(package).joinpath(*parts)
    font = TTFont(f"{name}StandIns", io.BytesIO(file.read_bytes()))
    known = font.face.charToGlyph
    font.face.charToGlyph = {code: known[code] for code in (ord(" "), _STAND_IN)}
    font.face.name = b"DpdeskStandIns"  # one name of a face would be taken for one font
    return font


def to_pdf(text: str, limits: Limits) -> tuple[bytes, list[str]]:
    """A4 pages with the text, and warnings.

    Raises UnreadableFile where it has no letters, or fills more pages than the limits allow.
    """
    if not text.strip():
        raise UnreadableFile("This text file contains nothing but spaces.", "Ask for it again.")
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
                    "Split it into parts, and add those.",
                )
        if line:
            _draw(canvas, fonts, line, y)
        if line is not None:
            y -= _LEADING
    canvas.showPage()
    canvas.save()
    return made.getvalue(), _warnings(fonts)


def _register(font: Any) -> None:
    from reportlab.pdfbase import pdfmetrics

    try:
        pdfmetrics.getFont(font.fontName)
    except (KeyError, TTFError):
        pdfmetrics.registerFont(font)


def _draw(canvas: Any, fonts: _Fonts, line: str, y: float) -> None:
    # A page is printed from left to right, whatever the script.
    visual = _BACKWARDS.sub(lambda stretch: stretch[0][::-1], line)
    writer = canvas.beginText(_MARGIN, y)
    for number, piece in fonts.pieces(visual):
        writer.setFont(fonts.fonts[number].fontName, _SIZE)
        writer.textOut(piece)
    canvas.drawText(writer)


def _warnings(fonts: _Fonts) -> list[str]:
    found = []
    if fonts.missing:
        letters = "1 letter" if fonts.missing == 1 else f"{fonts.missing:,} letters"
        found.append(
            f"{letters} of this text cannot be shown here; � appears in its place. A "
            "search finds such words, but nobody can read them on the page. Print the text as PDF "
            "from another program, and add that instead."
        )
    if fonts.pictograms:
        signs = "1 small picture" if fonts.pictograms == 1 else f"{fonts.pictograms:,} pictures"
        found.append(
            f"{signs} among the words of this text (emoji) cannot be shown here; � appears "
            "in its place. Print the text as PDF from another program if they matter."
        )
    return found


def _lines(text: str, fonts: _Fonts, width: float) -> Iterator[str | None]:
    """Lines that fit the width; None for a new page."""
    yield None
    plain = in_form("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
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
