"""One page: drawn, burnt, encoded afresh, with the words that stay.

What is marked is made black in the pixels before they are encoded; neither the source's
text nor its fonts nor anything else of it is carried over. Runs in worker processes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from dpdesk.disclosure import ink, marks, sheets, textlayer
from dpdesk.disclosure.ink import PixelBox
from dpdesk.disclosure.plan import WITHHELD_SIZE, PlannedMark
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.errors import UnreadableFile

TONE_DPI = 200
"""Resolution of pages with photographs or tints."""
JPEG_GRID = 8
"""Side of the squares in which JPEG encodes, in pixels (one grey or three full channels)."""
SHIMMER = 64
"""Brightest grey value (of 255) that JPEG may leave at the edge of a burnt place."""
_JPEG_QUALITIES = (72, 88, 95)
_LINE_PIXELS = 20_000_000  # more would not fit the promise for memory
_TONE_PIXELS = 8_000_000
_CRISP, _FAINT = 160, 226  # thresholds: letters drawn black, and with light grey lines
_MID_LOW, _MID_HIGH = 30, 246  # neither black nor paper
_TINTED_BLOCKS = 0.0012  # share of blocks of 8 × 8 pixels full of mid-tones that makes a tint
_COLOUR_STEP = 26
_COLOUR_SHARE = 0.0005
_SIZE_SLACK = 0.01

_MID = [255 if _MID_LOW <= value < _MID_HIGH else 0 for value in range(256)]
_BLACK_BELOW = {
    limit: [0 if value < limit else 255 for value in range(256)] for limit in (_CRISP, _FAINT)
}


@dataclass(frozen=True, slots=True)
class PageTask:
    """All that a worker needs to make one page of a bundle.

    ``withheld`` are the lines of the sheet when the page is left out; ``codes`` are the
    private codes of rare characters on this page.
    """

    number: int
    source: str
    index: int
    page: Page
    marks: tuple[PlannedMark, ...]
    stamp: str
    withheld: tuple[str, str] | None
    dpi: int
    codes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BurntPage:
    """A finished page: its picture, its unseen words, and where it was burnt.

    ``width`` and ``height`` are of the PDF page in points; ``frame`` maps the page as seen
    onto it; ``areas`` are the burnt boxes in points as seen.
    """

    number: int
    width: float
    height: float
    frame: textlayer.Frame
    pixels: tuple[int, int]
    encoding: Literal["g4", "jpeg"]
    colour: bool
    picture: bytes
    words: bytes
    used: dict[int, str]
    areas: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Canvas:
    """A drawn page with an empty strip below, and how many pixels one point has."""

    picture: Image.Image
    scale: tuple[float, float]
    foot: int


def burn(document: Any, task: PageTask) -> BurntPage:
    """Makes one page of the bundle from an open pdfium document.

    Raises UnreadableFile, naming the page of the bundle, when the page cannot be drawn or is
    not the page that was marked.
    """
    if task.withheld is not None:
        return _withheld_sheet(task)
    page = _open(document, task)
    try:
        grey = _draw(page, task, task.dpi, _LINE_PIXELS, colour=False)
        limit = line_threshold(grey.picture)
        if limit is not None:
            return _lines(grey, limit, task)
        del grey
        return _tones(_draw(page, task, min(task.dpi, TONE_DPI), _TONE_PIXELS, colour=True), task)
    finally:
        page.close()


def _open(document: Any, task: PageTask) -> Any:
    try:
        page = document[task.index]
    except (pdfium.PdfiumError, IndexError) as fault:
        raise UnreadableFile(
            f"Page {task.number} of the bundle cannot be drawn.",
            "Withhold the page, or add the document again.",
        ) from fault
    width, height = page.get_size()
    if (
        abs(width - task.page.width) > _SIZE_SLACK * task.page.width + 1
        or abs(height - task.page.height) > _SIZE_SLACK * task.page.height + 1
    ):
        page.close()
        raise UnreadableFile(
            f"Page {task.number} of the bundle has another size than when it was marked.",
            "Add the document again and mark it afresh.",
        )
    return page


def _draw(page: Any, task: PageTask, dpi: int, most: int, *, colour: bool) -> _Canvas:
    width, height = page.get_size()
    foot = sheets.strip_height(height)
    scale = min(dpi / 72, math.sqrt(most / (width * (height + foot))), 15_000 / max(width, height))
    try:
        bitmap = page.render(
            scale=scale,
            crop=(0, -foot, 0, 0),
            grayscale=not colour,
            rev_byteorder=colour,
            may_draw_forms=True,
            draw_annots=True,
        )
    except (pdfium.PdfiumError, MemoryError) as fault:
        raise UnreadableFile(
            f"Page {task.number} of the bundle cannot be drawn.",
            "Withhold the page, or add the document again.",
        ) from fault
    picture = bitmap.to_pil()
    drawn = math.ceil(height * scale), math.ceil(width * scale)
    across, down = drawn[1] / task.page.width, drawn[0] / task.page.height
    return _Canvas(picture, (across, down), drawn[0])


def line_threshold(grey: Image.Image) -> int | None:
    """The grey value that parts ink from paper, or None when the page has tints or photographs.

    Light grey rules and letters that stand apart from darker ink lift the threshold, so that
    none of them is lost.
    """
    mid = grey.point(_MID).reduce(8)
    counts = mid.histogram()
    blocks = mid.width * mid.height
    if counts[255] > max(12, _TINTED_BLOCKS * blocks):
        return None
    if sum(counts[1:]) == 0:
        return _CRISP
    dark = grey.point(_BLACK_BELOW[_CRISP]).reduce(8).point([255] * 255 + [0])
    near = dark.resize((dark.width // 3 + 1, dark.height // 3 + 1), Image.Resampling.BOX)
    near = near.resize(dark.size, Image.Resampling.NEAREST).point([0] + [255] * 255)
    alone = ImageChops.subtract(mid.point([0, 0] + [255] * 254), near)
    return _CRISP if alone.histogram()[255] <= 2 else _FAINT


def _lines(canvas: _Canvas, limit: int, task: PageTask) -> BurntPage:
    """A page of text and lines: black and white, as a fax encodes it."""
    own = sheets.stamp(canvas.picture, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    boxes = pixel_areas(canvas.picture, canvas.scale, task, grid=1)
    pure = canvas.picture.point(_BLACK_BELOW[limit])
    kept = _kept(pure, canvas.scale, task, boxes, pure=True)
    for box in boxes:
        pure.paste(0, box)
    data = group4(pure)
    return _finished(canvas, task, boxes, [*kept, *own], ("g4", False, data))


def _tones(canvas: _Canvas, task: PageTask) -> BurntPage:
    """A page with photographs or tints: JPEG, in colour only where there is some."""
    picture = canvas.picture
    if not has_colour(picture):
        picture = picture.convert("L")
    own = sheets.stamp(picture, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    grey = picture.convert("L")
    boxes = pixel_areas(grey, canvas.scale, task, grid=JPEG_GRID)
    kept = _kept(grey, canvas.scale, task, boxes, pure=False)
    for box in boxes:
        picture.paste(0 if picture.mode == "L" else (0, 0, 0), box)
    colour = picture.mode == "RGB"
    return _finished(canvas, task, boxes, [*kept, *own], ("jpeg", colour, jpeg(picture, boxes)))


def jpeg(picture: Image.Image, boxes: Sequence[PixelBox]) -> bytes:
    """A picture as JPEG, as fine as it takes for burnt places to stay all but black.

    Where a square of the encoding is shared between a burnt place and a word that stays, the
    edge of the word shimmers faintly into the black. What was burnt is not in it: it was
    overwritten before.
    """
    for quality in _JPEG_QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, subsampling=0)
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


def _withheld_sheet(task: PageTask) -> BurntPage:
    assert task.withheld is not None
    width, height = WITHHELD_SIZE
    scale = task.dpi / 72
    foot = math.ceil(height * scale)
    size = (math.ceil(width * scale), foot + math.ceil(sheets.strip_height(height) * scale))
    picture = Image.new("L", size, 255)
    canvas = _Canvas(picture, (size[0] / width, foot / height), foot)
    words = sheets.withheld(picture, task.withheld, canvas.scale)
    if task.stamp:
        words += sheets.stamp(picture, foot, task.stamp, canvas.scale)
    data = group4(picture.point(_BLACK_BELOW[_CRISP]))
    return _finished(canvas, task, [], words, ("g4", False, data), size=WITHHELD_SIZE)


def has_colour(picture: Image.Image) -> bool:
    """Whether a picture has more colour than a grey scan with a tinge."""
    small = picture.reduce(4)
    red, green, blue = small.split()
    spread = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    return sum(spread.histogram()[_COLOUR_STEP:]) > _COLOUR_SHARE * small.width * small.height


def pixel_areas(
    grey: Image.Image, scale: tuple[float, float], task: PageTask, *, grid: int
) -> list[PixelBox]:
    """Where the pixels of a page are burnt, outward to whole pixels.

    Text marks grow to cover ink that sticks out, then widen into blank space only. Areas are
    widened to the grid of the encoding unless that would cost a word that stays.
    """
    page = task.page
    areas = marks.areas_of(page.width, page.height, page.words, task.marks)
    if not areas:
        return []
    kept = marks.kept_boxes(page.words, task.marks)
    foot = round(page.height * scale[1])
    boxes: list[PixelBox] = []
    for area in areas:
        box = to_pixels(area.box, scale)
        if not area.drawn:
            near = area.box.inflate(min(area.box.width, area.box.height))
            neighbours = [to_pixels(marks.core(k), scale) for k in kept if k.intersects(near)]
            box = ink.grown(grey, box, neighbours)
            others = [other.box for other in areas if other is not area]
            box = _padded(grey, box, scale, (page, area, [*kept, *others]))
        limits = (grey.width, min(foot, grey.height))
        exact = _on_grid(box, 1, limits)
        wide = _on_grid(box, grid, limits)
        taken = [to_points(each, scale) for each in (exact, wide)]
        cost = any(marks.touches(taken[1], k) and not marks.touches(taken[0], k) for k in kept)
        boxes.append(exact if cost else wide)
    return boxes


def _padded(
    grey: Image.Image,
    box: PixelBox,
    scale: tuple[float, float],
    room: tuple[Page, marks.Area, Sequence[Box]],
) -> PixelBox:
    page, area, others = room
    grown = marks.Area(to_points(box, scale), area.numbers)
    wide = to_pixels(marks.pad(grown, page.width, others).box, scale)
    gap = max(1, round(marks.CLEARANCE * scale[0]))
    x0, y0, x1, y1 = box
    if wide[2] > x1:
        free = ink.free_of_ink(grey, (x1, y0, min(wide[2], grey.width), y1), from_left=True)
        x1 += free if x1 + free >= wide[2] else max(0, free - gap)
    if wide[0] < x0:
        free = ink.free_of_ink(grey, (max(0, wide[0]), y0, x0, y1), from_left=False)
        x0 -= free if x0 - free <= wide[0] else max(0, free - gap)
    return (x0, y0, x1, y1)


def _on_grid(box: PixelBox, grid: int, limits: tuple[int, int]) -> PixelBox:
    x0, y0 = box[0] // grid * grid, box[1] // grid * grid
    x1, y1 = -(-box[2] // grid) * grid, -(-box[3] // grid) * grid
    return (max(0, x0), max(0, y0), min(limits[0], x1), min(-(-limits[1] // grid) * grid, y1))


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


def _kept(
    picture: Image.Image,
    scale: tuple[float, float],
    task: PageTask,
    boxes: Sequence[PixelBox],
    *,
    pure: bool,
) -> list[Word]:
    """The words that no area touches and that an eye can see on the page."""
    page = task.page
    burnt = [to_points(box, scale) for box in boxes]
    seen: list[Word] = []
    for word in marks.kept_words(page.words, [*burnt, *(mark.box for mark in task.marks)]):
        box = word.box
        middle_x, middle_y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if not (0 <= middle_x <= page.width and 0 <= middle_y <= page.height):
            continue
        if ink.is_seen(picture, to_pixels(box, scale), len(word.text), pure=pure):
            seen.append(word)
    return seen


def group4(pure: Image.Image) -> bytes:
    """A black and white picture in the encoding of fax group 4, without any file around it."""
    out = io.BytesIO()
    pure.convert("1", dither=Image.Dither.NONE).save(
        out, "TIFF", compression="group4", tiffinfo={278: pure.height}
    )
    with Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], _one(tiff.tag_v2[279])  # type: ignore[attr-defined]  # a TIFF
    return out.getbuffer()[start : start + length].tobytes()


def _one(value: Any) -> tuple[int]:
    return (value if isinstance(value, int) else value[0],)


def _finished(
    canvas: _Canvas,
    task: PageTask,
    boxes: Sequence[PixelBox],
    words: Sequence[Word],
    made: tuple[Literal["g4", "jpeg"], bool, bytes],
    size: tuple[float, float] | None = None,
) -> BurntPage:
    width, height = size or (task.page.width, task.page.height)
    picture = canvas.picture
    whole = picture.height / canvas.scale[1]
    factor = height / whole
    frame = textlayer.Frame(factor, (width - factor * width) / 2, height)
    placed = textlayer.place_words(words, Page(width, whole, (), "text"), frame)
    encoding, colour, data = made
    return BurntPage(
        task.number,
        width,
        height,
        frame,
        picture.size,
        encoding,
        colour,
        data,
        textlayer.content(placed, task.codes),
        textlayer.used_codes(placed, task.codes),
        tuple(to_points(box, canvas.scale) for box in boxes),
    )
