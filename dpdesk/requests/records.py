"""What is stored about a request: the facts of policy 13.2. Its parts have a file of their own."""

from __future__ import annotations

from dpdesk.law.exemptions import ReasonKind, redaction_reasons
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
    text,
    yes_no,
)
from dpdesk.registers.record import Record
from dpdesk.requests import states


def _for_another(values: Values) -> bool:
    return values.get("relationship") not in (None, "self")


def _about_a_child(values: Values) -> bool:
    """Is it a child whose understanding counts, whoever asks: the child alone too?"""
    kind = values.get("subject_kind")
    return kind in CHILDREN or (kind in {None, "former_pupil"} and _for_another(values))


def _doubtful(values: Values) -> bool:
    return values.get("identity_needed") == "yes"


def _fee(values: Values) -> bool:
    return values.get("fee_asked") == "yes"


def _withheld(values: Values) -> bool:
    return values.get("outcome") in {"refused", "given_in_part"}


def _exempt(values: Values) -> bool:
    return _withheld(values) and "exempt" in (values.get("refusal_ground") or ())


def _perhaps_late(values: Values) -> bool:
    """Closed later than the shortest month after the request was received."""
    closed, received = values.get("closed"), values.get("received")
    return closed is not None and received is not None and (closed - received).days > 28


CHILDREN = frozenset({"pupil", "applicant"})
"""Kinds of data subjects who are children, whose understanding of the request counts."""

EXEMPTIONS = tuple(
    Choice(each.code, each.label, source=each.citation, note=each.test)
    for each in redaction_reasons()
    if each.kind is ReasonKind.EXEMPTION
)


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
    salutation = text(
        "How do letters address them?",
        heading="Dear …",
        section="people",
        example="Mrs Walker",
        help="What follows “Dear” in every letter. If empty, the name as it stands above.",
    )
    spoken_of = text(
        "How do letters speak of the person?",
        heading="Spoken of as",
        section="people",
        when=_for_another,
        example="your son Ethan",
        help="If empty, letters to a parent say “your child” and the name, others the name alone.",
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
        when=_about_a_child,
        help="If so, the child’s own wishes decide. Ask this too where the child asks alone: a "
        "child who understands may ask; for one who does not, a parent does.",
        source="ICO right of access guidance; policy 13.2.5",
    )
    capacity_factors = choices(
        "What did you consider?",
        pick("capacity_factors"),
        section="people",
        when=_about_a_child,
        source="ICO list of factors for requests about children",
    )
    child_view = long_text("The child’s own view", section="people", when=_about_a_child)

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
        wanted=True,
        when=_doubtful,
        help="Ask at once: the month waits for the proof, so a late question looks like delay.",
        source="ICO right of access guidance: ask promptly",
    )
    identity_why = long_text(
        "Why are you in doubt?",
        section="identity",
        when=_doubtful,
        help="For the letter, as told to the requester. If empty, the letter says nothing of it.",
        example="We have no record of this e-mail address.",
        source="UK GDPR Art 12(6)",
    )
    identity_received = date("Proof received on", section="identity", past=True, when=_doubtful)
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
        "Why can a fee be charged?", pick("fee_grounds"), section="fee", wanted=True, when=_fee
    )
    fee_why = long_text(
        "The reasons, as told to the requester",
        heading="Reasons for the fee",
        section="fee",
        wanted=True,
        when=lambda values: _fee(values) and values.get("fee_ground") != "further_copies",
        help="The school must be able to prove that the request is unfounded or excessive.",
        source="UK GDPR Art 12(5)",
    )
    fee_amount = money("Amount", section="fee", wanted=True, when=_fee)
    fee_paid = date("Paid on", section="fee", past=True, when=_fee)

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
    outcome = choice(
        "Outcome",
        pick("outcomes"),
        section="close",
        help="Choose it before you write the answer: the letters follow it.",
    )
    refusal_ground = choices(
        "Why was it refused?",
        pick("refusal_grounds"),
        section="close",
        wanted=True,
        when=_withheld,
        source="UK GDPR Art 12(4)–(5)",
    )
    refusal_exemptions = choices(
        "Which exemptions apply?",
        EXEMPTIONS,
        section="close",
        when=_exempt,
        help="The letter names them, unless naming one would give away what is withheld.",
        source="DPA 2018 Schs 2–4",
    )
    refused_part = long_text(
        "What was not given?",
        section="close",
        when=lambda values: values.get("outcome") == "given_in_part",
        help="For the letter: say which part, not what it contains.",
        example="E-mails with our solicitor",
    )
    refusal_why = long_text(
        "The reasons, as told to the requester",
        heading="Reasons for refusing",
        section="close",
        wanted=True,
        when=_withheld,
        help="One to a line. The law asks for the reasons in this case, not only for the ground.",
        source="UK GDPR Art 12(4)",
    )
    refusal_help = long_text(
        "What would help, if they ask again?",
        section="close",
        when=_withheld,
        help="For the letter. For example a narrower request, or a signed authority.",
    )
    late_reason = long_text(
        "If it was late, why, and what will change?", section="close", when=_perhaps_late
    )
    notes = long_text("Notes", section="close", help="For the school only.")
