"""A request is logged with the few questions that cannot wait; the rest is asked later."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.requests.conftest import Office


def asked(office: Office) -> list[str]:
    return [name for name, made in office.room.page.form.rows.items() if not made.isHidden()]


def test_who_about_whom_what_and_when_are_asked_first_and_the_rest_later(office):
    office.room.new_entry()
    first = ["kind", "subject", "subject_kind", "received", "channel", "asked", "relationship"]
    assert asked(office) == first
    office.type("Ethan Walker")
    for words in ("Pup", "today", "By", "His e-mails", "Mot", "Sarah Walker"):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        office.type(words)
    QTest.keySequence(office.room.page, QKeySequence("Ctrl+S"))
    entry = office.desk.requests.requests.find("SAR-2026-001")
    assert entry.values == {
        "kind": "access",
        "subject": "Ethan Walker",
        "subject_kind": "pupil",
        "received": dt.date(2026, 11, 20),
        "channel": "verbal",
        "asked": "His e-mails",
        "relationship": "mother",
        "requester": "Sarah Walker",
    }
    office.until(lambda: QApplication.focusWidget() is office.room.page)
    office.room.choose_stage("logged")
    assert {"subject_person", "other_names", "period"} <= set(asked(office))


def test_everything_can_be_asked_at_once(office):
    office.room.new_entry()
    office.press("Ask everything now", office.room.next_step)
    assert {"subject_person", "other_names", "period", "salutation"} <= set(asked(office))
