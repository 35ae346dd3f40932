"""The letters of a subject access request, from acknowledgement to answer or refusal.

The wording lives in ``resources/templates`` and may be changed there or replaced by the
school's own. What is not known is printed as a visible gap and named in ``Letter.missing``. Each
letter has a second wording for a child who asks alone (``for_child``; UK GDPR Art 12(1)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dpdesk import resources
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.law.words import long_date
from dpdesk.papers.letters import Envelope as Envelope
from dpdesk.papers.letters import Letter as Letter
from dpdesk.papers.letters import Regulator as Regulator
from dpdesk.papers.letters import Written as Written
from dpdesk.papers.letters import default_regulator as default_regulator
from dpdesk.papers.templates import Answer


def lines(text: object) -> tuple[str, ...]:
    """The lines of an answer, without empty ones."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


_UNKNOWN: Final = "what is left out is not known"
_NO_REASON: Final = "why is missing"


def of_the_kind(code: str | None) -> dict[str, Answer]:
    """What letters of this kind of request may ask for: which kind it is, and how it is called."""
    kind = kind_rules(code).kind
    said = resources.kept("law", "letters.toml")["said"][kind.value]
    flags: dict[str, Answer] = {each.value.replace("_", " "): each is kind for each in RequestKind}
    return {
        **flags,
        "your request": f"your {said['request']}",
        "what you did": str(said["did"]),
        "asking us": str(said["child"]),
    }


def _write(
    name: str,
    envelope: Envelope,
    answers: Mapping[str, Answer],
    warnings: tuple[str, ...] = (),
    *,
    for_child: bool = False,
) -> Written:
    spoken = {**of_the_kind(None), "name": answers.get("data subject"), **answers}
    return Written(f"child-{name}" if for_child else name, envelope, spoken, warnings)


def acknowledgement(
    envelope: Envelope,
    *,
    received: date | None,
    due: date | None,
    asked_for: tuple[str, ...],
    data_subject: str = "",
    identity_needed: bool = False,
    fee_needed: bool = False,
    fee_paid: bool = False,
    for_child: bool = False,
) -> Written:
    """Says that the request has arrived and when it will be answered.

    ``data_subject`` only where the writer asks for somebody else; ``due`` is None while the
    clock has not begun or stands still; ``fee_needed``: a fee was asked for and is not paid yet.
    """
    return _write(
        "acknowledgement",
        envelope,
        {
            "date received": received,
            "date due": due,
            "what was asked for": asked_for,
            "data subject": data_subject,
            "identity needed": identity_needed,
            "fee needed": fee_needed,
            "fee paid": fee_paid,
        },
        for_child=for_child,
    )


def fee_request(
    envelope: Envelope,
    *,
    received: date | None,
    amount: str,
    ground: str,
    reasons: tuple[str, ...] = (),
    for_child: bool = False,
) -> Written:
    """Asks for a fee: the month begins when it is paid (UK GDPR Art 12(5), 12A(2)(c), 15(3)).

    ``ground`` is "further_copies", "unfounded" or "excessive", or empty: it is then a gap.
    ``amount`` as it is printed; ``reasons`` why the request is unfounded or excessive.
    """
    return _write(
        "fee",
        envelope,
        {
            "date received": received,
            "amount": amount,
            "further copies": ground == "further_copies",
            "unfounded": ground == "unfounded",
            "excessive": ground == "excessive",
            "ground is missing": not ground,
            "reasons wanted": ground in {"unfounded", "excessive"},
            "reasons for the fee": reasons,
        },
        for_child=for_child,
    )


_IDENTITY_EVIDENCE = (
    "a passport",
    "a driving licence",
    "a birth or marriage certificate",
    "a utility bill or bank statement with your current address, less than three months old",
)
_CHILDS_EVIDENCE = ("a passport", "a school pass", "a bus pass or bank card with your name")


def identity_request(
    envelope: Envelope,
    *,
    received: date | None,
    evidence: tuple[str, ...] | None = None,
    why: str = "",
    data_subject: str = "",
    relationship_needed: bool = False,
    authority_needed: bool = False,
    order_needed: bool = False,
    about_a_child: bool = False,
    perhaps_adult: bool = False,
    for_child: bool = False,
) -> Written:
    """Asks who the writer is, or that the writer may act (UK GDPR Art 12(6)).

    ``evidence``: of who the writer is; empty for somebody who acts by profession. Then, of a
    parent, ``relationship_needed``; of whoever acts for another person, that person's signed
    authority (``authority_needed``); of somebody appointed, the order (``order_needed``).
    ``perhaps_adult``: the data subject may have turned 18 since.
    """
    if evidence is None:
        evidence = _CHILDS_EVIDENCE if for_child else _IDENTITY_EVIDENCE
    return _write(
        "identity",
        envelope,
        {
            "date received": received,
            "evidence needed": bool(evidence),
            "identity evidence": evidence,
            "why we ask": why,
            "data subject": data_subject,
            "relationship needed": relationship_needed,
            "authority needed": authority_needed,
            "order needed": order_needed,
            "about a child": about_a_child,
            "perhaps adult": perhaps_adult,
        },
        for_child=for_child,
    )


def clarification_request(
    envelope: Envelope,
    *,
    received: date | None,
    questions: tuple[str, ...],
    why: str | tuple[str, ...],
    asked_on: date | None = None,
    for_child: bool = False,
) -> Written:
    """Asks what the writer is looking for; the clock stands still meanwhile (Art 12A(5)).

    ``asked_on`` is the day that the clock counts from; a letter of another day carries a warning.
    """
    when = "the day of this letter"
    warnings: tuple[str, ...] = ()
    if asked_on is not None and asked_on != envelope.written_on:
        when = long_date(asked_on)
        warning = (
            f"The clock is paused from {when}, the day recorded for this question, but the letter "
            f"is dated {long_date(envelope.written_on)}. If it goes out now, change that day."
        )
        warnings = (warning,)
    return _write(
        "clarification",
        envelope,
        {
            "date received": received,
            "questions": questions,
            "why we ask": (why,) if isinstance(why, str) and why else why,
            "from when": when,
        },
        warnings,
        for_child=for_child,
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
    for_child: bool = False,
) -> Written:
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
    return _write(
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
        for_child=for_child,
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


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is not given, and why: the whole request or a part of it (UK GDPR Art 12(4)).

    ``part`` says which part, empty for the whole; ``reasons`` are sentences for the requester.
    ``unexplained``: the ground alone is no reason, and nothing was written beside it; the letter
    shows a gap.
    """

    reasons: tuple[str, ...] = ()
    part: str = ""
    what_would_help: str = ""
    unexplained: bool = False
    in_part: bool = False
    """Is it a part, also where nothing says which?"""

    def answers(self) -> dict[str, Answer]:
        """What the templates call these facts."""
        return {
            "reasons for refusal": self.reasons,
            "in part": self.in_part or bool(self.part),
            "part refused": self.part,
            "what would help": self.what_would_help,
            _NO_REASON: self.unexplained and bool(self.reasons),
        }


def covering_letter(
    envelope: Envelope,
    *,
    received: date | None,
    enclosed: str,
    searched: tuple[str, ...],
    not_searched: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    set_aside: tuple[str, ...] = (),
    withheld: Withheld | None = None,
    all_given: bool = True,
    facts: DataFacts | None = None,
    data_subject: str = "",
    nothing_found: bool = False,
    due: date | None = None,
    for_child: bool = False,
) -> Written:
    """The letter with the answer: what was searched, what was left out and why, Article 15.

    ``reasons`` are the plain explanations of the redaction reasons used, without any hint of
    what was removed; ``withheld`` what was not given besides. Where there is neither, ``all_given``
    says that nothing was removed; without it nobody knows, and the letter shows a gap.
    ``set_aside`` is what was found and is no part of the answer; nothing of it counts as removed.
    ``nothing_found`` answers that the school holds no personal data, and leaves out what would
    then mean nothing.
    """
    given, kept = facts or DataFacts(), withheld or Withheld()
    told = bool(reasons or kept.reasons or kept.part)
    return _write(
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
            "what was set aside": set_aside,
            **kept.answers(),
            "nothing left out": all_given and not told,
            _UNKNOWN: not all_given and not told,
            "purposes": given.purposes,
            "categories": given.categories,
            "recipients": given.recipients,
            "retention": given.retention,
            "source of the data": given.source,
            "automated decisions": given.automated_decisions,
            "safeguards": given.safeguards,
        },
        late(envelope, due, "answer"),
        for_child=for_child,
    )


def refusal(
    envelope: Envelope,
    *,
    received: date | None,
    reasons: tuple[str, ...] = (),
    part_refused: str = "",
    what_would_help: str = "",
    unexplained: bool = False,
    in_part: bool = False,
    data_subject: str = "",
    due: date | None = None,
    for_child: bool = False,
) -> Written:
    """Says what is refused and why, with the right to complain (UK GDPR Art 12(4)).

    ``due`` is the last day to answer; a letter dated later carries a warning.
    """
    kept = Withheld(reasons, part_refused, what_would_help, unexplained, in_part)
    return _write(
        "refusal",
        envelope,
        {"date received": received, "data subject": data_subject, **kept.answers()},
        late(envelope, due, "refusal"),
        for_child=for_child,
    )


def letter(name: str, envelope: Envelope, answers: Mapping[str, Answer]) -> Written:
    """A letter of another kind, with what is known for it."""
    return _write(name, envelope, answers)


def late(envelope: Envelope, due: date | None, what: str) -> tuple[str, ...]:
    """A warning where a letter that decides is dated after the last day to answer."""
    if due is None or envelope.written_on <= due:
        return ()
    warning = (
        f"This {what} was due by {long_date(due)} (UK GDPR Art 12(3)–(4) and 12A). It is late: "
        "send it at once, apologise, and record why it was late."
    )
    return (warning,)
