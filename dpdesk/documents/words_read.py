"""What was read from the pictures of pages, in the database: which pages wait, and their words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import ColumnElement, and_, insert, select, union_all
from sqlalchemy.orm import Session

from dpdesk.documents.pages import Page, PageTexts
from dpdesk.documents.read_words import WordsRead, together, wants_reading
from dpdesk.documents.records import Document, DocumentPage, PageReading
from dpdesk.errors import NotFound
from dpdesk.store.tables import utc_moment

PICTURED: Final = ("image", "mixed")
"""Kinds of pages that are always read."""


Reading = Literal["", "waiting", "read", "partly", "empty", "failed"]
"""How far the reading of a page is: not wanted, to come, done, done in part, nothing found, not
possible."""


@dataclass(frozen=True, slots=True)
class ReadingWay:
    """How a page is read: dots an inch, and whether more time is taken over it."""

    dots: int = 300
    thorough: bool = False

    def __str__(self) -> str:
        """As it is kept beside the words."""
        return f"{self.dots} dots an inch" + (", thoroughly" if self.thorough else "")


USUAL: Final = ReadingWay()
BETTER: Final = ReadingWay(dots=400, thorough=True)
"""What is tried where the usual reading was poor."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """How far the reading of one page is; ``read_at`` is None while it waits."""

    document_id: int
    number: int
    read_at: dt.datetime | None
    engine: str
    settings: str
    turn: int
    words: int
    doubtful: int
    fault: str
    unread: bool = False
    """Whether something on it was not read."""

    @property
    def state(self) -> Reading:
        """How far it is, in a word."""
        if self.read_at is None:
            return "waiting"
        if self.fault:
            return "failed"
        if not self.words:
            return "empty"
        return "partly" if self.unread else "read"


def wait(session: Session, document_id: int, pages: Sequence[Page]) -> None:
    """Notes the pages that are to be read although they show no picture."""
    waiting = [
        {"document_id": document_id, "number": number, "words": b""}
        for number, page in enumerate(pages)
        if page.kind not in PICTURED and wants_reading(page)
    ]
    if waiting:
        session.execute(insert(PageReading), waiting)


def waiting(
    session: Session, register: str | None = None, entry_id: int | None = None
) -> list[tuple[int, int]]:
    """The pages (document, number from 0) that are to be read, in their order."""
    here: list[ColumnElement[bool]] = [Document.removed_at.is_(None)]
    if register is not None:
        here.append(Document.register == register)
    if entry_id is not None:
        here.append(Document.entry_id == entry_id)
    # Two questions with an index each: in one, SQLite would go through every page that there is.
    unread = (
        select(DocumentPage.document_id, DocumentPage.number)
        .join(Document, Document.id == DocumentPage.document_id)
        .join(
            PageReading,
            and_(
                PageReading.document_id == DocumentPage.document_id,
                PageReading.number == DocumentPage.number,
            ),
            isouter=True,
        )
        .where(*here, DocumentPage.kind.in_(PICTURED), PageReading.id.is_(None))
    )
    begun = (
        select(PageReading.document_id, PageReading.number)
        .join(Document, Document.id == PageReading.document_id)
        .where(*here, PageReading.read_at.is_(None))
    )
    found = session.execute(union_all(unread, begun))
    return sorted((row[0], row[1]) for row in found)


def pictured(session: Session, register: str, entry_id: int) -> list[tuple[int, int]]:
    """The pages of an entry that wait or were read before, in their order."""
    before = session.execute(
        select(PageReading.document_id, PageReading.number)
        .join(Document, Document.id == PageReading.document_id)
        .where(
            Document.removed_at.is_(None),
            Document.register == register,
            Document.entry_id == entry_id,
        )
    )
    known = {(document, number) for document, number in before}
    return sorted(known.union(waiting(session, register, entry_id)))


def states(session: Session, documents: Collection[int]) -> Iterator[ReadPage]:
    """How far each page of some documents is that waits or was read, without its words."""
    of = PageReading
    rows = session.execute(
        select(
            of.document_id,
            of.number,
            of.read_at,
            of.engine,
            of.settings,
            of.turn,
            of.word_count,
            of.doubtful,
            of.fault,
            of.unread,
        ).where(of.document_id.in_(documents))
    )
    for document_id, number, at, engine, way, turn, words, doubtful, fault, left in rows:
        moment = utc_moment(at) if at else None
        yield ReadPage(
            document_id, number, moment, engine, way, turn, words, doubtful, fault, bool(left)
        )


def unread(session: Session, documents: Collection[int]) -> Counter[int]:
    """How many pages of each document show what nobody has read: a name may stand there.

    A picture counts until a word of it was read; what is a part of a page, until it was tried.
    """
    pages = session.execute(
        select(DocumentPage.document_id, DocumentPage.number, DocumentPage.kind).where(
            DocumentPage.document_id.in_(documents)
        )
    )
    state = {(each.document_id, each.number): each.state for each in states(session, documents)}
    found: Counter[int] = Counter()
    for document, number, kind in pages:
        known = state.get((document, number), "waiting" if kind in PICTURED else "read")
        if known in {"waiting", "failed"} or (known == "empty" and kind == "image"):
            found[document] += 1
    return found


def row_of(session: Session, document_id: int, number: int) -> PageReading | None:
    """The row of a page."""
    found: PageReading | None = session.scalar(
        select(PageReading).where(
            PageReading.document_id == document_id, PageReading.number == number
        )
    )
    return found


def page_within(session: Session, document_id: int, number: int) -> Page:
    """One page with the words of its file. Raises NotFound."""
    words = session.scalar(
        select(DocumentPage.words).where(
            DocumentPage.document_id == document_id, DocumentPage.number == number
        )
    )
    if words is None:
        raise NotFound(f"There is no page {number + 1} in this document.")
    return Page.unpack(words)


def searchable_within(session: Session, document_id: int, number: int) -> Page:
    """One page with the words of its file and those read from its picture. Raises NotFound."""
    page = page_within(session, document_id, number)
    packed = session.scalar(
        select(PageReading.words).where(
            PageReading.document_id == document_id,
            PageReading.number == number,
            PageReading.word_count > 0,
        )
    )
    return together(page, WordsRead.unpack(packed)) if packed else page


def searchable_pages(session: Session, document_id: int) -> Iterator[Page]:
    """The same for every page of a document, one after the other."""
    for words, packed in _packed(session, document_id):
        page = Page.unpack(words)
        yield together(page, WordsRead.unpack(packed)) if packed else page


def searchable_texts(session: Session, document_id: int) -> Iterator[PageTexts]:
    """The texts of the words of every page of a document, without where they lie."""
    for words, packed in _packed(session, document_id):
        if packed:
            yield PageTexts.of(together(Page.unpack(words), WordsRead.unpack(packed)))
        else:
            yield PageTexts.unpack(words)


def _packed(session: Session, document_id: int) -> Iterator[tuple[bytes, bytes | None]]:
    """Every page as it is kept, with what was read from its picture, if anything."""
    rows = session.execute(
        select(PageReading.number, PageReading.words).where(
            PageReading.document_id == document_id, PageReading.word_count > 0
        )
    )
    read = dict(iter(rows))
    pages = session.execute(
        select(DocumentPage.number, DocumentPage.words)
        .where(DocumentPage.document_id == document_id)
        .order_by(DocumentPage.number)
    )
    for number, words in pages:
        yield words, read.get(number)
