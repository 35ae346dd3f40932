"""No report to the regulator holds a name that stands in any register."""

from __future__ import annotations

import datetime as dt

from tests.builders import a_request


def test_names_typed_anywhere_in_the_workspace_are_known(desk, incident):
    request = a_request(
        desk,
        subject="Kit Unheard",
        subject_kind="staff",
        identity_documents=("known",),
        requester="Bo Zest",
        received_by="Cy Quill",
    )
    given = {"to_whom": "Di Vantage", "given_on": dt.date(2026, 11, 10), "how": "collected"}
    desk.requests.requests.handovers.save(given, parent_id=request.id)
    other = incident(found_by="Eli Marrow", staff="Flo Tansy and Gus Umber")
    desk.breaches.breaches.staff.save({"post": "Tutor", "name": "Hal Yonder"}, parent_id=other.id)
    told = {"whom": "people", "name": "Ivo Larch"}
    desk.breaches.breaches.told.save(told, parent_id=other.id)
    desk.breaches.breaches.told.save({"whom": "insurer", "name": "Jot Mutual"}, parent_id=other.id)
    people = "Kit Unheard|Bo Zest|Cy Quill|Di Vantage|Eli Marrow|Flo Tansy|Gus Umber|Hal Yonder|"
    wanted = [*f"{people}Ivo Larch".split("|")]
    entry = incident(what="; ".join([*wanted, "Jot Mutual"]))
    warned = desk.breaches.reporting.warnings(entry, desk.breaches.reporting.answers(entry))
    assert [each.found for each in warned] == wanted
