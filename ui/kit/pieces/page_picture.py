"""The picture of a page with frames around places on it: whole, or as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from dpdesk.documents.pages import Box
from ui.kit.look.palette import LIGHT
from ui.kit.look.theme import theme

Tone = Literal["ok", "muted", "warn", "danger"]
# Paper is white in every appearance, so what is drawn on it takes the light colours.
_COLOURS: Final = {
    "ok": LIGHT.ok, "muted": LIGHT.muted, "warn": LIGHT.warn, "danger": LIGHT.danger,
}  # fmt: skip
_STEP: Final = 60.0  # pixels that an arrow moves a page which is near
_GAP: Final = 2.0  # pixels between a place and its frame


class PagePicture(QWidget):
    """Shows one page. Places are in points of the page, from its top left.

    A click, or Enter, shows it as wide as there is room, so that handwriting can be read; then the
    wheel and the arrows move it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._scale = 1.0
        self.frames: tuple[tuple[Box, Tone], ...] = ()
        self.near = False
        self._top = 0.0
        """How far the page was moved up, in pixels, while it is shown near."""
        self.setMinimumSize(240, 240)
        self.setAccessibleName("Picture of the page")
        self.setAccessibleDescription("Enter makes it larger, or shows it whole again.")
        self.setToolTip("Click to make it larger, or to see it whole again")
        # The keyboard stays where it is when somebody clicks: Enter confirms what is asked there.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_page(
        self, image: QImage | None, scale: float = 1.0, frames: Sequence[tuple[Box, Tone]] = ()
    ) -> None:
        """Shows another page, or none; ``scale`` is the pixels of the image for each point."""
        self._image, self._scale, self.frames = image, scale, tuple(frames)
        self._move_to(self._first() if self.near and frames else 0.0)

    def _first(self) -> float:
        """Where the first frame begins, with some of the page above it, in pixels."""
        top = min(box.y0 for box, _ in self.frames)
        return top * self._scale * self._share() - self.height() / 4 if self._high() else 0.0

    # --- nearer --------------------------------------------------------------------------

    def turn(self, at: float = 0.0) -> None:
        """Shows it near or whole; ``at`` is the height of the page, 0 to 1, to be seen first."""
        self.near = not self.near
        self._move_to(at * self._high() - self.height() / 2)

    def _share(self) -> float:
        """Pixels on the screen for each of the picture."""
        assert self._image is not None
        across = self.width() / self._image.width()
        return across if self.near else min(across, self.height() / self._image.height())

    def _high(self) -> float:
        if self._image is None or self._image.isNull():
            return 0.0
        return self._image.height() * self._share()

    def _move_to(self, top: float) -> None:
        self._top = max(0.0, min(top, self._high() - self.height())) if self.near else 0.0
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nearer, to where it was clicked; or whole again."""
        high = self._high()
        if event.button() is Qt.MouseButton.LeftButton and high:
            self.turn((event.position().y() + self._top) / high)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Moves the page while it is near."""
        if not self.near:
            event.ignore()
            return
        self._move_to(self._top - event.angleDelta().y() / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter turns, arrows move."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.turn()
        elif self.near and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move_to(self._top + (_STEP if key == Qt.Key.Key_Down else -_STEP))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is near stays within its room."""
        super().resizeEvent(event)
        self._move_to(self._top)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the page and its frames."""
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        share = self._share()
        wide, high = self._image.width() * share, self._image.height() * share
        room = QRectF((self.width() - wide) / 2, -self._top, wide, high)
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
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme().colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
