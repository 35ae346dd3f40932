"""Every page on a small screen, or with larger letters: 1366 × 768 at 150 % is 911 × 512."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QTableView

from dpdesk.example import make_example
from tests.ui.walk import bars, cut_off, rows_seen, sideways
from ui.kit.register.parts_table import PartsTable

AREAS = [
    "home",
    "requests",
    "breaches",
    "people",
    "consent_matrix",
    "assets",
    "retention_due",
    "risks",
    "settings",
]
SMALL = (911, 512)
ROWS = 5
"""So many rows of a list are seen at least."""


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> tuple[Path, str]:
    """The example school, in which every state of everything is found; and its passphrase."""
    folder = tmp_path_factory.mktemp("small") / "school"
    return folder, make_example(folder)


@pytest.fixture
def small(enter, example):
    """An unlocked window of that size on the example school."""
    folder, passphrase = example
    hall = enter(folder)
    hall.unlock(passphrase)
    hall.window.resize(*SMALL)
    return hall


def settle(home) -> None:
    """Words that wrap differently ask for other heights, which ask for another layout."""
    home.rest()
    for _ in range(20):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def pages(home, area: str) -> Iterator[str]:
    """Goes to every page of an area, to an entry in each state of its registers, and a new one."""
    desk, go = home.opened.desk, home.opened.pages
    for key in go.names():
        if home.opened.area_of(key) != area:
            continue
        go.open_page(key)
        if key == "settings":
            for section in home.here.buttons:
                go.open_page(key, section=section)
                yield f"settings: {section}"
            continue
        if key in desk.registers:
            home.here.show_chip("all")
        yield key
        if key not in desk.registers:
            continue
        rows = desk.registers[key].listing().rows
        for state, number in {str(row[3]): int(row[0]) for row in rows}.items():
            go.open_entry(key, number)
            yield f"{key}: {state}"
        home.noted.answers = ["Discard"] * 3
        go.new_entry(key)
        yield f"{key}: new"
        go.open_page("home")


def faults(home) -> Iterator[str]:
    """What is cut, sideways or doubly scrolled on the page that is shown."""
    window = home.opened
    assert (home.window.width(), home.window.height()) == SMALL
    yield from sideways(window)
    yield from (f"cut off: {each}" for each in cut_off(window))
    tabs = window.bar.tabs
    if tabs.sizeHint().width() > tabs.width():
        yield "an area is out of sight"
    moved = bars(window)
    if len(moved) > 1:
        yield f"bars beside each other: {moved}"
    if window.room.verticalScrollBar().maximum() > 0:
        yield "its foot is below the window"
    for table in window.findChildren(QTableView):
        if not table.isVisible():
            continue
        # The parts of an entry are all seen: their page scrolls.
        wanted = table.model().rowCount() if isinstance(table, PartsTable) else ROWS
        if rows_seen(table) < wanted:
            yield f"{rows_seen(table)} rows are seen of “{table.accessibleName()}”"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("area", AREAS)
def test_on_no_page_is_anything_cut_sideways_or_doubly_scrolled_on_a_small_screen(small, area):
    found, seen = [], 0
    for page in pages(small, area):
        settle(small)
        seen += 1
        found += [f"{page}: {fault}" for fault in faults(small)]
    assert found == [], "\n".join(found)
    assert seen > 2, seen


def test_no_area_is_left_out(small):
    go = small.opened.pages
    assert {small.opened.area_of(key) for key in go.names()} == set(AREAS)


def test_the_reason_for_a_mark_is_read_whole_on_a_small_screen(small):
    documents = small.opened.desk.documents
    rows = small.opened.desk.registers["requests"].listing().rows
    entry = next(int(row[0]) for row in rows if documents.of_entry("requests", int(row[0])))
    small.opened.pages.open_page("workbench", entry_id=entry)
    settle(small)
    line = small.here.foot.reason.combo.lineEdit()
    assert line.fontMetrics().horizontalAdvance(line.text()) < line.width()
    left, page, right = small.here.splitter.sizes()
    assert page > max(left, right)


def test_the_report_of_a_breach_has_one_bar_beside_it(small, qtbot):
    rows = small.opened.desk.registers["breaches"].listing().rows
    small.opened.pages.open_entry("breaches", int(rows[-1][0]))
    room = small.here
    room.show_report(on=True)
    qtbot.waitUntil(lambda: all(each.isVisible() for each in room.report.lines.values()))
    settle(small)
    assert len(room.report.lines) > ROWS
    assert list(faults(small)) == []
