"""What saving one entry costs, in statements: each is a good part of a millisecond.

The promise of speed itself is measured by ``dev.py bench save``.
"""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from sqlalchemy import Engine, event

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.registers.service import RegisterService
from dpdesk.store.database import STATEMENTS
from tests.builders import PASSPHRASE, TODAY, statements

NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
REQUEST = {"subject": "Nobody Atall", "subject_kind": "pupil", "received": TODAY}


def costs(desk, service: RegisterService, answers, field: str) -> tuple[int, int]:
    """Statements of a new entry and of a changed one, once the first has been saved."""
    entry = service.save({**service.blank().values, **answers}).entry
    new = statements(desk, lambda: service.save({**service.blank().values, **answers}))
    values = {field: "Other words"}
    return new, statements(desk, lambda: service.save(values, entry.id, entry.version))


@pytest.fixture
def registers(desk):
    """Registers with answers for an entry, a field to change, and what both may cost.

    A changed entry is found by the words of its parts too: which kinds it has any of is asked
    once. Assets ask which flags stand.
    """
    return {
        "requests": (desk.requests.requests, REQUEST, "asked", (9, 12)),
        "breaches": (
            desk.breaches.breaches,
            {"summary": "Letter", "aware": NOW},
            "notes",
            (11, 20),
        ),
        "assets": (desk.assets.assets, {"name": "Pupil files"}, "description", (9, 12)),
        "systems": (desk.assets.systems, {"name": "Markbook"}, "owner", (12, 13)),
    }


@pytest.mark.parametrize("key", ["requests", "breaches", "assets", "systems"])
def test_an_entry_is_saved_in_a_few_statements(desk, registers, key):
    service, answers, field, most = registers[key]
    found = costs(desk, service, answers, field)
    assert all(each <= allowed for each, allowed in zip(found, most, strict=True)), (found, most)


@pytest.mark.parametrize("key", ["requests", "breaches"])
def test_a_matter_that_touches_nothing_does_not_read_what_is_kept(desk, registers, key):
    service, answers, field, _ = registers[key]
    without = costs(desk, service, answers, field)
    room = desk.retention
    room.schedule.adopt_defaults(["P04", "H07"])
    rule = room.holdings.link_named(room.holdings.register.field("rule"), "P04")
    born = dt.date(2012, 3, 1)
    room.many.add(
        [
            {"what": "Pupil file", "rule": rule, "person": f"Zoe Z{n}", "born": born}
            for n in range(9)
        ]
    )
    for _ in range(5):
        desk.requests.requests.save(
            {**desk.requests.requests.blank().values, **REQUEST, "subject": "Quy Nothere"}
        )
    kept = costs(desk, service, answers, field)
    assert max(now - before for now, before in zip(kept, without, strict=True)) <= 4


def test_a_kind_of_parts_is_read_only_where_the_entry_has_some(desk):
    requests = desk.requests.requests
    entry = requests.save({**requests.blank().values, **REQUEST}).entry
    requests.searches.save({"place": "Zinnober cupboard"}, parent_id=entry.id)
    entry = requests.load(entry.id)
    words = {"asked": "Quandong letters"}
    sent = statements(desk, lambda: requests.save(words, entry.id, entry.version))
    assert sent <= 13
    for sought in ("zinnober", "quandong"):
        assert [hit.reference for hit in desk.search.find(sought)] == [entry.reference]


def test_words_that_no_search_finds_leave_the_index_alone(desk):
    requests = desk.requests.requests
    entry = requests.save({**requests.blank().values, **REQUEST, "asked": "Quandong"}).entry
    again = {"received": TODAY - dt.timedelta(3)}
    requests.save(again, entry.id, entry.version)
    assert [hit.reference for hit in desk.search.find("quandong")] == [entry.reference]


def test_a_connection_keeps_ready_what_opening_and_every_list_send(template, tmp_path):
    sent: set[str] = set()

    def noted(_connection, _cursor, statement, *_more):
        sent.add(statement)

    event.listen(Engine, "after_cursor_execute", noted)
    try:
        other = Desk.open(template.copy(tmp_path / "other"), PASSPHRASE)
        for service in other.registers.values():
            service.listing()
            with contextlib.suppress(DpdeskError):
                service.save(service.blank().values)
        other.close()
    finally:
        event.remove(Engine, "after_cursor_execute", noted)
    assert 4 * len(sent) < STATEMENTS


def test_a_part_costs_hardly_more_than_its_entry(desk):
    entry = desk.requests.requests.save({**desk.requests.requests.blank().values, **REQUEST}).entry
    place = {"place": "Office"}
    desk.requests.requests.searches.save(place, parent_id=entry.id)
    part = statements(desk, lambda: desk.requests.requests.searches.save(place, parent_id=entry.id))
    # One of them asks for the day on which the request came: nothing was searched before it.
    assert part <= 23
