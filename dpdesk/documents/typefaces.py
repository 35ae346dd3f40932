"""The typefaces that foreign text is set in, and what stands for letters that none of them has.

Lato first, then Noto Sans. A letter that neither has is shown as a stand-in (�) that is known as
that letter, so that it can be searched and marked all the same. Used inside workers only.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

rl_config.useA85 = 0  # bytes may stand in a PDF as they are: a picture is smaller, and sooner there

_STAND_IN: Final = 0xFFFD
_SHOW_NOTHING: Final = frozenset({"Cc", "Mn", "Me"})
_PICTOGRAM: Final = "\u25a1"  # what a pictogram is known as: no letter of any name
_MEANT: Final = {
    **dict.fromkeys("☐◻▢⬜❏❑❒🗆", "[ ]"),
    **dict.fromkeys("☑☒🗹🗷🗵✅❎", "[x]"),
    **dict.fromkeys("✓✔🗸", "√"),
    **dict.fromkeys("✗✘✕✖❌", "×"),
    **dict.fromkeys("■◼⬛", "▪"),
    **dict.fromkeys("⇒➔➜➢➤⮕", "→"),
    **dict.fromkeys("☎✆", "Tel."),
    "◯": "○", "◉": "●", "⦿": "●", "★": "*", "☆": "◦", "☺": ":-)", "☹": ":-(",
}  # fmt: skip
"""Signs that answer a form, by others that say the same: a box with a cross is not an empty one."""
_RAREST: Final = "\U00010000"
_SIGNS: Final = frozenset({"So", "Sk"})  # pictograms, and the colours that they take
_NOTO: Final = "NotoSans[wdth,wght].ttf"
_LATO: Final = {
    (False, False): "Lato-Regular.ttf",
    (True, False): "Lato-Bold.ttf",
    (False, True): "Lato-Italic.ttf",
    (True, True): "Lato-BoldItalic.ttf",
}

Piece = tuple[str, str]
"""The name of a font and a stretch of text whose letters it has."""


def font_file(name: str) -> bytes:
    """The bytes of one of the program's own font files."""
    package = "fontpkg_noto_sans" if name == _NOTO else "fontpkg_lato"
    return resources.files(package).joinpath("files", name).read_bytes()


def font_files() -> Iterator[bytes]:
    """All font files that text is set in, for whoever measures it elsewhere."""
    for name in (*_LATO.values(), _NOTO):
        yield font_file(name)


class Typefaces:
    """The typefaces for one document; counts the letters that none of them has."""

    def __init__(self) -> None:
        self.missing = 0
        self.pictograms = 0
        self._shown: dict[str, str] = {}

    def face(self, *, bold: bool = False, italic: bool = False) -> Face:
        """The face of that kind."""
        return _face(bold, italic)

    def known(self, text: str) -> str:
        """The text without signs that show nothing; letters that no font has are counted."""
        if text.isascii():
            return text
        return "".join(map(self._shown_as, text))

    def _shown_as(self, letter: str) -> str:
        kind = unicodedata.category(letter)
        if kind == "Cf":
            return ""  # directions and joins; some fonts have a drawing even for them
        if not _face(False, False).lacks(letter):
            return letter
        if kind in _SHOW_NOTHING:
            return ""
        if letter in _MEANT:
            return _MEANT[letter]
        if kind in _SIGNS:
            self.pictograms += 1
            return _PICTOGRAM
        self.missing += 1
        # Such a font cannot tell the rarest letters; a search takes any letter for them.
        return letter if letter < _RAREST else chr(_STAND_IN)

    def warnings(self) -> list[str]:
        """Sentences about letters that cannot be shown."""
        found = []
        if self.missing:
            letters = "1 letter" if self.missing == 1 else f"{self.missing:,} letters"
            found.append(
                f"{letters} of this text cannot be shown here; � appears in its place. A "
                "search finds such words, but nobody can read them on the page. Print the text as "
                "PDF from another program, and add that instead."
            )
        if self.pictograms:
            signs = "1 small picture" if self.pictograms == 1 else f"{self.pictograms:,} pictures"
            found.append(
                f"{signs} among the words of this text (emoji) cannot be shown here; � appears "
                "in its place. Print the text as PDF from another program if they matter."
            )
        return found


class Face:
    """A chain of fonts; a letter is set in the first that has it, else in that of stand-ins."""

    def __init__(self, *, bold: bool, italic: bool) -> None:
        self._fonts = [_font(_LATO[bold, italic]), _font(_NOTO)]
        self._stand_ins = _font_of_stand_ins()
        self._number: dict[str, int] = {}
        self._widths: dict[str, float] = {}
        self.names = [str(font.fontName) for font in (*self._fonts, self._stand_ins)]

    def lacks(self, letter: str) -> bool:
        """Whether something else must stand for the letter."""
        return self._font_of(letter) == len(self._fonts)

    def width(self, text: str, size: float) -> float:
        """Points that the text takes on a line."""
        total = 0.0
        for letter in text:
            found = self._widths.get(letter)
            if found is None:
                name = self.names[self._font_of(letter)]
                found = self._widths[letter] = pdfmetrics.stringWidth(letter, name, 1)
            total += found
        return total * size

    def pieces(self, line: str) -> Iterator[Piece]:
        """The line cut where the font changes."""
        if line.isascii():
            if line:
                yield self.names[0], line
            return
        start, current = 0, None
        for index, letter in enumerate(line):
            number = self._font_of(letter)
            # Spaces and accents stay with the letter before them.
            if current is not None and (letter == " " or unicodedata.combining(letter)):
                continue
            if current is None:
                current = number
            elif number != current:
                yield self.names[current], line[start:index]
                start, current = index, number
        if current is not None:
            yield self.names[current], line[start:]

    def _font_of(self, letter: str) -> int:
        found = self._number.get(letter)
        if found is None:
            code = ord(letter)
            has = (number for number, font in enumerate(self._fonts) if code in _drawings(font))
            found = self._number[letter] = next(has, len(self._fonts))
            if found == len(self._fonts):
                face = self._stand_ins.face
                face.charToGlyph[code] = face.charToGlyph[_STAND_IN]
                face.charWidths[code] = face.charWidths[_STAND_IN]
        return found


@cache
def _face(bold: bool, italic: bool) -> Face:
    return Face(bold=bold, italic=italic)


@cache
def _font(file: str) -> Any:
    return _registered(TTFont(f"Dpdesk{file.partition('[')[0]}", io.BytesIO(font_file(file))))


def _registered(font: Any) -> Any:
    # Asked for a font that it does not know, reportlab reads every font of the computer first.
    if font.fontName in pdfmetrics.getRegisteredFontNames():
        return pdfmetrics.getFont(font.fontName)
    pdfmetrics.registerFont(font)
    return font


def _drawings(font: Any) -> dict[int, int]:
    drawings: dict[int, int] = font.face.charToGlyph
    return drawings


@cache
def _font_of_stand_ins() -> Any:
    """A font of one drawing, which may be given to any letter; the same for all documents."""
    font = TTFont("DpdeskStandIns", io.BytesIO(font_file(_NOTO)))
    known = font.face.charToGlyph
    font.face.charToGlyph = {code: known[code] for code in (ord(" "), _STAND_IN)}
    font.face.name = b"DpdeskStandIns"  # one name of a face would be taken for one font
    return _registered(font)
