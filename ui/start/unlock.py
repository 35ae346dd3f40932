"""Asks for the passphrase: when the program starts, and after it locked itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.kit.look.theme import TINY
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row
from ui.kit.pieces.passphrases import QuestionField
from ui.start.frame import StartPage
from ui.start.schools import SchoolList

_FIRST_PAUSE = 1000
_LONGEST_PAUSE = 8000
"""Milliseconds before another try; each wrong passphrase doubles it."""


class PassphrasePage(StartPage):
    """One passphrase and a button; ``given`` carries what was typed."""

    given = Signal(str)
    help_page = "passphrase"

    def __init__(self, title: str, under: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, under, parent)
        self.passphrase = QuestionField("Passphrase", hidden=True)
        self.passphrase.line.returnPressed.connect(self.give)
        self.go = button("Unlock", "mdi6.lock-open-variant-outline", role="primary", does=self.give)
        self.card.add(self.passphrase)
        self.card.add(row(self.go, None))
        self._wrong = 0
        self._said = ""
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._try_again)

    def begin(self) -> None:
        """The keyboard goes to the passphrase."""
        self.passphrase.line.setFocus()

    def give(self) -> None:
        """Hands the passphrase over, unless none is typed or a try is still running."""
        if not self.go.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.wrong("Type the passphrase first.")
            return
        self.set_busy(True)
        self.given.emit(self.passphrase.text())

    def set_busy(self, busy: bool) -> None:
        """While the passphrase is tried: calm words, and no second try."""
        self.go.setEnabled(not busy)
        self.go.setText("Opening…" if busy else "Unlock")
        self.passphrase.line.setReadOnly(busy)
        if not busy and self.isVisible():
            self.begin()

    def _try_again(self) -> None:
        self.passphrase.wrong(f"{self._said} Check Caps Lock, then try again.")
        self.set_busy(False)

    def refuse(self, sentence: str) -> None:
        """It was wrong: says so, and for how long no other is tried, which grows each time."""
        pause = min(_FIRST_PAUSE << self._wrong, _LONGEST_PAUSE)
        self._wrong += 1
        self.passphrase.line.selectAll()
        seconds = "1 second" if pause == _FIRST_PAUSE else f"{pause // 1000} seconds"
        self._said = sentence
        self.passphrase.wrong(f"{sentence} You can try again in {seconds}.")
        self.go.setText("One moment…")
        self._wait.start(pause)

    def fail(self, sentence: str) -> None:
        """Something else stood in the way."""
        self.set_busy(False)
        self.complain(sentence)

    def clear(self) -> None:
        """Forgets what was typed and how often it was wrong."""
        self._wrong = 0
        self._wait.stop()
        self.banner.hide()
        self.passphrase.clear()
        self.set_busy(False)


class UnlockPage(PassphrasePage):
    """The first page of every day."""

    lost = Signal()
    elsewhere = Signal()
    more = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Unlock dpdesk", " ", parent)
        self.schools = SchoolList()
        # Above the passphrase: first which school, then its passphrase.
        self.card.body.insertWidget(self.card.body.indexOf(self.passphrase), self.schools)
        self.card.add(
            column(
                button("I have lost my passphrase", role="link", does=self.lost.emit),
                button("Open another workspace", role="link", does=self.elsewhere.emit),
                button("Set up, try the example, or restore", role="link", does=self.more.emit),
                space=TINY,
            )
        )

    def show_folder(self, folder: Path) -> None:
        """Names the workspace; nothing else of it can be read yet."""
        self.under.setText(f"Workspace: {folder}")
        self.under.setToolTip(str(folder))


class LockedPage(PassphrasePage):
    """Stands over everything while the program is locked."""

    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Locked",
            "Everything is as you left it, including anything you were typing.",
            parent,
        )
        self.card.add(
            help_words(
                "If it is lost: close dpdesk, start it again and choose “I have lost my "
                "passphrase”. Anything you were typing is kept and offered again."
            )
        )
        self.card.add(row(button("Close dpdesk", role="link", does=self.leave.emit), None))
