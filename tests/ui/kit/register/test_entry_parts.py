"""Parts on the page of an entry: added, changed and saved with it, never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from dpdesk.registers.entries import Changes
from tests.ui.kit.around import Noted
from tests.ui.kit.entry_pages import CTRL, KEY, line, write
from tests.ui.kit.invented import Umbrellas
from ui.kit.register.entry_page import EntryPage
from ui.kit.register.parts_table import shared

HEAD = QRect(0, 0, 20, 20)


def test_parts_are_added_changed_and_archived_in_place(page: EntryPage, sightings, noted: Noted):
    panel = page.parts[0]
    assert panel.table.isHidden()
    panel.add_button.click()
    words: Any = panel.form.rows["words"].input
    assert words.line.hasFocus()
    QTest.keyClicks(words.line, "It was by the coats")
    assert page.dirty
    QTest.keyClick(words.line, Qt.Key.Key_Return, CTRL)
    assert [part.values["words"] for part in sightings.parts(1)] == ["It was by the coats"]
    assert panel.editor.isHidden()
    assert panel.model.rowCount() == 1
    panel.table.choose_row(0)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert words.line.text() == "It was by the coats"
    QTest.keyClicks(words.line, "!")
    noted.answers = [False, True]
    panel.close_editor()
    assert not panel.editor.isHidden(), "what was typed is not thrown away unasked"
    panel.close_editor()
    assert panel.editor.isHidden()
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert sightings.parts(1) == ()
    assert noted.undo is not None
    noted.undo()
    assert len(sightings.parts(1)) == 1
    assert panel.model.rowCount() == 1, "the panel follows"


def test_a_part_that_cannot_be_saved_says_why(page: EntryPage, sightings):
    panel = page.parts[0]
    panel.begin()
    assert not panel.save()
    assert panel.form.rows["words"].wrong
    assert sightings.parts(1) == ()


def test_typing_in_the_entry_survives_saving_a_part(page: EntryPage):
    write(page, "what", "Half typed")
    panel = page.parts[0]
    panel.begin()
    words: Any = panel.form.rows["words"].input
    QTest.keyClicks(words.line, "Seen twice")
    assert panel.save()
    assert line(page, "what").text() == "Half typed"
    assert page.save(), "and the entry can still be saved"


def open_part(page: EntryPage, typed: str = "") -> QLineEdit:
    page.parts[0].begin()
    words: Any = page.parts[0].form.rows["words"].input
    QTest.keyClicks(words.line, typed)
    found: QLineEdit = words.line
    return found


def test_escape_puts_the_form_of_a_part_away_and_only_that(page: EntryPage, noted: Noted):
    where = open_part(page)
    QTest.keyClick(where, Qt.Key.Key_Escape)
    assert page.parts[0].editor.isHidden()
    assert ("back",) not in noted.asked
    where = open_part(page, "By the coats")
    noted.answers = [False]
    QTest.keyClick(where, Qt.Key.Key_Escape)
    assert not page.parts[0].editor.isHidden(), "what was typed is not thrown away unasked"
    noted.answers = [True]
    QTest.keyClick(where, Qt.Key.Key_Escape)
    assert page.parts[0].editor.isHidden()
    QTest.keyClick(page.parts[0].add_button, Qt.Key.Key_Escape)
    assert ("back",) in noted.asked


def test_ctrl_s_saves_the_part_that_is_open_too(page: EntryPage, sightings, noted: Noted):
    where = open_part(page, "By the coats")
    assert page.foot.save_button.isEnabled()
    assert page.foot.unsaved.text() == "Not saved yet"
    QTest.keyClick(where, Qt.Key.Key_S, CTRL)
    assert [part.values["words"] for part in sightings.parts(1)] == ["By the coats"]
    assert page.parts[0].editor.isHidden()
    assert page.foot.unsaved.text() == ""
    assert noted.asked[-1] == ("said", "Saved.", "ok")


def test_save_keeps_entry_and_part_and_one_undo_takes_both_back(
    page: EntryPage, service: Umbrellas, sightings, noted: Noted
):
    write(page, "what", "Black, seen")
    open_part(page, "By the coats")
    page.foot.save_button.click()
    assert service.load(1).title == "Black, seen"
    assert len(sightings.parts(1)) == 1
    assert noted.undo is not None
    noted.undo()
    assert service.load(1).title == "Black, with a broken rib"
    assert sightings.parts(1) == ()


def test_a_part_that_cannot_be_saved_does_not_pass_for_saved(page: EntryPage, sightings):
    where = open_part(page, " ")
    day: Any = page.parts[0].form.rows["day"].input
    QTest.keyClicks(day.line, "31 Feb")
    assert not page.save()
    assert "sighting that is open needs another look" in page.banner.text.text()
    assert page.parts[0].form.rows["day"].wrong
    assert where.isVisible()
    assert page.dirty


def test_the_old_saved_goes_at_the_first_key(page: EntryPage, noted: Noted):
    write(page, "what", "x")
    assert noted.withdrawn == ["Saved."]
    assert page.save()
    open_part(page, "By")
    assert noted.withdrawn == ["Saved.", "Saved."]


def test_discard_throws_the_open_part_away_and_undo_brings_it_back(page: EntryPage, noted: Noted):
    where = open_part(page, "By the coats")
    page.foot.discard_button.click()
    assert page.parts[0].editor.isHidden()
    assert not page.dirty
    assert noted.undo is not None
    noted.undo()
    assert where.text() == "By the coats"
    assert page.dirty


def test_leaving_without_the_part_asks_only_once(page: EntryPage, noted: Noted):
    open_part(page, "By the coats")
    noted.answers = ["Discard"]
    assert page.can_leave()
    assert page.can_leave()


def test_a_part_opens_with_its_first_question_and_its_button_in_view(page: EntryPage, qtbot):
    where = open_part(page)
    area = page.area.viewport()

    def whole(widget: Any) -> bool:
        corner = widget.mapTo(area, widget.rect().bottomRight())
        return bool(area.rect().contains(corner)) and not widget.visibleRegion().isEmpty()

    qtbot.waitUntil(lambda: whole(page.parts[0].editor.keep) and whole(where))
    assert where.hasFocus()


def test_a_part_can_begin_with_answers_already_known(page: EntryPage, sightings):
    page.parts[0].begin({"words": "By the coats"})
    assert page.dirty, "known is not saved"
    assert page.save()
    assert [part.values["words"] for part in sightings.parts(1)] == ["By the coats"]
    page.parts[0].begin()
    assert page.parts[0].form.values()["words"] is None


@pytest.mark.parametrize("size", [(1366, 660), (1093, 520)])
def test_a_few_parts_are_seen_without_scrolling_their_table(
    page: EntryPage, sightings, size, qtbot
):
    page.resize(*size)
    for place in range(9):
        words = f"Somebody saw it at the {place + 1}. gate, and told the office at length" * 3
        sightings.save({"words": words, "day": dt.date(2026, 11, 1)}, parent_id=1)
    page.open(1)
    table = page.parts[0].table
    qtbot.waitUntil(table.isVisible)
    qtbot.waitUntil(lambda: table.viewport().width() == table.horizontalHeader().length())
    assert table.verticalScrollBar().maximum() == 0
    assert table.horizontalScrollBar().maximum() == 0
    day = table.horizontalHeader().sectionSize(1)
    assert day >= table.sizeHintForColumn(1), "the day can be read, however long the words"
    last = table.visualRect(page.parts[0].model.index(8, 0))
    assert table.viewport().rect().contains(last)
    assert table.height() < last.bottom() + 60, "and no empty rows below"


def test_a_bar_to_scroll_sideways_does_not_lie_over_the_last_row(page: EntryPage, sightings, qtbot):
    for place in range(3):
        sightings.save({"words": f"By gate {place}", "day": dt.date(2026, 11, 1)}, parent_id=1)
    page.open(1)
    table = page.parts[0].table
    qtbot.waitUntil(table.isVisible)
    table.horizontalHeader().setMinimumSectionSize(900)
    page.parts[0].reload()
    bar = table.horizontalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    last = table.visualRect(page.parts[0].model.index(2, 0))
    qtbot.waitUntil(lambda: last.bottom() <= table.viewport().rect().bottom())
    page.parts[0].reload()
    assert table.height() < last.bottom() + 60 + bar.height(), "reading again adds nothing"


def test_parts_that_came_with_a_change_of_the_entry_are_shown(page: EntryPage, sightings):
    sightings.save({"words": "By the coats"}, parent_id=1)
    page.around.bus.publish(Changes(frozenset({(KEY, 1)})))
    assert page.parts[0].model.rowCount() == 1
    assert page.parts[0].table.isVisible()


def test_parts_wait_until_a_new_entry_is_saved(page: EntryPage):
    page.open_new()
    assert page.parts[0].isHidden()


def test_where_columns_have_no_room_only_the_widest_give_way():
    day, name, long, longer = 110, 60, 280, 250
    wanted = {0: long, 2: day, 3: name, 5: longer}

    narrow = shared(wanted, 500)
    assert (narrow[2], narrow[3]) == (day, name), "a day is cut beside a long text"
    assert narrow[0] == narrow[5] == 165
    wide = shared(wanted, 1400)
    assert wide == {0: 560, 2: 220, 3: 120, 5: 500}
    assert sum(shared(wanted, 40).values()) <= 40


def _shows(page: EntryPage, widget: QWidget, part: QRect | None = None) -> bool:
    view = page.area.viewport()
    inside = part if part is not None else widget.rect()
    place = QRect(widget.mapTo(view, inside.topLeft()), inside.size())
    return widget.isVisible() and view.rect().contains(place)


@pytest.mark.parametrize("ending", ["its own button", "the page's button", "cancel", "archive"])
@pytest.mark.parametrize("many", [1, 14])
def test_the_list_is_in_sight_again_when_the_form_of_a_part_is_put_away(
    page: EntryPage, sightings, qtbot, ending, many
):
    for number in range(many):
        sightings.save({"words": f"Seen {number}"}, parent_id=1)
    page.open(1)
    page.resize(760, 420)
    panel = page.parts[0]
    last = sightings.parts(1)[-1]
    panel.edit(last.id)
    words: Any = panel.form.rows["words"].input
    qtbot.waitUntil(lambda: _shows(page, words))
    if ending != "cancel":
        QTest.keyClicks(words.line, "!")
    page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
    {
        "its own button": panel.editor.keep.click,
        "the page's button": page.foot.save_button.click,
        "cancel": panel.editor.stop.click,
        "archive": panel.editor.away.click,
    }[ending]()

    assert panel.editor.isHidden()
    if ending == "archive":
        qtbot.waitUntil(lambda: _shows(page, panel.table if many > 1 else panel.add_button, HEAD))
        return
    assert panel.table.hasFocus()
    assert panel.table.current_id() == last.id, "Enter opens it again"
    table = panel.table
    qtbot.waitUntil(lambda: _shows(page, table.viewport(), table.visualRect(table.currentIndex())))
