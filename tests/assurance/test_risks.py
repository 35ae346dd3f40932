"""Risks: judged in words, looked at each quarter, and what changed since."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.assurance import risk_rules
from dpdesk.assurance.coming_up import Lookback
from dpdesk.errors import InvalidEntry, NotFound

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


def test_what_rose_and_fell_is_said_in_a_sentence():
    assert risk_rules.change_said([0, 0]).endswith("none rose or fell.")
    assert risk_rules.change_said([1, 2, 0]).endswith("2 rose and none fell.")
    assert risk_rules.change_said([1, -1]).endswith("1 rose and 1 fell.")


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


def incident(desk, outcome, kind="email_wrong", **more):
    values = {
        "summary": "A letter",
        "aware": desk.breaches.breaches.database.now(),
        "incident_type": kind,
        **more,
    }
    entry = desk.breaches.breaches.save({**values, "outcome": outcome}).entry
    return entry.reference


def proposed(room):
    return {each.name: each for each in room.proposals.all()}


def test_breaches_near_misses_and_gaps_are_proposed_as_risks(desk, room, asset):
    again = "It happens again: data e-mailed to the wrong recipient"
    nearly = "It happens again: failure to use bcc"
    first, second = incident(desk, "breach"), incident(desk, "near_miss")
    incident(desk, "near_miss", "bcc")
    incident(desk, "false_alarm", "redact")
    incident(desk, "breach", "portal", drill="yes")
    asset("Alumni list")
    found = proposed(room)
    assert found[again].hint.origin == "breach"
    assert found[again].hint.words == f"{first}, {second}"
    assert found[nearly].hint.origin == "near_miss"
    assert not any("redact" in name or "portal" in name for name in found)
    gaps = [each for each in found.values() if each.hint.origin == "finding"]
    assert any("without an owner" in each.name for each in gaps)
    assert all("Alumni" not in each.name for each in gaps)


def test_a_proposal_becomes_a_risk_once(desk, room):
    reference = incident(desk, "breach")
    (name,) = [name for name in proposed(room) if name.startswith("It happens again")]
    room.proposals.add([name])
    (risk,) = [each.entry for each in room.risks.judged()]
    assert (risk.values["origin"], risk.values["origin_words"]) == ("breach", reference)
    assert risk.state == "open"
    assert proposed(room)[name].there
    room.risks.save({"name": "Wrong addresses"}, risk.id, risk.version)
    assert proposed(room)[name].there, "known by where it came from"
    room.proposals.add([name])
    assert len(room.risks.judged()) == 1


def test_what_is_not_proposed_is_not_added(room):
    with pytest.raises(NotFound):
        room.proposals.add(["Something else"])
    assert room.risks.judged() == ()
