"""Documents as lists and screens show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dpdesk.documents.records import Document
from dpdesk.store.tables import utc_moment


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
    message_id: str = ""
    answers: tuple[str, ...] = ()
    """Numbers of the messages that it answers, the nearest last."""


def card_of(row: Document) -> DocumentCard:
    """The card of a row."""
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
        row.message_id,
        tuple(number for number in row.answers.split("\n") if number),
    )
