"""A letter about a breach beside the questions: its words, who gets it, and how it will read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.breaches.letter_words import LetterText
from dpdesk.breaches.telling import GROUPS, NOTICE
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.breaches.recipients_box import RecipientsBox
from ui.kit.look.theme import MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import Option, button, icon_button, option
from ui.kit.pieces.cards import Card, Scrolled, help_words, row, scrolling, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors

if TYPE_CHECKING:
    from dpdesk.papers.letters import Letter, Letters

_WAIT = 350
_PARTS: Final = ("happened", "consequences", "done", "planned", "advice")
_HELP = (
    "These words go to the people affected, and nowhere else. Nothing that you wrote for the ICO "
    "is in them. Change them until you would send them."
)
KINDS: Final[Mapping[str, str]] = {
    "adult": "Person affected",
    "parent": "Parents",
    "pupil": "Pupil",
    NOTICE: "Public notice",
}


class LetterPage(Card):
    """The letters of one incident. ``kept`` fires when words were kept with it."""

    closed = Signal()
    kept = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__("Letter", parent=parent)
        self._desk, self._around, self._door = desk, around, door
        self.entry: Entry | None = None
        self.kind = "adult"
        self.head.addWidget(icon_button("Close the letter", "mdi6.close", does=self.closed.emit))
        room, chips = flowing()
        self.kinds: dict[str, Option] = {}
        for key, label in KINDS.items():
            made = option(label, role="chip", one_of=True)
            made.picked.connect(lambda _on, key=key: self.choose(key))
            chips.addWidget(made)
            self.kinds[key] = made
        letters = desk.breaches.breaches.letters
        self.form = Form(letters.register, Doors(letters, now=around.now))
        self.form.show_only(_PARTS)
        self.insert_room, self._inserts = flowing()
        self.people = RecipientsBox(desk, around)
        self.banner = Banner(closable=False)
        self.reading = words("", wraps=True)
        self.reading.setAccessibleName("The letter as it will read")
        self.print_button = button(
            "Print or save", "mdi6.printer-outline", role="primary", does=self.print_all
        )
        self.merge_button = button("Data for mail merge", "mdi6.table", does=self.save_table)
        self.text_button = button(
            "Text for mail merge", "mdi6.text-box-outline", does=self.save_text
        )
        self.text_button.setToolTip("The letter with «fields», to paste into a word processor")
        self.add(room)
        self._lay_out()
        self.add(row(self.print_button, self.merge_button, self.text_button, None))
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.refresh)
        self.form.changed.connect(self._timer.start)
        self.people.changed.connect(self._timer.start)

    def _lay_out(self) -> None:
        inside = Scrolled()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.setSpacing(SMALL)
        for widget in (help_words(_HELP), self.form, self.insert_room, self.people):
            layout.addWidget(widget)
        layout.addWidget(words("How it will read", "label"))
        layout.addWidget(self.banner)
        layout.addWidget(self.reading)
        layout.addStretch(1)
        self.area = scrolling(inside, "The letter")
        self.body.addWidget(self.area, 1)

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry, kind: str = "") -> None:
        """Writes about an incident; who was named for another one is forgotten."""
        if self.entry is None or self.entry.id != entry.id:
            self.people.forget()
            kind = kind or self._desk.breaches.reporting.groups(entry)[0]
        elif self.form.dirty:
            self.keep()
        self.entry = self._desk.breaches.breaches.load(entry.id)
        self.choose(kind or self.kind)

    def choose(self, kind: str) -> None:
        """Which letter; the words of the one before are kept."""
        if self.form.dirty:
            self.keep()
        self.kind = kind
        for key, made in self.kinds.items():
            made.setChecked(key == kind)
        self.people.setVisible(kind in GROUPS)
        for merging in (self.merge_button, self.text_button):
            merging.setVisible(kind in GROUPS)
        if self.entry is None:
            return
        self.form.set_values(self._desk.breaches.reporting.words(self.entry, kind).values())
        self.form.show_only(_PARTS)
        self._offer_inserts(self.entry)
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def _offer_inserts(self, entry: Entry) -> None:
        while (old := self._inserts.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.deleteLater()
        said = self._desk.breaches.reporting.log_words(entry)
        self.insert_room.setVisible(bool(said))
        if not said:
            return
        self._inserts.addWidget(words("Add the words of the log to:", "muted"))
        for part in said:
            label = self.form.rows[part].field.label
            made = button(label, "mdi6.plus", role="link", does=partial(self.insert, part))
            made.setAccessibleName(f"Add the words of the log to: {label}")
            made.setToolTip(f"{said[part]}\n\nThis was written for the ICO: read it through.")
            self._inserts.addWidget(made)

    def insert(self, part: str) -> None:
        """Adds what the log says to a part of the letter, to be read through and changed."""
        assert self.entry is not None
        said = self._desk.breaches.reporting.log_words(self.entry)[part]
        values = self.form.values()
        joined = "\n".join(text for text in (values.get(part), said) if text)
        self.form.set_values({**values, part: joined}, clean=False)
        self.form.focus_field(part)
        self.refresh()

    @property
    def text(self) -> LetterText:
        """The words as they stand here."""
        values = self.form.values()
        return LetterText(**{name: str(values.get(name) or "") for name in _PARTS})

    def refresh(self) -> None:
        """Shows how the letter to the first of the people will read."""
        self._timer.stop()
        if self.entry is None:
            return
        try:
            letter = self._letter()
            doubts = self._desk.breaches.reporting.doubts(self.entry, self.text)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        notes = [f"Still to be filled in: {', '.join(letter.missing)}."] if letter.missing else []
        if notes or doubts:
            self.banner.say(" ".join([*notes, *doubts]), "warn")
        else:
            self.banner.hide()
        self.reading.setText(f"{letter.subject}\n\n{letter.text}")

    def _letter(self) -> Letter:
        assert self.entry is not None
        reporting = self._desk.breaches.reporting
        if self.kind == NOTICE:
            return reporting.notice(self.entry, self.text)
        first = self.people.people[0] if self.people.people else None
        return reporting.letter(self.entry, self.kind, first, self.text)

    # --- doing ---------------------------------------------------------------------------

    def keep(self) -> bool:
        """Keeps the words with the incident; False where that was refused, and says why."""
        assert self.entry is not None
        try:
            saved = self._desk.breaches.reporting.keep_words(self.entry, self.kind, self.text)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        self.form.mark_clean()
        if saved is not None:
            self._around.bus.publish(saved.changes)
            self.kept.emit()
        return True

    def print_all(self) -> None:
        """Offers the letter, or one PDF with a letter for each."""
        if self.entry is None:
            return
        if not self.people.settle():
            # Whoever named people means letters to them, and not one to nobody.
            self.area.ensureWidgetVisible(self.people)
            return
        self.refresh()
        if not self.keep():
            return
        try:
            made: Letter | Letters = self._letter()
            if self.kind in GROUPS and self.people.people:
                made = self._desk.breaches.reporting.letters(
                    self.entry, self.kind, self.people.people, self.text
                )
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        number = max(1, len(self.people.people))
        notes = [f"{count(number, 'letter')}, {count(made.pages, 'page')}."]
        if made.missing:
            notes.append(f"Still to be filled in, and marked: {'; '.join(made.missing)}.")
        notes += [*self._desk.breaches.reporting.doubts(self.entry, self.text), *made.warnings]
        name = "Public notice" if self.kind == NOTICE else GROUPS[self.kind]
        self._door.offer(lambda: made.content, f"{self.entry.reference} {name}", notes)

    def save_table(self) -> None:
        """Saves the data source of a mail merge."""
        if self.entry is None or not self.keep():
            return
        if not self.people.people:
            self.banner.say("Write down who gets it first, or choose a spreadsheet.", "warn")
            return
        try:
            content = self._desk.breaches.reporting.mail_merge(
                self.entry, self.kind, self.people.people
            )
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self._door.save(content, f"{self.entry.reference} mail merge.xlsx", "Excel file (*.xlsx)")

    def save_text(self) -> None:
        """Saves the text of the letter with the fields of the data source."""
        if self.entry is None or not self.keep():
            return
        content = self._desk.breaches.reporting.merge_text(self.entry, self.kind).encode()
        self._door.save(content, f"{self.entry.reference} letter.txt", "Text (*.txt)")
