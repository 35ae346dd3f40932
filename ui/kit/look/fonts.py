"""The letters of the program: the system's own at 10 pt, or a good face where it has none.

Where the user has asked Windows for larger text, they are as much larger.

A machine without fonts for screens (a build machine, a bare Linux) gets Lato out of the
packages that the papers use, so that pictures of the screens are the same everywhere.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

BODY: Final = 10
HEADING: Final = 13
TITLE: Final = 16
"""Sizes in points."""
_WINDOWS: Final = 9
"""Points of the letters of Windows where nobody asked for larger ones."""
_MACOS: Final = 1.3
"""A point of macOS is one of 72 dots to the inch; its own letters have 13 of them."""
_OWN_FONTS: Final = (
    "QAbstractItemView",
    "QHeaderView",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QStatusBar",
    "QTitleBar",
    "QTipLabel",
)
"""Widgets that have fonts of their own on Windows."""
HELP_WIDTH: Final = 70
"""Characters in a line of help."""

_GOOD: Final = ("Segoe UI", "Open Sans", "Noto Sans", "Cantarell", "Ubuntu", "Inter", "Lato")


def apply(application: QApplication, *, own: bool = False) -> None:
    """Sets the font of the whole application. ``own`` prefers ours to the system's."""
    font = application.font()
    known = set(QFontDatabase.families())
    if own or (font.family() not in _GOOD and not known.intersection(_GOOD)):
        family = _bring_own()
    elif font.family() in _GOOD or font.family().startswith("."):
        family = font.family()
    else:
        family = next(name for name in _GOOD if name in known)
    chosen = QFont(family)
    chosen.setPointSizeF(in_points(BODY))
    if chosen != font:
        application.setFont(chosen)


def everywhere(application: QApplication) -> None:
    """Gives the font of the application also to what has a font of its own on Windows.

    To be called after each style sheet: with it Qt asks Windows for those fonts afresh.
    """
    if sys.platform == "win32":
        font = application.font()
        for name in _OWN_FONTS:
            application.setFont(font, name)


def in_points(size: int, platform: str = sys.platform) -> float:
    """One of the sizes above, in the points that it has on this computer.

    The slider "Text size" of Windows makes the system's own letters larger, and no others.
    """
    if platform != "win32":
        return size * _MACOS if platform == "darwin" else size
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return size * max(1.0, system / _WINDOWS)


def folder_of(package: str) -> Path:
    """Where a package of fonts lies; found without loading it, which takes longer than the font."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


@cache
def _bring_own() -> str:
    """Makes the faces of the papers known to the screen, once; gives the name of the family.

    Letters that Lato lacks come from Noto Sans, as they do on paper.
    """
    for weight in ("Regular", "Italic", "SemiBold", "Bold", "BoldItalic"):
        name = f"Lato-{weight}.ttf"
        QFontDatabase.addApplicationFont(str(folder_of("fontpkg_lato") / "files" / name))
    noto = folder_of("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    QFontDatabase.addApplicationFont(str(noto))
    return "Lato"
