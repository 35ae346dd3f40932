"""What can be done with a register, on one that has every kind of field."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal

import pytest
from sqlalchemy import text

from dpdesk.errors import InvalidEntry, NotFound, StaleEntry
from dpdesk.registers.entries import Query
from tests.registers.invented import FULL, Parcels, make_tables


@pytest.fixture
def parcels(desk, clock) -> Parcels:
    make_tables(desk.workspace.database)
    return Parcels(desk.workspace.database, clock)


# --- saving and loading -----------------------------------------------------------------------


def test_every_kind_of_answer_comes_back_as_it_was_given(parcels):
    saved = parcels.save(FULL)
    loaded = parcels.load(saved.entry.id)
    assert dict(loaded.values) == FULL
    assert (loaded.reference, loaded.version, loaded.state) == ("PA-2026-001", 1, "here")
    assert (loaded.title, loaded.due) == ("A globe (0)", "2026-11-10")
    assert saved.changes.entries == {("test_parcels", loaded.id)}


def test_answers_that_are_not_named_stay(parcels):
    entry = parcels.save(FULL).entry
    again = parcels.save({"note": "no dent"}, entry.id, entry.version).entry
    assert again.values == {**FULL, "note": "no dent"}


def test_an_answer_is_taken_away_by_none_or_blank(parcels):
    entry = parcels.save(FULL).entry
    again = parcels.save(
        {"note": "  ", "colours": (), "cost": None, "came": None}, entry.id, entry.version
    ).entry
    assert set(FULL) - set(again.values) == {"note", "colours", "cost", "came"}
    assert again.due is None


def test_text_is_kept_without_what_no_eye_can_see(parcels):
    entry = parcels.save(
        {"name": " A\x00 gl\ud800obe\r\nof brass ", "note": "one\r\ntwo\x07\tthree"}
    ).entry
    assert entry.values["name"] == "A globe of brass"
    assert entry.values["note"] == "one\ntwo\tthree"


def test_a_new_entry_starts_with_the_default_answers(parcels):
    blank = parcels.blank()
    assert (dict(blank.values), blank.id, blank.version) == ({"colour": "red"}, 0, 0)


def test_what_is_not_there_is_not_found(parcels):
    with pytest.raises(NotFound, match="parcel no longer exists"):
        parcels.load(77)
    with pytest.raises(NotFound, match="no parcel PA-1999-001"):
        parcels.find("PA-1999-001")
    with pytest.raises(NotFound):
        parcels.save({"name": "A globe"}, 77, 1)


# --- validation -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", None, "needs an answer"),
        ("name", "   ", "needs an answer"),
        ("name", 7, "cannot hold"),
        ("pieces", -1, "cannot be less than 0"),
        ("pieces", 101, "cannot be more than 100"),
        ("pieces", True, "cannot hold"),
        ("pieces", "2", "cannot hold"),
        ("cost", Decimal(-1), "cannot be less than 0"),
        ("cost", Decimal("NaN"), "cannot hold"),
        ("cost", Decimal("Infinity"), "cannot hold"),
        ("came", dt.date(2026, 11, 21), "is in the future"),
        ("came", dt.date(1026, 11, 1), "check the year (1026)"),
        ("came", "yesterday", "cannot hold"),
        ("seen", dt.datetime(2026, 11, 3, 9), "cannot hold"),  # noqa: DTZ001 — that is the fault
        ("colour", "green", "choose one of the answers offered"),
        ("colours", ("red", "green"), "choose one of the answers offered"),
        ("fragile", "maybe", "choose one of the answers offered"),
        ("inside", 4711, "no longer exists"),
        ("beside", (7,), "cannot hold"),
    ],
)
def test_an_impossible_answer_gets_a_sentence_at_its_field(parcels, name, value, words):
    with pytest.raises(InvalidEntry) as refused:
        parcels.save({**FULL, name: value})
    assert list(refused.value.problems) == [name]
    assert words in refused.value.problems[name]
    assert parcels.listing().total == 0


def test_all_wrong_answers_are_told_at_once(parcels):
    found = parcels.check({"pieces": -1, "came": dt.date(2030, 1, 1)})
    assert list(found) == ["name", "came", "pieces"]


def test_a_question_that_is_not_asked_is_not_checked_but_must_be_storable(parcels):
    entry = parcels.save({"name": "A globe", "fragile": "no", "why_fragile": "glass"}).entry
    assert entry.values["why_fragile"] == "glass"
    with pytest.raises(InvalidEntry):
        parcels.save({"name": "A globe", "fragile": "no", "why_fragile": 7})


def test_a_choice_that_is_no_longer_offered_may_stay_but_not_be_chosen(desk, parcels):
    entry = parcels.save(FULL).entry
    with desk.workspace.database.changing() as change:
        change.session.execute(text("UPDATE test_parcels SET colour = 'green'"))
    old = parcels.load(entry.id)
    assert old.shown("colour") == "green"
    assert parcels.check(old.values, entry.id) == {}
    entry = parcels.save({**old.values, "note": "dusted"}, entry.id, entry.version).entry
    assert entry.values["colour"] == "green"
    with pytest.raises(InvalidEntry):
        parcels.save({"colour": "purple"}, entry.id, entry.version)


def test_conditional_questions_count_as_missing_only_when_asked(parcels):
    assert parcels.missing({"name": "x"}) == ()
    (field,) = parcels.missing({"name": "x", "fragile": "yes"})
    assert field.name == "why_fragile"
    assert [field.name for field in parcels.missing({})] == ["name"]


def test_the_features_own_objection_stands_at_its_field(parcels):
    with pytest.raises(InvalidEntry) as refused:
        parcels.save({"name": "A box", "pieces": 0, "fragile": "yes"})
    assert refused.value.problems == {"fragile": "Nothing cannot break."}


def test_today_is_a_day_at_the_school_not_in_greenwich(parcels, clock):
    clock.moment = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert parcels.check({"name": "x", "came": dt.date(2026, 7, 2)}) == {}


# --- two savers -------------------------------------------------------------------------------


def test_a_stale_save_is_refused_and_changes_nothing(parcels):
    seen = parcels.save(FULL).entry
    parcels.save({"note": "first"}, seen.id, seen.version)
    before = parcels.history(seen.id)
    with pytest.raises(StaleEntry, match="changed elsewhere"):
        parcels.save({"note": "second"}, seen.id, seen.version)
    assert parcels.load(seen.id).values["note"] == "first"
    assert parcels.history(seen.id) == before
    for work in (parcels.archive, parcels.restore):
        with pytest.raises(StaleEntry):
            work(seen.id, seen.version)


def test_of_two_threads_with_the_same_version_one_wins_and_one_is_told(parcels):
    entry = parcels.save(FULL).entry
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def save(note: str) -> None:
        ready.wait()
        try:
            parcels.save({"note": note}, entry.id, entry.version)
            outcomes.append(note)
        except StaleEntry:
            outcomes.append("stale")

    threads = [threading.Thread(target=save, args=(note,)) for note in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["one", "stale"], ["stale", "two"])
    assert parcels.load(entry.id).version == 2


# --- history and undo -------------------------------------------------------------------------


def test_history_tells_every_changed_field_in_words(desk, parcels):
    entry = parcels.save({"name": "A globe", "cost": Decimal(3)}).entry
    parcels.save(
        {"cost": Decimal("4.50"), "colours": ("red", "blue"), "name": "A globe"},
        entry.id,
        entry.version,
        why="weighed again",
    )
    lines = parcels.history(entry.id)
    assert [(line.label, line.old, line.new, line.why) for line in lines] == [
        ("Colours", "", "Red, Blue", "weighed again"),
        ("Cost", "£3.00", "£4.50", "weighed again"),
        ("Cost", "", "£3.00", ""),
        ("What is it?", "", "A globe", ""),
        ("Created", "", "PA-2026-001", ""),
    ]
    assert {line.who for line in lines} == {"Dana Pryce"}


def test_saving_without_a_change_writes_no_history(parcels):
    entry = parcels.save(FULL).entry
    before = parcels.history(entry.id)
    parcels.save(FULL, entry.id, entry.version)
    assert parcels.history(entry.id) == before


def test_history_of_an_earlier_version_of_the_program_is_shown_as_it_stands(desk, parcels):
    entry = parcels.save(FULL).entry
    with desk.workspace.database.changing() as change:
        change.note("test_parcels", entry.id, "cost", "about three pounds", "4.5 GBP")
        change.note("test_parcels", entry.id, "weight", "1 kg", None)
    newest, other = parcels.history(entry.id)[:2]
    assert (newest.label, newest.old, newest.new) == ("weight", "1 kg", "")
    assert (other.label, other.old, other.new) == ("Cost", "about three pounds", "4.5 GBP")


def test_undoing_a_change_brings_the_old_answers_back_and_can_be_undone(parcels):
    entry = parcels.save(FULL).entry
    saved = parcels.save(
        {"note": None, "cost": Decimal(9), "colours": ("red",), "secret": "new"},
        entry.id,
        entry.version,
    )
    back = parcels.undo(saved)
    assert dict(back.entry.values) == FULL
    again = parcels.undo(back)
    assert again.entry.values == saved.entry.values
    assert len(parcels.history(entry.id)) == 13 + 4 + 4 + 4


def test_undoing_a_new_entry_archives_it_and_undoing_that_brings_it_back(parcels):
    saved = parcels.save(FULL)
    gone = parcels.undo(saved)
    assert gone.entry.archived
    assert parcels.listing().total == 0
    back = parcels.undo(gone)
    assert not back.entry.archived
    assert dict(back.entry.values) == FULL


def test_undoing_archiving(parcels):
    entry = parcels.save(FULL).entry
    archived = parcels.archive(entry.id, entry.version, why="thrown away")
    assert archived.entry.archived
    assert parcels.history(entry.id)[0].why == "thrown away"
    assert not parcels.undo(archived).entry.archived


def test_undo_is_refused_after_another_change(parcels):
    entry = parcels.save(FULL).entry
    saved = parcels.save({"note": "one"}, entry.id, entry.version)
    parcels.save({"note": "two"}, entry.id, saved.entry.version)
    with pytest.raises(StaleEntry):
        parcels.undo(saved)
    assert parcels.load(entry.id).values["note"] == "two"


def test_undo_leaves_what_is_not_a_field_alone(desk, parcels):
    """A document added after a save stands in the same history; undo must not trip over it."""
    entry = parcels.save(FULL).entry
    saved = parcels.save({"note": "one"}, entry.id, entry.version)
    with desk.workspace.database.changing() as change:
        change.note("test_parcels", entry.id, "document", None, "letter.pdf")
        change.note("test_parcels", entry.id, "link", None, "PA-2026-002")
    assert parcels.undo(saved).entry.values["note"] == FULL["note"]


# --- archive, duplicate, references -----------------------------------------------------------


def test_archived_entries_have_a_list_of_their_own(parcels):
    one, two = (parcels.save({"name": name}).entry for name in ("one", "two"))
    parcels.archive(one.id, one.version)
    assert [row[0] for row in parcels.listing().rows] == [two.id]
    assert [row[0] for row in parcels.listing(Query(archived=True)).rows] == [one.id]
    restored = parcels.restore(one.id, 2)
    assert restored.entry.version == 3
    assert parcels.listing().total == 2


def test_a_duplicate_is_new_and_unsaved(parcels):
    entry = parcels.save(FULL).entry
    copy = parcels.duplicate(entry.id)
    assert (copy.id, copy.version, copy.reference) == (0, 0, "")
    assert parcels.save(copy.values).entry.reference == "PA-2026-002"
    assert parcels.load(entry.id).values == copy.values


def test_references_count_on_within_the_year_and_start_afresh_in_the_next(parcels, clock):
    for number in (1, 2):
        assert parcels.save({"name": "x"}).entry.reference == f"PA-2026-00{number}"
    clock.on(dt.date(2027, 1, 1))
    assert parcels.save({"name": "x"}).entry.reference == "PA-2027-001"
    clock.moment = dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC)
    assert parcels.save({"name": "x"}).entry.reference == "PA-2026-003"


def test_an_archived_reference_is_not_given_again(parcels):
    entry = parcels.save({"name": "x"}).entry
    parcels.archive(entry.id, entry.version)
    assert parcels.save({"name": "x"}).entry.reference == "PA-2026-002"


def test_references_grow_beyond_999_and_still_sort_as_they_were_given(desk, parcels):
    entry = parcels.save({"name": "x"}).entry
    with desk.workspace.database.changing() as change:
        change.session.execute(
            text("UPDATE test_parcels SET reference = 'PA-2026-999' WHERE id = :id"),
            {"id": entry.id},
        )
    for number in (1000, 1001):
        assert parcels.save({"name": "x"}).entry.reference == f"PA-2026-{number}"
    listing = parcels.listing(Query(sort="reference"))
    assert [listing.raw(row, 0) for row in range(3)] == [
        "PA-2026-999", "PA-2026-1000", "PA-2026-1001",
    ]  # fmt: skip
    listing = parcels.listing(Query(sort="-reference"))
    assert listing.raw(0, 0) == "PA-2026-1001"


# --- parts ------------------------------------------------------------------------------------


def test_parts_belong_to_one_entry_and_bring_it_up_to_date(parcels):
    one, two = (parcels.save({"name": name}).entry for name in ("one", "two"))
    saved = parcels.labels.save({"words": "This way up"}, parent_id=one.id)
    assert saved.entry.reference == "PA-2026-001/test_labels-1"
    assert saved.changes.entries == {("test_labels", saved.entry.id), ("test_parcels", one.id)}
    assert (parcels.load(one.id).title, parcels.load(two.id).title) == ("one (1)", "two (0)")
    assert parcels.load(one.id).version == 1, "a part must not make the open entry stale"
    assert [part.values["words"] for part in parcels.labels.parts(one.id)] == ["This way up"]
    assert parcels.labels.parts(two.id) == ()
    parcels.labels.undo(saved)
    assert parcels.labels.parts(one.id) == ()
    assert parcels.load(one.id).title == "one (0)"


def test_a_part_of_nothing_is_refused(parcels):
    with pytest.raises(NotFound, match="belongs to is missing"):
        parcels.labels.save({"words": "This way up"}, parent_id=99)
    assert parcels.labels.listing().total == 0


# --- what follows a save in another register ---------------------------------------------------


def test_a_follower_changes_what_belongs_together_in_the_same_transaction(parcels):
    follower = parcels.save({"name": "A crate"}).entry

    def follow(change, row):
        if row.id != follower.id:
            crate = change.session.get(parcels.record, follower.id)
            crate.title = f"A crate for {row.title}"
            change.touched.add(("test_parcels", follower.id))

    parcels.followers.append(follow)
    saved = parcels.save({"name": "A globe", "pieces": 1})
    assert ("test_parcels", follower.id) in saved.changes.entries
    assert parcels.load(follower.id).title == "A crate for A globe (0)"


def test_a_save_does_not_happen_when_what_follows_it_fails(parcels):
    def follow(_change, _row):
        raise InvalidEntry({"name": "The crate is full."})

    parcels.followers.append(follow)
    with pytest.raises(InvalidEntry):
        parcels.save({"name": "A globe"})
    assert parcels.listing().total == 0


def test_archiving_is_followed_too(parcels):
    entry = parcels.save({"name": "A globe"}).entry
    seen = []
    parcels.followers.append(lambda _change, row: seen.append(row.archived_at is not None))
    parcels.archive(entry.id, entry.version)
    assert seen == [True]
