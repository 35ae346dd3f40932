"""The door to holdings: what is kept, when it falls due, and what holds it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError, InvalidEntry, NotFound
from dpdesk.law.steps import ClockResult
from dpdesk.registers import reckoning
from dpdesk.registers.crossings import ClassList, Offers
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Field, Kind, Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.links import FollowsLinks
from dpdesk.registers.matters import Touch, Touching
from dpdesk.registers.same_person import kept_under, parts_of
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.retention import holding_rules, states
from dpdesk.retention.holding_records import Holding, HoldingName
from dpdesk.retention.holding_rows import DueHolding, HoldingSeen, due_holding
from dpdesk.retention.matters import Obstacle
from dpdesk.retention.matters_reach import reach_of
from dpdesk.retention.standing import (
    Around,
    AroundHolding,
    HoldingStanding,
    around_holdings,
    words_of,
)
from dpdesk.store import sealed
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import Base

_AT_ONCE = 500
"""Numbers that one statement asks for."""
_TABLE = Base.metadata.tables[Holding.__tablename__]
_ANY = select(_TABLE.c.id).limit(1)
_OPEN_FIELDS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.LINK})
"""Kinds of answers that say nothing about a person, and stand in the history as they are."""


class HoldingService(RegisterService[Holding, AroundHolding], FollowsLinks):
    """What is kept."""

    record = Holding

    def __init__(
        self,
        database: Database,
    ) -> None:
        super().__init__(database)
        self.matters: tuple[Touching, ...] = ()
        """Every register whose open entries may hold up a disposal."""
        self._any = False

    # --- looking -------------------------------------------------------------------------

    def join(self, rooms: Offers) -> None:
        """Asks for every register whose open entries hold up disposals."""
        self.matters = rooms.every(Touching)
        for service in self.matters:
            service.followers.append(partial(self._follow_matter, service))
        for schedule in rooms.every(ClassList):
            schedule.followers.append(lambda change, row: self.settle_rule(change, row.id))

    def here(self, session: Session) -> Around:
        """The schedule, the school's years and the open matters, as they stand in a session."""
        return around_holdings(session, self.matters)

    def clock(self, entry: Entry) -> ClockResult:
        """When a holding falls due, with every step and its source. Raises InvalidFacts."""
        return self.clock_of(entry.values)

    def clock_of(self, values: Values) -> ClockResult:
        """The same for answers that are not saved yet; ``rule`` must be among them."""
        with self.database.reading() as session:
            return self.here(session).clock(values)

    def blocks(self, entry_id: int) -> tuple[Obstacle, ...]:
        """What holds up the disposal of a holding, as things stand now."""
        with self.database.reading() as session:
            row = self._row(session, entry_id)
            return self.standing(session, row).blocks

    def to_look_for(self, entry_id: int) -> tuple[Touch, ...]:
        """Open matters that might be in a holding of many people; somebody must look."""
        with self.database.reading() as session:
            row = self._row(session, entry_id)
            here = self.here(session)
            return here.touches.to_look_for(here.held(row.reference, self.answers(row)))

    def standing(self, session: Session, row: Holding) -> HoldingStanding:
        """Where a holding stands, as things are in this session."""
        return self.here(session).standing(
            row.reference,
            self.answers(row),
            approved=row.disposal_id is not None,
            disposed=row.disposed_at is not None,
        )

    def asked(self, rule_id: int) -> dict[str, Any]:
        """What a form can take over as soon as a class is chosen: it decides which dates count."""
        with self.database.reading() as session:
            rule = self.here(session).rules.get(rule_id)
        return holding_rules.from_rule({}, rule) if rule is not None else {}

    def falls_due(self, years: int = 10) -> dict[int, int]:
        """How many holdings fall due in each year from this one on; earlier ones count in this.

        Counted are those that fall due automatically, whether or not something holds them up.
        """
        first = self.today().year
        year = func.max(func.substr(Holding.due, 1, 4), str(first))
        with self.database.reading() as session:
            found = session.execute(
                select(year, func.count())
                .where(
                    Holding.due.is_not(None),
                    Holding.archived_at.is_(None),
                    Holding.due < f"{first + years}-01-01",
                )
                .group_by(year)
            )
            counts = {int(each): int(number) for each, number in found}
        return {each: counts.get(each, 0) for each in range(first, first + years)}

    # --- changing ------------------------------------------------------------------------

    def keep(self, entry_ids: Iterable[int], until: dt.date, why: str, by: str = "") -> Changes:
        """The decision to keep holdings longer, with its reason (policy 8.4(c)).

        Raises InvalidEntry where the day is not to come or the reason is missing.
        """
        problems = {}
        if not why.strip():
            problems["kept_why"] = "Say why it is kept longer."
        if until <= self.today():
            problems["kept_until"] = "Choose a date in the future."
        if problems:
            raise InvalidEntry(problems)
        kept = {"kept_until": until, "kept_why": why, "kept_by": by or self.database.who}
        with self.database.changing() as change:
            touched = set()
            for number in entry_ids:
                row = self._row(change.session, number)
                self.save_within(change, kept, number, row.version, why=why)
                touched.add((self.register.key, number))
        return Changes(frozenset(touched | change.touched))

    def not_safeguarding(self, references: Sequence[str]) -> Changes:
        """Somebody says of these holdings that none concerns the safeguarding of a child.

        Only those change that had no answer. Raises NotFound.
        """
        touched = set()
        with self.database.changing() as change:
            for number in self.numbers_of(change.session, references):
                row = self._row(change.session, number)
                if row.safeguarding is None:
                    self.save_within(change, {"safeguarding": "no"}, number, row.version)
                    touched.add((self.register.key, number))
        return Changes(frozenset(touched | change.touched))

    def written(self, change: Change, row: Holding, values: Values, *, made: bool) -> None:
        """Keeps the parts of names, by which open matters find a holding."""
        if not made:
            change.session.execute(delete(HoldingName).where(HoldingName.holding_id == row.id))
        parts = name_parts(values)
        if parts:
            change.session.execute(
                insert(HoldingName), [{"part": part, "holding_id": row.id} for part in parts]
            )

    def seen(
        self, session: Session, where: ColumnElement[bool], only: Sequence[str] = ()
    ) -> Iterator[HoldingSeen]:
        """Holdings as rows, with where they stand; thousands at a time.

        ``only`` names the answers that are wanted; all, if none is named.
        """
        here = self.here(session)
        names = only or [field.name for field in self.register.fields]
        columns = [_TABLE.c[name] for name in (*_SETTLED, *names)]
        found = session.execute(select(*columns).where(where).order_by(_TABLE.c.id))
        for row in found.yield_per(5_000):
            stored = row._asdict()
            values = {name: stored[name] for name in names if stored[name] is not None}
            standing = here.standing(
                stored["reference"],
                values,
                approved=stored["disposal_id"] is not None,
                disposed=stored["disposed_at"] is not None,
            )
            yield HoldingSeen(stored, values, here.rule(values), standing, here)

    def write(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Writes ``new_…`` values into the rows numbered ``of_id``, all with the same columns."""
        fresh = {
            row["of_id"]: {
                name.removeprefix("new_"): answer for name, answer in row.items() if name != "of_id"
            }
            for row in rows
        }
        reckoning.write(session, _TABLE, fresh)

    def any_within(self, session: Session) -> bool:
        """Is there any holding at all? Entries are never deleted: a yes is kept."""
        self._any = self._any or session.scalar(_ANY) is not None
        return self._any

    def settle_touched(self, change: Change, reference: str, touches: Iterable[Touch]) -> None:
        """An open matter was changed: works out afresh what it held up, and what it touches now."""
        session = change.session
        session.flush()
        reach = reach_of(reference, touches)
        # Most matters touch nothing: then the schedule and all other matters are not read.
        if reach.any_within(session):
            self.refresh_where(change, reach.condition())

    def settle_rule(self, change: Change, rule_id: int) -> None:
        """A class of the schedule was changed: works out its holdings afresh, and no others."""
        self.refresh_where(change, Holding.rule == rule_id)

    def linked(self, change: Change, ends: Iterable[tuple[str, int]]) -> None:
        """A link was drawn or cut by hand: what it touches may be held up now, or free."""
        by_key = {service.register.key: service for service in self.matters}
        for key, number in ends:
            if key in by_key:
                self._settle_matter(change, by_key[key], number)

    def _follow_matter(self, service: Touching, change: Change, row: Any) -> None:
        self._settle_matter(change, service, row.id)

    def _settle_matter(self, change: Change, service: Touching, number: int) -> None:
        row = change.session.get(service.record, number)
        if row is not None and self.any_within(change.session):
            touches = tuple(service.touches_within(change.session, number))
            self.settle_touched(change, row.reference, touches)

    # --- what the rules add --------------------------------------------------------------

    def surroundings(
        self, session: Session, scope: Scope[Holding]
    ) -> Callable[[int], AroundHolding]:
        """The schedule, the school's years and the open matters, the same for all of them."""
        here = self.here(session)
        if scope.making:
            return lambda _number: AroundHolding(here)

        def of(number: int) -> AroundHolding:
            row = scope.rows[number]
            return AroundHolding(
                here,
                row.reference,
                approved=row.disposal_id is not None,
                disposed=row.disposed_at is not None,
                rule=row.rule,
            )

        return of

    def fill(self, values: Values, before: Values, around: AroundHolding) -> Values:
        """What follows from the class: which dates count, and whether it is about one person."""
        rule = around.here.rule(values)
        return values if rule is None else {**values, **holding_rules.from_rule(values, rule)}

    def problems(self, values: Values, around: AroundHolding) -> dict[str, str]:
        """Days that contradict each other, reasons without a day, and what is gone."""
        if around.disposed:
            return {"what": "It has been disposed of; its entry can no longer be changed."}
        new = around.rule != values["rule"]
        return holding_rules.problems(values, around.here.rule(values), new=new)

    def derive(self, values: Values, around: AroundHolding) -> Derived:
        """Title: what it is and whom it is about. The rest: from everything around it."""
        standing = around.here.standing(
            around.reference, values, approved=around.approved, disposed=around.disposed
        )
        rule = around.here.rule(values)
        kept = {
            "held_by": standing.held_by,
            "counts_from": holding_rules.counts_from(rule) if rule is not None else None,
        }
        return Derived(holding_rules.title(values), standing.state, standing.due, kept)

    def recorded(self, row: Holding, field: Field, answer: str | None) -> str | None:
        """Words and dates go into the history sealed: they can be erased with the holding."""
        if answer is None or field.kind in _OPEN_FIELDS:
            return answer
        if row.seal is None:
            row.seal = sealed.new_key()
        return sealed.seal(row.seal, answer)

    def recalled(self, row: Holding | None, kept: str | None) -> str | None:
        """What was sealed, while its key is there."""
        if kept is None:
            return None
        found = sealed.unseal(row.seal if row is not None else None, kept)
        return sealed.ERASED if found is None else found

    def archive(self, entry_id: int, version: int, why: str = "") -> Any:
        """Refused for what is approved for disposal: it would drop out of sight half-way."""
        if self.load(entry_id).state == "approved":
            raise DpdeskError(
                "This holding is approved for disposal.", "Withdraw the disposal first."
            )
        return super().archive(entry_id, version, why)

    def due(self, day: dt.date | None = None) -> tuple[DueHolding, ...]:
        """What may be disposed of on a day (today), and what would be if nothing held it up."""
        until = (day or self.today()).isoformat()
        waiting = (*states.COUNTING, "held")
        where = Holding.archived_at.is_(None) & Holding.state.in_(waiting) & (Holding.due < until)
        grace = states.months_before(until, states.GRACE_MONTHS)
        with self.database.reading() as session:
            found = [due_holding(seen, grace) for seen in self.seen(session, where)]
        return tuple(sorted(found, key=lambda each: (each.code, each.due, each.reference)))

    def long_overdue(self, due: str) -> bool:
        """Fell it due, on this ISO day, so long ago that it wants its reason (policy 8.4(c))?"""
        return due < states.months_before(self.today().isoformat(), states.GRACE_MONTHS)

    def entries_where(self, where: ColumnElement[bool]) -> tuple[Entry, ...]:
        """The holdings that a condition holds for, oldest first."""
        with self.database.reading() as session:
            rows = session.scalars(select(Holding).where(where).order_by(Holding.id))
            return tuple(self._entry(row) for row in rows)

    def numbers_of(self, session: Session, references: Sequence[str]) -> list[int]:
        """The numbers of the holdings of these references. Raises NotFound for any other."""
        wanted = list(dict.fromkeys(reference.strip().upper() for reference in references))
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            rows = session.execute(
                select(Holding.reference, Holding.id).where(
                    Holding.reference.in_(wanted[start : start + _AT_ONCE])
                )
            )
            found.update((reference, number) for reference, number in rows)
        for reference in wanted:
            if reference not in found:
                raise NotFound(f"There is no holding {reference}.", "See: entries holdings")
        return [found[reference] for reference in wanted]


_SETTLED = (
    "id",
    "reference",
    "version",
    "title",
    "state",
    "due",
    "held_by",
    "disposal_id",
    "disposed_at",
    "archived_at",
)
"""Columns beside the answers."""


def name_parts(values: Values) -> tuple[str, ...]:
    """What open matters find a holding under: the parts of names that may stand in it."""
    words = (str(values.get("person") or ""), words_of(values))
    return kept_under(part for each in words for part in parts_of(each))
