"""Plain questions of one line, and a new passphrase typed twice; light enough for the first window.

Forms of registers are made by :mod:`ui.kit.register.form`; these questions belong to no register.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.kit.look.theme import MEDIUM, TINY, set_invalid
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import icon_option
from ui.kit.pieces.cards import column, help_words, row, words
from ui.kit.pieces.keys import last_keys


class QuestionField(QWidget):
    """A label, help, one line, and what is wrong with it."""

    def __init__(
        self,
        label: str,
        help_text: str = "",
        *,
        hidden: bool = False,
        needed: bool = False,
        example: str = "",
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = words(label, "label")
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self._told = " ".join(part for part in ("Required." if needed else "", help_text) if part)
        self.line.setAccessibleDescription(self._told)
        self.line.setPlaceholderText(example)
        self.label.setBuddy(self.line)
        self.needed = needed
        self.note = words("", "help", wraps=True)
        self.note.hide()
        self.error = words("", "error", wraps=True)
        self.error.hide()
        head = row(self.label, None)
        if needed:
            head.insertWidget(1, words("required", "help"))
        line = row(self.line)
        if hidden:
            self._hide_letters(line.addWidget)
        if beside is not None:
            line.addWidget(beside)
        layout = column(head, space=TINY)
        if help_text:
            layout.addWidget(help_words(help_text))
        layout.addLayout(line)
        layout.addWidget(self.note)
        layout.addWidget(self.error)
        self.setLayout(layout)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _text: self.wrong(""))

    def _hide_letters(self, put: Callable[[QWidget], object]) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = icon_option(
            f"Show what is typed as {self.label.text().lower()}",
            "mdi6.eye-outline",
            picked=self._turn,
        )
        # Whoever types goes on with Tab to the next line, and must not type into a button.
        last_keys(self.eye)
        put(self.eye)

    def _turn(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)

    def text(self) -> str:
        """What is typed, without spaces around it; a passphrase as it stands."""
        typed = self.line.text()
        return typed if hasattr(self, "eye") else typed.strip()

    def path(self) -> Path:
        """The file or folder that is typed, also where it was copied with quotes round it."""
        return Path(self.text().strip("\"“”'")).expanduser()

    def wrong(self, sentence: str) -> None:
        """Says what is wrong; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        set_invalid(self.line, bool(sentence))
        problem = f"Problem: {sentence}" if sentence else ""
        told = " ".join(part for part in (problem, self._told) if part)
        if told != self.line.accessibleDescription():
            self.line.setAccessibleDescription(told)
            # The keyboard stays in the line, so nothing else would read it.
            announce(self.line, problem, urgent=True)

    def answered(self) -> bool:
        """Is there an answer? Where one is needed and missing, it says so."""
        if self.needed and not self.text():
            self.wrong(f"“{self.label.text()}” needs an answer.")
            return False
        return True

    def say(self, sentence: str) -> None:
        """A line below that is no complaint."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def clear(self) -> None:
        """Forgets what was typed, and what could be brought back by Undo."""
        self.line.setText("")
        self.wrong("")
        self.say("")


class NewPassphrase(QWidget):
    """A new passphrase, typed twice, with an honest guess at its strength."""

    def __init__(
        self, strength: Callable[[str], tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._strength = strength
        self.first = QuestionField(
            "New passphrase",
            "Four or more unrelated words are easy to remember and hard to guess.",
            hidden=True,
            needed=True,
        )
        self.again = QuestionField("Type it again", hidden=True, needed=True)
        self.first.line.textChanged.connect(self._judge)
        self.setLayout(column(self.first, self.again, space=MEDIUM))
        self.setFocusProxy(self.first)

    def _judge(self, text: str) -> None:
        self.first.say(self._strength(text)[1] if text else "")

    def text(self) -> str:
        """The passphrase, or "" where it cannot be taken yet; then it says why."""
        passphrase = self.first.text()
        points, sentence = self._strength(passphrase)
        if not self.first.answered() or points == 0:
            self.first.wrong(self.first.error.text() or sentence)
            self.first.say("")
            self.first.line.setFocus()
            return ""
        if self.again.text() != passphrase:
            self.again.wrong("The two do not match. Type the second one again.")
            self.again.line.setFocus()
            return ""
        return passphrase

    def clear(self) -> None:
        """Forgets what was typed."""
        self.first.clear()
        self.again.clear()
