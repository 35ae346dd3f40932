"""One page: drawn, burnt, encoded afresh, with the words that stay.

What is marked is made black in the pixels before they are encoded; neither the source's
text nor its fonts nor anything else of it is carried over. Runs in worker processes.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import pypdfium2 as pdfium
from PIL import Image

from dpdesk.disclosure import ink, marks, sheets, textlayer
from dpdesk.disclosure.canvas import (
    PAPER,
    ROOM,
    Canvas,
    Made,
    has_colour,
    has_tones,
    jpeg,
    outer,
    pure,
    size_of,
    to_pixels,
    to_points,
    view,
)
from dpdesk.disclosure.ink import PixelBox
from dpdesk.disclosure.plan import WITHHELD_SIZE, PlannedMark
from dpdesk.documents import unseen
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.errors import UnreadableFile

TONE_DPI = 200
"""Resolution of pages with photographs or tints."""
JPEG_GRID = 8
"""Side of the squares in which JPEG encodes, in pixels (one grey or three full channels)."""
_LINE_PIXELS = 20_000_000  # more would not fit the promise for memory
_TONE_PIXELS = 8_000_000
_SIZE_SLACK = 0.01


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
        thin = (page.width, page.height, page.kind, texts, sides, page.unseen)
        rest = self.marks, self.stamp, self.withheld, self.dpi, self.codes
        return _arrived, (self.number, self.source, self.index, thin, *rest)


def _arrived(number: int, source: str, index: int, thin: Any, *rest: Any) -> PageTask:
    width, height, kind, texts, sides, unseen_ones = thin
    places = iter(sides)
    boxes = (Box(*four) for four in zip(places, places, places, places, strict=True))
    words = tuple(Word(text, box) for text, box in zip(texts, boxes, strict=True))
    page = Page(width, height, words, kind, unseen_ones)
    return PageTask(number, source, index, page, *rest)


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
        light = False
        if not has_tones(grey.rows(4)):
            made = _lines(grey, page, task)
            if made is not None:
                return made
            light = True
        del grey
        canvas = _draw(page, task, min(task.dpi, TONE_DPI), _TONE_PIXELS, colour=True)
        return _tones(canvas, page, task, light=light)
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


def _draw(page: Any, task: PageTask, dpi: int, most: int, *, colour: bool) -> Canvas:
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
            bitmap_maker=ROOM.maker,
        )
    except (pdfium.PdfiumError, MemoryError) as fault:
        raise UnreadableFile(
            f"Page {task.number} of the bundle cannot be drawn.",
            "Withhold the page, or add the document again.",
        ) from fault
    picture = bitmap.to_pil()
    drawn = math.ceil(height * scale), math.ceil(width * scale)
    across, down = drawn[1] / task.page.width, drawn[0] / task.page.height
    return Canvas(picture, bitmap, (across, down), drawn[0])


def _lines(canvas: Canvas, page: Any, task: PageTask) -> BurntPage | None:
    """A page of text and lines: black and white, as a fax encodes it.

    None where words are so light that they are seen on the page and would not be here.
    """
    grey = canvas.picture
    own = sheets.stamp(grey, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    cells = ink.Cells(canvas.rows(2))
    boxes = pixel_areas(grey, canvas.scale, task, grid=1)
    left = _left(task, boxes, canvas.scale)
    if seen_words(page, [word for word in left if _is_pale(word, grey, canvas.scale)]):
        return None
    inked = [word for word in left if cells.seen(to_pixels(word.box, canvas.scale))]
    kept = seen_words(page, inked)
    part = outer(cells.inked(), boxes, grey.size)
    drawn = canvas.bitmap
    start = part[1] * drawn.stride + part[0]
    shown = view(drawn, size_of(part), start, drawn.stride)
    return _finished(canvas, task, boxes, [*kept, *own], pure(shown, boxes, part))


def _is_pale(word: Word, grey: Image.Image, scale: tuple[float, float]) -> bool:
    """Whether nothing of a word would be left in black and white."""
    box = to_pixels(word.box, scale)
    if not any(sign.isalnum() for sign in word.text) or box[2] <= box[0] or box[3] <= box[1]:
        return False
    return cast("tuple[int, int]", grey.crop(box).getextrema())[0] >= PAPER


def _tones(canvas: Canvas, page: Any, task: PageTask, *, light: bool) -> BurntPage:
    """A page with photographs or tints: JPEG, in colour only where there is some.

    ``light`` says that it is made because of light words, whose colours may be all they have.
    """
    picture = canvas.picture
    if not light and not has_colour(picture):
        picture = picture.convert("L")
    own = sheets.stamp(picture, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    grey = picture.convert("L")
    boxes = pixel_areas(grey, canvas.scale, task, grid=JPEG_GRID)
    kept = [
        word
        for word in _left(task, boxes, canvas.scale)
        if ink.is_seen(grey, to_pixels(word.box, canvas.scale), len(word.text))
    ]
    kept = seen_words(page, kept)
    for box in boxes:
        picture.paste(0 if picture.mode == "L" else (0, 0, 0), box)
    content = jpeg(picture, boxes, fine=light)
    made = Made("jpeg", picture.mode == "RGB", content, (0, 0, *picture.size))
    return _finished(canvas, task, boxes, [*kept, *own], made)


def seen_words(page: Any, words: Sequence[Word]) -> list[Word]:
    """Those of some words on a page of a source that somebody who looks at it can see."""
    hidden = unseen.again(page, words) if words else frozenset()
    return [word for number, word in enumerate(words) if number not in hidden]


def _withheld_sheet(task: PageTask) -> BurntPage:
    assert task.withheld is not None
    width, height = WITHHELD_SIZE
    scale = task.dpi / 72
    foot = math.ceil(height * scale)
    size = (math.ceil(width * scale), foot + math.ceil(sheets.strip_height(height) * scale))
    picture = Image.new("L", size, 255)
    canvas = Canvas(picture, None, (size[0] / width, foot / height), foot)
    words = sheets.withheld(picture, task.withheld, canvas.scale)
    if task.stamp:
        words += sheets.stamp(picture, foot, task.stamp, canvas.scale)
    sheet = replace(task, page=Page(width, height, (), "text"))
    return _finished(canvas, sheet, [], words, pure(picture, [], (0, 0, *size)))


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
        if grid == 1 or area.drawn:
            boxes.append(exact)  # what a hand drew ends where it was drawn
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


def _left(task: PageTask, boxes: Sequence[PixelBox], scale: tuple[float, float]) -> list[Word]:
    """The words seen on the page that neither a mark nor a burnt area touches, nor another word."""
    page = task.page
    doubtful = marks.entangled(page.words)
    doubtful |= page.unseen
    clear = [word for index, word in enumerate(page.words) if index not in doubtful]
    burnt = [to_points(box, scale) for box in boxes]
    stay = marks.kept_words(clear, [*burnt, *(mark.box for mark in task.marks)])
    return [
        word
        for word in stay
        if 0 <= word.box.x0 + word.box.x1 <= 2 * page.width
        and 0 <= word.box.y0 + word.box.y1 <= 2 * page.height
    ]


def _finished(
    canvas: Canvas, task: PageTask, boxes: Sequence[PixelBox], words: Sequence[Word], made: Made
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
