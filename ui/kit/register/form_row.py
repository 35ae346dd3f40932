"""One question of a form: label, help, input, the reason for asking, and what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.registers.fields import Field, Kind, Values
from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import icon_button
from ui.kit.pieces.cards import help_words, hide_unless, row, words
from ui.kit.register.inputs import Input, LineInput, LongTextInput
from ui.kit.register.inputs_choices import ChoiceInput, ChoicesInput, SegmentInput
from ui.kit.register.inputs_dates import DateInput
from ui.kit.register.inputs_links import FileDoor, FileInput, LinkDoor, LinkInput, LinksInput

_LABEL: Final = 300
"""A label longer than this, in pixels, may be wrapped."""
_UNANSWERED: Final = "Choose an answer to see what it is based on."


@dataclass(frozen=True)
class Doors:
    """What inputs need from outside."""

    links: LinkDoor
    files: FileDoor | None = None
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def make_input(field: Field, doors: Doors) -> Input:
    """The input for a field, by its kind."""
    if field.kind in {Kind.DATE, Kind.MOMENT}:
        return DateInput(field, doors.now)
    if field.kind is Kind.LINK:
        return LinkInput(field, doors.links)
    if field.kind is Kind.LINKS:
        return LinksInput(field, doors.links)
    if field.kind is Kind.FILE:
        return FileInput(field, doors.files)
    plain: dict[Kind, type[Input]] = {
        Kind.LONG_TEXT: LongTextInput,
        Kind.YES_NO: SegmentInput,
        Kind.CHOICE: ChoiceInput,
        Kind.CHOICES: ChoicesInput,
    }
    return plain.get(field.kind, LineInput)(field)


_EXPECTED: Final = "The law, the regulator or your school’s policy expects a record of this."


def spoken(source: str) -> str:
    """A source as somebody reads it who does not know the short forms."""
    return _POLICY.sub(
        "the data protection policy that dpdesk is built on, section ", source
    ).rstrip(".")


_POLICY: Final = re.compile(r"\bpolicy (?=\d)", re.IGNORECASE)


class FormRow(QWidget):
    """The widgets of one field."""

    def __init__(self, field: Field, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.input = make_input(field, doors)
        self.label: QLabel = words(field.label.replace("&", "&&"), "label", wraps=True)
        self.label.setBuddy(self.input.target)
        # Beside an empty space a wrapped label would be as narrow as its longest word.
        bold = self.label.font()
        bold.setWeight(QFont.Weight.DemiBold)
        wanted = QFontMetrics(bold).horizontalAdvance(field.label) + 4
        self.label.setMinimumWidth(min(wanted, _LABEL))
        self.needed = words("needed", "help")
        hide_unless(self.needed, field.required)
        self.source = help_words("")
        self.source.hide()
        self.help = help_words(field.help)
        hide_unless(self.help, bool(field.help))
        self._icon = IconLabel("mdi6.alert-circle", "danger", 15)
        self.error = words("", "error", wraps=True)
        self.problem = QWidget()
        beside = row(self._icon, self.error)
        beside.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        beside.setStretch(1, 1)
        self.problem.setLayout(beside)
        self.problem.hide()
        self._build()
        self._describe()
        self.input.changed.connect(self._show_source)

    def _build(self) -> None:
        head = row(self.label, self.needed, None)
        head.setStretch(0, 0)
        if self._reasoned:
            self.why = icon_button(
                f"Explain why we ask: {self.field.label}",
                "mdi6.help-circle-outline",
                does=self.toggle_source,
            )
            said = "\n".join(part for part in (self.field.why, self.field.source) if part)
            self.why.setToolTip(f"Why do we ask? (Ctrl+I)\n{said}".strip())
            # Ctrl+I reaches it; a stop at every question would double the way through a form.
            self.why.setFixedSize(24, 24)
            self.why.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(self.why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, TINY, 0, SMALL)
        layout.setSpacing(TINY)
        layout.addLayout(head)
        for widget in (self.source, self.help, self.input, self.problem):
            layout.addWidget(widget)

    def _describe(self) -> None:
        self._show_source()
        parts = ["Required." if self.field.required else "", self.field.help]
        if self.field.source:
            parts.append(f"Why we ask: {self.field.source}.")
        if not self.problem.isHidden():
            parts.insert(0, f"Problem: {self.error.text()}")
        self.input.describe(" ".join(part for part in parts if part))

    @property
    def _reasoned(self) -> bool:
        """Is there anything to say about why this is asked, or what an answer rests on?"""
        if self.field.source or self.field.why:
            return True
        return any(one.caution for one in self.field.choices)

    def toggle_source(self) -> None:
        """Shows or hides why this is asked, and what the answer given rests on."""
        if self._reasoned:
            self._show_source()
            shown = self.source.isHidden()
            self.source.setVisible(shown)
            # The explanation begins with the line of help, which is not said twice.
            self.help.setVisible(bool(self.field.help) and not (shown and self.field.source))
            if shown:
                announce(self.source, self.source.text())

    def _show_source(self) -> None:
        said = " ".join(part for part in (self.field.why, self.field.help) if part)
        asked = f"{said or _EXPECTED}\nSource: {spoken(self.field.source)}."
        asked = asked if self.field.source else self.field.why
        standing = self.input.standing()
        both = [asked, f"What this answer is based on: {standing}" if standing else ""]
        self.source.setText("\n".join(part for part in both if part) or _UNANSWERED)

    def offer(self, answers: Values) -> None:
        """Offers the answers that go with the others, where the field says which."""
        if self.field.offered is not None and isinstance(self.input, ChoiceInput | ChoicesInput):
            self.input.offer(self.field.offered(answers))

    def show_error(self, sentence: str) -> None:
        """Says what is wrong below the input; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.input.mark(bool(sentence))
        self._describe()

    @property
    def wrong(self) -> bool:
        """Does it say that something is wrong?"""
        return not self.problem.isHidden()
