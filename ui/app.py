"""The application: identity, appearance, faults, and the one window."""

from __future__ import annotations

import gc
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dpdesk import front_door
from ui.crash import CrashDesk
from ui.kit.look.appearance import appearance
from ui.kit.pieces.headings import name_headings
from ui.kit.pieces.sweeping import Sweeper
from ui.main_window.window import MainWindow

_LATER: Final = ("dpdesk.desk", "ui.main_window.opened")
"""What is needed only after unlocking; loaded while the passphrase is being typed."""


_CONTRAST: Final = "high_contrast"
"""The preference that remembers whether the system asked for high contrast."""


def make_application() -> QApplication:
    """The application with its name and appearance."""
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("dpdesk")
    made.setApplicationDisplayName("dpdesk")
    made.setDesktopFileName("dpdesk")
    return made


def warm() -> threading.Thread:
    """Loads the heavy parts beside the window."""

    def load() -> None:
        for name in _LATER:
            import_module(name)

    thread = threading.Thread(target=load, name="warm", daemon=True)
    thread.start()
    return thread


def _go_on(sweeper: Sweeper) -> None:
    """The window stands: what made its start quick comes to an end."""
    gc.freeze()
    sweeper.start()
    warm()


def _settle(preferences: front_door.Preferences) -> None:
    """The window is painted: the system is asked what its user needs, and obeyed."""
    name_headings()
    contrast = appearance().settle()
    if contrast != bool(preferences.get(_CONTRAST)):
        preferences.remember(_CONTRAST, contrast)


def _given_way(folder: Path | None) -> bool:
    """Tells Windows who this is; where dpdesk is open already, its window comes forward instead.

    Who names a folder wants that one, beside what is open.
    """
    from dpdesk.walls import windows_shell

    windows_shell.identify()
    return folder is None and windows_shell.first_forward()


def run(folder: Path | None = None) -> int:
    """Opens the window on a workspace folder, or where it was last; gives the exit code."""
    if sys.platform == "win32" and _given_way(folder):
        return 0
    application = make_application()
    crashes = CrashDesk(front_door.crash_file())
    crashes.install()
    preferences = front_door.Preferences()
    appearance().begin(
        preferences.get("appearance", "system"), contrast=bool(preferences.get(_CONTRAST))
    )
    window = MainWindow(preferences, folder, crash=crashes.tell)
    crashes.sentence.connect(window.say_problem)
    window.appear()
    QTimer.singleShot(50, lambda: _settle(preferences))
    sweeper = Sweeper(window)
    QTimer.singleShot(250, lambda: _go_on(sweeper))
    code = application.exec()
    sweeper.stop()
    crashes.uninstall()
    return code
