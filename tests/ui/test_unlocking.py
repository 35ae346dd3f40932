"""The window asks for the passphrase: at the start, after an idle time, on Ctrl+L."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

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


def shut(hall):
    """Waits until the locked window has closed the workspace."""
    assert hall.window.is_locked
    hall.until(lambda: hall.window.opened is None)


def again(hall):
    """Waits until the workspace is closed, then gives the passphrase."""
    shut(hall)
    hall.until(hall.window.locked.passphrase.line.hasFocus)
    hall.type(PASSPHRASE)
    hall.press(Qt.Key.Key_Return)
    hall.until(lambda: not hall.window.is_locked)


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
    page.form.focus_field("subject")
    line = page.form.rows["subject"].input.line
    line.selectAll()
    home.type("Half a na")

    home.press(Qt.Key.Key_L, CTRL)

    assert home.window.is_locked
    assert not home.opened.isVisible()
    assert "Elmfield" not in home.window.windowTitle()
    again(home)
    line = home.here.page.form.rows["subject"].input.line
    assert line.text() == "Half a na"
    assert home.here.page.form.dirty
    assert home.here.page.banner.isHidden()
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


# --- what a locked window holds


def said_anywhere():
    """Every word that a widget shows or tells a screen reader."""
    for widget in QApplication.allWidgets():
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        yield widget.windowTitle()
        for ask in ("text", "toPlainText"):
            if callable(told := getattr(widget, ask, None)):
                yield str(told())


def test_a_locked_window_has_closed_the_workspace_and_shows_no_name_to_anybody(home, folder):
    entry, _ = request_page(home, subject="Zebedee Invented")
    home.opened.pages.open_page("requests")
    home.opened.pages.open_entry("requests", entry.id)
    assert any("Zebedee" in words for words in said_anywhere())

    home.window.lock()
    shut(home)

    assert not any("Zebedee" in words for words in said_anywhere())
    other = Desk.open(folder, PASSPHRASE)
    assert other.requests.requests.load(entry.id).values["subject"] == "Zebedee Invented"
    other.close()


def test_the_keys_are_written_over_when_it_locks(home):
    keys = home.opened.desk.workspace.keys
    before = bytearray(keys.master)

    home.window.lock()
    shut(home)

    assert keys.master == bytes(len(before))
    assert any(before)


@pytest.mark.parametrize("page", ["requests", "settings", "breaches", "new"])
def test_it_opens_again_where_it_was_left(home, page):
    pages = home.opened.pages
    if page == "settings":
        pages.open_page("settings", section="calendar")
    elif page == "new":
        pages.new_entry("requests")
        home.here.page.form.rows["subject"].input.line.setFocus()
        home.type("Half a na")
    else:
        pages.open_page(page)
    visit = pages.visit

    home.window.lock()
    again(home)

    assert home.opened.pages.visit == visit
    if page == "settings":
        assert home.here.section == "calendar"
    if page == "new":
        assert home.here.page.form.rows["subject"].input.line.text() == "Half a na"
        home.here.page.discard()


def test_a_part_that_is_half_typed_comes_back(home):
    request_page(home)
    panel = home.here.part("clarifications")
    home.here.choose_stage("")
    panel.begin()
    name = next(n for n, made in panel.form.rows.items() if hasattr(made.input, "line"))
    panel.form.rows[name].input.line.setText("3/9/2026")
    panel.form.rows[name].input.line.textEdited.emit("3/9/2026")
    assert panel.dirty

    home.window.lock()
    again(home)

    panel = home.here.part("clarifications")
    assert panel.dirty
    assert panel.form.rows[name].input.line.text() == "3 September 2026"
    panel.drop()


def test_work_that_runs_goes_on_behind_the_lock_and_the_workspace_closes_after_it(home):
    go = threading.Event()
    ended: list[object] = []
    home.opened.tasks.run(lambda _progress: go.wait(20), title="Long", on_success=ended.append)

    home.window.lock()
    home.qtbot.wait(300)  # longer than the window looks once
    assert home.window.opened is not None
    assert not home.opened.isVisible()
    go.set()
    shut(home)

    assert ended == [True]


def test_what_changed_is_backed_up_before_the_keys_go(home, folder):
    a_request(home.opened.desk)

    home.window.lock()
    shut(home)
    assert len(list((folder / "backups").glob("*.dpbackup"))) == 1

    again(home)
    a_request(home.opened.desk)
    home.window.lock()
    shut(home)
    assert len(list((folder / "backups").glob("*.dpbackup"))) == 1, "the last one is young enough"


def test_another_passphrase_is_refused_by_a_closed_workspace_too(home):
    home.window.lock()
    shut(home)
    home.type("anything else")
    home.press(Qt.Key.Key_Return)
    home.rest()

    assert home.window.is_locked
    assert home.window.opened is None
    assert "not the passphrase" in home.window.locked.passphrase.error.text()


def test_a_workspace_opened_by_a_command_meanwhile_says_so(home, folder):
    home.window.lock()
    shut(home)
    other = Desk.open(folder, PASSPHRASE)
    try:
        home.type(PASSPHRASE)
        home.press(Qt.Key.Key_Return)
        home.rest()
        assert "is open already" in home.window.locked.banner.text.text()
    finally:
        other.close()


def test_the_passphrase_is_gone_from_the_first_page_once_it_opened(hall):
    page = hall.page
    hall.unlock()
    hall.until(lambda: not isValid(page))


def test_a_box_that_waits_for_an_answer_is_answered_by_no_before_the_workspace_closes(home):
    answers = []

    def ask():
        box = QDialog(home.window)
        QTimer.singleShot(0, box, home.window.lock)
        answers.append(box.exec())
        answers.append(home.window.opened is not None)

    QTimer.singleShot(0, home.window, ask)
    home.until(lambda: len(answers) == 2)
    shut(home)

    assert answers == [0, True]
