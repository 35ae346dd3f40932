"""Beside what is due: the questions of an approval or of keeping longer, else what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.cards import column, scrolling
from ui.kit.pieces.surroundings import Surroundings
from ui.retention.approve_panel import ApprovePanel
from ui.retention.due_cards import OutlookCard, WaitingCard
from ui.retention.keep_panel import KeepPanel

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_WIDE: Final = 404
"""In pixels; ten years need that much."""
_NARROW: Final = 340
"""On a small screen; the list beside it needs the rest."""


class DueRail(QWidget):
    """``turned`` fires when questions are opened or closed; ``approved`` carries what was saved.

    ``done_asked``: number of an approved disposal that was carried out; ``print_asked``: the
    outlook.
    """

    turned = Signal()
    approved = Signal(object)
    done_asked = Signal(int)
    print_asked = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget(self)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(MEDIUM)
        self.approving = ApprovePanel(desk, around, inside)
        self.keeping = KeepPanel(desk, around, inside)
        self.waiting = WaitingCard(desk, around, inside)
        self.outlook = OutlookCard(desk, inside)
        self._guest = column(space=0)
        self._guest_room = QWidget(inside)
        self._guest_room.setLayout(self._guest)
        self._guest_room.hide()
        lines.addWidget(self._guest_room)
        for widget in (self.approving, self.keeping, self.waiting, self.outlook):
            lines.addWidget(widget)
        lines.addStretch(1)
        self.area = scrolling(inside, "Approve or keep longer")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.area, 1)
        for panel in (self.approving, self.keeping):
            # Below what scrolls, so that it is always seen.
            layout.addWidget(panel.foot)
            panel.closed.connect(self.close_questions)
        self.setMinimumWidth(_NARROW)
        self.setMaximumWidth(_WIDE)
        self._show(None)
        self.approving.approved.connect(self._approved)
        self.keeping.kept.connect(self.close_questions)
        self.waiting.asked.connect(self.done_asked)
        self.outlook.print_asked.connect(self.print_asked)

    def sizeHint(self) -> QSize:
        """As wide as it may be, where there is room."""
        return QSize(_WIDE, super().sizeHint().height())

    @property
    def busy(self) -> bool:
        """Are questions open?"""
        return not (self.approving.isHidden() and self.keeping.isHidden())

    @property
    def dirty(self) -> bool:
        """Is anything answered that nothing came of?"""
        panels = (self.approving, self.keeping)
        return any(not panel.isHidden() and panel.form.dirty for panel in panels)

    @property
    def has_guest(self) -> bool:
        """Does something of the page stand here?"""
        return self._guest.count() > 0

    def take_guest(self, widget: QWidget) -> None:
        """Puts a card of the page on top, while no questions are open."""
        self._guest.addWidget(widget)
        self._guest_room.setVisible(not self.busy)

    def give_back(self, widget: QWidget) -> None:
        """The page has room for its card again."""
        self._guest.removeWidget(widget)
        self._guest_room.hide()

    def refresh(self) -> None:
        """Reads afresh what waits and what comes."""
        self.outlook.refresh()
        self.waiting.refresh()
        if self.busy:
            self.waiting.hide()

    def approve(self, references: Sequence[str], method: str = "") -> None:
        """Asks what the approval of these holdings needs."""
        self._show(self.approving)
        self.approving.begin(references, method)

    def keep(self, numbers: Sequence[int]) -> None:
        """Asks why and until when these holdings are kept."""
        self._show(self.keeping)
        self.keeping.begin(numbers)

    def close_questions(self) -> None:
        """Shows what waits and what comes again."""
        for panel in (self.approving, self.keeping):
            panel.form.mark_clean()
        self._show(None)
        self.refresh()

    def _show(self, panel: QWidget | None) -> None:
        for each in (self.approving, self.keeping):
            each.setVisible(each is panel)
            each.foot.setVisible(each is panel)
        self.outlook.setVisible(panel is None)
        self._guest_room.setVisible(panel is None and self.has_guest)
        if panel is not None:
            self.waiting.hide()
        self.area.verticalScrollBar().setValue(0)
        self.turned.emit()

    def _approved(self, saved: object) -> None:
        self.close_questions()
        self.approved.emit(saved)
