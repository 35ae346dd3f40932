"""Pages behind each other that ask for no more room than the one that is seen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.kit.look import plain


class PageStack(QStackedWidget):
    """As small as the page that is shown.

    Qt's own is as large as the largest of its pages, so that a window that was once made wide by
    one of them would never again fit a small screen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turned)

    def _turned(self, _place: int) -> None:
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """No: each page finds its own height, and scrolls where there is less."""
        return False

    def minimumSizeHint(self) -> QSize:
        """What the page that is shown needs."""
        shown = self.currentWidget()
        if shown is None:
            return super().minimumSizeHint()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())


def giving_way(content: QWidget) -> QScrollArea:
    """Lets a window be smaller than its pages: only then it scrolls, in both directions.

    A small screen, or large letters, would else leave the buttons at the foot out of reach.
    """
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(content)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    plain.set_focus_never(area)
    return area
