"""What is kept, and when it falls due."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.registers.entries import Query
from dpdesk.registers.spreadsheet import accept, match, preview, read_sheet
from tests.builders import statements

TODAY = dt.date(2026, 11, 20)


def test_one_persons_file_falls_due_by_the_date_of_birth(room, holding):
    entry = holding(born=dt.date(2001, 11, 20))
    assert (entry.state, entry.due) == ("running", "2026-11-20")
    assert entry.title == "Pupil file: Robin Example"
    assert room.holdings.clock(entry).steps[-1].date == dt.date(2026, 11, 20)
    assert entry.values["one_person"] == "yes"
    assert room.holdings.listing().counts["due"] == 0


def test_it_is_counted_from_the_day_after_on_and_no_day_earlier(room, holding, clock):
    holding(born=dt.date(2001, 11, 20))
    clock.on(dt.date(2026, 11, 21))
    assert room.holdings.listing().counts["due"] == 1
    assert [each.reference for each in room.holdings.due()] == ["HO-2026-001"]


def test_the_class_decides_which_dates_are_asked(room, holding, rule):
    assert room.holdings.asked(rule("S04"))["counts_from"] == ("EVENT", "PENSION")
    entry = holding("S04", what="Allegation file", event_on=dt.date(2010, 1, 1))
    assert entry.state == "missing"
    assert "pension_on" in {field.name for field in room.holdings.missing(entry.values)}
    assert not entry.register.field("left").applies(entry.values)


@pytest.mark.parametrize("code", ["S02", "G01", "C04", "D06"])
def test_some_classes_never_fall_due_by_themselves(room, holding, code):
    entry = holding(code, what="Something", born=dt.date(1930, 1, 1))
    assert (entry.state, entry.due) == ("never", None)


def test_a_box_of_several_people_counts_by_the_youngest(room, holding):
    entry = holding("P04", what="Pupil files, leavers 2001/02", born=dt.date(1985, 8, 30))
    assert (entry.state, entry.due) == ("running", "2010-08-30")
    assert entry.values.get("one_person") != "yes"


def test_a_changed_class_moves_its_holdings_and_no_others(room, holding, box, rule, change):
    mine, other = holding(), box()
    before = room.holdings.load(other.id)
    saved = room.schedule.load(rule("P04"))
    result = room.schedule.save({"period": 30}, saved.id, saved.version)
    assert room.holdings.load(mine.id).due == "2030-03-01"
    assert room.holdings.load(other.id) == before
    assert ("holdings", mine.id) in result.changes.entries
    assert ("holdings", other.id) not in result.changes.entries


def test_a_class_that_runs_from_elsewhere_asks_for_another_date(room, holding, rule, change):
    entry = holding()
    change(room.schedule, room.schedule.load(rule("P04")), trigger="LEAVE")
    now = room.holdings.load(entry.id)
    assert (now.state, now.due, now.values["counts_from"]) == ("missing", None, ("LEAVE",))


def test_a_class_marked_for_abuse_stops_the_clock_of_all_its_holdings(room, holding, rule, change):
    entry = holding()
    for answer in ("yes", "unknown"):
        change(room.schedule, room.schedule.load(rule("P04")), abuse=answer)
        assert room.holdings.load(entry.id).state == "never"
    change(room.schedule, room.schedule.load(rule("P04")), abuse="no")
    assert room.holdings.load(entry.id).state == "running"


def test_a_withdrawn_or_archived_class_stops_it_too(room, holding, rule, change):
    entry = holding()
    change(room.schedule, room.schedule.load(rule("P04")), active="no")
    assert room.holdings.load(entry.id).state == "never"
    assert room.holdings.listing().counts["withdrawn_class"] == 1
    change(room.schedule, room.schedule.load(rule("P04")), active="yes")
    now = room.schedule.load(rule("P04"))
    room.schedule.archive(now.id, now.version)
    assert room.holdings.load(entry.id).state == "never"


def test_nothing_new_is_put_into_a_withdrawn_class(room, holding, rule, change):
    old = holding()
    change(room.schedule, room.schedule.load(rule("P04")), active="no")
    with pytest.raises(InvalidEntry) as error:
        holding()
    assert "withdrawn" in error.value.problems["rule"]
    assert change(room.holdings, old, place="Attic").values["place"] == "Attic"


def test_the_end_of_the_schools_years_is_a_setting(desk, room, holding):
    entry = holding("F01", what="Ledgers", in_year=dt.date(2015, 8, 1))
    assert entry.due == "2021-08-31"
    school = desk.school.entry()
    desk.school.save({"financial_year_ends": "7"}, school.id, school.version)
    desk.calendar_changed()
    assert room.holdings.load(entry.id).due == "2022-07-31"


def test_what_is_kept_longer_has_a_reason_and_comes_back(room, holding):
    entry = holding()
    for until, why in ((dt.date(2026, 11, 20), "Why"), (dt.date(2027, 1, 1), " ")):
        with pytest.raises(InvalidEntry):
            room.holdings.keep([entry.id], until, why)
    changes = room.holdings.keep([entry.id], dt.date(2027, 6, 30), "A reunion is planned")
    now = room.holdings.load(entry.id)
    assert (now.state, now.due) == ("extended", "2027-06-30")
    assert now.values["kept_by"] == "Dana Pryce"
    assert ("holdings", entry.id) in changes.entries


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"left": dt.date(1999, 1, 1)}, "left"),
        ({"kept_why": "Because"}, "kept_until"),
        ({"kept_until": dt.date(2030, 1, 1)}, "kept_why"),
        ({"born": dt.date(2027, 1, 1)}, "born"),
        ({"rule": 9999}, "rule"),
    ],
)
def test_what_contradicts_itself_is_refused(holding, answers, field):
    with pytest.raises(InvalidEntry) as error:
        holding(**answers)
    assert field in error.value.problems


def test_many_are_entered_in_one_go_under_the_same_rules(room, rule, holding):
    one = holding()
    many = [
        {name: one.values[name] for name in ("what", "rule", "person", "born", "safeguarding")},
        {"what": "Box 1", "rule": rule("H07"), "in_year": dt.date(2012, 4, 6)},
    ]
    room.many.add(many, why="Stocktaking")
    twin, other = (room.holdings.find(f"HO-2026-00{number}") for number in (2, 3))
    assert dict(twin.values) == dict(one.values)
    assert (twin.title, twin.state, twin.due) == (one.title, one.state, one.due)
    assert (other.due, other.values.get("safeguarding")) == ("2019-04-05", None)
    said = [(line.label, line.new) for line in room.holdings.history(twin.id)]
    assert said == [
        (line.label, line.new.replace("001", "002")) for line in room.holdings.history(one.id)
    ]
    assert room.holdings.listing(Query(search="robin")).rows.__len__() == 2


def test_many_are_entered_wholly_or_not_at_all(room, rule):
    many = [{"what": "Box 1", "rule": rule("H07")}, {"what": "", "rule": 9999}]
    with pytest.raises(InvalidEntry) as error:
        room.many.add(many)
    assert error.value.problems["2"].startswith("Row 2: ")
    assert room.holdings.listing().total == 0
    assert room.many.add([]).entries == frozenset()


def test_the_cost_of_many_does_not_grow_with_each(desk, room, rule):
    def work(number):
        many = [
            {"what": f"Box {n}", "rule": rule("H07"), "in_year": dt.date(2012, 4, 6)}
            for n in range(number)
        ]
        return statements(desk, lambda: room.many.add(many))

    few, more = work(20), work(400)
    assert more - few < 10, (few, more)


def test_a_changed_class_costs_a_few_statements_for_all_its_holdings(desk, room, rule, change):
    many = [
        {"what": f"Box {n}", "rule": rule("H07"), "in_year": dt.date(2012, 4, 6)}
        for n in range(300)
    ]
    entry = room.schedule.load(rule("H07"))
    alone = statements(desk, lambda: change(room.schedule, entry, period=7))
    room.many.add(many)
    together = statements(desk, lambda: change(room.schedule, entry, period=8))
    assert together - alone < 10, (alone, together)
    assert {row[4] for row in room.holdings.listing().rows} == {"2021-04-05"}


def test_a_spreadsheet_names_classes_by_code_or_reference(room):
    content = (
        b"What is it?,Which class of the schedule?,Date of birth,Name of the person\n"
        b"Pupil file,P04,3/5/2001,Robin Example\n"
        b"Pupil file,rr-2026-004,4/5/2001,Sam Sample\n"
        b"Pupil file,P99,5/5/2001,Kim Dummy\n"
    )
    sheet = read_sheet("holdings.csv", content)
    seen = preview(room.holdings, sheet, match(room.holdings.register, sheet.columns))
    assert [bool(row.problems) for row in seen.rows] == [False, False, True]
    accept(room.holdings, seen)
    assert [row[4] for row in room.holdings.listing(Query(sort="due")).rows] == [
        "2026-05-03",
        "2026-05-04",
    ]


def test_undo_brings_back_what_stood_there_although_the_history_keeps_it_sealed(room, holding):
    entry = holding()
    saved = room.holdings.save({"person": "Sam Sample"}, entry.id, entry.version)
    back = room.holdings.undo(saved).entry
    assert back.values["person"] == "Robin Example"
    assert room.holdings.history(entry.id)[0].new == "Robin Example"


def test_what_falls_due_is_counted_by_year(room, holding, clock):
    holding()
    holding(born=dt.date(2002, 11, 20))
    holding("C04", what="Tapes")
    assert room.holdings.falls_due(3) == {2026: 1, 2027: 1, 2028: 0}


def test_what_is_due_is_kept_to_the_end_of_that_day_and_may_go_the_day_after(room, desk, clock):
    """The last day still belongs to the period; a day too early would break it."""
    field = room.holdings.register.field("rule")
    rule = room.holdings.link_named(field, "H07")
    values = {"what": "Box 3", "rule": rule, "in_year": dt.date(2020, 4, 1)}
    values["safeguarding"] = "no"
    entry = room.holdings.save(values).entry
    assert entry.due == "2026-04-05"
    clock.on(dt.date(2026, 4, 5))
    (judged,) = room.disposals.judgements([entry.reference])
    assert "must be kept until Monday 6 April 2026" in judged.wants_reason
    assert room.holdings.due() == ()
    clock.on(dt.date(2026, 4, 6))
    (judged,) = room.disposals.judgements([entry.reference])
    assert judged.wants_reason == ""
    assert [each.reference for each in room.holdings.due()] == [entry.reference]
