"""The question that the keyboard is in is seen whole, however the page moves about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.kit.entry_pages import CTRL, line, write
from ui.kit.register.entry_page import EntryPage
from ui.kit.register.in_sight import InSight


def in_sight(page: EntryPage, name: str) -> bool:
    row = page.form.rows[name]
    view = page.area.viewport()
    place = QRect(row.mapTo(view, QPoint(0, 0)), row.size())
    return row.isVisible() and view.rect().contains(place)


@pytest.fixture
def low(page: EntryPage, qtbot) -> EntryPage:
    """The page in a low window, so that most of its questions are off the screen."""
    page.resize(760, 420)
    qtbot.waitUntil(lambda: page.area.viewport().height() < 300)
    return page


@pytest.mark.parametrize("name", ["what", "worth", "marked", "due_on", "returned", "notes"])
@pytest.mark.parametrize("stage", ["", "logged", "search", "return"])
def test_the_way_to_a_question_ends_with_it_in_sight(low: EntryPage, qtbot, name, stage):
    low.form.show_stage(stage)
    low.form.focus_field(name)
    qtbot.waitUntil(lambda: in_sight(low, name))
    QTest.qWait(0)
    qtbot.waitUntil(lambda: in_sight(low, name))  # a slow page moves it more than once
    assert low.form.rows[name].isAncestorOf(low.focusWidget())


def test_a_question_stays_in_sight_when_a_banner_takes_its_room(low: EntryPage, qtbot):
    low.form.focus_field("notes")
    qtbot.waitUntil(lambda: in_sight(low, "notes"))
    before = low.area.viewport().height()
    low.banner.say("Something needs another look. " * 6, "danger")
    qtbot.waitUntil(lambda: low.area.viewport().height() < before)
    qtbot.waitUntil(lambda: in_sight(low, "notes"))


def test_a_slow_page_is_followed_until_it_has_settled(low: EntryPage, qtbot):
    low.form.focus_field("notes")
    (following,) = low.form.rows["notes"].findChildren(InSight)
    ends = following.findChildren(QTimer)[-1]
    qtbot.waitUntil(lambda: ends.remainingTime() < ends.interval() // 3)
    low.banner.say("Something needs another look. " * 6, "danger")
    qtbot.waitUntil(lambda: ends.remainingTime() > ends.interval() // 2)
    qtbot.waitUntil(lambda: in_sight(low, "notes"))


def test_whoever_turns_the_wheel_is_not_taken_back(low: EntryPage, qtbot):
    low.form.focus_field("notes")
    qtbot.waitUntil(lambda: in_sight(low, "notes"))
    view = low.area.viewport()
    middle = QPointF(view.rect().center())
    turned = QWheelEvent(
        *(middle, QPointF(view.mapToGlobal(middle)), QPoint(), QPoint(0, 120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(view, turned)
    qtbot.waitUntil(lambda: not low.form.rows["notes"].findChildren(InSight))


def test_one_wrong_answer_is_shown_in_its_stage_with_a_link_to_it(low: EntryPage, qtbot):
    write(low, "people", "901")
    low.stages.buttons["logged"].click()
    QTest.keyClick(low, Qt.Key.Key_S, CTRL)
    assert low.banner.text.text().startswith("One answer needs another look.")
    qtbot.waitUntil(lambda: in_sight(low, "people"))
    assert low.stages.buttons["search"].isChecked(), "the bar says which stage is shown"
    assert not low.form.rows["what"].isVisible(), "the other stages stay away"
    low.area.verticalScrollBar().setValue(0)
    low.stages.buttons["return"].click()
    low.banner.press("How many people were asked?")
    qtbot.waitUntil(lambda: in_sight(low, "people"))
    assert line(low, "people").hasFocus()


def test_wrong_answers_of_several_stages_are_all_shown(low: EntryPage, qtbot):
    write(low, "people", "901")
    write(low, "worth", "501")
    low.stages.buttons["return"].click()
    QTest.keyClick(low, Qt.Key.Key_S, CTRL)
    assert low.banner.text.text().startswith("2 answers need another look.")
    qtbot.waitUntil(lambda: in_sight(low, "worth"))
    assert not any(made.isChecked() for made in low.stages.buttons.values())
    assert low.form.rows["people"].isVisible()


def test_a_page_left_alone_does_not_jump_back(low: EntryPage, qtbot):
    low.form.focus_field("notes")
    qtbot.waitUntil(lambda: in_sight(low, "notes"))
    line(low, "what").setFocus()
    low.area.verticalScrollBar().setValue(0)
    low.banner.say("A banner comes.", "info")
    QTest.qWait(50)
    assert low.area.verticalScrollBar().value() == 0
