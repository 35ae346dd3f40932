"""What stands above the list of assets: how complete the register is, and what it goes out as."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QPushButton, QToolButton, QWidget

from dpdesk.law.words import count
from ui.assets.meter import Meter
from ui.kit.look.icons import icon
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, give_role
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import row

if TYPE_CHECKING:
    from dpdesk.assets.service import Completeness as Completeness

Does = Callable[[], object]


class RegisterSummary(QFrame):
    """Figures on the left, buttons on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "card")
        self.meter = Meter("How complete the register is", self)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(LARGE, SMALL, MEDIUM, SMALL)
        self._line.setSpacing(MEDIUM)
        self._line.addWidget(self.meter, 1)
        self.buttons: dict[str, QPushButton] = {}
        self.menu = QMenu(self)
        self.more: QToolButton = icon_button("Do more with the register", "mdi6.dots-horizontal")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._doing = row(self.more, space=MEDIUM)
        self._line.addLayout(self._doing)

    def _wide(self) -> int:
        """The width from which on the figures stand beside the buttons."""
        margins = self.contentsMargins()
        beside = self.meter.sizeHint().width() + self._doing.sizeHint().width()
        return beside + margins.left() + margins.right() + LARGE + 2 * MEDIUM

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two, below each other."""
        size = super().minimumSizeHint()
        return QSize(self._doing.sizeHint().width() + LARGE + MEDIUM, size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the figures above the buttons where both have no room in one line."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._line.setDirection(
            ways.LeftToRight if self.width() >= self._wide() else ways.TopToBottom
        )

    def add(self, words: str, icon_name: str, does: Does, hint: str) -> None:
        """Adds a button."""
        made = button(words, icon_name, does=does, hint=hint)
        self._doing.insertWidget(self._doing.count() - 1, made)
        self.buttons[words] = made

    def add_to_menu(self, words: str, icon_name: str, does: Does) -> None:
        """Adds a line to the menu of what is wanted more rarely."""
        # The signal says whether the line is ticked, which nobody asks.
        self.menu.addAction(icon(icon_name), words).triggered.connect(partial(_only, does))

    def show_figures(self, meter: Completeness, gaps: int) -> None:
        """Shows how far the register is."""
        if not meter.entries:
            self.meter.show_count(0, 0, "Nothing is in the register yet")
            return
        # Never 100 while something is missing.
        percent = int(meter.share * 100)
        parts = [
            f"{percent}% answered",
            f"{meter.complete} of {meter.entries:,} in order",
            count(gaps, "gap") if gaps else _no_gaps(meter),
        ]
        self.meter.show_count(meter.answered, meter.asked, " · ".join(parts))
        self.meter.setToolTip(
            f"{meter.answered:,} of {meter.asked:,} questions are answered. An asset is in "
            "order when it has no gaps and no unanswered questions. A gap is something the law "
            "asks for that is missing or contradictory."
        )


def _no_gaps(meter: Completeness) -> str:
    """Nothing is said to be right that nobody has answered yet."""
    return "no gaps" if meter.answered == meter.asked else "no gaps so far"


def _only(does: Does, *_: object) -> None:
    does()
