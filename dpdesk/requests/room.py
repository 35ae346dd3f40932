"""The requests as the desk opens them."""

from __future__ import annotations

from dpdesk.papers.flow import Printed
from dpdesk.registers.entries import Entry
from dpdesk.registers.rooms import Room, Rooms
from dpdesk.requests.asking import SearchAsking
from dpdesk.requests.check_service import CheckAnswers, CheckService
from dpdesk.requests.correspondence import Correspondence
from dpdesk.requests.disposing import CaseDisposing
from dpdesk.requests.duties import RequestAnswers
from dpdesk.requests.figures import RequestFiguresService
from dpdesk.requests.form_records import PublicFormCodes
from dpdesk.requests.form_service import PublicForms
from dpdesk.requests.portable_service import PortableService
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
        self.asking = SearchAsking(self.requests)
        self.figures = RequestFiguresService(self.requests)
        self._documents = ground.documents
        self.portable = PortableService(self.requests, ground.documents)
        self.checks = CheckService(self.requests)
        self.disposing = CaseDisposing(self.requests, self.checks, ground.vault)
        codes = PublicFormCodes(ground.database)
        self.forms = PublicForms(self.requests, ground.documents, codes)
        self.registers = (self.requests, self.checks)
        self.answers = (RequestAnswers(self.requests), CheckAnswers(self.checks))

    def case_file(self, entry: Entry) -> Printed:
        """Everything that shows that a request was handled rightly, in one paper."""
        from dpdesk.requests.case_file import CaseFile  # reportlab only when something is printed

        made = CaseFile(self.requests, self.letters, self._documents, self.checks)
        return made.paper(entry)

    def join(self, rooms: Rooms) -> None:
        """Portable data comes out of the registers of every room; all may need a case still."""
        super().join(rooms)
        self.portable.join(tuple(rooms.registers().values()))
        self.disposing.join(rooms)

    def freshen(self) -> None:
        """Requests from before there were kinds get one; what was half destroyed goes."""
        self.requests.name_kinds()
        self.disposing.finish()

    def close(self) -> None:
        """Ends workers."""
        self.forms.close()
