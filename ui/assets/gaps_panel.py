"""What is missing about an entry, why, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.assets.meter import Meter
from ui.kit.look.theme import TINY
from ui.kit.pieces.badges import Badge, BadgeLabel
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row
from ui.kit.register.rail import RailPanel

if TYPE_CHECKING:
    from dpdesk.assets.pick_lists import GapFound

_BAR = 56
_IN_ORDER = Badge("No gaps", "mdi6.check-circle-outline", "ok")
_SO_FAR = Badge("Questions open", "mdi6.circle-half-full", "info")


class GapsPanel(RailPanel):
    """The findings of the entry shown, as they follow from what is typed.

    ``mend_asked`` carries the :class:`dpdesk.assets.pick_lists.GapFound` whose place is to be
    shown.
    ``meter`` gives how many questions are answered, of how many.
    """

    mend_asked = Signal(object)

    def __init__(
        self,
        findings: Callable[[Entry], Sequence[GapFound]],
        meter: Callable[[Entry], tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Gaps", parent)
        self._findings = findings
        self._meter = meter
        self.found: tuple[GapFound, ...] = ()
        self.answered = (0, 0)

    def draw(self, entry: Entry) -> None:
        """The gaps of what is saved."""
        self.setVisible(bool(entry.id) and not entry.archived)
        if entry.id:
            self._work_out(entry)
            self._show()

    def preview(self, values: Mapping[str, Any]) -> None:
        """The gaps that there would be if what is typed were saved."""
        if self.entry is None or not self.entry.id:
            return
        before = (self.found, self.answered)
        self._work_out(replace(self.entry, values=values))
        if (self.found, self.answered) != before:
            self.clear()
            self._show()

    def _work_out(self, entry: Entry) -> None:
        self.found = tuple(self._findings(entry))
        self.answered = self._meter(entry)

    def _show(self) -> None:
        done, asked = self.answered
        meter = Meter("Questions answered", bar=_BAR)
        meter.show_count(done, asked, f"{done} of {count(asked, 'question')} answered")
        self.inside.addWidget(meter)
        if not self.found:
            badge = BadgeLabel()
            self.inside.addLayout(row(badge, None))
            badge.show_badge(_IN_ORDER if done == asked else _SO_FAR)
            if done < asked:
                self.inside.addWidget(
                    help_words("More gaps may appear as you answer the remaining questions.")
                )
        for found in self.found:
            self.inside.addLayout(self._gap(found))

    def _gap(self, found: GapFound) -> QVBoxLayout:
        go = button(
            found.gap.label,
            "mdi6.alert-outline",
            role="link",
            does=partial(self.mend_asked.emit, found),
            hint=f"Go to where to put this right. {found.gap.mend}",
        )
        go.setAccessibleName(f"{found.gap.label}: go to where to put it right")
        lines = QVBoxLayout()
        lines.setSpacing(TINY)
        lines.addLayout(row(go, None))
        lines.addWidget(help_words(f"{found.reason} {found.gap.mend}", ""))
        lines.addWidget(help_words(found.gap.cited))
        return lines
