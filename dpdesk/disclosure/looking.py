"""What a review looks like at a moment: its pages with their state, and the marks of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dpdesk.disclosure.asides import aside_within
from dpdesk.disclosure.finding import WordsFound, boxes_of
from dpdesk.disclosure.marks import burnt_areas
from dpdesk.disclosure.plan import MarkKind, PlannedMark
from dpdesk.disclosure.records import MarkRow, PageReview
from dpdesk.documents import words_read
from dpdesk.documents.pages import Box, Page
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.documents.service import document_rows
from dpdesk.documents.words_read import PICTURED, Reading
from dpdesk.law.exemptions import reason

KINDS: dict[str, MarkKind] = {"text": "text", "line": "line", "box": "box"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A redaction mark on a page; ``page`` from 0, ``number`` as in the schedule, from 1."""

    id: int
    number: int
    document_id: int
    page: int
    kind: str
    box: Box
    code: str
    words: str
    origin: str
    note: str
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A page of the request, in the order in which the bundle will hold it."""

    number: int
    """From 1, counted over all documents."""
    document_id: int
    page: int
    """Within its document, from 0."""
    kind: str
    reviewed: bool
    second: bool
    """Looked at again in the second pass."""
    withheld: str
    """Reason code, or empty."""
    marks: int
    reading: Reading = ""
    """How far the reading of what it shows as a picture is; empty where it shows none."""

    def follows(self, other: ReviewPage) -> bool:
        """Whether it is the next page of the same document."""
        return (self.document_id, self.page) == (other.document_id, other.page + 1)


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far a review has come."""

    pages: int
    reviewed: int
    second: int
    marks: int
    """On pages that are released; those on a withheld page are not carried out."""
    withheld: int

    @classmethod
    def of(cls, pages: Sequence[ReviewPage]) -> ReviewProgress:
        """Counts pages and what the schedule will count: marks, and pages held back."""
        return cls(
            pages=len(pages),
            reviewed=sum(page.reviewed for page in pages),
            second=sum(page.second for page in pages),
            marks=sum(page.marks for page in pages if not page.withheld),
            withheld=sum(bool(page.withheld) for page in pages),
        )


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place where the words stand: page of the request (from 1), and where on it."""

    number: int
    document_id: int
    page: int
    finding: WordsFound
    marked: bool = False
    """Marks cover all of it already."""


def pages_within(session: Session, register: str, entry_id: int) -> tuple[ReviewPage, ...]:
    """Every page of an entry's documents in their order, with its state.

    Those that are set aside are not among them and are not counted.
    """
    documents = document_rows(session, register, entry_id)
    numbers = [document.id for document in documents]
    counts: dict[tuple[int, int], int] = {
        (document, page): number
        for document, page, number in session.execute(
            select(MarkRow.document_id, MarkRow.page, func.count())
            .where(MarkRow.document_id.in_(numbers), MarkRow.removed_at.is_(None))
            .group_by(MarkRow.document_id, MarkRow.page)
        )
    }
    reviews = {
        (row.document_id, row.page): row
        for row in session.scalars(select(PageReview).where(PageReview.document_id.in_(numbers)))
    }
    kinds: dict[int, list[str]] = {}
    for document_id, kind in session.execute(
        select(DocumentPage.document_id, DocumentPage.kind)
        .where(DocumentPage.document_id.in_(numbers))
        .order_by(DocumentPage.document_id, DocumentPage.number)
    ):
        kinds.setdefault(document_id, []).append(kind)
    read: dict[tuple[int, int], Reading] = {
        (row.document_id, row.number): row.state for row in words_read.states(session, numbers)
    }
    aside = aside_within(session, numbers)
    pages: list[ReviewPage] = []
    for document in documents:
        for page, kind in enumerate(kinds.get(document.id, ())):
            if aside.holds(document.id, page):
                continue
            review = reviews.get((document.id, page))
            pages.append(
                ReviewPage(
                    number=len(pages) + 1,
                    document_id=document.id,
                    page=page,
                    kind=kind,
                    reviewed=review is not None and review.reviewed_at is not None,
                    second=review is not None and review.second_at is not None,
                    withheld=(review.withheld or "") if review is not None else "",
                    marks=counts.get((document.id, page), 0),
                    reading=read.get((document.id, page), "waiting" if kind in PICTURED else ""),
                )
            )
    return tuple(pages)


def marks_within(
    session: Session, document_id: int, page: int, before: int = 0
) -> tuple[Mark, ...]:
    """The marks of one page in reading order, numbered on from ``before``."""
    rows = session.scalars(
        select(MarkRow).where(
            MarkRow.document_id == document_id,
            MarkRow.page == page,
            MarkRow.removed_at.is_(None),
        )
    ).all()
    # By lines of about a hand-written line's height, then from left to right.
    ordered = sorted(rows, key=lambda row: (round((row.y0 + row.y1) / 2 / 6), row.x0, row.id))
    return tuple(_shown(row, before + i + 1) for i, row in enumerate(ordered))


def _shown(row: MarkRow, number: int) -> Mark:
    return Mark(
        row.id,
        number,
        row.document_id,
        row.page,
        row.kind,
        Box(row.x0, row.y0, row.x1, row.y1),
        row.code,
        row.words,
        row.origin,
        row.note,
        row.made_at,
        row.made_by,
    )


def marks_before(session: Session, document: Document, page: int) -> int:
    """How many redactions the schedule counts before this page; a withheld page counts one."""
    pages = pages_within(session, document.register, document.entry_id)
    count = 0
    for each in pages:
        if each.document_id == document.id and each.page == page:
            break
        count += 1 if each.withheld else each.marks
    return count


def planned_mark(mark: Mark) -> PlannedMark:
    """A mark as the bundle will carry it out."""
    return PlannedMark(mark.number, mark.box, reason(mark.code).public_code, KINDS[mark.kind])


def released_areas(page: Page, marks: Sequence[Mark]) -> tuple[Box, ...]:
    """What would be black on a page of the bundle if no line of it were set anew.

    For the moment until it is worked out how the page will be; see ``preview``.
    """
    planned = [planned_mark(mark) for mark in marks]
    return tuple(area.box for area in burnt_areas(page.width, page.height, page.words, planned))


def marked(page: Page, indexes: Sequence[int], present: Sequence[Box]) -> bool:
    """Whether marks that are there already cover all of these words."""
    boxes = boxes_of(page, indexes)
    return all(any(covers(one, box) for one in present) for box in boxes)


def covers(one: Box, other: Box) -> bool:
    """Whether one box covers another, but for a hair."""
    slack = 0.01
    return (
        one.x0 <= other.x0 + slack
        and one.y0 <= other.y0 + slack
        and one.x1 >= other.x1 - slack
        and one.y1 >= other.y1 - slack
    )
