"""What can be read on a part of the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


def words_in(widget):
    """All words on its labels, in a line."""
    return " ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )
