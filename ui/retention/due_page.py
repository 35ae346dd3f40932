"""Due now: what may be disposed of, what is overdue, what is held up, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Query, Saved
from ui.kit.look.icons import icon
from ui.kit.look.theme import MEDIUM, SMALL, set_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.chips import ChipRow
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import next_keys, on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.shelf import PageStack
from ui.kit.pieces.surroundings import Surroundings
from ui.retention.check_table import CheckTable
from ui.retention.due_cards import LineCard
from ui.retention.due_lines import CHIPS, COLUMNS, behind, found, line_of
from ui.retention.due_rail import DueRail

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.retention.holding_rows import DueHolding
    from ui.kit.pieces.paper_door import PaperDoor

KEY = "retention_due"
_APPROVE = "mdi6.archive-check-outline"
_TYPING = 150
_NARROW = 1000
"""A page of fewer pixels has its filters below the search, so that its lines keep their room."""
_SHORT = 244
"""Pixels of a title where the window is low; when it fell due is to be seen beside it."""
_MANY = 3_000
"""From so many on they are worked out apart from the window, which takes a second or more."""
_METHODS = {"TR": "transfer", "AR": "archive"}
_BY_FORM = {"paper": "shred", "electronic": "erase"}


class DuePage(LivePage):
    """The first page of the area."""

    shows: ClassVar = frozenset({"holdings", "disposals", "retention_rules", "holds"})
    begins = "holdings"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.key, self.title, self.icon = KEY, "Due now", "mdi6.archive-clock-outline"
        self.help_page = "retention"
        self.every: dict[int, DueHolding] = {}
        self.chip = "due"
        self._actions = {
            each.code: each.label
            for each in desk.retention.schedule.register.field("action").choices
        }
        self._build_header()
        middle = row(space=MEDIUM)
        middle.addLayout(self._build_left(), 1)
        middle.addWidget(self._build_rail())
        self.body.addLayout(middle, 1)
        self._build_keys()

    # --- building ------------------------------------------------------------------------

    def _build_header(self) -> None:
        self.header = PageHeader("Due now")
        offers = (
            ("Print", "mdi6.printer-outline", self.print_list, "button"),
            ("Keep longer", "mdi6.archive-plus-outline", self.keep, "button"),
            ("Approve for disposal", _APPROVE, self.approve, "primary"),
        )
        self.buttons = {}
        for label, glyph, does, role in offers:
            self.buttons[label] = button(label, glyph, role=role, does=does)
            self.header.add_button(self.buttons[label])
        self.body.addWidget(self.header)

    def _build_left(self) -> QVBoxLayout:
        self._left = left = QVBoxLayout()
        left.setSpacing(MEDIUM)
        self.search = QLineEdit()
        set_role(self.search, "search")
        self.search.setPlaceholderText("Search   Ctrl+F")
        self.search.setAccessibleName("Search what is due")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(190)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.show_lines)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.chips = ChipRow(CHIPS, ("overdue", "held"))
        self.chips.chosen.connect(self.show_chip)
        self.all_button = button("Tick all", role="link", does=self._tick_all)
        self.count = words("", "muted")
        ticked = row(self.count, self.all_button, space=SMALL)
        filters = row(self.search, self.chips, ticked, space=MEDIUM)
        filters.setStretch(1, 1)
        self.search.setFixedHeight(32)
        for thing in (self.search, ticked):
            filters.setAlignment(thing, Qt.AlignmentFlag.AlignTop)
        self.chips.choose(self.chip)
        self._filters, self._below = filters, row(space=MEDIUM)
        left.addLayout(self._filters)
        left.addLayout(self._below)
        self.table = CheckTable("Due for disposal", COLUMNS)
        self.table.opened.connect(partial(self.around.navigator.open_entry, "holdings"))
        self.table.ticked.connect(self._show_count)
        self.table.refused.connect(partial(self.around.messages.say, tone="warn"))
        self.table.moved.connect(self._show_line)
        self.table.typed.connect(self._typed)
        # What is done with the ticks is one key away from them, though it stands in the head.
        next_keys(self.table, self.buttons["Approve for disposal"], self.buttons["Keep longer"])
        self.empty = EmptyState()
        self.stack = PageStack()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        left.addWidget(self.stack, 1)
        self.line = LineCard(self.around)
        left.addWidget(self.line)
        return left

    def _build_rail(self) -> QWidget:
        self.rail = DueRail(self.desk, self.around)
        self.rail.turned.connect(self._turned)
        self.rail.approved.connect(self._approved)
        self.rail.done_asked.connect(self._note_done)
        self.rail.print_asked.connect(
            lambda: self.door.offer(
                lambda: self.desk.retention.prints.outlook().content, "What falls due"
            )
        )
        return self.rail

    def _build_keys(self) -> None:
        def key(keys: str, does: Callable[[], object]) -> None:
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(does)

        key("Ctrl+F", self._focus_search)
        key("Ctrl+P", self.print_list)
        key("F5", self.reload)
        on_escape(self, self._escape)

    # --- showing -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The filters stand beside the search where there is room, else below it."""
        super().resizeEvent(event)
        below = self._below.indexOf(self.chips) >= 0
        if below == (self.width() < _NARROW):
            return
        if below:
            self._below.removeWidget(self.chips)
            self._filters.insertWidget(1, self.chips, 1)
        else:
            self._filters.removeWidget(self.chips)
            self._below.addWidget(self.chips, 1)

    def draw_together(self, *, low: bool) -> None:
        """In a low window the line looked at stands beside the list, which has its room."""
        super().draw_together(low=low)
        self.table.setColumnWidth(1, _SHORT if low else COLUMNS[0][1])
        if low == self.rail.has_guest:
            return
        if low:
            self._left.removeWidget(self.line)
            self.rail.take_guest(self.line)
        else:
            self.rail.give_back(self.line)
            self._left.addWidget(self.line)

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what changed, and takes the keyboard where nothing here has it."""
        super().showEvent(event)
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.take_focus()

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
        elif not self.empty.action.isHidden():
            self.empty.take_focus()
        else:
            super().take_focus()

    def read(self) -> None:
        """Works out afresh what is due; what is ticked stays ticked where it is still free."""
        holdings = self.desk.retention.holdings
        try:
            self.rail.refresh()
            if next(iter(holdings.falls_due(1).values())) > _MANY:
                self.around.tasks.run(
                    lambda _progress: holdings.due(),
                    title="Working out what is due",
                    on_success=self._take,
                    on_error=self._failed,
                    cancellable=False,
                )
            else:
                self._take(holdings.due())
        except DpdeskError as error:
            self._failed(error)

    def _take(self, every: Iterable[DueHolding]) -> None:
        self.every = {each.entry_id: each for each in every}
        self.show_lines()

    def _failed(self, fault: BaseException) -> None:
        if not isinstance(fault, DpdeskError):
            raise fault
        self.empty.say("mdi6.alert-outline", str(fault), "Try again", self.reload)
        self.stack.setCurrentWidget(self.empty)

    def show_lines(self) -> None:
        """Shows what the filter and the search let through."""
        self._typing.stop()
        every = list(self.every.values())
        self.chips.show_counts({key: len(behind(key, every)) for key, _ in CHIPS})
        shown = found(self.search.text(), behind(self.chip, every))
        shown.sort(key=lambda each: (each.due, each.code, each.reference))
        today = self.desk.retention.holdings.today()
        self.table.show_lines(line_of(each, self._actions, today) for each in shown)
        if shown:
            self.stack.setCurrentWidget(self.table)
            if not self.table.current_id():
                self.table.choose_row(0)
        else:
            self._show_empty(len(every))
        self._show_line(self.table.current_id())
        self._show_count()

    def _show_empty(self, number: int) -> None:
        self.stack.setCurrentWidget(self.empty)
        go = self.around.navigator
        if number:
            say = "Nothing matches this filter or search."
            self.empty.say("mdi6.check-circle-outline", say, "Show all", self._show_all)
            return
        schedule = self.desk.retention.schedule.listing(Query(chip="in_use"))
        if not schedule.total:
            self.empty.say(
                "mdi6.calendar-clock-outline",
                "First say how long each kind of record is kept: start with the standard "
                "schedule for a small school, and change what is different at yours.",
                "See the standard schedule",
                partial(go.open_page, "retention_rules", section="usual"),
            )
        elif not self.desk.retention.holdings.listing().total:
            self.empty.say(
                "mdi6.archive-plus-outline",
                "No holdings have been entered yet. Add what you keep: a line for each "
                "box, folder or file.",
                "Add holdings",
                partial(go.open_page, "holdings", section="many"),
                begins=True,
            )
        else:
            self.empty.say(
                "mdi6.check-circle-outline",
                "Nothing is due for disposal today.",
                "See everything that is kept",
                partial(go.open_page, "holdings"),
            )

    def _show_all(self) -> None:
        self.search.clear()
        self.show_chip("all")

    def _show_line(self, number: int) -> None:
        shown = self.stack.currentWidget() is self.table
        each = self.every.get(number) if shown else None
        self.line.show_line(each, self._actions.get(each.action, "") if each else "")

    def _show_count(self) -> None:
        ticked, rows = len(self.table.chosen), self.table.lines.rowCount()
        self.count.setText(f"{ticked:,} of {rows:,} ticked")
        self.all_button.setText("Untick all" if ticked and ticked == self._free() else "Tick all")
        self.all_button.setVisible(self._free() > 1)

    def _free(self) -> int:
        return sum(not line.locked for line in self.table.lines.lines)

    # --- going ---------------------------------------------------------------------------

    def show_chip(self, chip: str) -> None:
        """Shows one of the filters; unknown ones show what may be disposed of."""
        self.chip = chip if chip in dict(CHIPS) else "due"
        self.chips.choose(self.chip)
        self.show_lines()

    def show_section(self, section: str) -> None:
        """Asks for the approval of holdings named by their references, due or not."""
        self.begin_approval(section.split())

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows what is due, with the keyboard on one of it."""
        self.search.clear()
        self.reload()
        each = self.every.get(entry_id)
        self.show_chip("held" if each is not None and each.held_up else "due")
        self.table.go_to(entry_id)

    def can_leave(self) -> bool:
        """Asks where a reason was typed and nothing came of it."""
        if not self.rail.dirty:
            return True
        question = "Leave without finishing? What you typed beside the list will be lost."
        if self.around.prompter.choose(question, ("Leave",)) != "Leave":
            return False
        self.rail.close_questions()
        return True

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _escape(self) -> None:
        if self.rail.busy:
            self.rail.close_questions()
        elif self.search.text():
            self.search.clear()
        elif self.search.hasFocus():
            self.take_focus()
        else:
            self.around.navigator.back()

    # --- doing ---------------------------------------------------------------------------

    def _tick_all(self) -> None:
        self.table.tick_all()

    def _ticked(self) -> list[DueHolding]:
        ticked = [self.every[number] for number in self.table.chosen if number in self.every]
        if not ticked:
            say = "First tick the holdings: click the box, or press Space."
            self.around.messages.say(say, tone="info")
            self.take_focus()
        return ticked

    def approve(self) -> None:
        """Asks what the approval of the ticked holdings needs."""
        ticked = self._ticked()
        if ticked:
            self.begin_approval([each.reference for each in ticked], _method(ticked))

    def begin_approval(self, references: Sequence[str], method: str = "") -> None:
        """Opens the questions beside the list."""
        self.rail.approve(references, method)

    def keep(self) -> None:
        """Asks why and until when the ticked holdings are kept."""
        ticked = self._ticked()
        if ticked:
            self.rail.keep([each.entry_id for each in ticked])

    def _turned(self) -> None:
        """One primary button on the page: that of the questions while they are open."""
        busy = self.rail.busy
        made = self.buttons["Approve for disposal"]
        set_role(made, "button" if busy else "primary")
        made.setIcon(icon(_APPROVE, "accent" if busy else "on_accent"))
        if not busy and self.isVisible():
            self.take_focus()

    def _approved(self, saved: Saved) -> None:
        self.around.bus.publish(saved.changes)
        self.around.messages.say(
            f"{saved.entry.reference} is approved. When it has been carried out, press "
            "“Record as done”."
        )

    def _note_done(self, number: int) -> None:
        self.around.navigator.open_entry("disposals", number, "done")

    def print_list(self) -> None:
        """Prints what is due, with reasons, and what is held up."""
        self.door.offer(lambda: self.desk.retention.prints.due_list().content, "Due for disposal")


def _method(ticked: Sequence[DueHolding]) -> str:
    """How these are usually disposed of; empty where they differ."""
    wanted = {_METHODS.get(each.action) or _BY_FORM.get(each.form, "") for each in ticked}
    return wanted.pop() if len(wanted) == 1 else ""
