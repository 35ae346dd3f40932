"""The shelf: papers that are kept for good, each exactly as it was when it was sent or signed.

A report to the regulator, an edition of the schedule, a certificate of disposal: whatever is put on
the shelf lies in the vault, bound to its row by SHA-256, and is never changed again. The answers
that a paper was made of may be kept beside it, for the next one to be compared with.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Text,
    case,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from dpdesk.documents.service import keep, let_go
from dpdesk.errors import DamagedWorkspace, NotFound
from dpdesk.store.erased import unguarded
from dpdesk.store.tables import IN_VAULT, Base, VaultFile, never_changed, utc_moment, utc_text

if TYPE_CHECKING:
    from dpdesk.store.database import Change, Database
    from dpdesk.store.vault import Stored, Vault

_PIECE: Final = 1024 * 1024  # bytes


class KeptPaper(Base):
    """A paper as it was when it was finished. It is never changed again, only destroyed."""

    __tablename__ = "kept_papers"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String)
    entry_id: Mapped[int] = mapped_column(Integer)
    """The entry that it belongs to."""
    number: Mapped[int] = mapped_column(Integer)
    """From 1, without gaps; within its entry or its register, as its room counts."""
    kind: Mapped[str] = mapped_column(String)
    """What it is among the papers of an entry; empty where there is but one kind."""
    made_at: Mapped[str] = mapped_column(String)
    made_by: Mapped[str] = mapped_column(String)
    answers: Mapped[str] = mapped_column(Text)
    """JSON: what it was made of."""
    paper: Mapped[str] = mapped_column(String, info=IN_VAULT)
    """Name in the vault; empty where the paper was destroyed, as its years were over."""
    sha256: Mapped[str] = mapped_column(String)

    __table_args__ = (Index("ix_kept_papers_entry", "register", "entry_id"),)


never_changed(KeptPaper, "a paper that is kept for good cannot be changed")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A paper on the shelf, as rooms and screens see it."""

    id: int
    entry_id: int
    number: int
    kind: str
    made_at: dt.datetime
    made_by: str
    answers: Mapping[str, Any]
    sha256: str


class PaperShelf:
    """The papers of all registers that are kept for good."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def keep(
        self,
        change: Change,
        register: str,
        entry_id: int,
        content: bytes,
        *,
        number: int,
        kind: str = "",
        answers: Mapping[str, Any] | None = None,
    ) -> Shelved:
        """Puts a paper on the shelf, within the transaction in which it comes about.

        Where that fails, the file is let go again. Raises NoRoom.
        """
        stored = self._vault.put(content)
        change.undoing.append(lambda: let_go(self._database, self._vault, [stored.name]))
        return self.keep_stored(
            change, register, entry_id, stored, number=number, kind=kind, answers=answers
        )

    def keep_stored(
        self,
        change: Change,
        register: str,
        entry_id: int,
        stored: Stored,
        *,
        number: int,
        kind: str = "",
        answers: Mapping[str, Any] | None = None,
    ) -> Shelved:
        """Puts a paper on the shelf that lies in the vault already: a long one, say.

        Whoever wrote it there lets it go where the transaction fails.
        """
        keep(change.session, stored)
        row = KeptPaper(
            register=register,
            entry_id=entry_id,
            number=number,
            kind=kind,
            made_at=utc_text(change.at),
            made_by=change.who,
            answers=json.dumps(answers or {}, ensure_ascii=False),
            paper=stored.name,
            sha256=stored.sha256,
        )
        change.session.add(row)
        change.session.flush()
        return _shelved(row)

    def last_number(self, session: Session, register: str, entry_id: int = 0) -> int:
        """The number of the newest paper of an entry, or of the whole register; 0 before any."""
        where = _of(register, entry_id)
        return session.scalar(select(func.max(KeptPaper.number)).where(where)) or 0

    def of_entry(self, register: str, entry_id: int) -> tuple[Shelved, ...]:
        """The papers of an entry, oldest first."""
        with self._database.reading() as session:
            return self.within(session, register, entry_id)

    def within(self, session: Session, register: str, entry_id: int) -> tuple[Shelved, ...]:
        """The same inside a session that is open already."""
        rows = session.scalars(
            select(KeptPaper).where(_of(register, entry_id)).order_by(KeptPaper.number)
        )
        return tuple(_shelved(row) for row in rows)

    def one(self, register: str, paper_id: int) -> Shelved:
        """What is known of a paper. Raises NotFound."""
        with self._database.reading() as session:
            return _shelved(_row(session, register, paper_id))

    @contextmanager
    def open(self, register: str, paper_id: int, called: str) -> Iterator[BinaryIO]:
        """A paper of any length, open at its beginning, after all of it was compared.

        ``called`` is what an error calls it. Raises NotFound; DamagedWorkspace where it is damaged
        or not what was kept.
        """
        with self._database.reading() as session:
            row = _lying(session, register, paper_id)
            name = row.paper
            kept = session.get(VaultFile, name)
            wanted = {kept.sha256 if kept is not None else "", row.sha256}
        with self._vault.open(name) as content:
            found = hashlib.sha256()
            while piece := content.read(_PIECE):
                found.update(piece)
            if wanted != {found.hexdigest()}:
                raise DamagedWorkspace(
                    f"The {called} is not the file that was kept, so you cannot save or print it.",
                    "Restore the last backup into another folder and get it from there.",
                )
            content.seek(0)
            yield content

    def content(self, register: str, paper_id: int) -> bytes:
        """A paper as it was. Raises NotFound, DamagedWorkspace where it is another by now."""
        with self._database.reading() as session:
            row = _lying(session, register, paper_id)
            name, sha256 = row.paper, row.sha256
        return self._vault.read(name, sha256)


def destroy_papers(change: Change, register: str, entry_id: int, keeping: str = "") -> set[str]:
    """Takes the papers of an entry off the shelf for good; gives their names in the vault.

    That there was a paper, its kind, day and SHA-256 stay as proof; what it was made of goes,
    except for papers of the kind ``keeping``, whose answers hold nothing but numbers.
    """
    session = change.session
    found = select(KeptPaper.paper).where(_of(register, entry_id), KeptPaper.paper != "")
    names = set(session.scalars(found))
    answers = case((KeptPaper.kind == keeping, KeptPaper.answers), else_="{}")
    connection = session.connection()
    with unguarded(connection, KeptPaper.__tablename__):
        emptied = update(KeptPaper).where(_of(register, entry_id))
        connection.execute(emptied.values(paper="", answers=answers))
    session.expire_all()
    return names


def answers_of(register: str, entries: Select[int], words: str) -> Select[int, int, str]:
    """A statement for entry, number and answers of the papers in whose answers words stand."""
    return select(KeptPaper.entry_id, KeptPaper.number, KeptPaper.answers).where(
        KeptPaper.register == register,
        KeptPaper.entry_id.in_(entries),
        KeptPaper.answers.contains(words, autoescape=True),
    )


def numbers_of(session: Session, register: str, entries: list[int]) -> dict[int, int]:
    """The number of the newest paper of each of some entries, by the numbers of those."""
    found = session.execute(
        select(KeptPaper.entry_id, func.max(KeptPaper.number))
        .where(KeptPaper.register == register, KeptPaper.entry_id.in_(entries))
        .group_by(KeptPaper.entry_id)
    )
    return {int(entry): int(number) for entry, number in found}


def _row(session: Session, register: str, paper_id: int) -> KeptPaper:
    row = session.get(KeptPaper, paper_id)
    if row is None or row.register != register:
        raise NotFound("There is no such paper.")
    return row


def _lying(session: Session, register: str, paper_id: int) -> KeptPaper:
    """The row of a paper that can be read. Raises NotFound."""
    row = _row(session, register, paper_id)
    if not row.paper:
        raise NotFound("This paper was destroyed with the papers of its case.")
    return row


def _of(register: str, entry_id: int) -> ColumnElement[bool]:
    where = KeptPaper.register == register
    return where & (KeptPaper.entry_id == entry_id) if entry_id else where


def _shelved(row: KeptPaper) -> Shelved:
    return Shelved(
        row.id,
        row.entry_id,
        row.number,
        row.kind,
        utc_moment(row.made_at),
        row.made_by,
        json.loads(row.answers),
        row.sha256,
    )
