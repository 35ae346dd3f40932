"""The documents of a request and their pages, each with its state as icon and word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from dpdesk.disclosure.looking import ReviewPage
from dpdesk.documents.service import DocumentCard
from dpdesk.law.exemptions import reason
from dpdesk.law.words import count
from ui.disclosure.reason_box import reason_words
from ui.disclosure.sitting import Sitting
from ui.kit.look import icons
from ui.kit.look.theme import SMALL, TINY, set_role, theme

_NONE: Final = QModelIndex()
_ROW: Final = 38
_ICON: Final = 18
_GAP: Final = 28
"""From the left edge to the words of a document."""
_NUMBER: Final = 26

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PageGroup:
    """A document, or the whole second pass: a title and the pages under it (from 0)."""

    title: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row looks: icon, its colour, and the words of its state."""

    icon: str
    colour: str
    words: str


def page_look(page: ReviewPage, *, second: bool) -> RowLook:
    """The state of a page: icon and words."""
    seen = page.second if second else page.reviewed
    if second:
        words = "reviewed twice" if seen else "second pass to do"
    elif page.withheld:
        words = f"withheld · {reason(page.withheld).label}"
    else:
        marks = count(page.marks, "mark") if page.marks else ""
        picture = "picture" if page.kind == "image" else ""
        looked = "reviewed" if seen else "" if marks else "not reviewed"
        words = " · ".join(part for part in (looked, marks, picture) if part)
    if page.withheld and not second:
        return RowLook("mdi6.file-cancel-outline", "warn", words)
    if seen:
        return RowLook("mdi6.check", "ok", words)
    if page.kind == "image":
        return RowLook("mdi6.image-outline", "muted", words)
    return RowLook("mdi6.circle-outline", "faint", words)


def group_look(pages: list[ReviewPage], *, second: bool) -> RowLook:
    """The state of a document."""
    done = sum(page.second if second else page.reviewed for page in pages)
    whole = count(len(pages), "page")
    if pages and all(page.withheld for page in pages) and not second:
        return RowLook("mdi6.file-cancel-outline", "warn", f"{whole}, withheld")
    if done == len(pages):
        return RowLook("mdi6.check-circle-outline", "ok", f"{whole}, reviewed")
    if done:
        left = len(pages) - done
        return RowLook("mdi6.progress-check", "info", f"{whole}, {left:,} to go")
    return RowLook("mdi6.circle-outline", "muted", whole)


def _called(card: DocumentCard) -> str:
    """A message by its subject, a file by its name."""
    return card.subject if card.kind == "message" and card.subject else card.name


class PageModel(QAbstractItemModel):
    """Documents and their pages; 5,000 pages cost nothing until they are seen."""

    def __init__(self, sitting: Sitting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self.groups: tuple[PageGroup, ...] = ()
        self._where: dict[int, tuple[int, int]] = {}
        sitting.listed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the states afresh; rebuilds only where the pages or their order changed."""
        groups = self._groups()
        if groups == self.groups:
            for row in range(len(groups)):
                parent = self.index(row, 0)
                last = len(groups[row].pages) - 1
                self.dataChanged.emit(parent, parent)
                self.dataChanged.emit(self.index(0, 0, parent), self.index(last, 0, parent))
            return
        self.beginResetModel()
        self.groups = groups
        self._where = {
            page: (g, p) for g, group in enumerate(groups) for p, page in enumerate(group.pages)
        }
        self.endResetModel()

    def _groups(self) -> tuple[PageGroup, ...]:
        sitting = self._sitting
        if sitting.second:
            return (PageGroup("Second pass", sitting.order),)
        by_document: dict[int, list[int]] = {}
        for place, page in enumerate(sitting.pages):
            by_document.setdefault(page.document_id, []).append(place)
        return tuple(
            PageGroup(f"{number}. {_called(card)}", tuple(by_document[card.id]))
            for number, card in enumerate(sitting.documents, 1)
            if card.id in by_document  # the others are set aside
        )

    # --- the tree ------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """A document (its internal number is 0) or a page (the document's row and 1)."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # the stub has two
        """The document of a page."""
        owner = index.internalId() if index.isValid() else 0
        return self.createIndex(owner - 1, 0, 0) if owner else QModelIndex()

    def rowCount(self, parent: Index = _NONE) -> int:
        """Documents, or the pages of one."""
        if not parent.isValid():
            return len(self.groups)
        return 0 if parent.internalId() else len(self.groups[parent.row()].pages)

    def columnCount(self, parent: Index = _NONE) -> int:
        """One column."""
        return 1

    def page_at(self, index: Index) -> ReviewPage | None:
        """The page in a row; None for a document."""
        if not index.isValid() or not index.internalId():
            return None
        return self._sitting.pages[self.groups[index.internalId() - 1].pages[index.row()]]

    def row_of(self, page: ReviewPage) -> QModelIndex:
        """Where a page stands."""
        where = self._where.get(page.number - 1)
        return self.index(where[1], 0, self.index(where[0], 0)) if where else QModelIndex()

    def look(self, index: Index) -> RowLook:
        """How a row looks."""
        page = self.page_at(index)
        second = self._sitting.second
        if page is not None:
            return page_look(page, second=second)
        group = self.groups[index.row()]
        return group_look([self._sitting.pages[place] for place in group.pages], second=second)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a row; the drawing is the delegate's."""
        if not index.isValid():
            return None
        page = self.page_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page.number) if page is not None else self.groups[index.row()].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = f"Page {page.number}" if page is not None else self.groups[index.row()].title
            return f"{name}, {self.look(index).words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index, page)
        return None

    def _tip(self, index: Index, page: ReviewPage | None) -> str | None:
        """What the line has no room for: a long title, or why a page is withheld."""
        if page is None:
            return self.groups[index.row()].title
        return f"Withheld: {reason_words(reason(page.withheld))}" if page.withheld else None


class _Rows(QStyledItemDelegate):
    """Draws documents and pages; all rows have one height, so that none must be measured."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(160, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        model = index.model()
        assert isinstance(model, PageModel)
        colours = theme().colours
        room = QRectF(option.rect)
        look = model.look(index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_ink(colours.selected))
            painter.drawRoundedRect(room.adjusted(0, 3, -TINY, -3), 6, 6)
        # Under a system palette of high contrast the selection is strong and needs its own ink.
        strong = chosen and colours.selected == colours.accent
        text = colours.on_accent if strong else colours.text
        if model.page_at(index) is None:
            self._paint_document(painter, room, index, look, text)
        else:
            self._paint_page(painter, room, index, look, text)
        painter.restore()

    def _paint_document(
        self, painter: QPainter, room: QRectF, index: Index, look: RowLook, text: str
    ) -> None:
        colours = theme().colours
        place = QRectF(room.left(), room.top() + (room.height() - _ICON) / 2, _ICON, _ICON)
        icons.draw(painter, place, look.icon, str(getattr(colours, look.colour)))
        words = room.adjusted(_GAP, 1, -SMALL, -1)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        _line(painter, words, font, text, str(index.data()), top=True)
        font.setWeight(QFont.Weight.Normal)
        font.setPointSizeF(font.pointSizeF() * 0.92)
        _line(painter, words, font, colours.muted if text == colours.text else text, look.words)

    def _paint_page(
        self, painter: QPainter, room: QRectF, index: Index, look: RowLook, text: str
    ) -> None:
        colours = theme().colours
        font = QFont(painter.font())
        painter.setFont(font)
        painter.setPen(_ink(text))
        number = QRectF(room.left(), room.top(), _NUMBER + _ICON, room.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(number, flags, str(index.data()))
        place = QRectF(number.right() + SMALL, room.top() + (room.height() - 16) / 2, 16, 16)
        ink = text if text != colours.text else str(getattr(colours, look.colour))
        icons.draw(painter, place, look.icon, ink)
        words = room.adjusted(place.right() + SMALL - room.left(), 0, -SMALL, 0)
        said = "\n".join(
            painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(words.width()))
            for line in lines_of(look.words, painter.fontMetrics(), int(words.width()))
        )
        painter.setPen(_ink(text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, said)


def lines_of(said: str, measures: QFontMetrics, room: int) -> tuple[str, ...]:
    """The words of a state on one line or, where it has no room for them (pixels), on two.

    A row has the height of two lines; the words part after the state, before its reason.
    """
    state, dot, rest = said.partition(" · ")
    if not dot or measures.horizontalAdvance(said) <= room:
        return (said,)
    return (state, rest)


def _ink(colour: str) -> QColor:
    return QColor(colour)


def _line(
    painter: QPainter, room: QRectF, font: QFont, ink: str, text: str, *, top: bool = False
) -> None:
    painter.setFont(font)
    painter.setPen(_ink(ink))
    elide = Qt.TextElideMode.ElideMiddle if top else Qt.TextElideMode.ElideRight
    said = painter.fontMetrics().elidedText(text, elide, int(room.width()))
    side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, said)


class PageList(QTreeView):
    """The list of documents and pages. ``chosen`` carries the number of a page, from 1."""

    chosen = Signal(int)

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self.pages = PageModel(sitting, self)
        self.setModel(self.pages)
        self.setItemDelegate(_Rows(self))
        set_role(self, "inset")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("Documents and pages")
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)
        self.pages.modelReset.connect(self._follow)
        sitting.turned.connect(self._follow)
        sitting.passed.connect(self._follow)
        theme().changed.connect(self.viewport().update)

    def _follow(self) -> None:
        """Shows where the eye is."""
        page = self._sitting.now
        if page is None:
            return
        row = self.pages.row_of(page)
        if not row.isValid():
            return
        parent = self.pages.parent(row)
        if not self.isExpanded(parent):
            self.expand(parent)
        if self.currentIndex() != row:
            self.setCurrentIndex(row)
        self.scrollTo(row)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        page = self.pages.page_at(now)
        here = self._sitting.now
        if page is not None and here is not None and page.number != here.number:
            self.chosen.emit(page.number)

    def _clicked(self, index: QModelIndex) -> None:
        """A document opens with its first page still to be reviewed; the one on show closes."""
        if not index.isValid() or self.pages.page_at(index) is not None:
            return
        every = [self._sitting.pages[place] for place in self.pages.groups[index.row()].pages]
        if self._sitting.now in every:
            self.setExpanded(index, not self.isExpanded(index))
            return
        second = self._sitting.second
        left = [page for page in every if not (page.second if second else page.reviewed)]
        self.expand(index)
        self.chosen.emit((left or every)[0].number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move and open documents; everything else belongs to the workbench."""
        keys = Qt.Key
        arrows = {keys.Key_Up, keys.Key_Down, keys.Key_Left, keys.Key_Right}
        if event.key() in {*arrows, keys.Key_PageUp, keys.Key_PageDown}:
            super().keyPressEvent(event)
        elif event.key() in {keys.Key_Return, keys.Key_Enter}:
            self._clicked(self.currentIndex())
        else:
            event.ignore()
