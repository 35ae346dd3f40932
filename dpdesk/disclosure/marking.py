"""Writes marks into the database: what a mark is made of, whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from dpdesk.disclosure.finding import line_boxes, runs
from dpdesk.disclosure.looking import covers, marks_within
from dpdesk.disclosure.records import MarkRow, PageReview
from dpdesk.documents.pages import Box, Page
from dpdesk.documents.words_read import searchable_within
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.store.database import Change
from dpdesk.store.tables import utc_text


class MarkPlace(NamedTuple):
    """Words of a page that are to be removed, for a reason."""

    document_id: int
    page: int
    indexes: tuple[int, ...]
    code: str
    text: str
    """The words in a row, as they stood there when they were found."""


def mark_open(
    change: Change, places: Iterable[MarkPlace], origin: str, note: str = ""
) -> tuple[tuple[int, ...], int]:
    """Marks places, but for those that are marked already; says the marks, and how many places.

    Raises DpdeskError where other words stand at a place than were found there, as a page has that
    was read again since; then nothing is marked.
    """
    by_page: dict[tuple[int, int], list[MarkPlace]] = {}
    for place in places:
        by_page.setdefault((place.document_id, place.page), []).append(place)
    made: list[int] = []
    count = 0
    for (document_id, page), some in by_page.items():
        content = searchable_within(change.session, document_id, page)
        if not all(still_says(content, place.indexes, place.text) for place in some):
            raise DpdeskError(
                "A page was read again since these places were found, so nothing was marked.",
                "Search again, then mark what is found.",
            )
        present = [mark.box for mark in marks_within(change.session, document_id, page)]
        for code in dict.fromkeys(place.code for place in some):
            areas: list[tuple[str, Box, str]] = []
            for place in some:
                if place.code != code:
                    continue
                open_ = [
                    area
                    for area in areas_to_mark(content, [place.indexes], "text")
                    if not any(covers(box, area[1]) for box in present)
                ]
                count += bool(open_)
                areas += open_
            made += add_marks(change, document_id, page, areas, code, origin, note)
    return tuple(made), count


def still_says(content: Page, indexes: Sequence[int], text: str) -> bool:
    """Whether a page has the words at a place that were found there before."""
    if max(indexes, default=0) >= len(content.words):
        return False
    return " ".join(content.words[index].text for index in indexes) == text


def add_marks(
    change: Change,
    document_id: int,
    page: int,
    areas: Iterable[tuple[str, Box, str]],
    code: str,
    origin: str,
    note: str,
) -> tuple[int, ...]:
    """Writes marks of a page, each a kind, a box and the words below it; says their numbers."""
    rows = [
        MarkRow(
            document_id=document_id,
            page=page,
            kind=kind,
            x0=box.x0,
            y0=box.y0,
            x1=box.x1,
            y1=box.y1,
            code=code,
            words=text,
            origin=origin,
            note=note,
            made_at=utc_text(change.at),
            made_by=change.who,
        )
        for kind, box, text in areas
    ]
    look_again(change, document_id, page)  # before there is anything to write: it asks
    change.session.add_all(rows)
    change.session.flush()
    for row in rows:
        label = f"{code} on page {page + 1} of document {document_id}"
        change.note("marks", row.id, "mark", None, label)
    return tuple(row.id for row in rows)


def look_again(change: Change, document_id: int, page: int) -> None:
    """What would be released has changed, so the second pass has to come by once more."""
    review = change.session.get(PageReview, (document_id, page))
    if review is not None:
        review.second_at = review.second_by = None


def areas_to_mark(
    content: Page, findings: Sequence[tuple[int, ...]], kind: str
) -> list[tuple[str, Box, str]]:
    """What marks over these words are made of: one for each line that they stand on."""
    areas: list[tuple[str, Box, str]] = []
    for indexes in findings:
        # Nobody knows what stands beside a word of a picture: nothing is grown into there.
        how = kind if content.read.isdisjoint(indexes) else "box"
        for words in runs(content, indexes):
            for box in line_boxes(words):
                text = " ".join(word.text for word in words if covers(box, word.box))
                areas.append((how, box, text))
    return areas


def mark_row(session: Session, number: int) -> MarkRow:
    """A mark as it is stored. Raises NotFound."""
    row = session.get(MarkRow, number)
    if row is None:
        raise NotFound("This mark no longer exists.")
    return row


def page_review(session: Session, document_id: int, page: int) -> PageReview:
    """How far a page was looked at; made where there is nothing yet."""
    row = session.get(PageReview, (document_id, page))
    if row is None:
        row = PageReview(document_id=document_id, page=page)
        session.add(row)
    return row
