"""A table whose columns are always the same and are called by their names."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

NOWHERE: Final = QModelIndex()


class NamedColumns(QAbstractTableModel):
    """Who inherits it gives the names, the rows and what a cell says."""

    columns: ClassVar[tuple[str, ...]] = ()
    """What stands above each column."""

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as have names; none inside a cell."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section]
        return None
