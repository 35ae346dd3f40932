"""The card of the first week: what is best done first, each line ticked off once it is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import listed
from dpdesk.overview.first_week import FirstStep, is_new
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, help_words, row
from ui.kit.pieces.surroundings import Surroundings

_KEPT: Final = "home.first_week"
_SHOWN, _OVER = "shown", "over"


class FirstWeekCard(Card):
    """Shown from the first day of a workspace until everything is done, or it is put away."""

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Your first week", parent=parent)
        self._desk, self._around = desk, around
        self._steps: tuple[FirstStep, ...] = ()
        self.away = button("Hide this list", role="link", does=self._put_away)
        self.head.addWidget(self.away)
        self.add(
            help_words(
                "You can log requests and breaches straight away. These steps set up the rest for "
                "your school: each takes a few minutes and is ticked off once it is done."
            )
        )
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.add(self.lines)
        self.done = help_words("", "muted")
        self.add(self.done)
        self.hide()

    def reload(self) -> None:
        """Looks what is done by now."""
        kept = self._around.preferences.get(_KEPT, "")
        if kept == _OVER:
            return
        try:
            steps = self._desk.first_week()
        except DpdeskError:
            # Home itself says what is wrong.
            return
        left = [step for step in steps if not step.done]
        if not left or (kept != _SHOWN and not is_new(steps)):
            if kept or not left:
                self._around.preferences.remember(_KEPT, _OVER)
            self.hide()
            return
        if kept != _SHOWN:
            self._around.preferences.remember(_KEPT, _SHOWN)
        if steps != self._steps:
            self._steps = steps
            self._write(left, [step.short for step in steps if step.done])
        self.show()

    def _write(self, left: Sequence[FirstStep], done: Sequence[str]) -> None:
        clear_layout(self.lines)
        for step in left:
            self.lines.addLayout(
                row(
                    button(
                        step.text,
                        "mdi6.checkbox-blank-circle-outline",
                        role="link",
                        does=partial(self._go, step),
                    ),
                    None,
                )
            )
        told = f"✓ Done: {listed(tuple(done))}." if done else ""
        self.done.setText(told)
        self.done.setVisible(bool(told))

    def _go(self, step: FirstStep) -> None:
        if step.section:
            self._around.navigator.open_page(step.page, section=step.section)
        else:
            self._around.navigator.open_page(step.page)

    def _put_away(self) -> None:
        self._around.preferences.remember(_KEPT, _OVER)
        self.hide()
