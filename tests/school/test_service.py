"""The school's particulars and its calendar."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import suppress

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from tests.builders import statements

DAY = dt.date(2026, 12, 2)


def _save(desk, **values):
    entry = desk.school.entry()
    return desk.school.save(values, entry.id, entry.version)


def test_the_particulars_start_with_the_regulator_and_follow_changes(desk):
    assert desk.school.particulars().regulator_name
    assert desk.school.particulars().idle_minutes == 10
    _save(desk, name="Oakfield School", idle_minutes=5, dpo_email="dpo@oakfield.example")
    found = desk.school.particulars()
    assert (found.name, found.idle_minutes) == ("Oakfield School", 5)
    assert found.dpo_email == "dpo@oakfield.example"


def test_a_refused_change_changes_nothing_that_was_kept(desk):
    before = desk.school.particulars()
    with pytest.raises(InvalidEntry):
        _save(desk, name="")
    with pytest.raises(InvalidEntry):
        _save(desk, idle_minutes=0)
    assert desk.school.particulars() == before


def test_the_history_is_signed_by_the_officer_of_the_day(desk):
    _save(desk, dpo_name="Sam Newcomer")
    desk.calendar_changed()
    _save(desk, telephone="01632 960000")
    first, second = desk.school.history(1)[:2]
    assert (first.who, second.who) == ("Sam Newcomer", "Dana Pryce")


def test_special_days_shape_the_calendar(desk):
    assert desk.school.calendar().is_working_day(DAY)
    saved = desk.school.special_days.save({"day": DAY, "kind": "bank_holiday"}, parent_id=1)
    assert not desk.school.calendar().is_working_day(DAY)
    assert desk.school.calendar().bank_holiday(DAY) == "Extra bank holiday"
    desk.school.special_days.undo(saved)
    assert desk.school.calendar().is_working_day(DAY)


def test_a_term_stays_in_the_archive_while_another_runs_in_its_days(desk):
    days = {"first": dt.date(2027, 1, 5), "last": dt.date(2027, 3, 26)}
    term = desk.school.terms.save({"name": "Spring", **days}, parent_id=1).entry
    away = desk.school.terms.archive(term.id, term.version).entry
    desk.school.terms.save({"name": "Spring again", **days}, parent_id=1)
    with pytest.raises(DpdeskError, match="stays in the archive"):
        desk.school.terms.restore(away.id, away.version)
    assert len(desk.school.terms.parts(1)) == 1


def test_a_bank_holiday_can_be_taken_out(desk):
    boxing_day = dt.date(2026, 12, 28)
    assert not desk.school.calendar().is_working_day(boxing_day)
    desk.school.special_days.save({"day": boxing_day, "kind": "working"}, parent_id=1)
    assert desk.school.calendar().is_working_day(boxing_day)


def test_a_term_that_ends_before_it_begins_is_refused_at_its_field(desk):
    with pytest.raises(InvalidEntry) as refused:
        desk.school.terms.save({"first": DAY, "last": DAY - dt.timedelta(1)}, parent_id=1)
    assert list(refused.value.problems) == ["last"]
    desk.school.terms.save({"first": DAY, "last": DAY}, parent_id=1)
    assert [(t.first, t.last) for t in desk.school.calendar().terms] == [(DAY, DAY)]


def test_nothing_old_is_kept_when_another_thread_reads_while_this_one_saves(desk):
    """The reader comes between the change and its commit; afterwards the new day must count."""
    for number in range(1, 8):
        day = dt.date(2026, 12, number)
        stop = threading.Event()

        def read(stop: threading.Event = stop) -> None:
            while not stop.is_set():
                desk.school.calendar()

        reader = threading.Thread(target=read)
        reader.start()
        desk.school.special_days.save({"day": day, "kind": "bank_holiday"}, parent_id=1)
        stop.set()
        reader.join()
        assert desk.school.calendar().bank_holiday(day) == "Extra bank holiday"


def test_rules_see_the_calendar_as_their_own_transaction_changed_it(desk):
    answers = {"day": DAY, "kind": "bank_holiday"}
    desk.school.calendar()
    with suppress(RuntimeError), desk.workspace.database.changing() as change:
        desk.school.special_days.save_within(change, answers, parent_id=1)
        assert not desk.school.calendar_within(change.session).is_working_day(DAY)
        assert desk.school.calendar().is_working_day(DAY), "nothing of it is saved yet"
        raise RuntimeError
    with desk.workspace.database.reading() as session:
        assert desk.school.calendar_within(session).is_working_day(DAY), "it was taken back"
    desk.school.special_days.save(answers, parent_id=1)
    with desk.workspace.database.reading() as session:
        assert not desk.school.calendar_within(session).is_working_day(DAY)


def test_the_calendar_is_read_once_for_many_rules(desk):
    def ask():
        with desk.workspace.database.reading() as session:
            for _ in range(5):
                desk.school.calendar_within(session)

    ask()
    assert statements(desk, ask) == 0
