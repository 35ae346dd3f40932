"""What answers imply is filled in once, and never against an answer that stands."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.breaches.carried import KnownBeside, carried, taken
from dpdesk.breaches.rules import proposal
from dpdesk.law.breach_lists import cyber_types
from dpdesk.law.pick_lists import choices
from tests.breaches.conftest import AWARE, WHOLE

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
DANA = KnownBeside(NOW, "Dana Pryce", training="An hour every September.")
LOGGED = {"summary": "x", "aware": AWARE}


@pytest.mark.parametrize(
    ("kind", "implied"),
    [
        ("email_wrong", {"cyber": "no", "equipment": "no", "kinds": ("d",), "cause": "person"}),
        ("paper_lost", {"cyber": "no", "kinds": ("a",), "cause": "theft", "encrypted": "none"}),
        ("device_lost", {"cyber": "no", "equipment": "yes", "kinds": ("a",), "cause": "theft"}),
        ("phishing", {"cyber": "yes", "kinds": ("f",), "cause": "attack"}),
        (
            "verbal",
            {
                "cyber": "no",
                "equipment": "no",
                "kinds": ("d",),
                "cause": "person",
                "encrypted": "none",
            },
        ),
    ],
)
def test_the_kind_says_whether_it_is_cyber_which_policy_kind_and_why(kind, implied):
    assert carried(LOGGED | {"incident_type": kind}, LOGGED, DANA) == implied


@pytest.mark.parametrize("kind", [each.code for each in choices("incident_types", "breaches")])
def test_every_kind_says_whether_it_is_cyber(kind):
    said = carried(LOGGED | {"incident_type": kind}, LOGGED, DANA)["cyber"]
    assert said == ("yes" if kind in cyber_types() else "no")


def test_an_answer_that_stands_stays_and_a_cleared_one_stays_clear():
    values = LOGGED | {"incident_type": "device_lost", "equipment": "no", "cause": "supplier"}
    found = carried(values, LOGGED, DANA)
    assert not {"equipment", "cause"} & set(found)
    assert carried(values | {"equipment": None}, values, DANA) == {}


def test_another_kind_takes_along_what_the_first_one_implied():
    before = LOGGED | {"incident_type": "device_lost"}
    before |= carried(before, LOGGED, DANA)
    found = carried(before | {"incident_type": "phishing"}, before, DANA)
    assert found == {"cyber": "yes", "equipment": None, "kinds": ("f",), "cause": "attack"}
    mine = before | {"cause": "inside"}
    assert "cause" not in carried(mine | {"incident_type": "phishing"}, mine, DANA)


def test_an_outcome_says_when_by_whom_and_why():
    values = LOGGED | {"incident_type": "email_wrong", "outcome": "breach"}
    found = carried(values, LOGGED | {"incident_type": "email_wrong"}, DANA)
    assert (found["triaged"], found["triaged_by"]) == (NOW, "Dana Pryce")
    assert "sent by e-mail" in found["triage_why"]
    assert found["training"] == DANA.training, "the school trains its staff as it did"


def test_numbers_kinds_and_training_carry_what_follows_from_them():
    found = carried(
        LOGGED
        | {"people": 23, "records": 1, "data_kinds": ("send", "fees"), "people_kinds": ("pupils",)}
        | {"trained_on": dt.date(2026, 9, 2)},
        LOGGED,
        DANA,
    )
    assert found == {
        "people_certainty": "exact", "records_certainty": "exact", "living": "yes",
        "harms": ("social", "finance"), "trained": "yes",
    }  # fmt: skip
    assert "living" not in carried(LOGGED | {"data_kinds": ("unknown",)}, LOGGED, DANA)
    about = LOGGED | {"people": 20, "people_certainty": "about"}
    assert carried(about, LOGGED, DANA) == {}


def test_a_decision_to_report_answers_what_the_form_asks_about_it():
    before = LOGGED | {"outcome": "breach"}
    found = carried(before | {"decision": "report_and_tell"}, before, DANA)
    assert found == {
        "decided": NOW, "decided_by": "Dana Pryce", "report_reason": "meets",
        "first_contact": "yes", "telling": "telling",
    }  # fmt: skip
    again = KnownBeside(NOW, "Dana Pryce", reported_before=True)
    assert carried(before | {"decision": "report"}, before, again)["first_contact"] == "no"
    silent = carried(before | {"decision": "not_reportable"}, before, DANA)
    assert set(silent) == {"decided", "decided_by"}
    assert (
        carried(before | silent | {"decision": "report"}, before | {"decision": "report"}, DANA)
        == {}
    )


def test_the_proposal_taken_brings_its_reasons_and_what_it_says_of_a_high_risk():
    grave = WHOLE | {"likelihood": "very_likely", "severity": "severe", "recovered": "no"}
    found = taken(proposal(grave))
    assert (found["decision"], found["high_risk"]) == ("report_and_tell", "yes")
    assert "Special educational needs" in found["decision_why"]
    assert "We judge" in found["decision_why"]
    assert "you" not in found["decision_why"].casefold().split(), "the school speaks"
    assert taken(proposal(WHOLE))["high_risk"] == "no"
    unsure = {name: said for name, said in WHOLE.items() if name != "likelihood"}
    assert taken(proposal(unsure))["high_risk"] is None, "no one said that it is not likely"


def test_what_was_reported_before_is_known_from_the_log(desk, breaches, reporting, incident):
    plain = {name: said for name, said in WHOLE.items() if name != "first_contact"}
    first = incident(**plain)
    assert first.values["first_contact"] == "yes"
    reporting.send(first, sent_at=AWARE, channel="online")
    assert incident(**plain).values["first_contact"] == "no"
    bare = incident()
    said = breaches.carried({**bare.values, "outcome": "breach"}, bare.values, bare.id)
    assert said["training"] == WHOLE["training"]


def test_the_log_stops_saying_that_people_are_about_to_be_told_once_they_were(
    desk, breaches, incident
):
    entry = incident(**WHOLE | {"telling": "telling", "not_telling": None})
    saved = breaches.told.save({"whom": "police", "told_at": AWARE}, parent_id=entry.id)
    assert breaches.load(entry.id).values["telling"] == "telling"
    saved = breaches.told.save({"whom": "parents", "told_at": AWARE}, parent_id=entry.id)
    assert breaches.load(entry.id).values["telling"] == "told"
    breaches.told.undo(saved)
    assert breaches.load(entry.id).values["telling"] == "telling"


@pytest.mark.parametrize("said", ["aware", "other"])
def test_an_answer_of_ones_own_about_telling_is_not_overtaken(breaches, incident, said):
    entry = incident(**WHOLE | {"telling": said})
    breaches.told.save({"whom": "people", "told_at": AWARE}, parent_id=entry.id)
    assert breaches.load(entry.id).values["telling"] == said


def test_who_is_yet_to_be_told_was_not_told(breaches, incident):
    entry = incident(**WHOLE | {"telling": "planning", "not_telling": None})
    breaches.told.save({"whom": "people"}, parent_id=entry.id)
    assert breaches.load(entry.id).values["telling"] == "planning"
