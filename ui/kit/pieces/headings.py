"""Headings that screen readers know for headings, and so can name and go between.

Qt reads every label as plain text. Qt 6 has the role of a heading, yet no property of a widget to
ask for it: whoever wants it answers for the widget. That is done here, for :class:`HeadingWords`
alone. Their level cannot be said through PySide.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from ui.kit.pieces.announcing import answer_with


def name_headings() -> None:
    """Has headings read as headings, from here on; the second time does nothing.

    What assistive technology has asked about before stays what it was taken for.
    """
    if _named:
        return
    from PySide6.QtGui import QAccessible  # slow to load, and no first window needs it
    from PySide6.QtWidgets import QAccessibleWidget

    class Heading(QAccessibleWidget):
        """What assistive technology hears of a heading."""

        def __init__(self, label: QLabel) -> None:
            super().__init__(label, QAccessible.Role.Heading)

        def text(self, kind: QAccessible.Text) -> str:
            label = self.widget()
            if kind == QAccessible.Text.Name and isinstance(label, QLabel):
                return label.accessibleName() or label.text()
            return super().text(kind)

    def answer_for(kind: str, thing: QObject) -> Heading | None:
        # Asked about every object by the names of its class and of all above it.
        return Heading(thing) if kind == _HEADED and isinstance(thing, QLabel) else None

    answer_with(answer_for)
    _named.append(answer_for)


_named: list[object] = []
"""What answers for headings, once it is there."""
_HEADED: Final = "HeadingWords"
