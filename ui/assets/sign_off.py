"""The information audit: every asset reviewed with the person who owns it, and signed off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_date
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Field, Kind
from ui.assets.meter import Meter
from ui.assets.sign_off_card import SignOffCard
from ui.kit.look import plain
from ui.kit.look.icons import SIZE, icon
from ui.kit.look.theme import LARGE, MEDIUM, TINY, give_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.inputs_dates import DateInput

if TYPE_CHECKING:
    from dpdesk.assets.audit import AuditLine

REGISTER: Final = "assets"
_LIST = 300
_ID = Qt.ItemDataRole.UserRole


class AssetSignOffPage(LivePage):
    """The page "Sign-off" of the assets tab.

    What was reviewed since the day the round began counts as confirmed.
    """

    key = "sign_off"
    title = "Sign-off"
    icon = "mdi6.account-check-outline"
    help_page = "assets"
    begins = REGISTER
    shows: ClassVar = frozenset({REGISTER, "systems", "retention_rules"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.lines: tuple[AuditLine, ...] = ()
        self._later: set[int] = set()
        self._opened: dict[int, int] = {}
        """Assets that were opened to be changed, with the version they had then."""
        self._build_head()
        self._build_round()
        self._build_middle()
        self._build_keys()

    # --- building ------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.header = PageHeader("Sign-off with the owners", "", self)
        self.print_button = button(
            "Print the sign-off list",
            "mdi6.printer-outline",
            does=self.print_list,
            key="Ctrl+P",
            hint="What was reviewed with whom, what is left, and space to sign",
        )
        self.meter = Meter("Confirmed in this round", self)
        self.header.add_button(self.meter)
        self.header.add_button(self.print_button)
        self.body.addWidget(self.header)

    def _build_round(self) -> None:
        self.owners = Combo(self)
        self.owners.setAccessibleName("Whose assets")
        self.owners.setMinimumContentsLength(14)
        self.owners.activated.connect(lambda _place: self._begin_round())
        asked = Field(Kind.DATE, "Confirmed since", name="since", past=True)
        self.since = DateInput(asked, self.around.now, self)
        self.since.left.connect(self._begin_round)
        whose = words("Assets of", "label")
        whose.setBuddy(self.owners)
        counted = words("Confirmed since", "label")
        counted.setBuddy(self.since.line)
        self.body.addLayout(row(whose, self.owners, counted, self.since, None, space=MEDIUM))

    def _build_middle(self) -> None:
        frame = Card(parent=self)
        frame.body.setContentsMargins(TINY, TINY, TINY, TINY)
        frame.setFixedWidth(_LIST)
        self.list = QListWidget(frame)
        give_role(self.list, "inset")
        self.list.setIconSize(QSize(SIZE, SIZE))
        frame.add(self.list)
        self.frame = frame
        self.list.setAccessibleName("Assets of this round")
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.card = SignOffCard(self.desk, self.around, self)
        self.card.confirmed.connect(self._confirmed)
        self.card.change_asked.connect(self._change)
        self.card.later_asked.connect(self.later)
        self.empty = EmptyState(self)
        middle = row(frame, self.card, self.empty, space=LARGE)
        middle.setStretch(1, 1)
        middle.setStretch(2, 1)
        self.body.addLayout(middle, 1)

    def draw_together(self, *, low: bool) -> None:
        """In a low window the answer scrolls with what is read out; its buttons stay."""
        super().draw_together(low=low)
        self.card.draw_together(low=low)

    def _build_keys(self) -> None:
        def key(keys: str, does: Callable[[], object]) -> None:
            made = QShortcut(QKeySequence(keys), self)
            plain.work_inside(made)
            made.activated.connect(does)

        key("Ctrl+Return", self.card.confirm_button.click)
        key("Ctrl+E", self.card.change_button.click)
        key("Ctrl+PgDown", self.later)
        key("Ctrl+PgUp", self.previous)
        key("Ctrl+P", self.print_button.click)
        on_escape(self, self.around.navigator.back)

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the round as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard goes to the answer."""
        target = self.card.confirm_button if not self.card.isHidden() else self.empty.action
        target.setFocus()

    def read(self) -> None:
        """Reads the round afresh; the asset shown stays."""
        if self.since.value() is None:
            self.since.set_value(self.desk.assets.audit.begun())
        try:
            every = self.desk.assets.audit.lines(self.since.value())
        except DpdeskError as error:
            self._show_empty("mdi6.alert-outline", str(error), "Try again", self.reload)
            return
        self._fill_owners(every)
        owner = self.owner
        self.lines = tuple(line for line in every if owner is None or line.owner == owner)
        done = sum(line.done for line in self.lines)
        self.meter.show_count(done, len(self.lines), f"{done} of {len(self.lines)} confirmed")
        self.print_button.setEnabled(bool(every))
        self._fill_list()

    def _fill_owners(self, every: Sequence[AuditLine]) -> None:
        chosen = self.owner
        counts = Counter(line.owner for line in every)
        self.owners.clear()
        self.owners.addItem(f"everybody ({len(every)})")
        for owner, number in counts.items():
            self.owners.addItem(f"{owner or 'nobody yet'} ({number})", owner)
        place = self.owners.findData(chosen) if chosen is not None else 0
        self.owners.setCurrentIndex(max(0, place))

    def _fill_list(self) -> None:
        shown = self._current_id()
        self.list.blockSignals(True)
        self.list.clear()
        before: str | None = None
        for line in self.lines:
            if line.owner != before:
                before = line.owner
                head = QListWidgetItem(line.owner or "Nobody is named as owner", self.list)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                font = head.font()
                font.setBold(True)
                head.setFont(font)
                head.setForeground(self.palette().placeholderText())
            self._add(line)
        self.list.blockSignals(False)
        if not self.lines:
            self._show_nothing()
            return
        self._go_to(shown if self._line(shown) is not None else self._next())

    def _add(self, line: AuditLine) -> None:
        number = line.entry.id
        if line.done:
            icon_name, colour, said = "mdi6.check-circle", "ok", "confirmed"
        elif number in self._later:
            icon_name, colour, said = "mdi6.clock-outline", "muted", "later"
        else:
            icon_name, colour, said = "mdi6.circle-outline", "accent", "to be reviewed"
        made = QListWidgetItem(icon(icon_name, colour), line.entry.title, self.list)
        made.setData(_ID, number)
        made.setToolTip(f"{line.entry.reference} {line.entry.title}: {said}")
        made.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.entry.title}, {said}")

    def _show_nothing(self) -> None:
        self._show_empty(
            "mdi6.account-check-outline",
            "There is nothing to review yet. Once the register has entries, you review "
            "each one here with its owner.",
            "Open the register",
            lambda: self.around.navigator.open_page(REGISTER),
        )

    def _show_finished(self) -> None:
        whom = {None: "", "": " without an owner"}.get(self.owner, f" of {self.owner}")
        told = "The one asset" if len(self.lines) == 1 else f"All {len(self.lines)} assets"
        verb = "has" if len(self.lines) == 1 else "have"
        self._show_empty(
            "mdi6.check-circle-outline",
            f"{told}{whom} {verb} been confirmed since {long_date(self.since.value())}. "
            "Print the list and have it signed.",
            "Print the sign-off list",
            self.print_list,
        )

    def _show_empty(
        self, icon_name: str, text: str, action: str, does: Callable[[], object]
    ) -> None:
        self.frame.setVisible(bool(self.lines))
        self.card.hide()
        self.empty.say(icon_name, text, action, does)
        self.empty.show()
        self.list.clearSelection()

    @property
    def owner(self) -> str | None:
        """Whose assets are reviewed: None for everybody's, an empty text for nobody's."""
        return str(self.owners.currentData()) if self.owners.currentIndex() > 0 else None

    # --- walking -------------------------------------------------------------------------

    def _current_id(self) -> int:
        entry = self.card.entry
        return entry.id if entry is not None and not self.card.isHidden() else 0

    def _line(self, number: int) -> AuditLine | None:
        return next((line for line in self.lines if line.entry.id == number), None)

    def _next(self, after: int = 0) -> int:
        """The next asset that is not confirmed, those put off last; 0 where all are."""
        ids = [line.entry.id for line in self.lines]
        start = ids.index(after) + 1 if after in ids else 0
        ahead = self.lines[start:] + self.lines[:start]
        left = [line.entry.id for line in ahead if not line.done and line.entry.id != after]
        fresh = [number for number in left if number not in self._later]
        return next(iter(fresh or left), 0)

    def _go_to(self, number: int) -> None:
        """Shows an asset of the round; 0 says that all are confirmed."""
        if not number:
            self._show_finished()
            return
        for place in range(self.list.count()):
            made = self.list.item(place)
            if made.data(_ID) == number:
                self.list.setCurrentItem(made)
                self._show(made)
                return

    def _show(self, made: QListWidgetItem | None) -> None:
        line = self._line(int(made.data(_ID) or 0)) if made is not None else None
        if line is None:
            return
        self.empty.hide()
        self.frame.show()
        self.card.show()
        number = line.entry.id
        changed = self._opened.get(number, line.entry.version) != line.entry.version
        self.card.show_line(line, changed=changed)

    def later(self) -> None:
        """Puts the asset shown off to the end of the round."""
        number = self._current_id()
        if not number:
            return
        line = self._line(number)
        if line is not None and not line.done:
            self._later.add(number)
        self._fill_list()
        self._go_to(self._next(number) or number)
        self.card.confirm_button.setFocus()

    def previous(self) -> None:
        """Shows the asset before this one."""
        ids = [line.entry.id for line in self.lines]
        number = self._current_id()
        place = ids.index(number) if number in ids else len(ids)
        if place > 0:
            self._go_to(ids[place - 1])

    # --- doing ---------------------------------------------------------------------------

    def _begin_round(self) -> None:
        self._later.clear()
        if self.since.problem() or self.since.value() is None:
            return
        self.card.hide()
        self.reload()

    def _change(self, number: int) -> None:
        line = self._line(number)
        if line is not None:
            self._opened.setdefault(number, line.entry.version)
            self.around.navigator.open_entry(REGISTER, number)

    def _confirmed(self, saved: Saved) -> None:
        number = saved.entry.id
        self._later.discard(number)
        self._opened.pop(number, None)
        after = self._next(number)
        self.around.bus.publish(saved.changes)
        self._go_to(after)
        self.take_focus()
        self.around.messages.say(
            f"{saved.entry.reference} signed off.", undo=partial(self._take_back, saved)
        )

    def _take_back(self, saved: Saved) -> None:
        try:
            self.around.bus.publish(self.desk.assets.audit.take_back(saved))
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self._go_to(saved.entry.id)

    def print_list(self) -> None:
        """The round on paper."""
        lines, since = self.lines, self.since.value()
        self.door.offer(
            lambda: self.desk.assets.prints.audit(lines, since).content, "Sign-off list"
        )
