"""The documents of a request as they are sorted: threads, copies, who is named, what is aside."""

from __future__ import annotations

import datetime as dt
import threading
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.disclosure.aside_service import AsideService
from dpdesk.disclosure.asides import COPY, AsideNote, AsidePlace, aside_reason, aside_within
from dpdesk.disclosure.candidates import PartyStanding
from dpdesk.disclosure.likeness import (
    DocumentWords,
    Like,
    SeenRun,
    WordBook,
    head_words,
    likeness,
    seen_before,
)
from dpdesk.disclosure.review import Done
from dpdesk.disclosure.suggestion_service import SuggestionService
from dpdesk.disclosure.threads import threads
from dpdesk.documents import family, words_read
from dpdesk.documents.cards import DocumentCard, card_of
from dpdesk.documents.pages import Page
from dpdesk.documents.records import Document, DocumentPage
from dpdesk.documents.service import document_rows
from dpdesk.errors import StepDone
from dpdesk.law.words import LONDON, count
from dpdesk.store.database import Database

_SAID = {
    "same file": "The same file.",
    "same words": "The same words.",
    "nearly": "Nearly the same words.",
    "inside": "Its whole text stands there.",
}


@dataclass(frozen=True, slots=True)
class SortedDocument:
    """A document with all that helps to decide whether it belongs into the bundle."""

    card: DocumentCard
    number: int
    """Among all documents of the request, from 1: the number in the bundle and in all lists."""
    thread: int = 0
    """The number of the first document of its thread; 0 for none."""
    in_thread: int = 0
    """How many documents are in it."""
    named: int | None = None
    """At how many places the data subject is named; None where nobody has looked yet."""
    unread: int = 0
    """Pages that show what nobody has read: a name may stand there."""
    like: Like | None = None
    like_number: int = 0
    """The number of the document that it is like."""
    aside: AsideNote | None = None
    aside_of: int = 0
    """The number of the document that it is set aside as a copy of."""
    pages_aside: int = 0
    """Single pages that are set aside."""

    @property
    def day(self) -> dt.date | None:
        """The day that it bears, on the clock of the school."""
        try:
            moment = dt.datetime.fromisoformat(self.card.dated) if self.card.dated else None
        except ValueError:
            return None
        if moment is None:
            return None
        return moment.astimezone(LONDON).date() if moment.tzinfo else moment.date()

    @property
    def name(self) -> str:
        """What it is called in lists: a message by its subject, a file by its name."""
        card = self.card
        return card.subject if card.kind == "message" and card.subject else card.name

    @property
    def proposed(self) -> bool:
        """Whether leaving it out is proposed: all of it stands in a document that is in."""
        return self.aside is None and self.like is not None and self.like.sure

    @property
    def like_told(self) -> str:
        """What it is like, in a sentence; empty for nothing."""
        if self.like is None:
            return ""
        other = f"document {self.like_number}"
        match self.like.kind:
            case "same file":
                return f"Same file as {other}"
            case "same words":
                return f"Same words as {other}"
            case "nearly":
                return f"Nearly the same as {other}{_but(self.like, 'differs in')}"
            case "inside":
                return f"All of it is in {other}{_but(self.like, 'only its head names')}"

    @property
    def like_short(self) -> str:
        """The same for a column."""
        told = self.like_told.partition(" (")[0]
        return told.replace("All of it is in", "All of it in")

    @property
    def aside_told(self) -> str:
        """Why it is set aside, in words; empty where it is in."""
        if self.aside is None:
            return ""
        if self.aside_of:
            return f"Copy of document {self.aside_of}"
        return aside_reason(self.aside.reason).label


def _but(like: Like, words: str) -> str:
    return f" ({words}: {', '.join(like.differs)})" if like.differs else ""


@dataclass(frozen=True)
class Sorted:
    """All documents of a request, in their order."""

    documents: tuple[SortedDocument, ...] = ()
    seen: Mapping[tuple[int, int], tuple[SeenRun, ...]] = field(default_factory=dict)
    """What of the pages that are in stands on a page before them."""
    named_on: Mapping[tuple[int, int], tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    """Where the data subject is named, by document and page: indexes of words."""

    @cached_property
    def by_id(self) -> Mapping[int, SortedDocument]:
        """The same by the number of the document in the database."""
        return {each.card.id: each for each in self.documents}

    @property
    def proposed(self) -> tuple[SortedDocument, ...]:
        """Those that it is proposed to leave out."""
        return tuple(each for each in self.documents if each.proposed)


@dataclass(frozen=True, slots=True)
class _Read:
    """The words of a document by page, where they stand there, and its head."""

    pages: tuple[array[int], ...]
    places: tuple[array[int], ...]
    head: tuple[int, tuple[int, ...]]


class SortingService:
    """Looks at the documents of requests, and keeps what their words are between two looks."""

    def __init__(
        self,
        database: Database,
        register: str,
        suggestions: SuggestionService,
        asides: AsideService,
    ) -> None:
        self._database = database
        self._register = register
        self._suggestions = suggestions
        self._asides = asides
        self._lock = threading.Lock()
        self._entry = 0
        self._book = WordBook()
        self._words: dict[tuple[int, str], _Read] = {}
        self._likes: tuple[str, dict[int, Like]] = ("", {})

    def look(self, entry_id: int, *, step: StepDone | None = None) -> Sorted:
        """Compares the documents of a request; the words of each are read once.

        ``step`` may raise, to stop. Takes a moment for some hundred pages.
        """
        found = self._suggestions.look(entry_id)
        with self._lock, self._database.reading() as session:
            if entry_id != self._entry:
                # Of one request at a time: the words of thousands of pages take their room.
                self._entry, self._book, self._words = entry_id, WordBook(), {}
            rows = document_rows(session, self._register, entry_id)
            numbers = [row.id for row in rows]
            aside = aside_within(session, numbers)
            unread = words_read.unread(session, numbers)
            words = self._read(session, rows, step)
        like = self._like(rows, words)
        place = {row.id: number for number, row in enumerate(rows, 1)}
        cards = [card_of(row) for row in rows]
        of_thread = threads(cards)
        sizes = Counter(of_thread.values())
        alone = Counter(key[0] for key in aside.pages)
        about = found.about if found is not None and found.fresh else None
        documents = []
        for card in cards:
            thread, note = of_thread.get(card.id, 0), aside.whole.get(card.id)
            alike = like.get(card.id)
            if alike is not None and alike.of in aside.whole:
                alike = None  # what it is like is not in the bundle
            documents.append(
                SortedDocument(
                    card,
                    place[card.id],
                    place.get(thread, 0),
                    sizes[thread] if thread else 0,
                    None if about is None else about.get(card.id, 0),
                    unread[card.id],
                    alike,
                    place.get(alike.of, 0) if alike else 0,
                    note,
                    place.get(note.copy_of, 0) if note else 0,
                    alone[card.id],
                )
            )
        inside = [each for each in words if each.id not in aside.whole]
        named: dict[tuple[int, int], list[tuple[int, ...]]] = {}
        for one in found.places if found is not None and found.fresh else ():
            candidate = one.candidate
            if found and found.groups[candidate.group].standing is PartyStanding.SUBJECT:
                key = (candidate.document_id, candidate.page)
                named.setdefault(key, []).append(candidate.indexes)
        return Sorted(
            tuple(documents),
            seen_before(inside),
            {key: tuple(some) for key, some in named.items()},
        )

    def accept(self, entry_id: int, looked: Sorted) -> Done:
        """Sets aside all that is proposed, each with what was found about it."""
        wanted = [
            (AsidePlace(each.card.id), each.like.of, note_of(each.like))
            for each in looked.proposed
            if each.like is not None
        ]
        return self._asides.set_all_aside(entry_id, wanted, COPY)

    def notes(self, entry_id: int) -> Mapping[int, str]:
        """What lists say beside each document: that it is set aside, else how often it names.

        Nothing is compared for it, so that it can be asked at every opening.
        """
        aside = self._asides.of_entry(entry_id).whole
        found = {
            key: f"named {number:,}×"
            for key, number in self._suggestions.named_by_document(entry_id).items()
            if number
        }
        for key, note in aside.items():
            reason = aside_reason(note.reason).label
            found[key] = f"set aside: {reason[:1].lower()}{reason[1:]}"
        return found

    def by_thread(self, entry_id: int) -> tuple[int, ...]:
        """The numbers of a request’s documents, threads together, everything by date."""
        with self._database.reading() as session:
            cards = [card_of(row) for row in document_rows(session, self._register, entry_id)]
        of_thread = threads(cards)
        begun: dict[int, tuple[int, float]] = {}
        for card in cards:
            key = of_thread.get(card.id, card.id)
            begun[key] = min(begun.get(key, (2, 0.0)), family.moment(card.dated))

        def place(card: DocumentCard) -> tuple[tuple[int, float], int, tuple[int, float]]:
            key = of_thread.get(card.id, card.id)
            return begun[key], key, family.moment(card.dated)

        return tuple(card.id for card in sorted(cards, key=place))

    def _read(
        self, session: Session, rows: list[Document], step: StepDone | None
    ) -> list[DocumentWords]:
        """The words of every document, those not known yet read from the database."""
        pictured = _pictured(session, [row.id for row in rows])
        found = []
        for done, row in enumerate(rows):
            if step is not None:
                step(done, len(rows))
            key = (row.id, row.drawn_sha256)
            if key not in self._words:
                self._words[key] = self._words_of(session, row)
            read = self._words[key]
            message = row.kind == "message"
            found.append(
                DocumentWords(
                    row.id,
                    row.sha256,
                    read.pages,
                    read.places,
                    *read.head,
                    message,
                    row.id in pictured,
                    row.parent_id,
                )
            )
        return found

    def _words_of(self, session: Session, row: Document) -> _Read:
        packed = session.scalars(
            select(DocumentPage.words)
            .where(DocumentPage.document_id == row.id)
            .order_by(DocumentPage.number)
        )
        pages = [Page.unpack(words) for words in packed]
        read = [self._book.read(page) for page in pages]
        head = head_words(pages[0]) if pages and row.kind == "message" else (0, ())
        return _Read(tuple(w for w, _ in read), tuple(p for _, p in read), head)

    def _like(self, rows: list[Document], words: list[DocumentWords]) -> dict[int, Like]:
        """What is like what; compared anew only where documents came, went or were moved."""
        basis = repr([(row.id, row.drawn_sha256) for row in rows])
        with self._lock:
            if self._likes[0] != basis:
                self._likes = (basis, dict(likeness(words, self._book).like))
            return self._likes[1]


def note_of(like: Like) -> str:
    """What was found, for the record."""
    but = f" Only its head names: {', '.join(like.differs)}." if like.differs else ""
    return f"{_SAID[like.kind]}{but if like.kind == 'inside' else ''}"


def _pictured(session: Session, documents: list[int]) -> set[int]:
    asked = select(DocumentPage.document_id).where(
        DocumentPage.document_id.in_(documents), DocumentPage.kind.in_(words_read.PICTURED)
    )
    return set(session.scalars(asked.distinct()))


Chosen = Callable[[SortedDocument], bool]
"""Whether a document is among those that are meant."""


def by_sender(words: str) -> Chosen:
    """Those whose sender has these words."""
    wanted = words.casefold().strip()
    return lambda each: wanted in each.card.sender.casefold()


def by_subject(words: str) -> Chosen:
    """Those whose subject or name has these words."""
    wanted = words.casefold().strip()
    return lambda each: wanted in each.name.casefold()


def outside(since: dt.date | None, until: dt.date | None) -> Chosen:
    """Those that bear a day before or after these; without a day nothing is outside."""

    def chosen(each: SortedDocument) -> bool:
        day = each.day
        early = since is not None and day is not None and day < since
        return early or (until is not None and day is not None and day > until)

    return chosen


def unnamed(each: SortedDocument) -> bool:
    """Those that were looked through and nowhere name the data subject."""
    return each.named == 0 and not each.unread


def told(looked: Sorted) -> str:
    """How many documents there are, what is set aside and what is proposed, in a line."""
    aside = sum(each.aside is not None for each in looked.documents)
    parts = [count(len(looked.documents), "document"), f"{aside:,} set aside"]
    if looked.proposed:
        parts.append(f"{len(looked.proposed):,} proposed to be left out")
    return ", ".join(parts)
