"""Small copies that cameras and programs put beside a picture: do they show something else?

For workers only.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import ExifTags, Image, ImageChops, ImageFilter

from dpdesk.documents import picture_details

_SHAPE: Final = 0.02  # by which the sides may differ: a pixel of a small picture is as much
_BLACK: Final = 40  # of 255: cameras fill with black what a small picture has too much
_DIFFERS: Final = 40  # steps of grey: cameras sharpen small pictures, so edges differ by less
_OTHER_COLOUR: Final = 80  # steps of red, green or blue, which small pictures keep less well
_FEW: Final = 4
_SHARE: Final = 0.0005  # of the pixels
_START: Final = 0x0201
_LENGTH: Final = 0x0202
_HEAD: Final = b"Exif\x00\x00"


def tells(opened: Image.Image) -> bool:
    """Whether the small copy within the details of a picture shows something else than it.

    Also where it cannot be compared.
    """
    about = picture_details.inner_details(opened, ExifTags.IFD.IFD1)
    if not about.get(_START):
        return False
    held = opened.info.get("exif") or b""
    held = held.removeprefix(_HEAD) if isinstance(held, bytes) else b""
    try:
        start, length = int(about[_START]), int(about.get(_LENGTH, 0))
        with Image.open(io.BytesIO(held[start : start + length])) as small:
            return not is_alike(small, opened)
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged picture makes them
        return True


def is_alike(small: Image.Image, large: Image.Image) -> bool:
    """Whether a small picture shows nothing else than a large one does."""
    if not small.width <= large.width:
        return False
    inner = _without_frame(small.convert("RGB"), large.width / large.height)
    if inner is None:
        return False
    reduced = large.convert("RGB").resize(inner.size, Image.Resampling.BOX)
    soft = ImageFilter.BoxBlur(1)
    small, reduced = inner.filter(soft), reduced.filter(soft)
    greys = ImageChops.difference(small.convert("L"), reduced.convert("L")).histogram()
    colours = ImageChops.difference(small, reduced).split()
    most = max(sum(greys[_DIFFERS:]), *(sum(each.histogram()[_OTHER_COLOUR:]) for each in colours))
    return most <= max(_FEW, _SHARE * inner.width * inner.height)


def _without_frame(small: Image.Image, shape: float) -> Image.Image | None:
    """The same without black stripes at its edges; None where it has another shape."""
    wide, high = small.size
    wanted = min(wide, round(high * shape)), min(high, round(wide / shape))
    if not all(wanted):
        return None
    left, top = (wide - wanted[0]) // 2, (high - wanted[1]) // 2
    box = (left, top, left + wanted[0], top + wanted[1])
    if wide - wanted[0] > max(1, _SHAPE * wide) or high - wanted[1] > max(1, _SHAPE * high):
        frame = small.copy()
        frame.paste(0, box)
        if any(frame.convert("L").histogram()[_BLACK:]):
            return None  # what is beside it is no frame, but more of the picture
    return small.crop(box)
