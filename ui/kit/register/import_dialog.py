"""Looking at a spreadsheet before it is taken in: which column answers what, and what is wrong."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from dpdesk.law.words import count
from dpdesk.registers import spreadsheet
from dpdesk.registers.fields import Kind
from dpdesk.registers.service import RegisterService
from dpdesk.registers.spreadsheet import Preview, PreviewRow, Sheet
from dpdesk.registers.wording import show
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.cards import scrolling, words
from ui.kit.pieces.low import resize_within
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.sheet_dialog import SheetLook
from ui.kit.register.sheet_reading import Again

_SHOWN = 200
"""Rows shown of the look ahead; what is wrong comes first."""
_LEFT_OUT = "Leave out"
_FATE_WIDE, _CELL_WIDE, _LEAST_HIGH = 380, 240, 30
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_LONG = 120
"""Signs of an answer that are shown of what changes; the whole stands in its column."""
_FIRST = {"wrong": 0, "changed": 1, "new": 2, "same": 3}
"""What is looked at first."""
_AFRESH = "Add every row as a new entry, also where its reference is here already"


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
            "Nothing is saved until you accept. Rows with something wrong are left out. A row with "
            "the reference of an entry changes that entry."
            + (
                " The whole import can be undone afterwards."
                if spreadsheet.can_take_back(service)
                else ""
            ),
            again,
            parent,
        )
        self._service = service
        self._sheet = sheet
        self.preview: Preview | None = None
        self._looked: Preview | None = None
        resize_within(self, 1080, 730)
        self._fields = service.register.fields
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
        self.afresh = QCheckBox(_AFRESH)
        self.afresh.clicked.connect(self.look)
        self.inside.addWidget(self.afresh)
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
            heard_as(combo, f"What the column {heading or place + 1} answers")
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
        looked = spreadsheet.preview(
            self._service, self._sheet, self.mapping(), afresh=self.afresh.isChecked()
        )
        self._looked = looked
        self.afresh.setVisible(looked.names)
        ready = len(looked.ready)
        text = "; ".join(_counted(looked)) + "."
        self.banner.say(" ".join([text, *looked.notes]), "warn" if looked.wrong else "info")
        self.accept_button.setEnabled(ready > 0)
        self.accept_button.setText(f"Import {count(ready, 'row')}")
        self._show(looked)

    def _show(self, looked: Preview) -> None:
        register = self._service.register
        fields = [register.field(name) for name in looked.fields]
        rows = sorted(looked.rows, key=lambda each: (_FIRST[each.fate], not each.warning))[:_SHOWN]
        self.table.setColumnCount(len(fields) + 2)
        heading = "What will happen" if looked.names else "What is wrong"
        self.table.setHorizontalHeaderLabels(["Row", heading, *(f.column for f in fields)])
        self.table.setRowCount(len(rows))
        for place, each in enumerate(rows):
            cells = [str(each.number), _fate(each)]
            for field in fields:
                value = each.values.get(field.name)
                link = field.kind is Kind.LINK and value is not None
                said = self._service.link_label(field, int(value or 0)) if link else ""
                cells.append(said or show(field, value))
            for column, text in enumerate(cells):
                made = QTableWidgetItem(text)
                made.setToolTip(text)
                made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(place, column, made)
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(1, _FATE_WIDE)
        for column in range(2, self.table.columnCount()):
            self.table.setColumnWidth(column, min(_CELL_WIDE, self.table.columnWidth(column)))
        self._make_room(len(rows))

    def _make_room(self, rows: int) -> None:
        """What becomes of a row is read whole, on as many lines as it takes."""
        metrics = self.table.fontMetrics()
        for place in range(rows):
            item = self.table.item(place, 1)
            said = item.text() if item is not None else ""
            needed = metrics.boundingRect(0, 0, _FATE_WIDE - LARGE, 0, _WRAPPED, said)
            self.table.setRowHeight(place, max(_LEAST_HIGH, needed.height() + MEDIUM))

    def _keep(self) -> None:
        self.preview = self._looked


def _counted(looked: Preview) -> list[str]:
    """What would come of the rows, in the order in which it matters."""
    changed, same, wrong = (looked.of(fate) for fate in ("changed", "same", "wrong"))
    if not changed and not same:
        parts = [f"{count(len(looked.ready), 'row')} can be imported"]
    else:
        parts = [f"{count(changed, 'row')} {'changes' if changed == 1 else 'change'} an entry"]
        if new := looked.of("new"):
            parts.append(f"{new} {'is' if new == 1 else 'are'} new")
        if same:
            parts.append(f"{same} {'says' if same == 1 else 'say'} what is here already")
    if wrong:
        parts.append(f"{wrong} cannot, because something in them is wrong")
    if looked.twice:
        parts.append(f"{looked.twice} seem to be here already")
    return parts


def _fate(row: PreviewRow) -> str:
    """What becomes of a row, with what it changes."""
    wrong = " ".join(row.problems.values()) or row.warning
    if wrong:
        return wrong
    if row.entry is None:
        return "Right"
    if not row.told:
        return f"{row.entry.reference}: as it is here"
    told = [
        f"{row.entry.register.field(name).column}: {_quoted(was)} → {_quoted(now)}"
        for name, (was, now) in row.told.items()
    ]
    return f"Changes {row.entry.reference}. " + "; ".join(told)


def _quoted(words: str) -> str:
    short = words if len(words) <= _LONG else f"{words[:_LONG].rstrip()}…"
    return f"“{short}”" if words else "no answer"
