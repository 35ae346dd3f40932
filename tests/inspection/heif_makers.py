"""Photographs as telephones keep them, with a small copy or more beside the picture."""

from __future__ import annotations

import struct

from tests.documents.makers import HEIC


def _box(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def _inside(kind: bytes) -> bytes:
    """What is in a part of the plain photograph."""
    at = HEIC.index(kind)
    return HEIC[at + 4 : at - 4 + int.from_bytes(HEIC[at - 4 : at], "big")]


_PIXELS = _inside(b"mdat")
_MIRRORED = _box(b"imir", b"\x01")
_EXIF_START = b"\0\0\0\0"


def photograph(
    *, small: str = "", exif: bytes = b"", depth: bool = False, then: bytes = b""
) -> bytes:
    """A photograph; ``small`` is "same" or "other" for a small copy that shows that.

    The copy is the picture once more, "other" with left and right changed.
    """
    properties = _inside(b"ipco") + _MIRRORED
    usual = _inside(b"ipma")[10:]  # behind the number of the picture
    others = bytes([usual[0] + 1]) + usual[1:] + b"\x06"
    items = [(b"hvc1", _PIXELS, usual, b"")]
    if small:
        items.append((b"hvc1", _PIXELS, others if small == "other" else usual, b"thmb"))
    if depth:
        urn = _box(b"auxC", bytes(4) + b"urn:mpeg:mpegB:cicp:systems:auxiliary:depth\0")
        properties += urn
        items.append((b"hvc1", _PIXELS, bytes([usual[0] + 1]) + usual[1:] + b"\x07", b"auxl"))
    if exif:
        items.append((b"Exif", _EXIF_START + exif, b"", b"cdsc"))
    meta = _meta(items, properties, 0)
    start = 28 + len(_box(b"meta", meta)) + 8
    meta = _meta(items, properties, start)
    pixels = _box(b"mdat", b"".join(content for _kind, content, *_rest in items))
    return HEIC[:28] + _box(b"meta", meta) + pixels + then


def film() -> bytes:
    """The part of a film that says how long it is."""
    still = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    head = struct.pack(">IIIIIIH10x9I24xI", 0, 0, 0, 1000, 1000, 0x10000, 0x100, *still, 2)
    return _box(b"moov", _box(b"mvhd", head))


def _meta(items: list[tuple[bytes, bytes, bytes, bytes]], properties: bytes, start: int) -> bytes:
    places, about, told, links = b"", b"", b"", b""
    for number, (kind, content, of_it, link) in enumerate(items, 1):
        places += struct.pack(">HHIHII", number, 0, start, 1, 0, len(content))
        start += len(content)
        about += _box(b"infe", struct.pack(">IHH", 2 << 24, number, 0) + kind + b"\0")
        if of_it:
            told += struct.pack(">H", number) + of_it
        if link:
            links += _box(link, struct.pack(">HHH", number, 1, 1))
    count = sum(1 for each in items if each[2])
    return b"".join(
        (
            bytes(4),
            _box(b"hdlr", _inside(b"hdlr")),
            _box(b"pitm", _inside(b"pitm")),
            _box(b"iloc", bytes(4) + b"\x44\x40" + struct.pack(">H", len(items)) + places),
            _box(b"iinf", bytes(4) + struct.pack(">H", len(items)) + about),
            _box(b"iref", bytes(4) + links) if links else b"",
            _box(
                b"iprp",
                _box(b"ipco", properties)
                + _box(b"ipma", bytes(4) + struct.pack(">I", count) + told),
            ),
        )
    )
