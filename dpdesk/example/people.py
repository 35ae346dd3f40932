"""The people of the example school, what their parents agreed to, and who was trained."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry

_PUPILS: Final = (
    # surname, first name, known as, year, class, born, the adults by their first names
    ("O’Brien", "Aoife", None, "5", "5B", "2017-01-14", ("Niamh",)),
    ("Sample", "Harry", None, "5", "5B", "2016-11-02", ("Dana", "Chris")),
    ("Nguyễn", "Linh", None, "5", "5B", "2017-06-21", ("Mai",)),
    ("Template", "Noah", None, "5", "5B", "2016-09-30", ("Ruth", "Alan")),
    ("Wójcik", "Kacper", None, "3", "3A", "2019-03-08", ("Ewa",)),
    ("Example", "Robin", "Rob", "3", "3A", "2018-12-19", ("Pat", "Jo")),
    ("Specimen", "Thomas", "Tom", "3", "3A", "2019-05-05", ("Lea",)),
    ("Placeholder", "Ines", None, "3", "3A", "2018-10-27", ("Rosa",)),
)
_STAFF: Final = (
    ("Specimen", "Alex", "Head teacher", ("leaders", "teachers")),
    ("Example", "Pat", "School business manager", ("office", "dpo")),
    ("Dummy", "Morgan", "Class teacher, 5B", ("teachers",)),
    ("Sample", "Kim", "Class teacher, 3A", ("teachers",)),
)
_YES, _NO = "given", "refused"


def fill(desk: Desk, today: dt.date) -> None:
    """Adds pupils with their parents, staff with their training, and consents of one class."""
    pupils = [_pupil(desk, row) for row in _PUPILS]
    staff = [_staff(desk, row) for row in _STAFF]
    _training(desk, staff, today)
    desk.consents.uses.add_usual()
    _consents(desk, pupils[:4], today)
    _pictures(desk, pupils, today)


def _pupil(desk: Desk, row: tuple[Any, ...]) -> tuple[Entry, Entry]:
    surname, forename, known, year, form, born, adults = row
    people = desk.people.people
    pupil = people.save(
        {
            "kind": "pupil",
            "surname": surname,
            "forename": forename,
            "known_as": known,
            "year_group": year,
            "form": form,
            "born": dt.date.fromisoformat(born),
        }
    ).entry
    parents = []
    for place, name in enumerate(adults, 1):
        adult = people.save({"kind": "parent", "surname": surname, "forename": name}).entry
        people.relationships.save(
            {
                "adult": adult.id,
                "relationship": "mother" if place == 1 else "father",
                "responsible": "yes",
                "lives_with": "yes",
                "priority": place,
            },
            parent_id=pupil.id,
        )
        parents.append(adult)
    return people.load(pupil.id), parents[0]


def _staff(desk: Desk, row: tuple[Any, ...]) -> Entry:
    surname, forename, post, roles = row
    answers = {"kind": "staff", "surname": surname, "forename": forename, "post": post}
    return desk.people.people.save({**answers, "roles": roles}).entry


def _training(desk: Desk, staff: list[Entry], today: dt.date) -> None:
    course = desk.people.courses.save(
        {"name": "Data protection for schools", "roles": ("all",), "valid_months": 24}
    ).entry
    for number, who in enumerate(staff[:3]):
        done = {"person": who.id, "course": course.id}
        day = today - dt.timedelta(days=90 + 250 * number)
        desk.people.training.save({**done, "done_on": day})


def _consents(desk: Desk, pupils: list[tuple[Entry, Entry]], today: dt.date) -> None:
    uses = desk.consents.uses.every()
    for number, (pupil, parent) in enumerate(pupils[:3]):
        for place, use in enumerate(uses):
            desk.consents.consents.save(
                {
                    "pupil": pupil.id,
                    "use": use.id,
                    "answer": _NO if number == 1 and place == len(uses) - 1 else _YES,
                    "by_whom": parent.id,
                    "asked_on": today - dt.timedelta(days=60),
                    "how": "paper",
                }
            )


def _pictures(desk: Desk, pupils: list[tuple[Entry, Entry]], today: dt.date) -> None:
    """A picture in use, a withdrawal under way, one that is done, and one whose file is gone."""
    first, third = pupils[0], pupils[2]
    _picture(desk, "Sports day, sack race", today, [first[0], third[0]], ("Hall notice board",))
    _picture(
        desk, "Science week, volcano", today, [third[0]], ("News page of the website",), place=-1
    )
    taken = _withdraw(desk, first, today - dt.timedelta(days=4), -1)
    photos = desk.consents.photos
    gone = _picture(
        desk, "Choir in the chapel", today, [first[0]], ("Home page of the website",), place=-1
    )
    photos.take_down(gone.id)
    desk.consents.delete_picture(photos.load(gone.id))
    _picture(desk, "Harvest assembly", today, [first[0]], ("Winter prospectus",), place=-1)
    desk.consents.consents.save(
        {"told_others": today - dt.timedelta(days=3)}, taken.id, taken.version
    )
    done = _withdraw(desk, third, today - dt.timedelta(days=20), 1)
    desk.consents.consents.save(
        {
            "told_others": today - dt.timedelta(days=19),
            "closed_on": today - dt.timedelta(days=18),
            "confirmed_on": today - dt.timedelta(days=17),
        },
        done.id,
        done.version,
    )


def _picture(
    desk: Desk,
    what: str,
    today: dt.date,
    people: list[Entry],
    where: tuple[str, ...],
    place: int = 0,
) -> Entry:
    """A picture with everybody in it named, used in some places for one of the uses."""
    photos, uses = desk.consents.photos, desk.consents.uses.every()
    entry = photos.save(
        {
            "what": what,
            "kind": "photo",
            "taken_on": today - dt.timedelta(days=50),
            "people": tuple(each.reference for each in people),
            "everybody": "yes",
        }
    ).entry
    for each in where:
        used = {"use": uses[place].id, "where": each, "since": today - dt.timedelta(days=45)}
        photos.places.save(used, parent_id=entry.id)
    return photos.load(entry.id)


def _withdraw(desk: Desk, family: tuple[Entry, Entry], day: dt.date, place: int) -> Entry:
    """A parent takes back what they had agreed to, for one of the uses."""
    use = desk.consents.uses.every()[place]
    answer = {"pupil": family[0].id, "use": use.id, "answer": "withdrawn", "by_whom": family[1].id}
    return desk.consents.consents.save({**answer, "asked_on": day, "how": "email"}).entry
