"""Closed requests are drawn at random, looked at again, and the result is a trend."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.requests.check_records import QUESTIONS
from tests.builders import a_request

YEAR = (dt.date(2025, 11, 21), dt.date(2026, 11, 20))
TODAY = YEAR[1]


@pytest.fixture
def checks(desk):
    for day in range(1, 21):
        closed = {"closed": dt.date(2026, 11, 1), "outcome": "given"}
        a_request(desk, received=dt.date(2026, 10, day), **closed)
    a_request(desk)
    return desk.requests.checks


def answered(checks, entry, **other):
    answers = dict.fromkeys(QUESTIONS, "right")
    values = {**answers, "checked_on": TODAY, "checked_by": "Head teacher", **other}
    return checks.save(values, entry.id, entry.version).entry


def test_a_share_of_the_closed_ones_is_drawn_and_none_twice(desk, checks):
    seen: set[int] = set()
    for wanted, share in ((4, 20), (2, 10), (14, 100)):
        many, changes = checks.draw(*YEAR, share)
        assert many == wanted == len(changes.entries)
        fresh = {checks.load(number).values["request"] for _, number in changes.entries}
        assert len(fresh) == wanted
        assert not fresh & seen, "each is drawn once"
        seen |= fresh
    with pytest.raises(DpdeskError, match="nothing to draw"):
        checks.draw(*YEAR, 10)
    with pytest.raises(InvalidEntry):
        checks.draw(*YEAR, 0)


def test_one_wrong_answer_makes_it_wrong_and_its_mending_a_duty(desk, checks):
    checks.draw(*YEAR, 10)
    first, second = (checks.load(int(row[0])) for row in checks.listing().rows)
    assert first.state == "drawn"
    assert checks.save({"in_time": "right"}, first.id, first.version).entry.state == "drawn"
    assert answered(checks, checks.load(first.id)).state == "right"
    by = dt.date(2026, 12, 1)
    wrong = answered(checks, second, search="wrong", found="No record.", better_by=by)
    assert wrong.state == "to_mend"
    assert checks.register.state(wrong.state).open, "what is to be done by then is not settled"
    assert [(each.year, each.checked, each.right, each.share) for each in checks.trend()] == [
        (2026, 2, 1, 50)
    ]
    due = [d for g in desk.overview.duties() for d in g.duties if d.register == "request_checks"]
    assert [each.due for each in due] == [by]
    done = checks.save({"better_done": TODAY}, wrong.id, wrong.version).entry
    assert done.due is None


def test_a_check_is_done_when_its_last_question_is_answered(desk, checks):
    _, changes = checks.draw(*YEAR, 10)
    entry = checks.load(min(number for _, number in changes.entries))
    first, *others = QUESTIONS
    entry = checks.save({first: "right"}, entry.id, entry.version).entry
    assert (entry.state, entry.values.get("checked_on"), checks.trend()) == ("drawn", None, ())
    entry = checks.save(dict.fromkeys(others, "right"), entry.id, entry.version).entry
    assert (entry.state, entry.values["checked_on"]) == ("right", TODAY)
    assert [(each.checked, each.right) for each in checks.trend()] == [(1, 1)]
    earlier = {"checked_on": entry.values["drawn_on"], "checked_by": "Head teacher"}
    assert checks.save(earlier, entry.id, entry.version).entry.values["checked_by"]


def test_feedback_stands_with_the_request_and_in_its_case_file(desk):
    from tests.papers.reading import text_of

    entry = a_request(desk)
    given = {"given_on": TODAY, "content": "no", "said": "It took long.", "learnt": "Begin sooner."}
    part = desk.requests.requests.feedback.save(given, parent_id=entry.id).entry
    assert part.title == "20 November 2026: not content"
    assert "Begin sooner." in text_of(desk.requests.case_file(entry).content)


def test_what_the_record_shows_stands_beside_the_questions(desk, checks):
    late = a_request(desk, received=dt.date(2026, 9, 1), closed=dt.date(2026, 10, 5))
    requests = desk.requests.requests
    for place, found in (("Files", "yes"), ("Attic", "not_searched"), ("CCTV", None)):
        requests.searches.save({"place": place, "found": found}, parent_id=late.id)
    letter = {"kind": "response", "words": "Here", "sent_on": dt.date(2026, 10, 5), "how": "post"}
    requests.letters.save(letter, parent_id=late.id)
    shown = dict(checks.record_shows(late.id))
    assert shown["In time"] == "Closed 5 October 2026, due 1 October 2026: 4 days late"
    assert (
        shown["Search"] == "3 places listed, 1 found something, 1 not searched, 1 without a result"
    )
    assert shown["Letters"] == "Answer, 5 October 2026"
    assert (shown["Identity"], shown["Withheld"]) == ("Nothing recorded", "No bundle")
    assert shown["Handover"] == "Not recorded"
    fine = dict(checks.record_shows(1))
    assert fine["In time"].endswith(": in time")
    assert fine["Search"] == "No places listed"
