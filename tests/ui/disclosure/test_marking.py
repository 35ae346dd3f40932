"""Marking by mouse and by keyboard, taking back, and that nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from dpdesk.documents.pages import Box
from tests.ui.walk import cut_off
from ui.disclosure.page_tools import Tool

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_dragging_over_words_marks_exactly_these(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    assert bench.words() == ["Harry Smith"]
    assert bench.sitting.marks[0].code == "TP-16"
    assert bench.said() == "1 mark made."


def test_what_can_be_done_with_a_chosen_mark_is_not_cut_off_on_the_office_screen(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.page.proposer.turn(False)
    bench.sitting.select(bench.sitting.marks[0].id)
    bench.until(bench.page.marks.lift.isVisible)
    bench.qtbot.waitUntil(lambda: not cut_off(bench.page.marks))


def test_dragging_over_the_end_of_a_line_makes_a_mark_on_each_line(bench):
    bench.press("T")
    bench.drag(bench.place("Harry’s"), bench.place("Karen"))
    assert bench.words() == ["Harry’s mother,", "Mrs Karen"]


def test_a_double_click_marks_one_word_without_choosing_a_tool(bench):
    view = bench.page.viewer.viewport()
    bench.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=bench.place("Okafor"))
    assert bench.words() == ["Okafor"]


def test_the_line_tool_takes_the_whole_line(bench):
    bench.press("L")
    bench.click(bench.place("told"))
    assert bench.words() == ["J. told Miss Okafor that he did not want to sit beside Harry again."]
    assert bench.sitting.marks[0].kind == "line"


def test_a_box_is_marked_where_it_was_drawn_and_keeps_the_words_below(bench):
    bench.press("B")
    start, end = bench.place("Harry"), bench.place("Smith")
    bench.drag(start - QPoint(20, 10), end + QPoint(18, 10))
    mark = bench.sitting.marks[0]
    assert mark.kind == "box"
    assert mark.words == "Harry Smith"


def test_a_slip_of_the_hand_marks_nothing(bench):
    bench.press("B")
    place = bench.place("Harry")
    bench.drag(place, place + QPoint(1, 1))
    bench.press("T")
    bench.click(place)
    assert bench.words() == []


def test_words_are_marked_by_keyboard_alone(bench):
    bench.press("T", "Down", "Down", "Down")
    for _ in range(2):
        bench.press("Right")
    assert bench.page.viewer.accessibleDescription() == "Harry"
    bench.press("Shift+Right", "Enter")
    assert bench.words() == ["Harry Smith"]
    # The cursor stays, so that the next words can be reached from here.
    bench.press("Right")
    assert bench.page.viewer.accessibleDescription() == "about"


def test_lines_are_marked_by_keyboard_alone(bench):
    bench.press("L", "Down", "Down", "Down", "Shift+Down", "Enter")
    assert len(bench.sitting.marks) == 2
    assert bench.words()[0].startswith("disagreement with Harry")


def test_a_box_is_drawn_by_keyboard_alone(bench):
    bench.press("End", "P", "P")
    assert bench.sitting.now.kind == "image"
    bench.press("B", "Down", "Shift+Right", "Shift+Down", "Enter")
    mark = bench.sitting.marks[0]
    assert (mark.kind, mark.words) == ("box", "")
    assert bench.page.marks.list.item(0).text() == "1, an area, Another person · TP-16"
    assert mark.box.width == pytest.approx(128, abs=1)


def test_a_picture_says_that_it_has_no_words_to_choose(bench):
    bench.sitting.go_to(4)
    bench.press("T", "Down")
    assert "No words could be read on this page" in bench.page.banner.text.text()
    bench.page.banner.press("Use Box")
    assert bench.page.viewer.tool is Tool.BOX


def test_undo_and_redo_go_back_to_the_page_where_it_was(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.press("N", "W")
    assert bench.sitting.now.withheld == "TP-16"
    bench.press("N", "N", "Ctrl+Z")
    assert bench.number == 2
    assert bench.sitting.now.withheld == ""
    bench.press("Ctrl+Z")
    assert bench.number == 1
    assert bench.words() == []
    bench.press("Ctrl+Y", "Ctrl+Y")
    assert bench.number == 2
    assert bench.sitting.now.withheld == "TP-16"
    bench.press("P")
    assert bench.words() == ["Harry Smith"]


def test_the_message_bar_takes_a_mark_back(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.noted.undo()
    assert bench.words() == []


def test_a_mark_is_selected_by_a_click_and_removed_by_del(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.press("S")
    bench.click(bench.place("Harry"))
    assert bench.sitting.selected == bench.sitting.marks[0].id
    assert bench.page.marks.list.currentRow() == 0
    bench.press("Del")
    assert bench.words() == []
    bench.press("Del")
    assert bench.sitting.progress.marks == 0


def test_a_mark_gets_another_reason_and_stays_selected(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.page.marks.list.setCurrentRow(0)
    combo = bench.page.marks.combo
    combo.setCurrentIndex(combo.findData("LPP-19"))
    combo.activated.emit(combo.currentIndex())
    assert [mark.code for mark in bench.sitting.marks] == ["LPP-19"]
    assert bench.sitting.selected == bench.sitting.marks[0].id
    bench.press("Ctrl+Z")
    assert [mark.code for mark in bench.sitting.marks] == ["TP-16"]


def test_numbers_are_those_of_the_schedule(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.press("N", "W", "N", "T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    # One mark on page 1, page 2 withheld counts as one.
    assert [mark.number for mark in bench.sitting.marks] == [3]


def test_marks_outlive_a_crash_of_the_program(open_bench):
    bench = open_bench()
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.press("Space", "W")
    again = open_bench(page=1)
    assert again.words() == ["Harry Smith"]
    assert again.sitting.now.reviewed
    assert again.sitting.pages[1].withheld == "TP-16"


def test_a_reason_that_says_disclose_is_a_warning_and_is_not_used(bench):
    combo = bench.page.foot.reason.combo
    combo.setCurrentIndex(combo.findData("TP-17E"))
    combo.activated.emit(combo.currentIndex())
    assert "not a reason to remove words" in bench.page.banner.text.text()
    assert combo.code == "TP-16"


def test_a_reason_is_found_by_a_part_of_its_words(bench):
    combo = bench.page.foot.reason.combo
    bench.press("C")
    combo.lineEdit().selectAll()
    completer = combo.completer()
    completer.setCompletionPrefix("privil")
    assert completer.completionCount() == 1
    combo.lineEdit().setText(completer.currentCompletion())
    combo.lineEdit().editingFinished.emit()
    assert bench.page.foot.reason.code == "LPP-19"


def test_what_was_typed_and_is_no_reason_is_put_back(bench):
    combo = bench.page.foot.reason.combo
    bench.press("C")
    combo.lineEdit().setText("nonsense")
    combo.lineEdit().editingFinished.emit()
    assert combo.currentText() == "Another person · TP-16"
    bench.press("C")
    combo.lineEdit().setText("ref-24")
    combo.lineEdit().editingFinished.emit()
    assert bench.page.foot.reason.code == "REF-24"


def test_a_click_opens_all_reasons_in_full_and_ready_for_typing(bench):
    combo = bench.page.foot.reason.combo
    line, popup = combo.lineEdit(), combo.completer().popup()
    bench.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert popup.isVisible()
    assert line.selectedText() == "Another person · TP-16"
    assert popup.model().rowCount() == combo.count()
    assert popup.viewport().width() >= popup.sizeHintForColumn(0)
    bench.qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert line.text() == "Another person · TP-16"
    bench.qtbot.keyClicks(popup, "privil")
    assert popup.model().rowCount() == 1
    bench.qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_space_in_a_reason_that_nobody_changes_notes_the_page(bench):
    combo = bench.page.foot.reason.combo
    bench.seen()
    combo.setFocus()
    bench.qtbot.keyClick(combo, Qt.Key.Key_Space)
    assert combo.currentText() == "Another person · TP-16"
    assert bench.number == 2
    # The same reason once more is an answer too: the keys are those of the page again.
    combo.setFocus()
    combo.activated.emit(combo.currentIndex())
    assert bench.page.viewer.hasFocus()


def test_a_page_is_withheld_for_a_reason_that_is_named_and_can_be_changed(bench):
    combo = bench.page.foot.reason.combo
    bench.press("W")
    assert bench.said() == "1 page withheld: Another person (TP-16)."
    bench.page.banner.press("Change reason")
    assert combo.completer().popup().isVisible()
    combo.completer().popup().hide()
    combo.setCurrentIndex(combo.findData("LPP-19"))
    combo.activated.emit(combo.currentIndex())
    assert bench.sitting.now.withheld == "LPP-19"
    assert "LPP-19" in bench.page.banner.text.text()
    bench.press("Ctrl+Z")
    assert bench.sitting.now.withheld == "TP-16"
    # A page that is not withheld stays so.
    bench.press("N")
    combo.setCurrentIndex(combo.findData("TP-16"))
    combo.activated.emit(combo.currentIndex())
    assert not bench.sitting.now.withheld
    bench.press("W", "W")
    assert bench.page.banner.isHidden()


def test_letters_that_are_typed_into_a_field_are_no_commands(bench):
    bench.press("Ctrl+F")
    bench.qtbot.keyClicks(bench.page.field.line, "now then b")
    assert bench.number == 1
    assert bench.page.viewer.tool is Tool.SELECT
    assert bench.page.field.line.text() == "now then b"


def test_a_mark_off_the_page_is_refused_in_words(bench):
    assert not bench.sitting.mark_box(Box(-50, -50, -10, -10), "TP-16")
    assert "outside the page" in bench.page.banner.text.text()
