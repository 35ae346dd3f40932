"""What is stored about disposals: each batch, its permanent lines, and its certificate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.registers.fields import (
    Register,
    Section,
    Values,
    choice,
    date,
    long_text,
    text,
)
from dpdesk.registers.record import Record
from dpdesk.retention import states
from dpdesk.retention.schedule_records import pick
from dpdesk.store.tables import Base, never_changed


def _by_contractor(values: Values) -> bool:
    return values.get("method") == "contractor"


def _handed_on(values: Values) -> bool:
    return values.get("method") in {"transfer", "archive", "returned"}


def _copies(values: Values) -> bool:
    return values.get("third_parties") is not None


class Disposal(Record):
    """Holdings that were approved for disposal together, and what became of them."""

    register = Register(
        "disposals",
        title="Disposals",
        entry="disposal",
        prefix="DI",
        icon="mdi6.shredder",
        purpose=(
            "What was destroyed, transferred or archived: who approved it, how, by whom and when. "
            "Start with the holdings that are due."
        ),
        first_step="See what is due",
        title_label="What",
        order="-reference",
        help_page="retention",
        sections=(
            Section("approved", "Approved"),
            Section("done", "Done"),
            Section("others", "Contractor and copies", "Can be added later."),
        ),
        states=states.DISPOSAL_STATES,
        chips=states.DISPOSAL_CHIPS,
    )

    approved_on = date("Approved on", section="approved", listed=True, source="Policy 4.6(f)")
    approved_by = text("Approved by", person=True, section="approved")
    method = choice(
        "How?",
        pick("methods"),
        heading="Method",
        section="approved",
        required=True,
        listed=True,
        source="Policy 14",
    )
    reason = long_text(
        "Reason",
        section="approved",
        help="For records to be reviewed first, and for records not due yet. No names.",
        source="Policy 8.4(c)",
    )
    looked = text(
        "Checked against these open matters",
        heading="Checked against",
        section="approved",
        help="Nothing that they concern is in these holdings.",
    )
    looked_how = text(
        "How was it checked?",
        heading="How checked",
        section="approved",
        example="Opened each box and went through the list of names inside the lid",
        help="No names: it is kept for good.",
    )
    withdrawn_why = long_text(
        "Why was it withdrawn?",
        heading="Why withdrawn",
        section="approved",
        when=lambda values: values.get("withdrawn_why") is not None,
    )

    done_on = date("Done on", section="done", listed=True, past=True)
    done_by = text("Done by", person=True, section="done", wanted=True, listed=True)
    witness = text("Witnessed by", person=True, section="done")
    handed_to = text("Handed to", section="done", when=_handed_on)
    receipt = date(
        "Receipt confirmed on", heading="Receipt", section="done", when=_handed_on, past=True
    )

    contractor = text("Contractor", section="others", when=_by_contractor, wanted=True)
    certificate = text(
        "Contractor’s certificate number",
        heading="Certificate no.",
        section="others",
        when=_by_contractor,
        wanted=True,
    )
    third_parties = long_text(
        "Third parties that hold copies", heading="Third parties", section="others", when=_copies
    )
    told = date(
        "Told to delete them on",
        heading="Told on",
        section="others",
        when=_copies,
        wanted=True,
        past=True,
        source="Policy 10.2.4",
    )
    note = long_text("Note", section="others", help="No names: it is kept for good.")


LATER = frozenset({"contractor", "certificate", "told", "note"})
"""What may still be added to a disposal by hand; all else follows from approving and doing."""


@dataclass(frozen=True, slots=True)
class DisposedLine:
    """A line of the disposal log, as screens and papers show it."""

    number: int
    holding: str
    code: str
    records: str
    description: str
    form: str
    quantity: str
    dates: str
    period: str
    due: str
    reason: str


@dataclass(frozen=True, slots=True)
class CasePapers:
    """The papers of a case that are destroyed, for a line of the log; without any name."""

    reference: str
    code: str
    records: str
    """The class in words."""
    what: str
    quantity: str
    years: str
    period: str
    due: dt.date
    """Until when they had to be kept."""

    def line(self, disposal_id: int) -> dict[str, Any]:
        """The one line of its disposal."""
        return {
            "disposal_id": disposal_id,
            "number": 1,
            "holding": self.reference,
            "code": self.code,
            "records": self.records,
            "description": self.what,
            "form": "Electronic",
            "quantity": self.quantity,
            "dates": self.years,
            "period": self.period,
            "due": self.due.isoformat(),
            "reason": "The period has run out.",
        }


class DisposalLine(Base):
    """One holding that was disposed of, for good, without what was personal about it."""

    __tablename__ = "disposal_lines"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposals.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    """From 1 within its disposal."""
    holding: Mapped[str] = mapped_column(String)
    """Reference of the holding."""
    code: Mapped[str] = mapped_column(String)
    records: Mapped[str] = mapped_column(String)
    """The class in words."""
    description: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String)
    quantity: Mapped[str] = mapped_column(String)
    dates: Mapped[str] = mapped_column(String)
    """The years of the records; empty where they would tell a date of birth."""
    period: Mapped[str] = mapped_column(String)
    due: Mapped[str] = mapped_column(String)
    """ISO day, or the year alone where the day would tell a date of birth; empty if it had none."""
    reason: Mapped[str] = mapped_column(Text)


def line_of(row: DisposalLine) -> DisposedLine:
    """The frozen line of a stored one."""
    names = DisposedLine.__dataclass_fields__
    return DisposedLine(**{name: getattr(row, name) for name in names})


never_changed(DisposalLine, "the disposal log cannot be changed")
