"""One asset as it is read out to its owner, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import long_date
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field, Kind
from ui.kit.look.theme import MEDIUM, SMALL, set_tone
from ui.kit.pieces.badges import Badge, BadgeLabel
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, help_words, line, row, scrolling, words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_dates import DateInput

if TYPE_CHECKING:
    from dpdesk.assets.audit import AuditLine
    from dpdesk.assets.service import AssetService

_CONFIRM = "Still correct: confirm"
_CHANGED = "Correct now: confirm"
_LABELS = 150


class SignOffCard(Card):
    """What is read out, and three answers.

    ``confirmed`` carries the :class:`dpdesk.registers.entries.Saved`.
    """

    confirmed = Signal(object)
    change_asked = Signal(int)
    later_asked = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._assets = desk.assets.assets
        self._desk = desk
        self._around = around
        self.entry: Entry | None = None
        self._changed = False
        self.name = words("", "heading", wraps=True)
        self.state = BadgeLabel(parent=self)
        head = row(self.name, self.state, space=MEDIUM)
        head.setStretch(0, 1)
        self.last = words("", "muted", wraps=True)
        self.facts = QWidget(self)
        self._facts = QVBoxLayout(self.facts)
        self._facts.setContentsMargins(0, SMALL, MEDIUM, SMALL)
        self.banner = Banner(self)
        self.add(head)
        self.add(self.last)
        self._read_out = QWidget(self)
        self._inside = column(self.facts)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._read_out.setLayout(self._inside)
        self.body.addWidget(scrolling(self._read_out, "What the register says"), 1)
        self.line = line()
        self.add(self.line)
        self.add(self.banner)
        self._build_answer()

    def _build_answer(self) -> None:
        self.with_whom = QLineEdit(self)
        self.with_whom.setAccessibleName("Reviewed with")
        self.with_whom.setMinimumWidth(110)
        asked = Field(Kind.DATE, "Reviewed on", name="day", past=True)
        self.day = DateInput(asked, self._around.now, self)
        self.note = QLineEdit(self)
        self.note.setAccessibleName("Note")
        self.note.setPlaceholderText("Note (optional)")
        whom, day = words("With", "label"), words("on", "label")
        whom.setBuddy(self.with_whom)
        day.setBuddy(self.day.line)
        self.answer = QWidget(self)
        answer = column(
            row(whom, self.with_whom, day, self.day, space=MEDIUM), self.note, space=SMALL
        )
        answer.setContentsMargins(0, 0, 0, 0)
        self.answer.setLayout(answer)
        self.add(self.answer)
        self.confirm_button = button(
            _CONFIRM, "mdi6.check", role="primary", does=self.confirm, key="Ctrl+Return"
        )
        self.change_button = button(
            "Change it",
            "mdi6.pencil-outline",
            does=self._change,
            key="Ctrl+E",
            hint="Opens the entry; going back brings you here again",
        )
        self.later_button = button(
            "Later", "mdi6.clock-outline", does=self.later_asked.emit, key="Ctrl+PgDown"
        )
        self.add(
            row(self.confirm_button, self.change_button, self.later_button, None, space=MEDIUM)
        )

    def draw_together(self, *, low: bool) -> None:
        """In a low window the answer stands at the end of what is read out, and scrolls with it."""
        if low == (self._inside.indexOf(self.answer) >= 0):
            return
        if low:
            self.body.removeWidget(self.answer)
            self._inside.addWidget(self.answer)
        else:
            self._inside.removeWidget(self.answer)
            self.body.insertWidget(self.body.count() - 1, self.answer)
        self.day.brief(on=low)
        self.line.setVisible(not low)

    # --- showing -------------------------------------------------------------------------

    def show_line(self, audit: AuditLine, *, changed: bool) -> None:
        """Shows an asset. ``changed`` says that it was changed in this round."""
        fresh = self.entry is None or self.entry.id != audit.entry.id
        # With the names of what it is linked with.
        entry = self.entry = self._assets.load(audit.entry.id)
        self._changed = changed
        self.banner.hide()
        self.name.setText(f"{entry.reference}  {entry.title}")
        state = entry.register.state(entry.state)
        self.state.show_badge(Badge(state.label, state.icon, state.tone))
        self.last.setText(_last(audit))
        self.confirm_button.setText(_CHANGED if changed else _CONFIRM)
        self._show_facts(entry)
        if fresh:
            particulars = self._desk.school.particulars()
            self.with_whom.setText(audit.owner or particulars.dpo_name)
            self.day.set_value(self._assets.today())
            self.note.clear()

    def _show_facts(self, entry: Entry) -> None:
        while (old := self._facts.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for each in self._assets.findings_of(entry):
            gap = help_words(f"{each.gap.label}: {each.reason} {each.gap.mend}", "")
            set_tone(gap, "warn")
            self._facts.addWidget(gap)
        table = QWidget(self.facts)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        told = [each for each in facts(self._assets, entry) if each[1]]
        for place, (label, text) in enumerate(told):
            grid.addWidget(words(label, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(text, wraps=True), place, 1)
        self._facts.addWidget(table)
        self._facts.addStretch(1)

    # --- answering -----------------------------------------------------------------------

    def confirm(self) -> None:
        """Signs the asset off."""
        entry = self.entry
        if entry is None or not self.isVisible():
            return
        day = self.day.value()
        if self.day.problem() or day is None:
            self._complain(self.day.problem() or "When was it reviewed?", self.day)
            return
        if not self.with_whom.text().strip():
            self._complain("Who reviewed it with you?", self.with_whom)
            return
        try:
            saved = self._assets.confirm(
                entry.id,
                entry.version,
                self.with_whom.text(),
                day,
                self.note.text(),
                "changed" if self._changed else "confirmed",
            )
        except InvalidEntry as error:
            self._complain(" ".join(error.problems.values()), self.with_whom)
            return
        except DpdeskError as error:
            self._complain(str(error), self.confirm_button)
            return
        self.confirmed.emit(saved)

    def _complain(self, sentence: str, where: QWidget) -> None:
        self.banner.say(sentence, "danger")
        where.setFocus()

    def _change(self) -> None:
        if self.entry is not None:
            self.change_asked.emit(self.entry.id)


def _last(audit: AuditLine) -> str:
    if audit.last is None:
        return f"Never reviewed. To be confirmed by {long_date(audit.due)}."
    whom = f" with {audit.with_whom}" if audit.with_whom else ""
    came = f" ({audit.outcome.lower()})" if audit.outcome else ""
    done = "Confirmed in this round: " if audit.done else "Last reviewed: "
    return f"{done}{long_date(audit.last)}{whom}{came}. Due again by {long_date(audit.due)}."


def facts(assets: AssetService, entry: Entry) -> Iterator[tuple[str, str]]:
    """What the owner is asked about: a label and the words; empty where nothing is known."""

    def shown(*names: str) -> str:
        return "; ".join(text for name in names if (text := entry.shown(name)))

    around = assets.around(entry.id)
    basis = assets.purposes.register.field("basis")

    def purpose(values: Any) -> str:
        code = values.get("basis")
        return f"{values['purpose']} – {basis.choice(code).label if code else 'no lawful basis'}"

    yield "What is in it", shown("description")
    yield "Owner", shown("owner") or "Nobody is named"
    yield "Form", shown("form")
    yield "Where", shown("places", "place_words")
    yield "Systems", ", ".join(str(system["name"]) for system in around.systems)
    yield "Personal data", shown("personal") or "Not answered"
    if entry.values.get("personal") != "yes":
        return
    yield "Used for", "\n".join(purpose(each) for each in around.purposes) or "No purpose is given"
    yield "Whose data", shown("people_kinds", "people_other")
    yield "Kinds of data", shown("data_kinds", "data_other")
    yield "Used by", shown("carried_out")
    yield "Who it is shared with", shown("recipients", "recipients_other")
    yield "Outside the UK", shown("countries") or shown("transfers")
    yield "Kept for", shown("retention_rule", "retention_words") or "No class is chosen"
    yield "Followed", shown("retention_kept", "retention_why")
    yield "Protected by", shown("measures", "measures_words")
