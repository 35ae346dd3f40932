"""The requests of the example school: one for every way in which a request can stand.

Days are given as the number of days before today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ExampleCase:
    """A request with its parts. Numbers in ``days`` and in the parts are days before today."""

    subject: str
    values: Mapping[str, Any]
    days: Mapping[str, int]
    clarifications: tuple[Mapping[str, Any], ...] = ()
    searched: int = 0
    """How many of the usual places were searched already; 0 leaves the list empty."""
    documents: str = ""
    """Which documents are added, see ``making``."""
    release: bool = False
    archived: str = ""
    """Why the entry was put out of sight."""
    handover: Mapping[str, Any] = field(default_factory=dict)


_LEAVER = {"subject_kind": "former_pupil", "relationship": "self", "assigned_to": "Pat Example"}
_FAMILY = {"subject_kind": "pupil", "assigned_to": "Pat Example", "responsibility": "yes"}

CASES: tuple[ExampleCase, ...] = (
    ExampleCase(
        "Jordan Sample",
        {
            **_LEAVER,
            "channel": "letter",
            "asked": "Everything the school still has about my time there.",
            "outcome": "given_in_part",
            "refusal_ground": ("exempt",),
            "refusal_exemptions": ("REF-24",),
            "refused_part": "The reference that the school gave to a college",
            "refusal_why": "The college asked for it in confidence, and the school gave it so.",
            "identity_needed": "yes",
            "identity_documents": ("passport",),
            "identity_seen_by": "Pat Example",
        },
        {"received": 200, "identity_asked": 199, "identity_received": 195, "closed": 172},
        searched=8,
        handover={"given_on": 172, "how": "signed_for", "to_whom": "Jordan Sample"},
    ),
    ExampleCase(
        "Casey Placeholder",
        {
            "subject_kind": "former_staff",
            "relationship": "self",
            "assigned_to": "Pat Example",
            "channel": "email",
            "asked": "My personnel file and all e-mails about my probation.",
            "outcome": "given",
            "late_reason": "The mailbox of a member of staff who had left was found late. "
            "Mailboxes of leavers are now on the list of places to search.",
        },
        {"received": 160, "closed": 110},
        searched=6,
        handover={"given_on": 110, "how": "email_encrypted", "to_whom": "Casey Placeholder"},
    ),
    ExampleCase(
        "Deniz Çelik",
        {
            **_FAMILY,
            "channel": "request_form",
            "relationship": "mother",
            "requester": "Ayşe Çelik",
            "asked": "Reports and test results of the last two years.",
            "responsibility_evidence": "known",
            "capacity": "no",
            "capacity_factors": ("maturity",),
            "outcome": "given",
        },
        {"received": 120, "closed": 95},
        searched=10,
        handover={"given_on": 95, "how": "collected", "to_whom": "Ayşe Çelik"},
    ),
    ExampleCase(
        "Taylor Specimen",
        {
            "subject_kind": "contractor",
            "relationship": "self",
            "assigned_to": "Lee Specimen",
            "channel": "web_form",
            "asked": "What do you know about me?",
            "outcome": "withdrawn",
        },
        {"received": 90, "closed": 80},
    ),
    ExampleCase(
        "Morgan Dummy",
        {
            "subject_kind": "candidate",
            "relationship": "self",
            "assigned_to": "Pat Example",
            "channel": "email",
            "asked": "The notes of my interview three years ago.",
            "outcome": "nothing_held",
        },
        {"received": 75, "closed": 60},
        searched=4,
        handover={"given_on": 60, "how": "other", "to_whom": "Morgan Dummy"},
    ),
    ExampleCase(
        "Sam Placeholder",
        {
            "subject_kind": "staff",
            "relationship": "self",
            "assigned_to": "Pat Example",
            "channel": "letter",
            "asked": "All minutes, e-mails and messages about me of the last three years.",
            "period": "the last three years",
            "extension_reason": "complex",
            "extension_why": "Several thousand e-mails from five mailboxes must be read, and most "
            "of them are about other people too.",
        },
        {"received": 45, "extended": 30},
        searched=7,
        documents="notes",
    ),
    ExampleCase(
        "Kacper Wójcik",
        {
            **_LEAVER,
            "channel": "social_media",
            "received_by": "School office",
            "asked": "my school file please, all of it",
        },
        {"received": 40},
        searched=3,
    ),
    ExampleCase(
        "Noah Template",
        {
            **_FAMILY,
            "channel": "email",
            "relationship": "father",
            "requester": "Ben Template",
            "asked": "The accident report and all e-mails about the trip.",
        },
        {"received": 28},
        searched=9,
        documents="letter",
    ),
    ExampleCase(
        "Alex Specimen",
        {
            "subject_kind": "former_staff",
            "relationship": "self",
            "assigned_to": "Pat Example",
            "requester_contact": "alex@specimen.example",
            "channel": "email",
            "asked": "My personnel file.",
            "identity_needed": "no",
            "purposes": "Employment\nPayroll and pension",
            "categories": "Contact details\nAppraisals\nPay",
            "recipients": "Payroll bureau\nPension scheme",
            "retention": "Six years after the end of employment.",
        },
        {"received": 27},
        searched=7,
        documents="personnel",
        release=True,
        handover={"given_on": 0, "how": "email_encrypted", "to_whom": "Alex Specimen"},
    ),
    ExampleCase(
        "Olena Приклад",
        {
            **_FAMILY,
            "channel": "in_person",
            "received_by": "Class teacher",
            "relationship": "mother",
            "requester": "Iryna Приклад",
            "asked": "Everything about the move to the other class.",
            "capacity": "no",
            "capacity_factors": ("maturity", "views"),
        },
        {"received": 25},
        clarifications=(
            {
                "asked_on": 22,
                "answered_on": 16,
                "question": "Do you mean this school year only, or also the one before?",
                "reason": "which_information",
                "why": "Each year has a file of its own, in another office.",
                "answer": "Only this school year.",
            },
        ),
        searched=5,
    ),
    ExampleCase(
        "Aoife O’Brien",
        {
            **_FAMILY,
            "channel": "email",
            "received_by": "School office",
            "relationship": "mother",
            "requester": "Niamh O’Brien",
            "requester_contact": "niamh@obrien.example",
            "asked": "Please send me a copy of everything the school holds about my daughter, "
            "including e-mails between teachers.",
            "period": "since she joined the school",
            "responsibility_evidence": "known",
            "capacity": "no",
            "capacity_factors": ("maturity", "nature", "consequences"),
            "child_view": "She does not mind that her mother reads her file.",
            "identity_needed": "no",
        },
        {"received": 20},
        searched=11,
        documents="pupil",
    ),
    ExampleCase(
        "Charlie Duplicate",
        {
            **_LEAVER,
            "channel": "telephone",
            "asked": "A second copy of what was sent in spring.",
            "fee_asked": "yes",
            "fee_ground": "further_copies",
            "fee_amount": 12,
        },
        {"received": 15},
    ),
    ExampleCase(
        "Emre Çelik",
        {
            "subject_kind": "parent",
            "relationship": "self",
            "assigned_to": "Pat Example",
            "channel": "email",
            "asked": "All data about me.",
            "identity_needed": "no",
        },
        {"received": 12},
        clarifications=(
            {
                "asked_on": 6,
                "question": "Which of your dealings with the school do you mean: fees, "
                "admissions, or the parents’ association?",
                "reason": "which_information",
                "why": "Three offices hold papers about you, and none of them all.",
            },
        ),
    ),
    ExampleCase(
        "Linh Nguyễn",
        {
            **_FAMILY,
            "channel": "web_form",
            "relationship": "father",
            "requester": "Minh Nguyễn",
            "asked": "School reports and the special needs plan.",
            "responsibility": "unknown",
            "identity_needed": "yes",
        },
        {"received": 8, "identity_asked": 7},
    ),
    ExampleCase(
        "Linh Nguyen",
        {
            **_FAMILY,
            "channel": "telephone",
            "relationship": "father",
            "requester": "Minh Nguyễn",
            "asked": "Whether his request has arrived.",
        },
        {"received": 7},
        archived="The same request, logged twice.",
    ),
    ExampleCase(
        "Frankie Example",
        {
            "subject_kind": "pupil",
            "relationship": "self",
            "channel": "verbal",
            "received_by": "Lunch supervisor",
            "asked": "“Can I see what you write about me?”",
        },
        {"received": 0},
    ),
    ExampleCase(
        "Billie Sample",
        {
            **_FAMILY,
            "kind": "rectification",
            "channel": "telephone",
            "relationship": "mother",
            "requester": "Sue Sample",
            "asked": "The behaviour log says that she was there. She was ill that day.",
            "says_wrong": "The entry about the broken window names her.",
            "should_say": "She was not in school.",
        },
        {"received": 12},
        searched=99,
    ),
    ExampleCase(
        "Ruby Specimen",
        {
            **_LEAVER,
            "kind": "objection",
            "channel": "email",
            "asked": "Stop writing to me for donations.",
            "use": "Letters of the association of former pupils",
            "marketing": "yes",
            "decision": "yes",
            "decided_by": "Pat Example",
        },
        {"received": 6, "decided_on": 5},
    ),
    ExampleCase(
        "Deniz Çelik",
        {
            **_FAMILY,
            "kind": "complaint",
            "channel": "letter",
            "relationship": "mother",
            "requester": "Ayşe Çelik",
            "asked": "You gave me two reports of another child with those of mine.",
            "infringement": "Data of another child was disclosed to her.",
            "acknowledged_how": "letter",
        },
        {"received": 16, "acknowledged": 14},
    ),
    ExampleCase(
        "Max Template",
        {
            **_FAMILY,
            "kind": "complaint",
            "channel": "verbal",
            "received_by": "School office",
            "relationship": "father",
            "requester": "Ben Template",
            "asked": "His photograph is still on the website, although we said no.",
        },
        {"received": 4},
    ),
)
