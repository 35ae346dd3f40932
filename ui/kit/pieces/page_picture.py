"""The picture of a page with frames around places on it; as large as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from dpdesk.documents.pages import Box
from ui.kit.look.palette import LIGHT

Tone = Literal["ok", "muted", "warn", "danger"]
# Paper is white in every appearance, so what is drawn on it takes the light colours.
_COLOURS: Final = {
    "ok": LIGHT.ok, "muted": LIGHT.muted, "warn": LIGHT.warn, "danger": LIGHT.danger,
}  # fmt: skip
_GAP: Final = 2.0  # pixels between a place and its frame


class PagePicture(QWidget):
    """Shows one page. Places are in points of the page, from its top left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._scale = 1.0
        self.frames: tuple[tuple[Box, Tone], ...] = ()
        self.setMinimumSize(240, 240)
        self.setAccessibleName("Picture of the page")

    def show_page(
        self, image: QImage | None, scale: float = 1.0, frames: Sequence[tuple[Box, Tone]] = ()
    ) -> None:
        """Shows another page, or none; ``scale`` is the pixels of the image for each point."""
        self._image, self._scale, self.frames = image, scale, tuple(frames)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the page and its frames."""
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        share = min(self.width() / self._image.width(), self.height() / self._image.height())
        wide, high = self._image.width() * share, self._image.height() * share
        room = QRectF((self.width() - wide) / 2, 0, wide, high)
        painter.drawImage(room, self._image)
        painter.setPen(QPen(QColor(LIGHT.muted), 1))
        painter.drawRect(room)
        points = self._scale * share
        for box, tone in self.frames:
            painter.setPen(QPen(QColor(_COLOURS[tone]), 2))
            painter.drawRect(
                QRectF(
                    room.left() + box.x0 * points - _GAP,
                    room.top() + box.y0 * points - _GAP,
                    box.width * points + 2 * _GAP,
                    box.height * points + 2 * _GAP,
                )
            )
        painter.end()
