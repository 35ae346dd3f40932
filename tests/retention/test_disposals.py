"""Disposals: two steps, every hold, and what is left."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from dpdesk.errors import DpdeskError, InvalidEntry, NotFound, StaleEntry
from dpdesk.registers.entries import Query
from dpdesk.retention.disposal_records import DisposalLine
from dpdesk.retention.disposal_service import Looked
from dpdesk.retention.holding_records import HoldingName
from dpdesk.store.tables import HistoryRow
from tests.builders import a_pdf, a_request, statements
from tests.papers.reading import text_of
from tests.retention.conftest import DOING, LONG_AGO

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def whole(desk, room):
    """Everything that a disposal could change, to see that a refused one changes nothing."""

    def rows():
        with desk.workspace.database.reading() as session:
            history = len(session.scalars(select(HistoryRow.id)).all())
        return (
            history,
            [tuple(row) for row in room.holdings.listing().rows],
            [tuple(row) for row in room.disposals.listing().rows],
            sorted(desk.workspace.vault.names()),
        )

    return rows


def test_in_two_steps_with_certificate_log_and_nothing_personal(room, holding, box, change):
    file, crate = holding(), box()
    approved = room.disposals.approve(
        [file.reference, crate.reference], "contractor", reason="Nobody needs it", note="Van 2"
    ).entry
    assert (approved.state, approved.title) == ("approved", "2 holdings of H07 and P04")
    assert approved.values["approved_by"] == "Dana Pryce"
    assert room.holdings.load(file.id).state == "approved"
    done = room.disposals.done(approved, replace(DOING, contractor="Shred Ltd")).entry
    assert (done.state, done.values["done_on"]) == ("done", TODAY)
    assert {room.holdings.load(each.id).state for each in (file, crate)} == {"disposed"}
    first, second = room.disposals.lines(done.id)
    assert (first.description, first.due, first.dates) == ("Pupil file (one person)", "2025", "")
    assert (second.description, second.due, second.dates) == (
        "Payroll, box 14", "2017-04-05", "to 2010",
    )  # fmt: skip
    words = text_of(room.disposals.certificate(done.id))
    for part in (done.reference, "Shred Ltd", "Morgan Sample", "Pat Example", "HO-2026-001"):
        assert part in words
    assert "Robin" not in words
    assert change(room.disposals, done, certificate="C-77").values["certificate"] == "C-77"
    assert "C-77" in text_of(room.prints.certificate(room.disposals.load(done.id)).content)


def test_what_was_personal_is_in_no_row_no_search_and_no_history(desk, room, holding):
    entry = holding(person="Quillon Zephyr", note="Brother Orlan too", place="Shelf Tamsin")
    entry = room.holdings.save({"quantity": "Folder"}, entry.id, entry.version).entry
    desk.drafts.keep("holdings", entry.id, entry.version, {"note": "Quillon draft"})
    room.disposals.dispose([entry.reference], "shred", DOING, reason="Reviewed")
    now = room.holdings.load(entry.id)
    assert now.title == now.values["what"] == "Pupil file"
    assert not {"person", "born", "note", "place"} & set(now.values)
    for word in ("Quillon", "Zephyr", "Orlan", "Tamsin", "2000"):
        assert room.holdings.listing(Query(search=word)).rows == []
        for line in room.holdings.history(entry.id):
            assert word not in line.old + line.new + line.why
    with desk.workspace.database.reading() as session:
        kept = session.scalars(select(HistoryRow).where(HistoryRow.register == "holdings")).all()
        assert session.scalars(select(HoldingName)).all() == []
    raw = " ".join(f"{row.old} {row.new} {row.why}" for row in kept)
    assert not any(word in raw for word in ("Quillon", "Zephyr", "Orlan", "2000-03-01"))
    said = {line.label: line.new for line in room.holdings.history(entry.id)}
    assert "Name of the person" in said["Erased"]
    assert said["Name of the person"] == "(erased)"
    assert desk.drafts.find("holdings", entry.id) is None
    assert desk.check().problems == ()


def test_before_disposal_the_history_tells_all_to_whoever_may_see_it(room, holding):
    entry = holding()
    said = {line.label: line.new for line in room.holdings.history(entry.id)}
    assert said["Name of the person"] == "Robin Example"
    assert said["Date of birth"] == "1 March 2000"


def test_a_request_that_came_between_the_steps_stops_the_second(desk, room, holding, whole):
    entry = holding()
    approved = room.disposals.approve([entry.reference], "shred", reason="Reviewed").entry
    request = a_request(desk, subject="R. Example")
    assert room.holdings.load(entry.id).state == "held"
    before = whole()
    with pytest.raises(DpdeskError, match=f"the open request {request.reference}") as error:
        room.disposals.done(approved, DOING)
    assert "Example" not in str(error.value)
    assert whole() == before
    assert room.disposals.load(approved.id).state == "approved"


@pytest.mark.parametrize("once", [True, False])
def test_no_step_gets_round_a_hold(desk, room, holding, box, whole, once):
    held, free = holding(), box(what="Box 15")
    a_request(desk, subject="Robin Example")
    before = whole()
    names = [free.reference, held.reference]
    looked = ["SAR-2026-001"]
    step, more = (room.disposals.approve, ()) if once else (room.disposals.dispose, (DOING,))
    with pytest.raises(DpdeskError, match="HO-2026-001 is on hold"):
        step(names, "shred", *more, reason="Reviewed", looked=looked)
    assert whole() == before


def test_a_stale_list_gets_round_nothing(desk, room, holding, whole):
    """Even where the stored state says otherwise: what holds up is worked out afresh."""
    entry = holding()
    a_request(desk, subject="Robin Example")
    with desk.workspace.database.changing() as changing:
        changing.session.execute(update(room.holdings.record).values(state="running", held_by=""))
    before = whole()
    with pytest.raises(DpdeskError, match="on hold"):
        room.disposals.dispose([entry.reference], "shred", DOING, reason="Reviewed")
    assert whole() == before


@pytest.mark.parametrize(
    ("code", "words"), [("S02", "cannot be disposed of here"), ("G01", "kept for good")]
)
def test_some_classes_are_refused_whatever_the_reason(room, holding, code, words):
    entry = holding(code, what="Papers", born=dt.date(1930, 1, 1))
    with pytest.raises(DpdeskError, match=words):
        room.disposals.dispose([entry.reference], "shred", DOING, reason="The head says so")


def test_a_class_that_turned_out_to_touch_on_abuse_stops_an_approved_disposal(
    room, holding, rule, change
):
    entry = holding()
    approved = room.disposals.approve([entry.reference], "shred", reason="Reviewed").entry
    change(room.schedule, room.schedule.load(rule("P04")), abuse="yes")
    with pytest.raises(DpdeskError, match="cannot be disposed of here"):
        room.disposals.done(approved, DOING)


@pytest.mark.parametrize(
    ("code", "values", "method", "words"),
    [
        ("H07", {"in_year": TODAY}, "shred", "must be kept until"),
        ("H07", {}, "shred", "is missing"),
        ("C04", {}, "erase", "no date of its own"),
        ("P04", {"born": LONG_AGO}, "shred", "must be reviewed first"),
        ("P01", {"last_entry": LONG_AGO}, "shred", "offered to an archive"),
        ("P05", {"receipt_on": LONG_AGO}, "shred", "go to the next school"),
    ],
)
def test_what_is_not_simply_due_needs_a_reason_that_stays_in_the_log(
    room, holding, code, values, method, words
):
    entry = holding(code, what="Box 3", **values)
    assert words in room.disposals.judgements([entry.reference], method)[0].wants_reason
    with pytest.raises(DpdeskError, match=words):
        room.disposals.dispose([entry.reference], method, DOING)
    done = room.disposals.dispose([entry.reference], method, DOING, reason="Flooded").entry
    assert room.disposals.lines(done.id)[0].reason == "Flooded"


def test_archiving_what_should_be_archived_needs_no_reason(room, holding):
    entry = holding("P01", what="Admission register", last_entry=LONG_AGO)
    doing = replace(DOING, handed_to="County archive")
    assert room.disposals.dispose([entry.reference], "archive", doing).entry.state == "done"


def test_a_transfer_waits_for_its_receipt(room, holding):
    entry = holding("P05", what="File", person="Kim Dummy", receipt_on=dt.date(2026, 11, 2))
    with pytest.raises(InvalidEntry) as error:
        room.disposals.dispose([entry.reference], "transfer", DOING)
    assert "receipt" in error.value.problems
    doing = replace(DOING, handed_to="Next School", receipt=dt.date(2026, 11, 2))
    done = room.disposals.dispose([entry.reference], "transfer", doing).entry
    assert done.shown("receipt") == "2 November 2026"


@pytest.mark.parametrize(
    ("doing", "field"),
    [
        (replace(DOING, done_by=" "), "done_by"),
        (replace(DOING, done_on=dt.date(2026, 11, 21)), "done_on"),
        (replace(DOING, done_on=dt.date(2026, 11, 19)), "done_on"),
    ],
)
def test_who_and_when_must_be_possible(room, box, whole, doing, field):
    entry, before = box(), whole()
    with pytest.raises(InvalidEntry) as error:
        room.disposals.dispose([entry.reference], "shred", doing)
    assert field in error.value.problems
    assert whole() == before


def test_a_box_of_many_people_is_looked_through_for_open_matters(desk, room, box, whole):
    entry, request = box(), a_request(desk)
    before = whole()
    with pytest.raises(DpdeskError, match=f"{request.reference} concerns, and confirm"):
        room.disposals.approve([entry.reference], "shred")
    assert whole() == before
    approved = room.disposals.approve(
        [entry.reference], "shred", looked=Looked((request.reference,))
    ).entry
    other = a_request(desk, subject="Kim Dummy")
    with pytest.raises(DpdeskError, match=other.reference):
        room.disposals.done(approved, DOING)
    done = room.disposals.done(approved, DOING, looked=Looked((other.reference,))).entry
    assert done.values["looked"] == f"{request.reference}, {other.reference}"


def test_the_log_takes_only_what_had_to_be_looked_for(desk, room, holding, box):
    request = a_request(desk, subject="Sam Somebody")
    file, crate = holding(), box()
    said = Looked((request.reference, "SAR-1999-001"), "Looked")
    done = room.disposals.dispose([file.reference], "shred", DOING, reason="Seen", looked=said)
    assert done.entry.values.get("looked") is None, "a file of one person needs no look"
    done = room.disposals.dispose([crate.reference], "shred", DOING, looked=said).entry
    assert (done.values["looked"], done.values["looked_how"]) == (request.reference, "Looked")


def test_many_open_matters_are_confirmed_in_one_step_with_one_reason(desk, room, box):
    requests = [a_request(desk, subject=f"Sam Some{sign}").reference for sign in "bcdefg"]
    crates = [box().reference, box().reference]
    with pytest.raises(DpdeskError) as refused:
        room.disposals.approve(crates, "shred")
    told = str(refused.value)
    assert told.count("records of several people") == 1, "said once for all boxes"
    assert all(f"\n  the open request {each}" in told for each in requests), "one to a line"
    with pytest.raises(InvalidEntry, match="Say how you checked"):
        room.disposals.approve(crates, "shred", looked=Looked(("all",)))
    how = "Read the list of names inside each lid"
    approved = room.disposals.approve(crates, "shred", looked=Looked(("all",), how)).entry
    assert approved.values["looked"] == ", ".join(requests)
    done = room.disposals.done(approved, DOING).entry
    words = " ".join(text_of(room.disposals.certificate(done.id)).split())
    assert how in words
    assert requests[-1] in words


def test_what_comes_between_approval_and_doing_is_told_before_it_is_done(desk, room, box):
    approved = room.disposals.approve([box().reference], "shred").entry
    assert room.disposals.come_since(approved) == ()
    request = a_request(desk, subject="Sam Somebody")
    (told,) = room.disposals.come_since(approved)
    assert request.reference in told


def test_a_reason_stands_only_beside_what_it_was_asked_for(room, holding, box):
    file, crate = holding(), box()
    names = [file.reference, crate.reference]
    done = room.disposals.dispose(names, "shred", DOING, reason="Read: nothing is needed").entry
    lines = {line.holding: line.reason for line in room.disposals.lines(done.id)}
    assert lines == {
        file.reference: "Read: nothing is needed",
        crate.reference: "The period has run out.",
    }


def test_third_parties_are_to_be_told(room, box, change):
    entry = box(third_parties="Payroll Ltd\nPension Fund")
    done = room.disposals.dispose([entry.reference], "shred", DOING).entry
    assert done.values["third_parties"] == "Payroll Ltd\nPension Fund"
    assert room.disposals.listing().counts["to_tell"] == 1
    change(room.disposals, done, told=TODAY)
    assert room.disposals.listing().counts["to_tell"] == 0


def test_an_approval_is_withdrawn_or_shrinks(room, holding, box):
    file, crate = holding(), box()
    names = [file.reference, crate.reference]
    approved = room.disposals.approve(names, "shred", reason="Reviewed").entry
    with pytest.raises(DpdeskError, match="another disposal"):
        room.disposals.approve([crate.reference], "shred")
    smaller = room.disposals.take_out(approved, [file.reference]).entry
    assert (smaller.title, room.holdings.load(file.id).state) == ("1 holding of H07", "running")
    with pytest.raises(DpdeskError, match="leave nothing in this disposal"):
        room.disposals.take_out(smaller, [crate.reference])
    with pytest.raises(StaleEntry):
        room.disposals.withdraw(approved, "Changed my mind")
    gone = room.disposals.withdraw(smaller, "Changed my mind").entry
    assert (gone.state, room.holdings.load(crate.id).state) == ("withdrawn", "running")
    with pytest.raises(DpdeskError, match="already withdrawn"):
        room.disposals.done(gone, DOING)


def test_nothing_is_disposed_of_twice_or_changed_afterwards(room, box, change):
    entry = box()
    done = room.disposals.dispose([entry.reference], "shred", DOING).entry
    with pytest.raises(DpdeskError, match="already been disposed of"):
        room.disposals.dispose([entry.reference], "shred", DOING)
    with pytest.raises(DpdeskError, match="already done"):
        room.disposals.done(done, DOING)
    with pytest.raises(InvalidEntry):
        change(room.holdings, entry, place="Attic")
    for answers in ({"done_by": "Somebody"}, {"done_on": None}, {"method": "erase"}):
        with pytest.raises(InvalidEntry):
            change(room.disposals, done, **answers)
    with pytest.raises(DpdeskError, match="stays in the log"):
        room.disposals.archive(done.id, done.version)


def test_a_disposal_cannot_be_made_by_filling_in_a_form(room, box):
    box()
    answers = {"method": "shred", "done_on": TODAY, "done_by": "Sam"}
    with pytest.raises(DpdeskError, match="starts from the holdings"):
        room.disposals.save(answers)


def test_the_log_cannot_be_changed_even_in_the_database(desk, room, box):
    room.disposals.dispose([box().reference], "shred", DOING)
    for statement in (update(DisposalLine).values(reason="x"), delete(DisposalLine)):
        with (
            pytest.raises(IntegrityError, match="cannot be changed"),
            desk.workspace.database.changing() as changing,
        ):
            changing.session.execute(statement)


def test_archived_holdings_and_unknown_ones_are_refused(room, box):
    entry = box()
    room.holdings.archive(entry.id, entry.version)
    with pytest.raises(DpdeskError, match="restore it first"):
        room.disposals.approve([entry.reference], "shred")
    with pytest.raises(NotFound):
        room.disposals.approve(["HO-1999-001"], "shred")
    with pytest.raises(DpdeskError, match="at least one holding"):
        room.disposals.approve([], "shred")


def test_what_is_approved_does_not_drop_out_of_sight(room, box):
    entry = box()
    room.disposals.approve([entry.reference], "shred")
    now = room.holdings.load(entry.id)
    with pytest.raises(DpdeskError, match="Withdraw"):
        room.holdings.archive(now.id, now.version)


def test_documents_kept_with_a_holding_are_taken_off_first(desk, room, box):
    entry = box()
    card = desk.documents.add("holdings", entry.id, "list.pdf", a_pdf("A list"))
    with pytest.raises(DpdeskError, match="Remove them first"):
        room.disposals.dispose([entry.reference], "shred", DOING)
    desk.documents.remove(card.id)
    assert room.disposals.dispose([entry.reference], "shred", DOING).entry.state == "done"


def test_many_are_disposed_of_in_a_few_statements(desk, room, rule):
    def work(number):
        room.many.add(
            [
                {"what": f"Box {n}", "rule": rule("H07"), "in_year": LONG_AGO, "safeguarding": "no"}
                for n in range(number)
            ]
        )
        names = [row[1] for row in room.holdings.listing(Query(chip="due")).rows]
        assert len(names) == number
        return statements(desk, lambda: room.disposals.dispose(names, "shred", DOING))

    few, more = work(10), work(400)
    assert more - few < 15, (few, more)


def test_its_words_are_not_even_left_in_the_index_itself(desk, room, holding):
    def blocks():
        with desk.workspace.database.reading() as session:
            kept = session.execute(text("SELECT block FROM search_text_data")).scalars()
            return b"".join(kept).lower()

    entry = holding(person="Quillon Zephyr", note="Brother Orlan too")
    assert b"quillon" in blocks()
    room.disposals.dispose([entry.reference], "shred", DOING, reason="Reviewed")
    assert not any(word in blocks() for word in (b"quillon", b"zephyr", b"orlan"))
