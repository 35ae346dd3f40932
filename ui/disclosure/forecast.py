"""How the page that is looked at would be released, worked out beside the window."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from dpdesk.disclosure.looking import Mark, released_areas
from dpdesk.disclosure.outlook import Outlook, answered, asked
from ui.disclosure.page_artist import PageArtist, PageSource
from ui.disclosure.sitting import Sitting

_PAUSE: Final = 400
"""Milliseconds that a page is looked at before it is worked out unasked."""


class Forecast(QObject):
    """Knows the page of a sitting as it would be released.

    ``known``: it was worked out, or is not known any more.
    """

    known = Signal()

    def __init__(self, sitting: Sitting, artist: PageArtist, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._artist = sitting, artist
        self._asked: tuple[PageSource, tuple[Mark, ...]] | None = None
        self._outlook: Outlook | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.ask)
        artist.told.connect(self._learn)
        sitting.turned.connect(self._pause.start)
        sitting.marked.connect(self._pause.start)

    def leave(self) -> None:
        """Nothing is asked any more."""
        self._pause.stop()

    def outlook(self) -> Outlook:
        """The page as it would be released; by its marks alone until it is worked out."""
        page = self._sitting.now
        if page is None:
            return Outlook(())
        if self._outlook is not None and self._asked == self._here():
            return self._outlook
        return Outlook(released_areas(self._sitting.words(page).of_file(), self._sitting.marks))

    def ask(self) -> None:
        """Has it worked out, unless it is known or being worked out already."""
        page, here = self._sitting.now, self._here()
        if page is None or here is None or page.withheld or not here[1] or self._asked == here:
            return
        self._asked, self._outlook = here, None
        self._artist.ask_about(here[0], asked(self._sitting.words(page).of_file(), here[1]))

    def _here(self) -> tuple[PageSource, tuple[Mark, ...]] | None:
        page = self._sitting.now
        return None if page is None else (self._sitting.source(page), self._sitting.marks)

    def _learn(self, source: PageSource, answer: dict[str, Any]) -> None:
        here = self._here()
        if here is not None and here == self._asked and here[0] == source:
            self._outlook = answered(answer)
            self.known.emit()
