"""Pictures (scans, photographs) into PDF, one page for each; used inside workers only.

Pixels and colours are kept. Nothing else of the file comes along: no place where a photograph
was taken, no preview, no second picture hidden behind the first.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf
from PIL import Image, ImageFile

from dpdesk.documents import jpegs, picture_details, picture_sizes
from dpdesk.documents.plain_pixels import KEPT, plain
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_ON_ITS_SIDE: Final = frozenset({5, 6, 7, 8})
_SHAPE: Final = 0.03  # between the sides of two pictures: more is another picture
_LOSSY: Final = frozenset({"HEIF", "AVIF", "JPEG", "MPO"})
_LOSSY_QUALITY: Final = 92
_TRIED: Final = 1 << 20
"""Bytes of a picture by which it is seen how it packs best."""
_WELL: Final = 6
_SUBFILE: Final = 254
_OLD_SUBFILE: Final = 255
_REDUCED: Final = 0b101  # a smaller copy of the page before, or a mask that says what is clear
_UNREADABLE: Final = (
    "This picture is damaged, or stored in a way that dpdesk cannot read.",
    "Open it in another program, save it as PNG or JPEG, and add that; or ask for a fresh copy.",
)

_Matrix = tuple[int, int, int, int, int, int]
# How the unit square of a picture lies on a page of 1 × 1 for each EXIF orientation.
_LYING: Final[dict[int, _Matrix]] = {
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
    """A PDF with a page for each picture in the file, several for a long one, and warnings.

    ``kind`` is the format as recognised. Raises UnreadableFile with a sentence for a picture
    that is damaged, too large, or of a breed that cannot be read.
    """
    Image.MAX_IMAGE_PIXELS = None  # the size is checked below, before a single pixel is decoded
    if kind == "HEIC":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    warnings: list[str] = []
    made = pikepdf.new()
    content = jpegs.mended(content) if kind == "JPEG" else content
    try:
        with Image.open(io.BytesIO(content)) as opened:
            for picture in _frames(opened, kind, limits, warnings):
                _add_pages(made, picture, content, warnings)
                _check_pages(len(made.pages), limits)
    except (UnreadableFile, MemoryError):
        raise
    except Exception:  # noqa: BLE001 -- Pillow's readers throw whatever a damaged file makes them
        raise UnreadableFile(*_UNREADABLE) from None
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
        elif _holds_more(opened, kind):
            warnings.append("This file holds several photographs; only the main one was used.")
        yield opened
        return
    sizes = list(_sizes(opened, limits))
    for number, size in enumerate(sizes):
        opened.seek(number)
        if not _is_a_copy(size, sizes):
            yield opened


def _holds_more(opened: Image.Image, kind: str) -> bool:
    """Whether there are more photographs than the main one in a file of a camera.

    A smaller picture of the same shape is a preview, or tells how bright its parts are (MPO).
    """
    count: int = getattr(opened, "n_frames", 1)
    if kind == "HEIC" or count < 2:
        return count > 1
    main = opened.size
    try:
        for number in range(1, count):
            opened.seek(number)
            if (
                opened.width >= main[0]
                or abs(opened.width / opened.height - main[0] / main[1]) > _SHAPE
            ):
                return True
        return False
    finally:
        opened.seek(0)


def _check_pages(number: int, limits: Limits) -> None:
    if number > limits.pages:
        raise UnreadableFile(
            f"This file has more than {limits.pages:,} pages.",
            "Split it into parts, and add those.",
        )


_Size = tuple[int, int, bool]
"""Pixels across and down of a picture of a TIFF, and whether it says that it is a copy."""


def _sizes(opened: Image.Image, limits: Limits) -> Iterator[_Size]:
    """What each picture of a TIFF says of itself, none decoded."""
    number = 0
    while True:
        try:
            opened.seek(number)
        except EOFError:
            return
        number += 1
        _check_pages(number, limits)
        _check_size(opened, limits)
        tags: Any = opened.tag_v2  # type: ignore[attr-defined] # of TIFFs only
        kind = tags.get(_SUBFILE)
        copied = (isinstance(kind, int) and kind & _REDUCED) or tags.get(_OLD_SUBFILE) == 2
        yield opened.width, opened.height, bool(copied)


def _is_a_copy(size: _Size, sizes: Sequence[_Size]) -> bool:
    """Whether a picture is the reduced copy, or the mask, of another one in the file.

    It must say so and look so: some scanners call every page a copy.
    """
    width, height, copied = size
    return copied and any(
        not original
        and across >= width
        and down >= height
        and abs(width - height * across / down) <= 2 + 0.02 * width
        for across, down, original in sizes
    )


def _check_size(picture: Image.Image, limits: Limits) -> None:
    pixels = picture.width * picture.height
    if pixels > limits.pixels:
        raise UnreadableFile(
            f"This picture has {pixels // 1_000_000:,} million pixels; dpdesk takes at most "
            f"{limits.pixels // 1_000_000:,} million.",
            "Save it at a lower resolution, and add that.",
        )


def _load(picture: Image.Image, warnings: list[str]) -> bool:
    """Decodes the pixels; returns whether all of them were there.

    Raises UnreadableFile where none of them were.
    """
    try:
        picture.load()
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            picture.load()
        except OSError:
            raise UnreadableFile(*_UNREADABLE) from None
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        if _is_empty(picture):
            raise UnreadableFile(*_UNREADABLE) from None
        warnings.append(
            "This picture is cut off: part of it is missing. Ask for a fresh copy if you can."
        )
        return False
    return True


def _is_empty(picture: Image.Image) -> bool:
    """Whether every pixel is the same: nothing was decoded."""
    extrema: Any = picture.getextrema()
    bands = extrema if isinstance(extrema[0], tuple) else (extrema,)
    return all(low == high for low, high in bands)


def _add_pages(
    made: pikepdf.Pdf, picture: Image.Image, content: bytes, warnings: list[str]
) -> None:
    # A TIFF is set upright by the library when it is read, and its resolution stays as it was.
    stored = picture_details.lying(picture) if picture.format == "TIFF" else 1
    whole = _load(picture, warnings)
    lying = picture_details.lying(picture)
    told = picture_sizes.resolution(picture)
    across, down = picture.size
    if lying in _ON_ITS_SIDE:
        across, down = down, across
    if told and not _ON_ITS_SIDE.isdisjoint({lying, stored}):
        told = told.turned()
    cuts, fitting = picture_sizes.pieces(across, down, told)
    if not cuts:
        drawing, matrix = _whole(made, picture, content, lying, whole=whole)
        _place(made, drawing, matrix, picture_sizes.page_size(across, down, told))
        return
    upright = picture_details.upright(picture)
    pixels = plain(upright, picture)
    lossy = picture.format in _LOSSY
    for cut in cuts:
        piece = pixels.crop(cut)
        size = (piece.width * 72.0 / fitting.across, piece.height * 72.0 / fitting.down)
        _place(made, _packed(made, piece, upright, lossy=lossy), _LYING[1], size)
    warnings.append(
        f"This picture is too long for one page, so it was cut into {len(cuts)} pages. Each "
        "repeats the end of the one before: mark what stands there on both."
    )


def _whole(
    made: pikepdf.Pdf, picture: Image.Image, content: bytes, lying: int, *, whole: bool
) -> tuple[pikepdf.Stream, _Matrix]:
    """The picture as it is drawn on one page, and how it lies there."""
    if whole and picture.format in {"JPEG", "MPO"} and picture.mode in KEPT:
        # The scanner's own compression is kept: decoding and packing again would lose quality.
        bare = jpegs.bare(content)
        if bare is not None:
            return _jpeg(made, picture, bare), _LYING.get(lying, _LYING[1])
    upright = picture_details.upright(picture)
    lossy = picture.format in _LOSSY
    return _packed(made, plain(upright, picture), upright, lossy=lossy), _LYING[1]


def _place(
    made: pikepdf.Pdf, drawing: pikepdf.Stream, matrix: _Matrix, size: tuple[float, float]
) -> None:
    """A page of that size, filled with the picture."""
    width, height = size
    page = made.add_blank_page(page_size=(round(max(width, 1.0), 2), round(max(height, 1.0), 2)))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=made.make_indirect(drawing)))
    a, b, c, d, e, f = matrix
    placed = (a * width, b * height, c * width, d * height, e * width, f * height)
    numbers = " ".join(f"{number:.3f}" for number in placed)
    page.Contents = made.make_stream(f"q {numbers} cm /P Do Q".encode())


def _jpeg(made: pikepdf.Pdf, picture: Image.Image, content: bytes) -> pikepdf.Stream:
    drawing = made.make_stream(content)
    drawing.Filter = pikepdf.Name.DCTDecode
    _describe(made, drawing, picture, picture)
    if picture.mode == "CMYK":
        # Ink is stored inverted, whether or not the file says that Adobe wrote it.
        drawing.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0, 1, 0])
    return drawing


def _packed(
    made: pikepdf.Pdf, pixels: Image.Image, source: Image.Image, *, lossy: bool
) -> pikepdf.Stream:
    if lossy and pixels.mode in {"L", "RGB"}:
        packed = io.BytesIO()
        pixels.save(packed, "JPEG", quality=_LOSSY_QUALITY, subsampling=0)
        drawing = made.make_stream(packed.getvalue())
        drawing.Filter = pikepdf.Name.DCTDecode
    else:
        drawing = made.make_stream(_deflated(pixels.tobytes()))
        drawing.Filter = pikepdf.Name.FlateDecode
    _describe(made, drawing, pixels, source)
    return drawing


def _deflated(raw: bytes) -> bytes:
    """Pixels packed without loss. The grain of a scan never repeats: seeking that takes time.

    A part in the middle says which is smaller; what is clean is packed as well as ever.
    """
    start = max(0, (len(raw) - _TRIED) // 2)
    part = raw[start : start + _TRIED]
    if len(_grainy(part)) <= len(zlib.compress(part, _WELL)):
        return _grainy(raw)
    return zlib.compress(raw, _WELL)


def _grainy(raw: bytes) -> bytes:
    packing = zlib.compressobj(1, strategy=zlib.Z_RLE)
    return packing.compress(raw) + packing.flush()


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
