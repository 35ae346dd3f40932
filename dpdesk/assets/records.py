"""What is stored about a set of records: what it is, where it lies, and what Art 30 asks for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.assets import states
from dpdesk.assets.pick_lists import pick, setting
from dpdesk.law import bases
from dpdesk.law.breach_lists import data_choices, people_choices
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    choices,
    date,
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


def holds_personal(values: Values) -> bool:
    """Does it hold personal data?"""
    return values.get("personal") == "yes"


def special(values: Values) -> bool:
    """Does it hold data that are protected more: special categories or criminal offences?"""
    return holds_personal(values) and bool(bases.special(values.get("data_kinds")))


def abroad(values: Values) -> bool:
    """Do data go to other countries?"""
    return holds_personal(values) and values.get("transfers") == "yes"


def _joint(values: Values) -> bool:
    return holds_personal(values) and values.get("role") == "joint"


def _screened(values: Values) -> bool:
    return holds_personal(values) and values.get("dpia_screened") is not None


def assessed(values: Values) -> bool:
    """Was it found that an impact assessment is needed?"""
    return holds_personal(values) and values.get("dpia_required") == "yes"


class Asset(Record):
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
        section="what",
        required=True,
        example="Pupil files",
        source="Policy 4.6(a)",
    )
    description = long_text("What is in it?", section="what", wanted=True, source="Policy 4.6(a)")
    function = text(
        "Which part of the school’s work is it for?",
        section="what",
        wanted=True,
        listed=True,
        example="Admissions",
        source="ICO template, column 1",
    )
    owner = text(
        "Who owns it?",
        person=True,
        section="what",
        wanted=True,
        listed=True,
        help="The post that answers for it, better than a name.",
        example="Head teacher",
        source="Policy 8.5(b)",
    )

    form = choice("Paper or electronic?", pick("forms"), section="where", wanted=True)
    places = choices(
        "Where does it lie?", pick("places"), section="where", wanted=True, source="Policy 8.3(h)"
    )
    place_words = text("Where exactly?", section="where", example="Grey cupboard, second drawer")
    systems = links("In which systems?", "systems", section="where", source="Policy 8.3(h)")
    people_count = number(
        "Of how many people, roughly?", section="where", most=MOST_COUNTED, help="An estimate."
    )
    records_count = number("How many records, roughly?", section="where", most=MOST_COUNTED)

    personal = yes_no(
        "Does it hold personal data?",
        section="personal",
        wanted=True,
        listed=True,
        help="Anything about a living person who can be told from it.",
        source="Policy 3.1 and 8.1",
    )
    role = choice(
        "What is the school’s part?",
        pick("roles"),
        section="personal",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(a); policy 8.1(a)",
    )
    joint = long_text(
        "Name and contact of the other controllers",
        section="personal",
        when=_joint,
        wanted=True,
        source="UK GDPR Art 30(1)(a); policy 8.1(a)",
    )
    carried_out = text(
        "Who works with it?",
        section="personal",
        when=holds_personal,
        wanted=True,
        help="Posts rather than names.",
        example="Office, class teachers",
        source="Policy 8.1(c)",
    )
    people_kinds = choices(
        "Whose data?",
        people_choices(),
        section="personal",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(c); policy 8.1(e)",
    )
    people_other = text("Other kinds of people", section="personal", when=holds_personal)
    data_kinds = choices(
        "Kinds of data",
        data_choices(),
        section="personal",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(c); policy 8.1(f)",
    )
    data_other = text("Other kinds of data", section="personal", when=holds_personal)
    origins = choices(
        "Where do the data come from?",
        pick("origins"),
        section="personal",
        when=holds_personal,
        wanted=True,
        source="Policy 8.3(e)",
    )
    origin_words = text("Other sources", section="personal", when=holds_personal)

    notice = text(
        "Which privacy notice tells people about it?",
        section="purposes",
        when=holds_personal,
        wanted=True,
        example="Privacy notice for parents",
        source="Policy 8.3(a) and 9",
    )
    automated = yes_no(
        "Are decisions about people made by machine alone?",
        section="purposes",
        when=holds_personal,
        wanted=True,
        help="Profiling included.",
        source="UK GDPR Arts 22A to 22D; policy 4.6(o)",
    )
    automated_words = text(
        "Which decisions?",
        section="purposes",
        when=lambda values: holds_personal(values) and values.get("automated") == "yes",
        wanted=True,
    )

    recipients = choices(
        "Who receives data from it?",
        pick("recipients"),
        section="sharing",
        when=holds_personal,
        wanted=True,
        source="UK GDPR Art 30(1)(d); policy 8.1(g)",
    )
    recipients_other = text("Other recipients", section="sharing", when=holds_personal)
    processors = text(
        "Which suppliers process it for the school?",
        section="sharing",
        when=holds_personal,
        help="Those that stand among the systems need not be named again.",
        source="UK GDPR Art 28; policy 8.3(g)",
    )
    contract = long_text(
        "Where is the contract with them?",
        section="sharing",
        when=holds_personal,
        source="UK GDPR Art 28(3); policy 8.3(g)",
    )
    transfers = yes_no(
        "Do data go to other countries?",
        section="sharing",
        when=holds_personal,
        wanted=True,
        help="Also by a supplier who keeps them there.",
        source="UK GDPR Art 30(1)(e); policy 4.4 and 8.1(h)",
    )
    countries = text("To which?", section="sharing", when=abroad, wanted=True)
    safeguards = choices(
        "What protects them there?",
        pick("safeguards"),
        section="sharing",
        when=abroad,
        source="UK GDPR Arts 44A to 49A; policy 8.1(h)",
    )
    safeguard_words = text("Details of that, or another safeguard", section="sharing", when=abroad)

    retention_rule = link(
        "Which class of the retention schedule?",
        "retention_rules",
        section="retention",
        source="UK GDPR Art 30(1)(f); policy 8.1(i)",
    )
    retention_words = long_text("How long, in other words", section="retention")
    retention_link = text(
        "Where is the retention policy?",
        section="retention",
        when=special,
        source="DPA 2018 Sch 1 para 41; ICO template, column 28",
    )
    policy_document = text(
        "Where is the appropriate policy document?",
        section="retention",
        when=special,
        help="Asked for by some conditions of DPA 2018 Schedule 1; kept until six months after.",
        source="DPA 2018 Sch 1 paras 38 to 41",
    )
    retention_kept = yes_no(
        "Is it really kept and destroyed by that rule?",
        section="retention",
        when=holds_personal,
        wanted=True,
        source="Policy 8.4(c); DPA 2018 Sch 1 para 41",
    )
    retention_why = long_text(
        "If not, why?",
        section="retention",
        when=lambda values: holds_personal(values) and values.get("retention_kept") == "no",
        wanted=True,
        source="Policy 8.4(c)",
    )

    measures = choices(
        "How is it protected?",
        pick("measures"),
        section="security",
        wanted=True,
        source="UK GDPR Art 30(1)(g); policy 8.1(j)",
    )
    measures_words = long_text("Details", section="security")

    large_scale = yes_no(
        "Is it done on a large scale?",
        section="dpia",
        when=holds_personal,
        wanted=True,
        help="A few hundred pupils of one school are not.",
        source="Policy 7.2.2",
    )
    new_technology = yes_no(
        "Does it use new technology?",
        section="dpia",
        when=holds_personal,
        wanted=True,
        help="Artificial intelligence, biometrics, tracking.",
        source="Policy 7.2.1",
    )
    monitoring = yes_no(
        "Are people watched systematically?",
        section="dpia",
        when=holds_personal,
        wanted=True,
        source="Policy 7.2.3",
    )
    targeting = yes_no(
        "Are children or others who are vulnerable profiled or approached?",
        section="dpia",
        when=holds_personal,
        source="ICO list of processing likely to result in high risk (check with your adviser)",
    )
    dpia_screened = date(
        "Screened for an impact assessment on",
        section="dpia",
        when=holds_personal,
        past=True,
        source="UK GDPR Art 35; policy 7.1",
    )
    dpia_required = yes_no(
        "Is an impact assessment needed?", section="dpia", when=_screened, wanted=True
    )
    dpia_progress = choice(
        "How far is it?", pick("dpia_progress"), section="dpia", when=assessed, wanted=True
    )
    dpia_link = text(
        "Where is it?", section="dpia", when=assessed, source="Policy 8.3(i)", example="DPIA 3"
    )

    confirmed = date(
        "Last gone through with the owner on",
        section="review",
        past=True,
        help="Signing off sets this day.",
        source="Policy 8.5",
    )
    review_months = number(
        "Gone through again after how many months?",
        section="review",
        least=1,
        most=60,
        default=lambda: setting("review_months"),
        source="Policy 8.5",
    )
    breaches_before = long_text(
        "Breaches that are not in the breach log",
        section="review",
        when=holds_personal,
        help="Those of the log are linked by themselves.",
        source="Policy 8.3(j)",
    )

    notes = long_text("Notes", section="notes")

    # Worked out from the facts when they are saved, for filters and meters; none depends on today.
    found: Mapped[tuple[str, ...] | None] = mapped_column(CodeList)
    """Keys of the findings that do not depend on the day."""
    asked: Mapped[int] = mapped_column(Integer, default=0)
    answered: Mapped[int] = mapped_column(Integer, default=0)
    contract_until: Mapped[dt.date | None] = mapped_column(Date)
    """The first day on which a contract with a processor among the systems ends."""
    starter: Mapped[str | None] = mapped_column(String)
    """Key in the starter set that it was accepted from."""
    retention_code: Mapped[str | None] = mapped_column(String)
    """Code of its class while the retention schedule does not hold that class yet."""
