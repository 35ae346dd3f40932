"""What to do next with a holding: one card that changes with where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError
from dpdesk.law.words import listed, long_date
from ui.kit.pieces.next_step_card import NextStepCard, Offer
from ui.retention.due_lines import held_words

if TYPE_CHECKING:
    import datetime as dt

    from dpdesk.desk import Desk
    from dpdesk.law.steps import ClockResult
    from dpdesk.registers.entries import Entry

_APPROVE: Offer = ("Approve for disposal", "mdi6.archive-check-outline", "approve")
_KEEP: Offer = ("Keep longer", "mdi6.archive-plus-outline", "field:kept_why")


class HoldingStep(NextStepCard):
    """Says when it falls due, what is missing, or what holds it up."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def show_entry(self, entry: Entry) -> None:
        """Works out the next step of a holding."""
        self.show_step(*self._step(entry))

    def preview(self, values: Mapping[str, Any]) -> None:
        """Says when what is being written down would fall due."""
        if values.get("rule") is None:
            self.says.setText(_FIRST)
            return
        try:
            clock = self._desk.retention.holdings.clock_of(values)
        except (DpdeskError, KeyError):
            return
        self.says.setText(self._when(clock))

    def _when(self, clock: ClockResult) -> str:
        if clock.waiting_for and clock.due is None:
            return f"To say when it falls due, the {listed(list(clock.waiting_for))} is needed."
        if clock.due is None:
            return clock.steps[-1].text
        today = self._desk.retention.holdings.today()
        word = "It fell due" if clock.due < today else "It falls due"
        return f"{word} on {long_date(clock.due)}. “Why this date?” shows how that is worked out."

    def _step(self, entry: Entry) -> tuple[str, list[Offer]]:
        if not entry.id:
            return _FIRST, []
        service = self._desk.retention.holdings
        if entry.state == "disposed":
            return _GONE, self._disposal(entry)
        if entry.state == "held":
            blocks = service.blocks(entry.id)
            offers: list[Offer] = [
                (
                    f"Open {block.reference}",
                    "mdi6.open-in-new",
                    f"open:{block.register}:{block.entry_id}",
                )
                for block in blocks
                if block.reference
            ]
            text = f"{held_words(blocks)}. None of it may be disposed of until that has ended."
            return text, offers or [_FLAG]
        if entry.state == "approved":
            return "Its disposal is approved. When it has been carried out, record that.", (
                self._disposal(entry)
            )
        try:
            clock = service.clock(entry)
        except DpdeskError as error:
            return str(error), []
        if entry.state == "missing":
            return self._when(clock), [("Enter it", "mdi6.pencil-outline", "missing")]
        if entry.state == "never":
            return self._never(entry, clock)
        if clock.due is not None and clock.due < service.today():
            return self._due(entry, clock.due), [_APPROVE, _KEEP]
        return self._when(clock), [_KEEP]

    def _never(self, entry: Entry, clock: ClockResult) -> tuple[str, list[Offer]]:
        refused = self._desk.retention.disposals.judgements([entry.reference])[0].refused
        text = clock.steps[-1].text
        if refused:
            return text, []
        return f"{text} It can be disposed of if you give a reason.", [_APPROVE]

    def _due(self, entry: Entry, due: dt.date) -> str:
        rule = self._desk.retention.schedule.load(entry.values["rule"])
        action = rule.shown("action")
        return (
            f"It fell due on {long_date(due)}. The schedule says: {action[0].lower()}{action[1:]}. "
            "Approve that, or keep it longer and say why."
        )

    def _disposal(self, entry: Entry) -> list[Offer]:
        found = self._desk.retention.questions.disposal_of(entry.id)
        if found is None:
            return []
        offer = f"open:disposals:{found.entry_id}"
        return [(f"Open {found.reference}", "mdi6.open-in-new", offer)]


_FIRST = (
    "Say what it is and choose its class: that decides which date is needed, and when it falls due."
)
_GONE = "It has been disposed of. Its personal details are erased; the log keeps the rest."
_FLAG: Offer = ("Go to that answer", "mdi6.arrow-right", "field:safeguarding")
