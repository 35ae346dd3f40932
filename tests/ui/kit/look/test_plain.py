"""The numbers that stand for names of Qt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton

from ui.kit.look import plain


def test_every_number_is_that_of_its_name(qtbot):
    label, button, area = QLabel("<b>bold</b>"), QToolButton(), QScrollArea()
    key = QShortcut(area)
    for widget in (label, button, area):
        qtbot.addWidget(widget)
    plain.set_plain_text(label)
    plain.set_focus_always(button)
    plain.set_focus_never(area)
    plain.set_focus_by_click(label)
    assert label.focusPolicy() is Qt.FocusPolicy.ClickFocus
    plain.set_focus_by_tab(label)
    plain.never_scroll_sideways(area)
    plain.work_inside(key)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert button.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert label.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert key.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut
    assert Qt.AlignmentFlag(plain.CENTRE) == Qt.AlignmentFlag.AlignCenter
