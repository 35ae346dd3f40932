"""The letters of a subject access request, from acknowledgement to answer or refusal.

The wording lives in ``resources/templates`` and may be changed there or replaced by the
school's own. What is not known is printed as a visible gap and named in ``Letter.missing``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpdesk.law.words import long_date
from dpdesk.papers.letters import Envelope as Envelope
from dpdesk.papers.letters import Letter as Letter
from dpdesk.papers.letters import Regulator as Regulator
from dpdesk.papers.letters import default_regulator as default_regulator
from dpdesk.papers.letters import write


def acknowledgement(
    envelope: Envelope,
    *,
    received: date | None,
    due: date | None,
    asked_for: tuple[str, ...],
    data_subject: str = "",
    identity_needed: bool = False,
) -> Letter:
    """Says that the request has arrived and when it will be answered.

    ``data_subject`` only where the writer asks for somebody else; ``due`` is None while the
    clock has not begun or stands still.
    """
    return write(
        "acknowledgement",
        envelope,
        {
            "date received": received,
            "date due": due,
            "what was asked for": asked_for,
            "data subject": data_subject,
            "identity needed": identity_needed,
        },
    )


_IDENTITY_EVIDENCE = (
    "a passport",
    "a driving licence",
    "a birth or marriage certificate",
    "a utility bill or bank statement with your current address, less than three months old",
)


def identity_request(
    envelope: Envelope,
    *,
    received: date | None,
    evidence: tuple[str, ...] = _IDENTITY_EVIDENCE,
    why: str = "",
    data_subject: str = "",
    relationship_needed: bool = False,
) -> Letter:
    """Asks who the writer is; only where there is a reasonable doubt (UK GDPR Art 12(6))."""
    return write(
        "identity",
        envelope,
        {
            "date received": received,
            "identity evidence": evidence,
            "why we ask": why,
            "data subject": data_subject,
            "relationship needed": relationship_needed,
        },
    )


def clarification_request(
    envelope: Envelope, *, received: date | None, questions: tuple[str, ...], why: str
) -> Letter:
    """Asks what the writer is looking for; the clock stands still meanwhile (Art 12A(5))."""
    return write(
        "clarification",
        envelope,
        {"date received": received, "questions": questions, "why we ask": why},
    )


def extension_notice(
    envelope: Envelope,
    *,
    received: date | None,
    first_due: date | None,
    due: date | None,
    reasons: tuple[str, ...],
    notice_due: date | None,
    sent_meanwhile: str = "",
) -> Letter:
    """Says that up to two further months are needed, and why (UK GDPR Art 12A(3)–(4)).

    ``notice_due`` is the last day for this notice; a letter dated later carries a warning.
    """
    warnings: tuple[str, ...] = ()
    if notice_due is not None and envelope.written_on > notice_due:
        warnings = (
            (
                f"This notice was due by {long_date(notice_due)} (UK GDPR Art 12A(4)). "
                "It is late and gives no more time: answer as soon as you can, and take advice."
            ),
        )
    return write(
        "extension",
        envelope,
        {
            "date received": received,
            "first date due": first_due,
            "date due": due,
            "reasons for the extension": reasons,
            "what is sent meanwhile": sent_meanwhile,
        },
        warnings,
    )


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What Article 15(1) and (2) want the answer to say besides the copy.

    The asset register knows most of it; what is empty is printed as a gap to be filled.
    """

    purposes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    automated_decisions: str = ""
    safeguards: str = ""


def covering_letter(
    envelope: Envelope,
    *,
    received: date | None,
    enclosed: str,
    searched: tuple[str, ...],
    not_searched: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    facts: DataFacts | None = None,
    data_subject: str = "",
    nothing_found: bool = False,
) -> Letter:
    """The letter with the answer: what was searched, what was left out and why, Article 15.

    ``reasons`` are the plain explanations of the redaction reasons used, without any hint of
    what was removed; empty says that nothing was removed. ``nothing_found`` answers that the
    school holds no personal data, and leaves out what would then mean nothing.
    """
    given = facts or DataFacts()
    return write(
        "response",
        envelope,
        {
            "date received": received,
            "data subject": data_subject,
            "what is enclosed": enclosed,
            "nothing found": nothing_found,
            "what was searched": searched,
            "what was not searched": not_searched,
            "reasons for redaction": reasons,
            "purposes": given.purposes,
            "categories": given.categories,
            "recipients": given.recipients,
            "retention": given.retention,
            "source of the data": given.source,
            "automated decisions": given.automated_decisions,
            "safeguards": given.safeguards,
        },
    )


def refusal(
    envelope: Envelope,
    *,
    received: date | None,
    reasons: tuple[str, ...],
    part_refused: str = "",
    what_would_help: str = "",
) -> Letter:
    """Says what is refused and why, with the right to complain (UK GDPR Art 12(4))."""
    return write(
        "refusal",
        envelope,
        {
            "date received": received,
            "reasons for refusal": reasons,
            "part refused": part_refused,
            "what would help": what_would_help,
        },
    )
