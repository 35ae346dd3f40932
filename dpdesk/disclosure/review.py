"""The review of a request's documents: marks, pages that were looked at, pages held back.

Every mark is stored the moment it is made. Taking it away only notes that it was taken away, by
whom and when, so that undoing and redoing lose nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.disclosure.asides import turn_back
from dpdesk.disclosure.copies import refuse_circles
from dpdesk.disclosure.deciding import Decided, go_back
from dpdesk.disclosure.finding import WordSearch, WordsFound, words_under
from dpdesk.disclosure.letters import plain_words
from dpdesk.disclosure.looking import (
    KINDS,
    Mark,
    PlaceFound,
    ReviewPage,
    ReviewProgress,
    marked,
    marks_before,
    marks_within,
    pages_within,
)
from dpdesk.disclosure.marking import (
    MarkPlace,
    add_marks,
    areas_to_mark,
    look_again,
    mark_open,
    mark_row,
    page_review,
)
from dpdesk.disclosure.patterns import FormSearch, form
from dpdesk.disclosure.records import MarkRow
from dpdesk.documents.pages import Box, Page
from dpdesk.documents.records import Document
from dpdesk.documents.service import document_rows
from dpdesk.documents.words_read import page_within, searchable_within
from dpdesk.errors import DpdeskError, NotFound, StepDone
from dpdesk.law.exemptions import reason
from dpdesk.law.words import count
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import utc_text

__all__ = [
    "Done",
    "Mark",
    "PlaceFound",
    "ReviewPage",
    "ReviewProgress",
    "ReviewService",
    "StepDone",
]

DRAWN = "drawn by hand"
SEARCHED = "found by searching"


@dataclass(frozen=True, slots=True)
class Done:
    """Something done in the workbench that can be taken back and done again."""

    label: str
    made: tuple[int, ...] = ()
    """Marks that exist because of it."""
    removed: tuple[int, ...] = ()
    """Marks that are gone because of it."""
    withheld: tuple[tuple[int, int, str, str], ...] = ()
    """(document, page, code before, code after)"""
    places: int = 0
    """Places that were found and are marked now; one over two lines makes two marks."""
    decided: tuple[Decided, ...] = ()
    """What was decided about suggestions."""
    aside: tuple[int, ...] = ()
    """Notes by which something is set aside because of it."""
    aside_back: tuple[int, ...] = ()
    """Notes that were taken back because of it."""
    told: str = ""
    """A sentence about it, where marks and pages do not say enough."""


def redacting(code: str) -> str:
    """The code as it stands in the list of reasons.

    Raises NotFound, or DpdeskError for one that is a warning to disclose.
    """
    found = reason(code)
    if not found.redacts:
        raise DpdeskError(
            f"{found.code} is not a reason to remove anything: {found.label}.",
            "Choose another reason, or leave it visible.",
        )
    return found.code


class ReviewService:
    """What can be done in the redaction workbench."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- looking -------------------------------------------------------------------------

    def pages(self, register: str, entry_id: int) -> tuple[ReviewPage, ...]:
        """Every page of the request's documents, with its state."""
        with self._database.reading() as session:
            return pages_within(session, register, entry_id)

    def progress(self, register: str, entry_id: int) -> ReviewProgress:
        """How far the review has come."""
        return ReviewProgress.of(self.pages(register, entry_id))

    def marks(self, document_id: int, page: int, *, before: int | None = None) -> tuple[Mark, ...]:
        """The marks of one page, in reading order, numbered as in the schedule.

        ``before``: how many redactions the pages before it have, where that is known already.
        """
        with self._database.reading() as session:
            if before is not None:
                return marks_within(session, document_id, page, before)
            document = session.get(Document, document_id)
            if document is None:
                raise NotFound("This document no longer exists.")
            before = marks_before(session, document, page)
            return marks_within(session, document_id, page, before)

    def find(
        self,
        register: str,
        entry_id: int,
        sought: str,
        *,
        whole_word: bool = False,
        step: StepDone | None = None,
        alone: Counter[str] | None = None,
    ) -> tuple[PlaceFound, ...]:
        """Every place in the request's documents where the words stand.

        Those that are only spelt nearly the same are among them and say so.
        ``alone`` is filled with how often each of several words stands without the others.
        Pages that are pictures have no words to find: they must be looked at.
        """
        search = WordSearch(sought, whole_word=whole_word)
        return self._everywhere(register, entry_id, search, step, alone)

    def find_form(
        self, register: str, entry_id: int, key: str, *, step: StepDone | None = None
    ) -> tuple[PlaceFound, ...]:
        """Every place that has one form of ``patterns.FORMS``: every telephone number, say."""
        return self._everywhere(register, entry_id, FormSearch(form(key)), step)

    def _everywhere(
        self,
        register: str,
        entry_id: int,
        search: WordSearch | FormSearch,
        step: StepDone | None,
        alone: Counter[str] | None = None,
    ) -> tuple[PlaceFound, ...]:
        found: list[PlaceFound] = []
        before: ReviewPage | None = None
        with self._database.reading() as session:
            pages = pages_within(session, register, entry_id)
            for page in pages:
                if step is not None:
                    step(page.number, len(pages))
                words = searchable_within(session, page.document_id, page.page)
                follows = before is not None and page.follows(before)
                earlier, here = search.next_page(words, follows=follows)
                if earlier and before is not None:
                    content = searchable_within(session, before.document_id, before.page)
                    found += self._places(session, before, content, earlier)
                found += self._places(session, page, words, here)
                if alone is not None:
                    alone.update(search.alone(words, here))
                before = page
        return tuple(sorted(found, key=lambda place: (place.number, place.finding.indexes)))

    def _places(
        self, session: Session, page: ReviewPage, words: Page, findings: Sequence[WordsFound]
    ) -> list[PlaceFound]:
        if not findings:
            return []
        present = self._boxes(session, page)
        return [
            PlaceFound(
                page.number,
                page.document_id,
                page.page,
                finding,
                marked(words, finding.indexes, present),
            )
            for finding in findings
        ]

    @staticmethod
    def _boxes(session: Session, page: ReviewPage) -> list[Box]:
        if not page.marks:
            return []
        return [mark.box for mark in marks_within(session, page.document_id, page.page)]

    # --- marking -------------------------------------------------------------------------

    def mark_box(
        self, document_id: int, page: int, box: Box, code: str, *, kind: str = "box", note: str = ""
    ) -> Done:
        """Marks a place drawn by hand. Raises DpdeskError for a box that is off the page."""
        code = redacting(code)
        if kind not in KINDS:
            raise NotFound(f"There is no such kind of mark. The kinds are: {', '.join(KINDS)}.")
        with self._database.changing() as change:
            content = page_within(change.session, document_id, page)
            inside = box.clamp(content.width, content.height)
            if inside.width < 1 or inside.height < 1:
                raise DpdeskError(
                    "This mark would be outside the page.", "Draw it over what you can see."
                )
            under = words_under(content, inside)
            text = " ".join(content.words[i].text for i in under)
            made = add_marks(change, document_id, page, [(kind, inside, text)], code, DRAWN, note)
        return Done("Mark", made=made)

    def mark_words(
        self,
        document_id: int,
        page: int,
        indexes: Sequence[int],
        code: str,
        *,
        kind: str = "text",
        origin: str = DRAWN,
        note: str = "",
        seen: Page | None = None,
    ) -> Done:
        """Marks words of a page by their indexes, one mark a line.

        ``seen`` is the page from which the indexes were taken. Raises NotFound; DpdeskError where
        the page was read again since then, and has other words at these places.
        """
        code = redacting(code)
        with self._database.changing() as change:
            content = searchable_within(change.session, document_id, page)
            if any(not 0 <= index < len(content.words) for index in indexes):
                raise NotFound("There is no such word on this page.")
            if seen and any(seen.words[index] != content.words[index] for index in indexes):
                raise DpdeskError(
                    "This page was read again in the meantime, so nothing was marked.",
                    "Mark the words once more.",
                )
            areas = areas_to_mark(content, [tuple(indexes)], kind)
            made = add_marks(change, document_id, page, areas, code, origin, note)
        return Done("Mark", made=made)

    def mark_found(self, found: Sequence[PlaceFound], code: str, *, note: str = "") -> Done:
        """Marks every place that was found; places that are marked already are left alone.

        Raises DpdeskError where a page was read again since, and has other words there.
        """
        code = redacting(code)
        wanted = [
            MarkPlace(
                place.document_id, place.page, place.finding.indexes, code, place.finding.text
            )
            for place in found
        ]
        with self._database.changing() as change:
            made, places = mark_open(change, wanted, SEARCHED, note)
        return Done(f"Mark {count(places, 'place')}", made=made, places=places)

    def remove(self, marks: Iterable[int]) -> Done:
        """Takes marks away."""
        with self._database.changing() as change:
            gone = self._set_removed(change, marks, removed=True)
        return Done("Remove mark", removed=gone)

    def change_code(self, marks: Iterable[int], code: str) -> Done:
        """Gives marks another reason, by replacing them with new ones."""
        code = redacting(code)
        made: list[int] = []
        with self._database.changing() as change:
            gone = self._set_removed(change, marks, removed=True)
            for number in gone:
                row = mark_row(change.session, number)
                area = [(row.kind, Box(row.x0, row.y0, row.x1, row.y1), row.words)]
                made += add_marks(
                    change, row.document_id, row.page, area, code, row.origin, row.note
                )
        return Done("Change reason", made=tuple(made), removed=gone)

    def withhold(self, pages: Iterable[tuple[int, int]], code: str) -> Done:
        """Holds back whole pages (document, page), or lets them go again with an empty code."""
        code = redacting(code) if code else ""
        changed: list[tuple[int, int, str, str]] = []
        with self._database.changing() as change:
            for document_id, page in pages:
                before = self._set_withheld(change, document_id, page, code)
                if before != code:
                    changed.append((document_id, page, before, code))
        label = "Withhold page" if code else "Include page"
        return Done(label, withheld=tuple(changed))

    def set_reviewed(
        self, document_id: int, page: int, *, reviewed: bool = True, second: bool = False
    ) -> None:
        """Notes that a page was looked at, in the first or the second pass. Raises NotFound."""
        with self._database.changing() as change:
            page_within(change.session, document_id, page)
            row = page_review(change.session, document_id, page)
            before = row.second_at if second else row.reviewed_at
            if reviewed == (before is not None):
                return
            words = f"page {page + 1} reviewed" + (" again" if second else "")
            change.note("documents", document_id, words, *(("yes", None), (None, "yes"))[reviewed])
            at = utc_text(self._database.now()) if reviewed else None
            who = self._database.who if reviewed else None
            if second:
                row.second_at, row.second_by = at, who
            else:
                row.reviewed_at, row.reviewed_by = at, who

    def undo(self, done: Done) -> Done:
        """Takes something back; what comes out can be undone in turn, which is redoing.

        Raises DpdeskError where a text would be set aside wherever it stands.
        """
        with self._database.changing() as change:
            self._set_removed(change, done.made, removed=True)
            self._set_removed(change, done.removed, removed=False)
            for document_id, page, before, _after in done.withheld:
                self._set_withheld(change, document_id, page, before)
            decided = go_back(change, done.decided)
            back = turn_back(change, done.aside, back=True)
            again = turn_back(change, done.aside_back, back=False)
            refuse_circles(change.session, (*back, *again))
        turned = tuple((d, p, after, before) for d, p, before, after in done.withheld)
        return Done(
            done.label,
            made=done.removed,
            removed=done.made,
            withheld=turned,
            decided=decided,
            aside=again,
            aside_back=back,
        )

    def alike(self, mark: int) -> tuple[int, ...]:
        """All marks of the same request over the same words as this one, itself included."""
        with self._database.reading() as session:
            row = mark_row(session, mark)
            if not row.words.strip():
                return (mark,)
            document = session.get_one(Document, row.document_id)
            rows = document_rows(session, document.register, document.entry_id)
            every = session.execute(
                select(MarkRow.id, MarkRow.words).where(
                    MarkRow.document_id.in_([each.id for each in rows]),
                    MarkRow.removed_at.is_(None),
                )
            )
            wanted = plain_words(row.words)
            return tuple(number for number, words in every if plain_words(words) == wanted)

    # --- inside --------------------------------------------------------------------------

    def _set_removed(
        self, change: Change, marks: Iterable[int], *, removed: bool
    ) -> tuple[int, ...]:
        """Says which marks were not in that state already."""
        now = utc_text(self._database.now())
        changed: list[int] = []
        for number in marks:
            row = mark_row(change.session, number)
            if removed == (row.removed_at is not None):
                continue
            changed.append(number)
            row.removed_at = now if removed else None
            row.removed_by = self._database.who if removed else None
            look_again(change, row.document_id, row.page)
            label = f"{row.code} on page {row.page + 1} of document {row.document_id}"
            old, new = (label, None) if removed else (None, label)
            change.note("marks", row.id, "mark", old, new)
        return tuple(changed)

    def _set_withheld(self, change: Change, document_id: int, page: int, code: str) -> str:
        page_within(change.session, document_id, page)
        row = page_review(change.session, document_id, page)
        before = row.withheld or ""
        if before == code:
            return before
        row.withheld = code or None
        row.withheld_at = utc_text(self._database.now()) if code else None
        row.withheld_by = self._database.who if code else None
        row.second_at = row.second_by = None
        change.note(
            "documents", document_id, f"page {page + 1} withheld", before or None, code or None
        )
        return before
