"""recalculate: every holding of a class after the class was changed."""

from __future__ import annotations

import datetime as dt
import itertools
from contextlib import closing

from sqlalchemy import text

from dpdesk.desk import Desk
from dpdesk.retention.holding_records import Holding
from tests.benchmarks.invented import NOW, Text
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE, QUICK, SCHOOL

OTHERS = 4
"""Of so many holdings one belongs to the class that is changed."""


def measure(bench: Bench) -> list[Row]:
    """A period changed, against reading, reckoning and writing the same rows by hand."""
    whole, part = [], []
    for number in bench.sizes.holdings:
        desk = _kept(bench, number, every=1)
        try:
            whole.append(_point(desk, f"{number:,} of {number:,}", number, bench.sizes.rounds))
        finally:
            desk.close()
        desk = _kept(bench, number, every=OTHERS)
        try:
            some = -(-number // OTHERS)
            part.append(_point(desk, f"{some:,} of {number:,}", some, bench.sizes.rounds))
        finally:
            desk.close()
    against = (
        "the same rows read, a due date counted by the standard library, and written by the driver"
    )
    cause = (
        "The baseline only adds years to one date. Each holding is reckoned with steps and sources,"
        " and held against every open matter."
    )
    return [
        Row(name, what, against, Promise(4.0), tuple(points), cause=cause)
        for name, what, points in (
            ("recalculate", "all holdings of the class that was changed", whole),
            ("recalculate, part", f"one holding in {OTHERS} belongs to the class", part),
        )
    ]


def _kept(bench: Bench, number: int, *, every: int) -> Desk:
    """A workspace with so many holdings; each ``every``-th is of the class H07."""
    folder = bench.folder / f"holdings-{number}-{every}"
    desk, _ = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK, now=lambda: NOW)
    room, text_of = desk.retention, Text()
    room.schedule.adopt_defaults(["H07", "P04"])
    field = room.holdings.register.field("rule")
    mine, other = (room.holdings.link_named(field, code) for code in ("H07", "P04"))
    room.many.add(
        [
            {"what": f"Box {n}", "rule": mine, "in_year": dt.date(2000 + n % 40, 5, 1)}
            if n % every == 0
            else {
                "what": "Pupil file",
                "rule": other,
                "person": text_of.name(),
                "born": dt.date(1980 + n % 40, 3, 1),
            }
            for n in range(number)
        ]
    )
    for subject in ("Ada Nobody", "Ben Nobody", "Cora Nobody"):
        answers = {"subject": subject, "received": NOW.date()}
        desk.requests.requests.save({**desk.requests.requests.blank().values, **answers})
    return desk


def _point(desk: Desk, size: str, work: int, rounds: int) -> Point:
    room = desk.retention
    (entry,) = [each for each in room.schedule.in_use() if each.values["code"] == "H07"]
    periods = itertools.cycle((7, 8))

    def ours() -> None:
        now = room.schedule.load(entry.id)
        changes = room.schedule.save({"period": next(periods)}, now.id, now.version).changes
        assert sum(key == "holdings" for key, _ in changes.entries) == work

    with closing(desk.workspace.database.engine.connect()) as connection:
        mine = {"rule": entry.id}
        names = ", ".join(column.name for column in Holding.__table__.columns)
        read = text(f"SELECT {names} FROM holdings WHERE rule = :rule")
        write = text("UPDATE holdings SET state = 'running', due = :due WHERE id = :id")
        connection.rollback()

        def theirs() -> None:
            years = next(periods)
            rows = connection.execute(read, mine).mappings().all()
            due = [{"id": row["id"], "due": _later(str(row["in_year"]), years)} for row in rows]
            connection.execute(write, due)
            connection.commit()

        seconds = alternate(timed(ours), timed(theirs), rounds)
    return Point(size, work, *seconds)


def _later(day: str, years: int) -> str:
    found = dt.date.fromisoformat(day)
    return found.replace(year=found.year + years).isoformat()
