"""The letters of the program: the system's own at 10 pt, or a good face where it has none.

A machine without fonts for screens (a build machine, a bare Linux) gets Lato out of the
packages that the papers use, so that pictures of the screens are the same everywhere.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

BODY: Final = 10
HEADING: Final = 13
TITLE: Final = 16
"""Sizes in points."""
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
    chosen.setPointSize(BODY)
    if chosen != font:
        application.setFont(chosen)


def folder_of(package: str) -> Path:
    """Where a package of fonts lies; found without loading it, which takes longer than the font."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def _bring_own() -> str:
    """Makes the faces of the papers known to the screen; gives the name of the family.

    Letters that Lato lacks come from Noto Sans, as they do on paper.
    """
    for weight in ("Regular", "Italic", "SemiBold", "Bold", "BoldItalic"):
        name = f"Lato-{weight}.ttf"
        QFontDatabase.addApplicationFont(str(folder_of("fontpkg_lato") / "files" / name))
    noto = folder_of("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    QFontDatabase.addApplicationFont(str(noto))
    return "Lato"
