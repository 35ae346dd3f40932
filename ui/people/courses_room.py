"""Courses: who still has to do one, and noting it where it is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import count
from dpdesk.people.service import KnownPerson
from dpdesk.people.training_service import TrainingService
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.wording import read_date, show_date
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, row, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom
from ui.kit.register.signed_dialog import SignedDialog

_NAMED = 12
"""So many people get a line of their own."""


class MissingCard(Card):
    """Who still has to do a course, each with a button that notes it."""

    done = Signal(tuple)
    """Numbers of the people for whom it is to be noted."""
    signed_asked = Signal()

    def __init__(self, training: TrainingService) -> None:
        super().__init__("Who still has to do it")
        self._training = training
        self.told = help_words("")
        self.add(self.told)
        self.roles = help_words("")
        self.add(self.roles)
        self._lines = column()
        self.add(self._lines)
        self.every = button("All of them have done it", "mdi6.check-all", does=self._every)
        self.add(self.every)
        self.signed = button(
            "A signed list came back",
            "mdi6.draw",
            does=self.signed_asked.emit,
            hint="Says who was there and on which day, and files the scanned list",
        )
        self.add(self.signed)
        self._missing: tuple[KnownPerson, ...] = ()

    @property
    def people(self) -> tuple[KnownPerson, ...]:
        """Who still has to do it."""
        return self._missing

    def show_entry(self, entry: Entry) -> None:
        """Reads afresh who is missing; hidden for a course that is not saved yet."""
        self.setVisible(bool(entry.id))
        clear_layout(self._lines)
        standing = (each for each in self._training.standing() if each.course_id == entry.id)
        found = next(standing, None)
        self._missing = found.missing if found is not None else ()
        roles = found.by_role() if found is not None else ()
        self.roles.setText("\n".join(f"{r.label}: {r.done} of {r.must} done" for r in roles))
        self.roles.setVisible(len(roles) > 1)
        must = len(found.must) if found is not None else 0
        left = len(self._missing)
        if not must:
            self.told.setText(
                "Nobody on record has to. Who must do it depends on “Role at the school” under "
                "People."
            )
        elif not left:
            self.told.setText(f"Nobody: all {must} have done it.")
        else:
            self.told.setText(f"{left} of {count(must, 'member')} of staff.")
        for each in self._missing[:_NAMED]:
            press = button("Record it", role="link", does=partial(self.done.emit, (each.id,)))
            press.setAccessibleName(f"Record that {each.name} has done it")
            self._lines.addLayout(row(words(each.name, wraps=True), None, press))
        if left > _NAMED:
            self._lines.addWidget(help_words(f"and {left - _NAMED} more"))
        self.every.setVisible(left > 1)
        self.signed.setVisible(left > 0)

    def _every(self) -> None:
        self.done.emit(tuple(each.id for each in self._missing))


class CoursesRoom(RegisterRoom):
    """The page "Courses"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self.training = desk.people.training
        super().__init__(desk, desk.people.courses, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """Who is missing."""
        self.missing = MissingCard(self.training)
        self.missing.done.connect(self.note)
        self.missing.signed_asked.connect(self.note_signed)
        return [self.missing]

    def follow(self, entry: Entry) -> None:
        """Reads the card afresh."""
        self.missing.show_entry(entry)

    def note(self, people: tuple[int, ...]) -> None:
        """Asks on which day, and notes the training of these people."""
        if not self.page.save() or not self.page.entry.id or not people:
            return
        today = self.training.today()
        typed = self.around.prompter.ask_words(
            "On which day was it done?",
            details="Add the certificate or the signed sheet to the entries under Training.",
            given=show_date(today),
        )
        if not typed:
            return
        try:
            day = read_date(typed, today)
        except ValueError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.attempt(partial(self._noted, self.page.entry.id, people, day))

    def note_signed(self) -> None:
        """Notes who did it by a list that they signed, and files the list."""
        if not self.page.save() or not self.page.entry.id or not self.missing.people:
            return
        dialog = SignedDialog(
            f"Who signed for “{self.page.entry.title}”?",
            [(each.id, each.name) for each in self.missing.people],
            self.training.today(),
            lambda: self.around.prompter.choose_files("Choose the scanned list"),
            self,
        )
        people = dialog.chosen() if self.run(dialog) else ()
        day, sheet = dialog.day, dialog.sheet
        dialog.deleteLater()
        if people:
            self.attempt(partial(self._noted, self.page.entry.id, people, day))
            if sheet is not None:
                self.documents.add_files([sheet])

    def run(self, dialog: QDialog) -> bool:
        """Shows a dialog; tests answer in its place."""
        return dialog.exec() == QDialog.DialogCode.Accepted

    def _noted(self, course: int, people: tuple[int, ...], day: dt.date) -> None:
        done = self.training.note_done(course, people, day)
        self.around.bus.publish(done)
        self.missing.show_entry(self.page.entry)
        self.around.messages.say(
            f"{count(len(people), 'training')} noted. Add certificates under Training.",
            undo=partial(self._take_back, done),
        )

    def _take_back(self, done: Changes) -> None:
        def undo() -> None:
            self.around.bus.publish(self.training.take_back(done))
            self.missing.show_entry(self.page.entry)

        self.attempt(undo)
