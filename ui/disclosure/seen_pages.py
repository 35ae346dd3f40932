"""What of the pages stands on an earlier one, and where the person is named, for one sitting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dpdesk.disclosure.sorting_service import Sorted
from dpdesk.errors import Cancelled, DpdeskError
from ui.disclosure.sitting import Sitting
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task

if TYPE_CHECKING:
    from dpdesk.desk import Desk


@dataclass(frozen=True, slots=True)
class SeenHere:
    """Words of this page (by their places) that stand on an earlier page, by its number."""

    first: int
    last: int
    number: int


class SeenPages(QObject):
    """Asks for it beside the window. ``changed``: there is something else to show."""

    changed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._desk, self._around, self._sitting = desk, around, sitting
        self._found = Sorted()
        self._task: Task | None = None
        self._gone = self._again = False
        self._shape: tuple[tuple[int, int], ...] = ()

    @property
    def sought(self) -> bool:
        """Has anybody looked where the person is named?"""
        return any(each.named is not None for each in self._found.documents)

    def look(self) -> None:
        """Compares the documents again, beside the window."""
        if self._gone or not self._sitting.pages:
            return
        if self._task is not None:
            self._again = True
            return
        service, entry_id = self._desk.disclosure.sorting, self._sitting.entry_id

        def work(progress: Progress) -> Sorted:
            return service.look(
                entry_id, step=lambda done, of: progress.step("Comparing the documents", done, of)
            )

        self._task = self._around.tasks.run(
            work,
            title="Comparing the documents",
            on_success=self._looked,
            on_error=self._failed,
            on_finished=self._over,
        )

    def follow(self) -> None:
        """Looks again where pages came or went since."""
        shape = tuple((page.document_id, page.page) for page in self._sitting.pages)
        if shape != self._shape:
            self._shape = shape
            self.look()

    def leave(self) -> None:
        """The workbench is closed."""
        self._gone = True
        if self._task is not None:
            self._task.cancel()

    def _looked(self, found: Sorted) -> None:
        if not self._gone:
            self._found = found

    def _failed(self, error: BaseException) -> None:
        # The pages can be read without it; what is wrong with them is told elsewhere.
        if not isinstance(error, (DpdeskError, Cancelled)):
            raise error

    def _over(self) -> None:
        self._task = None
        if self._gone:
            return
        if self._again:
            self._again = False
            self.look()
            return
        self.changed.emit()

    def here(self) -> tuple[SeenHere, ...]:
        """What of this page stands on one before it."""
        page = self._sitting.now
        if page is None:
            return ()
        numbers = {(each.document_id, each.page): each.number for each in self._sitting.pages}
        found = []
        for run in self._found.seen.get((page.document_id, page.page), ()):
            number = numbers.get((run.document_id, run.page), 0)
            if 0 < number < page.number:
                found.append(SeenHere(run.first, run.last, number))
        return tuple(found)

    def named(self) -> tuple[tuple[int, ...], ...]:
        """Where on this page the person is named: indexes of words."""
        page = self._sitting.now
        if page is None:
            return ()
        return self._found.named_on.get((page.document_id, page.page), ())
