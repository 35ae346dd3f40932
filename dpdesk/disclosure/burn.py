"""One page: drawn, burnt, encoded afresh, with the words that stay.

What is marked is made black in the pixels before they are encoded; neither the source's
text nor its fonts nor anything else of it is carried over. Runs in worker processes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import pypdfium2 as pdfium
from PIL import Image

from dpdesk.disclosure import ink, marks, sheets, textlayer
from dpdesk.disclosure.areas import pixel_areas
from dpdesk.disclosure.canvas import (
    PAPER,
    ROOM,
    Canvas,
    Made,
    has_colour,
    has_tones,
    jpeg,
    outer,
    plain_ends,
    pure,
    size_of,
    to_pixels,
    to_points,
    view,
    without_faint,
)
from dpdesk.disclosure.ink import PixelBox
from dpdesk.disclosure.page_task import PageTask
from dpdesk.disclosure.plan import WITHHELD_SIZE, SetLine
from dpdesk.disclosure.redrawing import Anew, set_anew
from dpdesk.documents import ink as traces
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
_TRACE = 2.0  # points around a word in which its letters may leave a trace
_AS_SEEN: dict[str, Any] = {
    "may_draw_forms": True,
    "draw_annots": True,
    "limit_image_cache": True,
}


@dataclass(frozen=True, slots=True)
class BurntPage:
    """A finished page: its picture, its unseen words, and where it was burnt.

    ``width`` and ``height`` are of the PDF page in points; ``frame`` maps the page as seen
    onto it; ``part`` is what of it the picture shows, ``areas`` are the burnt boxes and ``lines``
    those that were set anew, all in points as seen. ``uneven`` are the numbers of the marks whose
    areas may still tell how large it was what they removed.
    """

    number: int
    width: float
    height: float
    frame: textlayer.PagePlacing
    part: Box
    pixels: tuple[int, int]
    encoding: Literal["g4", "jpeg"]
    colour: bool
    picture: bytes
    words: bytes
    used: dict[int, str]
    areas: tuple[Box, ...]
    lines: tuple[SetLine, ...] = ()
    uneven: tuple[int, ...] = ()


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


def outlook(document: Any, task: PageTask) -> tuple[tuple[Box, ...], Anew]:
    """What ``burn`` would make black on a page, and which lines it would set anew.

    Raises UnreadableFile as ``burn`` does.
    """
    page = _open(document, task)
    try:
        canvas, grid = _draw(page, task, task.dpi, _LINE_PIXELS, colour=False), 1
        if has_tones(canvas.rows(4)):
            dpi, grid = min(task.dpi, TONE_DPI), JPEG_GRID
            canvas = _draw(page, task, dpi, _TONE_PIXELS, colour=True)
        anew = set_anew(page, canvas, task.page, task.marks)
        grey = canvas.picture.convert("L")
        boxes = _burnt(grey, canvas, (_rest(task, anew), anew), grid=grid)
        return tuple(to_points(box, canvas.scale) for box in boxes), anew
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
            f"Page {task.number} of the bundle is not the size it was when it was marked.",
            "Add the document again and mark it again.",
        )
    return page


def _draw(page: Any, task: PageTask, dpi: int, most: int, *, colour: bool) -> Canvas:
    width, height = page.get_size()
    foot = sheets.strip_height(height)
    scale = min(dpi / 72, math.sqrt(most / (width * (height + foot))), 15_000 / max(width, height))
    how = {"scale": scale, "crop": (0, -foot, 0, 0), "grayscale": not colour}
    try:
        bitmap = page.render(**how, **_AS_SEEN, rev_byteorder=colour, bitmap_maker=ROOM.maker)
        drawn = math.ceil(height * scale), math.ceil(width * scale)
        scales = drawn[1] / task.page.width, drawn[0] / task.page.height
        picture = bitmap.to_pil()
        if colour:
            picture = plain_ends(_without_unseen(page, task.page, picture, (how, scales)))
    except (pdfium.PdfiumError, MemoryError) as fault:
        raise UnreadableFile(
            f"Page {task.number} of the bundle cannot be drawn.",
            "Withhold the page, or add the document again.",
        ) from fault
    return Canvas(picture, bitmap, scales, drawn[0])


def _without_unseen(
    page: Any, words: Page, picture: Image.Image, how: tuple[dict[str, Any], tuple[float, float]]
) -> Image.Image:
    """A page in colour without the traces of words that nobody sees, which an encoding keeps.

    Black and white has none; ``how`` it was drawn, and its pixels for each point.
    """
    hidden = [words.words[number].box.inflate(_TRACE) for number in sorted(words.unseen)]
    survey = traces.survey(page) if hidden else None
    if survey is None:
        return picture
    try:
        traces.switch([*survey.pictures, *survey.lines], on=True)
        traces.switch(survey.letters, on=False)
        bare = page.render(**how[0], **_AS_SEEN, rev_byteorder=True).to_pil()
    finally:
        traces.switch([*survey.letters, *survey.pictures, *survey.lines], on=True)
    return without_faint(picture, bare, [to_pixels(box, how[1]) for box in hidden])


def _lines(canvas: Canvas, page: Any, task: PageTask) -> BurntPage | None:
    """A page of text and lines: black and white, as a fax encodes it.

    None where words are so light that they are seen on the page and would not be here.
    """
    grey = canvas.picture
    anew = set_anew(page, canvas, task.page, task.marks)
    rest = _rest(task, anew)
    own = sheets.stamp(grey, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    cells = ink.Cells(canvas.rows(2))
    boxes = _burnt(grey, canvas, (rest, anew), grid=1)
    left = _left(rest, boxes, canvas.scale)
    places = [(word, to_pixels(word.box, canvas.scale)) for word in left]
    pale = [word for word, box in places if not cells.dark(box) and _is_pale(word, box, grey)]
    before = anew.before(task.page)
    if seen_words(page, pale, before):
        return None
    inked = [word for word, box in places if cells.seen(box)]
    kept = anew.level(task.page, seen_words(page, inked, before, inked=True))
    part = outer(cells.inked(), boxes, grey.size)
    drawn = canvas.bitmap
    start = part[1] * drawn.stride + part[0]
    shown = view(drawn, size_of(part), start, drawn.stride)
    made = pure(shown, boxes, part)
    return _finished(canvas, task, boxes, [*kept, *own], made, anew)


def _is_pale(word: Word, box: PixelBox, grey: Image.Image) -> bool:
    """Whether nothing of a word would be left in black and white."""
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
        canvas = replace(canvas, picture=picture)
    anew = set_anew(page, canvas, task.page, task.marks)
    rest = _rest(task, anew)
    own = sheets.stamp(picture, canvas.foot, task.stamp, canvas.scale) if task.stamp else []
    grey = picture.convert("L")
    boxes = _burnt(grey, canvas, (rest, anew), grid=JPEG_GRID)
    kept = [
        word
        for word in _left(rest, boxes, canvas.scale)
        if ink.is_seen(grey, to_pixels(word.box, canvas.scale), len(word.text))
    ]
    kept = anew.level(task.page, seen_words(page, kept, anew.before(task.page)))
    for box in boxes:
        picture.paste(0 if picture.mode == "L" else (0, 0, 0), box)
    content = jpeg(picture, boxes, fine=light)
    made = Made("jpeg", picture.mode == "RGB", content, (0, 0, *picture.size))
    return _finished(canvas, task, boxes, [*kept, *own], made, anew)


def _rest(task: PageTask, anew: Anew) -> PageTask:
    """What is left to do on a page after its lines were set anew."""
    left = tuple(mark for mark in task.marks if mark.number not in anew.numbers)
    return replace(task, page=anew.rest(task.page), marks=left)


def _burnt(
    grey: Image.Image, canvas: Canvas, what: tuple[PageTask, Anew], *, grid: int
) -> list[PixelBox]:
    """What is burnt in place, and the gaps of the lines that were set anew."""
    rest, anew = what
    boxes = pixel_areas(grey, canvas.scale, rest, grid=grid, heights=anew.heights)
    return boxes + [to_pixels(gap, canvas.scale) for gap in anew.gaps]


def seen_words(
    page: Any,
    words: Sequence[Word],
    before: Mapping[Word, Word] | None = None,
    *,
    inked: bool = False,
) -> list[Word]:
    """Those of some words that somebody who looks at a page of a source can see.

    ``before`` gives words that were set anew as they stood on it; ``inked`` says that each of the
    words has ink at its place.
    """
    stood = [(before or {}).get(word, word) for word in words]
    hidden = unseen.again(page, stood, inked=inked) if words else frozenset()
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
    return _finished(canvas, sheet, [], words, pure(picture, [], (0, 0, *size)), Anew())


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
    canvas: Canvas,
    task: PageTask,
    boxes: Sequence[PixelBox],
    words: Sequence[Word],
    made: Made,
    anew: Anew,
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
        anew.lines,
        anew.uneven(task.marks),
    )


def frame_for(width: float, height: float) -> textlayer.PagePlacing:
    """Where a page as seen lies on its page of the bundle: a little smaller, above its stamp."""
    factor = height / (height + sheets.strip_height(height))
    return textlayer.PagePlacing(factor, (width - factor * width) / 2, height)
