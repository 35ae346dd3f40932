"""What can still be read on one page of a PDF although it is not seen; for workers only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageStat

from dpdesk.documents import ink, words
from dpdesk.documents.font_trial import FontTrial
from dpdesk.documents.ocr import engine_of
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.pdf import open_page
from dpdesk.documents.spelling import LetterByLetter
from dpdesk.documents.words import Reading
from dpdesk.errors import UnreadableFile
from dpdesk.inspection import beyond, picture_bars, read_there, unapplied
from dpdesk.inspection.found import Kind
from dpdesk.inspection.telling import Told, words_in

_SCALE: Final = 2.0
_READ: Final = 300 / 72  # pixels for each point of a page that is read from its picture
_DARK: Final = 110  # of 255: a bar is darker
_EVEN: Final = 70  # steps of grey between the lightest and the darkest of a bar
_SIGNS: Final = ".,;:!?()[]\"'“”‘’-–—/"
_CLOSER: Final = 400  # words of a page that are looked at by themselves
_RARE: Final = 0.02  # of the pixels may be something else: an edge, a speck


def look(
    document: Any,
    content: bytes,
    index: int,
    told: Told,
    *,
    layers: bool,
    memory: dict[str, Any],
    fonts: FontTrial,
) -> None:
    """Looks at one page of an open PDF, its number from 0.

    The document in memory is changed: annotations become part of the page. ``fonts`` takes in
    what letters the page uses.
    """
    fresh = pdfium.PdfDocument(content)
    fresh.init_forms()
    try:
        page = open_page(fresh, index)
        try:
            picture = _drawn(page)
            picture_bars.look(page, index, told, memory)
            beyond.look(page, index, told)
            marked = unapplied.marked(page)
        finally:
            page.close()
        reading = words.read_closely(document, index, glyphs=fonts.glyphs)
        fonts.add(reading, reading.page.pack())
        unapplied.tell(reading.page, marked, index, told)
        told.see(_seen(reading))
        if reading.spelt:
            _spelt(reading.page, content, index, told)
        found = _words(reading, picture, layers=layers)
        laid = found.get("scan-layer")
        if laid:
            larger, plain = _large(fresh, index)
            least = read_there.PALE if plain else read_there.CONTRAST
            found["scan-layer"] = _without_those_there(reading, laid, larger, memory, least)
        _tell(reading.page, found, index, told)
        if reading.misplaced and reading.page.kind != "text":
            _misplaced(reading, fresh, index, told, memory)
    except (UnreadableFile, pdfium.PdfiumError):
        told.tell("damaged", index + 1, "This page could not be checked.")
    finally:
        fresh.close()


def look_at_fonts(fonts: FontTrial, told: Told) -> None:
    """Tells of words that are drawn with other letters than the file says, on the pages taken."""
    for index, page, false in fonts.wrong():
        numbers = sorted(false)
        text = " ".join(page.words[number].text for number in numbers)
        many = "1 word is" if len(numbers) == 1 else f"{len(numbers)} words are"
        what = f"{many} drawn with other letters than the file holds. The file says these."
        told.tell("other-letters", index + 1, what, text, _boxes(page, numbers))
    if fonts.failed:
        told.tell("damaged", 0, "Whether the letters drawn are those of the file is not known.")


def _spelt(page: Page, content: bytes, index: int, told: Told) -> None:
    """Tells of words that are spelt out in the file and drawn with other letters."""
    letters = LetterByLetter(content)
    try:
        both, differ = letters.both(page, index, layers=False)
    finally:
        letters.close()
    if differ:
        drawn = [word.box for word in both.words[len(page.words) :]]
        spelt = [word.text for word in page.words if any(word.box.intersects(b) for b in drawn)]
        what = "Words are spelt out in the file that differ from the letters drawn."
        told.tell("description", index + 1, what, " ".join(spelt), drawn)


def _misplaced(
    reading: Reading, fresh: Any, index: int, told: Told, memory: dict[str, Any]
) -> None:
    """Tells of words laid over a scan that its picture does not show, wherever they lie."""
    picture, plain = _large(fresh, index)
    scale = picture.width / reading.page.width
    seen = engine_of(memory).look(picture.copy(), scale * 72.0).found
    shown = {letters for word in seen for letters in words_in(word.text)}
    gone = [
        number
        for number in sorted(reading.silent)
        if any(read_there.is_new(each, shown) for each in words_in(reading.page.words[number].text))
    ]
    least = read_there.PALE if plain else read_there.CONTRAST
    gone = _without_those_there(reading, gone, picture, memory, least)
    if gone:
        text = " ".join(reading.page.words[number].text for number in gone)
        what = "The text laid over the scan does not fit it, and says words that are not seen."
        told.tell("scan-layer", index + 1, what, text, _boxes(reading.page, gone))


def _without_those_there(
    reading: Reading, numbers: list[int], picture: Image.Image, memory: dict[str, Any], least: int
) -> list[int]:
    """The words without those that are read where they lie, ``least`` steps from their paper."""
    engine, scale = engine_of(memory), picture.width / reading.page.width
    there = {
        number
        for number in numbers[:_CLOSER]
        if read_there.is_there(reading.page.words[number], picture, scale, engine, least)
    }
    return [number for number in numbers if number not in there]


def _large(document: Any, index: int) -> tuple[Image.Image, bool]:
    """A page drawn as large as it is read, and whether all that is drawn on it is opaque."""
    page = open_page(document, index)
    try:
        scale = min(_READ, 8000 / max(page.get_size()))
        picture = ink.drawn_picture(page.render(scale=scale, grayscale=True))
        surveyed = ink.survey(page)
        ink.switch([*surveyed.letters, *surveyed.pictures, *surveyed.lines], on=True)
        drawings = [*surveyed.pictures, *surveyed.lines]
        shimmers = any(map(pdfium_c.FPDFPageObj_HasTransparency, drawings))
        return picture, not shimmers and not pdfium_c.FPDFPage_GetAnnotCount(page)
    finally:
        page.close()


def _drawn(page: Any) -> Image.Image:
    scale = min(_SCALE, 8000 / max(page.get_size()))
    return ink.drawn_picture(page.render(scale=scale, grayscale=True))


def _seen(reading: Reading) -> Iterable[str]:
    unseen = reading.page.unseen
    return (word.text for n, word in enumerate(reading.page.words) if n not in unseen)


def _words(reading: Reading, picture: Image.Image, *, layers: bool) -> dict[Kind, list[int]]:
    """The words of a page that are not seen, by their kinds."""
    page = reading.page
    scale = picture.width / page.width
    found: dict[Kind, list[int]] = {}
    for number, word in enumerate(page.words):
        if not any(sign.isalnum() for sign in word.text):
            continue
        kind = _kind(reading, number, _part(picture, _letters_of(word), scale), layers=layers)
        if kind:
            found.setdefault(kind, []).append(number)
    return found


def _tell(page: Page, found: dict[Kind, list[int]], index: int, told: Told) -> None:
    for kind, numbers in found.items():
        if not numbers:
            continue
        text = " ".join(page.words[number].text for number in numbers)
        many = "1 word" if len(numbers) == 1 else f"{len(numbers)} words"
        told.tell(kind, index + 1, f"{many} {_WHERE[kind]}", text, _boxes(page, numbers))


_WHERE: Final[dict[Kind, str]] = {
    "under-bar": "under a bar can be read.",
    "unseen": "that nobody sees on the page can be read.",
    "scan-layer": "can be read in the text laid over the scan, and no longer in its picture.",
    "hidden-layer": "in a layer that is switched off can be read.",
}


def _kind(reading: Reading, number: int, part: Image.Image | None, *, layers: bool) -> Kind | None:
    """What kind of unseen word this is; None for one that is seen."""
    dark = part is not None and _is_bar(part)
    if number in reading.silent and reading.page.kind == "text":
        # Without a picture below them such words read nothing out: they are only hidden.
        return "under-bar" if dark else "unseen" if number in reading.page.unseen else None
    if number in reading.silent:
        blank = part is not None and _even(part)
        if dark or number in reading.certain or (blank and not reading.misplaced):
            return "scan-layer"
        return None
    if dark:
        # Also letters that shimmer through: who looks does not read them, who copies does.
        return "under-bar"
    if number not in reading.certain:
        return None
    return "hidden-layer" if layers and part is not None and _even(part) else "unseen"


def _letters_of(word: Word) -> Box:
    """Where the letters of a word lie: a bar often leaves the comma behind it."""
    box, count = word.box, len(word.text)
    before = count - len(word.text.lstrip(_SIGNS))
    after = count - len(word.text.rstrip(_SIGNS))
    if not (before or after) or box.height > box.width:
        return box
    step = box.width / count
    return Box(box.x0 + before * step * 0.8, box.y0, box.x1 - after * step * 0.8, box.y1)


def _part(picture: Image.Image, box: Box, scale: float) -> Image.Image | None:
    """The middle of a word's place: its upper and lower edge are not its own."""
    inset = box.height * 0.2
    x0, y0 = round(box.x0 * scale) + 1, round((box.y0 + inset) * scale)
    x1, y1 = round(box.x1 * scale) - 1, round((box.y1 - inset) * scale)
    sides = (max(0, x0), max(0, y0), min(picture.width, x1), min(picture.height, y1))
    if sides[2] - sides[0] < 2 or sides[3] - sides[1] < 2:
        return None
    return picture.crop(sides)


def _is_bar(part: Image.Image) -> bool:
    return bool(ImageStat.Stat(part).mean[0] < _DARK) and _even(part)


def _even(part: Image.Image) -> bool:
    """Whether a place has one colour, but for a few pixels and for letters too faint to read."""
    counts = part.histogram()
    few = _RARE * part.width * part.height
    return _level(counts[::-1], few, reverse=True) - _level(counts, few) < _EVEN


def _level(counts: Sequence[int], few: float, *, reverse: bool = False) -> int:
    seen = 0
    for level, number in enumerate(counts):
        seen += number
        if seen > few:
            return 255 - level if reverse else level
    return 255


def _boxes(page: Page, numbers: Sequence[int]) -> list[Box]:
    """The places of words, those beside each other on a line together."""
    boxes: list[Box] = []
    last = -2
    for number in numbers:
        box = page.words[number].box
        if number == last + 1 and _goes_on(boxes[-1], box):
            boxes[-1] = boxes[-1].union(box)
        else:
            boxes.append(box)
        last = number
    return boxes


def _goes_on(before: Box, box: Box) -> bool:
    overlap = min(before.y1, box.y1) - max(before.y0, box.y0)
    return overlap > 0.5 * box.height and box.x0 >= before.x0
