"""The page of an entry under test: its surroundings, and how a test writes into it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.kit.invented import NOW
from ui.kit.register.entry_page import EntryPage

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = "invented_umbrella"
STEPS = (
    SimpleNamespace(text="Found on this day.", source="Rules, section 2", date=NOW),
    SimpleNamespace(text="Kept for one term.", source="Rules, section 5", date=None),
)


def line(page: EntryPage, name: str) -> QLineEdit:
    found: Any = page.form.rows[name].input
    return found.line


def write(page: EntryPage, name: str, text: str) -> None:
    where = line(page, name)
    where.setFocus()
    where.selectAll()
    QTest.keyClicks(where, text)
