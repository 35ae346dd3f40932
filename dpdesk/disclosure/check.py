"""The independent check of a finished bundle. It stands between building and release.

Reads the finished file with other libraries than those that wrote it, and starts from the
plan, not from what the builder says it did. Whatever is not known to be right is refused.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf
import pypdfium2 as pdfium

from dpdesk.disclosure.bundle import BACK_TITLE, FRONT_TITLE
from dpdesk.disclosure.check_file import Flaw, check_bytes
from dpdesk.disclosure.check_page import PageCase, check_page, plain
from dpdesk.disclosure.check_structure import Structure
from dpdesk.disclosure.crew import Crew, Hands, default_workers
from dpdesk.disclosure.plan import (
    WITHHELD_SIZE,
    BundlePlan,
    BundleReport,
    PlannedPage,
    SetLine,
    number_list,
    stamp_text,
    withheld_lines,
)
from dpdesk.documents.pages import Box, Word
from dpdesk.errors import ReleaseRefused

_REOPEN = 100  # pages
SENTENCES = {
    "word": "A word that was removed, or was never let through, can be read in the bundle",
    "pixel": "A marked place is not solid black in the bundle",
    "foreign": "The bundle holds something that was not put there by dpdesk",
    "damaged": "Part of the bundle cannot be read back",
    "revision": "The bundle holds an earlier revision or bytes after its end",
    "changed": "The bundle is not the file that was written",
    "pages": "The bundle does not have the pages of its plan",
    "named": "A cover page or bookmark of the bundle uses a word that was removed from a page",
}
_NEXT = {
    "named": "Give the document a neutral title, or leave that word visible.",
}
_BUILD_AGAIN = (
    "Nothing was released. Build the bundle again; if it is refused again, withhold the page."
)


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


class CheckingHands(Hands[PageCase]):
    """Checks pages in a worker; opens the file once, with two libraries."""

    def __init__(self, says: dict[int, str]) -> None:
        self._says = says
        self._lent: Callable[[], BinaryIO] | None = None
        self._pdf: Any = None
        self._drawn: Any = None
        self._done = 0

    def attach(self, lent: Callable[[], BinaryIO]) -> None:
        """Takes the finished file."""
        self._lent = lent

    def _open(self) -> None:
        """Opens the file afresh now and then: both libraries keep all that they ever read."""
        assert self._lent is not None
        if self._pdf is not None:
            self._pdf.close()
            self._drawn.close()
        self._pdf = pikepdf.Pdf.open(self._lent(), attempt_recovery=False)
        self._drawn = pdfium.PdfDocument(self._lent())

    def __call__(self, case: PageCase, /) -> bytes:
        """Checks one page; answers with its objects, or with what is wrong."""
        if self._done % _REOPEN == 0:
            self._open()
        self._done += 1
        try:
            own = check_page(self._pdf, self._drawn, case, self._says)
        except Flaw as flaw:
            return json.dumps({"flaw": flaw.kind, "page": case.number}).encode("ascii")
        return json.dumps({"own": own}).encode("ascii")


def check(
    plan: BundlePlan,
    report: BundleReport,
    finished: BinaryIO,
    *,
    workers: int = 0,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CheckReport:
    """Checks a finished bundle against its plan; ``finished`` is open and can be read anywhere.

    Raises ReleaseRefused, with the numbers of the pages, when a removed word can be read, a
    marked pixel is not black, or anything is in the file that was not put there. Raises
    Cancelled. Anything unexpected is a refusal too.
    """
    try:
        return _Check(plan, report, finished).run(workers or default_workers(), progress, cancelled)
    except Flaw as flaw:
        raise refusal(flaw.kind, [flaw.page]) from None
    except (pikepdf.PdfError, pdfium.PdfiumError, OSError) as fault:
        raise refusal("damaged", []) from fault
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as fault:
        raise refusal("foreign", []) from fault


class _Check:
    def __init__(self, plan: BundlePlan, report: BundleReport, file: BinaryIO) -> None:
        self._plan, self._report, self._file = plan, report, file
        self._before = _page_count(plan.front)
        self._after = _page_count(plan.back)
        self._planned = len(plan.pages)
        self._total = self._before + self._planned + self._after
        self._vocabulary = _Vocabulary(plan)
        self._bookmarks: list[tuple[str, int]] = []

    def run(
        self,
        workers: int,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> CheckReport:
        report = self._report
        if report.pages != self._total or len(report.areas) != self._planned:
            raise Flaw("pages")
        if len(report.lines) not in {0, self._planned}:
            raise Flaw("pages")
        objects = check_bytes(self._file, report.sha256, report.size)
        with pikepdf.Pdf.open(self._file, attempt_recovery=False) as pdf:
            if len(pdf.pages) != self._total:
                raise Flaw("pages")
            structure = Structure(pdf)
            says = structure.unseen_codes(self._before + 1)
            burnt = self._check_pages(CheckingHands(says), (workers, progress, cancelled))
            if self._before:
                self._bookmarks.insert(0, (FRONT_TITLE, 0))
            if self._after:
                self._bookmarks.append((BACK_TITLE, self._before + self._planned))
            after = range(self._before + self._planned + 1, self._total + 1)
            own = [*range(1, self._before + 1), *after]
            structure.check(self._plan.heading, self._bookmarks, own)
            structure.check_all_used(burnt)
        self._check_own_words(own)
        areas = sum(len(boxes) for boxes in report.areas)
        return CheckReport(
            report.sha256,
            self._total,
            objects,
            areas,
            f"{self._total} pages and {areas} burnt places were read back: no removed word, "
            "no pixel that is not black, nothing foreign.",
        )

    def _check_pages(
        self,
        hands: CheckingHands,
        how: tuple[int, Callable[[int, int], None] | None, Callable[[], bool] | None],
    ) -> list[int]:
        workers, progress, cancelled = how
        burnt: list[int] = []
        flaws: dict[str, list[int]] = {}
        crew = Crew(
            hands,
            workers=min(workers, self._planned),
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
                    burnt.extend(int(number) for number in found["own"])
                if progress:
                    progress(done, self._planned)
        for kind in SENTENCES:
            if kind in flaws:
                raise refusal(kind, flaws[kind])
        if flaws:
            raise refusal("foreign", [page for pages in flaws.values() for page in pages])
        return burnt

    def _cases(self) -> Iterator[PageCase]:
        for place, planned in enumerate(self._plan.pages):
            number = self._before + place + 1
            if planned.starts:
                self._bookmarks.append((planned.starts, number - 1))
            lines = self._report.lines[place] if self._report.lines else ()
            yield self._case(planned, number, self._report.areas[place], lines)

    def _case(
        self,
        planned: PlannedPage,
        number: int,
        areas: tuple[Box, ...],
        lines: tuple[SetLine, ...],
    ) -> PageCase:
        stamp = stamp_text(self._plan, planned, number, self._total).split()
        page = planned.page
        if planned.withheld is not None:
            told = withheld_lines(self._plan, planned, number)
            self._vocabulary.hide(word.text for word in page.words)
            return PageCase(number, *WITHHELD_SIZE, (*" ".join(told).split(), *stamp), (), ())
        boxes = [mark.box for mark in planned.marks]
        gone = {index for index, word in enumerate(page.words) if _removed(word, boxes)}
        kept = [word.text for index, word in enumerate(page.words) if index not in gone]
        self._vocabulary.keep(kept)
        self._vocabulary.remove(page.words[index].text for index in gone)
        return PageCase(
            number, page.width, page.height, (*kept, *stamp),
            tuple(mark.box.clamp(page.width, page.height) for mark in planned.marks), areas,
            lines,
        )  # fmt: skip

    def _check_own_words(self, own: list[int]) -> None:
        """The school's own pages and the bookmarks name nothing that was removed."""
        named = self._vocabulary.removed()
        for title, page in self._bookmarks:
            if title not in {FRONT_TITLE, BACK_TITLE} and named & _tokens(title):
                raise Flaw("named", page + 1)
        hidden = self._vocabulary.distinctive()
        document = pdfium.PdfDocument(self._file)
        try:
            for number in own:
                page_text = document[number - 1].get_textpage().get_text_range()
                if hidden & _tokens(page_text):
                    raise Flaw("named", number)
        finally:
            document.close()


class _Vocabulary:
    """Words let through and words removed, each once, to tell what must not be named."""

    def __init__(self, plan: BundlePlan) -> None:
        own = (plan.reference, plan.heading, FRONT_TITLE, BACK_TITLE, *plan.reasons.values())
        self._own = {_folded(word) for text in own for word in text.split()}
        self._own |= {_folded(word) for word in plan.own_words}
        self._kept: set[str] = set()
        self._removed: set[str] = set()

    def keep(self, words: Iterable[str]) -> None:
        """Words that may be read in the bundle."""
        self._kept.update(words)

    def remove(self, words: Iterable[str]) -> None:
        """Words that marks removed."""
        self._removed.update(_folded(word) for word in words if _tells(word))

    def hide(self, words: Iterable[str]) -> None:
        """Words of a withheld page: most are ordinary, so only those with figures count."""
        self._removed.update(
            _folded(word) for word in words if sum(sign.isdigit() for sign in word) >= 4
        )

    def removed(self) -> set[str]:
        """Words that were removed and stand on no page of the bundle."""
        return self._removed - {_folded(word) for word in self._kept}

    def distinctive(self) -> set[str]:
        """Those of them that the school's own pages do not need either."""
        return self.removed() - self._own


def _tells(word: str) -> bool:
    """Whether a word may tell who is meant: a name or a number, not an everyday word."""
    core = word.strip("\"'“”‘’().,;:!?")
    figures = sum(sign.isdigit() for sign in core)
    return figures >= 4 or (len(core) >= 3 and not core.islower() and not core.isnumeric())


def _folded(word: str) -> str:
    folded = plain(word).casefold().strip("\"'“”‘’().,;:!?<>[]")
    return folded.removesuffix("'s").removesuffix("’s")


def _tokens(text: str) -> set[str]:
    return {_folded(word) for word in text.split()}


def _removed(word: Word, boxes: Sequence[Box]) -> bool:
    """Whether a mark lies on the middle of a word or on half of it."""
    box = word.box
    left, top, right, bottom = box.x0, box.y0, box.x1, box.y1
    for over in boxes:
        if over.y0 >= bottom or over.y1 <= top or over.x0 >= right or over.x1 <= left:
            continue
        if over.x0 < (left + right) / 2 < over.x1 and over.y0 < (top + bottom) / 2 < over.y1:
            return True
        across = min(over.x1, right) - max(over.x0, left)
        down = min(over.y1, bottom) - max(over.y0, top)
        if across * down >= (right - left) * (bottom - top) / 2 > 0:
            return True
    return False


def _page_count(content: bytes | None) -> int:
    if not content:
        return 0
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
