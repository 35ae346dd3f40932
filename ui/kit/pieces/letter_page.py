"""A letter of an entry: its words beside the page as it will print, kept while they are typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Entry, Saved
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, PlainPage, row
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.letter_editor import LetterEditor
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.papers.drafts import LetterDraft

_KEEP: Final = 4_000
"""Milliseconds after which what is typed is kept as a draft."""
_MAIL: Final = "Message (*.eml)"
_WORD: Final = "Word document (*.docx)"


class LetterPage(PlainPage):
    """The letters of one entry, one at a time. ``closed`` asks for the entry again.

    A room says by the methods at the end what its letters are and which buttons stand in their
    head; showing, keeping, beginning again and handing out are the same for all.
    """

    closed = Signal()
    belongs_to: ClassVar[str]
    """What the letters are about, as a sentence goes on: "breach"."""

    def __init__(
        self, around: Surroundings, door: PaperDoor, letters_key: str, parent: QWidget | None = None
    ) -> None:
        """``letters_key``: the register in which the words are kept."""
        super().__init__(parent)
        self._around, self._door, self._letters_key = around, door, letters_key
        self.entry: Entry | None = None
        self.kind = ""
        self.back_button = button(
            self.belongs_to.capitalize(),
            "mdi6.arrow-left",
            role="link",
            does=self.close_letter,
            key="Alt+Left",
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
        self.more = QMenu(self)
        self.more.addAction("Save for Word…", self.save_document)
        self.editor = LetterEditor()
        self.editor.changed.connect(self.refresh)
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP)
        self._keeping.timeout.connect(self._keep_typed)

    def lay_out(
        self, buttons: tuple[QPushButton, ...], beside: Card, note: QWidget | None = None
    ) -> None:
        """Puts the page together; ``beside`` takes the place of the words when it is asked for."""
        self.body.addLayout(row(self.back_button, None))
        self.header.beside.addWidget(self.choice)
        for each in buttons:
            self.header.add_button(each)
        self.more.addAction("Start again from what is recorded", self.begin_afresh)
        self.header.offer_further(self.more, "Show more for this letter")
        self.body.addWidget(self.header)
        if note is not None:
            self.body.addWidget(note)
        self._beside = beside
        beside.hide()
        self.editor.put_beside(beside)
        self.body.addWidget(self.editor, 1)
        on_escape(self, self.close_letter)
        for keys, does in (("Ctrl+S", self.save), ("Ctrl+P", self.print_letter)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(does)

    # --- showing -------------------------------------------------------------------------

    def begin(self, entry: Entry) -> None:
        """Says which entry the letters are about."""
        self.entry = entry
        self.back_button.setText(f"{entry.reference} {entry.title}")
        self.back_button.setAccessibleName(f"Back to {entry.reference}")

    def choose(self, kind: str) -> None:
        """Another letter of the same entry; the words of this one are kept."""
        if kind != self.kind and self.keep():
            self.show_kind(kind)
        else:
            self.choice.setCurrentIndex(self.choice.findData(self.kind))

    def show_kind(self, kind: str) -> None:
        """Shows a letter of the entry: as it was typed, kept or would begin."""
        assert self.entry is not None
        self.kind = kind
        self.show_words()
        self.choice.setCurrentIndex(self.choice.findData(kind))
        try:
            draft = self._kept(self.entry)
        except DpdeskError as error:
            self.complain(error)
            return
        self.editor.show_draft(self._typed_before() or draft)
        self.refresh()
        self.editor.text.setFocus()

    def show_words(self) -> None:
        """Shows the words, where what stands beside them had their place."""
        self.editor.show_beside(self._beside, on=False)

    def refresh(self) -> None:
        """Shows how the letter prints now."""
        if self.entry is None or not self.kind:
            return
        try:
            self._draw(self.entry, self.editor.draft)
        except DpdeskError as error:
            self.complain(error)
            return
        self._keeping.start()

    def complain(self, error: DpdeskError) -> None:
        """Says over the words what was not possible."""
        self.editor.banner.say(str(error), "danger")

    # --- keeping -------------------------------------------------------------------------

    def keep(self) -> bool:
        """Keeps the words with the entry; False where that was refused, and says why."""
        self._keeping.stop()
        if self.entry is None or not self.kind:
            return True
        try:
            saved = self._keep(self.entry, self.editor.draft)
        except DpdeskError as error:
            self.complain(error)
            return False
        self.forget_typed()
        if saved is not None:
            self._around.bus.publish(saved.changes)
        return True

    def save(self) -> None:
        """Keeps the words, and says so."""
        if self.keep():
            self._around.messages.say(f"The letter is kept with the {self.belongs_to}.")

    def close_letter(self) -> None:
        """Back to the entry; the words are kept."""
        if not self._beside.isHidden():
            self.show_words()
        elif self.keep():
            self.closed.emit()

    def begin_afresh(self) -> None:
        """Begins the letter again from what is recorded, after asking."""
        assert self.entry is not None
        fresh = self._fresh(self.entry)
        if self.editor.draft == fresh:
            self._around.messages.say("The letter is as dpdesk drafts it from what is recorded.")
            return
        asked = "Start the letter again? Your own wording in it will be set aside."
        if self._around.prompter.choose(asked, ("Start again",)) != "Start again":
            return
        dropped = self._drop(self.entry)
        self.forget_typed()
        if dropped is not None:
            self._around.bus.publish(dropped.changes)
        self.editor.show_draft(fresh)
        self.refresh()

    # --- what is typed and not kept yet --------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """What is typed is kept as a draft when the page is left by another way."""
        super().hideEvent(event)
        self._keep_typed()

    def _keep_typed(self) -> None:
        drafts, entry = self._around.drafts, self.entry
        if drafts is None or entry is None or not self.kind:
            return
        now = self.editor.draft
        try:
            if now == self._kept(entry):
                return
        except DpdeskError:
            return
        answers = {"kind": self.kind, "words": now.text, "subject": now.subject}
        drafts.keep(self._letters_key, 0, 0, {**answers, "salutation": now.salutation}, entry.id)

    def _typed_before(self) -> LetterDraft | None:
        """What was typed into this letter and not kept, because the program was stopped."""
        from dpdesk.papers.drafts import LetterDraft

        if self._around.drafts is None or self.entry is None:
            return None
        note = self._around.drafts.find(self._letters_key, 0, self.entry.id)
        if note is None or note.answers.get("kind") != self.kind:
            return None
        said = {name: str(note.answers.get(name) or "") for name in note.answers}
        return LetterDraft(
            said.get("subject", ""), said.get("words", ""), said.get("salutation", "")
        )

    def forget_typed(self) -> None:
        """Forgets what was typed into the letters of the entry and not kept."""
        if self._around.drafts is not None and self.entry is not None:
            self._around.drafts.drop(self._letters_key, 0, self.entry.id)

    # --- where it goes -------------------------------------------------------------------

    def print_letter(self) -> None:
        """Offers the letter for printing, or as a PDF."""
        self.hand_out(self._print)

    def save_message(self) -> None:
        """Saves the letter as a message that the mail program opens."""
        self.hand_out(lambda entry, draft: self._save(self._message(entry, draft), ".eml", _MAIL))

    def save_document(self) -> None:
        """Saves the letter as a document for Word."""
        self.hand_out(lambda entry, draft: self._save(self._document(entry, draft), ".docx", _WORD))

    def _save(self, content: bytes, ending: str, kinds: str) -> None:
        self._door.save(content, self.file_name(ending), kinds)

    def file_name(self, more: str = "") -> str:
        """What a file with the letter is called: its reference and its kind, never a name."""
        assert self.entry is not None
        return f"{self.entry.reference} {self._label()}{more}"

    def hand_out(self, does: Callable[[Entry, LetterDraft], object]) -> None:
        """Keeps the words and does something with them; says what was not possible."""
        if self.entry is None or not self.keep():
            return
        self.refresh()
        try:
            does(self.entry, self.editor.draft)
        except DpdeskError as error:
            self.complain(error)

    # --- what a room says of its letters -------------------------------------------------

    def _label(self) -> str:
        """What the letter that is shown is called."""
        raise NotImplementedError

    def _kept(self, entry: Entry) -> LetterDraft:
        """The words as they were kept, else as they begin. Raises DpdeskError."""
        raise NotImplementedError

    def _fresh(self, entry: Entry) -> LetterDraft:
        """The words as they follow from what is recorded now."""
        raise NotImplementedError

    def _keep(self, entry: Entry, draft: LetterDraft) -> Saved | None:
        """Keeps the words; None where they stand there already. Raises DpdeskError."""
        raise NotImplementedError

    def _drop(self, entry: Entry) -> Saved | None:
        """Sets the words that were kept aside."""
        raise NotImplementedError

    def _draw(self, entry: Entry, draft: LetterDraft) -> None:
        """Shows in the editor how the letter prints now. Raises DpdeskError."""
        raise NotImplementedError

    def _print(self, entry: Entry, draft: LetterDraft) -> None:
        """Offers the letter on paper. Raises DpdeskError."""
        raise NotImplementedError

    def _message(self, entry: Entry, draft: LetterDraft) -> bytes:
        """The letter as a message. Raises DpdeskError."""
        raise NotImplementedError

    def _document(self, entry: Entry, draft: LetterDraft) -> bytes:
        """The letter as a document for Word. Raises DpdeskError."""
        raise NotImplementedError
