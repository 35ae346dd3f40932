"""Documents on entries: bring them in, look at their pages, take them off again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from dpdesk.documents.decoding import readable_name
from dpdesk.documents.intake import Intake, Intaker
from dpdesk.documents.pages import Page
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.errors import DpdeskError, NotFound, StepDone, UnreadableFile
from dpdesk.store import search_index
from dpdesk.store.database import Change, Database
from dpdesk.store.files import reachable, room, whole_file
from dpdesk.store.tables import Base, VaultFile, utc_moment, utc_text
from dpdesk.store.vault import Stored, Vault

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


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding one file: the document, or a sentence why there is none."""

    name: str
    document: DocumentCard | None = None
    error: str = ""
    needs_password: bool = False
    wrong_password: bool = False


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
        name = readable_name(name)
        with self._database.reading() as session:
            self._refuse_stray(session, register, entry_id)
        intake = self._intaker.read(name, content, password, progress, cancelled)
        with self._database.reading() as session:
            self._refuse_twice(session, register, entry_id, intake.sha256)
        original = self._vault.put(content)
        drawn = original if intake.pdf_is_original else self._vault.put(intake.pdf)
        with self._database.changing() as change:
            self._refuse_twice(change.session, register, entry_id, intake.sha256)
            row = self._store(change, register, entry_id, name, intake, (original, drawn))
            return _card(row)

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
        """Puts a document at another place among those of its entry; positions from 0."""
        with self._database.changing() as change:
            row = self._row(change.session, document_id)
            rows = document_rows(change.session, row.register, row.entry_id)
            if row not in rows:
                raise NotFound("This document was removed.")
            rows.remove(row)
            rows.insert(max(0, min(position, len(rows))), row)
            for number, each in enumerate(rows):
                each.position = number
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
        """Takes a document off its entry. The file stays in the vault and in the history.

        Nothing happens where it was taken off before. Raises NotFound.
        """
        self._set_removed(document_id, utc_text(self._database.now()), why)

    def restore(self, document_id: int) -> None:
        """Puts a document that was taken off back on its entry.

        Raises NotFound, or UnreadableFile where the same file was added again since.
        """
        self._set_removed(document_id, None, "")

    def _set_removed(self, document_id: int, at: str | None, why: str) -> None:
        with self._database.changing() as change:
            row = self._row(change.session, document_id)
            if (at is None) == (row.removed_at is None):
                return
            if at is None:
                self._refuse_twice(change.session, row.register, row.entry_id, row.sha256)
            old, new = (row.name, None) if at else (None, row.name)
            change.note(row.register, row.entry_id, "document", old, new, why)
            row.removed_at = at
            search_index.remove(change.session, row.register, row.entry_id, row.id)
            if at is None:
                pages = change.session.scalars(
                    select(DocumentPage)
                    .where(DocumentPage.document_id == row.id)
                    .order_by(DocumentPage.number)
                )
                _index(change.session, row, (page.words for page in pages))

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
            )
        )
        if there is None:
            return
        numbers = [row.id for row in document_rows(session, register, entry_id)]
        raise UnreadableFile(
            f"This file has already been added, as document {numbers.index(there) + 1}.",
            "It was not added a second time.",
        )

    def _store(
        self,
        change: Change,
        register: str,
        entry_id: int,
        name: str,
        intake: Intake,
        stored: tuple[Stored, Stored],
    ) -> Document:
        session = change.session
        last = session.scalar(
            select(func.max(Document.position)).where(
                Document.register == register,
                Document.entry_id == entry_id,
            )
        )
        for kept in stored:
            keep(session, kept)
        row = Document(
            register=register,
            entry_id=entry_id,
            position=0 if last is None else last + 1,
            name=name,
            kind=str(intake.kind),
            sha256=intake.sha256,
            size=stored[0].size,
            original=stored[0].name,
            drawn=stored[1].name,
            drawn_sha256=stored[1].sha256,
            page_count=len(intake.pages),
            warnings="\n".join(intake.warnings),
            added_at=utc_text(self._database.now()),
            added_by=self._database.who,
        )
        session.add(row)
        session.flush()
        packed = intake.pages.packed()
        session.execute(
            insert(DocumentPage),
            [
                {
                    "document_id": row.id,
                    "number": number,
                    "kind": Page.unpack(words).kind,
                    "words": words,
                }
                for number, words in enumerate(packed)
            ],
        )
        _index(session, row, packed)
        change.note(register, entry_id, "document", None, name)
        return row

    def _row(self, session: Session, document_id: int) -> Document:
        row = session.get(Document, document_id)
        if row is None:
            raise NotFound("This document no longer exists.")
        return row


def keep(session: Session, stored: Stored) -> None:
    """Notes that a file of the vault belongs to something from now on."""
    if session.get(VaultFile, stored.name) is None:
        session.add(VaultFile(name=stored.name, sha256=stored.sha256, size=stored.size))
        session.flush()


def let_go(database: Database, vault: Vault, names: Iterable[str]) -> None:
    """Deletes files that were sealed for something that did not come about.

    What belongs to something else stays: equal files are kept once.
    """
    wanted = set(names)
    with database.reading() as session:
        needed = set(session.scalars(select(VaultFile.name).where(VaultFile.name.in_(wanted))))
    for name in wanted - needed:
        vault.discard(name)


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


def page_within(session: Session, document_id: int, number: int) -> Page:
    """One page with its words. Raises NotFound."""
    words = session.scalar(
        select(DocumentPage.words).where(
            DocumentPage.document_id == document_id, DocumentPage.number == number
        )
    )
    if words is None:
        raise NotFound(f"There is no page {number + 1} in this document.")
    return Page.unpack(words)


def _index(session: Session, row: Document, packed: Sequence[bytes] | Iterator[bytes]) -> None:
    texts = [(number, Page.unpack(words).text()) for number, words in enumerate(packed)]
    search_index.put_many(session, row.register, row.entry_id, row.id, texts)


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
    )
