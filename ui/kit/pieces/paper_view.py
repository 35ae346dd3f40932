"""A finished paper as it will print: its pages below each other, as wide as there is room.

Only papers that the program has just made itself are shown here, so they are drawn at once, on the
thread of the window; what comes from elsewhere is drawn behind a wall.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from dpdesk.law.words import count
from ui.kit.look import plain
from ui.kit.look.theme import MEDIUM, give_role
from ui.kit.pieces.cards import clear_layout

_WAIT: Final = 120
_MOST: Final = 20
"""Pages that are drawn; a longer paper is read as a file."""


class PaperView(QScrollArea):
    """Shows a PDF of the program's own. Screen readers are told its words by who shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = b""
        self._sheets: list[QLabel] = []
        self._drawn = (b"", 0, 0.0)
        self.setWidgetResizable(True)
        plain.never_scroll_sideways(self)
        inside = QWidget()
        give_role(inside, "page")
        self._pages = QVBoxLayout(inside)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(MEDIUM)
        self._pages.addStretch(1)
        self.setWidget(inside)
        self.setAccessibleName("The letter as it will print")
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self._draw)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._sheets)

    def show_paper(self, content: bytes, words: str = "") -> None:
        """Shows another paper, at the place in it that was seen; ``words`` for screen readers."""
        self._content = content
        self.setAccessibleDescription(words)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room makes the pages larger."""
        super().resizeEvent(event)
        self._timer.start()

    def _draw(self) -> None:
        wide = self.viewport().width() - 2
        asked = (self._content, wide, self.devicePixelRatioF())
        if not self._content or wide < 40 or asked == self._drawn:
            return
        self._drawn = asked
        place = self.verticalScrollBar().value()
        images = _images(self._content, wide, self.devicePixelRatioF())
        if len(images) != self.pages:
            clear_layout(self._pages)
            self._sheets = []
            for number in range(1, len(images) + 1):
                page = QLabel()
                page.setAccessibleName(f"Page {number} of {count(len(images), 'page')}")
                # A page that was drawn for more room is drawn afresh in a moment.
                page.setMinimumWidth(1)
                give_role(page, "sheet")
                self._pages.addWidget(page)
                self._sheets.append(page)
            self._pages.addStretch(1)
        for label, image in zip(self._sheets, images, strict=True):
            label.setPixmap(QPixmap.fromImage(image))
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.verticalScrollBar().setValue(place)


def _images(content: bytes, wide: int, ratio: float) -> list[QImage]:
    import pypdfium2  # loaded only where a paper is looked at

    document = pypdfium2.PdfDocument(content)
    found = []
    try:
        for number in range(min(_MOST, len(document))):
            page = document[number]
            bitmap = page.render(scale=wide * ratio / page.get_width(), grayscale=False)
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB888
                if bitmap.n_channels == 3
                else QImage.Format.Format_RGB32,
            ).copy()
            if bitmap.n_channels == 3:
                image = image.rgbSwapped()
            image.setDevicePixelRatio(ratio)
            found.append(image)
            page.close()
    finally:
        document.close()
    return found
