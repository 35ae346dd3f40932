"""The printers of Windows: its dialog, and a job that sends a dot in no more bits than it has.

Qt hands every picture to a printer with four bytes for each dot, and Windows keeps them so in the
queue: 200 pages of letters were a job of more than a gigabyte. Windows itself takes one bit for
black and white, eight for a grey and 24 for a colour; so its own dialog and drawing are used.
"""

from __future__ import annotations

import ctypes
import struct
from ctypes import wintypes
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.errors import DpdeskError

_RETURN_DEVICE: Final = 0x0100
_PAGES: Final = 0x0002
_NO_SELECTION: Final = 0x0004
_NO_FILE: Final = 0x0010_0000
_DRIVER_COPIES: Final = 0x0004_0000
_NO_PRINTER: Final = frozenset({0x1007, 0x1008})
_CANCELLED: Final = frozenset({63, 1223})
"""The user closed the box that asks for the name of a file, or took the job out of the queue."""
_FINENESS, _WIDE, _HIGH = 88, 8, 10
_COPY: Final = 0x00CC0020
_FIELDS_AT, _COLOUR_AT = 72, 92
"""Where a DEVMODE says what it knows, and whether it prints in colours."""
_KNOWS_COLOUR, _IN_COLOUR = 0x0800, 2


class _Dialog(ctypes.Structure):
    _fields_ = (
        ("size", wintypes.DWORD),
        ("owner", wintypes.HWND),
        ("mode", ctypes.c_void_p),
        ("names", ctypes.c_void_p),
        ("device", ctypes.c_void_p),
        ("flags", wintypes.DWORD),
        ("first", wintypes.WORD),
        ("last", wintypes.WORD),
        ("least", wintypes.WORD),
        ("most", wintypes.WORD),
        ("copies", wintypes.WORD),
        ("instance", ctypes.c_void_p),
        ("data", wintypes.LPARAM),
        ("hooks_and_templates", ctypes.c_void_p * 6),
    )


class _Document(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_int),
        ("name", wintypes.LPCWSTR),
        ("output", wintypes.LPCWSTR),
        ("kind", wintypes.LPCWSTR),
        ("how", wintypes.DWORD),
    )


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture as Windows takes it: the lowest row first, each filled up to four bytes.

    ``bits`` of each dot: 1 (0 is black), 8 (a grey), or 24 (blue, green, red).
    """

    width: int
    height: int
    bits: int
    content: bytes

    def described(self) -> bytes:
        """The head of the picture and its colours (BITMAPINFO)."""
        head = struct.pack("<IiiHHIIiiII", 40, self.width, self.height, 1, self.bits, *[0] * 6)
        greys = {1: (0, 255), 8: range(256)}.get(self.bits, ())
        return head + b"".join(bytes((grey, grey, grey, 0)) for grey in greys)


@dataclass(frozen=True, slots=True)
class Printer:
    """What was chosen: the device, and the pages that were asked for (0 and 0: all)."""

    device: int
    colours: bool
    first: int = 0
    last: int = 0

    def measure(self, what: int) -> int:
        """One of the figures of the device."""
        return int(_drawing().GetDeviceCaps(self.device, what))

    @property
    def fineness(self) -> int:
        """Dots per inch."""
        return self.measure(_FINENESS)

    @property
    def sheet(self) -> tuple[int, int]:
        """Width and height of what can be printed on, in dots."""
        return self.measure(_WIDE), self.measure(_HIGH)


def ask(owner: int, pages: int) -> Printer | None:
    """The dialog of Windows over the window ``owner``; None where the user stepped back.

    Raises DpdeskError where there is no printer.
    """
    box = _Dialog(size=ctypes.sizeof(_Dialog), owner=owner, first=1, last=pages, least=1)
    box.most, box.copies = pages, 1
    box.flags = _RETURN_DEVICE | _NO_SELECTION | _NO_FILE | _DRIVER_COPIES
    dialogs = ctypes.WinDLL("comdlg32")  # type: ignore[attr-defined] # Windows only
    memory = _memory()
    try:
        if not dialogs.PrintDlgW(ctypes.byref(box)):
            fault = int(dialogs.CommDlgExtendedError())
            if not fault:
                return None
            raise _no_dialog(fault)
        some = bool(box.flags & _PAGES)
        first, last = (box.first, box.last) if some else (0, 0)
        return Printer(box.device, _in_colour(memory, box.mode), first, last)
    finally:
        for handle in (box.mode, box.names):
            if handle:
                memory.GlobalFree(handle)


def _no_dialog(fault: int) -> DpdeskError:
    if fault in _NO_PRINTER:
        return DpdeskError(
            "Windows has not been told which printer to use.",
            "Choose one in the settings of Windows, under Printers, or save the paper as a PDF.",
        )
    return DpdeskError(
        f"Windows could not show its printers (fault {fault:04x}).",
        "Look whether other programs print, or save the paper as a PDF.",
    )


def _in_colour(memory: Any, mode: int | None) -> bool:
    """Whether the printer was asked for colours; yes where its driver does not say."""
    place = memory.GlobalLock(mode) if mode else None
    if not place:
        return True
    try:
        told = ctypes.string_at(place, _COLOUR_AT + 2)
    finally:
        memory.GlobalUnlock(mode)
    return says_colour(told)


def says_colour(mode: bytes) -> bool:
    """Whether the begin of a DEVMODE asks for colours; yes where it says nothing about them."""
    (fields,) = struct.unpack_from("<I", mode, _FIELDS_AT)
    (colour,) = struct.unpack_from("<h", mode, _COLOUR_AT)
    return not fields & _KNOWS_COLOUR or colour == _IN_COLOUR


class QueuedJob:
    """One job in the queue of a printer. Nothing of it is sent before :meth:`end`."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self._drawing = _drawing()

    def start(self, title: str) -> bool:
        """Begins it; False where the user stepped back at a question of the driver.

        A printer that writes files asks for a name right here, so this belongs onto the thread of
        the window. Raises DpdeskError where the printer does not take the job.
        """
        told = _Document(size=ctypes.sizeof(_Document), name=title)
        if self._drawing.StartDocW(self.printer.device, ctypes.byref(told)) > 0:
            self._check(self._drawing.StartPage(self.printer.device))
            return True
        fault = ctypes.get_last_error()  # type: ignore[attr-defined] # Windows only
        self._drawing.DeleteDC(self.printer.device)
        if fault in _CANCELLED:
            return False
        raise _not_printed()

    def new_page(self) -> None:
        """Goes on to the next sheet side. Raises DpdeskError."""
        self._check(self._drawing.EndPage(self.printer.device))
        self._check(self._drawing.StartPage(self.printer.device))

    def lay(self, dots: Dots, place: tuple[int, int, int, int]) -> None:
        """Lays a picture at left, top, width and height, in dots. Raises DpdeskError."""
        laid = self._drawing.StretchDIBits(
            *(self.printer.device, *place, 0, 0, dots.width, dots.height),
            *(dots.content, dots.described(), 0, _COPY),
        )
        self._check(laid)

    def end(self) -> None:
        """Hands the job to the printer. Raises DpdeskError."""
        try:
            self._check(self._drawing.EndPage(self.printer.device))
            self._check(self._drawing.EndDoc(self.printer.device))
        finally:
            self._drawing.DeleteDC(self.printer.device)

    def abort(self) -> None:
        """Takes the job back; nothing more is sent."""
        self._drawing.AbortDoc(self.printer.device)
        self._drawing.DeleteDC(self.printer.device)

    def _check(self, answer: int) -> None:
        if answer in {0, -1}:
            raise _not_printed()


def _not_printed() -> DpdeskError:
    return DpdeskError(
        "The printer did not take the paper.", "Check that the printer is on, then print again."
    )


def _memory() -> Any:
    memory = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined] # Windows only
    for name in ("GlobalLock", "GlobalUnlock", "GlobalFree"):
        getattr(memory, name).argtypes = (ctypes.c_void_p,)
    memory.GlobalLock.restype = ctypes.c_void_p
    return memory


def _drawing() -> Any:
    drawing = ctypes.WinDLL("gdi32", use_last_error=True)  # type: ignore[attr-defined] # Windows only
    for name in ("StartPage", "EndPage", "EndDoc", "AbortDoc", "DeleteDC"):
        getattr(drawing, name).argtypes = (ctypes.c_void_p,)
    drawing.GetDeviceCaps.argtypes = (ctypes.c_void_p, ctypes.c_int)
    drawing.StartDocW.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    drawing.StretchDIBits.argtypes = (
        ctypes.c_void_p,
        *[ctypes.c_int] * 8,
        *[ctypes.c_char_p] * 2,
        wintypes.UINT,
        wintypes.DWORD,
    )
    return drawing
