"""Makes Excel workbooks of the old kind for the tests, record by record ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from tests.documents.mail_makers import Storage, compound


def record(kind: int, *pieces: bytes) -> bytes:
    """A record; further pieces go on in records of their own."""
    made = b"".join(
        struct.pack("<HH", kind if not n else 0x3C, len(piece)) + piece
        for n, piece in enumerate(pieces)
    )
    return made or struct.pack("<HH", kind, 0)


def string(words: str, width: int = 2) -> bytes:
    """A text: its length in letters, how wide they are, and they."""
    wide = not words.isascii()
    content = words.encode("utf-16-le" if wide else "latin-1")
    return len(words).to_bytes(width, "little") + bytes([wide]) + content


def begin(kind: int) -> bytes:
    """The beginning of a workbook (5), a sheet (16) or a chart (32)."""
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0x7CC, 0, 6))


def cell(row: int, column: int, value: str | float, form: int = 0) -> bytes:
    """A cell with words or a number."""
    head = struct.pack("<HHH", row, column, form)
    if isinstance(value, str):
        return record(0x204, head + string(value))
    return record(0x203, head + struct.pack("<d", value))


def font(colour: int = 0x7FFF, weight: int = 400) -> bytes:
    """A font of a colour."""
    return record(
        0x31, struct.pack("<HHHHHBBBB", 200, 0, colour, weight, 0, 0, 0, 0, 0) + string("A", 1)
    )


def form(font_number: int, code: int) -> bytes:
    """A look of cells: their font, and the number of their format."""
    return record(0xE0, struct.pack("<HHHBBBBIIH", font_number, code, 0, 0, 0, 0, 0, 0, 0, 0))


def drawing(words: str, kind: int = 6, *, parts: int = 1) -> bytes:
    """An object with words: a text box (6), a comment (25); the words in so many pieces."""
    about = struct.pack("<HHHHH", 0x15, 0x12, kind, 1, 0) + bytes(16)
    head = struct.pack("<HH6xHHI", 0x212, 0, len(words), 16, 0)
    step = -(-len(words) // parts)
    cut = [words[at : at + step] for at in range(0, len(words), step)]
    pieces = [
        bytes([not each.isascii()]) + each.encode("latin-1" if each.isascii() else "utf-16-le")
        for each in cut
    ]
    return record(0x5D, about) + record(0x1B6, head, *pieces, bytes(16))


def workbook(
    sheets: Mapping[str, bytes],
    *,
    more: Sequence[bytes] = (),
    states: Mapping[str, int] | None = None,
    folders: Storage | None = None,
) -> bytes:
    """A workbook of sheets, each with its records; ``more`` stands before all sheets."""
    opened = begin(5) + b"".join(more)
    bodies = {name: begin(16) + inside + record(10) for name, inside in sheets.items()}
    listed = [
        struct.pack("<BB", (states or {}).get(name, 0), 0) + string(name, 1) for name in bodies
    ]
    at = len(opened) + sum(8 + len(each) for each in listed) + 4
    for each, body in zip(listed, bodies.values(), strict=True):
        opened += record(0x85, struct.pack("<I", at) + each)
        at += len(body)
    content = opened + record(10) + b"".join(bodies.values())
    return compound({"Workbook": content, **(folders or {})})
