"""Who asks, for whom, and what shows that they may: the questions about people and identity."""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.law.request_kinds import RequestKind
from dpdesk.registers.fields import choice, choices, date, link, long_text, money, text, yes_no
from dpdesk.requests.conditions import (
    about_a_child,
    asked_for_able_child,
    authority_asked,
    capacity_judged,
    doubtful,
    extending,
    fee,
    for_another,
    for_child,
    longer,
    may_cost,
    of_kind,
    order_asked,
)


class AskerQuestions:
    """The requester, the child, proof of identity; then fee and more time."""

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
        when=for_another,
        wanted=True,
        listed=True,
    )
    salutation = text(
        "How do letters address them?",
        heading="Dear …",
        section="people",
        example="Mrs Walker",
        help="What follows “Dear” in every letter. If empty, the title and surname of the name "
        "above, or the whole name where it has no title.",
    )
    spoken_of = text(
        "How do letters speak of the person?",
        heading="Spoken of as",
        section="people",
        when=for_another,
        example="your son Ethan",
        help="If empty, letters to a parent say “your child” and the name, others the name alone.",
    )
    requester_contact = long_text(
        "Where should the answer be sent?",
        section="people",
        wanted=True,
        help="Postal or e-mail address, as confirmed with the requester.",
    )
    requester_person = link(
        "Which person in the register of people is that?",
        "people",
        heading="Requester on record",
        section="people",
        when=for_another,
        help="What you typed above stays. Linked, their contact details and flags are shown here.",
    )
    parent_1996 = yes_no(
        "Is the requester a parent in the sense of the Education Act 1996?",
        heading="Parent (1996)",
        section="people",
        when=of_kind(RequestKind.EDUCATIONAL_RECORD),
        help="A parent, anyone with parental responsibility, or who has care of the child.",
        source="Policy 13.3.2; Education Act 1996 s.576",
    )
    responsibility = yes_no(
        "Does the requester have parental responsibility?",
        section="people",
        when=for_child,
        source="Children Act 1989 s.3; policy 13.2.1",
    )
    responsibility_evidence = choice(
        "How do you know?",
        pick("responsibility_evidence"),
        section="people",
        when=lambda values: values.get("responsibility") == "yes",
        source="policy 13.2.4",
    )
    authority_seen = date(
        "Signed authority seen on",
        heading="Authority seen",
        section="people",
        past=True,
        when=authority_asked,
        help="What the person whose data it is has signed: who may ask, and for what. Without "
        "it, nothing goes to a solicitor, a relative or another agent.",
        source="ICO right of access guidance; policy 13.2.4",
    )
    authority_covers = text(
        "What does it cover?",
        section="people",
        when=lambda values: values.get("authority_seen") is not None,
        example="Everything held about the pupil since September 2024",
    )
    court_orders = yes_no(
        "Is there a court order about the child?",
        heading="Court order",
        section="people",
        when=about_a_child,
        help="It may give somebody the right to ask, or limit what a parent may be told.",
        source="ICO list of factors for requests about children; policy 13.2.4",
    )
    order_seen = date(
        "Order seen on",
        section="people",
        past=True,
        when=order_asked,
        help="Read all of it, and ask whether it is the latest.",
    )
    order_says = long_text(
        "What does it say about information?",
        section="people",
        wanted=True,
        when=lambda values: values.get("court_orders") == "yes" and about_a_child(values),
        help="In a sentence: who may be told what. Not the story behind it.",
    )
    capacity = yes_no(
        "Can the child understand the request and decide?",
        section="people",
        when=about_a_child,
        help="If so, the child’s own wishes decide. Ask this too where the child asks alone: a "
        "child who understands may ask; for one who does not, a parent does.",
        source="ICO right of access guidance; policy 13.2.5",
    )
    capacity_factors = choices(
        "What did you consider?",
        pick("capacity_factors"),
        section="people",
        when=about_a_child,
        source="ICO list of factors for requests about children",
    )
    capacity_by = text("Who decided that?", person=True, section="people", when=capacity_judged)
    capacity_on = date("Decided on", section="people", past=True, when=capacity_judged)
    capacity_why = long_text(
        "Why?",
        heading="Why competent or not",
        section="people",
        when=capacity_judged,
        help="What in the factors above decided it.",
    )
    child_agrees = yes_no(
        "Does the child agree to the request?",
        heading="Child agrees",
        section="people",
        when=asked_for_able_child,
        help="A pupil who understands can refuse; then it is not answered to the parent. This does "
        "not hold for the educational record.",
        source="Policy 13.2.5",
    )
    child_view = long_text("The child’s own view", section="people", when=about_a_child)

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
        when=doubtful,
        help="Ask at once: the month waits for the proof, so a late question looks like delay.",
        source="ICO right of access guidance: ask promptly",
    )
    identity_why = long_text(
        "Why are you in doubt?",
        section="identity",
        when=doubtful,
        help="For the letter, as told to the requester. If empty, the letter says nothing of it.",
        example="We have no record of this e-mail address.",
        source="UK GDPR Art 12(6)",
    )
    identity_received = date("Proof received on", section="identity", past=True, when=doubtful)
    identity_documents = choices(
        "What did you see?",
        pick("identity_documents"),
        section="identity",
        source="policy 13.2.4",
    )
    identity_seen_by = text("Seen by", person=True, section="identity")
    identity_seen = long_text(
        "What was seen of it",
        section="identity",
        help="For example: name and photograph agree, expires in May 2029. No numbers, no copy.",
        source="policy 13.2.4",
    )

    fee_asked = yes_no(
        "Have you asked for a fee?",
        section="fee",
        when=may_cost,
        help="Only for a request that is manifestly unfounded or excessive, or for further copies.",
        source="UK GDPR Art 12(5) and 15(3)",
    )
    fee_ground = choice(
        "Why can a fee be charged?", pick("fee_grounds"), section="fee", wanted=True, when=fee
    )
    fee_why = long_text(
        "The reasons, as told to the requester",
        heading="Reasons for the fee",
        section="fee",
        wanted=True,
        when=lambda values: fee(values) and values.get("fee_ground") != "further_copies",
        help="The school must be able to prove that the request is unfounded or excessive.",
        source="UK GDPR Art 12(5)",
    )
    fee_amount = money("Amount", section="fee", wanted=True, when=fee)
    fee_paid = date("Paid on", section="fee", past=True, when=fee)

    extension_reason = choice(
        "Why is more time needed?",
        pick("extension_reasons"),
        section="extension",
        when=longer,
        source="UK GDPR Art 12A(3)",
    )
    extension_why = long_text(
        "The reasons, as told to the requester",
        section="extension",
        when=extending,
    )
    extended = date(
        "Requester told on",
        section="extension",
        past=True,
        when=extending,
        help="The extension counts only if this is within the first month.",
        source="UK GDPR Art 12A(4)",
    )
