"""Pupils down, uses across. Everything is worked out when it is read, nothing while it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil
from dpdesk.consents.rules import NOT_ASKED, ConsentReason, ConsentStanding, Stands
from ui.consents.said import LOOK, word
from ui.kit.look.icons import SIZE, icon
from ui.kit.look.theme import theme
from ui.kit.register.table import ID_ROLE, NAMES_ROLE

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()
_FIRST: Final = 2
"""Columns before the uses: the pupil and the class."""
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)


class MatrixModel(QAbstractTableModel):
    """The answers of some pupils of a roll."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roll: Roll | None = None
        self.pupils: Sequence[Pupil] = ()
        self._stand: list[list[ConsentStanding]] = []
        self._words: list[list[str]] = []
        self._signs: list[list[QPixmap | None]] = []
        self._heads: list[str] = []
        theme().changed.connect(self._draw_signs)

    def show_pupils(self, roll: Roll, pupils: Sequence[Pupil]) -> None:
        """Shows these pupils, in this order."""
        self.beginResetModel()
        self.roll, self.pupils = roll, pupils
        self._heads = ["Pupil", "Class", *(use.name for use in roll.uses)]
        found = roll.standings.get
        uses = [use.id for use in roll.uses]
        self._stand = [[found((pupil.id, use), NOT_ASKED) for use in uses] for pupil in pupils]
        said = {stands: word(stands) for stands in Stands}
        # Two who do not agree are a no that somebody should talk about.
        self._words = [
            [
                pupil.title,
                pupil.place,
                *(
                    f"{said[each.stands]}, not agreed"
                    if each.reason is ConsentReason.DISAGREE
                    else said[each.stands]
                    for each in row
                ),
            ]
            for pupil, row in zip(pupils, self._stand, strict=True)
        ]
        self._draw_signs(whole=False)
        self.endResetModel()

    def _draw_signs(self, *, whole: bool = True) -> None:
        """Draws each icon once, in the colours of the moment."""
        made: Mapping[Stands, QPixmap] = {
            stands: icon(name, colour).pixmap(SIZE, SIZE)
            for stands, (_, name, colour) in LOOK.items()
        }
        self._signs = [[None] * _FIRST + [made[each.stands] for each in row] for row in self._stand]
        if whole and self._words:
            last = self.index(len(self._words) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of pupils."""
        return 0 if parent.isValid() else len(self._words)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The pupil, the class, and each use."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """One cell, as it was worked out before."""
        if role == _DISPLAY:
            return self._words[index.row()][index.column()]
        if role == _DECORATION:
            return self._signs[index.row()][index.column()]
        if role in {_TIP, _SPOKEN}:
            return self._told(index.row(), index.column())
        if role == NAMES_ROLE:
            return index.column() == 0
        return self.pupils[index.row()].id if role == ID_ROLE else None

    def _told(self, row: int, column: int) -> str:
        said = self._words[row][column]
        if self.roll is None or column < _FIRST:
            return said
        use = self.roll.uses[column - _FIRST]
        return f"{use.name}: {said}. {self.roll.why(self.pupils[row].id, use.id)}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in {_DISPLAY, _SPOKEN}:
            return self._heads[section]
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == _TIP and section >= _FIRST and self.roll is not None:
            return self.roll.uses[section - _FIRST].words
        return None
