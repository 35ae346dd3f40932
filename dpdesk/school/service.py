"""The door to the school's particulars and calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.law.calendar import WorkCalendar
from dpdesk.papers.letterhead import Letterhead
from dpdesk.papers.regulator import Regulator
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.settings import SettingsService
from dpdesk.registers.wording import show_date
from dpdesk.school.records import DAY_KINDS, REGULATOR, School, SpecialDay, Term
from dpdesk.school.wording_service import LetterWordings
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


MOST_DAYS: Final = 183
"""Days of a term or a closure; more is a slip of the keyboard."""
_PRINTED = frozenset(Particulars.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class OtherSpans:
    """What stands in the calendar beside a day or a term that is being saved."""

    spans: tuple[tuple[dt.date, dt.date, str, str], ...]
    """First and last day, kind, and what it is called."""

    def overlapping(self, first: dt.date, last: dt.date, kind: str = "") -> str:
        """What already covers some of these days; empty where nothing does."""
        for begins, ends, of, title in self.spans:
            if of == kind and begins <= last and first <= ends:
                return f"“{title}” ({show_date(begins)} to {show_date(ends)})"
        return ""


class SpecialDays(RegisterService[SpecialDay, OtherSpans]):
    """Days that are not what the calendar of England says."""

    record = SpecialDay

    def surroundings(
        self, session: Session, scope: Scope[SpecialDay]
    ) -> Callable[[int], OtherSpans]:
        """The other special days."""
        rows = session.scalars(select(SpecialDay).where(SpecialDay.archived_at.is_(None))).all()
        kept = [(row.id, row.day, row.last or row.day, row.kind or "", row.title) for row in rows]
        return lambda number: OtherSpans(
            tuple(
                (day, last, kind, title)
                for other, day, last, kind, title in kept
                if other != number and day and last
            )
        )

    def problems(self, values: Values, around: OtherSpans) -> dict[str, str]:
        """Days end after they begin."""
        first, last = values["day"], values.get("last") or values["day"]
        if last < first:
            return {"last": "The last day comes before the first."}
        if (last - first).days > MOST_DAYS:
            return {"last": "That is more than half a year. Check the days."}
        return {}

    def clashes(self, values: Values, around: OtherSpans) -> dict[str, str]:
        """No day is the same twice."""
        first, last = values["day"], values.get("last") or values["day"]
        there = around.overlapping(first, last, str(values["kind"]))
        return {"day": f"The calendar already has {there}."} if there else {}

    def derive(self, values: Values, around: OtherSpans) -> Derived:
        """Title: its name, or its kind where it has none."""
        kind = next((each.label for each in DAY_KINDS if each.code == values.get("kind")), "")
        return Derived(str(values.get("name") or kind))


class Terms(RegisterService[Term, OtherSpans]):
    """The school's terms."""

    record = Term

    def surroundings(self, session: Session, scope: Scope[Term]) -> Callable[[int], OtherSpans]:
        """The other terms."""
        rows = session.scalars(select(Term).where(Term.archived_at.is_(None))).all()
        kept = [(row.id, row.first, row.last, row.title) for row in rows]
        return lambda number: OtherSpans(
            tuple(
                (first, last, "", title)
                for other, first, last, title in kept
                if other != number and first and last
            )
        )

    def problems(self, values: Values, around: OtherSpans) -> dict[str, str]:
        """A term cannot end before it begins."""
        first, last = values["first"], values["last"]
        if last < first:
            return {"last": "The term ends before it begins."}
        if (last - first).days > MOST_DAYS:
            return {"last": "That is more than half a year. Check the days."}
        return {}

    def clashes(self, values: Values, around: OtherSpans) -> dict[str, str]:
        """No term runs beside another."""
        there = around.overlapping(values["first"], values["last"])
        return {"first": f"This term overlaps with {there}. Change one of them."} if there else {}

    def derive(self, values: Values, around: OtherSpans) -> Derived:
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
        self.wordings = LetterWordings(database)
        self.own(self.special_days, self.terms, self.wordings)
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

    def term_days(self) -> tuple[tuple[dt.date, dt.date], ...]:
        """The first and last days of the terms, or of their halves, as they were entered."""
        with self.database.reading() as session:
            rows = session.execute(select(Term.first, Term.last).where(Term.archived_at.is_(None)))
            return tuple((first, last) for first, last in rows if first and last)

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
        closed: list[tuple[dt.date, dt.date]] = []
        for day in days:
            if day.day is None or day.kind not in of_kind:
                continue
            last = day.last or day.day
            if day.kind in {"closure", "half_term"}:
                closed.append((day.day, last))
            for number in range((last - day.day).days + 1):
                each = day.day + dt.timedelta(days=number)
                of_kind[day.kind][each] = day.name or "Extra bank holiday"
        return WorkCalendar.build(
            added=of_kind["bank_holiday"],
            removed=tuple(of_kind["working"]),
            terms=[(t.first, t.last) for t in terms if t.first and t.last],
            closures=closed,
            inset_days=tuple(of_kind["inset"]),
        )
