"""What is known for each letter of a request, gathered from what has been recorded about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from dpdesk import resources
from dpdesk.law.clocks import ClockResult
from dpdesk.law.exemptions import for_child as in_child_words
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.law.salutations import salutation_of
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import SCHOOL_TIME, show
from dpdesk.requests import letters
from dpdesk.requests.addressing import recipient_of, salutation_for, spoken_of
from dpdesk.requests.letters import DataFacts, Envelope, Written, lines
from dpdesk.requests.service import RequestService
from dpdesk.requests.standing import (
    child_asks_alone,
    may_be_a_child,
    perhaps_adult,
    proof_of,
)
from dpdesk.requests.withholding import withheld

_BUNDLE: Final = "a bundle of documents under the reference {}"
_ENCLOSED: Final = {
    RequestKind.PORTABILITY.value: "the file “{} data.zip”, with a list of what is in it",
    RequestKind.TRANSFER_COPY.value: "the agreement or clauses, under the reference {}",
}
_GIVEN: Final = frozenset({"given", "given_in_part"})
_PUT_RIGHT: Final = _GIVEN | {"done", "done_in_part"}
"""Outcomes in which something was done of what was asked."""
_REASONED: Final = frozenset({"done_in_part", "given_in_part", "refused"})
"""Outcomes that want reasons (UK GDPR Art 12(4))."""
TO_OTHERS: Final = frozenset({"third_parties", "health_opinion"})
"""Letters that do not go to whoever asked."""
Writer = Callable[[Entry, Envelope, ClockResult], Written]


class LetterFacts:
    """Fills the letters of requests with what is recorded; decides nothing."""

    def __init__(self, requests: RequestService) -> None:
        self._requests = requests

    def gathered(self, kind: str, entry: Entry, to: Entry | None = None) -> Written:
        """One letter with what is known for it.

        ``to``: which of the others is told (Art 19); by default the next of those who wait.
        Raises KeyError for an unknown kind, InvalidFacts for dates that contradict each other.
        """
        of_access = kind_rules(entry.values.get("kind")).kind is RequestKind.ACCESS
        writers: dict[str, Writer] = {
            "acknowledgement": self._acknowledgement,
            "identity": self._identity,
            "fee": self._fee,
            "clarification": self._clarification,
            "extension": self._extension,
            "response": self._covering if of_access else self._outcome,
            "refusal": self._refusal,
            "transfer": partial(self._plain, "transfer"),
            "third_parties": partial(self._third_parties, to),
            "health_opinion": self._health_opinion,
            "complaint_acknowledgement": partial(self._complaint, "complaint_acknowledgement"),
            "complaint_progress": partial(self._complaint, "complaint_progress"),
            "complaint_outcome": partial(self._complaint, "complaint_outcome"),
        }
        made = writers[kind](entry, self._envelope(entry), self._requests.clock(entry))
        answers = {**made.answers, **letters.of_the_kind(entry.values.get("kind"))}
        spoken = spoken_of(entry.values)
        if answers.get("data subject") and kind not in TO_OTHERS:
            answers |= {"data subject": spoken.of, "name": spoken.name}
        answers["about"] = spoken.of
        # What goes to others is not worded for the child who asked.
        child = child_asks_alone(entry.values) and kind not in TO_OTHERS
        name = _template(made.name.removeprefix("child-"), entry, for_child=child)
        return replace(made, name=name, answers=answers)

    def today(self) -> dt.date:
        """The day on which a letter is written."""
        return self._requests.now().astimezone(SCHOOL_TIME).date()

    def envelope(self) -> Envelope:
        """What all letters of the school have, to nobody in particular."""
        school = self._requests.school.particulars()
        return Envelope(
            letterhead=self._requests.school.letterhead(),
            sender=school.dpo_name,
            sender_role=school.dpo_post or "Data Protection Officer",
            recipient="",
            recipient_address=(),
            reference="",
            written_on=self.today(),
            regulator=school.regulator,
            contact=school.contact,
            how_to_complain=" ".join(school.how_to_complain.split()),
            wording=self._requests.school.wordings.in_use(),
        )

    def _envelope(self, entry: Entry) -> Envelope:
        values = entry.values
        return replace(
            self.envelope(),
            recipient=recipient_of(values),
            recipient_address=lines(values.get("requester_contact")),
            reference=entry.reference,
            salutation=salutation_for(values),
        )

    def _subject(self, entry: Entry) -> str:
        """The data subject, where somebody else asks."""
        return spoken_of(entry.values).of

    def _acknowledgement(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        values = entry.values
        fee = values.get("fee_asked") == "yes"
        return letters.acknowledgement(
            envelope,
            received=values["received"],
            due=_day(clock.due),
            asked_for=lines(values.get("asked")),
            data_subject=self._subject(entry),
            identity_needed=values.get("identity_needed") == "yes"
            and values.get("identity_received") is None,
            fee_needed=fee and values.get("fee_paid") is None,
            fee_paid=fee and values.get("fee_paid") is not None,
            for_child=child_asks_alone(values),
        )

    def _identity(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        values, proof = entry.values, proof_of(entry.values)
        return letters.identity_request(
            envelope,
            received=values["received"],
            evidence=None if proof.identity else (),
            why=" ".join(lines(values.get("identity_why"))),
            data_subject=str(values["subject"]) if proof.for_another else "",
            relationship_needed=proof.relationship,
            authority_needed=proof.authority,
            order_needed=proof.order,
            about_a_child=may_be_a_child(values),
            perhaps_adult=perhaps_adult(values),
            for_child=child_asks_alone(values),
        )

    def _clarification(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        asked = [
            part.values
            for part in self._requests.clarifications.parts(entry.id)
            if part.values.get("answered_on") is None
        ]
        sentences = [_told("clarification_reasons", v["reason"]) for v in asked if v.get("reason")]
        own = [line for values in asked for line in lines(values.get("why"))]
        return letters.clarification_request(
            envelope,
            received=entry.values["received"],
            questions=tuple(str(v["question"]) for v in asked if v.get("question")),
            why=tuple(dict.fromkeys((*sentences, *own))),
            asked_on=min((values["asked_on"] for values in asked), default=None),
            for_child=child_asks_alone(entry.values),
        )

    def _fee(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        values = entry.values
        amount = values.get("fee_amount")
        return letters.fee_request(
            envelope,
            received=values["received"],
            amount="" if amount is None else show(entry.register.field("fee_amount"), amount),
            ground=values.get("fee_ground") or "",
            reasons=lines(values.get("fee_why")),
            for_child=child_asks_alone(values),
        )

    def _extension(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        values = entry.values
        told = values.get("extended") or envelope.written_on
        first = self._requests.preview_clock(entry, extended=None)
        longer = self._requests.preview_clock(entry, extended=told)
        reason = values.get("extension_reason")
        child = child_asks_alone(values)
        key = "child" if child else "told"
        words = [_told("extension_reasons", reason, key)] if reason else []
        return letters.extension_notice(
            envelope,
            received=values["received"],
            first_due=_day(first.due),
            due=_day(longer.due),
            reasons=(*words, *lines(values.get("extension_why"))),
            notice_due=first.extension_notice_due,
            for_child=child,
        )

    def _covering(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        values = entry.values
        child = child_asks_alone(values)
        removed_for = self._requests.redaction_reasons(entry.id)
        kept = withheld(values, removed_for, for_child=child)
        if child:
            removed_for = tuple(dict.fromkeys(map(in_child_words, removed_for)))
        # What was redacted is told with the schedule, and not a second time.
        kept = replace(kept, reasons=tuple(r for r in kept.reasons if r not in removed_for))
        return letters.covering_letter(
            envelope,
            received=values["received"],
            enclosed=_enclosed(entry) if values.get("outcome") != "refused" else "",
            searched=self._requests.searched(entry.id),
            not_searched=self._requests.not_searched(entry.id),
            reasons=removed_for,
            set_aside=tuple(
                told
                for each in self._requests.setting_aside
                for told in each.aside_told(
                    entry.id, self._subject(entry), child=child_asks_alone(values)
                )
            ),
            withheld=kept,
            all_given=self._requests.all_given(entry),
            facts=self._data_facts(entry),
            data_subject=self._subject(entry),
            nothing_found=values.get("outcome") == "nothing_held",
            due=_day(clock.due),
            for_child=child,
        )

    def _data_facts(self, entry: Entry) -> DataFacts:
        """What Article 15 wants said: as answered here, else as the asset register has it."""
        values, told = entry.values, self._requests.assets_told(entry.id)
        return DataFacts(
            purposes=lines(values.get("purposes")) or told.purposes,
            categories=lines(values.get("categories")) or told.categories,
            recipients=lines(values.get("recipients")) or told.recipients,
            retention=lines(values.get("retention")) or told.retention,
            source=lines(values.get("data_source")) or told.sources,
            automated_decisions=" ".join(lines(values.get("automated"))) or told.automated,
            safeguards=" ".join(lines(values.get("safeguards"))) or told.safeguards,
        )

    def _refusal(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        kept = withheld(
            entry.values,
            self._requests.redaction_reasons(entry.id),
            for_child=child_asks_alone(entry.values),
        )
        return letters.refusal(
            envelope,
            received=entry.values["received"],
            reasons=kept.reasons,
            part_refused=kept.part if kept.in_part else "",
            what_would_help=kept.what_would_help,
            unexplained=kept.unexplained,
            in_part=kept.in_part,
            data_subject=self._subject(entry),
            due=_day(clock.due),
            for_child=child_asks_alone(entry.values),
        )

    # --- rights other than access, and complaints ----------------------------------------

    def _plain(self, name: str, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        """What every letter says of a request, and nothing more."""
        return letters.letter(
            name,
            envelope,
            {
                "date received": entry.values["received"],
                "data subject": self._subject(entry),
                "what was asked for": lines(entry.values.get("asked")),
            },
        )

    def _outcome(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        """What was decided and done about a right (UK GDPR Arts 7 and 16–22D)."""
        values = entry.values
        outcome = values.get("outcome") or ""
        kept = withheld(
            values,
            self._requests.redaction_reasons(entry.id),
            for_child=child_asks_alone(values),
        )
        made = self._plain("outcome", entry, envelope, clock)
        codes = {each.code for each in entry.register.field("outcome").choices}
        answers = {
            **{code.replace("_", " "): code == outcome for code in sorted(codes)},
            **kept.answers(),
            "put right": outcome in _PUT_RIGHT,
            "reasons wanted": outcome in _REASONED,
            "what was done": lines(values.get("done_where")),
            "what was wrong": lines(values.get("says_wrong")),
            "what it says now": lines(values.get("should_say")),
            "the use": " ".join(lines(values.get("use"))).rstrip(". "),
            "what is enclosed": (_enclosed(entry),) if outcome in _GIVEN else (),
            "others told": self._requests.recipients.told(entry.id),
        }
        late = letters.late(envelope, _day(clock.due), "answer")
        return replace(made, answers={**made.answers, **answers}, warnings=late)

    def _third_parties(
        self, whom: Entry | None, entry: Entry, envelope: Envelope, clock: ClockResult
    ) -> Written:
        """To one of those who were given the data and are not told yet (UK GDPR Art 19)."""
        waiting = self._requests.recipients.open_ones(entry.id) if entry.id else ()
        whom = whom or next(iter(waiting), None)
        to = whom.values if whom is not None else {}
        others = replace(
            envelope,
            recipient=str(to.get("recipient") or ""),
            recipient_address=lines(to.get("address")),
            salutation="Sir or Madam",
        )
        made = self._plain("third_parties", entry, others, clock)
        values = entry.values
        answers = {
            **made.answers,
            "name": str(values["subject"]),
            "what was wrong": lines(values.get("says_wrong")) or lines(values.get("done_where")),
            "what it says now": lines(values.get("should_say")),
            "what they were given": lines(to.get("given")) or lines(values.get("done_where")),
        }
        return replace(made, answers=answers)

    def _health_opinion(self, entry: Entry, envelope: Envelope, clock: ClockResult) -> Written:
        """To the health professional whose opinion is asked for (DPA 2018 Sch 3 para 6)."""
        values = entry.values
        whom = str(values.get("opinion_from") or "")
        to = replace(
            envelope,
            recipient=whom,
            recipient_address=lines(values.get("opinion_address")),
            salutation=salutation_of(whom),
        )
        made = self._plain("health_opinion", entry, to, clock)
        answers = {"name": str(values["subject"]), "date due": _day(clock.due)}
        return replace(made, answers={**made.answers, **answers})

    def _complaint(
        self, name: str, entry: Entry, envelope: Envelope, clock: ClockResult
    ) -> Written:
        """The letters of a complaint (DPA 2018 s.164A)."""
        values = entry.values
        outcome = values.get("outcome") or ""
        made = self._plain(name, entry, envelope, clock)
        answers = {
            "what was asked for": lines(values.get("asked")) or lines(values.get("infringement")),
            "outcome by": values.get("outcome_by"),
            "upheld": outcome == "upheld",
            "partly upheld": outcome == "partly_upheld",
            "turned down": outcome == "not_upheld",
            "outcome is missing": outcome not in {"upheld", "partly_upheld", "not_upheld"},
            "what was put right": lines(values.get("remedy")),
            "what we learnt": lines(values.get("learnt")),
        }
        return replace(made, answers={**made.answers, **answers})


def _enclosed(entry: Entry) -> str:
    """What lies in with the answer, by the words of its kind."""
    return _ENCLOSED.get(entry.values.get("kind") or "", _BUNDLE).format(entry.reference)


def _template(name: str, entry: Entry, *, for_child: bool) -> str:
    """The template of a letter: that of this kind of request where there is one."""
    kind = kind_rules(entry.values.get("kind")).kind.value.replace("_", "-")
    own = [f"{name}-{kind}", name]
    asked = [f"child-{each}" for each in own] + own if for_child else own
    found = (each for each in asked if resources.path("templates", f"{each}.md").is_file())
    return next(found, name)


def _told(name: str, code: str, key: str = "told") -> str:
    """The sentence for the requester, or for a child, that a pick list has for an answer."""
    rows = resources.kept("law", "requests.toml")[name]
    return next(str(row[key]) for row in rows if row["code"] == code)


def _day(due: dt.date | None) -> dt.date | None:
    return due.date() if isinstance(due, dt.datetime) else due
