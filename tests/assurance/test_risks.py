"""Risks: judged in words, looked at each quarter, and what changed since."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.assurance import risk_rules
from dpdesk.assurance.coming_up import Lookback
from dpdesk.errors import InvalidEntry

LIKELY = st.sampled_from(["remote", "possible", "probable"])
BAD = st.sampled_from(["minimal", "significant", "severe"])
ORDER = ["low", "medium", "high"]


@pytest.fixture
def risk(room):
    def make(name="A laptop is stolen", **more):
        return room.risks.save({"name": name, **more}).entry

    return make


@given(LIKELY, BAD)
def test_what_is_likelier_or_worse_is_never_lower(likely, bad):
    order = {
        "likely": ["remote", "possible", "probable"],
        "bad": ["minimal", "significant", "severe"],
    }
    level = ORDER.index(risk_rules.level(likely, bad))
    for more in order["likely"][order["likely"].index(likely) :]:
        assert ORDER.index(risk_rules.level(more, bad)) >= level
    for worse in order["bad"][order["bad"].index(bad) :]:
        assert ORDER.index(risk_rules.level(likely, worse)) >= level


def test_a_risk_is_open_until_both_are_judged(risk, room):
    entry = risk(likelihood="possible")
    assert entry.state == "open"
    entry = room.risks.save({"severity": "severe"}, entry.id, entry.version).entry
    assert entry.state == "high"


def test_a_look_moves_level_and_day_and_the_change_is_told(risk, room, later):
    entry = risk(likelihood="possible", severity="significant")
    assert [each.level for each in room.risks.judged()] == ["medium"]
    later(100)
    assert [each.entry.id for each in room.risks.sitting()] == [entry.id]
    room.risks.look(entry.id, "worse", likelihood="probable")
    (judged,) = room.risks.judged()
    assert (judged.level, judged.change) == ("high", 1)
    assert room.risks.sitting() == ()
    loaded = room.risks.load(entry.id)
    assert loaded.state == "high"
    assert dt.date.fromisoformat(loaded.due) > room.risks.today() + dt.timedelta(days=80)


def test_a_risk_that_is_gone_leaves_the_picture_but_not_the_register(risk, room):
    entry = risk(likelihood="possible", severity="severe")
    room.risks.look(entry.id, "gone")
    assert room.risks.judged() == ()
    assert room.risks.load(entry.id).state == "gone"


def test_gone_wants_a_reason(risk, room):
    entry = risk()
    with pytest.raises(InvalidEntry) as raised:
        room.risks.save({"gone_on": room.risks.today()}, entry.id, entry.version)
    assert set(raised.value.problems) == {"gone_why"}


def test_a_promise_comes_up_before_the_quarter_and_stops_when_it_is_done():
    made, until = dt.date(2026, 9, 1), dt.date(2026, 10, 1)
    values = {"likelihood": "possible", "severity": "severe", "until": until}
    assert risk_rules.stands(values, Lookback(made)).due == until
    done = {**values, "finished": dt.date(2026, 9, 20)}
    assert risk_rules.stands(done, Lookback(made)).due == dt.date(2026, 12, 1)
