"""The window asks for the passphrase: at the start, after an idle time, on Ctrl+L."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, a_request

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def request_page(hall, **values):
    """A saved request, its page open."""
    entry = a_request(hall.opened.desk, **values)
    hall.opened.pages.open_entry("requests", entry.id)
    return entry, hall.here.page


def asked(hall, what):
    return [one for one in hall.noted.asked if one[0] == what]


# --- unlocking


def test_the_passphrase_opens_home(hall):
    assert "passphrase" not in hall.window.windowTitle()

    hall.unlock()

    assert hall.opened.pages.visit.page == "home"
    assert hall.window.windowTitle() == "Elmfield School — dpdesk"
    assert hall.focus().window() is hall.window


def test_a_wrong_passphrase_is_said_and_costs_a_pause_that_grows(hall):
    hall.until(hall.page.passphrase.line.hasFocus)
    hall.type("not it")
    hall.press(Qt.Key.Key_Return)
    hall.rest()

    assert "not the passphrase" in hall.page.passphrase.error.text()
    assert not hall.page.go.isEnabled()
    first = hall.page._wait.remainingTime()
    hall.until(hall.page.go.isEnabled)
    hall.type("not it either")
    hall.press(Qt.Key.Key_Return)
    hall.rest()
    assert hall.page._wait.remainingTime() > first
    hall.page.clear()
    hall.unlock()
    assert hall.opened.pages.visit.page == "home"


def test_the_locked_page_says_when_the_next_try_is_and_then_that_it_is(home):
    home.window.lock()
    home.type("not it")
    home.press(Qt.Key.Key_Return)
    home.rest()
    error = home.window.locked.passphrase.error
    assert error.isVisible()
    assert error.text() == "That is not the passphrase. You can try again in 1 second."

    home.until(home.window.locked.go.isEnabled)

    assert error.isVisible()
    assert "try again." in error.text()
    home.type("not it either")
    home.press(Qt.Key.Key_Return)
    home.rest()
    assert error.text() == "That is not the passphrase. You can try again in 2 seconds."


def test_a_workspace_in_use_says_who_holds_it(hall, folder):
    other = Desk.open(folder, PASSPHRASE)
    try:
        hall.type(PASSPHRASE)
        hall.press(Qt.Key.Key_Return)
        hall.rest()

        assert "is open already on the computer" in hall.page.banner.text.text()
        assert hall.page.go.isEnabled()
    finally:
        other.close()


def test_a_damaged_workspace_is_said_in_a_sentence(hall, folder):
    (folder / "dpdesk.keys.json").write_text("{", encoding="utf-8")

    hall.type(PASSPHRASE)
    hall.press(Qt.Key.Key_Return)
    hall.rest()

    assert not hall.page.banner.isHidden()
    assert hall.window.opened is None


# --- locking


def test_locking_blanks_everything_and_what_is_half_typed_is_still_there(home):
    _, page = request_page(home)
    line = page.form.rows["subject"].input.line
    line.setFocus()
    line.selectAll()
    home.type("Half a na")

    home.press(Qt.Key.Key_L, CTRL)

    assert home.window.is_locked
    assert not home.opened.isVisible()
    assert "Elmfield" not in home.window.windowTitle()
    home.type(PASSPHRASE)
    home.press(Qt.Key.Key_Return)
    home.until(lambda: not home.window.is_locked)
    assert line.text() == "Half a na"
    assert home.focus() is line
    assert home.window.windowTitle() == "Elmfield School — dpdesk"


def test_a_draft_is_kept_when_it_locks(home):
    entry, page = request_page(home)
    line = page.form.rows["subject"].input.line
    line.setFocus()
    line.selectAll()
    home.type("Half a na")

    home.window.lock()

    note = home.opened.desk.drafts.find("requests", entry.id)
    assert note is not None
    assert note.answers["subject"] == "Half a na"


def test_the_wrong_passphrase_does_not_unlock(home):
    home.window.lock()

    home.type("anything else")
    home.press(Qt.Key.Key_Return)
    home.rest()

    assert home.window.is_locked
    assert "not the passphrase" in home.window.locked.passphrase.error.text()


def test_nobody_there_for_ten_minutes_locks_it(home):
    home.clock.moment += dt.timedelta(minutes=9)
    home.window.idle.look()
    assert not home.window.is_locked
    assert "locks in 1 minute" in home.opened.message_bar.right.text()

    home.clock.moment += dt.timedelta(minutes=1)
    home.window.idle.look()

    assert home.window.is_locked


def test_a_key_begins_the_ten_minutes_anew(home):
    home.clock.moment += dt.timedelta(minutes=9)
    home.press(Qt.Key.Key_Shift)
    home.clock.moment += dt.timedelta(minutes=9)
    home.window.idle.look()

    assert not home.window.is_locked


def test_the_key_that_wakes_a_sleeping_computer_locks_and_does_nothing_else(home):
    _, page = request_page(home)
    line = page.form.rows["subject"].input.line
    line.setFocus()
    before = line.text()
    home.clock.moment += dt.timedelta(hours=2)

    home.type("x")

    assert home.window.is_locked
    assert line.text() == before


def test_locking_closes_boxes_that_stand_over_the_window(home):
    home.opened.show_keys()
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog))
    assert box.isVisible()

    home.window.lock()

    assert not box.isVisible()
