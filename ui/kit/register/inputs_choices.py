"""Pick lists: yes or no at a glance, one of several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from dpdesk.law.pick_lists import matching
from dpdesk.registers.fields import Choice, Field
from ui.kit.look.theme import TINY, set_invalid, set_role
from ui.kit.pieces.buttons import Option, option
from ui.kit.pieces.cards import column, help_words
from ui.kit.register.inputs import Input
from ui.kit.register.searched_combo import Searching

SEARCHED: Final = 12
"""Lists longer than this can be searched by typing."""
_NONE = "Choose…"


class Combo(QComboBox):
    """A combo box that the mouse wheel never changes.

    In a form that scrolls, a wheel over a closed list would change an answer unnoticed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        # Qt's own delegate does not mind what the style sheet says of lines.
        self.setItemDelegate(QStyledItemDelegate(self))
        # Assistive technology chooses in the closed list, of which Qt takes no notice.
        self.view().selectionModel().selectionChanged.connect(self._chosen_unseen)

    def _chosen_unseen(self) -> None:
        rows = self.view().selectionModel().selectedIndexes()
        if rows and not self.view().isVisible() and rows[0].row() != self.currentIndex():
            self.setCurrentIndex(rows[0].row())
            self.activated.emit(rows[0].row())

    def minimumSizeHint(self) -> QSize:
        """No more than it would like to have: Qt remembers the room for more letters."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self.sizeHint().width()), least.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ends an answer that is longer than the box with an ellipsis; Qt would cut a letter."""
        painter = QStylePainter(self)
        option_ = QStyleOptionComboBox()
        self.initStyleOption(option_)
        room = (
            self.style()
            .subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                option_,
                QStyle.SubControl.SC_ComboBoxEditField,
                self,
            )
            .width()
        )
        if not option_.currentIcon.isNull():
            room -= option_.iconSize.width() + TINY
        full = option_.currentText
        option_.currentText = self.fontMetrics().elidedText(
            full, Qt.TextElideMode.ElideRight, room - TINY
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option_)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option_)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page."""
        event.ignore()

    def showPopup(self) -> None:
        """Opens the list, high enough for its last line.

        Qt reckons without the padding that the style sheet gives the list.
        """
        super().showPopup()
        view = self.view()
        lines = min(self.count(), self.maxVisibleItems())
        short = sum(view.sizeHintForRow(n) for n in range(lines)) - view.viewport().height()
        if short <= 0:
            return
        box = view.window()
        place = box.geometry()
        place.setHeight(place.height() + short)
        above = place.top() < self.mapToGlobal(QPoint(0, 0)).y()
        if above or place.bottom() > self.screen().availableGeometry().bottom():
            place.translate(0, -short)
        box.setGeometry(place)


def hint_of(choice: Choice) -> str:
    """The tool tip of an answer: what it means, what it rests on, and how surely."""
    return "\n".join(part for part in (choice.explanation, choice.standing) if part)


class SegmentInput(Input):
    """Yes, no, not known: side by side, chosen by mouse or arrow keys.

    Choosing the chosen one again, or Delete, takes the answer back; but Space on the answer that an
    arrow has just led to says yes to it, as in any list.
    """

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._code: str | None = None
        self._stepped = False
        self.frame = QFrame()
        set_role(self.frame, "segments")
        inside = QHBoxLayout(self.frame)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.setSpacing(2)
        self.buttons: dict[str, Option] = {}
        for choice in field.choices:
            made = option(choice.label, role="segment", one_of=True)
            made.setAccessibleName(f"{field.label}: {choice.label}")
            made.picked.connect(lambda _on, code=choice.code: self._answer(code))
            made.again.connect(self._again)
            made.installEventFilter(self)
            inside.addWidget(made)
            self.buttons[choice.code] = made
        first = next(iter(self.buttons.values()))
        self.target = first
        self.setFocusProxy(first)
        self.box.addWidget(self.frame)
        self.box.addStretch(1)

    def describe(self, text: str) -> None:
        """Help and errors, for screen readers."""
        for made in self.buttons.values():
            made.setAccessibleDescription(text)

    def _answer(self, code: str | None) -> None:
        self._stepped = False
        self.fill(code)
        self._tell()

    def _again(self) -> None:
        if self._stepped:
            self._stepped = False
        else:
            self._answer(None)

    def value(self) -> Any:
        """The code of the answer."""
        return self._code

    def fill(self, value: Any) -> None:
        """Shows an answer."""
        self._code = value if value in self.buttons else None
        for code, made in self.buttons.items():
            made.setChecked(code == self._code)
        target = self.buttons.get(self._code or "", next(iter(self.buttons.values())))
        self.target = target
        self.setFocusProxy(target)
        for made in self.buttons.values():
            # A group remembers which button had the keyboard last, for the next entry as well.
            tabbed = made is target
            policy = Qt.FocusPolicy.StrongFocus if tabbed else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes the answer back; arrows choose."""
        if "buttons" not in self.__dict__:
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
                self.fill(None)
                self._tell()
                return True
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self._step(watched, step)
                return True
        if event.type() is QEvent.Type.FocusOut and watched in self.buttons.values():
            self._stepped = False
            self._leave()
        return super().eventFilter(watched, event)

    def _step(self, watched: QObject, step: int) -> None:
        codes = list(self.buttons)
        place = next((i for i, code in enumerate(codes) if self.buttons[code] is watched), 0)
        code = codes[max(0, min(len(codes) - 1, place + step))]
        self.fill(code)
        self.buttons[code].setFocus()
        self._stepped = True
        self._tell()

    def mark(self, invalid: bool) -> None:
        """Shows that the answer needs another look."""
        set_invalid(self.frame, invalid)


class ChoiceInput(Input):
    """One of a pick list. The explanation of the chosen answer stands below it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo = Combo()
        self.combo.setMaxVisibleItems(SEARCHED + 1)
        self._searched = len(field.choices) > SEARCHED
        self._offered: list[Choice] = []
        self.note = help_words("")
        self.note.hide()
        # In a widget: as a bare layout the column would be no wider than the note may be.
        below = QWidget()
        below.setLayout(column(self.combo, self.note, space=TINY))
        self.box.addWidget(below)
        if not self._searched:
            self.combo.addItem(_NONE, None)
        for choice in field.choices:
            self._add(choice)
        if self._searched:
            self._make_searched()
        self.combo.currentIndexChanged.connect(self._index_changed)
        self.take_focus_at(self.combo)
        self.fill(None)

    def _add(self, choice: Choice) -> None:
        self._offered.append(choice)
        self.combo.addItem(choice.label, choice.code)
        self.combo.setItemData(self.combo.count() - 1, hint_of(choice), Qt.ItemDataRole.ToolTipRole)

    def offer(self, codes: Iterable[str]) -> None:
        """Offers only these answers, and the one that is chosen."""
        chosen, typed = self.value(), self.typed()
        offered = frozenset(codes) | {chosen}
        wanted = [each for each in self.field.choices if each.code in offered]
        if typed or wanted == self._offered:
            return
        # The answer stays the same, so nobody is told of a change.
        silent, combo_silent = self.blockSignals(True), self.combo.blockSignals(True)
        self.combo.clear()
        self._offered = []
        if not self._searched:
            self.combo.addItem(_NONE, None)
        for choice in wanted:
            self._add(choice)
        self.fill(chosen)
        self.combo.blockSignals(combo_silent)
        self.blockSignals(silent)

    def _make_searched(self) -> None:
        self.search = Searching(self.combo, self._labels, SEARCHED, self)
        self.search.line.setPlaceholderText("Type to search, or choose")
        self.search.line.setAccessibleName(self.field.label)
        self.search.line.textChanged.connect(self._tell)
        self.search.found.connect(self._say_found)
        self.search.taken.connect(self._take)
        # The whole list, also where the arrow is pressed while something is typed.
        self.combo.setCurrentIndex(-1)

    def _labels(self, typed: str) -> list[str]:
        return [each.label for each in matching(self._offered, typed)]

    def _take(self, label: str) -> None:
        self.combo.setCurrentIndex(self.combo.findText(label, Qt.MatchFlag.MatchExactly))
        self._index_changed()

    def _say_found(self, number: int) -> None:
        """Says at once where a word is not found; else what stands chosen is explained."""
        if number:
            self._show_note()
            return
        typed = self.combo.currentText().strip()
        self.note.setText(f"No answer has the word “{typed}”. Try another word, or clear it.")
        self.note.show()

    def _index_changed(self) -> None:
        self._show_note()
        self._tell()

    def _show_note(self) -> None:
        code = self.value()
        chosen = self.field.choice(code) if code is not None else None
        note = chosen.explanation if chosen is not None else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.combo.setToolTip(hint_of(chosen) if chosen is not None else "")

    def standing(self) -> str:
        """What the answer chosen rests on."""
        code = self.value()
        return self.field.choice(code).standing if code is not None else ""

    def _found(self) -> int:
        """The place of the answer that stands in the line; -1 for none of them."""
        if not self._searched:
            return self.combo.currentIndex()
        return self.combo.findText(self.combo.currentText().strip(), Qt.MatchFlag.MatchFixedString)

    def value(self) -> Any:
        """The code of the answer."""
        place = self._found()
        return self.combo.itemData(place) if place >= 0 else None

    def fill(self, value: Any) -> None:
        """Shows an answer; one that is no longer offered is added, not lost."""
        if value is not None and self.combo.findData(value) < 0:
            self._add(self.field.choice(value))
        if value is None and self._searched:
            self.combo.setCurrentIndex(-1)
            self.combo.setEditText("")
        else:
            self.combo.setCurrentIndex(self.combo.findData(value))
        self._show_note()

    def problem(self) -> str:
        """A typed answer that is not one of the list."""
        if self.typed():
            return "Choose one of the answers offered; type part of it to find it."
        return ""

    def typed(self) -> str:
        """What is typed and is none of the answers."""
        text = self.combo.currentText().strip() if self._searched else ""
        return text if text and self._found() < 0 else ""

    def _leave(self) -> None:
        if self._searched and self.typed() and (label := self.search.only()):
            self._take(label)
        place = self._found()
        if self._searched and place >= 0 and place != self.combo.currentIndex():
            self.combo.setCurrentIndex(place)
        super()._leave()

    def set_read_only(self, on: bool) -> None:
        """Shows the answer without letting it be changed."""
        self.combo.setEnabled(not on)
