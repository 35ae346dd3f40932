"""The door to the retention schedule and its editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dpdesk.documents.shelf import PaperShelf, Shelved, numbers_of
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.law.retention_periods import ShippedRule, law_unread, shipped
from dpdesk.law.sources import Confidence
from dpdesk.registers.crossings import ClassList, RetentionClass
from dpdesk.registers.entries import Changes, Entry, Query, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import freeze, show, show_date, thaw
from dpdesk.retention.schedule_records import LONGEST, Edition, RetentionRule
from dpdesk.retention.standing import record_class
from dpdesk.store.database import Change, Database

if TYPE_CHECKING:
    from dpdesk.papers.flow import Printed


class ScheduleService(RegisterService[RetentionRule, str | None], ClassList):
    """The classes of the schedule."""

    record = RetentionRule

    def adopt_defaults(self, codes: Sequence[str] | None = None) -> Changes:
        """Takes over the shipped classes that are not here yet: all, or those named.

        One transaction; a class whose code is here already stays as it is, archived or not.
        Raises NotFound for a code that is not shipped.
        """
        wanted = dict(shipped())
        if codes is not None:
            chosen = [code.strip().upper() for code in codes]
            unknown = [code for code in chosen if code not in wanted]
            if unknown:
                raise NotFound(f"There is no class {', '.join(unknown)} in the standard schedule.")
            wanted = {code: wanted[code] for code in chosen}
        made: set[tuple[str, int]] = set()
        with self.database.changing() as change:
            here = _codes(change.session)
            for code, rule in wanted.items():
                if code not in here:
                    row = self.save_within(
                        change, _answers(rule), why="Added from the standard schedule"
                    )
                    made.add((self.register.key, row.id))
        return Changes(frozenset(made | change.touched))

    def not_adopted(self) -> tuple[ShippedRule, ...]:
        """The shipped classes that are not here, to be offered."""
        with self.database.reading() as session:
            here = _codes(session)
        return tuple(rule for code, rule in shipped().items() if code not in here)

    def period_words(self, entry: Entry) -> str:
        """The period of a class in words: "25 years from the date of birth"."""
        return self.words_of(entry.values)

    @staticmethod
    def words_of(values: Values) -> str:
        """The same for answers that are not saved yet: records, action and trigger among them."""
        return record_class(values).words

    def in_use(self) -> tuple[Entry, ...]:
        """The classes that are in force, by group and code."""
        with self.database.reading() as session:
            return self.in_use_within(session)

    def in_use_within(self, session: Session) -> tuple[Entry, ...]:
        """The same inside a session that is open already."""
        rows = session.scalars(select(RetentionRule).where(RetentionRule.archived_at.is_(None)))
        groups = [each.code for each in self.register.field("group").choices]
        found = [self._entry(row) for row in rows if row.active != "no"]
        return tuple(
            sorted(found, key=lambda e: (groups.index(e.values["group"]), e.values["code"]))
        )

    def classes_within(self, session: Session) -> dict[int, RetentionClass]:
        """The classes in use, as registers see them that choose one."""
        return {
            entry.id: RetentionClass(
                entry.values["code"], f"{entry.title}: {self.period_words(entry)}"
            )
            for entry in self.in_use_within(session)
        }

    def surroundings(
        self, session: Session, scope: Scope[RetentionRule]
    ) -> Callable[[int], str | None]:
        """The reference of another class with the same code, if one has it."""
        if len(scope.rows) > 1:
            return lambda _number: None  # asked only of what is being saved
        (number, values), *_ = scope.values.items()
        same = select(RetentionRule.reference).where(
            func.upper(RetentionRule.code) == str(values.get("code") or "").upper(),
            RetentionRule.id != number,
        )
        other = session.scalar(same)
        return lambda _number: other

    def problems(self, values: Values, around: str | None) -> dict[str, str]:
        """A code is given once; a period has its length; two periods have two lengths."""
        found: dict[str, str] = {}
        if around is not None:
            found["code"] = f"The code {values['code']} is already used by {around}."
        if len(values["code"].split()) != 1:
            found["code"] = "Write the code as one word, for example P04."
        for number, unit in (("period", "unit"), ("later_period", "later_unit")):
            most = LONGEST[values.get(unit) or "years"]
            if (values.get(number) or 0) > most:
                found[number] = f"This is longer than a hundred years ({most:,})."
        if values.get("later_trigger") == "NONE":
            found["later_trigger"] = "Choose a date that there is, or leave it empty."
        elif values.get("later_trigger") is not None and values.get("later_period") is None:
            found["later_period"] = "Say how long; 0 means that day itself."
        return found

    def derive(self, values: Values, around: str | None) -> Derived:
        """Title: code and records; to be checked while a law is named that nobody has read."""
        unsure = values.get("confidence") != "C" and values.get("checked") is None
        law = law_unread(values.get("basis"), Confidence(values.get("confidence") or "R"))
        state = "in_use"
        if values.get("active") == "no":
            state = "withdrawn"
        elif unsure:
            state = "check" if law else "practice"
        return Derived(f"{values['code']} {values['records']}", state)

    def fill(self, values: Values, before: Values, around: str | None) -> Values:
        """The period in words, as lists show it."""
        if any(values.get(name) is None for name in ("code", "records", "action", "trigger")):
            return {name: answer for name, answer in values.items() if name != "kept_for"}
        return {**values, "kept_for": self.words_of(values)}


def _codes(session: Session) -> set[str]:
    """The codes that are taken, those of archived classes included."""
    return {str(code).upper() for code in session.scalars(select(RetentionRule.code))}


def _answers(rule: ShippedRule) -> dict[str, Any]:
    """A shipped class as the answers of an entry."""
    of = rule.record_class
    later = of.later
    return {
        "code": of.code,
        "group": rule.group,
        "records": of.records,
        "per_person": "yes" if rule.per_person else "no",
        "abuse": "yes" if of.abuse else "no",
        "active": "yes",
        "action": of.action,
        "trigger": of.trigger,
        "period": of.period.number if of.period else None,
        "unit": of.period.unit if of.period else None,
        "later_trigger": later[0] if later else None,
        "later_period": later[1].number if later else None,
        "later_unit": later[1].unit if later else None,
        "basis": rule.basis,
        "citation": of.citation,
        "confidence": str(of.confidence),
        "says": rule.says,
        "note": rule.note,
        "also": rule.also,
    }


# --------------------------------------------------------------------------------- editions


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a class since an edition: "new", "changed" or "withdrawn", and how."""

    code: str
    records: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class AroundEdition:
    """What the rules of an edition look at beside its answers."""

    number: int | None = None
    day: dt.date | None = None
    signed_by: str | None = None
    """Day and signer as they are stored, of an edition that was signed off."""
    empty: bool = False
    """Is there no class that could be signed off?"""


class EditionService(RegisterService[Edition, AroundEdition]):
    """The editions of the schedule, each frozen as it was signed off."""

    record = Edition

    def __init__(
        self,
        database: Database,
        schedule: ScheduleService,
        shelf: PaperShelf,
    ) -> None:
        super().__init__(database)
        self._schedule = schedule
        self._shelf = shelf
        self.paper: Callable[[int, dt.date, str], Printed]
        """Set by the room: prints the schedule as the edition of that number, day and signer."""

    def sign_off(self, day: dt.date, signed_by: str, note: str = "") -> Saved:
        """Makes the next edition of the schedule as it now stands. It is kept for good.

        Raises InvalidEntry for a day to come or without a name; DpdeskError for an empty schedule.
        """
        return self.save({"day": day, "signed_by": signed_by, "note": note})

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Editions stay in sight: what was published cannot be unpublished."""
        raise DpdeskError("A signed-off edition is kept.", "Sign off a new one instead.")

    def last(self) -> Entry | None:
        """The newest edition; None before the first."""
        listing = self.listing(Query(sort="-reference"))
        return self.load(listing.id(0)) if listing.rows else None

    def last_number(self) -> int:
        """The number of the newest edition; 0 before the first."""
        with self.database.reading() as session:
            return self._last_number(session)

    def _last_number(self, session: Session) -> int:
        return self._shelf.last_number(session, self.register.key)

    def frozen(self, entry_id: int) -> Shelved:
        """What is kept of an edition. Raises NotFound."""
        kept = self._shelf.of_entry(self.register.key, entry_id)
        if not kept:
            raise NotFound("There is no such edition.")
        return kept[0]

    def content(self, entry_id: int) -> bytes:
        """The paper of an edition as it was signed off. Raises NotFound, DamagedWorkspace."""
        return self._shelf.content(self.register.key, self.frozen(entry_id).id)

    def changes_since(self, entry: Entry | None = None) -> tuple[Difference, ...]:
        """What was added, changed or withdrawn since an edition (the newest, if none is named)."""
        entry = entry or self.last()
        if entry is None:
            return ()
        before = self.frozen(entry.id).answers
        now = {each.values["code"]: _frozen_rule(each) for each in self._schedule.in_use()}
        found = []
        for code in sorted({*before, *now}):
            if code not in before:
                found.append(Difference(code, now[code]["records"], "new", "New class."))
            elif code not in now:
                found.append(Difference(code, before[code]["records"], "withdrawn", "Withdrawn."))
            elif words := self._changed(before[code], now[code]):
                found.append(Difference(code, now[code]["records"], "changed", words))
        return tuple(found)

    def surroundings(
        self, session: Session, scope: Scope[Edition]
    ) -> Callable[[int], AroundEdition]:
        """The number of an edition and what was signed; whether there is anything to sign off."""
        if scope.making:
            nothing = not self._schedule.in_use_within(session)
            number = self._last_number(session) + 1
            return lambda _number: AroundEdition(number, empty=nothing)
        numbers = numbers_of(session, self.register.key, list(scope.rows))
        return lambda number: AroundEdition(
            numbers.get(number), scope.rows[number].day, scope.rows[number].signed_by
        )

    def problems(self, values: Values, around: AroundEdition) -> dict[str, str]:
        """What was signed off stays as it was."""
        if around.empty:
            return {"day": "There is nothing to sign off: the schedule is empty."}
        if around.day is None:
            return {}
        return {
            name: "A signed-off edition stays as it was; only its note can change."
            for name in ("day", "signed_by")
            if values.get(name) != getattr(around, name)
        }

    def derive(self, values: Values, around: AroundEdition) -> Derived:
        """Title: its number and day."""
        return Derived(f"Edition {around.number or ''} of {show_date(values['day'])}")

    def written(self, change: Change, row: Edition, values: Values, *, made: bool) -> None:
        """A new edition freezes the schedule with it, as paper and as answers."""
        if not made:
            return
        number = self._last_number(change.session) + 1
        printed = self.paper(number, values["day"], str(values["signed_by"]))
        rules = {
            each.values["code"]: _frozen_rule(each)
            for each in self._schedule.in_use_within(change.session)
        }
        kept = self._shelf.keep(
            change, self.register.key, row.id, printed.content, number=number, answers=rules
        )
        change.note(self.register.key, row.id, "schedule", None, f"SHA-256 {kept.sha256}")

    def _changed(self, before: Mapping[str, str], now: Mapping[str, str]) -> str:
        """The answers that differ, in words; empty if none does."""
        told = []
        for field in self._schedule.register.fields:
            old, new = before.get(field.name), now.get(field.name)
            if old != new:
                shown = [show(field, thaw(field, each)) or "nothing" for each in (old, new)]
                label = field.label if field.label.endswith("?") else f"{field.label}:"
                told.append(f"{label} {shown[0]} → {shown[1]}.")
        return " ".join(told)


_UNPRINTED: Final = frozenset({"kept_for", "also", "note"})
"""Answers that no edition is changed by: for the school alone, or said by others."""


def _frozen_rule(entry: Entry) -> dict[str, str]:
    frozen = {
        field.name: freeze(field, entry.values.get(field.name))
        for field in entry.register.fields
        if field.name not in _UNPRINTED
    }
    return {name: kept for name, kept in frozen.items() if kept is not None}
