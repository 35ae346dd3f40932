"""A folder of an Office file of the old kind as a file of its own; used inside workers only.

Source: Microsoft's [MS-CFB]. An old Word document keeps a sheet that was put in as a folder of
streams, which are the streams of a workbook: as a file they are read like any other.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import olefile

_SIGN: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _TABLE, _TABLES = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_SECTOR, _SMALL, _LONG = 512, 64, 4096
"""Bytes of a sector and of a small one, and from where on a stream lies in whole sectors."""
_EACH: Final = _SECTOR // 4
_FIRST_TABLES: Final = 109
_MOST: Final = 5_000
"""Entries in one folder with all in it."""
_FOLDER, _STREAM, _ROOT = 1, 2, 5


@dataclass(slots=True)
class _Entry:
    """A line of the directory; ``left``, ``right`` and ``child`` are numbers of lines."""

    name: str
    kind: int
    mark: str = ""
    content: bytes = b""
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    size: int = 0


def of_folder(file: Any, path: list[str]) -> bytes:
    """The folder at that path of an open file, as a file.

    Raises what olefile raises where a stream of it cannot be read, and ValueError for a folder
    with more entries than anybody puts in.
    """
    folder = file.root
    for name in path:
        folder = next(kid for kid in folder.kids if kid.name == name)
    entries = [_Entry("Root Entry", _ROOT, folder.clsid)]
    entries[0].child = _within(file, path, folder, entries)
    return _laid_out(entries)


def _within(file: Any, path: list[str], folder: Any, entries: list[_Entry]) -> int:
    """Adds what is in a folder; the number of the entry in the middle."""
    numbers = []
    for kid in sorted(folder.kids, key=lambda each: (len(each.name), each.name.upper())):
        here = [*path, kid.name]
        if len(entries) >= _MOST:
            raise ValueError("a folder of too many entries")
        numbers.append(len(entries))
        if kid.entry_type == olefile.STGTY_STORAGE:
            made = _Entry(kid.name, _FOLDER, kid.clsid)
            entries.append(made)
            made.child = _within(file, here, kid, entries)
        else:
            entries.append(_Entry(kid.name, _STREAM, "", file.openstream(here).read()))
    return _halved(numbers, entries)


def _halved(numbers: list[int], entries: list[_Entry]) -> int:
    """Hangs entries, in their order, onto the one in the middle; its number."""
    if not numbers:
        return _FREE
    middle = len(numbers) // 2
    entries[numbers[middle]].left = _halved(numbers[:middle], entries)
    entries[numbers[middle]].right = _halved(numbers[middle + 1 :], entries)
    return numbers[middle]


def _laid_out(entries: list[_Entry]) -> bytes:
    sectors = bytearray()
    chains: list[int] = []
    small = bytearray()
    small_chains: list[int] = []

    def lay(content: bytes) -> int:
        return _chained(content, sectors, chains, _SECTOR)

    for entry in entries:
        entry.size = len(entry.content)
        if entry.size >= _LONG:
            entry.start = lay(entry.content)
        elif entry.size:
            entry.start = _chained(entry.content, small, small_chains, _SMALL)
    entries[0].start, entries[0].size = lay(bytes(small)), len(small)
    directory = lay(b"".join(map(_line, entries)))
    small_table = lay(_table(small_chains))
    tables, more = _tables(len(chains))
    at = len(chains)
    chains += [_TABLE] * tables + [_TABLES] * more
    sectors += _table(chains)
    places = list(range(at, at + tables))
    beyond = places[_FIRST_TABLES:]
    for number in range(more):
        part = beyond[number * (_EACH - 1) : (number + 1) * (_EACH - 1)]
        following = at + tables + number + 1 if number + 1 < more else _END
        part += [_FREE] * (_EACH - 1 - len(part))
        sectors += struct.pack(f"<{_EACH}I", *part, following)
    head = _SIGN + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<9I",
        0,
        tables,
        directory,
        0,
        _LONG,
        small_table,
        -(-len(small_chains) // _EACH),
        at + tables if more else _END,
        more,
    )
    first = places[:_FIRST_TABLES]
    head += struct.pack("<109I", *first, *[_FREE] * (_FIRST_TABLES - len(first)))
    return head + bytes(sectors)


def _chained(content: bytes, onto: bytearray, chains: list[int], width: int) -> int:
    """Lays content down in pieces of that width; where it begins."""
    if not content:
        return _END
    first = len(chains)
    count = -(-len(content) // width)
    onto += content.ljust(count * width, b"\0")
    chains.extend([*range(first + 1, first + count), _END])
    return first


def _table(chains: list[int]) -> bytes:
    """What follows on what, filled up to whole sectors."""
    count = -(-len(chains) // _EACH) * _EACH
    return struct.pack(f"<{count}I", *chains, *[_FREE] * (count - len(chains)))


def _tables(used: int) -> tuple[int, int]:
    """How many sectors the table takes that describes itself too, and the list of its sectors."""
    tables = more = 0
    while tables * _EACH < used + tables + more:
        tables += 1
        more = -(-max(0, tables - _FIRST_TABLES) // (_EACH - 1))
    return tables, more


def _line(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")[:62] + b"\0\0"
    mark = UUID(entry.mark).bytes_le if entry.mark else bytes(16)
    start = 0 if entry.kind == _FOLDER else entry.start
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(name), entry.kind, 1, entry.left, entry.right, entry.child)
        + mark
        + bytes(20)
        + struct.pack("<IQ", start, entry.size)
    )
