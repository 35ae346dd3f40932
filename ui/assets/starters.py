"""The usual records of a small school: each to be taken over or left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from ui.kit.look import plain
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, TINY, give_role
from ui.kit.pieces.badges import Badge, BadgeLabel
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, scrolling
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import CardColumns
from ui.kit.register.ticks import CheckLine

if TYPE_CHECKING:
    from dpdesk.assets.starters import Starter

_INDENT = 36
"""Where the words beside a box begin."""
_ABOUT = (
    "What a small independent school typically holds, with the lawful bases that "
    "usually apply. Tick what your school holds too; you can change the details "
    "afterwards. These are only suggestions."
)


class StarterLine(QWidget):
    """One usual record: a tick, what it is, its bases and its source."""

    def __init__(
        self, starter: Starter, go: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.starter = starter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, TINY, 0, SMALL)
        layout.setSpacing(0)
        self.tick = CheckLine(starter.name, self)
        give_role(self.tick.words, "strong")
        self.tick.box.setAccessibleName(starter.name)
        self.tick.box.setAccessibleDescription(str(starter.answers.get("description") or ""))
        top = row(self.tick, space=MEDIUM)
        top.setStretch(0, 1)
        layout.addLayout(top)
        if starter.accepted_as:
            self._show_taken(top, go)
        inside = QVBoxLayout()
        inside.setContentsMargins(_INDENT, 0, 0, 0)
        inside.setSpacing(TINY // 2)
        for text, role in self._told():
            inside.addWidget(help_words(text, role))
        layout.addLayout(inside)

    def _show_taken(self, top: QHBoxLayout, does: Callable[[str], object]) -> None:
        self.tick.box.setChecked(True)
        self.tick.box.setEnabled(False)
        reference = self.starter.accepted_as
        badge = BadgeLabel()
        go = button(reference, role="link", does=partial(does, reference))
        go.setAccessibleName(f"Open {reference} {self.starter.name}")
        top.addWidget(badge)
        top.addWidget(go)
        badge.show_badge(Badge("In the register", "mdi6.check", "ok"))

    def _told(self) -> Sequence[tuple[str, str]]:
        starter = self.starter
        bases = starter.bases
        said = [(str(starter.answers.get("description") or ""), "")]
        if bases:
            said.append((f"Basis: {'; '.join(bases)}", "help"))
        source = ". ".join(part for part in (starter.source, starter.caution) if part)
        said.append((f"Source: {source}", "help"))
        return [(text, role) for text, role in said if text]

    @property
    def chosen(self) -> bool:
        """Is it ticked?"""
        return self.tick.box.isChecked() and not self.starter.accepted_as


class StarterPage(QWidget):
    """The usual records by group. ``taken`` carries the changes, ``left`` says to go back."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self.lines: list[StarterLine] = []
        self.banner = Banner(self)
        self.header = PageHeader("Typical records of a small school", "", self)
        self._back = button(
            desk.assets.assets.register.title, "mdi6.arrow-left", role="link", does=self.left.emit
        )
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, MEDIUM, MEDIUM)
        self._cards: CardColumns | None = None
        top = QVBoxLayout()
        top.setContentsMargins(HUGE, LARGE, HUGE, 0)
        top.setSpacing(MEDIUM)
        top.addLayout(row(self._back, None))
        top.addWidget(self.header)
        top.addWidget(help_words(_ABOUT))
        top.addWidget(self.banner)
        top.addWidget(scrolling(self._inside, "Typical records"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(self._build_foot())
        self._build_keys()

    def _build_foot(self) -> QWidget:
        foot = QFrame(self)
        give_role(foot, "bar")
        self.take_button = button(
            "Add",
            "mdi6.check",
            role="primary",
            does=self.take,
            key="Ctrl+Return",
        )
        self.all_button = button("Tick all", does=partial(self.tick_all, on=True))
        self.none_button = button("Untick all", does=partial(self.tick_all, on=False))
        self.classes = CheckLine("Add their classes of the retention schedule too")
        self.classes.box.setAccessibleName(self.classes.words.text())
        self.classes.box.setChecked(True)
        self.classes.setToolTip("How long each is usually kept; you can change it later")
        line = row(self.take_button, self.all_button, self.none_button, space=MEDIUM)
        line.addWidget(self.classes, 1)
        line.addStretch(0)
        line.setContentsMargins(HUGE, SMALL, HUGE, SMALL)
        foot.setLayout(line)
        return foot

    def _build_keys(self) -> None:
        on_escape(self, self.left.emit)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        plain.work_inside(shortcut)
        shortcut.activated.connect(self.take_button.click)

    # --- showing -------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads afresh which records are in the register; ticks begin anew."""
        starters = self._desk.assets.assets.starters()
        if self._cards is not None:
            self._column.removeWidget(self._cards)
            self._cards.hide()
            self._cards.deleteLater()
        self._cards = CardColumns(self._inside)
        self._column.insertWidget(0, self._cards)
        self.lines = []
        cards: dict[str, Card] = {}
        for starter in starters:
            if starter.group not in cards:
                cards[starter.group] = Card(starter.group, parent=self._cards)
                self._cards.add(cards[starter.group])
            line = StarterLine(starter, self._open, cards[starter.group])
            line.tick.box.toggled.connect(self._count)
            cards[starter.group].add(line)
            self.lines.append(line)
        self._cards.arrange()
        shipped = {rule.record_class.code for rule in self._desk.retention.schedule.not_adopted()}
        self.classes.setVisible(not shipped.isdisjoint(each.retention for each in starters))
        self.banner.hide()
        self._count()

    def take_focus(self) -> None:
        """The keyboard goes to the first record that can be ticked."""
        first = next((line for line in self.lines if not line.starter.accepted_as), None)
        (first.tick.box if first is not None else self._back).setFocus()

    def tick_all(self, *, on: bool) -> None:
        """Ticks every record that is not in the register, or none."""
        for line in self.lines:
            if not line.starter.accepted_as:
                line.tick.box.setChecked(on)

    def _count(self, *_: object) -> None:
        chosen = sum(line.chosen for line in self.lines)
        open_ = sum(not line.starter.accepted_as for line in self.lines)
        taken = len(self.lines) - open_
        parts = [count(len(self.lines), "record"), f"{taken} in the register"] if taken else []
        self.header.say(
            self.header.title.text(), " · ".join([*parts, f"{chosen} of {open_} ticked"])
        )
        self.take_button.setText(f"Add {count(chosen, 'record')}" if chosen else "Add")
        self.take_button.setEnabled(chosen > 0)
        self.all_button.setEnabled(chosen < open_)
        self.none_button.setEnabled(chosen > 0)

    # --- doing ---------------------------------------------------------------------------

    def _open(self, reference: str) -> None:
        entry = self._desk.assets.assets.find(reference)
        self._around.navigator.open_entry(entry.register.key, entry.id)

    def take(self) -> None:
        """Makes entries of all that is ticked, in one go."""
        chosen = [line.starter for line in self.lines if line.chosen]
        if not chosen:
            return
        try:
            if not self.classes.isHidden() and self.classes.box.isChecked():
                codes = [each.retention for each in chosen if each.retention]
                classes = self._desk.retention.schedule.adopt_defaults(codes)
                self._around.bus.publish(classes)
            changes = self._desk.assets.assets.accept([each.key for each in chosen])
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.take)])
            return
        self.taken.emit(changes)
