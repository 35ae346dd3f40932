"""The mark of the program, as the system shows it and as the first pages do.

Drawn once for all sizes (``packaging/mark.py``); read from ``resources/mark``.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel

from dpdesk import resources

_SIZES: Final = (16, 24, 32, 48, 64, 256)


def mark() -> QIcon:
    """The mark in every size; a file is read when its size is asked for."""
    made = QIcon()
    for side in _SIZES:
        made.addFile(str(resources.path("mark", f"dpdesk-{side}.png")), QSize(side, side))
    return made


class MarkLabel(QLabel):
    """The mark beside the name of the program; silent to screen readers, as the name is said."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.setPixmap(mark().pixmap(QSize(size, size), self.devicePixelRatioF()))
