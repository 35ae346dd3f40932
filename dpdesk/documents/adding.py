"""Documents in: one file at a time, with all that lies inside it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.documents.cards import DocumentCard, card_of
from dpdesk.documents.gathering import AlreadyAdded, Gathered, Gathering, LeftOut
from dpdesk.documents.inside import DEPTH
from dpdesk.documents.mailboxes import ChosenMessages
from dpdesk.documents.reading_ahead import ReadingAhead
from dpdesk.documents.records import Document
from dpdesk.documents.storing import document_rows, let_go, store, store_inside, told_of
from dpdesk.documents.unpacking import Unpacker
from dpdesk.errors import Cancelled, DpdeskError, NotFound, PasswordNeeded, StepDone, UnreadableFile
from dpdesk.store import arriving
from dpdesk.store.database import Database
from dpdesk.store.files import reachable
from dpdesk.store.tables import Base
from dpdesk.store.vault import Vault

STOPPED: Final = "Adding was stopped."
AHEAD: Final = 20_000_000
"""Bytes of a file that is read before it is its turn."""
_LONG: Final = 100_000_000
"""Bytes from which on an archive or a mailbox is read where it lies."""
_PACKED: Final = (b"PK\x03\x04", b"From ")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: its document, those inside it, and what in it was left out."""

    documents: tuple[DocumentCard, ...]
    left_out: tuple[LeftOut, ...] = ()
    stopped: str = ""
    """Why the rest of an archive or a mailbox was not added."""


class DocumentAdding:
    """How documents come in. Close it at the end: it keeps worker processes."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self.readers = (ReadingAhead(), Unpacker())
        """What reads the files, each in processes of its own."""

    def close(self) -> None:
        """Ends the worker processes."""
        for reader in self.readers:
            reader.close()

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
        """The same, saying also what became of the files inside it.

        A message and what is attached to it come in one transaction; each of the files that an
        archive or a mailbox holds in one of its own. ``in_file`` is where it lay in the folder
        that was added. Where only the first of several were added, ``stopped`` says why.
        """
        return self._taken(
            (register, entry_id),
            lambda gathering: gathering.files(name, content, in_file=in_file),
            password,
            progress,
            cancelled,
        )

    def add_to_each(self, register: str, entries: Sequence[int], name: str, content: bytes) -> None:
        """Adds the same file to several entries at once; it is read once. Raises as ``add`` does.

        An entry that has it already keeps it as it is.
        """
        gathering = Gathering(self.readers, self._vault)
        try:
            for gathered in gathering.files(name, content):
                with self._database.changing() as change:
                    for entry_id in entries:
                        with suppress(AlreadyAdded):
                            sha256 = gathered.original.sha256
                            self._refuse_twice(change.session, register, entry_id, sha256)
                            store(change, register, entry_id, gathered)
                gathering.sealed.clear()
        finally:
            let_go(self._database, self._vault, gathering.sealed)

    def take_messages(
        self,
        register: str,
        entry_id: int,
        chosen: ChosenMessages,
        *,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Taken:
        """Adds messages that were chosen from a mailbox, each in a transaction of its own."""
        return self._taken(
            (register, entry_id),
            lambda by: by.entries(chosen, chosen.name),
            None,
            progress,
            cancelled,
        )

    def open_inside(self, document_id: int, name: str, password: str) -> Taken:
        """Adds a locked file inside a document, which was left out when that was added.

        ``name`` is what it is called there. Raises PasswordNeeded where the password is wrong.
        """
        with self._database.reading() as session:
            row = session.get(Document, document_id)
            if row is None:
                raise NotFound("This document no longer exists.")
            depth, above = 0, row
            while above.parent_id is not None and depth < DEPTH:
                depth, above = depth + 1, session.get_one(Document, above.parent_id)
        content = self._vault.read(row.original, row.sha256)
        gathering = Gathering(self.readers, self._vault, password=password)
        cards: list[DocumentCard] = []
        try:
            # It may lie in an archive that lies in the document.
            first = name.partition("/")[0]
            inside = list(gathering.within(row.name, content, first, depth))
            with self._database.changing() as change:
                for gathered in inside:
                    cards += map(card_of, store_inside(change, document_id, gathered))
                told_of(change.session.get_one(Document, document_id), name)
        except BaseException:
            let_go(self._database, self._vault, gathering.sealed)
            raise
        if not cards:
            raise _nothing(gathering.left_out)
        return Taken(tuple(cards), tuple(gathering.left_out))

    def _taken(
        self,
        owner: tuple[str, int],
        gathered_by: Callable[[Gathering], Iterator[Gathered]],
        password: str | None,
        progress: StepDone | None,
        cancelled: Callable[[], bool] | None,
    ) -> Taken:
        def refuse(sha256: str) -> None:
            with self._database.reading() as session:
                self._refuse_twice(session, *owner, sha256)

        with self._database.reading() as session:
            self._refuse_stray(session, *owner)
        gathering = Gathering(
            self.readers,
            self._vault,
            password=password,
            progress=progress,
            cancelled=cancelled,
            refuse=refuse,
        )
        cards: list[DocumentCard] = []
        stopped = ""
        try:
            for gathered in gathered_by(gathering):
                cards += self._stored(owner, gathered)
                gathering.sealed.clear()
        except DpdeskError as fault:
            if not cards:
                raise
            stopped = STOPPED if isinstance(fault, Cancelled) else str(fault)
        finally:
            let_go(self._database, self._vault, gathering.sealed)
        if not cards:
            raise _nothing(gathering.left_out)
        return Taken(tuple(cards), tuple(gathering.left_out), stopped)

    def _stored(self, owner: tuple[str, int], gathered: Gathered) -> list[DocumentCard]:
        with self._database.changing() as change:
            self._refuse_twice(change.session, *owner, gathered.original.sha256)
            return [card_of(row) for row in store(change, *owner, gathered)]

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
        return self.take_file(
            register, entry_id, path, password=password, progress=progress, cancelled=cancelled
        ).documents[0]

    def expect_file(self, path: Path, password: str | None = None) -> None:
        """Says that this file of the disk will be added next, so that it can be read ahead."""
        with suppress(OSError, DpdeskError):
            file = reachable(path)
            found = file.stat()
            if stat.S_ISREG(found.st_mode) and 0 < found.st_size < AHEAD:
                self.readers[0].expect(path.name, file.read_bytes(), password)

    def expect_nothing(self) -> None:
        """Says that nothing more will be added now."""
        self.readers[0].forget()

    def take_file(
        self,
        register: str,
        entry_id: int,
        path: Path,
        *,
        in_file: str = "",
        password: str | None = None,
        progress: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Taken:
        """The same, saying also what became of the files inside it, as ``take`` does.

        A long archive or mailbox is read where it lies, so that it costs little memory. A file
        that is still being written is waited for shortly, and said to be so.
        """
        owner, about = (register, entry_id), (password, progress, cancelled)
        try:
            before = reachable(path).stat()
        except OSError as error:
            raise _closed() from error
        try:
            return self._from_disk(owner, path, in_file, *about)
        except (PasswordNeeded, AlreadyAdded):
            raise
        except UnreadableFile:
            if not arriving.grew(path, before):
                raise
        return self._from_disk(owner, path, in_file, *about)

    def _from_disk(
        self,
        owner: tuple[str, int],
        path: Path,
        in_file: str,
        password: str | None,
        progress: StepDone | None,
        cancelled: Callable[[], bool] | None,
    ) -> Taken:
        about = (password, progress, cancelled)
        try:
            file = reachable(path)
            before = file.stat()
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableFile("This is not a file.", "Choose the files themselves.")
            with file.open("rb") as opened:
                start = opened.read(8)
            if before.st_size > _LONG and start.startswith(_PACKED):
                with self.readers[1].lying(file) as (kind, worker):
                    if kind in {"ZIP", "MBOX"}:
                        packed, name = self.readers[1].held_by(worker), in_file or path.name
                        return self._taken(owner, lambda by: by.entries(packed, name), *about)
        except OSError as error:
            raise _closed() from error
        # Before it is read, as memory has an end.
        content = arriving.foreign_content(path, self.readers[0].refuse_large)
        name = path.name
        return self._taken(owner, lambda by: by.files(name, content, in_file=in_file), *about)

    def _refuse_stray(self, session: Session, register: str, entry_id: int) -> None:
        entries = Base.metadata.tables.get(register)
        if (
            entries is None
            or session.scalar(select(entries.c.id).where(entries.c.id == entry_id)) is None
        ):
            raise NotFound("The entry that this document is for no longer exists.")
        gone = entries.c.get("disposed_on")
        if gone is not None and session.scalar(select(gone).where(entries.c.id == entry_id)):
            raise DpdeskError(
                "The papers of this case were destroyed, so nothing is added to it any more.",
                "Log a new request for what came afterwards.",
            )

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
        raise AlreadyAdded(
            f"This file has already been added, as document {numbers.index(there) + 1}.",
            "It was not added a second time.",
        )


def _closed() -> UnreadableFile:
    return UnreadableFile(
        "This file cannot be opened.",
        "Check that it is still there and not open in another program.",
    )


def _nothing(left_out: Sequence[LeftOut]) -> UnreadableFile:
    if not left_out:
        return UnreadableFile("There is nothing in this file.", "Ask for it again.")
    if len(left_out) == 1 and left_out[0].locked:
        return PasswordNeeded(left_out[0].sentence)
    return UnreadableFile(
        "Nothing in this file could be added.", f"The first reason: {left_out[0].sentence}"
    )
