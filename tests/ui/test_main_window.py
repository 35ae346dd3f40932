"""The window through a day: unlock, work, lock, search, back up, close."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.builders import a_pdf, a_request
from tests.ui.walk import assert_walkable, cut_off
from ui.main_window.window import fits
from ui.settings.page import sections_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def request_page(hall, **values):
    """A saved request, its page open."""
    entry = a_request(hall.opened.desk, **values)
    hall.opened.pages.open_entry("requests", entry.id)
    return entry, hall.here.page


def asked(hall, what):
    return [one for one in hall.noted.asked if one[0] == what]


# --- moving about


def test_keys_lead_to_every_area(home):
    areas = {2: "requests", 3: "breaches", 6: "assets", 7: "retention_due", 1: "home"}
    for number, page in areas.items():
        home.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert home.opened.pages.visit.page == page
        assert home.opened.bar.tabs.on == page
        assert home.focus().window() is home.window


def test_the_number_of_an_area_that_is_not_there_leads_nowhere(home):
    home.press(Qt.Key.Key_9, CTRL)
    assert home.opened.pages.visit.page == "home"


def test_the_settings_stand_at_the_right_and_light_no_tab(home):
    bar = home.opened.bar
    cog = bar.apart["settings"]
    home.press(Qt.Key.Key_Comma, CTRL)
    assert home.opened.pages.visit.page == "settings"
    assert cog.isChecked()
    assert bar.tabs.on == ""

    bar.tabs.take_keyboard()
    home.press(Qt.Key.Key_Right)
    assert home.opened.pages.visit.page == "requests"
    assert not cog.isChecked()

    home.press(Qt.Key.Key_Comma, CTRL)
    QTest.mouseClick(bar.tabs.tabs["home"], Qt.MouseButton.LeftButton)
    assert home.opened.pages.visit.page == "home"
    assert not cog.isChecked()

    cog.click()
    cog.click()
    assert home.opened.pages.visit.page == "settings"
    assert cog.isChecked()


def test_settings_with_something_typed_keep_their_button_lit_until_they_are_left(home):
    home.opened.pages.open_page("settings", section="school")
    home.here.made["school"].form.rows["name"].input.line.setFocus()
    home.type(" and more")
    home.noted.answers = ["", "Discard"]

    home.press(Qt.Key.Key_1, CTRL)
    assert home.opened.pages.visit.page == "settings"
    assert home.opened.bar.apart["settings"].isChecked()

    home.press(Qt.Key.Key_1, CTRL)
    assert home.opened.pages.visit.page == "home"
    assert not home.opened.bar.apart["settings"].isChecked()


@pytest.mark.parametrize("where", ["home", "tabs", "empty list", "list", "chip", "settings"])
def test_ctrl_n_begins_a_request_wherever_the_keyboard_is(home, where):
    if where in {"list", "chip"}:
        a_request(home.opened.desk)
    if where in {"list", "chip", "empty list"}:
        home.opened.pages.open_page("requests")
    if where == "settings":
        home.opened.pages.open_page("settings")
    if where == "tabs":
        home.opened.bar.tabs.take_keyboard()
    if where == "chip":
        home.here.list.archived.setFocus()

    home.press(Qt.Key.Key_N, CTRL)

    assert home.opened.pages.visit.page == "requests"
    assert home.here.currentWidget() is home.here.page
    assert home.here.page.entry.id == 0


def test_ctrl_n_asks_before_something_typed_is_left(home):
    entry, page = request_page(home)
    page.form.rows["subject"].input.line.setFocus()
    home.type(" and more")
    home.noted.answers = ["", "Discard"]

    home.press(Qt.Key.Key_N, CTRL)
    assert page.entry.id == entry.id
    home.press(Qt.Key.Key_N, CTRL)

    assert page.entry.id == 0
    assert len(asked(home, "choose")) == 2


def test_the_workbench_lights_the_tab_of_the_requests(home):
    entry = a_request(home.opened.desk)

    home.opened.pages.open_page("workbench", entry_id=entry.id)

    assert home.opened.bar.tabs.on == "requests"


def test_going_to_another_page_takes_an_old_message_away(home):
    home.opened.message_bar.say("Saved.")
    home.opened.message_bar._said_at -= 60

    home.opened.pages.open_page("requests")

    assert home.opened.message_bar.text.text() == ""


def test_only_areas_that_exist_have_a_tab(home):
    tabs = home.opened.bar.tabs

    assert [tab.title for tab in tabs.tabs.values()] == [
        *("Home", "Requests", "Breaches", "People", "Consents"),
        *("Assets", "Retention", "Assurance"),
    ]
    assert all(home.opened.pages.knows(name) for name in home.opened.bar.names())


def test_back_leads_to_where_the_user_came_from(home):
    entry = a_request(home.opened.desk)
    pages = home.opened.pages
    pages.open_entry("requests", entry.id)
    pages.back()
    assert pages.visit.page == "home"

    pages.open_page("requests")
    pages.open_entry("requests", entry.id)
    pages.back()
    assert (pages.visit.page, pages.visit.entry_id) == ("requests", 0)
    pages.back()
    assert pages.visit.page == "home"
    pages.back()
    assert pages.visit.page == "home"


def test_from_the_workbench_one_comes_back_to_the_request_and_then_to_the_list(home):
    entry = a_request(home.opened.desk)
    pages = home.opened.pages
    pages.open_page("requests")
    pages.open_entry("requests", entry.id)
    pages.open_page("workbench", entry_id=entry.id)
    assert home.here.entry_id == entry.id

    home.here.go_back()

    assert (pages.visit.page, pages.visit.entry_id) == ("requests", entry.id)
    assert "workbench" not in pages.made
    pages.back()
    assert (pages.visit.page, pages.visit.entry_id) == ("requests", 0)


def test_a_page_with_something_typed_is_not_left_without_a_question(home):
    _, page = request_page(home)
    page.form.rows["subject"].input.line.setFocus()
    home.type(" and more")
    home.noted.answers = ["", "Discard"]

    home.opened.bar.tabs.tabs["home"].click()
    assert home.opened.pages.visit.page == "requests"
    assert home.opened.bar.tabs.on == "requests"

    home.opened.bar.tabs.tabs["home"].click()
    assert home.opened.pages.visit.page == "home"
    assert len(asked(home, "choose")) == 2


def test_an_entry_that_is_gone_is_said_in_the_message_bar(home):
    home.opened.pages.open_entry("requests", 404)

    assert "no longer exists" in home.opened.message_bar.text.text()
    assert home.opened.pages.visit.page == "home"


# --- finding


def search(hall, words):
    hall.press(Qt.Key.Key_K, CTRL)
    field = hall.opened.search
    assert field.hasFocus()
    hall.type(words)
    field.search_now()
    hall.until(lambda: not field.tasks.busy)
    return field


def test_ctrl_k_finds_a_request_as_it_is_typed_and_enter_opens_it(home):
    entry = a_request(home.opened.desk, subject="Zebedee Invented")

    field = search(home, "zebe")

    assert field.popup.isVisible()
    assert "Zebedee" in field.found[0].title
    home.press(Qt.Key.Key_Return)
    assert home.opened.pages.visit.entry_id == entry.id
    assert not field.popup.isVisible()
    assert field.text() == ""


def test_ctrl_k_finds_settings_and_help(home):
    field = search(home, "light")
    assert field.found[0].title == "Appearance"
    assert len(field.found) > 1, "help follows, and does not stand in the way"

    home.press(Qt.Key.Key_Return)

    assert home.opened.pages.visit.page == "settings"
    assert home.here.section == "look"


def test_a_search_without_hits_offers_to_clear_it(home):
    field = search(home, "xyzzy")

    assert "Nothing found" in field.none.text()
    assert field.clear_link.isVisible()
    field.clear_link.click()
    assert field.text() == ""
    assert not field.popup.isVisible()


def test_arrows_choose_and_escape_closes_the_list(home):
    for name in ("Zebedee One", "Zebedee Two"):
        a_request(home.opened.desk, subject=name)
    field = search(home, "zebedee")

    first = field.list.currentRow()
    home.press(Qt.Key.Key_Down)
    assert field.list.currentRow() == first + 1
    assert "2:" in field.accessibleDescription()
    home.press(Qt.Key.Key_Escape)

    assert not field.popup.isVisible()
    assert "2:" not in field.accessibleDescription(), "what has gone is still read aloud"
    assert field.hasFocus()
    assert home.opened.pages.visit.page == "home"


def test_what_was_searched_is_gone_when_it_locks(home):
    a_request(home.opened.desk, subject="Zebedee Invented")
    field = search(home, "zebe")

    home.window.lock()

    assert field.text() == ""
    assert not field.popup.isVisible()


# --- help


def test_f1_opens_the_help_of_the_page(home):
    home.opened.pages.open_page("settings")

    home.press(Qt.Key.Key_F1)

    assert home.opened._help.isVisible()


# --- what stays


def test_the_window_remembers_its_place_and_the_workspace(home, preferences, folder):
    home.close()

    assert preferences.get("last_workspace") == str(folder)
    assert preferences.get("window_geometry")


@pytest.mark.parametrize(
    ("wanted", "fitting"),
    [
        (QRect(0, 0, 1366, 768), False),
        (QRect(0, 40, 1366, 728), True),
        (QRect(0, 100, 1366, 700), False),
        (QRect(100, 100, 900, 500), True),
        (QRect(-1400, 100, 900, 500), False),
    ],
)
def test_a_window_fits_only_with_its_title_bar(wanted, fitting):
    assert fits(wanted, QRect(0, 0, 1366, 768)) is fitting


def test_on_a_small_screen_the_window_takes_all_of_it(qapp, enter, folder):
    room = qapp.primaryScreen().availableGeometry()
    if room.width() > 1440:
        pytest.skip("the screen is not small")
    window = enter(folder).window
    window.hide()

    window.appear()

    assert window.isMaximized()


def test_a_window_that_was_made_small_comes_back_as_small(qapp, enter, folder):
    first = enter(folder)
    first.window.showNormal()
    first.window.setGeometry(60, 80, 640, 480)
    first.close()
    again = enter(folder).window
    again.hide()
    again._place()

    again.appear()

    assert not again.isMaximized()


def test_a_fault_of_a_piece_of_work_reaches_the_crash_dialog(home):
    def fail(_progress):
        raise ZeroDivisionError

    home.opened.tasks.run(fail, title="Failing")
    home.until(lambda: home.faults)

    assert isinstance(home.faults.pop(), ZeroDivisionError)


def test_changing_the_calendar_moves_due_dates_on_every_page(home):
    entry = a_request(home.opened.desk, received=dt.date(2026, 11, 2))
    before = home.opened.desk.requests.requests.load(entry.id).due
    saved = home.opened.desk.school.special_days.save(
        {"day": dt.date.fromisoformat(before), "kind": "bank_holiday"}, parent_id=1
    )

    home.opened.around.bus.publish(saved.changes)

    assert home.opened.desk.requests.requests.load(entry.id).due > before


class Shown(QObject):
    """Notes every window that appears."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):  # noqa: N802  # the name that Qt calls
        window = isinstance(watched, QWidget) and watched.isWindow()
        if window and event.type() is QEvent.Type.Show:
            self.windows.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_up_as_a_window_of_its_own(enter, folder, qapp):
    shown = Shown()
    qapp.installEventFilter(shown)
    hall = enter(folder)
    hall.unlock()
    entry = a_request(hall.opened.desk)
    pages = hall.opened.pages

    pages.open_page("requests")
    pages.open_page("home")
    pages.open_entry("requests", entry.id)
    pages.new_entry("requests")
    pages.open_page("workbench", entry_id=entry.id)
    for section in sections_of(hall.opened.desk):
        pages.open_page("settings", section=section.key)
    hall.window.lock()
    qapp.removeEventFilter(shown)

    assert shown.windows == ["MainWindow"]


@pytest.mark.parametrize("page", ["requests", "request", "new request", "workbench"])
def test_every_page_of_the_other_rooms_can_be_walked(home, page):
    entry = a_request(home.opened.desk)
    home.opened.desk.documents.add("requests", entry.id, "Letter.pdf", a_pdf("Words", "More"))
    pages = home.opened.pages
    if page == "requests":
        pages.open_page("requests")
    elif page == "request":
        pages.open_entry("requests", entry.id)
    elif page == "new request":
        pages.new_entry("requests")
    else:
        pages.open_page("workbench", entry_id=entry.id)

    # Words that are wrapped find their height a moment after they are shown.
    home.until(lambda: not cut_off(home.here))
    assert_walkable(home.here)


def test_the_whole_window_can_be_walked(home):
    home.until(lambda: not cut_off(home.opened))
    assert_walkable(home.opened, 1366, 768)
