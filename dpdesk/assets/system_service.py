"""The door to systems and to the looks at their accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dpdesk.assets import system_rules
from dpdesk.assets.lists import Found
from dpdesk.assets.part_service import PartService
from dpdesk.assets.system_records import AccessReview, System
from dpdesk.assets.system_rules import Access
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.record import new
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.store.database import Change, Database

_LOOKS = "looks at accounts"


class AccessReviews(PartService[AccessReview]):
    """Accounts looked through."""

    record = AccessReview

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Numbers that contradict each other."""
        return system_rules.review_problems(values)

    def derive(self, session: Session, row: AccessReview, values: Values) -> Derived:
        """Called by its day and person."""
        who = f", {values['by_whom']}" if values.get("by_whom") else ""
        return Derived(f"{show_date(values['day'])}{who}")


class SystemService(RegisterService[System]):
    """The systems in which records lie."""

    record = System
    follows_calendar = False

    def __init__(
        self,
        database: Database,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        super().__init__(database, now=now)
        self.access_reviews = AccessReviews(database, now=now)
        self.access_reviews.parent = self

    def findings_of(self, entry: Entry) -> tuple[Found, ...]:
        """What is missing or wrong about a system, today, each with its reason."""
        with self.database.reading() as session:
            last = self._last(session, System.id == entry.id).get(entry.id)
        return system_rules.findings(entry.values, last, self.today())

    def completeness(self, entry: Entry) -> tuple[int, int]:
        """How many of the questions that want an answer have one."""
        return system_rules.completeness(entry.values)

    def with_access(self, where: ColumnElement[bool]) -> list[tuple[Entry, Access | None]]:
        """Systems with the latest look at their accounts, in two reads; no archived ones."""
        asked = where & System.archived_at.is_(None)
        with self.database.reading() as session:
            last = self._last(session, asked)
            rows = session.scalars(select(System).where(asked).order_by(System.id))
            entries = [self._entry(row) for row in rows]
        return [(entry, last.get(entry.id)) for entry in entries]

    # --- what the rules add --------------------------------------------------------------

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Days that contradict each other."""
        return system_rules.problems(values)

    def derive(self, session: Session, row: System, values: Values) -> Derived:
        """Called by its name; findings and days from the facts and the looks at the accounts."""
        looks = session.info.get(_LOOKS)
        if looks is None:
            looks = {} if new(row) else self._last(session, System.id == row.id)
        last = looks.get(row.id)
        found = system_rules.findings(values, last)
        due = system_rules.due(values, last)
        return Derived(
            str(values["name"]),
            system_rules.state(values, last),
            due.isoformat() if due is not None else None,
            {
                "found": tuple(dict.fromkeys(each.key for each in found)) or None,
                "contract_until": system_rules.contract_until(values),
                "access_due": system_rules.access_due(values, last),
            },
        )

    def refresh_where(self, change: Change, where: ColumnElement[bool]) -> None:
        """As for any register, with the looks at accounts read at once for all rows."""
        change.session.flush()
        change.session.info[_LOOKS] = self._last(change.session, where)
        try:
            super().refresh_where(change, where)
        finally:
            del change.session.info[_LOOKS]

    def _last(self, session: Session, where: ColumnElement[bool]) -> dict[int, Access]:
        """The latest look at the accounts of each system that ``where`` holds for."""
        found: dict[int, Access] = {}
        for row in session.scalars(
            select(AccessReview)
            .where(
                AccessReview.parent_id.in_(select(System.id).where(where)),
                AccessReview.archived_at.is_(None),
            )
            .order_by(AccessReview.day, AccessReview.id)
        ):
            if row.day is not None:
                found[row.parent_id] = Access(row.day, row.leavers, row.idle, row.idle_closed)
        return found
