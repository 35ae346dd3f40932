"""What the pupil says: beside the answers of a form, chosen by one key from among its boxes."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from dpdesk.consents.pick_lists import WISHES
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.register.inputs_choices import Combo

_ASK: Final = "?"


class WishChoice(Combo):
    """The pupil's wish as a form has it; not said until somebody says it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heard_as(self, "What the pupil says")
        self.addItem("Pupil’s wish: not said", None)
        for choice in WISHES:
            self.addItem(choice.label, choice.code)

    @property
    def wish(self) -> str | None:
        """What was chosen; None where the form does not say."""
        code = self.currentData()
        return None if code is None or self.asks else str(code)

    @property
    def asks(self) -> bool:
        """Does the form say something that is not plain, and nobody has chosen yet?"""
        return bool(self.currentData() == _ASK)

    def choose(self, code: str | None) -> None:
        """Chooses an answer, or that none is said."""
        self._ask_no_more()
        self.setCurrentIndex(max(0, self.findData(code)))

    def ask(self) -> None:
        """Waits for a person: both boxes are marked, or one of them cannot be read."""
        self.choose(None)
        self.addItem("Pupil’s wish: please choose", _ASK)
        self.setCurrentIndex(self.count() - 1)

    def _ask_no_more(self) -> None:
        if (place := self.findData(_ASK)) >= 0:
            self.removeItem(place)
