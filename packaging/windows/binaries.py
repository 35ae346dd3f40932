"""Reads what a program or library of Windows asks of others, and what it offers them.

Only the few tables that are needed, straight from the file: so it is known without Windows whether
everything that the program loads is there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_EXPORTS, _IMPORTS, _DELAYED = 0, 1, 13
_SIX_FOUR: Final = 0x20B
_BY_NUMBER: Final = 1 << 63


class NoBinary(ValueError):
    """The file is no 64-bit program or library of Windows."""


@dataclass(frozen=True, slots=True)
class Binary:
    """What one file asks for and offers."""

    imports: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of functions by the library that must be there when it is loaded; small letters."""
    delayed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The same, of libraries that are looked for only when they are needed."""
    exports: frozenset[str] = frozenset()


class _Image:
    """The bytes of a file, by the addresses that they get in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        if content[:2] != b"MZ":
            raise NoBinary
        (start,) = struct.unpack_from("<I", content, 0x3C)
        if content[start : start + 4] != b"PE\0\0":
            raise NoBinary
        count, optional = struct.unpack_from("<2xH12xH", content, start + 4)
        header = start + 24
        if struct.unpack_from("<H", content, header)[0] != _SIX_FOUR:
            raise NoBinary
        (tables,) = struct.unpack_from("<I", content, header + 108)
        self.tables = [
            struct.unpack_from("<II", content, header + 112 + 8 * number)
            for number in range(tables)
        ]
        self.sections = []
        for number in range(count):
            at = header + optional + 40 * number
            size, address, length, place = struct.unpack_from("<8xIIII", content, at)
            self.sections.append((address, max(size, length), place))

    def at(self, address: int) -> int:
        """Where in the file an address lies."""
        for begin, size, place in self.sections:
            if begin <= address < begin + size:
                return int(place + address - begin)
        raise NoBinary

    def table(self, number: int) -> int:
        """The address of one of the tables, 0 where there is none."""
        return self.tables[number][0] if number < len(self.tables) else 0

    def text(self, address: int) -> str:
        """A name that ends with a nought."""
        begin = self.at(address)
        return self.content[begin : self.content.index(b"\0", begin)].decode("ascii", "replace")

    def names(self, address: int) -> Iterator[str]:
        """The functions that are asked of one library; those asked for by number as #number."""
        place = self.at(address)
        while True:
            (value,) = struct.unpack_from("<Q", self.content, place)
            if not value:
                return
            yield f"#{value & 0xFFFF}" if value & _BY_NUMBER else self.text(value + 2)
            place += 8


def _asked(
    image: _Image, number: int, shape: str, name_at: int, names_at: int
) -> dict[str, tuple[str, ...]]:
    asked: dict[str, tuple[str, ...]] = {}
    address = image.table(number)
    if not address:
        return asked
    place = image.at(address)
    while True:
        row = struct.unpack_from(shape, image.content, place)
        if not row[name_at]:
            return asked
        library = image.text(row[name_at]).lower()
        asked[library] = asked.get(library, ()) + tuple(image.names(row[names_at] or row[-1]))
        place += struct.calcsize(shape)


def read(path: Path) -> Binary:
    """What a file asks for and offers. Raises NoBinary."""
    image = _Image(path.read_bytes())
    exports: set[str] = set()
    address = image.table(_EXPORTS)
    if address:
        count, _functions, names = struct.unpack_from("<24xIII", image.content, image.at(address))
        for number in range(count):
            (name,) = struct.unpack_from("<I", image.content, image.at(names + 4 * number))
            exports.add(image.text(name))
    return Binary(
        # Look-up table, time, forwarder, name, address table.
        _asked(image, _IMPORTS, "<IIIII", 3, 0),
        # Attributes, name, handle, address table, name table, bound, unload, time.
        _asked(image, _DELAYED, "<IIIIIIII", 1, 4),
        frozenset(exports),
    )


def binaries(folder: Path) -> list[Path]:
    """Every program and library below a folder."""
    found = [each for each in folder.rglob("*") if each.suffix.lower() in {".dll", ".pyd", ".exe"}]
    return sorted(each for each in found if each.is_file())
