"""Releases: a bundle built, checked by other means than it was built, and kept for good.

What builds, checks and prints is loaded when somebody releases something: it takes a quarter of the
time that loading the desk takes without it.
"""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.disclosure import planning
from dpdesk.disclosure.asides import aside_within, counts_of
from dpdesk.disclosure.copies import refuse_release
from dpdesk.disclosure.evidence import (
    ReleaseEvidence,
    TablePages,
    removed_beyond,
    removed_words,
    state_within,
)
from dpdesk.disclosure.looking import ReviewProgress, pages_within
from dpdesk.disclosure.plan import BundlePlan, BundleReport
from dpdesk.disclosure.released import (
    ReleaseCard,
    ReleaseFacts,
    cards,
    part_of,
    put_on_shelf,
    released,
)
from dpdesk.disclosure.suggestion_service import SuggestionService
from dpdesk.disclosure.vaulted import Sources
from dpdesk.documents.service import document_rows, let_go
from dpdesk.errors import DpdeskError, NamedStepDone, ReleaseRefused
from dpdesk.law.exemptions import reason
from dpdesk.papers.flow import Printed
from dpdesk.registers.crossings import ReleaseTold, Releasing
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.requests.service import RequestService
from dpdesk.school.ground import Ground
from dpdesk.store.files import room, whole_file
from dpdesk.store.vault import Stored

if TYPE_CHECKING:
    from dpdesk.disclosure.crew import KeptWorkers


def _quiet(what: str, done: int, total: int) -> None:
    """Says nothing: the work goes on unwatched."""


class ReleaseService(Releasing):
    """Builds, checks, keeps and hands out releases."""

    def __init__(
        self, ground: Ground, requests: RequestService, suggestions: SuggestionService
    ) -> None:
        self._suggestions = suggestions
        self._database = ground.database
        self._vault = ground.vault
        self._requests = requests
        self._school = ground.school
        self._documents = ground.documents
        self._shelf = ground.shelf

    def of_request(self, entry_id: int) -> tuple[ReleaseCard, ...]:
        """The releases of a request, oldest first."""
        return cards(self._shelf, entry_id)

    def released_within(self, session: Session, entry_id: int = 0) -> frozenset[int]:
        """Numbers of the requests for which something was released: of all, or of one."""
        return released(session, entry_id)

    def released(self) -> tuple[str, ...]:
        """References of the requests that have a release, in their order."""
        record = self._requests.record
        with self._database.reading() as session:
            asked = select(record.reference).where(record.id.in_(self.released_within(session)))
            return tuple(session.scalars(asked.order_by(record.id)))

    def release(
        self,
        entry_id: int,
        *,
        step: NamedStepDone = _quiet,
        cancelled: Callable[[], bool] | None = None,
    ) -> ReleaseCard:
        """Builds the bundle of a request, checks it and keeps it with its papers.

        Raises ReleaseRefused if the finished file fails its check, if a source is damaged, or if
        marks were changed meanwhile; UnreadableFile for a page that cannot be drawn, DpdeskError
        where there are no documents or data about health may not be given, Cancelled, NoRoom.
        Then there is no release.
        """
        entry = self._requests.load(entry_id)
        if problem := self._requests.release_problem(entry):
            raise DpdeskError(problem, "Or say under “Data about health” why it is given anyway.")
        state = self._state(entry_id)
        with self._database.reading() as session:
            refuse_release(session, "requests", entry_id)
        planned = planning.plan(self._database, "requests", entry_id)
        if not len(planned.pages):
            if self._documents.of_entry(self._requests.register.key, entry_id):
                raise DpdeskError(
                    "Every document of this request is set aside, so a bundle would be empty.",
                    "Take back what belongs into the bundle, or answer without one.",
                )
            raise DpdeskError(
                "There are no documents on this request yet.",
                "Add them in the stage Search, review them, and then build the bundle.",
            )
        made_at = self._requests.now()
        day = made_at.astimezone(SCHOOL_TIME).date()
        searched = self._requests.searched(entry_id)
        front = self._front(entry, planned, day, searched)
        removed_for = [reason(each.code) for each in planned.removed]
        full = BundlePlan(
            reference=entry.reference,
            pages=planned.pages,
            front=front.content,
            reasons={each.public_code: each.explanation for each in removed_for},
            own_words=self._own_words(entry, planned, day, searched),
        )
        kept: dict[str, Stored] = {}
        try:
            uneven = self._build(full, (entry_id, state), day, step, cancelled, kept)
            told = self._suggestions.told(entry_id).sentence
            self._schedules(entry, planned, day, (front.pages, uneven, told), kept)
            return self._keep(entry_id, state, planned, told, kept)
        except BaseException as failure:
            let_go(self._database, self._vault, [each.name for each in kept.values()])
            if isinstance(failure, ReleaseRefused):
                if self._state(entry_id) != state:
                    raise _changed() from failure
                failure.front = front.pages
            raise

    def _keep(
        self,
        entry_id: int,
        state: str,
        planned: planning.PlannedRelease,
        proposed: str,
        stored: dict[str, Stored],
    ) -> ReleaseCard:
        """Writes the release down; ``proposed``: what was proposed and left open."""
        with self._database.changing() as change:
            if state_within(change.session, "requests", entry_id) != state:
                raise _changed()
            rows = document_rows(change.session, "requests", entry_id)
            facts = ReleaseFacts(
                pages=len(planned.pages),
                marks=sum(not each.whole_page for each in planned.removed),
                withheld=planned.withheld,
                proposed=proposed,
                reasons=_counted(planned),
                aside=counts_of(aside_within(change.session, [row.id for row in rows]).notes),
            )
            card = put_on_shelf(self._shelf, change, entry_id, facts, stored)
            label = f"bundle {card.number}, SHA-256 {card.sha256}"
            change.note("requests", entry_id, "bundle", None, label)
            self._requests.refresh_within(change, entry_id)
            return card

    def _build(
        self,
        full: BundlePlan,
        begun: tuple[int, str],
        day: dt.date,
        step: NamedStepDone,
        cancelled: Callable[[], bool] | None,
        kept: dict[str, Stored],
    ) -> frozenset[int]:
        """``begun``: the entry, and the state of its documents and marks when it was planned.

        Gives the numbers of the redactions whose areas may follow what they removed.
        """
        from dpdesk.disclosure import bundle
        from dpdesk.disclosure.check import check
        from dpdesk.disclosure.crew import KeptWorkers, workers_for

        entry_id, state = begun
        sources = Sources(self._database, self._vault, "requests", entry_id)
        with KeptWorkers(workers_for(len(full.pages))) as staff:
            make = functools.partial(self._write, sources, (day, staff), step, cancelled)
            kept["bundle"], report = make(full, "Building the bundle")
            if self._state(entry_id) != state:
                raise _changed()
            evidence = ReleaseEvidence(
                TablePages(self._database, "requests", entry_id),
                sources,
                removed_beyond(self._database, "requests", entry_id),
            )
            with self._vault.open(kept["bundle"].name) as finished:
                check(
                    full,
                    report,
                    finished,
                    evidence,
                    staff=staff,
                    progress=functools.partial(step, "Checking the bundle"),
                    cancelled=cancelled,
                )
            whole = bundle.unredacted(full)
            kept["full_copy"], _ = make(whole, "Keeping a full copy for the school")
        return frozenset(number for page in report.uneven for number in page)

    def _state(self, entry_id: int) -> str:
        with self._database.reading() as session:
            return state_within(session, "requests", entry_id)

    def _write(
        self,
        sources: Sources,
        how: tuple[dt.date, KeptWorkers],
        step: NamedStepDone,
        cancelled: Callable[[], bool] | None,
        plan: BundlePlan,
        words: str,
    ) -> tuple[Stored, BundleReport]:
        from dpdesk.disclosure import bundle

        day, staff = how
        with self._vault.writing() as (writer, done):
            report = bundle.build(
                plan,
                sources,
                writer,
                day=day.strftime("%Y%m%d"),
                staff=staff,
                progress=functools.partial(step, words),
                cancelled=cancelled,
            )
        return done[0], report

    def _front(
        self,
        entry: Entry,
        planned: planning.PlannedRelease,
        day: dt.date,
        searched: tuple[str, ...],
    ) -> Printed:
        from dpdesk.disclosure import papers

        particulars = self._school.particulars()
        codes = dict.fromkeys(each.code for each in planned.removed)
        return papers.front_matter(
            papers.FrontMatter(
                letterhead=self._school.letterhead(),
                reference=entry.reference,
                prepared_for=str(entry.values.get("requester") or entry.values["subject"]),
                made_on=day,
                searched=searched,
                contents=tuple(
                    papers.Contained(
                        each.title, each.first, each.pages, each.kind, each.dated, each.place
                    )
                    for each in planned.documents
                ),
                reasons=tuple(reason(code) for code in codes),
                body_pages=len(planned.pages),
                redactions=len(planned.removed) - planned.withheld,
                withheld=planned.withheld,
                data_subject=str(entry.values["subject"]),
                contact=", ".join(part for part in particulars.contact if part),
            )
        )

    def everything_given(self, entry_id: int) -> bool:
        """Was a bundle released, of pages all looked at, from which nothing is removed?"""
        given = self.of_request(entry_id)
        with self._database.reading() as session:
            done = ReviewProgress.of(pages_within(session, "requests", entry_id))
        looked_at = 0 < done.pages == done.reviewed
        # Marks that were lifted since are still in what was handed over.
        whole = bool(given) and not (given[-1].marks or given[-1].withheld)
        return whole and looked_at and not (done.marks or done.withheld)

    def removes_now(self, entry_id: int) -> bool:
        """Is anything marked or withheld at the moment, whatever was released before?"""
        with self._database.reading() as session:
            now = ReviewProgress.of(pages_within(session, "requests", entry_id))
        return bool(now.marks or now.withheld)

    def releases_told(self, entry_id: int) -> tuple[ReleaseTold, ...]:
        """The releases of a request, oldest first, for its case file."""
        return tuple(
            ReleaseTold(
                card.number, card.made_at, card.made_by, card.pages, card.removed, card.sha256
            )
            for card in self.of_request(entry_id)
        )

    def redactions_told(self, entry_id: int) -> tuple[tuple[str, str, int], ...]:
        """Reason, law and number of redactions, the commonest first."""
        counted = sorted(self._reasons(entry_id), key=lambda each: -each[1])
        return tuple(
            (f"{found.code} {found.label}", found.citation, number)
            for code, number in counted
            for found in [reason(code)]
        )

    def naming_removed(self, entry_id: int, texts: Collection[str]) -> frozenset[str]:
        """Of these texts, those that say what a redaction removed."""
        from dpdesk.disclosure.check_named import naming

        return naming(texts, removed_words(self._database, "requests", entry_id))

    def redaction_reasons(self, entry_id: int) -> tuple[str, ...]:
        """Why something was removed, in the plain words of the requester, each once."""
        found = (reason(code).explanation for code, _many in self._reasons(entry_id))
        return tuple(dict.fromkeys(found))

    def _reasons(self, entry_id: int) -> tuple[tuple[str, int], ...]:
        """Codes and numbers of what is removed: in the last release, or as it is marked now."""
        given = self.of_request(entry_id)
        then = given[-1].reasons if given else None
        if then is not None:
            return then
        return _counted(planning.plan(self._database, "requests", entry_id))

    def _own_words(
        self,
        entry: Entry,
        planned: planning.PlannedRelease,
        day: dt.date,
        searched: tuple[str, ...],
    ) -> frozenset[str]:
        """Words that the cover may use although a mark removed the same word from a page.

        What the user typed as a place that was searched, or as the title of a document, is not
        among them: a name there that was removed elsewhere must stop the release.
        """
        import pypdfium2 as pdfium

        usual = self._requests.usual_places()
        known = tuple(place for place in searched if place in usual)
        front = self._front(entry, planned.untitled(), day, known)
        document = pdfium.PdfDocument(front.content)
        try:
            texts = [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
        return frozenset(word for text in texts for word in text.split())

    def _schedules(
        self,
        entry: Entry,
        planned: planning.PlannedRelease,
        day: dt.date,
        told: tuple[int, frozenset[int], str],
        kept: dict[str, Stored],
    ) -> None:
        """``told``: pages of front matter, redactions that are uneven, what was proposed."""
        from dpdesk.disclosure import papers
        from dpdesk.disclosure.scheduling import printed_schedules

        head = papers.Schedule(
            self._school.letterhead(),
            entry.reference,
            str(entry.values.get("requester") or entry.values["subject"]),
            day,
        )
        cards = self._documents.of_entry(self._requests.register.key, entry.id)
        names = {card.id: card.name for card in cards}
        schedule, sealed = printed_schedules(head, planned, told, names)
        kept["schedule"] = self._vault.put(schedule.content)
        kept["sealed"] = self._vault.put(sealed.content)

    def save(self, release_id: int, part: str, target: Path, password: str = "") -> None:
        """Writes a part of a release to a place the user chose, with a password if one is given.

        ``part`` is one of ``PARTS``. Raises NotFound, NoRoom, InvalidEntry for the password, and
        DamagedWorkspace where it is not what was released.
        """
        with (
            room("The file"),
            whole_file(target) as unfinished,
            part_of(self._shelf, release_id, part) as content,
            unfinished.open("wb") as out,
        ):
            if password:
                from dpdesk.disclosure import bundle

                bundle.encrypt_copy(content, out, password)
            else:
                shutil.copyfileobj(content, out)

    def content(self, release_id: int, part: str = "bundle") -> bytes:
        """A part of a release, for printing. Raises NotFound, DamagedWorkspace."""
        with part_of(self._shelf, release_id, part) as content:
            return content.read()


def _counted(planned: planning.PlannedRelease) -> tuple[tuple[str, int], ...]:
    """Codes of the reasons for what is removed, in the order of the pages, with how often."""
    return tuple(Counter(each.code for each in planned.removed).items())


def _changed() -> ReleaseRefused:
    return ReleaseRefused("Marks were changed while the bundle was being built.", "Build it again.")
