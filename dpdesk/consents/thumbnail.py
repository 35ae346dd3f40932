"""Small pictures of pictures, and copies without what is hidden in them; runs in a worker only."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image

from dpdesk.consents.thumbnail_shape import HEAD
from dpdesk.documents import picture_details
from dpdesk.errors import UnreadableFile
from dpdesk.walls.inside import Answer, Call

SIDE: Final = 200
"""Pixels of the longer side of a small picture."""
_EXIF_TAKEN: Final = 36867
_EXIF_IFD: Final = 0x8769
_GPS_IFD: Final = 0x8825
_MAKER, _MODEL = 271, 272
_QUALITY: Final = 92


def make(call: Call) -> Answer:
    """A small picture as bare pixels, and what the file says of itself."""
    opened = _opened(call)
    details, inner = picture_details.details(opened), picture_details.inner_details
    described = {
        "taken": str(inner(opened, _EXIF_IFD).get(_EXIF_TAKEN) or "")[:19],
        "camera": " ".join(str(details.get(tag) or "").strip() for tag in (_MAKER, _MODEL))[
            :80
        ].strip(),
        "place": bool(inner(opened, _GPS_IFD)),
    }
    opened.draft("RGB", (SIDE * 2, SIDE * 2))
    with _decoding():
        small = picture_details.upright(opened)
        small.thumbnail((SIDE, SIDE))
        plain = small.convert("RGB")
    return described, [HEAD.pack(plain.width, plain.height) + plain.tobytes()]


def copy(call: Call) -> Answer:
    """The same picture as a JPEG in which nothing but pixels is left."""
    with _decoding():
        plain = picture_details.upright(_opened(call)).convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY)
    return {}, [out.getvalue()]


@contextlib.contextmanager
def _decoding() -> Iterator[None]:
    """What a damaged picture throws while its pixels are read becomes a sentence."""
    try:
        yield
    except (UnreadableFile, MemoryError):
        raise
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        raise UnreadableFile(
            "This picture is damaged and cannot be read.",
            "Take it from the camera again, or open it in another program and save it as JPEG.",
        ) from None


def _opened(call: Call) -> Any:
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # the size is checked below, before a single pixel is decoded
    try:
        opened = Image.open(io.BytesIO(call.blobs.pop()))
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        raise UnreadableFile(
            "dpdesk cannot read this file as a picture.",
            "Open it in another program, save it as JPEG or PNG, and add that.",
        ) from None
    if opened.width * opened.height > int(call.request["pixels"]):
        raise UnreadableFile(
            "This picture has too many pixels.", "Save it at a lower resolution, and add that."
        )
    return opened
