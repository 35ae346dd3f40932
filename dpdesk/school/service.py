"""The door to the school's particulars and calendar."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.law.calendar import WorkCalendar
from dpdesk.papers.letterhead import Letterhead
from dpdesk.papers.regulator import Regulator
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.settings import SettingsService
from dpdesk.registers.wording import show_date
from dpdesk.school.records import DAY_KINDS, REGULATOR, School, SpecialDay, Term
from dpdesk.store.database import Database


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
    regulator_name: str = ""
    regulator_address: str = ""
    regulator_telephone: str = ""
    regulator_hours: str = ""
    regulator_website: str = ""
    regulator_report_page: str = ""
    regulator_report_email: str = ""
    regulator_checked: dt.date | None = None
    how_to_complain: str = ""
    idle_minutes: int = 10
    backup_folder: str = ""
    backup_hours: int = 24

    @property
    def contact(self) -> tuple[str, ...]:
        """Whom to write to about data protection: name, e-mail, telephone; the same in all papers.

        The officer’s own where there are any, else the school’s.
        """
        return (
            self.dpo_name,
            self.dpo_email or self.email,
            self.dpo_telephone or self.telephone,
        )

    @property
    def regulator(self) -> Regulator:
        """The regulator as letters name it."""
        return Regulator(
            self.regulator_name,
            tuple(self.regulator_address.splitlines()),
            self.regulator_telephone,
            self.regulator_website,
        )

    @property
    def regulator_short(self) -> str:
        """A word for the regulator on a button: "ICO", or its initials where it was renamed."""
        bracketed = re.search(r"\(([^()]+)\)", self.regulator_name)
        if bracketed:
            return bracketed[1]
        if self.regulator_name == REGULATOR.name:
            return REGULATOR.short_name
        return "".join(word[0] for word in self.regulator_name.split() if word[0].isupper())


_PRINTED = frozenset(Particulars.__dataclass_fields__)


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


class SchoolService(SettingsService[School]):
    """The school's one entry, and the calendar that goes with it."""

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
            part.followers.append(lambda change, _row: self.changed_in(change.session))
        self._calendar: WorkCalendar | None = None

    def start(self, values: Values) -> Saved:
        """Makes the one entry of a new workspace; name and DPO name are needed."""
        return self.save({**self.blank().values, **values})

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the school's name."""
        return Derived(str(values["name"]))

    def forget(self) -> None:
        """Lets go of what was kept, the calendar too."""
        super().forget()
        self._calendar = None

    def particulars(self) -> Particulars:
        """The school as papers and letters need it."""
        return Particulars(
            **{name: v for name, v in self.answers_now().items() if name in _PRINTED}
        )

    def letterhead(self) -> Letterhead:
        """The school at the head of its papers."""
        school = self.particulars()
        address = tuple(school.address.splitlines())
        return Letterhead(school.name, address, school.telephone, school.email, school.website)

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
