"""What is stored about the things that are kept, and about what holds up their disposal."""

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
    links,
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
            "The real things that are kept: “pupil files, leavers 2001/02”, “box 14”, “CCTV disk”. "
            "Each belongs to a class of the schedule and falls due by its dates."
        ),
        first_step="Add a holding",
        title_label="What",
        order="due",
        help_page="retention",
        sections=(
            Section("what", "What it is"),
            Section("dates", "Dates", "What the class of the schedule asks for."),
            Section("where", "Where it lies"),
            Section("longer", "Kept longer", "What is overdue is kept only with its reason."),
        ),
        states=states.HOLDING_STATES,
        chips=states.HOLDING_CHIPS,
    )

    what = text(
        "What is it?",
        section="what",
        required=True,
        example="Pupil files, leavers 2001/02",
        help="Without names, unless it is about one person.",
    )
    rule = link(
        "Which class of the schedule?",
        "retention_rules",
        section="what",
        required=True,
        listed=True,
        source="Policy 14",
    )
    counts_from = choices(
        "The period runs from",
        tuple(Choice(each.code, each.label) for each in triggers().values()),
        section="what",
        searched=False,
        help="Follows from the class; filled in on saving.",
    )
    asset = link(
        "Which record of the asset register?",
        "assets",
        section="what",
        source="Policy 4.6(a) and 8.1(i)",
    )
    one_person = yes_no("Is it about one person?", section="what")
    person = text("Name of the person", person=True, section="what", when=about_one, wanted=True)
    safeguarding = yes_no(
        "Does it touch on the safeguarding of a child?",
        section="what",
        default=lambda: "no",
        help="“Yes” and “Not known” hold up its disposal.",
        source="Policy 14",
    )

    born = date(
        "Date of birth",
        section="dates",
        when=_born,
        wanted=True,
        past=True,
        help="Of the youngest, where there are several.",
    )
    left = date("Left the school on", section="dates", when=_runs_from("LEAVE"), wanted=True)
    employment_ended = date(
        "Last day of employment", section="dates", when=_runs_from("LDE"), wanted=True
    )
    in_year = date(
        "A day in the year that it belongs to",
        section="dates",
        when=_runs_from("CY", "CFY", "CTY"),
        wanted=True,
        help="The last year, where there are several.",
    )
    event_on = date(
        "Date of the incident, decision, meeting or visit",
        section="dates",
        when=_runs_from("EVENT"),
        wanted=True,
        help="Or the day on which the case was closed. The last, where there are several.",
    )
    last_entry = date(
        "Date of the last entry", section="dates", when=_runs_from("ENTRY"), wanted=True
    )
    expired_on = date(
        "Expired or superseded on", section="dates", when=_runs_from("EXPIRY"), wanted=True
    )
    term_ended = date(
        "Last day of the term of office", section="dates", when=_runs_from("TERM"), wanted=True
    )
    closed_on = date("School closed on", section="dates", when=_runs_from("CLOSE"), wanted=True)
    consent_ended = date(
        "Consent withdrawn, or purpose ended, on",
        section="dates",
        when=_runs_from("CONSENT"),
        wanted=True,
    )
    receipt_on = date(
        "Receipt confirmed by the next school on",
        section="dates",
        when=_runs_from("RECEIPT"),
        wanted=True,
        past=True,
    )
    pension_on = date(
        "Reaches normal pension age on", section="dates", when=_runs_from("PENSION"), wanted=True
    )

    place = text("Where does it lie?", section="where", wanted=True, listed=True)
    form = choice("Form", pick("forms"), section="where", wanted=True)
    quantity = text("How much?", section="where", example="3 boxes")
    third_parties = long_text(
        "Who else holds copies?",
        section="where",
        help="Organisations that must be told to delete them. One line each.",
        source="Policy 10.2.4",
    )
    note = long_text("Note", section="where")

    kept_why = long_text("Why is it kept longer?", section="longer", source="Policy 8.4(c)")
    kept_until = date("Until when?", section="longer")
    kept_by = text("Who decided that?", person=True, section="longer")

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


def _by_choice(values: Values) -> bool:
    return values.get("everything") != "yes"


class Hold(Record):
    """A reason why nothing of some records may be disposed of for now."""

    register = Register(
        "holds",
        title="Holds",
        entry="hold",
        prefix="HD",
        icon="mdi6.lock-outline",
        purpose=(
            "Claims, inspections, inquiries and complaints hold up the disposal of what they "
            "touch. Open requests and breaches do so by themselves."
        ),
        first_step="Put on a hold",
        title_label="Why",
        order="-reference",
        help_page="retention",
        sections=(
            Section("why", "Why"),
            Section("touched", "What it holds up", "Rather too much than too little."),
            Section("end", "Lifting it"),
        ),
        states=states.HOLD_STATES,
        chips=states.HOLD_CHIPS,
    )

    reason = text("Why?", section="why", required=True, example="Claim after a fall in 2019")
    kind = choice("What is it?", pick("hold_kinds"), section="why", required=True, listed=True)
    since = date("From when?", section="why", required=True, listed=True)
    by_whom = text("Put on by whom?", person=True, section="why", wanted=True, listed=True)
    review_on = date(
        "Look at it again on",
        section="why",
        wanted=True,
        help="It stays in force until it is lifted.",
    )

    everything = yes_no("Everything?", section="touched", default=lambda: "no")
    people = long_text(
        "Names of people",
        person=True,
        section="touched",
        when=_by_choice,
        help="One to a line. Spellings and orders of a name are allowed for.",
    )
    holdings = links("Holdings", "holdings", section="touched", when=_by_choice)
    assets = links("Records of the asset register", "assets", section="touched", when=_by_choice)
    rules = links(
        "Classes of the schedule",
        "retention_rules",
        section="touched",
        when=_by_choice,
        help="By code, for example P04, or by reference.",
    )

    lifted = date("Lifted on", section="end", past=True)
    lifted_by = text(
        "By whom?",
        person=True,
        section="end",
        when=lambda values: values.get("lifted") is not None,
        wanted=True,
    )
    lifted_why = long_text(
        "Why?", section="end", when=lambda values: values.get("lifted") is not None, wanted=True
    )
