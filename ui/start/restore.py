"""Restoring a backup, and the way in without the passphrase."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from dpdesk import front_door
from ui.kit.look.theme import TINY
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row
from ui.kit.pieces.passphrases import QuestionField
from ui.kit.pieces.prompts import Prompter
from ui.start.frame import StartPage

BACKUPS = "dpdesk backups (*.dpbackup);;All files (*)"
_KEY_HELP = (
    "Eight groups of four letters, from the printed sheet. Capitals, spaces and dashes make no "
    "difference."
)
_KEY_EXAMPLE = "ABCD EFGH …"
_BEFORE, _RESTORED = "Those I used before", "The restored ones"
_TRIED = (
    "The restored ones open now, for you to look at. If you only tried whether the backup can be "
    "restored, stay with those you used before, so that nothing new goes into the copy."
)


def opens_next_time(prompter: Prompter, restored: Path, before: Path | None) -> bool:
    """Is what was just restored to be opened at the next start as well?

    Asked where others were in use ``before`` and are still there: whoever only tried a backup
    would else go on in the old copy, which opens with the same passphrase.
    """
    if before is None or before == restored or not front_door.is_workspace(before):
        return True
    question = "Which records should dpdesk open next time?"
    return prompter.choose(question, (_BEFORE, _RESTORED), details=_TRIED) == _RESTORED


class RestorePage(StartPage):
    """Asks for the file, the folder and a key.

    ``given``: file, folder, passphrase, recovery key; the last two are "" where not used.
    """

    given = Signal(object, object, str, str)

    def __init__(self, prompter: Prompter, parent: QWidget | None = None) -> None:
        super().__init__(
            "Restore a backup",
            "Brings everything back as it was when the backup was made. The backup itself is "
            "not changed.",
            parent,
        )
        self._prompter = prompter
        self.file = QuestionField(
            "Backup file",
            "Its name ends in .dpbackup.",
            needed=True,
            beside=self._chooser("Choose the backup file", self._choose_file),
        )
        self.folder = QuestionField(
            "Folder to restore into",
            "A new or empty folder.",
            needed=True,
            beside=self._chooser("Choose the folder", self._choose_folder),
        )
        self.folder.line.textChanged.connect(self._look_at_folder)
        self.passphrase = QuestionField(
            "Passphrase", "The one you had when the backup was made.", hidden=True
        )
        self.key = QuestionField("Recovery key", _KEY_HELP, example=_KEY_EXAMPLE)
        self.key.hide()
        self.turn = button("Use the recovery key instead", role="link", does=self._turn)
        self.go = button("Restore", "mdi6.backup-restore", role="primary", does=self.give)
        for thing in (self.file, self.folder, column(self.passphrase, self.key, self.turn)):
            self.card.add(thing)
        self.step_back = button("Back", does=self.back.emit)
        self.card.add(row(self.step_back, None, self.go))
        for question in (self.file, self.folder, self.passphrase, self.key):
            question.line.returnPressed.connect(self.give)

    def _chooser(self, name: str, does: object) -> QWidget:
        made = button("Choose…")
        made.setAccessibleName(name)
        made.clicked.connect(does)
        return made

    def begin(self) -> None:
        """The keyboard goes to the file."""
        self.file.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self) -> None:
        chosen = self._prompter.choose_files("The backup to restore", BACKUPS)
        if chosen:
            self.file.line.setText(str(chosen[0]))
            self.file.wrong("")

    def _choose_folder(self) -> None:
        chosen = self._prompter.choose_folder("A new or empty folder")
        if chosen is not None:
            self.folder.line.setText(str(chosen))
            self.folder.wrong("")

    def _look_at_folder(self) -> None:
        folder = self.folder.path()
        self.folder.say(front_door.doubts(folder) if folder.is_absolute() else "")

    def _turn(self) -> None:
        key = self.key.isHidden()
        self.key.setVisible(key)
        self.passphrase.setVisible(not key)
        self.turn.setText("Use the passphrase instead" if key else "Use the recovery key instead")
        (self.key if key else self.passphrase).line.setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Hands everything over, unless something is missing."""
        if not self.go.isEnabled():
            return
        secret = self.passphrase if self.key.isHidden() else self.key
        asked = [self.file, self.folder]
        missing = [one for one in asked if not one.answered()]
        if not secret.text():
            secret.wrong(f"“{secret.label.text()}” needs an answer.")
            missing.append(secret)
        # The method of Path raises for some disks that are out of reach; this function does not.
        if not missing and not os.path.isfile(self.file.path()):  # noqa: PTH113 -- said above
            self.file.wrong("There is no such file.")
            missing.append(self.file)
        if missing:
            missing[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.set_busy(True)
        by_key = secret is self.key
        self.given.emit(
            self.file.path(),
            self.folder.path(),
            "" if by_key else secret.text(),
            secret.text() if by_key else "",
        )

    def set_busy(self, busy: bool) -> None:
        """While it runs."""
        self.go.setEnabled(not busy)
        self.step_back.setEnabled(not busy)
        self.go.setText("Restoring…" if busy else "Restore")

    def fail(self, sentence: str) -> None:
        """It did not work; what was typed stays."""
        self.set_busy(False)
        self.complain(sentence)


class LostPage(StartPage):
    """Asks for the recovery key. ``given`` carries it."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "I have lost my passphrase",
            "The recovery sheet that was printed when the workspace was set up opens it. Type its "
            "key here; then you choose a new passphrase.",
            parent,
        )
        self.key = QuestionField("Recovery key", _KEY_HELP, example=_KEY_EXAMPLE, needed=True)
        self.key.line.returnPressed.connect(self.give)
        self.go = button("Open", role="primary", does=self.give)
        self.step_back = button("Back", does=self.back.emit)
        self.card.add(self.key)
        self.card.add(
            help_words(
                "Without the sheet and without the passphrase nobody can open the workspace: that "
                "is what keeps it safe. An older backup may open with an older passphrase."
            )
        )
        self.card.add(column(row(self.step_back, None, self.go), space=TINY))

    def begin(self) -> None:
        """The keyboard goes to the key."""
        self.key.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Hands the key over."""
        if self.go.isEnabled() and self.key.answered():
            self.set_busy(True)
            self.given.emit(self.key.text())

    def set_busy(self, busy: bool) -> None:
        """While it is tried."""
        self.go.setEnabled(not busy)
        self.step_back.setEnabled(not busy)
        self.go.setText("Opening…" if busy else "Open")

    def fail(self, sentence: str) -> None:
        """It did not work; what was typed stays."""
        self.set_busy(False)
        self.complain(sentence)
