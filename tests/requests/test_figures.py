"""The figures of the request log agree with a count by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry
from tests.builders import a_request
from tests.papers.reading import text_of

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def log(desk):
    """One in time, one late with its reason, one refused after an extension, two open."""
    day = dt.date
    a_request(desk, received=day(2026, 3, 2), closed=day(2026, 3, 22), outcome="given")
    late = {"late_reason": "The holidays.", "channel": "email"}
    a_request(desk, received=day(2026, 3, 2), closed=day(2026, 4, 21), outcome="given", **late)
    longer = {"extension_reason": "complex", "extended": day(2026, 5, 20), "outcome": "refused"}
    a_request(desk, received=day(2026, 5, 1), closed=day(2026, 7, 10), channel="email", **longer)
    a_request(desk, received=day(2026, 9, 1))
    return a_request(desk, received=day(2026, 11, 18))


def test_the_figures_are_those_of_a_count_by_hand(desk, log):
    found = desk.requests.figures.between(*YEAR)
    assert (found.received, found.closed, found.on_time, len(found.late)) == (5, 3, 2, 1)
    assert (found.extended, found.refused, found.in_part) == (1, 1, 0)
    assert (found.open_now, found.overdue_now) == (2, 1)
    assert found.days == 46.7  # 20, 50 and 70 days
    assert found.share == 67
    assert [(each.label, each.number) for each in found.by_source] == [
        ("Not said", 3),
        ("E-mail", 2),
    ]
    assert found.late[0].reason == "The holidays."
    assert sum(each.number for each in found.stretches) == 5
    assert len(found.stretches) == 12


def test_the_paper_says_the_same_and_an_empty_period_breaks_nothing(desk, log):
    read = text_of(desk.requests.figures.paper(*YEAR).content)
    assert "of these on time 2 (67%)" in read
    assert "The holidays." in read
    empty = desk.requests.figures.between(dt.date(2020, 1, 1), dt.date(2020, 1, 31))
    assert (empty.received, empty.days, empty.share) == (0, None, None)
    assert desk.requests.figures.paper(dt.date(2020, 1, 1), dt.date(2020, 1, 31)).pages == 1
    with pytest.raises(InvalidEntry):
        desk.requests.figures.between(*reversed(YEAR))
