"""Sets documents and pages of a request aside, takes them back, and tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.orm import Session

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
from dpdesk.disclosure.copies import LostCopy, lost_copies, refuse_circles, refuse_lost
from dpdesk.disclosure.released import cards
from dpdesk.disclosure.review import Done
from dpdesk.documents import family, words_read
from dpdesk.documents.records import Document
from dpdesk.documents.service import document_rows
from dpdesk.documents.shelf import PaperShelf
from dpdesk.documents.words_read import page_within
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.law.words import count
from dpdesk.registers.crossings import AsideTold, SettingAside
from dpdesk.store.database import Change, Database
from dpdesk.store.tables import utc_moment


class AsideService(SettingAside):
    """What is set aside of the documents of requests."""

    def __init__(
        self, database: Database, register: str, shelf: PaperShelf, named: NamedNow
    ) -> None:
        self._database = database
        self._register = register
        self._shelf = shelf
        self._named = named

    # --- looking -------------------------------------------------------------------------

    def of_entry(self, entry_id: int) -> AsideNow:
        """All that is set aside of a request now."""
        with self._database.reading() as session:
            rows = document_rows(session, self._register, entry_id)
            return aside_within(session, [row.id for row in rows])

    def copies_gone(self, entry_id: int) -> tuple[LostCopy, ...]:
        """Copies of something that is in the bundle no more: nothing of them would be given."""
        with self._database.reading() as session:
            rows = document_rows(session, self._register, entry_id)
            now = aside_within(session, [row.id for row in rows])
            return lost_copies(session, rows, now)

    # --- doing ---------------------------------------------------------------------------

    def set_aside(
        self,
        entry_id: int,
        places: Iterable[AsidePlace],
        reason: str,
        *,
        copy_of: int = 0,
        note: str = "",
    ) -> Done:
        """Sets documents and pages aside, all for one reason.

        What came inside a document goes with it: of something not about the person, all that was
        looked through and does not name them; of a copy, what the other document holds too. Raises
        NotFound for a document or page that is not there, DpdeskError for a copy of itself, of
        something that is set aside, or where a text would stand nowhere in the bundle.
        """
        wanted = [(each, copy_of, note) for each in places]
        return self._set(entry_id, wanted, reason, compare=True)

    def set_all_aside(
        self, entry_id: int, wanted: Iterable[tuple[AsidePlace, int, str]], reason: str
    ) -> Done:
        """The same for places that each have a document of their own that they are a copy of.

        Each is a place, the document in which the same stands (0: none), and a note. They were
        compared before.
        """
        return self._set(entry_id, list(wanted), reason, compare=False)

    def _set(
        self,
        entry_id: int,
        wanted: Sequence[tuple[AsidePlace, int, str]],
        reason: str,
        *,
        compare: bool,
    ) -> Done:
        code = aside_reason(reason).code
        known = self._known(entry_id) if code == NOT_ABOUT else _Known()
        with self._database.changing() as change:
            session = change.session
            rows = document_rows(session, self._register, entry_id)
            now = aside_within(session, [row.id for row in rows])
            going: dict[AsidePlace, tuple[int, str]] = {}
            inner: set[AsidePlace] = set()
            asked = {place.document_id for place, _of, _note in wanted if place.page is None}
            for place, copy_of, note in wanted:
                self._refuse(rows, now, asked, (place, copy_of), code)
                if place.page is not None:
                    page_within(session, place.document_id, place.page)
                going[place] = (copy_of, note)
            for place, copy_of, note in wanted:
                for each, its_of in _with(rows, place, copy_of, code):
                    if each.id in asked:
                        continue
                    if code == DATES and _other_day(rows, place, each):
                        known.dated.add(each.id)
                    elif known.may_go(each.id):
                        inner.add(AsidePlace(each.id))
                        going.setdefault(AsidePlace(each.id), (its_of, note))
            lost = _settled(session, (rows, now), going, inner, code)
            if compare and code == COPY:
                after = lost_copies(session, rows, _supposed(now, going, code))
                lost += tuple(
                    each
                    for each in after
                    if each.why == "differs" and AsidePlace(each.document_id, each.page) in going
                )
            made, turned = _write(change, now, going, code)
        # What went along and was out of the bundle before is only called by its new reason.
        counted = {each for each in going if not (each in inner and each.document_id in now.whole)}
        told = " ".join([_told(counted, code, known), *_warned(lost)])
        return Done("Set aside", aside=made, aside_back=turned, told=told)

    def _known(self, entry_id: int) -> _Known:
        """What is known of every document of a request before anything goes with another."""
        named = self._named.named_now(entry_id)
        with self._database.reading() as session:
            rows = document_rows(session, self._register, entry_id)
            unread = words_read.unread(session, [row.id for row in rows])
        return _Known(named, unread, sought=True)

    def take_back(self, entry_id: int, places: Iterable[AsidePlace]) -> Done:
        """Takes documents and pages back, so that they are in the bundle again.

        A page of a document that is set aside as a whole cannot come back by itself.
        """
        with self._database.changing() as change:
            rows = document_rows(change.session, self._register, entry_id)
            now = aside_within(change.session, [row.id for row in rows])
            notes = list(dict.fromkeys(found for each in places if (found := now.at(each))))
            back = turn_back(change, [note.id for note in notes], back=True)
            refuse_circles(change.session, back)
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
            raise NotFound("This document is no longer on the request.")
        if place.page is not None and place.document_id in now.whole:
            # A note of the page would be seen by nobody, and come to light when that of the
            # document is taken back.
            raise DpdeskError(
                f"Document {here[place.document_id]} is set aside as a whole.",
                "Take it back first to set single pages aside.",
            )
        if code != COPY:
            return
        if not copy_of:
            raise DpdeskError(
                "Say which document this is a copy of.", "Nothing would be left of it otherwise."
            )
        if copy_of not in here:
            raise NotFound("The document that this is a copy of is no longer on the request.")
        last = _stands_in(copy_of, now)
        if place.document_id in {last, copy_of} or copy_of in asked:
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


class NamedNow(Protocol):
    """Who knows where the data subject is named."""

    def named_now(self, entry_id: int) -> Mapping[int, int] | None:
        """How often, by document; None where nobody has sought since something changed."""


@dataclass(slots=True)
class _Known:
    """What is known of documents, and how many stay in because of it."""

    named: Mapping[int, int] | None = None
    unread: Mapping[int, int] = field(default_factory=dict)
    sought: bool = False
    """Whether it matters at all."""
    naming: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    dated: set[int] = field(default_factory=set)
    """Those that bear another day than what they came in, which may be one asked for."""

    def may_go(self, document_id: int) -> bool:
        """Whether it goes with what it came in; what is not known to be another's stays."""
        if not self.sought:
            return True
        if self.named is not None and self.named.get(document_id):
            self.naming.add(document_id)
        elif self.named is None or self.unread.get(document_id):
            self.unknown.add(document_id)
        else:
            return True
        return False


def _other_day(rows: Sequence[Document], place: AsidePlace, inner: Document) -> bool:
    """Whether what came inside a document bears a day of its own, which is not that one's."""
    holder = next(row for row in rows if row.id == place.document_id)
    return bool(inner.dated) and inner.dated[:10] != holder.dated[:10]


def _stands_in(document_id: int, now: AsideNow) -> int:
    """The document in which it stands in the end: a copy of a copy is a copy of the first."""
    seen = set()
    while (note := now.whole.get(document_id)) and note.copy_of and document_id not in seen:
        seen.add(document_id)
        document_id = note.copy_of
    return document_id


def _settled(
    session: Session,
    there: tuple[Sequence[Document], AsideNow],
    going: dict[AsidePlace, tuple[int, str]],
    inner: set[AsidePlace],
    code: str,
) -> tuple[LostCopy, ...]:
    """Takes out of ``going`` what would be lost if it went with the rest.

    Says what that is set aside already is lost by it, which is only warned of. Raises DpdeskError
    where a text would stand nowhere.
    """
    rows, now = there
    before = {_key(each) for each in lost_copies(session, rows, now, compare=False)}
    while True:
        after = lost_copies(session, rows, _supposed(now, going, code), compare=False)
        stays = {AsidePlace(*_key(each)) for each in after} & inner & going.keys()
        if not stays:
            new = [each for each in after if _key(each) not in before]
            # What was asked for is named before what it touches.
            refuse_lost(sorted(new, key=lambda each: AsidePlace(*_key(each)) not in going))
            return tuple(new)
        for place in stays:
            del going[place]


def _key(lost: LostCopy) -> tuple[int, int | None]:
    return lost.document_id, lost.page


def _supposed(now: AsideNow, going: Mapping[AsidePlace, tuple[int, str]], code: str) -> AsideNow:
    """What would be set aside if all this was."""
    whole, pages = dict(now.whole), dict(now.pages)
    for place, (copy_of, note) in going.items():
        made = AsideNote(0, place, code, copy_of, note, "", "")
        if place.page is None:
            whole[place.document_id] = made
        else:
            pages[(place.document_id, place.page)] = made
    return AsideNow(whole, {key: each for key, each in pages.items() if key[0] not in whole})


def _write(
    change: Change, now: AsideNow, going: Mapping[AsidePlace, tuple[int, str]], code: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Writes what goes; says which notes are new, and which they take the place of."""
    before: list[int] = []
    made: list[int] = []
    for place, (copy_of, note) in going.items():
        there = now.at(place)
        if there is not None and (there.reason, there.copy_of) == (code, copy_of):
            continue
        before += (each.id for each in _replaced(now, place))
        made.append(write_aside(change, place, code, copy_of=copy_of, note=note))
    return tuple(made), turn_back(change, before, back=True)


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
        said = (
            f"Copy of document {there}"
            if there
            else "Copy of a document that has since been removed"
        )
    return f"{said}. {note.note}".strip() if note.note else said


def _told(going: Collection[AsidePlace], code: str, known: _Known) -> str:
    whole = sum(each.page is None for each in going)
    pages = len(going) - whole
    parts = [count(whole, "document")] if whole else []
    parts += [count(pages, "page")] if pages else []
    told = f"{' and '.join(parts)} set aside: {aside_reason(code).label.lower()}."
    if number := len(known.naming):
        stays = "names the person, and stays in" if number == 1 else "name the person, and stay in"
        told += f" {number:,} that came inside {stays}."
    if number := len(known.dated):
        stays = "has another date, and stays in" if number == 1 else "have other dates, and stay in"
        told += f" {number:,} that came inside {stays}."
    if number := len(known.unknown):
        stays = "stays in: not all of its" if number == 1 else "stay in: not all of their"
        told += f" {number:,} that came inside {stays} pages were checked for the person."
    if known.unread and (asked := sum(known.unread.get(each.document_id, 0) for each in going)):
        are = "page of it is" if asked == 1 else "pages of it are"
        told += f" {asked:,} {are} not read by the program: be sure that you looked."
    return told


def _warned(lost: Sequence[LostCopy]) -> list[str]:
    """What else is not in the bundle now, the first in a sentence and the rest in numbers."""
    if not lost:
        return []
    more = [f"And {count(len(lost) - 1, 'more place')} like it."] if len(lost) > 1 else []
    return [lost[0].sentence, *more]
