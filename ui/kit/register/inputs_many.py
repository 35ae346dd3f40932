"""Pick lists of which several answers may be ticked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dpdesk.law.pick_lists import Choice, matching
from dpdesk.registers.fields import Field
from ui.kit.look.theme import SMALL, TINY, set_invalid, set_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row
from ui.kit.register.inputs import Input
from ui.kit.register.inputs_choices import SEARCHED, hint_of
from ui.kit.register.ticks import CheckLine, TickColumns


class ChoicesInput(Input):
    """Several of a pick list, as a list of boxes to tick."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._unfolded = False
        self.checks: dict[str, QCheckBox] = {}
        self.lines: dict[str, CheckLine] = {}
        self._offered: frozenset[str] | None = None
        self.frame = QFrame()
        set_role(self.frame, "checks")
        self._inside = TickColumns()
        outer = QVBoxLayout(self.frame)
        outer.setContentsMargins(2, 2, 2, 2)
        self.search: QLineEdit | None = None
        if len(field.choices) > SEARCHED:
            self.search = QLineEdit()
            set_role(self.search, "search")
            self.search.setPlaceholderText("Search these answers")
            self.search.setAccessibleName(f"Search the answers to {field.label}")
            self.search.textChanged.connect(self._filter)
            outer.addWidget(self.search)
        outer.addWidget(self._inside)
        self._rare = {choice.code for choice in field.choices if choice.rare}
        self.more: QPushButton | None = None
        for choice in field.choices:
            self._add(choice)
        if self._rare:
            told = f"Show {len(self._rare)} less common answers"
            self.more = button(told, "mdi6.chevron-down", role="link", does=self._unfold)
            outer.addLayout(row(self.more, None))
        self._arrange()
        self._unfound = help_words("")
        self._unfound.setContentsMargins(SMALL, TINY, SMALL, TINY)
        self._unfound.hide()
        outer.addWidget(self._unfound)
        self.chosen = help_words("")
        self.chosen.setContentsMargins(SMALL, TINY, SMALL, TINY)
        self.chosen.hide()
        outer.addWidget(self.chosen)
        self.box.addWidget(self.frame)
        self.target = self.search or next(iter(self.checks.values()), self.frame)
        self.setFocusProxy(self.target)

    def _add(self, choice: Choice) -> None:
        line = CheckLine(choice.label)
        line.box.setAccessibleName(f"{self.field.label}: {choice.label}")
        line.setToolTip(hint_of(choice))
        line.box.toggled.connect(self._ticked)
        line.box.installEventFilter(self)
        self._inside.add(line)
        self.checks[choice.code] = line.box
        self.lines[choice.code] = line

    def offer(self, codes: Iterable[str]) -> None:
        """Shows only these answers, and those that are ticked; the others stay in the list."""
        self._offered = frozenset(codes)
        self._arrange()

    def _arrange(self) -> None:
        """Shows what is offered and found; what is rare only where it is sought or ticked."""
        sought = self.search.text().strip() if self.search is not None else ""
        found = {each.code for each in matching(map(self.field.choice, self.lines), sought)}
        folded = not self._unfolded and not sought
        for code, line in self.lines.items():
            offered = self._offered is None or code in self._offered
            there = code in found and not (folded and code in self._rare)
            line.setVisible((offered and there) or (line.box.isChecked() and code in found))
        if self.more is not None:
            hidden = any(self.lines[code].isHidden() for code in self._rare)
            self.more.setVisible(folded and hidden)
        self._inside.arrange()

    def _unfold(self) -> None:
        """Shows the rare answers, and puts the keyboard on the first of them."""
        hidden = [code for code in self.lines if self.lines[code].isHidden()]
        self._unfolded = True
        self._arrange()
        shown = [code for code in hidden if not self.lines[code].isHidden()]
        if shown:
            self.checks[shown[0]].setFocus()

    def _ticked(self) -> None:
        self._show_chosen()
        self._tell()

    def _filter(self, sought: str) -> None:
        self._arrange()
        found = matching(map(self.field.choice, self.lines), sought)
        self._unfound.setText(f"No answer has the word “{sought.strip()}”.")
        self._unfound.setVisible(not found)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Names what is ticked below a long list, of which only a part is seen."""
        labels = [self.field.choice(code).label for code in self.value() or ()]
        wanted = bool(labels) and self.search is not None
        self.chosen.setText(f"Chosen: {'; '.join(labels)}" if wanted else "")
        self.chosen.setVisible(wanted)

    def standing(self) -> str:
        """What the answers ticked rest on, where one of them is not confirmed."""
        chosen = [self.field.choice(code) for code in self.value() or ()]
        return "\n".join(f"{one.label}: {one.standing}" for one in chosen if one.caution)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the last box ticked is leaving the question."""
        if "checks" not in self.__dict__:
            return False
        if event.type() is QEvent.Type.FocusOut and isinstance(watched, QCheckBox):
            self._leave()
        return super().eventFilter(watched, event)

    def describe(self, text: str) -> None:
        """Help and errors, for screen readers."""
        for made in self.checks.values():
            made.setAccessibleDescription(text)

    def value(self) -> Any:
        """The codes ticked, in the order of the list; None for none."""
        return tuple(code for code, made in self.checks.items() if made.isChecked()) or None

    def fill(self, value: Any) -> None:
        """Ticks the answers; those no longer offered are added, not lost."""
        chosen = set(value or ())
        for code in value or ():
            if code not in self.checks:
                self._add(self.field.choice(code))
        for code, made in self.checks.items():
            made.setChecked(code in chosen)
        self._arrange()

    def mark(self, invalid: bool) -> None:
        """Shows that the answer needs another look."""
        set_invalid(self.frame, invalid)
