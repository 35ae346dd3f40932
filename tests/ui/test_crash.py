"""A fault of the program is told, once, on the thread of the window, without anything personal."""

from __future__ import annotations

import faulthandler
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.errors import NoRoom
from ui.crash import CrashDesk, report

SECRET = "Robin Example, born 3 May 2015"


def fault(text=SECRET):
    def inner(answer):
        raise ValueError(answer)

    try:
        try:
            inner(text)
        except ValueError as error:
            raise RuntimeError(f"while saving {text}") from error
    except RuntimeError as caught:
        return caught


@pytest.fixture
def crashes(qapp, tmp_path):
    made = CrashDesk(tmp_path / "logs" / "crash.log")
    made.install()
    yield made
    made.uninstall()
    if made.dialog is not None:
        made.dialog.close()


def test_a_report_names_lines_and_classes_and_never_what_was_typed():
    told = report(fault())

    assert "RuntimeError" in told
    assert "ValueError" in told
    assert "tests/ui/test_crash.py:" in told
    assert "in inner" in told
    assert "Robin" not in told
    assert "saving" not in told


def test_a_report_does_not_name_folders_of_the_computer(tmp_path):
    told = report(fault())

    assert str(tmp_path.anchor) + "home" not in told
    assert "\\Users" not in told


def test_a_fault_that_calls_itself_makes_a_short_report():
    def again():
        again()

    with pytest.raises(RecursionError) as caught:
        again()

    assert len(report(caught.value).splitlines()) < 70


def test_a_fault_of_any_thread_is_shown_by_the_window(crashes, qtbot):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: crashes.dialog is not None)

    assert "ZeroDivisionError" in crashes.dialog.text.toPlainText()
    assert crashes.dialog.isVisible()


def test_a_second_fault_stands_in_the_same_box(crashes, qtbot):
    crashes.tell(fault())
    crashes.tell(KeyError(SECRET))

    qtbot.waitUntil(lambda: crashes.count == 2)

    text = crashes.dialog.text.toPlainText()
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert "Robin" not in text


def test_the_report_can_be_copied_and_the_work_goes_on(crashes, qtbot):
    crashes.tell(fault())
    qtbot.waitUntil(lambda: crashes.dialog is not None)

    crashes.dialog.copy.click()
    assert "RuntimeError" in QApplication.clipboard().text()
    crashes.dialog.go_on.click()

    assert crashes.dialog is None


def test_what_the_user_can_mend_is_a_sentence_and_no_crash(crashes, qtbot):
    told: list[str] = []
    crashes.sentence.connect(told.append)

    sys.excepthook(NoRoom, NoRoom("The disk is full.", "Free some space."), None)

    assert told == ["The disk is full. Free some space."]
    assert crashes.dialog is None


def test_the_crash_file_holds_the_report_and_nothing_personal(crashes, tmp_path, qtbot):
    crashes.tell(fault())
    qtbot.waitUntil(lambda: crashes.dialog is not None)

    written = (tmp_path / "logs" / "crash.log").read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "Robin" not in written


def test_without_a_place_for_the_crash_file_the_box_still_comes(qapp, qtbot, tmp_path):
    (tmp_path / "logs").write_text("a file where a folder should be", encoding="utf-8")
    made = CrashDesk(tmp_path / "logs" / "crash.log")
    made.install()
    try:
        made.tell(fault())
        qtbot.waitUntil(lambda: made.dialog is not None)
    finally:
        made.uninstall()
        if made.dialog is not None:
            made.dialog.close()


def test_the_hooks_are_given_back(qapp):
    before = sys.excepthook, threading.excepthook
    made = CrashDesk()
    made.install()
    made.uninstall()

    assert (sys.excepthook, threading.excepthook) == before


@pytest.mark.parametrize(("platform", "on"), [("linux", True), ("win32", False)])
def test_what_windows_own_dialogs_raise_and_settle_is_no_crash(
    qapp, monkeypatch, tmp_path, platform, on
):
    before = faulthandler.is_enabled()
    faulthandler.disable()
    monkeypatch.setattr(sys, "platform", platform)
    made = CrashDesk(tmp_path / "crash.log")
    made.install()
    assert faulthandler.is_enabled() is on
    made.uninstall()
    if before:
        faulthandler.enable()
