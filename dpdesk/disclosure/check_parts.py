"""The objects of one burnt page: exactly those that a page needs, encoded as ours are.

Reads with pikepdf and by hand; the page was written with Pillow and by hand.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name

from dpdesk.disclosure.check_case import PageCase, on_paper, require
from dpdesk.documents.pages import Box

_NUMBER = rb"-?\d+(?:\.\d{1,3})?"
_DRAWN = re.compile(
    rb"q (%s) 0 0 (%s) (%s) (%s) cm /P Do Q\n(0 g\n(?:%s %s %s %s re\n)+f\n)?" % ((_NUMBER,) * 8)
)
# Eleven zero bits in a row are in no code of a picture, only in the mark for its end (T.6).
# They need a byte of zeros, or the halves of two neighbours; what is found is looked at closer.
_MANY_ZEROS = re.compile(
    b"\\x00|[%s][\\x01-\\x0f]" % b"".join(b"\\x%02x" % byte for byte in range(16, 256, 16))
)
_ELEVEN_ZEROS = "0" * 11
_PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_PICTURE_KEYS = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter",
    "/Length",
}  # fmt: skip
_JPEG_PARTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # density, tables, frame, codes, scan
_SAME = 0.01  # points
_JFIF = 16  # length of the density part without a thumbnail


@dataclass(frozen=True, slots=True)
class Picture:
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
        on = on_paper(box, case)
        x, y = self.wide / self.across, self.high / self.down
        top = self.foot + self.down
        return (
            (on.x0 - self.left) * x, (top - on.y1) * y,
            (on.x1 - self.left) * x, (top - on.y0) * y,
        )  # fmt: skip


def check_objects(page: Any, case: PageCase) -> tuple[Picture, list[int]]:
    """The place of a page's picture, and the numbers of its objects. Raises Flaw."""
    require(set(page.keys()) == _PAGE_KEYS and page.Type == Name.Page)
    require(set(page.Resources.keys()) == {"/XObject", "/Font"})
    require(set(page.Resources.XObject.keys()) == {"/P"})
    require(set(page.Resources.Font.keys()) == {"/F"})
    require(isinstance(page.Contents, Array) and len(page.Contents) == 2)
    drawing, unseen = page.Contents
    require(set(drawing.keys()) == {"/Length"})
    require(set(unseen.keys()) == {"/Length", "/Filter"})
    require(unseen.Filter == Name.FlateDecode)
    place = _DRAWN.fullmatch(drawing.read_raw_bytes())
    require(place is not None)
    assert place is not None
    picture = page.Resources.XObject.P
    wide, high = _check_picture(picture)
    box = [float(side) for side in page.MediaBox]
    across, down, left, foot = (float(place[rank]) for rank in range(1, 5))
    require(box[:2] == [0, 0] and across > 0 and down > 0)
    require(abs(box[2] - case.width) < _SAME and abs(box[3] - case.height) < _SAME)
    require(left > -1 and foot > -1 and left + across < box[2] + 1 and foot + down < box[3] + 1)
    toned = picture.Filter == Name.DCTDecode
    require(toned or place[5] is None)  # black rectangles stand on pictures with tones only
    own = [page.objgen[0], drawing.objgen[0], unseen.objgen[0], picture.objgen[0]]
    return Picture(wide, high, across, down, left, foot, box[3], toned), own


def _check_picture(picture: Any) -> tuple[int, int]:
    keys = set(picture.keys())
    wide, high = int(picture.Width), int(picture.Height)
    require(picture.Type == Name.XObject and picture.Subtype == Name.Image)
    require(0 < wide < 20_000 and 0 < high < 20_000)
    if picture.Filter == Name.CCITTFaxDecode:
        require(keys == {*_PICTURE_KEYS, "/DecodeParms"})
        require(picture.ColorSpace == Name.DeviceGray and picture.BitsPerComponent == 1)
        parms = {str(key): value for key, value in picture.DecodeParms.items()}
        require(parms == {"/K": -1, "/Columns": wide, "/Rows": high, "/BlackIs1": False})
        _check_fax(picture.read_raw_bytes())
        return wide, high
    require(keys == _PICTURE_KEYS and picture.Filter == Name.DCTDecode)
    require(picture.BitsPerComponent == 8)
    channels = {"/DeviceGray": 1, "/DeviceRGB": 3}[str(picture.ColorSpace)]
    _check_jpeg(picture.read_raw_bytes(), wide, high, channels)
    return wide, high


def _check_fax(content: bytes) -> None:
    """A fax picture ends with its end mark, and has no other: nothing stands behind it."""
    tail = int.from_bytes(content[-4:], "big")
    unused = (tail & -tail).bit_length() - 1 if tail else 8
    require(unused < 8 and tail >> unused & 0xFFFFFF == 0x001001)
    require(first_end_mark(content) >= len(content) - 5)


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
    require(content[:2] == b"\xff\xd8" and content[-2:] == b"\xff\xd9")
    place, size = 2, None
    while True:
        require(content[place] == 0xFF)
        part, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        require(part in _JPEG_PARTS)
        body = content[place + 4 : place + 2 + length]
        require(part != 0xE0 or (length == _JFIF and body[:5] == b"JFIF\0"))
        if part == 0xC0:
            require(size is None)
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), body[5]
        place += 2 + length
        if part == 0xDA:
            break
    require(size == (wide, high, channels))
    scan = content[place:-2].replace(b"\xff\x00", b"")
    require(b"\xff" not in scan)


def inflated(stream: Any) -> bytes:
    """The content of a compressed stream that ends where its bytes end. Raises Flaw."""
    opened = zlib.decompressobj()
    content = opened.decompress(stream.read_raw_bytes(), 64 * 1024 * 1024)
    require(opened.eof and not opened.unused_data and not opened.unconsumed_tail)
    return content
