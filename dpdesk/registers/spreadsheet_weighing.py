"""Looks at an xlsx file before it is parsed: whether it is one, and whether it can be borne.

A workbook is a folder of XML, packed. Forty kilobytes may hold nine million cells, so what is in
it is counted while it is unpacked bit by bit, which costs no memory, and before anything is built.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_parts import SAVE_AS

UNPACKED: Final = 80 * 1024 * 1024
"""Bytes of the whole file, unpacked: what one row more than allowed could need, and no bomb."""
MOST_PARTS: Final = 2_000
_BIT: Final = 1 << 18
_LONGEST_TEXT: Final = 400_000
"""Bytes without a tag: a cell holds 32,767 characters, of which none needs more than ten."""
_WIDEST: Final = 16_384
"""Cells of a row that the file format knows."""
_CELL: Final = re.compile(rb"<(?:[A-Za-z_]\w{0,20}:)?c(?=[\s/>])")
_ROW: Final = re.compile(rb"<(?:[A-Za-z_]\w{0,20}:)?row(?=[\s/>])")
_LONGEST_TAG: Final = 30  # bytes of what the expressions above look at


@dataclass(frozen=True, slots=True)
class _Most:
    """How many tags of a kind of part can be borne."""

    tags: int
    name: re.Pattern[str]


_PARTS: Final = (
    _Most(4_000_000, re.compile(r"worksheets/[^/]*$")),
    _Most(2_500_000, re.compile(r"sharedStrings[^/]*$", re.IGNORECASE)),
    # Formats, names, relations, drawings: 64,000 formats is what a spreadsheet program allows.
    _Most(500_000, re.compile(r"")),
)


def weigh(whole: zipfile.ZipFile) -> None:
    """Raises UnreadableFile where the file is no workbook or more than can be borne.

    What ``zipfile`` raises for damaged archives comes through.
    """
    parts = whole.infolist()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile("This file is not a spreadsheet that can be read here.", SAVE_AS)
    # The sizes may lie, but then reading stops at what they say.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise _too_large()
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _weigh_part(whole, part)


def _weigh_part(whole: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    most = next(each.tags for each in _PARTS if each.name.search(part.filename))
    tags = text = wide = 0
    before = b""
    with whole.open(part) as stream:
        while bit := stream.read(_BIT):
            if b"\0" in bit or b"<!DOCTYPE" in before + bit:
                # Written by no spreadsheet program, and meant for a parser to trip over.
                raise UnreadableFile("This spreadsheet is damaged and cannot be read.", SAVE_AS)
            pieces = bit.split(b"<")
            tags += len(pieces) - 1
            longest = max(text + len(pieces[0]), *map(len, pieces))
            text = len(pieces[-1]) + (text if len(pieces) == 1 else 0)
            wide = _widest(before, bit, wide)
            if tags > most or longest > _LONGEST_TEXT or wide > _WIDEST:
                raise _too_large()
            before = bit[-_LONGEST_TAG:]


def _widest(before: bytes, bit: bytes, wide: int) -> int:
    """Cells since the last row began; more than ``_WIDEST`` where any row had more."""
    seen = before + bit
    # A tag that lies over the seam is counted with the bit in which it ends.
    start = max(0, len(before) - _LONGEST_TAG)
    rows = [found.start() for found in _ROW.finditer(seen, start) if found.end() >= len(before)]
    edges = [0, *rows, len(seen)]
    for place, (left, right) in enumerate(pairwise(edges)):
        inside = sum(1 for found in _CELL.finditer(seen, left, right) if found.end() >= len(before))
        wide = inside if place else wide + inside
        if wide > _WIDEST:
            return wide
    return wide


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        "This spreadsheet is too large for an import.",
        "Split it into parts, or copy the cells you need into a new spreadsheet.",
    )
