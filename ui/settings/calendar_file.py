"""Term dates from a calendar file: what was found in it, to be ticked and added."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.school.calendar_import import CalendarImport, CalendarPlan, DayFate, ProposedDays
from dpdesk.school.calendar_in import read_calendar
from ui.kit.look.theme import SMALL
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.sheet_reading import content_of
from ui.kit.register.ticks import CheckLine

KINDS = "Calendar files (*.ics)"


class CalendarFileCard(Card):
    """Asks for a file and shows what it says of school days, before anything is saved."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(
            "Take the dates from a calendar file",
            "Most school calendars can be exported as an iCalendar file (.ics). Terms, half-terms, "
            "training days and closures are found by their names; everything else is left out.",
            parent,
        )
        self._desk, self._around = desk, around
        self._importing = CalendarImport(desk.school)
        self._proposed: list[tuple[ProposedDays, CheckLine]] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SMALL)
        self.choose = button("Choose a file", "mdi6.calendar-import", does=self.ask)
        self.add_button = button("Add these", "mdi6.check", role="primary", does=self.add_ticked)
        self.stop = button("Cancel", does=self.clear)
        self.add(self._lines)
        self.add(row(self.choose, self.add_button, self.stop, None))
        self.clear()

    def clear(self) -> None:
        """Shows only the way to a file."""
        clear_layout(self._lines)
        self._proposed = []
        self.choose.show()
        self.add_button.hide()
        self.stop.hide()

    def ask(self) -> None:
        """Asks for a file and reads it beside the window."""
        chosen = self._around.prompter.choose_files("Which calendar file?", KINDS)
        if not chosen:
            return
        path = chosen[0]

        def work(_progress: Progress) -> CalendarPlan:
            return self._importing.plan(read_calendar(content_of(path)))

        self._around.tasks.run(work, title="Reading the calendar", on_success=self.show_plan)

    def show_plan(self, plan: CalendarPlan) -> None:
        """Shows what was found, each with a tick; what is known already is only counted."""
        self.clear()
        for each in plan.proposed:
            if each.fate is DayFate.HERE:
                continue
            line = CheckLine(each.said)
            line.box.setAccessibleName(each.said)
            line.box.setChecked(True)
            line.box.toggled.connect(self._ticked)
            self._proposed.append((each, line))
            self._lines.addWidget(line)
        known = len(plan.of(DayFate.HERE))
        if not self._proposed:
            said = "Everything in it is in your calendar already." if known else _NOTHING
            self._lines.addWidget(words(said, wraps=True))
        elif known:
            self._lines.addWidget(help_words(f"{known} more are in your calendar already."))
        for note in plan.notes:
            self._lines.addWidget(help_words(note))
        self.choose.setVisible(not self._proposed)
        self.add_button.setVisible(bool(self._proposed))
        self.stop.setVisible(bool(self._proposed))
        self._ticked()
        self.add_button.setFocus()

    def _chosen(self) -> list[ProposedDays]:
        return [each for each, line in self._proposed if line.box.isChecked()]

    def _ticked(self) -> None:
        chosen = len(self._chosen())
        self.add_button.setEnabled(bool(chosen))
        self.add_button.setText(f"Add {count(chosen, 'date')}" if chosen else "Add these")

    def add_ticked(self) -> None:
        """Adds what is ticked; the window then works out every due date again."""
        chosen = self._chosen()
        try:
            changes = self._importing.accept(chosen)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        self.clear()
        self._around.messages.say(f"{count(len(chosen), 'date')} added to the calendar.")
        self._around.bus.publish(changes)


_NOTHING = "Nothing in this file says when there is school. Enter the terms by hand below."
