"""The words that stay, laid unseen over a page so that it can be searched and read aloud.

Each word is set alone, at a place rounded to half a point and with a width rounded to a
point, in a font of our own without a single drawn glyph. Nothing of how the source set its
letters survives: no font, no kerning, no order of drawing.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dpdesk.documents.pages import Page, Word
from dpdesk.law.accents import in_form
from dpdesk.law.direction import turned_round

ADVANCE = 500
"""Width of every glyph, in thousandths of the font size."""
_DESCENT = 0.2
_STEP = 2  # places are kept in halves of a point
_JOINERS = "\u200c\u200d"
_UNREADABLE = "\ufffd"  # stands for a sign whose letter the source does not tell
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"\s+")
_PLANE_END = "\uffff"
_ASTRAL_FIRST = 0xE000  # private-use codes carry characters beyond the first plane
_ASTRAL_CODES = 0xF8FF - _ASTRAL_FIRST + 1


@dataclass(frozen=True, slots=True)
class PagePlacing:
    """How a page as seen lies in the bundle's page: scale, left edge and height of the page."""

    scale: float
    left: float
    height: float

    def across(self, x: float) -> float:
        """The PDF x of a place on the page as seen."""
        return self.left + self.scale * x

    def up(self, y: float) -> float:
        """The PDF y of a place on the page as seen."""
        return self.height - self.scale * y


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """One word as it will be set: size and stretch (percent), turned or not, start and text."""

    size: int
    stretch: int
    turned: bool
    x: float
    y: float
    text: str


def clean(text: str) -> str:
    """The characters of a word that a reader can see.

    Control and formatting characters, private codes and tags are dropped: they can carry
    hidden text. Joiners stay where they stand alone between two letters, as in Persian names.
    """
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    seen = [
        sign
        for sign in _SPACES.sub(" ", text).strip()
        if sign in _JOINERS or (sign != _UNREADABLE and unicodedata.category(sign) not in _UNSEEN)
    ]
    kept: list[str] = []
    for place, sign in enumerate(seen):
        if sign in _JOINERS:
            after = seen[place + 1 : place + 2]
            if not kept or kept[-1] in _JOINERS or not after or after[0] in _JOINERS:
                continue
        kept.append(sign)
    # Composed last: what was dropped may have stood between a letter and its accent.
    composed = in_form("NFC", "".join(kept))
    return _SPACES.sub(" ", composed).strip(_JOINERS + " ")


def place_words(words: Sequence[Word], page: Page, frame: PagePlacing) -> tuple[PlacedWord, ...]:
    """Where each word is set, in reading order, the words of a line on one baseline."""
    kept = Page(page.width, page.height, tuple(words), page.kind)
    placed: list[PlacedWord] = []
    for line in kept.lines():
        base: float | None = None
        for word in line:
            text = clean(word.text)
            if not text:
                continue
            one = _place(text, word, frame)
            if base is not None and not one.turned and abs(one.y - base) < 0.15 * one.size:
                one = PlacedWord(one.size, one.stretch, False, one.x, base, text)
            elif not one.turned:
                base = one.y
            placed.append(one)
    return tuple(placed)


def _place(text: str, word: Word, frame: PagePlacing) -> PlacedWord:
    width, height = word.box.width * frame.scale, word.box.height * frame.scale
    turned = height > 2.5 * width and len(text) > 2
    if turned:
        width, height = height, width
    size = max(1, round(height))
    length = max(1, round(width))
    stretch = min(1000, max(5, round(100 * length / (len(text) * size * ADVANCE / 1000))))
    if turned:
        x = frame.across(word.box.x1) - _DESCENT * size
    else:
        x = frame.across(word.box.x0)
    y = frame.up(word.box.y1) + (0.0 if turned else _DESCENT * size)
    return PlacedWord(size, stretch, turned, _rounded(x), _rounded(y), text)


def _rounded(value: float) -> float:
    return math.floor(value * _STEP + 0.5) / _STEP


def astral_signs(words: Iterable[Word]) -> set[str]:
    """The characters beyond the first plane (emoji, rare letters) that need a code of their own."""
    return {sign for word in words for sign in word.text if sign > "\uffff"}


def codes_for(signs: Iterable[str], known: dict[str, int]) -> dict[str, int]:
    """Adds a private code to ``known`` for each sign that has none; full means no code.

    Which code follows from the sign and not from its turn: a gap in codes that are counted would
    tell that a sign was removed, and between which others it stood.
    """
    for sign in sorted(signs):
        if sign not in known and len(known) < _ASTRAL_CODES:
            taken = set(known.values())
            turns = ((ord(sign) + turn) % _ASTRAL_CODES for turn in range(_ASTRAL_CODES))
            codes = (_ASTRAL_FIRST + turn for turn in turns)
            known[sign] = next(code for code in codes if code not in taken)
    return {sign: known[sign] for sign in signs if sign in known}


def content(placed: Iterable[PlacedWord], codes: Mapping[str, int]) -> bytes:
    """The drawing instructions that set the words unseen; empty where there are none."""
    lines = []
    for word in placed:
        matrix = "0 1 -1 0" if word.turned else "1 0 0 1"
        lines.append(
            f"/F {word.size} Tf {word.stretch} Tz {matrix} {word.x:g} {word.y:g} Tm "
            f"<{_hex(turned_round(word.text) + ' ', codes)}> Tj\n"
        )
    if not lines:
        return b""
    return ("BT\n3 Tr\n" + "".join(lines) + "ET\n").encode("ascii")


def _hex(text: str, codes: Mapping[str, int]) -> str:
    if text.isascii():
        return "00" + text.encode("ascii").hex("-", 1).replace("-", "00")
    return "".join(
        f"{ord(sign) if sign <= _PLANE_END else codes.get(sign, 0xFFFD):04x}" for sign in text
    )


def used_codes(placed: Iterable[PlacedWord], codes: Mapping[str, int]) -> dict[int, str]:
    """Which code stands for which character in these words."""
    signs = set().union(*(word.text for word in placed), " ")
    used: dict[int, str] = {}
    for sign in signs:
        if sign <= "\uffff":
            used[ord(sign)] = sign
        elif sign in codes:
            used[codes[sign]] = sign
        else:
            used[0xFFFD] = "\ufffd"
    return used


def to_unicode(used: Mapping[int, str]) -> bytes:
    """The table from which readers learn what each code says."""
    rows = [
        f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>"
        for code, sign in sorted(used.items())
    ]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Unseen def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    parts = [head]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        parts.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "".join(parts).encode("ascii")


def glyphless_font() -> bytes:
    """A TrueType font with two empty glyphs: everything set in it is unseen in any reader.

    It has the six tables that PDF asks for in an embedded TrueType font, and no more.
    """
    up, down = 800, -200
    head = struct.pack(">IIIIHHqq", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0)
    head += struct.pack(">hhhhHHhhh", 0, down, ADVANCE, up, 0, 8, 2, 0, 0)
    hhea = struct.pack(">IhhhH", 0x10000, up, down, 0, ADVANCE)
    hhea += struct.pack(">11hH", 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    return _assemble(
        {
            b"glyf": bytes(4),
            b"head": head,
            b"hhea": hhea,
            b"hmtx": struct.pack(">Hhh", ADVANCE, 0, 0),
            b"loca": struct.pack(">HHH", 0, 0, 0),
            b"maxp": struct.pack(">I14H", 0x10000, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        }
    )


def _assemble(tables: Mapping[bytes, bytes]) -> bytes:
    """Puts the tables of a TrueType font together with their directory and checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    search = power * 16, power.bit_length() - 1, (count - power) * 16
    directory = struct.pack(">IHHHH", 0x10000, count, *search)
    offset = 12 + 16 * count
    body = b""
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        directory += tag + struct.pack(">III", _checksum(padded), offset + len(body), len(table))
        body += padded
    font = directory + body
    place = font.index(tables[b"head"]) + 8
    adjustment = (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF
    return font[:place] + struct.pack(">I", adjustment) + font[place + 4 :]


def _checksum(table: bytes) -> int:
    longs: tuple[int, ...] = struct.unpack(f">{len(table) // 4}I", table)
    return sum(longs) & 0xFFFFFFFF
