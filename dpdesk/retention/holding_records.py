"""What is stored about the things that are kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.law.pick_lists import Choice
from dpdesk.law.retention_periods import triggers
from dpdesk.registers.fields import (
    Condition,
    Register,
    Section,
    Values,
    choice,
    choices,
    date,
    link,
    long_text,
    text,
    yes_no,
)
from dpdesk.registers.record import Record
from dpdesk.retention import states
from dpdesk.retention.schedule_records import pick
from dpdesk.store.tables import Base, UtcMoment


def about_one(values: Values) -> bool:
    """Is the holding about one person?"""
    return values.get("one_person") == "yes"


def _runs_from(*codes: str) -> Condition:
    def asked(values: Values) -> bool:
        return bool(set(codes) & set(values.get("counts_from") or ()))

    return asked


def _born(values: Values) -> bool:
    return about_one(values) or _runs_from("DOB")(values)


class Holding(Record):
    """Something that is kept: a box, a folder, a disk, one pupil's file."""

    register = Register(
        "holdings",
        title="Holdings",
        entry="holding",
        prefix="HO",
        icon="mdi6.archive-outline",
        purpose=(
            "The actual files, boxes and disks that are kept: “pupil files, leavers "
            "2001/02”, “box 14”, “CCTV disk”. Each belongs to a class of the schedule and "
            "falls due by its dates."
        ),
        first_step="Add a holding",
        title_label="What",
        order="due",
        help_page="retention",
        sections=(
            Section("what", "What it is"),
            Section("dates", "Dates", "The class of the schedule decides which dates are needed."),
            Section("where", "Where it is kept"),
            Section("longer", "Kept longer", "Anything overdue may only be kept with a reason."),
        ),
        states=states.HOLDING_STATES,
        chips=states.HOLDING_CHIPS,
    )

    what = text(
        "What is it?",
        section="what",
        required=True,
        example="Pupil files, leavers 2001/02",
        help="No names, unless it is about one person.",
    )
    rule = link(
        "Which class of the schedule?",
        "retention_rules",
        heading="Class",
        section="what",
        required=True,
        listed=True,
        source="Policy 14",
    )
    counts_from = choices(
        "The period runs from",
        tuple(Choice(each.code, each.label) for each in triggers().values()),
        heading="Counted from",
        section="what",
        searched=False,
        help="Taken from the class when you save.",
    )
    asset = link(
        "Which entry in the asset register?",
        "assets",
        heading="Asset",
        section="what",
        source="Policy 4.6(a) and 8.1(i)",
    )
    one_person = yes_no("Is it about one person?", heading="One person", section="what")
    person = text(
        "Name of the person",
        heading="Person",
        person=True,
        section="what",
        when=about_one,
        wanted=True,
    )
    safeguarding = yes_no(
        "Does it concern the safeguarding of a child?",
        heading="Safeguarding",
        section="what",
        wanted=True,
        help=(
            "“Yes” and “Not known” prevent its disposal. Without an answer it cannot be approved "
            "for disposal."
        ),
        source="Policy 14",
    )

    born = date(
        "Date of birth",
        section="dates",
        when=_born,
        wanted=True,
        past=True,
        help="That of the youngest, if it is about several people.",
    )
    left = date(
        "Left the school on",
        heading="Left on",
        section="dates",
        when=_runs_from("LEAVE"),
        wanted=True,
    )
    employment_ended = date(
        "Last day of employment",
        heading="Employment ended",
        section="dates",
        when=_runs_from("LDE"),
        wanted=True,
    )
    in_year = date(
        "Any day in the year it belongs to",
        heading="Year",
        section="dates",
        when=_runs_from("CY", "CFY", "CTY"),
        wanted=True,
        help="The last year, if it covers several.",
    )
    event_on = date(
        "Date of the incident, decision, meeting or visit",
        heading="Date of event",
        section="dates",
        when=_runs_from("EVENT"),
        wanted=True,
        help="Or the day the case was closed. The latest, if there are several.",
    )
    last_entry = date(
        "Date of the last entry",
        heading="Last entry",
        section="dates",
        when=_runs_from("ENTRY"),
        wanted=True,
    )
    expired_on = date(
        "Expired or superseded on",
        heading="Expired on",
        section="dates",
        when=_runs_from("EXPIRY"),
        wanted=True,
    )
    term_ended = date(
        "Last day of the term of office",
        heading="Term ended",
        section="dates",
        when=_runs_from("TERM"),
        wanted=True,
    )
    closed_on = date(
        "School closed on",
        heading="Closed on",
        section="dates",
        when=_runs_from("CLOSE"),
        wanted=True,
    )
    consent_ended = date(
        "Consent withdrawn or purpose ended on",
        heading="Consent ended",
        section="dates",
        when=_runs_from("CONSENT"),
        wanted=True,
    )
    receipt_on = date(
        "Receipt confirmed by the next school on",
        heading="Receipt confirmed",
        section="dates",
        when=_runs_from("RECEIPT"),
        wanted=True,
        past=True,
    )
    pension_on = date(
        "Reaches normal pension age on",
        heading="Pension age",
        section="dates",
        when=_runs_from("PENSION"),
        wanted=True,
    )

    place = text("Where is it kept?", heading="Kept in", section="where", wanted=True, listed=True)
    form = choice("Form", pick("forms"), section="where", wanted=True)
    quantity = text("How much?", section="where", example="3 boxes")
    third_parties = long_text(
        "Who else holds copies?",
        heading="Copies with",
        section="where",
        help="Organisations that must be told to delete theirs. One to a line.",
        source="Policy 10.2.4",
    )
    note = long_text("Note", section="where")

    kept_why = long_text(
        "Why is it kept longer?",
        heading="Why kept longer",
        section="longer",
        source="Policy 8.4(c)",
    )
    kept_until = date("Until when?", heading="Kept until", section="longer")
    kept_by = text("Who decided this?", heading="Decided by", person=True, section="longer")

    held_by: Mapped[str] = mapped_column(String, default="")
    """References of what holds it up, as when it was last worked out; for lists only."""
    disposal_id: Mapped[int | None] = mapped_column(ForeignKey("disposals.id"), index=True)
    """The disposal that it was approved for, or went with."""
    disposed_at: Mapped[dt.datetime | None] = mapped_column(UtcMoment)
    seal: Mapped[str | None] = mapped_column(String)
    """Key of its answers in the history; thrown away when it is disposed of."""

    __table_args__ = (Index("ix_holdings_rule", "rule"), Index("ix_holdings_asset", "asset"))


FACTS = {
    "DOB": "born",
    "LEAVE": "left",
    "LDE": "employment_ended",
    "CY": "in_year",
    "CFY": "in_year",
    "CTY": "in_year",
    "EVENT": "event_on",
    "ENTRY": "last_entry",
    "EXPIRY": "expired_on",
    "TERM": "term_ended",
    "CLOSE": "closed_on",
    "CONSENT": "consent_ended",
    "RECEIPT": "receipt_on",
    "PENSION": "pension_on",
}
"""Which field holds the day of a trigger."""


class HoldingName(Base):
    """A part of a name in a holding, folded, by which open matters find what they touch."""

    __tablename__ = "holding_names"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    part: Mapped[str] = mapped_column(String)
    holding_id: Mapped[int] = mapped_column(ForeignKey("holdings.id"), index=True)

    __table_args__ = (Index("ix_holding_names_part", "part", "holding_id"),)
