"""A restriction is seen wherever the person is opened, in the list as on the page."""

from __future__ import annotations

import datetime as dt

from tests.builders import a_request
from tests.ui.people.test_room import Office, office, template

__all__ = ["Office", "office", "template"]

SAYS = "No use of the behaviour log before the appeal is decided"


def test_a_restriction_stands_on_the_page_and_in_the_list(office):
    values = {"kind": "pupil", "surname": "Example", "forename": "Robin"}
    pupil = office.desk.people.people.save(values).entry
    office.room.open_entry(pupil.id)
    assert office.room.flags.isHidden()
    entry = a_request(
        office.desk,
        kind="restriction",
        subject_person=pupil.id,
        flag_from=dt.date(2026, 11, 10),
        flag_says=SAYS,
    )
    office.room.open_entry(pupil.id)
    assert office.room.flags.isVisibleTo(office.room)
    assert f"{SAYS}: the restriction {entry.reference}." in office.room.flags.text.text()
    office.room.flags.press(f"Open {entry.reference}")
    assert ("open", "requests", entry.id) in [each[:3] for each in office.noted.asked]
    office.room.show_chip("flagged")
    model = office.room.list.model
    assert model.badge(0, 2).text == "Not to be used"
    assert entry.reference in model.badge(0, 2).hint
