"""What is stored about privacy notices: their words by block, and when they were approved."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import (
    Register,
    Section,
    choice,
    choices,
    date,
    long_text,
    number,
    text,
)
from dpdesk.registers.record import Record

BLOCKS = (
    "who",
    "what",
    "sources",
    "why",
    "sharing",
    "abroad",
    "keeping",
    "rights",
    "complaints",
    "pictures",
    "cctv",
    "automated",
)
"""The parts of a notice that follow from the registers, in the order of reading."""


class PrivacyNotice(Record):
    """A privacy notice for one kind of readers."""

    register = Register(
        "notices",
        title="Privacy notices",
        entry="privacy notice",
        prefix="PN",
        icon="mdi6.bullhorn-outline",
        purpose="What the school tells people about how it uses their data. A notice writes "
        "itself from "
        "the registers; when something changes there, dpdesk shows which sentence has to change.",
        first_step="Write a notice",
        title_label="Notice",
        order="reference",
        area="assurance",
        help_page="notices",
        sections=(
            Section("for", "Who is it for?"),
            Section("about", "What it says: who we are and what we keep"),
            Section("use", "What it says: why, who else, how long"),
            Section("rights", "What it says: rights and complaints"),
            Section("more", "What it says: pictures, cameras, computers"),
            Section("approval", "Approved and published"),
        ),
        states=states.NOTICE_STATES,
        chips=states.NOTICE_CHIPS,
    )

    name = text(
        "What is it called?",
        heading="Notice",
        section="for",
        required=True,
        example="Privacy notice for parents",
        source="Policy 9",
    )
    audience = choice(
        "Who reads it?",
        pick("audiences"),
        heading="For",
        section="for",
        required=True,
        listed=True,
        help="When you save, the parts below that are empty are written from the registers.",
        source="Policy 9.3 and 9.5",
    )
    opening = long_text("Opening words", heading="Opening", section="for")

    who = long_text(
        "Who we are",
        section="about",
        wanted=True,
        source="UK GDPR Art 13(1)(a) and (b); policy 9.1(a)",
    )
    what = long_text(
        "What we keep", section="about", wanted=True, source="UK GDPR Art 14(1)(d); policy 9.1(c)"
    )
    sources = long_text(
        "Where it comes from",
        heading="Sources",
        section="about",
        source="UK GDPR Art 14(2)(f); policy 9.1(d)",
    )
    why = long_text(
        "Why we use it, and what allows it",
        heading="Why",
        section="use",
        wanted=True,
        source="UK GDPR Art 13(1)(c); policy 9.1(c) and (e)",
    )
    sharing = long_text(
        "Who else gets it",
        heading="Shared",
        section="use",
        wanted=True,
        source="UK GDPR Art 13(1)(e); policy 9.1(d)",
    )
    abroad = long_text(
        "Outside the United Kingdom",
        heading="Abroad",
        section="use",
        source="UK GDPR Art 13(1)(f); policy 9.1(g)",
    )
    keeping = long_text(
        "How long we keep it",
        heading="Kept",
        section="use",
        wanted=True,
        source="UK GDPR Art 13(2)(a); policy 9.1(f) and 10.2.5",
    )
    rights = long_text(
        "Your rights",
        heading="Rights",
        section="rights",
        wanted=True,
        source="UK GDPR Art 13(2)(b) and (c); policy 9.1(h) and (i)",
    )
    complaints = long_text(
        "How to complain",
        heading="Complaints",
        section="rights",
        wanted=True,
        source="UK GDPR Art 13(2)(d); DPA 2018 s.164A; policy 9.1(j)",
    )
    pictures = long_text("Photographs and videos", section="more", source="Policy 9.7 and 12.2")
    cctv = long_text("CCTV", section="more", source="Policy 9.7 and 12.1")
    automated = long_text(
        "Decisions by a computer",
        heading="Computers",
        section="more",
        source="UK GDPR Art 13(2)(f); policy 4.6(o)",
    )
    closing = long_text("Anything else", heading="Closing", section="more")

    approved_on = date(
        "Approved on",
        section="approval",
        past=True,
        listed=True,
        help="Approving keeps a copy of the notice for good, as it stands now.",
        source="Policy 9.6",
    )
    approved_by = text(
        "By whom?",
        heading="Approved by",
        section="approval",
        person=True,
        when=lambda values: values.get("approved_on") is not None,
        wanted=True,
    )
    published_on = date("Published on", section="approval", past=True, listed=True)
    published = choices(
        "Where?",
        pick("published"),
        heading="Published",
        section="approval",
        when=lambda values: values.get("published_on") is not None,
        wanted=True,
        source="Policy 9.2 and 9.3",
    )
    told = text(
        "Who was told that it changed?",
        heading="Told",
        section="approval",
        when=lambda values: values.get("published_on") is not None,
        source="Policy 9.6",
    )
    months = number(
        "Months until it is reviewed",
        heading="Review (months)",
        section="approval",
        least=6,
        most=24,
        help="Between six months and a year is good practice.",
        source="ICO’s audit of the Department for Education, 6",
    )
    notes = long_text("Notes for yourself", heading="Notes", section="approval")

    register_said: Mapped[str | None] = mapped_column(Text)
    """JSON: what the registers said, by block, when its words were last taken from there."""
