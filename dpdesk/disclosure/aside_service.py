"""Sets documents and pages of a request aside, takes them back, and tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dpdesk.disclosure.asides import (
    COPY,
    DATES,
    NOT_ABOUT,
    AsideNote,
    AsideNow,
    AsidePlace,
    aside_reason,
    aside_within,
    counted_words,
    counts_of,
    told_to_requester,
    turn_back,
    write_aside,
)
from dpdesk.disclosure.released import cards
from dpdesk.disclosure.review import Done
from dpdesk.documents import family
from dpdesk.documents.readings import page_within
from dpdesk.documents.records import Document
from dpdesk.documents.service import document_rows
from dpdesk.documents.shelf import PaperShelf
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.law.words import count
from dpdesk.registers.crossings import AsideTold, SettingAside
from dpdesk.store.database import Database
from dpdesk.store.tables import utc_moment


@dataclass(frozen=True, slots=True)
class CopyGone:
    """A document that is set aside as a copy of one that was itself left out for another reason."""

    document_id: int
    number: int
    """Its place among the documents of the request, from 1."""
    copy_of: int
    """The place of the other; 0 where it was taken off the request."""

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence."""
        other = "one that was taken off"
        if self.copy_of:
            other = f"document {self.copy_of}, which is outside the dates asked for"
        return (
            f"Document {self.number} is set aside as a copy of {other}. Nothing of it is in the "
            "bundle."
        )


class AsideService(SettingAside):
    """What is set aside of the documents of requests."""

    def __init__(self, database: Database, register: str, shelf: PaperShelf) -> None:
        self._database = database
        self._register = register
        self._shelf = shelf

    # --- looking -------------------------------------------------------------------------

    def of_entry(self, entry_id: int) -> AsideNow:
        """All that is set aside of a request now."""
        with self._database.reading() as session:
            rows = document_rows(session, self._register, entry_id)
            return aside_within(session, [row.id for row in rows])

    def copies_gone(self, entry_id: int) -> tuple[CopyGone, ...]:
        """Copies of something that is in the bundle no more: nothing of them would be given."""
        with self._database.reading() as session:
            rows = document_rows(session, self._register, entry_id)
            now = aside_within(session, [row.id for row in rows])
        place = {row.id: number for number, row in enumerate(rows, 1)}
        found = []
        for row in rows:
            note = now.whole.get(row.id)
            if note is None or note.reason != COPY or not note.copy_of:
                continue
            last = _stands_in(note.copy_of, now)
            other = now.whole.get(last)
            # What is not about the person is no more about them in a copy; but a copy may lie
            # within the dates asked for when the other does not.
            if last not in place or (other is not None and other.reason == DATES):
                found.append(CopyGone(row.id, place[row.id], place.get(last, 0)))
        return tuple(found)

    # --- doing ---------------------------------------------------------------------------

    def set_aside(
        self,
        entry_id: int,
        places: Iterable[AsidePlace],
        reason: str,
        *,
        copy_of: int = 0,
        note: str = "",
        named: Mapping[int, int] | None = None,
    ) -> Done:
        """Sets documents and pages aside, all for one reason.

        What came inside a document goes with it: of something not about the person, all but
        what names them (``named``: how often, by document); of a copy, what the other document
        holds too. Raises NotFound for a document or page that is not there, DpdeskError for a
        copy of itself or of something that is set aside.
        """
        wanted = [(each, copy_of, note) for each in places]
        return self.set_all_aside(entry_id, wanted, reason, named=named)

    def set_all_aside(
        self,
        entry_id: int,
        wanted: Iterable[tuple[AsidePlace, int, str]],
        reason: str,
        *,
        named: Mapping[int, int] | None = None,
    ) -> Done:
        """The same for places that each have a document of their own that they are a copy of.

        Each is a place, the document in which the same stands (0: none), and a note.
        """
        code = aside_reason(reason).code
        with self._database.changing() as change:
            session = change.session
            rows = document_rows(session, self._register, entry_id)
            now = aside_within(session, [row.id for row in rows])
            going: dict[AsidePlace, tuple[int, str]] = {}
            given = list(wanted)
            asked = {place.document_id for place, _of, _note in given if place.page is None}
            kept = 0
            for place, copy_of, note in given:
                self._refuse(rows, now, asked, (place, copy_of), code)
                if place.page is not None:
                    page_within(session, place.document_id, place.page)
                going.setdefault(place, (copy_of, note))
                for inner, inner_of in _with(rows, place, copy_of, code):
                    if inner.id in asked:
                        continue
                    if code == NOT_ABOUT and (named or {}).get(inner.id):
                        kept += 1
                        continue
                    going.setdefault(AsidePlace(inner.id), (inner_of, note))
            before: list[int] = []
            made: list[int] = []
            for place, (copy_of, note) in going.items():
                there = now.at(place)
                if there is not None and (there.reason, there.copy_of) == (code, copy_of):
                    continue
                before += (each.id for each in _replaced(now, place))
                made.append(write_aside(change, place, code, copy_of=copy_of, note=note))
            turned = turn_back(change, before, back=True)
        return Done(
            "Set aside", aside=tuple(made), aside_back=turned, told=_told(going, code, kept)
        )

    def take_back(self, entry_id: int, places: Iterable[AsidePlace]) -> Done:
        """Takes documents and pages back, so that they are in the bundle again.

        A page of a document that is set aside as a whole cannot come back by itself.
        """
        now = self.of_entry(entry_id)
        notes = list(dict.fromkeys(found for each in places if (found := now.at(each))))
        with self._database.changing() as change:
            back = turn_back(change, [note.id for note in notes], back=True)
        told = f"{counted_words(notes)} taken back." if notes else "Nothing was set aside there."
        return Done("Take back", aside_back=back, told=told)

    def _refuse(
        self,
        rows: Sequence[Document],
        now: AsideNow,
        asked: set[int],
        wanted: tuple[AsidePlace, int],
        code: str,
    ) -> None:
        place, copy_of = wanted
        here = {row.id: number for number, row in enumerate(rows, 1)}
        if place.document_id not in here:
            raise NotFound("This document is not on the request any more.")
        if code != COPY:
            return
        if not copy_of:
            raise DpdeskError(
                "Say which document this is a copy of.", "Nothing would be left of it otherwise."
            )
        if copy_of not in here:
            raise NotFound("The document that this is a copy of is not on the request any more.")
        last = _stands_in(copy_of, now)
        if last == place.document_id or copy_of in asked:
            raise DpdeskError(
                f"Document {here[place.document_id]} cannot be a copy of document "
                f"{here[copy_of]}: nothing would be left of either.",
                "Keep one of them.",
            )
        if last in now.whole or last not in here:
            raise DpdeskError(
                f"Document {here[copy_of]} is set aside itself.",
                "Choose one that is in the bundle.",
            )

    # --- telling -------------------------------------------------------------------------

    def aside_told(self, entry_id: int, whom: str = "", *, child: bool = False) -> tuple[str, ...]:
        """What is set aside, for a letter: a sentence for each reason, in numbers.

        Once a bundle was released, what was set aside when it was made.
        """
        given = cards(self._shelf, entry_id)
        then = given[-1].aside if given else None
        counted = counts_of(self.of_entry(entry_id).notes) if then is None else then
        return told_to_requester(counted, whom, child=child)

    def aside_listed(self, entry_id: int) -> tuple[AsideTold, ...]:
        """Everything that is set aside, for the school’s own papers."""
        with self._database.reading() as session:
            rows = document_rows(session, self._register, entry_id)
            now = aside_within(session, [row.id for row in rows])
        place = {row.id: number for number, row in enumerate(rows, 1)}
        ordered = sorted(now.notes, key=lambda n: (place[n.place.document_id], n.place.page or 0))
        return tuple(
            AsideTold(
                place[each.place.document_id],
                0 if each.place.page is None else each.place.page + 1,
                _why(each, place),
                utc_moment(each.made_at),
                each.made_by,
            )
            for each in ordered
        )


def _stands_in(document_id: int, now: AsideNow) -> int:
    """The document in which it stands in the end: a copy of a copy is a copy of the first."""
    seen = set()
    while (note := now.whole.get(document_id)) and note.copy_of and document_id not in seen:
        seen.add(document_id)
        document_id = note.copy_of
    return document_id


def _with(
    rows: Sequence[Document], place: AsidePlace, copy_of: int, code: str
) -> Iterable[tuple[Document, int]]:
    """What goes with a document: each of those inside it, with what that is a copy of."""
    if place.page is not None:
        return
    row = next(each for each in rows if each.id == place.document_id)
    within = family.inside(rows, row)[1:]
    if code != COPY:
        yield from ((each, 0) for each in within)
        return
    other = next((each for each in rows if each.id == copy_of), None)
    same = {each.sha256: each.id for each in family.inside(rows, other)} if other else {}
    for each in within:
        if (found := same.get(each.sha256, 0)) and found != each.id:
            yield each, found


def _replaced(now: AsideNow, place: AsidePlace) -> Iterable[AsideNote]:
    """What was noted of a place before, which the new note takes the place of."""
    if place.page is None:
        if note := now.whole.get(place.document_id):
            yield note
        yield from (n for key, n in now.pages.items() if key[0] == place.document_id)
    elif note := now.pages.get((place.document_id, place.page)):
        yield note


def _why(note: AsideNote, place: Mapping[int, int]) -> str:
    """The reason in words, with the other document and what somebody wrote."""
    said = aside_reason(note.reason).label
    if note.copy_of:
        there = place.get(note.copy_of)
        said = f"Copy of document {there}" if there else "Copy of a document taken off since"
    return f"{said}. {note.note}".strip() if note.note else said


def _told(going: Mapping[AsidePlace, tuple[int, str]], code: str, kept: int) -> str:
    whole = sum(each.page is None for each in going)
    pages = len(going) - whole
    parts = [count(whole, "document")] if whole else []
    parts += [count(pages, "page")] if pages else []
    told = f"{' and '.join(parts)} set aside: {aside_reason(code).label.lower()}."
    if kept:
        stay = "1 that came inside names" if kept == 1 else f"{kept:,} that came inside name"
        told += f" {stay} the person, and stay{'s' if kept == 1 else ''} in."
    return told
