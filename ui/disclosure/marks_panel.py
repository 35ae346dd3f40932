"""The marks of this page: number, words, code; the selected one with its reason."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dpdesk.disclosure.looking import Mark
from dpdesk.law.exemptions import reason
from ui.disclosure.picture_pages import told_of
from ui.disclosure.reason_box import ReasonCombo, reason_words
from ui.disclosure.sitting import Sitting
from ui.kit.look.theme import SMALL, set_role, theme
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row, words
from ui.kit.pieces.flow import flowing

_MARK: Final = Qt.ItemDataRole.UserRole
_ROW: Final = 30
_NUMBER: Final = 26
_REASON: Final = 0.55
"""The share of a row that the reason may take at most."""


def mark_words(mark: Mark) -> str:
    """What a list says of a mark."""
    return mark.words or "an area"


def _fitting(measures: QFontMetrics, code: str, room: int) -> str:
    """A reason in words and its code; where there is no room for both, the words are cut short."""
    sign = f" · {code}"
    left = room - measures.horizontalAdvance(sign)
    return measures.elidedText(reason(code).label, Qt.TextElideMode.ElideRight, left) + sign


class _Rows(QStyledItemDelegate):
    """Number in the accent, words, and at the right the reason: what it is, and its code."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for every row."""
        return QSize(120, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draws one mark."""
        mark: Mark = index.data(_MARK)
        colours = theme().colours
        room = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = chosen and colours.selected == colours.accent
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(room.adjusted(0, 1, 0, -1), 6, 6)
        room = room.adjusted(SMALL, 0, -SMALL, 0)
        plain, bold = QFont(painter.font()), QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(QColor(colours.on_accent if strong else colours.accent))
        painter.drawText(room, middle, str(mark.number))
        painter.setPen(QColor(colours.on_accent if strong else colours.muted))
        small = QFont(bold)
        small.setPointSizeF(bold.pointSizeF() * 0.92)
        painter.setFont(small)
        why = _fitting(painter.fontMetrics(), mark.code, int(room.width() * _REASON))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, why)
        beside = painter.fontMetrics().horizontalAdvance(why)
        painter.setFont(plain)
        painter.setPen(QColor(colours.on_accent if strong else colours.text))
        left = max(_NUMBER, painter.fontMetrics().horizontalAdvance(f"{mark.number}  "))
        inner = room.adjusted(left, 0, -beside - SMALL, 0)
        said = painter.fontMetrics().elidedText(
            mark_words(mark), Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(inner, middle, said)
        painter.restore()


class _List(QListWidget):
    """Leaves the keys of the workbench to the workbench."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose; everything else goes on."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)
        else:
            event.ignore()


class MarksPanel(QWidget):
    """Marks of the page that is looked at."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._filling = False
        self._uneven: tuple[int, ...] = ()
        self.title = words("On this page", "heading")
        self.list = _List()
        set_role(self.list, "inset")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Marks on this page")
        self.empty = help_words("")
        self.details = self._build_details()
        self.seen = help_words("")
        self.seen.hide()
        layout = column(self.title, self.seen, self.empty, self.list, self.details)
        layout.setStretchFactor(self.list, 1)
        layout.addStretch(0)
        self.setLayout(layout)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemClicked.connect(self._chosen)
        self.combo.chosen.connect(self._change)
        sitting.turned.connect(self.refresh)
        sitting.marked.connect(self.refresh)
        theme().changed.connect(self.list.viewport().update)

    def _build_details(self) -> QWidget:
        self.words = words("", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.origin = help_words("")
        self.combo = ReasonCombo("Reason for this mark")
        self.remove = button(
            "Remove mark", "mdi6.delete-outline", key="Del", does=self._remove, hint="Remove mark"
        )
        self.lift = button(
            "Remove everywhere",
            does=self._lift,
            hint="Takes this mark and all others over the same words away",
        )
        self.line = words("Its reason", "strong")
        self.uneven = help_words(
            "The size of this area, or what is next to it, may give away what it covers."
        )
        self.cover = button(
            "Cover the whole line", does=self._cover, hint="Marks everything on this line"
        )
        # In a narrow panel the second goes to a line of its own.
        room, flow = flowing()
        flow.addWidget(self.remove)
        flow.addWidget(self.lift)
        box = QFrame()
        set_role(box, "card")
        layout = column(
            self.words,
            self.origin,
            self.line,
            self.combo,
            self.uneven,
            row(self.cover, None),
            room,
            space=SMALL,
        )
        layout.setContentsMargins(12, 10, 12, 12)
        box.setLayout(layout)
        return box

    def refresh(self) -> None:
        """Shows the marks of the page that is looked at."""
        sitting = self._sitting
        self._filling = True
        self.list.clear()
        for mark in sitting.marks:
            why = reason_words(reason(mark.code))
            entry = QListWidgetItem(f"{mark.number}, {mark_words(mark)}, {why}")
            entry.setData(_MARK, mark)
            entry.setToolTip(f"{mark_words(mark)}\n{why}")
            self.list.addItem(entry)
            if mark.id == sitting.selected:
                self.list.setCurrentItem(entry)
        if not sitting.selected:
            self.list.setCurrentRow(-1)
        self._filling = False
        self.list.setVisible(bool(sitting.marks))
        self._show_empty()
        self._show_details()

    def show_seen(self, text: str) -> None:
        """Says what of this page stands on an earlier one, and whether the person is named."""
        self.seen.setText(text)
        self.seen.setVisible(bool(text))

    def _show_empty(self) -> None:
        page = self._sitting.now
        held = self._sitting.sheet_reason()
        text = ""
        if held is not None:
            text = f"This page is withheld: {reason_words(held)}. Press W to include it again."
        elif page is not None and not self._sitting.marks:
            text = "Nothing is marked here yet. Choose Text, Box or Line below, then mark."
        if page is not None and held is None:
            text = " ".join(part for part in (told_of(page), text) if part)
        self.empty.setText(text)
        self.empty.setVisible(bool(text))

    def _show_details(self) -> None:
        mark = next((m for m in self._sitting.marks if m.id == self._sitting.selected), None)
        self.details.setVisible(mark is not None)
        if mark is None:
            return
        said = mark_words(mark)
        self.words.setText(said if len(said) < 240 else f"{said[:237]}…")
        note = f" {mark.note}" if mark.note else ""
        self.origin.setText(f"{mark.origin.capitalize()} by {mark.made_by}.{note}")
        self.combo.fill(mark.code)
        self.lift.setVisible(bool(mark.words))
        uneven = mark.number in self._uneven
        self.uneven.setVisible(uneven)
        self.cover.setVisible(uneven)

    def show_uneven(self, numbers: tuple[int, ...]) -> None:
        """Says of which marks the size may tell what they cover."""
        if numbers != self._uneven:
            self._uneven = numbers
            self._show_details()

    def _cover(self) -> None:
        mark = next((m for m in self._sitting.marks if m.id == self._sitting.selected), None)
        if mark is not None:
            self._sitting.cover_line(mark)

    def _chosen(self, *_: object) -> None:
        entry = self.list.currentItem()
        if self._filling or entry is None:
            return
        mark: Mark = entry.data(_MARK)
        if mark.id != self._sitting.selected:
            self._sitting.select(mark.id)

    def _change(self, code: str) -> None:
        selected = next((m for m in self._sitting.marks if m.id == self._sitting.selected), None)
        if selected is None or not self._sitting.change_code(selected.id, code):
            return
        # The mark was replaced by one with the other reason: keep it selected.
        again = [m for m in self._sitting.marks if m.box == selected.box and m.code == code]
        if again:
            self._sitting.select(again[-1].id)

    def _lift(self) -> None:
        if self._sitting.selected:
            self._sitting.lift(self._sitting.selected)

    def _remove(self) -> None:
        if self._sitting.selected:
            self._sitting.remove([self._sitting.selected])
