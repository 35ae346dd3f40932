"""The window is closed: what is not saved is asked about, and what changed is backed up."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from dpdesk.walls import windows
from tests.builders import a_request
from ui.main_window import window
from ui.main_window.backups import last_backup_words

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def request_page(hall, **values):
    """A saved request, its page open."""
    entry = a_request(hall.opened.desk, **values)
    hall.opened.pages.open_entry("requests", entry.id)
    return entry, hall.here.page


def asked(hall, what):
    return [one for one in hall.noted.asked if one[0] == what]


# --- backing up


def test_closing_backs_up_what_changed(home, folder):
    a_request(home.opened.desk)

    home.window.close()
    home.until(lambda: not home.window.isVisible())

    assert len(list((folder / "backups").glob("*.dpbackup"))) == 1


def test_closing_with_nothing_new_makes_no_backup(home, folder):
    home.opened.desk.keeping.automatic_backup()
    for old in (folder / "backups").iterdir():
        old.unlink()

    home.window.close()
    home.until(lambda: not home.window.isVisible())

    assert list((folder / "backups").iterdir()) == []


def test_a_backup_that_fails_on_closing_is_said_and_does_not_hold_the_user(home, folder):
    (folder / "backups").write_text("in the way", encoding="utf-8")
    home.noted.answers = ["", "Try again", "Close without a backup"]
    a_request(home.opened.desk)

    home.window.close()
    home.until(lambda: len(asked(home, "choose")) == 1)
    home.rest()
    assert home.window.isVisible()
    assert home.opened.pages.isEnabled()

    home.window.close()
    home.until(lambda: not home.window.isVisible())
    assert len(asked(home, "choose")) == 3


def test_windows_waits_for_the_backup_where_somebody_logs_off_and_never_longer(
    home, folder, monkeypatch
):
    told = []
    monkeypatch.setattr(window, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(windows, "hold_end", lambda _window, reason: told.append(reason))
    monkeypatch.setattr(windows, "let_end", lambda _window: told.append(""))
    (folder / "backups").write_text("in the way", encoding="utf-8")
    home.noted.answers = [""]
    a_request(home.opened.desk)

    home.window.close()
    home.until(lambda: len(asked(home, "choose")) == 1)
    home.rest()
    assert told == ["dpdesk is making its backup.", ""]  # the user goes on with the work

    (folder / "backups").unlink()
    home.window.close()
    assert told[2:] == ["dpdesk is making its backup."]
    home.until(lambda: not home.window.isVisible())
    assert told[-1] == ""


def test_closing_asks_once_where_something_is_not_saved(home):
    _, page = request_page(home)
    page.form.rows["subject"].input.line.setFocus()
    home.type(" and more")
    home.noted.answers = ["", "Save"]

    home.window.close()
    assert home.window.isVisible()
    home.window.close()
    home.until(lambda: not home.window.isVisible())

    assert len(asked(home, "choose")) == 2


def test_a_locked_window_closes_without_showing_anything(home):
    _, page = request_page(home)
    page.form.rows["subject"].input.line.setFocus()
    home.type(" and more")
    home.window.lock()

    home.window.close()
    home.until(lambda: not home.window.isVisible())

    assert asked(home, "choose") == []


def test_a_backup_is_made_when_one_is_due_and_the_bar_says_so(home, folder):
    assert "No backup on this computer yet" in home.opened.message_bar.right.text()

    home.opened.backups.look()
    home.rest()

    assert "Last backup today" in home.opened.message_bar.right.text()
    assert len(list((folder / "backups").glob("*.dpbackup"))) == 1
    home.opened.backups.look()
    assert not home.opened.tasks.busy


def test_a_backup_that_fails_by_itself_is_said_in_the_message_bar(home, folder):
    (folder / "backups").write_text("in the way", encoding="utf-8")

    home.opened.backups.look()
    home.rest()

    assert "The backup failed" in home.opened.message_bar.text.text()
    (folder / "backups").unlink()


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (None, "No backup on this computer yet"),
        (NOON, "Last backup today 12:00, verified"),
        (NOON - dt.timedelta(days=1), "Last backup yesterday 12:00, verified"),
        (NOON - dt.timedelta(days=9), "Last backup 11 Nov 2026, verified"),
    ],
)
def test_the_bar_tells_the_last_backup_in_words(last, words):
    assert last_backup_words(last, NOON + dt.timedelta(hours=2)) == words
