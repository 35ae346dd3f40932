"""Adding several holdings at once: typed line by line, or pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, short_date
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Page, PageHeader, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import ChoiceInput
from ui.retention.rows_grid import RowsGrid

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.retention.typed_rows import TypedHolding

_TYPING: Final = 200


class ManyPage(Page):
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
        self.add_button = button(
            "Add them", "mdi6.check", role="primary", does=self.add, key="Ctrl+S"
        )
        self.header.add_button(self.add_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        self.body.addWidget(
            help_words(
                "One line for each box, folder, disk or file. Leave the class empty to "
                "use the class of the line above. A year is enough for a date, or "
                "“2001/02”; the end of that year counts. You can paste lines copied from "
                "a spreadsheet (Ctrl+V). Press Escape to leave the table."
            )
        )
        self.form = ChoiceInput(desk.retention.holdings.register.field("form"))
        self.form.set_value("paper")
        label = words("All of these are", "label")
        label.setBuddy(self.form.target)
        self.count = words("", "muted")
        self.body.addLayout(row(label, self.form, None, self.count, space=MEDIUM))
        self.grid = RowsGrid(COLUMNS, lambda: self._offered)
        self.body.addWidget(self.grid, 1)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.look)
        self.grid.edited.connect(self._typing.start)
        self.grid.left.connect(self.add_button.setFocus)
        self._build_keys()

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
        form = str(self.form.value() or "")
        self.read = list(self.desk.retention.questions.read_rows(rows, form))
        understood = {each.row: each for each in self.read}
        today = self.desk.retention.holdings.today()
        for line in range(len(rows)):
            each = understood.get(line)
            if each is None:
                self.grid.say(line, "")
            elif each.problem:
                self.grid.say(line, each.problem, "mdi6.alert-circle-outline", "danger")
            elif each.due is None:
                self.grid.say(line, each.note, "mdi6.calendar-question", "warn")
            else:
                word = "Due since" if each.due < today else "Falls due"
                said = f"{word} {short_date(each.due)}"
                self.grid.say(line, said, "mdi6.check-circle-outline", "ok")
        wrong = sum(bool(each.problem) for each in self.read)
        ready = len(self.read) - wrong
        parts = [f"{count(ready, 'line')} ready"]
        if wrong:
            parts.append("1 needs another look" if wrong == 1 else f"{wrong} need another look")
        self.count.setText(", ".join(parts) if self.read else "")
        self.add_button.setText(f"Add {count(ready, 'holding')}" if ready else "Add them")
        self.add_button.setEnabled(bool(ready) and not wrong)

    def add(self) -> bool:
        """Saves all of them, or none and says why."""
        self.look()
        wrong = [each for each in self.read if each.problem]
        if wrong or not self.read:
            say = "Some lines need another look. Nothing was added." if wrong else _NOTHING
            self.banner.say(say, "warn")
            if wrong:
                self.grid.setCurrentCell(wrong[0].row, 0)
                self.grid.setFocus()
            return False
        try:
            changes = self.desk.retention.many.add([each.values for each in self.read])
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        number = len(self.read)
        self.grid.clear_lines()
        self.look()
        self.added.emit()
        self.around.bus.publish(changes)
        self.around.messages.say(f"{count(number, 'holding')} added.")
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


_NOTHING: Final = "Type a line for each holding first."
