"""Names are hidden from onlookers: smeared on Home and in lists, and everywhere when left."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.builders import a_request
from ui.kit.look.onlookers import Blurred, onlookers
from ui.kit.register.table import NAMES_ROLE

NAME = "Quillfeather"


@pytest.fixture
def busy(home):
    """Home with a request of somebody; nothing is hidden afterwards."""
    today = home.clock().date()
    a_request(home.opened.desk, subject=f"Ada {NAME}", received=today - dt.timedelta(50))
    home.opened.pages.open_page("requests")
    home.opened.pages.open_page("home")
    yield home
    onlookers().blur(Blurred.NOWHERE)
    onlookers().away = False


def duty(home) -> QLabel:
    """The label of the first duty that names somebody."""
    line = next(each for each in home.here.lines if NAME in each.duty.text)
    return next(each for each in line.findChildren(QLabel) if NAME in each.text())


def sharp(widget) -> int:
    """How many neighbouring points differ much: letters have such edges, what is smeared none."""
    picture = widget.grab().toImage()
    grey = [
        [picture.pixelColor(x, y).lightness() for x in range(picture.width())]
        for y in range(picture.height())
    ]
    return sum(abs(a - b) > 60 for row in grey for a, b in pairwise(row))


def test_what_needs_doing_is_smeared_until_the_key_is_held(busy):
    label = duty(busy)
    seen = sharp(label)
    assert seen > 50
    onlookers().blur(Blurred.HOME)
    assert sharp(label) == 0
    line = label.parentWidget()
    assert line is not None
    reference = next(each for each in line.findChildren(QLabel) if each.text().startswith("SAR-"))
    assert sharp(reference) > 10
    assert NAME in line.accessibleName()
    QTest.keyPress(busy.focus(), Qt.Key.Key_F8)
    assert sharp(label) == seen
    QTest.keyRelease(busy.focus(), Qt.Key.Key_F8)
    assert sharp(label) == 0


def test_lists_are_smeared_only_where_that_was_chosen_and_their_references_stay(busy):
    busy.opened.pages.open_page("requests")
    table = busy.here.list.table
    names = [each.name for each in table.listing.columns]
    title = table.model().index(0, names.index("title"))
    reference = table.model().index(0, names.index("reference"))
    assert title.data(NAMES_ROLE)
    assert not reference.data(NAMES_ROLE)
    before = sharp(table.viewport())
    onlookers().blur(Blurred.HOME)
    assert sharp(table.viewport()) == before
    onlookers().blur(Blurred.LISTS)
    assert 0 < sharp(table.viewport()) < before
    assert title.data(Qt.ItemDataRole.ToolTipRole) == ""
    assert NAME in title.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_ctrl_k_finds_is_smeared_with_the_lists_and_read_while_the_key_is_held(busy):
    search = busy.opened.search
    onlookers().blur(Blurred.LISTS)
    search.begin()
    search.setText(NAME)
    search.search_now()
    busy.until(lambda: search.found)
    shown = search.list.viewport()
    busy.until(shown.isVisible)
    hidden = sharp(shown)
    QTest.keyPress(search, Qt.Key.Key_F8)
    assert sharp(shown) > hidden + 50
    assert search.text() == NAME
    QTest.keyRelease(search, Qt.Key.Key_F8)
    assert sharp(shown) == hidden
    search.clear()


def test_the_settings_are_felt_at_once_and_remembered_on_this_computer(busy, preferences):
    busy.opened.pages.open_page("settings", section="look")
    section = busy.here.made["look"]
    section.blurred[Blurred.LISTS].click()
    section.away.click()
    assert onlookers().hides(Blurred.HOME)
    assert onlookers().hides(Blurred.LISTS)
    assert preferences.get("blurred_names") == "lists"
    assert preferences.get("blurred_when_away") is True
    assert onlookers().away


def test_a_window_that_is_left_is_smeared_and_a_press_on_it_does_nothing(busy):
    veils = busy.opened.veils
    left, back = Qt.ApplicationState.ApplicationInactive, Qt.ApplicationState.ApplicationActive
    veils._turned(left)
    assert veils.veils == []
    onlookers().away = True
    onlookers().hold(held=True)
    before = sharp(busy.window)
    veils._turned(left)
    assert len(veils.veils) == 1
    assert sharp(busy.window) < before / 50
    page = busy.opened.pages.visit
    spot = busy.here.lines[0].mapTo(busy.window, busy.here.lines[0].rect().center())
    assert busy.window.childAt(spot) is veils.veils[0]
    QTest.mouseClick(veils.veils[0], Qt.MouseButton.LeftButton, pos=spot)
    assert busy.opened.pages.visit == page
    veils._turned(back)
    busy.until(lambda: not veils.veils)
    # The key was let go of elsewhere.
    onlookers().blur(Blurred.HOME)
    assert onlookers().hides(Blurred.HOME)


def test_locking_takes_the_veil_away(busy):
    onlookers().away = True
    busy.opened.veils._turned(Qt.ApplicationState.ApplicationInactive)
    veils = busy.opened.veils
    assert veils.veils
    busy.window.lock()
    assert veils.veils == []
