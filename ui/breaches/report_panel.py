"""The report to the regulator beside the questions, as it would go now.

Every question that applies in the order of the form, each with its answer and a button that
copies it for the regulator's own web form, which cannot be saved part-way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from dpdesk.breaches.name_free import Warned
from dpdesk.breaches.report_answers import Answered, completeness
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.breaches.asked import FIELDS, IN_SETTINGS, SETTINGS
from ui.breaches.sending import SendingCard
from ui.kit.look.theme import MEDIUM, SMALL, TINY, set_tone
from ui.kit.pieces import clipboard
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, icon_button, option
from ui.kit.pieces.cards import (
    Card,
    Scrolled,
    clear_layout,
    help_words,
    hide_unless,
    row,
    scrolling,
    words,
)
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings

_WAIT = 350
"""Milliseconds without a key before the report is written anew."""
_KINDS = ((False, "Initial report"), (True, "Follow-up report"))


class AnswerLine(QWidget):
    """One question of the form and its answer."""

    field_asked = Signal(str)
    copied = Signal(str)

    def __init__(self, answer: Answered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer = answer
        question = answer.question
        # One word for all of them at the head of the report; each line would bury the answers.
        mark = "*" if question.caution else ""
        self.number = words(f"{question.number}{mark}", "muted")
        self.number.setFixedWidth(34)
        self.question = words(question.text, "label", wraps=True)
        self.question.setToolTip(f"{question.why}\n{question.source} {question.caution}".strip())
        self.text = words("", wraps=True)
        self.notes = help_words("")
        self.warning = words("", "error", wraps=True)
        names = FIELDS.get(question.number, (SETTINGS,) if question.number in IN_SETTINGS else ())
        self.go = icon_button(
            f"Answer question {question.number}",
            "mdi6.pencil-outline",
            does=lambda: self.field_asked.emit(names[0]),
        )
        hide_unless(self.go, bool(names))
        self.copy = icon_button(
            f"Copy the answer to question {question.number}",
            "mdi6.content-copy",
            does=lambda: self.copied.emit(self._answer.text),
        )
        inside = QVBoxLayout()
        inside.setSpacing(TINY)
        for widget in (self.question, self.text, self.notes, self.warning):
            inside.addWidget(widget)
        layout = row(self.number, space=SMALL)
        layout.addLayout(inside, 1)
        layout.addWidget(self.go)
        layout.addWidget(self.copy)
        for beside in (self.number, self.go, self.copy):
            layout.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        layout.setContentsMargins(0, TINY, 0, SMALL)
        self.setLayout(layout)
        self.show_answer(answer, ())

    def show_answer(self, answer: Answered, warned: Sequence[Warned]) -> None:
        """Shows what would be answered now."""
        self._answer = answer
        self.text.setText(answer.text)
        notes = [answer.note, "New or changed since the last report." if answer.fresh else ""]
        said = " ".join(note for note in notes if note)
        self.notes.setText(said)
        self.notes.setVisible(bool(said))
        self.warning.setText("\n".join(each.sentence for each in warned))
        self.warning.setVisible(bool(warned))
        self.copy.setEnabled(answer.known)
        set_tone(self.text, "quiet" if answer.known else "warn")


class ReportPanel(Card):
    """The report of one incident. ``field_asked`` names the question of the log to go to.

    ``sent`` fires after a report was noted as sent and kept.
    """

    field_asked = Signal(str)
    closed = Signal()
    sent = Signal()
    save_asked = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__("Report to the ICO", parent=parent)
        self._desk, self._around, self._door = desk, around, door
        self.entry: Entry | None = None
        self.follow_up = False
        self.answers: tuple[Answered, ...] = ()
        self.lines: dict[str, AnswerLine] = {}
        self._values: Mapping[str, Any] = {}
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.refresh)
        self.kinds = {kind: option(label, role="chip", one_of=True) for kind, label in _KINDS}
        for kind, made in self.kinds.items():
            made.picked.connect(lambda _on, kind=kind: self.choose(follow_up=kind))
        close = icon_button("Close the report", "mdi6.close", does=self.closed.emit)
        self.head.addWidget(close)
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setAccessibleName("Questions answered")
        self.told = help_words("", "")
        self.phone = help_words("")
        self.banner = Banner(closable=False)
        self.sending = SendingCard(desk, around)
        self.sending.sent.connect(self._sent)
        self.sending.save_asked.connect(self.save_asked)
        self.sending.field_asked.connect(self.field_asked)
        self.sending.hide()
        self._inside = Scrolled()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, MEDIUM, 0)
        # In what scrolls: the window must not grow by it, and a low one has no room for it.
        for each in (self.told, self.phone, self.banner, self.sending):
            self._list.addWidget(each)
        self._list.setSpacing(SMALL)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(0)
        self._list.addLayout(self._questions)
        self._list.addStretch(1)
        self.area = scrolling(self._inside, "The report")
        self.print_button = button("Print or save", "mdi6.printer-outline", does=self.print_report)
        self.sent_button = button(
            "It was sent…", "mdi6.send-check-outline", role="primary", does=self.begin_sending
        )
        self.add(row(*self.kinds.values(), None, self.print_button, self.sent_button))
        self.add(self.meter)
        self.body.addWidget(self.area, 1)

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry) -> None:
        """Shows the report of an incident; a follow-up where one was sent before."""
        other = self.entry is None or self.entry.id != entry.id
        self.entry = entry
        self._values = entry.values
        if other:
            self.follow_up = bool(
                entry.id and self._desk.breaches.breaches.around(entry.id).reported
            )
            self.sending.hide()
        if self.isVisible():
            self.refresh()

    def preview(self, values: Mapping[str, Any]) -> None:
        """Takes over what is typed, when the typist pauses."""
        self._values = {name: value for name, value in values.items() if value is not None}
        if self.isVisible():
            self._timer.start()

    def choose(self, *, follow_up: bool) -> None:
        """The initial report, or one that follows up."""
        self.follow_up = follow_up
        self.refresh()

    def refresh(self) -> None:
        """Writes the report anew, in place, so that the place in it is kept."""
        if self.entry is None or not self.entry.id or self._values.get("aware") is None:
            return
        entry = replace(self.entry, values=dict(self._values))
        try:
            self.answers = self._desk.breaches.reporting.answers(entry, follow_up=self.follow_up)
            warned = self._desk.breaches.reporting.warnings(entry, self.answers)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        for kind, made in self.kinds.items():
            made.setChecked(kind is self.follow_up)
        self._show_meter(warned)
        if list(self.lines) != [each.question.number for each in self.answers]:
            self._build_lines()
        for each in self.answers:
            mine = [one for one in warned if one.number == each.question.number]
            self.lines[each.question.number].show_answer(each, mine)

    def _show_meter(self, warned: Sequence[Warned]) -> None:
        known, wanted = completeness(self.answers)
        self.meter.setMaximum(max(wanted, 1))
        self.meter.setValue(known)
        gaps = wanted - known
        rest = (
            f"{count(gaps, 'answer')} missing: you can send the report without, and the rest later."
            if gaps
            else "Nothing is missing from the report."
        )
        self.told.setText(f"{known} of {wanted} questions answered. {rest}")
        school = self._desk.school.particulars()
        self.phone.setText(
            f"{school.regulator_name}: {school.regulator_telephone}, {school.regulator_hours}. "
            f"Online form: {school.regulator_report_page}. Report a cyber incident there. "
            "The form cannot be saved part-way: copy each answer into it. The wording of "
            "questions marked * is common practice: compare it with the form."
        )
        if warned:
            names = (
                "1 answer seems to contain a person’s name or number"
                if len(warned) == 1
                else f"{len(warned)} places seem to contain a person’s name or number"
            )
            self.banner.say(f"{names}. The report must not contain them; see below.", "warn")
        else:
            self.banner.hide()

    def _build_lines(self) -> None:
        clear_layout(self._questions)
        self.lines = {}
        for section, answers in groupby(self.answers, key=lambda each: each.question.section):
            self._questions.addWidget(words(section, "heading"))
            for each in answers:
                made = AnswerLine(each)
                made.field_asked.connect(self.field_asked)
                made.copied.connect(self._copy)
                self.lines[each.question.number] = made
                self._questions.addWidget(made)

    # --- doing ---------------------------------------------------------------------------

    def _copy(self, text: str) -> None:
        clipboard.copy(text)
        self._around.messages.say("Copied. Paste it into the ICO’s form.")

    def print_report(self) -> None:
        """Offers the report as a PDF, from what is saved."""
        self.save_asked.emit()
        entry = self._saved()
        if entry is None:
            return
        notes = [self.told.text()]
        notes += [
            each.sentence for each in self._desk.breaches.reporting.warnings(entry, self.answers)
        ]
        kind = "follow-up report" if self.follow_up else "initial report"
        self._door.offer(
            lambda: self._desk.breaches.reporting.report(entry, follow_up=self.follow_up).content,
            f"{entry.reference} {kind}",
            notes,
        )

    def begin_sending(self) -> None:
        """Asks when and how it went."""
        self.save_asked.emit()
        entry = self._saved()
        if entry is not None:
            self.area.verticalScrollBar().setValue(0)
            self.sending.begin(entry, follow_up=self.follow_up)

    def _saved(self) -> Entry | None:
        if self.entry is None or not self.entry.id:
            return None
        return self._desk.breaches.breaches.load(self.entry.id)

    def _sent(self) -> None:
        self.sending.hide()
        self.follow_up = True
        self.sent.emit()
        self.refresh()
