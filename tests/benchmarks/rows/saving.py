"""save: one entry with its rules, history and index."""

from __future__ import annotations

import itertools

from sqlalchemy.orm import Session

from dpdesk.desk import Desk
from dpdesk.requests.records import Request
from dpdesk.store.database import engine_for
from tests.benchmarks.invented import NOW
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE

ANSWERS = {
    "subject": "Robin Example",
    "subject_kind": "pupil",
    "received": NOW.date(),
    "asked": "All letters about the school trip",
    "assigned_to": "Dana Pryce",
}
TIMES = 5
"""Saves in one timing: one alone is as short as a breath of the disk."""


def measure(bench: Bench) -> list[Row]:
    """A new entry and a changed one, each against a bare insert of such a row."""
    made, changed = [], []
    for entries in bench.sizes.save:
        desk = Desk.open(bench.workspace(entries), PASSPHRASE, now=lambda: NOW)
        try:
            new, change = _times(desk, bench.sizes.rounds)
        finally:
            desk.close()
        made.append(Point(f"among {entries:,}", entries, *new))
        changed.append(Point(f"among {entries:,}", entries, *change))
    against = "bare SQLAlchemy insert and commit of such a row on the same encrypted file"
    promise = Promise(2.5)
    cause = (
        "Nine statements for a new entry and twelve for a changed one, where the bare insert sends"
        " one: rules, row, seal, index, history and its end mark; and three times as many pages of"
        " the file are enciphered. Half of the time is SQLAlchemy, most of the rest the index."
    )
    return [
        Row(name, what, against, promise, tuple(points), cause=cause, every=True)
        for name, what, points in (
            ("save", "a new entry with history and index", made),
            ("save, change", "an entry changed and saved again", changed),
        )
    ]


def _times(desk: Desk, rounds: int) -> tuple[tuple[float, float], tuple[float, float]]:
    numbers = itertools.count()
    place = desk.workspace
    plain = engine_for(place.database.path, place.keys.database)
    entry = desk.requests.requests.save(ANSWERS).entry

    def new() -> None:
        for _ in range(TIMES):
            desk.requests.requests.save(ANSWERS)

    def change() -> None:
        nonlocal entry
        for _ in range(TIMES):
            words = {"asked": f"Letter {next(numbers)}"}
            entry = desk.requests.requests.save(words, entry.id, entry.version).entry

    def bare() -> None:
        for _ in range(TIMES):
            with Session(plain) as session:
                session.add(
                    Request(
                        reference=f"BARE-{next(numbers)}", version=1, title="Robin Example",
                        state="search", due="2026-12-21", created_at=NOW, changed_at=NOW,
                        **ANSWERS,
                    )
                )  # fmt: skip
                session.commit()

    found = [alternate(timed(work), timed(bare), rounds) for work in (new, change)]
    plain.dispose()
    per = [(ours / TIMES, theirs / TIMES) for ours, theirs in found]
    return per[0], per[1]
