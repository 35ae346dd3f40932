"""A letter about a breach: its words and the page as it will print, who gets it, where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dpdesk.breaches.telling import GROUPS, NOTICE
from dpdesk.desk import Desk
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry, Saved
from ui.breaches.recipients_box import RecipientsBox
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row
from ui.kit.pieces.letter_page import LetterPage
from ui.kit.pieces.paper_door import PaperDoor
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


class BreachLetterPage(LetterPage):
    """The letters of one incident: to each kind of people affected, and the public notice."""

    belongs_to = "breach"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, door, desk.breaches.breaches.letters.register.key, parent)
        self._desk = desk
        for key, label in KINDS.items():
            self.choice.addItem(label, key)
        self.people_button = button(
            "Who gets it…", "mdi6.account-multiple-outline", does=self.show_people
        )
        self.inserts = QMenu(self)
        self.insert_button = button("Add from the log", "mdi6.plus")
        self.insert_button.setMenu(self.inserts)
        self.people = RecipientsBox(desk, around)
        self._timer = QTimer(self, singleShot=True, interval=350)
        self._timer.timeout.connect(self.refresh)
        self.people.changed.connect(self._timer.start)
        self._note = help_words(_HELP)
        # Made by themselves: what a menu hands back is not valid for long.
        self._merging = (
            QAction("Data for mail merge…", self),
            QAction("Text for mail merge…", self),
        )
        for action, does in zip(self._merging, (self.save_table, self.save_text), strict=True):
            action.triggered.connect(does)
            self.more.addAction(action)
        self.more.addSeparator()
        self.beside = Card("The people")
        self.beside.add(self.people)
        self.beside.add(row(button("Back to the wording", does=self.show_words), None))
        offers = (self.insert_button, self.people_button, self.mail_button, self.print_button)
        self.lay_out(offers, self.beside, self._note)

    def draw_together(self, *, low: bool) -> None:
        """In a low window what the letter is for takes one line, and its words have the room."""
        super().draw_together(low=low)
        self._note.setMaximumWidth(_ANY if low else help_words("").maximumWidth())

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry, kind: str = "") -> None:
        """Writes about an incident; who was named for another one is forgotten."""
        if self.entry is None or self.entry.id != entry.id:
            self.people.forget()
        self.begin(self._desk.breaches.breaches.load(entry.id))
        assert self.entry is not None
        self._fill_inserts(self.entry)
        self.show_kind(kind or self._desk.breaches.reporting.groups(self.entry)[0])

    def show_kind(self, kind: str) -> None:
        """Shows a letter with what is offered for it: a public notice goes to nobody by name."""
        to_people = kind in GROUPS
        self.people_button.setVisible(to_people)
        for action in self._merging:
            action.setVisible(to_people)
        self._note.setText(_HELP + (_CHILD if kind == "parent" else ""))
        super().show_kind(kind)

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

    @property
    def _first(self) -> Recipient | None:
        people = self.people.people if self.kind in GROUPS else ()
        return people[0] if people else None

    def refresh(self) -> None:
        """Shows how the letter prints now: the one to the first of the people."""
        self._timer.stop()
        many = len(self.people.people) if self.kind in GROUPS else 0
        self.people_button.setText(f"Who gets it: {many:,}" if many else "Who gets it…")
        super().refresh()

    def _draw(self, entry: Entry, draft: LetterDraft) -> None:
        reporting = self._desk.breaches.reporting
        letter = reporting.printed(entry, self.kind, draft, self._first)
        self.editor.show_letter(letter, reporting.drafts_doubts(entry, draft))

    # --- keeping -------------------------------------------------------------------------

    def _kept(self, entry: Entry) -> LetterDraft:
        return self._desk.breaches.reporting.draft(entry, self.kind)

    def _fresh(self, entry: Entry) -> LetterDraft:
        return self._desk.breaches.reporting.afresh(entry, self.kind)

    def _keep(self, entry: Entry, draft: LetterDraft) -> Saved | None:
        return self._desk.breaches.reporting.keep(entry, self.kind, draft)

    def _drop(self, entry: Entry) -> Saved | None:
        return self._desk.breaches.reporting.drop(entry, self.kind)

    # --- where it goes -------------------------------------------------------------------

    def _label(self) -> str:
        return KINDS[self.kind]

    def print_letter(self) -> None:
        """Offers the letter, or one PDF with a letter for each."""
        if self.entry is None:
            return
        if self.kind in GROUPS and not self.people.settle():
            # Whoever named people means letters to them, and not one to nobody.
            self.show_people()
            return
        super().print_letter()

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
        self._door.offer(lambda: made.content, self.file_name(), notes)

    def _message(self, entry: Entry, draft: LetterDraft) -> bytes:
        return self._desk.breaches.reporting.message(entry, self.kind, draft, self._first)

    def _document(self, entry: Entry, draft: LetterDraft) -> bytes:
        return self._desk.breaches.reporting.docx(entry, self.kind, draft, self._first)

    def save_table(self) -> None:
        """Saves the data source of a mail merge."""
        if not self.people.settle() or not self.people.people:
            self.show_people()
            self.editor.banner.say("Write down who gets it first, or choose a spreadsheet.", "warn")
            return
        reporting = self._desk.breaches.reporting
        self.hand_out(
            lambda entry, _draft: self._door.save(
                reporting.mail_merge(entry, self.kind, self.people.people),
                f"{entry.reference} mail merge.xlsx",
                "Excel file (*.xlsx)",
            )
        )

    def save_text(self) -> None:
        """Saves the text of the letter with the fields of the data source."""
        reporting = self._desk.breaches.reporting
        self.hand_out(
            lambda entry, _draft: self._door.save(
                reporting.merge_text(entry, self.kind).encode(),
                f"{entry.reference} letter.txt",
                "Text (*.txt)",
            )
        )
