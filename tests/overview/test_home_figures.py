"""Three figures for Home, this term beside the last."""

from __future__ import annotations

import datetime as dt

from dpdesk.overview.home_figures import figures, spans
from tests.builders import a_request


def day(text):
    return dt.date.fromisoformat(text)


TERMS = [
    (day("2026-01-06"), day("2026-02-13")),
    (day("2026-02-23"), day("2026-03-27")),
    (day("2026-04-15"), day("2026-05-22")),
    (day("2026-06-01"), day("2026-07-08")),
    (day("2026-09-03"), day("2026-10-16")),
    (day("2026-11-02"), day("2026-12-11")),
]


def test_halves_are_one_term_and_the_term_before_is_whole():
    now, last, named = spans(TERMS, day("2026-11-20"))
    assert now == (day("2026-09-03"), day("2026-11-20"))
    assert last == (day("2026-04-15"), day("2026-07-08"))
    assert named == "Last term"


def test_without_terms_thirteen_weeks_are_compared_with_those_before():
    now, last, named = spans([], day("2026-11-20"))
    assert now[1] == day("2026-11-20")
    assert last[1] == now[0] - dt.timedelta(days=1)
    assert (now[1] - now[0]) == (last[1] - last[0])
    assert named == "The 13 weeks before"


def test_the_figures_come_from_the_registers_and_say_what_changed(desk):
    for first, last in TERMS:
        desk.school.terms.save({"first": first, "last": last}, parent_id=1)
    a_request(desk)
    aware = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)
    desk.breaches.breaches.save({"summary": "A list went astray", "aware": aware})
    found = {each.title: each for each in desk.figures()}
    assert found["Requests answered on time"].value == "none answered"
    logged = found["Breaches and near misses logged"]
    assert (logged.value, logged.before) == ("1", "Last term: 0, 1 more now")
    assert figures(desk.rooms, [], desk.governance.today())
