"""What is looked up once while the use of a picture is recorded, and never too long kept."""

from __future__ import annotations

from sqlalchemy import event

from tests.consents.test_photos import photo, state

__all__ = ["photo"]


def test_recording_a_use_reads_the_answers_once(desk, room, website, family, say, photo):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    entry = photo(ward.pupil, where="")
    read: list[str] = []

    def noted(_connection, _cursor, statement, *_more):
        if "FROM consents" in statement:
            read.append(statement)

    engine = desk.workspace.database.engine
    event.listen(engine, "before_cursor_execute", noted)
    try:
        room.photos.places.save({"use": website.id, "where": "Hall"}, parent_id=entry.id)
    finally:
        event.remove(engine, "before_cursor_execute", noted)
    assert len(read) == 1
    assert state(room, entry) == "used"


def test_a_no_in_the_same_step_as_the_use_brings_the_picture_down(
    room, consents, website, family, say, photo
):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    entry = photo(ward.pupil, where="")
    place = {"use": website.id, "where": "Hall"}
    answer = {
        "pupil": ward.pupil.id, "use": website.id, "answer": "refused", "how": "paper",
        "by_whom": ward.mother.id, "asked_on": consents.today(),
    }  # fmt: skip
    with room.photos.database.changing() as change:
        room.photos.places.save_within(change, place, parent_id=entry.id)
        room.photos.refresh_within(change, entry.id)
        consents.save_within(change, answer)
    assert state(room, entry) == "take_down"
