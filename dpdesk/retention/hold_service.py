"""The door to holds that are put on by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from dpdesk.errors import DpdeskError
from dpdesk.law.pick_lists import choice
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.matters import Touch, Touching
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.retention.hold_records import Hold
from dpdesk.retention.matters import Held, Touches
from dpdesk.store.tables import Base

__all__ = ["HoldService", "Touches", "Unknown", "holding_up", "touch_of"]

_NAMED = {"holdings": "holding", "rules": "class of the schedule", "assets": "asset"}


Unknown = Mapping[str, Sequence[str]]
"""By field: what was named and is not there."""


class HoldService(RegisterService[Hold, Unknown], Touching):
    """Claims, inspections, inquiries, complaints and whatever else must hold up a disposal.

    A hold stays in force until somebody lifts it; no day ends it by itself.
    """

    record = Hold

    def touches_within(self, session: Session, entry_id: int = 0) -> Iterator[Touch]:
        """What the holds in force, or one of them, touch."""
        asked: ColumnElement[bool] = Hold.lifted.is_(None)
        if entry_id:
            asked = asked & (Hold.id == entry_id)
        for row in session.scalars(select(Hold).where(asked).order_by(Hold.id)):
            yield touch_of(row)

    def surroundings(self, session: Session, scope: Scope[Hold]) -> Callable[[int], Unknown]:
        """What a hold names that there is not; asked for the one that is being saved."""
        found = {
            number: {name: _unknown(session, name, values.get(name) or ()) for name in _NAMED}
            for number, values in scope.values.items()
        }
        return found.__getitem__

    def problems(self, values: Values, around: Unknown) -> dict[str, str]:
        """A hold touches something that there is, and ends after it began."""
        found = {
            name: f"There is no {_NAMED[name]} {', '.join(unknown)}."
            for name, unknown in around.items()
            if unknown
        }
        everything = values.get("everything") == "yes"
        if not everything and not any(values.get(name) for name in ("people", *_NAMED)):
            found["everything"] = (
                "Say what the hold covers: people, holdings, classes of the schedule, or "
                "everything."
            )
        lifted, since = values.get("lifted"), values["since"]
        if lifted is not None and lifted < since:
            found["lifted"] = "A hold cannot be lifted before it was placed."
        if lifted is not None and not values.get("lifted_why"):
            found["lifted_why"] = "Say why the hold is being lifted."
        return found

    def derive(self, values: Values, around: Unknown) -> Derived:
        """Title: the reason. In force until it is lifted; due when it is reviewed."""
        lifted = values.get("lifted") is not None
        review = values.get("review_on")
        due = review.isoformat() if review is not None and not lifted else None
        return Derived(str(values["reason"]), "lifted" if lifted else "in_force", due)

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Refused while it is in force: it would go on holding things up out of sight."""
        if self.load(entry_id).state == "in_force":
            raise DpdeskError("This hold is in force.", "Lift it first, with a reason.")
        return super().archive(entry_id, version, why)


def holding_up(
    touches: Touches, person: str, others: str = "", *, code: str = "", rule: str = ""
) -> tuple[str, ...]:
    """What holds up papers about a person that are no holding: open matters, in words.

    ``others``: words in which the names of others stand whom the papers are about; ``code`` and
    ``rule``: code and reference of the class of the schedule that they belong to.
    """
    about = Held("", rule, code, "", "no", person, others)
    found = touches.on(about)
    return tuple(f"{each.words} {each.reference}".strip() for each in found)


def touch_of(row: Hold) -> Touch:
    """What a hold touches."""
    kind = choice("hold_kinds", str(row.kind), "retention").label.lower()
    named = "hold" if row.kind == "other" else f"{kind} hold"
    whole = row.everything == "yes"
    return Touch(
        "holds",
        row.id,
        row.reference,
        f"the {named}",
        names=() if whole else _lines(row.people),
        assets=() if whole else tuple(row.assets or ()),
        holdings=() if whole else tuple(row.holdings or ()),
        rules=() if whole else tuple(row.rules or ()),
        everything=whole,
    )


def _lines(words: str | None) -> tuple[str, ...]:
    """One name to a line; commas belong to the name, semicolons part names too."""
    lines = (words or "").replace(";", "\n").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _unknown(session: Session, field: str, named: Iterable[str]) -> Sequence[str]:
    """Which of these references (of classes: or codes) there are not."""
    wanted = {each.casefold(): each for each in named}
    if not wanted:
        return ()
    register = {"holdings": "holdings", "rules": "retention_rules", "assets": "assets"}[field]
    table = Base.metadata.tables[register]
    keys = [table.c.reference] + ([table.c.code] if register == "retention_rules" else [])
    known: set[str] = set()
    for key in keys:
        rows: Sequence[Row[Any]] = session.execute(
            select(key).where(func.lower(key).in_(list(wanted)))
        ).all()
        known.update(str(row[0]).casefold() for row in rows)
    return [each for key, each in wanted.items() if key not in known]
