"""The keys of the window: none is given twice, and their list can be searched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.main_window.shortcuts import STANDING, KeysDialog, Shortcuts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_no_key_is_given_twice_in_one_place():
    places = [(key.keys, key.where) for key in STANDING]
    assert len(places) == len(set(places))


def test_actions_have_their_key_and_a_taken_key_is_refused(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    keys = Shortcuts(window)
    told: list[str] = []
    keys.add("dance", "Dance", "Ctrl+J", lambda: told.append("danced"))
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert told == ["danced"]
    with pytest.raises(ValueError, match="Ctrl\\+J is taken"):
        keys.add("sing", "Sing", "Ctrl+J", lambda: None)
    keys.add("search", "Search everything", "Ctrl+K", lambda: None)
    assert [key.does for key in keys.keys].count("Search everything") == 1


def test_the_list_of_keys_can_be_searched(qtbot):
    dialog = KeysDialog(list(STANDING))
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.search, "backup or save")
    dialog.search.setText("save")
    shown = [said for said, labels in dialog._rows if labels[0].isVisible()]
    assert "ctrl+s save" in shown
    assert "ctrl+l lock" not in shown
