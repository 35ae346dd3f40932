"""Impact assessments: what the screening comes to, and the paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.assurance.dpia_service import DpiaService
from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from ui.assurance.action_panel import ActionPanel
from ui.assurance.usual_room import UsualRoom
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings

_STAGES = {"screening": "screening", "draft": "describe", "consult": "sign", "signed": "sign"}
_VERDICTS = {"needed": "Needed", "advisable": "Advisable", "not_needed": "Not needed"}


class ScreeningPanel(Card):
    """What the eight answers come to, and one button that takes it over."""

    taken = Signal(str)

    def __init__(self, dpias: DpiaService) -> None:
        super().__init__("What the eight answers come to")
        self._dpias = dpias
        self._verdict = ""
        self.words = words("", wraps=True)
        self.add(self.words)
        self.add(help_words("dpdesk proposes; you decide."))
        self.take = button("Take this over", "mdi6.check", does=self._take)
        self.add(self.take)

    def show_entry(self, entry: Entry) -> None:
        """Works it out for the answers that are saved; hidden once it was decided."""
        proposed = self._dpias.screened(entry.values)
        self._verdict = proposed.verdict
        self.words.setText(proposed.because)
        self.take.setVisible(bool(proposed.verdict))
        self.take.setText(f"Take over: {_VERDICTS.get(proposed.verdict, '').lower()}")
        self.setVisible(bool(entry.id) and entry.values.get("verdict") is None)

    def _take(self) -> None:
        self.taken.emit(self._verdict)


class DpiasRoom(UsualRoom):
    """The page "Impact assessments"."""

    part_stages: ClassVar = {"dpia_risks": "risks", "dpia_reviews": "sign"}

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self.dpias = desk.assurance.dpias
        super().__init__(desk, self.dpias, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The screening's proposal, and the way to paper."""
        self.screening = ScreeningPanel(self.dpias)
        self.screening.taken.connect(self.take_verdict)
        paper = ActionPanel("The assessment on paper")
        self.paper_button = button(
            "Print the assessment",
            "mdi6.printer-outline",
            does=self.print_it,
            hint="The ICO’s seven steps, without these help texts",
        )
        paper.add(self.paper_button)
        return [self.screening, paper]

    def follow(self, entry: Entry) -> None:
        """Reads the panel afresh."""
        self.screening.show_entry(entry)

    def stage_of(self, entry: Entry) -> str:
        """The stage in which something is to be done."""
        return _STAGES.get(entry.state, "screening" if not entry.state else "sign")

    def done_of(self, entry: Entry) -> Collection[str]:
        """The stages in which every question that wants an answer has one."""
        register = self.dpias.register
        stages = {section.key: section.stage for section in register.sections}
        open_ = {stages.get(field.section, "") for field in self.dpias.missing(entry.values)}
        if not entry.id or not self.dpias.risks_of(entry.id):
            open_.add("risks")
        return [stage.key for stage in register.stages if stage.key not in open_]

    def take_verdict(self, verdict: str) -> None:
        """Decides as proposed; the reason is filled in."""
        if not self.page.save():
            return
        entry = self.page.entry

        def decide() -> None:
            saved = self.dpias.save({"verdict": verdict}, entry.id, entry.version)
            self.around.bus.publish(saved.changes)
            self.say(f"{_VERDICTS[verdict]}: noted, with the reason.")

        self.attempt(decide)

    def print_it(self) -> None:
        """The assessment on paper."""
        if self.page.save() and self.page.entry.id:
            entry = self.dpias.load(self.page.entry.id)
            prints = self.desk.assurance.prints
            self.door.offer(lambda: prints.dpia(self.dpias, entry).content, entry.reference)
