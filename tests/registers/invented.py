"""A register with every kind of field, made for the tests only, in tables of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dpdesk.registers.fields import (
    Chip,
    Choice,
    Register,
    State,
    Values,
    choice,
    choices,
    date,
    link,
    links,
    long_text,
    moment,
    money,
    number,
    text,
    yes_no,
)
from dpdesk.registers.hooks import Scope
from dpdesk.registers.record import Part, Record
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Database
from dpdesk.store.tables import Base

FULL = {
    "name": "A globe",
    "note": "with a dent",
    "fragile": "yes",
    "why_fragile": "glass",
    "came": dt.date(2026, 11, 3),
    "seen": dt.datetime(2026, 11, 3, 9, 30, tzinfo=dt.UTC),
    "pieces": 2,
    "cost": Decimal("12.50"),
    "colour": "blue",
    "colours": ("red", "blue"),
    "beside": ("PA-2026-001",),
    "secret": "nothing",
}

COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))


class Parcel(Record):
    """Something that arrived."""

    register = Register(
        "test_parcels",
        title="Parcels",
        entry="parcel",
        prefix="PA",
        states=(
            State("here", "Here", "mdi6.check"),
            State("gone", "Gone", "mdi6.close", open=False),
        ),
        chips=(
            Chip("here", "Here", lambda record, today: record.state == "here"),
            Chip("late", "Late", lambda record, today: record.due < today),
        ),
    )

    name = text("What is it?", required=True, listed=True)
    note = long_text("Note")
    fragile = yes_no("Fragile?")
    why_fragile = text("Why?", wanted=True, when=lambda values: values.get("fragile") == "yes")
    came = date("Came on", past=True, listed=True)
    seen = moment("Seen at")
    pieces = number("Pieces", most=100, listed=True)
    cost = money("Cost")
    colour = choice("Colour", COLOURS, default=lambda: "red")
    colours = choices("Colours", COLOURS)
    inside = link("Inside of", "test_parcels")
    beside = links("Beside", "test_parcels")
    secret = text("Not searched", searched=False)


class Label(Part):
    """A label on a parcel."""

    register = Register("test_labels", title="Labels", entry="label", parent="test_parcels")

    words = text("Words", required=True)


class Parcels(RegisterService[Parcel, int]):
    """Parcels; gone when their note says so, due a week after they came."""

    record = Parcel

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        super().__init__(database)
        database.now = now
        self.labels: RegisterService[Label] = RegisterService(database, Label)
        self.own(self.labels)

    def surroundings(self, session: Session, scope: Scope[Parcel]) -> Callable[[int], int]:
        """How many labels a parcel has."""
        return lambda number: len(self.labels.part_rows(session, number)) if number else 0

    def problems(self, values: Values, around: int) -> dict[str, str]:
        """A parcel without pieces cannot be fragile."""
        if values.get("pieces") == 0 and values.get("fragile") == "yes":
            return {"fragile": "Nothing cannot break."}
        return {}

    def derive(self, values: Values, around: int) -> Derived:
        """Title: its name and the number of its labels."""
        came = values.get("came")
        due = (came + dt.timedelta(days=7)).isoformat() if came else None
        return Derived(
            f"{values['name']} ({around})", "gone" if values.get("note") == "gone" else "here", due
        )


def make_tables(database: Database) -> None:
    """Adds the tables of this register to the workspace of a test."""
    tables: list[Any] = [Base.metadata.tables[name] for name in ("test_parcels", "test_labels")]
    with database.changing() as change:
        Base.metadata.create_all(change.session.connection(), tables=tables)
