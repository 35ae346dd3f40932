"""The letters of a subject access request, from acknowledgement to answer or refusal.

The wording lives in ``resources/templates`` and may be changed there or replaced by the
school's own. What is not known is printed as a visible gap and named in ``Letter.missing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dpdesk import resources
from dpdesk.law.words import long_date
from dpdesk.papers import look
from dpdesk.papers.kit import Letterhead, Paper
from dpdesk.papers.templates import Answer, Filled, Wording, fill, print_blocks, shipped


@dataclass(frozen=True, slots=True)
class Regulator:
    """Whom people may complain to outside the school; its name and address are a setting."""

    name: str
    address: tuple[str, ...]
    telephone: str
    website: str


def default_regulator() -> Regulator:
    """The regulator as shipped in ``resources/templates/regulator.toml``."""
    row = resources.toml("templates", "regulator.toml")
    return Regulator(row["name"], tuple(row["address"]), row["telephone"], row["website"])


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every letter has: from whom, to whom, about which request, on which day.

    ``salutation`` is what follows "Dear"; empty gives the recipient's name. ``wording`` holds
    the school's own templates by name; a name that is absent takes the shipped one.
    """

    letterhead: Letterhead
    sender: str
    sender_role: str
    recipient: str
    recipient_address: tuple[str, ...]
    reference: str
    written_on: date
    salutation: str = ""
    regulator: Regulator = field(default_factory=default_regulator)
    how_to_complain: str = ""
    enclosures: tuple[str, ...] = ()
    marking: str = "Confidential"
    wording: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: the PDF, the same as plain text for an e-mail, and what to look at.

    ``missing`` names the gaps still to be filled, ``warnings`` are sentences for the user,
    ``sources`` the law that the wording rests on.
    """

    subject: str
    content: bytes = field(repr=False)
    pages: int
    text: str = field(repr=False)
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]


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
    return _letter(
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
    "a utility bill or bank statement with your present address, not older than three months",
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
    return _letter(
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
    return _letter(
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
                f"This notice had to be given by {long_date(notice_due)} (UK GDPR Art 12A(4)). "
                "It is late and gives no more time: answer as soon as you can, and take advice."
            ),
        )
    return _letter(
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
    return _letter(
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
    return _letter(
        "refusal",
        envelope,
        {
            "date received": received,
            "reasons for refusal": reasons,
            "part refused": part_refused,
            "what would help": what_would_help,
        },
    )


def _letter(
    name: str,
    envelope: Envelope,
    answers: Mapping[str, Answer],
    warnings: tuple[str, ...] = (),
) -> Letter:
    filled = fill(name, {**_common(envelope), **answers}, _wording(envelope))
    paper = Paper(
        filled.subject,
        reference=envelope.reference,
        letterhead=envelope.letterhead,
        marking=envelope.marking,
        printed_on=envelope.written_on,
        letter=True,
    )
    _opening(paper, envelope, filled)
    print_blocks(paper, filled)
    _closing(paper, envelope)
    printed = paper.printed()
    return Letter(
        subject=filled.subject,
        content=printed.content,
        pages=printed.pages,
        text=f"{filled.text()}\n\nYours sincerely,\n\n{envelope.sender}\n{envelope.sender_role}",
        missing=tuple(filled.missing),
        warnings=(*warnings, *printed.warnings),
        sources=tuple(filled.sources),
    )


def _common(envelope: Envelope) -> dict[str, Answer]:
    head, regulator = envelope.letterhead, envelope.regulator
    # Telephone numbers are not broken at the end of a line.
    telephone, line = (t.replace(" ", "\u00a0") for t in (head.telephone, regulator.telephone))
    contact = ", ".join(t for t in (envelope.sender, head.email, telephone) if t)
    return {
        "salutation": envelope.salutation or envelope.recipient,
        "recipient": envelope.recipient,
        "reference": envelope.reference,
        "school": head.school,
        "sender": envelope.sender,
        "contact": contact,
        "how to complain": envelope.how_to_complain or contact,
        "regulator": regulator.name,
        "regulator address": ", ".join(regulator.address),
        "regulator telephone": line,
        "regulator website": regulator.website,
    }


def _wording(envelope: Envelope) -> Wording:
    def wording(name: str) -> str:
        own = envelope.wording.get(name)
        return shipped(name) if own is None else own

    return wording


def _opening(paper: Paper, envelope: Envelope, filled: Filled) -> None:
    """Address where a window envelope shows it, then day, reference and subject."""
    address = [line for line in (envelope.recipient, *envelope.recipient_address) if line]
    paper.beside(address, [long_date(envelope.written_on), f"Our reference: {envelope.reference}"])
    paper.lines([filled.subject], style=look.HEADINGS[1], gap=28.0)
    paper.keep()


def _closing(paper: Paper, envelope: Envelope) -> None:
    paper.keep()  # a page with nothing but a signature could belong to any letter
    paper.lines(["Yours sincerely,"], gap=16.0)
    paper.keep()
    paper.lines([line for line in (envelope.sender, envelope.sender_role) if line], gap=44.0)
    if envelope.enclosures:
        paper.lines([f"Enclosed: {'; '.join(envelope.enclosures)}"], style=look.SMALL, gap=14.0)
