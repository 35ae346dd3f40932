"""Documents on entries: bring them in, look at their pages, take them off again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.documents import family, words_read
from dpdesk.documents.adding import DocumentAdding, Taken
from dpdesk.documents.cards import DocumentCard, card_of
from dpdesk.documents.gathering import LeftOut
from dpdesk.documents.pages import Page
from dpdesk.documents.records import Document
from dpdesk.documents.storing import (
    discard_forgotten,
    document_rows,
    forget,
    index,
    keep,
    let_go,
)
from dpdesk.documents.words_read import page_within
from dpdesk.errors import DpdeskError, NotFound, UnreadableFile
from dpdesk.store import search_index
from dpdesk.store.files import room, whole_file
from dpdesk.store.tables import utc_text

__all__ = [
    "DocumentCard",
    "DocumentService",
    "LeftOut",
    "Taken",
    "discard_forgotten",
    "document_rows",
    "forget",
    "keep",
    "let_go",
    "page_within",
]

LONGEST_TITLE = 70
"""Characters of a title: a line of the contents."""
TOLD_OF: Final = frozenset({"document", "title in the bundle", "sender of a document"})
"""What the history calls a document that is added, moved or taken off, and what it is called."""
UNNAMED: Final = "Its name holds words that were removed"
"""Stands on paper for the name of a document that says what was removed from the documents."""


class DocumentService(DocumentAdding):
    """The documents of all registers. Close it with the desk: it keeps worker processes."""

    def of_entry(self, register: str, entry_id: int) -> tuple[DocumentCard, ...]:
        """The documents of an entry, in their order."""
        with self._database.reading() as session:
            return tuple(card_of(row) for row in document_rows(session, register, entry_id))

    def card(self, document_id: int) -> DocumentCard:
        """One document. Raises NotFound."""
        with self._database.reading() as session:
            return card_of(self._row(session, document_id))

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
            return words_read.searchable_within(session, document_id, number)

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

    def arrange(self, register: str, entry_id: int, order: Sequence[int]) -> None:
        """Puts the documents of an entry in an order, by their numbers.

        What came inside another follows it; a document that is not named keeps its place at the
        end.
        """
        with self._database.changing() as change:
            rows = document_rows(change.session, register, entry_id)
            wanted = {number: place for place, number in enumerate(order)}
            rows.sort(key=lambda row: wanted.get(row.id, len(wanted)))
            if _number(family.in_order(rows)):
                change.note(register, entry_id, "document", None, "put in another order")

    def by_date(self, register: str, entry_id: int) -> tuple[int, ...]:
        """The numbers of an entry's documents by date, those without one at the end."""
        rows = self.of_entry(register, entry_id)
        return tuple(row.id for row in sorted(rows, key=lambda row: family.moment(row.dated)))

    def describe(self, document_id: int, title: str, dated: str, sender: str) -> None:
        """Puts right what is known of a document: title, date (ISO) and sender.

        Raises DpdeskError for a title that is too long for a line, ValueError for a text that is
        no date, and NotFound.
        """
        title, sender = " ".join(title.split()), " ".join(sender.split())
        if len(title) > LONGEST_TITLE:
            raise DpdeskError(
                f"A title has at most {LONGEST_TITLE} characters; this one has {len(title)}.",
                "Shorten it.",
            )
        if dated:
            dt.datetime.fromisoformat(dated)
        with self._database.changing() as change:
            row = self._row(change.session, document_id)
            for label, name, given in (
                ("title in the bundle", "title", title),
                ("date of a document", "dated", dated),
                ("sender of a document", "sender", sender),
            ):
                before = getattr(row, name)
                if before != given:
                    change.note(row.register, row.entry_id, label, before or None, given or None)
                    setattr(row, name, given)

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
                index(session, each, words_read.searchable_pages(session, each.id))
            session.flush()
            _number(family.in_order(document_rows(session, row.register, row.entry_id)))

    def _row(self, session: Session, document_id: int) -> Document:
        row = session.get(Document, document_id)
        if row is None:
            raise NotFound("This document no longer exists.")
        if not row.original:
            raise NotFound("This document was destroyed with the papers of its case.")
        return row


def _number(rows: Sequence[Document]) -> bool:
    """Numbers documents in this order; whether any had another place."""
    changed = False
    for number, each in enumerate(rows):
        if each.position != number:
            each.position = number
            changed = True
    return changed
