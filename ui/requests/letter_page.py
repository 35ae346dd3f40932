"""A letter of a request: its words and the page as it will print, where it goes, that it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from dpdesk.requests.correspondence import Correspondence, asked_as, every_letter
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, PlainPage, row
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.letter_editor import LetterEditor
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors

if TYPE_CHECKING:
    from dpdesk.papers.drafts import LetterDraft

_KEEP: Final = 4_000
"""Milliseconds after which what is typed is kept as a draft."""
_ASKED: Final = ("sent_on", "how", "to_whom", "note")
_MAIL: Final = "Message (*.eml)"
_WORD: Final = "Word document (*.docx)"


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


class RequestLetterPage(PlainPage):
    """The letters of one request, one at a time. ``closed`` asks for the request again."""

    closed = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._door = desk, around, door
        self.entry: Entry | None = None
        self.kind = ""
        self.back_button = button(
            "Request", "mdi6.arrow-left", role="link", does=self.close_letter, key="Alt+Left"
        )
        self.header = PageHeader("Letter")
        self.choice = QComboBox()
        heard_as(self.choice, "Which letter?")
        self.choice.activated.connect(lambda _place: self.choose(self.choice.currentData()))
        self.print_button = button(
            "Print or save", "mdi6.printer-outline", role="primary", does=self.print_letter
        )
        self.mail_button = button("For e-mail", "mdi6.email-outline", does=self.save_message)
        self.mail_button.setToolTip("Saves a message that your mail program opens, not sent yet.")
        self.all_button = button("", "mdi6.printer-outline", does=self.print_all)
        self.all_button.setToolTip("One letter for each person still to be told, in one file.")
        self.sent_button = button("It was sent…", "mdi6.send-check-outline", does=self.begin_sent)
        more = QMenu(self)
        more.addAction("Save for Word…", self.save_document)
        more.addAction("Start again from what is recorded", self.begin_afresh)
        more.addAction("Change the wording for all letters…", self.open_wording)
        self._more = more
        self.editor = LetterEditor()
        self.editor.changed.connect(self.refresh)
        self.sent = LetterSentCard(desk, around)
        self.sent.sent.connect(self.record_sent)
        self.sent.cancelled.connect(self.end_sent)
        self.sent.hide()
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP)
        self._keeping.timeout.connect(self._keep_draft)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.back_button, None))
        self.header.beside.addWidget(self.choice)
        offers = (self.sent_button, self.mail_button, self.all_button, self.print_button)
        for offer in offers:
            self.header.add_button(offer)
        self.header.offer_further(self._more, "Show more for this letter")
        self.body.addWidget(self.header)
        self.editor.put_beside(self.sent)
        self.body.addWidget(self.editor, 1)
        on_escape(self, self.close_letter)
        for keys, does in (("Ctrl+S", self.save), ("Ctrl+P", self.print_letter)):
            made = QShortcut(QKeySequence(keys), self)
            made.activated.connect(does)

    # --- showing -------------------------------------------------------------------------

    @property
    def letters(self) -> Correspondence:
        """The letters of requests."""
        return self._desk.requests.letters

    def show_entry(self, entry_id: int, kind: str) -> None:
        """Shows a letter of a request. Raises NotFound."""
        self.entry = self._desk.requests.requests.load(entry_id)
        self.back_button.setText(f"{self.entry.reference} {self.entry.title}")
        self.back_button.setAccessibleName(f"Back to {self.entry.reference}")
        self.choice.clear()
        for each in self.letters.kinds(self.entry):
            self.choice.addItem(each.label, each.key)
        self._show(kind)

    def choose(self, kind: str) -> None:
        """Another letter of the same request; the words of this one are kept."""
        if kind != self.kind and self.keep():
            self._show(kind)
        else:
            self.choice.setCurrentIndex(self.choice.findData(self.kind))

    def _show(self, kind: str) -> None:
        assert self.entry is not None
        self.kind = kind
        self.end_sent()
        self.choice.setCurrentIndex(self.choice.findData(kind))
        try:
            draft = self.letters.draft(kind, self.entry)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")
            return
        self._show_all_button()
        self.editor.show_draft(self._typed_before() or draft)
        self.refresh()
        self.editor.text.setFocus()

    def _waiting(self) -> int:
        """How many are still to be told by this letter, where it goes to several."""
        return len(self.letters.waiting(self.kind, self.entry)) if self.entry else 0

    def _show_all_button(self) -> None:
        several = self._waiting()
        self.all_button.setText(f"Print for all {several}")
        self.all_button.setVisible(several > 1)

    def refresh(self) -> None:
        """Shows how the letter prints now."""
        if self.entry is None:
            return
        try:
            letter = self.letters.write(self.kind, self.entry, self.editor.draft)
            stale = self.letters.stale(self.kind, self.entry)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")
            return
        old = "The request was changed after these words were kept: read them through."
        gaps = [asked_as(self.entry, gap) for gap in letter.missing]
        self.editor.show_letter(letter, [old] if stale else [], gaps)
        self._keeping.start()

    # --- keeping -------------------------------------------------------------------------

    def keep(self) -> bool:
        """Keeps the words with the request; False where that was refused, and says why."""
        self._keeping.stop()
        if self.entry is None or not self.kind:
            return True
        try:
            saved = self.letters.keep(self.kind, self.entry, self.editor.draft)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")
            return False
        self._forget_typed()
        if saved is not None:
            self._around.bus.publish(saved.changes)
        return True

    def save(self) -> None:
        """Keeps the words, and says so."""
        if self.keep():
            self._around.messages.say("The letter is kept with the request.")

    def close_letter(self) -> None:
        """Back to the request; the words are kept."""
        if not self.sent.isHidden():
            self.end_sent()
        elif self.keep():
            self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is typed is kept as a draft when the page is left by another way."""
        super().hideEvent(event)
        self._keep_draft()

    def _keep_draft(self) -> None:
        drafts, entry = self._around.drafts, self.entry
        if drafts is None or entry is None or not self.kind:
            return
        now = self.editor.draft
        try:
            if now == self.letters.draft(self.kind, entry):
                return
        except DpdeskError:
            return
        answers = {"kind": self.kind, "words": now.text, "subject": now.subject}
        drafts.keep(self._key, 0, 0, {**answers, "salutation": now.salutation}, entry.id)

    @property
    def _key(self) -> str:
        return self._desk.requests.requests.letters.register.key

    def _typed_before(self) -> LetterDraft | None:
        """What was typed into this letter and not kept, because the program was stopped."""
        from dpdesk.papers.drafts import LetterDraft

        if self._around.drafts is None or self.entry is None:
            return None
        note = self._around.drafts.find(self._key, 0, self.entry.id)
        if note is None or note.answers.get("kind") != self.kind:
            return None
        said = {name: str(note.answers.get(name) or "") for name in note.answers}
        return LetterDraft(
            said.get("subject", ""), said.get("words", ""), said.get("salutation", "")
        )

    def _forget_typed(self) -> None:
        if self._around.drafts is not None and self.entry is not None:
            self._around.drafts.drop(self._key, 0, self.entry.id)

    # --- where it goes -------------------------------------------------------------------

    def _name(self, ending: str = "") -> str:
        assert self.entry is not None
        return f"{self.entry.reference} {every_letter()[self.kind].label}{ending}"

    def print_letter(self) -> None:
        """Offers the letter for printing, or as a PDF."""
        self._hand_out(self._print)

    def _print(self, entry: Entry) -> None:
        letter = self.letters.write(self.kind, entry, self.editor.draft)
        notes = [f"{count(letter.pages, 'page')}."]
        if letter.missing:
            gaps = "; ".join(asked_as(entry, gap) for gap in letter.missing)
            notes.append(f"Still to be filled in, and marked: {gaps}.")
        notes += [*letter.lacking, *letter.warnings]
        self._door.offer(lambda: letter.content, self._name(), notes)

    def print_all(self) -> None:
        """Offers the letter to each who is still to be told, in one file."""
        self._hand_out(self._print_all)

    def _print_all(self, entry: Entry) -> None:
        made = self.letters.to_all(entry, self.editor.draft)
        notes = [f"{count(len(made.texts), 'letter')}, {count(made.pages, 'page')}."]
        if made.missing:
            gaps = "; ".join(asked_as(entry, gap) for gap in made.missing)
            notes.append(f"Still to be filled in, and marked: {gaps}.")
        self._door.offer(lambda: made.content, self._name(" to all"), notes)

    def save_message(self) -> None:
        """Saves the letter as a message that the mail program opens."""
        self._hand_out(lambda entry: self._save(self.letters.message, entry, ".eml", _MAIL))

    def save_document(self) -> None:
        """Saves the letter as a document for Word."""
        self._hand_out(lambda entry: self._save(self.letters.docx, entry, ".docx", _WORD))

    def _save(
        self,
        make: Callable[[str, Entry, LetterDraft], bytes],
        entry: Entry,
        ending: str,
        kinds: str,
    ) -> None:
        content = make(self.kind, entry, self.editor.draft)
        self._door.save(content, self._name(ending), kinds)

    def _hand_out(self, does: Callable[[Entry], object]) -> None:
        if self.entry is None or not self.keep():
            return
        self.refresh()
        try:
            does(self.entry)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")

    # --- afresh, and sent ----------------------------------------------------------------

    def begin_afresh(self) -> None:
        """Begins the letter again from what is recorded, after asking."""
        assert self.entry is not None
        fresh = self.letters.afresh(self.kind, self.entry)
        if self.editor.draft == fresh:
            self._around.messages.say("The letter is as dpdesk drafts it from what is recorded.")
            return
        asked = "Start the letter again? Your own wording in it will be set aside."
        if self._around.prompter.choose(asked, ("Start again",)) != "Start again":
            return
        dropped = self.letters.drop(self.kind, self.entry)
        self._forget_typed()
        if dropped is not None:
            self._around.bus.publish(dropped.changes)
        self.editor.show_draft(fresh)
        self.refresh()

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

    def end_sent(self) -> None:
        """Shows the words again."""
        self.editor.show_beside(self.sent, on=False)

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
        self.end_sent()
        self._forget_typed()
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
