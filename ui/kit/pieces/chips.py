"""Filters above a list: one chip is on, each says how many entries stand behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui.kit.pieces.buttons import Option, button, option
from ui.kit.pieces.flow import FlowLayout
from ui.kit.pieces.low import is_low

MORE: Final = "More filters"


class ChipRow(QWidget):
    """One filter out of several. ``chosen`` carries its key.

    The chips named in ``passing`` are offered only while there is an entry behind them. In a low
    window one line of them is seen, with the one that is on; the others are in a menu.
    """

    chosen = Signal(str)

    def __init__(
        self,
        chips: Sequence[tuple[str, str]],
        passing: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._passing = frozenset(passing)
        self._labels = dict(chips)
        self._buttons: dict[str, Option] = {}
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Filters")
        for key, label in chips:
            made = option(label, role="chip", one_of=True)
            self._flow.addWidget(made)
            self._buttons[key] = made
            made.picked.connect(lambda _on, key=key: self.chosen.emit(key))
        self.more = button(MORE, role="chip")
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        self.more.hide()
        self._flow.addWidget(self.more)
        self._counts: Mapping[str, int] | None = None

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Writes the number of entries behind each chip."""
        self._counts = counts
        for key, made in self._buttons.items():
            label = self._labels[key]
            made.setText(f"{label} {counts[key]:,}" if key in counts else label)
        self.fit()

    def choose(self, key: str) -> None:
        """Turns a chip on without saying so."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self.fit()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the chips, in their order."""
        return tuple(self._buttons)

    # --- one line of them ----------------------------------------------------------------

    def fit(self) -> None:
        """Shows the chips that there are entries behind, or of those what one line has room for."""
        offered = [key for key in self._buttons if self._offered(key)]
        seen = self._first(offered) if is_low(self) and self.isVisible() else offered
        for key, made in self._buttons.items():
            if made.isHidden() == (key in seen):
                made.setVisible(key in seen)
        self.more.setVisible(len(seen) < len(offered))

    def _offered(self, key: str) -> bool:
        counted = self._counts is None or bool(self._counts.get(key))
        return key not in self._passing or counted or self._buttons[key].isChecked()

    def _first(self, offered: list[str]) -> list[str]:
        """The one that is on, and the first of the others that stand in a line with it."""
        space = self._flow.spacing()
        wide = {key: self._buttons[key].sizeHint().width() + space for key in offered}
        if sum(wide.values()) - space <= self.width():
            return offered
        on = [key for key in offered if self._buttons[key].isChecked()]
        left = self.width() - self.more.sizeHint().width() - sum(wide[key] for key in on)
        seen = set(on)
        for key in offered:
            if key in seen:
                continue
            left -= wide[key]
            if left < 0:
                break
            seen.add(key)
        return [key for key in offered if key in seen]

    def _fill_menu(self) -> None:
        self.menu.clear()
        for key, made in self._buttons.items():
            if made.isHidden() and self._offered(key):
                self.menu.addAction(made.text()).triggered.connect(partial(self._take, key))

    def _take(self, key: str, *_: object) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for others."""
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Which window it stands in is known only now; another height of that is another room."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks, so it need not know."""
        super().hideEvent(event)
        self.window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fits to another height of the window."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)
