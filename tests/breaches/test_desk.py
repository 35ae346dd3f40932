"""The breach log among the other rooms: Home, search, paper, spreadsheet and links."""

from __future__ import annotations

import csv
import io

from dpdesk.law.words import long_moment
from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Query
from tests.breaches.conftest import AWARE, WHOLE
from tests.builders import a_request
from tests.papers.reading import text_of


def test_home_puts_a_running_clock_first(desk, incident):
    a_request(desk, received=AWARE.date())
    entry = incident()
    first = desk.overview.duties()[0]
    assert first.duties[0].reference == entry.reference
    assert any("not assigned to anyone" in each.text for each in desk.overview.findings())


def test_search_finds_a_breach_by_its_words(desk, incident):
    entry = incident(what="The address was guessed by the mail program.")
    assert [match.reference for match in desk.search.find("guessed")] == [entry.reference]


def test_an_entry_prints_with_its_parts_and_why_the_date(desk, breaches, incident):
    entry = incident(**WHOLE)
    breaches.actions.save({"what": "Switch suggestions off", "owner": "DP"}, parent_id=entry.id)
    words = text_of(desk.prints.entry(entry, breaches.clock(entry)).content)
    for part in ("Switch suggestions off", "72 hours", "Special educational needs"):
        assert part in words
    assert long_moment(AWARE) in words


def test_a_breach_and_a_request_can_be_linked(desk, incident):
    entry, request = incident(), a_request(desk)
    desk.links.draw("breaches", entry.id, "requests", request.id)
    (link,) = desk.links.of_entry("requests", request.id)
    assert link.reference == entry.reference


def test_the_log_leaves_as_the_spreadsheet_that_the_policy_asks_for(breaches, incident):
    incident(outcome="near_miss")
    incident(**WHOLE)
    columns = ("aware", "outcome", "incident_type", "decision", "cause")
    made = spreadsheet.export_csv(breaches.listing(Query(columns=columns)))
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {"Near miss", "Breach"} <= {cell for row in rows for cell in row}


def test_names_of_a_request_are_warned_of_in_a_report(desk, incident):
    a_request(desk, subject="Kit Invented", requester="Pat Invented", relationship="mother")
    entry = incident(what="The letter for Pat Invented came back.")
    warned = desk.breaches.reporting.warnings(entry, desk.breaches.reporting.answers(entry))
    assert [each.found for each in warned] == ["Pat Invented"]


def test_due_dates_are_worked_out_afresh_without_harm(desk, breaches, incident):
    entry = incident(**WHOLE)
    desk.breaches.reporting.send(entry, sent_at=AWARE, channel="phone")
    desk.calendar_changed()
    assert breaches.load(entry.id).state == "remediate"
    assert desk.check().problems == ()
