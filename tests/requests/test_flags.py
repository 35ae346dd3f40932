"""Restriction and objection: a flag on the person and the assets, until somebody lifts it."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Query
from dpdesk.retention.disposal_service import Doing
from tests.builders import a_request, faults

DAY = dt.date(2026, 11, 10)
SAYS = "No use of the behaviour log before the appeal is decided"
DOING = Doing("Morgan Sample", witness="Pat Example")


@pytest.fixture
def pupil(desk):
    values = {"kind": "pupil", "surname": "Example", "forename": "Robin", "form": "4B"}
    return desk.people.people.save(values).entry


@pytest.fixture
def log(desk):
    blank = desk.assets.assets.blank().values
    return desk.assets.assets.save({**blank, "name": "Behaviour log", "personal": "yes"}).entry


def restriction(desk, kind="restriction", **values):
    answers = {"kind": kind, "flag_from": DAY, "flag_says": SAYS, **values}
    return a_request(desk, **answers)


def change(desk, entry, **values):
    return desk.requests.requests.save(values, entry.id, entry.version).entry


def flagged(service):
    return [service.register.key, service.listing(Query(chip="flagged")).counts["flagged"]]


@pytest.mark.parametrize("kind", ["restriction", "objection"])
def test_a_flag_stands_on_the_person_and_the_assets_until_it_is_lifted(desk, pupil, log, kind):
    people, assets = desk.people.people, desk.assets.assets
    entry = restriction(desk, kind, subject_person=pupil.id, flag_assets=(log.reference,))
    assert flagged(people) == ["people", 1]
    assert flagged(assets) == ["assets", 1]
    said = f"{SAYS}: the {kind} {entry.reference}."
    assert [flag.said for flag in people.flags_on(people.load(pupil.id))] == [said]
    assert [flag.said for flag in assets.flags_on(assets.load(log.id))] == [said]
    # Closing the request lifts nothing.
    entry = change(desk, entry, outcome="done", closed=dt.date(2026, 11, 12))
    assert flagged(people) == ["people", 1]
    change(desk, entry, flag_until=dt.date(2026, 11, 14), lifted_why="Checked and right")
    assert (flagged(people), flagged(assets)) == (["people", 0], ["assets", 0])
    assert people.flags_on(people.load(pupil.id)) == ()
    assert faults(desk) == []


def test_a_name_alone_flags_everybody_who_may_be_meant_and_a_link_only_the_one(desk, pupil):
    twin = {"kind": "pupil", "surname": "Example", "forename": "Robyn"}
    other = desk.people.people.save(twin).entry
    entry = restriction(desk)
    assert set(desk.people.people.flagged()) == {pupil.id, other.id}
    change(desk, entry, subject_person=pupil.id)
    assert set(desk.people.people.flagged()) == {pupil.id}


def test_a_person_who_comes_later_is_flagged_at_once(desk):
    restriction(desk)
    values = {"kind": "pupil", "surname": "Example", "forename": "Robin"}
    made = desk.people.people.save(values).entry
    assert set(desk.people.people.flagged()) == {made.id}


def test_what_is_restricted_is_not_disposed_of_until_it_is_lifted_with_a_reason(desk):
    desk.retention.schedule.adopt_defaults(["P04"])
    holdings = desk.retention.holdings
    kept = holdings.save(
        {
            **holdings.blank().values,
            "what": "Pupil file",
            "rule": holdings.link_named(holdings.register.field("rule"), "P04"),
            "safeguarding": "no",
            "person": "Robin Example",
            "born": dt.date(2000, 3, 1),
        }
    ).entry
    entry = restriction(desk, outcome="done", closed=dt.date(2026, 11, 12))
    assert holdings.load(kept.id).state == "held"
    with pytest.raises(DpdeskError, match=f"the restriction {entry.reference} prevents"):
        desk.retention.disposals.dispose([kept.reference], "shred", DOING, reason="Long due")
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, flag_until=dt.date(2026, 11, 14))
    assert "Art 18" in caught.value.problems["lifted_why"]
    change(desk, entry, flag_until=dt.date(2026, 11, 14), lifted_why="They agree to it")
    desk.retention.disposals.dispose([kept.reference], "shred", DOING, reason="Long due")
    assert holdings.load(kept.id).state == "disposed"


def test_a_closed_objection_holds_no_disposal_up(desk):
    restriction(desk, "objection", outcome="done", closed=dt.date(2026, 11, 12))
    with desk.workspace.database.reading() as session:
        assert list(desk.requests.requests.touches_within(session)) == []


def a_picture_in_use(desk, pupil):
    """A photo of the pupil on the home page, with consent."""
    use = desk.consents.uses.save({"name": "Website", "place": "online", "words": "Online."}).entry
    parent = desk.people.people.save({"kind": "parent", "surname": "Example", "forename": "Jo"})
    tie = {"adult": parent.entry.id, "relationship": "mother", "responsible": "yes"}
    desk.people.people.relationships.save(tie, parent_id=pupil.id)
    desk.consents.consents.save(
        {
            "pupil": pupil.id,
            "use": use.id,
            "answer": "given",
            "by_whom": parent.entry.id,
            "asked_on": DAY,
            "how": "paper",
        }
    )
    photo = desk.consents.photos.save(
        {"what": "Sports day", "people": (pupil.reference,), "everybody": "yes"}
    ).entry
    desk.consents.photos.places.save(
        {"use": use.id, "where": "Home page", "since": DAY}, parent_id=photo.id
    )
    assert desk.consents.photos.load(photo.id).state == "used"
    return photo


@pytest.mark.parametrize(
    ("pictures", "answer", "says"),
    [("yes", "restricted", SAYS), (None, "given", "ask first"), ("no", "given", "Given by")],
)
def test_can_we_use_this_photo_minds_it(desk, pupil, pictures, answer, says):
    photo = a_picture_in_use(desk, pupil)
    entry = restriction(desk, subject_person=pupil.id, flag_pictures=pictures)
    roll = desk.consents.consents.roll()
    found = roll.check(["Robin Example"], roll.uses[0])
    assert (found.people[0].answer.value, found.allowed) == (answer, answer == "given")
    assert says in found.people[0].why
    state = desk.consents.photos.load(photo.id).state
    assert state == ("take_down" if pictures == "yes" else "used")
    change(desk, entry, flag_until=dt.date(2026, 11, 14), lifted_why="Checked and right")
    assert desk.consents.photos.load(photo.id).state == "used"


def test_no_picture_is_used_while_a_withdrawal_of_consent_waits_to_be_recorded(desk, pupil):
    photo, roll = a_picture_in_use(desk, pupil), desk.consents.consents.roll
    entry = a_request(desk, kind="withdrawal", subject="Robin Example", subject_person=pupil.id)
    found = roll().check(["Robin Example"], roll().uses[0])
    assert not found.allowed
    assert entry.reference in found.people[0].why
    assert "recorded under Consents" in found.people[0].why
    assert desk.consents.photos.load(photo.id).state == "take_down"
    why = "It was about the newsletter only."
    change(desk, entry, outcome="done", closed=dt.date(2026, 11, 12), unrecorded_why=why)
    assert flagged(desk.people.people) == ["people", 0]
    assert desk.consents.photos.load(photo.id).state == "used"


def test_it_is_said_that_they_must_be_told_before_a_restriction_is_lifted(desk):
    entry = restriction(desk)
    lifted = {"flag_until": dt.date(2026, 11, 14), "lifted_why": "Checked and right"}
    entry = change(desk, entry, **lifted)
    assert any("Art 18(3)" in each for each in desk.requests.requests.cautions(entry))
    named = [each.text for each in desk.overview.findings() if each.chip == "lifted_untold"]
    assert len(named) == 1
    entry = change(desk, entry, lifting_told=dt.date(2026, 11, 13))
    assert not any("Art 18(3)" in each for each in desk.requests.requests.cautions(entry))


def test_it_cannot_be_lifted_before_it_began(desk):
    entry = restriction(desk)
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, flag_until=dt.date(2026, 11, 9), lifted_why="A slip")
    assert list(caught.value.problems) == ["flag_until"]
