"""What is left of a holding that was disposed of: one permanent line, and nothing personal.

The history of the workspace is never changed. Whatever was typed about a holding went into it
sealed under a key of that holding (see :mod:`dpdesk.store.sealed`); here the key is thrown away,
together with the answers themselves, the words by which a search would find them, and drafts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from dpdesk.registers.wording import show
from dpdesk.retention.holding_records import FACTS, Holding, HoldingName, about_one
from dpdesk.store import search_index
from dpdesk.store.database import Change
from dpdesk.store.tables import Draft

if TYPE_CHECKING:
    from dpdesk.retention.holding_rows import HoldingSeen
from dpdesk.retention.holding_service import HoldingService

_AT_ONCE = 500
_ALWAYS = ("person", "born", "note", "kept_why", "kept_until", "kept_by", "third_parties")
"""Answers that are erased from every holding."""
_OF_ONE = (*_ALWAYS, "place", *dict.fromkeys(FACTS.values()))
"""Answers that are erased as well where the holding was about one person."""


def portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many numbers at a time as one statement should ask for."""
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def line(seen: HoldingSeen, disposal_id: int, number: int, reason: str) -> dict[str, Any]:
    """The permanent line of a holding: its class and dates, never a name or a date of birth."""
    assert seen.rule is not None
    values, of, due = seen.values, seen.rule.of, seen.standing.due
    by_birth = "DOB" in of.triggers
    about = _about_one(seen)
    fields = Holding.register
    description = f"{of.records} (one person)" if about else str(values["what"])
    last = values.get(FACTS.get(of.trigger, ""))
    told = "" if by_birth or about or last is None else f"to {last.year}"
    counted = "" if due is None else due[:4] if by_birth or about else due
    return {
        "disposal_id": disposal_id,
        "number": number,
        "holding": seen.stored["reference"],
        "code": of.code,
        "records": of.records,
        "description": description,
        "form": show(fields.field("form"), values.get("form")),
        "quantity": str(values.get("quantity") or ""),
        "dates": told,
        "period": of.words,
        "due": counted,
        "reason": reason or "The period has run out.",
    }


def _about_one(seen: HoldingSeen) -> bool:
    return about_one(seen.values) or bool(seen.values.get("person"))


def erase(
    service: HoldingService,
    change: Change,
    every: Sequence[HoldingSeen],
    disposal: str,
    now: dt.datetime,
) -> None:
    """Empties what was personal, for good, in a few statements for each thousand holdings."""
    session, key = change.session, service.register.key
    numbers = [seen.stored["id"] for seen in every]
    rows, bodies = [], []
    erasable = tuple(dict.fromkeys((*_OF_ONE, "what")))
    for seen in every:
        assert seen.rule is not None
        about = _about_one(seen)
        gone = set(_OF_ONE if about else _ALWAYS)
        left = {name: seen.values.get(name) for name in erasable if name not in gone}
        if about:
            left["what"] = seen.rule.of.records
        fresh = {**dict.fromkeys(erasable), **left}
        number = seen.stored["id"]
        row: dict[str, Any] = {
            "title": fresh["what"],
            "state": "disposed",
            "due": None,
            "held_by": "",
            "disposed_at": now,
            "changed_at": now,
            "version": seen.stored["version"] + 1,
            "seal": None,
            **fresh,
        }
        rows.append({"of_id": number, **{f"new_{name}": answer for name, answer in row.items()}})
        bodies.append((number, f"{seen.stored['reference']} {fresh['what']} {seen.rule.name}"))
        emptied = [name for name in erasable if name in seen.values and fresh[name] is None]
        labels = [service.register.field(name).label for name in emptied]
        change.note(key, number, "Disposed of", None, disposal)
        if labels or about:
            change.note(key, number, "Erased", None, "; ".join(labels) or "Nothing was left")
        change.touched.add((key, number))
    service.write(session, rows)
    for some in portions(numbers):
        session.execute(delete(HoldingName).where(HoldingName.holding_id.in_(some)))
        session.execute(delete(Draft).where(Draft.register == key, Draft.entry_id.in_(some)))
    search_index.put_entries(session, key, bodies)
    search_index.wipe(session)


def third_parties(every: Iterable[HoldingSeen]) -> str:
    """Everybody named in these holdings as holding copies, each once."""
    found: dict[str, Any] = {}
    for seen in every:
        for line in str(seen.values.get("third_parties") or "").splitlines():
            if line.strip():
                found.setdefault(line.strip())
    return "\n".join(found)
