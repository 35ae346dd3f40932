"""Fields that describe themselves once.

A field's label, help, source in law or policy, choices and conditions are written where its
column is declared. Form, table, print sheet, spreadsheet, search and change history all read
this one description, so that adding a question to a register is adding one line.

The kinds are few and closed, see :class:`Kind`. The functions below (``text``, ``date``, …)
are used in class bodies and give a database column that carries its :class:`Field`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column

from dpdesk.law.pick_lists import Choice as Choice
from dpdesk.store.tables import CodeList, Pence, UtcMoment

Values = Mapping[str, Any]
"""The answers of one entry by field name."""

Condition = Callable[[Values], bool]


class Kind(StrEnum):
    """Every kind of field there is. A new kind is a change to the house, not to a register."""

    TEXT = "text"
    LONG_TEXT = "long text"
    YES_NO = "yes, no or not known"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"
    LINKS = "links"


YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"), Choice("unknown", "Not known"))


@dataclass(frozen=True, slots=True)
class Field:
    """What a question is: everything that any screen, paper or spreadsheet needs to know of it."""

    kind: Kind
    label: str
    name: str = ""
    heading: str = ""
    """Short heading of the column, where the question is too long for one; a word or two."""
    help: str = ""
    source: str = ""
    why: str = ""
    """One sentence that says why this is asked; the source follows it."""
    section: str = ""
    required: bool = False
    """Nothing can be saved without it."""
    wanted: bool = False
    """The entry can be saved without it but counts as unfinished; "still missing" names it."""
    listed: bool = False
    """Shown as a column of the list until the user chooses otherwise."""
    searched: bool = True
    when: Condition | None = None
    """Asked only where this holds for the other answers; None means always."""
    choices: tuple[Choice, ...] = ()
    offered: Callable[[Values], Collection[str]] | None = None
    """Codes of the choices that are offered, given the other answers; None means all of them."""
    target: str = ""
    """Link fields: key of the register that is linked to."""
    example: str = ""
    """Faint text in the empty input."""
    default: Callable[[], Any] | None = None
    least: int | Decimal | None = None
    most: int | Decimal | None = None
    past: bool = False
    """Dates and moments: may not lie in the future."""
    person: bool = False
    """Texts: it names a person, or several, one to a line."""

    @property
    def column(self) -> str:
        """What stands above its answers in lists, prints and spreadsheets."""
        return self.heading or self.label

    def applies(self, values: Values) -> bool:
        """Is this question asked, given the other answers?"""
        return self.when is None or bool(self.when(values))

    def choice(self, code: str) -> Choice:
        """The choice stored under ``code``; a code that is no longer offered shows as itself."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        return Choice(code, code)


def _column(field: Field, kind: Any, *arguments: Any) -> MappedColumn[Any]:
    return mapped_column(kind, *arguments, nullable=True, info={"field": field})


def text(label: str, **more: Any) -> MappedColumn[str | None]:
    """One line of text."""
    return _column(Field(Kind.TEXT, label, **more), String)


def long_text(label: str, **more: Any) -> MappedColumn[str | None]:
    """Several lines of text."""
    return _column(Field(Kind.LONG_TEXT, label, **more), Text)


def yes_no(label: str, **more: Any) -> MappedColumn[str | None]:
    """Yes, no or not known, stored as "yes", "no", "unknown"."""
    return _column(Field(Kind.YES_NO, label, choices=YES_NO, **more), String)


def date(label: str, **more: Any) -> MappedColumn[dt.date | None]:
    """A calendar day."""
    return _column(Field(Kind.DATE, label, **more), Date)


def moment(label: str, **more: Any) -> MappedColumn[dt.datetime | None]:
    """A point in time: stored in UTC, shown and typed in the school's local time."""
    return _column(Field(Kind.MOMENT, label, **more), UtcMoment)


def number(label: str, **more: Any) -> MappedColumn[int | None]:
    """A whole number; from 0 upwards unless ``least`` says otherwise."""
    more.setdefault("least", 0)
    return _column(Field(Kind.NUMBER, label, **more), Integer)


def money(label: str, **more: Any) -> MappedColumn[Decimal | None]:
    """An amount in pounds, with two decimals; from 0 upwards unless ``least`` says otherwise."""
    more.setdefault("least", Decimal(0))
    return _column(Field(Kind.MONEY, label, **more), Pence)


def choice(label: str, choices: tuple[Choice, ...], **more: Any) -> MappedColumn[str | None]:
    """One of a pick list, stored by its code."""
    return _column(Field(Kind.CHOICE, label, choices=choices, **more), String)


def choices(
    label: str, choices: tuple[Choice, ...], **more: Any
) -> MappedColumn[tuple[str, ...] | None]:
    """Any number out of a pick list, stored by their codes."""
    return _column(Field(Kind.CHOICES, label, choices=choices, **more), CodeList)


def link(label: str, target: str, **more: Any) -> MappedColumn[int | None]:
    """One entry of the register ``target``, by its number in the database."""
    return _column(
        Field(Kind.LINK, label, target=target, **more), Integer, ForeignKey(f"{target}.id")
    )


def links(label: str, target: str, **more: Any) -> MappedColumn[tuple[str, ...] | None]:
    """Any number of entries of the register ``target``, kept by their references."""
    return _column(Field(Kind.LINKS, label, target=target, **more), CodeList)


@dataclass(frozen=True, slots=True)
class Section:
    """A card of the entry page; ``stage`` says during which stage of the work it is filled in."""

    key: str
    title: str
    help: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the work on an entry. Stages guide and never lock."""

    key: str
    title: str
    help: str = ""


class Tone(StrEnum):
    """How a state is coloured; the word and the icon always stand beside the colour."""

    QUIET = "quiet"
    OK = "ok"
    INFO = "info"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class State:
    """Where an entry stands: word, icon (a name of QtAwesome's mdi6 family) and tone."""

    key: str
    label: str
    icon: str
    tone: Tone = Tone.INFO
    open: bool = True
    """Is there still work to do on entries in this state?"""


@dataclass(frozen=True)
class Chip:
    """A filter above the list, with its count.

    ``where`` gets the record class and today's date as ISO text, and returns an SQLAlchemy
    condition.
    """

    key: str
    label: str
    where: Callable[[Any, str], Any]
    standing: bool = True
    """Always offered above the list; others appear only while they count something."""


@dataclass(frozen=True)
class Register:
    """The description of a register: its names, its parts and how its entries are grouped.

    ``key`` is also the name of the database table and of the command-line register. A register
    with a ``parent`` holds the parts of another register's entries (the clarifications of a
    request, say): its entries have no list of their own and belong to one parent entry.
    """

    key: str
    title: str
    entry: str
    """What one entry is called in a sentence: "request", "incident"."""
    prefix: str = ""
    """Start of the references: SAR gives SAR-2026-001. Empty for parts."""
    icon: str = "mdi6.folder-outline"
    purpose: str = ""
    """One sentence for the empty list: what this register is for."""
    first_step: str = ""
    """Words on the button of the empty list, for example "Log a request"."""
    sections: tuple[Section, ...] = ()
    stages: tuple[Stage, ...] = ()
    states: tuple[State, ...] = ()
    chips: tuple[Chip, ...] = ()
    parent: str = ""
    title_label: str = "What"
    """Heading of the column with the entries' titles."""
    order: str = "reference"
    """Column that the list is first sorted by; a leading "-" means descending."""
    columns_first: tuple[str, ...] = ()
    """Columns that stand first: what the list exists for. Words in them have room."""
    columns_away: tuple[str, ...] = ()
    """Columns that every list has and that this one does not show, unless somebody wants them."""
    help_page: str = ""
    area: str = ""
    """The area of the window that its list stands in, where no room of the window shows it."""
    whys: Mapping[str, str] = dataclass_field(default_factory=dict)
    """By question: a sentence that says why it is asked, shown before its source."""
    single: bool = False
    """There is exactly one entry, made with the workspace (the school's own particulars)."""
    fields: tuple[Field, ...] = ()
    """Filled in when the record class is made, in the order of declaration."""

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if the register has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def state(self, key: str) -> State:
        """The state of that key; an unknown key shows as itself."""
        for state in self.states:
            if state.key == key:
                return state
        return State(key, key, "mdi6.circle-outline", Tone.QUIET, open=False)

    def with_fields(self, fields: tuple[Field, ...]) -> Register:
        """The same register, knowing its fields."""
        explained = (replace(f, why=self.whys.get(f.name, f.why)) for f in fields)
        return replace(self, fields=tuple(explained))
