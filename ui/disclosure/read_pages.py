"""Pages that are pictures, in the workbench: what was read of them, and reading them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.disclosure.frame import WorkbenchFrame

_LOOK: Final = 700
"""Milliseconds between two looks at what was read meanwhile."""


class ReadPages(QObject):
    """Shows what was read as soon as it is there, and has pages read again."""

    def __init__(self, bench: WorkbenchFrame, close_found: Callable[[], object]) -> None:
        super().__init__(bench)
        self._bench, self._close_found = bench, close_found
        self._seen = 0
        self._new_words = False
        """Whether pages of this request were read since suggestions were made."""
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def leave(self) -> None:
        """Looks no more."""
        self._timer.stop()

    def show_words(self) -> None:
        """Shows this page with the words that are known by now; doubtful ones are underlined."""
        sitting, here = self._bench.sitting, self._bench.sitting.now
        if here is not None:
            page = sitting.words(here)
            self._bench.viewer.show_page(sitting.source(here), page)
            boxes = [page.words[place].box for place in sorted(page.doubtful)]
            self._bench.viewer.show_doubtful(boxes)

    def look(self) -> None:
        """Takes up what was read since the last look."""
        reading = self._bench.desk.reading_on
        read = reading.read_since(self._seen)
        if self._new_words and not read and not reading.state().running:
            self._seek()
        if not read:
            return
        self._seen += len(read)
        sitting = self._bench.sitting
        mine = {card.id for card in sitting.documents}
        here = sitting.now
        for document_id, page in read:
            if document_id in mine:
                sitting.forget_words(document_id, page)
                self._new_words = True
        if here is not None and (here.document_id, here.page) in read:
            self.show_words()
            self._bench.marks.refresh()

    def _seek(self) -> None:
        """Suggestions are made afresh once for all that was read, and not while others are made."""
        proposals = self._bench.proposals
        if not proposals.seeking:
            self._new_words = False
            proposals.seek()

    def read_again(self) -> None:
        """Has this page read once more, slower and better."""
        page = self._bench.sitting.now
        if page is None:
            return
        # Its words get other places: what was found among them is looked for again.
        if self._bench.right.currentWidget() is self._bench.found:
            self._close_found()
        self._bench.desk.reading_on.read_again([(page.document_id, page.page)])
        self._bench.around.messages.say(
            "This page is being read again. That takes a few seconds.", tone="info"
        )
