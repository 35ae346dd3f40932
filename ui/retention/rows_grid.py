"""A grid to type or paste many holdings into, a line for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.kit.look.icons import icon

_LINES: Final = 12
_WIDTHS: Final = (150, 190, 130, 130, 110, 96, 124)
"""Widths of the cells, in pixels; what the line becomes takes the rest."""
_SAID: Final = "When it falls due"
_SAID_WIDTH: Final = 260
"""Pixels that are kept for what the line becomes, as long as the headings stay whole."""


class _Classes(QStyledItemDelegate):
    """Offers the classes of the schedule while a code or a word of one is typed."""

    def __init__(self, offered: Callable[[], Sequence[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = offered

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A line that completes."""
        line = QLineEdit(parent)
        line.setAccessibleName("Class of the schedule")
        completer = QCompleter(list(self._offered()), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        return line

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Takes the class that is meant where only one can be: Enter need not choose it first."""
        words = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        meant = [each for each in self._offered() if words.casefold() in each.casefold()]
        if words and len(meant) == 1 and isinstance(editor, QLineEdit):
            editor.setText(meant[0])
        super().setModelData(editor, model, index)


class RowsGrid(QTableWidget):
    """``edited`` fires after any change of a cell; ``left`` when Escape leaves the lines."""

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        headings: Sequence[str],
        classes: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_LINES, len(headings) + 1, parent)
        self._cells = len(headings)
        self.setAccessibleName("Lines, one for each holding")
        self.setHorizontalHeaderLabels([*headings, _SAID])
        self.setItemDelegateForColumn(0, _Classes(classes, self))
        self.setTabKeyNavigation(True)
        self.setShowGrid(True)
        self.setWordWrap(False)
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._given: list[int] = []
        self._share_out()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(34)
        self._fill()
        self.cellChanged.connect(self._cell_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the cells leave room to what the line becomes."""
        super().resizeEvent(event)
        widths = [self.columnWidth(place) for place in range(self._cells)]
        if widths == self._given:  # else somebody drew them as they should be
            self._share_out()

    def _share_out(self) -> None:
        """Gives each cell its width, or less; never less than its heading needs."""
        head = self.horizontalHeader()
        # Letters may be larger than those that the widths were chosen for.
        least = [head.sectionSizeHint(place) for place in range(self._cells)]
        usual = [max(pair) for pair in zip(_WIDTHS, least, strict=False)]
        over = sum(usual) + _SAID_WIDTH - self.viewport().width()
        spare = sum(usual) - sum(least)
        if over > 0 and spare > 0:
            part = min(1.0, over / spare)
            usual = [
                wide - round((wide - few) * part) for wide, few in zip(usual, least, strict=True)
            ]
        for place, width in enumerate(usual):
            self.setColumnWidth(place, width)
        self._given = usual

    def _fill(self) -> None:
        """Gives every cell something that can be typed into."""
        blocked = QSignalBlocker(self)
        for line in range(self.rowCount()):
            for cell in range(self._cells + 1):
                if self.item(line, cell) is None:
                    made = QTableWidgetItem("")
                    if cell == self._cells:
                        made.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    self.setItem(line, cell, made)
        blocked.unblock()

    def _cell_changed(self, _line: int, cell: int) -> None:
        if cell < self._cells:
            self.edited.emit()

    def typed(self) -> list[list[str]]:
        """The words of every line, empty ones included."""
        return [
            [self._cell(line, cell).text().strip() for cell in range(self._cells)]
            for line in range(self.rowCount())
        ]

    @property
    def empty(self) -> bool:
        """Is nothing typed at all?"""
        return not any(any(line) for line in self.typed())

    def say(self, line: int, text: str, mark: str = "", tone: str = "") -> None:
        """Says beside a line what it becomes, or what is wrong."""
        blocked = QSignalBlocker(self)
        cell = self._cell(line, self._cells)
        cell.setText(text)
        cell.setToolTip(text)
        cell.setIcon(icon(mark, tone) if mark else icon("mdi6.circle-outline", "base"))
        cell.setData(Qt.ItemDataRole.DecorationRole, icon(mark, tone) if mark else None)
        blocked.unblock()
        self.viewport().update()

    def said(self, line: int) -> str:
        """What stands beside a line."""
        return self._cell(line, self._cells).text()

    def keep_lines(self, places: Sequence[int]) -> None:
        """Takes away all lines but these."""
        kept = [line for place, line in enumerate(self.typed()) if place in set(places)]
        self.clear_lines()
        self.put(kept)

    def clear_lines(self) -> None:
        """Empties everything."""
        blocked = QSignalBlocker(self)
        self.clearContents()
        self.setRowCount(_LINES)
        blocked.unblock()
        self._fill()
        self.setCurrentCell(0, 0)

    def put(self, lines: Iterable[Sequence[str]], line: int = 0, cell: int = 0) -> None:
        """Writes cells from a place on; lines are added as they are needed."""
        rows = [list(each) for each in lines]
        blocked = QSignalBlocker(self)
        self.setRowCount(max(self.rowCount(), line + len(rows) + 1))
        blocked.unblock()
        self._fill()
        blocked.reblock()
        for down, row in enumerate(rows):
            for right, text in enumerate(row[: self._cells - cell]):
                self._cell(line + down, cell + right).setText(text.strip())
        blocked.unblock()
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pastes, empties, and leaves; Tab in the last cell begins another line."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            for chosen in self.selectedItems():
                if chosen.column() < self._cells:
                    chosen.setText("")
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Tab and self._at_end():
            self.setRowCount(self.rowCount() + 1)
            self._fill()
            self.setCurrentCell(self.rowCount() - 1, 0)
        else:
            super().keyPressEvent(event)

    def _at_end(self) -> bool:
        return self.currentRow() == self.rowCount() - 1 and self.currentColumn() >= self._cells - 1

    def paste(self) -> None:
        """Writes what was copied elsewhere, from the cell on that the keyboard is in."""
        from dpdesk.retention.typed_rows import split_lines  # loaded only to paste
        from dpdesk.retention.typed_sheets import with_heading

        lines = with_heading(split_lines(QGuiApplication.clipboard().text())).lines
        if lines:
            cell = max(0, self.currentColumn())
            self.put(lines, max(0, self.currentRow()), cell if cell < self._cells else 0)

    def _cell(self, line: int, cell: int) -> Any:
        return self.item(line, cell)
