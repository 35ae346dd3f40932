"""Finding words in all documents from the workbench, and marking every place at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dpdesk.disclosure.looking import PlaceFound
from dpdesk.disclosure.patterns import form
from dpdesk.errors import Cancelled, DpdeskError
from ui.disclosure.picture_pages import unread
from ui.disclosure.sitting import REGISTER
from ui.kit.pieces.tasks import Progress, Task

if TYPE_CHECKING:
    from ui.disclosure.frame import WorkbenchFrame


class Finder:
    """Joins the field, the list of places and the page of a workbench."""

    def __init__(self, bench: WorkbenchFrame) -> None:
        self._bench = bench
        self._task: Task | None = None
        self._gone = False
        bench.field.asked.connect(self.search)
        bench.field.form_asked.connect(self.search_form)
        found = bench.found
        found.closed.connect(self.close)
        found.opened.connect(self.open)
        found.mark_asked.connect(self.mark)
        found.alone_asked.connect(self.search_alone)
        found.picture_asked.connect(self.show_picture)

    def start_finding(self) -> None:
        """Puts the cursor where the words to find are typed."""
        self._bench.field.line.setFocus()
        self._bench.field.line.selectAll()

    def search(self, sought: str, whole_word: bool) -> None:
        """Finds words in all documents, beside the window."""
        review, entry_id = self._bench.desk.disclosure.review, self._bench.entry_id
        alone: Counter[str] = Counter()

        def work(progress: Progress) -> tuple[PlaceFound, ...]:
            def told(done: int, total: int) -> None:
                progress.step("Searching the pages", done, total)

            return review.find(
                REGISTER, entry_id, sought, whole_word=whole_word, step=told, alone=alone
            )

        self.stop()
        self._task = self._bench.around.tasks.run(
            work,
            title="Searching the pages",
            on_success=lambda hits: self._show_found(f"“{sought}”", hits, alone),
            on_error=self._search_failed,
        )

    def search_form(self, key: str) -> None:
        """Finds everything of one form in all documents: every telephone number, for example."""
        review, entry_id = self._bench.desk.disclosure.review, self._bench.entry_id

        def work(progress: Progress) -> tuple[PlaceFound, ...]:
            def told(done: int, total: int) -> None:
                progress.step("Searching the pages", done, total)

            return review.find_form(REGISTER, entry_id, key, step=told)

        self.stop()
        self._task = self._bench.around.tasks.run(
            work,
            title="Searching the pages",
            on_success=lambda hits: self._show_found(form(key).label, hits, Counter()),
            on_error=self._search_failed,
        )

    def stop(self) -> None:
        """Stops a search that is still going on: it was asked for something else, or left."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def leave(self) -> None:
        """The workbench is closed: what is still found is not shown any more."""
        self._gone = True
        self.stop()

    def _search_failed(self, error: BaseException) -> None:
        if not isinstance(error, DpdeskError):
            raise error
        if self._gone or isinstance(error, Cancelled):
            return
        self._bench.banner.say(str(error), "danger")

    def search_alone(self, name: str) -> None:
        """Finds one word of a name, wherever it stands as a whole word."""
        field = self._bench.field
        field.line.setText(name)
        field.whole.setChecked(True)
        self.search(name, True)

    def _show_found(self, sought: str, hits: tuple[PlaceFound, ...], alone: Counter[str]) -> None:
        if self._gone:
            return
        pages = self._bench.sitting.pages
        pictures = sum(unread(page) for page in pages)
        self._bench.found.show_found(sought, hits, pictures)
        self._bench.found.show_alone(alone)
        self._bench.right.setCurrentWidget(self._bench.found)
        self._bench.tabs.hide()
        self.show_hits()
        (self._bench.found.list if hits else self._bench.field.line).setFocus()
        if hits:
            self._bench.found.list.setCurrentIndex(self._bench.found.model.index(0))

    def close(self) -> None:
        """Shows again what was shown before: marks, or suggestions."""
        self._bench.found.model.show_hits(())
        bench = self._bench
        proposed = bench.tabs.proposed.isChecked()
        bench.right.setCurrentWidget(bench.proposed if proposed else bench.marks)
        bench.tabs.show()
        self.show_hits()
        self._bench.viewer.setFocus()

    def show_hits(self) -> None:
        """Shows on this page what was found and is not marked."""
        page = self._bench.sitting.now
        if page is None:
            return
        boxes = [
            box
            for hit in self._bench.found.model.on_page(page.number)
            if not hit.marked
            for box in self._bench.viewer.boxes(hit.finding.indexes)
        ]
        self._bench.viewer.show_hits(boxes)

    def open(self, hit: PlaceFound) -> None:
        """Goes to a place that was found."""
        now = self._bench.sitting.now
        if now is None or now.number != hit.number:
            self._bench.sitting.go_to(hit.number)
        self._bench.viewer.reveal(self._bench.viewer.boxes(hit.finding.indexes)[0])

    def mark(self, hits: tuple[PlaceFound, ...]) -> None:
        """Marks places that were found, for the reason that is chosen."""
        if self._bench.sitting.mark_found(hits, self._bench.foot.reason.code):
            self.close()
            self._bench.field.line.clear()

    def show_picture(self) -> None:
        """Shows the first page that no search can read, those not looked at first."""
        pages = self._bench.sitting.pages
        waiting = [p for p in pages if unread(p)]
        unseen = [p for p in waiting if not self._bench.sitting.seen(p)]
        for page in (*unseen, *waiting)[:1]:
            self._bench.sitting.go_to(page.number)
