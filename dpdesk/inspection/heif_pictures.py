"""Photographs as telephones keep them (HEIC, AVIF): what lies in the file beside the picture.

For workers only. Source: ISO/IEC 14496-12 and 23008-12.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from PIL import Image

from dpdesk.inspection import small_pictures
from dpdesk.inspection.telling import Told

_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
)
_MOST_BRANDS: Final = 40
_USUAL: Final = frozenset({b"ftyp", b"meta", b"mdat", b"uuid"})
_FILM: Final = b"moov"
_EMPTY: Final = frozenset({b"free", b"skip"})
_TELLS: Final = 64  # bytes: less tells nothing
_SMALL: Final = b"thmb"
_NO_WORD: Final = b"none"
_MOST: Final = 20


def is_one(content: bytes) -> bool:
    """Whether a file says that it is such a photograph."""
    if content[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(content[:4], "big"), 16 + 4 * _MOST_BRANDS)
    told = content[8:12], *(content[at : at + 4] for at in range(16, end, 4))
    return not _BRANDS.isdisjoint(told)


def readable() -> None:
    """Makes such photographs readable, from now on."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=True)


def look(opened: Image.Image, content: bytes, told: Told) -> None:
    """Looks at what an open photograph holds beside the picture."""
    depths, more = opened.info.get("depth_images") or (), opened.info.get("aux") or ()
    if depths or more:
        what = "It holds layers that most programs do not show, such as how far away things are."
        told.tell("hidden-layer", 0, what)
    boxes = list(_boxes(content))
    if any(kind == _FILM for kind, _start, _end in boxes) and opened.format == "HEIF":
        told.tell("hidden-layer", 0, "It holds a film, of which most programs show a picture.")
    if any(_SMALL in content[start:end] for kind, start, end in boxes if kind == b"meta"):
        _small(opened, content, told)


def behind(content: bytes) -> bytes:
    """What lies in the file where no photograph has anything."""
    rest, last = [], 0
    for kind, start, end in _boxes(content):
        last = end
        inside = content[start:end]
        if kind in _EMPTY:
            rest.append(inside if inside.strip(b"\x00") else b"")
        elif kind not in _USUAL and kind != _FILM:
            rest.append(inside)
    rest.append(content[last:])
    return b"".join(each for each in rest if len(each) > _TELLS)


def _boxes(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The parts of the file: their names, where they begin and end."""
    at = 0
    while at + 8 <= len(content):
        length, kind, head = (
            int.from_bytes(content[at : at + 4], "big"),
            content[at + 4 : at + 8],
            8,
        )
        if length == 1:
            length, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        elif length == 0:
            length = len(content) - at
        if length < head or at + length > len(content) or not kind.isalnum():
            return
        yield kind, at + head, at + length
        at += length


def _small(opened: Image.Image, content: bytes, told: Told) -> None:
    """Small copies: each is read as a picture by itself, and compared."""
    copies = 0
    try:
        for small in _copies(content):
            copies += 1
            if not small_pictures.is_alike(small, opened):
                what = "The picture holds a small one of how it was at first."
                told.tell("thumbnail", 0, what)
                return
    except Exception:  # noqa: BLE001 -- readers of pictures throw whatever a damaged one makes them
        copies = 0
    if not copies:
        told.tell("thumbnail", 0, "The picture holds a small one that could not be compared.")


def _copies(content: bytes) -> Iterator[Image.Image]:
    # Where nothing says any more that a picture is a copy of another, it is one by itself.
    freed = bytearray(content)
    for kind, start, end in _boxes(content):
        if kind == b"meta":
            freed[start:end] = content[start:end].replace(_SMALL, _NO_WORD)
    with Image.open(io.BytesIO(bytes(freed))) as opened:
        main = opened.size
        for number in range(min(int(getattr(opened, "n_frames", 1)), _MOST)):
            opened.seek(number)
            if not opened.info.get("primary") and opened.width <= main[0]:
                yield opened.copy()
