"""Banner, message bar, empty state, chips, keys, help and questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMessageBox, QWidget

from tests.ui.kit.invented import Umbrella
from tests.ui.walk import assert_walkable
from ui.kit.banner import Banner
from ui.kit.buttons import button, icon_button
from ui.kit.cards import column
from ui.kit.chips import ChipRow
from ui.kit.empty_state import EmptyState
from ui.kit.help_window import HelpWindow
from ui.kit.message_bar import MessageBar
from ui.kit.palette import LIGHT, TONES
from ui.kit.prompts import WindowPrompter
from ui.kit.shortcuts import STANDING, KeysDialog, Shortcuts
from ui.kit.stage_bar import StageBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_banner_says_its_tone_in_words_and_offers_what_to_do(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    told: list[str] = []
    banner.say("It moved on.", "warn", [("Look", lambda: told.append("look"))])
    assert banner.accessibleName() == "Caution: It moved on."
    banner.press("Look")
    assert told == ["look"]
    banner.say("All well.", "ok")
    assert banner.accessibleName() == "Done: All well."
    assert not banner._links, "the offer of the message before is gone"


@pytest.mark.parametrize("tone", TONES)
def test_a_banner_has_the_colours_of_its_tone(qtbot, tone):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("Words", tone)
    banner.resize(400, 50)
    banner.grab()
    ink, _ground = LIGHT.tone(tone)
    assert banner.text.palette().color(banner.text.foregroundRole()).name() == ink.lower()


def test_markup_in_a_message_is_shown_as_typed(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("<b>Smith</b> & <img src='x'>")
    assert banner.text.textFormat() is Qt.TextFormat.PlainText


def test_the_message_bar_undoes_once(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show()
    told: list[str] = []
    bar.say("Saved.", undo=lambda: told.append("undone"))
    assert bar.undo_button.isVisible()
    bar.undo_button.click()
    bar._undo()
    assert told == ["undone"]
    assert bar.text.text() == "Taken back."
    assert not bar.undo_button.isVisible()


def test_an_undo_that_has_something_to_say_is_not_talked_over(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("Saved.", undo=lambda: bar.say("It was changed again.", tone="danger"))
    bar.undo_button.click()
    assert bar.text.text() == "It was changed again."
    assert bar.text.accessibleName() == "Problem: It was changed again."


def test_messages_fade_and_problems_stay_until_closed(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.say("Printed.")
    assert 5_000 < bar._timer.interval() <= 10_000
    assert not bar.close_button.isVisible()
    bar._timer.start(1)
    qtbot.waitUntil(lambda: not bar.text.text())
    bar.say("Saved.", undo=lambda: None)
    assert 10_000 < bar._timer.interval() <= 20_000
    bar.say("Could not print.", tone="danger")
    assert not bar._timer.isActive()
    bar.close_button.click()
    assert bar.text.text() == ""
    assert not bar.close_button.isVisible()
    bar.show_right("Last backup today 09:12, verified", "", "locks in 9 minutes")
    assert bar.right.text() == "Last backup today 09:12, verified   ·   locks in 9 minutes"
    assert_walkable(bar, 1366, 44)


def test_another_page_takes_old_messages_away_but_not_problems(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("Saved.")
    bar.page_left()
    assert bar.text.text() == "Saved."
    bar._said_at -= 60
    bar.page_left()
    assert bar.text.text() == ""
    bar.say("Could not print.", tone="danger")
    bar._said_at -= 60
    bar.page_left()
    assert bar.text.text() == "Could not print."


def test_an_empty_state_offers_the_first_step(qtbot):
    empty = EmptyState()
    qtbot.addWidget(empty)
    told: list[str] = []
    empty.say("mdi6.folder", "Nothing here yet.", "Begin", lambda: told.append("begun"))
    empty.action.click()
    assert told == ["begun"]
    empty.say("mdi6.folder", "Nothing here, and nothing to do.")
    assert empty.action.isHidden()
    assert_walkable(empty, 600, 400)


def test_chips_wrap_and_show_counts(qtbot):
    row = ChipRow([(f"c{n}", f"A longer filter {n}") for n in range(8)])
    qtbot.addWidget(row)
    row.show_counts({"c0": 12000})
    row.resize(300, 400)
    assert row.heightForWidth(300) > row.heightForWidth(3000)
    with qtbot.waitSignal(row.chosen) as told:
        QTest.mouseClick(row._buttons["c1"], Qt.MouseButton.LeftButton)
    assert told.args == ["c1"]
    assert row._buttons["c0"].text() == "A longer filter 0 12,000"


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


@pytest.fixture
def help_window(tmp_path: Path, qtbot) -> HelpWindow:
    (tmp_path / "index.md").write_text("# Help\n\nSee [umbrellas](umbrellas.md).", "utf-8")
    (tmp_path / "umbrellas.md").write_text("# Umbrellas\n\nHow to **dry** one.", "utf-8")
    (tmp_path / "boots.md").write_text("# Boots\n\nMud.", "utf-8")
    made = HelpWindow(tmp_path)
    qtbot.addWidget(made)
    return made


def test_help_opens_at_its_page_and_else_at_the_front(help_window: HelpWindow):
    help_window.open_page("umbrellas")
    assert "How to dry one." in help_window.reader.toPlainText()
    help_window.open_page("nothing-of-this-name")
    assert help_window.page == "index"


def test_help_is_searched_and_linked(help_window: HelpWindow):
    help_window.open_page("index")
    titles = [help_window.index.item(i).text() for i in range(help_window.index.count())]
    assert titles == ["Help", "Boots", "Umbrellas"]
    help_window._follow(QUrl("umbrellas.md"))
    assert help_window.page == "umbrellas"
    help_window.search.setText("mud")
    assert help_window.page == "boots"
    help_window.search.setText("submarine")
    assert help_window.none.isVisible()
    help_window._follow(QUrl("https://elsewhere.example/boots"))
    assert help_window.page == "boots", "links lead to help pages or nowhere"


def answer_box(does) -> None:
    """Answers the box that opens next."""

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        does(box)

    QTimer.singleShot(0, act)


def test_a_question_is_answered_by_its_verb(qtbot):
    prompter = WindowPrompter()

    def press(verb: str):
        def act(box: QWidget) -> None:
            assert isinstance(box, QMessageBox)
            next(b for b in box.buttons() if b.text().replace("&", "") == verb).click()

        return act

    answer_box(press("Delete photo record"))
    assert prompter.confirm("Delete it for good?", "Delete photo record", danger=True)
    answer_box(press("Cancel"))
    assert not prompter.confirm("Delete it for good?", "Delete photo record", danger=True)
    answer_box(lambda box: QTest.keyClick(box, Qt.Key.Key_Escape))
    assert not prompter.confirm("Release it?", "Release bundle")
    answer_box(press("Discard"))
    assert prompter.choose("Save your changes?", ("Save", "Discard")) == "Discard"
    answer_box(lambda box: QTest.keyClick(box, Qt.Key.Key_Escape))
    assert prompter.choose("Save your changes?", ("Save", "Discard")) == ""


def test_enter_does_not_do_what_is_dangerous(qtbot):
    answer_box(lambda box: QTest.keyClick(box, Qt.Key.Key_Return))
    assert not WindowPrompter().confirm("Delete it?", "Delete", danger=True)


def test_a_password_is_typed_unseen(qtbot):
    def type_it(box: QWidget) -> None:
        assert isinstance(box, QDialog)
        line = box.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        assert line.echoMode() is QLineEdit.EchoMode.Password
        assert line.accessibleName() == "Password of the file?"
        QTest.keyClicks(line, "umbrella")
        box.accept()

    answer_box(type_it)
    assert WindowPrompter().ask_password("Password of the file?") == "umbrella"
    answer_box(lambda box: box.close())
    assert WindowPrompter().ask_password("Password of the file?") is None


def test_a_stage_passed_over_is_not_ticked(qtbot):
    bar = StageBar(Umbrella.register.stages)
    qtbot.addWidget(bar)
    bar.show_stage("return", {"logged"})
    said = [made.accessibleName() for made in bar.buttons.values()]
    assert said == ["Logged, done", "Search, nothing noted yet", "Return, now", "Closed, later"]
    assert bar.buttons["search"].toolTip() == "Nothing noted yet. Find the owner"
    assert bar.buttons["search"].property("when") == "passed"
    bar.show_stage("return")
    assert bar.buttons["search"].accessibleName() == "Search, done"
    assert bar.buttons["search"].toolTip() == "Find the owner"


def test_only_the_sentence_that_is_no_longer_true_is_withdrawn(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("The backup failed.", tone="danger")
    bar.withdraw("Saved.")
    assert bar.text.text() == "The backup failed."
    bar.say("Saved.", undo=lambda: None)
    bar.withdraw("Saved.")
    assert bar.text.text() == ""
    assert bar.undo_button.isHidden()


@pytest.fixture
def pressed(qtbot):
    """A page with a line, a push button and a button with an icon; notes what was pressed."""
    told: list[str] = []
    page: Any = QWidget()
    page.told = told
    page.line = QLineEdit()
    page.push = button("Push", does=lambda: told.append("push"))
    page.tool = icon_button("Tool", "mdi6.close", does=lambda: told.append("tool"))
    page.setLayout(column(page.line, page.push, page.tool))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_keyboard_as_space_does(pressed, key):
    for name in ("push", "tool"):
        made = getattr(pressed, name)
        made.setFocus()
        QTest.keyClick(made, key)
    assert pressed.told == ["push", "tool"]
    pressed.push.setEnabled(False)
    QTest.keyClick(pressed.push, key)
    assert pressed.told == ["push", "tool"]


def test_enter_that_is_held_down_presses_once(pressed):
    for repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            repeated,
        )
        QApplication.sendEvent(pressed.push, event)
    assert pressed.told == ["push"]


def test_enter_in_a_line_presses_nothing_also_where_it_moves_the_keyboard_to_a_button(pressed):
    pressed.line.returnPressed.connect(pressed.push.setFocus)
    pressed.line.setFocus()
    QTest.keyClick(pressed.line, Qt.Key.Key_Return)
    assert pressed.push.hasFocus()
    assert pressed.told == []


def test_enter_opens_the_menu_of_a_button(pressed, qtbot):
    menu = QMenu(pressed)
    menu.addAction("First")
    pressed.tool.setMenu(menu)
    pressed.tool.setFocus()
    seen: list[bool] = []

    def look() -> None:
        seen.append(menu.isVisible())
        menu.close()

    QTimer.singleShot(0, menu, look)
    QTest.keyClick(pressed.tool, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [True]
