"""What is proposed for a request: seek it, look at it, accept or reject it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dpdesk.disclosure.candidates import PartyStanding, Suggested
from dpdesk.disclosure.deciding import (
    REJECTED,
    WANTED,
    Decided,
    about_group,
    about_place,
    about_standing,
    decide,
    decisions_within,
)
from dpdesk.disclosure.looking import ReviewPage, marked, marks_within, pages_within
from dpdesk.disclosure.marking import MarkPlace, mark_open, still_says
from dpdesk.disclosure.review import Done, ReviewService, redacting
from dpdesk.disclosure.suggested import (
    PlaceState,
    ProposedTold,
    SuggestedPlace,
    Suggestions,
    packed,
    proposed_told,
    state_of,
    unpacked,
)
from dpdesk.disclosure.suggestion_records import SuggestionRun
from dpdesk.documents.records import PageReading
from dpdesk.documents.service import document_rows
from dpdesk.documents.words_read import searchable_texts, searchable_within
from dpdesk.errors import NotFound, StepDone
from dpdesk.law.words import count
from dpdesk.people.service import PeopleService
from dpdesk.registers.fields import Values
from dpdesk.requests.service import RequestService
from dpdesk.school.ground import Ground
from dpdesk.store.tables import utc_text

PROPOSED = "proposed, and accepted"
_EDITION = "3"
"""Of the rules by which candidates are found; another one seeks afresh."""
_ASKED = (
    "subject", "other_names", "subject_kind", "relationship", "requester", "requester_contact",
)  # fmt: skip


class SuggestionService:
    """The suggestions of requests. Seeking takes a second for some hundred pages."""

    def __init__(
        self,
        ground: Ground,
        requests: RequestService,
        people: PeopleService,
        review: ReviewService,
    ) -> None:
        self._ground = ground
        self._review = review
        self._requests = requests
        self._people = people
        self._register = requests.register.key
        self._lock = threading.Lock()
        self._last: tuple[str, int, Suggested] | None = None
        self._covered: dict[tuple[int, int], tuple[tuple[int, ...], str, frozenset[str]]] = {}

    # --- seeking -------------------------------------------------------------------------

    def seek(self, entry_id: int, *, step: StepDone | None = None) -> Suggestions:
        """Goes through all documents afresh, and keeps what was found. Raises NotFound.

        What was decided before holds. ``step`` may raise, to stop; then nothing is changed.
        """
        request = self._requests.load(entry_id).values
        with self._ground.database.reading() as session:
            basis = self._basis(session, entry_id, request)
            found = self._found(session, entry_id, request, step)
        with self._ground.database.changing() as change:
            row = change.session.get(SuggestionRun, (self._register, entry_id))
            if row is None:
                row = SuggestionRun(register=self._register, entry_id=entry_id)
                change.session.add(row)
            row.made_at, row.basis, row.found = utc_text(change.at), basis, packed(found)
        with self._lock:
            self._last = (basis, entry_id, found)
        looked = self.look(entry_id)
        assert looked is not None
        return looked

    def _found(
        self, session: Session, entry_id: int, request: Values, step: StepDone | None
    ) -> Suggested:
        # The rules are loaded when somebody seeks: starting the program does without them.
        from dpdesk.disclosure.request_people import people_of, school_reached
        from dpdesk.disclosure.suggesting import Suggesting

        particulars = self._ground.school.particulars()
        bearers = tuple(self._people.bearers_within(session))
        around = people_of(request, bearers, particulars)
        seeking = Suggesting(
            around.parties, school_reached(particulars, bearers), today=self._ground.now().date()
        )
        documents = document_rows(session, self._register, entry_id)
        whole = sum(row.page_count for row in documents)
        done = 0
        for row in documents:
            seeking.meet(f"From: {row.sender} To: {row.recipients}".split())
            for number, page in enumerate(searchable_texts(session, row.id)):
                if step is not None:
                    step(done, whole)
                done += 1
                seeking.read(row.id, number, page.words, unseen=page.unseen)
        if step is not None:
            step(whole, whole)
        return seeking.finish()

    def _basis(self, session: Session, entry_id: int, request: Values) -> str:
        rows = document_rows(session, self._register, entry_id)
        numbers = [row.id for row in rows]
        read = session.execute(
            select(func.count(), func.max(PageReading.read_at)).where(
                PageReading.document_id.in_(numbers), PageReading.word_count > 0
            )
        ).one()
        parts = (
            _EDITION,
            # Another order of the documents changes nothing of what stands in them.
            sorted((row.id, row.drawn_sha256, row.page_count) for row in rows),
            tuple(read),
            [request.get(name) for name in _ASKED],
            self._people.state_within(session),
            repr(self._ground.school.particulars()),
        )
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    # --- looking -------------------------------------------------------------------------

    def look(self, entry_id: int) -> Suggestions | None:
        """What was found the last time, with what became of it; None where nothing was sought.

        ``fresh`` says whether anything that it rests on has changed since.
        """
        request = self._requests.load(entry_id).values
        with self._ground.database.reading() as session:
            row = session.get(SuggestionRun, (self._register, entry_id))
            if row is None:
                return None
            fresh = row.basis == self._basis(session, entry_id, request)
            found = self._unpacked(row)
            pages = pages_within(session, self._register, entry_id)
            decisions = decisions_within(session, self._register, entry_id)
            return self._looked(session, found, row.basis, pages, decisions, fresh=fresh)

    def named_by_document(self, entry_id: int) -> Mapping[int, int]:
        """How often the data subject was named in each document when it was last sought."""
        with self._ground.database.reading() as session:
            row = session.get(SuggestionRun, (self._register, entry_id))
            return {} if row is None else self._unpacked(row).about

    def named_now(self, entry_id: int) -> Mapping[int, int] | None:
        """The same as things stand; None where nobody has sought since something changed.

        A document that is not among them was looked through and does not name the data subject.
        """
        request = self._requests.load(entry_id).values
        with self._ground.database.reading() as session:
            row = session.get(SuggestionRun, (self._register, entry_id))
            if row is None or row.basis != self._basis(session, entry_id, request):
                return None
            return self._unpacked(row).about

    def told(self, entry_id: int) -> ProposedTold:
        """What was proposed for a request and what was left open."""
        return proposed_told(self.look(entry_id))

    def _unpacked(self, row: SuggestionRun) -> Suggested:
        with self._lock:
            last = self._last
        if last is not None and last[:2] == (row.basis, row.entry_id):
            return last[2]
        found = unpacked(row.found)
        with self._lock:
            self._last = (row.basis, row.entry_id, found)
        return found

    def _looked(
        self,
        session: Session,
        found: Suggested,
        basis: str,
        pages: Sequence[ReviewPage],
        decisions: Mapping[str, str],
        *,
        fresh: bool,
    ) -> Suggestions:
        by_page = {(page.document_id, page.page): page for page in pages}
        covered: dict[tuple[int, int], frozenset[str]] = {}
        places: list[SuggestedPlace] = []
        for candidate in found.candidates:
            page = by_page.get((candidate.document_id, candidate.page))
            if page is None:
                continue  # taken off since
            key = (page.document_id, page.page)
            if page.marks and key not in covered:
                covered[key] = self._covered_on(session, page, found, basis)
            state = state_of(candidate, found.groups[candidate.group], decisions)
            if candidate.place in covered.get(key, ()):
                state = PlaceState.MARKED
            elif page.withheld and state is PlaceState.OPEN:
                state = PlaceState.WITHHELD
            places.append(SuggestedPlace(candidate, page.number, state))
        places.sort(key=lambda place: (place.number, place.candidate.indexes))
        return Suggestions(tuple(places), found.groups, found.about, dict(decisions), fresh)

    def _covered_on(
        self, session: Session, page: ReviewPage, found: Suggested, basis: str
    ) -> frozenset[str]:
        """The places of a page that marks cover; worked out again where its marks changed."""
        key = (page.document_id, page.page)
        marks = marks_within(session, *key)
        numbers = tuple(mark.id for mark in marks)
        known = self._covered.get(key)
        if known is not None and known[:2] == (numbers, basis):
            return known[2]
        content = searchable_within(session, *key)
        boxes = [mark.box for mark in marks]
        there = frozenset(
            each.place
            for each in found.on_page(*key)
            if still_says(content, each.indexes, each.text) and marked(content, each.indexes, boxes)
        )
        self._covered[key] = (numbers, basis, there)
        return there

    # --- deciding ------------------------------------------------------------------------

    def accept(self, entry_id: int, places: Iterable[SuggestedPlace], code: str = "") -> Done:
        """Marks places, each for the reason that its group has, or for another one.

        Raises NotFound where nothing was proposed, and DpdeskError where a page was read again
        since and has other words there.
        """
        looked = self._now(entry_id)
        wanted = [
            MarkPlace(
                place.candidate.document_id,
                place.candidate.page,
                place.candidate.indexes,
                redacting(code or looked.groups[place.candidate.group].reason),
                place.candidate.text,
            )
            for place in places
            if place.state is not PlaceState.MARKED
        ]
        with self._ground.database.changing() as change:
            made, number = mark_open(change, wanted, PROPOSED)
        return Done(f"Accept {count(number, 'suggestion')}", made=made, places=number)

    def reject(self, entry_id: int, places: Sequence[SuggestedPlace], group: str = "") -> Done:
        """Says that places are not to be removed; with a ``group`` also all that is found later."""
        wanted = {about_place(place.candidate): REJECTED for place in places}
        if group:
            wanted[about_group(group)] = REJECTED
        words = f"{count(len(places), 'place')} not to be removed"
        with self._ground.database.changing() as change:
            decided = decide(change, self._register, entry_id, wanted, words)
        number = count(len(places), "suggestion")
        later = " What is found later stays too." if group else ""
        return Done(f"Reject {number}", decided=(decided,), told=f"{number} rejected.{later}")

    def reopen(self, entry_id: int, places: Sequence[SuggestedPlace], group: str = "") -> Done:
        """Takes back that places were rejected."""
        wanted = {about_place(place.candidate): "" for place in places}
        if group:
            wanted[about_group(group)] = ""
        with self._ground.database.changing() as change:
            decided = decide(change, self._register, entry_id, wanted, "proposed again")
        told = f"{count(len(places), 'place')} proposed again."
        return Done("Propose again", decided=(decided,), told=told)

    def want(self, entry_id: int, group: str = "", *, standing: PartyStanding | None = None,
             wanted: bool = True) -> Done:  # fmt: skip
        """Proposes somebody who is kept by themselves, or all of a standing; or no more."""
        about = about_group(group) if group else about_standing(standing or PartyStanding.STAFF)
        words = "proposed all the same" if wanted else "kept again"
        with self._ground.database.changing() as change:
            decided = decide(
                change, self._register, entry_id, {about: WANTED if wanted else ""}, words
            )
        if wanted:
            return Done("Propose all the same", decided=(decided,), told="They are proposed now.")
        return Done("Keep", decided=(decided,), told="They are not proposed any more.")

    def lift(self, entry_id: int, marks: Iterable[int]) -> Done:
        """Takes marks away for good: what was proposed there is not proposed again."""
        before = self.look(entry_id)
        gone = self._review.remove(marks)
        after = self.look(entry_id) if before is not None else None
        decided: tuple[Decided, ...] = ()
        if before is not None and after is not None:
            marked = {p.candidate.place for p in before.places if p.state is PlaceState.MARKED}
            freed = [
                place
                for place in after.places
                if place.candidate.place in marked and place.state is not PlaceState.MARKED
            ]
            decided = self.reject(entry_id, freed).decided
        told = f"{count(len(gone.removed), 'mark')} lifted; nothing is proposed there again."
        return Done("Lift marks", removed=gone.removed, decided=decided, told=told)

    def _now(self, entry_id: int) -> Suggestions:
        looked = self.look(entry_id)
        if looked is None:
            raise NotFound("Nothing has been proposed for this request yet.")
        return looked
