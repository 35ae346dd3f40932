"""Documents on entries: bring them in, look at their pages, take them off again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.documents import family, readings
from dpdesk.documents.decoding import readable_name
from dpdesk.documents.gathering import Gathering, LeftOut
from dpdesk.documents.intake import Intaker
from dpdesk.documents.pages import Page
from dpdesk.documents.readings import page_within
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.documents.storing import index, keep, let_go, store
from dpdesk.errors import DpdeskError, NotFound, StepDone, UnreadableFile
from dpdesk.store import search_index
from dpdesk.store.database import Database
from dpdesk.store.files import reachable, room, whole_file
from dpdesk.store.tables import Base, utc_moment, utc_text
from dpdesk.store.vault import Vault

__all__ = [
    "DocumentCard",
    "DocumentService",
    "LeftOut",
    "Taken",
    "document_rows",
    "keep",
    "let_go",
    "page_within",
]

LONGEST_TITLE = 70
"""Characters of a title: a line of the contents."""


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document as lists and screens show it."""

    id: int
    register: str
    entry_id: int
    name: str
    kind: str
    sha256: str
    size: int
    pages: int
    warnings: tuple[str, ...]
    added_at: dt.datetime
    added_by: str
    title: str = ""
    """What the contents of a bundle call it, beside its number; chosen by whoever reviews."""
    parent_id: int | None = None
    """The document that it came in."""
    how: str = ""
    in_file: str = ""
    """Where it lay in the folder, the archive or the mailbox that was added."""
    dated: str = ""
    sender: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: its document, those inside it, and what in it was left out."""

    documents: tuple[DocumentCard, ...]
    left_out: tuple[LeftOut, ...] = ()


class DocumentService:
    """The documents of all registers. Close it with the desk: it keeps a worker process."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._intaker = Intaker()

    def close(self) -> None:
        """Ends the worker process."""
        self._intaker.close()

    def add(
        self,
        register: str,
        entry_id: int,
        name: str,
        content: bytes,
        *,
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> DocumentCard:
        """Reads a file, keeps the original untouched in the vault, and adds it to an entry.

        Raises UnreadableFile (also for the same file twice), PasswordNeeded, Cancelled, NoRoom,
        or NotFound for the entry. Then nothing was added.
        """
        return self.take(
            register,
            entry_id,
            name,
            content,
            password=password,
            progress=progress,
            cancelled=cancelled,
        ).documents[0]

    def take(
        self,
        register: str,
        entry_id: int,
        name: str,
        content: bytes,
        *,
        in_file: str = "",
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Taken:
        """The same, saying also what became of the files inside it. All of it in one transaction.

        ``in_file`` is where it lay in the folder or archive that was added.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        with self._database.reading() as session:
            self._refuse_stray(session, register, entry_id)
            self._refuse_twice(session, register, entry_id, sha256)
        gathering = Gathering(self._intaker, self._vault, password, progress, cancelled)
        try:
            gathered = gathering.file(name, content, in_file=readable_name(in_file))
            with self._database.changing() as change:
                self._refuse_twice(change.session, register, entry_id, sha256)
                rows = store(change, register, entry_id, gathered)
                cards = tuple(_card(row) for row in rows)
        except BaseException:
            let_go(self._database, self._vault, gathering.sealed)
            raise
        return Taken(cards, tuple(gathering.left_out))

    def add_file(
        self,
        register: str,
        entry_id: int,
        path: Path,
        *,
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> DocumentCard:
        """The same for a file on the disk. Raises UnreadableFile where it cannot be read."""
        try:
            file = reachable(path)
            # Before it is read, as memory has an end.
            self._intaker.refuse_large(file.stat().st_size)
            content = file.read_bytes()
        except OSError as error:
            raise UnreadableFile(
                "This file cannot be opened.",
                "Check that it is still there and not open in another program.",
            ) from error
        return self.add(
            register,
            entry_id,
            path.name,
            content,
            password=password,
            progress=progress,
            cancelled=cancelled,
        )

    def of_entry(self, register: str, entry_id: int) -> tuple[DocumentCard, ...]:
        """The documents of an entry, in their order."""
        with self._database.reading() as session:
            return tuple(_card(row) for row in document_rows(session, register, entry_id))

    def card(self, document_id: int) -> DocumentCard:
        """One document. Raises NotFound."""
        with self._database.reading() as session:
            return _card(self._row(session, document_id))

    def page(self, document_id: int, number: int) -> Page:
        """One page with its words; ``number`` from 0. Raises NotFound."""
        with self._database.reading() as session:
            return page_within(session, document_id, number)

    def searchable(self, document_id: int, number: int) -> Page:
        """One page with the words of its file and those read from its picture.

        For whoever searches, proposes and marks; what is released goes by ``page`` alone.
        ``Page.read`` and ``Page.doubtful`` tell the words apart. Raises NotFound.
        """
        with self._database.reading() as session:
            return readings.searchable_within(session, document_id, number)

    def page_kinds(self, document_id: int) -> tuple[str, ...]:
        """What each page of a document consists of: text, image, mixed or blank."""
        with self._database.reading() as session:
            return tuple(
                session.scalars(
                    select(DocumentPage.kind)
                    .where(DocumentPage.document_id == document_id)
                    .order_by(DocumentPage.number)
                )
            )

    def pdf(self, document_id: int) -> bytes:
        """The PDF that the pages are drawn from. Raises NotFound, DamagedWorkspace."""
        with self._database.reading() as session:
            row = self._row(session, document_id)
        return self._vault.read(row.drawn, row.drawn_sha256)

    def original(self, document_id: int) -> bytes:
        """The file as it came. Raises NotFound, DamagedWorkspace."""
        with self._database.reading() as session:
            row = self._row(session, document_id)
        return self._vault.read(row.original, row.sha256)

    def save_original(self, document_id: int, target: Path) -> None:
        """Writes the file as it came to a place the user chose. Raises NoRoom."""
        content = self.original(document_id)
        with room("The document"), whole_file(target) as unfinished:
            unfinished.write_bytes(content)

    def move(self, document_id: int, position: int) -> None:
        """Puts a document at another place among its like; positions from 0.

        Its like are the documents of the entry, or those in the same message. What came inside
        it goes with it.
        """
        with self._database.changing() as change:
            row = self._row(change.session, document_id)
            rows = document_rows(change.session, row.register, row.entry_id)
            if row not in rows:
                raise NotFound("This document was removed.")
            _number(family.moved(rows, row, position))
            change.note(row.register, row.entry_id, "document", None, f"moved: {row.name}")

    def entitle(self, document_id: int, title: str) -> None:
        """Says what the contents of a bundle call a document; empty for its number only.

        Raises DpdeskError for one that is too long for a line, and NotFound.
        """
        title = " ".join(title.split())
        if len(title) > LONGEST_TITLE:
            raise DpdeskError(
                f"A title has at most {LONGEST_TITLE} characters; this one has {len(title)}.",
                "Shorten it.",
            )
        with self._database.changing() as change:
            row = self._row(change.session, document_id)
            if row.title != title:
                change.note(
                    row.register,
                    row.entry_id,
                    "title in the bundle",
                    row.title or None,
                    title or None,
                )
                row.title = title

    def remove(self, document_id: int, why: str = "") -> None:
        """Takes a document off its entry, with all that came inside it.

        The files stay in the vault and in the history. Nothing happens where it was taken off
        before. Raises NotFound.
        """
        with self._database.changing() as change:
            row = self._row(change.session, document_id)
            if row.removed_at is not None:
                return
            rows = document_rows(change.session, row.register, row.entry_id)
            for each in family.inside(rows, row):
                change.note(row.register, row.entry_id, "document", each.name, None, why)
                each.removed_at = utc_text(change.at)
                search_index.remove(change.session, row.register, row.entry_id, each.id)

    def restore(self, document_id: int) -> None:
        """Puts a document that was taken off back on its entry, with what went with it.

        Raises NotFound, or UnreadableFile where the same file was added again since, or where
        what it came in was taken off.
        """
        with self._database.changing() as change:
            session = change.session
            row = self._row(session, document_id)
            if row.removed_at is None:
                return
            if row.parent_id is None:
                self._refuse_twice(session, row.register, row.entry_id, row.sha256)
            elif self._row(session, row.parent_id).removed_at is not None:
                raise UnreadableFile(
                    "The document that this one came in was removed.", "Put that back first."
                )
            together = select(Document).where(
                Document.register == row.register,
                Document.entry_id == row.entry_id,
                Document.removed_at == row.removed_at,
            )
            gone = session.scalars(together.order_by(Document.position, Document.id)).all()
            for each in family.inside(gone, row):
                change.note(row.register, row.entry_id, "document", None, each.name)
                each.removed_at = None
                index(session, each, readings.searchable_pages(session, each.id))
            session.flush()
            _number(family.in_order(document_rows(session, row.register, row.entry_id)))

    def _refuse_stray(self, session: Session, register: str, entry_id: int) -> None:
        entries = Base.metadata.tables.get(register)
        if (
            entries is None
            or session.scalar(select(entries.c.id).where(entries.c.id == entry_id)) is None
        ):
            raise NotFound("The entry that this document is for no longer exists.")

    def _refuse_twice(self, session: Session, register: str, entry_id: int, sha256: str) -> None:
        there = session.scalar(
            select(Document.id).where(
                Document.register == register,
                Document.entry_id == entry_id,
                Document.sha256 == sha256,
                Document.removed_at.is_(None),
                # The same attachment may come with many messages, and stays with each.
                Document.parent_id.is_(None),
            )
        )
        if there is None:
            return
        numbers = [row.id for row in document_rows(session, register, entry_id)]
        raise UnreadableFile(
            f"This file has already been added, as document {numbers.index(there) + 1}.",
            "It was not added a second time.",
        )

    def _row(self, session: Session, document_id: int) -> Document:
        row = session.get(Document, document_id)
        if row is None:
            raise NotFound("This document no longer exists.")
        return row


def document_rows(session: Session, register: str, entry_id: int) -> list[Document]:
    """The documents of an entry that were not taken off, in their order."""
    return list(
        session.scalars(
            select(Document)
            .where(
                Document.register == register,
                Document.entry_id == entry_id,
                Document.removed_at.is_(None),
            )
            .order_by(Document.position, Document.id)
        )
    )


def _number(rows: Sequence[Document]) -> None:
    for number, each in enumerate(rows):
        if each.position != number:
            each.position = number


def _card(row: Document) -> DocumentCard:
    return DocumentCard(
        row.id,
        row.register,
        row.entry_id,
        row.name,
        row.kind,
        row.sha256,
        row.size,
        row.page_count,
        tuple(line for line in row.warnings.split("\n") if line),
        utc_moment(row.added_at),
        row.added_by,
        row.title,
        row.parent_id,
        row.how,
        row.in_file,
        row.dated,
        row.sender,
        row.subject,
    )
