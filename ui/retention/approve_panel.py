"""Approving holdings for disposal: how, why where a reason is needed, and what was looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, help_words, row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors
from ui.retention.look_card import LookCard

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.retention.disposal_rules import Judgement

_ASKED: Final = ("method", "reason", "approved_by")
_TOLD: Final = 4
"""Holdings named, and reasons told."""


class ApprovePanel(QWidget):
    """Asks what the service needs. ``approved`` carries what was saved; ``closed``: given up."""

    approved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self.references: tuple[str, ...] = ()
        self._judged: list[Judgement] = []
        self._method = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        self.what = Card("Approve for disposal", parent=self)
        self.names = help_words("", "")
        self.reasons = help_words("", "")
        self.foot = QWidget(self)
        """Its buttons and what is still needed, for whoever shows the panel to put in sight."""
        self.banner = Banner(self.foot)
        self.what.add(self.names)
        self.what.add(self.reasons)
        layout.addWidget(self.what)
        service = desk.retention.disposals
        self.form = Form(
            service.register,
            Doors(service, now=around.now),
            sections=("approved",),
            parent=self,
        )
        self.form.show_only(_ASKED)
        self.form.changed.connect(self._look_again)
        layout.addWidget(self.form)
        self.safe = Card("Safeguarding", parent=self)
        self.safe_says = help_words("")
        self.safe.add(self.safe_says)
        none = button("None of them does", "mdi6.check", does=self._none_safeguarding)
        self.safe.add(row(none, None))
        self.safe.hide()
        layout.addWidget(self.safe)
        self.look = LookCard(around, self)
        layout.addWidget(self.look)
        self.yes = button("Approve", "mdi6.check", role="primary", does=self.approve)
        buttons = row(self.yes, button("Cancel", does=self.closed.emit), None)
        self.foot.setLayout(column(self.banner, buttons))

    def begin(self, references: Sequence[str], method: str = "") -> None:
        """Asks about these holdings; ``method`` is proposed."""
        self.references = tuple(references)
        self._method = ""
        self.banner.hide()
        self.look.clear()
        self.what.title.setText(f"Approve {count(len(references), 'holding')} for disposal")
        dpo = self._desk.school.particulars().dpo_name
        self.form.set_values({"method": method or None, "approved_by": dpo})
        self.form.show_only(_ASKED)
        self._judge(method)
        self.form.focus_field("method")

    def _look_again(self) -> None:
        method = str(self.form.values().get("method") or "")
        if method != self._method:
            self._judge(method)

    def _judge(self, method: str) -> None:
        """What stands in the way, with this method."""
        self._method = method
        try:
            self._judged = self._desk.retention.disposals.judgements(
                self.references, method or "shred"
            )
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        titles = [f"{each.reference} {each.title}" for each in self._judged]
        self.names.setText(_lines(titles))
        told = [sentence for each in self._judged if (sentence := each.wants_reason)]
        self.reasons.setText(f"{_lines(told)}\nGive your reason below." if told else "")
        self.reasons.setVisible(bool(told))
        refused = [f"{each.refused} {each.because}" for each in self._judged if each.refused]
        if refused:
            self.banner.say(_lines(refused), "warn")
        self.yes.setEnabled(not refused)
        open_ = sum(each.unanswered for each in self._judged)
        self.safe_says.setText(
            f"{count(open_, 'holding')} without an answer: does it concern the safeguarding of a "
            "child? Answer it on its page, or for all of them here."
        )
        self.safe.setVisible(bool(open_))
        self.look.show_matters(self._judged)

    def _none_safeguarding(self) -> None:
        """Writes the answer of the person who presses it, and judges afresh."""
        unanswered = [each.reference for each in self._judged if each.unanswered]
        try:
            changes = self._desk.retention.holdings.not_safeguarding(unanswered)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self.banner.hide()
        self._judge(self._method)
        self._around.bus.publish(changes)

    def approve(self) -> bool:
        """Approves, or says what is still needed and changes nothing."""
        problems = self.form.problems()
        values = self.form.values()
        method, reason = values.get("method"), str(values.get("reason") or "")
        if not method:
            problems["method"] = "Choose how it is done."
        if not reason.strip() and any(each.wants_reason for each in self._judged):
            problems["reason"] = "The data protection officer must give a reason."
        if problems:
            self.form.show_errors(problems)
            return False
        if self.look.open:
            self.banner.say(self.look.ask(), "warn")
            return False
        try:
            saved = self._desk.retention.disposals.approve(
                self.references,
                str(method),
                reason=reason,
                looked=self.look.looked,
                by=str(values.get("approved_by") or ""),
            )
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        self.form.mark_clean()
        self.approved.emit(saved)
        return True


def _lines(sentences: Sequence[str]) -> str:
    """The first few, one to a line, and how many more there are."""
    rest = len(sentences) - _TOLD
    more = [f"and {rest:,} more"] if rest > 0 else []
    return "\n".join([*sentences[:_TOLD], *more])
