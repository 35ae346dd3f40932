"""What a link field can point to, and how its target is called."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dpdesk.law.folding import expression
from dpdesk.registers.fields import Field, Kind, Register, Values
from dpdesk.registers.record import Record
from dpdesk.store import search_index
from dpdesk.store.tables import Base


@cache
def register_of(target: str) -> Register | None:
    """The register that a link field points to."""
    found = (mapper.class_ for mapper in Base.registry.mappers)
    registers = (each.register for each in found if issubclass(each, Record))
    return next((register for register in registers if register.key == target), None)


def called_by_title(target: str) -> bool:
    """Are the entries of a register known by their titles, as the classes of the schedule are?

    The reference is then of no use to anybody who reads it, and stands in the way of the code.
    """
    register = register_of(target)
    return register is not None and "reference" in register.columns_away


def not_found(session: Session, target: str, words: str) -> str:
    """A sentence for words that no entry of the register is called by, and what to do."""
    register = register_of(target)
    if register is None:
        return ""
    of = Base.metadata.tables[target].c
    away = select(called(target)).where(of.archived_at.is_not(None), _matching(target, words))
    archived = session.scalars(away.limit(2)).all()
    if archived:
        who = f"“{archived[0]}” is" if len(archived) == 1 else f"Entries called “{words}” are"
        return (
            f"{who} archived. To choose it, clear the box, save, go to {register.title}, tick "
            "Archived above the list, and press Bring back."
        )
    return (
        f"No {register.entry} under {register.title} is called “{words}”. Check the spelling, or "
        f"clear the box, save, and add the {register.entry} under {register.title} first."
    )


def called(target: str) -> ColumnElement[str]:
    """What an entry of a register is called where another points to it."""
    of = Base.metadata.tables[target].c
    title: ColumnElement[str] = of.title
    return title if called_by_title(target) else of.reference + " " + title


def choices(session: Session, field: Field, words: str, limit: int) -> list[tuple[int, str]]:
    """Entries that the field can point to, as (number, what it is called), newest first."""
    target = Base.metadata.tables[field.target]
    statement = select(target.c.id, called(field.target)).where(target.c.archived_at.is_(None))
    statement = statement.order_by(target.c.id.desc()).limit(limit)
    if not expression(words):
        return [(number, label) for number, label in session.execute(statement)]
    rows = session.execute(statement.where(_matching(field.target, words))).all()
    if not rows:
        # Nothing begins so: "bright" is sought in "Okaforbright" too.
        name = called(field.target)
        within = (name.icontains(each, autoescape=True) for each in words.split())
        rows = session.execute(statement.where(*within)).all()
    return [(number, label) for number, label in rows]


def begins(session: Session, field: Field, words: str) -> bool:
    """Has an entry that can be chosen words of its own that begin like all of these?"""
    of = Base.metadata.tables[field.target].c
    standing = select(of.id).where(of.archived_at.is_(None), _matching(field.target, words))
    return bool(expression(words)) and session.scalar(standing.limit(1)) is not None


def _matching(target: str, words: str) -> ColumnElement[bool]:
    """Is an entry found by words with which some of its own begin?"""
    of = Base.metadata.tables[target].c
    found: ColumnElement[bool] = of.id.in_(search_index.matching_entries(target, words))
    return found


def label(session: Session, field: Field, entry_id: int) -> str:
    """What the entry that is linked is called; empty where there is none."""
    target = Base.metadata.tables[field.target]
    return session.scalar(select(called(field.target)).where(target.c.id == entry_id)) or ""


def labels(session: Session, register: Register, values: Values) -> dict[str, str]:
    """The same for every link field that is answered, by the field's name."""
    return {
        field.name: label(session, field, int(values[field.name]))
        for field in register.fields
        if field.kind is Kind.LINK and values.get(field.name) is not None
    }


def named(session: Session, field: Field, words: str) -> int | None:
    """The entry that a person means by its reference, or by the code or title it begins with.

    "RR-2026-004", "RR-2026-004 P04 Pupil file", "P04" and the whole title all do. Raises
    ValueError with a sentence where nothing, or more than one entry, is meant.
    """
    sought = " ".join(words.split())
    if not sought:
        return None
    target = Base.metadata.tables[field.target]
    standing = target.c.archived_at.is_(None)
    first = sought.split()[0]
    number: int | None = session.scalar(
        select(target.c.id).where(standing, func.lower(target.c.reference) == first.lower())
    )
    if number is not None:
        return number
    title = func.lower(target.c.title)
    begins = title.startswith(f"{sought.lower()} ", autoescape=True)
    for means in (title == sought.lower(), begins):
        found = session.scalars(select(target.c.id).where(standing, means).limit(2)).all()
        if len(found) == 1:
            return int(found[0])
        if found:
            raise ValueError("More than one entry has this name. Give its reference.")
    raise ValueError("There is no entry with this reference.")
