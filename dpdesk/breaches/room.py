"""The breach log as the desk opens it."""

from __future__ import annotations

from dpdesk.breaches.duties import BreachAnswers
from dpdesk.breaches.figures import FiguresService
from dpdesk.breaches.log import LogService
from dpdesk.breaches.reporting import Reporting
from dpdesk.breaches.service import BreachService
from dpdesk.breaches.settings import BreachSettingsService
from dpdesk.registers.rooms import Room, Rooms
from dpdesk.school.ground import Ground


class BreachesRoom(Room):
    """The breach log, its parts, its reports and letters, and its figures."""

    key = "breaches"

    def __init__(self, ground: Ground) -> None:
        own = BreachSettingsService(ground.database)
        self.settings = (own,)
        self.breaches = BreachService(ground.database, ground.school, own)
        self.reporting = Reporting(self.breaches, ground.shelf)
        self.figures = FiguresService(self.breaches)
        self.log = LogService(self.breaches)
        self.registers = (self.breaches,)
        self.answers = (BreachAnswers(self.breaches),)

    def join(self, rooms: Rooms) -> None:
        """A report to the regulator must hold no name that stands in any register."""
        super().join(rooms)
        every = [service for room in rooms for service in room.services()]
        self.reporting.named_in = tuple(every)
