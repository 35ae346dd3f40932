"""The list of what is proposed: accept with A, reject with R, the list or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dpdesk.law.exemptions import reason
from dpdesk.law.words import count
from ui.disclosure.proposals import ProposalLine, Proposals
from ui.disclosure.reason_box import reason_words
from ui.kit.look.theme import SMALL, TINY, set_role, theme
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, icon_button, option
from ui.kit.pieces.cards import column, help_words, row

_NONE: Final = QModelIndex()
_ROW: Final = 46
_HEAD: Final = 30
Index = QModelIndex | QPersistentModelIndex


class ProposalModel(QAbstractListModel):
    """The lines of the list; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ProposalLine] = []

    def show_lines(self, lines: Sequence[ProposalLine]) -> None:
        """Shows other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        """Number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and self.lines[index.row()].kind != "head":
            flags |= Qt.ItemFlag.ItemIsSelectable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a line."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (line.text, line.under, line.why) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            places = count(len(line.places), "place") if line.kind not in {"head", "place"} else ""
            return ", ".join(part for part in (line.text, places, line.under, line.why) if part)
        return None


class _Lines(QStyledItemDelegate):
    """The words in bold, how often, and below in small who or what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading is lower."""
        model = index.model()
        assert isinstance(model, ProposalModel)
        return QSize(160, _HEAD if model.lines[index.row()].kind == "head" else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one line."""
        model = index.model()
        assert isinstance(model, ProposalModel)
        line = model.lines[index.row()]
        colours = theme().colours
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = chosen and colours.strong
        room = QRectF(option.rect)
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(room.adjusted(0, 1, 0, -1), 6, 6)
        room = room.adjusted(SMALL, TINY, -SMALL, -TINY)
        plain, bold = QFont(painter.font()), QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        muted = QColor(colours.on_accent if strong else colours.muted)
        if line.kind == "head":
            painter.setFont(bold)
            painter.setPen(muted)
            self._write(painter, room, line.text, Qt.AlignmentFlag.AlignBottom)
            painter.restore()
            return
        top = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
        under = top.translated(0, room.height() / 2)
        if line.kind != "place":
            often = f"×{len(line.places):,}"
            painter.setFont(plain)
            painter.setPen(muted)
            painter.drawText(
                top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, often
            )
            top.setRight(top.right() - painter.fontMetrics().horizontalAdvance(often) - SMALL)
        painter.setFont(bold if line.kind in {"place", "group"} else plain)
        painter.setPen(QColor(colours.on_accent if strong else colours.text))
        self._write(painter, top, line.text, Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(plain)
        painter.setPen(muted)
        self._write(painter, under, line.under, Qt.AlignmentFlag.AlignVCenter)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, room: QRectF, text: str, where: Qt.AlignmentFlag) -> None:
        said = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, where, said)


class _ProposalList(QListView):
    """Arrows choose; letters belong to the workbench. ``opened``: Enter, or a click."""

    opened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif event.key() in {
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
        }:  # fmt: skip
            super().keyPressEvent(event)
        else:
            event.ignore()


class ProposalsPanel(QWidget):
    """What is proposed. ``chosen``: a line was chosen; ``opened``: go to its place."""

    chosen = Signal()
    opened = Signal()
    accept_asked = Signal(tuple)
    reject_asked = Signal(tuple)
    """With the places that are meant; empty for those of the line."""

    def __init__(self, proposals: Proposals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposals = proposals
        self._filling = False
        self.summary = help_words("", "muted")
        self.note = Banner(closable=False)
        self.model = ProposalModel()
        self.list = _ProposalList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Lines(self.list))
        set_role(self.list, "inset")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName("What is proposed")
        self.why = help_words("")
        self.accept = button(
            "Accept  A", "mdi6.check", key="A", does=lambda: self.accept_asked.emit(())
        )
        self.accept.setAccessibleName("Accept")
        self.reject = button(
            "Reject  R", "mdi6.close", key="R", does=lambda: self.reject_asked.emit(())
        )
        self.reject.setAccessibleName("Reject")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more = icon_button("More answers", "mdi6.dots-horizontal")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.answers = QWidget()
        self.answers.setLayout(column(self.why, row(self.accept, self.reject, self.more, None)))
        layout = column(self.summary, self.note, self.list, self.answers)
        layout.setStretchFactor(self.list, 1)
        layout.addStretch(0)
        self.setLayout(layout)
        self.list.selectionModel().currentChanged.connect(self._changed)
        self.list.clicked.connect(lambda _index: self.opened.emit())
        self.list.opened.connect(lambda _row: self.opened.emit())
        proposals.changed.connect(self.refresh)
        theme().changed.connect(self.list.viewport().update)

    # --- showing -------------------------------------------------------------------------

    @property
    def line(self) -> ProposalLine | None:
        """The line that is chosen."""
        row_ = self.list.currentIndex().row()
        line = self.model.lines[row_] if 0 <= row_ < len(self.model.lines) else None
        return None if line is None or line.kind == "head" else line

    def refresh(self) -> None:
        """Shows everything afresh, and keeps to the line that was chosen, or to its neighbour."""
        before, at = self.line, self.list.currentIndex().row()
        lines = self._proposals.lines()
        self._filling = True
        self.model.show_lines(lines)
        self._filling = False
        keys = [line.key for line in lines]
        if before is not None and before.key in keys:
            self._choose(keys.index(before.key))
        elif before is not None and before.kind != "place":
            self._choose(self._near(at, before.kind))
        else:
            self._choose(self._first_here(at if before is not None else 0))
        self._say()
        self._changed()

    def _near(self, at: int, kind: str) -> int:
        """The line of the same kind nearest to where one was."""
        same = [n for n, line in enumerate(self.model.lines) if line.kind == kind]
        return min(same, key=lambda n: (abs(n - at), -n)) if same else self._first_here(0)

    def _first_here(self, at: int) -> int:
        """The first line from here on that is a place on this page; else the first of them."""
        places = [n for n, line in enumerate(self.model.lines) if line.kind == "place"]
        return next((n for n in places if n >= at), places[-1] if places else -1)

    def choose_first(self) -> None:
        """Chooses the first place on this page, where there is one."""
        self._choose(self._first_here(0))

    def choose_line(self, line: ProposalLine) -> None:
        """Chooses the line that is about the same, where it is still in the list."""
        keys = [each.key for each in self.model.lines]
        if line.key in keys:
            self._choose(keys.index(line.key))

    def step(self, by: int) -> bool:
        """Chooses the next place on this page, or the one before; False at the end."""
        places = [n for n, line in enumerate(self.model.lines) if line.kind == "place"]
        now = self.list.currentIndex().row()
        there = [n for n in places if (n > now if by > 0 else n < now)]
        if not there:
            return False
        self._choose(there[0] if by > 0 else there[-1])
        return True

    def choose_last(self) -> None:
        """Chooses the last place on this page."""
        places = [n for n, line in enumerate(self.model.lines) if line.kind == "place"]
        self._choose(places[-1] if places else -1)

    def _choose(self, row_: int) -> None:
        index = self.model.index(row_) if row_ >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if row_ > 0 and self.model.lines[row_ - 1].kind == "head":
            self.list.scrollTo(self.model.index(row_ - 1))
        if index.isValid():
            self.list.scrollTo(index)

    def _say(self) -> None:
        """What stands above the list."""
        proposals = self._proposals
        self.note.setVisible(False)
        self.summary.setText(proposals.summary())
        self.summary.setVisible(bool(proposals.summary()))
        if proposals.seeking:
            self.note.say("Looking for people, numbers and addresses in all pages…", "info")
        elif proposals.fault:
            self.note.say(proposals.fault, "danger", [("Try again", proposals.seek)])
        elif proposals.found is None:
            look = [("Look now", proposals.seek)]
            self.note.say("These pages have not been searched yet.", "info", look)
        elif not self.model.lines:
            self.note.say(
                "Nothing is proposed: nobody else is named on these pages, as far as they can be "
                "read. Pictures have to be looked at.",
                "ok",
            )
        self.list.setVisible(bool(self.model.lines))

    def _changed(self, *_: object) -> None:
        if self._filling:
            return
        line = self.line
        self.answers.setVisible(line is not None)
        if line is not None:
            self.accept.setText("Propose  A" if line.kind in {"kept", "rejected"} else "Accept  A")
            self.accept.setAccessibleName(self.accept.text().split()[0])
            self.reject.setVisible(line.kind in {"place", "group"})
            self.more.setVisible(line.kind in {"place", "group"} or bool(line.standing))
            self.why.setText(self._told(line))
        self.chosen.emit()

    def _told(self, line: ProposalLine) -> str:
        found = self._proposals.found
        group = found.groups.get(line.group) if found is not None else None
        if group is None or line.kind not in {"place", "group"}:
            return line.why
        where = "everywhere" if line.kind == "group" else "here"
        return f"{line.why} Accepted {where}: {reason_words(reason(group.reason))}."

    def _fill_menu(self) -> None:
        """The other answers: on this page, everywhere."""
        self.menu.clear()
        line = self.line
        if line is None:
            return
        if line.kind == "kept":
            self.menu.addAction("Propose all of them", partial(self._proposals.want_all, line))
            return
        for title, places in (
            ("on this page", self._proposals.on_page(line)),
            ("everywhere", self._proposals.everywhere(line)),
        ):
            for verb, asked in (("Accept", self.accept_asked), ("Reject", self.reject_asked)):
                action = self.menu.addAction(f"{verb} {title} ({len(places):,})")
                action.setEnabled(bool(places))
                action.triggered.connect(partial(self._ask, asked, places))

    @staticmethod
    def _ask(asked: Any, places: tuple[Any, ...], *_: object) -> None:
        asked.emit(places)


class SideTabs(QWidget):
    """Marks of the page, or suggestions. ``picked``: whether the suggestions were chosen."""

    picked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = option("Marks", role="segment", one_of=True)
        self.proposed = option("Suggestions", role="segment", one_of=True)
        self.marks.picked.connect(lambda _on: self.picked.emit(False))
        self.proposed.picked.connect(lambda _on: self.picked.emit(True))
        self.marks.setChecked(True)
        self.setLayout(row(self.marks, self.proposed, None, space=TINY))

    def show_counts(self, marks: int, open_: int) -> None:
        """Says how many there are of each."""
        self.marks.setText(f"Marks {marks:,}" if marks else "Marks")
        self.proposed.setText(f"Suggestions {open_:,}" if open_ else "Suggestions")

    def show_proposed(self, on: bool) -> None:
        """Shows which of the two is on."""
        self.marks.setChecked(not on)
        self.proposed.setChecked(on)
