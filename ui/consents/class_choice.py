"""Which class or year group is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.consents.roll import Roll
from ui.kit.register.inputs_choices import Combo


class ClassChoice(Combo):
    """Everybody, a year group or a class. ``chosen`` fires when the user chose another."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Class or year")
        self.addItem("All pupils", "")
        self.activated.connect(lambda _place: self.chosen.emit())

    @property
    def words(self) -> str:
        """What is chosen, as :meth:`Roll.of_class` reads it."""
        return str(self.currentData() or "")

    def offer(self, roll: Roll) -> None:
        """Offers the years and classes that there are; what was chosen stays."""
        chosen = self.words
        self.clear()
        self.addItem("All pupils", "")
        for form in roll.forms:
            self.addItem(form, form)  # typed as it is said: 4B
        for year in roll.years:
            named = {"N": "Nursery", "R": "Reception"}.get(year, f"Year {year}")
            self.addItem(named, named)
        self.setCurrentIndex(max(0, self.findData(chosen)))
