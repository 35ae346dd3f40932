"""A look at a document beside the list, so that it can be judged before it is set aside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dpdesk.disclosure.sorting_service import SortedDocument
from ui.disclosure.page_artist import PageArtist, PageSource
from ui.disclosure.page_viewer import PageViewer
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, set_role
from ui.kit.pieces.buttons import icon_button
from ui.kit.pieces.cards import help_words, row, words

if TYPE_CHECKING:
    from dpdesk.desk import Desk


class SortLook(QFrame):
    """The pages of one document, one after the other."""

    def __init__(self, desk: Desk, artist: PageArtist, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._each: SortedDocument | None = None
        self.page = 0
        set_role(self, "panel")
        self.title = words("", "strong", wraps=True)
        self.about = help_words("")
        self.viewer = PageViewer(artist)
        self.viewer.setAccessibleName("Page of the chosen document")
        self.where = words("", "muted")
        self.before = icon_button("Page before", "mdi6.chevron-left", does=lambda: self.turn(-1))
        self.next = icon_button("Next page", "mdi6.chevron-right", does=lambda: self.turn(1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, MEDIUM)
        layout.setSpacing(SMALL)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addWidget(self.viewer, 1)
        layout.addLayout(row(self.before, self.where, self.next, None))
        self.setMinimumWidth(260)
        self.show_document(None)

    def show_document(self, each: SortedDocument | None) -> None:
        """Shows a document from its first page, or nothing."""
        same = each is not None and self._each is not None and each.card.id == self._each.card.id
        self._each = each
        if not same:
            self.page = 0
        self.title.setText(f"{each.number}. {each.name}" if each else "")
        self.about.setText(_about(each) if each else "")
        if each is None or not each.card.pages:
            self.viewer.show_nothing()
        elif not same:
            self._show()
        self._say()

    def turn(self, by: int) -> None:
        """Shows the next page, or the one before."""
        if self._each is not None:
            self.page = min(max(self.page + by, 0), self._each.card.pages - 1)
            self._show()
            self._say()

    def _show(self) -> None:
        assert self._each is not None
        number = self._each.card.id
        fetch = partial(self._desk.documents.pdf, number)
        source = PageSource(f"document {number}", self.page, fetch)
        self.viewer.show_page(source, self._desk.documents.page(number, self.page))

    def _say(self) -> None:
        pages = self._each.card.pages if self._each is not None else 0
        self.where.setText(f"Page {self.page + 1:,} of {pages:,}" if pages else "")
        self.before.setEnabled(self.page > 0)
        self.next.setEnabled(self.page < pages - 1)


def _about(each: SortedDocument) -> str:
    """What is known of it, in sentences."""
    parts = [each.like_told]
    if each.named is not None:
        times = "once" if each.named == 1 else f"{each.named:,} times"
        parts.append(f"Names the person {times}" if each.named else "Does not name the person")
    if each.unread:
        parts.append("Has pictures that nobody has read: look at them")
    if each.aside is not None:
        parts = [f"Set aside: {each.aside_told}", each.aside.note.rstrip("."), *parts[1:]]
    return "".join(f"{part}. " for part in parts if part).strip()
