"""The box that says that the program is at fault. Loaded only when that happens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from ui.kit.look.theme import HUGE, MEDIUM
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row, words
from ui.kit.pieces.low import resize_within


class CrashDialog(QDialog):
    """Says what happened, that nothing saved is lost, and what to do next."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("dpdesk")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Report of the fault")
        self.copy = button("Copy the report", "mdi6.content-copy", does=self._copy)
        self.go_on = button("Continue", role="primary", does=self.accept)
        self.leave = button("Close dpdesk", does=self._leave)
        layout = column(
            words("Something went wrong in dpdesk", "title"),
            help_words(
                "This is a fault in the program, not something you did. What you saved "
                "is safe, and "
                "what you were typing is kept and offered again. You can continue; if it happens "
                "again, close dpdesk and start it again.",
                "",
            ),
            help_words(
                "The report contains only lines of the program and nothing that the school has "
                "recorded. Copy it for whoever looks after your computers."
            ),
            self.text,
            row(self.copy, None, self.leave, self.go_on, space=MEDIUM),
            space=MEDIUM,
        )
        layout.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        self.setLayout(layout)
        resize_within(self, 640, 460)
        self.go_on.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")

    def _leave(self) -> None:
        self.accept()
        QApplication.closeAllWindows()
