"""Taking an import of people back, as a whole: as if it had not been; the history keeps both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError, StaleEntry, StepDone
from dpdesk.people.records import Person, Relationship
from dpdesk.people.rules import names_of
from dpdesk.people.service import PeopleService
from dpdesk.registers import history, reckoning
from dpdesk.registers.entries import Changes
from dpdesk.store.database import Change
from dpdesk.store.tables import Base, HistoryRow

WHY: Final = "Imported from a list"
UNDONE: Final = "Undone"
_AGAIN: Final = "Removed again"
"""Of a contact that had been removed before the import: a later list must not bring it back."""
_TOLD: Final = 200
"""Entries after which it is told how many are done."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, so that it can be taken back."""

    changes: Changes
    made: tuple[int, ...]
    changed: tuple[int, ...]
    links: tuple[int, ...]
    renewed: tuple[int, ...]
    """Relationships that were removed before and are there again, or of which more is said."""
    before: int
    """Number of the last line of the history before it."""
    last: int
    """Number of the last line of the history that it wrote."""


def take_back(people: PeopleService, done: Imported, step: StepDone | None = None) -> Changes:
    """Takes a whole import back.

    Raises StaleEntry where one of the entries was changed since, and DpdeskError where something
    is open about somebody whom the import made.
    """
    relations = people.relationships
    with people.database.changing() as change:
        session = change.session
        since = _since(session, people.register.key, done.before)
        ties = _since(session, relations.register.key, done.before)
        theirs = (since[n] for n in (*done.made, *done.changed))
        mine = (ties[n] for n in (*done.links, *done.renewed))
        if any(row.id > done.last for rows in (*theirs, *mine) for row in rows):
            raise StaleEntry(
                "Someone in this import has been changed since, so it cannot be undone.",
                "Change the entries one by one.",
            )
        _nothing_is_open(change, people, done.made)
        _put_away(change, people, Relationship, done.links)
        _put_away(change, people, Person, done.made)
        for number in done.renewed:
            _end_again(change, people, number, ties[number])
        for place, number in enumerate(done.changed):
            if step is not None and place % _TOLD == 0:
                step(place, len(done.changed))
            person = session.get(Person, number)
            assert person is not None
            back = history.before(people.register, since[number], lambda kept: kept)
            people.save_within(change, back, number, person.version, why=UNDONE)
        touched = change.touched
    return Changes(done.changes.entries | touched)


def taken_back(session: Session) -> frozenset[int]:
    """Relationships of imports that were taken back: they were never there."""
    return frozenset(
        session.scalars(
            select(HistoryRow.entry_id).where(
                HistoryRow.register == Relationship.register.key,
                HistoryRow.field == history.ARCHIVED,
                HistoryRow.why == UNDONE,
            )
        )
    )


def _since(session: Session, register: str, before: int) -> Mapping[int, list[HistoryRow]]:
    """What was written about the entries of a register after a line of the history."""
    found: dict[int, list[HistoryRow]] = defaultdict(list)
    asked = select(HistoryRow).where(HistoryRow.id > before, HistoryRow.register == register)
    for row in session.scalars(asked):
        found[row.entry_id].append(row)
    return found


def _nothing_is_open(change: Change, people: PeopleService, numbers: Sequence[int]) -> None:
    """Whoever a request or a breach may be about stays in the list, however they came into it."""
    wanted = (change.session.get(Person, number) for number in numbers)
    names = [names_of(people.answers(person)) for person in wanted if person is not None]
    if found := people.held_within(change.session, names):
        raise DpdeskError(
            f"Someone in this import may be the person of {found}, so it cannot be undone.",
            "Close that first, or change the entries one by one.",
        )


def _put_away(
    change: Change,
    people: PeopleService,
    record: type[Person | Relationship],
    numbers: Sequence[int],
) -> None:
    """Archives what an import had made; nothing is deleted, so the history keeps both."""
    table, session = Base.metadata.tables[record.register.key], change.session
    last = max(numbers, default=0)
    asked = select(table.c.id, table.c.version).where(
        table.c.id.between(min(numbers, default=0), last)
    )
    wanted, at = set(numbers), people.now()
    versions = {n: version for n, version in session.execute(asked) if n in wanted}
    fresh = {n: {"archived_at": at, "version": version + 1} for n, version in versions.items()}
    reckoning.write(session, table, fresh)
    for number in numbers:
        change.note(record.register.key, number, history.ARCHIVED, None, "yes", UNDONE)


def _end_again(
    change: Change, people: PeopleService, number: int, rows: Iterable[HistoryRow]
) -> None:
    """A contact that the import had brought back is removed again, as it was before."""
    relations = people.relationships
    row = change.session.get(Relationship, number)
    assert row is not None
    back = history.before(relations.register, rows, lambda kept: kept)
    relations.save_within(change, back, number, row.version, row.parent_id, why=UNDONE)
    if any(each.field == history.ARCHIVED for each in rows):
        row.archived_at = people.now()
        change.note(relations.register.key, number, history.ARCHIVED, None, "yes", _AGAIN)
