"""Many requests at once cost no more reads than a few, and say the same as one by one."""

from __future__ import annotations

import datetime as dt

from dpdesk.requests.duties import RequestAnswers
from tests.builders import a_request, statements


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def test_duties_of_many_requests_take_the_reads_of_one(desk):
    a_request(desk)
    answers = RequestAnswers(desk.requests.requests)
    few = statements(desk, lambda: list(answers.duties()))
    for _ in range(5):
        a_request(desk)
    told = [duty.text for group in desk.overview.duties() for duty in group.duties]
    assert sum(text.startswith("Answer") for text in told) == 6
    assert statements(desk, lambda: list(answers.duties())) == few


def test_clocks_of_all_are_the_clocks_of_each(desk):
    plain = a_request(desk)
    asked = a_request(desk, subject="Sam Example", received=day(2))
    questions = desk.requests.requests.clarifications
    questions.save({"asked_on": day(5), "answered_on": day(12)}, parent_id=asked.id)
    waiting = a_request(desk, subject="Kim Example", identity_needed="yes")
    a_request(desk, subject="Max Example", closed=day(18))
    gone = a_request(desk, subject="Lee Example")
    desk.requests.requests.archive(gone.id, gone.version)

    found = {entry.id: result for entry, result in desk.requests.requests.clocks()}

    assert set(found) == {plain.id, asked.id, waiting.id}
    for number, result in found.items():
        assert result == desk.requests.requests.clock(desk.requests.requests.load(number))
    assert found[asked.id].due > found[plain.id].due


def test_measures_count_requests_by_their_days_archived_ones_included(desk):
    a_request(desk, received=day(2), closed=day(18))
    a_request(desk, received=dt.date(2026, 9, 1), closed=day(2))
    a_request(desk, received=dt.date(2026, 9, 1), closed=dt.date(2026, 9, 20))
    gone = a_request(desk, received=day(3), closed=day(4))
    desk.requests.requests.archive(gone.id, gone.version)

    told = RequestAnswers(desk.requests.requests).measures(day(2), day(18))

    assert [each.value for each in told] == [2, 3, 2]
