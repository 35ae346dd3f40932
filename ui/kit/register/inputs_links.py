"""Links to other entries, found by typing, and documents kept in the vault."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from dpdesk.registers.fields import Field
from ui.kit.look.theme import TINY
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import column
from ui.kit.pieces.flow import flowing
from ui.kit.register.inputs import Input, example_words

_TYPING = 120
_TAG = 40
"""Characters of an entry that is named among others."""


class LinkDoor(Protocol):
    """Where entries to link to are found; every register service is one."""

    def link_choices(self, field: Field, words: str = "", limit: int = 50) -> list[tuple[int, str]]:
        """Entries as (number, reference and title)."""

    def link_label(self, field: Field, entry_id: int) -> str:
        """Reference and title of an entry."""

    def link_only(self, field: Field, words: str) -> tuple[int, str] | None:
        """The one entry that words mean by themselves; None where they mean several, or none."""

    def link_missing(self, field: Field, words: str) -> str:
        """Why nothing can be linked by these words, as a sentence; empty where something can."""


class LinkLine(QLineEdit):
    """Finds an entry by a part of its reference or title. ``picked``: number and words."""

    picked = Signal(int, str)

    def __init__(self, field: Field, door: LinkDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._door = field, door
        self._offered: dict[str, int] = {}
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        completer.activated.connect(self._activated)
        self.setCompleter(completer)
        self.setPlaceholderText("Type to search")
        self._wait = QTimer(self, singleShot=True, interval=_TYPING)
        self._wait.timeout.connect(self.offer)
        self.textEdited.connect(lambda _text: self._wait.start())

    def offer(self) -> None:
        """Shows the entries that match, or the newest where nothing is typed."""
        self._wait.stop()
        found = self._door.link_choices(self._field, self.text())
        self._offered = {text: number for number, text in found}
        self._words.setStringList(list(self._offered))
        if self._offered and self.hasFocus():
            self.completer().complete()

    def _activated(self, text: str) -> None:
        if text in self._offered:
            self.picked.emit(self._offered[text], text)

    def only_match(self) -> tuple[int, str] | None:
        """The one entry that can be meant, if there is exactly one."""
        return self._door.link_only(self._field, self.text())

    def keyPressEvent(self, event: Any) -> None:
        """Down shows what there is to choose from."""
        popup = self.completer().popup()
        if event.key() == Qt.Key.Key_Down and (popup is None or not popup.isVisible()):
            self.offer()
            return
        super().keyPressEvent(event)


class LinkInput(Input):
    """One linked entry. ``open_asked``: register and number of the entry to show."""

    open_asked = Signal(str, int)

    def __init__(self, field: Field, door: LinkDoor, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._door = door
        self._id: int | None = None
        self._label = ""
        self.line = LinkLine(field, door)
        if field.example:
            self.line.setPlaceholderText(example_words(field.example))
        self.line.picked.connect(self._pick)
        self.line.textChanged.connect(self._edited)
        self.go = icon_button(f"Open {field.label}", "mdi6.open-in-new", does=self._open)
        self.box.addWidget(self.line)
        self.box.addWidget(self.go)
        self.take_focus_at(self.line)
        self.fill(None)

    def _edited(self, text: str) -> None:
        self._id = None if text.strip() != self._label else self._id
        self.go.setEnabled(self._id is not None)
        self._tell()

    def _pick(self, number: int, label: str) -> None:
        self._show(number, label)
        self._tell()

    def _show(self, number: int | None, label: str) -> None:
        self._id, self._label = number, label
        self.line.setText(label)
        self.line.setCursorPosition(0)
        self.go.setEnabled(number is not None)

    def _open(self) -> None:
        if self._id is not None:
            self.open_asked.emit(self.field.target, self._id)

    def value(self) -> Any:
        """Number of the linked entry."""
        return self._id

    def fill(self, value: Any) -> None:
        """Shows a linked entry by its reference and title."""
        if isinstance(value, str):
            # Words out of a draft that had not become an entry.
            self._show(None, value)
            return
        label = self._door.link_label(self.field, value) if value is not None else ""
        self._show(value, label)

    def problem(self) -> str:
        """Words that are not an entry."""
        if typed := self.typed():
            missing = self._door.link_missing(self.field, typed)
            return missing or "Choose an entry from the list that opens as you type."
        return ""

    def typed(self) -> str:
        """What is typed and has not become an entry."""
        return self.line.text().strip() if self._id is None else ""

    def _leave(self) -> None:
        if self.typed() and (found := self.line.only_match()) is not None:
            self._show(*found)
        super()._leave()


class LinksInput(Input):
    """Any number of entries, kept by their references."""

    def __init__(self, field: Field, door: LinkDoor, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._door = door
        self._references: list[str] = []
        self.line = LinkLine(field, door)
        self.line.setPlaceholderText(example_words(field.example) or "Type to search and add")
        self.line.picked.connect(self._pick)
        self.line.textChanged.connect(self._tell)
        self.tags, self._flow = flowing(TINY)
        self.box.addLayout(column(self.tags, self.line, space=TINY))
        self.take_focus_at(self.line)
        self._draw()

    def _pick(self, _number: int, label: str) -> None:
        self._append(label)
        # The completer writes its words into the line after this signal.
        QTimer.singleShot(0, self.line.clear)
        self._tell()

    def _append(self, label: str) -> None:
        reference = label.split(" ", 1)[0]
        if reference not in self._references:
            self._references.append(reference)
        self._draw()

    def _remove(self, reference: str) -> None:
        self._references.remove(reference)
        self._draw()
        self.line.setFocus()
        self._tell()

    def _draw(self) -> None:
        while (old := self._flow.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.deleteLater()
        for reference in self._references:
            made = button(
                self._words(reference), "mdi6.close", does=partial(self._remove, reference)
            )
            made.setAccessibleName(f"Remove {reference} from {self.field.label}")
            self._flow.addWidget(made)
        self.tags.setVisible(bool(self._references))

    def _words(self, reference: str) -> str:
        """Reference and title; nobody knows entries by their numbers."""
        found = self._door.link_choices(self.field, reference)
        labels = (label for _, label in found if label.split(" ", 1)[0] == reference)
        label = next(labels, reference)
        return label if len(label) <= _TAG else f"{label[: _TAG - 1]}…"

    def value(self) -> Any:
        """The references."""
        return tuple(self._references) or None

    def fill(self, value: Any) -> None:
        """Shows the references."""
        self._references = list(value or ())
        self.line.clear()
        self._draw()

    def problem(self) -> str:
        """Words that have not become an entry."""
        if typed := self.typed():
            choose = "Choose an entry from the list that opens as you type, or clear the box."
            return self._door.link_missing(self.field, typed) or choose
        return ""

    def typed(self) -> str:
        """What is typed and has not become an entry."""
        return self.line.text().strip()

    def snapshot(self) -> Any:
        """References and what is being typed."""
        return (self.value(), self.typed())

    def _leave(self) -> None:
        if self.typed() and (found := self.line.only_match()) is not None:
            self._append(found[1])
            self.line.clear()
            self._tell()
        super()._leave()
