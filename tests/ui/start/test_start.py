"""The first start, by keyboard: set up, print the recovery sheet, restore, the lost passphrase."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from dpdesk.desk import Desk
from dpdesk.store.keys import Cost
from dpdesk.store.known import last, remember
from dpdesk.store.workspace import Workspace
from tests.builders import PASSPHRASE, QUICK, a_request
from tests.papers.reading import text_of
from tests.ui.walk import SIZE, assert_walkable, cut_off

NEW = "lantern gravel orbit pickle"
TAB, ENTER, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Keys that are quick to derive; the true cost is a quarter of a second each time."""
    create: Any = Workspace.create
    for function in (create.__func__, Workspace.set_passphrase):
        for kind in ("__defaults__", "__kwdefaults__"):
            kept = getattr(function, kind)
            if isinstance(kept, tuple):
                kept = tuple(QUICK if isinstance(one, Cost) else one for one in kept)
            elif kept:
                kept = {n: QUICK if isinstance(one, Cost) else one for n, one in kept.items()}
            monkeypatch.setattr(function, kind, kept)


@pytest.fixture
def fresh(enter, tmp_path):
    """The window on a computer where there is no workspace yet."""
    return enter(tmp_path / "new")


def named(hall):
    return type(hall.page).__name__


def set_up(hall, tmp_path):
    """From the welcome page to the recovery sheet, by keyboard alone."""
    hall.until(hall.page.first.hasFocus)
    hall.press(SPACE)
    hall.type("Elmfield School")
    hall.press(TAB)
    hall.type(" 1 Specimen Lane, Exampleton,, EX0 0EX,")
    hall.press(TAB)
    hall.type("Dana Pryce")
    hall.page.next.setFocus()
    hall.press(SPACE)
    assert named(hall) == "NewPassphrasePage"
    hall.type(NEW)
    hall.press(ENTER)
    hall.type(NEW)
    hall.press(ENTER)
    hall.until(lambda: named(hall) == "RecoverySheetPage")


def test_a_school_is_set_up_by_keyboard_and_the_sheet_must_be_printed(fresh, tmp_path):
    set_up(fresh, tmp_path)
    assert not fresh.page.go.isEnabled()

    fresh.press(SPACE)
    sheet, title = fresh.printing.printed[0]
    assert sheet.startswith(b"%PDF")
    assert "recovery" in title
    assert fresh.focus() is fresh.page.go
    fresh.press(SPACE)

    fresh.until(lambda: fresh.window.opened is not None)
    assert fresh.window.windowTitle() == "Elmfield School — dpdesk"
    assert (tmp_path / "new" / "dpdesk.db").is_file()
    key = fresh.opened.desk.school.particulars()
    assert key.dpo_name == "Dana Pryce"
    assert key.address.splitlines() == ["1 Specimen Lane", "Exampleton", "EX0 0EX"]


def test_letters_of_a_school_just_set_up_print_its_address(fresh, tmp_path):
    set_up(fresh, tmp_path)
    fresh.press(SPACE)
    fresh.press(SPACE)
    fresh.until(lambda: fresh.window.opened is not None)
    desk = fresh.opened.desk

    letter = desk.requests.letters.write("acknowledgement", a_request(desk))

    assert "1 Specimen Lane, Exampleton, EX0 0EX" in text_of(letter.content)


def test_enter_goes_all_the_way_from_the_welcome_page_to_home(fresh):
    fresh.until(fresh.page.first.hasFocus)
    fresh.press(ENTER)
    assert named(fresh) == "SchoolPage"
    fresh.type("Elmfield School")
    fresh.press(ENTER)
    assert fresh.focus() is fresh.page.questions["dpo_name"].line
    fresh.type("Dana Pryce")
    fresh.press(ENTER)
    assert named(fresh) == "NewPassphrasePage"
    fresh.type(NEW)
    fresh.press(ENTER)
    fresh.type(NEW)
    fresh.press(ENTER)
    fresh.until(lambda: named(fresh) == "RecoverySheetPage")
    fresh.press(ENTER)
    assert len(fresh.printing.printed) == 1
    fresh.press(ENTER)

    fresh.until(lambda: fresh.window.opened is not None)


def test_enter_presses_the_link_that_has_the_keyboard(hall):
    hall.until(hall.page.passphrase.line.hasFocus)
    while "lost" not in getattr(hall.focus(), "text", str)():
        hall.press(TAB)

    hall.press(ENTER)

    assert named(hall) == "LostPage"


def test_enter_in_the_first_question_of_restoring_leads_to_the_next(fresh, tmp_path):
    fresh.window.start.show_restore()
    fresh.until(fresh.page.file.line.hasFocus)
    fresh.page.file.line.setText(str(tmp_path / "kept.dpbackup"))
    (tmp_path / "kept.dpbackup").write_bytes(b"")
    fresh.press(ENTER)

    assert fresh.page.passphrase.line.hasFocus()


def test_stepping_back_from_the_printer_does_not_count_as_printed(fresh, tmp_path):
    set_up(fresh, tmp_path)
    fresh.printing.willing = False

    fresh.press(SPACE)

    assert not fresh.page.go.isEnabled()


def test_the_sheet_can_be_saved_instead(fresh, tmp_path):
    set_up(fresh, tmp_path)
    fresh.noted.answers = [tmp_path / "sheet.pdf"]

    fresh.page.save_button.click()

    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert fresh.page.go.isEnabled()


def test_a_place_where_the_sheet_cannot_be_saved_is_said(fresh, tmp_path):
    set_up(fresh, tmp_path)
    fresh.noted.answers = [tmp_path / "nowhere" / "sheet.pdf"]

    fresh.page.save_button.click()

    assert "could not be saved" in fresh.page.banner.text.text()
    assert not fresh.page.go.isEnabled()


def test_closing_before_the_sheet_is_safe_asks_once(fresh, tmp_path):
    set_up(fresh, tmp_path)
    fresh.noted.answers = [False]

    fresh.window.close()

    assert fresh.window.isVisible()
    assert ("confirm", "Close without the recovery sheet?") in fresh.noted.asked


def test_what_is_needed_is_said_beside_the_question(fresh):
    fresh.until(fresh.page.first.hasFocus)
    fresh.press(SPACE)

    fresh.page.next.click()

    assert "needs an answer" in fresh.page.questions["name"].error.text()
    assert fresh.focus() is fresh.page.questions["name"].line


def test_a_folder_in_use_is_refused_before_anything_is_made(fresh, tmp_path):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter.txt").write_text("x", encoding="utf-8")
    fresh.until(fresh.page.first.hasFocus)
    fresh.press(SPACE)
    for name, text in (("name", "Elmfield School"), ("dpo_name", "Dana Pryce")):
        fresh.page.questions[name].line.setText(text)
    fresh.page.folder.line.setText(str(tmp_path / "used"))

    fresh.page.next.click()

    assert "not empty" in fresh.page.folder.error.text()


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("short", "short", "Too short"),
        (NEW, "something else entirely", "do not match"),
    ],
)
def test_a_weak_or_mistyped_passphrase_is_not_taken(fresh, first, again, said):
    fresh.window.start._show_passphrase(fresh.window.start.folder, {})
    page = fresh.page.passphrase
    page.first.line.setText(first)
    page.again.line.setText(again)

    fresh.page.go.click()

    assert said in page.first.error.text() + page.again.error.text()
    assert fresh.page.go.isEnabled()


def test_escape_leads_back_page_by_page(fresh):
    fresh.until(fresh.page.first.hasFocus)
    fresh.press(SPACE)
    assert named(fresh) == "SchoolPage"

    fresh.press(Qt.Key.Key_Escape)

    assert named(fresh) == "WelcomePage"


def test_another_workspace_can_be_chosen(fresh, template, tmp_path):
    other = template.copy(tmp_path / "other")
    fresh.noted.answers = [tmp_path, other]

    fresh.window.start.choose_folder()
    assert "no workspace in that folder" in fresh.page.banner.text.text()
    fresh.window.start.choose_folder()

    assert named(fresh) == "UnlockPage"
    fresh.unlock()
    assert fresh.opened.desk.workspace.folder == other


def test_a_workspace_that_is_gone_is_named_and_looked_for_again(
    enter, preferences, template, tmp_path
):
    preferences.set("last_workspace", str(tmp_path / "stick"))
    hall = enter(None)

    assert "cannot be found" in hall.page.banner.text.text()
    template.copy(tmp_path / "stick")
    hall.page.banner.press("Check again")

    assert named(hall) == "UnlockPage"


# --- restoring


@pytest.fixture
def archive(folder, tmp_path):
    """A backup with one request in it."""
    desk = Desk.open(folder, PASSPHRASE)
    a_request(desk, subject="Zebedee Invented")
    made = desk.keeping.back_up(tmp_path / "kept.dpbackup")
    desk.close()
    return made.path


def restore(hall, archive, target, *, passphrase="", key=""):
    hall.window.start.show_restore()
    page = hall.page
    page.file.line.setText(str(archive))
    page.folder.line.setText(str(target))
    if key:
        page.turn.click()
        page.key.line.setText(key)
    else:
        page.passphrase.line.setText(passphrase)
    page.go.click()
    hall.rest()


def test_a_backup_is_restored_with_the_passphrase(fresh, archive, tmp_path):
    restore(fresh, archive, tmp_path / "back", passphrase=PASSPHRASE)

    fresh.until(lambda: fresh.window.opened is not None)
    listing = fresh.opened.desk.requests.requests.listing()
    assert [row[2] for row in listing.rows] == ["Zebedee Invented"]


@pytest.mark.parametrize(
    ("answer", "next_time"),
    [("Those I used before", False), ("", False), ("The restored ones", True)],
)
def test_a_backup_that_was_only_tried_is_not_opened_next_time(
    fresh, archive, preferences, folder, tmp_path, answer, next_time
):
    """What is entered next would go into the old copy, which opens with the same passphrase."""
    remember(preferences, folder)
    fresh.noted.answers = [answer]
    restore(fresh, archive, tmp_path / "back", passphrase=PASSPHRASE)
    fresh.until(lambda: fresh.window.opened is not None)

    assert fresh.opened.desk.workspace.folder == tmp_path / "back"
    assert last(preferences) == (tmp_path / "back" if next_time else folder)


def test_after_restoring_no_backup_is_claimed_and_home_asks_once_where_they_go(
    fresh, folder, tmp_path
):
    desk = Desk.open(folder, PASSPHRASE)
    desk.keeping.automatic_backup()
    a_request(desk)
    second = desk.keeping.back_up(tmp_path / "kept.dpbackup").path
    desk.close()

    restore(fresh, second, tmp_path / "back", passphrase=PASSPHRASE)
    fresh.until(lambda: fresh.window.opened is not None)

    assert "No backup on this computer yet" in fresh.opened.message_bar.right.text()
    assert fresh.opened.desk.keeping.changed_since_backup()
    note = fresh.here.note
    assert note.text.text() == "Restored from kept.dpbackup. Choose where new backups go."
    note.press("Choose the folder")
    assert fresh.opened.pages.visit.page == "settings"
    assert fresh.here.section == "desk"
    fresh.opened.pages.open_page("home")
    assert not fresh.here.note.isVisible()


def test_a_backup_is_restored_with_the_recovery_key_and_a_new_passphrase(
    fresh, archive, template, tmp_path
):
    restore(fresh, archive, tmp_path / "back", key=template.recovery_key)
    fresh.until(lambda: named(fresh) == "NewPassphrasePage")
    fresh.type(NEW)
    fresh.press(ENTER)
    fresh.type(NEW)
    fresh.press(ENTER)
    fresh.until(lambda: fresh.window.opened is not None)

    fresh.opened.desk.keeping.passphrase_opens(NEW)


def test_the_wrong_passphrase_for_a_backup_is_said_and_nothing_is_made(fresh, archive, tmp_path):
    restore(fresh, archive, tmp_path / "back", passphrase="wrong wrong wrong")

    assert not fresh.page.banner.isHidden()
    assert fresh.page.go.isEnabled()
    assert not (tmp_path / "back").exists()


def test_a_file_that_is_no_backup_is_said(fresh, tmp_path):
    (tmp_path / "letter.dpbackup").write_text("Dear all", encoding="utf-8")

    restore(fresh, tmp_path / "letter.dpbackup", tmp_path / "back", passphrase=PASSPHRASE)

    assert "not a dpdesk backup" in fresh.page.banner.text.text()


# --- the lost passphrase


def test_the_recovery_key_opens_and_asks_for_a_new_passphrase(hall, template):
    hall.page.lost.emit()
    hall.page.key.line.setText(template.recovery_key.lower().replace(" ", "-"))
    hall.page.give()
    hall.until(lambda: named(hall) == "NewPassphrasePage")
    hall.type(NEW)
    hall.press(ENTER)
    hall.type(NEW)
    hall.press(ENTER)
    hall.until(lambda: hall.window.opened is not None)

    hall.opened.desk.keeping.passphrase_opens(NEW)


def test_a_mistyped_recovery_key_says_what_is_wrong_with_it(hall):
    hall.page.lost.emit()
    hall.page.key.line.setText("ABCD EFGH")
    hall.page.give()
    hall.rest()

    assert "letters" in hall.page.banner.text.text()
    assert hall.page.go.isEnabled()


# --- every page


def test_the_welcome_page_does_not_scroll_on_a_small_screen(fresh):
    """1366 × 768 at 150 %."""
    fresh.window.resize(911, 512)
    fresh.window.start._show_welcome()
    area = fresh.page.findChild(QScrollArea)
    fresh.until(lambda: area.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize("name", ["welcome", "set_up", "passphrase", "sheet", "restore", "lost"])
def test_every_page_before_unlocking_can_be_walked(fresh, name):
    start = fresh.window.start
    show = {
        "welcome": start._show_welcome,
        "set_up": start.show_set_up,
        "passphrase": lambda: start._show_passphrase(start.folder, {}),
        "restore": start.show_restore,
        "lost": start._show_lost,
        "sheet": lambda: None,
    }
    if name == "sheet":
        from ui.start.set_up import RecoverySheetPage

        page = RecoverySheetPage(fresh.noted, fresh.printing)
        page.show_key("ABCD EFGH JKLM NPQR STUV WXYZ ABCD EFGH", lambda: b"")
    else:
        show[name]()
        page = fresh.page
        page.setParent(None)

    page.resize(*SIZE)
    page.show()
    # Words that are wrapped find their height a moment after they are shown.
    fresh.until(lambda: not cut_off(page))
    assert_walkable(page)
    page.deleteLater()


def test_the_unlock_page_can_be_walked(hall):
    assert_walkable(hall.page.parentWidget())


def test_a_folder_of_a_cloud_drive_is_said_before_anything_is_kept_there(fresh, tmp_path):
    fresh.until(fresh.page.first.hasFocus)
    fresh.press(SPACE)
    asked = fresh.page.folder
    assert asked.note.text() == ""
    asked.line.setText(str(tmp_path / "OneDrive - Elmfield" / "dpdesk"))
    assert "cloud drive" in asked.note.text()
    assert asked.note.isVisible()
    asked.line.setText(str(tmp_path / "dpdesk"))
    assert not asked.note.isVisible()
