"""Inputs: one for each kind of field, all with the same manners.

What is typed is kept as typed. When the user leaves the input it is read; what cannot be read
stays where it is, is reported by ``problem`` and is never thrown away.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.wording import read, show
from ui.kit.look.theme import SMALL, set_invalid
from ui.kit.pieces.cards import words
from ui.kit.pieces.presence import somebody_is_here

LINES: Final = (3, 14)
"""A long text shows at least and at most so many lines."""


def example_words(example: str) -> str:
    """What stands in an empty field: plainly an example, so that nobody takes it for an answer."""
    return f"for example: {example}" if example else ""


class Input(QWidget):
    """The input of one field.

    ``changed`` fires at each change by the user, ``left`` when the keyboard goes elsewhere.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._filling = False
        self.box = QHBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SMALL)
        self.target: QWidget = self

    def take_focus_at(self, target: QWidget) -> None:
        """Says which inner widget the keyboard, the label and screen readers go to."""
        self.target = target
        self.setFocusProxy(target)
        target.setAccessibleName(self.field.label)
        target.installEventFilter(self)

    def call(self, name: str) -> None:
        """Says how screen readers call it, where the question alone would not tell it apart."""
        self.target.setAccessibleName(name)

    def describe(self, text: str) -> None:
        """Help and errors, for screen readers."""
        self.target.setAccessibleDescription(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices when the keyboard leaves; opening a menu or a popup is not leaving."""
        if "target" not in self.__dict__:
            # A page is being cleared away: Qt still sends events, Python has let go already.
            return False
        if event.type() is QEvent.Type.FocusOut and watched is self.target:
            reason = event.reason()  # type: ignore[attr-defined]  # a focus event has one
            if reason is not Qt.FocusReason.PopupFocusReason:
                self._leave()
        return False

    def _leave(self) -> None:
        self.left.emit()

    def _tell(self, *_: object) -> None:
        if not self._filling:
            somebody_is_here(self)
            self.changed.emit()

    # --- what kinds add ------------------------------------------------------------------

    def value(self) -> Any:
        """The answer as it is stored; None where there is none or it cannot be read."""
        raise NotImplementedError

    def fill(self, value: Any) -> None:
        """Shows an answer."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why what is typed cannot be read, as a sentence; empty if it can."""
        return ""

    def typed(self) -> str:
        """What stands in the input and cannot be read."""
        return ""

    def standing(self) -> str:
        """What the answer given rests on, and how surely; said where the reason for asking is."""
        return ""

    # -------------------------------------------------------------------------------------

    def set_value(self, value: Any) -> None:
        """Shows an answer without saying that it changed."""
        self._filling = True
        try:
            self.fill(value)
        finally:
            self._filling = False

    def snapshot(self) -> Any:
        """What stands here, also where it cannot be read; for telling whether it changed."""
        typed = self.typed()
        return ("typed", typed) if typed else self.value()

    def mark(self, invalid: bool) -> None:
        """Shows that the answer needs another look."""
        set_invalid(self.target, invalid)

    def set_read_only(self, on: bool) -> None:
        """Shows the answer without letting it be changed."""
        for line in self.findChildren(QLineEdit):
            line.setReadOnly(on)
        for text in self.findChildren(QPlainTextEdit):
            text.setReadOnly(on)
        for press in self.findChildren(QAbstractButton):
            press.setEnabled(not on)


class LineInput(Input):
    """One line: text, numbers, amounts; the base of dates."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(example_words(field.example))
        # Not textEdited: a voice or a screen reader writes a text as a whole.
        self.line.textChanged.connect(self._tell)
        if field.kind is Kind.MONEY:
            self.box.addWidget(words("£", "muted"))
        self.box.addWidget(self.line)
        if field.kind in {Kind.NUMBER, Kind.MONEY}:
            self.line.setFixedWidth(self.line.fontMetrics().averageCharWidth() * 20)
            self.box.addStretch(1)
        self.take_focus_at(self.line)

    def _read(self) -> Any:
        return read(self.field, self.line.text())

    def value(self) -> Any:
        """The answer; None where nothing is typed or it cannot be read."""
        try:
            return self._read()
        except ValueError:
            return None

    def fill(self, value: Any) -> None:
        """Shows the answer in words. A text that could not be read is shown as it was typed."""
        text = value if isinstance(value, str) else show(self.field, value)
        self.line.setText(text.removeprefix("£") if self.field.kind is Kind.MONEY else text)
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Why the line cannot be read."""
        try:
            self._read()
        except ValueError as error:
            return str(error)
        return ""

    def typed(self) -> str:
        """The line, where it cannot be read."""
        return self.line.text() if self.problem() else ""

    def _leave(self) -> None:
        """Writes the answer the usual way, so that the user sees how it was understood."""
        if not self.line.isReadOnly() and not self.problem():
            self.set_value(self.value())
        super()._leave()


class GrowingText(QPlainTextEdit):
    """Grows with what is written, so that nothing is read through a slit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self, *_: object) -> None:
        lines = max(LINES[0], min(LINES[1], int(self.document().size().height())))
        margin = int(self.document().documentMargin() * 2) + 10
        height = lines * QFontMetrics(self.font()).lineSpacing() + margin
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower field needs more lines."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, self.minimumHeight())


class LongTextInput(Input):
    """Several lines. Tab goes to the next field."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text = GrowingText()
        self.text.setPlaceholderText(example_words(field.example))
        self.text.textChanged.connect(self._tell)
        self.box.addWidget(self.text)
        self.take_focus_at(self.text)

    def value(self) -> Any:
        """The text; None where there is none."""
        return self.text.toPlainText().strip() or None

    def fill(self, value: Any) -> None:
        """Shows a text."""
        self.text.setPlainText(value or "")
