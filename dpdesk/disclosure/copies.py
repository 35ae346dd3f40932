"""Whether all that is set aside as a copy still stands somewhere in the bundle.

A copy may be set aside because its text stands in another document. That other one may be set
aside later, or page by page, or come to be so by undoing: then nothing of the text would be given,
and the covering letter would call it a copy of something that was. What is not about the person
needs no copy; what lies outside the dates asked for, or was taken off, keeps no other text in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy.orm import Session

from dpdesk.disclosure.aside_records import SetAside
from dpdesk.disclosure.asides import COPY, DATES, AsideNote, AsideNow, AsidePlace, aside_within
from dpdesk.documents.records import Document
from dpdesk.documents.service import document_rows
from dpdesk.documents.words_read import searchable_texts
from dpdesk.errors import DpdeskError

LostWhy = Literal["circle", "dates", "off", "differs"]
"""Copies of each other; of what is outside the dates; of what was taken off; of other words."""

_FEW: Final = 5
"""Words; fewer tell nothing of what is a copy of what."""
_STANDS: Final = 0.7
"""At least this share of the words of a copy stands in the other document."""


@dataclass(frozen=True, slots=True)
class LostCopy:
    """Something that is set aside as a copy, of which nothing is in the bundle."""

    document_id: int
    page: int | None
    """From 0; None: the whole document."""
    number: int
    """The place of the document among those of the request, from 1."""
    copy_of: int
    """The place of the other; 0 where it was taken off the request."""
    why: LostWhy

    @property
    def what(self) -> str:
        """What it is, at the beginning of a sentence."""
        where = f"document {self.number}"
        return where.capitalize() if self.page is None else f"Page {self.page + 1} of {where}"

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence or two."""
        said = f"{self.what} is set aside as a copy of"
        other = f"document {self.copy_of}"
        match self.why:
            case "circle":
                return (
                    f"{said} {other}, and what should hold it there is set aside as a copy of this "
                    "one. Nothing of it is in the bundle."
                )
            case "dates":
                where = f"{said} {other}, which is outside the dates asked for."
                return f"{where} Nothing of it is in the bundle."
            case "off":
                return f"{said} one that has been removed. Nothing of it is in the bundle."
            case "differs":
                return f"{said} {other}, but has words that do not stand there. Compare the two."


def lost_copies(
    session: Session, rows: Sequence[Document], now: AsideNow, *, compare: bool = True
) -> tuple[LostCopy, ...]:
    """What is set aside as a copy and stands nowhere in the bundle, in the order of documents.

    With ``compare`` also what has other words than that of which it is said to be a copy.
    """
    return _Copies(session, rows, now).lost(compare=compare)


def refuse_circles(session: Session, notes: Collection[int]) -> None:
    """Refuses that a text is set aside wherever it stands because these notes were turned.

    Raises DpdeskError. Notes of single pages count that come to light with them.
    """
    owners: dict[tuple[str, int], set[int]] = {}
    for number in notes:
        note = session.get(SetAside, number)
        document = session.get(Document, note.document_id) if note is not None else None
        if document is not None:
            owner = (document.register, document.entry_id)
            owners.setdefault(owner, set()).add(document.id)
    for (register, entry_id), documents in owners.items():
        rows = document_rows(session, register, entry_id)
        now = aside_within(session, [row.id for row in rows])
        lost = lost_copies(session, rows, now, compare=False)
        refuse_lost(each for each in lost if each.document_id in documents)


def refuse_lost(lost: Iterable[LostCopy]) -> None:
    """Raises DpdeskError for the first text that would stand nowhere."""
    for each in lost:
        if each.why == "circle":
            raise DpdeskError(
                f"{each.what} cannot be set aside as a copy of document {each.copy_of}: "
                "nothing would be left of either.",
                "Keep one of them.",
            )


def refuse_release(session: Session, register: str, entry_id: int) -> None:
    """Refuses a bundle from which a text is missing only because of its own copy.

    Raises DpdeskError. What else is lost may be meant, and is only warned of.
    """
    rows = document_rows(session, register, entry_id)
    now = aside_within(session, [row.id for row in rows])
    for each in lost_copies(session, rows, now, compare=False):
        if each.why == "circle":
            raise DpdeskError(each.sentence, "Take one of them back under “Sort documents”.")


class _Copies:
    """What is a copy of what, as it is set aside now."""

    def __init__(self, session: Session, rows: Sequence[Document], now: AsideNow) -> None:
        self._session = session
        self._now = now
        self._rows = {row.id: row for row in rows}
        self._numbers = {row.id: number for number, row in enumerate(rows, 1)}
        self._pages: dict[int, list[AsideNote]] = {}
        for key, note in now.pages.items():
            self._pages.setdefault(key[0], []).append(note)
        self._read: dict[int, list[tuple[str, ...]]] = {}

    def lost(self, *, compare: bool) -> tuple[LostCopy, ...]:
        """What stands nowhere."""
        copies = [note for note in self._now.all if note.reason == COPY and note.copy_of]
        stands = self._standing(copies)
        found = []
        for note in copies:
            why = self._why(note) if note.place not in stands else None
            if compare and why is None:
                why = self._differs(note)
            if why:
                place = note.place
                last = note.copy_of if why == "circle" else self._last(note)
                other = self._numbers.get(last, 0)
                number = self._numbers[place.document_id]
                found.append(LostCopy(place.document_id, place.page, number, other, why))
        return tuple(sorted(found, key=lambda each: (each.number, each.page or 0)))

    def _standing(self, copies: Sequence[AsideNote]) -> set[AsidePlace]:
        """Copies whose text stands in the end in the bundle, or is not about the person."""
        stands: set[AsidePlace] = set()
        rests = {note.place: self._rests_on(note) for note in copies}
        open_, before = list(copies), -1
        while len(open_) != before:
            before, left = len(open_), []
            for note in open_:
                on = rests[note.place]
                if on is not None and all(self._holds(each, stands) for each in on):
                    stands.add(note.place)
                else:
                    left.append(note)
            open_ = left
        return stands

    @staticmethod
    def _holds(note: AsideNote, stands: Collection[AsidePlace]) -> bool:
        return note.place in stands if note.reason == COPY else note.reason != DATES

    def _rests_on(self, note: AsideNote) -> list[AsideNote] | None:
        """What is set aside of the other document where the text may stand; None: it is off."""
        if note.copy_of not in self._rows:
            return None
        if whole := self._now.whole.get(note.copy_of):
            return [whole]
        there = self._pages.get(note.copy_of, [])
        if note.place.page is None or not there:
            return there
        same = self._same_pages(note.place.document_id, note.place.page, note.copy_of)
        if not same:
            return there
        noted = {each.place.page for each in there}
        if any(page not in noted for page in same):
            return []
        return [each for each in there if each.place.page in same]

    def _same_pages(self, document_id: int, page: int, other_id: int) -> list[int]:
        """The pages of another document that are the same as one; none where that is unknown."""
        one, other = self._rows[document_id], self._rows[other_id]
        if one.sha256 == other.sha256 and document_id != other_id:
            return [page]
        mine = self._words(document_id)
        wanted = mine[page] if page < len(mine) else ()
        if not wanted:
            return []
        return [n for n, words in enumerate(self._words(other_id)) if words == wanted]

    def _words(self, document_id: int) -> list[tuple[str, ...]]:
        """The words of each page, in small letters."""
        if document_id not in self._read:
            texts = searchable_texts(self._session, document_id)
            self._read[document_id] = [
                tuple(
                    word.casefold()
                    for place, word in enumerate(page.words)
                    if place not in page.unseen
                )
                for page in texts
            ]
        return self._read[document_id]

    def _last(self, note: AsideNote) -> int:
        """The document in which it should stand in the end; 0 where that was taken off."""
        seen: set[int] = set()
        last = note.copy_of
        while last not in seen and (further := self._now.whole.get(last)) and further.copy_of:
            seen.add(last)
            last = further.copy_of
        return last

    def _why(self, note: AsideNote) -> LostWhy:
        """Why nothing of it is in the bundle."""
        seen: set[AsidePlace] = set()
        waiting = [note]
        off = dates = False
        while waiting:
            each = waiting.pop()
            if each.place in seen:
                continue
            seen.add(each.place)
            on = self._rests_on(each) if each.reason == COPY else []
            off = off or on is None
            dates = dates or each.reason == DATES
            waiting += on or []
        if off:
            return "off"
        return "dates" if dates else "circle"

    def _differs(self, note: AsideNote) -> LostWhy | None:
        """Whether many of its words stand nowhere in the other document."""
        place, last = note.place, self._last(note)
        other = self._rows.get(last)
        if other is None or self._rows[place.document_id].sha256 == other.sha256:
            return None
        pages = self._words(place.document_id)
        pages = pages if place.page is None else pages[place.page : place.page + 1]
        mine = {_letters(word) for page in pages for word in page} - {""}
        if len(mine) < _FEW:
            return None
        theirs = {_letters(word) for page in self._words(last) for word in page}
        return "differs" if len(mine & theirs) < _STANDS * len(mine) else None


def _letters(word: str) -> str:
    return "".join(sign for sign in word if sign.isalnum())
