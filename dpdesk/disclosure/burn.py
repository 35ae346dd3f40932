"""One page: drawn, burnt, encoded afresh, with the words that stay.

What is marked is made black in the pixels before they are encoded; neither the source's
text nor its fonts nor anything else of it is carried over. Runs in worker processes.
"""

from __future__ import annotations

import ctypes
import io
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
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
_PAPER = 226  # a page of text keeps what is darker: light grey letters and rules too
_MID_LOW, _MID_HIGH = 30, 246  # neither black nor paper
_TINTED_BLOCKS = 0.0012  # share of blocks of 8 × 8 pixels full of mid-tones that makes a tint
_COLOUR_STEP = 26
_COLOUR_SHARE = 0.0005
_SIZE_SLACK = 0.01

_MID = [255 if _MID_LOW <= value < _MID_HIGH else 0 for value in range(256)]
_INKED = [255 if value < _PAPER else 0 for value in range(256)]


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

    def __reduce__(self) -> tuple[Any, ...]:
        """The way to a worker: the words as one list and their boxes as plain numbers."""
        page = self.page
        sides = array("d")
        for word in page.words:
            box = word.box
            sides.extend((box.x0, box.y0, box.x1, box.y1))
        texts = [word.text for word in page.words]
        thin = (page.width, page.height, page.kind, texts, sides)
        rest = self.marks, self.stamp, self.withheld, self.dpi, self.codes
        return _arrived, (self.number, self.source, self.index, thin, *rest)


def _arrived(number: int, source: str, index: int, thin: Any, *rest: Any) -> PageTask:
    width, height, kind, texts, sides = thin
    places = iter(sides)
    boxes = (Box(*four) for four in zip(places, places, places, places, strict=True))
    words = tuple(Word(text, box) for text, box in zip(texts, boxes, strict=True))
    return PageTask(number, source, index, Page(width, height, words, kind), *rest)


@dataclass(frozen=True, slots=True)
class BurntPage:
    """A finished page: its picture, its unseen words, and where it was burnt.

    ``width`` and ``height`` are of the PDF page in points; ``frame`` maps the page as seen
    onto it; ``part`` is what of it the picture shows and ``areas`` are the burnt boxes, both in
    points as seen.
    """

    number: int
    width: float
    height: float
    frame: textlayer.Frame
    part: Box
    pixels: tuple[int, int]
    encoding: Literal["g4", "jpeg"]
    colour: bool
    picture: bytes
    words: bytes
    used: dict[int, str]
    areas: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Canvas:
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
        return _view(drawn, (drawn.width, drawn.height // step), 0, drawn.stride * step)


@dataclass(slots=True)
class _Room:
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


_ROOM = _Room(bytearray())


def _view(drawn: Any, size: tuple[int, int], start: int, stride: int) -> Image.Image:
    # Pillow takes any buffer; its annotation names three of them.
    return Image.frombuffer(
        "L", size, cast(bytes, memoryview(drawn.buffer)[start:]), "raw", "L", stride, 1
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """An encoded picture, and which part of the canvas it shows."""

    encoding: Literal["g4", "jpeg"]
    colour: bool
    content: bytes
    part: PixelBox


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
        if not has_tones(grey.rows(4)):
            return _lines(grey, task)
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
            limit_image_cache=True,
            bitmap_maker=_ROOM.maker,
        )
    except (pdfium.PdfiumError, MemoryError) as fault:
        raise UnreadableFile(
            f"Page {task.number} of the bundle cannot be drawn.",
            "Withhold the page, or add the document again.",
        ) from fault
    picture = bitmap.to_pil()
    drawn = math.ceil(height * scale), math.ceil(width * scale)
    across, down = drawn[1] / task.page.width, drawn[0] / task.page.height
    return _Canvas(picture, bitmap, (across, down), drawn[0])


def has_tones(every_fourth_row: Image.Image) -> bool:
    """Whether a page has tints or photographs, so that black and white would lose something."""
    blocks = every_fourth_row.point(_MID).reduce((8, 2))
    full = blocks.histogram()[255]
    return full > max(12, _TINTED_BLOCKS * blocks.width * blocks.height)


def _lines(canvas: _Canvas, task: PageTask) -> BurntPage:
    """A page of text and lines: black and white, as a fax encodes it."""
    grey = canvas.picture
    own = sheets.stamp(grey, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    cells = ink.Cells(canvas.rows(2))
    boxes = pixel_areas(grey, canvas.scale, task, grid=1)
    kept = [
        word
        for word in _left(task, boxes, canvas.scale)
        if cells.seen(to_pixels(word.box, canvas.scale))
    ]
    part = _outer(cells.inked(), boxes, grey.size)
    drawn = canvas.bitmap
    view = _view(drawn, _size(part), part[1] * drawn.stride + part[0], drawn.stride)
    return _finished(canvas, task, boxes, [*kept, *own], pure(view, boxes, part))


def _outer(inked: PixelBox | None, boxes: Sequence[PixelBox], limits: tuple[int, int]) -> PixelBox:
    """The part of a page that holds all its ink and all burnt places, in whole bytes."""
    every = [*([inked] if inked else []), *boxes] or [(0, 0, 1, 1)]
    x0, y0 = min(box[0] for box in every), min(box[1] for box in every)
    x1, y1 = max(box[2] for box in every), max(box[3] for box in every)
    x0, y0 = max(0, x0 // 8 * 8), max(0, y0)
    return (x0, y0, min(limits[0], -(-x1 // 8) * 8), min(limits[1], y1))


def _size(box: PixelBox) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


def pure(grey: Image.Image, boxes: Sequence[PixelBox], part: PixelBox) -> _Made:
    """Part of a page in black and white; light grey counts as ink, so that none is lost."""
    inked = grey.point(_INKED, "1")
    for x0, y0, x1, y1 in boxes:
        inked.paste(1, (x0 - part[0], y0 - part[1], x1 - part[0], y1 - part[1]))
    return _Made("g4", False, group4(inked), part)


def _tones(canvas: _Canvas, task: PageTask) -> BurntPage:
    """A page with photographs or tints: JPEG, in colour only where there is some."""
    picture = canvas.picture
    if not has_colour(picture):
        picture = picture.convert("L")
    own = sheets.stamp(picture, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    grey = picture.convert("L")
    boxes = pixel_areas(grey, canvas.scale, task, grid=JPEG_GRID)
    kept = [
        word
        for word in _left(task, boxes, canvas.scale)
        if ink.is_seen(grey, to_pixels(word.box, canvas.scale), len(word.text))
    ]
    for box in boxes:
        picture.paste(0 if picture.mode == "L" else (0, 0, 0), box)
    made = _Made("jpeg", picture.mode == "RGB", jpeg(picture, boxes), (0, 0, *picture.size))
    return _finished(canvas, task, boxes, [*kept, *own], made)


def jpeg(picture: Image.Image, boxes: Sequence[PixelBox]) -> bytes:
    """A picture as JPEG, as fine as it takes for burnt places to stay all but black.

    Where a square of the encoding is shared between a burnt place and a word that stays, the
    edge of the word shimmers faintly into the black. What was burnt is not in it: it was
    overwritten before.
    """
    out = io.BytesIO()
    # Colours at half the resolution, as cameras store them, would wash over the edges of a burnt
    # place; where there is none they save a third of the size.
    sampling = "4:4:4" if boxes else "4:2:0"
    for quality in _JPEG_QUALITIES:
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


def _withheld_sheet(task: PageTask) -> BurntPage:
    assert task.withheld is not None
    width, height = WITHHELD_SIZE
    scale = task.dpi / 72
    foot = math.ceil(height * scale)
    size = (math.ceil(width * scale), foot + math.ceil(sheets.strip_height(height) * scale))
    picture = Image.new("L", size, 255)
    canvas = _Canvas(picture, None, (size[0] / width, foot / height), foot)
    words = sheets.withheld(picture, task.withheld, canvas.scale)
    if task.stamp:
        words += sheets.stamp(picture, foot, task.stamp, canvas.scale)
    sheet = replace(task, page=Page(width, height, (), "text"))
    return _finished(canvas, sheet, [], words, pure(picture, [], (0, 0, *size)))


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
        if grid == 1:
            boxes.append(exact)
            continue
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


def _left(task: PageTask, boxes: Sequence[PixelBox], scale: tuple[float, float]) -> list[Word]:
    """The words on the page that neither a mark nor a burnt area touches, nor another word."""
    page = task.page
    doubtful = marks.entangled(page.words)
    clear = [word for index, word in enumerate(page.words) if index not in doubtful]
    burnt = [to_points(box, scale) for box in boxes]
    stay = marks.kept_words(clear, [*burnt, *(mark.box for mark in task.marks)])
    return [
        word
        for word in stay
        if 0 <= word.box.x0 + word.box.x1 <= 2 * page.width
        and 0 <= word.box.y0 + word.box.y1 <= 2 * page.height
    ]


def group4(inked: Image.Image) -> bytes:
    """A picture of ink (1) and paper (0) in fax group 4, without any file around it."""
    out = io.BytesIO()
    inked.save(out, "TIFF", compression="group4", tiffinfo={278: inked.height})
    with Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], _one(tiff.tag_v2[279])  # type: ignore[attr-defined]  # a TIFF
    return out.getbuffer()[start : start + length].tobytes()


def _one(value: Any) -> tuple[int]:
    return (value if isinstance(value, int) else value[0],)


def _finished(
    canvas: _Canvas, task: PageTask, boxes: Sequence[PixelBox], words: Sequence[Word], made: _Made
) -> BurntPage:
    width, height = task.page.width, task.page.height
    whole = height + sheets.strip_height(height)
    frame = frame_for(width, height)
    placed = textlayer.place_words(words, Page(width, whole, (), "text"), frame)
    x0, y0, x1, y1 = made.part
    return BurntPage(
        task.number,
        width,
        height,
        frame,
        to_points(made.part, canvas.scale),
        (x1 - x0, y1 - y0),
        made.encoding,
        made.colour,
        made.content,
        textlayer.content(placed, task.codes),
        textlayer.used_codes(placed, task.codes),
        tuple(to_points(box, canvas.scale) for box in boxes),
    )


def frame_for(width: float, height: float) -> textlayer.Frame:
    """Where a page as seen lies on its page of the bundle: a little smaller, above its stamp."""
    factor = height / (height + sheets.strip_height(height))
    return textlayer.Frame(factor, (width - factor * width) / 2, height)
