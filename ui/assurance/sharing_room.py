"""May I share this? Five questions, what they come to, and the papers of sharing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.assurance.risk_service import quarter_start
from dpdesk.assurance.services import SharingService
from dpdesk.assurance.sharing_rules import HEADLINES
from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from ui.assurance.action_panel import ActionPanel
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom

_TAKE: Final = {
    "approved": "Decide: share it",
    "part": "Decide: share part of it",
    "refused": "Decide: do not share",
}


class MayShareCard(Card):
    """What the five answers come to, and one button that takes it over."""

    taken = Signal()

    def __init__(self, sharing: SharingService) -> None:
        super().__init__("May I share this?")
        self._sharing = sharing
        self.answer = words("", "heading", wraps=True)
        self.add(self.answer)
        self.why = words("", wraps=True)
        self.add(self.why)
        self._before = column()
        self.add(self._before)
        self.told = help_words("dpdesk proposes; you decide.")
        self.add(self.told)
        self.take = button("", "mdi6.check", role="primary", does=self.taken.emit)
        self.add(self.take)

    def show_entry(self, entry: Entry) -> None:
        """The proposal until it is decided; from then on what is still to be done."""
        proposed = self._sharing.proposal(entry.values)
        decided = entry.values.get("decision")
        before = proposed.before if decided != "refused" else ()
        self.answer.setText(f"{HEADLINES[decided or proposed.decision]}.")
        self.why.setText("\n".join(proposed.because))
        clear_layout(self._before)
        if before:
            self._before.addWidget(words("To be done", "label"))
            for each in before:
                self._before.addWidget(words(f"• {each}", wraps=True))
        for part in (self.why, self.told):
            part.setHidden(decided is not None)
        self.take.setHidden(not proposed.decision or decided is not None)
        self.take.setText(_TAKE.get(proposed.decision, ""))
        self.setVisible(bool(entry.id) and (decided is None or bool(before)))


class SharingRoom(RegisterRoom):
    """The page "Sharing"."""

    part_stages: ClassVar = {"sharing_given": "decision"}

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self.sharing = desk.assurance.sharing
        super().__init__(desk, self.sharing, around, door, parent)
        made = button(
            "Print the list to publish",
            "mdi6.printer-outline",
            does=self.print_list,
            hint="Regular shares, and what was given this quarter and last; without names of "
            "people",
        )
        self.list.header.add_button(made)

    def panels(self) -> Sequence[QWidget]:
        """What the answers come to, and the papers."""
        self.proposal = MayShareCard(self.sharing)
        self.proposal.taken.connect(self.decide)
        card = ActionPanel("On paper")
        self.decision_button = button(
            "Print the decision",
            "mdi6.printer-outline",
            does=self.print_decision,
            hint="The decision and the five answers that led to it",
        )
        card.add(self.decision_button)
        self.agreement_button = button(
            "Save the agreement for Word",
            "mdi6.file-word-outline",
            does=self.save_agreement,
            hint="A draft from what is recorded here, to be changed in Word and signed by both",
        )
        card.add(self.agreement_button)
        return [self.proposal, card]

    def follow(self, entry: Entry) -> None:
        """Reads the proposal afresh."""
        self.proposal.show_entry(entry)

    def stage_of(self, entry: Entry) -> str:
        """The first question that is not answered, the last where all are; then the decision."""
        if entry.values.get("decision") is not None:
            return "decision"
        done = self.done_of(entry)
        asked = [stage.key for stage in self.sharing.register.stages][:-1]
        return next((key for key in asked if key not in done), asked[-1])

    def done_of(self, entry: Entry) -> Collection[str]:
        """The questions that are answered."""
        register = self.sharing.register
        stages = {section.key: section.stage for section in register.sections}
        open_ = {stages.get(field.section, "") for field in self.sharing.missing(entry.values)}
        done = [stage.key for stage in register.stages if stage.key not in open_]
        return done if entry.id else []

    def decide(self) -> None:
        """Asks who decides, takes the proposal over, and offers it on paper."""
        entry = self.page.entry
        if not self.page.save() or not entry.id:
            return
        by = self.around.prompter.ask_words(
            "Who decides this?",
            details="It is recorded with today’s date, and can be changed.",
            given=self.desk.school.particulars().dpo_name,
        )
        if not by:
            return

        def decided() -> None:
            now = self.page.entry
            saved = self.sharing.decide(now.id, now.version, by)
            self.around.bus.publish(saved.changes)
            self.choose_stage("decision")
            self.say("Decided. Record below what is given, and when.")

        self.attempt(decided)

    def print_decision(self) -> None:
        """The decision with the answers that led to it."""
        if self.page.save() and self.page.entry.id:
            entry = self.sharing.load(self.page.entry.id)
            prints = self.desk.assurance.prints
            name = f"{entry.reference} decision"
            self.door.offer(lambda: prints.decision(self.sharing, entry).content, name)

    def print_list(self) -> None:
        """What was shared since the beginning of the last quarter."""
        room = self.desk.assurance
        today = room.sharing.today()
        first = quarter_start(quarter_start(today) - dt.timedelta(days=1))
        self.door.offer(
            lambda: room.prints.shared(room.sharing, first, today).content, "What we share"
        )

    def save_agreement(self) -> None:
        """The agreement as a Word document."""
        from dpdesk.papers.leaflet import leaflet_docx

        room = self.desk.assurance
        if self.page.save() and self.page.entry.id:
            entry = room.sharing.load(self.page.entry.id)
            content = leaflet_docx(room.prints.agreement(room.sharing, entry))
            self.door.save(content, f"{entry.reference} agreement.docx", "Word document (*.docx)")
