"""Filters above a list: one chip is on, each says how many entries stand behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.pieces.buttons import Option, option
from ui.kit.pieces.flow import FlowLayout


class ChipRow(QWidget):
    """One filter out of several. ``chosen`` carries its key.

    The chips named in ``passing`` are offered only while there is an entry behind them.
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

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Writes the number of entries behind each chip."""
        for key, made in self._buttons.items():
            label = self._labels[key]
            made.setText(f"{label} {counts[key]:,}" if key in counts else label)
            if key in self._passing:
                made.setVisible(bool(counts.get(key)) or made.isChecked())

    def choose(self, key: str) -> None:
        """Turns a chip on without saying so."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the chips, in their order."""
        return tuple(self._buttons)
