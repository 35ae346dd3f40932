"""Pick lists: yes or no at a glance, one of several, several of many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from dpdesk.law.pick_lists import matching
from dpdesk.registers.fields import Choice, Field
from ui.kit.look.theme import SMALL, TINY, set_invalid, set_role
from ui.kit.pieces.buttons import Option, option
from ui.kit.pieces.cards import column, help_words
from ui.kit.register.inputs import Input
from ui.kit.register.searched_combo import Searching
from ui.kit.register.ticks import CheckLine, TickColumns

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

    Choosing the chosen one again, or Delete, takes the answer back.
    """

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._code: str | None = None
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
            made.again.connect(lambda: self._answer(None))
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
        self.fill(code)
        self._tell()

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
            self._leave()
        return super().eventFilter(watched, event)

    def _step(self, watched: QObject, step: int) -> None:
        codes = list(self.buttons)
        place = next((i for i, code in enumerate(codes) if self.buttons[code] is watched), 0)
        code = codes[max(0, min(len(codes) - 1, place + step))]
        self.fill(code)
        self.buttons[code].setFocus()
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


class ChoicesInput(Input):
    """Several of a pick list, as a list of boxes to tick."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.checks: dict[str, QCheckBox] = {}
        self.lines: dict[str, CheckLine] = {}
        self._offered: frozenset[str] | None = None
        self.frame = QFrame()
        set_role(self.frame, "checks")
        self._inside = TickColumns()
        outer = QVBoxLayout(self.frame)
        outer.setContentsMargins(2, 2, 2, 2)
        self.search: QLineEdit | None = None
        if len(field.choices) > SEARCHED:
            self.search = QLineEdit()
            set_role(self.search, "search")
            self.search.setPlaceholderText("Search these answers")
            self.search.setAccessibleName(f"Search the answers to {field.label}")
            self.search.textChanged.connect(self._filter)
            outer.addWidget(self.search)
        outer.addWidget(self._inside)
        for choice in field.choices:
            self._add(choice)
        self._unfound = help_words("")
        self._unfound.setContentsMargins(SMALL, TINY, SMALL, TINY)
        self._unfound.hide()
        outer.addWidget(self._unfound)
        self.chosen = help_words("")
        self.chosen.setContentsMargins(SMALL, TINY, SMALL, TINY)
        self.chosen.hide()
        outer.addWidget(self.chosen)
        self.box.addWidget(self.frame)
        self.target = self.search or next(iter(self.checks.values()), self.frame)
        self.setFocusProxy(self.target)

    def _add(self, choice: Choice) -> None:
        line = CheckLine(choice.label)
        line.box.setAccessibleName(f"{self.field.label}: {choice.label}")
        line.setToolTip(hint_of(choice))
        line.box.toggled.connect(self._ticked)
        line.box.installEventFilter(self)
        self._inside.add(line)
        self.checks[choice.code] = line.box
        self.lines[choice.code] = line

    def offer(self, codes: Iterable[str]) -> None:
        """Shows only these answers, and those that are ticked; the others stay in the list."""
        self._offered = frozenset(codes)
        for code, line in self.lines.items():
            line.setVisible(code in self._offered or line.box.isChecked())
        self._inside.arrange()

    def _ticked(self) -> None:
        self._show_chosen()
        self._tell()

    def _filter(self, sought: str) -> None:
        found = {each.code for each in matching(map(self.field.choice, self.lines), sought)}
        for code, line in self.lines.items():
            here = self._offered is None or code in self._offered or line.box.isChecked()
            line.setVisible(code in found and here)
        self._inside.arrange()
        self._unfound.setText(f"No answer has the word “{sought.strip()}”.")
        self._unfound.setVisible(not found)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Names what is ticked below a long list, of which only a part is seen."""
        labels = [self.field.choice(code).label for code in self.value() or ()]
        wanted = bool(labels) and self.search is not None
        self.chosen.setText(f"Chosen: {'; '.join(labels)}" if wanted else "")
        self.chosen.setVisible(wanted)

    def standing(self) -> str:
        """What the answers ticked rest on, where one of them is not confirmed."""
        chosen = [self.field.choice(code) for code in self.value() or ()]
        return "\n".join(f"{one.label}: {one.standing}" for one in chosen if one.caution)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the last box ticked is leaving the question."""
        if "checks" not in self.__dict__:
            return False
        if event.type() is QEvent.Type.FocusOut and isinstance(watched, QCheckBox):
            self._leave()
        return super().eventFilter(watched, event)

    def describe(self, text: str) -> None:
        """Help and errors, for screen readers."""
        for made in self.checks.values():
            made.setAccessibleDescription(text)

    def value(self) -> Any:
        """The codes ticked, in the order of the list; None for none."""
        return tuple(code for code, made in self.checks.items() if made.isChecked()) or None

    def fill(self, value: Any) -> None:
        """Ticks the answers; those no longer offered are added, not lost."""
        chosen = set(value or ())
        for code in value or ():
            if code not in self.checks:
                self._add(self.field.choice(code))
        for code, made in self.checks.items():
            made.setChecked(code in chosen)

    def mark(self, invalid: bool) -> None:
        """Shows that the answer needs another look."""
        set_invalid(self.frame, invalid)
