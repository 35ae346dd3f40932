"""The pictures among laid-out text: opened within limits, made to fit the page, plain pixels only.

Used inside workers only.
"""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping
from typing import Any, Final

from PIL import Image

from dpdesk.documents import drawn_words, picture_details
from dpdesk.documents.plain_pixels import plain
from dpdesk.walls.workers import Limits

_POINTS_OF_PIXEL: Final = 0.75  # a picture that tells no size is meant for a screen
_FINEST: Final = 300.0 / 72.0  # pixels for each point; more nobody sees on paper
_LONGEST_CODED: Final = 60_000_000
_MOST_INLINE: Final = 500
_LOSSY: Final = frozenset({"JPEG", "MPO", "HEIF", "AVIF", "WEBP"})
_READ: Final = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "MPO", "ICO")
_QUALITY: Final = 90


class Pictures:
    """The pictures that came with a text, by name; ``room`` is what fits a page, in points."""

    def __init__(
        self, pictures: Mapping[str, bytes], limits: Limits, room: tuple[float, float]
    ) -> None:
        self._contents = dict(pictures)
        self._limits = limits
        self._room = room
        self._inline: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._sizes: dict[str, tuple[float, float] | None] = {}
        self._words: dict[str, str] = {}
        self.lost: dict[str, None] = {}
        """Names of those that cannot be shown."""
        self.told: dict[str, None] = {}
        """Names of those that are drawings, of which only words and pictures can be shown."""

    def within(self, coded: str) -> str:
        """Takes a picture that stands in the text itself as ``data:``; the name it goes by."""
        known = self._inline.get(coded)
        if known is not None:
            return known
        head, comma, letters = coded.partition(",")
        name = f"inline picture {len(self._inline) + 1}"
        self._inline[coded] = name
        if not comma or not head.lower().endswith(";base64") or len(letters) > _LONGEST_CODED:
            return name
        if len(self._inline) <= _MOST_INLINE:
            try:
                self._contents[name] = base64.b64decode(letters)
            except (binascii.Error, ValueError):
                return name
        return name

    def size(self, name: str) -> tuple[float, float] | None:
        """Width and height in points; None for one that cannot be shown, which is remembered."""
        if name not in self._sizes:
            self._sizes[name] = self._measured(name)
            if self._sizes[name] is None:
                self._look_for_words(name)
        return self._sizes[name]

    def words(self, name: str) -> str:
        """The words in a drawing (EMF, WMF, SVG), which dpdesk does not draw; else empty."""
        self.size(name)
        return self._words.get(name, "")

    def _look_for_words(self, name: str) -> None:
        drawing = drawn_words.read(self._contents.get(name) or b"")
        if drawing is None or not (drawing.lines or drawing.pictures):
            self.lost[name] = None
            return
        self._words[name] = " | ".join(drawing.lines)
        # Most drawings with a picture are nothing but that one: a screen that was pasted.
        largest = max(drawing.pictures, key=len, default=b"")
        self._contents[name] = largest
        self._sizes[name] = self._measured(name)
        if self._sizes[name] is None and not drawing.lines:
            self.lost[name] = None
        else:
            self.told[name] = None

    def fitting(self, width: float, height: float) -> tuple[float, float]:
        """The size made smaller until it fits the page; never less than a point."""
        factor = min(1.0, self._room[0] / width, self._room[1] / height)
        return max(width * factor, 1.0), max(height * factor, 1.0)

    def number(self, name: str) -> int:
        """A number that the picture goes by while the text is laid out."""
        return self._numbers.setdefault(name, len(self._numbers))

    def pixels(self, number: int, width: float, height: float) -> io.BytesIO | None:
        """The picture of that number as a file to draw at that size in points.

        None where its pixels are damaged.
        """
        name = list(self._numbers)[number]
        try:
            with Image.open(io.BytesIO(self._contents[name]), formats=_READ) as opened:
                most = (int(width * _FINEST) + 1, int(height * _FINEST) + 1)
                if opened.format in _LOSSY:
                    opened.draft("RGB", most)
                upright = picture_details.upright(opened)
                pixels = plain(upright, opened)
                if pixels.width > most[0] * 1.3 and pixels.height > most[1] * 1.3:
                    smooth = pixels.convert("L") if pixels.mode == "1" else pixels
                    pixels = smooth.resize(most, Image.Resampling.LANCZOS)
                return _file(pixels, lossy=opened.format in _LOSSY)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
            self.lost[name] = None
            return None

    def _measured(self, name: str) -> tuple[float, float] | None:
        content = self._contents.get(name)
        if not content:
            return None
        Image.MAX_IMAGE_PIXELS = None  # the size is checked before a single pixel is decoded
        try:
            with Image.open(io.BytesIO(content), formats=_READ) as opened:
                if opened.width * opened.height > self._limits.pixels:
                    return None
                across, down = opened.size
                if picture_details.lying(opened) in {5, 6, 7, 8}:
                    across, down = down, across
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 -- the same
            return None
        if not across or not down:
            return None
        return across * _POINTS_OF_PIXEL, down * _POINTS_OF_PIXEL


def _file(pixels: Image.Image, *, lossy: bool) -> io.BytesIO:
    if pixels.mode == "CMYK":
        pixels = pixels.convert("RGB")
    made = io.BytesIO()
    how: dict[str, Any] = {"quality": _QUALITY} if lossy else {"compress_level": 1}
    pixels.save(made, "JPEG" if lossy else "PNG", **how)
    made.seek(0)
    return made
