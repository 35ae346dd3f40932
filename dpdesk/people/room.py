"""People as the desk opens them."""

from __future__ import annotations

from dpdesk.people.duties import PeopleAnswers, TrainingAnswers
from dpdesk.people.importing import PeopleImport
from dpdesk.people.moving_up import MovingUp
from dpdesk.people.named_here import NamedPeople
from dpdesk.people.service import PeopleService
from dpdesk.people.training_service import TrainingService
from dpdesk.registers.rooms import Room
from dpdesk.school.ground import Ground


class PeopleRoom(Room):
    """Pupils, parents, staff and others."""

    key = "people"

    def __init__(self, ground: Ground) -> None:
        self.people = PeopleService(ground.database)
        self.importing = PeopleImport(self.people)
        self.moving = MovingUp(self.people)
        self.named = NamedPeople(self.people)
        self.training = TrainingService(ground.database, self.people)
        self.courses = self.training.courses
        self.registers = (self.people, self.training, self.courses)
        self.answers = (PeopleAnswers(self.people), TrainingAnswers(self.training))

    def freshen(self) -> None:
        """Whom restrictions from before there were marks stand on is marked."""
        self.people.mark_flags()
