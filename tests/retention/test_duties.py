"""The four answers: what must be done, what is missing, the figures and the proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.builders import a_request, statements
from tests.retention.conftest import DOING, LONG_AGO

TODAY = dt.date(2026, 11, 20)


def texts(answers):
    return [each.text for each in answers]


def test_however_many_are_due_it_is_one_duty(desk, room, rule):
    room.editions.sign_off(TODAY, "Dana Pryce")
    assert list(room.answers[0].duties()) == []
    many = [
        {"what": f"Box {n}", "rule": rule("H07"), "in_year": dt.date(2010, 5, 1)} for n in range(12)
    ]
    room.many.add(many)
    (duty,) = room.answers[0].duties()
    assert duty.text == "12 holdings are due for disposal"
    assert (duty.register, duty.place, duty.due) == ("holdings", "due", dt.date(2017, 4, 6))
    assert room.holdings.load(duty.entry_id).reference == duty.reference
    assert any(duty in group.duties for group in desk.overview.duties())


def test_the_schedule_is_signed_off_when_new_when_changed_and_every_year(room, rule, change, clock):
    assert texts(room.answers[0].duties()) == [
        "Sign off the first edition of the retention schedule"
    ]
    room.editions.sign_off(TODAY, "Dana Pryce")
    assert texts(room.answers[0].duties()) == []
    change(room.schedule, room.schedule.load(rule("P04")), period=30)
    (duty,) = room.answers[0].duties()
    assert "1 class changed" in duty.text
    assert duty.register == "retention_editions"
    room.editions.sign_off(TODAY, "Dana Pryce")
    clock.on(dt.date(2027, 11, 10))
    assert any("Review the retention schedule" in text for text in texts(room.answers[0].duties()))


def test_approved_disposals_and_third_parties_wait(room, box, change):
    room.editions.sign_off(TODAY, "Dana Pryce")
    entry = box(third_parties="Payroll Ltd")
    approved = room.disposals.approve([entry.reference], "shred").entry
    (duty,) = room.answers[0].duties()
    assert (duty.text, duty.place) == ("Carry out the approved disposal: 1 holding of H07", "done")
    done = room.disposals.done(approved, DOING).entry
    (duty,) = room.answers[0].duties()
    assert duty.text == "Tell third parties to delete their copies: 1 holding of H07"
    change(room.disposals, done, told=TODAY)
    assert list(room.answers[0].duties()) == []


def test_a_hold_is_looked_at_again(room, clock):
    answers = {"reason": "Claim", "kind": "claim", "since": TODAY, "everything": "yes"}
    room.holds.save({**answers, "review_on": dt.date(2026, 12, 1)})
    assert "Review the hold: Claim" in texts(room.answers[0].duties())
    assert "holds due for review" not in texts(room.answers[0].findings())
    clock.on(dt.date(2026, 12, 1))
    assert "holds due for review" in texts(room.answers[0].findings())


def test_each_finding_is_produced_mended_and_gone(room, holding, rule, change, clock):
    def found():
        return {(each.register, each.chip) for each in room.answers[0].findings()}

    for code in ("P01", "P04", "H07"):
        entry = room.schedule.load(rule(code))
        change(room.schedule, entry, checked=TODAY)
    unsure = {each.count for each in room.answers[0].findings() if each.chip == "check"}
    assert unsure == {room.schedule.listing().counts["check"]}

    missing = holding("H07", what="Box 1")
    assert ("holdings", "missing") in found()
    late = change(room.holdings, missing, in_year=dt.date(2010, 5, 1))
    assert ("holdings", "missing") not in found()
    assert ("holdings", "overdue") in found()
    room.holdings.keep([late.id], dt.date(2027, 1, 1), "An audit")
    assert ("holdings", "overdue") not in found()

    unasked = holding("H07", what="Box 2", safeguarding=None)
    assert ("holdings", "unasked") in found()
    room.holdings.not_safeguarding([unasked.reference])
    assert ("holdings", "unasked") not in found()

    change(room.schedule, room.schedule.load(rule("H07")), active="no")
    assert ("holdings", "withdrawn_class") in found()
    change(room.schedule, room.schedule.load(rule("H07")), active="yes", period=None)
    assert ("holdings", "withdrawn_class") not in found()
    assert ("retention_rules", "no_period") in found()
    change(room.schedule, room.schedule.load(rule("H07")), period=6)
    assert ("retention_rules", "no_period") not in found()


def test_a_contractor_without_certificate_is_found(room, box, change):
    done = room.disposals.dispose([box().reference], "contractor", DOING).entry
    chips = {each.chip for each in room.answers[0].findings()}
    assert "no_certificate" in chips
    change(room.disposals, done, certificate="C-1")
    assert "no_certificate" not in {each.chip for each in room.answers[0].findings()}


def test_the_figures_of_a_period(desk, room, holding, box):
    room.disposals.dispose([box().reference], "contractor", DOING)
    two = [box(what=f"Box {n}").reference for n in range(2)]
    room.disposals.dispose(two, "shred", DOING)
    holding()
    box(what="Box 9")
    a_request(desk)
    figures = {each.text: each.value for each in room.answers[0].measures(TODAY, TODAY)}
    assert figures["disposals done"] == 2
    assert figures["holdings disposed of"] == 3
    assert figures["holdings by method: Certified contractor"] == 1
    assert figures["holdings by method: Cross-cut shredding in school"] == 2
    assert (figures["holdings kept"], figures["on hold"]) == (2, 1)
    assert (figures["due for disposal today"], figures["overdue without a reason"]) == (1, 1)
    before = {each.text: each.value for each in room.answers[0].measures(LONG_AGO, LONG_AGO)}
    assert before["disposals done"] == 0


def test_the_proof_for_every_clause(room, box, change):
    edition = room.editions.sign_off(TODAY, "Dana Pryce").entry
    entry = box(third_parties="Payroll Ltd")
    box()
    done = room.disposals.dispose([entry.reference], "shred", replace(DOING, told=TODAY)).entry
    proof = {each.clause: each for each in room.answers[0].evidence()}
    assert set(proof) == {"4.6(e)", "4.6(f)", "4.6(g)", "10.2.3", "10.2.4", "14"}
    assert proof["4.6(g)"].references == (edition.reference,)
    assert proof["4.6(f)"].text.endswith("method, person and day: 1")
    assert proof["4.6(f)"].references == proof["10.2.4"].references == (done.reference,)


def test_many_holdings_ask_for_no_more_statements_than_a_few(desk, room, rule):
    def add(number):
        room.many.add(
            [
                {"what": f"Box {n}", "rule": rule("H07"), "in_year": dt.date(2010 + n % 20, 5, 1)}
                for n in range(number)
            ]
        )

    def ask():
        assert len(list(room.answers[0].duties())) == 2
        assert list(room.answers[0].findings())
        room.holdings.falls_due()

    add(20)
    few = statements(desk, ask)
    add(600)
    assert statements(desk, ask) == few
