"""People as the desk opens them."""

from __future__ import annotations

from dpdesk.people.duties import PeopleAnswers
from dpdesk.people.importing import PeopleImport
from dpdesk.people.service import PeopleService
from dpdesk.registers.rooms import Room
from dpdesk.school.ground import Ground


class PeopleRoom(Room):
    """Pupils, parents, staff and others."""

    key = "people"

    def __init__(self, ground: Ground) -> None:
        self.people = PeopleService(ground.database)
        self.importing = PeopleImport(self.people)
        self.registers = (self.people,)
        self.answers = (PeopleAnswers(self.people),)
