"""The quarterly review of risks in one sitting: one after the other, one key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from dpdesk.assurance.pick_lists import levels, pick, short
from dpdesk.assurance.risk_records import Risk
from dpdesk.assurance.risk_rules import change_said
from dpdesk.assurance.risk_service import Judged, counted
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from ui.kit.look import plain
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, give_role
from ui.kit.pieces.badges import Badge, BadgeLabel
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, help_words, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo

_LIST: Final = 300
_LOW: Final = 36
"""Pixels of the list in a low window."""
_ID = Qt.ItemDataRole.UserRole
_KEYS: Final = {"same": "1", "worse": "2", "better": "3", "gone": "4"}


class RiskPicture(Card):
    """How many risks there are, by how likely and how bad: sign, number and colour together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How many, how bad and how likely", parent=parent)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(MEDIUM)
        self.grid.setVerticalSpacing(SMALL)
        self.body.addLayout(self.grid)
        self._cells: dict[tuple[str, str], tuple[QLabel, BadgeLabel]] = {}
        likely, bad = pick("likelihoods"), tuple(reversed(pick("severities")))
        for across, choice in enumerate(likely, start=1):
            self.grid.addWidget(words(short("likelihoods", choice.code), "label"), 0, across)
        for down, choice in enumerate(bad, start=1):
            self.grid.addWidget(words(short("severities", choice.code), "label"), down, 0)
            for across, other in enumerate(likely, start=1):
                none, some = words("–"), BadgeLabel(parent=self)
                self._cells[choice.code, other.code] = none, some
                for cell in (none, some):
                    self.grid.addWidget(cell, down, across, Qt.AlignmentFlag.AlignCenter)
        self.change = help_words("")
        self.add(self.change)

    def show_counts(self, numbers: dict[tuple[str, str], int]) -> None:
        """Shows a number in each cell with how high such risks are, for screen readers too."""
        for (bad, likely), (none, some) in self._cells.items():
            number = numbers.get((bad, likely), 0)
            level = Risk.register.state(levels()[bad][likely])
            said = f"{short('severities', bad)}, {short('likelihoods', likely).lower()}: {number}"
            none.setVisible(not number)
            none.setAccessibleName(said)
            hint = f"{said} ({level.label.lower()})"
            some.show_badge(Badge(str(number), level.icon, level.tone, hint) if number else None)

    def show_change(self, judged: Sequence[Judged]) -> None:
        """Says how many rose and fell since the last quarter."""
        self.change.setText(change_said(each.change for each in judged))


class LookAgainPage(LivePage):
    """The page "Risk review" of the assurance tab."""

    key = "look_again"
    title = "Risk review"
    icon = "mdi6.calendar-refresh-outline"
    help_page = "risks"
    begins = "risks"
    shows: ClassVar = frozenset({"risks", "risk_reviews"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.risks = desk, desk.assurance.risks
        self.left: tuple[Judged, ...] = ()
        self.header = PageHeader("Review the risks", "", self)
        self.body.addWidget(self.header)
        self._build()
        on_escape(self, self.around.navigator.back)

    def _build(self) -> None:
        frame = Card("Still to review", parent=self)
        frame.setFixedWidth(_LIST)
        self.list = QListWidget(frame)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Risks to look at this quarter")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        frame.body.addWidget(self.list, 1)
        self.frame = frame
        self.card = Card("", parent=self)
        self.name = words("", "title", wraps=True)
        self.about = help_words("")
        self.card.add(self.name)
        self.card.add(self.about)
        self.card.add(words("How is it now?", "heading"))
        made = []
        for choice in pick("risk_verdicts"):
            press = button(
                f"{_KEYS[choice.code]}  {choice.label}",
                role="primary" if choice.code == "same" else "",
                does=partial(self.answer, choice.code),
            )
            made.append(press)
            self._key(_KEYS[choice.code], partial(self.answer, choice.code))
        self.buttons = made
        self.card.add(row(*made, None))
        self.likely = self._combo("likelihoods", "How likely it is now")
        self.bad = self._combo("severities", "How bad it would be now")
        label = help_words("If it is worse or better, choose first how likely and how bad it is.")
        self.card.add(label)
        self.card.add(row(self.likely, self.bad, None))
        self.open_button = button("Open the risk", "mdi6.open-in-new", role="link", does=self._open)
        self.card.add(row(self.open_button, None))
        self.card.body.addStretch(1)
        self.picture = RiskPicture(self)
        self.empty = EmptyState(self)
        self.picture.setFixedWidth(_LIST)
        self._left = left = column(frame, self.picture, space=LARGE)
        left.setStretch(0, 1)
        middle = row(left, self.card, self.empty, space=LARGE)
        middle.setStretch(1, 1)
        middle.setStretch(2, 1)
        self.body.addLayout(middle, 1)

    def draw_together(self, *, low: bool) -> None:
        """In a low window the list of what is left gives way, as one risk is shown at a time."""
        super().draw_together(low=low)
        self.list.setMinimumHeight(_LOW if low else 0)
        self._left.setSpacing(SMALL if low else LARGE)

    def _combo(self, name: str, said: str) -> Combo:
        made = Combo(self)
        heard_as(made, said)
        for choice in pick(name):
            made.addItem(short(name, choice.code), choice.code)
            made.setItemData(made.count() - 1, choice.label, Qt.ItemDataRole.ToolTipRole)
        return made

    def _key(self, key: str, does: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(key), self)
        plain.work_inside(made)
        made.activated.connect(does)

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the sitting as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the first answer."""
        if self.card.isHidden():
            self.empty.take_focus()
        else:
            self.buttons[0].setFocus()

    def read(self) -> None:
        """Reads what is left of this quarter."""
        judged = self.risks.judged()
        self.left = self.risks.sitting()
        self.picture.show_counts(counted(judged))
        self.picture.show_change(judged)
        self.picture.setVisible(bool(judged))
        self.header.say("Review the risks", f"{len(self.left)} left this quarter")
        self.list.blockSignals(True)
        self.list.clear()
        for each in self.left:
            item = QListWidgetItem(f"{each.entry.title}", self.list)
            item.setData(_ID, each.entry.id)
            item.setToolTip(each.entry.title)
        self.list.blockSignals(False)
        none = not self.left
        self.frame.setHidden(none)
        self.card.setHidden(none)
        self.empty.setVisible(none)
        if none and judged:
            self.empty.say(
                "mdi6.check-circle-outline",
                "Every risk has been reviewed this quarter.",
                "Open the risks",
                partial(self.around.navigator.open_page, "risks"),
            )
        elif none:
            self.empty.say(
                "mdi6.alert-outline",
                "There are no risks on record yet. A small school has ten to twenty.",
                "Add a risk",
                partial(self.around.navigator.new_entry, "risks"),
                begins=True,
            )
        else:
            self.list.setCurrentRow(0)
            self._show(0)

    def _show(self, place: int) -> None:
        if not 0 <= place < len(self.left):
            return
        each = self.left[place]
        self.name.setText(each.entry.title)
        level = f"{each.level.capitalize()}. " if each.level else "Not rated yet. "
        done = str(each.entry.values.get("done") or "Nothing is done about it yet.")
        self.about.setText(f"{level}{done}")
        for combo, code in ((self.likely, each.likelihood), (self.bad, each.severity)):
            combo.setCurrentIndex(max(0, combo.findData(code)))

    # --- answering -----------------------------------------------------------------------

    def answer(self, verdict: str) -> None:
        """Notes one look and goes to the next risk."""
        place = self.list.currentRow()
        if not 0 <= place < len(self.left):
            return
        said: dict[str, object] = {}
        if verdict in {"worse", "better"}:
            said = {"likelihood": self.likely.currentData(), "severity": self.bad.currentData()}
        try:
            changes = self.risks.look(self.left[place].entry.id, verdict, **said)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.bus.publish(changes)
        self.around.messages.say("Recorded.")
        self.reload()
        self.list.setCurrentRow(min(place, len(self.left) - 1))

    def _open(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self.left):
            self.around.navigator.open_entry("risks", self.left[place].entry.id)
