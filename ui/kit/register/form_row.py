"""One question of a form: label, help, input, the reason for asking, and what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.registers.fields import Field, Kind, Values
from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import icon_button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.register.inputs import Input, LineInput, LongTextInput
from ui.kit.register.inputs_choices import ChoiceInput, SegmentInput
from ui.kit.register.inputs_dates import DateInput
from ui.kit.register.inputs_links import LinkDoor, LinkInput, LinksInput
from ui.kit.register.inputs_many import ChoicesInput

_LABEL: Final = 300
"""A label longer than this, in pixels, may be wrapped."""
_UNANSWERED: Final = "Choose an answer to see what it is based on."


@dataclass(frozen=True)
class Doors:
    """What inputs need from outside."""

    links: LinkDoor
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)


def make_input(field: Field, doors: Doors) -> Input:
    """The input for a field, by its kind."""
    if field.kind in {Kind.DATE, Kind.MOMENT}:
        return DateInput(field, doors.now)
    if field.kind is Kind.LINK:
        return LinkInput(field, doors.links)
    if field.kind is Kind.LINKS:
        return LinksInput(field, doors.links)
    plain: dict[Kind, type[Input]] = {
        Kind.LONG_TEXT: LongTextInput,
        Kind.YES_NO: SegmentInput,
        Kind.CHOICE: ChoiceInput,
        Kind.CHOICES: ChoicesInput,
    }
    return plain.get(field.kind, LineInput)(field)


def _is_plain(field: Field, value: Any) -> bool:
    """Whether an answer is held as its input would give it back, without being drawn."""
    if value is None:
        return True
    if field.kind in {Kind.YES_NO, Kind.CHOICE}:
        return any(value == one.code for one in field.choices)
    if field.kind is Kind.CHOICES:
        return isinstance(value, tuple) and {one.code for one in field.choices}.issuperset(value)
    if field.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        return isinstance(value, str) and value == value.strip()
    # What was typed and could not be read is a text, and has to be complained of.
    return not isinstance(value, str)


_EXPECTED: Final = "The law, the ICO or your school’s policy expects a record of this."


def spoken(source: str) -> str:
    """A source as somebody reads it who does not know the short forms."""
    return _POLICY.sub(
        "the data protection policy that dpdesk is built on, section ", source
    ).rstrip(".")


_POLICY: Final = re.compile(r"\bpolicy (?=\d)", re.IGNORECASE)


class _Problem(QWidget):
    """An icon and the sentence on what is wrong, hidden until something is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        icon = IconLabel("mdi6.alert-circle", "danger", 15)
        self.sentence = words("", "error", wraps=True)
        beside = row(icon, self.sentence)
        beside.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        beside.setStretch(1, 1)
        self.setLayout(beside)
        self.hide()


class FormRow(QWidget):
    """The widgets of one field, made when they are first needed.

    A page has a hundred questions and shows a dozen of them at a time. Until its stage is shown, or
    somebody reaches for ``input``, a question only holds its answer. ``furnished`` fires when its
    widgets were made, with the answer held until then.
    """

    furnished = Signal(object)

    def __init__(self, field: Field, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.called = ""
        """How screen readers call the answer where another question has the same words."""
        self._doors = doors
        self._held: Any = None
        self._offered_for: Values | None = None
        self._read_only = False
        self._input: Input | None = None
        # Most questions are never explained and never wrong.
        self._source: QLabel | None = None
        self._problem: _Problem | None = None

    # --- the answer ----------------------------------------------------------------------

    def value(self) -> Any:
        """The answer; None where there is none or it cannot be read."""
        return self._held if self._input is None else self._input.value()

    def snapshot(self) -> Any:
        """What stands here, also where it cannot be read."""
        return self._held if self._input is None else self._input.snapshot()

    def typed(self) -> str:
        """What is typed and cannot be read."""
        return "" if self._input is None else self._input.typed()

    def unreadable(self) -> str:
        """Why what is typed cannot be read, as a sentence; empty if it can."""
        return "" if self._input is None else self._input.problem()

    def set_value(self, value: Any) -> None:
        """Shows an answer without saying that it changed."""
        if self._input is None and _is_plain(self.field, value):
            self._held = value
        else:
            self.input.set_value(value)

    def set_read_only(self, on: bool) -> None:
        """Shows the answer without letting it be changed."""
        self._read_only = on
        if self._input is not None:
            self._input.set_read_only(on)

    @property
    def is_read_only(self) -> bool:
        """Can the answer only be read?"""
        return self._read_only

    # --- its widgets ---------------------------------------------------------------------

    @property
    def input(self) -> Input:
        """Where the answer is given."""
        return self.furnish()

    @property
    def label(self) -> QLabel:
        """The question."""
        self.furnish()
        return self._label

    @property
    def help(self) -> QLabel | None:
        """The line of help below the question, where it has one."""
        self.furnish()
        return self._help

    def showEvent(self, event: QShowEvent) -> None:
        """Nobody sees a question without its widgets."""
        self.furnish()
        super().showEvent(event)

    def furnish(self) -> Input:
        """Makes the widgets, once."""
        if self._input is not None:
            return self._input
        made = self._input = make_input(self.field, self._doors)
        if self.called:
            made.call(self.called)
        self._label = words(self.field.label.replace("&", "&&"), "label", wraps=True)
        self._label.setBuddy(made.target)
        # Beside an empty space a wrapped label would be as narrow as its longest word.
        bold = self._label.font()
        bold.setWeight(QFont.Weight.DemiBold)
        wanted = QFontMetrics(bold).horizontalAdvance(self.field.label) + 4
        self._label.setMinimumWidth(min(wanted, _LABEL))
        self._help = help_words(self.field.help) if self.field.help else None
        self._build(made)
        held, self._held = self._held, None
        made.set_value(held)
        if self._offered_for is not None:
            self.offer(self._offered_for)
        if self._read_only:
            made.set_read_only(True)
        self._describe()
        made.changed.connect(self._show_source)
        if self.isVisible():
            # By itself Qt would show what is new a moment later than the question.
            for inner in self.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            ):
                inner.show()
        self.furnished.emit(held)
        return made

    def _build(self, made: Input) -> None:
        head = row(self._label, *([words("required", "help")] if self.field.required else []), None)
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
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, TINY, 0, SMALL)
        self._lines.setSpacing(TINY)
        self._lines.addLayout(head)
        if self._help is not None:
            self._lines.addWidget(self._help)
        self._lines.addWidget(made)

    @property
    def source(self) -> QLabel:
        """Why this is asked and what the answer rests on; made when somebody first asks."""
        if self._source is None:
            self.furnish()
            self._source = help_words("")
            self._source.setParent(self)
            self._source.hide()
            self._lines.insertWidget(1, self._source)
            self._show_source()
        return self._source

    @property
    def problem(self) -> _Problem:
        """What is wrong, below the input; made when something first is."""
        if self._problem is None:
            self.furnish()
            self._problem = _Problem(self)
            self._lines.addWidget(self._problem)
        return self._problem

    @property
    def error(self) -> QLabel:
        """The sentence on what is wrong."""
        return self.problem.sentence

    def _describe(self) -> None:
        parts = ["Required." if self.field.required else "", self.field.help]
        if self.field.source:
            parts.append(f"Why we ask: {self.field.source}.")
        if self.wrong:
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
            shown = self.source.isHidden()
            self.source.setVisible(shown)
            if self._help is not None:
                # The explanation begins with the line of help, which is not said twice.
                self._help.setVisible(not (shown and self.field.source))
            if shown:
                announce(self.source, self.source.text())

    def _show_source(self) -> None:
        if self._source is None:
            return
        said = " ".join(part for part in (self.field.why, self.field.help) if part)
        asked = f"{said or _EXPECTED}\nSource: {spoken(self.field.source)}."
        asked = asked if self.field.source else self.field.why
        standing = self.input.standing()
        both = [asked, f"What this answer is based on: {standing}" if standing else ""]
        self._source.setText("\n".join(part for part in both if part) or _UNANSWERED)

    def offer(self, answers: Values) -> None:
        """Offers the answers that go with the others, where the field says which."""
        if self.field.offered is None:
            return
        if self._input is None:
            self._offered_for = answers
        elif isinstance(self._input, ChoiceInput | ChoicesInput):
            self._input.offer(self.field.offered(answers))

    def show_error(self, sentence: str) -> None:
        """Says what is wrong below the input; an empty sentence takes it away."""
        if not sentence and self._problem is None:
            return
        self.error.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.input.mark(bool(sentence))
        self._describe()

    @property
    def wrong(self) -> bool:
        """Does it say that something is wrong?"""
        return self._problem is not None and not self._problem.isHidden()
