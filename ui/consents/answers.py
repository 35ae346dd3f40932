"""The page of single answers, with the letter that confirms a withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from ui.consents.said import word
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel
from ui.kit.register.register_room import RegisterRoom


class WithdrawalPanel(RailPanel):
    """What a withdrawal asks for, line by line, and the letter that confirms it."""

    def __init__(
        self,
        desk: Desk,
        opens: Callable[[int], object],
        does: dict[str, Callable[[], object]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("After the withdrawal", parent)
        self._desk, self._opens, self._does = desk, opens, does

    def draw(self, entry: Entry) -> None:
        """Only for withdrawals."""
        offered = bool(entry.id) and entry.values.get("answer") == "withdrawn"
        self.setVisible(offered)
        if not offered:
            return
        try:
            lines = self._desk.consents.withdrawals.lines(entry)
            same = self._desk.consents.withdrawals.together(entry)
        except DpdeskError as error:
            self.say(str(error))
            return
        for line in lines:
            self.say(f"✓ {line.text}" if line.done else f"To do: {line.text}.")
            if line.photo and not line.done:
                opens = partial(self._opens, line.photo)
                self.inside.addWidget(button(f"Open {line.reference}", role="link", does=opens))
        if len(same) > 1:
            self.say(f"What you record here counts for all {len(same)} uses withdrawn together.")
        for words in _next_steps(entry):
            self.inside.addWidget(button(words, does=self._does[words]))


class TodayPanel(RailPanel):
    """What of the answer holds today, and to which words it was given."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Does it count today?", parent)
        self._desk = desk

    def draw(self, entry: Entry) -> None:
        """What holds for this pupil and this use, whoever answered."""
        shown = bool(entry.id) and not entry.archived and entry.values.get("answer") != "withdrawn"
        self.setVisible(shown)
        if not shown:
            return
        pupil, use = entry.values["pupil"], entry.values["use"]
        try:
            roll = self._desk.consents.consents.roll_of(pupil)
            version = int(entry.values.get("wording") or 1)
            before = self._desk.consents.uses.shown_before(use, version)
        except DpdeskError as error:
            self.say(str(error))
            return
        look, why = word(roll.of(pupil, use).stands), roll.why(pupil, use)
        self.say(why if why.startswith(look) else f"{look}. {why}")
        if before is not None:
            called, words = before
            self.say(f"This answer was given to “{called}”, in earlier words: “{words}”")


def _next_steps(entry: Entry) -> Sequence[str]:
    values = entry.values
    had = values.get("others_had")
    steps = []
    if had not in {"yes", "no"}:
        steps.append("Nobody outside had pictures")
    if had != "no" and values.get("told_others") is None:
        steps.append("Others were told today")
    if values.get("closed_on") is None:
        steps.append("Everything is taken down")
    steps.append("The letter")
    if values.get("confirmed_on") is None:
        steps.append("The letter was sent today")
    return steps


class AnswersRoom(RegisterRoom):
    """The page "Answers" of the consents tab."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.consents.consents, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """What is left to do, and the letter to whoever took consent back."""
        today = self.desk.consents.consents.today
        self.withdrawal = WithdrawalPanel(
            self.desk,
            lambda photo: self.around.navigator.open_entry("photos", photo),
            {
                "Nobody outside had pictures": lambda: self.note({"others_had": "no"}),
                "Others were told today": lambda: self.note(
                    {"others_had": "yes", "told_others": today()}
                ),
                "Everything is taken down": lambda: self.note({"closed_on": today()}),
                "The letter": self.print_letter,
                "The letter was sent today": lambda: self.note({"confirmed_on": today()}),
            },
        )
        self.holds = TodayPanel(self.desk)
        return (self.withdrawal, self.holds)

    def follow(self, entry: Entry) -> None:
        """Another answer, a picture or other words may have changed what holds."""
        for panel in (self.withdrawal, self.holds):
            panel.show_entry(entry)
        super().follow(entry)

    def print_letter(self) -> None:
        """The letter for the answer shown."""
        entry = self.page.entry
        self.attempt(
            lambda: self.door.offer(
                lambda: self.desk.consents.prints.withdrawal(entry).content,
                f"{entry.reference} confirmation",
            )
        )

    def note(self, values: Values) -> None:
        """Notes something with everything that was withdrawn together."""
        entry = self.page.entry

        def note() -> None:
            noted = self.desk.consents.withdrawals.note(entry, values)
            self.around.bus.publish(noted.changes)
            self.say(f"Recorded for {count(noted.uses, 'use')}.")

        self.attempt(note)
