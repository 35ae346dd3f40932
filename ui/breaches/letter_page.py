"""A letter about a breach: its words and the page as it will print, who gets it, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from dpdesk.breaches.telling import GROUPS, NOTICE
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.breaches.recipients_box import RecipientsBox
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, PlainPage, help_words, row
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.letter_editor import LetterEditor
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.breaches.recipients import Recipient
    from dpdesk.papers.drafts import LetterDraft
    from dpdesk.papers.letters import Letter, Letters

_HELP: Final = (
    "These words go to the people affected, and nowhere else. Nothing that you wrote for the ICO "
    "is in them unless you add it."
)
_CHILD: Final = " Where «Child» stands, each letter names the child, or says “your child”."
KINDS: Final[Mapping[str, str]] = {**GROUPS, NOTICE: "Public notice"}
_LOG_PARTS: Final[Mapping[str, str]] = {
    "happened": "What happened",
    "consequences": "What it may mean",
    "done": "What was done",
    "planned": "What will be done",
}
_ANY: Final = 16_777_215
"""No greatest width, as Qt says it."""
_MAIL: Final = "Message (*.eml)"
_WORD: Final = "Word document (*.docx)"


class LetterPage(PlainPage):
    """The letters of one incident, one at a time. ``closed`` asks for the incident again."""

    closed = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._door = desk, around, door
        self.entry: Entry | None = None
        self.kind = ""
        self.back_button = button(
            "Breach", "mdi6.arrow-left", role="link", does=self.close_letter, key="Alt+Left"
        )
        self.choice = QComboBox()
        heard_as(self.choice, "Which letter?")
        for key, label in KINDS.items():
            self.choice.addItem(label, key)
        self.choice.activated.connect(lambda _place: self._chosen(self.choice.currentData()))
        self.print_button = button(
            "Print or save", "mdi6.printer-outline", role="primary", does=self.print_all
        )
        self.mail_button = button("For e-mail", "mdi6.email-outline", does=self.save_message)
        self.mail_button.setToolTip("Saves a message that your mail program opens, not sent yet.")
        self.people_button = button(
            "Who gets it…", "mdi6.account-multiple-outline", does=self.show_people
        )
        self.inserts = QMenu(self)
        self.insert_button = button("Add from the log", "mdi6.plus")
        self.insert_button.setMenu(self.inserts)
        self.editor = LetterEditor()
        self.editor.changed.connect(self.refresh)
        self.people = RecipientsBox(desk, around)
        self._timer = QTimer(self, singleShot=True, interval=350)
        self._timer.timeout.connect(self.refresh)
        self.people.changed.connect(self._timer.start)
        self._note = help_words(_HELP)
        self._make_more()
        self._lay_out()

    def _make_more(self) -> None:
        self.more = QMenu(self)
        self.more.addAction("Save for Word…", self.save_document)
        # Made by themselves: what a menu hands back is not valid for long.
        self._merging = (
            QAction("Data for mail merge…", self),
            QAction("Text for mail merge…", self),
        )
        for action, does in zip(self._merging, (self.save_table, self.save_text), strict=True):
            action.triggered.connect(does)
            self.more.addAction(action)
        self.more.addSeparator()
        self.more.addAction("Start again from what is recorded", self.begin_afresh)

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.back_button, None))
        self.header = PageHeader("Letter")
        self.header.beside.addWidget(self.choice)
        offers = (self.insert_button, self.people_button, self.mail_button, self.print_button)
        for made in offers:
            self.header.add_button(made)
        self.header.offer_further(self.more, "Show more for this letter")
        self.body.addWidget(self.header)
        self.body.addWidget(self._note)
        self.beside = Card("The people")
        self.beside.add(self.people)
        self.beside.add(row(button("Back to the wording", does=self.hide_people), None))
        self.beside.hide()
        self.editor.put_beside(self.beside)
        self.body.addWidget(self.editor, 1)
        on_escape(self, self.close_letter)
        for keys, does in (("Ctrl+S", self.save), ("Ctrl+P", self.print_all)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(does)

    def draw_together(self, *, low: bool) -> None:
        """In a low window what the letter is for takes one line, and its words have the room."""
        super().draw_together(low=low)
        self._note.setMaximumWidth(_ANY if low else help_words("").maximumWidth())

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry, kind: str = "") -> None:
        """Writes about an incident; who was named for another one is forgotten."""
        if self.entry is None or self.entry.id != entry.id:
            self.people.forget()
        self.entry = self._desk.breaches.breaches.load(entry.id)
        self.back_button.setText(f"{self.entry.reference} {self.entry.title}")
        self.back_button.setAccessibleName(f"Back to {self.entry.reference}")
        self._fill_inserts(self.entry)
        self._show(kind or self._desk.breaches.reporting.groups(self.entry)[0])

    def _chosen(self, kind: str) -> None:
        if kind != self.kind and self.keep():
            self._show(kind)
        else:
            self.choice.setCurrentIndex(self.choice.findData(self.kind))

    def choose(self, kind: str) -> None:
        """Another letter of the same incident; the words of this one are kept."""
        self._chosen(kind)

    def _show(self, kind: str) -> None:
        assert self.entry is not None
        self.kind = kind
        self.hide_people()
        self.choice.setCurrentIndex(self.choice.findData(kind))
        to_people = kind in GROUPS
        self.people_button.setVisible(to_people)
        for action in self._merging:
            action.setVisible(to_people)
        self._note.setText(_HELP + (_CHILD if kind == "parent" else ""))
        self.editor.show_draft(self._desk.breaches.reporting.draft(self.entry, kind))
        self.refresh()
        self.editor.text.setFocus()

    def _fill_inserts(self, entry: Entry) -> None:
        self.inserts.clear()
        said = self._desk.breaches.reporting.log_words(entry)
        self.insert_button.setVisible(bool(said))
        self.insert_button.setToolTip("This was written for the ICO: read it through.")
        for part in said:
            self.inserts.addAction(_LOG_PARTS[part], partial(self.insert, part))

    def insert(self, part: str) -> None:
        """Adds what the log says where the cursor stands, to be read through and changed."""
        assert self.entry is not None
        said = self._desk.breaches.reporting.log_words(self.entry)[part]
        self.editor.text.insertPlainText(said)
        self.editor.text.setFocus()
        self.refresh()

    def show_people(self) -> None:
        """Asks who gets it, in the place of the words."""
        self.editor.show_beside(self.beside, on=True)
        self.people.lines.setFocus()

    def hide_people(self) -> None:
        """Shows the words again."""
        self.editor.show_beside(self.beside, on=False)

    @property
    def _first(self) -> Recipient | None:
        people = self.people.people if self.kind in GROUPS else ()
        return people[0] if people else None

    def refresh(self) -> None:
        """Shows how the letter prints now: the one to the first of the people."""
        self._timer.stop()
        if self.entry is None or not self.kind:
            return
        many = len(self.people.people) if self.kind in GROUPS else 0
        self.people_button.setText(f"Who gets it: {many:,}" if many else "Who gets it…")
        reporting, draft = self._desk.breaches.reporting, self.editor.draft
        try:
            letter = reporting.printed(self.entry, self.kind, draft, self._first)
            doubts = reporting.drafts_doubts(self.entry, draft)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")
            return
        self.editor.show_letter(letter, doubts)

    # --- keeping -------------------------------------------------------------------------

    def keep(self) -> bool:
        """Keeps the words with the incident; False where that was refused, and says why."""
        if self.entry is None or not self.kind:
            return True
        try:
            saved = self._desk.breaches.reporting.keep(self.entry, self.kind, self.editor.draft)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")
            return False
        if saved is not None:
            self._around.bus.publish(saved.changes)
        return True

    def save(self) -> None:
        """Keeps the words, and says so."""
        if self.keep():
            self._around.messages.say("The letter is kept with the breach.")

    def close_letter(self) -> None:
        """Back to the incident; the words are kept."""
        if not self.beside.isHidden():
            self.hide_people()
        elif self.keep():
            self.closed.emit()

    def begin_afresh(self) -> None:
        """Begins the letter again from what is recorded, after asking."""
        assert self.entry is not None
        reporting = self._desk.breaches.reporting
        asked = "Start the letter again? Your own wording in it will be set aside."
        if self._around.prompter.choose(asked, ("Start again",)) != "Start again":
            return
        dropped = reporting.drop(self.entry, self.kind)
        if dropped is not None:
            self._around.bus.publish(dropped.changes)
        self.editor.show_draft(reporting.afresh(self.entry, self.kind))
        self.refresh()

    # --- where it goes -------------------------------------------------------------------

    def print_all(self) -> None:
        """Offers the letter, or one PDF with a letter for each."""
        if self.entry is None:
            return
        if self.kind in GROUPS and not self.people.settle():
            # Whoever named people means letters to them, and not one to nobody.
            self.show_people()
            return
        self._hand_out(self._print)

    def _print(self, entry: Entry, draft: LetterDraft) -> None:
        reporting = self._desk.breaches.reporting
        people = self.people.people if self.kind in GROUPS else ()
        one = reporting.printed(entry, self.kind, draft, self._first)
        made: Letter | Letters = one
        if people:
            made = reporting.printed_each(entry, self.kind, draft, people)
        notes = [f"{count(max(1, len(people)), 'letter')}, {count(made.pages, 'page')}."]
        if made.missing:
            notes.append(f"Still to be filled in, and marked: {'; '.join(made.missing)}.")
        notes += [*one.lacking, *reporting.drafts_doubts(entry, draft), *made.warnings]
        self._door.offer(lambda: made.content, self._name(), notes)

    def _name(self, ending: str = "") -> str:
        assert self.entry is not None
        return f"{self.entry.reference} {KINDS[self.kind]}{ending}"

    def save_message(self) -> None:
        """Saves the letter to the first of the people, or to nobody, for the mail program."""
        self._hand_out(partial(self._save, self._desk.breaches.reporting.message, ".eml", _MAIL))

    def save_document(self) -> None:
        """Saves the letter as a document for Word."""
        self._hand_out(partial(self._save, self._desk.breaches.reporting.docx, ".docx", _WORD))

    def _save(
        self,
        make: Callable[[Entry, str, LetterDraft, Recipient | None], bytes],
        ending: str,
        kinds: str,
        entry: Entry,
        draft: LetterDraft,
    ) -> None:
        content = make(entry, self.kind, draft, self._first)
        self._door.save(content, self._name(ending), kinds)

    def save_table(self) -> None:
        """Saves the data source of a mail merge."""
        if not self.people.settle() or not self.people.people:
            self.show_people()
            self.editor.banner.say("Write down who gets it first, or choose a spreadsheet.", "warn")
            return
        reporting = self._desk.breaches.reporting
        self._hand_out(
            lambda entry, _draft: self._door.save(
                reporting.mail_merge(entry, self.kind, self.people.people),
                f"{entry.reference} mail merge.xlsx",
                "Excel file (*.xlsx)",
            )
        )

    def save_text(self) -> None:
        """Saves the text of the letter with the fields of the data source."""
        reporting = self._desk.breaches.reporting
        self._hand_out(
            lambda entry, _draft: self._door.save(
                reporting.merge_text(entry, self.kind).encode(),
                f"{entry.reference} letter.txt",
                "Text (*.txt)",
            )
        )

    def _hand_out(self, does: Callable[[Entry, LetterDraft], object]) -> None:
        if self.entry is None or not self.keep():
            return
        self.refresh()
        try:
            does(self.entry, self.editor.draft)
        except DpdeskError as error:
            self.editor.banner.say(str(error), "danger")
