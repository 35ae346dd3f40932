"""Draws pages beside the window, ahead of the eye, and keeps the last ones.

One thread asks the worker process for bitmaps. What is looked at comes first; the pages beside
it follow, so that turning a page finds it drawn.
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from dpdesk.documents.render import PageRenderer
from dpdesk.errors import DpdeskError
from ui.kit.pieces.printing import image_of

_KEPT: Final = 64_000_000
"""Bytes of drawn pages that are kept: some twenty pages of an ordinary screen."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """One page of a PDF: the name of the PDF, how to fetch its bytes, and which page (from 0)."""

    key: str
    index: int
    fetch: Callable[[], bytes] = field(compare=False)


Drawing = tuple[PageSource, int]
"""A page and the width in pixels in which it is wanted."""
Question = tuple[str, dict[str, Any], bytes]
"""What the worker is asked about a page: a task, its request, and bytes for it."""


class PageArtist(QObject):
    """Draws pages on a thread of its own. Shut it down with the page that made it.

    ``drawn`` carries page, width and image; ``failed`` page, width and the DpdeskError;
    ``told`` a page and what the worker answered about it.
    """

    drawn = Signal(object, int, object)
    told = Signal(object, object)
    failed = Signal(object, int, object)
    _arrived = Signal(object, int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = PageRenderer()
        self._wanted: list[Drawing] = []
        self._question: tuple[PageSource, Question] | None = None
        self._kept: OrderedDict[Drawing, QImage] = OrderedDict()
        self._bell = threading.Condition()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._draw, name="pages", daemon=True)
        self._thread.start()
        self._arrived.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def image(self, page: PageSource, width: int) -> QImage | None:
        """The page if it is drawn already."""
        with self._bell:
            found = self._kept.get((page, width))
            if found is not None:
                self._kept.move_to_end((page, width))
            return found

    def ask(self, wanted: Sequence[Drawing]) -> None:
        """Asks for pages, the most urgent first; what was asked for before is dropped."""
        with self._bell:
            self._wanted = [drawing for drawing in wanted if drawing not in self._kept]
            self._bell.notify()

    def ask_about(self, page: PageSource, question: Question) -> None:
        """Asks the worker something about a page, once what is wanted is drawn.

        A question that was not answered yet is dropped. Where it cannot be answered nothing is
        told: that the page cannot be drawn is said already.
        """
        with self._bell:
            self._question = page, question
            self._bell.notify()

    def forget(self) -> None:
        """Forgets every drawn page; when the window locks."""
        with self._bell:
            self._wanted.clear()
            self._question = None
            self._kept.clear()

    def shut_down(self) -> None:
        """Ends the thread and the worker."""
        with self._bell:
            self._over.set()
            self._wanted.clear()
            self._kept.clear()
            self._bell.notify()
        self._thread.join()
        self._renderer.shut_down()

    # --- on the thread -------------------------------------------------------------------

    def _draw(self) -> None:
        # Without a worker every page says so when it is asked for.
        with contextlib.suppress(DpdeskError):
            self._renderer.start()
        while True:
            with self._bell:
                while not self._wanted and not self._question and not self._over.is_set():
                    self._bell.wait()
                if self._over.is_set():
                    return
                drawing = self._wanted.pop(0) if self._wanted else None
                asked = None
                if drawing is None:
                    asked, self._question = self._question, None
            if asked is not None:
                self._answer(*asked)
            if drawing is None:
                continue
            page, width = drawing
            image: QImage | None = None
            fault: BaseException | None = None
            try:
                self._renderer.open(page.key, page.fetch)
                image = image_of(self._renderer.render(page.key, page.index, width=width))
            except BaseException as raised:  # noqa: BLE001  # travels to the window, never lost here
                fault = raised
            with self._bell:
                if self._over.is_set():
                    return
                if image is not None:
                    self._keep(drawing, image)
            self._arrived.emit(page, width, image, fault)

    def _answer(self, page: PageSource, question: Question) -> None:
        with contextlib.suppress(DpdeskError):
            self._renderer.open(page.key, page.fetch)
            answer = self._renderer.ask(page.key, page.index, question)
            if not self._over.is_set():
                self.told.emit(page, answer)

    def _keep(self, drawing: Drawing, image: QImage) -> None:
        self._kept[drawing] = image
        while len(self._kept) > 1 and sum(i.sizeInBytes() for i in self._kept.values()) > _KEPT:
            self._kept.popitem(last=False)

    # --- on the thread of the window -----------------------------------------------------

    @Slot(object, int, object, object)
    def _arrive(
        self, page: PageSource, width: int, image: QImage | None, fault: BaseException | None
    ) -> None:
        if image is not None:
            self.drawn.emit(page, width, image)
        elif isinstance(fault, DpdeskError):
            self.failed.emit(page, width, fault)
        elif fault is not None:
            raise fault
