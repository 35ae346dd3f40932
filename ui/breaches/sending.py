"""Noting that a report was sent: when, how, and under which reference. It is then kept for good."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, row
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors

_ASKED = ("sent_at", "channel", "case_reference", "note")


class SendingCard(Card):
    """A short form. ``sent`` fires once the report is noted and kept."""

    sent = Signal()
    save_asked = Signal()
    """What is typed on the page goes into the report that is kept: it is saved first."""
    field_asked = Signal(str)

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(
            "Record that it was sent",
            "The report is kept as it is now. It cannot be changed afterwards; what is new goes "
            "into a follow-up.",
            parent,
        )
        self._desk, self._around = desk, around
        self._entry: Entry | None = None
        self._follow_up = False
        reports = desk.breaches.breaches.reports
        self.form = Form(reports.register, Doors(reports, now=around.now))
        self.form.show_only(_ASKED)
        self.banner = Banner()
        self.keep = button("Keep it as sent", "mdi6.send-check-outline", does=self.save)
        self.add(self.banner)
        self.add(self.form)
        self.add(row(self.keep, button("Cancel", does=self.hide), None))
        on_escape(self, self.hide)

    def begin(self, entry: Entry, *, follow_up: bool) -> None:
        """Asks about the report of an incident."""
        self._entry, self._follow_up = entry, follow_up
        self.banner.hide()
        known = {
            "sent_at": self._around.now(),
            "case_reference": entry.values.get("case_reference"),
        }
        self.form.set_values(known)
        self.form.show_only(_ASKED)
        self.show()
        self.form.focus_field("channel")

    def save(self) -> bool:
        """Notes and keeps the report; says beside the questions what stands against it."""
        problems = self.form.problems()
        values = self.form.values()
        for name in ("sent_at", "channel"):
            if values.get(name) is None and name not in problems:
                problems[name] = "This is required."
        if problems or self._entry is None:
            self.form.show_errors(problems)
            return False
        self.save_asked.emit()
        try:
            self._desk.breaches.reporting.send(
                self._entry,
                sent_at=values["sent_at"],
                channel=values["channel"],
                follow_up=self._follow_up,
                case_reference=values.get("case_reference") or "",
                note=self._said_by_telephone(values),
            )
        except InvalidEntry as error:
            rest = self.form.show_errors(error.problems)
            said = " ".join(rest or error.problems.values())
            late = "delay" in said
            lead = [("Write down the reasons", lambda: self.field_asked.emit("delay_why"))]
            if rest or late:
                self.banner.say(said, "danger", lead if late else ())
            return False
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return False
        self.sent.emit()
        return True

    def _said_by_telephone(self, values: Values) -> str:
        """What is typed of a call; nothing once another way of reporting is chosen."""
        said = self.form.rows["note"]
        return str(said.value() or "") if said.field.applies(values) else ""
