"""A letter of a request: its words and the page as it will print, where it goes, that it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry, Saved
from dpdesk.requests.correspondence import Correspondence, asked_as, every_letter
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, row
from ui.kit.pieces.letter_page import LetterPage
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors

if TYPE_CHECKING:
    from dpdesk.papers.drafts import LetterDraft

_ASKED: Final = ("sent_on", "how", "to_whom", "note")


class LetterSentCard(Card):
    """Notes that a letter went: when, how, to whom. ``sent`` fires once it is kept."""

    sent = Signal()
    cancelled = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(
            "Record that it was sent",
            "The letter is kept as it is now, and cannot be changed afterwards.",
            parent,
        )
        letters = desk.requests.requests.letters
        self.form = Form(letters.register, Doors(letters, now=around.now))
        self.form.show_only(_ASKED)
        self.banner = Banner()
        self.keep = button("Keep it as sent", "mdi6.send-check-outline", does=self.sent.emit)
        self.add(self.banner)
        self.add(self.form)
        self.add(row(self.keep, button("Cancel", does=self.cancelled.emit), None))

    def begin(self, today: object, to_whom: str) -> None:
        """Asks, with what is known filled in."""
        self.banner.hide()
        self.form.set_values({"sent_on": today, "to_whom": to_whom})
        self.form.show_only(_ASKED)

    def answers(self) -> dict[str, Any] | None:
        """What was answered; None where something is still wrong, which stands beside it."""
        problems, values = self.form.problems(), self.form.values()
        for name in ("sent_on", "how"):
            if values.get(name) is None and name not in problems:
                problems[name] = "This is required."
        if problems:
            self.form.show_errors(problems)
            return None
        return {name: values.get(name) or "" for name in _ASKED}


class RequestLetterPage(LetterPage):
    """The letters of one request; what went is recorded and kept as it was."""

    belongs_to = "request"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, door, desk.requests.requests.letters.register.key, parent)
        self._desk = desk
        self.all_button = button("", "mdi6.printer-outline", does=self.print_all)
        self.all_button.setToolTip("One letter for each person still to be told, in one file.")
        self.sent_button = button("It was sent…", "mdi6.send-check-outline", does=self.begin_sent)
        self.sent = LetterSentCard(desk, around)
        self.sent.sent.connect(self.record_sent)
        self.sent.cancelled.connect(self.show_words)
        offers = (self.sent_button, self.mail_button, self.all_button, self.print_button)
        self.lay_out(offers, self.sent)
        self.more.addAction("Change the wording for all letters…", self.open_wording)

    # --- showing -------------------------------------------------------------------------

    @property
    def letters(self) -> Correspondence:
        """The letters of requests."""
        return self._desk.requests.letters

    def show_entry(self, entry_id: int, kind: str) -> None:
        """Shows a letter of a request. Raises NotFound."""
        self.begin(self._desk.requests.requests.load(entry_id))
        assert self.entry is not None
        self.choice.clear()
        for each in self.letters.kinds(self.entry):
            self.choice.addItem(each.label, each.key)
        self.show_kind(kind)

    def show_kind(self, kind: str) -> None:
        """Shows a letter, and how many it goes to."""
        super().show_kind(kind)
        several = self._waiting()
        self.all_button.setText(f"Print for all {several}")
        self.all_button.setVisible(several > 1)

    def _waiting(self) -> int:
        """How many are still to be told by this letter, where it goes to several."""
        return len(self.letters.waiting(self.kind, self.entry)) if self.entry else 0

    def _draw(self, entry: Entry, draft: LetterDraft) -> None:
        letter = self.letters.write(self.kind, entry, draft)
        old = "The request was changed after these words were kept: read them through."
        stale = self.letters.stale(self.kind, entry)
        gaps = [asked_as(entry, gap) for gap in letter.missing]
        self.editor.show_letter(letter, [old] if stale else [], gaps)

    # --- keeping -------------------------------------------------------------------------

    def _kept(self, entry: Entry) -> LetterDraft:
        return self.letters.draft(self.kind, entry)

    def _fresh(self, entry: Entry) -> LetterDraft:
        return self.letters.afresh(self.kind, entry)

    def _keep(self, entry: Entry, draft: LetterDraft) -> Saved | None:
        return self.letters.keep(self.kind, entry, draft)

    def _drop(self, entry: Entry) -> Saved | None:
        return self.letters.drop(self.kind, entry)

    # --- where it goes -------------------------------------------------------------------

    def _label(self) -> str:
        return every_letter()[self.kind].label

    def _print(self, entry: Entry, draft: LetterDraft) -> None:
        letter = self.letters.write(self.kind, entry, draft)
        notes = [f"{count(letter.pages, 'page')}."]
        if letter.missing:
            gaps = "; ".join(asked_as(entry, gap) for gap in letter.missing)
            notes.append(f"Still to be filled in, and marked: {gaps}.")
        notes += [*letter.lacking, *letter.warnings]
        self._door.offer(lambda: letter.content, self.file_name(), notes)

    def print_all(self) -> None:
        """Offers the letter to each who is still to be told, in one file."""
        self.hand_out(self._print_all)

    def _print_all(self, entry: Entry, draft: LetterDraft) -> None:
        made = self.letters.to_all(entry, draft)
        notes = [f"{count(len(made.texts), 'letter')}, {count(made.pages, 'page')}."]
        if made.missing:
            gaps = "; ".join(asked_as(entry, gap) for gap in made.missing)
            notes.append(f"Still to be filled in, and marked: {gaps}.")
        self._door.offer(lambda: made.content, self.file_name(" to all"), notes)

    def _message(self, entry: Entry, draft: LetterDraft) -> bytes:
        return self.letters.message(self.kind, entry, draft)

    def _document(self, entry: Entry, draft: LetterDraft) -> bytes:
        return self.letters.docx(self.kind, entry, draft)

    # --- sent ----------------------------------------------------------------------------

    def open_wording(self) -> None:
        """Goes to the wording of letters; the words of this one are kept."""
        self._around.navigator.open_page("letter_wording")

    def begin_sent(self) -> None:
        """Asks when and how the letter went."""
        if self.entry is None or not self.keep():
            return
        to_whom = self._desk.requests.letters.addressee(self.kind, self.entry)
        self.sent.begin(self._desk.requests.requests.today(), to_whom)
        self.editor.show_beside(self.sent, on=True)
        self.sent.form.focus_field("how")

    def record_sent(self) -> None:
        """Keeps the letter as it went."""
        answers = self.sent.answers()
        if answers is None or self.entry is None:
            return
        everybody = self._sent_to_all(str(answers["to_whom"] or ""))
        if everybody is None:
            return
        if everybody:
            answers = {**answers}
            del answers["to_whom"]
        try:
            done = (
                self.letters.send_to_all(self.entry, self.editor.draft, **answers)
                if everybody
                else self.letters.send(self.kind, self.entry, self.editor.draft, **answers)
            )
        except InvalidEntry as error:
            rest = self.sent.form.show_errors(error.problems)
            self.sent.banner.say(" ".join(rest or error.problems.values()), "danger")
            return
        except DpdeskError as error:
            self.sent.banner.say(str(error), "danger")
            return
        self.show_words()
        self.forget_typed()
        self._around.messages.say(f"Kept as sent. {done.told}".strip())
        self._around.bus.publish(done.changes)
        self.kind = ""
        self.closed.emit()

    def _sent_to_all(self, to_whom: str) -> bool | None:
        """Did it go to all who wait? Asked where several do; None where the user stepped back."""
        several = self._waiting()
        if several < 2:
            return False
        everybody, one = f"To all {several}", f"Only to {to_whom}"
        asked = f"{several} recipients are still to be told. To whom was it sent?"
        chosen = self._around.prompter.choose(asked, (everybody, one))
        return chosen == everybody if chosen else None
