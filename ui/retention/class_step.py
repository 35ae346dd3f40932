"""What a class of the schedule says in one sentence, and what is left to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from ui.kit.pieces.next_step_card import NextStepCard, Offer

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_CHECKED: Offer = ("Checked today", "mdi6.account-check-outline", "checked")
_NEW: Final = (
    "Say which records these are, how long they are kept and from when, and what that is based on."
)
_NEEDED: Final = ("code", "records", "action", "trigger")


class ClassStep(NextStepCard):
    """The period in words, as it is saved or typed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._left = ""

    def show_entry(self, entry: Entry) -> None:
        """A class as it is saved."""
        offers: list[Offer] = []
        self._left = ""
        if entry.state == "check":
            self._left = (
                " It is based on a law or guidance whose text was not checked for this schedule: "
                "ask "
                "your adviser, and enter the date when you did."
            )
            offers = [_CHECKED]
        elif entry.state == "practice":
            self._left = " This is common practice: your school decides."
            offers = [_CHECKED]
        elif entry.state == "withdrawn":
            self._left = " It is withdrawn: nothing in it falls due any more."
        self.show_step(self._said(entry.values), offers)

    def preview(self, values: Mapping[str, Any]) -> None:
        """A class as it is typed."""
        self.says.setText(self._said(values))

    def _said(self, values: Mapping[str, Any]) -> str:
        if any(values.get(name) is None for name in _NEEDED):
            return _NEW
        words = self._desk.retention.schedule.words_of(values)
        field = self._desk.retention.schedule.register.field("action")
        then = next(each.label for each in field.choices if each.code == values["action"])
        ends = "" if values["action"] == "PERM" else f" Then: {then[0].lower()}{then[1:]}."
        return f"{words}.{ends}{self._left}{_differs(values, words)}"


def _differs(values: Mapping[str, Any], words: str) -> str:
    """What the standard schedule says, where the school keeps it for another time."""
    from dpdesk.law.retention_periods import shipped  # read when the first class is opened

    usual = shipped().get(str(values["code"]).upper())
    if usual is None or usual.record_class.words == words:
        return ""
    said = usual.record_class.words
    return (
        f" The standard schedule says: {said[0].lower()}{said[1:]}. Write in the note why yours "
        "differs."
    )
