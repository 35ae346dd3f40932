"""What is stored about systems: what they are, who supplies them, and who has access."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.assets import states
from dpdesk.assets.pick_lists import pick, setting
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    choices,
    date,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record
from dpdesk.store.tables import CodeList

_AUDIT = (
    "ICO’s audit of the Department for Education: unused accounts in the Learner Records Service"
)


def processes(values: Values) -> bool:
    """Does the supplier process personal data for the school?"""
    return values.get("processor") == "yes"


def contracted(values: Values) -> bool:
    """Is there a contract with that supplier?"""
    return processes(values) and values.get("contract") == "yes"


def abroad(values: Values) -> bool:
    """Are the data kept outside the United Kingdom?"""
    return values.get("stored") in {"eea", "elsewhere"}


def signed_in(values: Values) -> bool:
    """Do people use it with accounts of their own?"""
    return values.get("accounts") != "no"


class System(Record):
    """A system that holds records: a program, a cloud service, a mailbox, a shared drive."""

    register = Register(
        "systems",
        title="Systems and access",
        entry="system",
        prefix="SY",
        icon="mdi6.server-security",
        purpose=(
            "The programs and services that hold your records: who supplies them, and who "
            "has access. Forgotten accounts are a common way for data to leak."
        ),
        first_step="Add a system",
        title_label="System",
        order="reference",
        help_page="assets",
        sections=states.SYSTEM_SECTIONS,
        states=states.STATES,
        chips=states.SYSTEM_CHIPS,
    )

    name = text(
        "What is it called?",
        heading="Name",
        section="what",
        required=True,
        example="School database",
    )
    what = long_text("What is it for?", section="what", wanted=True)
    owner = text(
        "Who is responsible for it?",
        heading="Owner",
        person=True,
        section="what",
        wanted=True,
        listed=True,
    )

    supplier = text("Who supplies it?", heading="Supplier", section="supplier", listed=True)
    processor = yes_no(
        "Does the supplier process personal data for the school?",
        heading="Processor",
        section="supplier",
        wanted=True,
        help="Yes, if the supplier stores the data or can see it.",
        source="UK GDPR Art 28; policy 8.3(g)",
    )
    contract = yes_no(
        "Is there a data processing contract?",
        heading="Contract",
        section="supplier",
        when=processes,
        wanted=True,
        source="UK GDPR Art 28(3); policy 8.3(g)",
    )
    contract_link = text(
        "Where is the contract kept?",
        heading="Contract kept in",
        section="supplier",
        when=contracted,
    )
    contract_start = date(
        "Contract began on", heading="Contract from", section="supplier", when=contracted
    )
    contract_end = date(
        "Contract ends on",
        heading="Contract ends",
        section="supplier",
        when=contracted,
        listed=True,
    )
    terms_checked = date(
        "Terms checked on",
        section="supplier",
        when=processes,
        past=True,
        help="Against the list in Art 28(3): instructions, confidentiality, security, "
        "sub-processors, help with people’s rights, return or deletion, audits.",
        source="UK GDPR Art 28(3)",
    )
    stored = choice(
        "Where is the data kept?",
        pick("storage"),
        heading="Data kept in",
        section="supplier",
        wanted=True,
        source="UK GDPR Art 30(1)(e); policy 8.1(h)",
    )
    country = text(
        "Which country?", heading="Country", section="supplier", when=abroad, wanted=True
    )
    safeguards = choices(
        "What protects it there?",
        pick("safeguards"),
        heading="Safeguards",
        section="supplier",
        when=abroad,
        source="UK GDPR Arts 44A to 49A; policy 8.1(h)",
    )

    accounts = yes_no(
        "Do people have their own accounts?",
        heading="Own accounts",
        section="access",
        wanted=True,
        source=_AUDIT,
    )
    admins = text(
        "Who creates and removes accounts?",
        heading="Administrator",
        person=True,
        section="access",
        when=signed_in,
        wanted=True,
        source=_AUDIT,
    )
    access_months = number(
        "How many months between access reviews?",
        heading="Review (months)",
        section="access",
        when=signed_in,
        least=1,
        most=60,
        default=lambda: setting("access_months"),
        source=_AUDIT,
    )
    notes = long_text("Notes", section="notes")

    # Worked out when the facts are saved, for the filters; none depends on today.
    found: Mapped[tuple[str, ...] | None] = mapped_column(CodeList)
    """Keys of the findings that do not depend on the day."""
    contract_until: Mapped[dt.date | None] = mapped_column(Date)
    """The day on which the contract with a processor ends."""
    access_due: Mapped[dt.date | None] = mapped_column(Date)
    """The day by which the accounts are to be looked through again."""


class AccessReview(Part):
    """The accounts of a system, looked through."""

    register = Register(
        "access_reviews",
        title="Access reviews",
        entry="access review",
        parent="systems",
        icon="mdi6.account-search-outline",
        purpose="Each check of who has an account: leavers, and accounts that nobody uses.",
        first_step="Record an access review",
        order="-day",
        help_page="assets",
    )

    day = date("When?", required=True, listed=True, past=True, source=_AUDIT)
    by_whom = text("Who carried it out?", heading="By", person=True, listed=True, wanted=True)
    accounts = number(
        "How many accounts are there?", heading="Accounts", listed=True, most=1_000_000
    )
    leavers = yes_no(
        "Are all leavers’ accounts closed?", heading="Leavers closed", listed=True, wanted=True
    )
    idle = number(
        "How many accounts are not used?",
        heading="Unused",
        listed=True,
        wanted=True,
        most=1_000_000,
    )
    idle_closed = number(
        "How many of those were closed?", heading="Unused closed", listed=True, most=1_000_000
    )
    note = long_text("Note")
