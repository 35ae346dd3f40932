"""The box that says that the program is at fault. Loaded only when that happens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from ui.kit.look.theme import HUGE, MEDIUM
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row, words


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
        self.go_on = button("Go on", role="primary", does=self.accept)
        self.leave = button("Close dpdesk", does=self._leave)
        layout = column(
            words("Something went wrong in dpdesk", "title"),
            help_words(
                "This is a fault of the program, not yours. What was saved is safe, and what was "
                "half typed is kept and offered again. You can go on; if it happens again, close "
                "dpdesk and start it afresh.",
                "",
            ),
            help_words(
                "The report names lines of the program only: nothing of what the school has "
                "recorded is in it. Copy it for whoever looks after your dpdesk."
            ),
            self.text,
            row(self.copy, None, self.leave, self.go_on, space=MEDIUM),
            space=MEDIUM,
        )
        layout.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        self.setLayout(layout)
        self.resize(640, 460)
        self.go_on.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")

    def _leave(self) -> None:
        self.accept()
        QApplication.closeAllWindows()
