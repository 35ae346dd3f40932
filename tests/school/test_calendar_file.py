"""Term dates out of a calendar file: found by the words of schools, proposed, and taken over."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dpdesk.errors import InvalidEntry, UnreadableFile
from dpdesk.school.calendar_import import CalendarImport, DayFate
from dpdesk.school.calendar_in import CalendarEvent, CalendarFile, read_calendar
from dpdesk.school.calendar_words import TERM, days_found

D = dt.date


def event(summary, first, last=None):
    return CalendarEvent(summary, first, last or first)


def found(*events):
    return [(each.kind, each.first, each.last) for each in days_found(events)]


def ics(*events, zone=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Invented//EN", zone]
    for summary, *more in events:
        lines += ["BEGIN:VEVENT", f"UID:{len(lines)}@invented", f"SUMMARY:{summary}", *more]
        lines.append("END:VEVENT")
    return "\r\n".join(line for line in [*lines, "END:VCALENDAR", ""] if line).encode()


# ----------------------------------------------------------------------------- by their words


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("INSET Day", "inset"),
        ("Staff Training Day - school closed to pupils", "inset"),
        ("Non-pupil day", "inset"),
        ("October half term", "half_term"),
        ("Half-Term Holiday", "half_term"),
        ("Easter Holidays", "half_term"),
        ("School closed (polling station)", "closure"),
        ("Occasional day", "closure"),
        ("Early May Bank Holiday", "bank_holiday"),
    ],
)
def test_days_without_school_are_known_by_the_words_that_schools_use(summary, kind):
    day = D(2026, 10, 26)
    assert found(event(summary, day)) == [(kind, day, day)]


@pytest.mark.parametrize(
    "summary", ["Parents’ evening", "Sports day", "Year 5 trip", "Carol concert", "Term fees due"]
)
def test_everything_else_is_left_out(summary):
    assert not found(event(summary, D(2026, 10, 26)))


def test_a_term_is_one_long_event_or_lies_between_its_marks():
    whole = event("Autumn Term 2026", D(2026, 9, 2), D(2026, 12, 16))
    assert found(whole) == [(TERM, whole.first, whole.last)]
    marks = [
        event("Spring term begins", D(2027, 1, 6)),
        event("Half term begins", D(2027, 2, 13)),
        event("Half term ends", D(2027, 2, 21)),
        event("End of Spring Term", D(2027, 3, 25)),
        event("Summer Term starts", D(2027, 4, 14)),
        event("Last day of summer term", D(2027, 7, 14)),
    ]
    assert found(*marks) == [
        (TERM, D(2027, 1, 6), D(2027, 2, 12)),
        (TERM, D(2027, 2, 22), D(2027, 3, 25)),
        (TERM, D(2027, 4, 14), D(2027, 7, 14)),
    ]


def test_a_mark_beside_the_whole_term_makes_no_second_one():
    events = [
        event("Autumn term", D(2026, 9, 2), D(2026, 12, 16)),
        event("Term starts", D(2026, 9, 2)),
        event("Term ends", D(2026, 12, 16)),
    ]
    assert found(*events) == [(TERM, D(2026, 9, 2), D(2026, 12, 16))]


# ------------------------------------------------------------------------------ in the worker


def test_whole_days_end_the_day_before_and_times_are_those_of_london():
    read = read_calendar(
        ics(
            ("Half term", "DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261101"),
            ("INSET", "DTSTART:20270705T230000Z", "DURATION:PT8H"),
            ("Cancelled INSET", "DTSTART;VALUE=DATE:20261102", "STATUS:CANCELLED"),
            ("Assembly", "DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=WEEKLY"),
            ("No day at all",),
        )
    )
    assert read.events == (
        CalendarEvent("Half term", D(2026, 10, 24), D(2026, 10, 31)),
        CalendarEvent("INSET", D(2027, 7, 6), D(2027, 7, 6)),
    )
    assert (read.repeating, read.dateless) == (1, 1)


def spells(*events):
    read = read_calendar(ics(*events))
    return [(each.first, each.last) for each in read.events], read.repeating


def test_a_day_that_comes_back_a_few_times_is_read_as_the_spells_it_makes():
    week = ("Half term", "DTSTART;VALUE=DATE:20261026", "RRULE:FREQ=DAILY;COUNT=5")
    assert spells(week) == ([(D(2026, 10, 26), D(2026, 10, 30))], 0)
    but = (*week[:2], "RRULE:FREQ=DAILY;UNTIL=20261030", "EXDATE;VALUE=DATE:20261028")
    halves = [(D(2026, 10, 26), D(2026, 10, 27)), (D(2026, 10, 29), D(2026, 10, 30))]
    assert spells(but) == (halves, 0)
    named = ("INSET", "DTSTART;VALUE=DATE:20260901", "RDATE;VALUE=DATE:20260901,20270104")
    assert spells(named) == ([(D(2026, 9, 1),) * 2, (D(2027, 1, 4),) * 2], 0)


def test_a_single_time_that_was_moved_is_read_where_it_is_now():
    series = ("INSET", "DTSTART;VALUE=DATE:20261026", "RRULE:FREQ=WEEKLY;COUNT=3")
    text = ics(series, ("INSET", "RECURRENCE-ID;VALUE=DATE:20261102", "DTSTART:20261103"))
    text = re.sub(rb"UID:[^\r]*", b"UID:1@invented", text)
    days = sorted(each.first for each in read_calendar(text).events)
    assert days == [D(2026, 10, 26), D(2026, 11, 3), D(2026, 11, 9)]


@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY", "FREQ=DAILY;COUNT=300", "FREQ=OFTEN;COUNT=3", "FREQ=DAILY;UNTIL=soon"]
)
def test_what_comes_back_without_end_or_all_the_year_is_left_out_and_counted(rule):
    assert spells(("INSET", "DTSTART;VALUE=DATE:20260901", f"RRULE:{rule}"))[0] == []


@pytest.mark.parametrize(
    ("rule", "left_out"),
    [
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", 1),
        ("FREQ=MINUTELY;COUNT=5", 1),
        ("FREQ=DAILY;COUNT=5;BYMONTHDAY=" + ",".join(["1"] * 200), 1),
        # A day that never comes: only the event itself is left.
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", 0),
    ],
)
def test_a_rule_that_looks_for_days_without_end_is_not_followed(rule, left_out):
    found, repeating = spells(("INSET", "DTSTART;VALUE=DATE:20260901", f"RRULE:{rule}"))
    assert (found, repeating) == ([] if left_out else [(D(2026, 9, 1),) * 2], left_out)


def test_a_file_full_of_days_that_never_come_is_refused_with_a_sentence():
    rule = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"
    with pytest.raises(UnreadableFile, match="too long to follow"):
        read_calendar(ics(*[("INSET", "DTSTART;VALUE=DATE:20260901", rule)] * 1_500))
    with pytest.raises(UnreadableFile, match="more than 5,000 events"):
        read_calendar(ics(*[("INSET", "DTSTART;VALUE=DATE:20260901")] * 5_001))


@pytest.mark.parametrize("ends", [b"\r\n", b"\n", b"\r", b"\n\n"])
def test_lines_may_end_in_any_way_and_the_file_begin_with_a_mark(ends):
    text = ics(("INSET day for all staff of the sch\r\n ool", "DTSTART;VALUE=DATE:20260901"))
    read = read_calendar(b"\xef\xbb\xbf" + text.replace(b"\r\n", ends).replace(ends + b" ", b""))
    assert [each.summary for each in read.events] == ["INSET day for all staff of the school"]


@pytest.mark.parametrize("zone", ["Europe/London", "GMT Standard Time", "Made/Up"])
def test_whole_days_written_as_midnights_of_a_zone_stay_those_days(zone):
    of = f"TZID={zone}:"
    days = spells(("Half term", f"DTSTART;{of}20261024T000000", f"DTEND;{of}20261101T000000"))
    assert days == ([(D(2026, 10, 24), D(2026, 10, 31))], 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nnonsense"])
def test_what_is_no_calendar_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableFile) as caught:
        read_calendar(content)
    assert ".ics" in str(caught.value)


# --------------------------------------------------------------------------------- taken over


def plan_of(desk, *events):
    return CalendarImport(desk.school).plan(CalendarFile(tuple(events)))


TERM_EVENT = event("Autumn Term", D(2026, 9, 2), D(2026, 12, 16))
HALF = event("Half term", D(2026, 10, 24), D(2026, 11, 1))


def test_what_is_taken_over_counts_and_is_not_taken_twice(desk):
    importing = CalendarImport(desk.school)
    plan = plan_of(desk, TERM_EVENT, HALF, event("Concert", D(2026, 12, 1)))
    assert [each.fate for each in plan.proposed] == [DayFate.NEW, DayFate.NEW]
    assert plan.left_out == 1
    importing.accept(plan.proposed)
    calendar = desk.school.calendar()
    assert calendar.is_school_day(D(2026, 11, 2))
    assert not calendar.is_school_day(D(2026, 10, 28))
    again = plan_of(desk, TERM_EVENT, HALF)
    assert [each.fate for each in again.proposed] == [DayFate.HERE, DayFate.HERE]
    importing.accept(again.proposed)
    assert len(desk.school.terms.parts(1)) == 1


def test_a_term_that_ends_on_another_day_now_is_changed_and_not_doubled(desk):
    importing = CalendarImport(desk.school)
    importing.accept(plan_of(desk, TERM_EVENT).proposed)
    plan = plan_of(desk, event("Autumn Term", D(2026, 9, 2), D(2026, 12, 18)))
    assert plan.proposed[0].fate is DayFate.CHANGED
    assert "instead of" in plan.proposed[0].said
    importing.accept(plan.proposed)
    (term,) = desk.school.terms.parts(1)
    assert term.values["last"] == D(2026, 12, 18)


def test_bank_holidays_that_the_program_knows_are_not_entered_again(desk):
    plan = plan_of(desk, event("Christmas Day bank holiday", D(2026, 12, 25)))
    assert [each.fate for each in plan.proposed] == [DayFate.HERE]


def test_terms_that_overlap_and_days_entered_twice_are_each_a_sentence(desk):
    desk.school.terms.save({"first": D(2026, 9, 2), "last": D(2026, 12, 16)}, parent_id=1)
    with pytest.raises(InvalidEntry) as caught:
        desk.school.terms.save({"first": D(2026, 12, 1), "last": D(2027, 2, 1)}, parent_id=1)
    assert "overlaps" in caught.value.problems["first"]
    desk.school.special_days.save({"day": D(2026, 12, 1), "kind": "inset"}, parent_id=1)
    with pytest.raises(InvalidEntry):
        desk.school.special_days.save({"day": D(2026, 12, 1), "kind": "inset"}, parent_id=1)
    backwards = {"day": D(2026, 11, 3), "last": D(2026, 11, 2), "kind": "closure"}
    with pytest.raises(InvalidEntry) as caught:
        desk.school.special_days.save(backwards, parent_id=1)
    assert "before the first" in caught.value.problems["last"]


def test_a_changed_calendar_says_which_dates_moved(desk):
    from tests.builders import a_request

    entry = a_request(desk, kind="educational_record", received=D(2026, 10, 12))
    assert entry.due == "2026-11-02"
    importing = CalendarImport(desk.school)
    importing.accept(plan_of(desk, TERM_EVENT, HALF).proposed)
    recount = desk.recount()
    assert [(each.reference, each.before, each.after) for each in recount.moved] == [
        (entry.reference, "2026-11-02", "2026-11-09")
    ]
    assert "from 2 Nov 2026 to 9 Nov 2026" in recount.said()


def test_a_calendar_that_ends_soon_is_a_finding(desk, clock):
    from dpdesk.requests.duties import RequestAnswers

    def said():
        found = RequestAnswers(desk.requests.requests).findings()
        return [each.text for each in found if each.register == "school"]

    assert "No term dates" in said()[0]
    CalendarImport(desk.school).accept(plan_of(desk, TERM_EVENT).proposed)
    assert "end on 16 December 2026" in said()[0]
    spring = event("Spring Term", D(2027, 1, 6), D(2027, 3, 25))
    CalendarImport(desk.school).accept(plan_of(desk, spring).proposed)
    assert not said()


# ------------------------------------------------------------------- files that say things twice


def proposal(desk, *events):
    importing = CalendarImport(desk.school)
    return importing, importing.plan(CalendarFile(events))


def terms_of(desk):
    return sorted(desk.school.term_days())


WHOLE = event("Autumn Term", D(2026, 9, 2), D(2026, 12, 16))
FIRST_HALF = event("Autumn Term, first half", D(2026, 9, 2), D(2026, 10, 23))
SECOND_HALF = event("Autumn Term, second half", D(2026, 11, 2), D(2026, 12, 16))
HALVES = [(D(2026, 9, 2), D(2026, 10, 23)), (D(2026, 11, 2), D(2026, 12, 16))]


def test_a_term_written_whole_and_in_halves_is_taken_in_halves(desk):
    importing, plan = proposal(desk, WHOLE, FIRST_HALF, SECOND_HALF)
    importing.accept(plan.proposed)
    assert terms_of(desk) == HALVES


def test_halves_take_the_place_of_the_whole_term_that_was_there(desk):
    desk.school.terms.save(
        {"name": "Autumn", "first": D(2026, 9, 2), "last": D(2026, 12, 16)}, parent_id=1
    )
    importing, plan = proposal(desk, FIRST_HALF, SECOND_HALF)
    assert [each.fate for each in plan.proposed] == [DayFate.CHANGED, DayFate.NEW]
    importing.accept(plan.proposed)
    assert terms_of(desk) == HALVES


def test_a_whole_term_says_nothing_new_where_its_halves_are_known(desk):
    importing, plan = proposal(desk, FIRST_HALF, SECOND_HALF)
    importing.accept(plan.proposed)
    importing, plan = proposal(desk, WHOLE)
    assert [each.fate for each in plan.proposed] == [DayFate.HERE]
    importing.accept(plan.proposed)
    assert terms_of(desk) == HALVES


def test_terms_that_all_move_to_later_days_make_room_for_each_other(desk):
    importing, plan = proposal(desk, FIRST_HALF, SECOND_HALF)
    importing.accept(plan.proposed)
    later = [(D(2026, 9, 14), D(2026, 11, 4)), (D(2026, 11, 16), D(2026, 12, 18))]
    importing, plan = proposal(desk, *(event("Autumn Term", *days) for days in later))
    assert [each.fate for each in plan.proposed] == [DayFate.CHANGED, DayFate.CHANGED]
    importing.accept(plan.proposed)
    assert terms_of(desk) == later


def test_days_off_that_overlap_are_one(desk):
    importing, plan = proposal(
        desk,
        event("Half-term", D(2026, 10, 26), D(2026, 10, 30)),
        event("Half-term holiday (boarders)", D(2026, 10, 24), D(2026, 11, 1)),
    )
    assert [(e.days.first, e.days.last) for e in plan.proposed] == [
        (D(2026, 10, 24), D(2026, 11, 1))
    ]
    importing.accept(plan.proposed)


def test_days_of_impossible_years_are_left_out_and_counted_and_signs_nobody_sees_go():
    file = read_calendar(
        ics(
            ("INSET day", "DTSTART;VALUE=DATE:00010101"),
            ("INSET day", "DTSTART;VALUE=DATE:99991231"),
            ("INSET\x00 day\x07", "DTSTART;VALUE=DATE:20270104"),
        )
    )
    assert file.dateless == 2
    assert [each.summary for each in file.events] == ["INSET day"]
