"""Pictures as office files of the old kind keep them; used inside workers only.

Source: Microsoft's [MS-ODRAW] 2.2.23. A picture is a record with its kind, marks of 16 bytes, and
its file; drawings of Windows are packed.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final

_RECORD: Final = re.compile(rb"..[\x1a-\x1f\x29\x2a]\xf0", re.DOTALL)
_DRAWINGS: Final = frozenset({0xF01A, 0xF01B, 0xF01C})
_TWO_MARKS: Final = frozenset({0x3D5, 0x217, 0x543, 0x46B, 0x6E3, 0x6E1, 0x7A9, 0x6E5})
"""Variants of a record that hold the mark of the picture twice."""
_VARIANTS: Final = _TWO_MARKS | {0x3D4, 0x216, 0x542, 0x46A, 0x6E2, 0x6E0, 0x7A8, 0x6E4}
_DIB, _HEAD = 0xF01F, b"BM"
_LONGEST: Final = 80_000_000
_MOST: Final = 2_000


def pictures(content: bytes) -> list[bytes]:
    """The pictures in a stretch of a file, each once, in their order."""
    found: dict[bytes, None] = {}
    at = 0
    while len(found) < _MOST and (record := _RECORD.search(content, at)) is not None:
        start = record.start()
        at = start + 1
        if start + 8 > len(content):
            break
        said, kind, length = struct.unpack_from("<HHI", content, start)
        if said & 0xF or said >> 4 not in _VARIANTS or length > len(content) - start - 8:
            continue
        marks = 32 if said >> 4 in _TWO_MARKS else 16
        picture = _picture(kind, content[start + 8 + marks : start + 8 + length])
        if picture:
            found[picture] = None
        at = start + 8 + length
    return list(found)


def _picture(kind: int, inside: bytes) -> bytes:
    if kind not in _DRAWINGS:
        picture = inside[1:]
        return with_head(picture) if kind == _DIB else picture
    if len(inside) < 34:
        return b""
    if inside[32]:  # as it is
        return inside[34:]
    try:
        return zlib.decompressobj().decompress(inside[34:], _LONGEST)
    except zlib.error:
        return b""


def with_head(content: bytes) -> bytes:
    """A bitmap with the first bytes that its file has, which some programs leave out."""
    if content.startswith(_HEAD) or len(content) < 40:
        return content
    head = int.from_bytes(content[:4], "little")
    bits = int.from_bytes(content[14:16], "little")
    used = int.from_bytes(content[32:36], "little")
    masks = 12 if head == 40 and int.from_bytes(content[16:20], "little") == 3 else 0
    colours = 4 * (used or (1 << bits if bits <= 8 else 0))
    start = 14 + head + masks + colours
    return _HEAD + struct.pack("<IHHI", 14 + len(content), 0, 0, start) + content
