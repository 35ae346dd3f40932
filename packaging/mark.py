"""Draws the mark of dpdesk in every size that systems ask for, from one description.

A sheet of paper with a line that is blacked out, on a tile in the colour of the program. What is
drawn lies in ``resources/mark/``, so that neither the program nor its installer draws anything:

    python3 packaging/dev.py mark
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

FOLDER: Final = Path(__file__).resolve().parent.parent / "resources" / "mark"
ICO_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
PNG_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
_SIDE: Final = 64
"""The mark is described on a square of this many units."""
_FINE: Final = 8
"""Each pixel is drawn as this many by this many."""

TILE, SHEET, FOLD, INK, BAR = "#14566E", "#FFFFFF", "#BFD5DD", "#8FB1BD", "#0B1A20"
Shape = tuple[str, str, tuple[float, ...]]

_FULL: Final[tuple[Shape, ...]] = (
    ("round", TILE, (2, 2, 62, 62, 13)),
    ("many", SHEET, (17, 10, 39, 10, 49, 20, 49, 54, 17, 54)),
    ("many", FOLD, (39, 10, 49, 20, 39, 20)),
    ("round", INK, (22, 26, 44, 29, 1.5)),
    ("round", BAR, (22, 33, 44, 40, 1)),
    ("round", INK, (22, 44, 36, 47, 1.5)),
)
# At sixteen to twenty pixels only what is a whole pixel thick is seen.
_SMALL: Final[tuple[Shape, ...]] = (
    ("round", TILE, (0, 0, 64, 64, 12)),
    ("many", SHEET, (16, 8, 40, 8, 48, 16, 48, 56, 16, 56)),
    ("many", FOLD, (40, 8, 48, 16, 40, 16)),
    ("round", INK, (20, 20, 36, 24, 0)),
    ("round", BAR, (20, 28, 44, 40, 0)),
    ("round", INK, (20, 44, 36, 48, 0)),
)


def _shapes(side: int) -> tuple[Shape, ...]:
    return _SMALL if side <= 24 else _FULL


def drawn(side: int) -> Image.Image:
    """The mark as a picture of so many pixels each way, on nothing."""
    fine = side * _FINE
    image = Image.new("RGBA", (fine, fine), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    for kind, colour, numbers in _shapes(side):
        scaled = [number * fine / _SIDE for number in numbers]
        if kind == "many":
            pen.polygon(scaled, fill=colour)
        else:
            left, top, right, bottom, bend = scaled
            pen.rounded_rectangle((left, top, right - 1, bottom - 1), bend, fill=colour)
    return image.resize((side, side), Image.Resampling.BOX)


def as_svg() -> str:
    """The same, to be drawn in any size."""
    parts = []
    for kind, colour, numbers in _FULL:
        if kind == "many":
            points = " ".join(f"{x:g},{y:g}" for x, y in zip(*[iter(numbers)] * 2, strict=True))
            parts.append(f'<polygon points="{points}" fill="{colour}"/>')
        else:
            left, top, right, bottom, bend = numbers
            parts.append(
                f'<rect x="{left:g}" y="{top:g}" width="{right - left:g}" '
                f'height="{bottom - top:g}" rx="{bend:g}" fill="{colour}"/>'
            )
    inside = "\n  ".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">\n  {inside}\n</svg>\n'


def as_ico() -> bytes:
    """The same for Windows, each size drawn for itself.

    The small ones are plain bitmaps, as everything that shows icons reads them; only the largest is
    a PNG, as Windows makes its own.
    """
    parts = [_one(side) for side in ICO_SIZES]
    head = struct.pack("<HHH", 0, 1, len(parts))
    at = len(head) + 16 * len(parts)
    rows = []
    for side, part in zip(ICO_SIZES, parts, strict=True):
        rows.append(struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(part), at))
        at += len(part)
    return b"".join([head, *rows, *parts])


def _one(side: int) -> bytes:
    kept = io.BytesIO()
    if side == 256:
        drawn(side).save(kept, "PNG", optimize=True)
        return kept.getvalue()
    drawn(side).save(kept, "ICO", sizes=[(side, side)], bitmap_format="bmp")
    return kept.getvalue()[22:]  # after the head and the one row of its own


def as_wizard() -> bytes:
    """The mark on its colour, in the size and form that the first page of an installer wants.

    164 by 314 pixels, a plain bitmap.
    """
    picture = Image.new("RGB", (164, 314), TILE)
    mark = drawn(128)
    picture.paste(mark, (18, 36), mark)
    kept = io.BytesIO()
    picture.save(kept, "BMP")
    return kept.getvalue()


def draw_all(folder: Path = FOLDER) -> list[Path]:
    """Writes every file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dpdesk.svg").write_text(as_svg(), encoding="utf-8", newline="\n")
    (folder / "dpdesk.ico").write_bytes(as_ico())
    for side in PNG_SIZES:
        drawn(side).save(folder / f"dpdesk-{side}.png", optimize=True)
    return sorted(folder.iterdir())


if __name__ == "__main__":
    for each in draw_all():
        print(each.name)
