"""Which parts of a page have been on the screen, so that none counts as reviewed unseen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage

ROWS: Final = 24
COLUMNS: Final = 4
"""A page is looked at in so many fields."""
_ENOUGH: Final = 0.7
"""A field counts as seen with this part of its height and of its width."""
_LOOK: Final = 12
_WHITE: Final = QColor(Qt.GlobalColor.white).rgb()


class FieldsSeen:
    """The fields of one page that were on the screen."""

    def __init__(self) -> None:
        self._fields: set[tuple[int, int]] = set()

    def note(self, paper: QRectF, view: QRect) -> None:
        """Notes what of the paper lies within the view."""
        if paper.isEmpty():
            return
        room = QRectF(view)
        for row in range(ROWS):
            for column in range(COLUMNS):
                field = _field(paper, row, column)
                shown = field.intersected(room)
                if (
                    shown.height() >= _ENOUGH * field.height()
                    and shown.width() >= _ENOUGH * field.width()
                ):
                    self._fields.add((row, column))

    def first_unseen(self, paper: QRectF, image: QImage) -> QRectF | None:
        """Where on the paper the first field lies that has ink and was not seen."""
        for row in range(ROWS):
            for column in range(COLUMNS):
                if (row, column) not in self._fields and not _blank(image, row, column):
                    return _field(paper, row, column)
        return None


def _field(paper: QRectF, row: int, column: int) -> QRectF:
    wide, high = paper.width() / COLUMNS, paper.height() / ROWS
    return QRectF(paper.x() + column * wide, paper.y() + row * high, wide, high)


def _blank(image: QImage, row: int, column: int) -> bool:
    """Is there nothing but white in a field of the drawn page?"""
    part = _field(QRectF(image.rect()), row, column).toAlignedRect().intersected(image.rect())
    small = image.copy(part).scaled(
        _LOOK,
        _LOOK,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return all(small.pixel(x, y) == _WHITE for x in range(_LOOK) for y in range(_LOOK))
