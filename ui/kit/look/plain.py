"""Properties of widgets, set by their numbers: the names that Qt has for them are slow to load.

The first use of ``PySide6.QtCore.Qt`` makes a thousand names, which takes a tenth of the time
until the first window stands. What that window needs is therefore set here, as properties;
``tests/ui/kit/look/test_plain.py`` holds every number against its name. Everywhere else the
names are used.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

CENTRE: Final = 0x0084
"""``Qt.AlignmentFlag.AlignCenter``, for ``QPainter.drawText``."""

_PLAIN_TEXT: Final = 0
_NO_FOCUS: Final = 0
_TAB_FOCUS: Final = 1
_CLICK_FOCUS: Final = 2
_STRONG_FOCUS: Final = 11
_ALWAYS_OFF: Final = 1
_WITH_CHILDREN: Final = 3


def set_plain_text(label: QLabel) -> None:
    """What the label shows is never taken for markup (``TextFormat.PlainText``)."""
    label.setProperty("textFormat", _PLAIN_TEXT)


def set_focus_never(widget: QWidget) -> None:
    """The keyboard never comes to the widget itself (``FocusPolicy.NoFocus``)."""
    widget.setProperty("focusPolicy", _NO_FOCUS)


def set_focus_by_click(widget: QWidget) -> None:
    """The keyboard comes by a click and not by Tab, as to one of several that is not on."""
    widget.setProperty("focusPolicy", _CLICK_FOCUS)


def set_focus_by_tab(widget: QWidget) -> None:
    """The keyboard comes by Tab and not by a click (``FocusPolicy.TabFocus``)."""
    widget.setProperty("focusPolicy", _TAB_FOCUS)


def set_focus_always(widget: QWidget) -> None:
    """The keyboard comes by Tab and by a click (``FocusPolicy.StrongFocus``)."""
    widget.setProperty("focusPolicy", _STRONG_FOCUS)


def never_scroll_sideways(area: QAbstractScrollArea) -> None:
    """No bar at the foot of the area (``ScrollBarPolicy.ScrollBarAlwaysOff``)."""
    area.setProperty("horizontalScrollBarPolicy", _ALWAYS_OFF)


def work_inside(key: QShortcut) -> None:
    """The shortcut works in its widget and all within (``WidgetWithChildrenShortcut``)."""
    key.setProperty("context", _WITH_CHILDREN)
