"""Approved disposals are carried out, noted, certified; and nothing held slips through."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel

from dpdesk.registers.entries import Entry
from tests.builders import TODAY, a_request
from tests.retention.conftest import DOING
from tests.ui.retention.conftest import keep, keep_box
from tests.ui.walk import assert_walkable

REASON = "Looked through."


@pytest.fixture
def approved(disposals):
    """An approved disposal of a pupil's file and a box of payroll papers."""
    file = keep(disposals.desk)
    box = keep_box(disposals.desk, third_parties="Example Payroll Ltd")
    service = disposals.desk.retention.disposals
    entry = service.approve([file.reference, box.reference], "shred", reason=REASON).entry
    disposals.room.open_entry(entry.id, "done")
    return entry


def answer(office, **values):
    form = office.room.doing.form
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def now(office, entry: Entry) -> Entry:
    return office.desk.retention.disposals.load(entry.id)


def test_it_is_noted_as_done_and_the_certificate_is_offered(disposals, approved, tmp_path):
    doing = disposals.room.doing
    assert not doing.note()
    assert doing.form.rows["done_by"].error.text() == "Say who did it."
    answer(disposals, done_by="Morgan Sample", witness="Pat Example")
    disposals.noted.answers = [True, "Save as PDF", tmp_path / "certificate.pdf"]
    assert doing.note()
    done = now(disposals, approved)
    assert (done.state, done.values["done_by"]) == ("done", "Morgan Sample")
    assert done.values["witness"] == "Pat Example"
    service = disposals.desk.retention.disposals
    assert (tmp_path / "certificate.pdf").read_bytes() == service.certificate(approved.id)
    assert [line.code for line in service.lines(approved.id)] == ["P04", "H07"]
    titles = {row[2] for row in disposals.desk.retention.holdings.listing().rows}
    assert titles == {"Pupil file", "Payroll, box 14"}, "the name is gone"


def test_the_page_says_until_when_backups_still_hold_what_was_erased(disposals, approved):
    disposals.desk.keeping.automatic_backup()
    answer(disposals, done_by="Morgan Sample")
    disposals.noted.answers = [True, None]
    assert disposals.room.doing.note()
    beside = [label.text() for label in disposals.room.certificate.findChildren(QLabel)]
    assert any("Backups made before this still contain it until" in text for text in beside)


def test_one_question_is_asked_before_what_cannot_be_taken_back(disposals, approved):
    answer(disposals, done_by="Morgan Sample")
    disposals.noted.answers = [False]
    assert not disposals.room.doing.note()
    assert now(disposals, approved).state == "approved"


def test_a_request_that_came_in_between_stops_it(disposals, approved):
    request = a_request(disposals.desk)
    answer(disposals, done_by="Morgan Sample")
    # Not of the pupil's file only: the box of many people wants a look, too.
    disposals.noted.answers = [True]
    assert not disposals.room.doing.note()
    assert request.reference in disposals.room.doing.banner.text.text()
    assert now(disposals, approved).state == "approved"
    disposals.room.open_entry(approved.id, "done")
    assert f"open request {request.reference}" in disposals.room.doing.banner.text.text()


def test_what_is_held_is_taken_out_and_the_rest_goes_on(disposals, approved):
    request = a_request(disposals.desk)
    disposals.room.open_entry(approved.id)
    held = disposals.desk.retention.disposals.holdings_in(approved.id)[0]
    disposals.room.contents.take_out_asked.emit(held.reference)
    disposals.room.open_entry(approved.id, "done")
    doing = disposals.room.doing
    assert list(doing.look.boxes) == [request.reference], "it came after the approval"
    answer(disposals, done_by="Morgan Sample")
    assert not doing.note()
    doing.look.boxes[request.reference].setChecked(True)
    disposals.noted.answers = [True, ""]
    assert doing.note()
    assert now(disposals, approved).values["looked"] == request.reference
    assert disposals.desk.retention.holdings.load(held.id).state == "held"


def test_the_method_decides_what_is_asked(disposals):
    service = disposals.desk.retention.disposals
    box = keep_box(disposals.desk)
    entry = service.approve([box.reference], "contractor").entry
    disposals.room.open_entry(entry.id, "done")
    rows = disposals.room.doing.form.rows
    seen = {name for name, made in rows.items() if made.isVisibleTo(disposals.room)}
    assert seen == {"done_on", "done_by", "witness", "contractor", "certificate"}


def test_who_holds_copies_is_asked_about_now_or_later(disposals, approved):
    assert disposals.room.doing.form.rows["told"].isVisibleTo(disposals.room)
    answer(disposals, done_by="Morgan Sample")
    disposals.noted.answers = [True, ""]
    assert disposals.room.doing.note()
    assert "tell them to delete theirs" in disposals.room.step.says.text()
    disposals.press("Record when they were told")
    form = disposals.room.page.form
    assert form.rows["told"].isAncestorOf(disposals.room.focusWidget())
    form.set_values({**form.values(), "told": TODAY}, clean=False)
    assert disposals.room.page.save()
    assert now(disposals, approved).values["told"] == TODAY


def test_what_follows_from_the_two_steps_cannot_be_typed_over(disposals):
    box = keep_box(disposals.desk)
    done = disposals.desk.retention.disposals.dispose([box.reference], "contractor", DOING).entry
    disposals.room.open_entry(done.id)
    rows = disposals.room.page.form.rows
    assert rows["done_by"].input.line.isReadOnly()
    assert not rows["certificate"].input.line.isReadOnly()
    assert "certificate comes" in disposals.room.step.says.text()


def test_an_approval_is_withdrawn_with_its_reason_and_the_holdings_are_free(disposals, approved):
    disposals.room.open_entry(approved.id)
    disposals.noted.answers = [" "]
    disposals.press("Withdraw the approval")
    assert now(disposals, approved).state == "approved", "a reason is needed"
    disposals.noted.answers = ["Asked for once more"]
    disposals.press("Withdraw the approval")
    assert now(disposals, approved).state == "withdrawn"
    assert len(disposals.desk.retention.holdings.due()) == 2


def test_leaving_asks_where_it_is_half_noted(disposals, approved):
    assert disposals.room.can_leave()
    answer(disposals, done_by="Morgan Sample")
    disposals.noted.answers = ["", "Leave"]
    assert not disposals.room.can_leave()
    assert disposals.room.can_leave()


def test_an_empty_log_leads_to_what_is_due(disposals):
    disposals.press("See what is due", disposals.room.list.empty)
    assert ("new", "disposals", 0) in disposals.noted.asked


def test_figures_and_log_of_a_period(disposals, tmp_path):
    box = keep_box(disposals.desk)
    disposals.desk.retention.disposals.dispose([box.reference], "shred", DOING)
    keep_box(disposals.desk)
    disposals.room.show_section("figures")
    page = disposals.room.figures
    assert page.figures["holdings disposed of"] == 1
    assert page.figures["due for disposal today"] == 1
    page.period.choose((dt.date(2020, 1, 1), dt.date(2020, 12, 31)))
    assert page.figures["holdings disposed of"] == 0
    page.period.choose((dt.date(2021, 1, 1), dt.date(2020, 12, 31)))
    assert "end before it begins" in page.banner.text.text()
    page.period.choose((dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
    disposals.saved_to(tmp_path / "log.pdf")
    disposals.press("Print the log")
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")


def test_it_can_be_walked_through(disposals, approved):
    a_request(disposals.desk, subject="Sam Somebody")
    disposals.room.open_entry(approved.id, "done")
    assert_walkable(disposals.room)
    disposals.room.open_entry(approved.id)
    assert_walkable(disposals.room)
    disposals.room.show_section("figures")
    assert_walkable(disposals.room)
    disposals.room.show_list()
    assert_walkable(disposals.room)
