"""Who gets a letter: nobody by name, typed lines, or a spreadsheet. Nobody is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.spreadsheet import Asked, Sheet
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.sheet_dialog import SheetDialog
from ui.kit.register.sheet_reading import Again, SheetReading

if TYPE_CHECKING:
    from dpdesk.breaches.recipients import Recipient, Recipients

_WAIT = 300
_LINES = 4
_HELP = (
    "One line for each person: name; address; next line; Child: name. A letter is addressed by "
    "title and surname; write “Dear …” where it should be otherwise. Names are used for these "
    "letters and not kept. Leave it empty for one letter to all."
)


class RecipientsBox(QWidget):
    """``changed`` fires when other people are meant; read them from ``people``."""

    changed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self.people: Sequence[Recipient] = ()
        self._reading = 0
        self.look: Callable[[Sheet, str, Again], Sheet | None] = self._look
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName("Who the letter goes to")
        self.lines.setPlaceholderText(
            "Mrs Pat Example; 1 Invented Road; Little Wenham; Child: Kit Example"
        )
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(QFontMetrics(self.lines.font()).lineSpacing() * _LINES + 18)
        self.sheet = button(
            "Choose a spreadsheet…", "mdi6.file-import-outline", does=self.read_sheet
        )
        self.banner = Banner(closable=False)
        self.told = help_words("", "")
        head = row(words("Who gets it", "label"), None, self.sheet)
        self.setLayout(column(head, help_words(_HELP), self.lines, self.banner, self.told))
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.read_lines)
        self.lines.textChanged.connect(self._timer.start)
        self._show(None)

    def forget(self) -> None:
        """Forgets everybody."""
        self._reading += 1
        self.lines.clear()
        self._timer.stop()
        self._show(None)

    def settle(self) -> bool:
        """Reads what was typed last; False where something stands there that names nobody."""
        if self._timer.isActive():
            self.read_lines()
        return bool(self.people) or not self.lines.toPlainText().strip()

    def read_lines(self) -> None:
        """Reads what is typed."""
        self._timer.stop()
        text = self.lines.toPlainText()
        if not text.strip():
            self._show(None)
            return
        self._read(lambda: self._desk.breaches.reporting.recipients_typed(text))

    def read_sheet(self) -> None:
        """Reads a spreadsheet that the user chooses, after a look at how it was read."""
        asked_by = self._reading = self._reading + 1

        def read(name: str, content: bytes, asked: Asked, progress: Progress) -> Sheet:
            return self._desk.breaches.reporting.recipients_in(
                name, content, asked, lambda: progress.cancelled
            )

        def taken(name: str, sheet: Sheet, again: Again) -> None:
            # Names of one incident never show beside another.
            if self._reading != asked_by:
                return
            wanted = self.look(sheet, name, again)
            if wanted is not None and self._reading == asked_by:
                self._read(lambda: self._desk.breaches.reporting.recipients_of(wanted))
                if self.people:
                    self._write_lines()

        def failed(error: BaseException) -> None:
            if isinstance(error, Cancelled):
                return
            if not isinstance(error, DpdeskError):
                raise error
            self._show(None)
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

    def _read(self, read: Callable[[], Recipients]) -> None:
        try:
            found = read()
        except DpdeskError as error:
            self._show(None)
            self.banner.say(str(error), "warn")
            return
        self._show(found)

    def _write_lines(self) -> None:
        """What came out of a spreadsheet takes the place of what was typed, to be looked at."""
        self.lines.blockSignals(True)
        self.lines.setPlainText("\n".join(map(_line, self.people)))
        self.lines.blockSignals(False)

    def _show(self, found: Recipients | None) -> None:
        self.people = found.people if found is not None else ()
        notes = found.notes if found is not None else ()
        if notes:
            self.banner.say(" ".join(notes), "warn")
        else:
            self.banner.hide()
        dears = ", ".join(f"Dear {each.dear}" for each in self.people[:3])
        more = f" and {len(self.people) - 3:,} more" if len(self.people) > 3 else ""
        said = f"{count(len(self.people), 'letter')}: {dears}{more}." if self.people else ""
        self.told.setText(said or "One letter, to nobody by name.")
        self.changed.emit()


def _line(each: Recipient) -> str:
    """A recipient as it would be typed."""
    parts: list[str] = [each.name, *each.address]
    if each.child:
        parts.append(f"Child: {each.child}")
    if each.salutation:
        parts.append(f"Dear {each.salutation}")
    return "; ".join(parts)
