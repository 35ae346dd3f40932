"""One sitting at the documents of a request: where the eye is, what was done, how to take it back.

No widgets here. Everything that is done goes through the review service at once, so a crash
loses nothing; what is kept here is only where the eye is and the way back.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from dpdesk.disclosure.looking import Mark, PlaceFound, ReviewPage, ReviewProgress
from dpdesk.disclosure.marks import row_of
from dpdesk.documents.pages import Box, Page
from dpdesk.errors import DpdeskError
from dpdesk.law.exemptions import ReasonCode, reason
from dpdesk.law.words import count
from ui.disclosure.page_artist import PageSource

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.disclosure.review import Done
    from dpdesk.documents.service import DocumentCard

REGISTER: Final = "requests"
_CACHED: Final = 60
"""Pages whose words are kept at hand."""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """Something done, and the page where it was done."""

    done: Done
    number: int


class Sitting(QObject):
    """The review of one request's documents.

    ``turned``: another page is looked at; ``marked``: the marks of this page changed;
    ``listed``: the state of pages changed; ``said``: a sentence about what was done, and
    whether it can be taken back; ``failed``: a DpdeskError.
    """

    turned = Signal()
    marked = Signal()
    listed = Signal()
    passed = Signal()
    said = Signal(str, bool)
    failed = Signal(object)

    def __init__(self, desk: Desk, entry_id: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.entry_id = entry_id
        self.documents: tuple[DocumentCard, ...] = ()
        self.pages: tuple[ReviewPage, ...] = ()
        self.marks: tuple[Mark, ...] = ()
        self.selected = 0
        """The number (id) of the selected mark."""
        self.second = False
        """Is this the second pass?"""
        self._order: tuple[int, ...] = ()
        self._place = 0
        self._words: dict[tuple[int, int], Page] = {}
        self._progress: ReviewProgress | None = None
        self._counted: tuple[ReviewPage, ...] = ()
        self._undo: list[UndoStep] = []
        self._redo: list[UndoStep] = []

    # --- reading -------------------------------------------------------------------------

    def open(self, number: int = 0) -> None:
        """Reads everything afresh; ``number`` is the page to look at, 0 for the first open one."""
        self._read()
        if not number:
            waiting = (page.number for page in self.pages if not self.seen(page))
            number = next(waiting, 1)
        self._place = self._order.index(number - 1) if 0 < number <= len(self.pages) else 0
        self.listed.emit()
        self._turn()

    def _read(self) -> bool:
        """Reads all pages; the eye stays where it is, or comes to what follows.

        False where it looks at another page now, as the one before was set aside.
        """
        before = self.now
        self.documents = self._desk.documents.of_entry(REGISTER, self.entry_id)
        self.pages = self._desk.disclosure.review.pages(REGISTER, self.entry_id)
        self._order = self._ordered()
        place = min(self._place, max(0, len(self._order) - 1))
        if before is not None:
            key = (before.document_id, before.page)
            places = (p for p, i in enumerate(self._order) if _key(self.pages[i]) == key)
            place = next(places, place)
        self._place = place
        now = self.now
        return (None if before is None else _key(before)) == (None if now is None else _key(now))

    def read_again(self) -> None:
        """Something else than this sitting changed the documents: their order, say."""
        same = self._read()
        self.listed.emit()
        if same:
            self._refresh()
        else:
            self._turn()

    def _ordered(self) -> tuple[int, ...]:
        places = range(len(self.pages))
        if not self.second:
            return tuple(places)

        def shuffled(place: int) -> int:
            page = self.pages[place]
            # The same order at every sitting, and none that a document has.
            return zlib.crc32(f"{self.entry_id}/{page.document_id}/{page.page}".encode())

        return tuple(sorted(places, key=shuffled))

    @property
    def order(self) -> tuple[int, ...]:
        """The pages (from 0) in the order of this pass."""
        return self._order

    @property
    def now(self) -> ReviewPage | None:
        """The page that is looked at; None where there are no documents."""
        return self.pages[self._order[self._place]] if self._order else None

    @property
    def place(self) -> int:
        """Place of this page in the order of this pass, from 0."""
        return self._place

    @property
    def progress(self) -> ReviewProgress:
        """How far the review has come."""
        # Asked for at every turn of a page, and 5,000 pages take their time to count.
        if self._progress is None or self._counted is not self.pages:
            self._counted = self.pages
            self._progress = ReviewProgress.of(self.pages)
        return self._progress

    def seen(self, page: ReviewPage) -> bool:
        """Was a page looked at in this pass?"""
        return page.second if self.second else page.reviewed

    def document(self, page: ReviewPage) -> DocumentCard:
        """The document that a page belongs to."""
        return next(card for card in self.documents if card.id == page.document_id)

    def words(self, page: ReviewPage) -> Page:
        """A page with its words."""
        key = (page.document_id, page.page)
        if key not in self._words:
            while len(self._words) >= _CACHED:
                self._words.pop(next(iter(self._words)))
            self._words[key] = self._desk.documents.searchable(*key)
        return self._words[key]

    def forget_words(self, document_id: int, page: int) -> None:
        """What a page shows was read meanwhile: its words, and its state, are asked for anew."""
        self._words.pop((document_id, page), None)
        for each in self.pages:
            if (each.document_id, each.page) == (document_id, page):
                state = self._desk.scans.of_document(document_id).get(page)
                self._replace(replace(each, reading=state.state if state else "waiting"))

    def source(self, page: ReviewPage) -> PageSource:
        """Where a page is drawn from."""
        fetch = partial(self._desk.documents.pdf, page.document_id)
        return PageSource(f"document {page.document_id}", page.page, fetch)

    def ahead(self) -> tuple[ReviewPage, ...]:
        """The pages that are likely to be looked at next."""
        places = (self._place + 1, self._place - 1, self._place + 2)
        return tuple(self.pages[self._order[p]] for p in places if 0 <= p < len(self._order))

    def sheet_reason(self) -> ReasonCode | None:
        """Why this page is withheld; None where it is not."""
        page = self.now
        return reason(page.withheld) if page is not None and page.withheld else None

    # --- turning -------------------------------------------------------------------------

    def go_to(self, number: int) -> None:
        """Looks at a page of the request, counted from 1."""
        if 0 < number <= len(self.pages):
            self._place = self._order.index(number - 1)
            self._turn()

    def step(self, by: int) -> bool:
        """Goes on or back by so many pages; False at either end."""
        target = min(max(self._place + by, 0), len(self._order) - 1)
        if not self._order or target == self._place:
            return False
        self._place = target
        self._turn()
        return True

    def go_to_waiting(self) -> bool:
        """Looks at the next page that waits, from here on and then from the start."""
        count_ = len(self._order)
        for away in range(1, count_ + 1):
            place = (self._place + away) % count_
            if not self.seen(self.pages[self._order[place]]):
                self._place = place
                self._turn()
                return True
        return False

    def _turn(self) -> None:
        self.selected = 0
        self._read_marks()
        self.turned.emit()

    def _read_marks(self) -> None:
        page = self.now
        if page is None:
            self.marks = ()
            return
        before = sum(
            1 if other.withheld else other.marks for other in self.pages[: page.number - 1]
        )
        self.marks = self._desk.disclosure.review.marks(page.document_id, page.page, before=before)

    def select(self, mark: int) -> None:
        """Selects a mark of this page by its id; 0 for none."""
        self.selected = mark
        self.marked.emit()

    def start_pass(self, *, second: bool) -> None:
        """Begins or leaves the second pass; the eye stays where the first pass was."""
        here = self.now
        self.second = second
        self._order = self._ordered()
        self.passed.emit()
        self.listed.emit()
        if here is None:
            return
        self._place = self._order.index(here.number - 1)
        if second:
            self._place = next(
                (p for p, i in enumerate(self._order) if not self.pages[i].second), 0
            )
        self._turn()

    def reviewed(self) -> bool:
        """Notes that this page was looked at, and goes on; False where it was the last one."""
        page = self.now
        if page is None:
            return False
        if not self._try(self._note_seen, page):
            return False
        return self.step(1)

    def _note_seen(self, page: ReviewPage) -> None:
        self._desk.disclosure.review.set_reviewed(page.document_id, page.page, second=self.second)
        self._replace(replace(page, second=True) if self.second else replace(page, reviewed=True))

    def _replace(self, page: ReviewPage) -> None:
        """Notes the new state of one page without reading all the others again."""
        pages = list(self.pages)
        pages[page.number - 1] = page
        self.pages = tuple(pages)
        self.listed.emit()

    # --- doing ---------------------------------------------------------------------------

    def mark_words(
        self, indexes: Sequence[int], code: str, kind: str = "text", shown: Page | None = None
    ) -> bool:
        """Marks words of this page, as it is ``shown`` to whoever points at them."""
        review, page = self._desk.disclosure.review, self.now
        if page is None:
            return False
        seen = shown or self.words(page)
        done = self._on_page(
            lambda here: review.mark_words(
                here.document_id, here.page, indexes, code, kind=kind, seen=seen
            )
        )
        if not done:
            self.forget_words(page.document_id, page.page)
            self.turned.emit()  # whoever shows the page asks for its words anew
        return done

    def cover_line(self, mark: Mark) -> bool:
        """Marks everything that stands on one line with a mark, for the same reason."""
        page = self.now
        if page is None:
            return False
        return self.mark_words(row_of(self.words(page).words, mark.box), mark.code, "line")

    def mark_box(self, box: Box, code: str) -> bool:
        """Marks a place of this page that was drawn by hand."""
        review = self._desk.disclosure.review
        return self._on_page(lambda page: review.mark_box(page.document_id, page.page, box, code))

    def mark_found(self, found: Sequence[PlaceFound], code: str) -> bool:
        """Marks places that were found, on whatever pages."""
        places = [place for place in found if not place.marked]
        return self._on_page(
            lambda _page: self._desk.disclosure.review.mark_found(places, code), alone=False
        )

    def remove(self, marks: Iterable[int]) -> bool:
        """Takes marks away."""
        numbers = tuple(marks)
        return bool(numbers) and self._on_page(
            lambda _page: self._desk.disclosure.review.remove(numbers)
        )

    def change_code(self, mark: int, code: str) -> bool:
        """Gives a mark of this page another reason."""
        return self._on_page(lambda _page: self._desk.disclosure.review.change_code([mark], code))

    def withhold(self, code: str) -> bool:
        """Holds this page back, or lets it go again with an empty code."""
        return self._on_page(
            lambda page: self._desk.disclosure.review.withhold(
                [(page.document_id, page.page)], code
            )
        )

    def withhold_document(self, code: str) -> bool:
        """Holds all pages of this document back, or lets them go again."""

        def does(page: ReviewPage) -> Done:
            whole = [
                (p.document_id, p.page) for p in self.pages if p.document_id == page.document_id
            ]
            return self._desk.disclosure.review.withhold(whole, code)

        return self._on_page(does, alone=False)

    def lift(self, mark: int) -> bool:
        """Takes this mark and all others over the same words away."""
        alike = self._desk.disclosure.review.alike(mark)
        return self.perform(lambda: self._desk.disclosure.suggestions.lift(self.entry_id, alike))

    def perform(self, does: Callable[[], Done]) -> bool:
        """Does something that may change any page, or take pages away."""
        return self._carry_out(does, None)

    def undo(self) -> bool:
        """Takes the last thing back, and shows where it was."""
        return self._back(self._undo, self._redo, "Undone")

    def redo(self) -> bool:
        """Does again what was taken back."""
        return self._back(self._redo, self._undo, "Redone")

    def _back(self, come: list[UndoStep], go: list[UndoStep], word: str) -> bool:
        if not come:
            return False
        step = come[-1]
        if not self._try(
            lambda: go.append(UndoStep(self._desk.disclosure.review.undo(step.done), step.number))
        ):
            return False
        come.pop()
        same = self._read()
        self.listed.emit()
        now = self.now
        if now is not None and now.number != step.number <= len(self.pages):
            self.go_to(step.number)
        elif same:
            self._refresh()
        else:
            self._turn()
        self.said.emit(f"{word}: {step.done.label[:1].lower()}{step.done.label[1:]}.", False)
        return True

    def _on_page(self, does: Callable[[ReviewPage], Done], *, alone: bool = True) -> bool:
        """Does something; ``alone``: no other page than this one can have changed."""
        page = self.now
        if page is None:
            return False
        return self._carry_out(lambda: does(page), page if alone else None)

    def _carry_out(self, does: Callable[[], Done], alone: ReviewPage | None) -> bool:
        """Does something; ``alone`` is the only page that can have changed, None for any."""
        made: list[Done] = []
        if not self._try(lambda: made.append(does())):
            return False
        done, page = made[0], self.now
        self._undo.append(UndoStep(done, page.number if page is not None else 1))
        self._redo.clear()
        if alone is not None:
            page = alone
            self._read_marks()
            held = done.withheld[0][3] if done.withheld else page.withheld
            self._replace(replace(page, marks=len(self.marks), withheld=held, second=False))
            self._refresh()
        else:
            self.read_again()
        self.said.emit(_told(done), True)
        return True

    def _refresh(self) -> None:
        self._read_marks()
        if all(mark.id != self.selected for mark in self.marks):
            self.selected = 0
        self.marked.emit()

    def _try(self, does: Callable[..., object], *what: object) -> bool:
        try:
            does(*what)
        except DpdeskError as error:
            self.failed.emit(error)
            return False
        return True


def _key(page: ReviewPage) -> tuple[int, int]:
    return page.document_id, page.page


def _told(done: Done) -> str:
    """What was done, in a sentence."""
    if done.told:
        return done.told
    if done.withheld:
        held = [after for *_, after in done.withheld]
        if held[0]:
            why = reason(held[0])
            return f"{count(len(held), 'page')} withheld: {why.label} ({why.code})."
        return f"{count(len(held), 'page')} no longer withheld."
    if done.made and done.removed:
        return "The reason was changed."
    marks = count(len(done.made), "mark")
    if done.places:
        more = f" ({marks})" if len(done.made) != done.places else ""
        return f"{count(done.places, 'place')} marked{more}."
    if done.made:
        return f"{marks} made."
    if done.removed:
        return f"{count(len(done.removed), 'mark')} removed."
    return "Nothing new: these places are already marked."
