"""A register's list as a table: 50,000 rows cost no more than those that are looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from dpdesk.registers.entries import Listing
from dpdesk.registers.fields import Kind
from ui.kit.look.onlookers import Blurred, onlookers
from ui.kit.pieces.badges import Badge, due_badge

Index = QModelIndex | QPersistentModelIndex

BADGE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The :class:`Badge` that a cell shows instead of words, or None."""
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Number of the entry in that row."""
NAMES_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""May a cell name somebody? Then it is smeared while names are hidden from onlookers."""

BadgeMaker = Callable[[Listing, int], Badge | None]
"""Makes the badge of a cell from the list and the row."""

_RIGHT = frozenset({Kind.NUMBER, Kind.MONEY})
_PLAIN = frozenset(
    {Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES}
)
"""Kinds of answers in which nobody can be named; whatever else was typed may name somebody."""
_NO_NAMES = frozenset({"reference", "state", "due"})
"""Columns that every list has and that name nobody."""
_NO_PARENT = QModelIndex()


class ListingModel(QAbstractTableModel):
    """The rows of a :class:`Listing`, in words.

    ``badges`` gives further columns a badge, by the name of the column; state and due date have
    theirs already.
    """

    def __init__(
        self,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        badges: Mapping[str, BadgeMaker] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.listing: Listing | None = None
        self._now = now
        self._badges = dict(badges or {})

    def show_listing(self, listing: Listing) -> None:
        """Shows another list, or the same read afresh."""
        self.beginResetModel()
        self.listing = listing
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of entries shown."""
        return 0 if parent.isValid() or self.listing is None else len(self.listing.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of columns, hidden ones included."""
        return 0 if parent.isValid() or self.listing is None else len(self.listing.columns)

    def badge(self, row: int, column: int) -> Badge | None:
        """The badge of a cell; None where it shows words."""
        listing = self.listing
        assert listing is not None
        name = listing.columns[column].name
        if name in self._badges:
            return self._badges[name](listing, row)
        if name == "state":
            key = listing.raw(row, column)
            if not key:
                return None
            state = listing.register.state(key)
            return Badge(state.label, state.icon, state.tone)
        if name == "due":
            state = listing.register.state(listing.rows[row][3] or "")
            settled = bool(listing.register.states) and not state.open
            return due_badge(listing.raw(row, column), self._now(), settled=settled)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell, asked for only when it is shown."""
        if self.listing is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == BADGE_ROLE:
            return self.badge(row, column)
        if role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return self._words(row, column, role)
        if role == ID_ROLE:
            return self.listing.id(row)
        if role == NAMES_ROLE:
            return self._may_name(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        """Numbers stand at the right, and so does their heading."""
        assert self.listing is not None
        field = self.listing.columns[column].field
        right = field is not None and field.kind in _RIGHT
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _words(self, row: int, column: int, role: int) -> str:
        assert self.listing is not None
        badge = self.badge(row, column)
        if badge is None:
            tip = role == Qt.ItemDataRole.ToolTipRole
            if tip and self._may_name(column) and onlookers().hides(Blurred.LISTS):
                return ""
            text = self.listing.cell(row, column)
            # Long answers are one line in a list; the tool tip keeps a readable part of them.
            if tip:
                return text[:600]
            return " ".join(text[:300].split()) if "\n" in text else text
        if role == Qt.ItemDataRole.DisplayRole:
            return badge.text
        return badge.hint or badge.text

    def _may_name(self, column: int) -> bool:
        assert self.listing is not None
        of = self.listing.columns[column]
        if of.field is None:
            return of.name not in _NO_NAMES
        return of.field.kind not in _PLAIN

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or self.listing is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.listing.columns[section].label
        if role == Qt.ItemDataRole.ToolTipRole:
            field = self.listing.columns[section].field
            label = self.listing.columns[section].label
            return f"{label}. {field.help}" if field is not None and field.help else label
        return None
