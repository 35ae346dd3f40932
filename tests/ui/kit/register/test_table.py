"""Lists put into words only what is looked at."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, overload

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QStandardItemModel
from PySide6.QtTest import QTest

from dpdesk.registers.entries import Listing, Query
from tests.ui.kit.invented import NOW, Umbrellas
from ui.kit.look.theme import theme
from ui.kit.pieces.badges import Badge
from ui.kit.register.table import BADGE_ROLE, ID_ROLE, ListingModel
from ui.kit.register.table_view import FramedTable, TableView

ROLES = Qt.ItemDataRole


def model_of(listing: Listing, **more: Any) -> ListingModel:
    model = ListingModel(lambda: NOW, **more)
    model.show_listing(listing)
    return model


class Counted(Sequence[Any]):
    """Rows that know how many of them were looked at."""

    def __init__(self, count: int) -> None:
        self.length = count
        self.seen: set[int] = set()

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Any: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(self.length))]
        if place >= self.length:
            raise IndexError(place)
        self.seen.add(place)
        return (place + 1, f"UM-{place}", f"Umbrella {place}", "search", "2026-11-20", "", "", "")


def test_lines_show_the_row_that_the_keyboard_is_on_whatever_draws_its_cells(qtbot):
    model = QStandardItemModel(5, 2)
    table = FramedTable()
    qtbot.addWidget(table)
    table.setModel(model)
    table.setSelectionBehavior(FramedTable.SelectionBehavior.SelectRows)
    table.resize(400, 300)
    with qtbot.waitActive(table):
        table.show()

    def framed(row: int) -> bool:
        # At the far end too, though Qt draws the first cell alone afresh.
        image = table.viewport().grab().toImage()
        right = table.horizontalHeader().length() - 3
        accent = QColor(theme().colours.accent)
        y = table.rowViewportPosition(row)
        return all(image.pixelColor(x, y) == accent for x in (2, right))

    table.setFocus()
    table.selectionModel().setCurrentIndex(
        model.index(2, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert framed(2)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert (framed(1), framed(3)) == (False, True)
    table.clearFocus()
    assert not framed(3)


def test_only_rows_that_are_looked_at_are_put_into_words(service: Umbrellas, qtbot):
    listing = service.listing()
    rows = Counted(50_000)
    model = model_of(Listing(listing.register, listing.columns, rows, 50_000))
    view = TableView("Umbrellas", model)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    began = time.perf_counter()
    view.show()
    view.grab()
    assert time.perf_counter() - began < 2
    assert model.rowCount() == 50_000
    assert 0 < len(rows.seen) < 200


def test_state_and_due_date_are_badges_that_say_their_word(service: Umbrellas):
    listing = service.listing(Query(sort="reference"))
    model = model_of(listing)
    names = [column.name for column in listing.columns]
    state, due = (model.index(0, names.index(name)) for name in ("state", "due"))
    assert isinstance(state.data(BADGE_ROLE), Badge)
    assert state.data(ROLES.DisplayRole) == "To return"
    assert due.data(ROLES.DisplayRole) == "2 days overdue"
    assert due.data(ROLES.AccessibleTextRole) == "2 days overdue: Friday 20 November 2026"
    assert model.index(0, names.index("title")).data(BADGE_ROLE) is None
    closed = listing.find(5)
    badge = model.index(closed, names.index("due")).data(BADGE_ROLE)
    assert badge.tone == "quiet"


def test_words_of_every_kind_and_the_number_of_the_entry(service: Umbrellas):
    listing = service.listing(Query(sort="reference"))
    model = model_of(listing)
    names = [column.name for column in listing.columns]
    assert model.index(0, names.index("place")).data() == "School hall"
    assert model.index(0, names.index("found_at")).data() == "22 November 2026, 11:58"
    assert model.index(2, 0).data(ID_ROLE) == 3
    assert model.headerData(1, Qt.Orientation.Horizontal) == "What"


def test_numbers_stand_right(service: Umbrellas):
    listing = service.listing(Query(columns=("worth", "what")))
    model = model_of(listing)
    worth = model.index(0, 4).data(ROLES.TextAlignmentRole)
    what = model.index(0, 5).data(ROLES.TextAlignmentRole)
    assert worth & Qt.AlignmentFlag.AlignRight
    assert what & Qt.AlignmentFlag.AlignLeft


def test_a_room_can_give_a_column_its_own_badge(service: Umbrellas):
    listing = service.listing()
    model = model_of(listing, badges={"place": lambda shown, row: Badge("Here", "mdi6.home")})
    names = [column.name for column in listing.columns]
    assert model.index(0, names.index("place")).data() == "Here"


def test_enter_opens_and_letters_go_to_the_search(service: Umbrellas, qtbot):
    view = TableView("Umbrellas", model_of(service.listing(Query(sort="reference"))))
    qtbot.addWidget(view)
    view.show()
    view.setFocus()
    view.choose_row(1)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(view.typed) as typed:
        QTest.keyClicks(view, "b")
    assert typed.args == ["b"]


def test_a_header_asks_for_the_order_and_then_for_its_reverse(service: Umbrellas, qtbot):
    view = TableView("Umbrellas", model_of(service.listing()))
    qtbot.addWidget(view)
    view.show_sort("reference")
    asked: list[str] = []
    view.sort_asked.connect(asked.append)
    view.horizontalHeader().sectionClicked.emit(1)
    view.show_sort("title")
    view.horizontalHeader().sectionClicked.emit(1)
    assert asked == ["title", "-title"]
    assert view.horizontalHeader().sortIndicatorSection() == 1


def test_rows_are_calm(service: Umbrellas, qtbot):
    view = TableView("Umbrellas", model_of(service.listing()))
    qtbot.addWidget(view)
    assert not view.showGrid()
    assert view.rowHeight(0) >= 1.8 * view.fontMetrics().height()
    assert view.accessibleName() == "Umbrellas"
