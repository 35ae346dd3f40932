"""One burnt page of a finished bundle, read back: its objects, its words, its pixels.

Knows how a burnt page must look and refuses everything else. Reads with pikepdf and pdfium;
the page was written with Pillow and by hand.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
from pikepdf import Array, Name

from dpdesk.disclosure.check_file import Flaw
from dpdesk.disclosure.plan import SetLine
from dpdesk.disclosure.sheets import strip_height
from dpdesk.documents.pages import Box

_NUMBER = rb"-?\d+(?:\.\d{1,3})?"
_DRAWN = re.compile(
    rb"q (%s) 0 0 (%s) (%s) (%s) cm /P Do Q\n(0 g\n(?:%s %s %s %s re\n)+f\n)?" % ((_NUMBER,) * 8)
)
_WORD = re.compile(
    rb"/F (\d{1,5}) Tf (\d{1,4}) Tz (1 0 0 1|0 1 -1 0) (-?\d+(?:\.5)?) (-?\d+(?:\.5)?) Tm "
    rb"<((?:[0-9a-f]{4})+)> Tj\n"
)
# Eleven zero bits in a row are in no code of a picture, only in the mark for its end (T.6).
# They need a byte of zeros, or the halves of two neighbours; what is found is looked at closer.
_MANY_ZEROS = re.compile(
    b"\\x00|[%s][\\x01-\\x0f]" % b"".join(b"\\x%02x" % byte for byte in range(16, 256, 16))
)
_ELEVEN_ZEROS = "0" * 11
_SHIMMER = 64  # what JPEG may leave at the edge of black beside white
_SHOWS = 160  # what is darker can be seen on a line that was wiped
_HAIR = 1.0  # points: the margin of a mark may reach so far into the room beside its word
_ADVANCE = 0.5  # of the font size; the font has no other width
_SEEN = frozenset("LNPSM")
_PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_PICTURE_KEYS = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter",
    "/Length",
}  # fmt: skip
_JPEG_PARTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # density, tables, frame, codes, scan
_JFIF = 16  # length of the density part without a thumbnail

_Pixels = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PageCase:
    """What page ``number`` of the file may hold.

    ``allowed`` are the words that may be read on it; ``marks`` what the plan removes and
    ``areas`` what was burnt, in points as seen on a page of ``width`` × ``height``. ``lines``
    are those that were set anew; a mark on one of them has its gap somewhere on the line.
    """

    number: int
    width: float
    height: float
    allowed: tuple[str, ...]
    marks: tuple[Box, ...]
    areas: tuple[Box, ...]
    lines: tuple[SetLine, ...] = ()

    def fixed(self) -> tuple[Box, ...]:
        """The marks on whose very place something is burnt."""
        return tuple(mark for mark in self.marks if not any(_set_on(mark, x) for x in self.lines))


def _set_on(mark: Box, line: SetLine) -> bool:
    """Whether a mark lies on a line that was set anew, and has a gap there."""
    band, middle = line.band, (mark.y0 + mark.y1) / 2
    inside = band.y0 < middle < band.y1 and band.x0 < mark.x1 and mark.x0 < band.x1
    burnt = [gap for gap in line.gaps if gap.y0 < middle < gap.y1]
    moved = any(move.box.inflate(-_HAIR).intersects(mark) for move in line.moves)
    return inside and bool(burnt) and not moved


@dataclass(frozen=True, slots=True)
class _Picture:
    """Where the picture stands: its pixels, and its rectangle on the page in PDF points."""

    wide: int
    high: int
    across: float
    down: float
    left: float
    foot: float
    paper: float
    toned: bool

    def pixels(self, box: Box, case: PageCase) -> tuple[float, float, float, float]:
        """A box in points as seen, in pixels of the picture."""
        on = _on_paper(box, case)
        x, y = self.wide / self.across, self.high / self.down
        top = self.foot + self.down
        return (
            (on.x0 - self.left) * x, (top - on.y1) * y,
            (on.x1 - self.left) * x, (top - on.y0) * y,
        )  # fmt: skip


@lru_cache(maxsize=16_384)
def _plain_word(word: str) -> str:
    """The same for a word; a page says most words of the page before again."""
    return plain(word)


def plain(text: str) -> str:
    """What of a text a reader sees, so that two ways of writing it compare equal."""
    return "".join(
        part if part.isascii() and part.isprintable() else _folded(part) for part in text.split()
    )


def _folded(part: str) -> str:
    signs = unicodedata.normalize("NFKC", part)
    # U+FFFD stands for a sign whose letter the source does not tell; it is never let through.
    return "".join(
        sign for sign in signs if sign != "\ufffd" and unicodedata.category(sign)[0] in _SEEN
    )


def check_page(pdf: Any, drawn: Any, case: PageCase, says: dict[int, str]) -> list[int]:
    """Checks one page and gives the numbers of the objects that are its own.

    ``pdf`` is the file in pikepdf, ``drawn`` the same in pdfium, ``says`` what the codes of
    the unseen font mean. Raises Flaw.
    """
    try:
        page = pdf.pages[case.number - 1].obj
        picture, own = _check_objects(page)
        words = _read_words(_inflated(page.Contents[1]), says)
        _check_words(words, case)
        shown = drawn[case.number - 1]
        try:
            _check_reading(shown, words, case)
            _check_pixels(shown, picture, case)
        finally:
            shown.close()
    except Flaw as flaw:
        raise Flaw(flaw.kind, case.number) from flaw
    except (pikepdf.PdfError, pdfium.PdfiumError, zlib.error) as fault:
        raise Flaw("damaged", case.number) from fault
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as fault:
        raise Flaw("foreign", case.number) from fault
    return own


def _require(condition: object, kind: str = "foreign") -> None:
    if not condition:
        raise Flaw(kind)


def _check_objects(page: Any) -> tuple[_Picture, list[int]]:
    _require(set(page.keys()) == _PAGE_KEYS)
    _require(set(page.Resources.keys()) == {"/XObject", "/Font"})
    _require(set(page.Resources.XObject.keys()) == {"/P"})
    _require(set(page.Resources.Font.keys()) == {"/F"})
    _require(isinstance(page.Contents, Array) and len(page.Contents) == 2)
    drawing, unseen = page.Contents
    _require(set(drawing.keys()) == {"/Length"})
    _require(set(unseen.keys()) == {"/Length", "/Filter"})
    _require(unseen.Filter == Name.FlateDecode)
    place = _DRAWN.fullmatch(drawing.read_raw_bytes())
    _require(place is not None)
    assert place is not None
    picture = page.Resources.XObject.P
    wide, high = _check_picture(picture)
    box = [float(side) for side in page.MediaBox]
    across, down, left, foot = (float(place[rank]) for rank in range(1, 5))
    _require(box[:2] == [0, 0] and across > 0 and down > 0)
    _require(left > -1 and foot > -1 and left + across < box[2] + 1 and foot + down < box[3] + 1)
    toned = picture.Filter == Name.DCTDecode
    _require(toned or place[5] is None)  # black rectangles stand on pictures with tones only
    own = [page.objgen[0], drawing.objgen[0], unseen.objgen[0], picture.objgen[0]]
    return _Picture(wide, high, across, down, left, foot, box[3], toned), own


def _check_picture(picture: Any) -> tuple[int, int]:
    keys = set(picture.keys())
    wide, high = int(picture.Width), int(picture.Height)
    _require(picture.Type == Name.XObject and picture.Subtype == Name.Image)
    _require(0 < wide < 20_000 and 0 < high < 20_000)
    if picture.Filter == Name.CCITTFaxDecode:
        _require(keys == {*_PICTURE_KEYS, "/DecodeParms"})
        _require(picture.ColorSpace == Name.DeviceGray and picture.BitsPerComponent == 1)
        parms = {str(key): value for key, value in picture.DecodeParms.items()}
        _require(parms == {"/K": -1, "/Columns": wide, "/Rows": high, "/BlackIs1": False})
        _check_fax(picture.read_raw_bytes())
        return wide, high
    _require(keys == _PICTURE_KEYS and picture.Filter == Name.DCTDecode)
    _require(picture.BitsPerComponent == 8)
    channels = {"/DeviceGray": 1, "/DeviceRGB": 3}[str(picture.ColorSpace)]
    _check_jpeg(picture.read_raw_bytes(), wide, high, channels)
    return wide, high


def _check_fax(content: bytes) -> None:
    """A fax picture ends with its end mark, and has no other: nothing stands behind it."""
    tail = int.from_bytes(content[-4:], "big")
    unused = (tail & -tail).bit_length() - 1 if tail else 8
    _require(unused < 8 and tail >> unused & 0xFFFFFF == 0x001001)
    _require(first_end_mark(content) >= len(content) - 5)


def first_end_mark(content: bytes) -> int:
    """Where eleven zero bits in a row begin in fax codes: the byte, or the length if nowhere."""
    for found in _MANY_ZEROS.finditer(content):
        start = max(0, found.start() - 1)
        bits = "".join(f"{byte:08b}" for byte in content[start : start + 4])
        place = bits.find(_ELEVEN_ZEROS)
        if place >= 0:
            return start + place // 8
    return len(content)


def _check_jpeg(content: bytes, wide: int, high: int, channels: int) -> None:
    """A JPEG of the parts that a picture needs: no comment, no camera's notes, no thumbnail."""
    _require(content[:2] == b"\xff\xd8" and content[-2:] == b"\xff\xd9")
    place, size = 2, None
    while True:
        _require(content[place] == 0xFF)
        part, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        _require(part in _JPEG_PARTS)
        body = content[place + 4 : place + 2 + length]
        _require(part != 0xE0 or (length == _JFIF and body[:5] == b"JFIF\0"))
        if part == 0xC0:
            _require(size is None)
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), body[5]
        place += 2 + length
        if part == 0xDA:
            break
    _require(size == (wide, high, channels))
    scan = content[place:-2].replace(b"\xff\x00", b"")
    _require(b"\xff" not in scan)


def _inflated(stream: Any) -> bytes:
    opened = zlib.decompressobj()
    content = opened.decompress(stream.read_raw_bytes(), 64 * 1024 * 1024)
    _require(opened.eof and not opened.unused_data and not opened.unconsumed_tail)
    return content


class _SetWord(NamedTuple):
    text: str
    size: int
    stretch: int
    turned: bool
    x: float
    y: float

    def reach(self) -> tuple[float, float]:
        """Between which heights the middles of its characters lie."""
        if self.turned:
            return self.y, self.y + len(self.text) * self.size * _ADVANCE * self.stretch / 100
        return self.y, self.y + self.size

    def centres(self) -> list[tuple[float, float]]:
        """The middle of each character, in PDF points."""
        step = self.size * _ADVANCE * self.stretch / 100
        lift = 0.3 * self.size
        along = [(rank + 0.5) * step for rank, sign in enumerate(self.text) if not sign.isspace()]
        if self.turned:
            return [(self.x - lift, self.y + far) for far in along]
        return [(self.x + far, self.y + lift) for far in along]


def _read_words(content: bytes, says: dict[int, str]) -> list[_SetWord]:
    """The unseen words, by a grammar that allows nothing else."""
    if not content:
        return []
    _require(content.startswith(b"BT\n3 Tr\n") and content.endswith(b"ET\n"))
    place, end = 8, len(content) - 3
    words = []
    known: dict[bytes, str] = {}
    while place < end:
        found = _WORD.match(content, place)
        _require(found is not None)
        assert found is not None
        text = known.get(found[6])
        if text is None:
            codes = bytes.fromhex(found[6].decode("ascii"))
            pairs = struct.unpack(f">{len(codes) // 2}H", codes)
            signs = [says.get(code) for code in pairs]
            _require(None not in signs, "word")
            text = known[found[6]] = "".join(map(str, signs))
            _require(text.endswith(" "))
        size, stretch, turned = int(found[1]), int(found[2]), found[3] == b"0 1 -1 0"
        words.append(_SetWord(text, size, stretch, turned, float(found[4]), float(found[5])))
        place = found.end()
    _require(place == end)
    return words


def _check_words(words: Sequence[_SetWord], case: PageCase) -> None:
    """No word but those let through, and none of them where something was removed."""
    allowed = Counter(map(_plain_word, case.allowed))
    found = Counter(_plain_word(word.text) for word in words)
    _require(found <= allowed, "word")
    areas = [_on_paper(area, case) for area in (*case.areas, *case.fixed())]
    for word in words if areas else ():
        low, high = word.reach()
        near = [area for area in areas if area.y0 < high and area.y1 > low]
        for x, y in word.centres() if near else ():
            _require(not any(a.x0 < x < a.x1 and a.y0 < y < a.y1 for a in near), "word")


def _on_paper(box: Box, case: PageCase) -> Box:
    """A box in points as seen, as PDF points of the finished page (y upwards)."""
    factor = case.height / (case.height + strip_height(case.height))
    left = (case.width - factor * case.width) / 2
    return Box(
        left + factor * box.x0,
        case.height - factor * box.y1,
        left + factor * box.x1,
        case.height - factor * box.y0,
    )


def _check_reading(shown: Any, words: Sequence[_SetWord], case: PageCase) -> None:
    """What pdfium reads is no more than what was set, and nothing at a burnt place."""
    page = shown.get_textpage()
    try:
        known = Counter(plain("".join(word.text for word in words)))
        read = Counter(plain(page.get_text_range()))
        more = read - known
        _require(not any(sign.isalnum() for sign in more), "word")
        for area in (*case.areas, *case.fixed()):
            box = _on_paper(area, case)
            inner = box.inflate(-min(2.0, 0.3 * box.width), -0.3 * box.height)
            if inner.width > 0.5 and inner.height > 0.5:
                text = page.get_text_bounded(inner.x0, inner.y0, inner.x1, inner.y1)
                _require(not plain(text), "word")
    finally:
        page.close()


def _check_pixels(shown: Any, picture: _Picture, case: PageCase) -> None:
    """Every pixel of every burnt place is black, in the page as pdfium draws it."""
    outer = [_whole(picture.pixels(area, case)) for area in case.areas]
    inner = [_inside(picture.pixels(mark, case), picture) for mark in case.fixed()]
    wanted = [box for box in (*outer, *inner) if box[2] > box[0] and box[3] > box[1]]
    for line in case.lines:
        _check_wiped(shown, picture, (line, case))
    if not wanted:
        return
    _require(all(_fits(box, picture) for box in wanted))
    for place, inside in _together(wanted):
        drawn = _drawn(shown, picture, place)
        for x0, y0, x1, y1 in inside:
            part = (x0 - place[0], y0 - place[1], x1 - place[0], y1 - place[1])
            _require(drawn.crop(part).getextrema() == (0, 0), "pixel")
    if picture.toned:
        _check_tones(shown, wanted)


def _check_wiped(shown: Any, picture: _Picture, what: tuple[SetLine, PageCase]) -> None:
    """A line that was set anew shows its gaps and the words that stay, and nothing beside them."""
    line, case = what
    x0, y0, x1, y1 = _inside(picture.pixels(line.band, case), picture)
    drawn = _drawn(shown, picture, (x0, y0, x1, y1))
    for box in (*line.gaps, *(move.target for move in line.moves)):
        left, top, right, foot = _whole(picture.pixels(box, case))
        drawn.paste(255, (left - x0 - 1, top - y0 - 1, right - x0 + 1, foot - y0 + 1))
    _require(drawn.getextrema()[0] > _SHOWS, "pixel")


def _check_tones(shown: Any, wanted: Sequence[_Pixels]) -> None:
    """The picture itself is black below the rectangles: marks are burnt, not covered."""
    (drawing,) = shown.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE])
    bitmap = drawing.get_bitmap()
    plain_picture = bitmap.to_pil().convert("L")
    for x0, y0, x1, y1 in wanted:
        _require(plain_picture.crop((x0, y0, x1, y1)).getextrema()[1] <= _SHIMMER, "pixel")
        squares = (-(-x0 // 8) * 8, -(-y0 // 8) * 8, x1 // 8 * 8, y1 // 8 * 8)
        if squares[2] > squares[0] and squares[3] > squares[1]:
            _require(plain_picture.crop(squares).getextrema() == (0, 0), "pixel")


def _whole(sides: tuple[float, float, float, float]) -> _Pixels:
    x0, y0, x1, y1 = (round(side) for side in sides)
    return x0, y0, x1, y1


def _fits(box: _Pixels, picture: _Picture) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= picture.wide and box[3] <= picture.high


def _inside(sides: tuple[float, float, float, float], picture: _Picture) -> _Pixels:
    """The whole pixels inside a mark, as far as it lies on the page."""
    return (
        max(0, math.ceil(sides[0])),
        max(0, math.ceil(sides[1])),
        min(picture.wide, math.floor(sides[2])),
        min(picture.high, math.floor(sides[3])),
    )


def _together(boxes: Sequence[_Pixels]) -> list[tuple[_Pixels, list[_Pixels]]]:
    """The boxes in groups that share rows, each group with the box around it.

    A line with marks is drawn once; the paper between two lines is not drawn at all, which
    would take as long as all the rest of the check.
    """
    groups: list[tuple[_Pixels, list[_Pixels]]] = []
    for box in sorted(boxes, key=lambda each: each[1]):
        if groups and box[1] < groups[-1][0][3]:
            (x0, y0, x1, y1), inside = groups[-1]
            around = min(x0, box[0]), y0, max(x1, box[2]), max(y1, box[3])
            groups[-1] = (around, [*inside, box])
        else:
            groups.append((box, [box]))
    return groups


def _drawn(shown: Any, picture: _Picture, place: _Pixels) -> Any:
    """Part of the page, drawn so that one pixel of the picture is one pixel here."""
    slack = 0.1  # keeps pdfium from rounding the picture up to one more pixel
    across = (picture.wide - 2 * slack) / picture.across
    down = (picture.high - 2 * slack) / picture.down
    wide, high = place[2] - place[0], place[3] - place[1]
    bitmap = pdfium.PdfBitmap.new_native(wide, high, pdfium_raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    above = picture.paper - picture.foot - picture.down
    shift = slack - place[0] - picture.left * across, slack - place[1] - above * down
    matrix = pdfium_raw.FS_MATRIX(across, 0, 0, down, *shift)
    clip = pdfium_raw.FS_RECTF(0, 0, wide, high)
    flags = pdfium_raw.FPDF_GRAYSCALE | pdfium_raw.FPDF_ANNOT
    pdfium_raw.FPDF_RenderPageBitmapWithMatrix(bitmap, shown, matrix, clip, flags)
    return bitmap.to_pil()
