"""What leaves a register: frozen rows, entries and change notes. Nothing of the database does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dpdesk.registers.fields import Field, Register
from dpdesk.registers.wording import show


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it was when it was opened; saving asks for the ``version`` seen.

    ``id`` and ``version`` are 0 for an entry that has not been saved yet.
    """

    register: Register
    id: int
    version: int
    reference: str
    title: str
    state: str
    due: str | None
    values: Mapping[str, Any]
    archived: bool = False
    parent_id: int = 0
    created_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Reference and title of what link fields point to, by the field's name."""

    def shown(self, name: str) -> str:
        """The answer to one question in words."""
        if name in self.labels:
            return self.labels[name]
        return show(self.register.field(name), self.values.get(name))


@dataclass(frozen=True, slots=True)
class Changes:
    """What an action changed, so that every open page can decide whether to reload."""

    entries: frozenset[tuple[str, int]] = frozenset()
    """(register key, entry id)"""
    made: frozenset[tuple[str, int]] = frozenset()
    """Those of them that the action itself made, where it can be taken back as a whole: what was
    there before and stands otherwise since is not taken back with them."""

    @property
    def registers(self) -> frozenset[str]:
        """Keys of the registers touched."""
        return frozenset(register for register, _ in self.entries)

    def __or__(self, other: Changes) -> Changes:
        """Both changes together."""
        return Changes(self.entries | other.entries, self.made | other.made)


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that worked: the entry as it now stands, and how to take the save back."""

    entry: Entry
    changes: Changes
    undo: int = 0
    """Number of the last history row before this save; see ``RegisterService.undo``."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a list should show."""

    search: str = ""
    chip: str = "all"
    sort: str = ""
    """Column name; a leading "-" sorts descending. Empty: the register's own order."""
    archived: bool = False
    columns: tuple[str, ...] = ()
    """Field names, in order; empty means the fields marked ``listed``."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: one of the standing ones (reference, title, state, due) or a field."""

    name: str
    label: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a list, in the order shown.

    Each row is a plain tuple: id, reference, title, state, due, then the columns asked for, in
    stored form. ``cell`` turns one of them into words only when it is looked at, so that a list
    of 50,000 entries costs no more than reading it.
    """

    register: Register
    columns: tuple[ListColumn, ...]
    rows: Sequence[Sequence[Any]]
    total: int
    """How many entries there are without search and chip."""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Number of entries behind each chip, "all" included."""

    def id(self, row: int) -> int:
        """Number of the entry in that row."""
        return int(self.rows[row][0])

    def raw(self, row: int, column: int) -> Any:
        """The stored value of a cell, for sorting and exporting."""
        return self.rows[row][column + 1]

    def cell(self, row: int, column: int) -> str:
        """The words of a cell."""
        value = self.raw(row, column)
        described = self.columns[column]
        if described.field is not None:
            return show(described.field, value, stored=True)
        if described.name == "state":
            return self.register.state(value or "").label
        return "" if value is None else str(value)

    def find(self, entry_id: int) -> int:
        """The row of an entry; -1 if it is not in this list."""
        return next((i for i, row in enumerate(self.rows) if row[0] == entry_id), -1)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one field, in words."""

    at: dt.datetime
    who: str
    label: str
    old: str
    new: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """The other end of a link."""

    register: str
    id: int
    reference: str
    title: str
    label: str
    """How it is linked: the label of the link field, or "Linked manually"."""
    link_id: int = 0
    """Number of a link drawn by hand, which can be taken away; 0 for link fields."""


@dataclass(frozen=True, slots=True)
class DraftNote:
    """Half-typed answers that were kept."""

    entry_id: int
    version: int
    at: dt.datetime
    answers: Mapping[str, Any]
    parent_id: int = 0


def entries(register: str, ids: Iterable[int]) -> Changes:
    """Changes to entries of one register."""
    return Changes(frozenset((register, number) for number in ids))
