"""The bare picture of a JPEG: its own compression kept, and nothing that hangs around it."""

from __future__ import annotations

import io
import re
from typing import Final

from PIL import Image

# What ends the packed pixels of a JPEG scan: a marker that is no restart marker. Within them, FF
# stands only before 00, before a restart marker, or as a fill byte before another FF.
_AFTER_PIXELS: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length: they say nothing outside of the pixels."""
_RARE: Final = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Pixels packed without loss or by arithmetic; only the usual ways are drawn everywhere."""


_BEGINS: Final = re.compile(rb"\xff\xd8[^\xff]{0,1000}(?=\xff[\xc0-\xcf\xda-\xef\xfe\xff])")
"""Where a picture begins, with the rubbish that may stand before its first part."""
_OF_ADOBE: Final = b"\xff\xee"
_ADOBE_LEAST: Final = 14
"""Bytes of the mark by which Adobe says how colours are meant; fewer say nothing."""


def mended(content: bytes) -> bytes:
    """The same without what stops its reader, though every viewer shows it.

    That is rubbish before the first part, and a mark of Adobe that is cut off.
    """
    begun = _BEGINS.match(content)
    if begun is None:
        return content
    rest = content if begun.end() == 2 else b"\xff\xd8" + content[begun.end() :]
    at = 2
    while rest[at : at + 1] == b"\xff" and 0xE0 <= rest[at + 1] <= 0xEF:
        long = int.from_bytes(rest[at + 2 : at + 4], "big")
        if rest[at : at + 2] == _OF_ADOBE and 2 <= long < _ADOBE_LEAST:
            rest = rest[:at] + rest[at + 2 + long :]
            continue
        at += 2 + max(2, long)
    return rest


def bare(content: bytes) -> bytes | None:
    """The picture alone; None where it would show something other than the whole file shows."""
    try:
        kept = bare_jpeg(content)
    except ValueError:
        return None
    return kept if _small(content) == _small(kept) else None


def bare_jpeg(content: bytes) -> bytes:
    """The picture alone: without EXIF, comments, previews, and what hangs behind its end.

    Rubbish between its parts is passed over, as every viewer does. Raises ValueError where the
    picture has no end, or is packed in one of the rare ways.
    """
    kept = [b"\xff\xd8"]
    at = 2
    while True:
        at = _marker(content, at)
        marker = content[at + 1]
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            return b"".join(kept)
        if marker in _ALONE:
            at += 2
            continue
        if marker in _RARE:
            raise ValueError("packed in a way that PDF does not know")
        end = at + 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
        if not 0xE1 <= marker <= 0xED and marker not in {0xEF, 0xFE}:
            kept.append(content[at:end])
        at = end
        if marker == 0xDA:
            following = _AFTER_PIXELS.search(content, at)
            at = following.start() if following else len(content)
            kept.append(content[end:at])


def _marker(content: bytes, at: int) -> int:
    """Where the next marker begins; its fill bytes are passed over."""
    found = _AFTER_PIXELS.search(content, at)
    if found is None:
        raise ValueError("no marker where one must be")
    return found.start()


def _small(content: bytes) -> tuple[str, tuple[int, int], bytes]:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
            size = opened.size
            opened.draft(None, (1, 1))  # an eighth of the size, which costs little
            return opened.mode, size, opened.tobytes()
    except (OSError, SyntaxError, ValueError):
        return "", (0, 0), b""
