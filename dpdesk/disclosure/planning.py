"""Turns a reviewed request into the plan of a bundle, page by page as they are needed."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, overload

from sqlalchemy.orm import Session

from dpdesk.disclosure.looking import (
    Mark,
    ReviewPage,
    marks_within,
    pages_within,
    planned_mark,
)
from dpdesk.disclosure.plan import PlannedPage, neutral_title
from dpdesk.disclosure.records import PageReview
from dpdesk.documents.records import Document
from dpdesk.documents.service import document_rows
from dpdesk.documents.words_read import page_within
from dpdesk.law.exemptions import reason
from dpdesk.law.words import short_date
from dpdesk.store.database import Database

_WORDS: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Removed:
    """One redaction as it stands in the schedules: a mark, or a page that is held back.

    ``page`` counts the pages of the request from 1.
    """

    number: int
    page: int
    document: int
    code: str
    words: str
    who: str
    at: str
    note: str
    whole_page: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document as the contents of the bundle list it.

    ``first`` counts the pages from 0. ``dated`` is the day in words; it is empty for all of them
    where a mark removed a word that one of the days has.
    """

    id: int
    title: str
    first: int
    pages: int
    kind: str = ""
    dated: str = ""
    place: int = 0
    """Among all documents of the request, from 1; those set aside have one too."""


@dataclass(frozen=True, slots=True)
class PlannedRelease:
    """The pages of a request as they will be released, and everything that is removed."""

    pages: PlannedPages
    removed: tuple[Removed, ...]
    documents: tuple[PlannedDocument, ...]

    @property
    def withheld(self) -> int:
        """How many pages are held back."""
        return sum(each.whole_page for each in self.removed)

    def untitled(self) -> PlannedRelease:
        """The same without what somebody called the documents: they are only numbered."""
        return replace(
            self,
            documents=tuple(
                replace(each, title=each.title.partition(":")[0], dated="")
                for each in self.documents
            ),
        )


class PlannedPages(Sequence[PlannedPage]):
    """The planned pages of a request; words are read from the database when a page is needed."""

    def __init__(
        self,
        database: Database,
        pages: Sequence[ReviewPage],
        marks: dict[tuple[int, int], tuple[Mark, ...]],
        sources: dict[int, str],
        titles: dict[int, str],
        withheld: dict[tuple[int, int], int],
    ) -> None:
        self._database = database
        self._pages = pages
        self._marks = marks
        self._sources = sources
        self._titles = titles
        self._withheld = withheld
        firsts: dict[int, int] = {}
        for number, page in enumerate(pages):
            firsts.setdefault(page.document_id, number)
        self._starts = frozenset(firsts.values())

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, index: int) -> PlannedPage: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[PlannedPage]: ...

    def __getitem__(self, index: int | slice) -> PlannedPage | Sequence[PlannedPage]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        page = self._pages[index]
        with self._database.reading() as session:
            words = page_within(session, page.document_id, page.page)
        marks = self._marks.get((page.document_id, page.page), ())
        return PlannedPage(
            source=self._sources[page.document_id],
            index=page.page,
            page=words,
            marks=tuple(planned_mark(mark) for mark in marks),
            withheld=reason(page.withheld).public_code if page.withheld else None,
            starts=self._titles[page.document_id] if index in self._starts else "",
            number=self._withheld.get((page.document_id, page.page), 0),
        )

    def __iter__(self) -> Iterator[PlannedPage]:
        return (self[i] for i in range(len(self)))


def plan(database: Database, register: str, entry_id: int) -> PlannedRelease:
    """Plans the bundle of a request. Redactions are numbered in the order of the pages."""
    with database.reading() as session:
        documents = document_rows(session, register, entry_id)
        pages = pages_within(session, register, entry_id)
        # The names of the files may tell what was removed, so documents are numbered, and named
        # only as somebody chose for the requester to read.
        titles = {
            row.id: ": ".join(filter(None, (neutral_title(place, row.kind, row.dated), row.title)))
            for place, row in enumerate(documents, 1)
        }
        marks: dict[tuple[int, int], tuple[Mark, ...]] = {}
        withheld: dict[tuple[int, int], int] = {}
        removed: list[Removed] = []
        for page in pages:
            if page.withheld:
                removed.append(_withheld(session, page, len(removed) + 1))
                withheld[(page.document_id, page.page)] = len(removed)
                continue
            if not page.marks:
                continue
            found = marks_within(session, page.document_id, page.page, len(removed))
            marks[(page.document_id, page.page)] = found
            removed += (_marked(page, mark) for mark in found)
        firsts: dict[int, int] = {}
        for page in pages:
            firsts.setdefault(page.document_id, page.number - 1)
        lengths = Counter(page.document_id for page in pages)
        days = _days(documents, removed)
        listed = tuple(
            PlannedDocument(
                row.id,
                titles[row.id],
                firsts[row.id],
                lengths[row.id],
                _kind(row),
                days.get(row.id, ""),
                place,
            )
            for place, row in enumerate(documents, 1)
            if row.id in firsts
        )
        sources = {row.id: row.drawn for row in documents}
    planned = PlannedPages(database, pages, marks, sources, titles, withheld)
    return PlannedRelease(planned, tuple(removed), listed)


_MAILS = frozenset({"mail", "message", "eml", "msg"})
_KINDS: Final = {
    "picture": "Scan or photograph",
    "word": "Word document",
    "sheet": "Spreadsheet",
    "slides": "Presentation",
    "calendar": "Calendar entry",
    "contact": "Contact",
    "text": "Text",
}


def _kind(row: Document) -> str:
    """What a document is, in the words of an office; empty for a plain PDF, which says nothing."""
    if row.kind in _MAILS or row.message_id:
        return "E-mail"
    told = _KINDS.get(row.kind, "")
    return f"{told or 'Document'}, attached" if row.how == "attachment" else told


def _days(documents: Sequence[Document], removed: Sequence[Removed]) -> dict[int, str]:
    """The day of each document in words; none at all where a mark removed a word of one.

    All or none, so that a day that is missing tells nothing.
    """
    found: dict[int, str] = {}
    for row in documents:
        try:
            day = dt.datetime.fromisoformat(row.dated) if row.dated else None
        except ValueError:
            day = None
        if day is not None:
            found[row.id] = short_date(day if day.tzinfo else day.date())
    gone = {word.casefold() for each in removed for word in _WORDS.findall(each.words)}
    used = {word.casefold() for day in found.values() for word in day.split()}
    return {} if used & gone else found


def _marked(page: ReviewPage, mark: Mark) -> Removed:
    return Removed(
        mark.number,
        page.number,
        page.document_id,
        mark.code,
        mark.words,
        mark.made_by,
        mark.made_at,
        f"{mark.origin}. {mark.note}".strip(),
    )


def _withheld(session: Session, page: ReviewPage, number: int) -> Removed:
    review = session.get(PageReview, (page.document_id, page.page))
    text = page_within(session, page.document_id, page.page).text()
    return Removed(
        number,
        page.number,
        page.document_id,
        page.withheld,
        text,
        (review.withheld_by or "") if review is not None else "",
        (review.withheld_at or "") if review is not None else "",
        "",
        whole_page=True,
    )
