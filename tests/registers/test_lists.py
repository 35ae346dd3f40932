"""Lists of a register: order, chips, words in cells, and search however a name is typed."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.law.folding import expression, fold
from dpdesk.registers.entries import Query
from tests.builders import statements
from tests.registers.invented import FULL, Parcels, make_tables


@pytest.fixture
def parcels(desk, clock) -> Parcels:
    make_tables(desk.workspace.database)
    return Parcels(desk.workspace.database, clock)


def test_entries_without_the_value_come_last_whichever_way_the_list_is_turned(parcels):
    for name, pieces in (("a", 2), ("b", None), ("c", 1), ("d", None)):
        parcels.save({"name": name, "pieces": pieces})
    for sort, wanted in (("pieces", "cabd"), ("-pieces", "acbd")):
        listing = parcels.listing(Query(sort=sort))
        assert "".join(listing.cell(row, 1)[0] for row in range(4)) == wanted


def test_names_sort_without_regard_to_capitals(parcels):
    for name in ("beta", "Alpha", "Gamma", "alpha two"):
        parcels.save({"name": name})
    listing = parcels.listing(Query(sort="name"))
    assert [listing.cell(row, 1)[0].lower() for row in range(4)] == ["a", "a", "b", "g"]


def test_a_list_that_was_arranged_by_another_version_still_opens(parcels):
    parcels.save({"name": "a"})
    listing = parcels.listing(Query(sort="-weight", columns=("weight", "pieces"), chip="heavy"))
    assert [column.name for column in listing.columns] == [
        "reference", "title", "state", "due", "pieces",
    ]  # fmt: skip
    assert len(listing.rows) == 1


def test_chips_count_and_filter(parcels, clock):
    parcels.save({"name": "a", "came": dt.date(2026, 11, 1)})
    parcels.save({"name": "b", "came": dt.date(2026, 11, 19), "note": "gone"})
    gone = parcels.save({"name": "c"}).entry
    parcels.archive(gone.id, gone.version)
    listing = parcels.listing(Query(chip="late"))
    assert listing.counts == {"all": 2, "here": 1, "late": 1}
    assert (len(listing.rows), listing.total) == (1, 2)
    clock.on(dt.date(2026, 12, 1))
    assert parcels.listing().counts["late"] == 2


def test_cells_are_in_words(parcels):
    parcels.save(FULL)
    names = ("name", "fragile", "came", "seen", "pieces", "cost", "colour", "colours", "inside")
    listing = parcels.listing(Query(columns=names))
    assert [listing.cell(0, column) for column in range(len(listing.columns))] == [
        "PA-2026-001", "A globe (0)", "Here", "2026-11-10", "A globe", "Yes", "3 November 2026",
        "3 November 2026, 09:30", "2", "£12.50", "Blue", "Red, Blue", "",
    ]  # fmt: skip
    assert listing.find(listing.id(0)) == 0
    assert listing.find(4711) == -1


NAMES = ["O’Brien", "Wójcik", "Łódź", "Ελένη", "Nguyễn", "Çelik", "Şahin", "Smith-Jones", "Strauß"]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("obrien", "O’Brien"), ("brien", "O’Brien"), ("O'Brien", "O’Brien"), ("o’br", "O’Brien"),
        ("wojcik", "Wójcik"), ("WÓJ", "Wójcik"), ("lodz", "Łódź"), ("łódź", "Łódź"),
        ("ελενη", "Ελένη"), ("ΕΛΈΝΗ", "Ελένη"), ("nguyen", "Nguyễn"), ("celik", "Çelik"),
        ("sahin", "Şahin"), ("jones", "Smith-Jones"), ("smith jones", "Smith-Jones"),
        ("strauss", "Strauß"), ("STRAUSS", "Strauß"),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_typed(parcels, sought, found):
    for name in NAMES:
        parcels.save({"name": name})
    listing = parcels.listing(Query(search=sought))
    assert [listing.cell(row, 1) for row in range(len(listing.rows))] == [f"{found} (0)"]


def test_search_follows_changes_and_leaves_out_what_is_not_searched(parcels):
    entry = parcels.save(FULL).entry
    assert len(parcels.listing(Query(search="globe glass")).rows) == 1
    assert len(parcels.listing(Query(search="nothing")).rows) == 0
    parcels.save({"why_fragile": "paper", "name": "A map"}, entry.id, entry.version)
    assert len(parcels.listing(Query(search="glass")).rows) == 0
    assert len(parcels.listing(Query(search="paper map")).rows) == 1


@pytest.mark.parametrize(
    "typed",
    ['"', "a*b", "NEAR(", "x AND", "-", "col:x", "^", "()", "'; DROP TABLE", "ⅷ", "۞", "a_b", "_"],
)
def test_whatever_is_typed_into_a_search_is_only_looked_for(parcels, typed):
    parcels.save({"name": "A globe"})
    assert len(parcels.listing(Query(search=typed)).rows) in {0, 1}


def test_folding_twice_changes_nothing_more():
    for word in (*NAMES, "İstanbul", "ﬁne™", "Å", "ǅ", "Straße"):
        assert fold(fold(word)) == fold(word)
        assert fold(word) == fold(word.upper()) or word in {"Łódź", "İstanbul", "Ελένη"}
    assert expression("O’Brien, 7") == '"obrien"* "7"*'


# --- how many statements ----------------------------------------------------------------------


def test_a_list_takes_as_many_reads_for_three_entries_as_for_one(desk, parcels):
    parcels.save(FULL)
    parcels.listing()
    one = statements(desk, lambda: parcels.listing(Query(search="globe", chip="here")))
    for _ in range(2):
        entry = parcels.save(FULL).entry
        parcels.labels.save({"words": "x"}, parent_id=entry.id)
    three = statements(desk, lambda: parcels.listing(Query(search="globe", chip="here")))
    assert three == one
    assert one <= 4


def test_choices_for_a_link_are_found_by_words(parcels):
    one, two = (parcels.save({"name": name}).entry for name in ("A big box", "A small box"))
    field = parcels.register.field("inside")
    parcels.archive(two.id, two.version)
    assert parcels.link_choices(field) == [(one.id, "PA-2026-001 A big box (0)")]
    assert parcels.link_choices(field, "small") == []
    assert parcels.link_label(field, two.id) == "PA-2026-002 A small box (0)"
    assert parcels.link_label(field, 99) == ""
