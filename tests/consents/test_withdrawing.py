"""A withdrawal from the answer to the last picture, and what must not bring consent back."""

from __future__ import annotations

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry, UnreadableFile
from dpdesk.registers.spreadsheet import Sheet, SheetRow, accept, preview
from tests.builders import faults
from tests.consents.conftest import DAY
from tests.consents.test_photos import a_photograph, duties, photo

__all__ = ["photo"]


@pytest.fixture
def today(room):
    return room.consents.today()


@pytest.fixture
def agreed(family, say, today):
    """A family whose mother agreed to the website ten days ago."""

    def make(surname="Ward", **more):
        made = family(surname, **more)
        say(made.pupil, "given", made.mother, asked_on=today - 10 * DAY)
        return made

    return make


def stands(room, website, pupil):
    return str(room.consents.roll().of(pupil.id, website.id).stands)


def closing(room, entry, **more):
    fresh = room.consents.load(entry.id)
    values = {"closed_on": room.consents.today(), "others_had": "no", **more}
    return room.consents.save(values, fresh.id, fresh.version).entry


# --- what must not bring it back ------------------------------------------------------------


def test_an_older_form_scanned_afterwards_does_not_bring_it_back(room, agreed, say, website, today):
    ward = agreed()
    say(ward.pupil, "withdrawn", ward.mother, asked_on=today - 2 * DAY)
    late = say(ward.pupil, "given", ward.mother, asked_on=today - 5 * DAY)
    assert late.state == "replaced"
    assert stands(room, website, ward.pupil) == "withdrawn"
    with pytest.raises(InvalidEntry, match="withdrawn on this very day"):
        say(ward.pupil, "given", ward.mother, asked_on=today - 2 * DAY)
    say(ward.pupil, "given", ward.mother, asked_on=today - DAY)
    assert stands(room, website, ward.pupil) == "given"


def test_a_withdrawal_of_the_day_on_which_consent_was_given_counts(room, family, say, website):
    ward = family()
    first = say(ward.pupil, "withdrawn", ward.mother, how="email")
    # Before it was known, the form of that day had been recorded; the order of typing is chance.
    room.consents.archive(first.id, first.version)
    say(ward.pupil, "given", ward.mother)
    room.consents.restore(first.id, first.version + 1)
    assert room.consents.load(first.id).state == "withdrawing"
    assert stands(room, website, ward.pupil) == "withdrawn"


def test_a_withdrawal_from_before_the_consent_is_not_taken_without_a_word(
    room, agreed, say, website, today
):
    ward = agreed()
    with pytest.raises(InvalidEntry, match="would change nothing") as refused:
        say(ward.pupil, "withdrawn", ward.mother, asked_on=today - 11 * DAY)
    assert list(refused.value.problems) == ["asked_on"]
    assert say(ward.pupil, "withdrawn", ward.father, asked_on=today - 11 * DAY).state != "replaced"
    assert stands(room, website, ward.pupil) == "withdrawn", "the other parent may say no"


def test_a_list_that_takes_responsibility_away_does_not_bring_consent_back(
    room, people, family, say, website, photo, today
):
    ward = family()
    say(ward.pupil, "given", ward.father, asked_on=today - 9 * DAY)
    shown = photo(ward.pupil)
    taken = say(ward.pupil, "withdrawn", ward.mother, asked_on=today - DAY)
    tie = people.relationships.parts(ward.pupil.id)[0]
    people.relationships.save({"ended_on": today}, tie.id, tie.version)
    assert stands(room, website, ward.pupil) == "withdrawn"
    assert room.photos.load(shown.id).state == "take_down"
    with pytest.raises(InvalidEntry, match="still in use"):
        closing(room, taken)
    say(ward.pupil, "given", ward.father)
    assert stands(room, website, ward.pupil) == "given", "who may decide agreed after it"


def test_what_the_child_said_beside_one_use_counts_for_the_others(
    room, family, say, website, today
):
    ward = family()
    other = room.uses.save({"name": "In school", "words": "On notice boards."}).entry
    say(ward.pupil, "given", ward.mother, use=other.id, wish="no", asked_on=today - 3 * DAY)
    say(ward.pupil, "given", ward.mother)
    assert stands(room, website, ward.pupil) == "refused"
    say(ward.pupil, "given", ward.mother, wish="yes")
    assert stands(room, website, ward.pupil) == "given"
    assert stands(room, other, ward.pupil) == "refused", "to that use nothing else was said"


def test_a_spreadsheet_without_days_does_not_bring_consent_back(room, agreed, say, website, today):
    ward = agreed()
    say(ward.pupil, "withdrawn", ward.mother, asked_on=today - 3 * DAY)
    names = ("pupil", "use", "answer", "by_whom", "asked_on")
    said = (ward.pupil.reference, "Website", "Given", ward.mother.reference)
    for row, found in (
        (said, ["asked_on"]),
        ((*said, None), ["asked_on"]),
        ((*said, today - 9 * DAY), []),
    ):
        heads = names[: len(row)]
        seen = preview(room.consents, Sheet(heads, (SheetRow(2, row),)), dict(enumerate(heads)))
        assert [list(each.problems) for each in seen.rows] == [found]
        accept(room.consents, seen)
        assert stands(room, website, ward.pupil) == "withdrawn"


# --- what must not be closed ---------------------------------------------------------------


def test_it_is_not_done_before_it_is_known_who_else_had_pictures(room, agreed, say):
    ward = agreed()
    taken = say(ward.pupil, "withdrawn", ward.mother)
    for had in (None, "unknown"):
        with pytest.raises(InvalidEntry) as refused:
            closing(room, taken, others_had=had)
        assert list(refused.value.problems) == ["others_had"]
    with pytest.raises(InvalidEntry) as refused:
        closing(room, taken, others_had="yes")
    assert list(refused.value.problems) == ["told_others"]
    told = closing(room, taken, others_had=None, told_others=room.consents.today())
    assert (told.state, told.values["others_had"]) == ("withdrawn", "yes")


def test_a_picture_that_may_be_used_for_nothing_more_is_deleted_before_it_is_done(
    desk, room, agreed, say, photo, tmp_path
):
    ward = agreed()
    shown = photo(ward.pupil)
    (tmp_path / "a.jpg").write_bytes(a_photograph())
    room.add_file(shown.id, tmp_path / "a.jpg")
    taken = say(ward.pupil, "withdrawn", ward.mother)
    room.photos.take_down(shown.id)
    told = "Delete “Sports day”: consent was withdrawn, and it is used nowhere"
    assert told in duties(room)
    with pytest.raises(InvalidEntry, match="still kept"):
        closing(room, taken)
    entry = room.photos.load(shown.id)
    typed = {"deleted_on": room.photos.today(), "deleted_by": "Dana Pryce"}
    with pytest.raises(InvalidEntry, match="file is still kept"):
        room.photos.save(typed, entry.id, entry.version)
    # Put out of sight it is kept all the same.
    away = room.photos.archive(entry.id, entry.version).entry
    with pytest.raises(InvalidEntry, match="still kept"):
        closing(room, taken)
    back = room.photos.restore(away.id, away.version).entry
    room.delete_picture(back)
    with pytest.raises(UnreadableFile, match="was deleted"):
        room.add_file(shown.id, tmp_path / "a.jpg")
    assert closing(room, taken).state == "withdrawn"
    assert told not in duties(room)
    assert faults(desk) == []


def test_a_picture_that_another_use_still_allows_may_be_kept(room, agreed, say, photo):
    ward = agreed()
    other = room.uses.save({"name": "In school", "words": "On notice boards."}).entry
    say(ward.pupil, "given", ward.mother, use=other.id)
    shown = photo(ward.pupil)
    taken = say(ward.pupil, "withdrawn", ward.mother)
    room.photos.take_down(shown.id)
    assert closing(room, taken).state == "withdrawn"
    assert not any(text.startswith("Delete") for text in duties(room))
    say(ward.pupil, "withdrawn", ward.mother, use=other.id)
    assert any(text.startswith("Delete “Sports day”") for text in duties(room))


def test_a_place_added_meanwhile_is_asked_for_too(room, agreed, say, photo, website):
    ward, quill = agreed(), agreed("Quill")
    shown = photo(ward.pupil, quill.pupil)
    taken = say(ward.pupil, "withdrawn", ward.mother)
    room.photos.take_down(shown.id)
    place = {"use": website.id, "where": "Prospectus page"}
    added = room.photos.places.save(place, parent_id=shown.id).entry
    assert added.values.get("checked_on") is None
    (caution,) = room.photos.cautions(room.photos.load(shown.id))
    assert "Prospectus page" in caution
    assert "Ana Ward" in caution
    with pytest.raises(InvalidEntry, match="A picture is still in use"):
        closing(room, taken)


def test_what_is_in_use_cannot_be_put_out_of_sight(room, agreed, say, photo, website):
    ward = agreed()
    other = room.uses.save({"name": "In school", "words": "On notice boards."}).entry
    shown = photo(ward.pupil)
    say(ward.pupil, "withdrawn", ward.mother)
    shown = room.photos.load(shown.id)
    with pytest.raises(DpdeskError, match="Home page"):
        room.photos.archive(shown.id, shown.version)
    (place,) = room.photos.places.parts(shown.id)
    with pytest.raises(DpdeskError, match="stays on record"):
        room.photos.places.archive(place.id, place.version)
    with pytest.raises(InvalidEntry, match="has to come down"):
        room.photos.places.save({"use": other.id}, place.id, place.version)


def test_a_pupil_who_said_no_is_not_left_out_of_a_picture_without_a_word(room, agreed, say, photo):
    ward, quill = agreed(), agreed("Quill")
    shown = photo(ward.pupil, quill.pupil)
    say(ward.pupil, "withdrawn", ward.mother)
    shown = room.photos.load(shown.id)
    without = {"people": (quill.pupil.reference,)}
    with pytest.raises(InvalidEntry, match="Ana Ward"):
        room.photos.save(without, shown.id, shown.version)
    only = {"people": (ward.pupil.reference,)}
    shown = room.photos.save(only, shown.id, shown.version).entry
    noted = {"people": (), "note": "Cut out of the picture on the right."}
    assert room.photos.save(noted, shown.id, shown.version).entry.state != "take_down"


def test_dates_from_before_the_withdrawal_are_refused(room, agreed, say, today):
    ward = agreed()
    taken = say(ward.pupil, "withdrawn", ward.mother, asked_on=today - DAY)
    for name in ("told_others", "confirmed_on"):
        with pytest.raises(InvalidEntry) as refused:
            room.consents.save({name: today - 2 * DAY}, taken.id, taken.version)
        assert list(refused.value.problems) == [name]


def test_what_is_noted_is_counted_by_the_withdrawals_that_got_it(room, agreed, say, today, clock):
    ward = agreed()
    say(ward.pupil, "given", ward.father, valid_until=today + DAY)
    taken = say(ward.pupil, "withdrawn", ward.mother)
    clock.moment += 3 * DAY
    noted = room.withdrawals.note(taken, {"others_had": "no"})
    assert len(noted.changes.entries) > 1, "the father’s consent has run out meanwhile"
    assert noted.uses == 1
    taken = room.consents.load(taken.id)
    assert room.withdrawals.note(taken, {"others_had": "no"}).uses == 0


# --- line by line --------------------------------------------------------------------------


def test_all_uses_withdrawn_together_are_one_thing_to_do_and_are_noted_together(
    room, agreed, say, photo, website, today
):
    ward = agreed()
    other = room.uses.save({"name": "In school", "words": "On notice boards."}).entry
    say(ward.pupil, "given", ward.mother, use=other.id, asked_on=today - DAY)
    shown = photo(ward.pupil)
    room.consents.answer_many(
        [ward.pupil.id],
        {website.id: "withdrawn", other.id: "withdrawn"},
        by_whom={ward.pupil.id: ward.mother.id},
    )
    finish = [text for text in duties(room) if text.startswith("Finish")]
    assert finish == ["Finish the withdrawal: Ward, Ana: 2 uses"]
    taken = next(e for e in map(room.consents.load, (3, 4)) if e.values["use"] == website.id)
    work = room.withdrawals
    assert [(line.text, line.done) for line in work.lines(taken)] == [
        ("Take “Sports day” down: Home page", False),
        ("Find out whether anybody outside the school had pictures", False),
        ("Tell the parent that it was done", False),
    ]
    work.note(taken, {"others_had": "no"})
    with pytest.raises(InvalidEntry, match="still in use"):
        work.note(taken, {"closed_on": today})
    room.photos.take_down(shown.id)
    room.delete_picture(room.photos.load(shown.id))
    work.note(taken, {"closed_on": today})
    assert duties(room) == ["Tell the parent that the withdrawal is done: Ward, Ana: 2 uses"]
    work.note(taken, {"confirmed_on": today})
    assert duties(room) == []
    lines = work.lines(room.consents.load(taken.id))
    assert all(line.done for line in lines)
    assert any("was deleted" in line.text and "Dana Pryce" in line.text for line in lines)
    letter = room.prints.withdrawal(room.consents.load(taken.id))
    said = str(letter.text)
    assert "Nobody outside the school" in said
    assert "Website" in said
    assert "In school" in said
