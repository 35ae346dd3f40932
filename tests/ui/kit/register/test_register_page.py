"""The page of a register: filters, search, keys, columns, empty states."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from dpdesk.errors import NoRoom
from dpdesk.registers.entries import Changes, entries
from dpdesk.registers.service import RegisterService
from tests.ui.kit.around import Noted
from tests.ui.kit.invented import NOW, Shelf, Umbrellas, database, umbrellas
from tests.ui.walk import assert_walkable
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_page import RegisterPage
from ui.kit.register.table import ID_ROLE

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = "invented_umbrella"


@pytest.fixture
def page(service: Umbrellas, surroundings: Surroundings, qtbot) -> RegisterPage:
    made = RegisterPage(service, surroundings)
    qtbot.addWidget(made)
    made.resize(1366, 660)
    with qtbot.waitActive(made):
        made.show()
    return made


def shown(page: RegisterPage) -> list[int]:
    return [page.model.index(row, 0).data(ID_ROLE) for row in range(page.model.rowCount())]


def test_it_opens_on_what_is_open_and_counts(page: RegisterPage):
    assert shown(page) == [1, 2, 3, 4]
    assert page.count.text() == "4 of 5"
    chips = page.chips.findChildren(type(page.new_button))
    texts = [made.text() for made in chips if made.isVisibleTo(page)]
    assert texts == ["Open 4", "Overdue 1", "Returned 1", "All 5"]
    assert page.table.hasFocus()


def test_a_chip_filters(page: RegisterPage):
    page.choose_chip("overdue")
    assert shown(page) == [1]
    page.choose_chip("all")
    assert len(shown(page)) == 5


def test_searching_as_one_types_from_the_list(page: RegisterPage, qtbot):
    QTest.keyClicks(page.table, "r")
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "ed")
    qtbot.waitUntil(lambda: shown(page) == [2])
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    assert page.table.current_id() == 2


def test_down_leads_from_the_search_into_what_was_found(page: RegisterPage):
    page.focus_search()
    QTest.keyClicks(page.search, "blue")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    assert page.table.current_id()
    page.show_query(search="elephant")
    page.focus_search()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.search.hasFocus(), "nothing was found, so there is nowhere to go"


def test_ctrl_f_searches_and_escape_clears_then_leaves(page: RegisterPage, noted: Noted):
    QTest.keyClick(page.table, Qt.Key.Key_F, CTRL)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "blue")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.query.search == ""
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert noted.asked == [("back",)]


def test_keys_open_make_and_duplicate(page: RegisterPage, noted: Noted):
    page.table.choose_row(2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.new_button.click()
    QTest.keyClick(page.table, Qt.Key.Key_D, CTRL)
    assert noted.asked == [("open", KEY, 3), ("new", KEY, 0), ("new", KEY, 3)]


def test_delete_archives_and_undo_brings_back(page: RegisterPage, noted: Noted):
    page.table.choose_row(1)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert shown(page) == [1, 3, 4]
    assert noted.asked[-1] == ("said", "UM-2026-002 archived.", "ok")
    assert noted.undo is not None
    noted.undo()
    assert shown(page) == [1, 2, 3, 4]


def test_the_archive_is_shown_instead_and_entries_come_back(page: RegisterPage, service):
    service.archive(2, service.load(2).version)
    page.choose_chip("all")
    page.archived.click()
    assert shown(page) == [2]
    page.table.choose_row(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert shown(page) == []
    assert "archived" in page.empty.sentence.text()
    page.empty.action.click()
    assert shown(page) == [1, 2, 3, 4, 5]
    assert not page.archived.isChecked()


def test_reading_afresh_keeps_the_chosen_entry_though_its_row_moved(
    page: RegisterPage, service: Umbrellas, surroundings: Surroundings
):
    page.choose_chip("all")
    page.table.choose_row(2)
    entry = service.load(1)
    saved = service.archive(1, entry.version)
    surroundings.bus.publish(saved.changes)
    assert shown(page) == [2, 3, 4, 5]
    assert page.table.current_id() == 3
    assert page.table.chosen_ids() == (3,)


def test_scroll_is_kept(service: Umbrellas, surroundings: Surroundings, qtbot):
    for number in range(60):
        service.save({"what": f"Umbrella {number}", "found_at": NOW})
    made = RegisterPage(service, surroundings)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.table.verticalScrollBar().setValue(20)
    before = made.table.verticalScrollBar().value()
    assert before > 0
    surroundings.bus.publish(entries(KEY, [1]))
    assert made.table.verticalScrollBar().value() == before


def test_a_hidden_page_reads_when_it_is_seen_again(
    page: RegisterPage, service: Umbrellas, surroundings: Surroundings
):
    page.hide()
    service.archive(1, service.load(1).version)
    surroundings.bus.publish(entries(KEY, [1]))
    assert 1 in shown(page), "not read while nobody looks"
    page.show()
    assert 1 not in shown(page)


def test_changes_of_other_registers_do_not_concern_it(
    page: RegisterPage, service: Umbrellas, surroundings: Surroundings
):
    service.archive(1, service.load(1).version)
    surroundings.bus.publish(Changes(frozenset({("invented_shelf", 1)})))
    assert 1 in shown(page)


def test_a_search_without_hits_offers_to_clear_it(page: RegisterPage):
    page.show_query(search="elephant")
    assert page.stack.currentWidget() is page.empty
    assert page.empty.sentence.text() == "No umbrella found for “elephant”."
    page.empty.action.click()
    assert len(shown(page)) == 5


def test_a_filter_with_nothing_behind_it_says_where_the_entries_are(page: RegisterPage, service):
    service.archive(5, service.load(5).version)
    page.choose_chip("returned")
    page.reload()
    assert page.empty.sentence.text() == (
        "No entries under “Returned”. There are 4 entries under other filters."
    )
    page.empty.action.click()
    assert shown(page) == [1, 2, 3, 4]


def test_an_empty_register_says_what_it_is_for_and_how_to_begin(
    tmp_path, surroundings: Surroundings, noted: Noted, qtbot
):
    made = database(tmp_path)
    page = RegisterPage(umbrellas(made, count=0), surroundings)
    qtbot.addWidget(page)
    page.show()
    assert "until it goes home" in page.empty.sentence.text()
    assert page.empty.action.text() == "Log an umbrella"
    page.empty.action.click()
    assert noted.asked == [("new", KEY, 0)]
    made.close()


def test_a_room_may_offer_another_beginning(tmp_path, surroundings: Surroundings, qtbot):
    made = database(tmp_path)
    page = RegisterPage(umbrellas(made, count=0), surroundings)
    qtbot.addWidget(page)
    begun = []
    page.beginning = ("Most umbrellas are known.", "Choose", lambda: begun.append(1))
    page.show()
    assert page.empty.sentence.text() == "Most umbrellas are known."
    page.empty.action.click()
    assert begun == [1]
    page.show_query(search="elephant")
    assert page.empty.action.text() == "Clear the search"
    made.close()


def test_sorting_by_a_header_is_done_by_the_register(page: RegisterPage):
    page.sort_by("title")
    assert shown(page) == [1, 3, 4, 2]
    page.sort_by("-title")
    assert shown(page) == [2, 4, 3, 1]
    assert page.table.horizontalHeader().sortIndicatorSection() == 1


def test_print_and_export_tell_what_is_shown_in_the_order_shown(page: RegisterPage, qtbot):
    page.choose_chip("overdue")
    with qtbot.waitSignal(page.export_asked) as told:
        QTest.keyClick(page.table, Qt.Key.Key_E, CTRL)
    seen = told.args[0]
    assert len(seen.listing.rows) == 1
    assert seen.query.chip == "overdue"
    names = [seen.listing.columns[place].name for place in seen.columns]
    assert names == ["reference", "title", "state", "due", "found_at", "place", "marked"]
    page.table.horizontalHeader().moveSection(0, 2)
    names = [page.shown().listing.columns[place].name for place in page.shown().columns]
    assert names[:3] == ["title", "state", "reference"]


def test_columns_are_chosen_and_remembered(
    page: RegisterPage, service: Umbrellas, surroundings: Surroundings, qtbot
):
    page.columns.fill(page._columns_menu, page.reload)
    actions = {action.text(): action for action in page._columns_menu.actions()}
    assert actions["Where?"].isChecked()
    actions["Where?"].trigger()
    page.columns.fill(page._columns_menu, page.reload)
    actions = {action.text(): action for action in page._columns_menu.actions()}
    actions["Main colour"].trigger()
    page.columns.fill(page._columns_menu, page.reload)
    actions = {action.text(): action for action in page._columns_menu.actions()}
    actions["State"].trigger()

    other = RegisterPage(service, surroundings)
    qtbot.addWidget(other)
    other.show()
    seen = other.shown()
    names = [seen.listing.columns[place].name for place in seen.columns]
    assert names == ["reference", "title", "due", "found_at", "marked", "colour"]
    other.columns.forget()
    other.reload()
    seen = other.shown()
    assert "place" in [seen.listing.columns[place].name for place in seen.columns]


def test_widths_and_order_are_remembered(
    page: RegisterPage, service: Umbrellas, surroundings: Surroundings, qtbot
):
    head = page.table.horizontalHeader()
    head.resizeSection(1, 417)
    head.moveSection(0, 1)
    page.reload()
    assert head.sectionSize(1) == 417, "reading afresh does not undo it"
    other = RegisterPage(service, surroundings)
    qtbot.addWidget(other)
    other.resize(1366, 660)
    other.show()
    assert other.table.horizontalHeader().sectionSize(1) == 417
    assert other.table.horizontalHeader().visualIndex(0) == 1


def test_a_register_without_states_and_dates_has_no_such_columns(
    service: Umbrellas, surroundings: Surroundings, qtbot
):
    page = RegisterPage(RegisterService(service.database, Shelf), surroundings)
    qtbot.addWidget(page)
    page.show()
    seen = page.shown()
    assert [seen.listing.columns[place].name for place in seen.columns] == ["reference", "title"]


def test_a_room_adds_an_action_for_the_chosen_entries(page: RegisterPage):
    told: list[tuple[int, ...]] = []
    page.add_action("Hang up to dry", "mdi6.weather-windy", told.append)
    page.table.selectAll()
    menu = page.doing.menu()
    next(action for action in menu.actions() if action.text() == "Hang up to dry").trigger()
    assert told == [(1, 2, 3, 4)]


def test_a_database_that_cannot_be_read_says_so_and_offers_another_try(
    page: RegisterPage, service: Umbrellas, monkeypatch
):
    def broken(_query: object) -> None:
        raise NoRoom("The workspace folder cannot be reached.", "Plug the stick in.")

    with monkeypatch.context() as fault:
        fault.setattr(service, "listing", broken)
        page.reload()
    assert page.empty.sentence.text().startswith("The workspace folder cannot be reached.")
    page.empty.action.click()
    assert page.stack.currentWidget() is page.table


@pytest.mark.parametrize("size", [(1366, 660), (1093, 520)])
def test_the_page_can_be_walked_through(page: RegisterPage, size):
    assert_walkable(page, *size)


def test_an_entry_is_opened_and_the_list_sorted_without_a_mouse_or_a_key(
    page: RegisterPage, noted: Noted
):
    page.table.choose_row(1)
    menu = page.doing.menu()
    chosen = page.table.current_id()
    menu.actions()[0].trigger()
    assert noted.asked[-1] == ("open", page.register.key, chosen)

    sorting = next(one.menu() for one in menu.actions() if one.text() == "Sort by")
    before = shown(page)
    assert isinstance(sorting, QMenu)
    column = next(one for one in sorting.actions() if not one.isChecked())
    column.trigger()
    assert column.text() in page.table.accessibleDescription()
    page.doing.menu()
    page.table.sort_by(next(iter(page.table.seen_columns())))
    page.table.sort_by(next(iter(page.table.seen_columns())))
    assert page.table.accessibleDescription().endswith("descending.")
    assert sorted(shown(page)) == sorted(before)
