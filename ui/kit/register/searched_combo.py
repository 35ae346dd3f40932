"""A long pick list that is searched by typing: by the answers' words and by their other names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QWidget

_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class TypedLine(QLineEdit):
    """The line that is typed into, made here and not by Qt.

    What Python knows of a widget that Qt made by itself can be lost while the widget is still
    there, as when Tab goes through the window; the next letter typed then fails.
    """


class FoundList(QListView):
    """What is found, below the line; made here for the same reason."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        # A bar below the lines would stand over the last of them.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class Searching(QObject):
    """Makes a combo box searchable. Nothing is ever chosen that was not found or pointed at.

    ``find`` gives the labels for typed words, the likeliest first; for none, all. ``found`` fires
    with how many there are for what is typed; ``taken`` with the label that was chosen.
    """

    found = Signal(int)
    taken = Signal(str)

    def __init__(
        self, combo: QComboBox, find: Callable[[str], list[str]], most: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._combo, self._find = combo, find
        combo.setEditable(True)
        line = TypedLine(combo)
        combo.setLineEdit(line)
        self.line = line
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # The box's own would know the beginnings of labels only.
        combo.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none; its stubs do not
        self.labels = QStringListModel(self)
        self.completer = QCompleter(self.labels, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setMaxVisibleItems(most)
        self.completer.setWidget(line)
        self.completer.activated.connect(self.taken)
        self.popup = FoundList()
        self.completer.setPopup(self.popup)
        line.textEdited.connect(self.search)
        line.installEventFilter(self)
        combo.installEventFilter(self)

    def search(self, words: str) -> None:
        """Offers what is found for the words typed, or nothing."""
        labels = self._find(words)
        self.labels.setStringList(labels)
        if labels and self.line.hasFocus():
            self.completer.complete()
            if len(labels) == 1:
                # One answer only: Enter takes it. Pointed at without writing it into the line.
                self.completer.blockSignals(True)
                self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
                self.completer.blockSignals(False)
        else:
            self.popup.hide()
        self.found.emit(len(labels))

    def offer(self) -> None:
        """Offers all answers; what is typed next takes the place of what stands there."""
        self.line.selectAll()
        self.search("")

    def only(self) -> str:
        """The one answer that what is typed can mean; empty for none or several."""
        labels = self._find(self.line.text())
        return labels[0] if len(labels) == 1 else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into the line offers everything; keys never step through answers unseen."""
        if "popup" not in self.__dict__:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease and watched is self.line:
            self.offer()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            words = self.line.text()
            # On an answer that stands, the way is to the others.
            self.search("" if words in self._find("") else words)
            return True
        if key in _ENTER and (label := self.only()):
            self.popup.hide()
            self.taken.emit(label)
            return True
        return False
