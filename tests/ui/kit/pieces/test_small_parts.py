"""Banner, empty state, chips, questions and buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from tests.ui.kit.invented import Umbrella
from tests.ui.walk import assert_walkable
from ui.kit.look.palette import LIGHT, TONES
from ui.kit.pieces import clipboard
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, icon_button, option
from ui.kit.pieces.cards import column
from ui.kit.pieces.chips import ChipRow
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.next_step_card import NextStepCard
from ui.kit.pieces.passphrases import QuestionField
from ui.kit.pieces.prompts import Places, WindowPrompter, saved_as
from ui.kit.pieces.stage_bar import StageBar

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


def test_an_empty_state_offers_the_first_step(qtbot):
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.show()
    assert empty.action.isHidden(), "before anything is said, a button has no word"
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
    assert said == ["Logged, done", "Search, nothing recorded yet", "Return, now", "Closed, later"]
    assert bar.buttons["search"].toolTip() == "Nothing recorded yet. Find the owner"
    assert bar.buttons["search"].property("when") == "passed"
    bar.show_stage("return")
    assert bar.buttons["search"].accessibleName() == "Search, done"
    assert bar.buttons["search"].toolTip() == "Find the owner"


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


def test_what_is_copied_can_be_pasted_and_is_marked_to_be_kept_nowhere(qapp):
    clipboard.copy("Nine children of class 4B")
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == "Nine children of class 4B"
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        told = held.data(f'application/x-qt-windows-mime;value="{name}"').data()
        assert int.from_bytes(bytes(told), "little") == 0
        assert len(told) == 4
    qapp.clipboard().clear()


def test_a_file_dialog_begins_where_the_last_file_lay_and_never_beside_the_program(tmp_path):
    places = Places()
    first = Path(places.begin("SAR-2026-001.pdf"))
    assert first.is_absolute()
    assert first.name == "SAR-2026-001.pdf"
    assert Path(places.begin()) != Path.cwd()
    places.used(tmp_path)
    assert places.begin("a.pdf") == str(tmp_path / "a.pdf")
    places.used(tmp_path / "a stick that was taken out")
    assert places.begin() == str(first.parent), "the documents"


def test_what_is_saved_is_not_offered_a_place_among_what_was_read(qtbot, monkeypatch, tmp_path):
    source, begun = tmp_path / "Documents of a request" / "mail.eml", list[str]()

    def saving(_parent: QWidget, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        begun.append(begin)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(source), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(source.parent))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", saving)
    window = QWidget()
    qtbot.addWidget(window)
    asking = WindowPrompter(window)
    asking.choose_files("Add documents")
    asking.choose_folder("Add a folder", reading=True)
    assert asking.save_file("Save the letter", "letter.pdf") is None
    assert str(source.parent) not in begun[0]


def test_what_is_saved_at_the_top_of_a_stick_is_said_to_be_there(tmp_path):
    assert saved_as(tmp_path / "a.pdf") == f"Saved as a.pdf in {tmp_path.name}."
    top = Path(tmp_path.anchor)
    assert saved_as(top / "a.pdf") == f"Saved as a.pdf in {top}."


def test_a_title_is_offered_as_a_name_that_every_system_takes(tmp_path):
    places = Places()
    places.used(tmp_path)
    asked = {"Parents/carers.pdf": "Parents - carers.pdf", "Audit: 1?.docx": "Audit - 1 - .docx"}
    for title, name in asked.items():
        assert places.begin(title) == str(tmp_path / name)


@pytest.mark.parametrize("typed", ['"/srv/a b"', " /srv/a b ", "“/srv/a b”", "'/srv/a b'"])
def test_a_path_that_was_copied_with_quotes_is_read_without_them(qtbot, typed):
    question = QuestionField("Folder")
    qtbot.addWidget(question)
    question.line.setText(typed)
    assert question.path() == Path("/srv/a b")


def test_the_buttons_of_the_next_step_go_to_another_line_where_the_card_is_narrow(qtbot):
    card = NextStepCard()
    qtbot.addWidget(card)
    card.resize(420, 300)
    card.show()
    offers = [(f"Do this and that, part {n}", "mdi6.check", f"n{n}") for n in range(4)]
    card.show_step("Where it stands.", offers)
    made = card.findChildren(QPushButton)
    assert len(made) == 4
    qtbot.waitUntil(lambda: len({each.y() for each in made}) > 1)
    for each in made:
        assert each.mapTo(card, each.rect().bottomRight()).x() < card.width()
    card.show_step("Nothing to do.")
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in card.findChildren(QPushButton)))


def test_tab_stops_at_the_one_of_several_that_is_on_whoever_turned_it(qtbot):
    inside = QWidget()
    made = [option(word, role="stage", one_of=True) for word in ("One", "Two", "Three")]
    inside.setLayout(column(*made))
    qtbot.addWidget(inside)
    inside.show()
    made[0].click()
    made[2].setChecked(True)
    tab = Qt.FocusPolicy.TabFocus
    assert [bool(each.focusPolicy() & tab) for each in made] == [False, False, True]
    made[2].setChecked(False)
    assert any(each.focusPolicy() & tab for each in made)
