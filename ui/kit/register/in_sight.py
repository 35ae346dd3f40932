"""Keeps a question in sight while the page it stands on is still being laid out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_SETTLES: Final = 600
"""Milliseconds after which a page that has moved nothing any more moves nothing by itself."""
_LONGEST: Final = 6.0
"""Seconds for which a slow computer may lay a page out: stages, banners, wrapped words."""
_MARGIN: Final = 48
_MOVES: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest})


def area_of(widget: QWidget) -> QScrollArea | None:
    """The area that a widget scrolls in; None where it scrolls in none."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def scroll_to(area: QScrollArea, widget: QWidget, part: QRect | None = None) -> None:
    """Scrolls as little as shows a widget whole; of one that is too high, the beginning.

    ``part`` of it is shown in any case: a row of a table that is higher than the screen.
    """
    content = area.widget()
    assert content is not None
    room = area.viewport().height()
    whole = QRect(QPoint(0, 0), widget.size())
    shown = whole if part is None or whole.height() <= room else part
    top = widget.mapTo(content, shown.topLeft()).y()
    height = shown.height()
    margin = max(0, min(_MARGIN, room - height))
    bar = area.verticalScrollBar()
    place = bar.value()
    if top + height > place + room:
        place = top + height + margin - room
    elif top < place:
        place = top - margin
    bar.setValue(min(place, top))


class InSight(QObject):
    """Shows a widget of a scrolled page, and again each time the page moves it.

    A page lays itself out in several turns after other questions were shown or a banner came.
    It ends when the page has settled, the keyboard has gone elsewhere, or the user turns the wheel.
    """

    def __init__(
        self, area: QScrollArea, widget: QWidget, part: Callable[[], QRect] | None = None
    ) -> None:
        for older in area.findChildren(InSight):
            older.stop()
        super().__init__(widget)
        self._area, self._widget, self._part = area, widget, part
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._show)
        self._until = time.monotonic() + _LONGEST
        self._end = QTimer(self, singleShot=True, interval=_SETTLES)
        self._end.timeout.connect(self.deleteLater)
        moving: QWidget | None = widget
        area.viewport().installEventFilter(self)
        while moving is not None and moving is not area.viewport():
            moving.installEventFilter(self)
            moving = moving.parentWidget()
        self._end.start()
        self._again.start()
        self._scroll()

    def stop(self) -> None:
        """Scrolls no more: something else is to be seen now."""
        self._until = 0.0
        self._again.stop()
        self._end.stop()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something moved."""
        if "_end" in self.__dict__ and event.type() in _MOVES:
            # Its own scrolling moves the content; that alone is no reason to scroll again.
            scrolled = watched is self._area.widget() and event.type() is QEvent.Type.Move
            if not scrolled and self._until:
                self._again.start()
                if time.monotonic() < self._until:
                    self._end.start()
        elif event.type() is QEvent.Type.Wheel:
            self.deleteLater()
        return False

    def _show(self) -> None:
        focused = self._widget.window().focusWidget()
        if focused is None or self._widget.isAncestorOf(focused):
            self._scroll()
        else:
            self.deleteLater()

    def _scroll(self) -> None:
        scroll_to(self._area, self._widget, self._part() if self._part is not None else None)
