"""How much a page may spread itself: what a low window leaves out so that its work is seen.

A screen of 1366 × 768 at 150 % is 911 × 512 to the program, less the bars of the system. The
bar of the window, its foot and the head of a page would leave one row of a list there.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

LOW: Final = 620
"""Pixels of the height of a window below which pages draw themselves together."""


def is_low(widget: QWidget) -> bool:
    """Is the window that this stands in so low that only what is worked on should be seen?"""
    return widget.window().height() < LOW


_FRAME: Final = 40
"""Pixels that the title bar of a dialog takes."""


def resize_within(dialog: QWidget, width: int, height: int) -> None:
    """Opens a dialog in its usual size, and no larger than the screen: its buttons stand below."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width()), min(height, room.height() - _FRAME))
