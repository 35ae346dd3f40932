"""What can be done with a register; the only door to its entries.

A feature subclasses :class:`RegisterService` where its rules say more than the fields do; what it
may override stands in :mod:`dpdesk.registers.hooks`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, true
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError, InvalidEntry, StaleEntry
from dpdesk.registers import history, reckoning
from dpdesk.registers.derived import Derived as Derived
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Kind, Values
from dpdesk.registers.hooks import A, R
from dpdesk.registers.looking import RegisterLooking
from dpdesk.registers.numbering import next_number
from dpdesk.registers.record import Part
from dpdesk.registers.wording import show
from dpdesk.store import search_index
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import Base

Follower = Callable[[Change, Any], object]
"""What must change together with a row of another register, within the same transaction.

It gets the transaction and the row as it now stands, and adds the entries that it changed to
``change.touched``. Registers that may not import each other are joined in this way.
"""


@cache
def _any_of(records: tuple[type[Any], ...]) -> Any:
    """Asks of each kind of parts whether an entry has any. Built once, as all of every day."""
    standing = (
        select(each.id).where(each.parent_id == bindparam("parent"), each.archived_at.is_(None))
        for each in records
    )
    return select(*(each.exists() for each in standing))


class RegisterService(RegisterLooking[R, A]):
    """A register of one record class."""

    def __init__(self, database: Database, record: type[R] | None = None) -> None:
        super().__init__(database, record)
        self.parent: RegisterService[Any, Any] | None = None
        """For parts: the register they belong to."""
        self.part_services: tuple[RegisterService[Any, Any], ...] = ()
        """The registers of its parts."""
        self.followers: list[Follower] = []
        self.gathered: list[Callable[[Change, Sequence[Any]], None]] = []
        """Told as followers are, but once of all rows that were made at once (``many.py``)."""
        """Told of every row that was saved, archived or worked out afresh."""

    def own(self, *parts: RegisterService[Any, Any]) -> None:
        """From here on these are registers of parts of this one's entries."""
        for part in parts:
            part.parent = self
        self.part_services = (*self.part_services, *parts)

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
        *,
        guarded: bool = True,
    ) -> R:
        """The same inside a transaction that does more than this one save.

        ``guarded`` is left out only by the feature itself, where its own steps write what nobody
        may type.
        """
        session = change.session
        session.flush()  # rules see what this transaction did before, and never half of this row
        now = self.now()
        if entry_id:
            row = self._row(session, entry_id)
            if row.version != version:
                raise StaleEntry(
                    f"This {self.register.entry} was changed elsewhere after you opened it.",
                    "What you typed is still here: open the entry again beside this page "
                    "and compare.",
                )
        else:
            row = self.record(version=0, created_at=now)
            if isinstance(row, Part):
                row.parent_id = parent_id
        before = self.answers(row) if entry_id else {}
        was = self.search_body(row.reference, row.title, before) if entry_id else ""
        after = self._tidy({**before, **self._known(values)})
        with session.no_autoflush:  # the row is written once, when all of it is in place
            if guarded:
                self.guard(values, before)
            after, around = self._filled(session, row, after, before)
            found = self._problems(session, after, before, around)
            if found:
                raise InvalidEntry(found)
            row.version += 1
            row.changed_at = now
            for field in self.register.fields:
                # Of a hundred questions a save answers a few: the others stay as they were.
                if (answer := after.get(field.name)) is not before.get(field.name):
                    setattr(row, field.name, answer)
            if not entry_id:
                prefix = self.prefix(after)
                row.id, row.reference = next_number(session, self.record, parent_id, now, prefix)
                row.title = row.state = ""
                change.note(self.register.key, row.id, history.CREATED, None, row.reference, why)
            for field, *both in history.differing(self.register, before, after):
                old, new = (self.recorded(row, field, each) for each in both)
                change.note(self.register.key, row.id, field.name, old, new, why)
            self.derive(after, around).put(row)
        session.add(row)
        session.flush()
        self.written(change, row, after, made=not entry_id)
        if not self.register.parent:
            self._index(session, row, was, after)
        self._tell_followers(change, row)
        return row

    def _index(self, session: Session, row: R, was: str, values: Values) -> None:
        """Makes an entry found by its words, where these are others than it ``was`` found by."""
        body = self.search_body(row.reference, row.title, values)
        if not was:
            # What is new has no parts yet, by whose words it could be found.
            search_index.put_new(session, self.register.key, row.id, body)
        elif body != was:
            search_index.put(
                session, self.register.key, row.id, self._with_parts(session, row, body)
            )

    def refresh_within(self, change: Change, entry_id: int) -> None:
        """Works out title, state and due date afresh, because a part or the calendar changed."""
        row = self._row(change.session, entry_id)
        self.may_follow(row)
        self._settle(change.session, row)
        change.touched.add((self.register.key, entry_id))
        self._tell_followers(change, row)

    def may_follow(self, row: R) -> None:
        """Raises DpdeskError where what belongs to an entry must not change any more."""

    def refresh_where(self, change: Change, where: ColumnElement[bool]) -> None:
        """The same for the entries that ``where`` holds for; writes only those that differ.

        Those are added to ``change.touched``.
        """
        session = change.session
        session.flush()
        table = Base.metadata.tables[self.register.key]
        names = [field.name for field in self.register.fields]
        fresh: dict[int, dict[str, Any]] = {}
        for portion, rows in reckoning.portions(session, table, where):
            scope = reckoning.scope_of(portion, rows, names)
            around = self.surroundings(session, scope)
            for row in rows:
                values = scope.values[row.id]
                differing = self.derive(values, around(row.id)).differing(row)
                if not differing:
                    continue
                fresh[row.id] = differing
                change.touched.add((self.register.key, row.id))
                if "title" in differing and not self.register.parent:
                    body = self._sought(session, row, differing["title"], values)
                    search_index.put(session, self.register.key, row.id, body)
        reckoning.write(session, table, fresh)

    def refresh_all(self) -> Changes:
        """Works out title, state and due date of every entry afresh; says which changed."""
        with self.database.changing() as change:
            self.refresh_where(change, true())
        return Changes(frozenset(change.touched))

    def catch_up(self) -> Changes:
        """Works those entries out afresh whose state only the passing of days has changed."""
        where = self.behind(self.today())
        if where is None:
            return Changes()
        with self.database.reading() as session:
            found = session.scalar(select(self.record.id).where(where).limit(1))
        if found is None:
            return Changes()
        with self.database.changing() as change:
            self.refresh_where(change, where)
        return Changes(frozenset(change.touched))

    def take_back(self, changes: Changes) -> Changes:
        """Takes back the entries that one step made; what they replaced counts again.

        What somebody has changed since stays.
        """
        done = Changes()
        for _register, number in sorted(changes.made):
            entry = self.load(number)
            if entry.version == 1 and not entry.archived:
                done |= self.archive(number, entry.version, why="Undone").changes
        return done

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Puts an entry out of sight without deleting anything. Raises StaleEntry, NotFound."""
        return self._set_archived(entry_id, version, self.now(), why)

    def restore(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Brings an archived entry back.

        Raises StaleEntry, NotFound, and DpdeskError where another has taken its place meanwhile.
        """
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

    # --- inside --------------------------------------------------------------------------

    def _known(self, values: Values) -> Values:
        """The same answers. Raises KeyError for a name that is no question: a fault of ours."""
        names = {field.name for field in self.register.fields}
        unknown = sorted(set(values) - names)
        if unknown:
            raise KeyError(f"{self.register.key} has no field {', '.join(unknown)}")
        return values

    def _settle(self, session: Session, row: R) -> None:
        session.flush()
        values, title = self.answers(row), row.title
        with session.no_autoflush:
            around = self.surroundings(session, self._scope(row, values))(row.id)
            self.derive(values, around).put(row)
        session.flush()
        # A part that changed is found by its words as well.
        if (row.title != title or self.part_services) and not self.register.parent:
            body = self._sought(session, row, row.title, values)
            search_index.put(session, self.register.key, row.id, body)

    def _sought(self, session: Session, row: Any, title: str, values: Values) -> str:
        """What a search finds the entry by: its own words and those of its parts."""
        return self._with_parts(session, row, self.search_body(row.reference, title, values))

    def _with_parts(self, session: Session, row: Any, body: str) -> str:
        words = [body]
        for parts in self._having(session, row.id):
            for part in parts.part_rows(session, row.id):
                words.append(parts.search_body("", "", parts.answers(part)))
        return " ".join(words)

    def _having(self, session: Session, entry_id: int) -> list[RegisterService[Any, Any]]:
        """The kinds of parts that an entry has any of, asked at once: it has few of its kinds."""
        if not self.part_services:
            return []
        asked = _any_of(tuple(parts.record for parts in self.part_services))
        there = session.execute(asked, {"parent": entry_id}).one()
        return [parts for parts, any_ in zip(self.part_services, there, strict=True) if any_]

    def search_body(self, reference: str, title: str, values: Values) -> str:
        """Everything about an entry that a search should find."""
        words = [reference, title]
        found = [f for f in self.register.fields if f.searched and f.kind is not Kind.LINK]
        words += [show(f, values.get(f.name)) for f in found]
        return " ".join(word for word in words if word)

    def _set_archived(self, entry_id: int, version: int, at: dt.datetime | None, why: str) -> Saved:
        with self.database.changing() as change:
            row = self._row(change.session, entry_id)
            if row.version != version:
                raise StaleEntry(
                    f"This {self.register.entry} was changed elsewhere after you opened it.",
                    "Open it again to see the latest version.",
                )
            if at is None:
                self._may_return(change.session, row)
            touched = self._put_away(change, row, at, why)
            entry = self._labelled(change.session, row)
        return Saved(entry, Changes(frozenset(touched | change.touched)), change.before)

    def _may_return(self, session: Session, row: R) -> None:
        found = self.clashes(self.answers(row), self.around_within(session, row))
        if found:
            raise DpdeskError(
                f"This {self.register.entry} stays in the archive. {' '.join(found.values())}",
                "Change or archive the other one first, then bring this one back.",
            )

    def archive_within(self, change: Change, row: R, why: str = "") -> None:
        """Puts an entry out of sight inside a transaction that does more."""
        change.touched.update(self._put_away(change, row, self.now(), why))

    def _put_away(
        self, change: Change, row: R, at: dt.datetime | None, why: str
    ) -> set[tuple[str, int]]:
        row.version += 1
        old, new = (None, "yes") if at else ("yes", None)
        change.note(self.register.key, row.id, history.ARCHIVED, old, new, why)
        row.archived_at = at
        row.changed_at = self.now()
        change.session.flush()
        touched = {(self.register.key, row.id)} | self._refresh_parent(change, row)
        self._tell_followers(change, row)
        return touched

    def _tell_followers(self, change: Change, row: R) -> None:
        for follow in self.followers:
            follow(change, row)
        for gather in self.gathered:
            gather(change, (row,))

    def _refresh_parent(self, change: Change, row: R) -> set[tuple[str, int]]:
        if self.parent is None or not isinstance(row, Part):
            return set()
        self.parent.refresh_within(change, row.parent_id)
        return {(self.parent.register.key, row.parent_id)}
