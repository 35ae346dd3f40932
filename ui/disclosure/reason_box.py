"""The reason for a mark: chosen by code or words, with what it means at hand."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QWidget

from dpdesk.law.exemptions import ReasonCode, reason, reasons, redaction_reasons
from ui.kit.look.theme import LARGE, SMALL, TINY, set_role
from ui.kit.pieces.buttons import icon_button
from ui.kit.pieces.cards import column, help_words, row, words
from ui.kit.register.inputs_choices import Combo

_BESIDE: Final = 56
"""Pixels in a list beside its words: the margins and the scroll bar."""

_CODE: Final = "Its short sign on the pages and in the lists: {}."


def reason_words(told: ReasonCode) -> str:
    """A reason in a list: what it is, and its code."""
    return f"{told.label} · {told.code}"


class ReasonCombo(Combo):
    """All reasons, found by typing a part of the code or of the words; a click opens the list.

    ``chosen`` carries a code that is new; ``picked`` one that was picked from the list, new or
    not; ``left``: Enter was pressed and nothing changed. Reasons that are a warning to disclose
    are offered too, last: choosing one changes nothing and is told by ``warned``.
    """

    chosen = Signal(str)
    picked = Signal(str)
    left = Signal()
    warned = Signal(object)

    def __init__(self, name: str = "Reason", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(18)
        self.setMaxVisibleItems(16)
        self.setAccessibleName(name)
        redacting = redaction_reasons()
        for each in (*redacting, *(r for r in reasons() if not r.redacts)):
            self.addItem(reason_words(each), each.code)
            self.setItemData(self.count() - 1, each.explanation, Qt.ItemDataRole.ToolTipRole)
        completer, line = self.completer(), self.lineEdit()
        assert completer is not None
        assert line is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setAccessibleName(name)
        line.setPlaceholderText("Type to search the reasons")
        self._widen(completer)
        line.installEventFilter(self)
        self._code = redacting[0].code
        self.fill(self._code)
        self.activated.connect(self._pick)
        line.editingFinished.connect(self._settle)

    def _widen(self, completer: QCompleter) -> None:
        """Both lists show the words in full, however narrow the field is."""
        measures = self.fontMetrics()
        texts = (self.itemText(place) for place in range(self.count()))
        wide = max(measures.horizontalAdvance(text) for text in texts) + _BESIDE
        popup = completer.popup()
        assert popup is not None
        for view in (self.view(), popup):
            view.setMinimumWidth(wide)
        popup.installEventFilter(self)

    @property
    def code(self) -> str:
        """The code that is chosen."""
        return self._code

    def fill(self, code: str) -> None:
        """Shows a reason."""
        self._code = reason(code).code
        self.setCurrentIndex(self.findData(self._code))
        self._show_start()

    @property
    def untouched(self) -> bool:
        """Does the reason stand there as it was chosen?"""
        return self.currentText() == reason_words(reason(self._code))

    def open_list(self) -> None:
        """Shows all reasons under the field, which stays open for typing."""
        completer, line = self.completer(), self.lineEdit()
        assert completer is not None
        assert line is not None
        line.selectAll()
        completer.setCompletionPrefix("")
        completer.complete()

    def _pick(self, place: int) -> None:
        self._activated(place)
        if self.itemData(place) == self._code:
            self.picked.emit(self._code)

    def _activated(self, place: int) -> None:
        code = str(self.itemData(place))
        told = reason(code)
        if not told.redacts:
            self.fill(self._code)
            self.warned.emit(told)
        elif code != self._code:
            self.fill(code)
            self.chosen.emit(code)
        self._show_start()

    def _settle(self) -> None:
        """What was typed but is no reason goes; a code typed in full counts."""
        typed = self.currentText().strip().casefold()
        for place in range(self.count()):
            code, label = str(self.itemData(place)), self.itemText(place)
            if typed in {code.casefold(), label.casefold()}:
                self._activated(place)
                return
        self.fill(self._code)

    def _show_start(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces what stands there."""
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None and event.reason() is not Qt.FocusReason.PopupFocusReason:
            line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the reason that was chosen; Space begins no word."""
        if event.key() == Qt.Key.Key_Space and self.untouched:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.fill(self._code)
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.untouched:
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into the field opens the list, which stays on the screen."""
        if watched is self.lineEdit():
            if event.type() is QEvent.Type.MouseButtonRelease:
                self.open_list()
        elif isinstance(watched, QWidget) and event.type() is QEvent.Type.Show:
            room = self.screen().availableGeometry()
            watched.move(min(watched.x(), room.right() - watched.width()), watched.y())
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return event.key() == Qt.Key.Key_Space and self.untouched
        return bool(super().eventFilter(watched, event))


class ReasonBox(QWidget):
    """The reason for the next mark, and what it means at the press of a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = ReasonCombo("Reason for the next mark")
        self.combo.setMinimumWidth(150)
        self.label = words("Reason")
        self.label.setBuddy(self.combo)
        self.why = icon_button(
            "What this reason means", "mdi6.information-outline", does=self.explain, key="Ctrl+I"
        )
        layout = row(self.label, self.combo, self.why)
        # It takes the room that there is: its reasons are longer than it.
        layout.setStretchFactor(self.combo, 1)
        self.setLayout(layout)
        self.pop: QFrame | None = None

    @property
    def code(self) -> str:
        """The code that is chosen."""
        return self.combo.code

    def explain(self) -> None:
        """Shows what the chosen reason means, what the requester reads, and its source."""
        pop = explanation(reason(self.combo.code), self)
        self.pop = pop
        pop.adjustSize()
        corner = self.combo.mapToGlobal(QPoint(0, 0))
        pop.move(corner - QPoint(0, pop.height() + SMALL))
        pop.show()
        pop.setFocus()


def explanation(told: ReasonCode, parent: QWidget) -> QFrame:
    """A slip of paper with everything about a reason."""
    pop = QFrame(parent, Qt.WindowType.Popup)
    pop.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    set_role(pop, "pop")
    parts = [words(told.label, "heading"), help_words(_CODE.format(told.code))]
    for title, text in (
        ("What the requester reads", told.explanation),
        ("When it applies", told.test),
        ("Source", told.citation),
        ("Caution", told.advice),
    ):
        if text:
            parts += [words(title, "strong"), help_words(text, "")]
    if told.discreet:
        parts.append(
            help_words(f"The requester sees the neutral code {told.public_code} in its place.")
        )
    layout = column(*parts, space=TINY)
    layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
    pop.setLayout(layout)
    pop.setAccessibleName(f"{told.label}. {_CODE.format(told.code)} {told.explanation}")
    return pop
