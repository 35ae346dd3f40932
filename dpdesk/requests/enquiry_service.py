"""The door to the enquiries into a complaint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.requests.enquiry_records import Enquiry
from dpdesk.requests.records import Request

Arrived = dt.date | None
"""The day on which the complaint was received."""


class EnquiryService(RegisterService[Enquiry, Arrived]):
    """Enquiries made into complaints."""

    record = Enquiry
    follows_calendar = False

    def surroundings(self, session: Session, scope: Scope[Enquiry]) -> Callable[[int], Arrived]:
        """The day on which the complaint was received."""
        parents = {number: row.parent_id for number, row in scope.rows.items()}
        asked = select(Request.id, Request.received).where(Request.id.in_(set(parents.values())))
        days = {number: day for number, day in session.execute(asked)}  # noqa: C416 — types
        return lambda number: days.get(parents[number])

    def problems(self, values: Values, around: Arrived) -> dict[str, str]:
        """Days that contradict each other."""
        asked, answered = values["asked_on"], values.get("answered_on")
        found: dict[str, str] = {}
        if around is not None and asked < around:
            found["asked_on"] = "That is before the complaint was received."
        if answered is not None and answered < asked:
            found["answered_on"] = "The answer would come before the question."
        return found

    def derive(self, values: Values, around: Arrived) -> Derived:
        """Title: who, and when. Open until something was found."""
        known = values.get("answered_on") is not None or bool(values.get("answer"))
        title = f"{values['asked_whom']}, {show_date(values['asked_on'])}"
        return Derived(title, "answered" if known else "open")
