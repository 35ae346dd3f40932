"""The letters of a request: those that can be written, those begun, and those sent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import show_date
from dpdesk.requests.correspondence import SentLetter
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.register.rail import RailPanel


class RequestLettersPanel(RailPanel):
    """One button for each letter that such a request may need. ``asked`` carries which."""

    asked = Signal(str)

    def __init__(self, desk: Desk, door: PaperDoor, parent: QWidget | None = None) -> None:
        super().__init__("Letters", parent)
        self._desk, self._door = desk, door

    def draw(self, entry: Entry) -> None:
        """What can be written, with what was begun; then what was sent, the newest first."""
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        letters = self._desk.requests.letters
        if entry.state == "disposed":
            self._draw_case()
            return
        begun = letters.begun(entry)
        for kind in letters.kinds(entry):
            made = button(kind.label, role="link", does=partial(self.asked.emit, kind.key))
            made.setToolTip(f"{kind.help} You see and change it first.")
            self.inside.addLayout(row(made, None))
        waiting = [kind.label for kind in letters.kinds(entry) if kind.key in begun]
        if waiting:
            self.say(f"Started, not sent: {', '.join(waiting)}.")
        for each in reversed(letters.sent(entry.id)):
            self._draw_sent(each)
        self._draw_case()

    def _draw_case(self) -> None:
        case = button("Case file", "mdi6.folder-file-outline", role="link", does=self.print_case)
        case.setToolTip("Everything that shows how the request was handled, for the ICO or a court")
        self.inside.addLayout(row(case, None))

    def print_case(self) -> None:
        """Offers the case file as it is now."""
        assert self.entry is not None
        entry = self._desk.requests.requests.load(self.entry.id)
        notes = ["Without the words that were removed, and without your notes."]
        self._door.offer(
            lambda: self._desk.requests.case_file(entry).content,
            f"{entry.reference} case file",
            notes,
        )

    def _draw_sent(self, letter: SentLetter) -> None:
        values = letter.part.values
        how = letter.part.shown("how").lower()
        self.say(f"{letter.label}: {show_date(values['sent_on'])}, {how}", "")
        if letter.paper is not None:
            paper = button("As it was sent", role="link", does=partial(self._offer, letter))
            paper.setAccessibleName(f"{letter.label} as it was sent")
            self.inside.addLayout(row(paper, None))

    def _offer(self, letter: SentLetter) -> None:
        assert self.entry is not None
        assert letter.paper is not None
        paper = letter.paper
        self._door.offer(
            lambda: self._desk.requests.letters.content(paper.id),
            f"{self.entry.reference} {letter.label} as sent",
        )
