"""How the page of an entry is laid out: head, stages, questions, rail, foot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.registers.entries import Entry
from dpdesk.registers.service import RegisterService
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.cards import Scrolled, scrolling
from ui.kit.pieces.low import is_low
from ui.kit.pieces.stage_bar import StageBar
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.entry_head import EntryFoot, EntryHead
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors
from ui.kit.register.parts_panel import PartsPanel
from ui.kit.register.rail import HistoryPanel

TWO: Final = 1500
"""Width in pixels from which on the questions and a wide panel stand side by side.

On a smaller screen each would be a narrow column with a scroll bar of its own.
"""
RAIL: Final = 292
"""Width of the right rail in pixels."""


class EntryFrame(QWidget):
    """The widgets of the page; :class:`.entry_page.EntryPage` brings them to life."""

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        *,
        parts: Iterable[RegisterService[Any, Any]] = (),
        panels: Iterable[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.service = service
        self.around = around
        self.register = service.register
        self.entry: Entry = service.blank()
        self.head = EntryHead(self.register, self)
        self.stages = StageBar(self.register.stages, self)
        self.banner = Banner(self)
        self.foot = EntryFoot(self)
        self.panels: list[Any] = [*panels, HistoryPanel(service.history)]
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        inside = self._build()
        # Last, into their place: a finished form that is moved about costs as much as a new one.
        self.form = Form(self.register, Doors(service, around.now), parent=inside)
        self.parts = [PartsPanel(one, around, parent=inside) for one in parts]
        for place, widget in enumerate([self.form, *self.parts]):
            self.body.insertWidget(place, widget)

    def _build(self) -> QWidget:
        """Everything around the questions; gives what they stand in."""
        inside = Scrolled()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, MEDIUM)
        self.body.setSpacing(MEDIUM)
        self.body.addStretch(1)
        self.rail_side = Scrolled()
        self.rail_side.setAccessibleName("About this entry")
        self.rail = QVBoxLayout(self.rail_side)
        self.rail.setContentsMargins(0, 0, 0, MEDIUM)
        self.rail.setSpacing(MEDIUM)
        for panel in self.panels:
            self.rail.addWidget(panel)
        self.rail.addStretch(1)
        self.rail_side.setFixedWidth(RAIL)
        # One bar for both: the rail moves with the questions.
        both = Scrolled(self)
        beside = QHBoxLayout(both)
        beside.setContentsMargins(0, 0, MEDIUM, 0)
        beside.setSpacing(MEDIUM)
        beside.addWidget(inside, 1)
        beside.addWidget(self.rail_side)
        self.area = scrolling(both, "Questions")
        self._beside: QWidget | None = None
        self._middle = middle = QHBoxLayout()
        middle.setSpacing(MEDIUM)
        middle.addWidget(self.area, 1)
        self.top = QVBoxLayout()
        self.top.setContentsMargins(HUGE, LARGE, MEDIUM, 0)
        self.top.setSpacing(MEDIUM)
        # What scrolls reaches further right than what does not, by the width of its bar.
        self.above = QVBoxLayout()
        self.above.setContentsMargins(0, 0, MEDIUM, 0)
        self.above.setSpacing(MEDIUM)
        for widget in (self.head, self.stages, self.banner):
            self.above.addWidget(widget)
        self.top.addLayout(self.above)
        self.top.addLayout(middle, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self.top, 1)
        layout.addWidget(self.foot)
        return inside

    def show_beside(self, panel: QWidget | None) -> None:
        """Shows a wide panel beside the questions, in place of the rail; None: the rail again."""
        if self._beside is not None and self._beside is not panel:
            self._beside.hide()
        if panel is not None and self._middle.indexOf(panel) < 0:
            self._middle.addWidget(panel, 1)
        self._beside = panel
        self.show_rail()
        if panel is not None:
            panel.show()
        self._fit()

    def _fit(self) -> None:
        """On a small screen a wide panel takes the place of the questions: both would be cut."""
        self.area.setVisible(self._beside is None or self.width() >= TWO)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for both, or no longer."""
        super().resizeEvent(event)
        self._fit()
        low = is_low(self)
        self.top.setContentsMargins(HUGE, SMALL if low else LARGE, MEDIUM, 0)
        for layout in (self.top, self.above):
            layout.setSpacing(SMALL if low else MEDIUM)

    def show_rail(self) -> None:
        """Shows the rail where something stands in it; a new entry has the whole width."""
        filled = any(not panel.isHidden() for panel in self.panels)
        self.rail_side.setVisible(self._beside is None and filled)
