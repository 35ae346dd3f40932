"""A low or narrow window: what is worked on is seen, and the rest is one step away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from ui.crash.dialog import CrashDialog
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import PlainPage, Scrolled, column, row, scrolling
from ui.kit.pieces.chips import ChipRow
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.low import resize_within
from ui.kit.pieces.page_header import PageHeader
from ui.main_window.help_window import HelpWindow
from ui.main_window.shortcuts import KeysDialog

FILTERS = [(f"f{number}", f"A filter with words {number}") for number in range(14)]


@pytest.fixture
def page(qtbot) -> PlainPage:
    made = PlainPage()
    qtbot.addWidget(made)
    made.resize(911, 512)
    return made


def offered(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def seen(row: ChipRow) -> list[str]:
    return [key for key, made in row._buttons.items() if made.isVisible()]


@pytest.fixture
def filters(page) -> ChipRow:
    row = ChipRow([*FILTERS, ("all", "All")], passing=["f3"])
    row.choose("all")
    page.body.addWidget(row)
    page.body.addStretch(1)
    page.show()
    row.show_counts({"f1": 4, "f3": 0})
    return row


def test_in_a_low_window_the_filters_take_one_line_with_the_one_that_is_on(filters):
    assert filters.height() <= filters.more.sizeHint().height()
    assert "all" in seen(filters)
    assert 3 <= len(seen(filters)) < 10
    assert filters.more.isVisible()


def test_the_other_filters_are_in_the_menu_with_their_counts(filters):
    chosen: list[str] = []
    filters.chosen.connect(chosen.append)
    said = offered(filters.menu)
    hidden = [key for key in filters.keys if key not in seen(filters) and key != "f3"]
    assert len(said) == len(hidden)
    assert "A filter with words 3" not in said  # nothing stands behind it
    filters.menu.actions()[-1].trigger()
    assert chosen == ["f13"]
    assert "f13" in seen(filters)


def test_every_filter_is_seen_again_when_the_window_is_high(filters, page):
    page.resize(911, 900)
    assert seen(filters) == [key for key in filters.keys if key != "f3"]
    assert not filters.more.isVisible()
    page.resize(911, 512)
    assert filters.more.isVisible()


@pytest.fixture
def head(page) -> Callable[..., PageHeader]:
    def make(*buttons: QPushButton) -> PageHeader:
        header = PageHeader("A page with a title")
        for made in buttons:
            header.add_button(made)
        page.body.addWidget(header)
        page.show()
        return header

    return make


def test_buttons_for_which_there_is_no_room_are_behind_three_dots(head, page, qtbot):
    pressed: list[int] = []
    wide = "Something that is long, too long for "
    made = [button(f"{wide}{n}", does=partial(pressed.append, n)) for n in range(4)]
    main = button("What it is for", role="primary")
    header = head(*made, main)
    assert page.minimumSizeHint().width() < 500
    assert main.isVisible()
    away = [each for each in made if not each.isVisible()]
    assert made[: len(away)] == away != []
    assert offered(header.menu) == [each.text() for each in away]
    header.menu.actions()[1].trigger()
    assert pressed == [1]

    page.resize(1900, 512)
    qtbot.waitUntil(lambda: all(each.isVisible() for each in made))
    assert [header.buttons.itemAt(n).widget() for n in range(5)] == [*made, main]
    assert not header.more.isVisible()


def test_what_a_page_is_for_stands_last_and_no_more_than_five_buttons_stand_in_a_row(head, page):
    main = button("What it is for", role="primary")
    made = [button(f"B {n}") for n in range(6)]
    page.resize(1900, 512)
    header = head(*made[:3], main, *made[3:])
    shown = [each for each in [*made, main] if each.isVisible()]
    assert shown == [*made[2:], main]
    assert [each.x() for each in shown] == sorted(each.x() for each in shown)
    assert offered(header.menu) == ["B 0", "B 1"]


def test_words_beside_a_field_stand_in_the_middle_of_its_height(qtbot):
    around, flow = flowing()
    label, field = QLabel("On"), QPushButton("A field")
    field.setMinimumHeight(40)
    for each in (label, field):
        flow.addWidget(each)
    qtbot.addWidget(around)
    around.resize(400, 60)
    around.show()
    assert abs(label.geometry().center().y() - field.geometry().center().y()) <= 1


def test_a_button_that_is_put_away_is_shown_and_hidden_by_its_page_as_ever(head, page, qtbot):
    made = [button(f"Something that is long, too long for {n}") for n in range(4)]
    header = head(*made)
    assert not made[0].isVisible()
    made[0].hide()
    made[1].setEnabled(False)
    assert made[0].text() not in offered(header.menu)
    assert not header.menu.actions()[0].isEnabled()
    page.resize(1900, 512)
    qtbot.waitUntil(made[1].isVisible)
    assert not made[0].isVisible()
    made[0].show()
    assert made[0].isVisible()


LONG = "Files of new pupils in, files of leavers out: record what was shared with whom"


def test_a_link_that_is_longer_than_its_rail_wraps_and_is_called_by_its_words(qtbot):
    made, short = button(LONG, role="link"), button("Settle it", role="link")
    inside = Scrolled()
    inside.setLayout(column(row(made, None), row(short, None), None))
    rail = scrolling(inside, "Rail")
    qtbot.addWidget(rail)
    rail.resize(260, 400)
    rail.show()
    qtbot.waitUntil(lambda: made.height() > 2 * short.height() - 8)
    assert made.width() <= 260
    assert made.text() == LONG
    assert QPushButton.text(made).replace("\n", " ") == LONG
    assert short.height() == short.sizeHint().height()

    rail.resize(900, 400)
    qtbot.waitUntil(lambda: "\n" not in QPushButton.text(made))
    qtbot.waitUntil(lambda: made.height() == short.height())


def test_lines_of_links_are_never_pressed_together(qtbot):
    """The style sheet once said that a link may be as low as nothing: its words were cut."""
    links = [button(f"A link {number}", role="link") for number in range(12)]
    inside = QWidget()
    inside.setLayout(column(*links))
    qtbot.addWidget(inside)
    inside.resize(200, 40)
    inside.show()
    assert all(made.height() >= made.fontMetrics().height() for made in links)


def test_the_line_below_a_title_stands_beside_it_in_a_low_window(page, qtbot):
    header = PageHeader("A page with a title", "and a line below it")
    page.body.addWidget(header)
    page.body.addStretch(1)
    page.show()
    qtbot.waitUntil(lambda: header.under.y() < header.title.geometry().bottom())
    low = header.height()
    page.resize(911, 900)
    header.fit()
    assert header.sizeHint().height() > low


def test_no_dialog_opens_larger_than_the_screen(qtbot):
    """The import of a workbook is 1080 × 730 where there is room; its buttons stand at the foot."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    dialogs = (HelpWindow(), CrashDialog("A report"), KeysDialog([]))
    for made in dialogs:
        qtbot.addWidget(made)
        assert made.width() <= room.width()
        assert made.height() < room.height()
    wide = QWidget()
    qtbot.addWidget(wide)
    resize_within(wide, room.width() + 300, room.height() + 300)
    assert wide.width() == room.width()
    assert wide.height() < room.height()
