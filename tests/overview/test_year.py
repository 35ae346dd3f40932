"""The year: months without names, and work in terms that leads to pages that there are."""

from __future__ import annotations

import datetime as dt

from dpdesk.overview import year
from dpdesk.papers.leaflet import leaflet_pdf
from dpdesk.registers.duties import Duty
from tests.papers.reading import text_of

_PAGES = {"consent_matrix", "look_again", "reports", "sign_off", "retention_due"}


def duty(due, reference="SAR-2026-001"):
    return Duty("Answer the request about Ada Quillfeather", due, reference, "requests", 1)


def test_every_duty_stands_in_its_month_and_what_is_overdue_in_this_one(desk):
    today = dt.date(2026, 12, 1)
    duties = [
        duty(dt.date(2026, 10, 3), "SAR-2026-001"),
        duty(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), "SAR-2026-002"),
        duty(dt.date(2027, 2, 28), "SAR-2026-003"),
        duty(dt.date(2027, 12, 1), "SAR-2026-004"),
        duty(None, "SAR-2026-005"),
    ]
    found = year.months(duties, desk.registers, today)
    assert len(found) == 12
    assert (found[0].title, found[-1].title) == ("December 2026", "November 2027")
    assert [each.words for each in found[0].lines] == [
        "Request SAR-2026-001",
        "Request SAR-2026-002",
    ]
    assert [each.words for each in found[2].lines] == ["Request SAR-2026-003"]
    assert sum(len(each.lines) for each in found) == 3


def test_the_plan_for_the_wall_names_nobody_and_has_the_terms(desk):
    today = dt.date(2026, 12, 1)
    found = year.months([duty(dt.date(2026, 12, 9))], desk.registers, today)
    plan = year.wall_plan(found, today, desk.school.letterhead())
    text = text_of(leaflet_pdf(plan).content)
    assert "Quillfeather" not in text
    assert "Wed 9" in text
    assert "Summer term" in text
    assert "ballot" not in text
    assert "In January 2027, February 2027" in " ".join(text.split())


def test_the_plan_says_since_when_something_is_overdue(desk):
    today = dt.date(2026, 12, 1)
    found = year.months([duty(dt.date(2025, 12, 2))], desk.registers, today)
    text = text_of(leaflet_pdf(year.wall_plan(found, today, None)).content)
    assert "Overdue since Tue 2 Dec 2025" in " ".join(text.split())


def test_the_work_of_the_terms_leads_to_pages_that_there_are(desk):
    for term in year.terms():
        assert term.work
        for _what, opens, source in term.work:
            assert opens in {*desk.registers, *_PAGES}
            assert source


def test_on_a_calendar_what_is_overdue_stands_on_today_and_weeks_begin_on_monday(desk):
    today = dt.date(2026, 12, 1)
    found = year.months(
        [duty(dt.date(2026, 10, 3)), duty(dt.date(2026, 12, 9))], desk.registers, today
    )
    assert sorted(year.by_day(found, today)) == [today, dt.date(2026, 12, 9)]
    weeks = year.weeks(today)
    assert weeks[0][:2] == (dt.date(2026, 11, 30), today)
    assert all(week[0].weekday() == 0 and len(week) == 7 for week in weeks)


def test_a_later_file_keeps_the_marks_and_counts_on(desk):
    import icalendar

    now = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
    files = [
        icalendar.Calendar.from_ical(
            year.calendar_file([duty(dt.date(2026, 12, day))], desk.registers, moment)
        ).walk("VEVENT")[0]
        for day, moment in ((9, now), (11, now + dt.timedelta(1)))
    ]
    assert files[0]["uid"] == files[1]["uid"]
    before, after = (int(str(each["sequence"])) for each in files)
    assert before < after
    assert files[0].decoded("dtstart") != files[1].decoded("dtstart")
