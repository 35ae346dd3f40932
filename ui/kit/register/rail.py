"""The right rail of an entry: why this date, documents, links, history. Rooms add their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law import words as said
from dpdesk.registers.entries import Entry, HistoryLine, LinkedEntry
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row, words

_FIRST = 5
"""So many changes are shown before "Show all"."""


class RailPanel(Card):
    """A card of the rail. A room subclasses it and fills ``inside`` in ``draw``."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.entry: Entry | None = None
        self.inside = QVBoxLayout()
        self.inside.setSpacing(SMALL)
        self.add(self.inside)

    def show_entry(self, entry: Entry) -> None:
        """Shows what belongs to an entry."""
        self.entry = entry
        self.clear()
        self.draw(entry)

    def clear(self) -> None:
        """Empties the card."""
        clear_layout(self.inside)

    def draw(self, entry: Entry) -> None:
        """Fills the card; a panel with nothing to say hides itself."""
        raise NotImplementedError

    def say(self, text: str, role: str = "help") -> None:
        """Adds a line of words."""
        self.inside.addWidget(help_words(text, role))


class WhyPanel(RailPanel):
    """The steps of a due date, one a line, each with its source: "Why this date?".

    ``steps`` gives for an entry objects with ``text``, ``source`` and ``date`` (a day, a moment
    or None). ``print_asked`` carries the entry.
    """

    print_asked = Signal(object)

    def __init__(
        self, steps: Callable[[Entry], Sequence[Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__("Why this date?", parent)
        self._steps = steps
        made = icon_button("Print why this date", "mdi6.printer-outline", does=self._print)
        self.head.addWidget(made)

    def _print(self) -> None:
        if self.entry is not None:
            self.print_asked.emit(self.entry)

    def draw(self, entry: Entry) -> None:
        """One line for each step."""
        steps = self._steps(entry) if entry.id else ()
        self.setVisible(bool(steps))
        for step in steps:
            lines = QVBoxLayout()
            lines.setSpacing(TINY)
            day = getattr(step, "date", None)
            if day is not None:
                lines.addWidget(words(_spoken(day), "strong", wraps=True))
            lines.addWidget(help_words(str(step.text), ""))
            if step.source:
                lines.addWidget(help_words(str(step.source)))
            self.inside.addLayout(lines)


def _spoken(day: dt.date | str) -> str:
    if isinstance(day, str):
        return day
    return said.long_moment(day) if isinstance(day, dt.datetime) else said.long_date(day)


class LinksPanel(RailPanel):
    """Entries linked with this one, from both ends. ``opened``: register and number."""

    opened = Signal(str, int)
    add_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(
        self,
        links: Callable[[Entry], Sequence[LinkedEntry]],
        *,
        changeable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Links", parent)
        self._links = links
        self._changeable = changeable
        if changeable:
            made = icon_button("Link another entry", "mdi6.link-variant-plus", does=self._add)
            self.head.addWidget(made)

    def _add(self) -> None:
        if self.entry is not None:
            self.add_asked.emit(self.entry)

    def draw(self, entry: Entry) -> None:
        """One button for each linked entry."""
        linked = self._links(entry) if entry.id else ()
        self.setVisible(bool(linked) or (self._changeable and bool(entry.id)))
        if not linked:
            self.say("Nothing is linked to this entry yet.")
        for other in linked:
            go = button(
                other.reference or other.title,
                role="link",
                does=partial(self.opened.emit, other.register, other.id),
                hint=other.title,
            )
            go.setAccessibleName(f"Open {other.reference} {other.title}")
            line = row(go, None)
            if other.link_id and self._changeable:
                away = icon_button(f"Remove the link to {other.reference}", "mdi6.close")
                away.clicked.connect(partial(self.remove_asked.emit, other))
                line.addWidget(away)
            self.inside.addLayout(line)
            self.say(f"{other.title} ({other.label})" if other.label else other.title)


class HistoryPanel(RailPanel):
    """Who changed what and when, newest first."""

    def __init__(
        self, history: Callable[[int], Sequence[HistoryLine]], parent: QWidget | None = None
    ) -> None:
        super().__init__("History", parent)
        self._history = history
        self._all = False

    def draw(self, entry: Entry) -> None:
        """One line for each change."""
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        try:
            lines = self._history(entry.id)
        except DpdeskError as error:
            self.say(str(error), "error")
            return
        shown = lines if self._all else lines[:_FIRST]
        for line in shown:
            self._draw_line(line)
        if len(lines) > _FIRST:
            label = "Show fewer" if self._all else f"Show all {len(lines)} changes"
            self.inside.addLayout(row(button(label, role="link", does=self._turn), None))

    def _draw_line(self, line: HistoryLine) -> None:
        box = QVBoxLayout()
        box.setSpacing(TINY // 2)
        box.addWidget(help_words(f"{said.short_moment(line.at)}, {line.who}"))
        box.addWidget(words(_change(line), wraps=True))
        if line.why:
            box.addWidget(help_words(f"Why: {line.why}"))
        self.inside.addLayout(box)

    def _turn(self) -> None:
        self._all = not self._all
        if self.entry is not None:
            self.show_entry(self.entry)


def _change(line: HistoryLine) -> str:
    old, new = _short(line.old), _short(line.new)
    label = line.label if line.label.endswith("?") else f"{line.label}:"
    if old and new:
        return f"{label} {old} → {new}"
    if new:
        return f"{label} {new}"
    if old:
        return f"{label} {old} → no answer"
    return line.label


def _short(text: str) -> str:
    """Not too long, and breakable: a checksum must not push the rail out of the window."""
    cut = text if len(text) <= 120 else text[:117] + "…"
    return " ".join(
        "\u200b".join(word[at : at + 16] for at in range(0, len(word), 16))
        if len(word) > 24
        else word
        for word in cut.split(" ")
    )
