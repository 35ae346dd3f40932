"""The tab in the window: its pages, the way from Home, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt


@pytest.fixture
def hall(enter, folder):
    """The window, unlocked, with two assets."""
    made = enter(folder)
    made.unlock()
    made.opened.desk.assets.assets.save({"name": "Pupil files", "owner": "Head teacher"})
    made.opened.desk.assets.assets.save({"name": "Box of letters"})
    return made


def test_the_tab_has_three_pages_with_a_way_between_them(hall):
    pages = hall.opened.pages
    for key in ("assets", "systems", "sign_off"):
        pages.open_page(key)
        assert hall.opened.bar.tabs.on == "assets"


def test_a_gap_on_home_opens_the_assets_that_have_it(hall):
    pages = hall.opened.pages
    home = pages.page("home")
    home.reload()
    line = next(each for each in home.findings if each.finding.chip == "no_owner")
    line.click()
    assert pages.visit.page == "assets"
    assert pages.currentWidget().list.ids() == (2,)


def test_changing_from_the_sign_off_leads_back_to_it(hall):
    pages, desk = hall.opened.pages, hall.opened.desk
    pages.open_page("sign_off")
    sign_off = pages.currentWidget()
    sign_off.later()
    assert sign_off.card.entry.title == "Pupil files"
    sign_off.card.change_button.click()
    assert pages.visit.page == "assets"
    room = pages.currentWidget()
    form = room.page.form
    form.set_values({**form.values(), "function": "Care"}, clean=False)
    assert room.page.save()
    hall.press(Qt.Key.Key_Escape)
    assert pages.currentWidget() is sign_off
    hall.until(lambda: sign_off.card.confirm_button.text() == "Correct now: confirm")
    assert sign_off.card.entry.title == "Pupil files"
    sign_off.card.confirm_button.click()
    (review,) = desk.assets.assets.reviews.parts(1)
    assert review.values["outcome"] == "changed"


def test_a_gap_of_a_system_leads_there_and_escape_leads_back(hall):
    pages, desk = hall.opened.pages, hall.opened.desk
    system = desk.assets.systems.save({"name": "Cloud drive", "processor": "yes"}).entry
    entry = desk.assets.assets.load(1)
    desk.assets.assets.save({"personal": "yes", "systems": (system.reference,)}, 1, entry.version)
    pages.open_entry("assets", 1)
    room = pages.currentWidget()
    room.mend(next(found for found in room.gaps.found if found.register))
    assert (pages.visit.page, pages.visit.entry_id) == ("systems", system.id)
    row = pages.currentWidget().page.form.rows["contract"]
    hall.until(lambda: row.isAncestorOf(hall.focus()))
    hall.press(Qt.Key.Key_Escape)
    assert (pages.visit.page, pages.visit.entry_id) == ("assets", 1)
