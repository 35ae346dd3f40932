"""What is stored about a request: the facts of policy 13.2, and its parts.

A request's parts are its clarifications, the places that were searched for it, and the times
that something was handed over.
"""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.registers.fields import (
    Choice,
    Register,
    Values,
    choice,
    choices,
    date,
    long_text,
    money,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record
from dpdesk.requests import states


def _for_another(values: Values) -> bool:
    return values.get("relationship") not in (None, "self")


def _closed(values: Values) -> bool:
    return values.get("closed") is not None


def _perhaps_late(values: Values) -> bool:
    """Closed later than the shortest month after the request was received."""
    closed, received = values.get("closed"), values.get("received")
    return closed is not None and received is not None and (closed - received).days > 28


class Request(Record):
    """A subject access request."""

    register = Register(
        "requests",
        title="Requests",
        entry="request",
        prefix="SAR",
        icon="mdi6.email-outline",
        purpose=(
            "Anyone can ask what the school holds about them. Log the request on the day it "
            "arrives, however it arrives: the month to answer runs from then."
        ),
        first_step="Log a request",
        title_label="Whose data",
        order="due",
        help_page="requests",
        sections=states.SECTIONS,
        stages=states.STAGES,
        states=states.STATES,
        chips=states.CHIPS,
    )

    subject = text(
        "Whose data is it?",
        person=True,
        section="arrived",
        required=True,
        help="Full name of the child or adult whose data it is (the data subject).",
        source="UK GDPR Art 15; policy 13.2.1",
    )
    other_names = text(
        "Other names of this person",
        heading="Other names",
        person=True,
        section="arrived",
        example="known as Tom Hill; formerly Ward",
        help="Short forms and different spellings are allowed for. A former surname is not.",
    )
    subject_kind = choice("Who are they?", pick("data_subjects"), section="arrived", wanted=True)
    received = date(
        "Received on",
        heading="Received",
        section="arrived",
        required=True,
        listed=True,
        past=True,
        help="The day it reached anyone at the school, in any form, even on a day off.",
        source="UK GDPR Art 12A; ICO right of access guidance; policy 13.2.7",
    )
    channel = choice(
        "How did it arrive?",
        pick("channels"),
        section="arrived",
        wanted=True,
        help="Any form counts, and it does not have to say “subject access request”.",
        source="policy 13.2.2",
    )
    received_by = text("Who at the school received it?", person=True, section="arrived")
    asked = long_text(
        "What are they asking for?",
        section="arrived",
        wanted=True,
        help="In the requester’s own words.",
        source="policy 13.2.2",
    )
    period = text(
        "What period does it cover?", section="arrived", example="September 2024 to July 2026"
    )
    assigned_to = text(
        "Assigned to",
        person=True,
        section="arrived",
        wanted=True,
        listed=True,
        source="policy 13.2.3",
    )

    relationship = choice(
        "Who is asking?",
        pick("relationships"),
        section="people",
        wanted=True,
        source="policy 13.2.1",
    )
    requester = text(
        "Name of the requester",
        heading="Requester",
        person=True,
        section="people",
        when=_for_another,
        wanted=True,
        listed=True,
    )
    requester_contact = long_text(
        "Where should the answer be sent?",
        section="people",
        wanted=True,
        help="Postal or e-mail address, as confirmed with the requester.",
    )
    responsibility = yes_no(
        "Does the requester have parental responsibility?",
        section="people",
        when=_for_another,
        source="Children Act 1989 s.3; policy 13.2.1",
    )
    responsibility_evidence = choice(
        "How do you know?",
        pick("responsibility_evidence"),
        section="people",
        when=lambda values: values.get("responsibility") == "yes",
        source="policy 13.2.4",
    )
    capacity = yes_no(
        "Can the child understand the request and decide?",
        section="people",
        when=_for_another,
        help="If so, the child’s own wishes decide.",
        source="ICO right of access guidance; policy 13.2.5",
    )
    capacity_factors = choices(
        "What did you consider?",
        pick("capacity_factors"),
        section="people",
        when=_for_another,
        source="ICO list of factors for requests about children",
    )
    child_view = long_text("The child’s own view", section="people", when=_for_another)

    identity_needed = yes_no(
        "Have you asked for proof of identity?",
        section="identity",
        wanted=True,
        help="If so, the month does not start before the proof arrives.",
        source="UK GDPR Art 12(6) and 12A(2)(b); policy 13.2.4",
    )
    identity_asked = date(
        "Asked on",
        section="identity",
        past=True,
        when=lambda values: values.get("identity_needed") == "yes",
    )
    identity_received = date(
        "Proof received on",
        section="identity",
        past=True,
        when=lambda values: values.get("identity_needed") == "yes",
    )
    identity_documents = choices(
        "What did you see?",
        pick("identity_documents"),
        section="identity",
        source="policy 13.2.4",
    )
    identity_seen_by = text("Seen by", person=True, section="identity")

    fee_asked = yes_no(
        "Have you asked for a fee?",
        section="fee",
        help="Only for a request that is manifestly unfounded or excessive, or for further copies.",
        source="UK GDPR Art 12(5) and 15(3)",
    )
    fee_ground = choice(
        "Why can a fee be charged?",
        pick("fee_grounds"),
        section="fee",
        when=lambda values: values.get("fee_asked") == "yes",
    )
    fee_amount = money(
        "Amount", section="fee", when=lambda values: values.get("fee_asked") == "yes"
    )
    fee_paid = date(
        "Paid on", section="fee", past=True, when=lambda values: values.get("fee_asked") == "yes"
    )

    extension_reason = choice(
        "Why is more time needed?",
        pick("extension_reasons"),
        section="extension",
        source="UK GDPR Art 12A(3)",
    )
    extension_why = long_text(
        "The reasons, as told to the requester",
        section="extension",
        when=lambda values: values.get("extension_reason") is not None,
    )
    extended = date(
        "Requester told on",
        section="extension",
        past=True,
        when=lambda values: values.get("extension_reason") is not None,
        help="The extension counts only if this is within the first month.",
        source="UK GDPR Art 12A(4)",
    )

    purposes = long_text(
        "What the school uses the data for",
        section="answer",
        help="For the covering letter. One to a line.",
        source="UK GDPR Art 15(1)(a)",
    )
    categories = long_text(
        "Kinds of data", section="answer", help="One to a line.", source="UK GDPR Art 15(1)(b)"
    )
    recipients = long_text(
        "Who it is shared with",
        section="answer",
        help="One to a line.",
        source="UK GDPR Art 15(1)(c)",
    )
    retention = long_text("How long it is kept", section="answer", source="UK GDPR Art 15(1)(d)")
    data_source = long_text(
        "Where it came from",
        section="answer",
        help="If not from the data subject.",
        source="UK GDPR Art 15(1)(g)",
    )
    automated = long_text(
        "Decisions made by a computer alone",
        section="answer",
        example="None.",
        source="UK GDPR Art 15(1)(h)",
    )
    safeguards = long_text(
        "If it is sent outside the United Kingdom, what protects it there?",
        section="answer",
        example="None of it is sent outside the United Kingdom.",
        help="This includes a supplier that keeps the data abroad.",
        source="UK GDPR Art 15(2)",
    )

    closed = date("Closed on", section="close", past=True)
    outcome = choice("Outcome", pick("outcomes"), section="close", when=_closed, wanted=True)
    refusal_ground = choices(
        "Why was it refused?",
        pick("refusal_grounds"),
        section="close",
        when=lambda values: values.get("outcome") in {"refused", "given_in_part"},
    )
    late_reason = long_text(
        "If it was late, why, and what will change?", section="close", when=_perhaps_late
    )
    notes = long_text("Notes", section="close", help="For the school only.")


class Clarification(Part):
    """A question to the requester about what exactly they ask for; it stops the clock."""

    register = Register(
        "clarifications",
        title="Clarifications",
        entry="clarification",
        parent="requests",
        icon="mdi6.chat-question-outline",
        purpose=(
            "If you need to know more to find what they want, ask. The clock is paused from the "
            "day you ask until the day they answer."
        ),
        first_step="Add a question",
        order="asked_on",
    )

    asked_on = date(
        "Asked on",
        required=True,
        listed=True,
        past=True,
        source="UK GDPR Art 12A(5)–(6)",
    )
    question = long_text("What did you ask?", heading="Question", listed=True, wanted=True)
    reason = choice(
        "Why did you need to know?",
        pick("clarification_reasons"),
        wanted=True,
        help="A question about the form of the answer does not pause the clock.",
        source="UK GDPR Art 12A(5)",
    )
    answered_on = date("Answered on", listed=True, past=True)
    answer = long_text("Their answer")


FOUND = (
    Choice("yes", "Found"),
    Choice("no", "Nothing found"),
    Choice("not_searched", "Not searched"),
)


class Search(Part):
    """A place where the data could be, and what came of looking there."""

    register = Register(
        "searches",
        title="Searches",
        entry="search",
        parent="requests",
        icon="mdi6.magnify",
        purpose=(
            "The school must make a reasonable and proportionate search. This list shows where "
            "you looked, if anyone asks."
        ),
        first_step="Add a place",
        order="place",
    )

    place = text("Where?", required=True, listed=True, example="Pupil files, paper, office cabinet")
    terms = text(
        "What did you search for?", listed=True, example="full name; initials; date of birth"
    )
    by_whom = text("Searched by", person=True, listed=True)
    searched_on = date("Searched on", listed=True, past=True)
    found = choice("Result", FOUND, listed=True, wanted=True)
    amount = number(
        "About how many pages?",
        when=lambda values: values.get("found") == "yes",
    )
    why_not = long_text(
        "Why not?",
        when=lambda values: values.get("found") == "not_searched",
        wanted=True,
        help="You may leave out a search only if it would not be reasonable and proportionate.",
        source="UK GDPR Art 15(1A)",
    )


class Handover(Part):
    """Something was given to the requester: which release, how, when, to whom."""

    register = Register(
        "handovers",
        title="Handed over",
        entry="handover",
        parent="requests",
        icon="mdi6.hand-extended-outline",
        purpose="Record each time something is handed to the requester.",
        first_step="Record a handover",
        order="given_on",
    )

    given_on = date("Handed over on", required=True, listed=True, past=True)
    how = choice("How?", pick("handovers"), required=True, listed=True)
    to_whom = text("Handed over to", person=True, required=True, listed=True)
    release_number = number("Which release?", heading="Release", listed=True, least=1)
    by_whom = text("Handed over by", person=True, listed=True)
    proof = text("Proof", help="For example a receipt, a tracking number or a reply.")
