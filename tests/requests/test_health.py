"""Data about health is given only with a health professional's opinion of the last six months."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.requests.duties import RequestAnswers
from dpdesk.requests.health import health_problem, opinion_until
from tests.builders import a_pdf, a_request

TODAY = dt.date(2026, 11, 20)
SETTLED = {"identity_documents": ("passport",), "subject_kind": "staff", "relationship": "self"}
HEALTH = {"health_data": "given", "opinion_from": "Dr Pat Sample"}
FINE = {"opinion_given": dt.date(2026, 11, 9), "opinion_says": "no_harm"}


def change(desk, entry, **values):
    fresh = desk.requests.requests.load(entry.id)
    return desk.requests.requests.save(values, fresh.id, fresh.version).entry


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, ""),
        ({"health_data": "none"}, ""),
        ({"health_data": "seen"}, ""),
        ({"health_data": "withheld"}, ""),
        (HEALTH, "opinion_given"),
        ({**HEALTH, "opinion_given": TODAY}, "opinion_says"),
        ({**HEALTH, **FINE}, ""),
        ({**HEALTH, **FINE, "opinion_says": "part"}, ""),
        ({**HEALTH, **FINE, "opinion_says": "harm"}, "health_data"),
        # Six months to the day still count; the day after does not.
        ({**HEALTH, **FINE, "opinion_given": dt.date(2026, 5, 20)}, ""),
        ({**HEALTH, **FINE, "opinion_given": dt.date(2026, 5, 19)}, "opinion_given"),
        # Where no copy of data is given, no opinion is needed.
        ({**HEALTH, "kind": "rectification"}, ""),
    ],
)
def test_what_is_open_before_data_about_health_is_given(values, field):
    assert health_problem({"kind": "access", **values}, TODAY)[0] == field


def test_a_month_without_that_day_ends_the_opinion_on_its_last_day():
    assert opinion_until({"opinion_given": dt.date(2026, 8, 31)}) == dt.date(2027, 2, 28)


def test_without_an_opinion_nothing_is_built_or_handed_over_unless_somebody_says_why(desk):
    entry = a_request(desk, **SETTLED, **HEALTH)
    desk.documents.add("requests", entry.id, "notes.pdf", a_pdf("Notes of the school nurse"))
    given = {"given_on": TODAY, "how": "collected", "to_whom": "Robin Example"}
    with pytest.raises(DpdeskError, match="Sch 3 para 6"):
        desk.disclosure.releases.release(entry.id)
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.handovers.save(given, parent_id=entry.id)
    assert "opinion of a health professional" in caught.value.problems["to_whom"]
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, ready_on=TODAY)
    assert "opinion" in caught.value.problems["ready_on"]
    change(desk, entry, opinion_why="Our solicitor advised it: the person wrote it themselves")
    assert desk.disclosure.releases.release(entry.id).number == 1
    assert desk.requests.requests.handovers.save(given, parent_id=entry.id).entry.id


def test_what_counts_is_the_day_on_which_it_was_handed_over(desk):
    old = {**FINE, "opinion_given": dt.date(2026, 5, 12)}
    entry = a_request(desk, **SETTLED, **HEALTH, **old, received=dt.date(2026, 11, 2))
    given = {"how": "collected", "to_whom": "Robin Example"}
    with pytest.raises(InvalidEntry):
        desk.requests.requests.handovers.save({**given, "given_on": TODAY}, parent_id=entry.id)
    in_time = {**given, "given_on": dt.date(2026, 11, 12)}
    assert desk.requests.requests.handovers.save(in_time, parent_id=entry.id).entry.id


def test_the_letter_asks_the_professional_and_notes_the_day(desk):
    entry = a_request(desk, **SETTLED, **HEALTH, opinion_address="Example Surgery")
    asked = "Ask for a health professional’s opinion: Robin Example"
    texts = [duty.text for duty in RequestAnswers(desk.requests.requests).duties()]
    assert asked in texts
    letters = desk.requests.letters
    letter = letters.write("health_opinion", entry)
    assert "Dear Dr Sample," in letter.text
    assert "serious harm" in letter.text
    assert letter.missing == ()
    assert letters.addressee("health_opinion", entry) == "Dr Pat Sample"
    draft = letters.draft("health_opinion", entry)
    letters.send("health_opinion", entry, draft, sent_on=TODAY, how="post")
    assert desk.requests.requests.load(entry.id).values["opinion_asked"] == TODAY
    texts = [duty.text for duty in RequestAnswers(desk.requests.requests).duties()]
    assert asked not in texts


def test_an_opinion_that_runs_out_before_the_answer_is_due_is_warned_of(desk):
    old = {**FINE, "opinion_given": dt.date(2026, 5, 25)}
    entry = a_request(desk, **SETTLED, **HEALTH, **old)
    assert any("25 November 2026" in each for each in desk.requests.requests.cautions(entry))
    entry = change(desk, entry, **FINE)
    assert not any("opinion" in each for each in desk.requests.requests.cautions(entry))


def test_an_opinion_without_its_day_is_refused(desk):
    entry = a_request(desk, **SETTLED, **HEALTH)
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, opinion_asked=dt.date(2026, 11, 1))
    assert list(caught.value.problems) == ["opinion_asked"]
