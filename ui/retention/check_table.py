"""A list from which several lines are chosen by ticking them, by mouse or with Space.

For lists that are no register's: what is due, what is offered. A line that cannot be chosen shows
a lock in place of its box, and says why when somebody tries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.kit.look.icons import icon
from ui.kit.pieces.badges import Badge
from ui.kit.register.table import BADGE_ROLE, ID_ROLE, Index
from ui.kit.register.table_view import TableView

_BOX: Final = 40
"""Width of the column of boxes, in pixels."""
_NO_PARENT: Final = QModelIndex()
_LONGEST: Final = 300
"""Letters of a cell that are drawn; the tool tip has the rest."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A line: number of its entry, the words of its cells, and what else is to be known."""

    id: int
    cells: tuple[str, ...]
    badges: Mapping[int, Badge] = field(default_factory=dict)
    """Badges in place of words, by the place of the cell."""
    order: tuple[Any, ...] = ()
    """What each cell is sorted by; empty: by its words."""
    locked: str = ""
    """Why it cannot be chosen, as a sentence; empty if it can."""

    def key(self, column: int) -> Any:
        """What it is sorted by in a column."""
        return self.order[column] if self.order else self.cells[column].casefold()


class CheckModel(QAbstractTableModel):
    """Lines with boxes. ``chosen`` holds the numbers of those that are ticked."""

    ticked = Signal()

    def __init__(self, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings = ("", *headings)
        self.lines: list[CheckRow] = []
        self.chosen: set[int] = set()

    def show_lines(self, lines: Iterable[CheckRow]) -> None:
        """Shows other lines; what was ticked and is still here stays ticked."""
        self.beginResetModel()
        self.lines = list(lines)
        self.chosen &= {line.id for line in self.lines if not line.locked}
        self.endResetModel()

    def sort_lines(self, column: int, *, descending: bool) -> None:
        """Sorts by a cell."""
        self.beginResetModel()
        self.lines.sort(key=lambda line: line.key(column), reverse=descending)
        self.endResetModel()

    def tick(self, numbers: Iterable[int], *, on: bool) -> None:
        """Ticks lines, or unticks them; those that are locked stay as they are."""
        free = {line.id for line in self.lines if not line.locked} & set(numbers)
        after = self.chosen | free if on else self.chosen - free
        if after == self.chosen:
            return
        self.chosen = after
        if self.lines:
            top, end = self.index(0, 0), self.index(len(self.lines) - 1, 0)
            self.dataChanged.emit(top, end, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of columns, that of the boxes included."""
        return 0 if parent.isValid() else len(self.headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Boxes can be ticked."""
        found = super().flags(index)
        if index.column() == 0 and index.isValid() and not self.lines[index.row()].locked:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A click on a box."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        line = self.lines[index.row()]
        self.tick([line.id], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ID_ROLE:
            return line.id
        if index.column() == 0:
            return self._box(line, role)
        place = index.column() - 1
        badge = line.badges.get(place)
        if role == BADGE_ROLE:
            return badge
        if role == Qt.ItemDataRole.DisplayRole:
            return badge.text if badge is not None else line.cells[place][:_LONGEST]
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return (badge.hint or badge.text) if badge is not None else line.cells[place]
        return None

    def _box(self, line: CheckRow, role: int) -> Any:
        on = line.id in self.chosen
        if role == Qt.ItemDataRole.CheckStateRole and not line.locked:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and line.locked:
            return icon("mdi6.lock-outline", "warn")
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.locked or "Space ticks what is selected"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.locked or ("chosen" if on else "not chosen")
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole and section == 0:
            return "Chosen"
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class CheckTable(TableView):
    """``columns``: heading and width in pixels of each.

    ``ticked`` fires when other lines are chosen; ``refused`` carries the sentence why a line
    cannot be; ``moved`` the number of the line that the keyboard is on.
    """

    ticked = Signal()
    refused = Signal(str)
    moved = Signal(int)

    def __init__(
        self, name: str, columns: Sequence[tuple[str, int]], parent: QWidget | None = None
    ) -> None:
        self.lines = CheckModel([heading for heading, _ in columns])
        super().__init__(name, self.lines, parent)
        self.lines.setParent(self)
        self._by = (-1, False)
        head = self.horizontalHeader()
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(_BOX)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for place, width in enumerate((_BOX, *(width for _, width in columns))):
            self.setColumnWidth(place, width)
        head.sectionClicked.connect(self._sort_by)
        self.lines.ticked.connect(self.ticked)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell_moved())

    def show_lines(self, lines: Iterable[CheckRow]) -> None:
        """Shows other lines, with the keyboard on the same one where it is still there."""
        current, chosen = self.current_id(), set(self.lines.chosen)
        self.lines.show_lines(lines)
        column, descending = self._by
        if column >= 0:
            self.lines.sort_lines(column, descending=descending)
        self.go_to(current)
        if chosen != self.lines.chosen:
            self.ticked.emit()
        self._tell_moved()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Numbers of the ticked lines, in the order shown."""
        return tuple(line.id for line in self.lines.lines if line.id in self.lines.chosen)

    def tick_all(self) -> None:
        """Ticks every line that can be chosen; unticks all where they are ticked already."""
        free = [line.id for line in self.lines.lines if not line.locked]
        self.lines.tick(free, on=not self.lines.chosen.issuperset(free))

    def go_to(self, number: int) -> bool:
        """Puts the keyboard on a line; False if it is not here."""
        ids = [line.id for line in self.lines.lines]
        if number not in ids:
            return False
        self.choose_row(ids.index(number))
        return True

    def toggle(self) -> None:
        """Ticks the selected lines, or unticks them where all are ticked."""
        wanted = set(self.chosen_ids()) or {self.current_id()}
        lines = [line for line in self.lines.lines if line.id in wanted]
        free = [line.id for line in lines if not line.locked]
        if free:
            self.lines.tick(free, on=not self.lines.chosen.issuperset(free))
        elif lines:
            self.refused.emit(lines[0].locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; all else as in every list."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
            return
        super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        line = self.lines.lines[index.row()]
        if index.column() == 0 and line.locked:
            self.refused.emit(line.locked)

    def _sort_by(self, section: int) -> None:
        if not section:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.tick_all()
            return
        column, descending = self._by
        descending = not descending if column == section - 1 else False
        self._by = (section - 1, descending)
        current = self.current_id()
        self.lines.sort_lines(section - 1, descending=descending)
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, down if descending else up)
        self.go_to(current)

    def _tell_moved(self) -> None:
        self.moved.emit(self.current_id())
