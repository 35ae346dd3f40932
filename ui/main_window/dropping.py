"""Files dropped anywhere on the window: the school's own forms find their page by their code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData

from dpdesk.consents.form_pile import FormRead
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, listed
from dpdesk.overview.figures_file import ENDING
from dpdesk.requests.form_service import ReturnedForm
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.dropped import Loose, files, is_loose, loose

RETURNED, SCANNED, BESIDE = "returned_forms", "consent_scans", "beside"
"""The pages of forms for the public, of consent forms, and of reports side by side."""
_NO_FORM: Final = (
    "is no form that was made here. To file a document, open the request or entry that it belongs "
    "to and drop it there."
)


@dataclass(slots=True)
class SortedForms:
    """What was found in files: forms by their page, and the names of what is none."""

    returned: list[ReturnedForm] = field(default_factory=list)
    scanned: list[FormRead] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Dropping:
    """Takes what is dropped where no page takes it. ``page`` makes or finds a page by its name."""

    def __init__(self, desk: Desk, around: Surroundings, page: Callable[[str], Any]) -> None:
        self._desk, self._around, self._page = desk, around, page

    def takes(self, dropped: QMimeData) -> bool:
        """Is there a file among it?"""
        return bool(files(dropped)) or is_loose(dropped)

    def take(self, dropped: QMimeData) -> None:
        """Sorts the files beside the window, and opens the page that they belong to."""
        given: Sequence[Path | Loose] = files(dropped) or loose(dropped)
        figures = [each for each in given if isinstance(each, Path) and _are_figures(each)]
        if figures:
            self._around.navigator.open_page(BESIDE)
            self._page(BESIDE).read_files(figures)
        rest = [each for each in given if each not in figures]
        if rest:
            self._around.tasks.run(
                lambda progress: self.sort(rest, progress),
                title="Looking for forms",
                on_success=self._sorted,
            )

    def sort(self, given: Sequence[Path | Loose], progress: Progress) -> SortedForms:
        """Reads every file. Nothing is recorded."""
        found = SortedForms()
        for number, each in enumerate(given):
            progress.step("Looking for forms", number, len(given))
            try:
                self._sort(each, found, progress)
            except DpdeskError as error:
                progress.check_cancelled()
                found.faults.append(f"{each.name}: {error}")
        return found

    def _sort(self, given: Path | Loose, found: SortedForms, progress: Progress) -> None:
        def cancelled() -> bool:
            return progress.cancelled

        forms = self._desk.requests.forms
        if isinstance(given, Loose):
            pages = forms.read_content(given.name, given.content or b"", cancelled=cancelled)
        else:
            pages = forms.read(given, cancelled=cancelled)
        ours = [page for page in pages if page.form]
        if ours:
            found.returned += ours
            return
        # A form of consent has a code as well, of another kind; a Word file is never one.
        if isinstance(given, Path) and given.suffix.lower() != ".docx":
            scans = self._desk.consents.forms.read(given, cancelled=cancelled)
            if any(page.pupil for page in scans):
                found.scanned += scans
                return
        found.others.append(given.name)

    def _sorted(self, found: SortedForms) -> None:
        told = list(found.faults)
        if found.others:
            told.append(f"{listed(found.others)} {_NO_FORM}")
        if found.scanned:
            self._around.navigator.open_page(SCANNED)
            self._page(SCANNED).take(found.scanned)
        if found.returned:
            self._around.navigator.open_page(RETURNED)
            self._page(RETURNED).take(found.returned)
            if found.scanned:
                waiting = count(len(found.scanned), "page")
                told.append(f"{waiting} of consent forms wait in Consents > Scanned forms.")
        if told:
            self._around.messages.say(" ".join(told), tone="warn")


def _are_figures(path: Path) -> bool:
    return path.name.casefold().endswith(ENDING)
