"""A log of years asks as few statements as a new one, however many incidents there are."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert

from dpdesk.breaches.duties import BreachAnswers
from dpdesk.breaches.parts import Action, Report
from dpdesk.breaches.records import Breach
from dpdesk.overview.service import OverviewService
from dpdesk.registers.entries import Query
from tests.breaches.conftest import AWARE
from tests.builders import statements

MANY = 1_200
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def fill(desk, number):
    """Closed incidents, each with an action, and every other one with a report."""
    common = {"version": 1, "created_at": AWARE, "changed_at": AWARE}
    told = {
        "summary": "Letter to the wrong house",
        "title": "Letter to the wrong house",
        "state": "resolved",
        "due": "2027-05-19",
        "outcome": "breach",
        "decision": "not_reportable",
        "decision_why": "Returned unopened.",
        "cause": "person",
        "found_by": "Robin Example",
        "aware": AWARE,
        "resolved": dt.date(2026, 11, 20),
    }
    half = {"decision": "report", "due": None}
    numbers = range(1001, 1001 + number)
    rows = [
        {"id": n, "reference": f"BR-2025-{n}", **common, **told, **(half if n % 2 else {})}
        for n in numbers
    ]
    part = {"title": "", "state": "", "due": None, **common}
    sent = {"sent_at": AWARE, "kind": "initial", "channel": "online", **part}
    done = {"what": "Train", "done": LAST, **part}
    reports = [{"reference": f"R{n}", "parent_id": n, **sent} for n in numbers if n % 2]
    actions = [{"reference": f"A{n}", "parent_id": n, **done} for n in numbers]
    with desk.workspace.database.changing() as change:
        change.session.execute(insert(Breach), rows)
        change.session.execute(insert(Report), reports)
        change.session.execute(insert(Action), actions)


def _home(desk) -> None:
    """All that Home asks when it is drawn for the first time."""
    overview = OverviewService(desk.rooms, desk.ground)
    overview.duties()
    overview.findings()


def works(desk):
    """What pages and Home ask of the log."""
    answers = BreachAnswers(desk.breaches.breaches)
    return {
        "list": lambda: desk.breaches.breaches.listing(Query(chip="not_reported")),
        "duties": lambda: list(answers.duties()),
        "findings": lambda: list(answers.findings()),
        "measures": lambda: list(answers.measures(FIRST, LAST)),
        "evidence": lambda: list(answers.evidence()),
        "home": lambda: _home(desk),
        "log": desk.breaches.log.spreadsheet,
        "names": lambda: sum(
            1 for _ in desk.breaches.breaches.names(desk.breaches.breaches.blank())
        ),
    }


def test_many_incidents_ask_for_no_more_statements_than_one(desk, incident):
    incident(outcome="breach")
    desk.school.calendar()  # read once and kept
    few = {name: statements(desk, work) for name, work in works(desk).items()}
    fill(desk, 200)
    many = {name: statements(desk, work) for name, work in works(desk).items()}
    assert all(many[name] <= number for name, number in few.items()), (few, many)
    whole = few.pop("home")
    assert max(few.values()) < 20
    assert whole < 220, "all features together"


def test_many_incidents_are_listed_counted_and_handed_out_at_once(desk, breaches, incident):
    entry = incident(outcome="breach")
    reporting = desk.breaches.reporting

    def warn():
        reporting.warnings(entry, reporting.answers(entry))

    alone = statements(desk, warn)
    fill(desk, MANY)
    listing = breaches.listing(Query(chip="not_reported"))
    assert len(listing.rows) == MANY // 2
    answers = BreachAnswers(breaches)
    assert len(list(answers.duties())) == 1
    figures = desk.breaches.figures.between(FIRST, LAST)
    assert (figures.logged, figures.reported) == (MANY + 1, MANY // 2)

    def save():
        now = breaches.load(entry.id)
        breaches.save({"notes": f"{now.version}"}, now.id, now.version)

    assert statements(desk, save) < 25
    assert statements(desk, warn) <= alone


def test_a_changed_setting_works_them_all_out_afresh_without_asking_for_each(desk, incident):
    incident(outcome="breach")
    fill(desk, 200)
    settings = desk.breaches.breaches.settings
    changes = []
    count = statements(desk, lambda: changes.append(settings.save({"review_months": 12}).changes))
    assert len([key for key, _ in changes[0].entries if key == "breaches"]) == 100
    assert count < 120, "one to write each that differs; none to ask for each"
