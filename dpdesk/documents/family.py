"""The order of documents: each before those that came inside it, in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol, TypeVar

from dpdesk.law.words import LONDON


class _Placed(Protocol):
    """A document as the order sees it."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def parent_id(self) -> int | None:
        """That of the document that it came in."""


P = TypeVar("P", bound=_Placed)


def in_order(rows: Sequence[P]) -> list[P]:
    """The documents, each directly before those inside it; one whose holder is gone by itself."""
    here = {row.id for row in rows}
    of: dict[int | None, list[P]] = {}
    for row in rows:
        of.setdefault(row.parent_id if row.parent_id in here else None, []).append(row)
    found: list[P] = []
    waiting = list(reversed(of.get(None, [])))
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += reversed(of.get(row.id, []))
    return found


def inside(rows: Sequence[P], row: P) -> list[P]:
    """A document and all that came inside it, at any depth, in order."""
    found, held = [row], {row.id}
    for each in in_order(rows):
        if each.parent_id in held and each.id != row.id:
            found.append(each)
            held.add(each.id)
    return found


def moved(rows: Sequence[P], row: P, position: int) -> list[P]:
    """The documents with one, and all inside it, at another place among its like (from 0)."""
    block = inside(rows, row)
    going = {each.id for each in block}
    others = [each for each in in_order(rows) if each.id not in going]
    here = {each.id for each in rows}
    holder = row.parent_id if row.parent_id in here else None
    like = [
        each for each in others if (each.parent_id if each.parent_id in here else None) == holder
    ]
    position = max(0, min(position, len(like)))
    if position < len(like):
        at = others.index(like[position])
    elif like:
        last = inside(others, like[-1])[-1]
        at = others.index(last) + 1
    else:
        at = next((n for n, each in enumerate(others, 1) if each.id == holder), len(others))
    return [*others[:at], *block, *others[at:]]


def moment(dated: str) -> tuple[int, float]:
    """What sorts as the moments do that documents bear, whatever zone each is told in.

    What has no date sorts last. A day without a time is its beginning.
    """
    try:
        found = dt.datetime.fromisoformat(dated)
        aware = found if found.tzinfo else found.replace(tzinfo=LONDON)
        return 0, aware.timestamp()
    except (ValueError, OverflowError):
        return 1, 0.0
