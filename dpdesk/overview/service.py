"""What needs doing and what is missing, across all features."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.overview.answers import DutyGroup, in_groups
from dpdesk.registers.duties import Duty, Finding
from dpdesk.registers.rooms import Room, Rooms
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground


@dataclass(frozen=True, slots=True)
class _Answered:
    """What a room answered, and until when that holds."""

    asked_on: dt.date
    changed_at: int
    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]


class OverviewService:
    """Asks every room and puts the answers in order.

    A room is asked again only when something of it, or of the school, was saved, or when a new day
    has begun: Home is drawn after every save.
    """

    def __init__(self, rooms: Rooms, ground: Ground) -> None:
        self._rooms = rooms
        self._ground = ground
        self._answered: dict[str, _Answered] = {}
        school = (ground.school, *ground.school.part_services)
        self._everywhere = tuple(service.register.key for service in school)

    def duties(self) -> tuple[DutyGroup, ...]:
        """What must be done, by urgency; empty groups are left out."""
        duties = [duty for answered in self._all() for duty in answered.duties]
        now = self._ground.now()
        return in_groups(duties, now, now.astimezone(SCHOOL_TIME).date())

    def every_duty(self) -> tuple[Duty, ...]:
        """What must be done, the most urgent first, not in groups."""
        return tuple(duty for group in self.duties() for duty in group.duties)

    def findings(self) -> tuple[Finding, ...]:
        """What is missing or wrong: first what is not there at all, then what most entries lack."""
        found = [finding for answered in self._all() for finding in answered.findings]
        return tuple(sorted(found, key=lambda each: (each.count is not None, -(each.count or 0))))

    def _all(self) -> Sequence[_Answered]:
        today = self._ground.now().astimezone(SCHOOL_TIME).date()
        return [self._of(room, today) for room in self._rooms if room.answers]

    def _of(self, room: Room, today: dt.date) -> _Answered:
        keys = [service.register.key for service in room.services()]
        changed_at = self._ground.database.changed_at((*keys, *room.rests_on, *self._everywhere))
        known = self._answered.get(room.key)
        if known is None or (known.asked_on, known.changed_at) != (today, changed_at):
            known = _Answered(
                today,
                changed_at,
                tuple(duty for each in room.answers for duty in each.duties()),
                tuple(finding for each in room.answers for finding in each.findings()),
            )
            self._answered[room.key] = known
        return known
