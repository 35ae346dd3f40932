"""The independent check of a finished bundle. It stands between building and release.

Reads the finished file with other libraries than those that wrote it. It starts from the tables,
read once more, and from the sources, drawn once more: neither the plan nor what the builder says
that it did is believed. Whatever is not known to be right is refused.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf
import pypdfium2 as pdfium

from dpdesk.disclosure.bundle import BACK_TITLE, FRONT_TITLE
from dpdesk.disclosure.check_case import PageCase
from dpdesk.disclosure.check_file import Flaw, check_bytes
from dpdesk.disclosure.check_hands import CheckingHands
from dpdesk.disclosure.check_named import Vocabulary, is_removed, names_any, tokens
from dpdesk.disclosure.check_structure import Structure
from dpdesk.disclosure.crew import Crew, KeptWorkers, OpenSources, default_workers
from dpdesk.disclosure.evidence import MarkedPage, ReleaseEvidence
from dpdesk.disclosure.plan import (
    WITHHELD_SIZE,
    BundlePlan,
    BundleReport,
    PlannedPage,
    neutral_part,
    number_list,
    stamp_text,
    withheld_lines,
)
from dpdesk.errors import ReleaseRefused, StepDone

SENTENCES = {
    "word": "A word that was removed, or was never let through, can be read in the bundle",
    "pixel": "A marked place is not solid black in the bundle",
    "foreign": "The bundle contains something that dpdesk did not put there",
    "damaged": "Part of the bundle cannot be read back",
    "revision": "The bundle contains an earlier revision, or data after its end",
    "shows": "A letter of a removed word sticks out of its black area in the bundle",
    "source": "A page of the bundle does not show what its document shows",
    "place": "A word of the bundle's text is not where its document shows it",
    "ink": "A word can be read in the bundle's text that its page does not show",
    "hidden": "A word can be read in the bundle that cannot be seen in its document",
    "plan": "The plan of the bundle lacks a mark, a page or a withheld page of the request",
    "changed": "The bundle is not the file that was written",
    "pages": "The bundle does not have the pages of its plan",
    "named": "A cover page or bookmark of the bundle uses a word that was removed from a page",
}
_NEXT = {
    "named": "Give the document a neutral title, or leave that word visible.",
}
_BUILD_AGAIN = "No bundle was made. Build it again; if it is refused again, withhold the page."


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, for the record of the release."""

    sha256: str
    pages: int
    objects: int
    areas: int
    sentence: str


def refusal(kind: str, pages: list[int]) -> ReleaseRefused:
    """The refusal of a bundle: what is wrong and on which pages, never which word."""
    sentence = SENTENCES.get(kind, SENTENCES["foreign"])
    where = [page for page in sorted(set(pages)) if page > 0]
    if where:
        sentence += f", on {'page' if len(where) == 1 else 'pages'} {number_list(where)}"
    return ReleaseRefused(f"{sentence}.", _NEXT.get(kind, _BUILD_AGAIN), pages=tuple(where))


def check(
    plan: BundlePlan,
    report: BundleReport,
    finished: BinaryIO,
    evidence: ReleaseEvidence,
    *,
    workers: int = 0,
    staff: KeptWorkers | None = None,
    progress: StepDone | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CheckReport:
    """Checks a finished bundle against the tables and the sources, and its plan against both.

    ``finished`` is open and can be read anywhere. Raises ReleaseRefused, with the numbers of the
    pages, when a removed word can be read or seen, a marked pixel is not black, a page shows
    something else than its source, or anything is in the file that was not put there. Raises
    Cancelled, and what ``evidence`` raises. Anything unexpected is a refusal too.
    """
    try:
        return _Check(plan, report, finished, evidence).run(
            (workers or default_workers(), staff), progress, cancelled
        )
    except Flaw as flaw:
        raise refusal(flaw.kind, [flaw.page]) from None
    except (pikepdf.PdfError, pdfium.PdfiumError, OSError) as fault:
        raise refusal("damaged", []) from fault
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as fault:
        raise refusal("foreign", []) from fault


class _Check:
    def __init__(
        self, plan: BundlePlan, report: BundleReport, file: BinaryIO, evidence: ReleaseEvidence
    ) -> None:
        self._plan, self._report, self._file = plan, report, file
        self._evidence = evidence
        self._shelves: dict[int, OpenSources] = {}
        self._before = _page_count(plan.front)
        self._after = _page_count(plan.back)
        self._planned = len(plan.pages)
        self._total = self._before + self._planned + self._after
        self._vocabulary = Vocabulary(plan)
        self._vocabulary.remove(evidence.removed)
        self._bookmarks: list[tuple[str, int]] = []

    def run(
        self,
        who: tuple[int, KeptWorkers | None],
        progress: StepDone | None,
        cancelled: Callable[[], bool] | None,
    ) -> CheckReport:
        report = self._report
        if report.pages != self._total or len(report.areas) != self._planned:
            raise Flaw("pages")
        if len(report.lines) not in {0, self._planned}:
            raise Flaw("pages")
        if len(self._evidence.pages) != self._planned:
            raise Flaw("plan")
        objects = check_bytes(self._file, report.sha256, report.size)
        with pikepdf.Pdf.open(self._file, attempt_recovery=False) as pdf:
            structure = Structure(pdf, objects)
            structure.check_tree(self._total)
            says = structure.unseen_codes(self._before + 1)
            self._check_pages(CheckingHands(says), structure, (who, progress, cancelled))
            if self._before:
                self._bookmarks.insert(0, (FRONT_TITLE, 0))
            if self._after:
                self._bookmarks.append((BACK_TITLE, self._before + self._planned))
            after = range(self._before + self._planned + 1, self._total + 1)
            own = [*range(1, self._before + 1), *after]
            structure.check(self._plan.heading, self._bookmarks, own)
            structure.check_all_used()
        self._check_own_words(own)
        areas = sum(len(boxes) for boxes in report.areas)
        return CheckReport(
            report.sha256,
            self._total,
            objects,
            areas,
            f"{self._total} pages and {areas} removed areas were read back: no removed word, "
            "no pixel that is not black, nothing foreign, each page compared with its source.",
        )

    def _check_pages(
        self,
        hands: CheckingHands,
        structure: Structure,
        how: tuple[
            tuple[int, KeptWorkers | None],
            StepDone | None,
            Callable[[], bool] | None,
        ],
    ) -> None:
        (workers, staff), progress, cancelled = how
        flaws: dict[str, list[int]] = {}
        crew = Crew(
            hands,
            workers=min(workers, self._planned),
            staff=staff,
            before=self._needed,
            error=ReleaseRefused,
            page_of=lambda case: case.number,
            cancelled=cancelled,
            file=self._file,
        )
        with crew:
            for done, answer in enumerate(crew.run(self._cases()), 1):
                found = json.loads(answer)
                if "flaw" in found:
                    flaws.setdefault(str(found["flaw"]), []).append(int(found["page"]))
                else:
                    for number in found["own"]:
                        structure.use_alone(int(number))
                if progress:
                    progress(done, self._planned)
        for kind in SENTENCES:
            if kind in flaws:
                raise refusal(kind, flaws[kind])
        if flaws:
            raise refusal("foreign", [page for pages in flaws.values() for page in pages])

    def _needed(self, worker: int, case: PageCase) -> list[tuple[str, bytes]]:
        """The source of the page, unless this worker has it open."""
        shelf = self._shelves.setdefault(worker, OpenSources())
        if not case.source or case.source in shelf.sizes:
            return []
        content = self._evidence.sources(case.source)
        shelf.put(case.source, len(content))
        return [(case.source, content)]

    def _cases(self) -> Iterator[PageCase]:
        pairs = zip(self._plan.pages, self._evidence.pages, strict=True)
        for place, (planned, marked) in enumerate(pairs):
            number = self._before + place + 1
            if not _agree(planned, marked):
                raise Flaw("plan", number)
            if planned.starts:
                self._bookmarks.append((planned.starts, number - 1))
                # What somebody called it besides may name somebody, and is looked at as all is.
                self._vocabulary.allow(neutral_part(planned.starts))
            yield self._case(planned, marked, place)

    def _case(self, planned: PlannedPage, marked: MarkedPage, place: int) -> PageCase:
        number = self._before + place + 1
        stamp = stamp_text(self._plan, planned, number, self._total).split()
        page = marked.page
        if marked.withheld is not None:
            told = withheld_lines(self._plan, planned, number)
            self._vocabulary.hide(word.text for word in page.words)
            own = (*" ".join(told).split(), *stamp)
            return PageCase(number, "", 0, *WITHHELD_SIZE, (), own, (), ())
        boxes = [mark.box for mark in marked.marks]
        gone = {index for index, word in enumerate(page.words) if is_removed(word, boxes)}
        kept = tuple(word for index, word in enumerate(page.words) if index not in gone)
        self._vocabulary.keep(word.text for word in kept)
        self._vocabulary.remove(page.words[index].text for index in sorted(gone))
        marks = tuple(
            (mark.box.clamp(page.width, page.height), mark.kind != "box") for mark in marked.marks
        )
        lines = self._report.lines[place] if self._report.lines else ()
        return PageCase(
            number, marked.source, marked.index, page.width, page.height, kept, tuple(stamp),
            marks, self._report.areas[place], lines,
        )  # fmt: skip

    def _check_own_words(self, own: list[int]) -> None:
        """The school's own pages and the bookmarks name nothing that was removed."""
        hidden = self._vocabulary.distinctive()
        for title, page in self._bookmarks:
            if title not in {FRONT_TITLE, BACK_TITLE} and names_any(title, hidden):
                raise Flaw("named", page + 1)
        document = pdfium.PdfDocument(self._file)
        try:
            for number in own:
                page_text = document[number - 1].get_textpage().get_text_range()
                if hidden & tokens(page_text):
                    raise Flaw("named", number)
        finally:
            document.close()


def _agree(planned: PlannedPage, marked: MarkedPage) -> bool:
    """Whether a page is planned as the tables have it."""
    if (planned.source, planned.index, planned.page) != (
        marked.source,
        marked.index,
        marked.page,
    ) or planned.withheld != marked.withheld:
        return False
    if planned.withheld is not None:
        return True
    wanted = Counter((mark.box, mark.kind, mark.code) for mark in marked.marks)
    return wanted == Counter((mark.box, mark.kind, mark.code) for mark in planned.marks)


def _page_count(content: bytes | None) -> int:
    if not content:
        return 0
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
