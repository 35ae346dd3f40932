"""The smaller pages of assurance: each a register with one or two papers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dpdesk.assurance.quiz_papers import quizzes
from dpdesk.desk import Desk
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.assurance.action_panel import ActionPanel
from ui.assurance.usual_dialog import UsualDialog
from ui.assurance.usual_room import UsualRoom
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

_PROPOSED = (
    "What went wrong in the last twelve months, what nearly did, and what Home finds missing. Tick "
    "anything that could harm people. Each becomes a risk, to be rated."
)

_SHEET, _ANSWERS = "The sheet", "The answers"


class RisksRoom(UsualRoom):
    """The page "Risks"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.assurance.risks, around, door, parent)
        self.propose_button = button(
            "Propose risks",
            "mdi6.lightbulb-on-outline",
            does=self.propose,
            hint="From breaches, near misses and what is missing",
        )
        self.list.header.add_button(self.propose_button)
        made = button(
            "Print all risks",
            "mdi6.printer-outline",
            does=self.print_all,
            hint="How many risks at each level, and what is done about each",
        )
        self.list.header.add_button(made)

    def propose(self) -> None:
        """Shows what could become a risk and adds what was ticked."""
        proposals = self.desk.assurance.proposals
        dialog = UsualDialog("Propose risks", proposals.all(), self, _PROPOSED)
        chosen = dialog.chosen() if self.run(dialog) else ()
        dialog.deleteLater()
        if chosen:

            def add() -> None:
                self.around.bus.publish(proposals.add(chosen))
                self.say(f"{count(len(chosen), 'risk')} added. Rate each: how likely, how bad.")

            self.attempt(add)

    def print_all(self) -> None:
        """All risks on paper."""
        room = self.desk.assurance
        self.door.offer(lambda: room.prints.risks(room.risks).content, "Information risks")


class InterestsRoom(RegisterRoom):
    """The page "Legitimate interests"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.assurance.interests, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The assessment on paper and in Word."""
        card = ActionPanel("The assessment on paper")
        self.paper_button = button(
            "Print the assessment",
            "mdi6.printer-outline",
            does=self.print_it,
            hint="The three tests and the outcome, without these help texts",
        )
        self.docx_button = button(
            "Save the assessment for Word", "mdi6.file-word-outline", does=self.save_it
        )
        card.add(self.paper_button)
        card.add(self.docx_button)
        return [card]

    def print_it(self) -> None:
        """The assessment on paper."""
        from dpdesk.papers.leaflet import leaflet_pdf

        leaflet = self._leaflet()
        if leaflet is not None:
            self.door.offer(lambda: leaflet_pdf(leaflet).content, leaflet.title)

    def save_it(self) -> None:
        """The same in Word."""
        from dpdesk.papers.leaflet import leaflet_docx

        leaflet = self._leaflet()
        if leaflet is not None:
            name = f"{leaflet.title}.docx"
            self.door.save(leaflet_docx(leaflet), name, "Word document (*.docx)")

    def _leaflet(self) -> Leaflet | None:
        if not self.page.save() or not self.page.entry.id:
            return None
        room = self.desk.assurance
        return room.prints.interest(room.interests, room.interests.load(self.page.entry.id))


class AwarenessRoom(RegisterRoom):
    """The page "Awareness"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.assurance.awareness, around, door, parent)
        self.quiz_button = button(
            "Print a quiz",
            "mdi6.help-box-multiple-outline",
            does=self.print_quiz,
            hint="A few questions for staff; the answers are a paper of their own",
        )
        self.list.header.add_button(self.quiz_button)

    def print_quiz(self) -> None:
        """Asks which quiz, then whether the sheet or the answers."""
        known = {each.title: each.code for each in quizzes()}
        title = self.around.prompter.choose("Which quiz?", tuple(known))
        if title not in known:
            return
        what = self.around.prompter.choose(f"{title}: what should be printed?", (_SHEET, _ANSWERS))
        if what in {_SHEET, _ANSWERS}:
            prints, day = self.desk.assurance.prints, self.desk.assurance.awareness.today()
            answers = what == _ANSWERS
            name = f"{title}, answers" if answers else title
            self.door.offer(lambda: prints.quiz(known[title], day, answers=answers).content, name)


class DevicesRoom(RegisterRoom):
    """The page "Devices"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.assurance.devices, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The way to a breach, where a device is lost."""
        self.lost = ActionPanel("It is lost", self.follow)
        self.lost.add(
            help_words(
                "The policy asks for a written report within 24 hours; the ICO’s 72 hours run."
            )
        )
        self.breach_button = button(
            "Report a breach", "mdi6.shield-alert-outline", role="primary", does=self.report
        )
        self.lost.add(self.breach_button)
        return [self.lost]

    def follow(self, entry: Entry) -> None:
        """Shown while a device is lost and no breach is named."""
        self.lost.setVisible(entry.state == "lost" and not entry.values.get("breach"))

    def report(self) -> None:
        """Logs a breach with what is known of the device, and names it on the device."""
        if not self.page.save():
            return
        entry = self.page.entry
        if not self.around.prompter.confirm(
            f"Log a breach because “{entry.title}” was lost or stolen?",
            "Log it",
            details="The 72 hours count from now. You can change that, and everything else.",
        ):
            return

        def log() -> None:
            breaches, devices = self.desk.breaches.breaches, self.desk.assurance.devices
            known = devices.known_of_loss(entry.id)
            made = breaches.save({**known, "aware": self.around.now()})
            named = {"breach": made.entry.reference}
            lost = entry.values.get("lost_on") or devices.today()
            noted = devices.save({**named, "lost_on": lost}, entry.id, entry.version)
            self.around.bus.publish(made.changes | noted.changes)
            self.around.navigator.open_entry("breaches", made.entry.id)

        self.attempt(log)
