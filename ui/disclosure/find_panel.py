"""Find words in all documents, look at every place, and mark those that are ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dpdesk.disclosure.looking import PlaceFound
from dpdesk.disclosure.patterns import FORMS
from dpdesk.law.words import count
from ui.disclosure.sitting import Sitting
from ui.kit.look import icons
from ui.kit.look.theme import SMALL, TINY, set_role, theme
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import column, row, words

_NONE: Final = QModelIndex()
_CONTEXT: Final = 4
"""Words shown before what was found; more after it."""
_ROW: Final = 46
_BOX: Final = 26

_LIKENESSES: Final = {"form": "another form of the name", "near": "spelt nearly the same"}

Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """Places that were found, each ticked or not; those that are already marked cannot be."""

    ticked = Signal()

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self.hits: tuple[PlaceFound, ...] = ()
        self._on: list[bool] = []
        self._by_page: dict[int, list[PlaceFound]] = {}

    def show_hits(self, hits: Sequence[PlaceFound]) -> None:
        """Shows other places, ticked but for those already marked or only spelt nearly so."""
        self.beginResetModel()
        self.hits = tuple(hits)
        self._on = [not hit.marked and hit.finding.likeness != "near" for hit in hits]
        self._by_page = {}
        for hit in self.hits:
            self._by_page.setdefault(hit.number, []).append(hit)
        self.endResetModel()
        self.ticked.emit()

    def on_page(self, number: int) -> Sequence[PlaceFound]:
        """The places on one page of the request."""
        return self._by_page.get(number, ())

    def chosen(self) -> tuple[PlaceFound, ...]:
        """The places that are ticked."""
        return tuple(hit for hit, on in zip(self.hits, self._on, strict=True) if on)

    def tick(self, row_: int) -> None:
        """Ticks a place, or takes its tick away."""
        if not self.hits[row_].marked:
            self._on[row_] = not self._on[row_]
            self.dataChanged.emit(self.index(row_), self.index(row_))
            self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Ticks all, or none."""
        self._on = [on and not hit.marked for hit in self.hits]
        self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))
        self.ticked.emit()

    def rowCount(self, parent: Index = _NONE) -> int:
        """Number of places."""
        return 0 if parent.isValid() else len(self.hits)

    def context(self, row_: int) -> tuple[str, str, str]:
        """The words before, the words found, and the words after."""
        hit = self.hits[row_]
        page = self._sitting.pages[hit.number - 1]
        said = [word.text for word in self._sitting.words(page).words]
        indexes = hit.finding.indexes
        first = indexes[0]
        # Pieces of a name may lie far apart in the file; what is shown goes on from the first.
        last = next((one for one in indexes if one + 1 not in indexes), first)
        before = said[max(0, first - _CONTEXT) : first]
        after = said[last + 1 : last + 1 + 2 * _CONTEXT]
        return " ".join(before), hit.finding.text, " ".join(after)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and tick of a place."""
        if not index.isValid():
            return None
        hit, on = self.hits[index.row()], self._on[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return " ".join(part for part in self.context(index.row()) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "already marked" if hit.marked else "ticked" if on else "not ticked"
            state = ", ".join([*_remarks(hit), state])
            return f"Page {hit.number}, {' '.join(self.context(index.row()))}, {state}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen and ticked."""
        kinds = Qt.ItemFlag
        plain = kinds.ItemIsEnabled | kinds.ItemIsSelectable | kinds.ItemNeverHasChildren
        if index.isValid() and self.hits[index.row()].marked:
            return plain
        return plain | kinds.ItemIsUserCheckable


def _remarks(hit: PlaceFound) -> list[str]:
    """What is special about a place."""
    remarks = [_LIKENESSES[hit.finding.likeness]] if hit.finding.likeness != "same" else []
    if hit.finding.over_page:
        remarks.append("continues on the next page")
    return remarks if hit.finding.seen else [*remarks, "not seen here"]


class _Rows(QStyledItemDelegate):
    """A tick, the words around, and the page below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(160, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one place."""
        model = index.model()
        assert isinstance(model, HitModel)
        hit = model.hits[index.row()]
        colours = theme().colours
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        strong = chosen and colours.selected == colours.accent
        text = colours.on_accent if strong else colours.text
        muted = colours.on_accent if strong else colours.muted
        room = QRectF(option.rect)
        painter.save()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(room.adjusted(0, 1, 0, -1), 6, 6)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        tick = "mdi6.check" if hit.marked else "mdi6.checkbox-marked" if on else ""
        place = QRectF(room.left() + TINY, room.top() + 5, 18, 18)
        ink = colours.accent if on and not strong else muted
        icons.draw(painter, place, tick or "mdi6.checkbox-blank-outline", ink)
        inner = room.adjusted(_BOX + TINY, TINY, -TINY, -TINY)
        self._paint_words(painter, inner, model.context(index.row()), (text, muted))
        small = QFont(painter.font())
        small.setWeight(QFont.Weight.Normal)
        small.setPointSizeF(small.pointSizeF() * 0.92)
        painter.setFont(small)
        painter.setPen(QColor(muted))
        told = [f"Page {hit.number}", *_remarks(hit)]
        if hit.marked:
            told.append("already marked")
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, " · ".join(told))
        painter.restore()

    @staticmethod
    def _paint_words(
        painter: QPainter, room: QRectF, context: tuple[str, str, str], inks: tuple[str, str]
    ) -> None:
        """What was found stands out and is never cut off; what is around it may be."""
        before, found, after = context
        text, muted = inks
        plain, bold = QFont(painter.font()), QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        top = Qt.AlignmentFlag.AlignTop
        painter.setFont(bold)
        width = painter.fontMetrics().horizontalAdvance(found)
        painter.setFont(plain)
        measures = painter.fontMetrics()
        space = float(measures.horizontalAdvance(" "))
        free = max(0.0, room.width() - width - 2 * space)
        lead = measures.elidedText(before, Qt.TextElideMode.ElideLeft, int(free * 0.45))
        painter.setPen(QColor(muted))
        painter.drawText(room, top, lead)
        x = room.left() + measures.horizontalAdvance(lead) + (space if lead else 0)
        painter.setFont(bold)
        painter.setPen(QColor(text))
        bold_room = QRectF(x, room.top(), room.right() - x, room.height())
        said = painter.fontMetrics().elidedText(
            found, Qt.TextElideMode.ElideRight, int(bold_room.width())
        )
        painter.drawText(bold_room, top, said)
        x += width + space
        rest = QRectF(x, room.top(), max(0.0, room.right() - x), room.height())
        painter.setFont(plain)
        painter.setPen(QColor(muted))
        tail = measures.elidedText(after, Qt.TextElideMode.ElideRight, int(rest.width()))
        painter.drawText(rest, top, tail)


class _Hits(QListView):
    """Enter and clicks go to a place; Space and a click on the box tick it."""

    opened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter goes there."""
        index = self.currentIndex()
        model = self.model()
        assert isinstance(model, HitModel)
        if event.key() == Qt.Key.Key_Space and index.isValid():
            model.tick(index.row())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(index.row())
        elif event.text().isalpha() or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks; elsewhere it goes there."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        model = self.model()
        assert isinstance(model, HitModel)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.position().x() - self.visualRect(index).left() < _BOX:
            model.tick(index.row())
        else:
            self.opened.emit(index.row())


class FindPanel(QWidget):
    """What was found.

    ``mark_asked``: the places that are ticked; ``opened``: one place; ``closed``: the list was
    put away; ``picture_asked``: show the first page without words; ``alone_asked``: find one
    word of a name by itself.
    """

    mark_asked = Signal(tuple)
    opened = Signal(object)
    closed = Signal()
    picture_asked = Signal()
    alone_asked = Signal(str)

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = words("Found", "heading", wraps=True)
        self.close_button = icon_button("Close the places found", "mdi6.close", key="Esc")
        self.close_button.clicked.connect(self.closed)
        self.pictures = Banner(closable=False)
        self.alone = Banner(closable=False)
        self.unseen = Banner(closable=False)
        self.model = HitModel(sitting)
        self.list = _Hits()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Rows(self.list))
        set_role(self.list, "inset")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Places that were found")
        self.all = QCheckBox("All of them")
        self.all.setTristate(True)
        self.all.clicked.connect(self._tick_all)
        self.mark = button("Mark all", "mdi6.marker", does=self._mark)
        head = row(self.title, None, self.close_button)
        layout = column(
            head, self.pictures, self.unseen, self.alone, self.all, self.list, self.mark
        )
        layout.setStretchFactor(self.list, 1)
        self.setLayout(layout)
        self.model.ticked.connect(self._show_ticks)
        self.list.opened.connect(lambda place: self.opened.emit(self.model.hits[place]))

    def show_found(self, sought: str, hits: Sequence[PlaceFound], pictures: int) -> None:
        """Shows what was found, what was sought, and how many pages could not be searched."""
        self.model.show_hits(hits)
        pages = len({hit.number for hit in hits})
        where = f"{count(len(hits), 'place')} on {count(pages, 'page')}" if hits else "nowhere"
        self.title.setText(f"{sought}: {where}")
        self.all.setVisible(bool(hits))
        self.list.setVisible(bool(hits))
        self.mark.setVisible(bool(hits))
        unseen = len({hit.number for hit in hits if not hit.finding.seen})
        self.unseen.setVisible(bool(unseen))
        if unseen:
            self.unseen.say(
                f"On {count(unseen, 'page')} the words are not seen where the file has them. A "
                "mark there may hit nothing: look, and draw boxes over what is seen.",
                "warn",
            )
        self.pictures.setVisible(bool(pictures))
        if pictures:
            text = "1 page is a picture that was not read. Look at it yourself."
            if pictures > 1:
                text = f"{pictures:,} pages are pictures that were not read. Look at them yourself."
            show = "Show it" if pictures == 1 else "Show them"
            self.pictures.say(text, "warn", [(show, self.picture_asked.emit)])

    def show_alone(self, alone: Mapping[str, int]) -> None:
        """Says how often each word of a name stands without the others, and leads there."""
        names = {name: often for name, often in alone.items() if often}
        self.alone.setVisible(bool(names))
        if names:
            told = ", ".join(f"{name} alone {often:,}" for name, often in names.items())
            looks = [(f"Look for {name}", partial(self.alone_asked.emit, name)) for name in names]
            self.alone.say(f"Also: {told}.", "info", looks[:3])

    def _show_ticks(self) -> None:
        ticked, whole = len(self.model.chosen()), len(self.model.hits)
        open_ = sum(not hit.marked for hit in self.model.hits)
        self.mark.setEnabled(bool(ticked))
        all_ = "all " if ticked == open_ and open_ > 1 else ""
        if not open_ and whole:
            self.mark.setText("All already marked")
        elif ticked < open_:
            self.mark.setText(f"Mark {ticked:,} of {open_:,}")
        else:
            self.mark.setText(f"Mark {all_}{ticked:,}")
        states = Qt.CheckState
        state = states.Unchecked if not ticked else states.Checked
        self.all.setCheckState(state if ticked in {0, open_} else states.PartiallyChecked)

    def _tick_all(self) -> None:
        self.model.tick_all(len(self.model.chosen()) < sum(not h.marked for h in self.model.hits))

    def _mark(self) -> None:
        self.mark_asked.emit(self.model.chosen())


class FindField(QWidget):
    """The field under the right side.

    ``asked``: words, and whether whole words only; ``form_asked``: a key of ``patterns.FORMS``,
    all telephone numbers for example.
    """

    asked = Signal(str, bool)
    form_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        set_role(self.line, "search")
        self.line.setPlaceholderText("Find and mark in all documents")
        self.line.setAccessibleName("Find and mark in all documents")
        self.line.setToolTip("Find and mark in all documents (Ctrl+F)")
        self.line.setClearButtonEnabled(True)
        self.whole = QCheckBox("Whole words only")
        self.whole.hide()
        self.go = button("Find", does=self._ask)
        self.go.hide()
        self.forms = button("Find all…", "mdi6.text-search", role="link")
        self.forms.setToolTip("Find all telephone numbers, e-mail addresses, dates and so on")
        menu = QMenu(self.forms)
        for each in FORMS:
            menu.addAction(each.label, partial(self.form_asked.emit, each.key))
        self.forms.setMenu(menu)
        under = row(self.whole, self.forms, None, self.go)
        self.setLayout(column(self.line, under, space=SMALL))
        self.line.textChanged.connect(self._show_more)
        self.line.returnPressed.connect(self._ask)
        self.line.installEventFilter(self)

    def _show_more(self, text: str) -> None:
        self.whole.setVisible(bool(text))
        self.forms.setVisible(not text)
        self.go.setVisible(bool(text))

    def _ask(self) -> None:
        sought = self.line.text().strip()
        if sought:
            self.asked.emit(sought, self.whole.isChecked())

    def eventFilter(self, _watched: Any, event: QEvent) -> bool:
        """Esc clears the field before it does anything else."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and self.line.text()
        ):
            self.line.clear()
        return False
