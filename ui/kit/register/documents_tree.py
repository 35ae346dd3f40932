"""The list of an entry's documents: folded, dragged, and worked by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from dpdesk.documents.service import DocumentCard
from ui.kit.look import icons
from ui.kit.look.theme import SMALL, TINY, set_role, theme
from ui.kit.register.documents_model import DocumentsModel, Index

_ROW: Final = 40
_ICON: Final = 16
_MOST_ROWS: Final = 14
"""So many rows are seen at once; the rest is scrolled to."""
_FEW: Final = 12
"""With at most so many documents, those inside messages are shown from the first."""
_ICONS: Final = {
    "message": "mdi6.email-outline",
    "picture": "mdi6.image-outline",
    "text": "mdi6.text-box-outline",
}


class _Rows(QStyledItemDelegate):
    """Draws a document: its name, and below what there is to say of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(160, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        model = index.model()
        assert isinstance(model, DocumentsModel)
        card = model.card(index)
        if card is None:
            return
        colours = theme().colours
        room = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(room.adjusted(0, 1, -TINY, -1), 6, 6)
        # Under a system palette of high contrast the selection is strong and needs its own ink.
        strong = chosen and colours.selected == colours.accent
        ink = colours.on_accent if strong else colours.text
        icon = QRectF(room.left() + TINY, room.top() + 4, _ICON, _ICON)
        look = _ICONS.get(card.kind, "mdi6.file-document-outline")
        icons.draw(painter, icon, look, ink if strong else colours.muted)
        words = room.adjusted(_ICON + SMALL + TINY, 2, -SMALL, -3)
        if card.warnings:
            sign = QRectF(words.right() - _ICON, room.top() + 4, _ICON, _ICON)
            icons.draw(painter, sign, "mdi6.alert-outline", ink if strong else colours.warn)
            words.setRight(sign.left() - TINY)
        font = QFont(painter.font())
        # The end of a file's name tells what it is, the beginning of a subject what it is about.
        right = Qt.TextElideMode.ElideRight
        cut = right if card.kind == "message" else Qt.TextElideMode.ElideMiddle
        _line(painter, words, font, ink, model.named(card), cut, Qt.AlignmentFlag.AlignTop)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        faint = ink if strong else colours.muted
        _line(painter, words, font, faint, model.about(card), right, Qt.AlignmentFlag.AlignBottom)
        painter.restore()


def _line(
    painter: QPainter,
    room: QRectF,
    font: QFont,
    ink: str,
    text: str,
    elide: Qt.TextElideMode,
    side: Qt.AlignmentFlag,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    said = painter.fontMetrics().elidedText(text, elide, int(room.width()))
    painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, said)


class DocumentsTree(QTreeView):
    """The documents of an entry.

    ``chosen`` carries the document that is chosen, or None; ``menu_of`` makes the menu of one.
    """

    chosen = Signal(object)

    def __init__(
        self, menu_of: Callable[[DocumentCard], QMenu], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.documents = DocumentsModel(self)
        self._menu_of = menu_of
        self._open: set[int] = set()
        self._seen: set[int] = set()
        self.setModel(self.documents)
        self.setItemDelegate(_Rows(self))
        set_role(self, "inset")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAccessibleName("Documents")
        self.selectionModel().currentChanged.connect(self._moved)
        self.expanded.connect(self._opened)
        self.collapsed.connect(self._closed)
        theme().changed.connect(self.viewport().update)

    def show_cards(
        self, cards: Sequence[DocumentCard], notes: Mapping[int, str] | None = None
    ) -> None:
        """Shows these documents; what was chosen and unfolded stays so."""
        now = self.now()
        self.documents.show(cards, notes or {})
        fresh = {card.id for card in cards} - self._seen
        if len(cards) <= _FEW:
            self._open |= fresh
        self._seen |= fresh
        for number in set(self._open):
            index = self.documents.index_of(number)
            if index.isValid() and self.documents.rowCount(index):
                self.setExpanded(index, True)
        if now is not None:
            self.choose(now.id)
        self._fit()

    def now(self) -> DocumentCard | None:
        """The document that is chosen."""
        return self.documents.card(self.currentIndex())

    def choose(self, document_id: int) -> None:
        """Chooses a document."""
        index = self.documents.index_of(document_id)
        if index.isValid():
            self.setCurrentIndex(index)

    def _opened(self, index: Index) -> None:
        card = self.documents.card(index)
        if card is not None:
            self._open.add(card.id)
        self._fit()

    def _closed(self, index: Index) -> None:
        card = self.documents.card(index)
        if card is not None:
            self._open.discard(card.id)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a limit."""
        rows, waiting = 0, [self.documents.index_of(card.id) for card in self.documents.cards]
        for index in waiting:
            parent = index.parent()
            while parent.isValid() and self.isExpanded(parent):
                parent = parent.parent()
            rows += not parent.isValid()
            if rows > _MOST_ROWS:
                break
        self.setFixedHeight(min(rows, _MOST_ROWS) * _ROW + 2 * TINY)

    def _moved(self, now: Index, _before: Index) -> None:
        self.chosen.emit(self.documents.card(now))

    def menu_at(self, place: QPoint | None = None, /) -> None:
        """Opens the menu of the document that is chosen, there or under its row."""
        card = self.now()
        if card is None:
            return
        under = self.visualRect(self.currentIndex()).bottomLeft()
        menu = self._menu_of(card)
        menu.popup(self.viewport().mapToGlobal(under) if place is None else place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the document under the mouse, or of the chosen one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse:
            index = self.indexAt(event.pos())
            if not index.isValid():
                return
            self.setCurrentIndex(index)
        self.menu_at(event.globalPos() if by_mouse else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the menu of a document."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.menu_at()
            event.accept()
            return
        super().keyPressEvent(event)
