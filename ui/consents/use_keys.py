"""The boxes of one form, answered with one key each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Use
from dpdesk.consents.rules import Stands
from ui.consents.said import LOOK, word
from ui.kit.look.icons import SIZE, icon
from ui.kit.look.theme import TINY, give_role

KEYS: Final = {
    Qt.Key.Key_Y: Stands.GIVEN,
    Qt.Key.Key_1: Stands.GIVEN,
    Qt.Key.Key_N: Stands.REFUSED,
    Qt.Key.Key_0: Stands.REFUSED,
    Qt.Key.Key_W: Stands.WITHDRAWN,
}
_LEAVE: Final = {Qt.Key.Key_Space, Qt.Key.Key_Minus}
WISH_KEYS: Final = {Qt.Key.Key_H: "yes", Qt.Key.Key_D: "no"}
"""The pupil is happy to be in pictures, or does not want to be."""


class UseKeys(QListWidget):
    """One line for each use.

    ``finished`` fires on Enter, ``wished`` with the pupil's wish, ``skipped`` on S.
    """

    finished = Signal()
    wished = Signal(str)
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "inset")
        self.setAccessibleName(
            "Uses: Y yes, N no or an empty box, W withdrawn, space where the form does not ask, "
            "H the pupil is happy with it, D does not want it"
        )
        self.setIconSize(QSize(SIZE, SIZE))
        self.setSpacing(TINY)
        self._uses: Sequence[Use] = ()
        self._before: list[str] = []
        self._said: list[Stands | None] = []

    @property
    def answers(self) -> dict[int, str]:
        """What was answered, by use; empty boxes are left out."""
        pairs = zip(self._uses, self._said, strict=True)
        return {use.id: str(said) for use, said in pairs if said is not None}

    def ask(self, roll: Roll, pupil: int) -> None:
        """Begins a form; what holds for the pupil now stands beside each use."""
        self._uses = roll.uses
        self._said = [None] * len(roll.uses)
        self._before = [word(roll.of(pupil, use.id).stands).lower() for use in roll.uses]
        self.clear()
        for _ in roll.uses:
            self.addItem(QListWidgetItem())
        for place in range(len(roll.uses)):
            self._show(place)
        self.setCurrentRow(0)

    def propose(self, answers: Mapping[int, Stands | None]) -> None:
        """Fills in what was read, by use; the first that is left open is the line to answer."""
        for place, use in enumerate(self._uses):
            self._said[place] = answers.get(use.id)
            self._show(place)
        open_ = [place for place, said in enumerate(self._said) if said is None]
        self.setCurrentRow(open_[0] if open_ else 0)

    def _show(self, place: int) -> None:
        said, name = self._said[place], self._uses[place].name
        look = LOOK[said] if said is not None else ("…", "mdi6.checkbox-blank-outline", "muted")
        line = self.item(place)
        line.setIcon(icon(look[1], look[2]))
        line.setText(f"{name}:  {look[0]}      (until now: {self._before[place]})")
        line.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            f"{name}: {'empty' if said is None else look[0]}; until now {self._before[place]}",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key answers and goes on; Backspace goes back; Enter ends the form."""
        key, place = Qt.Key(event.key()), self.currentRow()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
        elif place >= 0 and key in KEYS:
            self._answer(place, KEYS[key], 1)
        elif key in WISH_KEYS:
            self.wished.emit(WISH_KEYS[key])
        elif key == Qt.Key.Key_S:
            self.skipped.emit()
        elif place >= 0 and key in _LEAVE:
            self._answer(place, None, 1)
        elif place >= 0 and key == Qt.Key.Key_Backspace:
            back = place - 1 if self._said[place] is None and place else place
            self._answer(back, None, 0)
        else:
            super().keyPressEvent(event)

    def _answer(self, place: int, said: Stands | None, by: int) -> None:
        self._said[place] = said
        self._show(place)
        self.setCurrentRow(min(place + by, len(self._uses) - 1))
