"""Small pictures for the style sheet (tick, arrows), drawn from the icon family into memory.

A style sheet can only name pictures by their place. These are put into Qt's own table of
resources, so that no picture file is shipped and none is written to the disk.
"""

from __future__ import annotations

import struct
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QResource
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.kit.look import icons
from ui.kit.look.palette import Colours
from ui.kit.look.style_sheet import place_of

_PICTURES: Final = {
    "tick": ("mdi6.check-bold", "on_accent"),
    "dot": ("mdi6.circle-medium", "on_accent"),
    "down": ("mdi6.chevron-down", "muted"),
    "up": ("mdi6.chevron-up", "muted"),
    "left": ("mdi6.chevron-left", "muted"),
    "right": ("mdi6.chevron-right", "muted"),
}
_SIDE: Final = 16
_registered: dict[str, bytes] = {}


def place_for(colours: Colours) -> str:
    """Where the pictures in these colours stand; they are drawn on first use."""
    place = place_of(colours)
    name = place.removeprefix(":/")
    if name not in _registered:
        files = {}
        for key, (glyph, colour) in _PICTURES.items():
            ink = str(getattr(colours, colour))
            files[f"{key}.png"] = _png(glyph, ink, 1)
            files[f"{key}@2x.png"] = _png(glyph, ink, 2)
        packed = _packed(files)
        # Qt reads it where it lies, so it is kept as long as the program runs.
        _registered[name] = packed
        QResource.registerResourceData(packed, f"/{name}")
    return place


def _png(glyph: str, ink: str, scale: int) -> bytes:
    side = _SIDE * scale
    image = QPixmap(side, side)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    icons.draw(painter, QRectF(0, 0, side, side), glyph, ink)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


def _hash(name: str) -> int:
    """The hash by which Qt sorts and finds the names of resources."""
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        high = value & 0xF0000000
        value ^= high >> 23
        value &= ~high
    return value


def _packed(files: dict[str, bytes]) -> bytes:
    """One folder of files in the binary form of Qt resources, version 1."""
    ordered = sorted(files, key=_hash)
    names = data = b""
    tree = struct.pack(">IHII", 0, 2, len(files), 1)
    for name in ordered:
        tree += struct.pack(">IHHHI", len(names), 0, 0, 1, len(data))
        names += struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
        data += struct.pack(">I", len(files[name])) + files[name]
    start = 20
    head = struct.pack(
        ">4sIIII", b"qres", 1, start, start + len(tree), start + len(tree) + len(data)
    )
    return head + tree + data + names
