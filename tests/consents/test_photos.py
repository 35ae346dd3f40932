"""Pictures: what comes down when consent ends, and what may not be forgotten on the way."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from dpdesk.consents.photo_files import pictures_in
from dpdesk.consents.photo_rules import names_in
from dpdesk.errors import InvalidEntry, NoRoom, NotFound, UnreadableFile
from dpdesk.registers.entries import Changes, Entry
from tests.builders import faults, grain
from tests.consents.conftest import DAY


def a_photograph(*, side: int = 640) -> bytes:
    """A JPEG that says by which camera, when and where it was taken."""
    exif = Image.Exif()
    exif[271], exif[272] = "Example", "Camera 5"
    exif.get_ifd(0x8769)[36867] = "2026:09:03 10:11:12"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    out = io.BytesIO()
    Image.linear_gradient("L").resize((side, side // 2)).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def photo(room, website) -> Callable[..., Entry]:
    """A picture on the website with these pupils; all who can be seen are named."""

    def make(*pupils: Entry, where: str = "Home page", **more: Any) -> Entry:
        values = {
            "what": "Sports day",
            "people": tuple(each.reference for each in pupils),
            "everybody": "yes",
            **more,
        }
        entry = room.photos.save(values).entry
        if where:
            room.photos.places.save({"use": website.id, "where": where}, parent_id=entry.id)
        return room.photos.load(entry.id)

    return make


def state(room, entry):
    return room.photos.load(entry.id).state


def duties(room):
    return [each.text for answers in room.answers for each in answers.duties()]


def test_a_picture_in_use_needs_the_consent_of_everybody_in_it(room, family, say, photo):
    one, two = family("Ward"), family("Quill")
    say(one.pupil, "given", one.mother)
    entry = photo(one.pupil, two.pupil)
    assert entry.state == "take_down"
    assert duties(room) == ["Take “Sports day” down: Home page. No answer is on record."]
    say(two.pupil, "given", two.mother)
    assert state(room, entry) == "used"
    assert duties(room) == []


def test_an_unknown_face_is_no_consent(room, family, say, photo):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    entry = photo(ward.pupil, everybody="no")
    assert entry.state == "unsure"
    assert "not everybody in it is named" in room.photos.cautions(entry)[0]
    assert photo(where="", everybody=None).state == "unused"


def test_a_withdrawal_makes_every_use_of_every_picture_a_thing_to_take_down(
    room, family, say, photo
):
    ward = family()
    say(ward.pupil, "given", ward.mother, asked_on=room.consents.today() - 9 * DAY)
    first, second = photo(ward.pupil), photo(ward.pupil, where="News page", what="Concert")
    taken = say(ward.pupil, "withdrawn", ward.mother)
    assert [state(room, each) for each in (first, second)] == ["take_down", "take_down"]
    found = duties(room)
    assert len(found) == 3
    assert any("Concert" in text and "News page" in text for text in found)
    assert {each.due for answers in room.answers for each in answers.duties()} == {
        room.consents.today()
    }
    assert taken.state == "withdrawing"


def test_a_withdrawal_cannot_be_closed_while_a_picture_is_in_use(desk, room, family, say, photo):
    ward = family()
    say(ward.pupil, "given", ward.mother, asked_on=room.consents.today() - DAY)
    first, second = photo(ward.pupil), photo(ward.pupil, where="News page")
    taken = say(ward.pupil, "withdrawn", ward.mother)
    close = {"closed_on": room.consents.today(), "others_had": "no"}
    for left, entry in ((2, first), (1, second)):
        with pytest.raises(InvalidEntry) as refused:
            room.consents.save(close, taken.id, taken.version)
        assert list(refused.value.problems) == ["closed_on"]
        assert ("2 pictures are" in str(refused.value)) == (left == 2)
        room.photos.take_down(entry.id)
        room.delete_picture(room.photos.load(entry.id))
    closed = room.consents.save(close, taken.id, taken.version).entry
    assert closed.state == "withdrawn"
    assert duties(room) == ["Tell the parent that the withdrawal is done: Ward, Ana: Website"]
    room.consents.save({"confirmed_on": room.consents.today()}, closed.id, closed.version)
    assert duties(room) == []
    assert faults(desk) == []
    down = room.photos.places.parts(first.id)[0].values
    assert (down["down_on"], down["down_by"]) == (room.consents.today(), "Dana Pryce")


def test_other_uses_and_other_pupils_do_not_hold_a_withdrawal_open(room, family, say, photo):
    ward, quill = family("Ward"), family("Quill")
    other = room.uses.save({"name": "In school", "words": "On notice boards."}).entry
    entry = photo(ward.pupil, where="")
    room.photos.places.save({"use": other.id, "where": "Hall"}, parent_id=entry.id)
    photo(quill.pupil)
    taken = say(ward.pupil, "withdrawn", ward.mother)
    closed = {"closed_on": room.consents.today(), "others_had": "no"}
    assert room.consents.save(closed, taken.id, taken.version).entry.state == "withdrawn"


def test_a_date_that_runs_out_does_the_same(room, family, say, photo, clock):
    ward = family()
    last = room.consents.today() + 5 * DAY
    say(ward.pupil, "given", ward.mother, valid_until=last)
    photo(ward.pupil)
    assert duties(room) == ["Ask again about “Website”: 1 answer will end"]
    assert room.photos.counts()["take_down"] == 0
    clock.on(last + DAY)
    assert any(text.startswith("Take “Sports day” down") for text in duties(room))
    assert room.photos.counts()["take_down"] == 1
    (duty,) = room.answers[1].duties()
    assert duty.due == last + DAY


def test_a_picture_used_nowhere_whose_consent_ran_out_is_deleted_or_asked_about_again(
    room, family, say, photo, clock
):
    ward = family()
    last = room.consents.today() + 5 * DAY
    say(ward.pupil, "given", ward.mother, valid_until=last)
    shown = photo(ward.pupil, where="")
    asked = "picture not in use whose consent has run out: delete it, or ask again"

    def told():
        return [f.one for answers in room.answers for f in answers.findings() if f.one == asked]

    assert told() == []
    clock.on(last + DAY)
    assert told() == [asked]
    say(ward.pupil, "given", ward.mother, valid_until=last + 400 * DAY)
    assert told() == []
    clock.on(last + 401 * DAY)
    room.delete_picture(room.photos.load(shown.id))
    assert told() == []


def test_a_withdrawal_proves_nothing_before_it_is_done(room, family, say):
    ward = family()
    taken = say(ward.pupil, "withdrawn", ward.mother)

    def proven():
        proof = [e.text for answers in room.answers for e in answers.evidence()]
        return any("acted on" in each for each in proof)

    assert not proven()
    today = room.consents.today()
    room.consents.save({"closed_on": today, "others_had": "no"}, taken.id, taken.version)
    assert proven()


def test_losing_responsibility_or_other_words_reach_the_pictures(
    room, people, family, say, photo, website
):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    entry = photo(ward.pupil)
    use = room.uses.load(website.id)
    room.uses.save({"words": "Anywhere at all."}, use.id, use.version)
    assert state(room, entry) == "take_down"
    newest = room.uses.wordings.parts(use.id)[-1]
    room.uses.wordings.save({"same": "yes"}, newest.id, newest.version)
    assert state(room, entry) == "used"
    tie = people.relationships.parts(ward.pupil.id)[0]
    people.relationships.save({"responsible": "no"}, tie.id, tie.version)
    assert state(room, entry) == "take_down"


def test_consent_is_noted_as_checked_only_where_it_was_there(room, family, say, photo):
    one, two = family("Ward"), family("Quill")
    say(one.pupil, "given", one.mother)
    checked = [
        room.photos.places.parts(photo(*pupils, **more).id)[0].values.get("checked_on")
        for pupils, more in (
            ((one.pupil,), {}),
            ((one.pupil, two.pupil), {}),
            ((one.pupil,), {"everybody": "no"}),
        )
    ]
    assert checked == [room.consents.today(), None, None]


@pytest.mark.parametrize(
    ("caption", "named"),
    [
        ("Ana wins the sack race", ("ana",)),
        ("The winner, A. WARD", ("ward",)),
        ("Year 4 at sports day", ()),
        ("Forward to the finish", ()),
        ("Well done, A. W. of 4B!", ("aw",)),
        ("The AW cup", ()),
    ],
)
def test_a_caption_that_names_a_pupil_is_warned_of(room, family, photo, caption, named):
    assert names_in(caption, [("Ana Ward", "Annie Ward")]) == named
    entry = photo(family().pupil, caption=caption, where="")
    assert bool(room.photos.cautions(entry)) == bool(named)
    assert room.photos.counts()["named"] == bool(named)


def test_a_caption_that_names_a_pupil_by_another_form_of_the_name_is_warned_of():
    tom = [("Thomas Wardley",)]
    assert names_in("Tommy smiling", tom) == ("tommy",)
    assert names_in("A will and a way", [("William Sample",)]) == ()


def test_a_caption_that_names_a_pupil_who_is_not_listed_is_warned_of(room, family, photo):
    listed, other = family(), family("Quill", "Ida")
    entry = photo(listed.pupil, caption="Second was Ida Quill of 4B", where="")
    assert any("not listed" in each and "Ida Quill" in each for each in room.photos.cautions(entry))
    both = photo(listed.pupil, other.pupil, caption="Second was Ida Quill of 4B", where="")
    assert not any("not listed" in each for each in room.photos.cautions(both))


def test_a_damaged_picture_is_refused_in_the_words_of_pictures(room, tmp_path):
    path = tmp_path / "half.jpg"
    out = io.BytesIO()
    grain((400, 300), 60).convert("RGB").save(out, "JPEG")
    path.write_bytes(out.getvalue()[:2000])
    with pytest.raises(UnreadableFile) as caught:
        room.add_picture(path)
    assert "picture" in str(caught.value)
    assert "PDF" not in str(caught.value)


def test_a_picture_is_kept_small_and_whole_and_its_copies_tell_nothing(room, photo, tmp_path):
    entry = photo(where="")
    file = tmp_path / "DSC_0001.jpg"
    file.write_bytes(a_photograph())
    room.add_file(entry.id, file)
    card, small = room.photo_files.card(entry.id), room.photo_files.small(entry.id)
    assert (card.taken_on, card.place) == (dt.date(2026, 9, 3), True)
    assert "Example Camera 5, the place where it was taken" in card.hidden
    assert (small.width, small.height, len(small.pixels)) == (200, 100, 60_000)
    assert room.photos.load(entry.id).values["taken_on"] == dt.date(2026, 9, 3)
    with Image.open(io.BytesIO(room.photo_files.copy(entry.id))) as copy:
        assert copy.size == (640, 320)
        assert not dict(copy.getexif())
        assert "exif" not in copy.info
    with pytest.raises(UnreadableFile, match="already has its file"):
        room.add_file(entry.id, file)


def test_deleting_a_picture_removes_its_file_and_keeps_who_and_when(desk, room, photo, tmp_path):
    entry = photo(where="News page")
    file = tmp_path / "picture.jpg"
    file.write_bytes(a_photograph(side=320))
    room.add_file(entry.id, file)
    vault = desk.workspace.vault
    there = {path for path in vault.folder.rglob("*") if path.is_file()}
    entry = room.photos.load(entry.id)
    with pytest.raises(InvalidEntry, match="News page"):
        room.delete_picture(entry)
    assert room.photo_files.card(entry.id) is not None, "nothing was deleted"
    room.photos.take_down(entry.id)
    gone = room.delete_picture(room.photos.load(entry.id)).entry
    assert (gone.state, gone.values["deleted_by"]) == ("deleted", "Dana Pryce")
    assert gone.values["deleted_on"] == room.photos.today()
    assert len(there) == 2
    assert not any(path.exists() for path in there)
    with pytest.raises(NotFound):
        room.photo_files.copy(entry.id)
    assert faults(desk) == []


def test_what_is_no_picture_is_refused_and_leaves_no_entry(room, tmp_path):
    file = tmp_path / "notes.jpg"
    file.write_bytes(b"This is no picture.")
    with pytest.raises(UnreadableFile, match="as a picture"):
        room.add_picture(file)
    assert room.photos.counts()["all"] == 0
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"moving pictures")
    ((_register, number),) = room.add_picture(clip).entries
    entry = room.photos.load(number)
    assert entry.values["kind"] == "video"
    assert room.photo_files.small(entry.id) is None


def test_a_file_whose_entry_cannot_be_made_leaves_nothing_in_the_vault(room, desk, tmp_path):
    file = tmp_path / "IMG_0412.jpg"
    file.write_bytes(a_photograph())
    kept = room.photo_files.keep_within

    def then_fails(*asked: Any) -> None:
        kept(*asked)
        raise NoRoom("The disk is full.")

    room.photo_files.keep_within = then_fails
    with pytest.raises(NoRoom):
        room.add_picture(file)
    assert room.photos.counts()["all"] == 0
    assert faults(desk) == []


def test_a_picture_that_shows_nobody_yet_is_added_without_reading_consents(room, desk, tmp_path):
    file = tmp_path / "IMG_0412.jpg"
    file.write_bytes(a_photograph())

    def read(*_given: Any) -> Any:
        raise AssertionError("consents were read")

    room.consents.reading._read = read
    ((_register, number),) = room.add_picture(file).entries
    entry = room.photos.load(number)
    assert entry.values["taken_on"] == dt.date(2026, 9, 3)
    assert entry.version == 1


def test_home_names_what_is_wrong_with_consents(room, family, say, photo):
    one, two, never = family("Ward"), family("Quill"), family("Stone")
    say(one.pupil, "given", one.mother)
    say(one.pupil, "refused", one.father)
    say(two.pupil, "given", two.mother)
    photo(never.pupil, caption="Ana Stone wins")
    found = {f.told for answers in room.answers for f in answers.findings()}
    assert found == {
        "1 pupil for whom no answer is on record",
        "1 pupil whose parents do not agree about pictures",
        "1 picture in use without the consent of everybody in it",
        "1 picture whose caption names a pupil",
    }


def test_the_parents_of_new_pupils_are_asked_once_for_all_of_them(room, family, say):
    today = room.consents.today()
    one = family("Ward", started_on=today - 3 * DAY)
    family("Quill", started_on=today - 2 * DAY)
    family("Stone", started_on=today - 900 * DAY)
    (duty,) = room.answers[0].duties()
    assert duty.text == "Ask the parents of 2 new pupils for consent"
    assert duty.due == today + 11 * DAY
    say(one.pupil, "refused", one.mother)
    assert duties(room) == ["Ask the parents of 1 new pupil for consent"]


def test_the_figures_and_the_proof_of_the_policy(room, family, say):
    one, _two = family("Ward"), family("Quill")
    today = room.consents.today()
    taken = say(one.pupil, "withdrawn", one.mother, asked_on=today - 4 * DAY)
    room.consents.save({"closed_on": today, "others_had": "no"}, taken.id, taken.version)
    told = {
        m.text: m.value
        for answers in room.answers
        for m in answers.measures(today - 30 * DAY, today)
    }
    assert told["pupils with an answer about “Website”"] == 50
    assert told["consents withdrawn"] == 1
    assert told["days until everything was taken down"] == 4
    proof = [e for answers in room.answers for e in answers.evidence()]
    assert {each.clause for each in proof} == {"12.2"}
    assert any("1 refused or withdrawn" in each.text for each in proof)


def test_home_is_asked_again_when_a_parent_loses_responsibility(desk, room, people, family, say):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    assert not any("without parental" in f.told for f in desk.overview.findings())
    tie = people.relationships.parts(ward.pupil.id)[0]
    people.relationships.save({"responsible": "no"}, tie.id, tie.version)
    assert any("without parental" in f.told for f in desk.overview.findings())


def test_a_folder_gives_its_pictures_and_videos_and_nothing_else(tmp_path):
    (tmp_path / "2026" / "deep").mkdir(parents=True)
    for name in ("b.JPG", "a.jpg", ".hidden.jpg", "notes.txt", "2026/film.mp4", "2026/deep/c.heic"):
        (tmp_path / name).write_bytes(b"x")
    found = [each.relative_to(tmp_path).as_posix() for each in pictures_in([tmp_path])]
    assert found == ["2026/deep/c.heic", "2026/film.mp4", "a.jpg", "b.JPG"]
    assert pictures_in([tmp_path / "notes.txt", tmp_path / "a.jpg"]) == [tmp_path / "a.jpg"]


def test_pictures_added_together_are_taken_back_with_their_files(desk, room, family, tmp_path):
    ward = family()
    changes = Changes()
    for number in range(3):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(a_photograph(side=200 + number))
        changes |= room.add_picture(path)
    first, *rest = sorted(number for _, number in changes.entries)
    entry = room.photos.load(first)
    room.photos.save({"people": (ward.pupil.reference,)}, first, entry.version)
    room.take_back(changes)
    assert room.photo_files.card(first) is not None, "it was described since, so it stays"
    for number in rest:
        assert room.photos.load(number).archived
        assert room.photo_files.card(number) is None
    assert faults(desk) == []


def test_pictures_of_leavers_that_are_still_in_use_are_found(room, people, family, say, photo):
    ward, quill = family("Ward"), family("Quill")
    for each in (ward, quill):
        say(each.pupil, "given", each.mother)
    entry, _other, unused = photo(ward.pupil), photo(quill.pupil), photo(ward.pupil, where="")
    assert room.photos.of_leavers() == ()
    gone = people.load(ward.pupil.id)
    people.save({"left_on": people.today() - DAY}, gone.id, gone.version)
    assert room.photos.of_leavers() == (entry.reference,)
    assert unused.reference not in room.photos.of_leavers()
    told = [each.told for each in room.answers[1].findings()]
    assert told == ["1 picture in use that shows a pupil who has left"]
    room.photos.take_down(entry.id)
    assert room.photos.of_leavers() == ()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("IMG_0412.jpg", "Picture to be described (IMG_0412)"),
        ("20260912_101500.jpg", "Picture to be described (20260912_101500)"),
        ("Ana Ward 2.jpg", "Picture to be described"),
        ("ward_12.jpg", "Picture to be described"),
    ],
)
def test_a_file_is_told_apart_by_the_name_of_its_camera(room, tmp_path, name, what):
    (tmp_path / name).write_bytes(a_photograph(side=64))
    room.add_picture(tmp_path / name)
    assert room.photos.load(1).title == what
