"""The list of documents to sort: rows that are ticked, and worked by keys alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from dpdesk.disclosure.sorting_service import SortedDocument
from ui.disclosure.sort_model import SortModel
from ui.kit.look.theme import give_role
from ui.kit.register.table_view import FramedTable

_WIDTHS: Final = (68, 100, 128, 190, 60, 72, 70)
_NARROW: Final = (64, 94, 96, 112, 0, 64, 0)
"""The same where there is little room; 0 hides a column."""
_LITTLE: Final = 760


class SortTable(FramedTable):
    """The documents. ``opened``: one of them is to be seen in the review; ``pressed``: a key."""

    opened = Signal(object)
    asked = Signal(str)

    def __init__(self, documents: SortModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents = documents
        self.setModel(documents)
        self.setAccessibleName("Documents of this request")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(1.8 * self.fontMetrics().height()))
        head = self.horizontalHeader()
        give_role(head, "flush")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._narrow: bool | None = None
        self._fit(narrow=False)
        head.setStretchLastSection(True)
        self.doubleClicked.connect(self._open)

    def _fit(self, *, narrow: bool) -> None:
        """Fewer and narrower columns where there is little room: the remarks must be seen."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        scale = max(1.0, self.fontMetrics().averageCharWidth() / 7)
        for column, width in enumerate(_NARROW if narrow else _WIDTHS):
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, round(width * scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way where the window is narrow."""
        super().resizeEvent(event)
        self._fit(narrow=self.width() < _LITTLE)

    def now(self) -> SortedDocument | None:
        """The document in the row where the keyboard is."""
        index = self.currentIndex()
        return self.documents.rows[index.row()] if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.documents.rows[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks every row that is selected, Enter shows one, X and U answer."""
        key = Qt.Key(event.key())
        plain = not event.modifiers()
        if key is Qt.Key.Key_Space and self.currentIndex().isValid():
            rows = [index.row() for index in self.selectionModel().selectedRows()]
            some = [self.documents.rows[at] for at in rows or [self.currentIndex().row()]]
            ticked = set(self.documents.ticked())
            self.documents.tick(some, on=not ticked.issuperset(some))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif plain and key in {Qt.Key.Key_X, Qt.Key.Key_U}:
            self.asked.emit(key.name.removeprefix("Key_"))
        else:
            super().keyPressEvent(event)
