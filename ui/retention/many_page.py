"""Adding several holdings at once: typed line by line, or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, listed, short_date
from dpdesk.registers import spreadsheet
from dpdesk.registers.spreadsheet import Asked, Sheet
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import PlainPage, help_words, row, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.inputs_choices import ChoiceInput, SegmentInput
from ui.kit.register.sheet_reading import SheetReading
from ui.retention.rows_grid import RowsGrid

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.retention.typed_rows import TypedHolding

_TYPING: Final = 200


class ManyPage(PlainPage):
    """``added`` fires once they are saved; ``closed`` when the user goes back."""

    added = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from dpdesk.retention.typed_rows import COLUMNS  # loaded when somebody comes here

        self.desk, self.around = desk, around
        self.read: list[TypedHolding] = []
        self._offered: list[str] = []
        back = button("Holdings", "mdi6.arrow-left", role="link", does=self._back)
        back.setAccessibleName("Back to Holdings")
        self.body.addLayout(row(back, None))
        self.header = PageHeader("Add several holdings")
        self.sheet_button = button(
            "From a spreadsheet", "mdi6.file-table-outline", does=self.choose_sheet
        )
        self.header.add_button(self.sheet_button)
        self.add_button = button(
            "Add them", "mdi6.check", role="primary", does=self.add, key="Ctrl+S"
        )
        self.header.add_button(self.add_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        self._about = help_words(
            "One line for each box, folder, disk or file. Type a word of the class, or leave "
            "it empty to use that of the line above. “Sept 2015”, “Summer 2012”, “2001/02” or "
            "a year are enough for a date; its last day counts. For pupil files write “born "
            "2004” for the youngest, or “left 2001/02 aged 18”. You can paste lines (Ctrl+V). "
            "Escape leaves the table."
        )
        self._usual = self._about.maximumWidth()
        self.body.addWidget(self._about)
        self.form = ChoiceInput(desk.retention.holdings.register.field("form"))
        self.form.set_value("paper")
        label = words("All of these are", "label")
        label.setBuddy(self.form.target)
        self.count = words("", "muted")
        self.safe = SegmentInput(desk.retention.holdings.register.field("safeguarding"))
        safe = words("Do any concern the safeguarding of a child?", "label")
        safe.setBuddy(self.safe.target)
        asked, flow = flowing(MEDIUM)
        for things in ((label, self.form), (safe, self.safe), (self.count,)):
            together = QWidget(asked)
            together.setLayout(row(*things, space=MEDIUM))
            flow.addWidget(together)
        self.body.addWidget(asked)
        self.grid = RowsGrid(COLUMNS, lambda: self._offered)
        self.body.addWidget(self.grid, 1)
        self.said = words("", "muted", wraps=True)
        self.body.addWidget(self.said)
        self.grid.currentCellChanged.connect(lambda line, *_rest: self._tell(line))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.look)
        self.grid.edited.connect(self._typing.start)
        self.grid.left.connect(self.add_button.setFocus)
        self._build_keys()

    def draw_together(self, *, low: bool) -> None:
        """In a low window what is said about the lines is as wide as they are."""
        super().draw_together(low=low)
        self._about.setMaximumWidth(self.width() if low else self._usual)

    def _build_keys(self) -> None:
        def key(keys: str, does: Callable[[], object]) -> None:
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(does)

        key("Ctrl+S", self.add)
        key("Alt+Left", self._back)

    def begin(self) -> None:
        """Shows empty lines, unless something is typed already."""
        schedule = self.desk.retention.schedule
        self._offered = [entry.title for entry in schedule.in_use()]
        if not self._offered:
            self.banner.say(
                "The schedule has no class yet, and each holding belongs to one.",
                "warn",
                [
                    (
                        "See the standard schedule",
                        lambda: self.around.navigator.open_page("retention_rules", section="usual"),
                    )
                ],
            )
        else:
            self.banner.hide()
        if self.grid.empty:
            self.grid.clear_lines()
        self.grid.setFocus()
        self.look()

    def look(self) -> None:
        """Says beside each line what it becomes."""
        self._typing.stop()
        rows = self.grid.typed()
        form, safe = str(self.form.value() or ""), str(self.safe.value() or "")
        self.read = list(self.desk.retention.questions.read_rows(rows, form, safe))
        understood = {each.row: each for each in self.read}
        today = self.desk.retention.holdings.today()
        for line in range(len(rows)):
            each = understood.get(line)
            if each is None:
                self.grid.say(line, "")
            elif each.problem:
                self.grid.say(line, each.problem, "mdi6.alert-circle-outline", "danger")
            elif each.due is None:
                self.grid.say(line, _said(each, each.note), "mdi6.calendar-question", "warn")
            else:
                word = "Due since" if each.due < today else "Falls due"
                said = f"{word} {short_date(each.due)}"
                if each.note:
                    said += f", {each.note}"
                self.grid.say(line, _said(each, said), "mdi6.check-circle-outline", "ok")
        wrong, ready = len(self._wrong), len(self._ready)
        parts = [f"{count(ready, 'line')} ready"]
        if wrong:
            parts.append("1 needs another look" if wrong == 1 else f"{wrong} need another look")
        self.count.setText(", ".join(parts) if self.read else "")
        self.add_button.setText(f"Add {count(ready, 'holding')}" if ready else "Add them")
        self.add_button.setEnabled(bool(ready))
        self._tell(self.grid.currentRow())

    @property
    def _wrong(self) -> list[TypedHolding]:
        return [each for each in self.read if each.problem]

    @property
    def _ready(self) -> list[TypedHolding]:
        return [each for each in self.read if not each.problem]

    def _tell(self, line: int) -> None:
        """Says in full below the table what stands beside a line; it may be cut off there."""
        self.said.setText(self.grid.said(line) if 0 <= line < self.grid.rowCount() else "")

    def choose_sheet(self) -> None:
        """Reads a spreadsheet into the lines, where each can be seen and mended."""
        from dpdesk.retention.typed_sheets import HEADINGS  # loaded when a spreadsheet comes

        def read(name: str, content: bytes, asked: Asked, progress: Progress) -> Sheet:
            progress.step("Reading the spreadsheet")
            return spreadsheet.read_sheet(
                name,
                content,
                known=HEADINGS,
                asked=asked,
                cancelled=lambda: progress.cancelled,
            )

        SheetReading(self.around, read).choose(
            "Choose a spreadsheet", lambda _name, sheet, _again: self._take(sheet)
        )

    def _take(self, sheet: Sheet) -> None:
        from dpdesk.retention.typed_sheets import arrange  # loaded when a spreadsheet comes

        found = arrange(sheet.columns, [each.cells for each in sheet.rows])
        kept = [line for line in self.grid.typed() if any(line)]
        self.grid.clear_lines()
        self.grid.put([*kept, *found.lines])
        told = [f"{count(len(found.lines), 'line')} read. Nothing is added yet."]
        if found.left_out:
            told.append(f"Not read: {listed(list(found.left_out))}.")
        self.banner.say(" ".join([*told, *sheet.notes]), "info")
        self.look()
        self.grid.setFocus()

    def add(self) -> bool:
        """Saves the lines that are ready; the others stay and can be mended."""
        self.look()
        ready, wrong = self._ready, self._wrong
        if not ready:
            say = "These lines need another look. Nothing was added." if wrong else _NOTHING
            self.banner.say(say, "warn")
            if wrong:
                self.grid.setCurrentCell(wrong[0].row, 0)
                self.grid.setFocus()
            return False
        if any(each.values.get("safeguarding") is None for each in ready):
            self.banner.say(_UNASKED, "warn")
            self.safe.target.setFocus()
            return False
        try:
            changes = self.desk.retention.many.add([each.values for each in ready])
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        number = len(ready)
        self.grid.keep_lines([each.row for each in wrong])
        self.look()
        if not wrong:
            self.safe.set_value(None)
            self.added.emit()
        self.around.bus.publish(changes)
        added = f"{count(number, 'holding')} added."
        self.around.messages.say(added)
        if wrong:
            left = "One line still needs" if len(wrong) == 1 else f"{len(wrong)} lines still need"
            self.banner.say(f"{added} {left} another look.", "warn")
            self.grid.setFocus()
        return True

    def can_leave(self) -> bool:
        """Asks where lines are typed and not added."""
        if self.grid.empty:
            return True
        question = "Leave these lines? They are not added yet."
        if self.around.prompter.choose(question, ("Leave",)) != "Leave":
            return False
        self.grid.clear_lines()
        return True

    def _back(self) -> None:
        if self.can_leave():
            self.closed.emit()


def _said(each: TypedHolding, words: str) -> str:
    """What a line becomes, with its class where that was named in words."""
    return f"{each.code}: {words}" if each.code else words


_UNASKED: Final = "First say whether any of them concern the safeguarding of a child."
_NOTHING: Final = "Type a line for each holding first."
