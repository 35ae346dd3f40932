"""Home: what needs doing, in order, and one key away."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.builders import a_request
from tests.ui.walk import assert_walkable


@pytest.fixture
def busy(home):
    """Home with three requests: one overdue, one soon, one that waits; and one without anybody."""
    desk, today = home.opened.desk, home.clock().date()
    a_request(desk, subject="Old Example", received=today - dt.timedelta(50))
    a_request(desk, subject="Soon Example", received=today - dt.timedelta(27))
    a_request(desk, subject="New Example", received=today, assigned_to=None)
    home.opened.pages.open_page("requests")
    home.opened.pages.open_page("home")
    return home


def titles(page):
    return [page.groups.itemAt(place).widget().title.text() for place in range(page.groups.count())]


def test_duties_stand_in_groups_with_the_most_urgent_first(busy):
    page = busy.here

    assert titles(page)[0] == "Overdue"
    assert "Old Example" in page.lines[0].duty.text
    assert "overdue" in page.lines[0].badge.badge.text
    assert "1 overdue" in page.header.under.text()


def test_the_keyboard_begins_at_the_most_urgent_and_enter_opens_it_at_its_place(busy):
    page = busy.here
    assert page.lines[0].hasFocus()
    duty = page.lines[0].duty

    busy.press(Qt.Key.Key_Return)

    assert busy.opened.pages.visit.entry_id == duty.entry_id
    assert busy.here.page.entry.reference == duty.reference
    assert busy.opened.pages.visit.page == "requests"


def test_arrows_go_from_duty_to_duty(busy):
    page = busy.here

    busy.press(Qt.Key.Key_Down)
    assert page.lines[1].hasFocus()
    busy.press(Qt.Key.Key_Up)
    assert page.lines[0].hasFocus()


def test_a_screen_reader_hears_when_what_and_which(busy):
    line = busy.here.lines[0]

    for part in ("overdue", "Old Example", line.duty.reference):
        assert part in line.accessibleName()


def test_a_gap_opens_the_list_that_shows_it(busy):
    page = busy.here
    gap = next(each for each in page.findings if each.finding.register == "requests")
    assert gap.finding.count == 1
    gap.setFocus()

    busy.press(Qt.Key.Key_Return)

    assert busy.opened.pages.visit.page == "requests"
    assert busy.here.list.query.chip == gap.finding.chip
    assert len(busy.here.list.model.listing.rows) == 1


@pytest.mark.parametrize(
    ("place", "words", "register"),
    [(0, "Report a breach", "breaches"), (1, "Log a request", "requests")],
)
def test_the_large_buttons_begin_an_incident_and_a_request(home, place, words, register):
    assert home.here.first_buttons[place].text() == words

    home.here.first_buttons[place].click()

    assert home.opened.pages.visit.page == register
    assert home.here.page.entry.id == 0
    assert home.here.page.isVisible()


def test_the_72_hours_of_an_open_breach_run_on_home_and_lead_to_it(home):
    desk = home.opened.desk
    aware = home.clock() - dt.timedelta(hours=70) + dt.timedelta(seconds=10)
    saved = desk.breaches.breaches.save(
        {"summary": "Class list sent to a stranger", "aware": aware}
    )
    drill = {"summary": "Practice", "aware": aware, "drill": "yes"}
    desk.breaches.breaches.save(drill)
    home.opened.around.bus.publish(saved.changes)
    card = home.here.clocks
    assert [badge.badge.text for badge in card.badges] == ["2 h 0 min left"]
    home.clock.moment += dt.timedelta(hours=3)
    card._tick()
    assert card.badges[0].badge.text == "59 min overdue"
    opens = next(b for b in card.findChildren(QPushButton) if b.text() == saved.entry.reference)
    opens.click()
    assert home.here.page.entry.id == saved.entry.id


def test_with_nothing_due_it_says_so_and_offers_the_first_step_once(home):
    page = home.here
    assert page.empty.isVisible()
    assert "Nothing is due" in page.empty.sentence.text()

    for words in ("Report a breach", "Log a request"):
        offered = [one for one in page.findChildren(QPushButton) if one.text() == words]
        assert [one.isVisible() for one in offered] == [True]


def test_enter_and_space_on_a_home_just_opened_begin_nothing(home):
    page = home.here
    assert page.isAncestorOf(home.window.focusWidget())

    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        home.press(key)

    assert home.opened.pages.visit.page == "home"


def test_tab_still_reaches_the_large_buttons_of_an_empty_home(home):
    page = home.here

    for _ in range(60):
        if page.first_buttons[0].hasFocus():
            break
        home.press(Qt.Key.Key_Tab)

    assert page.first_buttons[0].hasFocus()


def test_enter_and_space_on_an_empty_list_just_opened_begin_nothing(home):
    go = home.opened.pages
    for key in home.opened.desk.registers:
        if not go.knows(key):
            continue
        home.noted.answers = ["Discard"] * 9
        go.open_page(key)
        page = home.here
        assert page.isAncestorOf(home.window.focusWidget()), key

        for pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            home.press(pressed)

        assert (go.visit.page, home.here.currentWidget()) == (key, page.list), key


def test_tab_leads_from_what_an_empty_list_says_to_its_first_step(home):
    home.opened.pages.open_page("breaches")
    page = home.here.list
    assert page.empty.hasFocus()
    assert page.empty.accessibleName() == page.empty.sentence.text()

    home.press(Qt.Key.Key_Tab)

    assert page.empty.action.hasFocus()
    home.press(Qt.Key.Key_Return)
    assert home.here.currentWidget() is not page


def test_an_empty_page_offers_its_first_step_once(home):
    for key in home.opened.desk.registers:
        home.opened.pages.open_page(key)
        shown = [one for one in home.here.findChildren(QPushButton) if one.isVisible()]
        main = {one.text() for one in shown if one.property("role") == "primary"}
        words = [one.text() for one in shown if one.text() in main]
        assert sorted(words) == sorted(main), key


def test_without_gaps_the_words_stand_below_their_heading(home):
    page = home.here
    left = page.gaps.title.mapTo(page, page.gaps.title.rect().topLeft()).x()
    words = page.none.mapTo(page, page.none.contentsRect().topLeft()).x()

    assert page.none.text() == "Nothing is missing."
    assert words == left


def test_what_is_saved_elsewhere_shows_at_once(home):
    page = home.here
    entry = home.opened.desk.requests.requests.save(
        {"subject": "Robin Example", "received": home.clock().date()}
    )

    home.opened.around.bus.publish(entry.changes)

    assert any("Robin Example" in line.duty.text for line in page.lines)
    assert page.empty.isHidden()


def test_reading_afresh_keeps_the_keyboard_where_it_was(busy):
    page = busy.here
    busy.press(Qt.Key.Key_Down)
    duty = page.lines[1].duty
    saved = busy.opened.desk.requests.requests.save(
        {"subject": "Newest Example", "received": busy.clock().date()}
    )

    busy.opened.around.bus.publish(saved.changes)

    focused = [line for line in page.lines if line.hasFocus()]
    assert [line.duty for line in focused] == [duty]


def test_the_keyboard_stays_on_a_duty_whose_day_is_nearer_now(busy):
    page = busy.here
    page.lines[1].setFocus()
    reference = page.lines[1].duty.reference

    busy.clock.moment += dt.timedelta(days=1)
    page.reload()
    busy.rest()

    held = [line.duty.reference for line in page.lines if line.hasFocus()]
    assert held == [reference]


def test_a_duty_that_is_done_gives_the_keyboard_to_the_next(busy):
    desk, page = busy.opened.desk, busy.here
    page.lines[0].setFocus()
    first = page.lines[0].duty
    old = desk.requests.requests.load(first.entry_id)

    desk.requests.requests.archive(old.id, old.version, "Entered twice")
    page.reload()
    busy.rest()

    assert page.lines[0].hasFocus()
    assert page.lines[0].duty.entry_id != first.entry_id


def test_home_can_be_walked(busy):
    assert_walkable(busy.here)


def test_an_empty_home_can_be_walked(home):
    assert_walkable(home.here)


def test_what_was_half_typed_when_it_was_closed_is_offered_the_next_day(home, enter, folder):
    entry = a_request(home.opened.desk)
    home.opened.pages.open_entry("requests", entry.id)
    line = home.here.page.form.rows["subject"].input.line
    line.setFocus()
    line.selectAll()
    home.type("Half a na")
    home.window.lock()
    home.close()

    again = enter(folder)
    again.unlock()
    assert "has been kept" in again.here.banner.text.text()
    again.here.banner.press(f"Open {entry.reference}")

    assert "is here again" in again.here.page.banner.text.text()
    assert again.here.page.form.rows["subject"].input.value() == "Half a na"
    again.here.page.discard()


def test_a_new_entry_half_typed_is_taken_up_where_it_was_left(home, enter, folder):
    home.opened.pages.new_entry("requests")
    home.here.page.form.rows["subject"].input.line.setFocus()
    home.type("Half a na")
    home.window.lock()
    home.close()

    again = enter(folder)
    again.unlock()
    again.here.banner.press("Open the new request")

    line = again.here.page.form.rows["subject"].input.line
    assert line.text() == "Half a na"
    again.here.page.discard()


def test_with_nothing_half_typed_home_offers_nothing(home):
    assert home.here.banner.isHidden()


def first_steps(page):
    shown = page.first_week.findChildren(QPushButton)
    return [made.text() for made in shown if made.isVisible()][1:]


def test_a_new_workspace_is_led_through_its_first_week(home):
    card = home.here.first_week
    assert card.isVisible()
    home.until(lambda: len(first_steps(home.here)) == 8)
    steps = first_steps(home.here)
    assert [words for words in steps if "retention schedule" in words]
    address = next(made for made in card.findChildren(QPushButton) if "address" in made.text())
    address.click()
    assert (home.opened.pages.visit.page, home.here.section) == ("settings", "school")

    desk = home.opened.desk
    entry = desk.school.entry()
    values = {**entry.values, "address": "1 Invented Road", "telephone": "0300 000 0000"}
    home.opened.around.bus.publish(desk.school.save(values, entry.id, entry.version).changes)
    home.opened.pages.open_page("home")
    left = [words for words in steps if "address" not in words]
    home.until(lambda: first_steps(home.here) == left)
    assert card.done.text() == "✓ Done: address."

    home.here.first_week.away.click()
    home.here.reload()
    assert not home.here.first_week.isVisible()


def test_every_step_of_the_first_week_leads_where_it_is_done_and_is_ticked_by_it(home):
    desk, pages = home.opened.desk, home.opened.pages
    for step in desk.first_week():
        pages.open_page(step.page, **({"section": step.section} if step.section else {}))
        assert pages.visit.page == step.page, step.key
    school, today = desk.school, home.clock().date()
    does = {
        "sheet": desk.keeping.sheet_handed_out,
        "school": lambda: set_school(desk, address="1 Invented Road", email="a@elm.example"),
        "backups": lambda: set_school(desk, backup_folder="/invented"),
        "terms": lambda: school.terms.save(
            {"first": today, "last": today + dt.timedelta(60)}, parent_id=1
        ),
        "assets": lambda: desk.assets.assets.save({"name": "Pupil files", "personal": "yes"}),
        "retention_rules": desk.retention.schedule.adopt_defaults,
        "people": lambda: desk.people.people.save({"kind": "pupil", "surname": "Example"}),
        "photo_uses": desk.consents.uses.add_usual,
    }
    for step in desk.first_week():
        assert not step.done, step.key
        does[step.key]()
        done = {each.key for each in desk.first_week() if each.done}
        assert step.key in done
    pages.open_page("home")
    home.until(home.here.first_week.isHidden)


def set_school(desk, **values):
    entry = desk.school.entry()
    desk.school.save({**entry.values, **values}, entry.id, entry.version)


def test_help_is_seen_on_every_page_before_and_after_unlocking(hall):
    hall.until(hall.page.passphrase.line.hasFocus)
    hall.press(Qt.Key.Key_F1)
    assert hall.window._help.isVisible()
    assert hall.window._help._shown == "passphrase"
    hall.window._help.close()
    hall.unlock()
    hall.opened.bar.help.click()
    assert hall.opened._help.isVisible()
    assert hall.opened._help._shown == "home"


def test_the_question_about_a_photo_is_one_click_away(home):
    home.here.photo_button.click()

    assert home.opened.pages.visit.page == "photo_check"
