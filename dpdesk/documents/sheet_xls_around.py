"""What stands around the cells of an old Excel workbook: drawings, charts, prompts, copies of data.

The library that reads the cells passes all of this over. Used inside workers only.

Source: Microsoft's [MS-XLS]. A workbook is one record after the other; every length is checked
before it is used, and what makes no sense is left out.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from dpdesk.documents import office_blips, office_old, sheet_xls_formulas
from dpdesk.documents.sheet_grid import Budget, Grid, GridCell
from dpdesk.documents.sheet_words import printed

_BEGIN, _END, _GOES_ON, _SHEET = 0x809, 0x0A, 0x3C, 0x85
_HEADER, _FOOTER, _TEXT, _OBJECT, _PROMPT = 0x14, 0x15, 0x1B6, 0x5D, 0x1BE
_CHART_TEXT, _BOOK, _CACHE, _CACHED, _OF_PIVOT = 0x100D, 0x1AE, 0x59, 0x5A, 0xCD
_PICTURES: Final = 0xEB
_NEWEST: Final = 0x600
_NOTE: Final = 0x19
"""The kind of object that shows a comment, whose words are told with its cell."""
_WORDS: Final = 0x17
_FAULTS: Final = (struct.error, IndexError, ValueError)
_MOST: Final = 100_000


@dataclass(slots=True)
class AroundOldSheet:
    """Words beside the cells of one sheet."""

    drawn: list[str] = field(default_factory=list)
    """Of text boxes, buttons and charts, in their order."""
    printed: list[str] = field(default_factory=list)
    """At the top or foot of its printed pages."""
    formulas: dict[str, None] = field(default_factory=dict)
    """Words that stand in formulas, each once."""
    prompts: list[str] = field(default_factory=list)
    """Shown, or offered, where a cell is chosen."""


@dataclass(slots=True)
class AroundOldBook:
    """The same of all sheets, by the place in the file where each begins, and copies of data."""

    sheets: dict[int, AroundOldSheet] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    named: list[tuple[str, str]] = field(default_factory=list)
    """What places are called and what names stand for, with what it is."""
    copies: list[Grid] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    """On all sheets together; on which one each lies is not asked."""


def read(content: bytes, seen: set[str], budget: Budget) -> AroundOldBook:
    """What stands around the cells; nothing of a workbook older than Excel 97.

    ``seen`` are words that the sheets show; a copy of nothing else is none. Raises UnreadableFile
    where copies have too many cells.
    """
    with office_old.opened(content) as file:
        streams = office_old.streams(file) if file is not None else {}
        caches = list(office_old.under(file, "_SX_DB_CUR")) if file is not None else []
    book = AroundOldBook()
    _Reader(book, budget).read(streams.get("Workbook", b""))
    for cache in caches:
        grid = Grid("data kept for a pivot table", "hidden")
        for row, words in enumerate(_kept(cache)):
            budget.spend()
            grid.put(row, 0, GridCell(words))
        if any(cell.text not in seen for row in grid.rows.values() for cell in row.values()):
            book.copies.append(grid)
    return book


class _Reader:
    """Goes through a workbook record by record."""

    def __init__(self, book: AroundOldBook, budget: Budget) -> None:
        self._book = book
        self._budget = budget
        self._depth = 0
        self._sheet = AroundOldSheet()
        self._kind = 0
        self._source = ""
        self._titles: list[str] = []
        self._grid: Grid | None = None
        self._pictures = bytearray()

    def read(self, content: bytes) -> None:
        """All of it. What is damaged ends with its record."""
        for place, kind, pieces in _records(content):
            if kind == _BEGIN:
                if int.from_bytes(pieces[0][:2], "little") != _NEWEST:
                    return
                self._depth += 1
                if self._depth == 1:
                    self._sheet = self._book.sheets.setdefault(place, AroundOldSheet())
            elif kind == _END:
                self._depth = max(0, self._depth - 1)
            else:
                with contextlib.suppress(*_FAULTS):
                    self._record(kind, pieces)
        self._book.pictures = office_blips.pictures(bytes(self._pictures))

    def _record(self, kind: int, pieces: list[bytes]) -> None:
        content = b"".join(pieces)
        if kind == _SHEET:
            place = int.from_bytes(content[:4], "little")
            self._book.names[place] = _string(content, 6, 1)[0]
        elif kind in {_HEADER, _FOOTER} and content and self._depth == 1:
            self._sheet.printed += printed(_string(content, 0, 2)[0])
        elif kind == _PICTURES:
            self._pictures += content
        elif kind in sheet_xls_formulas.KINDS and len(self._sheet.formulas) < _MOST:
            told = sheet_xls_formulas.in_formula(kind, content)
            self._sheet.formulas.update(dict.fromkeys(told))
        elif kind == _OBJECT:
            self._kind = int.from_bytes(content[4:6], "little")
        elif kind == _TEXT and self._kind != _NOTE:
            _put(self._sheet.drawn, _drawn(pieces))
        elif kind == _CHART_TEXT:
            _put(self._sheet.drawn, _string(content, 2, 1)[0])
        elif kind == _PROMPT:
            for words in _prompts(content):
                _put(self._sheet.prompts, words)
        else:
            self._copied(kind, content)

    def _copied(self, kind: int, content: bytes) -> None:
        """What the workbook keeps of cells of other files."""
        if kind == sheet_xls_formulas.NAME:
            self._book.named += sheet_xls_formulas.of_name(content)
        elif kind == _BOOK:
            count = int.from_bytes(content[:2], "little")
            self._source, at = _string(content, 2, 2)
            self._titles = []
            for _ in range(count):
                title, at = _string(content, at, 2)
                self._titles.append(title)
        elif kind == _CACHE:
            at = int.from_bytes(content[2:4], "little")
            title = self._titles[at] if at < len(self._titles) else ""
            source = "".join(sign if sign >= " " else "/" for sign in self._source).strip("/")
            self._grid = Grid(f"from {source}, sheet “{title}”", "hidden")
            self._book.copies.append(self._grid)
        elif kind == _CACHED and self._grid is not None:
            last, first, row = struct.unpack_from("<BBH", content)
            at = 4
            for column in range(first, last + 1):
                words, at = _value(content, at)
                self._budget.spend()
                self._grid.put(row, column, GridCell(words))


def _records(content: bytes) -> Iterator[tuple[int, int, list[bytes]]]:
    """Each record: its place, its kind, and its content in the pieces that it lies in."""
    at = 0
    waiting: tuple[int, int, list[bytes]] | None = None
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        piece = content[at + 4 : at + 4 + length]
        if kind == _GOES_ON and waiting is not None:
            if len(waiting[2]) < _MOST:
                waiting[2].append(piece)
        else:
            if waiting is not None:
                yield waiting
            waiting = (at, kind, [piece])
        at += 4 + length
    if waiting is not None:
        yield waiting


def _string(content: bytes, at: int, width: int) -> tuple[str, int]:
    """A text whose length takes ``width`` bytes, and where it ends.

    Raises IndexError at the end.
    """
    count = int.from_bytes(content[at : at + width], "little")
    at += width
    if not count and width == 2 and at >= len(content):
        return "", at
    flags = content[at]
    wide = 2 if flags & 1 else 1
    runs = int.from_bytes(content[at + 1 : at + 3], "little") if flags & 8 else 0
    at += 1 + (2 if flags & 8 else 0)
    more = int.from_bytes(content[at : at + 4], "little") if flags & 4 else 0
    at += 4 if flags & 4 else 0
    words = content[at : at + wide * count]
    text = words.decode("utf-16-le" if wide == 2 else "latin-1", "replace")
    return text, at + wide * count + 4 * runs + more


def _drawn(pieces: list[bytes]) -> str:
    """The words of a drawing; each piece that they lie in says anew how wide its letters are."""
    left = int.from_bytes(pieces[0][10:12], "little")
    found = ""
    for piece in pieces[1:]:
        if left <= 0 or not piece:
            break
        wide = piece[0] & 1
        words = piece[1:].decode("utf-16-le" if wide else "latin-1", "replace")[:left]
        found += words
        left -= len(words)
    return found


def _prompts(content: bytes) -> Iterator[str]:
    """Title and words of what is shown, and the list to choose from."""
    at = 4
    for _ in range(4):
        words, at = _string(content, at, 2)
        yield words.replace("\0", "")
    formula = content[at + 4 : at + 4 + int.from_bytes(content[at : at + 2], "little")]
    if formula[:1] == bytes([_WORDS]):
        yield ", ".join(_string(formula, 1, 1)[0].split("\0"))


def _value(content: bytes, at: int) -> tuple[str, int]:
    """A cell of another file, and where it ends."""
    kind = content[at]
    if kind == 2:
        return _string(content, at + 1, 2)
    words = ""
    if kind == 1:
        words = f"{struct.unpack_from('<d', content, at + 1)[0]:g}"
    elif kind == 4:
        words = "TRUE" if content[at + 1] else "FALSE"
    return words, at + 9


def _kept(cache: bytes) -> Iterator[str]:
    """The words that a pivot table keeps."""
    for _place, kind, pieces in _records(cache):
        if kind == _OF_PIVOT:
            with contextlib.suppress(*_FAULTS):
                yield _string(b"".join(pieces), 0, 2)[0]


def _put(found: list[str], words: str) -> None:
    plain = words.replace("\r", "\n").strip()
    if plain and len(found) < _MOST:
        found.append(plain)


def by_name(book: AroundOldBook) -> Mapping[str, AroundOldSheet]:
    """What stands around each sheet, by its name."""
    return {name: book.sheets[place] for place, name in book.names.items() if place in book.sheets}
