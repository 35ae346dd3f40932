"""Title, date and sender of a document, put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from dpdesk.documents.service import DocumentCard, DocumentService
from dpdesk.errors import DpdeskError
from dpdesk.law.dates import read_date
from dpdesk.law.words import short_date
from ui.kit.look.theme import HUGE, MEDIUM
from ui.kit.pieces.cards import column, help_words, words


class DocumentDialog(QDialog):
    """Asks what the contents of a bundle call a document, and when and by whom it was written."""

    def __init__(
        self,
        documents: DocumentService,
        card: DocumentCard,
        now: Callable[[], dt.datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._card = card
        self._now = now
        self.setWindowTitle("dpdesk")
        self.setModal(True)
        self.title = _line("Title", card.title or "")
        self.title.setPlaceholderText("School report, autumn 2025")
        self.dated = _line("Date", _shown(card.dated))
        self.writer = _line("Sender or writer", card.sender)
        form = QFormLayout()
        for entry in (self.title, self.dated, self.writer):
            label = QLabel(f"{entry.accessibleName()}:")
            label.setBuddy(entry)
            form.addRow(label, entry)
        self.fault = words("", "error", wraps=True)
        self.fault.hide()
        layout = column(words("What is this document?", "heading"), space=MEDIUM)
        layout.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        layout.addWidget(
            help_words(
                "The requester sees the title and the date in the bundle’s list of contents, after "
                "the number. Do not include anyone else’s name in the title. Only you see the "
                "sender."
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.fault)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self.setLayout(layout)

    def accept(self) -> None:
        """Saves; what cannot be saved is said, and stays as it was typed."""
        try:
            self._documents.describe(
                self._card.id, self.title.text(), self._read_date(), self.writer.text()
            )
        except (DpdeskError, ValueError) as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        super().accept()

    def _read_date(self) -> str:
        typed = self.dated.text().strip()
        if typed == _shown(self._card.dated):
            return self._card.dated  # with its time of day, which is not shown here
        return read_date(typed, self._now().date()).isoformat() if typed else ""


def _line(name: str, text: str) -> QLineEdit:
    entry = QLineEdit(text)
    entry.setAccessibleName(name)
    entry.setMinimumWidth(320)
    return entry


def _shown(dated: str) -> str:
    return short_date(dt.datetime.fromisoformat(dated).date()) if dated else ""
