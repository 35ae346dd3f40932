"""What requests hold up elsewhere: records kept from disposal, and flags on people and assets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.registers.crossings import ConsentsKept
from dpdesk.registers.flagging import Flagging, UseFlag
from dpdesk.registers.hooks import Scope
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.matters import ASSET_REFERENCE, Touch, Touching
from dpdesk.registers.same_person import known_names
from dpdesk.requests import rules
from dpdesk.requests.conditions import FLAGGED
from dpdesk.requests.disposed import DisposedStays
from dpdesk.requests.known_people import PeopleOfRequests
from dpdesk.requests.parts import Search
from dpdesk.requests.records import Request
from dpdesk.requests.states import OPEN_STATES
from dpdesk.store.database import Change
from dpdesk.store.tables import Base

_SEARCHED = Base.metadata.tables[Search.__tablename__].c
_RESTRICTED: Final = and_(
    Request.kind == RequestKind.RESTRICTION.value,
    Request.flag_from.is_not(None),
    Request.flag_until.is_(None),
)
"""Data restricted now: it may be kept and nothing else (UK GDPR Art 18(2))."""
_HOLDING: Final = or_(Request.closed.is_(None), _RESTRICTED)
_SAID_BEFORE: Final = dt.timedelta(days=14)
"""A letter that withdraws consent is written before it is received; its day may be recorded."""
_PLACES: Final = (
    select(_SEARCHED.parent_id, _SEARCHED.place)
    .join(Request, Request.id == _SEARCHED.parent_id)
    .where(_HOLDING, _SEARCHED.archived_at.is_(None))
)
"""Places searched for requests that hold something up."""
_PLACES_OF: Final = select(_SEARCHED.parent_id, _SEARCHED.place).where(
    _SEARCHED.parent_id == bindparam("number"), _SEARCHED.archived_at.is_(None)
)
"""Places searched for one request."""
_TOUCHING: Final = select(
    Request.id,
    Request.reference,
    Request.archived_at,
    Request.closed,
    Request.subject,
    Request.other_names,
    Request.subject_person,
    Request.kind,
    Request.decision,
    Request.flag_from,
    Request.flag_until,
)
_STANDING: Final = select(
    Request.id,
    Request.reference,
    Request.kind,
    Request.subject,
    Request.other_names,
    Request.subject_person,
    Request.flag_says,
    Request.flag_assets,
    Request.flag_pictures,
).where(
    or_(
        and_(
            Request.kind.in_([kind.value for kind in FLAGGED]),
            # Not "is not null": the database would go through everything instead of the index.
            Request.flag_from >= dt.date.min,
            Request.flag_until.is_(None),
        ),
        and_(
            Request.kind == RequestKind.WITHDRAWAL.value,
            Request.state.in_(OPEN_STATES),
        ),
    )
)
"""Flags that stand, also of requests closed or put out of sight: only lifting ends one.

And consent that somebody took back, until that is dealt with and noted where it was given.
"""


class RequestTouching(DisposedStays, Touching, Flagging):
    """The log of requests as rooms see it that know nothing of requests."""

    people: PeopleOfRequests | None = None
    consents: tuple[ConsentsKept, ...] = ()

    def touches_within(self, session: Session, entry_id: int = 0) -> Iterator[Touch]:
        """What the open requests, or one of them, hold up: records of their data subject.

        Also those put out of sight: a request is open until it is closed, and a restriction holds
        until it is lifted. Assets and holdings count that are linked by hand, or named by
        reference among the places searched. Which kinds hold anything says their table; an erasure
        that was decided must not stand in its own way.
        """
        asked = _TOUCHING.where(_HOLDING)
        places, named_by = _PLACES, dict[str, Any]()
        if entry_id:
            asked = asked.where(Request.id == entry_id)
            places, named_by = _PLACES_OF, {"number": entry_id}
        rows: Sequence[Any] = session.execute(asked.order_by(Request.id)).all()
        rows = [
            row for row in rows if _restricts(row) or rules.holds_records(row.kind, row.decision)
        ]
        if not rows:
            return
        named: dict[int, list[str]] = defaultdict(list)
        for parent, place in session.execute(places, named_by):
            named[parent] += ASSET_REFERENCE.findall(str(place).upper())
        known = self._names_on_record(session, [row.subject_person for row in rows])
        linked = linked_by_hand(session, self.register.key, [row.id for row in rows])
        for row in rows:
            here = linked.get(row.id, [])
            yield Touch(
                self.register.key,
                row.id,
                row.reference,
                _words(row),
                names=(
                    *known_names(row.subject, row.other_names),
                    *known.get(row.subject_person or 0, ()),
                ),
                assets=(*named[row.id], *(ref for key, ref in here if key == "assets")),
                holdings=tuple(ref for key, ref in here if key == "holdings"),
            )

    def flags_touched(self, change: Change, row: Request) -> bool:
        """What is, or was until now, a kind of request that puts flags on people and assets."""
        kinds = {kind.value for kind in (*FLAGGED, RequestKind.WITHDRAWAL)}
        was = (note.old for note in change.notes if note.field == "kind")
        return row.kind in kinds or any(old is not None for old in was)

    def taken_back(self, session: Session, scope: Scope[Request]) -> bool:
        """Is what is being saved no withdrawal of consent, or one that is recorded already?"""
        if len(scope.values) != 1 or not self.consents:
            return True
        (values,) = scope.values.values()
        closed, received = values.get("closed"), values.get("received")
        if values.get("kind") != RequestKind.WITHDRAWAL.value or closed is None or received is None:
            return True
        person = values.get("subject_person") or 0
        names = tuple(known_names(str(values["subject"]), values.get("other_names")))
        day = received - _SAID_BEFORE
        return any(each.taken_back_since(session, person, names, day) for each in self.consents)

    def flags_within(self, session: Session) -> tuple[UseFlag, ...]:
        """The restrictions and objections from which data must not be used."""
        # Put in order here: where the database does, it goes through all requests.
        rows = sorted(session.execute(_STANDING).all(), key=lambda row: row.id)
        if not rows:
            return ()
        known = self._names_on_record(session, [row.subject_person for row in rows])
        return tuple(_flag(self.register.key, row, known) for row in rows)

    def _names_on_record(
        self, session: Session, people: Collection[int | None]
    ) -> Mapping[int, tuple[str, ...]]:
        """Every name of the data subjects that are linked to the register of people."""
        if self.people is None:
            return {}
        return self.people.names_within(session, {number for number in people if number})


def _restricts(row: Any) -> bool:
    restricted = bool(row.kind == RequestKind.RESTRICTION.value)
    return restricted and row.flag_from is not None and row.flag_until is None


def _words(row: Any) -> str:
    if _restricts(row):
        return "the restriction"
    return "the open request" if row.archived_at is None else "the archived, open request"


def _flag(key: str, row: Any, known: Mapping[int, tuple[str, ...]]) -> UseFlag:
    person = row.subject_person or 0
    names = (*known_names(row.subject, row.other_names), *known.get(person, ()))
    if row.kind == RequestKind.WITHDRAWAL.value:
        # Whoever withdraws consent is not photographed for a few days more because the office has
        # not found the right page yet.
        says = "No pictures until it is recorded under Consents"
        what = "the withdrawal of consent"
        return UseFlag(key, row.id, row.reference, what, says, person, names, pictures="yes")
    return UseFlag(
        key,
        row.id,
        row.reference,
        f"the {kind_rules(row.kind).kind.value}",
        str(row.flag_says or ""),
        person,
        names,
        tuple(row.flag_assets or ()),
        row.flag_pictures,
    )
