"""Destroys the documents of an entry for good: names, words, what was read, and their files.

A row without anything in it stays for each, so that its number is never given to another document,
and the history still says how many there were and when they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import delete, func, select, update

from dpdesk.documents.records import Document, DocumentPage, PageReading
from dpdesk.store import search_index
from dpdesk.store.database import Change
from dpdesk.store.sealed import ERASED
from dpdesk.store.tables import utc_text

_AT_ONCE: Final = 500
_EMPTIED: Final = (
    "title",
    "sha256",
    "original",
    "drawn",
    "drawn_sha256",
    "warnings",
    "how",
    "in_file",
    "dated",
    "sender",
    "recipients",
    "subject",
    "message_id",
    "answers",
)


def numbers_of(change: Change, register: str, entry_id: int) -> tuple[int, ...]:
    """The numbers of all documents of an entry, those that were taken off included."""
    asked = select(Document.id).where(Document.register == register, Document.entry_id == entry_id)
    return tuple(change.session.scalars(asked.order_by(Document.id)))


def erase_documents(change: Change, register: str, entry_id: int) -> set[str]:
    """Destroys all documents of an entry; gives the names of their files in the vault."""
    session = change.session
    numbers = numbers_of(change, register, entry_id)
    names: set[str] = set()
    emptied = {**dict.fromkeys(_EMPTIED, ""), "name": ERASED, "size": 0}
    taken_off = func.coalesce(Document.removed_at, utc_text(change.at))
    for some in portions(numbers):
        of = select(Document.original, Document.drawn).where(Document.id.in_(some))
        names.update(name for row in session.execute(of) for name in row)
        session.execute(delete(PageReading).where(PageReading.document_id.in_(some)))
        session.execute(delete(DocumentPage).where(DocumentPage.document_id.in_(some)))
        session.execute(
            update(Document)
            .where(Document.id.in_(some))
            .values(**emptied, removed_at=taken_off)
            .execution_options(synchronize_session=False)
        )
    for number in numbers:
        search_index.remove(session, register, entry_id, number)
    session.expire_all()
    return names - {""}


def portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many numbers at a time as one statement should ask for."""
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]
