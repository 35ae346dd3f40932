"""The school's own days: halfway, its target, exam marks, and how long a case is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.requests import duties, pace
from dpdesk.requests.duties import RequestAnswers
from tests.builders import a_request, sent


def day(number: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, number)


def told(desk, begins: str) -> list[tuple[str, dt.date | dt.datetime | None]]:
    every = RequestAnswers(desk.requests.requests).duties()
    return [(duty.text, duty.due) for duty in every if duty.text.startswith(begins)]


def saved(desk, entry, **values):
    now = desk.requests.requests.load(entry.id)
    return desk.requests.requests.save(values, now.id, now.version).entry


def test_half_time_is_told_a_week_before_and_then_each_day_until_the_search_is_done(desk, clock):
    clock.on(day(3))
    entry = a_request(desk, received=day(2))
    assert told(desk, "Halfway") == []
    clock.on(day(12))
    words = "Halfway: how is the search going? Robin Example"
    assert told(desk, "Halfway") == [(words, day(17))]
    clock.on(day(23))
    assert told(desk, "Halfway") == [(words, day(23))], "a look for today, never overdue"
    clock.on(day(3, 12))
    assert told(desk, "Halfway") == [], "late is late: the answer itself is told"
    clock.on(day(23))
    desk.documents.add("requests", entry.id, "a.txt", b"Robin Example was there.")
    desk.requests.requests.settle(entry.id)
    assert told(desk, "Halfway") == []


def test_the_own_target_is_told_in_its_last_week_and_not_after_it(desk, clock):
    clock.on(day(20))
    a_request(desk, received=day(2), kind="erasure")
    entry = a_request(desk, received=day(2), subject="Sam Example")
    desk.documents.add("requests", entry.id, "a.txt", b"Sam Example was there.")
    desk.requests.requests.settle(entry.id)
    assert told(desk, "Your own") == []
    clock.on(day(25))
    words = "Your own target for the answer: Sam Example"
    assert told(desk, "Your own") == [(words, day(30))]
    clock.on(day(1, 12))
    assert told(desk, "Your own") == []


def test_nothing_is_hurried_while_the_clock_stands(desk, clock):
    clock.on(day(20))
    a_request(desk, identity_needed="yes")
    assert told(desk, "Halfway") == []


def test_exam_marks_have_a_later_day_of_their_own(desk):
    entry = a_request(desk, received=day(2), marks_asked="yes")
    assert told(desk, "Give the exam marks") == [
        ("Give the exam marks: Robin Example", dt.date(2027, 4, 2))
    ]
    clock = desk.requests.requests.clock(desk.requests.requests.load(entry.id))
    assert clock.due == day(2, 12), "the rest of the request keeps its month"
    assert any("marks are due by the end of Friday 2 April 2027" in s.text for s in clock.steps)
    assert "marks" not in clock.steps[-1].text
    saved(desk, entry, marks_announced=day(10))
    assert told(desk, "Give the exam marks")[0][1] == dt.date(2026, 12, 21)
    saved(desk, entry, marks_asked="no")
    assert told(desk, "Give the exam marks") == []


def test_marks_that_were_out_already_have_no_later_day(desk):
    a_request(desk, received=day(2), marks_asked="yes", marks_announced=day(1))
    assert told(desk, "Give the exam marks") == []


@pytest.mark.parametrize("said", [None, dt.date(2031, 1, 31)])
def test_a_closed_case_is_to_be_destroyed_when_its_years_are_over(desk, clock, said):
    entry = a_request(desk, received=day(2), closed=day(20), outcome="given", keep_until=said)
    until = said or dt.date(2029, 11, 20)
    clock.on(until - dt.timedelta(days=31))
    assert told(desk, "Destroy") == []
    clock.on(until - dt.timedelta(days=30))
    ((words, due),) = told(desk, "Destroy")
    assert due == until
    assert words.endswith("Robin Example")
    now = desk.requests.requests.load(entry.id)
    desk.requests.requests.archive(now.id, now.version)
    assert told(desk, "Destroy") == []


def test_the_years_of_a_case_are_those_of_the_settings(desk, clock):
    a_request(desk, received=day(2), closed=day(20), outcome="given")
    settings = desk.requests.requests.settings
    settings.save({"case_years": 6})
    clock.on(dt.date(2029, 11, 20))
    assert told(desk, "Destroy") == []
    clock.on(dt.date(2032, 11, 20))
    assert len(told(desk, "Destroy")) == 1


def test_the_schedule_of_the_school_goes_before_the_settings(desk, clock):
    schedule = desk.retention.schedule
    schedule.adopt_defaults(("D01",))
    (rule,) = [each for each in schedule.in_use() if each.values["code"] == "D01"]
    assert rule.values["period"] == 6
    a_request(desk, received=day(2), closed=day(20), outcome="given")
    a_request(desk, kind="complaint", received=day(2), closed=day(20), outcome="upheld")
    clock.on(dt.date(2029, 11, 20))
    assert len(told(desk, "Destroy")) == 1, "complaints have no class yet"
    clock.on(dt.date(2032, 11, 20))
    assert len(told(desk, "Destroy")) == 2
    schedule.save({"period": 10}, rule.id, rule.version)
    assert len(told(desk, "Destroy")) == 1


def test_a_hold_or_an_open_request_about_them_keeps_the_papers_of_a_case(desk, clock):
    a_request(desk, received=day(2), closed=day(20), outcome="given")
    clock.on(dt.date(2029, 11, 20))
    assert len(told(desk, "Destroy")) == 1
    holds = desk.retention.holds
    answers = {"reason": "Claim", "people": "Robin Example", "since": day(20)}
    hold = holds.save({**holds.blank().values, "kind": "claim", **answers}).entry
    assert told(desk, "Destroy") == []
    ((words, _due),) = told(desk, "Keep the papers")
    assert hold.reference in words


def test_of_many_old_cases_the_oldest_are_told_and_all_are_counted(desk, clock, monkeypatch):
    monkeypatch.setattr(pace, "CASES_MOST", 2)
    monkeypatch.setattr(duties, "CASES_MOST", 2)
    for ended in (20, 18, 19):
        a_request(
            desk, subject=f"Case {ended}", received=day(2), closed=day(ended), outcome="given"
        )
    longer = a_request(desk, subject="Kept longer", received=day(2), closed=day(9), outcome="given")
    saved(desk, longer, keep_until=dt.date(2040, 1, 31))
    clock.on(dt.date(2029, 10, 20))
    assert [due for _, due in told(desk, "Destroy")] == [
        dt.date(2029, 11, 18),
        dt.date(2029, 11, 19),
    ]

    def found():
        every = RequestAnswers(desk.requests.requests).findings()
        return [each.count for each in every if "to destroy" in each.text]

    assert found() == []
    clock.on(dt.date(2029, 10, 21))
    assert [words.rpartition(": ")[2] for words, _ in told(desk, "Destroy")] == [
        "Case 18",
        "Case 19",
    ]
    assert found() == [3]
    clock.on(dt.date(2041, 1, 1))
    assert found() == [4]


@pytest.mark.parametrize(
    "closed", [dt.date(2024, 2, 29), dt.date(2025, 2, 28), dt.date(2026, 11, 30)]
)
def test_a_case_is_told_and_counted_on_the_same_day_whatever_the_month(desk, clock, closed):
    clock.on(dt.date(2026, 12, 31))
    a_request(desk, received=closed - dt.timedelta(days=9), closed=closed, outcome="given")
    requests = desk.requests.requests
    until = pace.kept_until({"closed": closed}, 3)
    assert until is not None
    for days in range(27, 34):
        clock.on(until - dt.timedelta(days=days))
        assert len(told(desk, "Destroy")) == pace.many_over(requests) == int(days <= 30)


def test_what_home_asks_of_all_requests_is_not_read_from_all_of_them(desk):
    """Flags and reminders concern a few: the closed ones of many years are passed over."""

    def work():
        with desk.workspace.database.reading() as session:
            desk.requests.requests.flags_within(session)
        desk.requests.requests.searches.reminders()

    statements = [each for each in sent(desk, work) if " requests" in each[0]]
    assert len(statements) == 2
    with desk.workspace.database.reading() as session:
        connection = session.connection()
        for statement, parameters in statements:
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            assert not [step for *_, step in steps if step.startswith("SCAN requests")], statement
