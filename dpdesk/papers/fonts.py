"""Letters: which font prints which character, and how wide it is.

Every name is printed as its owner writes it. Lato is the house font; a letter that it
lacks is taken from Noto Sans, then from the fonts of the computer (``system_fonts``); a letter
that none has is spelled out in square brackets, so that a paper never shows an empty box and
never loses a letter in silence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import fontpkg_lato
import fontpkg_noto_sans
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from dpdesk.law.accents import in_form

from . import system_fonts

Face = Literal["regular", "medium", "bold", "italic", "bold italic"]

# Bytes may stand in a PDF as they are. Spelt in letters, as for the mail of long ago, a picture
# takes a quarter more room and far longer.
rl_config.useA85 = 0

_LATO = Path(fontpkg_lato.ROOT) / "files"
_NOTO = Path(fontpkg_noto_sans.ROOT) / "files"
_FILES: dict[str, Path] = {
    "Lato": _LATO / "Lato-Regular.ttf",
    "Lato-SemiBold": _LATO / "Lato-SemiBold.ttf",
    "Lato-Bold": _LATO / "Lato-Bold.ttf",
    "Lato-Italic": _LATO / "Lato-Italic.ttf",
    "Lato-BoldItalic": _LATO / "Lato-BoldItalic.ttf",
    # The variable files draw their regular weight here; reportlab knows no other.
    "NotoSans": _NOTO / "NotoSans[wdth,wght].ttf",
    "NotoSans-Italic": _NOTO / "NotoSans-Italic[wdth,wght].ttf",
}
_CHAINS: dict[Face, tuple[str, ...]] = {
    "regular": ("Lato", "NotoSans"),
    "medium": ("Lato-SemiBold", "NotoSans"),
    "bold": ("Lato-Bold", "NotoSans"),
    "italic": ("Lato-Italic", "NotoSans-Italic", "NotoSans"),
    "bold italic": ("Lato-BoldItalic", "NotoSans-Italic", "NotoSans"),
}
# Scripts whose letters join or change place: set one by one they can be read but are not
# as their owner writes them, and the reader is told so.
_UNJOINED = ("DEVANAGARI",)
# Cc control, Cf invisible formatting (also the marks that turn the reading direction, which
# could make a name look like another), Cs half a character.
_NO_INK = frozenset({"Cc", "Cf", "Cs"})


_LAST = 0xFFFF


def file_of(face: Face) -> str:
    """The file of the house font, for pictures."""
    return str(_FILES[_CHAINS[face][0]])


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font prints, in reading order."""

    font: str
    text: str


@cache
def _font(name: str) -> Any:
    """The font of that name, read from its package once and made known to reportlab."""
    path = _FILES.get(name) or Path(name)
    font = TTFont(name, str(path), shapable=False)
    pdfmetrics.registerFont(font)
    return font


@cache
def _glyphs(name: str) -> dict[int, int]:
    """Character to glyph for one font; a glyph of 0 would be the empty box.

    A font of the computer that cannot be read, or whose outlines cannot be embedded, has none.
    """
    try:
        _font(name)
    except (TTFError, OSError):
        if name in _FILES:
            raise
        return {}
    found = _font(name).face.charToGlyph.items()
    # Beyond U+FFFF reportlab writes a table from which other letters would be copied.
    return {code: glyph for code, glyph in found if glyph and code <= _LAST}


@cache
def _font_for(face: Face, char: str) -> str | None:
    """The first font of the face's chain, or else of the computer, that has the character."""
    code = ord(char)
    chain: Iterable[str] = _CHAINS[face]
    if system_fonts.may_be_lent(char):
        chain = (*chain, *map(str, system_fonts.lenders()))
    return next((name for name in chain if code in _glyphs(name)), None)


class _Advances(dict[str, float]):
    """Width of a character at one point, looked up once for each character."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face: Face = face

    def __missing__(self, char: str) -> float:
        name = _font_for(self.face, char)
        wide = 0.0
        if name is not None:
            face = _font(name).face
            wide = face.charWidths.get(ord(char), face.defaultWidth) / 1000
        self[char] = wide
        return wide


@cache
def advances(face: Face) -> dict[str, float]:
    """Widths of characters in this face at a size of one point."""
    return _Advances(face)


def width(text: str, face: Face, size: float) -> float:
    """Width in points of a text that ``printable`` has passed."""
    return sum(map(advances(face).__getitem__, text)) * size


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """Splits a text that ``printable`` has passed into runs of one font each.

    An accent that stands for itself stays in the font of the letter it sits on.
    """
    if text.isascii():
        _font(_CHAINS[face][0])
        return (Run(_CHAINS[face][0], text),)
    found: list[tuple[str, str]] = []
    for char in text:
        name = _font_for(face, char)
        if name is None:
            continue
        before = found[-1][0] if found else name
        if (unicodedata.combining(char) or char == " ") and ord(char) in _glyphs(before):
            name = before
        found.append((name, char))
    return tuple(
        Run(name, "".join(char for _, char in group))
        for name, group in groupby(found, key=lambda pair: pair[0])
    )


def printable(text: str) -> str:
    """The text as it can be printed: composed accents, no invisible characters, no gaps.

    Letters that no font has are spelled out in brackets, neighbours together:
    ``[Hangul gim, min]``. Line breaks stay, tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    text = in_form("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    text = "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in _NO_INK
    )
    text = "".join(" " if unicodedata.category(c) == "Zs" and c != "\u00a0" else c for c in text)
    parts: list[str] = []
    for known, group in groupby(text, key=_has_glyph):
        piece = "".join(group)
        parts.append(piece if known else spelled(piece))
    return "".join(parts)


def _has_glyph(char: str) -> bool:
    return char == "\n" or _font_for("regular", char) is not None


def spelled(letters: str) -> str:
    """The names of letters that cannot be printed, in brackets: ``[Arabic meem, hah]``."""
    names: list[str] = []
    before = ""
    for char in letters:
        script, name = _letter_name(char)
        names.append(name if script == before else f"{script} {name}".strip())
        before = script
    return "[" + ", ".join(names) + "]"


def _letter_name(char: str) -> tuple[str, str]:
    """Script and short name of a letter, as its reader might say it."""
    full = unicodedata.name(char, "")
    if full.startswith("CJK UNIFIED IDEOGRAPH"):
        return "Chinese character", f"U+{ord(char):04X}"
    for kind in (" LETTER ", " SYLLABLE ", " CHARACTER ", " VOWEL SIGN ", " SIGN "):
        script, found, name = full.partition(kind)
        if found:
            return script.capitalize(), name.lower()
    return ("", full.lower()) if full else ("character", f"U+{ord(char):04X}")


def warnings_for(text: str) -> tuple[str, ...]:
    """What a reader must know about letters in this text that are not printed as written."""
    if text.isascii():
        return ()
    found: list[str] = []
    composed = in_form("NFC", text)
    if any(
        unicodedata.category(c) not in _NO_INK | {"Zs", "Zl", "Zp"} and not _has_glyph(c)
        for c in composed
    ):
        found.append(
            "Some letters are spelled out in square brackets because no font on this "
            "computer has them. "
            "Write them in by hand before the paper leaves the school."
        )
    if any(unicodedata.name(c, "").startswith(_UNJOINED) for c in composed):
        found.append(
            "Letters of Devanagari are printed one by one and not joined. "
            "Check the name with its owner before the paper leaves the school."
        )
    return tuple(found)
