"""The door to the feedback of requesters."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show, show_date
from dpdesk.requests.feedback_records import RequestFeedback
from dpdesk.requests.part_services import Received, received_of, too_early


class FeedbackService(RegisterService[RequestFeedback, Received]):
    """What requesters said about how it went."""

    record = RequestFeedback
    follows_calendar = False

    def surroundings(
        self, session: Session, scope: Scope[RequestFeedback]
    ) -> Callable[[int], Received]:
        """The day on which the request was received."""
        return received_of(session, scope)

    def problems(self, values: Values, around: Received) -> dict[str, str]:
        """Nobody says how it went before it began."""
        return too_early(values, around, "given_on")

    def derive(self, values: Values, around: Received) -> Derived:
        """Title: the day, and whether they were content."""
        told = show(self.register.field("content"), values.get("content"))
        day = show_date(values["given_on"])
        return Derived(f"{day}: {told.lower()}" if told else day)
