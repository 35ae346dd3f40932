"""What a printer of Windows is sent: every dot in its place, and in no more bits than it has."""

from __future__ import annotations

import ctypes
import struct
import sys

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage

from dpdesk.documents.render import PageRenderer
from dpdesk.errors import DpdeskError
from dpdesk.walls.windows_printer import Dots, Printer, says_colour
from tests.builders import a_pdf
from ui.kit.pieces import printing
from ui.kit.pieces.print_jobs import WindowsJob, dots

BLACK, WHITE = 0xFF000000, 0xFFFFFFFF
on_windows = pytest.mark.skipif(sys.platform != "win32", reason="drawn by Windows itself")


def black_and_white(width: int, height: int) -> QImage:
    """A white picture of two colours with a black dot at the top left."""
    made = QImage(width, height, QImage.Format.Format_Mono)
    made.setColorTable([BLACK, WHITE])
    made.fill(1)
    made.setPixel(0, 0, 0)
    return made


def test_black_and_white_takes_a_bit_for_each_dot_and_stands_upside_down():
    sent = dots(black_and_white(40, 3))

    assert (sent.width, sent.height, sent.bits) == (40, 3, 1)
    assert len(sent.content) == 3 * 8, "rows are filled up to four bytes"
    assert sent.content[-8] == 0b0111_1111, "the top row comes last"
    assert sent.described()[-8:] == bytes((0, 0, 0, 0, 255, 255, 255, 0))


@pytest.mark.parametrize(
    ("form", "bits", "colours"),
    [(QImage.Format.Format_Grayscale8, 8, 256), (QImage.Format.Format_RGB32, 24, 0)],
)
def test_a_grey_takes_eight_bits_and_a_colour_24(form, bits, colours):
    drawn = QImage(3, 2, form)
    drawn.fill(QColor("red"))

    sent = dots(drawn)

    size, width, height, planes, depth = struct.unpack_from("<IiiHH", sent.described())
    assert (size, width, height, planes, depth) == (40, 3, 2, 1, bits)
    assert len(sent.described()) == 40 + 4 * colours
    assert len(sent.content) == 2 * (-(-3 * bits // 32) * 4)
    if bits == 24:
        assert sent.content[:3] == b"\x00\x00\xff", "blue, green, red"


@pytest.mark.parametrize(
    ("fields", "colour", "told"), [(0x0800, 2, True), (0x0800, 1, False), (0x0001, 1, True)]
)
def test_a_printer_that_says_nothing_of_colours_gets_them(fields, colour, told):
    mode = bytearray(220)
    struct.pack_into("<I", mode, 72, fields)
    struct.pack_into("<h", mode, 92, colour)
    assert says_colour(bytes(mode)) is told


class Noted:
    """A job that only counts what a page of letters would take in the queue of Windows."""

    fineness, colours, pages = 600, False, (0, 0)
    sheet = QRectF(0, 0, 4960, 7016).size()

    def __init__(self) -> None:
        self.sent: list[Dots] = []
        self.said: list[str] = []

    def lay(self, drawn: QImage, part: QRect, place: QRectF) -> None:
        self.sent.append(dots(drawn.copy(part)))

    def __getattr__(self, name: str):
        return lambda: self.said.append(name)


def test_a_page_of_letters_is_a_small_job(monkeypatch):
    monkeypatch.setattr(printing, "FINE", 300)
    job = Noted()
    text = "\n".join(
        ["Words of a letter that fill the line from margin to margin, as they do."] * 40
    )

    assert printing.print_pages(a_pdf(text, text), 2, job) == 2

    assert {each.bits for each in job.sent} == {1}
    assert sum(len(each.content) for each in job.sent) < 2 * 600_000
    assert job.said == ["new_page", "end"]


def test_a_printer_that_takes_no_more_ends_the_job(monkeypatch):
    job = Noted()

    def full(*_what):
        raise DpdeskError("The printer did not take the paper.")

    monkeypatch.setattr(job, "lay", full)
    with pytest.raises(DpdeskError):
        printing.print_pages(a_pdf("One"), 1, job)
    assert job.said == ["abort"]


# --------------------------------------------------------------------------- by Windows' drawing


class Sheet:
    """A sheet in memory on which Windows draws, as it draws for a printer."""

    def __init__(self, width: int, height: int) -> None:
        self._drawing = ctypes.WinDLL("gdi32")  # type: ignore[attr-defined] # Windows only
        for name in ("CreateCompatibleDC", "CreateDIBSection", "SelectObject"):
            getattr(self._drawing, name).restype = ctypes.c_void_p
        head = struct.pack("<IiiHHIIiiII", 40, width, -height, 1, 32, *[0] * 6)
        self.device = self._drawing.CreateCompatibleDC(None)
        bits = ctypes.c_void_p()
        picture = self._drawing.CreateDIBSection(
            ctypes.c_void_p(self.device), head, 0, ctypes.byref(bits), None, 0
        )
        self._drawing.SelectObject(ctypes.c_void_p(self.device), ctypes.c_void_p(picture))
        self._bits, self._width, self._height = bits.value or 0, width, height
        ctypes.memset(self._bits, 0xFF, width * height * 4)

    def seen(self) -> QImage:
        """What is on it."""
        self._drawing.GdiFlush()
        content = ctypes.string_at(self._bits, self._width * self._height * 4)
        kind = QImage.Format.Format_RGB32
        return QImage(content, self._width, self._height, kind).copy()


@on_windows
@pytest.mark.parametrize("kind", [QImage.Format.Format_Mono, QImage.Format.Format_Grayscale8])
def test_windows_draws_what_is_sent_the_right_way_up(qapp, kind):
    with PageRenderer() as renderer:
        renderer.open("paper", a_pdf("One line at the top"))
        bitmap = renderer.render("paper", 0, scale=1, gray=True)
    drawn = printing.image_of(bitmap)
    if kind is QImage.Format.Format_Mono:
        drawn = drawn.convertToFormat(kind, [BLACK, WHITE])
    sheet = Sheet(drawn.width(), drawn.height())
    job = WindowsJob(Printer(sheet.device, colours=False))

    for part in printing.inked(bitmap):
        job.lay(drawn, part, QRectF(part))

    assert sheet.seen() == drawn.convertToFormat(QImage.Format.Format_RGB32)


@on_windows
def test_a_colour_arrives_as_it_was(qapp):
    drawn = QImage(3, 2, QImage.Format.Format_RGB32)
    drawn.fill(QColor("#c02040"))
    sheet = Sheet(6, 4)

    WindowsJob(Printer(sheet.device, colours=True)).lay(
        drawn, QRect(0, 0, 3, 2), QRectF(0, 0, 6, 4)
    )

    assert sheet.seen().pixelColor(5, 3).name() == "#c02040"
