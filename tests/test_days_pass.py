"""What only the passing of days changes: nobody saves anything, and yet a state is another."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from sqlalchemy import select

from dpdesk import example
from dpdesk.desk import Desk
from dpdesk.registers.entries import Query
from tests.builders import PASSPHRASE, Clock, Template, make_template

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Template:
    return make_template(tmp_path_factory.mktemp("days") / "ws")


@pytest.fixture
def opened(template, tmp_path):
    """Opens the desk on a day that is so many days away."""
    folder = template.copy(tmp_path / "ws")
    desks: list[Desk] = []

    def on(days: int) -> Desk:
        if desks:
            desks.pop().close()
        clock = Clock()
        clock.moment += days * DAY
        desks.append(Desk.open(folder, PASSPHRASE, now=clock))
        return desks[0]

    yield on
    for desk in desks:
        desk.close()


def test_who_starts_or_leaves_on_a_day_to_come_stands_so_from_that_day_on(opened):
    people = opened(0).people.people
    today = people.today()
    kinds = {"kind": "pupil", "forename": "Bo"}
    leaver = people.save({**kinds, "surname": "Goes", "left_on": today + 3 * DAY}).entry
    comer = people.save({**kinds, "surname": "Comes", "started_on": today + 3 * DAY}).entry
    assert [each.state for each in (leaver, comer)] == ["here", "coming"]
    for days, states in ((3, ["here", "here"]), (4, ["left", "here"])):
        people = opened(days).people.people
        assert [people.load(each.id).state for each in (leaver, comer)] == states
    assert [row[3] for row in people.listing(Query(chip="left")).rows] == ["left"]


def test_training_is_due_again_and_a_consent_expired_on_the_day_after_the_last(opened):
    desk = opened(0)
    people, training, consents = desk.people.people, desk.people.training, desk.consents.consents
    today = people.today()
    teacher = people.save({"kind": "staff", "surname": "Reed", "forename": "Noor"}).entry
    course = training.courses.save({"name": "Data protection"}).entry
    done = {"person": teacher.id, "course": course.id, "done_on": today}
    taught = training.save({**done, "valid_until": today + 5 * DAY}).entry
    pupil = people.save({"kind": "pupil", "surname": "Ward", "forename": "Ana"}).entry
    mother = people.save({"kind": "parent", "surname": "Ward", "forename": "Jo"}).entry
    tie = {"adult": mother.id, "relationship": "mother", "responsible": "yes"}
    people.relationships.save(tie, parent_id=pupil.id)
    use = desk.consents.uses.save({"name": "Website", "words": "On the website."}).entry
    said = consents.save(
        {
            "pupil": pupil.id, "use": use.id, "answer": "given", "by_whom": mother.id,
            "asked_on": today, "how": "paper", "valid_until": today + 5 * DAY,
        }
    ).entry  # fmt: skip
    photo = desk.consents.photos.save(
        {"what": "Sports day", "kind": "photo", "people": (pupil.reference,), "everybody": "yes"}
    ).entry
    desk.consents.photos.places.save({"use": use.id, "where": "Home page"}, parent_id=photo.id)
    for days, states in ((5, ["valid", "given", "used"]), (6, ["again", "expired", "take_down"])):
        desk = opened(days)
        found = [
            desk.people.training.load(taught.id).state,
            desk.consents.consents.load(said.id).state,
            desk.consents.photos.load(photo.id).state,
        ]
        assert found == states
    counts = desk.consents.consents.counts()
    assert (counts["given"], counts["expired"]) == (0, 1)


def test_what_nobody_changed_is_no_change_in_the_history(opened):
    people = opened(0).people.people
    entry = people.save(
        {"kind": "pupil", "surname": "Goes", "forename": "Bo", "left_on": people.today() + DAY}
    ).entry
    told = len(people.history(entry.id))
    people = opened(2).people.people
    assert people.load(entry.id).version == entry.version
    assert len(people.history(entry.id)) == told


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The example school, and its passphrase."""
    folder = tmp_path_factory.mktemp("school") / "ws"
    return folder, example.make_example(folder)


@pytest.mark.parametrize("days", [1, 35, 400])
def test_on_no_day_an_entry_stands_otherwise_than_if_it_were_worked_out_on_it(
    school, tmp_path, days
):
    """A state that the day changes by itself must be named by its register (``behind``)."""
    folder, passphrase = school
    clock = Clock(dt.datetime.now(dt.UTC) + days * DAY)
    desk = Desk.open(shutil.copytree(folder, tmp_path / "ws"), passphrase, now=clock)
    try:
        for service in (each for room in desk.rooms for each in room.services()):
            record = service.record
            shown = [getattr(record, name) for name in ("id", "title", "state", "due")]
            with service.database.reading() as session:
                opened = session.execute(select(*shown)).all()
            service.refresh_all()
            with service.database.reading() as session:
                assert session.execute(select(*shown)).all() == opened, service.register.key
    finally:
        desk.close()
