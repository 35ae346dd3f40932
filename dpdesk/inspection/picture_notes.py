"""What programs of pictures write beside a picture: press notes, small pictures, layers, texts.

For workers only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from PIL import ImageFile, IptcImagePlugin

from dpdesk.inspection.telling import Told, says_nothing, words_in

_RESOURCES: Final = 34377
"""TIFF: the notes of Photoshop, as a JPEG has them too."""
_LAYERS: Final = 37724
"""TIFF: the layers of Photoshop, beneath those that were laid over them."""
_SIGN: Final = b"8BIM"
_SMALL: Final = frozenset({1033, 1036})
"""Photoshop’s notes that are a small picture of how it was at first."""
_USUAL: Final = frozenset({"software", "creation time", "comment", "title", "author",
                           "description", "copyright", "source", "xml:com.adobe.xmp",
                           "raw profile type exif", "raw profile type xmp",
                           "raw profile type icc", "raw profile type icm"})  # fmt: skip
"""Texts of a PNG that tell nothing, or are asked for elsewhere."""
_STAMPS: Final = ("date:", "exif:", "png:", "tiff:", "icc:", "jpeg:")
"""How the names of texts begin that a converter writes about the form of a picture."""


def look(opened: ImageFile.ImageFile, told: Told) -> None:
    """Tells what stands beside an open picture, after it was loaded."""
    tags: Mapping[int, Any] = getattr(opened, "tag_v2", {})
    numbers = set(_numbers(opened, tags))
    if numbers & _SMALL:
        told.tell("thumbnail", 0, "The picture holds a small one of how it was at first.")
    if _LAYERS in tags:
        what = "The picture holds the layers of the program that it was made with."
        told.tell("hidden-layer", 0, what)
    for text in dict.fromkeys((*_press_notes(opened), *_texts(opened))):
        if words_in(text) and not says_nothing(text, told) and not told.is_told(text):
            told.tell("metadata", 0, "The details of the picture tell more.", text)


def _numbers(opened: ImageFile.ImageFile, tags: Mapping[int, Any]) -> Iterator[int]:
    """The numbers of Photoshop’s notes."""
    notes = opened.info.get("photoshop")
    if isinstance(notes, Mapping):
        yield from (number for number in notes if isinstance(number, int))
    raw = tags.get(_RESOURCES)
    raw = raw[0] if isinstance(raw, tuple) and raw else raw
    if isinstance(raw, bytes):
        place = raw.find(_SIGN)
        while place >= 0:
            yield int.from_bytes(raw[place + 4 : place + 6], "big")
            place = raw.find(_SIGN, place + 4)


def _press_notes(opened: ImageFile.ImageFile) -> Iterator[str]:
    """Captions, names and places as the press writes them into pictures (IPTC)."""
    notes = IptcImagePlugin.getiptcinfo(opened) or {}
    for (record, number), value in notes.items():
        if record == 2 and number:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, bytes):
                    yield each.decode("utf-8", "replace").strip("\0 ")


def _texts(opened: ImageFile.ImageFile) -> Iterator[str]:
    """What stands in a PNG under other names than the usual ones."""
    texts = getattr(opened, "text", None)
    for name, text in texts.items() if isinstance(texts, Mapping) else ():
        plain = str(name).strip().lower()
        if plain not in _USUAL and not plain.startswith(_STAMPS):
            yield str(text)
