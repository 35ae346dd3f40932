"""The door to the feedback of requesters."""

from __future__ import annotations

from dpdesk.registers.fields import Values
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show, show_date
from dpdesk.requests.feedback_records import RequestFeedback


class FeedbackService(RegisterService[RequestFeedback]):
    """What requesters said about how it went."""

    record = RequestFeedback
    follows_calendar = False

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the day, and whether they were content."""
        told = show(self.register.field("content"), values.get("content"))
        day = show_date(values["given_on"])
        return Derived(f"{day}: {told.lower()}" if told else day)
