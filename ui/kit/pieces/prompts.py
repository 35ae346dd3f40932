"""Questions to the user. Pages get a :class:`Prompter`; tests give them one that answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from ui.kit.look.theme import HUGE, MEDIUM, set_role
from ui.kit.pieces.cards import column, help_words, words


class Prompter(Protocol):
    """Asks the user; only for what cannot be undone, and for files and passwords."""

    def may_ask(self) -> bool:
        """Whether there is anybody to ask: not while the window is locked."""

    def confirm(self, question: str, verb: str, *, details: str = "", danger: bool = False) -> bool:
        """Asks before something that cannot be undone; the button is named by its verb."""

    def choose(self, question: str, verbs: tuple[str, ...], *, details: str = "") -> str:
        """Asks which way to go; gives the verb chosen, or "" where the user stepped back."""

    def choose_files(
        self, title: str, kinds: str = "", *, several: bool = False
    ) -> tuple[Path, ...]:
        """Files to read; none where the user stepped back. ``kinds``: "PDF files (*.pdf)"."""

    def save_file(self, title: str, suggested: str, kinds: str = "") -> Path | None:
        """Where to save a file."""

    def choose_folder(self, title: str, *, reading: bool = False) -> Path | None:
        """A folder: to save something in, or one whose files are read."""

    def ask_password(self, question: str, *, details: str = "") -> str | None:
        """A password; None where the user stepped back."""

    def ask_words(self, question: str, *, details: str = "", given: str = "") -> str | None:
        """One line of words; None where the user stepped back."""


_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


class Places:
    """In which folder the next file dialog begins: the one used last, first the documents.

    Without one a dialog begins in the folder that the program was started from, which is its own,
    or one of the system's, where nobody finds again what was saved. It is remembered until the
    program ends and written nowhere.
    """

    def __init__(self) -> None:
        self._last: Path | None = None

    def begin(self, name: str = "") -> str:
        """Where a dialog begins: the folder, with the name suggested.

        Names come from titles: signs that no system takes in the name of a file become a dash.
        """
        name = " ".join(_NOT_IN_NAMES.sub(" - ", name).split())
        if self._last is None or not self._last.is_dir():
            documents = QStandardPaths.StandardLocation.DocumentsLocation
            self._last = Path(QStandardPaths.writableLocation(documents) or Path.home())
        return str(self._last / name) if name else str(self._last)

    def used(self, folder: Path) -> None:
        """A file of this folder was chosen."""
        self._last = folder


READ_FROM: Final = Places()
SAVED_IN: Final = Places()
"""Kept apart, or a letter would be offered a place among the documents that were read last."""


def folder_called(folder: Path) -> str:
    """The name of a folder; the top of a stick has none and is called by its letter."""
    return folder.name or str(folder)


def saved_as(target: Path) -> str:
    """Says under which name something was saved, and in which folder."""
    return f"Saved as {target.name} in {folder_called(target.parent)}."


"""One for all windows of the program."""


class WindowPrompter:
    """Asks with boxes over a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def may_ask(self) -> bool:
        """A box can always be shown."""
        return True

    def confirm(self, question: str, verb: str, *, details: str = "", danger: bool = False) -> bool:
        """Asks with two buttons; Escape and Enter both step back from what is dangerous."""
        box = self._box(question, details)
        yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        set_role(yes, "danger" if danger else "primary")
        no = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no if danger else yes)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes

    def choose(self, question: str, verbs: tuple[str, ...], *, details: str = "") -> str:
        """Asks with a button for each verb, the first being the suggested one, and Cancel."""
        box = self._box(question, details)
        made = {}
        for verb in verbs:
            made[verb] = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        set_role(made[verbs[0]], "primary")
        box.setDefaultButton(made[verbs[0]])
        box.setEscapeButton(box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return next((verb for verb, key in made.items() if box.clickedButton() is key), "")

    def choose_files(
        self, title: str, kinds: str = "", *, several: bool = False
    ) -> tuple[Path, ...]:
        """The file dialog of the system."""
        begin = READ_FROM.begin()
        if several:
            found, _ = QFileDialog.getOpenFileNames(self.parent, title, begin, kinds)
        else:
            one, _ = QFileDialog.getOpenFileName(self.parent, title, begin, kinds)
            found = [one] if one else []
        if found:
            READ_FROM.used(Path(found[0]).parent)
        return tuple(Path(name) for name in found)

    def save_file(self, title: str, suggested: str, kinds: str = "") -> Path | None:
        """The file dialog of the system, which asks before it overwrites."""
        begin = SAVED_IN.begin(suggested)
        found, _ = QFileDialog.getSaveFileName(self.parent, title, begin, kinds)
        if found:
            SAVED_IN.used(Path(found).parent)
        return Path(found) if found else None

    def choose_folder(self, title: str, *, reading: bool = False) -> Path | None:
        """The folder dialog of the system."""
        places = READ_FROM if reading else SAVED_IN
        found = QFileDialog.getExistingDirectory(self.parent, title, places.begin())
        if found:
            places.used(Path(found))
        return Path(found) if found else None

    def ask_password(self, question: str, *, details: str = "") -> str | None:
        """Asks for a password, shown as dots."""
        return self._ask(question, details, "", hidden=True)

    def ask_words(self, question: str, *, details: str = "", given: str = "") -> str | None:
        """Asks for one line."""
        return self._ask(question, details, given, hidden=False)

    def _box(self, question: str, details: str) -> QMessageBox:
        box = QMessageBox(self.parent)
        box.setWindowTitle("dpdesk")
        box.setText(question)
        box.setInformativeText(details)
        return box

    def _ask(self, question: str, details: str, given: str, *, hidden: bool) -> str | None:
        dialog = QDialog(self.parent)
        dialog.setWindowTitle("dpdesk")
        layout = column(words(question, "heading", wraps=True), space=MEDIUM)
        layout.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        if details:
            layout.addWidget(help_words(details))
        entry = QLineEdit(given)
        entry.setAccessibleName(question)
        entry.setMinimumWidth(360)
        if hidden:
            entry.setEchoMode(QLineEdit.EchoMode.Password)
        layout.addWidget(entry)
        kinds = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        box.accepted.connect(dialog.accept)
        box.rejected.connect(dialog.reject)
        layout.addWidget(box)
        dialog.setLayout(layout)
        return entry.text() if dialog.exec() == QDialog.DialogCode.Accepted else None


class QuietPrompter:
    """Asks as another does, and nothing at all while the window is locked.

    Work that goes on behind a locked window would ask over it, with names in its questions, and
    the workspace would not be closed until somebody answered. Each question is answered as by
    somebody who steps back.
    """

    def __init__(self, prompter: Prompter, may_ask: Callable[[], bool]) -> None:
        self._prompter, self.may_ask = prompter, may_ask

    def confirm(self, question: str, verb: str, *, details: str = "", danger: bool = False) -> bool:
        """No while the window is locked."""
        asked = self._prompter.confirm
        return self.may_ask() and asked(question, verb, details=details, danger=danger)

    def choose(self, question: str, verbs: tuple[str, ...], *, details: str = "") -> str:
        """Neither while the window is locked."""
        return self._prompter.choose(question, verbs, details=details) if self.may_ask() else ""

    def choose_files(
        self, title: str, kinds: str = "", *, several: bool = False
    ) -> tuple[Path, ...]:
        """None while the window is locked."""
        if not self.may_ask():
            return ()
        return self._prompter.choose_files(title, kinds, several=several)

    def save_file(self, title: str, suggested: str, kinds: str = "") -> Path | None:
        """Nowhere while the window is locked."""
        return self._prompter.save_file(title, suggested, kinds) if self.may_ask() else None

    def choose_folder(self, title: str, *, reading: bool = False) -> Path | None:
        """None while the window is locked."""
        return self._prompter.choose_folder(title, reading=reading) if self.may_ask() else None

    def ask_password(self, question: str, *, details: str = "") -> str | None:
        """None while the window is locked."""
        return self._prompter.ask_password(question, details=details) if self.may_ask() else None

    def ask_words(self, question: str, *, details: str = "", given: str = "") -> str | None:
        """None while the window is locked."""
        if not self.may_ask():
            return None
        return self._prompter.ask_words(question, details=details, given=given)
