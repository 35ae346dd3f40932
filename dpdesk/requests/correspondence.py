"""The letters of a request, written from what has been recorded about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dpdesk.law.clocks import ClockResult
from dpdesk.law.pick_lists import choice
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.requests import letters
from dpdesk.requests.letters import DataFacts, Envelope, Letter, Regulator
from dpdesk.requests.service import RequestService


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A letter that can be written: its key, its name, and during which stage."""

    key: str
    label: str
    stage: str
    help: str


KINDS = (
    LetterKind(
        "acknowledgement",
        "Acknowledgement",
        "logged",
        "Confirms that the request has arrived and when it will be answered.",
    ),
    LetterKind(
        "identity", "Request for proof of identity", "identity", "Asks who the requester is."
    ),
    LetterKind(
        "clarification",
        "Request for clarification",
        "clarify",
        "Asks what exactly they want. Enter the question first.",
    ),
    LetterKind(
        "extension",
        "Extension notice",
        "clarify",
        "Must reach the requester, with reasons, within the first month.",
    ),
    LetterKind(
        "covering",
        "Covering letter",
        "respond",
        "Goes with the bundle: what Art 15 requires, and how to complain.",
    ),
    LetterKind("refusal", "Refusal", "respond", "With the reasons and how to complain."),
)


class Correspondence:
    """Writes the letters of requests."""

    def __init__(self, requests: RequestService) -> None:
        self._requests = requests

    def write(self, kind: str, entry: Entry) -> Letter:
        """Writes one of ``KINDS``; what is not recorded is printed as to be filled in.

        Raises KeyError for an unknown kind, InvalidFacts for dates that contradict each other.
        """
        writers: dict[str, Callable[[Entry, Envelope, ClockResult], Letter]] = {
            "acknowledgement": self._acknowledgement,
            "identity": self._identity,
            "clarification": self._clarification,
            "extension": self._extension,
            "covering": self._covering,
            "refusal": self._refusal,
        }
        return writers[kind](entry, self._envelope(entry), self._requests.clock(entry))

    def _envelope(self, entry: Entry) -> Envelope:
        school = self._requests.school.particulars()
        values = entry.values
        recipient = str(values.get("requester") or values["subject"])
        return Envelope(
            letterhead=self._requests.school.letterhead(),
            sender=school.dpo_name,
            sender_role=school.dpo_post or "Data Protection Officer",
            recipient=recipient,
            recipient_address=_lines(values.get("requester_contact")),
            reference=entry.reference,
            written_on=self._requests.now().astimezone(SCHOOL_TIME).date(),
            regulator=Regulator(
                name=school.regulator_name,
                address=tuple(school.regulator_address.splitlines()),
                telephone=school.regulator_telephone,
                website=school.regulator_website,
            ),
        )

    def _subject(self, entry: Entry) -> str:
        """The data subject, where somebody else asks."""
        return str(entry.values["subject"]) if entry.values.get("requester") else ""

    def _acknowledgement(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Letter:
        return letters.acknowledgement(
            envelope,
            received=entry.values["received"],
            due=_day(clock.due),
            asked_for=_lines(entry.values.get("asked")),
            data_subject=self._subject(entry),
            identity_needed=entry.values.get("identity_needed") == "yes"
            and entry.values.get("identity_received") is None,
        )

    def _identity(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Letter:
        return letters.identity_request(
            envelope,
            received=entry.values["received"],
            data_subject=self._subject(entry),
            relationship_needed=bool(entry.values.get("requester"))
            and entry.values.get("responsibility") != "yes",
        )

    def _clarification(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Letter:
        asked = [
            part.values
            for part in self._requests.clarifications.parts(entry.id)
            if part.values.get("answered_on") is None
        ]
        reasons = dict.fromkeys(
            choice("clarification_reasons", values["reason"]).label
            for values in asked
            if values.get("reason")
        )
        return letters.clarification_request(
            envelope,
            received=entry.values["received"],
            questions=tuple(str(v["question"]) for v in asked if v.get("question")),
            why="; ".join(reasons),
        )

    def _extension(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Letter:
        values = entry.values
        told = values.get("extended") or envelope.written_on
        first = self._requests.preview_clock(entry, extended=None)
        longer = self._requests.preview_clock(entry, extended=told)
        reason = values.get("extension_reason")
        words = [choice("extension_reasons", reason).label] if reason else []
        return letters.extension_notice(
            envelope,
            received=values["received"],
            first_due=_day(first.due),
            due=_day(longer.due),
            reasons=(*words, *_lines(values.get("extension_why"))),
            notice_due=first.extension_notice_due,
        )

    def _covering(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Letter:
        values = entry.values
        parts = self._requests.searches.parts(entry.id)
        left_out = tuple(
            f"{part.values['place']}: {part.values.get('why_not') or 'not searched'}"
            for part in parts
            if part.values.get("found") == "not_searched"
        )
        return letters.covering_letter(
            envelope,
            received=values["received"],
            enclosed=f"a bundle of documents under the reference {entry.reference}",
            searched=self._requests.searched(entry.id),
            not_searched=left_out,
            reasons=self._requests.redaction_reasons(entry.id),
            facts=DataFacts(
                purposes=_lines(values.get("purposes")),
                categories=_lines(values.get("categories")),
                recipients=_lines(values.get("recipients")),
                retention=_lines(values.get("retention")),
                source=_lines(values.get("data_source")),
                automated_decisions=" ".join(_lines(values.get("automated"))),
                safeguards=" ".join(_lines(values.get("safeguards"))),
            ),
            data_subject=self._subject(entry),
            nothing_found=values.get("outcome") == "nothing_held",
        )

    def _refusal(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Letter:
        grounds: Sequence[str] = entry.values.get("refusal_ground") or ()
        return letters.refusal(
            envelope,
            received=entry.values["received"],
            reasons=tuple(choice("refusal_grounds", code).label for code in grounds),
        )


def _lines(text: Any) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def _day(due: dt.date | None) -> dt.date | None:
    return due.date() if isinstance(due, dt.datetime) else due
