"""The holds: what is placed by hand, and what holds things up automatically."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Changes
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import clear_layout, row, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.next_step_card import NextStepCard, Offer
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel
from ui.kit.register.register_room import RegisterRoom

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_SHOWN = 6
_NOTICE: Offer = ("Print the notice", "mdi6.printer-outline", "notice")
_LIFT: Offer = ("Lift it today", "mdi6.lock-open-outline", "lift")
_LOOKED: Offer = ("Review it later", "mdi6.calendar-clock", "review")


def _said(text: str) -> QWidget:
    """Words in a row of links, in the middle of their height."""
    made = words(text, "muted")
    made.setMinimumHeight(button("", role="link").sizeHint().height())
    return made


class HeldPanel(RailPanel):
    """The holdings that a hold holds up."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("What it covers", parent)
        self._desk, self._around = desk, around

    def draw(self, entry: Entry) -> None:
        """The first few, by name."""
        self.setVisible(bool(entry.id) and entry.state == "in_force")
        if self.isHidden():
            return
        held = self._desk.retention.questions.held_by(entry.reference)
        if not held:
            self.say("None of the holdings entered so far. Anything added later is covered too.")
            return
        self.say(f"{count(len(held), 'holding')}:")
        for each in held[:_SHOWN]:
            go = button(each.reference, role="link", hint=each.title)
            go.setAccessibleName(f"Open {each.reference} {each.title}")
            go.clicked.connect(partial(self._around.navigator.open_entry, "holdings", each.id))
            self.inside.addLayout(row(go, None))
            self.say(each.title)
        if len(held) > _SHOWN:
            self.say(f"and {len(held) - _SHOWN:,} more; the notice names them all.")


class HoldStep(NextStepCard):
    """Whether it is in force, and what to do with it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def show_entry(self, entry: Entry) -> None:
        """Works out the next step of a hold."""
        self.show_step(*self._step(entry))

    def _step(self, entry: Entry) -> tuple[str, list[Offer]]:
        if not entry.id:
            return (
                (
                    "Say why, and what must not be disposed of; if in doubt, include it. "
                    "The hold applies from the moment you save it until it is lifted."
                ),
                [],
            )
        if entry.state == "lifted":
            return "This hold has been lifted. What it covered may be disposed of again.", [_NOTICE]
        review = entry.values.get("review_on")
        text = "In force. Give the notice to whoever keeps the records it covers."
        if review is None:
            return f"{text} Say when it should be reviewed.", [_NOTICE, _LOOKED, _LIFT]
        if review <= self._desk.retention.holds.today():
            again = f"Its review was due on {long_date(review)}: is it still needed?"
            return again, [_LOOKED, _LIFT, _NOTICE]
        return f"{text} Review it on {long_date(review)}.", [_NOTICE, _LIFT]


class HoldsRoom(RegisterRoom):
    """The page Holds of the retention tab."""

    start_chip = "in_force"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.retention.holds, around, door, parent)
        self.by_themselves, self._flow = flowing()
        self.list.body.insertWidget(1, self.by_themselves)
        self._show_matters()
        around.bus.changed.connect(self._changed)

    def panels(self) -> Sequence[QWidget]:
        """What it covers."""
        self.held = HeldPanel(self.desk, self.around)
        return [self.held]

    def furnish(self) -> None:
        """The next step on top."""
        self.step = HoldStep(self.desk)
        self.page.body.insertWidget(0, self.step)
        self.page.shown.connect(self.step.show_entry)
        self.step.asked.connect(self._do)

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows a hold; ``place`` "end" asks whether it is still needed."""
        super().open_entry(entry_id)
        if place == "end":
            self.page.form.focus_field("review_on")

    def follow(self, entry: Entry) -> None:
        """What it touches changed."""
        self.held.show_entry(entry)

    def _changed(self, changes: Changes) -> None:
        if {"requests", "breaches", "holds"} & changes.registers:
            self._show_matters()

    def _show_matters(self) -> None:
        """Names what holds things up without an entry here."""
        clear_layout(self._flow)
        matters = [
            touch
            for touch in self.desk.retention.questions.open_matters()
            if touch.register != self.key
        ]
        self.by_themselves.setVisible(bool(matters))
        if not matters:
            return
        self._flow.addWidget(
            _said("These place a hold automatically on what they concern, until they are closed:")
        )
        for touch in matters[:_SHOWN]:
            go = button(touch.reference, role="link")
            go.setToolTip(touch.said[0].upper() + touch.said[1:])
            go.setAccessibleName(f"Open {touch.said}")
            go.clicked.connect(
                partial(self.around.navigator.open_entry, touch.register, touch.entry_id)
            )
            self._flow.addWidget(go)
        if len(matters) > _SHOWN:
            self._flow.addWidget(_said(f"and {len(matters) - _SHOWN} more"))

    # --- doing ---------------------------------------------------------------------------

    def _do(self, name: str) -> None:
        actions: dict[str, Callable[[], object]] = {
            "notice": self._print_notice,
            "lift": self._lift,
            "review": lambda: self.page.form.focus_field("review_on"),
        }
        actions[name]()

    def _print_notice(self) -> None:
        entry = self.service.load(self.page.entry.id)
        self.door.offer(
            lambda: self.desk.retention.prints.hold_notice(entry).content,
            f"{entry.reference} notice of a hold",
        )

    def _lift(self) -> None:
        """Asks why, and lifts it at once."""
        entry = self.service.load(self.page.entry.id)
        why = self.around.prompter.ask_words(
            f"Why is {entry.reference} lifted?",
            details="What it covers may be disposed of again, unless something else holds it.",
        )
        if why is None:
            return
        lifted = {
            "lifted": self.service.today(),
            "lifted_by": self.desk.school.particulars().dpo_name,
            "lifted_why": why,
        }

        def lift() -> None:
            saved = self.service.save(lifted, entry.id, entry.version)
            self.around.bus.publish(saved.changes)

        self.attempt(lift)
