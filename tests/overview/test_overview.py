"""Home asks only the rooms in which something changed, and can say that something is not there."""

from __future__ import annotations

import datetime as dt

from dpdesk.overview.service import OverviewService
from dpdesk.registers.duties import Duty, Finding
from dpdesk.registers.rooms import Room, Rooms
from tests.builders import a_request, statements


def look(desk) -> None:
    desk.overview.duties()
    desk.overview.findings()


YESTERDAY = dt.date(2026, 11, 19)
"""So new that nothing but its answer is due."""


def test_looking_again_asks_nothing_of_the_database(desk):
    a_request(desk)
    look(desk)
    assert statements(desk, lambda: look(desk)) == 0


def test_a_save_asks_only_the_room_that_it_changed(desk):
    look(desk)
    whole = statements(desk, lambda: OverviewService(desk.rooms, desk.ground).duties())
    a_request(desk)
    one = statements(desk, lambda: look(desk))
    assert 0 < one < whole / 2


def test_what_was_saved_shows_at_once(desk):
    assert desk.overview.duties() == ()
    entry = a_request(desk, received=YESTERDAY)
    assert [duty.reference for group in desk.overview.duties() for duty in group.duties] == [
        entry.reference
    ]
    desk.requests.requests.archive(entry.id, entry.version)
    assert desk.overview.duties() == ()


def test_a_part_an_undo_and_the_calendar_show_at_once(desk):
    entry = a_request(desk, received=YESTERDAY)
    (group,) = desk.overview.duties()
    due = group.duties[0].due
    service = desk.requests.requests
    service.clarifications.save({"asked_on": YESTERDAY}, parent_id=entry.id)
    (group,) = desk.overview.duties()
    assert group.key == "waiting"
    part = service.clarifications.parts(entry.id)[0]
    service.clarifications.archive(part.id, part.version)
    (group,) = desk.overview.duties()
    assert group.duties[0].due == due
    desk.school.special_days.save({"day": due, "kind": "bank_holiday"}, parent_id=1)
    desk.calendar_changed()
    (group,) = desk.overview.duties()
    assert group.duties[0].due > due


def test_a_new_day_is_asked_about_afresh(desk, clock):
    desk.assets.assets.save({"name": "Pupil files", "owner": "Bursar"})
    look(desk)
    clock.on(dt.date(2030, 1, 1))
    assert statements(desk, lambda: look(desk)) > 0


class _Newsroom:
    """Answers as a feature without any entry would."""

    def duties(self) -> list[Duty]:
        return []

    def findings(self) -> list[Finding]:
        return [
            Finding("notices overdue", 3, "requests", "overdue"),
            Finding.nothing("No privacy notice is on record", "requests", "UK GDPR Art 13"),
        ]


class _Room(Room):
    key = "news"

    def __init__(self) -> None:
        self.answers = (_Newsroom(),)  # type: ignore[assignment]  # asked for these two only


def test_what_is_not_there_at_all_comes_before_what_is_not_right(desk):
    found = OverviewService(Rooms([_Room()]), desk.ground).findings()
    assert [each.told for each in found] == ["No privacy notice is on record", "3 notices overdue"]
    assert found[0].chip == "", "there is no list to show; a first entry is made"
