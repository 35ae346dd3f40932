"""For a process of its own: says when something was first painted, and how long it took.

``bare``: an empty main window. ``start FOLDER``: the program up to its unlock window.
``open FOLDER PASSPHRASE``: from the press of Unlock to Home. Answers with one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Paint(QObject):
    """Calls ``then`` once a widget and all that is on it have been painted."""

    def __init__(self, widget: QWidget, then) -> None:
        super().__init__(widget)
        self._then = then
        self._seen = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() is QEvent.Type.Paint and not self._seen:
            self._seen = True
            # The children are painted within the same event; afterwards all is there.
            QTimer.singleShot(0, self._then)
        return False


def answer(**found: float) -> None:
    """Tells the parent and ends at once: closing is not what is measured."""
    import os

    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)


def painted() -> None:
    """The moment on the clock that all processes of this computer share."""
    answer(at=time.perf_counter())


def bare() -> None:
    """What Qt itself needs to show a window."""
    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    Paint(window, painted)
    window.show()
    application.exec()


def program(then, arguments: list[str]) -> None:
    """Runs main.py as it is; ``then`` gets its window when the event loop begins."""
    loop = QApplication.exec

    def begin(*_arguments: object) -> int:
        windows = [each for each in QApplication.topLevelWidgets() if hasattr(each, "start")]
        then(windows[0])
        return loop()

    QApplication.exec = begin  # type: ignore[method-assign]  # to get at the window
    import main as program_itself

    sys.exit(program_itself.main(arguments))


def unlock(window, passphrase: str) -> None:
    """Presses Unlock as a hand would, once everything is loaded; answers when Home is there."""
    from ui import app

    app.warm().join()
    page = window.start.currentWidget()
    begun = 0.0

    def there() -> None:
        answer(seconds=time.perf_counter() - begun, memory=peak_memory())

    # Connected last, so it runs when the window has made the page and asked for its painting.
    window.start.opened.connect(lambda *_: Paint(window.opened.pages.page("home"), there))
    page.passphrase.line.setText(passphrase)
    begun = time.perf_counter()
    page.give()


def peak_memory() -> float:
    """The most memory that this process ever held, in MB; 0 where the system does not tell."""
    try:
        with Path("/proc/self/status").open(encoding="ascii") as lines:
            rows = dict(line.split(":", 1) for line in lines)
    except OSError:
        return 0.0
    return int(rows["VmHWM"].split()[0]) / 1024


def main(how: str, *rest: str) -> None:
    """Paints ``bare``, ``start FOLDER`` or ``open FOLDER PASSPHRASE``."""
    if how == "bare":
        bare()
    elif how == "start":
        program(lambda window: Paint(window, painted), ["--workspace", rest[0]])
    else:
        program(
            lambda window: Paint(
                window, lambda: QTimer.singleShot(0, lambda: unlock(window, rest[1]))
            ),
            ["--workspace", rest[0]],
        )
