"""What stands beside a disposal: what is in it, its certificate, and its next step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.law.words import count, long_date
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.next_step_card import NextStepCard, Offer
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_SHOWN = 12
_TOLD = 4
_DONE: Offer = ("Record as done", "mdi6.check", "done")
_WITHDRAW: Offer = ("Withdraw the approval", "mdi6.cancel", "withdraw")
_PAPER: Offer = ("Print or save the certificate", "mdi6.certificate-outline", "certificate")


class DisposalStep(NextStepCard):
    """Approved, done or withdrawn: and what is left to do."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def show_entry(self, entry: Entry) -> None:
        """Works out the next step of a disposal."""
        self.show_step(*self._step(entry))

    def _step(self, entry: Entry) -> tuple[str, list[Offer]]:
        values = entry.values
        if entry.state == "withdrawn":
            return "The approval was withdrawn; the holdings are free again.", []
        if entry.state == "approved":
            if since := self._desk.retention.disposals.come_since(entry):
                told = "\n".join(each.strip() for each in since[:_TOLD])
                return (
                    f"Do not carry it out yet. Since it was approved, this has come up:\n{told}",
                    [("It has already been carried out", "mdi6.check", "done"), _WITHDRAW],
                )
            return (
                (
                    "Approved. Once it has been carried out, record who did it and when. Until "
                    "then you can withdraw the approval."
                ),
                [_DONE, _WITHDRAW],
            )
        if values.get("third_parties") is not None and values.get("told") is None:
            return (
                "Done. Others hold copies: tell them to delete theirs, and record when you did.",
                [("Record when they were told", "mdi6.account-voice", "field:told"), _PAPER],
            )
        if values.get("method") == "contractor" and values.get("certificate") is None:
            return (
                "Done. When the contractor’s certificate comes, record its number.",
                [("Record its number", "mdi6.pencil-outline", "field:certificate"), _PAPER],
            )
        return "Done, and in the log for good. There is nothing more to do.", [_PAPER]


class ContentsPanel(RailPanel):
    """The holdings of a disposal, or its lines in the log. ``take_out_asked``: a reference."""

    take_out_asked = Signal(str)

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("What is in it", parent)
        self._desk, self._around = desk, around

    def draw(self, entry: Entry) -> None:
        """One line for each."""
        self.setVisible(bool(entry.id) and entry.state != "withdrawn")
        if self.isHidden():
            return
        if entry.state == "done":
            lines = self._desk.retention.disposals.lines(entry.id)
            for line in lines[:_SHOWN]:
                self.inside.addWidget(words(f"{line.holding} {line.description}", wraps=True))
                self.say(f"{line.code} {line.records}. {line.period}.")
            self._rest(len(lines))
            return
        inside = self._desk.retention.disposals.holdings_in(entry.id)
        for each in inside[:_SHOWN]:
            go = button(each.reference, role="link", hint=each.title)
            go.setAccessibleName(f"Open {each.reference} {each.title}")
            go.clicked.connect(partial(self._around.navigator.open_entry, "holdings", each.id))
            beside = row(go, None)
            if len(inside) > 1:
                out = icon_button(f"Remove {each.reference} from this disposal", "mdi6.close")
                out.clicked.connect(partial(self.take_out_asked.emit, each.reference))
                beside.addWidget(out)
            self.inside.addLayout(beside)
            self.say(each.title)
        self._rest(len(inside))

    def _rest(self, number: int) -> None:
        if number > _SHOWN:
            self.say(f"and {count(number - _SHOWN, 'more holding')}")


class CertificatePanel(RailPanel):
    """The certificate as it was, and with what was added since."""

    def __init__(self, desk: Desk, door: PaperDoor, parent: QWidget | None = None) -> None:
        super().__init__("Certificate", parent)
        self._desk, self._door = desk, door

    def draw(self, entry: Entry) -> None:
        """Only for what is done."""
        self.setVisible(entry.state == "done")
        if self.isHidden():
            return
        done = entry.values.get("done_on")
        if done is not None:
            self.say(f"Dated {long_date(done)}. It is kept as it was and never changes.")
        erased = self._desk.retention.disposals.erased_at(entry.id)
        if erased is not None:
            self.say(self._desk.keeping.backups_still_hold(erased))
        paper = button("Print or save it", "mdi6.printer-outline", does=self.offer)
        self.inside.addLayout(row(paper, None))
        later = button("With later additions", role="link", does=self.offer_later)
        later.setToolTip("For example with the number of the contractor’s certificate")
        self.inside.addLayout(row(later, None))

    def offer(self) -> None:
        """Offers the certificate as it was when the disposal was done."""
        entry = self.entry
        if entry is not None:
            self._door.offer(
                lambda: self._desk.retention.disposals.certificate(entry.id),
                f"{entry.reference} certificate of disposal",
            )

    def offer_later(self) -> None:
        """Offers the certificate with the answers as they are now."""
        entry = self.entry
        if entry is not None:
            now = self._desk.retention.disposals.load(entry.id)
            self._door.offer(
                lambda: self._desk.retention.prints.certificate(now).content,
                f"{entry.reference} certificate of disposal, added to",
            )
