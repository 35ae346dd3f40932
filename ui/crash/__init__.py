"""What happens when the program itself is at fault: nothing is hidden, nothing personal is told.

A report holds the names of modules, functions, lines and classes of errors. It never holds the
text of an error, because that may quote what somebody typed.
"""

from __future__ import annotations

import faulthandler
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication

from dpdesk import __version__
from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from ui.crash.dialog import CrashDialog

_TOP: Final = Path(__file__).resolve().parents[2]
_MOST: Final = 60
"""Lines of a report; a fault that calls itself would otherwise fill the screen."""
_LARGEST: Final = 200_000
"""Bytes that the crash file may have before it is begun anew."""


def _place(file: str) -> str:
    """A source file by its name inside the program or its library, never by its folder."""
    path = Path(file)
    if path.is_relative_to(_TOP) and ".venv" not in path.parts:
        return path.relative_to(_TOP).as_posix()
    return "/".join(path.parts[-2:]) if not file.startswith("<") else file


def report(fault: BaseException) -> str:
    """What may be told of a fault: where it happened, and classes of errors."""
    import platform  # this and the next are needed only here, and cost the start of the program
    import traceback

    versions = f"dpdesk {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    lines = [f"{versions}, {platform.system()} {platform.release()}"]
    seen: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines.append(type(one).__qualname__)
        lines += [
            f"  {_place(frame.f_code.co_filename)}:{number} in {frame.f_code.co_name}"
            for frame, number in traceback.walk_tb(one.__traceback__)
        ]
        one = one.__cause__ or one.__context__
    if len(lines) > _MOST:
        half = _MOST // 2
        lines = [*lines[:half], "  …", *lines[-half:]]
    return "\n".join(lines)


class CrashDesk(QObject):
    """Catches every fault, of any thread, and shows it on the thread of the window.

    ``sentence`` carries what a page did not take care of but the user can act on.
    """

    sentence = Signal(str)
    _happened = Signal(str)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._low: IO[bytes] | None = None
        self.dialog: CrashDialog | None = None
        self.count = 0
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._ready = False
        self._first = threading.Lock()

    def install(self) -> None:
        """From here on every fault comes here."""
        sys.excepthook = self._caught
        threading.excepthook = lambda told: self._caught(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        sys.unraisablehook = lambda told: self._caught(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        qInstallMessageHandler(self._qt_said)
        self._open_file()

    def uninstall(self) -> None:
        """Gives the hooks back; for tests and at the end."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        qInstallMessageHandler(None)
        if self._low is not None:
            faulthandler.disable()
            self._low.close()
            self._low = None

    def _open_file(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            large = self._file.is_file() and self._file.stat().st_size > _LARGEST
            self._low = self._file.open("wb" if large else "ab", buffering=0)
        except OSError:
            # Without a place to write to there is still the dialog.
            self._low = None
            return
        # Windows would also report what its own file and print dialogs raise and take care of
        # themselves, as fatal, and has been seen to end programs over it.
        if sys.platform != "win32":
            faulthandler.enable(self._low)

    def _caught(
        self,
        kind: type[BaseException],
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(fault, KeyboardInterrupt):
            QApplication.quit()
            return
        self.tell(fault if fault is not None else kind().with_traceback(trace))

    def tell(self, fault: BaseException) -> None:
        """Shows a fault; one that the user can act on as its sentence. From any thread."""
        if isinstance(fault, DpdeskError):
            self.sentence.emit(str(fault))
            return
        text = report(fault)
        self._write(text)
        self._get_ready()
        self._happened.emit(text)

    def _get_ready(self) -> None:
        """Lets faults reach the window, from the first one on; from any thread."""
        with self._first:
            if not self._ready:
                from PySide6.QtCore import Qt  # its names cost a tenth of the start

                self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
                self._ready = True

    def _write(self, text: str) -> None:
        if self._low is not None:
            try:
                self._low.write(f"{text}\n\n".encode())
            except OSError:
                # The disk may be what failed; the dialog still tells.
                self._low = None

    def _show(self, text: str) -> None:
        self.count += 1
        if self.dialog is not None:
            # One box is enough; further faults stand in it, below.
            self.dialog.text.appendPlainText(f"\n{text}")
            return
        from ui.crash.dialog import CrashDialog  # only a fault needs it

        self.dialog = CrashDialog(text, QApplication.activeWindow())
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Qt's own complaints: kept by their kind and place, as their words may quote anything."""
        if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
            self._write(f"Qt {qVersion()}: {kind.name} {context.category} {context.line}")
