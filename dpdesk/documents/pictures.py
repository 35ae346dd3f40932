"""Pictures (scans, photographs) into PDF, one page for each; used inside workers only.

Pixels and colours are kept. Nothing else of the file comes along: no place where a photograph
was taken, no preview, no second picture hidden behind the first.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from PIL import Image, ImageFile, ImageOps

from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_LONG_SIDE: Final = 842.0  # points; A4, for pictures that do not tell their size on paper
_LONGEST: Final = 1191.0  # points; A3, the largest sheet an office scanner takes
_SHORTEST: Final = 36.0
_UNKNOWN_DPI: Final = 150.0
# Cameras and screens write 72 or 96 without meaning it.
_MEANT_DPI: Final = (100.0, 4800.0)
_EXIF_ORIENTATION: Final = 0x0112
_HEIF_QUALITY: Final = 92

# What ends the packed pixels of a JPEG scan: a marker that is no restart marker. Within them, FF
# stands only before 00, before a restart marker, or as a fill byte before another FF.
_AFTER_PIXELS: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

# How the unit square of a picture lies on a page of 1 × 1 for each EXIF orientation.
_LYING: Final[dict[int, tuple[int, int, int, int, int, int]]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_SPACES: Final = {
    "1": "/DeviceGray",
    "L": "/DeviceGray",
    "RGB": "/DeviceRGB",
    "CMYK": "/DeviceCMYK",
}
_PROFILE_SPACES: Final = {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}


def to_pdf(content: bytes, kind: str, limits: Limits) -> tuple[bytes, list[str]]:
    """A PDF with one page for each picture in the file, and warnings.

    ``kind`` is the format as recognised. Raises UnreadableFile with a sentence for a picture
    that is damaged, too large, or of a breed that cannot be read.
    """
    Image.MAX_IMAGE_PIXELS = None  # the size is checked below, before a single pixel is decoded
    if kind == "HEIC":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    warnings: list[str] = []
    made = pikepdf.new()
    try:
        with Image.open(io.BytesIO(content)) as opened:
            for picture in _frames(opened, kind, limits, warnings):
                _add_page(made, picture, content, warnings)
    except UnreadableFile:
        raise
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        raise UnreadableFile(
            "This picture is damaged and cannot be opened.", "Ask for a fresh copy."
        ) from None
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue(), list(dict.fromkeys(warnings))


def _frames(
    opened: Image.Image, kind: str, limits: Limits, warnings: list[str]
) -> Iterator[Image.Image]:
    """The pictures of the file, none decoded yet; of moving pictures the first."""
    _check_size(opened, limits)
    if kind != "TIFF":
        if kind not in {"JPEG", "HEIC"} and getattr(opened, "n_frames", 1) > 1:
            warnings.append("This is an animated picture; only the first frame was used.")
        elif kind == "HEIC" and getattr(opened, "n_frames", 1) > 1:
            warnings.append("This file holds several photographs; only the main one was used.")
        yield opened
        return
    number = 0
    while True:
        try:
            opened.seek(number)
        except EOFError:
            return
        number += 1
        if number > limits.pages:
            raise UnreadableFile(
                f"This file has more than {limits.pages:,} pages.",
                "Split it into parts, and add those.",
            )
        _check_size(opened, limits)
        yield opened


def _check_size(picture: Image.Image, limits: Limits) -> None:
    pixels = picture.width * picture.height
    if pixels > limits.pixels:
        raise UnreadableFile(
            f"This picture has {pixels // 1_000_000:,} million pixels; dpdesk takes at most "
            f"{limits.pixels // 1_000_000:,} million.",
            "Save it at a lower resolution, and add that.",
        )


def _load(picture: Image.Image, warnings: list[str]) -> bool:
    """Decodes the pixels; returns whether all of them were there."""
    try:
        picture.load()
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        warnings.append(
            "This picture is cut off: part of it is missing. Ask for a fresh copy if you can."
        )
        return False
    return True


def _add_page(made: pikepdf.Pdf, picture: Image.Image, content: bytes, warnings: list[str]) -> None:
    whole = _load(picture, warnings)
    lying = int(picture.getexif().get(_EXIF_ORIENTATION, 1))
    resolution = _resolution(picture)
    if whole and picture.format in {"JPEG", "MPO"} and picture.mode in _SPACES:
        # The scanner's own compression is kept: decoding and packing again would lose quality.
        drawing = _jpeg(made, picture, bare_jpeg(content))
        across, down = picture.size
        matrix = _LYING.get(lying, _LYING[1])
        if lying in {5, 6, 7, 8}:
            across, down = down, across
            resolution = resolution and (resolution[1], resolution[0])
    else:
        upright = ImageOps.exif_transpose(picture)
        if lying in {5, 6, 7, 8}:
            resolution = resolution and (resolution[1], resolution[0])
        drawing = _packed(made, _plain(upright), upright, lossy=picture.format == "HEIF")
        across, down = upright.size
        matrix = _LYING[1]
    width, height = page_size(across, down, resolution)
    page = made.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=made.make_indirect(drawing)))
    a, b, c, d, e, f = matrix
    placed = (a * width, b * height, c * width, d * height, e * width, f * height)
    numbers = " ".join(f"{number:.3f}" for number in placed)
    page.Contents = made.make_stream(f"q {numbers} cm /P Do Q".encode())


def bare_jpeg(content: bytes) -> bytes:
    """The picture alone: without EXIF, comments, previews, and what hangs behind its end.

    Raises ValueError where the file is not built as a JPEG must be.
    """
    kept = [b"\xff\xd8"]
    at = 2
    while True:
        # Any number of fill bytes may stand before a marker.
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        marker = content[at : at + 2]
        if len(marker) < 2 or marker[0] != 0xFF:
            raise ValueError("no marker where one must be")
        if marker == b"\xff\xd9":
            kept.append(marker)
            return b"".join(kept)
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if not 0xE1 <= marker[1] <= 0xED and marker[1] not in {0xEF, 0xFE}:
            kept.append(content[at:end])
        at = end
        if marker == b"\xff\xda":
            following = _AFTER_PIXELS.search(content, at)
            at = following.start() if following else len(content)
            kept.append(content[end:at])


def _resolution(picture: Image.Image) -> tuple[float, float] | None:
    """Pixels for each inch across and down, where the file tells it and means it."""
    told = picture.info.get("dpi")
    try:
        across, down = (float(number) for number in told or ())
    except (TypeError, ValueError):
        return None
    least, most = _MEANT_DPI
    if least <= across <= most and least <= down <= most:
        return across, down
    return None


def page_size(
    across: int, down: int, resolution: tuple[float, float] | None
) -> tuple[float, float]:
    """The size in points of the page for a picture of ``across`` × ``down`` pixels.

    True to size where the resolution is known, else no larger than A4; never beyond A3, and
    a tiny picture is enlarged until it can be seen.
    """
    x, y = resolution or (_UNKNOWN_DPI, _UNKNOWN_DPI)
    width, height = across * 72.0 / x, down * 72.0 / y
    longest = _LONGEST if resolution else _LONG_SIDE
    wanted = max(1.0, _SHORTEST / min(width, height))
    factor = min(wanted, longest / max(width, height))
    # A line of a single pixel would vanish; it alone is made wider than it is.
    return round(max(width * factor, 1.0), 2), round(max(height * factor, 1.0), 2)


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in one of the few ways of storing pixels that PDF shares; clear parts white."""
    if picture.mode in {"1", "L", "RGB", "CMYK"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith(("I", "F")):
        return _gray_from_deep(picture)
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return picture.convert("L" if picture.mode == "LA" else "RGB")


def _gray_from_deep(picture: Image.Image) -> Image.Image:
    """Gray of more than eight bits, its darkest and lightest kept apart."""
    deep = picture.convert("F")
    extrema = deep.getextrema()
    low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type] # one band only
    top = 65535.0 if high > 255 else 255.0
    if low < 0 or high > top or not math.isfinite(high - low):
        span = (high - low) or 1.0
        return deep.point(lambda value: value * (255.0 / span) - low * 255.0 / span).convert("L")
    return deep.point(lambda value: value * (255.0 / top) + 0).convert("L")


def _jpeg(made: pikepdf.Pdf, picture: Image.Image, content: bytes) -> pikepdf.Stream:
    drawing = made.make_stream(content)
    drawing.Filter = pikepdf.Name.DCTDecode
    _describe(made, drawing, picture, picture)
    if picture.mode == "CMYK" and "adobe" in picture.info:
        drawing.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0, 1, 0])  # Adobe stores ink inverted
    return drawing


def _packed(
    made: pikepdf.Pdf, plain: Image.Image, source: Image.Image, *, lossy: bool
) -> pikepdf.Stream:
    if lossy and plain.mode in {"L", "RGB"}:
        packed = io.BytesIO()
        plain.save(packed, "JPEG", quality=_HEIF_QUALITY, subsampling=0)
        drawing = made.make_stream(packed.getvalue())
        drawing.Filter = pikepdf.Name.DCTDecode
    else:
        import zlib

        drawing = made.make_stream(zlib.compress(plain.tobytes(), 6))
        drawing.Filter = pikepdf.Name.FlateDecode
    _describe(made, drawing, plain, source)
    return drawing


def _describe(
    made: pikepdf.Pdf, drawing: pikepdf.Stream, plain: Image.Image, source: Image.Image
) -> None:
    drawing.Type = pikepdf.Name.XObject
    drawing.Subtype = pikepdf.Name.Image
    drawing.Width, drawing.Height = plain.size
    drawing.BitsPerComponent = 1 if plain.mode == "1" else 8
    drawing.ColorSpace = _colours(made, plain.mode, source.info.get("icc_profile"))


def _colours(made: pikepdf.Pdf, mode: str, profile: Any) -> pikepdf.Object:
    if (
        isinstance(profile, bytes)
        and len(profile) > 128
        and profile[16:20] == _PROFILE_SPACES.get(mode)
    ):
        described = made.make_stream(profile)
        described.N = {"L": 1, "RGB": 3, "CMYK": 4}[mode]
        return pikepdf.Array([pikepdf.Name.ICCBased, made.make_indirect(described)])
    return pikepdf.Name(_SPACES[mode])
