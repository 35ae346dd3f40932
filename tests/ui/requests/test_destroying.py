"""The end of a case in the window, and the way to the next step from wherever the page stands."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QPushButton

from tests.builders import a_request
from tests.ui.requests.conftest import Office
from ui.requests.destroying import DESTROY, KEEP

TODAY = dt.date(2026, 11, 20)
LATER = dt.date(2030, 1, 7)


def a_closed_case(office: Office):
    entry = a_request(office.desk, closed=TODAY, outcome="given")
    office.clock.on(LATER)
    office.room.open_entry(entry.id)
    return entry


def steps(office: Office) -> list[str]:
    found = office.room.next_step.findChildren(QPushButton)
    return [each.text() for each in found if not each.isHidden()]


def test_a_case_whose_years_are_over_is_destroyed_after_one_question(office):
    entry = a_closed_case(office)
    assert steps(office)[0] == "Destroy the papers"
    office.noted.answers = [DESTROY]
    office.room.next_step.asked.emit("destroy")
    assert office.desk.requests.requests.load(entry.id).state == "disposed"
    assert office.room.page.entry.state == "disposed"
    assert "log of disposals" in office.said()
    assert "backup" in office.said().lower()
    assert "proves how it was handled" in office.room.next_step.says.text()
    assert steps(office) == []
    assert office.room.page.form.values()["subject"] == "(erased)"
    assert not office.room.page.dirty


def test_it_stays_where_it_concerns_safeguarding_or_somebody_steps_back(office):
    entry = a_closed_case(office)
    for answer in (KEEP, ""):
        office.noted.answers = [answer]
        office.room.next_step.asked.emit("destroy")
        assert office.desk.requests.requests.load(entry.id).state == "closed"


def test_what_needs_it_still_is_said_before_anything_is_asked(office):
    entry = a_closed_case(office)
    holds = office.desk.retention.holds
    values = {"reason": "Claim", "kind": "claim", "since": LATER, "by_whom": "Dana Pryce"}
    hold = holds.save({**values, "people": "Robin Example"}).entry
    office.room.next_step.asked.emit("destroy")
    assert hold.reference in office.said()
    assert office.desk.requests.requests.load(entry.id).state == "closed"


def test_the_next_step_is_within_reach_from_the_end_of_a_long_stage(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    page = office.room.page
    office.room.choose_stage("logged")
    link = page.foot.next_step
    assert link.isHidden()
    bar = page.area.verticalScrollBar()
    office.until(lambda: bar.maximum() > 400)
    bar.setValue(bar.maximum())
    # Within a moment, however far it was scrolled.
    office.qtbot.waitUntil(lambda: not link.isHidden(), timeout=5_000)
    first = office.room.next_step.first
    assert first is not None
    assert first.text() in link.accessibleName()
    link.click()
    assert bar.value() == 0
    assert first.hasFocus()
    office.until(link.isHidden)


def test_while_something_is_typed_nothing_else_is_offered(office):
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    page = office.room.page
    office.room.choose_stage("logged")
    bar = page.area.verticalScrollBar()
    office.until(lambda: bar.maximum() > 400)
    bar.setValue(bar.maximum())
    office.until(lambda: not page.foot.next_step.isHidden())
    page.form.focus_field("assigned_to")
    office.type("x")
    office.until(page.foot.next_step.isHidden)


def test_places_that_were_left_are_ticked_when_the_rest_is_recorded(office):
    requests = office.desk.requests.requests
    entry = a_request(office.desk)
    for place in ("Attic", "Office", "Cellar"):
        requests.searches.save({"place": place}, parent_id=entry.id)
    office.room.open_entry(entry.id)
    office.room.choose_stage("search")
    together = office.room.together
    together.begin()
    together.ticks.boxes[0].setChecked(False)
    together.ticks.boxes[2].setChecked(False)
    together.save()
    together.begin()
    assert [part.title for part in together.ticks.chosen] == ["Attic", "Cellar"]


def test_the_stage_is_done_when_its_last_place_is_recorded(office):
    requests = office.desk.requests.requests
    entry = a_request(office.desk)
    for place in ("Attic", "Office"):
        requests.searches.save({"place": place}, parent_id=entry.id)
    office.desk.documents.add("requests", entry.id, "a.txt", b"Robin Example was there.")
    requests.settle(entry.id)
    office.room.open_entry(entry.id)
    office.room.choose_stage("search")
    shown = []
    stages = office.room.page.stages
    before = stages.show_stage

    def show_stage(stage, done):
        shown.append(done)
        before(stage, done)

    stages.show_stage = show_stage
    office.room.together.begin()
    office.room.together.save()
    assert "search" in shown[-1]


def test_a_request_that_is_refused_asks_for_the_reasons_and_not_for_a_search(office):
    entry = a_request(office.desk, outcome="refused", refusal_ground=("exempt",))
    office.room.open_entry(entry.id)
    assert steps(office)[:3] == ["Give the reasons", "Write the refusal", "Close it today"]
    requests = office.desk.requests.requests
    now = requests.load(entry.id)
    closed = requests.save({"closed": TODAY}, now.id, now.version).entry
    office.room.open_entry(closed.id)
    # No letter with the reasons is noted as sent.
    office.until(lambda: "Settle it" in steps(office))
    letters = office.desk.requests.letters
    values = {"kind": "refusal", "words": "Because", "sent_on": TODAY, "how": "post"}
    requests.letters.save(values, parent_id=closed.id)
    office.room.open_entry(closed.id)
    office.until(lambda: "Case file" in steps(office))
    assert "Settle it" not in steps(office)
    assert letters.sent(closed.id)


def test_a_request_that_was_withdrawn_is_only_closed(office):
    entry = a_request(office.desk, outcome="withdrawn")
    office.room.open_entry(entry.id)
    assert "Close it today" in steps(office)
    assert "Add the usual places" not in steps(office)


def test_a_card_stays_in_its_column_when_an_answer_makes_it_longer(office):
    office.room.resize(1366, 768)
    entry = a_request(office.desk)
    office.room.open_entry(entry.id)
    office.room.choose_stage("respond")
    page, form = office.room.page, office.room.page.form
    card = form.card("outcome")
    assert card is not None
    office.until(lambda: form.width() > 820 and card.x() > 0)
    before = card.x()
    outcome = form.rows["outcome"]
    outcome.set_value("given_in_part")
    outcome.input.changed.emit()
    assert page.save()
    assert page.entry.values["outcome"] == "given_in_part"
    assert card.x() == before
