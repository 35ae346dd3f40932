"""The requests as the desk opens them."""

from __future__ import annotations

from dpdesk.registers.rooms import Room
from dpdesk.requests.correspondence import Correspondence
from dpdesk.requests.duties import RequestAnswers
from dpdesk.requests.service import RequestService
from dpdesk.requests.settings import RequestSettingsService
from dpdesk.school.ground import Ground


class RequestsRoom(Room):
    """The request log, its parts and its letters."""

    key = "requests"

    def __init__(self, ground: Ground) -> None:
        own = RequestSettingsService(ground.database)
        self.settings = (own,)
        self.requests = RequestService(ground.database, ground.school, own)
        self.letters = Correspondence(self.requests, ground.shelf)
        self.registers = (self.requests,)
        self.answers = (RequestAnswers(self.requests),)

    def freshen(self) -> None:
        """Requests from before there were kinds get one."""
        self.requests.name_kinds()
