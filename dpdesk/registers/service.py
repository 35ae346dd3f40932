"""What can be done with a register; the only door to its entries.

A feature subclasses :class:`RegisterService` where its rules say more than the fields do:
``problems`` (what forbids saving) and ``derive`` (title, state and due date from the facts).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, select, true
from sqlalchemy.orm import Session

from dpdesk.errors import InvalidEntry, NotFound, StaleEntry
from dpdesk.registers import history, lists, targets, validation
from dpdesk.registers.derived import Derived as Derived
from dpdesk.registers.entries import Changes, Entry, HistoryLine, Listing, Query, Saved
from dpdesk.registers.fields import Field, Kind, Register, Values
from dpdesk.registers.numbering import next_number
from dpdesk.registers.record import Part, Record
from dpdesk.registers.wording import SCHOOL_TIME, read_all, show
from dpdesk.store import search_index
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import Base

R = TypeVar("R", bound=Record)
Follower = Callable[[Change, Any], object]
"""What must change together with a row of another register, within the same transaction.

It gets the transaction and the row as it now stands, and adds the entries that it changed to
``change.touched``. The desk joins registers in this way that may not import each other.
"""


class RegisterService(Generic[R]):
    """A register of one record class."""

    record: type[R]
    follows_calendar = True
    """Do title, state or due date depend on the school's calendar or settings?"""

    def __init__(
        self,
        database: Database,
        record: type[R] | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        if record is not None:
            self.record = record
        self.database = database
        self.now = now
        self.parent: RegisterService[Any] | None = None
        """For parts: the register they belong to."""
        self.followers: list[Follower] = []
        """Told of every row that was saved, archived or worked out afresh."""

    @property
    def register(self) -> Register:
        """The description of the register."""
        return self.record.register

    def today(self) -> dt.date:
        """Today at the school."""
        return self.now().astimezone(SCHOOL_TIME).date()

    # --- what a feature adds -------------------------------------------------------------

    def problems(self, session: Session, values: Values, entry_id: int) -> dict[str, str]:
        """Sentences for answers that contradict each other; overridden by features."""
        return {}

    def derive(self, session: Session, row: R, values: Values) -> Derived:
        """Title, state and due date; overridden by features.

        Asked before ``row`` is written, so that it is written once: its own answers stand in
        ``values`` and not yet in the database. Of a :func:`new` row nothing else is there yet.
        """
        first = next((f for f in self.register.fields if f.kind is Kind.TEXT), None)
        return Derived(title=str(values.get(first.name) or "") if first else "")

    def recorded(self, row: R, field: Field, answer: str | None) -> str | None:
        """What the history keeps of an answer; overridden where it must be possible to erase it."""
        return answer

    def recalled(self, row: R | None, kept: str | None) -> str | None:
        """What :meth:`recorded` was given; ``ERASED`` where that is gone for good."""
        return kept

    def against_parent(self, error: InvalidEntry) -> InvalidEntry:
        """For parts: what the parent objects to, told at the fields of the part.

        Overridden where a part's answers can contradict those of its parent.
        """
        first = next(field.name for field in self.register.fields)
        return InvalidEntry({first: " ".join(error.problems.values())})

    # --- looking -------------------------------------------------------------------------

    def listing(self, query: Query = Query()) -> Listing:
        """The entries that the query asks for, with the counts of every chip."""
        with self.database.reading() as session:
            return lists.read(session, self.record, query, self.today().isoformat())

    def counts(self) -> Mapping[str, int]:
        """Number of entries behind each chip, "all" included, without reading the list."""
        with self.database.reading() as session:
            return lists.counts(session, self.record, self.today().isoformat())

    def blank(self, parent_id: int = 0) -> Entry:
        """An entry that has not been saved yet, with the fields' default answers."""
        values = {f.name: f.default() for f in self.register.fields if f.default is not None}
        return Entry(self.register, 0, 0, "", "", "", None, values, parent_id=parent_id)

    def load(self, entry_id: int) -> Entry:
        """One entry as it stands now. Raises NotFound."""
        with self.database.reading() as session:
            return self._labelled(session, self._row(session, entry_id))

    def find(self, reference: str) -> Entry:
        """The entry of that reference. Raises NotFound."""
        with self.database.reading() as session:
            row = session.scalar(select(self.record).where(self.record.reference == reference))
            if row is None:
                raise NotFound(f"There is no {self.register.entry} {reference}.")
            return self._labelled(session, row)

    def parts(self, parent_id: int) -> tuple[Entry, ...]:
        """The parts of one entry of the parent register, oldest first, without archived ones."""
        with self.database.reading() as session:
            rows = self.part_rows(session, parent_id)
            return tuple(self._labelled(session, row) for row in rows)

    def part_rows(self, session: Session, parent_id: int) -> list[R]:
        """The same inside a session that is open already."""
        return list(session.scalars(self._of_parent, {"parent": parent_id}))

    @cached_property
    def _of_parent(self) -> Select[R]:
        # Built once: building a statement costs more than running it.
        parent: Any = getattr(self.record, "parent_id")  # noqa: B009 — only parts have it
        return (
            select(self.record)
            .where(parent == bindparam("parent"), self.record.archived_at.is_(None))
            .order_by(self.record.id)
        )

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
        tidied = self._tidy(values)
        with self.database.reading() as session:
            before = self.answers(self._row(session, entry_id)) if entry_id else {}
            return self._problems(session, tidied, entry_id, before)

    def link_choices(self, field: Field, words: str = "", limit: int = 50) -> list[tuple[int, str]]:
        """Entries that a link field can point to, as (number, reference and title)."""
        with self.database.reading() as session:
            return targets.choices(session, field, words, limit)

    def link_label(self, field: Field, entry_id: int) -> str:
        """Reference and title of a linked entry."""
        with self.database.reading() as session:
            return targets.label(session, field, entry_id)

    def link_named(self, field: Field, words: str) -> int | None:
        """The entry that a person means by its reference, code or title. Raises ValueError."""
        with self.database.reading() as session:
            return targets.named(session, field, words)

    def read_words(self, words: dict[str, str]) -> dict[str, Any]:
        """Answers out of typed words by field name. Raises InvalidEntry, a sentence for each."""
        return read_all(self.register.fields, words, self.link_named)

    # --- changing ------------------------------------------------------------------------

    def save(
        self,
        values: Values,
        entry_id: int = 0,
        version: int = 0,
        *,
        parent_id: int = 0,
        why: str = "",
    ) -> Saved:
        """Saves a new entry (``entry_id`` 0) or changes one.

        Fields that ``values`` does not name stay as they are. ``version`` is the version seen
        when the entry was opened. Raises InvalidEntry, StaleEntry or NotFound; then nothing
        was changed.
        """
        with self.database.changing() as change:
            saved_row = self.save_within(change, values, entry_id, version, parent_id, why)
            touched = {(self.register.key, saved_row.id)}
            try:
                touched |= self._refresh_parent(change, saved_row)
            except InvalidEntry as error:
                raise self.against_parent(error) from error
            entry = self._labelled(change.session, saved_row)
        return Saved(entry, Changes(frozenset(touched | change.touched)), change.before)

    def save_within(
        self,
        change: Change,
        values: Values,
        entry_id: int = 0,
        version: int = 0,
        parent_id: int = 0,
        why: str = "",
    ) -> R:
        """The same inside a transaction that does more than this one save."""
        session = change.session
        session.flush()  # rules see what this transaction did before, and never half of this row
        now = self.now()
        if entry_id:
            row = self._row(session, entry_id)
            if row.version != version:
                raise StaleEntry(
                    f"This {self.register.entry} was changed elsewhere after you opened it.",
                    "What you typed is still here: open it again beside this page and compare.",
                )
        else:
            row = self.record(version=0, created_at=now)
            if isinstance(row, Part):
                row.parent_id = parent_id
        before = self.answers(row) if entry_id else {}
        after = self._tidy({**before, **values})
        with session.no_autoflush:  # the row is written once, when all of it is in place
            found = self._problems(session, after, entry_id, before)
            if found:
                raise InvalidEntry(found)
            row.version += 1
            row.changed_at = now
            for field in self.register.fields:
                setattr(row, field.name, after.get(field.name))
            if not entry_id:
                row.id, row.reference = next_number(session, self.record, parent_id, now)
                row.title = row.state = ""
                change.note(self.register.key, row.id, history.CREATED, None, row.reference, why)
            for field, *both in history.differing(self.register, before, after):
                old, new = (self.recorded(row, field, each) for each in both)
                change.note(self.register.key, row.id, field.name, old, new, why)
            self.derive(session, row, after).put(row)
        session.add(row)
        session.flush()
        if not self.register.parent:
            put = search_index.put if entry_id else search_index.put_new
            put(session, self.register.key, row.id, self.search_body(row, after))
        self._tell_followers(change, row)
        return row

    def refresh_within(self, change: Change, entry_id: int) -> None:
        """Works out title, state and due date afresh, because a part or the calendar changed."""
        row = self._row(change.session, entry_id)
        self._settle(change.session, row)
        self._tell_followers(change, row)

    def refresh_where(self, change: Change, where: ColumnElement[bool]) -> None:
        """The same for the entries that ``where`` holds for; writes only those that differ.

        Those are added to ``change.touched``.
        """
        session = change.session
        session.flush()
        with session.no_autoflush:  # nothing is written before every row was looked at
            for row in session.scalars(select(self.record).where(where)):
                values = self.answers(row)
                title = row.title
                if not self.derive(session, row, values).put(row):
                    continue
                if row.title != title and not self.register.parent:
                    body = self.search_body(row, values)
                    search_index.put(session, self.register.key, row.id, body)
                change.touched.add((self.register.key, row.id))
        session.flush()

    def refresh_all(self) -> Changes:
        """Works out title, state and due date of every entry afresh; says which changed."""
        with self.database.changing() as change:
            self.refresh_where(change, true())
        return Changes(frozenset(change.touched))

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Puts an entry out of sight without deleting anything. Raises StaleEntry, NotFound."""
        return self._set_archived(entry_id, version, self.now(), why)

    def restore(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Brings an archived entry back. Raises StaleEntry, NotFound."""
        return self._set_archived(entry_id, version, None, why)

    def duplicate(self, entry_id: int) -> Entry:
        """A new, unsaved entry with the same answers."""
        entry = self.load(entry_id)
        return Entry(
            self.register, 0, 0, "", "", "", None, dict(entry.values), parent_id=entry.parent_id
        )

    def undo(self, saved: Saved) -> Saved:
        """Takes a save back by saving what stood there before; the history keeps both.

        A new entry is archived. Raises StaleEntry where something changed in between.
        """
        entry = saved.entry
        with self.database.reading() as session:
            rows = history.rows_after(session, self.register.key, entry.id, saved.undo)
            stored = session.get(self.record, entry.id)
        if any(row.field == history.CREATED for row in rows):
            return self.archive(entry.id, entry.version, why="Undone")
        archived = next((row for row in rows if row.field == history.ARCHIVED), None)
        if archived is not None:
            put_back = self.restore if archived.new else self.archive
            return put_back(entry.id, entry.version, why="Undone")
        back = history.before(self.register, rows, lambda kept: self.recalled(stored, kept))
        return self.save(back, entry.id, entry.version, why="Undone")

    def save_words(self, words: dict[str, str]) -> Saved:
        """Makes an entry from typed words by field name. Raises InvalidEntry."""
        return self.save(self.read_words(words))

    # --- inside --------------------------------------------------------------------------

    def answers(self, row: R) -> dict[str, Any]:
        """The stored answers of a row by field name; questions without answer are left out."""
        found = {f.name: getattr(row, f.name) for f in self.register.fields}
        return {name: value for name, value in found.items() if value is not None}

    def _problems(
        self, session: Session, values: Values, entry_id: int, before: Values = MappingProxyType({})
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
        return found or self.problems(session, values, entry_id)

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

    def _settle(self, session: Session, row: R) -> None:
        session.flush()
        values, title = self.answers(row), row.title
        with session.no_autoflush:
            self.derive(session, row, values).put(row)
        session.flush()
        if row.title != title and not self.register.parent:
            search_index.put(session, self.register.key, row.id, self.search_body(row, values))

    def search_body(self, row: R, values: Values) -> str:
        """Everything about an entry that a search should find."""
        words = [row.reference, row.title]
        found = [f for f in self.register.fields if f.searched and f.kind is not Kind.LINK]
        words += [show(f, values.get(f.name)) for f in found]
        return " ".join(word for word in words if word)

    def _set_archived(self, entry_id: int, version: int, at: dt.datetime | None, why: str) -> Saved:
        with self.database.changing() as change:
            row = self._row(change.session, entry_id)
            if row.version != version:
                raise StaleEntry(
                    f"This {self.register.entry} was changed elsewhere after you opened it.",
                    "Open it again to see how it stands now.",
                )
            row.version += 1
            old, new = (None, "yes") if at else ("yes", None)
            change.note(self.register.key, row.id, history.ARCHIVED, old, new, why)
            row.archived_at = at
            row.changed_at = self.now()
            touched = {(self.register.key, row.id)}
            change.session.flush()
            touched |= self._refresh_parent(change, row)
            self._tell_followers(change, row)
            entry = self._labelled(change.session, row)
        return Saved(entry, Changes(frozenset(touched | change.touched)), change.before)

    def _tell_followers(self, change: Change, row: R) -> None:
        for follow in self.followers:
            follow(change, row)

    def _refresh_parent(self, change: Change, row: R) -> set[tuple[str, int]]:
        if self.parent is None or not isinstance(row, Part):
            return set()
        self.parent.refresh_within(change, row.parent_id)
        return {(self.parent.register.key, row.parent_id)}


def by_key(services: Iterable[RegisterService[Any]]) -> Mapping[str, RegisterService[Any]]:
    """The services by the keys of their registers."""
    return {service.register.key: service for service in services}
