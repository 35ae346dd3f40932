"""How a spreadsheet was read, and what of it can be changed: one panel for every import.

It shows the file as it stands, with the row of headings, and offers what may be taken for
another: the sheet, the row of headings, the sign between cells, the alphabet, hidden rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from dpdesk.registers.spreadsheet import ENCODINGS, SIGNS, How
from ui.kit.look.theme import LARGE, MEDIUM, theme
from ui.kit.pieces.cards import column, hide_unless, words
from ui.kit.register.inputs_choices import Combo

_SIGNS: Final = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar"}
_SHOWN_BELOW: Final = 8
"""Rows shown below the headings."""
_HIGH: Final = 160
_LOWEST: Final = 40
_WIDE: Final = 230
_LONGEST: Final = 60


class SheetPanel(QWidget):
    """Shows a :class:`How`. ``asked`` fires with an ``Asked`` when the user wants it otherwise."""

    asked = Signal(object)

    def __init__(self, how: How, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._how = how
        self.sheet, self._sheet = _choice("Sheet")
        self.head, self._head = _choice("Headings are in")
        self.sign, self._sign = _choice("Between the cells")
        self.encoding, self._encoding = _choice("Accents as in")
        self.hidden = QCheckBox("")
        self.table = QTableWidget()
        self.table.setAccessibleName("The file as it is")
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().hide()
        # On a low screen what the import would do goes before the rows of the file.
        self.table.setMinimumHeight(_LOWEST)
        self.table.setMaximumHeight(_HIGH)
        choices = QHBoxLayout()
        choices.setSpacing(LARGE)
        for each in (self._sheet, self._head, self._sign, self._encoding):
            choices.addWidget(each)
        choices.addStretch(1)
        layout = column(choices, self.hidden, self.table, space=MEDIUM)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for combo in (self.sheet, self.head, self.sign, self.encoding):
            combo.activated.connect(lambda _index: self._ask())
        self.hidden.clicked.connect(lambda _checked: self._ask())
        self.show_how(how)

    def show_how(self, how: How) -> None:
        """Shows how the file was read now."""
        self._how = how
        asked = how.asked
        _fill(self.sheet, [(title, title) for title in how.sheets], asked.sheet)
        _fill(self.head, self._heads(), asked.head)
        signs = dict.fromkeys((*SIGNS, asked.sign))
        _fill(self.sign, [(_SIGNS.get(sign, sign), sign) for sign in signs], asked.sign)
        _fill(self.encoding, [(name, name) for name in ENCODINGS], asked.encoding)
        hide_unless(self._sheet, len(how.sheets) > 1)
        for each in (self._sign, self._encoding):
            hide_unless(each, not how.sheets)
        rows = "the row" if how.hidden == 1 else f"the {how.hidden:,} rows"
        self.hidden.setText(f"Also read {rows} that this file hides")
        self.hidden.setChecked(asked.hidden)
        hide_unless(self.hidden, how.hidden > 0)
        self._show_rows()

    def show_again(self) -> None:
        """Takes back what was chosen."""
        self.show_how(self._how)

    def _heads(self) -> list[tuple[str, int]]:
        found = []
        for row in self._how.top[:-1]:
            said = ", ".join(_words(cell) for cell in row.cells if _words(cell))
            short = said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…"
            found.append((f"Row {row.number}: {short}", row.number))
        return found

    def _show_rows(self) -> None:
        asked = self._how.asked
        above = sum(row.number <= asked.head for row in self._how.top)
        rows = self._how.top[: above + _SHOWN_BELOW]
        wide = max((len(row.cells) for row in rows), default=0)
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(wide)
        self.table.setVerticalHeaderLabels([str(row.number) for row in rows])
        for place, row in enumerate(rows):
            left = row.number < asked.head or (
                row.hidden and not asked.hidden and row.number > asked.head
            )
            for number, cell in enumerate(row.cells):
                made = QTableWidgetItem(_words(cell))
                made.setToolTip(made.text())
                made.setFlags(Qt.ItemFlag.NoItemFlags if left else Qt.ItemFlag.ItemIsEnabled)
                font = made.font()
                font.setBold(row.number == asked.head)
                font.setStrikeOut(left)
                made.setFont(font)
                if left:
                    made.setForeground(QColor(theme().colours.muted))
                self.table.setItem(place, number, made)
        self.table.resizeColumnsToContents()
        for number in range(wide):
            self.table.setColumnWidth(number, min(self.table.columnWidth(number), 260))
        heading = self.table.item(max(0, above - 1), 0)
        if heading is not None:
            self.table.scrollToItem(heading)

    def _ask(self) -> None:
        now = self._how.asked
        asked = replace(
            now,
            sheet=self.sheet.currentData() or "",
            head=int(self.head.currentData() or 0),
            sign=str(self.sign.currentData() or "") if not self._how.sheets else "",
            encoding=str(self.encoding.currentData() or "") if not self._how.sheets else "",
            hidden=self.hidden.isChecked(),
        )
        if (asked.sheet, asked.sign) != (now.sheet, now.sign):
            asked = replace(asked, head=0)  # the headings of another table are elsewhere
        if asked != now:
            self.asked.emit(asked)


def _choice(label: str) -> tuple[Combo, QWidget]:
    combo = Combo()
    combo.setMinimumWidth(_WIDE)
    combo.setAccessibleName(label)
    said = words(label, "label")
    said.setBuddy(combo)
    around = QWidget()
    layout = column(said, combo)
    layout.setContentsMargins(0, 0, 0, 0)
    around.setLayout(layout)
    return combo, around


def _fill(combo: Combo, choices: list[tuple[str, Any]], chosen: Any) -> None:
    combo.clear()
    for label, value in choices:
        combo.addItem(label, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))


def _words(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())
