"""The day beside the signature of forms that are entered one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil
from ui.consents.said import withdrawn_since
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.inputs_dates import DateInput


def held(label: QWidget, asked: QWidget) -> QWidget:
    """A question with its word before it, which no end of a line parts."""
    holder = QWidget()
    layout = row(label, asked, space=MEDIUM)
    layout.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(layout)
    return holder


class SignedDay(LivePage):
    """A page with such a day: the same for the whole pile, but where it has to be looked at."""

    around: Surroundings
    roll: Roll | None
    day: DateInput
    usual_day: dt.date | None = None
    """The day of the pile, while another is asked for."""

    def signed_beside(self, by: Combo) -> tuple[QWidget, QWidget]:
        """Who signed, and the day: each with its word before it, wherever the line ends."""
        made = []
        for said, asked, buddy in (("Signed by", by, by), ("on", self.day, self.day.line)):
            label = words(said, "label")
            label.setBuddy(buddy)
            made.append(held(label, asked))
        return made[0], made[1]

    def today_at_first(self, today: dt.date) -> None:
        """Begins a pile with today."""
        if self.day.value() is None and self.usual_day is None:
            self.day.set_value(today)

    def usual_again(self) -> None:
        """Goes back to the day of the pile for the next form."""
        if self.usual_day is not None:
            self.day.set_value(self.usual_day)
            self.usual_day = None

    def asks_day(self, pupil: Pupil, answers: Mapping[int, str]) -> bool:
        """Asks for the day once where the form would bring back what was withdrawn."""
        taken_back = self.roll.taken_back(pupil.id, answers) if self.roll is not None else {}
        if not taken_back or self.usual_day is not None or self.roll is None:
            return False
        self.usual_day = self.day.value()
        self.day.set_value(None)
        self.day.line.setFocus()
        self.around.messages.say(
            f"{withdrawn_since(self.roll, taken_back)} Type the day beside the signature: a form "
            "signed before that changes nothing.",
            tone="warn",
        )
        return True
