"""The register of the letters of requests: what was sent stays as it was."""

from __future__ import annotations

from dpdesk.errors import DpdeskError
from dpdesk.registers.fields import Values
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show, show_date
from dpdesk.requests.letter_records import RequestLetter

_FIXED = ("kind", "subject", "salutation", "words", "sent_on", "how", "to_whom", "paper")


class RequestLetters(RegisterService[RequestLetter]):
    """Letters being written and letters sent."""

    record = RequestLetter
    follows_calendar = False

    def guard(self, values: Values, before: Values) -> None:
        """Refuses to change a letter that was sent."""
        if before.get("sent_on") is None:
            return
        if any(name in values and values[name] != before.get(name) for name in _FIXED):
            raise DpdeskError(
                "This letter was sent, so it stays as it was.", "Write a new letter instead."
            )

    def derive(self, values: Values, around: None) -> Derived:
        """Title: which letter, and when it went."""
        label = show(self.register.field("kind"), values.get("kind"))
        sent = values.get("sent_on")
        if sent is None:
            return Derived(f"{label}, not sent yet", "draft")
        return Derived(f"{label}, sent {show_date(sent)}", "sent")
