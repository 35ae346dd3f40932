"""Impact assessments: what the screening comes to, and the paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.assurance.dpia_service import DpiaService
from dpdesk.desk import Desk
from dpdesk.law.words import count, short_date
from dpdesk.registers.entries import Entry
from ui.assurance.action_panel import ActionPanel
from ui.assurance.usual_room import UsualRoom
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings

_STAGES = {"screening": "screening", "consult": "sign", "signed": "sign"}
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
        self.take.setText(f"Use this answer: {_VERDICTS.get(proposed.verdict, '').lower()}")
        self.setVisible(bool(entry.id) and entry.values.get("verdict") is None)

    def _take(self) -> None:
        self.taken.emit(self._verdict)


class DpiaSignCard(Card):
    """Signs the assessment off, and shows the versions that were signed."""

    sign_asked = Signal()
    edition_asked = Signal(int)

    def __init__(self, dpias: DpiaService) -> None:
        super().__init__("Sign-off")
        self._dpias = dpias
        self.told = help_words("")
        self.add(self.told)
        self.sign = button(
            "Sign off today",
            "mdi6.check-decagram-outline",
            role="primary",
            does=self.sign_asked.emit,
            hint="Asks who signs it, and keeps a copy for good",
        )
        self.add(self.sign)
        self._editions = column()
        self.add(self._editions)

    def show_entry(self, entry: Entry) -> None:
        """What is still missing before, and the versions that were kept after."""
        clear_layout(self._editions)
        kept = self._dpias.editions(entry.id) if entry.id else ()
        for each in kept:
            title = f"Version {each.number}, {short_date(each.made_at)}"
            self._editions.addWidget(
                button(title, role="link", does=partial(self.edition_asked.emit, each.id))
            )
        changed = bool(entry.id) and self._dpias.changed_since(entry.id)
        waits = changed or entry.state in {"draft", "change", "consult"}
        self.sign.setVisible(waits)
        open_ = len(self._dpias.missing(entry.values)) if waits else 0
        told = [f"{count(open_, 'question')} still to be answered."] if open_ else []
        if changed:
            told.insert(0, "Changed since it was signed off.")
        self.told.setText(" ".join(told))
        self.told.setVisible(bool(told))
        self.setVisible(bool(entry.id) and (waits or bool(kept)))


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
        self.docx_button = button(
            "Save the assessment for Word",
            "mdi6.file-word-outline",
            does=self.save_it,
            hint="The same as a Word document",
        )
        paper.add(self.docx_button)
        self.questions_button = button(
            "Print the questions for staff",
            "mdi6.help-box-multiple-outline",
            does=self.print_questions,
            hint="With what is known already, and lines to write on",
        )
        self.word_button = button(
            "Save the questions for Word",
            "mdi6.file-word-outline",
            does=self.save_questions,
            hint="To be typed into and sent back",
        )
        paper.add(self.questions_button)
        paper.add(self.word_button)
        self.signing = DpiaSignCard(self.dpias)
        self.signing.sign_asked.connect(self.sign)
        self.signing.edition_asked.connect(self.show_edition)
        return [self.screening, self.signing, paper]

    def follow(self, entry: Entry) -> None:
        """Reads the panel afresh."""
        self.screening.show_entry(entry)
        self.signing.show_entry(entry)

    def stage_of(self, entry: Entry) -> str:
        """The first stage in which something is to be done."""
        if entry.state == "draft":
            done = self.done_of(entry)
            stages = (stage.key for stage in self.dpias.register.stages)
            return next((key for key in stages if key not in done), "sign")
        return _STAGES.get(entry.state, "screening" if not entry.state else "sign")

    def done_of(self, entry: Entry) -> Collection[str]:
        """The stages in which every question that wants an answer has one."""
        register = self.dpias.register
        stages = {section.key: section.stage for section in register.sections}
        open_ = {stages.get(field.section, "") for field in self.dpias.missing(entry.values)}
        risks = self.dpias.risks_of(entry.id) if entry.id else ()
        if not risks or not all(risk.values.get("residual") for risk in risks):
            open_.add("risks")
        if entry.values.get("signed_on") is None:
            open_.add("sign")
        return [stage.key for stage in register.stages if stage.key not in open_]

    def take_verdict(self, verdict: str) -> None:
        """Decides as proposed; the reason is filled in."""
        if not self.page.save():
            return
        entry = self.page.entry

        def decide() -> None:
            by = entry.values.get("screened_by") or self.desk.school.particulars().dpo_name
            answers = {"verdict": verdict, "screened_by": by}
            saved = self.dpias.save(answers, entry.id, entry.version)
            self.around.bus.publish(saved.changes)
            self.say(f"{_VERDICTS[verdict]}: recorded, with the reason.")

        self.attempt(decide)

    def sign(self) -> None:
        """Asks who signs it off, and keeps a copy."""
        if not self.page.save():
            return
        entry = self.page.entry
        by = self.around.prompter.ask_words(
            "Who signs this assessment off?",
            details="With today’s date. A copy is kept as it is now, for good.",
            given=str(entry.values.get("signed_by") or self.desk.school.particulars().dpo_name),
        )
        if by:

            def done() -> None:
                self.around.bus.publish(self.dpias.sign(entry.id, entry.version, by).changes)
                self.say("Signed off, and kept as it is now.")

            self.attempt(done)

    def show_edition(self, paper_id: int) -> None:
        """A signed version, as it was."""
        self.door.offer(lambda: self.dpias.edition(paper_id), self.page.entry.reference)

    def print_questions(self) -> None:
        """The questions on paper."""
        entry = self._saved()
        if entry is not None:
            asked = self.desk.assurance.prints.questions(self.dpias, entry)
            self.door.offer(lambda: asked.printed().content, f"{entry.reference} questions")

    def save_questions(self) -> None:
        """The questions in Word."""
        entry = self._saved()
        if entry is not None:
            content = self.desk.assurance.prints.questions(self.dpias, entry).word()
            name = f"{entry.reference} questions.docx"
            self.door.save(content, name, "Word document (*.docx)")

    def _saved(self) -> Entry | None:
        return self.page.entry if self.page.save() and self.page.entry.id else None

    def print_it(self) -> None:
        """The assessment on paper."""
        if self.page.save() and self.page.entry.id:
            entry = self.dpias.load(self.page.entry.id)
            prints = self.desk.assurance.prints
            self.door.offer(lambda: prints.dpia(self.dpias, entry).content, entry.reference)

    def save_it(self) -> None:
        """The assessment in Word."""
        entry = self._saved()
        if entry is not None:
            content = self.dpias.paper(entry.id).word()
            self.door.save(content, f"{entry.reference}.docx", "Word document (*.docx)")
