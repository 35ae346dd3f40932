"""Consents as the desk opens them."""

from __future__ import annotations

from dpdesk.consents.codes import FormCodes
from dpdesk.consents.duties import ConsentAnswers
from dpdesk.consents.prints import ConsentPrints
from dpdesk.consents.service import ConsentService
from dpdesk.consents.use_service import UseService
from dpdesk.people.service import PeopleService
from dpdesk.registers.rooms import Room
from dpdesk.school.ground import Ground


class ConsentsRoom(Room):
    """Uses of pictures, and every answer to them."""

    key = "consents"

    def __init__(self, ground: Ground, people: PeopleService) -> None:
        self.uses = UseService(ground.database)
        self.consents = ConsentService(ground.database, people, self.uses)
        self.codes = FormCodes(ground.database)
        self.prints = ConsentPrints(self.consents, people, ground.school, self.codes)
        self.registers = (self.consents, self.uses)
        self.answers = (ConsentAnswers(self.consents, self.uses),)
