"""What the check of a bundle believes: the sources, and the pages as their tables have them.

The plan of a bundle is made before it is built. The tables are read once more when it stands
finished, by statements of their own: nothing here comes through ``planning`` or ``looking``, so
that a mark which they lose is found missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from sqlalchemy import Exists, or_, select
from sqlalchemy.orm import Session

from dpdesk.disclosure.aside_records import SetAside
from dpdesk.disclosure.plan import Sources
from dpdesk.disclosure.records import MarkRow, PageReview
from dpdesk.documents.pages import Box, Page
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.documents.words_read import page_within, searchable_within
from dpdesk.law.exemptions import reason
from dpdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark as its row has it: its box in points as seen, its kind, its public code."""

    box: Box
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page as the tables have it; ``withheld`` is the public code of a page left out."""

    source: str
    index: int
    page: Page
    marks: tuple[Marked, ...] = ()
    withheld: str | None = None


@dataclass(frozen=True, slots=True)
class ReleaseEvidence:
    """All that is held against a plan: every page of the request, in order, and the sources."""

    pages: Sequence[MarkedPage]
    sources: Sources
    removed: frozenset[str] = frozenset()
    """Words that marks removed where the pages of the bundle have no words: see below."""


class TablePages(Sequence[MarkedPage]):
    """The pages of an entry's documents; words and marks are read when a page is asked for."""

    def __init__(self, database: Database, register: str, entry_id: int) -> None:
        self._database = database
        with database.reading() as session:
            self._places = _places(session, register, entry_id)
            self._withheld = _withheld(session, {document for document, _, _ in self._places})

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> MarkedPage: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[MarkedPage]: ...

    def __getitem__(self, index: int | slice) -> MarkedPage | Sequence[MarkedPage]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        document, number, source = self._places[index]
        with self._database.reading() as session:
            words = session.scalars(
                select(DocumentPage.words).where(
                    DocumentPage.document_id == document, DocumentPage.number == number
                )
            ).one()
            marks = _marks(session, document, number)
        code = self._withheld.get((document, number))
        return MarkedPage(source, number, Page.unpack(words), () if code else marks, code)

    def __iter__(self) -> Iterator[MarkedPage]:
        return (self[place] for place in range(len(self)))


def _places(session: Session, register: str, entry_id: int) -> list[tuple[int, int, str]]:
    rows = session.execute(
        select(Document.id, DocumentPage.number, Document.drawn)
        .join(DocumentPage, DocumentPage.document_id == Document.id)
        .where(
            Document.register == register,
            Document.entry_id == entry_id,
            Document.removed_at.is_(None),
            ~_set_aside(),
        )
        .order_by(Document.position, Document.id, DocumentPage.number)
    )
    return [(document, number, drawn) for document, number, drawn in rows]


def _set_aside() -> Exists:
    """Whether a page is set aside, by itself or with its document."""
    return (
        select(SetAside.id)
        .where(
            SetAside.document_id == DocumentPage.document_id,
            SetAside.back_at.is_(None),
            or_(SetAside.page.is_(None), SetAside.page == DocumentPage.number),
        )
        .exists()
    )


def _marks(session: Session, document: int, number: int) -> tuple[Marked, ...]:
    rows = session.execute(
        select(MarkRow.kind, MarkRow.code, MarkRow.x0, MarkRow.y0, MarkRow.x1, MarkRow.y1).where(
            MarkRow.document_id == document,
            MarkRow.page == number,
            MarkRow.removed_at.is_(None),
        )
    )
    return tuple(Marked(Box(*sides), kind, reason(code).public_code) for kind, code, *sides in rows)


def removed_beyond(database: Database, register: str, entry_id: int) -> frozenset[str]:
    """Words under marks of pages that are set aside, or that were read from a picture.

    Nothing of them is in the bundle, but a title that somebody gave to another document may name
    them all the same.
    """
    # What knows of bundles is loaded when one is built.
    from dpdesk.disclosure.check_named import is_removed

    found: set[str] = set()
    with database.reading() as session:
        rows = session.execute(
            select(
                MarkRow.document_id, MarkRow.page,
                MarkRow.x0, MarkRow.y0, MarkRow.x1, MarkRow.y1,
            )
            .join(Document, Document.id == MarkRow.document_id)
            .where(
                Document.register == register,
                Document.entry_id == entry_id,
                Document.removed_at.is_(None),
                MarkRow.removed_at.is_(None),
            )
        )  # fmt: skip
        boxes: dict[tuple[int, int], list[Box]] = {}
        for document, page, *sides in rows:
            boxes.setdefault((document, page), []).append(Box(*sides))
        released = {(d, n) for d, n, _ in _places(session, register, entry_id)}
        for (document, number), marked in boxes.items():
            words = searchable_within(session, document, number).words
            if (document, number) in released:
                words = words[len(page_within(session, document, number).words) :]
            found.update(word.text for word in words if is_removed(word, marked))
    return frozenset(found)


def removed_words(database: Database, register: str, entry_id: int) -> frozenset[str]:
    """Every word under a mark of an entry’s documents, also of those that were taken off since."""
    from dpdesk.disclosure.check_named import is_removed

    of = (MarkRow.document_id, MarkRow.page, MarkRow.x0, MarkRow.y0, MarkRow.x1, MarkRow.y1)
    asked = (
        select(*of)
        .join(Document, Document.id == MarkRow.document_id)
        .where(
            Document.register == register,
            Document.entry_id == entry_id,
            Document.original != "",  # destroyed with the papers of its case
            MarkRow.removed_at.is_(None),
        )
    )
    boxes: dict[tuple[int, int], list[Box]] = {}
    found: set[str] = set()
    with database.reading() as session:
        for document, page, *sides in session.execute(asked):
            boxes.setdefault((document, page), []).append(Box(*sides))
        for (document, number), marked in boxes.items():
            words = searchable_within(session, document, number).words
            found.update(word.text for word in words if is_removed(word, marked))
    return frozenset(found)


def _withheld(session: Session, documents: set[int]) -> dict[tuple[int, int], str]:
    rows = session.execute(
        select(PageReview.document_id, PageReview.page, PageReview.withheld).where(
            PageReview.document_id.in_(documents), PageReview.withheld.is_not(None)
        )
    )
    return {(document, page): reason(code).public_code for document, page, code in rows if code}


def state_within(session: Session, register: str, entry_id: int) -> str:
    """A fingerprint of all that a release depends on; another one as soon as any of it changes.

    That is: the documents and their order, their marks, the pages held back, and what is set aside.
    """
    digest = hashlib.sha256()
    documents = session.execute(
        select(
            Document.id,
            Document.position,
            Document.drawn,
            Document.drawn_sha256,
            Document.page_count,
        )
        .where(
            Document.register == register,
            Document.entry_id == entry_id,
            Document.removed_at.is_(None),
        )
        .order_by(Document.id)
    ).all()
    numbers = [row.id for row in documents]
    marks = session.execute(
        select(
            MarkRow.id, MarkRow.document_id, MarkRow.page, MarkRow.kind, MarkRow.code,
            MarkRow.x0, MarkRow.y0, MarkRow.x1, MarkRow.y1,
        )
        .where(MarkRow.document_id.in_(numbers), MarkRow.removed_at.is_(None))
        .order_by(MarkRow.id)
    )  # fmt: skip
    pages = session.execute(
        select(PageReview.document_id, PageReview.page, PageReview.withheld)
        .where(PageReview.document_id.in_(numbers), PageReview.withheld.is_not(None))
        .order_by(PageReview.document_id, PageReview.page)
    )
    aside = session.execute(
        select(SetAside.id, SetAside.document_id, SetAside.page)
        .where(SetAside.document_id.in_(numbers), SetAside.back_at.is_(None))
        .order_by(SetAside.id)
    )
    for rows in (documents, marks, pages, aside):
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8"))
        digest.update(b"\n")
    return digest.hexdigest()
