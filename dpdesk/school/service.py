"""The door to the school's particulars and calendar."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from dpdesk.law import breach_lists
from dpdesk.law.calendar import WorkCalendar
from dpdesk.papers.letterhead import Letterhead
from dpdesk.registers.entries import Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.school.records import BODIES, DAY_KINDS, REGULATOR, School, SpecialDay, Term
from dpdesk.store.database import Change, Database

KEY = 1
"""Number of the one entry."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """The school as papers and letters need it; empty where nothing was entered."""

    name: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    head: str = ""
    ico_number: str = ""
    dpo_name: str = ""
    dpo_post: str = ""
    dpo_email: str = ""
    dpo_telephone: str = ""
    dpo_address: str = ""
    regulator_name: str = REGULATOR.name
    regulator_address: str = "\n".join(REGULATOR.address)
    regulator_telephone: str = REGULATOR.helpline
    regulator_hours: str = REGULATOR.helpline_hours
    regulator_website: str = REGULATOR.website
    breach_review_months: int = breach_lists.setting("review_months")
    police_body: str = BODIES["police"].name
    fraud_body: str = BODIES["fraud"].name
    cyber_body: str = BODIES["ncsc"].name
    insurer_body: str = BODIES["insurer"].name
    authority_body: str = BODIES["authority"].name
    idle_minutes: int = 10
    backup_folder: str = ""
    backup_hours: int = 24

    @property
    def regulator_short(self) -> str:
        """A word for the regulator on a button: "ICO", or its initials where it was renamed."""
        bracketed = re.search(r"\(([^()]+)\)", self.regulator_name)
        if bracketed:
            return bracketed[1]
        if self.regulator_name == REGULATOR.name:
            return REGULATOR.short_name
        return "".join(word[0] for word in self.regulator_name.split() if word[0].isupper())

    def body(self, code: str) -> str:
        """How the school calls a body that may be told about a breach; empty for other codes.

        ``code`` as in the list ``others`` of ``resources/law/breaches.toml``.
        """
        return {
            "police": self.police_body,
            "fraud": self.fraud_body,
            "ncsc": self.cyber_body,
            "insurer": self.insurer_body,
            "authority": self.authority_body,
        }.get(code, "")


class SpecialDays(RegisterService[SpecialDay]):
    """Days that are not what the calendar of England says."""

    record = SpecialDay

    def derive(self, values: Values, around: None) -> Derived:
        """Title: its name, or its kind where it has none."""
        kind = next((each.label for each in DAY_KINDS if each.code == values.get("kind")), "")
        return Derived(str(values.get("name") or kind))


class Terms(RegisterService[Term]):
    """The school's terms."""

    record = Term

    def problems(self, values: Values, around: None) -> dict[str, str]:
        """A term cannot end before it begins."""
        if values["last"] < values["first"]:
            return {"last": "The term ends before it begins."}
        return {}

    def derive(self, values: Values, around: None) -> Derived:
        """Title: its name, or its first day."""
        return Derived(str(values.get("name") or f"Term from {show_date(values['first'])}"))


class SchoolService(RegisterService[School]):
    """The school's one entry, read so often that it is kept until it changes."""

    record = School

    def __init__(
        self,
        database: Database,
    ) -> None:
        super().__init__(database)
        self.special_days = SpecialDays(database)
        self.terms = Terms(database)
        self.own(self.special_days, self.terms)
        for part in (self.special_days, self.terms):
            part.followers.append(lambda change, _row: self._changed_in(change.session))
        self._particulars: Particulars | None = None
        self._calendar: WorkCalendar | None = None
        self._changes = 0
        """Counts what was kept and became old; what was read before is not kept any more."""
        self._changing: WeakSet[Session] = WeakSet()
        """Sessions in which something of it was changed that is not saved yet."""

    def start(self, values: Values) -> Saved:
        """Makes the one entry of a new workspace; name and DPO name are needed."""
        return self.save({**self.blank().values, **values})

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the school's name."""
        return Derived(str(values["name"]))

    def written(self, change: Change, row: School, values: Values, *, made: bool) -> None:
        """Whatever was kept of it is forgotten once the change is saved."""
        self._changed_in(change.session)

    def _changed_in(self, session: Session) -> None:
        if session not in self._changing:
            self._changing.add(session)
            event.listen(session, "after_commit", self._forget, once=True)

    def _forget(self, session: Session) -> None:
        self._changes += 1
        self._particulars = self._calendar = None
        self._changing.discard(session)

    def entry(self) -> Entry:
        """The one entry."""
        return self.load(KEY)

    def particulars(self) -> Particulars:
        """The school as papers and letters need it."""
        found = self._particulars
        if found is None:
            seen = self._changes
            known = set(Particulars.__dataclass_fields__)
            values = {name: v for name, v in self.entry().values.items() if name in known}
            found = Particulars(**values)
            # Another thread may have saved while this one was reading.
            if seen == self._changes and not self._changing:
                self._particulars = found
        return found

    def letterhead(self) -> Letterhead:
        """The school at the head of its papers."""
        school = self.particulars()
        address = tuple(school.address.splitlines())
        return Letterhead(school.name, address, school.telephone, school.email, school.website)

    def answer_within(self, session: Session, name: str) -> Any:
        """One of the school's settings, read inside the session that may be changing it."""
        if self._changing:
            row = session.get(School, KEY)
            return getattr(row, name) if row is not None else None
        return getattr(self.particulars(), name)

    def calendar(self) -> WorkCalendar:
        """Working days and school days, with the user's own special days and terms."""
        found = self._calendar
        if found is None:
            seen = self._changes
            with self.database.reading() as session:
                found = self._read_calendar(session)
            if seen == self._changes and not self._changing:
                self._calendar = found
        return found

    def calendar_within(self, session: Session) -> WorkCalendar:
        """The same for rules inside a session, with what that very session has changed of it."""
        # What is kept may be old from the moment of a commit until it is forgotten.
        return self._read_calendar(session) if self._changing else self.calendar()

    @staticmethod
    def _read_calendar(session: Session) -> WorkCalendar:
        days = session.scalars(select(SpecialDay).where(SpecialDay.archived_at.is_(None))).all()
        terms = session.scalars(select(Term).where(Term.archived_at.is_(None))).all()
        of_kind: dict[str, dict[dt.date, str]] = {each.code: {} for each in DAY_KINDS}
        for day in days:
            if day.day is not None and day.kind in of_kind:
                of_kind[day.kind][day.day] = day.name or "Extra bank holiday"
        return WorkCalendar.build(
            added=of_kind["bank_holiday"],
            removed=tuple(of_kind["working"]),
            terms=[(t.first, t.last) for t in terms if t.first and t.last],
            closures=[(day, day) for day in of_kind["closure"]],
            inset_days=tuple(of_kind["inset"]),
        )
