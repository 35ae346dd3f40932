"""The areas: which there may be, and how a register comes into the window by naming one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow

from dpdesk.desk import Desk
from dpdesk.registers.fields import Register
from dpdesk.registers.service import RegisterService
from dpdesk.store.tables import Base
from tests.builders import PASSPHRASE, Clock, Template
from tests.ui.kit.around import Noted
from tests.ui.kit.invented import Shelf
from tests.ui.walk import assert_walkable
from ui.kit.look.appearance import appearance
from ui.kit.look.icons import known
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.surroundings import Forgetful
from ui.main_window.areas import AREAS, Offer, furnished
from ui.main_window.opened import OpenedDesk
from ui.main_window.sub_bar import MOST, SubBar
from ui.main_window.top_bar import TopBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(template: Template, tmp_path: Path, clock: Clock) -> Desk:
    """A workspace with an invented register that no room of the window knows."""
    made = Desk.open(template.copy(tmp_path / "workspace"), PASSPHRASE, now=clock)
    with made.ground.database.changing() as change:
        tables: list[Any] = [Base.metadata.tables["invented_shelf"]]
        Base.metadata.create_all(change.session.connection(), tables=tables)
    registers = dict(made.registers)
    registers["invented_shelf"] = RegisterService(made.ground.database, Shelf)
    made.registers = registers
    return made


@pytest.fixture
def opened(desk: Desk, clock: Clock, qtbot: Any) -> Iterator[OpenedDesk]:
    appearance().choose("light")
    window, faults = QMainWindow(), list[BaseException]()
    qtbot.addWidget(window)
    made = OpenedDesk(
        desk,
        window,
        prompter=Noted(),
        preferences=Forgetful(),
        printing=None,
        now=clock,
        crash=faults.append,
    )
    window.setCentralWidget(made)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    made.begin()
    yield made
    qtbot.waitUntil(lambda: not made.busy, timeout=20_000)
    made.shut()
    assert faults == []


def test_a_register_comes_into_the_window_by_naming_its_area(opened: OpenedDesk):
    QTest.keyClick(opened, Qt.Key.Key_8, CTRL)
    shown: Any = opened.pages.shown
    bar = shown.findChild(SubBar)
    assert len(bar.buttons) < MOST, "pages stand side by side that the smallest window cannot hold"
    (way,) = [each for each in bar.more.actions() if each.text() == "Shelves"]
    way.trigger()
    assert opened.pages.visit.page == "invented_shelf"
    shown = opened.pages.shown
    assert "invented_shelf" in shown.findChild(SubBar).buttons
    tabs = opened.bar.tabs
    assert tabs.tabs[tabs.on].text() == "Assurance"

    QTest.keyClick(opened, Qt.Key.Key_N, CTRL)
    page: Any = opened.pages.shown
    page.page.form.rows["label"].input.findChild(QLineEdit).setText("Top shelf")
    assert page.page.save()

    opened.pages.open_page("invented_shelf")
    assert page.list.model.rowCount() == 1
    assert_walkable(opened, 1366, 768)


def test_what_a_room_of_the_window_shows_is_not_shown_twice(desk: Desk):
    service = desk.registers["invented_shelf"]
    mine = Offer("invented_shelf", "Shelves", AreaPage)

    areas = furnished({"people": [mine]}, [service], lambda _service: AreaPage())

    assert [(area.name, area.keys, area.pages) for area in areas] == [
        ("people", "Ctrl+4", (mine,)),
    ]


def test_a_register_in_an_area_that_is_not_there_is_told_at_once(desk: Desk):
    class Attic(RegisterService[Shelf]):
        @property
        def register(self) -> Register:
            return replace(super().register, area="attic")

    service = Attic(desk.ground.database, Shelf)

    with pytest.raises(ValueError, match="invented_shelf names an area that there is not: attic"):
        furnished({}, [service], lambda _service: AreaPage())


def test_there_are_eight_areas_in_the_order_of_their_keys():
    assert [(area.keys, area.title) for area in AREAS] == [
        ("Ctrl+1", "Home"),
        ("Ctrl+2", "Requests"),
        ("Ctrl+3", "Breaches"),
        ("Ctrl+4", "People"),
        ("Ctrl+5", "Consents"),
        ("Ctrl+6", "Assets"),
        ("Ctrl+7", "Retention"),
        ("Ctrl+8", "Assurance"),
    ]
    assert all(known(area.icon) for area in AREAS)


def test_all_eight_stand_side_by_side_on_the_smallest_screen(qtbot: Any):
    appearance().choose("light")
    search = QLineEdit()
    search.setFixedWidth(240)
    bar = TopBar(search)
    qtbot.addWidget(bar)
    for area in AREAS:
        bar.add(area.name, area.title, area.icon, area.keys)
    bar.add_apart("settings", "Settings", "mdi6.cog-outline", "Ctrl+,")
    bar.resize(1366, bar.sizeHint().height())
    bar.show()
    tabs = bar.tabs
    rects = [tab.geometry() for tab in tabs.tabs.values()]

    assert len(rects) == 8
    assert rects[0].left() >= 0
    assert rects[-1].right() <= tabs.width()
    assert all(
        tabs.fontMetrics().horizontalAdvance(area.title) < rect.width()
        for area, rect in zip(AREAS, rects, strict=True)
    )


def test_where_there_is_no_room_for_words_icons_stand_and_the_area_shown_keeps_its_word(qtbot: Any):
    appearance().choose("light")
    search = QLineEdit()
    search.setMinimumWidth(80)
    bar = TopBar(search)
    qtbot.addWidget(bar)
    for area in AREAS:
        bar.add(area.name, area.title, area.icon, area.keys)
    bar.show_tab("breaches")
    for width, words in ((1366, 8), (1000, 8), (560, 1)):
        bar.resize(width, bar.sizeHint().height())
        bar.show()
        tabs = [*bar.tabs.tabs.values()]
        qtbot.waitUntil(lambda tabs=tabs, words=words: sum(bool(t.text()) for t in tabs) == words)
        qtbot.waitUntil(lambda tabs=tabs: tabs[-1].geometry().right() <= bar.tabs.width())
        assert all(tab.text() or not tab.icon().isNull() for tab in tabs)
        assert all(tab.width() >= tab.minimumSizeHint().width() for tab in tabs), width
    assert bar.tabs.tabs["breaches"].text() == "Breaches"
