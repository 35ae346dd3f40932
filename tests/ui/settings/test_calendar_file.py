"""Term dates from a calendar file: found, ticked and added, or told why not."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.school.test_calendar_file import ics
from tests.ui.walk import assert_walkable

AUTUMN = ("Autumn Term", "DTSTART;VALUE=DATE:20260902", "DTEND;VALUE=DATE:20261217")
HALF = ("October half term", "DTSTART;VALUE=DATE:20261019", "DTEND;VALUE=DATE:20261031")
CONCERT = ("Concert", "DTSTART;VALUE=DATE:20261201")


@pytest.fixture
def card(home):
    home.opened.pages.open_page("settings", section="calendar")
    return home.here.made["calendar"].file


@pytest.fixture
def read(home, card, tmp_path):
    """Has a file of these events chosen and read."""

    def choose(*events):
        file = tmp_path / "terms.ics"
        file.write_bytes(ics(*events) if events else b"hello")
        home.noted.answers = [[file]]
        card.choose.click()
        home.rest()

    return choose


def lines(card):
    return [line for _each, line in card._proposed]


def test_what_is_found_is_shown_and_what_stays_ticked_is_added(home, card, read):
    read(AUTUMN, HALF, CONCERT)

    autumn, half = lines(card)
    assert autumn.box.accessibleName().startswith("Term, Autumn Term: Wednesday 2 September")
    assert card.add_button.text() == "Add 2 dates"
    assert not card.choose.isVisible()
    assert_walkable(card)
    half.box.setChecked(False)
    assert card.add_button.text() == "Add 1 date"
    card.add_button.click()

    assert "1 date added to the calendar." in home.opened.message_bar.text.text()
    assert lines(card) == []
    assert card.choose.isVisible()
    read(AUTUMN, HALF)
    assert len(lines(card)) == 1, "the term is there already"


def test_nothing_ticked_adds_nothing_and_a_file_can_be_put_away(card, read):
    read(AUTUMN)
    lines(card)[0].box.setChecked(False)
    assert not card.add_button.isEnabled()
    card.stop.click()
    assert lines(card) == []
    assert card.choose.isVisible()


def test_a_file_with_nothing_new_or_nothing_at_all_says_so(home, card, read):
    read(CONCERT)
    assert "Nothing in this file says when there is school" in told(card)
    read(AUTUMN)
    card.add_button.click()
    read(AUTUMN)
    assert "Everything in it is in your calendar already." in told(card)


def told(card):
    layout = card._lines
    return " ".join(layout.itemAt(n).widget().text() for n in range(layout.count()))


def test_any_other_file_is_a_sentence_and_stepping_back_is_nothing(home, card, read):
    read()
    assert "not an iCalendar file" in home.opened.message_bar.text.text()
    home.noted.answers = [[]]
    card.choose.click()
    home.rest()
    assert lines(card) == []


def test_dates_that_cannot_be_saved_are_told_and_stay(home, card, read):
    read(AUTUMN)
    terms = home.opened.desk.school.terms
    terms.save({"first": dt.date(2026, 9, 1), "last": dt.date(2026, 12, 18)}, parent_id=1)
    card.add_button.click()
    assert "overlap" in home.opened.message_bar.text.text()
    assert len(lines(card)) == 1
    assert len(terms.parts(1)) == 1
