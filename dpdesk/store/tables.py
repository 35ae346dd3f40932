"""The tables that every workspace has, and the types of column that all tables share.

Constraints are named by rule, so that a later migration can find them.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    DDL,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The root of everything that is stored."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


GUARDED: set[str] = set()
"""Names of the triggers that refuse to change or delete what must stand for good."""


def never_changed(record: type[Base], sentence: str) -> None:
    """Makes the database itself refuse to change or delete rows of this table."""
    table = record.__tablename__
    for refused in ("UPDATE", "DELETE"):
        trigger = f"{table}_no_{refused.lower()}"
        GUARDED.add(trigger)
        event.listen(
            record.__table__,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
                f"CREATE TRIGGER {trigger} BEFORE {refused} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            ),
        )


_MOMENT = len("2026-11-20T09:00:00Z")


def utc_text(moment: dt.datetime) -> str:
    """A moment as the text that is stored: UTC, to the second, sorts as time does.

    Raises ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_moment(text: str) -> dt.datetime:
    """The moment that :func:`utc_text` wrote. Raises ValueError for anything else."""
    # Every row that is read has two of them: ``strptime`` would take most of the time of a list.
    if len(text) != _MOMENT or text[10] != "T" or text[-1] != "Z":
        raise ValueError("this is no stored moment")
    return dt.datetime.fromisoformat(text)


class UtcMoment(TypeDecorator[dt.datetime]):
    """A point in time, stored as UTC text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> str | None:
        """To storage."""
        return None if value is None else utc_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> dt.datetime | None:
        """From storage."""
        return None if value is None else utc_moment(value)


class Pence(TypeDecorator[Decimal]):
    """Pounds with two decimals, stored as whole pence so that sums stay exact."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        """To storage."""
        return None if value is None else int((Decimal(value) * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        """From storage."""
        return None if value is None else (Decimal(value) / 100).quantize(Decimal("0.01"))


class CodeList(TypeDecorator[tuple[str, ...]]):
    """Several codes, stored as a JSON list; no codes are stored as nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """To storage."""
        return json.dumps(list(value), ensure_ascii=False) if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...] | None:
        """From storage."""
        return None if value is None else tuple(json.loads(value))


class Meta(Base):
    """Facts about the workspace file itself: revision, the program that made it, counters."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str] = mapped_column(String)


class HistoryRow(Base):
    """One change of one field. Never changed, never deleted: triggers refuse both.

    What it says may be emptied, with a proof, where the law asks for it (``store/erased.py``).
    """

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String)
    who: Mapped[str] = mapped_column(String)
    register: Mapped[str] = mapped_column(String)
    entry_id: Mapped[int] = mapped_column(Integer)
    field: Mapped[str] = mapped_column(String)
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String)
    """Keyed hash over this row and the link of the row before."""

    __table_args__ = (Index("ix_history_entry", "register", "entry_id"),)


never_changed(HistoryRow, "the history cannot be changed")


class ErasedNote(Base):
    """The proof that the program itself emptied a row of the history (``store/erased.py``)."""

    __tablename__ = "erased_notes"
    history_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    proof: Mapped[str] = mapped_column(String)
    """Keyed hash over the row as it was left, its link in the chain included."""


class RowSeal(Base):
    """What a row of any other table held when the program last wrote it, as a keyed hash."""

    __tablename__ = "row_seals"
    in_table: Mapped[str] = mapped_column(String, primary_key=True)
    row_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """The number of the row, or what else tells it from others. A column that takes whatever is
    put in as it is, so that numbers stay numbers."""
    seal: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Draft(Base):
    """Half-typed answers of a form, kept until they are saved or thrown away."""

    __tablename__ = "drafts"
    register: Mapped[str] = mapped_column(String, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    """0 for an entry that has never been saved."""
    parent_id: Mapped[int] = mapped_column(Integer, primary_key=True, default=0)
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[str] = mapped_column(String)
    answers: Mapped[str] = mapped_column(Text)


class EntryLink(Base):
    """A link that the user drew between two entries; it is seen from both ends."""

    __tablename__ = "entry_links"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    from_register: Mapped[str] = mapped_column(String)
    from_id: Mapped[int] = mapped_column(Integer)
    to_register: Mapped[str] = mapped_column(String)
    to_id: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        Index("ix_entry_links_from", "from_register", "from_id"),
        Index("ix_entry_links_to", "to_register", "to_id"),
    )


class SearchRow(Base):
    """What a row of the full-text index stands for: an entry, or one page of a document."""

    __tablename__ = "search_rows"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String)
    entry_id: Mapped[int] = mapped_column(Integer)
    document_id: Mapped[int] = mapped_column(Integer, default=0)
    """0 for the entry itself."""
    page: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (Index("ix_search_rows_entry", "register", "entry_id", "document_id", "page"),)


class VaultFile(Base):
    """A file in the vault that belongs to something; what no row names may be cleared away."""

    __tablename__ = "vault_files"
    name: Mapped[str] = mapped_column(String, primary_key=True)
    """The keyed hash under which it lies."""
    sha256: Mapped[str] = mapped_column(String)
    size: Mapped[int] = mapped_column(Integer)


IN_VAULT: Final = {"in_vault": True}
"""Said of every column that names a file of the vault, so that none is deleted that is needed."""
