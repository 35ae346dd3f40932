"""The letter to many people: from typed lines or a spreadsheet, printed or for a mail merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from dpdesk.breaches.reporting import GROUPS
from dpdesk.desk import Desk
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from dpdesk.registers.spreadsheet import Asked, Sheet
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import Option, button, icon_button, option
from ui.kit.pieces.cards import Card, help_words, row
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.sheet_dialog import SheetDialog
from ui.kit.register.sheet_reading import Again, SheetReading

if TYPE_CHECKING:
    from dpdesk.breaches.recipients import Recipient, Recipients
    from dpdesk.papers.letters import Letters

_WAIT = 300


class ManyLetters(Card):
    """Who gets the letter of a group. Nobody is stored: they are read, written to, forgotten."""

    closed = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__("A letter to many people", parent=parent)
        self._desk, self._around, self._door = desk, around, door
        self.entry: Entry | None = None
        self.group = "adult"
        self.people: Sequence[Recipient] = ()
        self.look: Callable[[Sheet, str, Again], Sheet | None] = self._look
        self.head.addWidget(icon_button("Close", "mdi6.close", does=self.closed.emit))
        self.add(
            help_words(
                "One line for each person: name; line of the address; next line; Dear … "
                "Names and addresses are used for these letters and not kept."
            )
        )
        room, groups = flowing()
        self.groups: dict[str, Option] = {}
        for key, label in GROUPS.items():
            made = option(label, role="chip", one_of=True)
            made.picked.connect(lambda _on, key=key: self.choose(key))
            groups.addWidget(made)
            self.groups[key] = made
        self.add(room)
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("Who the letter goes to")
        self.lines.setPlaceholderText(
            "Pat Example; 1 Invented Road; Little Wenham; Dear Mrs Example"
        )
        self.lines.setTabChangesFocus(True)
        self.body.addWidget(self.lines, 1)
        self.add(
            row(
                button(
                    "Choose a spreadsheet…",
                    "mdi6.file-import-outline",
                    does=self.read_sheet,
                ),
                None,
            )
        )
        self.banner = Banner(closable=False)
        self.add(self.banner)
        self.told = help_words("", "")
        self.add(self.told)
        self.print_button = button(
            "Print or save the letters", "mdi6.printer-outline", role="primary", does=self.print_all
        )
        self.merge_button = button("Data for mail merge", "mdi6.table", does=self.save_table)
        self.text_button = button(
            "Text for mail merge", "mdi6.text-box-outline", does=self.save_text
        )
        self.text_button.setToolTip("The letter with «fields», to paste into a word processor")
        self.add(row(self.print_button, self.merge_button, self.text_button, None))
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.read_lines)
        self.lines.textChanged.connect(self._timer.start)
        self._show_people(None)

    def show_entry(self, entry: Entry) -> None:
        """Writes about another incident; who was typed for the one before is forgotten."""
        if self.entry is None or self.entry.id != entry.id:
            self.lines.clear()
            self._show_people(None)
            self.choose(self._desk.breaches.reporting.groups(entry)[0])
        self.entry = entry

    def choose(self, group: str) -> None:
        """Which letter they get."""
        self.group = group
        for key, made in self.groups.items():
            made.setChecked(key == group)

    # --- reading -------------------------------------------------------------------------

    def read_lines(self) -> None:
        """Reads what is typed."""
        text = self.lines.toPlainText()
        if not text.strip():
            self._show_people(None)
            return
        self._read(lambda: self._desk.breaches.reporting.recipients_typed(text))

    def read_sheet(self) -> None:
        """Reads a spreadsheet that the user chooses, after a look at how it was read."""
        about = self.entry

        def read(name: str, content: bytes, asked: Asked, progress: Progress) -> Sheet:
            return self._desk.breaches.reporting.recipients_in(
                name, content, asked, lambda: progress.cancelled
            )

        def taken(name: str, sheet: Sheet, again: Again) -> None:
            # Names of one incident never show beside another.
            if self.entry is not about:
                return
            wanted = self.look(sheet, name, again)
            if wanted is not None and self.entry is about:
                self._read(lambda: self._desk.breaches.reporting.recipients_of(wanted))
                if self.people:
                    self._write_lines()

        def failed(error: BaseException) -> None:
            if isinstance(error, Cancelled):
                return
            if not isinstance(error, DpdeskError):
                raise error
            self._show_people(None)
            self.banner.say(str(error), "warn")

        reading = SheetReading(self._around, read)
        if reading.choose("Choose a spreadsheet with the people", taken, failed=failed):
            self._timer.stop()

    def _look(self, sheet: Sheet, name: str, again: Again) -> Sheet | None:
        dialog = SheetDialog(sheet, name, self._would_be, again, self)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.sheet if accepted else None

    def _would_be(self, sheet: Sheet) -> str:
        people = self._desk.breaches.reporting.recipients_of(sheet).people
        return f"{count(len(people), 'letter')} would be written."

    def _write_lines(self) -> None:
        """What came out of a spreadsheet takes the place of what was typed, to be looked at."""
        lines = [
            "; ".join(
                part
                for part in (
                    each.name,
                    *each.address,
                    f"Dear {each.salutation}" if each.salutation else "",
                )
                if part
            )
            for each in self.people
        ]
        self.lines.blockSignals(True)
        self.lines.setPlainText("\n".join(lines))
        self.lines.blockSignals(False)

    def _read(self, read: Callable[[], Recipients]) -> None:
        try:
            found = read()
        except DpdeskError as error:
            self._show_people(None)
            self.banner.say(str(error), "warn")
            return
        self._show_people(found)

    def _show_people(self, found: Recipients | None) -> None:
        self.people = found.people if found is not None else ()
        notes = found.notes if found is not None else ()
        if notes:
            self.banner.say(" ".join(notes), "warn")
        else:
            self.banner.hide()
        names = ", ".join(each.name for each in self.people[:3])
        more = f" and {len(self.people) - 3:,} more" if len(self.people) > 3 else ""
        said = f"{count(len(self.people), 'letter')}: {names}{more}." if self.people else ""
        self.told.setText(said or "Nobody has been entered yet.")
        for made in (self.print_button, self.merge_button):
            made.setEnabled(bool(self.people))

    # --- writing -------------------------------------------------------------------------

    def _now(self) -> Entry:
        assert self.entry is not None
        return self._desk.breaches.breaches.load(self.entry.id)

    def _made(self) -> Letters:
        return self._desk.breaches.reporting.letters(self._now(), self.group, self.people)

    def print_all(self) -> None:
        """Offers one PDF with a letter for each."""
        try:
            made = self._made()
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        notes = [f"{count(len(self.people), 'letter')}, {count(made.pages, 'page')}."]
        if made.missing:
            notes.append(
                f"Still to be filled in, and marked in the letters: {'; '.join(made.missing)}."
            )
        notes += made.warnings
        self._door.offer(lambda: made.content, f"{self._now().reference} letters", notes)

    def save_table(self) -> None:
        """Saves the data source of a mail merge."""
        try:
            content = self._desk.breaches.reporting.mail_merge(self._now(), self.group, self.people)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self._door.save(content, f"{self._now().reference} mail merge.xlsx", "Excel file (*.xlsx)")

    def save_text(self) -> None:
        """Saves the text of the letter with the fields of the data source."""
        try:
            content = self._desk.breaches.reporting.merge_text(self._now(), self.group).encode()
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self._door.save(content, f"{self._now().reference} letter.txt", "Text (*.txt)")
