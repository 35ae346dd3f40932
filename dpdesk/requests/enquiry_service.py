"""The door to the enquiries into a complaint."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.requests.enquiry_records import Enquiry
from dpdesk.requests.part_services import Received, received_of


class EnquiryService(RegisterService[Enquiry, Received]):
    """Enquiries made into complaints."""

    record = Enquiry
    follows_calendar = False

    def surroundings(self, session: Session, scope: Scope[Enquiry]) -> Callable[[int], Received]:
        """The day on which the complaint was received."""
        return received_of(session, scope)

    def problems(self, values: Values, around: Received) -> dict[str, str]:
        """Days that contradict each other."""
        asked, answered = values["asked_on"], values.get("answered_on")
        found: dict[str, str] = {}
        if around is not None and asked < around:
            found["asked_on"] = "That is before the complaint was received."
        if answered is not None and answered < asked:
            found["answered_on"] = "The answer would come before the question."
        return found

    def derive(self, values: Values, around: Received) -> Derived:
        """Title: who, and when. Open until something was found."""
        known = values.get("answered_on") is not None or bool(values.get("answer"))
        title = f"{values['asked_whom']}, {show_date(values['asked_on'])}"
        return Derived(title, "answered" if known else "open")
