"""Looking at a spreadsheet before it is taken in: which column answers what, and what is wrong."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from dpdesk.law.words import count
from dpdesk.registers import spreadsheet
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet import Preview, Sheet
from dpdesk.registers.wording import show
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.cards import scrolling, words
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.sheet_dialog import SheetLook
from ui.kit.register.sheet_reading import Again

_SHOWN = 200
"""Rows shown of the look ahead; what is wrong comes first."""
_LEFT_OUT = "Leave out"


class ImportDialog(SheetLook):
    """Shows a sheet with its columns matched. ``preview`` is what was accepted; None before."""

    def __init__(
        self,
        service: RegisterService[Any, Any],
        sheet: Sheet,
        name: str,
        parent: QWidget | None = None,
        *,
        again: Again | None = None,
    ) -> None:
        super().__init__(
            name,
            sheet.how,
            "Nothing is saved until you accept. Rows with something wrong are left out.",
            again,
            parent,
        )
        self._service = service
        self._sheet = sheet
        self.preview: Preview | None = None
        self._looked: Preview | None = None
        self.resize(1080, 730)
        self._fields = spreadsheet.fields_to_fill(service.register)
        self._combos: list[Combo] = []
        self._columns: QWidget | None = None
        self._middle = QHBoxLayout()
        self._middle.setSpacing(LARGE)
        self.table = QTableWidget()
        self.table.setAccessibleName("The rows as they would be imported")
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self._middle.addWidget(self.table, 1)
        self.inside.addLayout(self._middle, 1)
        self.accepted.connect(self._keep)
        self.show_read(sheet)

    def show_read(self, read: Sheet) -> None:
        """Shows another table: its columns are matched anew."""
        self._sheet = read
        if self._columns is not None:
            self._middle.removeWidget(self._columns)
            self._columns.deleteLater()
        self._combos = []
        self._columns = self._matching()
        self._middle.insertWidget(0, self._columns)
        self.look()

    def shown_again(self) -> None:
        """Shows what the columns that are matched now would become."""
        self.look()

    def _matching(self) -> QWidget:
        inside = QWidget()
        form = QFormLayout(inside)
        form.setSpacing(MEDIUM)
        matched = spreadsheet.match(self._service.register, self._sheet.columns)
        for place, heading in enumerate(self._sheet.columns):
            combo = Combo()
            combo.addItem(_LEFT_OUT, "")
            for field in self._fields:
                combo.addItem(field.label, field.name)
            combo.setCurrentIndex(max(0, combo.findData(matched.get(place, ""))))
            combo.setMaximumWidth(240)
            combo.setAccessibleName(f"What the column {heading or place + 1} answers")
            combo.activated.connect(lambda _index: self.look())
            self._combos.append(combo)
            form.addRow(words(heading or f"Column {place + 1}"), combo)
        area = scrolling(inside, "Columns of the file")
        area.setMinimumWidth(400)
        return area

    def mapping(self) -> dict[int, str]:
        """Which column answers which field; of two for the same field the first counts."""
        found: dict[int, str] = {}
        for place, combo in enumerate(self._combos):
            name = str(combo.currentData() or "")
            if name and name not in found.values():
                found[place] = name
        return found

    def look(self) -> None:
        """Works out what the import would do, with the columns as they are matched now."""
        looked = spreadsheet.preview(self._service, self._sheet, self.mapping())
        self._looked = looked
        ready = len(looked.ready)
        parts = [f"{count(ready, 'row')} can be imported"]
        if looked.wrong:
            parts.append(f"{looked.wrong} cannot, because something in them is wrong")
        if looked.twice:
            parts.append(f"{looked.twice} seem to be here already")
        text = "; ".join(parts) + "."
        self.banner.say(" ".join([text, *looked.notes]), "warn" if looked.wrong else "info")
        self.accept_button.setEnabled(ready > 0)
        self.accept_button.setText(f"Import {count(ready, 'row')}")
        self._show(looked)

    def _show(self, looked: Preview) -> None:
        register = self._service.register
        fields = [register.field(name) for name in looked.fields]
        rows = sorted(looked.rows, key=lambda each: (not each.problems, not each.warning))[:_SHOWN]
        self.table.setColumnCount(len(fields) + 2)
        self.table.setHorizontalHeaderLabels(["Row", "What is wrong", *(f.column for f in fields)])
        self.table.setRowCount(len(rows))
        for place, each in enumerate(rows):
            wrong = " ".join(each.problems.values()) or each.warning or "Right"
            cells = [str(each.number), wrong, *(show(f, each.values.get(f.name)) for f in fields)]
            for column, text in enumerate(cells):
                made = QTableWidgetItem(text)
                made.setToolTip(text)
                made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(place, column, made)
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(1, 260)

    def _keep(self) -> None:
        self.preview = self._looked
