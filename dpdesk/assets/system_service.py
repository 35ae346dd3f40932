"""The door to systems and to the looks at their accounts."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dpdesk.assets import system_rules
from dpdesk.assets.part_services import PartService
from dpdesk.assets.pick_lists import GapFound
from dpdesk.assets.system_records import AccessReview, System
from dpdesk.assets.system_rules import Access
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.store.database import Database


class AccessReviews(PartService[AccessReview]):
    """Accounts looked through."""

    record = AccessReview

    def problems(self, values: Values, around: None) -> dict[str, str]:
        """Numbers that contradict each other."""
        return system_rules.review_problems(values)

    def derive(self, values: Values, around: None) -> Derived:
        """Title: its day and person."""
        who = f", {values['by_whom']}" if values.get("by_whom") else ""
        return Derived(f"{show_date(values['day'])}{who}")


class SystemService(RegisterService[System, Access | None]):
    """The systems that hold records."""

    record = System
    follows_calendar = False

    def __init__(
        self,
        database: Database,
    ) -> None:
        super().__init__(database)
        self.access_reviews = AccessReviews(database)
        self.own(self.access_reviews)

    def findings_of(self, entry: Entry) -> tuple[GapFound, ...]:
        """What is missing or wrong about a system, today, each with its reason."""
        with self.database.reading() as session:
            last = self._last(session, System.id == entry.id).get(entry.id)
        return system_rules.findings(entry.values, last, self.today())

    def completeness(self, entry: Entry) -> tuple[int, int]:
        """How many of the questions that want an answer have one."""
        return system_rules.completeness(entry.values)

    def with_access(self, where: ColumnElement[bool]) -> list[tuple[Entry, Access | None]]:
        """Systems with the latest access review, in two reads; no archived ones."""
        asked = where & System.archived_at.is_(None)
        with self.database.reading() as session:
            last = self._last(session, asked)
            rows = session.scalars(select(System).where(asked).order_by(System.id))
            entries = [self._entry(row) for row in rows]
        return [(entry, last.get(entry.id)) for entry in entries]

    # --- what the rules add --------------------------------------------------------------

    def surroundings(
        self, session: Session, scope: Scope[System]
    ) -> Callable[[int], Access | None]:
        """The latest access review of systems."""
        if scope.making:
            return lambda _number: None
        return self._last(session, scope.where).get

    def problems(self, values: Values, around: Access | None) -> dict[str, str]:
        """Days that contradict each other."""
        return system_rules.problems(values)

    def derive(self, values: Values, around: Access | None) -> Derived:
        """Title: its name. Findings and days: from the facts and the access reviews."""
        found = system_rules.findings(values, around)
        due = system_rules.due(values, around)
        return Derived(
            str(values["name"]),
            system_rules.state(values, around),
            due.isoformat() if due is not None else None,
            {
                "found": tuple(dict.fromkeys(each.key for each in found)) or None,
                "contract_until": system_rules.contract_until(values),
                "access_due": system_rules.access_due(values, around),
            },
        )

    def _last(self, session: Session, where: ColumnElement[bool]) -> dict[int, Access]:
        """The latest access review of each system that ``where`` holds for."""
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
