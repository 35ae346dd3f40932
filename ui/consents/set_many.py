"""The same answer for many pupils at once; the outliers are set one by one afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.consents.pick_lists import ANSWERS, HOWS
from dpdesk.consents.roll_answers import Use
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Field, Kind
from ui.consents.said import what_follows
from ui.consents.signed_day import held
from ui.kit.look.theme import LARGE, MEDIUM, SMALL
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.inputs_dates import DateInput

_ABOUT: Final = (
    "Choose pupils in the table (Ctrl+A for all). The first contact with parental responsibility "
    "is recorded as the one who answered."
)
_LONG: Final = 14
"""Letters that a list to choose from has room for; in a low window as many as are needed."""


class SetMany(Card):
    """Records one answer for the chosen pupils. ``done`` fires once it was recorded."""

    done = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.desk, self.around = desk, around
        self.pupils: tuple[int, ...] = ()
        self.told = words("", "label")
        self.use = Combo(self)
        heard_as(self.use, "For which use")
        self.answer = Combo(self)
        heard_as(self.answer, "What was answered")
        for choice in ANSWERS:
            self.answer.addItem(choice.label, choice.code)
        self.how = Combo(self)
        heard_as(self.how, "How it was given")
        for choice in HOWS:
            self.how.addItem(choice.label, choice.code)
        asked = Field(Kind.DATE, "Answered on", name="asked_on", past=True)
        self.day = DateInput(asked, around.now, self)
        self.record = button("Record", "mdi6.check", does=self.save)
        self._low = False
        self._on = on = words("on", "label")
        on.setBuddy(self.day.line)
        line, flow = flowing(MEDIUM)
        dated = held(on, self.day)
        for each in (self.told, self.use, self.answer, self.how, dated, self.record):
            flow.addWidget(each)
        self.add(line)
        self.about = words(_ABOUT, "muted", wraps=True)
        self.add(self.about)

    def draw_together(self, *, low: bool) -> None:
        """In a low window everything stands in one line; the tip of its words says the rest."""
        self.about.setVisible(not low)
        self.told.setToolTip(_ABOUT if low else "")
        self.record.setToolTip(_ABOUT if low else "")
        self.day.brief(on=low)
        self._low = low
        for label in (self.told, self._on):
            label.setVisible(not low)
        self._name_record()
        for combo, short in ((self.use, 9), (self.answer, 6), (self.how, 6)):
            combo.setMinimumContentsLength(short if low else _LONG)
        above = SMALL if low else LARGE
        self.body.setContentsMargins(LARGE, SMALL if low else MEDIUM, LARGE, above)

    def offer(self, uses: Sequence[Use], pupils: tuple[int, ...]) -> None:
        """These pupils are chosen; ``uses`` are what may be answered."""
        self.pupils = pupils
        chosen = self.use.currentData()
        if [self.use.itemData(n) for n in range(self.use.count())] != [use.id for use in uses]:
            self.use.clear()
            for use in uses:
                self.use.addItem(use.name, use.id)
            self.use.setCurrentIndex(max(0, self.use.findData(chosen)))
        if self.day.value() is None:
            self.day.set_value(self.desk.consents.consents.today())
        self.told.setText(
            f"For {count(len(pupils), 'pupil')}:" if pupils else "Nobody is chosen yet:"
        )
        self._name_record()
        self.record.setEnabled(bool(pupils) and bool(uses))

    def _name_record(self) -> None:
        """In a low window the button says for how many, in place of the words before."""
        number = f" for {len(self.pupils):,}" if self._low and self.pupils else ""
        self.record.setText(f"Record{number}")

    def save(self) -> None:
        """Records the answer for all of them, or for none."""
        service, day = self.desk.consents.consents, self.day.value()
        if not self.pupils or self.day.problem() or day is None:
            return
        pupils = self.pupils
        answers = {int(self.use.currentData()): str(self.answer.currentData())}
        how = str(self.how.currentData())

        def work(progress: Progress) -> tuple[Changes, int]:
            # What was withdrawn comes back by a new form of that pupil, never by a whole class.
            roll = service.roll()
            taken = [pupil for pupil in pupils if not roll.taken_back(pupil, answers)]
            done = service.answer_many(
                taken,
                answers,
                by_whom=service.first_deciders(taken),
                asked_on=day,
                how=how,
                step=lambda done: progress.step("Recording", done, len(taken)),
            )
            return done, len(pupils) - len(taken)

        self.record.setEnabled(False)
        self.around.tasks.run(
            work,
            title="Recording answers",
            on_success=lambda told: self._recorded(answers, len(pupils) - told[1], *told),
            on_finished=lambda: self.record.setEnabled(bool(self.pupils)),
        )

    def _recorded(
        self, answers: Mapping[int, str], number: int, changes: Changes, withdrawn: int
    ) -> None:
        self.around.bus.publish(changes)
        follows = what_follows(self.desk, changes, answers.values())
        said = f"Recorded for {count(number, 'pupil')}.{follows}"
        if withdrawn:
            said = (
                f"{said} Left out: {count(withdrawn, 'pupil')} for whom consent was withdrawn. "
                "Enter the new form of each."
            )
        self.around.messages.say(
            said,
            tone="warn" if withdrawn or follows else "ok",
            undo=partial(self._take_back, changes) if number else None,
        )
        self.done.emit()

    def _take_back(self, changes: Changes) -> None:
        try:
            self.around.bus.publish(self.desk.consents.consents.take_back(changes))
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
