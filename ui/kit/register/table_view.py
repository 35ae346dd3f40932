"""How a list looks and is used: calm rows, badges, sort by header, columns to choose."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dpdesk.registers.entries import Listing
from ui.kit.look.onlookers import Blurred, onlookers, words_smeared
from ui.kit.look.theme import theme
from ui.kit.pieces.badges import Badge, badge_size, draw_badge
from ui.kit.register.table import BADGE_ROLE, ID_ROLE, NAMES_ROLE, ListingModel

_LEFT = 12
ROW = 1.8
"""Height of a row, in heights of the letters; never less than a badge needs."""


class CellDelegate(QStyledItemDelegate):
    """Draws badges where a cell has one; rows are selected whole, without a focus frame."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Takes the focus frame away and keeps words from the edge."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.textElideMode = Qt.TextElideMode.ElideRight

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draws one cell."""
        badge = index.data(BADGE_ROLE)
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        text = own.text
        own.text = ""
        widget = own.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, widget)
        room = QRectF(own.rect).adjusted(_LEFT, 0, -_LEFT / 2, 0)
        if isinstance(badge, Badge):
            draw_badge(painter, room.adjusted(-2, 0, 0, 0), badge, own.font)
            return
        chosen = bool(own.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setFont(own.font)
        painter.setPen(own.palette.color(QPalette.ColorGroup.Active, role))
        shown = QFontMetrics(own.font).elidedText(text, own.textElideMode, int(room.width()))
        if onlookers().hides(Blurred.LISTS) and index.data(NAMES_ROLE):
            words_smeared(painter, room, int(own.displayAlignment), shown)
        else:
            painter.drawText(room, int(own.displayAlignment), shown)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The room that a cell would like to have."""
        badge = index.data(BADGE_ROLE)
        if isinstance(badge, Badge):
            size = badge_size(badge, option.font)
            return QSize(size.width() + 2 * _LEFT, size.height() + 12)
        size = super().sizeHint(option, index)
        return QSize(size.width() + 2 * _LEFT, size.height())


class FramedTable(QTableView):
    """A table that shows the row that the keyboard is on by lines: a tint alone is not seen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the lines above and below that row over what its cells show."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row < 0 or not self.hasFocus():
            return
        top = self.rowViewportPosition(row)
        foot = top + self.rowHeight(row) - 1
        head = self.horizontalHeader()
        right = min(head.length() - head.offset(), self.viewport().width()) - 1
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(theme().colours.accent), 2))
        painter.drawLine(0, top, right, top)
        painter.drawLine(0, foot, right, foot)
        painter.end()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt would draw two cells afresh, and the lines go over whole rows."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()


class TableView(FramedTable):
    """A table without grid lines.

    Enter or a double click opens; a letter typed goes to the search; a click on a header asks
    for another order.
    """

    opened = Signal(int)
    """Number of the entry to open."""
    typed = Signal(str)
    """A character meant for the search field."""
    sort_asked = Signal(str)
    """Column to sort by; a leading "-" means descending."""
    deletion_asked = Signal()

    def __init__(
        self, name: str, model: QAbstractTableModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        down = self.verticalHeader()
        down.hide()
        height = max(round(QFontMetrics(self.font()).height() * ROW), 36)
        down.setMinimumSectionSize(height)
        down.setDefaultSectionSize(height)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setSortIndicatorShown(True)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(60)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionClicked.connect(self.sort_by)
        self._sort = ""
        onlookers().changed.connect(self._redraw)
        # Last: sizes said to a header that has 50,000 rows already take it a second.
        self.setModel(model)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ID_ROLE)))

    def _redraw(self) -> None:
        """Names are hidden, or shown again."""
        self.viewport().update()

    @property
    def listing(self) -> Listing | None:
        """The list shown, where the model holds one."""
        model = self.model()
        return model.listing if isinstance(model, ListingModel) else None

    def show_sort(self, sort: str) -> None:
        """Shows by which column the rows are sorted."""
        self._sort = sort
        listing = self.listing
        if listing is None:
            return
        names = [column.name for column in listing.columns]
        name = sort.removeprefix("-")
        section = names.index(name) if name in names else -1
        order = (
            Qt.SortOrder.DescendingOrder if sort.startswith("-") else Qt.SortOrder.AscendingOrder
        )
        self.horizontalHeader().setSortIndicator(section, order)
        if section >= 0:
            way = "descending" if sort.startswith("-") else "ascending"
            self.setAccessibleDescription(f"Sorted by {listing.columns[section].label}, {way}.")

    def sorted_by(self) -> str:
        """The name of the column by which the rows are sorted."""
        return self._sort.removeprefix("-")

    def seen_columns(self) -> list[int]:
        """The columns that can be seen, in the order seen."""
        head = self.horizontalHeader()
        places = (head.logicalIndex(place) for place in range(head.count()))
        return [section for section in places if not head.isSectionHidden(section)]

    def sort_by(self, section: int) -> None:
        """Sorts by a column; by the one that it is sorted by already, the other way round."""
        listing = self.listing
        if listing is None:
            return
        name = listing.columns[section].name
        self.sort_asked.emit(f"-{name}" if self._sort == name else name)

    def chosen_ids(self) -> tuple[int, ...]:
        """Numbers of the selected entries, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        model = self.model()
        return tuple(int(model.index(row, 0).data(ID_ROLE)) for row in rows)

    def current_id(self) -> int:
        """Number of the entry that the keyboard is on; 0 if there is none."""
        index = self.currentIndex()
        return int(index.data(ID_ROLE)) if index.isValid() else 0

    def choose_row(self, row: int) -> None:
        """Puts the keyboard and the selection on a row, and shows it."""
        if 0 <= row < self.model().rowCount():
            index = self.model().index(row, self._first_column())
            # Said in full, because Qt's short forms toggle while Ctrl is held for a shortcut.
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def _first_column(self) -> int:
        return next(iter(self.seen_columns()), 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard lands on a row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.choose_row(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete archives, letters go to the search."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if self.current_id():
                self.opened.emit(self.current_id())
            return
        if event.key() == Qt.Key.Key_Delete and plain:
            self.deletion_asked.emit()
            return
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)
