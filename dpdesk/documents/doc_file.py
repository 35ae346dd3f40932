"""Where the words of a Word file of the old kind lie, and how they look; used inside workers only.

Source: Microsoft's [MS-DOC]. A file lies in pieces, and what is said of its letters lies in pages
of 512 bytes. Every number is checked before it is used; what makes no sense is left out.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_WORD: Final = 0xA5EC
_PAGE: Final = 512
_MOST_PIECES: Final = 2_000_000
_PAIRS: Final = 154
"""Where the list begins of what lies where in the table stream."""
NOTE_MARKS, NOTE_TEXTS, COMMENT_MARKS, COMMENT_TEXTS = 2, 3, 4, 5
HEADERS, _LETTERS, _PARAGRAPHS, _CLX, OWNERS = 11, 12, 13, 33, 36
END_MARKS, END_TEXTS, REVISERS, BOX_TEXTS, HEADER_BOX_TEXTS = 46, 47, 51, 56, 58
"""Places in that list."""
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, -1, 3)
_LONG_OPERAND: Final = 0xD608

# What is said of letters and paragraphs (single property modifiers).
_DELETED, _INSERTED, _CODE, _HIDDEN = 0x0800, 0x0801, 0x0802, 0x083C
_BOLD, _ITALIC, _STRUCK, _SPECIAL = 0x0835, 0x0836, 0x0837, 0x0855
_WHO_INSERTED, _WHO_DELETED, _PICTURE, _COLOUR, _OLD_COLOUR = 0x4804, 0x4863, 0x6A03, 0x6870, 0x2A42
_IN_TABLE, _ROW_ENDS, _SHADED = 0x2416, 0x2417, 0xCA71
_WHITE, _OLD_WHITE = 0x00FFFFFF, 8


@dataclass(slots=True)
class OldLetters:
    """How a run of letters looks, and whether it is shown."""

    deleted: bool = False
    inserted: bool = False
    hidden: bool = False
    bold: bool = False
    italic: bool = False
    struck: bool = False
    special: bool = False
    white: bool = False
    shaded: bool = False
    who: int = -1
    picture: int = -1


@dataclass(slots=True)
class OldParagraph:
    """What is said of a paragraph: its style, and whether it stands in a table."""

    style: int = 0
    in_table: bool = False
    row_ends: bool = False


@dataclass(slots=True)
class Runs:
    """Stretches of the file, each with what is said of it, found by a place within."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)

    def at(self, place: int) -> tuple[bytes, int]:
        """What is said at a place, and where that ends."""
        found = bisect_right(self.starts, place) - 1
        if found >= 0 and place < self.ends[found]:
            return self.said[found], self.ends[found]
        following = self.starts[found + 1] if found + 1 < len(self.starts) else 1 << 62
        return b"", following


class OldWord:
    """The streams of a file, opened. Raises ValueError or struct.error where they make no sense."""

    def __init__(self, main: bytes, tables: dict[str, bytes], data: bytes) -> None:
        self._main = main
        self.data = data
        if int.from_bytes(main[:2], "little") != _WORD:
            raise ValueError("not of Word 97 or newer")
        flags = int.from_bytes(main[0x0A:0x0C], "little")
        self._table = tables.get("1Table" if flags & 0x0200 else "0Table", b"")
        counts = struct.unpack_from("<8i", main, 0x4C)
        if any(count < 0 for count in counts):
            raise ValueError("a story of less than no length")
        names = (
            "body",
            "footnotes",
            "headers",
            "macros",
            "comments",
            "endnotes",
            "boxes",
            "hboxes",
        )
        self.stories: dict[str, tuple[int, int]] = {}
        start = 0
        for name, count in zip(names, counts, strict=True):
            self.stories[name] = (start, start + count)
            start += count
        self._pieces = list(self._read_pieces())
        self._first = [piece[0] for piece in self._pieces]
        self._letters = self._runs(_LETTERS, paragraphs=False)
        self._paragraphs = self._runs(_PARAGRAPHS, paragraphs=True)

    def part(self, number: int) -> bytes:
        """A part of the table stream, by its place in the list."""
        at = _PAIRS + 8 * number
        if at + 8 > len(self._main):
            return b""
        start, length = struct.unpack_from("<II", self._main, at)
        return self._table[start : start + length]

    def places(self, number: int, each: int) -> tuple[list[int], list[bytes]]:
        """A list of places in the text, and what is told of each in ``each`` bytes."""
        part = self.part(number)
        count = max(0, (len(part) - 4) // (4 + each))
        if not count:
            return [], []
        told = list(struct.unpack_from(f"<{count + 1}i", part))
        start = 4 * (count + 1)
        return told, [part[start + each * n : start + each * (n + 1)] for n in range(count)]

    def names(self, number: int) -> list[str]:
        """A list of names."""
        part = self.part(number)
        at = 6 if part[:2] == b"\xff\xff" else 0
        found: list[str] = []
        while at + 2 <= len(part) and len(found) < 10_000:
            length = int.from_bytes(part[at : at + 2], "little")
            found.append(part[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
            at += 2 + 2 * length
        return found

    def _read_pieces(self) -> Iterator[tuple[int, int, int, bool]]:
        """Each piece: its first and last place in the text, where it lies, and if it is narrow."""
        clx = self.part(_CLX)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
        if at >= len(clx) or clx[at] != 2:
            raise ValueError("no list of pieces")
        length = int.from_bytes(clx[at + 1 : at + 5], "little")
        plc = clx[at + 5 : at + 5 + length]
        count = min((len(plc) - 4) // 12, _MOST_PIECES)
        ends = struct.unpack_from(f"<{count + 1}i", plc)
        for number in range(count):
            told = int.from_bytes(plc[4 * (count + 1) + 8 * number + 2 :][:4], "little")
            single = bool(told & 0x40000000)
            place = (told & 0x3FFFFFFF) // 2 if single else told & 0x3FFFFFFF
            if ends[number] < ends[number + 1]:
                yield ends[number], ends[number + 1], place, single

    def _runs(self, number: int, *, paragraphs: bool) -> Runs:
        found = Runs()
        part = self.part(number)
        count = max(0, (len(part) - 4) // 8)
        for at in range(count):
            page = int.from_bytes(part[4 * (count + 1) + 4 * at :][:4], "little") & 0x3FFFFF
            content = self._main[_PAGE * page : _PAGE * (page + 1)]
            if len(content) == _PAGE:
                _page(content, found, paragraphs=paragraphs)
        order = sorted(range(len(found.starts)), key=found.starts.__getitem__)
        return Runs(
            [found.starts[n] for n in order],
            [found.ends[n] for n in order],
            [found.said[n] for n in order],
        )

    def runs(self, start: int, end: int) -> Iterator[tuple[int, str, OldLetters]]:
        """The text between two places in stretches of one look: the place, letters, look."""
        while start < end:
            at = bisect_right(self._first, start) - 1
            if at < 0:
                return
            first, last, place, single = self._pieces[at]
            if start >= last:
                return
            width = 1 if single else 2
            here = place + width * (start - first)
            said, until = self._letters.at(here)
            stop = min(last, end, start + max(1, (until - here) // width))
            content = self._main[here : here + width * (stop - start)]
            words = content.decode("cp1252" if single else "utf-16-le", "replace")
            yield start, words, letters(said)
            start = stop

    def paragraph(self, place: int) -> OldParagraph:
        """What is said of the paragraph that ends at that place of the text."""
        at = bisect_right(self._first, place) - 1
        if at < 0:
            return OldParagraph()
        first, _last, start, single = self._pieces[at]
        said, _until = self._paragraphs.at(start + (1 if single else 2) * (place - first))
        return _paragraph(said)


def _page(content: bytes, found: Runs, *, paragraphs: bool) -> None:
    count = content[-1]
    if 4 * (count + 1) + count * (13 if paragraphs else 1) > _PAGE - 1:
        return
    ends = struct.unpack_from(f"<{count + 1}I", content)
    for number in range(count):
        at = 4 * (count + 1) + number * (13 if paragraphs else 1)
        place = 2 * content[at]
        said = b""
        if place:
            length = content[place]
            if not paragraphs:
                said = content[place + 1 : place + 1 + length]
            elif length:
                said = content[place + 1 : place + 2 * length]
            else:
                said = content[place + 2 : place + 2 + 2 * content[place + 1]]
        if ends[number] < ends[number + 1]:
            found.starts.append(ends[number])
            found.ends.append(ends[number + 1])
            found.said.append(said)


def _modifiers(said: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 <= len(said):
        sprm = int.from_bytes(said[at : at + 2], "little")
        at += 2
        size = _OPERANDS[sprm >> 13]
        if size < 0:
            wide = 2 if sprm == _LONG_OPERAND else 1
            size = int.from_bytes(said[at : at + wide], "little") - (1 if wide == 2 else 0)
            at += wide
        yield sprm, said[at : at + max(size, 0)]
        at += max(size, 0)


def letters(said: bytes) -> OldLetters:
    """The look of letters."""
    found = OldLetters()
    flags = {
        _DELETED: "deleted", _INSERTED: "inserted", _HIDDEN: "hidden", _BOLD: "bold",
        _ITALIC: "italic", _STRUCK: "struck", _SPECIAL: "special",
    }  # fmt: skip
    for sprm, operand in _modifiers(said):
        value = int.from_bytes(operand, "little")
        if sprm in flags:
            setattr(found, flags[sprm], value in {1, 0x81})
        elif sprm in {_WHO_INSERTED, _WHO_DELETED}:
            found.who = value
        elif sprm == _PICTURE:
            found.picture = value
        elif sprm == _COLOUR:
            found.white = value == _WHITE
        elif sprm == _OLD_COLOUR:
            found.white = value == _OLD_WHITE
        elif sprm == _SHADED:
            found.shaded = True
    return found


def _paragraph(said: bytes) -> OldParagraph:
    found = OldParagraph(int.from_bytes(said[:2], "little"))
    for sprm, operand in _modifiers(said[2:]):
        if sprm == _IN_TABLE:
            found.in_table = any(operand)
        elif sprm == _ROW_ENDS:
            found.row_ends = any(operand)
    return found
