"""Holds: put on, seen where they bite, looked at again, and lifted with a reason."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.builders import TODAY, a_request
from tests.ui.retention.conftest import keep
from tests.ui.walk import assert_walkable


@pytest.fixture
def hold(holds):
    """Puts on a hold that touches Robin Example."""

    def put(**values):
        service = holds.desk.retention.holds
        answers = {
            "reason": "Claim after a fall",
            "kind": "claim",
            "since": dt.date(2026, 1, 5),
            "people": "Robin Example",
        }
        return service.save({**service.blank().values, **answers, **values}).entry

    return put


def test_a_hold_shows_what_it_holds_up_and_prints_its_notice(holds, hold, tmp_path):
    file = keep(holds.desk)
    entry = hold()
    holds.room.open_entry(entry.id)
    assert file.reference in holds.offered(holds.room.held)
    holds.saved_to(tmp_path / "notice.pdf")
    holds.press("Print the notice")
    assert (tmp_path / "notice.pdf").read_bytes().startswith(b"%PDF")


def test_lifting_asks_why_and_lifts_it_at_once(holds, hold):
    file = keep(holds.desk)
    entry = hold()
    holds.room.open_entry(entry.id)
    holds.noted.answers = [None]
    holds.press("Lift it today")
    assert holds.desk.retention.holds.load(entry.id).state == "in_force", "they stepped back"
    holds.noted.answers = ["Settled."]
    holds.press("Lift it today")
    assert holds.desk.retention.holds.load(entry.id).values["lifted"] == TODAY
    assert holds.desk.retention.holdings.load(file.id).state == "running"
    assert "lifted" in holds.room.step.says.text()


def test_a_hold_to_be_looked_at_again_asks_whether_it_is_still_needed(holds, hold):
    entry = hold(review_on=TODAY - dt.timedelta(days=1))
    holds.room.open_entry(entry.id, "end")
    assert "is it still needed?" in holds.room.step.says.text()
    assert holds.room.page.form.rows["review_on"].input.target.hasFocus()


def test_open_requests_are_named_as_holding_up_by_themselves(holds):
    assert holds.room.by_themselves.isHidden()
    request = a_request(holds.desk)
    holds.around.bus.publish(holds.desk.requests.requests.settle(request.id))
    holds.press(request.reference, holds.room.by_themselves)
    assert ("open", "requests", request.id) in holds.noted.asked


def test_it_can_be_walked_through(holds, hold):
    a_request(holds.desk)
    keep(holds.desk)
    entry = hold()
    holds.room._show_matters()
    holds.room.list.reload()
    assert_walkable(holds.room)
    holds.room.open_entry(entry.id)
    assert_walkable(holds.room)
    holds.room.new_entry()
    assert_walkable(holds.room)
