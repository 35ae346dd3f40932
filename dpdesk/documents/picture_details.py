"""What a camera wrote beside a picture (EXIF), read so that no fault in it costs the picture.

Phones, editors and mail gateways leave broken details behind, and Pillow throws whatever they make
it. The pixels are what counts: a picture with broken details is read as one without. For workers
only.
"""

from __future__ import annotations

from typing import Any, Final

from PIL import Image

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def details(picture: Image.Image) -> dict[int, Any]:
    """The details of a picture by their numbers; none where they cannot be read."""
    try:
        return dict(picture.getexif())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- Pillow throws whatever broken details make it
        return {}


def inner_details(picture: Image.Image, part: int) -> dict[int, Any]:
    """The details of a part of them (camera, place, small picture); none if they are broken."""
    try:
        return dict(picture.getexif().get_ifd(part))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- the same
        return {}


def lying(picture: Image.Image) -> int:
    """How the camera was held, 1 to 8 as EXIF counts; 1 (upright) where that is not told."""
    told = details(picture).get(_ORIENTATION, 1)
    return told if isinstance(told, int) and told in _TURNS else 1


def upright(picture: Image.Image) -> Image.Image:
    """A copy of a picture as it is seen. Raises what Pillow raises for damaged pixels."""
    picture.load()  # a TIFF is turned by its reader, which then no longer tells it
    turn = _TURNS.get(lying(picture))
    return picture.copy() if turn is None else picture.transpose(turn)
