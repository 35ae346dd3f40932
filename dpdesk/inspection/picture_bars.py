"""Bars over pictures, below which the picture is whole; for workers only.

Whoever redacts a scan by drawing over it leaves the scan as it was. The page is drawn with and
without what lies over its pictures; where a dark place of one colour appears, what the picture
has there is looked at, and read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from PIL import Image, ImageChops, ImageStat

from dpdesk.documents import ink
from dpdesk.documents.ocr import engine_of
from dpdesk.documents.ocr_rest import Read
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame
from dpdesk.documents.sight import Sight
from dpdesk.inspection import half_covered, painted_out
from dpdesk.inspection.connected import connected
from dpdesk.inspection.placing import seen_box, within
from dpdesk.inspection.read_there import is_new
from dpdesk.inspection.telling import Told, signs_in, words_in

_SCALE: Final = 3.0  # pixels for each point, so that letters under a bar can be read
_PIXELS: Final = 12_000_000
_CELL: Final = 9  # pixels: three points
_CHANGED: Final = 40  # steps of grey
_FILLED: Final = 0.6  # of a cell
_LEAST: Final = (24, 15)  # pixels across and down of the smallest bar
_DARK: Final = 120
_SPREAD: Final = 24  # steps of grey around the middle colour of a bar
_TELLS: Final = 14  # steps of grey by which a picture differs in itself that shows something
_HIDDEN: Final = 0.03  # of a bar: paper or letters below it take more
_SURE: Final = 60
_SURER: Final = 80  # under a picture of something: its grain makes letters too
_LETTERS: Final = 4
_PHOTOGRAPH: Final = 0.35  # of the page: a larger picture covers a whole page, and no words of one
_MOST_PICTURES: Final = 30
_SCAN: Final = 0.6  # of the page: such a picture is a scan, which is text and no background


def look(page: Any, index: int, told: Told, memory: dict[str, Any]) -> None:
    """Looks at the pictures of a page, its number from 0. All drawings are switched on again."""
    surveyed = ink.survey(page)
    if not surveyed.pictures or surveyed.too_many:
        ink.switch([*surveyed.letters, *surveyed.pictures, *surveyed.lines], on=True)
        return
    width, height = page.get_size()
    scale = min(_SCALE, (_PIXELS / (width * height)) ** 0.5)
    sight = Sight(page, surveyed, scale, grey=True)
    try:
        whole = sight.whole()
        found: list[tuple[Box, str]] = []
        if sight.drawn_over():
            below = _under(whole, sight.pictures(), scale, memory)
            # A dark panel over a background is no bar, unless there are words below.
            scan = surveyed.picture_area >= _SCAN * width * height
            found += [(box, text) for box, text in below if text or scan]
            found += painted_out.look(whole, sight.pictures(), scale, partial(_read, memory=memory))
            known = [box for box, _text in found]
            words = partial(_seen, scale=scale, memory=memory)
            found += half_covered.look(whole, sight.pictures(), scale, words, known)
        found += _pictures_over(page, surveyed, whole, scale, memory)
    finally:
        sight.restore()
    if found:
        many = "1 bar" if len(found) == 1 else f"{len(found)} bars"
        text = " ".join(text for _box, text in found if text)
        told.tell(
            "under-picture-bar",
            index + 1,
            f"{many} drawn over a picture can be taken off; the picture is whole below.",
            text,
            [box for box, _text in found],
        )


def _pictures_over(
    page: Any, surveyed: ink.Survey, whole: Image.Image, scale: float, memory: dict[str, Any]
) -> list[tuple[Box, str]]:
    """The same for pictures that are laid over other ones: dark, white, or of something."""
    if not 1 < len(surveyed.pictures) <= _MOST_PICTURES:
        return []
    frame = Frame(page)
    boxes = [seen_box(frame, picture) for picture in surveyed.pictures]
    found = []
    wide, high = page.get_size()
    page_area = wide * high
    for place, (picture, box) in enumerate(zip(surveyed.pictures, boxes, strict=True)):
        others = boxes[:place] + boxes[place + 1 :]
        if box is None or not any(other and within(box, other) > 0.5 for other in others):
            continue
        sides = _pixels(box, scale, whole.size)
        over = whole.crop(sides)
        plain = _is_bar(over) or painted_out.is_paper(over)
        if not plain and box.width * box.height > _PHOTOGRAPH * page_area:
            continue
        ink.switch([picture], on=False)
        without = ink.drawn_picture(page.render(scale=scale, grayscale=True))
        ink.switch([picture], on=True)
        if plain:
            found += _under(whole, without, scale, memory)
            found += painted_out.look(whole, without, scale, partial(_read, memory=memory))
        else:
            text = _hidden_words(over, without.crop(sides), scale, memory)
            found += [(box, text)] if text else []
    return found


def _under(
    whole: Image.Image, bare: Image.Image, scale: float, memory: dict[str, Any]
) -> list[tuple[Box, str]]:
    """The bars (points) that are in one drawing and not in the other, with the words below."""
    found = []
    for sides in _changed(whole, bare):
        bar, below = whole.crop(sides), bare.crop(sides)
        if not _is_bar(bar) or _spread(below) < _TELLS or not _hides(bar, below):
            continue
        found.append((Box(*(side / scale for side in sides)), _read(below, scale, memory)))
    return found


def _changed(whole: Image.Image, bare: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """Boxes around the places that differ, in pixels; each of connected cells."""
    differs = ImageChops.difference(whole, bare).point(
        [255 if level >= _CHANGED else 0 for level in range(256)]
    )
    dark = whole.point([255 if level <= _DARK else 0 for level in range(256)])
    # What is dark now, and what changed somewhere in it: also where letters were dark before.
    size = (max(1, whole.width // _CELL), max(1, whole.height // _CELL))
    filled = dark.resize(size, Image.Resampling.BOX).tobytes()
    touched = differs.resize(size, Image.Resampling.BOX).tobytes()
    wide, high = size
    for cells in connected(filled, wide, 255 * _FILLED):
        if not any(touched[cell] for cell in cells):
            continue
        across, down = [cell % wide for cell in cells], [cell // wide for cell in cells]
        left, top, right, bottom = min(across), min(down), max(across) + 1, max(down) + 1
        # A cell at the edge may be only partly covered.
        yield (
            round((left + 0.5) * whole.width / wide),
            round((top + 0.5) * whole.height / high),
            round((right - 0.5) * whole.width / wide),
            round((bottom - 0.5) * whole.height / high),
        )


def _is_bar(part: Image.Image) -> bool:
    """Whether a place is dark and of one colour."""
    if part.width < _LEAST[0] or part.height < _LEAST[1]:
        return False
    inner = part.crop((2, 2, part.width - 2, part.height - 2)) if min(part.size) > 8 else part
    stat = ImageStat.Stat(inner)
    return bool(stat.mean[0] < _DARK and stat.stddev[0] < _SPREAD)


def _hides(bar: Image.Image, below: Image.Image) -> bool:
    """Whether more lies below a bar than its own edges: it is drawn over one in the picture."""
    counts = ImageChops.difference(bar, below).histogram()
    return sum(counts[_CHANGED:]) >= _HIDDEN * bar.width * bar.height


def _spread(part: Image.Image) -> float:
    return float(ImageStat.Stat(part).stddev[0])


def _read(below: Image.Image, scale: float, memory: dict[str, Any]) -> str:
    """The words that the picture has there, as far as they can be read."""
    counts = below.histogram()
    paper = max(range(256), key=counts.__getitem__)
    room = Image.new("L", (below.width + 40, below.height + 40), paper)
    room.paste(below, (20, 20))
    found = engine_of(memory).look(room, scale * 72.0).found
    return " ".join(word.text for word in found if word.sure >= _SURE)


def _hidden_words(
    over: Image.Image, below: Image.Image, scale: float, memory: dict[str, Any]
) -> str:
    """Words below a picture of something: they are surely read, and not with it."""
    differs = ImageChops.difference(over, below)
    if _spread(below) < _TELLS or ImageStat.Stat(differs).mean[0] < _TELLS:
        return ""
    shown = {letters for word in _seen(over, scale, memory) for letters in words_in(word.text)}
    return " ".join(
        word.text
        for word in _seen(below, scale, memory)
        if word.sure >= _SURER
        and signs_in(word.text) >= _LETTERS
        and any(is_new(each, shown) for each in words_in(word.text))
        and ImageStat.Stat(differs.crop(word.sides)).mean[0] >= _CHANGED
    )


def _seen(part: Image.Image, scale: float, memory: dict[str, Any]) -> Sequence[Read]:
    """The words of a part of a page, with their places in it."""
    found: Sequence[Read] = engine_of(memory).look(part, scale * 72.0).found
    return found


def _pixels(box: Box, scale: float, limits: tuple[int, int]) -> tuple[int, int, int, int]:
    return (
        max(0, round(box.x0 * scale)),
        max(0, round(box.y0 * scale)),
        min(limits[0], round(box.x1 * scale)),
        min(limits[1], round(box.y1 * scale)),
    )
