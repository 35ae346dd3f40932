"""What stands beside requests: questions, documents, places searched; read for one or for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from dpdesk.documents.records import Document
from dpdesk.registers.hooks import Scope
from dpdesk.requests.part_services import Clarifications
from dpdesk.requests.parts import Clarification, Search
from dpdesk.requests.recipient_service import RecipientService
from dpdesk.requests.records import Request
from dpdesk.requests.rules import Around
from dpdesk.store.tables import Base

_OF = Base.metadata.tables[Document.__tablename__].c
_DOCUMENTS: Final = select(func.count(_OF.id)).where(
    _OF.register == Request.register.key,
    _OF.entry_id == bindparam("number"),
    _OF.removed_at.is_(None),
)
"""How many documents a request has."""
TAKEN_OFF: Final = select(func.count(_OF.id)).where(
    _OF.register == Request.register.key,
    _OF.entry_id == bindparam("number"),
    _OF.removed_at.is_not(None),
)
"""How many documents were taken off a request again."""
_ALL_DOCUMENTS: Final = (
    select(_OF.entry_id, func.count())
    .where(_OF.register == Request.register.key, _OF.removed_at.is_(None))
    .group_by(_OF.entry_id)
)


def _counted(record: Any, column: Any) -> Any:
    """How many parts of a request have something in a column."""
    own = record.parent_id == bindparam("number"), record.archived_at.is_(None)
    return select(func.count(column)).where(*own).scalar_subquery()


_OF_ONE: Final = select(
    _counted(Clarification, Clarification.id).label("questions"),
    _DOCUMENTS.scalar_subquery().label("documents"),
    _counted(Search, Search.id).label("places"),
    _counted(Search, Search.found).label("looked"),
)
"""How much belongs to a request, in one statement: each costs more than what it looks at."""


def around_of(
    session: Session,
    scope: Scope[Request],
    plain: Around,
    clarifications: Clarifications,
    recipients: RecipientService,
    released: Collection[int],
) -> Callable[[int], Around]:
    """What stands around requests that are in the database, added to what is plain for all."""
    if len(scope.rows) == 1:
        number, row = next(iter(scope.rows.items()))
        of = session.execute(_OF_ONE, {"number": number}).one()
        listed, waiting = recipients.counted_within(session, number)
        asked_of = clarifications.part_rows(session, number) if of.questions else ()
        one = replace(
            plain,
            questions=tuple(clarifications.answers(part) for part in asked_of),
            documents=of.documents,
            released=number in released,
            searched=0 < of.places == of.looked,
            left=of.places - of.looked,
            # What is being saved is not written yet: the row is as it was.
            was_closed=row.closed is not None,
            was_ready=row.ready_on is not None,
            was_lifted=row.flag_until is not None,
            given_to=listed,
            untold=waiting,
        )
        return lambda _number: one
    asked = questions(session, scope.where, clarifications)
    documents = _documents_of_all(session)
    searched = _all_searched(session, scope.where)
    return lambda number: replace(
        plain,
        questions=tuple(asked.get(number, ())),
        documents=documents.get(number, 0),
        released=number in released,
        searched=number in searched,
    )


def questions(
    session: Session, where: ColumnElement[bool], clarifications: Clarifications
) -> dict[int, list[Mapping[str, Any]]]:
    """The clarifications of all requests that a condition holds for, in one read."""
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for part in session.scalars(
        select(Clarification)
        .where(
            Clarification.parent_id.in_(select(Request.id).where(where)),
            Clarification.archived_at.is_(None),
        )
        .order_by(Clarification.id)
    ):
        found[part.parent_id].append(clarifications.answers(part))
    return found


def _all_searched(session: Session, where: ColumnElement[bool]) -> frozenset[int]:
    """The requests of which it is recorded for every place listed what came of looking there."""
    asked = (
        select(Search.parent_id)
        .where(
            Search.parent_id.in_(select(Request.id).where(where)),
            Search.archived_at.is_(None),
        )
        .group_by(Search.parent_id)
        .having(func.count() == func.count(Search.found))
    )
    return frozenset(session.scalars(asked))


def _documents_of_all(session: Session) -> dict[int, int]:
    return {int(number): int(many) for number, many in session.execute(_ALL_DOCUMENTS)}
