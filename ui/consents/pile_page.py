"""A pile of paper forms at the speed of a keyboard: pupil, one key for each use, next."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from dpdesk.consents.pick_lists import HOWS
from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Field, Kind
from ui.consents.class_choice import ClassChoice
from ui.consents.said import what_follows
from ui.consents.signed_day import SignedDay
from ui.consents.use_keys import UseKeys
from ui.consents.wish_choice import WishChoice
from ui.kit.look import plain
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, TINY, give_role
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.inputs_dates import DateInput

_MOST: Final = 40
_LONG, _SHORT = 14, 8
"""Letters that a list to choose from has room for, and in a low window."""
_ID = Qt.ItemDataRole.UserRole


class PupilFinder(QLineEdit):
    """Finds a pupil while one types; ``stepped`` moves in the list, ``taken`` takes the line."""

    stepped = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through what was found, Enter takes it."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class PilePage(SignedDay):
    """The page "Enter forms" of the consents tab."""

    key = "consent_pile"
    title = "Enter forms"
    icon = "mdi6.keyboard-outline"
    help_page = "consents"
    begins = "consents"
    shows: ClassVar = frozenset({"consents", "people", "relationships", "photo_uses"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk = desk
        self.roll: Roll | None = None
        self.pupil: Pupil | None = None
        self.versions: dict[int, int] = {}
        self.done = 0
        self.header = PageHeader("Enter forms", "Type a name and press Enter.", self)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        self._cards = self._build_finder(), self._build_form()
        self._middle = row(*self._cards, space=LARGE)
        self._middle.setStretch(1, 3)
        self.body.addLayout(self._middle, 1)
        back = QShortcut(QKeySequence("Escape"), self)
        plain.work_inside(back)
        back.activated.connect(self._escape)

    def draw_together(self, *, low: bool) -> None:
        """In a low window the form has the room, and says whose it is in place of a heading."""
        super().draw_together(low=low)
        self._middle.setStretch(0, 1 if low else 2)
        self._middle.setSpacing(SMALL if low else LARGE)
        self.day.brief(on=low)
        for card in self._cards:
            card.body.setContentsMargins(LARGE, SMALL, LARGE, SMALL if low else LARGE)
            card.title.setVisible(not low)
        for combo in (self.by, self.how):
            combo.setMinimumContentsLength(_SHORT if low else _LONG)
        self.uses.setSpacing(0 if low else TINY)

    def _build_finder(self) -> Card:
        card = Card("Whose form is it?", parent=self)
        self.classes = ClassChoice(card)
        self.classes.chosen.connect(self._find)
        self.finder = PupilFinder(card)
        self.finder.setAccessibleName("Name of the pupil, or code of the form")
        self.finder.setPlaceholderText("Name, or code of the form")
        self.finder.textChanged.connect(lambda _text: self._find())
        self.finder.stepped.connect(self._step)
        self.finder.taken.connect(self._take)
        self.list = QListWidget(card)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Pupils found")
        self.list.itemActivated.connect(lambda _line: self._take())
        label = words("Class or year", "label")
        label.setBuddy(self.classes)
        card.add(row(label, self.classes, None, space=MEDIUM))
        card.add(self.finder)
        card.body.addWidget(self.list, 1)
        return card

    def _build_form(self) -> Card:
        card = Card("What does the form say?", parent=self)
        self.who = words("No form has been started.", "heading")
        self.by = Combo(card)
        self.by.setAccessibleName("Signed by")
        self.how = Combo(card)
        heard_as(self.how, "How it was given")
        for choice in HOWS:
            self.how.addItem(choice.label, choice.code)
        asked = Field(Kind.DATE, "Signed on", name="asked_on", past=True)
        self.day = DateInput(asked, self.around.now, card)
        self.wish = WishChoice(card)
        self.uses = UseKeys(card)
        self.uses.finished.connect(self.save)
        self.uses.wished.connect(self.wish.choose)
        self.save_button = button("Save and next", "mdi6.check", role="primary", does=self.save)
        self.save_button.setEnabled(False)
        signed, on = self.signed_beside(self.by)
        card.add(self.who)
        card.body.addWidget(self.uses, 1)
        card.add(
            help_words(
                "Y yes, N no or an empty box, W withdrawn, space where the form does not ask, "
                "Backspace to go back. H the pupil is happy with it, D does not want it. Enter "
                "saves and starts the next form."
            )
        )
        line, flow = flowing(MEDIUM)
        for each in (signed, on, self.how, self.wish):
            flow.addWidget(each)
        card.add(line)
        card.add(row(None, self.save_button, space=MEDIUM))
        return card

    # --- finding -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the name, or stays in the form that was begun."""
        (self.uses if self.pupil is not None else self.finder).setFocus()

    def read(self) -> None:
        """Reads the roll afresh; a form that was begun stays as it is."""
        try:
            self.roll = self.desk.consents.consents.roll()
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.reload)])
            return
        if self.roll.uses:
            self.banner.hide()
        else:
            go = self.around.navigator
            self.banner.say(
                "No use of pictures is set up yet.",
                "warn",
                [("Uses and wording", lambda: go.open_page("photo_uses"))],
            )
        self.today_at_first(self.desk.consents.consents.today())
        self.classes.offer(self.roll)
        self._find()

    def _find(self) -> None:
        if self.roll is None:
            return
        sought = self.finder.text().casefold().split()
        found = [
            pupil
            for pupil in self.roll.of_class(self.classes.words)
            if all(part in f"{pupil.title} {' '.join(pupil.names)}".casefold() for part in sought)
        ]
        self.list.clear()
        for pupil in found[:_MOST]:
            line = QListWidgetItem(
                f"{pupil.title} ({pupil.place})" if pupil.place else pupil.title, self.list
            )
            line.setData(_ID, pupil.id)
        self.list.setCurrentRow(0)

    def _step(self, by: int) -> None:
        last = self.list.count() - 1
        self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, last)))

    def _take(self) -> None:
        line = self.list.currentItem()
        if self._take_code():
            return
        if self.roll is None or line is None:
            self.around.messages.say("No pupil is known by this name.", tone="warn")
            return
        number = int(line.data(_ID))
        self._begin(next(each for each in self.roll.pupils if each.id == number))

    def _take_code(self) -> bool:
        """Takes the code of a printed form: pupil, and the words that were on it."""
        meant = self.desk.consents.codes.meant(self.finder.text())
        pupils = self.roll.pupils if self.roll is not None else ()
        found = [each for each in pupils if meant is not None and each.id == meant.pupil]
        for each in found:
            self._begin(each)
            self.versions = dict(meant.versions) if meant is not None else {}
        return bool(found)

    def _begin(self, pupil: Pupil) -> None:
        assert self.roll is not None
        self.pupil = pupil
        deciders = self.desk.consents.consents.deciders_of(pupil.id)
        self.by.clear()
        for number, name in deciders:
            self.by.addItem(f"{name} (the pupil)" if number == pupil.id else name, number)
        self.by.setEnabled(bool(deciders))
        self.who.setText(pupil.called)
        self.wish.choose(None)
        self.uses.ask(self.roll, pupil.id)
        self.save_button.setEnabled(bool(deciders))
        if deciders:
            self.banner.hide()
            self.uses.setFocus()
            return
        go = self.around.navigator
        self.banner.say(
            "Nobody with parental responsibility is on record for this pupil, so no answer counts.",
            "warn",
            [("Open the pupil’s page", lambda: go.open_entry("people", pupil.id))],
        )

    # --- saving --------------------------------------------------------------------------

    def save(self) -> None:
        """Records what the form says and begins the next."""
        pupil, answers, day = self.pupil, self.uses.answers, self.day.value()
        if pupil is None or not self.by.count():
            return
        if not answers or self.day.problem() or day is None:
            unsaid = "" if day is not None else "Give the day on which the form was signed."
            said = self.day.problem() or unsaid or "No box is answered: Y for yes, N for no."
            self.around.messages.say(said, tone="warn")
            return
        if self.asks_day(pupil, answers):
            return
        service = self.desk.consents.consents
        try:
            changes = service.answer_many(
                [pupil.id],
                answers,
                by_whom={pupil.id: int(self.by.currentData())},
                asked_on=day,
                how=str(self.how.currentData()),
                versions=self.versions,
                wish=self.wish.wish,
            )
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.done += 1
        self._next()
        self.around.bus.publish(changes)
        self.header.say("Enter forms", f"{count(self.done, 'form')} entered. Type the next name.")
        after = what_follows(self.desk, changes, answers.values())
        self.around.messages.say(
            f"{pupil.name}: {count(len(answers), 'answer')} recorded.{after}",
            undo=partial(self._take_back, changes),
        )

    def _next(self) -> None:
        self.pupil, self.versions = None, {}
        self.usual_again()
        self.who.setText("No form has been started.")
        self.uses.clear()
        self.wish.choose(None)
        self.save_button.setEnabled(False)
        self.finder.clear()
        self.finder.setFocus()

    def _take_back(self, changes: Changes) -> None:
        try:
            self.around.bus.publish(self.desk.consents.consents.take_back(changes))
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.done -= 1

    def _escape(self) -> None:
        if self.pupil is not None:
            self._next()
        elif self.finder.text():
            self.finder.clear()
        else:
            self.around.navigator.back()
