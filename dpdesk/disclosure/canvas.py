"""Pictures of pages: pdfium's bitmap, what is on it, and how it is encoded afresh.

Encodings are made from pixels alone. Boxes are pixel boxes, as in ``ink``.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from dpdesk.disclosure.ink import PixelBox
from dpdesk.documents.pages import Box

SHIMMER = 64
"""Brightest grey value (of 255) that JPEG may leave at the edge of a burnt place."""
FAINT = 24
"""Steps of one colour by which letters that nobody sees change what they stand on, at most."""
PAPER = 226
"""A page of text keeps what is darker than this grey value: light grey letters and rules too."""
_JPEG_QUALITIES = (72, 88, 95)
_MID_LOW, _MID_HIGH = 30, 246  # neither black nor paper
_TINTED_BLOCKS = 0.0012  # share of blocks of 8 × 8 pixels full of mid-tones that makes a tint
_ALL_BLACK, _ALL_WHITE = 16, 247
"""Darker than the one and lighter than the other, no eye tells shades apart; whoever stretches the
contrast of a picture does, and reads what was written white on white or covered with black."""
_COLOUR_STEP = 26
_COLOUR_SHARE = 0.0005
_TINTED_PLACES = ((4, 3), (2, 8))
"""Width and height, in cells of 4 pixels (a point), of places that are tinted all over."""
_DARKENED = [255 if _MID_LOW <= value < PAPER else 0 for value in range(256)]
_FULL = bytes(value == 255 for value in range(256))
_MID = [255 if _MID_LOW <= value < _MID_HIGH else 0 for value in range(256)]
_INKED = [255 if value < PAPER else 0 for value in range(256)]
_PLAIN = [
    0 if value <= _ALL_BLACK else 255 if value >= _ALL_WHITE else value for value in range(256)
]
_FAINT = [255 if value <= FAINT else 0 for value in range(256)]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawn page with an empty strip below, and how many pixels one point has.

    ``bitmap`` is what pdfium drew into; ``foot`` is the row where the strip begins.
    """

    picture: Image.Image
    bitmap: Any
    scale: tuple[float, float]
    foot: int

    def rows(self, step: int) -> Image.Image:
        """Every second, fourth … row of a grey page, without copying it."""
        drawn = self.bitmap
        return view(drawn, (drawn.width, drawn.height // step), 0, drawn.stride * step)


@dataclass(slots=True)
class CanvasMemory:
    """Memory that one page after the other is drawn into; fresh memory costs time."""

    content: bytearray

    def maker(self, width: int, height: int, **how: Any) -> Any:
        """Makes pdfium's bitmap here, with one row to spare for views that begin in a row."""
        stride = -(-width * (1 if how["format"] == pdfium_c.FPDFBitmap_Gray else 3) // 4) * 4
        size = stride * (height + 1)
        if len(self.content) < size:
            self.content = bytearray(size)
        buffer = (ctypes.c_ubyte * size).from_buffer(self.content)
        return pdfium.PdfBitmap.new_native(width, height, buffer=buffer, stride=stride, **how)


ROOM = CanvasMemory(bytearray())


def view(drawn: Any, size: tuple[int, int], start: int, stride: int) -> Image.Image:
    """Part of a grey bitmap from byte ``start`` on, rows ``stride`` bytes apart, not copied."""
    # Pillow takes any buffer; its annotation names three of them.
    return Image.frombuffer(
        "L", size, cast(bytes, memoryview(drawn.buffer)[start:]), "raw", "L", stride, 1
    )


@dataclass(frozen=True, slots=True)
class Made:
    """An encoded picture, and which part of the canvas it shows."""

    encoding: Literal["g4", "jpeg"]
    colour: bool
    content: bytes
    part: PixelBox


def has_tones(every_fourth_row: Image.Image) -> bool:
    """Whether a page has tints or photographs, so that black and white would lose something."""
    blocks = every_fourth_row.point(_MID).reduce((8, 2))
    full = blocks.histogram()[255]
    return full > max(12, _TINTED_BLOCKS * blocks.width * blocks.height) or (
        full > 0 and _has_tinted_place(every_fourth_row)
    )


def _has_tinted_place(every_fourth_row: Image.Image) -> bool:
    """Whether a place as small as the margin of a label is tinted, and would become black.

    Rules and the strokes of grey letters are narrower.
    """
    small = every_fourth_row.point(_DARKENED).reduce((4, 1))
    cells = small.tobytes().translate(_FULL)
    rows = [
        int.from_bytes(cells[start : start + small.width])
        for start in range(0, len(cells), small.width)
    ]
    for across, down in _TINTED_PLACES:
        runs = [_wide(row, across) for row in rows]
        for top in range(len(runs) - down + 1):
            both = runs[top]
            for row in runs[top + 1 : top + down]:
                both &= row
                if not both:
                    break
            if both:
                return True
    return False


def _wide(cells: int, across: int) -> int:
    """Where so many neighbouring cells (bytes of 0 or 1) are set."""
    found = cells
    for step in range(1, across):
        if not found:
            break
        found &= cells >> 8 * step
    return found


def plain_ends(picture: Image.Image) -> Image.Image:
    """A picture without the shades of black and of white that no eye tells apart."""
    return picture.point(_PLAIN * len(picture.getbands()))


def without_faint(
    picture: Image.Image, bare: Image.Image, boxes: Sequence[PixelBox]
) -> Image.Image:
    """A picture in colour that shows the ``bare`` page in some boxes, where that looks the same.

    ``bare`` is the page without its letters; what these change in earnest stays.
    """
    made = picture.copy()
    for box in boxes:
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        shown, ground = picture.crop(box), bare.crop(box)
        one, two, three = ImageChops.difference(shown, ground).split()
        most = ImageChops.lighter(ImageChops.lighter(one, two), three)
        made.paste(ground, box[:2], most.point(_FAINT))
    return made


def has_colour(picture: Image.Image) -> bool:
    """Whether a picture has more colour than a grey scan with a tinge."""
    small = picture.reduce(4)
    red, green, blue = small.split()
    spread = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    return sum(spread.histogram()[_COLOUR_STEP:]) > _COLOUR_SHARE * small.width * small.height


def outer(inked: PixelBox | None, boxes: Sequence[PixelBox], limits: tuple[int, int]) -> PixelBox:
    """The part of a page that holds all its ink and all burnt places, in whole bytes."""
    every = [*([inked] if inked else []), *boxes] or [(0, 0, 1, 1)]
    x0, y0 = min(box[0] for box in every), min(box[1] for box in every)
    x1, y1 = max(box[2] for box in every), max(box[3] for box in every)
    x0, y0 = max(0, x0 // 8 * 8), max(0, y0)
    return (x0, y0, min(limits[0], -(-x1 // 8) * 8), min(limits[1], y1))


def size_of(box: PixelBox) -> tuple[int, int]:
    """Width and height of a pixel box."""
    return box[2] - box[0], box[3] - box[1]


def pure(grey: Image.Image, boxes: Sequence[PixelBox], part: PixelBox) -> Made:
    """Part of a page in black and white; light grey counts as ink, so that none is lost."""
    inked = grey.point(_INKED, "1")
    for x0, y0, x1, y1 in boxes:
        inked.paste(1, (x0 - part[0], y0 - part[1], x1 - part[0], y1 - part[1]))
    return Made("g4", False, group4(inked), part)


def group4(inked: Image.Image) -> bytes:
    """A picture of ink (1) and paper (0) in fax group 4, without any file around it."""
    out = io.BytesIO()
    inked.save(out, "TIFF", compression="group4", tiffinfo={278: inked.height})
    with Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], _one(tiff.tag_v2[279])  # type: ignore[attr-defined]  # a TIFF
    return out.getbuffer()[start : start + length].tobytes()


def _one(value: Any) -> tuple[int]:
    return (value if isinstance(value, int) else value[0],)


def jpeg(picture: Image.Image, boxes: Sequence[PixelBox], *, fine: bool = False) -> bytes:
    """A picture as JPEG, as fine as it takes for burnt places to stay all but black.

    Where a square of the encoding is shared between a burnt place and a word that stays, the
    edge of the word shimmers faintly into the black. What was burnt is not in it: it was
    overwritten before. ``fine`` keeps colours sharp although nothing is burnt.
    """
    out = io.BytesIO()
    # Colours at half the resolution, as cameras store them, would wash over the edges of a burnt
    # place; where there is none they save a third of the size.
    sampling = "4:4:4" if boxes or fine else "4:2:0"
    on_grid = all(side % 8 == 0 for box in boxes for side in box)
    # What stands beside an edge within a square of the encoding needs more of its detail.
    for quality in _JPEG_QUALITIES if on_grid else _JPEG_QUALITIES[1:]:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, subsampling=sampling)
        if not boxes:
            break
        with Image.open(out) as again:
            if all(_brightest(again, box) <= SHIMMER for box in boxes):
                break
    return out.getvalue()


def _brightest(picture: Image.Image, box: PixelBox) -> int:
    extremes = picture.crop(box).getextrema()
    pairs = cast("tuple[tuple[int, int], ...]", extremes if picture.mode == "RGB" else (extremes,))
    return max(high for _, high in pairs)


def to_pixels(box: Box, scale: tuple[float, float]) -> PixelBox:
    """The pixel box that covers a box in points."""
    return (
        max(0, math.floor(box.x0 * scale[0] + 1e-6)),
        max(0, math.floor(box.y0 * scale[1] + 1e-6)),
        math.ceil(box.x1 * scale[0] - 1e-6),
        math.ceil(box.y1 * scale[1] - 1e-6),
    )


def to_points(box: PixelBox, scale: tuple[float, float]) -> Box:
    """The box in points that a pixel box covers."""
    return Box(box[0] / scale[0], box[1] / scale[1], box[2] / scale[0], box[3] / scale[1])
