"""What a save sends to the database: every row once and whole, and found by its words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import event

from dpdesk.registers.entries import Query
from tests.registers.invented import FULL, Parcels, make_tables


@pytest.fixture
def parcels(desk, clock) -> Parcels:
    make_tables(desk.workspace.database)
    return Parcels(desk.workspace.database, clock)


@pytest.fixture
def written(desk):
    """Says what a piece of work writes into the table of the parcels, in order."""

    def by(work):
        found = []

        def noted(_connection, _cursor, statement, *_more):
            words = statement.split()
            if words[0] in {"INSERT", "UPDATE"} and "test_parcels" in words[1:3]:
                found.append(words[0])

        engine = desk.workspace.database.engine
        event.listen(engine, "before_cursor_execute", noted)
        try:
            work()
        finally:
            event.remove(engine, "before_cursor_execute", noted)
        return found

    return by


def test_an_entry_is_written_once_with_its_title_state_and_due_date(parcels, written):
    saved = []
    assert written(lambda: saved.append(parcels.save(FULL))) == ["INSERT"]
    entry = saved[0].entry
    change = {"name": "A larger globe", "note": "gone"}
    assert written(lambda: parcels.save(change, entry.id, entry.version)) == ["UPDATE"]
    now = parcels.load(entry.id)
    assert (now.title, now.state, now.version) == ("A larger globe (0)", "gone", 2)


def test_a_part_writes_its_entry_only_where_that_differs(parcels, written):
    entry = parcels.save(FULL).entry
    saved = parcels.labels.save({"words": "This way up"}, parent_id=entry.id).entry
    again = {"words": "That way up"}
    assert written(lambda: parcels.labels.save(again, saved.id, saved.version)) == []
    assert written(lambda: parcels.labels.archive(saved.id, 2)) == ["UPDATE"]


def test_rules_see_what_the_same_transaction_did_before(parcels):
    with parcels.database.changing() as change:
        row = parcels.save_within(change, {"name": "one"})
        for words in ("This way up", "Fragile"):
            parcels.labels.save_within(change, {"words": words}, parent_id=row.id)
        again = parcels.save_within(change, {"name": "two"}, row.id, row.version)
        assert again.title == "two (2)"
    assert parcels.load(again.id).title == "two (2)"


def test_numbers_and_references_count_on_within_one_transaction(parcels):
    with parcels.database.changing() as change:
        rows = [parcels.save_within(change, {"name": name}) for name in ("one", "two", "three")]
        labels = [
            parcels.labels.save_within(change, {"words": "x"}, parent_id=row.id)
            for row in (*rows, rows[0])
        ]
        references = [row.reference for row in rows]
        parts = [row.reference.partition("/")[2] for row in labels]
        numbers = [row.id for row in labels]
    assert references == ["PA-2026-001", "PA-2026-002", "PA-2026-003"]
    assert parts == ["test_labels-1", "test_labels-1", "test_labels-1", "test_labels-2"]
    assert numbers == sorted(set(numbers))


def test_what_was_taken_back_leaves_no_number_behind(parcels):
    with suppress(RuntimeError), parcels.database.changing() as change:
        parcels.save_within(change, {"name": "one"})
        raise RuntimeError
    assert parcels.save({"name": "two"}).entry.reference == "PA-2026-001"


WORDS = "anvil birch copper drum ember".split()


def test_the_search_finds_what_an_entry_says_now_and_nothing_it_said_before(desk, parcels):
    other = parcels.save({"name": "other", "note": "anvil"}).entry
    entry = parcels.save({"name": "first"}).entry
    for says in (WORDS[1:3], WORDS[2:], [], WORDS[4:], WORDS[1:]):
        entry = parcels.save({"note": " ".join(says)}, entry.id, entry.version).entry
        parcels.labels.save({"words": "x"}, parent_id=entry.id)
        for word in WORDS[1:]:
            found = [row[0] for row in parcels.listing(Query(search=word)).rows]
            assert found == ([entry.id] if word in says else [])
        assert [row[0] for row in parcels.listing(Query(search="anvil")).rows] == [other.id]
    assert desk.check().problems == ()


def test_a_title_that_follows_from_a_part_is_found(parcels):
    entry = parcels.save({"name": "globe"}).entry
    assert parcels.listing(Query(search="globe 1")).rows == []
    parcels.labels.save({"words": "x"}, parent_id=entry.id)
    assert [row[0] for row in parcels.listing(Query(search="globe 1")).rows] == [entry.id]
