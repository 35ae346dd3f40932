"""The calendar: what differs from the calendar of England, and the terms."""

from __future__ import annotations

from dpdesk.desk import Desk
from ui.kit.pieces.cards import help_words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.parts_panel import PartsPanel
from ui.settings.calendar_file import CalendarFileCard
from ui.settings.frame import SettingsSection


class CalendarSection(SettingsSection):
    """Special days and terms. Every due date is worked out afresh when one changes."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        super().__init__(
            "Calendar",
            "dpdesk knows weekends and the bank holidays of England. Enter anything that differs.",
        )
        self.panels = [PartsPanel(one, around) for one in desk.parts["school"]]
        self.file = CalendarFileCard(desk, around)
        self.body.addWidget(self.file)
        entry = desk.school.entry()
        for panel in self.panels:
            self.body.addWidget(panel)
            panel.show_entry(entry)
        self.body.addWidget(
            help_words("When a day changes here, every open due date is worked out again.")
        )
        self.body.addStretch(1)
        self._around = around

    def can_leave(self) -> bool:
        """Asks once where a day or a term is half written."""
        open_ones = [panel for panel in self.panels if panel.dirty]
        if not open_ones:
            return True
        answer = self._around.prompter.choose(
            "Save your changes to the calendar?", ("Save", "Discard")
        )
        if answer == "Save":
            return all(panel.save() for panel in open_ones)
        if answer == "Discard":
            for panel in open_ones:
                panel.form.mark_clean()
                panel.close_editor()
            return True
        return False
