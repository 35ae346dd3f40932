"""Noting that an approved disposal was carried out: by whom, when, and who saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import count
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors
from ui.retention.look_card import LookCard

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_ASKED: Final = (
    "done_on",
    "done_by",
    "witness",
    "handed_to",
    "receipt",
    "contractor",
    "certificate",
    "told",
)
_ERASED: Final = (
    "Names, dates and notes about people are erased for good, from the "
    "history too. The log and the certificate stay; they contain no names. "
    "This cannot be undone."
)


class DoingPanel(QWidget):
    """A short form, and one question. ``done`` carries what was saved; ``closed``: given up."""

    done = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self._entry: Entry | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        self.what = Card("Record as done", "Only once it has really been carried out.", self)
        self.banner = Banner(self.what)
        self.what.add(self.banner)
        layout.addWidget(self.what)
        service = desk.retention.disposals
        self.form = Form(
            service.register,
            Doors(service, now=around.now),
            sections=("done", "others"),
            parent=self,
        )
        self.form.show_only(_ASKED)
        layout.addWidget(self.form)
        self.look = LookCard(around, self)
        layout.addWidget(self.look)
        self.yes = button("Record as done", "mdi6.check", role="primary", does=self.note)
        self.yes.setAccessibleName("Record this disposal as done")
        layout.addLayout(row(self.yes, button("Cancel", does=self.closed.emit), None))

    def begin(self, entry: Entry) -> None:
        """Asks about an approved disposal."""
        self._entry = entry
        self.banner.hide()
        self.look.clear()
        service = self._desk.retention.disposals
        self.form.set_values(
            {
                # The method decides what is asked; who holds copies, whether they were told.
                "method": entry.values.get("method"),
                "third_parties": service.third_parties(entry.id) or None,
                "done_on": service.today(),
                "witness": None,
            }
        )
        self.form.show_only(_ASKED)
        self._look(entry)
        self.form.focus_field("done_by")

    def _look(self, entry: Entry) -> None:
        """Open matters that came since it was approved want a look, too."""
        service = self._desk.retention.disposals
        references = [each.reference for each in service.holdings_in(entry.id)]
        judged = service.judgements(references, entry.values["method"], within=entry.id)
        confirmed = str(entry.values.get("looked") or "").replace(",", " ").split()
        refused = [each.refused for each in judged if each.refused]
        if refused:
            say = (
                f"{' '.join(refused[:4])} Remove it from the disposal, or wait until "
                "that has ended."
            )
            self.banner.say(say, "danger")
        self.look.show_matters(judged, confirmed)

    def note(self) -> bool:
        """Notes it, or says what is still needed and changes nothing."""
        entry = self._entry
        problems = self.form.problems()
        values = self.form.values()
        if not str(values.get("done_by") or "").strip():
            problems["done_by"] = "Say who did it."
        if problems or entry is None:
            self.form.show_errors(problems)
            return False
        if self.look.open:
            self.banner.say(self.look.ask(), "warn")
            return False
        number = len(self._desk.retention.disposals.holdings_in(entry.id))
        if not self._around.prompter.confirm(
            f"Record {entry.reference} as done? {count(number, 'holding')}.",
            "Record as done",
            details=_ERASED,
            danger=True,
        ):
            return False
        return self._save(entry, values)

    def _save(self, entry: Entry, values: dict[str, Any]) -> bool:
        from dpdesk.retention.disposal_service import Doing  # loaded when something is disposed of

        service = self._desk.retention.disposals
        doing = Doing(
            str(values["done_by"]),
            values.get("done_on"),
            str(values.get("witness") or ""),
            str(values.get("handed_to") or ""),
            values.get("receipt"),
            str(values.get("contractor") or ""),
            str(values.get("certificate") or ""),
            values.get("told"),
        )
        try:
            saved = service.done(service.load(entry.id), doing, looked=self.look.looked)
        except InvalidEntry as error:
            rest = self.form.show_errors(error.problems)
            if rest:
                self.banner.say(" ".join(rest), "danger")
            return False
        except DpdeskError as error:
            self._look(entry)
            self.banner.say(str(error), "danger")
            return False
        self.form.mark_clean()
        self.done.emit(saved)
        return True
