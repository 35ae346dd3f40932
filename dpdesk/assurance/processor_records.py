"""What is stored about suppliers who process data for the school, and their contracts."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.law.pick_lists import choices as listed
from dpdesk.registers.fields import (
    Register,
    Section,
    Values,
    choice,
    choices,
    date,
    links,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record

_CONTRACT = "UK GDPR Art 28(3); policy 8.3(g)"


def abroad(values: Values) -> bool:
    """Is the data kept outside the United Kingdom?"""
    return values.get("stored") in {"eea", "elsewhere"}


def contracted(values: Values) -> bool:
    """Is there a contract?"""
    return values.get("contract") == "yes"


class Processor(Record):
    """A supplier who holds or sees personal data on the school's behalf."""

    register = Register(
        "processors",
        title="Suppliers",
        entry="supplier",
        prefix="PR",
        icon="mdi6.handshake-outline",
        purpose="Everybody who holds or sees personal data for the school: what the contract "
        "says, where "
        "the data is kept, and when that was last checked.",
        first_step="Add a supplier",
        title_label="Supplier",
        order="title",
        area="assurance",
        help_page="processors",
        sections=(
            Section("who", "Who, and what for"),
            Section("where", "Where the data is kept"),
            Section("contract", "Contract"),
            Section("check", "Checks, before and since"),
            Section("end", "The end"),
        ),
        states=states.PROCESSOR_STATES,
        chips=states.PROCESSOR_CHIPS,
    )

    name = text(
        "Who is the supplier?",
        heading="Supplier",
        section="who",
        required=True,
        example="Example Payroll Ltd",
        source="UK GDPR Art 28; policy 8.3(g)",
    )
    does = long_text(
        "What do they do for the school, and with which data?",
        heading="Does",
        section="who",
        wanted=True,
        source=_CONTRACT,
    )
    systems = links("Which systems are theirs?", "systems", heading="Systems", section="who")
    contact = text(
        "Who is the contact for data protection?",
        heading="Contact",
        section="who",
        person=True,
        help="Who to ring when something goes wrong.",
    )

    stored = choice(
        "Where is the data kept?",
        listed("storage", "assets"),
        heading="Data kept in",
        section="where",
        wanted=True,
        listed=True,
        source="UK GDPR Art 30(1)(e); policy 8.1(h)",
    )
    country = text("Which country?", heading="Country", section="where", when=abroad, wanted=True)
    safeguards = choices(
        "What protects it there?",
        listed("safeguards", "assets"),
        heading="Safeguards",
        section="where",
        when=abroad,
        wanted=True,
        source="UK GDPR Arts 44A to 49A; policy 8.1(h)",
    )
    sub_processors = long_text(
        "Which other companies do they use in turn?",
        heading="Sub-processors",
        section="where",
        help="One to a line. Most suppliers list them on their website.",
        source="UK GDPR Art 28(2) and (4)",
    )

    contract = yes_no(
        "Is there a written contract?",
        heading="Contract",
        section="contract",
        wanted=True,
        listed=True,
        help="Terms that you accepted on a website count if they say what Art 28(3) asks for.",
        source=_CONTRACT,
    )
    contract_kept = text(
        "Where is it kept?", heading="Kept in", section="contract", when=contracted
    )
    clauses = choices(
        "Which of the required terms does it have?",
        pick("clauses"),
        heading="Terms",
        section="contract",
        when=contracted,
        wanted=True,
        help="Tick each one when you have found it in the text.",
        source="UK GDPR Art 28(3)",
    )
    clauses_on = date("Terms read on", section="contract", past=True, when=contracted)
    began = date("In force from", section="contract", when=contracted)
    ends_on = date("Ends on", section="contract", when=contracted, listed=True)
    notice_days = number(
        "Days of notice",
        section="contract",
        most=730,
        when=contracted,
        help="You are reminded to renew or leave that much earlier.",
    )

    checks = choices(
        "How did you check that they keep data safe?",
        pick("checks"),
        heading="Checked by",
        section="check",
        wanted=True,
        source="UK GDPR Art 28(1); policy 15.2.12",
    )
    checked_words = long_text("What did you find?", heading="Found", section="check")
    months = number(
        "Months until they are checked again",
        heading="Again (months)",
        section="check",
        least=1,
        most=60,
    )

    left_on = date("The school left them on", heading="Left on", section="end", past=True)
    data_back = yes_no(
        "Did they return or delete the data, in writing?",
        heading="Data returned",
        section="end",
        when=lambda values: values.get("left_on") is not None,
        wanted=True,
        source="UK GDPR Art 28(3)(g)",
    )
    exit_plan = long_text(
        "How would the school leave them?",
        heading="Way out",
        section="end",
        help="In what form would the data come back, and who would see to it?",
    )
    notes = long_text("Notes", section="end")


class ProcessorCheck(Part):
    """A supplier, checked."""

    register = Register(
        "processor_checks",
        title="Checked",
        entry="check",
        parent="processors",
        icon="mdi6.clipboard-check-outline",
        purpose="Each time that the school checked how this supplier keeps its data.",
        first_step="Record a check",
        order="-day",
        help_page="processors",
    )

    day = date("When?", required=True, past=True, listed=True, source="Policy 15.2.12")
    by = text("Who checked?", heading="By", person=True, listed=True, wanted=True)
    found = long_text("What was found?", heading="Found", listed=True, wanted=True)
