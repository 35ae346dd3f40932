"""What can be seen of a register: its list, its entries, what is missing, what could be linked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from dpdesk.errors import InvalidEntry, NotFound
from dpdesk.registers import history, lists, targets, validation
from dpdesk.registers.derived import Derived as Derived
from dpdesk.registers.entries import Entry, HistoryLine, Listing, Query
from dpdesk.registers.fields import Field, Kind, Values
from dpdesk.registers.hooks import A, R, RegisterHooks, Scope
from dpdesk.registers.wording import SCHOOL_TIME, read_all
from dpdesk.store.database import Database
from dpdesk.store.tables import Base

_AT_ONCE: Final = 500
"""References that are asked for in one statement."""


class RegisterLooking(RegisterHooks[R, A]):
    """The half of a register's door that changes nothing."""

    def __init__(self, database: Database, record: type[R] | None = None) -> None:
        if record is not None:
            self.record = record
        self.database = database

    def now(self) -> dt.datetime:
        """The present moment, as the desk's clock tells it."""
        return self.database.now()

    def today(self) -> dt.date:
        """Today at the school."""
        return self.now().astimezone(SCHOOL_TIME).date()

    # --- looking -------------------------------------------------------------------------

    def listing(self, query: Query = Query()) -> Listing:
        """The entries that the query asks for, with the counts of every chip."""
        with self.database.reading() as session:
            return lists.read(session, self.record, query, self.today().isoformat())

    def counts(self) -> Mapping[str, int]:
        """Number of entries behind each chip, "all" included, without reading the list."""
        with self.database.reading() as session:
            return lists.counts(session, self.record, self.today().isoformat())

    def unsaid(self) -> Values:
        """What a row of a spreadsheet is taken to answer where it says nothing.

        Overridden where the row itself must say what a form fills in for whoever types.
        """
        return self.blank().values

    def blank(self, parent_id: int = 0) -> Entry:
        """An entry that has not been saved yet, with the fields' default answers."""
        values = {f.name: f.default() for f in self.register.fields if f.default is not None}
        return Entry(self.register, 0, 0, "", "", "", None, values, parent_id=parent_id)

    def load(self, entry_id: int) -> Entry:
        """One entry as it stands now. Raises NotFound."""
        with self.database.reading() as session:
            return self.load_within(session, entry_id)

    def load_within(self, session: Session, entry_id: int) -> Entry:
        """The same inside a session that is open already."""
        return self._labelled(session, self._row(session, entry_id))

    def find(self, reference: str) -> Entry:
        """The entry of that reference. Raises NotFound."""
        with self.database.reading() as session:
            row = session.scalar(select(self.record).where(self.record.reference == reference))
            if row is None:
                raise NotFound(f"There is no {self.register.entry} {reference}.")
            return self._labelled(session, row)

    def entries_called(self, references: Collection[str]) -> dict[str, Entry]:
        """The entries of these references that there are, archived ones too, by reference."""
        sought, found = sorted(references), {}
        with self.database.reading() as session:
            for first in range(0, len(sought), _AT_ONCE):
                some = sought[first : first + _AT_ONCE]
                rows = session.scalars(select(self.record).where(self.record.reference.in_(some)))
                found.update({str(row.reference): self._entry(row) for row in rows})
        return found

    def parts(self, parent_id: int) -> tuple[Entry, ...]:
        """The parts of one entry of the parent register, oldest first, without archived ones."""
        with self.database.reading() as session:
            rows = self.part_rows(session, parent_id)
            return tuple(self._labelled(session, row) for row in rows)

    def entries_with(self, field: str, answer: object) -> tuple[Entry, ...]:
        """The entries that answer one question so, oldest first, without archived ones."""
        stored: Any = getattr(self.record, field)
        asked = select(self.record).where(stored == answer, self.record.archived_at.is_(None))
        with self.database.reading() as session:
            rows = session.scalars(asked.order_by(self.record.id)).all()
            return tuple(self._labelled(session, row) for row in rows)

    def part_rows(self, session: Session, parent_id: int) -> list[R]:
        """The same inside a session that is open already."""
        return list(session.scalars(self._of_parent, {"parent": parent_id}))

    def part_values(self, session: Session, parent_id: int) -> tuple[Values, ...]:
        """The answers of the parts of one entry, oldest first, without archived ones."""
        return tuple(self._entry(row).values for row in self.part_rows(session, parent_id))

    @cached_property
    def _of_parent(self) -> Select[R]:
        # Built once: building a statement costs more than running it.
        parent: Any = getattr(self.record, "parent_id")  # noqa: B009 — only parts have it
        return (
            select(self.record)
            .where(parent == bindparam("parent"), self.record.archived_at.is_(None))
            .order_by(self.record.id)
        )

    def dues(self) -> Mapping[int, tuple[str, str]]:
        """Reference and due day of every entry that has one, by its number."""
        of = Base.metadata.tables[self.register.key].c
        asked = select(of.id, of.reference, of.due)
        with self.database.reading() as session:
            rows = session.execute(asked.where(of.due.is_not(None), of.archived_at.is_(None)))
            return {row.id: (row.reference, row.due) for row in rows}

    def history(self, entry_id: int) -> tuple[HistoryLine, ...]:
        """Who changed what, newest first."""
        with self.database.reading() as session:
            row = session.get(self.record, entry_id)
            return history.lines(
                session, self.register, entry_id, lambda kept: self.recalled(row, kept)
            )

    def missing(self, values: Values, entry_id: int = 0) -> tuple[Field, ...]:
        """The questions that still want an answer; features may ask for more.

        ``entry_id`` lets them look at the parts of an entry that was saved.
        """
        return validation.missing(self.register, values)

    def check(self, values: Values, entry_id: int = 0) -> dict[str, str]:
        """What stands in the way of saving these answers, a sentence for each field."""
        with self.database.reading() as session:
            row = self._row(session, entry_id) if entry_id else self.record(created_at=self.now())
            before = self.answers(row) if entry_id else {}
            try:
                after, around = self._filled(session, row, self._tidy(values), before)
            except InvalidEntry as error:
                return dict(error.problems)
            return self._problems(session, after, before, around)

    def around(self, entry_id: int) -> A:
        """What stands around an entry that was saved, as its rules see it. Raises NotFound."""
        with self.database.reading() as session:
            return self.around_within(session, self._row(session, entry_id))

    def around_within(self, session: Session, row: R) -> A:
        """The same inside a session that is open already."""
        return self.surroundings(session, self._scope(row, self.answers(row)))(row.id)

    def link_choices(self, field: Field, words: str = "", limit: int = 50) -> list[tuple[int, str]]:
        """Entries that a link field can point to, as (number, reference and title)."""
        with self.database.reading() as session:
            return targets.choices(session, field, words, limit)

    def link_label(self, field: Field, entry_id: int) -> str:
        """Reference and title of a linked entry."""
        with self.database.reading() as session:
            return targets.label(session, field, entry_id)

    def link_only(self, field: Field, words: str) -> tuple[int, str] | None:
        """The one entry that words mean by themselves.

        What is found only within a word is offered, and never taken unasked: "Ward" is no Edwards.
        """
        found = self.link_choices(field, words, 2)
        with self.database.reading() as session:
            sure = not words.strip() or targets.begins(session, field, words)
        return found[0] if len(found) == 1 and sure else None

    def link_missing(self, field: Field, words: str) -> str:
        """Why nothing can be linked by these words, as a sentence; empty where something can."""
        if not words or self.link_choices(field, words, 1):
            return ""
        with self.database.reading() as session:
            return targets.not_found(session, field.target, words)

    def link_named(self, field: Field, words: str) -> int | None:
        """The entry that a person means by its reference, code or title. Raises ValueError."""
        with self.database.reading() as session:
            return targets.named(session, field, words)

    def read_words(self, words: dict[str, str]) -> dict[str, Any]:
        """Answers out of typed words by field name. Raises InvalidEntry, a sentence for each."""
        return read_all(self.register.fields, words, self.link_named)

    # --- inside --------------------------------------------------------------------------

    def answers(self, row: R) -> dict[str, Any]:
        """The stored answers of a row by field name; questions without answer are left out."""
        # What was read stands in the row's own dict; SQLAlchemy's way to it takes five times as
        # long, for a hundred questions of each of thousands of entries.
        read = getattr(row, "__dict__", {})
        return {
            name: value
            for name in (field.name for field in self.register.fields)
            if (value := read[name] if name in read else getattr(row, name)) is not None
        }

    def _problems(
        self, session: Session, values: Values, before: Values, around: A
    ) -> dict[str, str]:
        found = validation.problems(self.register, values, self.now(), self.today())
        for field in self.register.fields:
            number = values.get(field.name)
            if field.choices and number is not None and number == before.get(field.name):
                # Pick lists change; what was chosen while it was offered may stay.
                found.pop(field.name, None)
            if field.kind is not Kind.LINK or number is None or field.name in found:
                continue
            target = Base.metadata.tables[field.target]
            if session.scalar(select(target.c.id).where(target.c.id == number)) is None:
                found[field.name] = f"“{field.label}”: this entry no longer exists."
        return found or self.problems(values, around) or self.clashes(values, around)

    def _filled(
        self, session: Session, row: R, after: Values, before: Values
    ) -> tuple[dict[str, Any], A]:
        """The answers as they will be, with what follows from them, and what stands around."""
        around = self.surroundings(session, self._scope(row, after))(row.id or 0)
        return self._tidy(self.fill(after, before, around)), around

    def _scope(self, row: R, values: Values) -> Scope[R]:
        number = row.id or 0
        return Scope(self.record.id == number, {number: row}, {number: values})

    def _tidy(self, values: Values) -> dict[str, Any]:
        return {
            field.name: value
            for field in self.register.fields
            if (value := validation.tidy(field, values.get(field.name))) is not None
        }

    def _row(self, session: Session, entry_id: int) -> R:
        row = session.get(self.record, entry_id)
        if row is None:
            raise NotFound(f"This {self.register.entry} no longer exists.")
        return row

    def _labelled(self, session: Session, row: R) -> Entry:
        """The entry with the names of what its fields link to; for one entry, not for many."""
        entry = self._entry(row)
        return replace(entry, labels=targets.labels(session, self.register, entry.values))

    def _entry(self, row: R) -> Entry:
        return Entry(
            self.register,
            row.id,
            row.version,
            row.reference,
            row.title,
            row.state,
            row.due,
            self.answers(row),
            archived=row.archived_at is not None,
            parent_id=int(getattr(row, "parent_id", 0)),
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
