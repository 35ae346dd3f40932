"""Reads pages that are pictures, one after the other, and keeps what was read.

Each page is kept as soon as it is read, so that whoever stops loses at most one. Nothing is read
twice: an attachment that came with a hundred messages is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.documents import words_read
from dpdesk.documents.read_words import WordsRead, told
from dpdesk.documents.records import Document, PageReading
from dpdesk.documents.render import PageRenderer
from dpdesk.documents.words_read import USUAL, ReadingWay, ReadPage
from dpdesk.errors import Cancelled, DamagedWorkspace, NotFound, UnreadableFile
from dpdesk.store import search_index
from dpdesk.store.database import Database
from dpdesk.store.tables import utc_text
from dpdesk.store.vault import Vault
from dpdesk.walls.workers import Limits, Sentences

Place = tuple[int, int]
"""A document, and a page of it from 0."""
StepDone = Callable[[int, int], None]

_TASK: Final = "dpdesk.documents.ocr:read"
_LIMITS: Final = Limits(seconds=180.0)
_ENGINE: Final = 40  # characters of what the engine calls itself
_SENTENCES: Final = Sentences(
    damaged=("This page could not be read; the reader of letters gave up on it.", "Look yourself."),
    endless=("Reading this page took too long, so dpdesk stopped.", "Look yourself."),
    large=("WordsRead this page needs more memory than is allowed.", "Look yourself."),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one page."""

    reading: WordsRead
    engine: str
    fault: str = ""
    unread: bool = False


class ScanService:
    """The reading of pages that are pictures. Close it with the desk: it keeps a worker."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        # One document at a time: pages are read in their order, and scans are large.
        self._reader = PageRenderer(_LIMITS, documents=1, sentences=_SENTENCES)

    def close(self) -> None:
        """Ends the worker."""
        self._reader.shut_down()

    def waiting(self, register: str | None = None, entry_id: int | None = None) -> list[Place]:
        """The pages that are still to be read, of an entry or of all."""
        with self._database.reading() as session:
            return words_read.waiting(session, register, entry_id)

    def pictured(self, register: str, entry_id: int) -> list[Place]:
        """The pages of an entry that show pictures, whether they were read or not."""
        with self._database.reading() as session:
            return words_read.pictured(session, register, entry_id)

    def of_document(self, document_id: int) -> dict[int, ReadPage]:
        """How far the reading of a document is, by the number of the page from 0.

        A page that is not there shows no picture, or is still to be read.
        """
        with self._database.reading() as session:
            return {page.number: page for page in words_read.states(session, [document_id])}

    def read(
        self,
        places: Iterable[Place],
        settings: ReadingWay = USUAL,
        *,
        step: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """Reads these pages; says how many. What could not be read says so at its page.

        Raises NotFound for a page that is not there, and Cancelled on request, also in the middle
        of a page; what was read until then is kept.
        """
        asked = list(places)
        for done, place in enumerate(asked):
            if cancelled is not None and cancelled():
                raise Cancelled
            if step is not None:
                step(done, len(asked))
            self._keep(
                place,
                settings,
                self._known(place, settings) or self._fresh(place, settings, cancelled),
            )
        if step is not None:
            step(len(asked), len(asked))
        return len(asked)

    def _fresh(
        self, place: Place, settings: ReadingWay, cancelled: Callable[[], bool] | None
    ) -> _Read:
        document_id, number = place
        with self._database.reading() as session:
            page = words_read.page_within(session, document_id, number)
            row = _document(session, document_id)
        key = row.drawn_sha256 or row.drawn
        request = {"dots": settings.dots, "thorough": settings.thorough}
        try:
            self._reader.open(key, lambda: self._vault.read(row.drawn, row.drawn_sha256))
            answer = self._reader.ask(key, number, (_TASK, request, page.pack()), cancelled)
            return _checked(answer)
        except DamagedWorkspace:
            raise
        except UnreadableFile as fault:
            return _Read(WordsRead(()), "", fault.sentence)

    def _known(self, place: Place, settings: ReadingWay) -> _Read | None:
        """What was read of the same page of the same file, where it came before."""
        document_id, number = place
        with self._database.reading() as session:
            sha256 = _document(session, document_id).drawn_sha256
            row = session.scalar(
                select(PageReading)
                .join(Document, Document.id == PageReading.document_id)
                .where(
                    Document.drawn_sha256 == sha256,
                    Document.id != document_id,
                    PageReading.number == number,
                    PageReading.settings == str(settings),
                    PageReading.read_at.is_not(None),
                    PageReading.fault == "",
                )
                .limit(1)
            )
            if not sha256 or row is None:
                return None
            return _Read(WordsRead.unpack(row.words), row.engine, unread=bool(row.unread))

    def _keep(self, place: Place, settings: ReadingWay, read: _Read) -> None:
        document_id, number = place
        with self._database.changing() as change:
            session = change.session
            document = _document(session, document_id)
            row = words_read.row_of(session, document_id, number)
            if row is None:
                row = PageReading(document_id=document_id, number=number, words=b"")
                session.add(row)
            elif read.fault and row.read_at is not None:
                return  # an earlier reading is better than none
            row.engine, row.settings = read.engine, str(settings)
            row.read_at = utc_text(change.at)
            row.turn, row.fault = read.reading.turn, read.fault
            row.word_count, row.doubtful = len(read.reading.words), read.reading.doubtful
            row.words = read.reading.pack()
            row.unread = int(read.unread)
            session.flush()
            if document.removed_at is None:
                text = words_read.searchable_within(session, document_id, number).text()
                owner = (document.register, document.entry_id)
                search_index.put(session, *owner, text, document_id, number)


def _document(session: Session, document_id: int) -> Document:
    row = session.get(Document, document_id)
    if row is None:
        raise NotFound("This document no longer exists.")
    return row


def _checked(answer: dict[str, Any]) -> _Read:
    """What the worker says, looked through: a page may have led it astray."""
    try:
        reading = told(answer["texts"], answer["boxes"], answer["sure"], answer["turn"])
        unread = bool(answer["unread"])
        return _Read(reading, str(answer["engine"])[:_ENGINE], unread=unread)
    except (ValueError, TypeError, KeyError):
        raise UnreadableFile(*_SENTENCES.damaged) from None
