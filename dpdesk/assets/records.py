"""What is stored about a set of records: what it is, where it is kept, and what Art 30 asks for.

Protection, impact assessment and reviews stand in a file of their own (:mod:`assessing`).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.assets import states
from dpdesk.assets.assessing import AssessmentQuestions
from dpdesk.assets.conditions import abroad, holds_personal, joint, special
from dpdesk.assets.pick_lists import pick
from dpdesk.law.breach_lists import data_choices, people_choices
from dpdesk.registers.fields import (
    Register,
    choice,
    choices,
    link,
    links,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Record
from dpdesk.store.tables import CodeList

MOST_COUNTED = 100_000_000
"""More people or records than this no school has; it is a slip of the keyboard."""


class Asset(Record, AssessmentQuestions):
    """A set of records that the school holds: a file, a list, a database, a mailbox."""

    register = Register(
        "assets",
        title="Information assets",
        entry="asset",
        prefix="AS",
        icon="mdi6.folder-table-outline",
        purpose=(
            "Every set of records that the school holds. Where it holds personal data, the same "
            "entry is the record of processing that the law asks for."
        ),
        first_step="Add an asset",
        title_label="Asset",
        order="reference",
        help_page="assets",
        sections=states.SECTIONS,
        states=states.STATES,
        chips=states.CHIPS,
    )

    name = text(
        "What is it called?",
        heading="Name",
        section="what",
        required=True,
        example="Pupil files",
        source="Policy 4.6(a)",
    )
    description = long_text("What is in it?", section="what", wanted=True, source="Policy 4.6(a)")
    function = text(
        "Which part of the school’s work is it for?",
        heading="Area of work",
        section="what",
        wanted=True,
        listed=True,
        example="Admissions",
        source="ICO template, column 1",
    )
    owner = text(
        "Who owns it?",
        heading="Owner",
        person=True,
        section="what",
        wanted=True,
        listed=True,
        help="The job title that is responsible for it, rather than a name.",
        example="Head teacher",
        source="Policy 8.5(b)",
    )

    form = choice(
        "Paper or electronic?", pick("forms"), heading="Form", section="where", wanted=True
    )
    places = choices(
        "Where is it kept?",
        pick("places"),
        heading="Kept in",
        section="where",
        wanted=True,
        source="Policy 8.3(h)",
    )
    place_words = text("Where exactly?", section="where", example="Grey cupboard, second drawer")
    systems = links(
        "In which systems?", "systems", heading="Systems", section="where", source="Policy 8.3(h)"
    )
    people_count = number(
        "How many people is it about, roughly?",
        heading="People",
        section="where",
        most=MOST_COUNTED,
        help="An estimate is enough.",
    )
    records_count = number(
        "How many records, roughly?", heading="Records", section="where", most=MOST_COUNTED
    )

    personal = yes_no(
        "Does it hold personal data?",
        heading="Personal data",
        section="personal",
        wanted=True,
        listed=True,
        help="Anything about a living person who can be identified from it.",
        source="Policy 3.1 and 8.1",
    )
    role = choice(
        "What is the school’s role?",
        pick("roles"),
        heading="School’s role",
        section="personal",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(a); policy 8.1(a)",
    )
    joint = long_text(
        "Names and contact details of the other controllers",
        heading="Other controllers",
        section="personal",
        when=joint,
        wanted=True,
        source="UK GDPR Art 30(1)(a); policy 8.1(a)",
    )
    carried_out = text(
        "Who uses it?",
        heading="Used by",
        section="personal",
        when=holds_personal,
        wanted=True,
        help="Job titles rather than names.",
        example="Office, class teachers",
        source="Policy 8.1(c)",
    )
    people_kinds = choices(
        "Whose data is it?",
        people_choices(),
        heading="Whose data",
        section="personal",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(c); policy 8.1(e)",
    )
    people_other = text(
        "Other kinds of people", heading="Other people", section="personal", when=holds_personal
    )
    data_kinds = choices(
        "Kinds of data",
        data_choices(),
        section="personal",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(c); policy 8.1(f)",
    )
    data_other = text(
        "Other kinds of data", heading="Other data", section="personal", when=holds_personal
    )
    origins = choices(
        "Where does the data come from?",
        pick("origins"),
        heading="Comes from",
        section="personal",
        when=holds_personal,
        wanted=True,
        source="Policy 8.3(e)",
    )
    origin_words = text("Other sources", section="personal", when=holds_personal)

    notice = text(
        "Which privacy notice tells people about it?",
        heading="Privacy notice",
        section="purposes",
        when=holds_personal,
        wanted=True,
        example="Privacy notice for parents",
        source="Policy 8.3(a) and 9",
    )
    automated = yes_no(
        "Are decisions about people made by computer alone?",
        heading="Automated",
        section="purposes",
        when=holds_personal,
        wanted=True,
        help="Include profiling.",
        source="UK GDPR Arts 22A to 22D; policy 4.6(o)",
    )
    automated_words = text(
        "Which decisions?",
        section="purposes",
        when=lambda values: holds_personal(values) and values.get("automated") == "yes",
        wanted=True,
    )

    recipients = choices(
        "Who is it shared with?",
        pick("recipients"),
        heading="Shared with",
        section="sharing",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(d); policy 8.1(g)",
    )
    recipients_other = text("Other recipients", section="sharing", when=holds_personal)
    processors = text(
        "Which suppliers process it for the school?",
        heading="Suppliers",
        section="sharing",
        when=holds_personal,
        help="You can leave out suppliers that are entered under Systems.",
        source="UK GDPR Art 28; policy 8.3(g)",
    )
    contract = long_text(
        "Where is the contract with them kept?",
        heading="Contract",
        section="sharing",
        when=holds_personal,
        source="UK GDPR Art 28(3); policy 8.3(g)",
    )
    transfers = yes_no(
        "Is any of the data sent or kept outside the UK?",
        heading="Outside the UK",
        section="sharing",
        when=holds_personal,
        wanted=True,
        help="Include a supplier that keeps it there.",
        source="UK GDPR Art 30(1)(e); policy 4.4 and 8.1(h)",
    )
    countries = text(
        "Which countries?", heading="Countries", section="sharing", when=abroad, wanted=True
    )
    safeguards = choices(
        "What protects it there?",
        pick("safeguards"),
        heading="Safeguards",
        section="sharing",
        when=abroad,
        source="UK GDPR Arts 44A to 49A; policy 8.1(h)",
    )
    safeguard_words = text(
        "Details, or another safeguard", heading="Safeguard details", section="sharing", when=abroad
    )

    retention_rule = link(
        "Which class of the retention schedule?",
        "retention_rules",
        heading="Retention class",
        section="retention",
        source="UK GDPR Art 30(1)(f); policy 8.1(i)",
    )
    retention_words = long_text(
        "How long, in your own words", heading="Kept for", section="retention"
    )
    retention_link = text(
        "Where is the retention policy kept?",
        heading="Retention policy",
        section="retention",
        when=special,
        source="DPA 2018 Sch 1 para 41; ICO template, column 28",
    )
    policy_document = text(
        "Where is the appropriate policy document kept?",
        heading="Policy document",
        section="retention",
        when=special,
        help="Some conditions of DPA 2018 Schedule 1 require one. Keep it until six "
        "months after the processing ends.",
        source="DPA 2018 Sch 1 paras 38 to 41",
    )
    retention_kept = yes_no(
        "Is that followed in practice?",
        heading="Followed",
        section="retention",
        when=holds_personal,
        wanted=True,
        source="Policy 8.4(c); DPA 2018 Sch 1 para 41",
    )
    retention_why = long_text(
        "Why not?",
        heading="Why not followed",
        section="retention",
        when=lambda values: holds_personal(values) and values.get("retention_kept") == "no",
        wanted=True,
        source="Policy 8.4(c)",
    )

    # Worked out from the facts when they are saved, for filters and meters; none depends on today.
    found: Mapped[tuple[str, ...] | None] = mapped_column(CodeList)
    """Keys of the findings that do not depend on the day."""
    asked: Mapped[int] = mapped_column(Integer, default=0)
    answered: Mapped[int] = mapped_column(Integer, default=0)
    contract_until: Mapped[dt.date | None] = mapped_column(Date)
    """The first day on which a contract with a processor among the systems ends."""
    flagged: Mapped[str | None] = mapped_column(String)
    """"yes" where some of it must not be used: a restriction or an objection stands."""
    starter: Mapped[str | None] = mapped_column(String)
    """Key in the starter set that it was accepted from."""
    retention_code: Mapped[str | None] = mapped_column(String)
    """Code of its class while the retention schedule does not hold that class yet."""
