"""The order in which Tab goes: as the page is read, with what matters most first.

Qt goes in the order in which widgets were made, which is nobody's. Here it is the order in which
they stand in their layouts. A widget says where it breaks the rule: what is ``first_keys`` of a
page (:func:`ui.kit.pieces.keys.first_keys`) comes before all else of it, ``last_keys`` after the
rest of its card, and ``next_keys`` right after what leads to it, as a button after the list whose
ticks it acts on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QLayout,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.cards import Card
from ui.kit.pieces.keys import comes_after, rank
from ui.kit.pieces.next_step_card import NextStepCard

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit)
"""What is one stop however it is made inside."""


@dataclass
class _Stops:
    first: list[QWidget] = field(default_factory=list)
    plain: list[QWidget] = field(default_factory=list)
    last: list[QWidget] = field(default_factory=list)

    def all(self) -> list[QWidget]:
        return self.first + self.plain + self.last


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops in a window, in order."""
    order = _below(window).all()
    for stop in tuple(order):
        _put_behind(order, stop)
    return order


def _put_behind(order: list[QWidget], stop: QWidget) -> None:
    """Moves a stop to behind what leads to it, which is moved first."""
    after = comes_after(stop)
    if after is not None and after in order:
        _put_behind(order, after)
        order.remove(stop)
        order.insert(order.index(after) + 1, stop)


def _below(widget: QWidget) -> _Stops:
    found = _Stops()
    for child in _children(widget):
        inner = _Stops()
        if _stops_at(child):
            inner.plain.append(child)
        if not isinstance(child, _WHOLE):
            below = _below(child)
            inner.first += below.first
            inner.plain += below.plain
            inner.last += below.last
        place = rank(child)
        if place < 0:
            inner = _Stops(first=inner.all())
        elif place > 0:
            inner = _Stops(last=inner.all())
        found.first += inner.first
        found.plain += inner.plain
        found.last += inner.last
    if isinstance(widget, AreaPage):
        return _Stops(plain=found.all())
    if isinstance(widget, Card):
        return _Stops(first=found.first, plain=found.plain + found.last)
    return found


def _children(widget: QWidget) -> Iterator[QWidget]:
    """The visible children: those in the layout in its order, then the others."""
    seen: set[QWidget] = set()
    layout = widget.layout()
    if layout is not None:
        for child in _laid_out(layout):
            seen.add(child)
            if child.isVisible() and child.isEnabled():
                yield child
    for other in widget.children():
        if (
            isinstance(other, QWidget)
            and other not in seen
            and other.isVisible()
            and other.isEnabled()
            and not other.isWindow()
        ):
            yield other


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        thing = layout.itemAt(place)
        if thing is None:
            continue
        widget, inner = thing.widget(), thing.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _stops_at(widget: QWidget) -> bool:
    if widget.focusProxy() is not None or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    return not (isinstance(widget, QAbstractButton) and _another_is_on(widget))


def _another_is_on(made: QAbstractButton) -> bool:
    """Of several of which one is chosen, Tab stops at that one; arrows lead to the others."""
    if not made.autoExclusive() or made.isChecked():
        return False
    around = made.parent()
    return around is not None and any(
        one.autoExclusive() and one.isChecked() and one.isVisible()
        for one in around.findChildren(
            QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
    )


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Takes the keyboard to the next stop, or the one before; False where there is none."""
    order = stops(window)
    if not order:
        return False
    here = QApplication.focusWidget()
    place = _place(order, here)
    if place is None:
        within = [one for one in order if here is not None and here.isAncestorOf(one)]
        target = (within or order)[0 if forward else -1]
    else:
        target = order[(place + (1 if forward else -1)) % len(order)]
    reasons = Qt.FocusReason
    _go_to(target, reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    return True


def next_card(window: QWidget, *, forward: bool) -> None:
    """Takes the keyboard to the beginning of the next card or bar, or of the one before."""
    order = stops(window)
    parts: list[tuple[QObject | None, QWidget]] = []
    for stop in order:
        part = _part(stop)
        if not parts or parts[-1][0] is not part:
            parts.append((part, stop))
    if not parts:
        return
    here = QApplication.focusWidget()
    place = _place(order, here)
    part = _part(here) if here is not None else None
    now = next((n for n, (each, _) in enumerate(parts) if each is part), -1)
    if place is None or now < 0:
        now = -1 if forward else 0
    _go_to(parts[(now + (1 if forward else -1)) % len(parts)][1], Qt.FocusReason.TabFocusReason)


def next_step(window: QWidget) -> None:
    """Takes the keyboard from wherever on the page it is to the step that comes next."""
    for card in window.findChildren(NextStepCard):
        if card.isVisible() and card.first is not None and card.first.isEnabled():
            _go_to(card.first, Qt.FocusReason.ShortcutFocusReason)
            return


def _part(widget: QWidget) -> QObject | None:
    around: QObject | None = widget
    while around is not None:
        if isinstance(around, Card | QAbstractItemView | AreaPage):
            return around
        if isinstance(around, QFrame) and around.property("role") in {"top", "bar", "panel"}:
            return around
        around = around.parent()
    return None


def _place(order: list[QWidget], here: QWidget | None) -> int | None:
    """Where the keyboard is among the stops; also where it is in a part of one of them."""
    while here is not None:
        if here in order:
            return order.index(here)
        if isinstance(here.parentWidget(), _WHOLE):
            here = here.parentWidget()
        else:
            return None
    return None


def _go_to(target: QWidget, reason: Qt.FocusReason) -> None:
    target.setFocus(reason)
    around = target.parentWidget()
    while around is not None:
        content = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and content is not None:
            top = target.mapTo(content, QPoint(0, 0)).y()
            # Of what is higher than the room, such as a list, the beginning.
            height = min(target.height(), around.viewport().height())
            around.ensureVisible(0, top + height // 2, 0, height // 2 + _MARGIN)
        around = around.parentWidget()


_MARGIN = 24
"""Pixels kept free around what has the keyboard."""
