"""Must this breach be reported? A proposal that explains itself; the decision is a person's.

``propose`` weighs likelihood against severity, as UK GDPR Art 33(1) and 34(1) and the
regulator's self-assessment do. What is not said is not taken lightly: an unknown likelihood
counts as neither likely nor unlikely, which is enough to report. Worse facts never lower the
proposal (held by a property test).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from dpdesk.law.breach_lists import data_terms, grave_harms, people_terms, setting
from dpdesk.law.sources import Confidence, advice


class Level(IntEnum):
    """How far the proposal goes; the names in lower case are the codes of a decision."""

    NOT_REPORTABLE = 0
    REPORT = 1
    REPORT_AND_TELL = 2

    @property
    def code(self) -> str:
        """The code of the decision that agrees with it."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """In words: "Report to the ICO"."""
        return _LABELS[self]


_LABELS: Final = {
    Level.NOT_REPORTABLE: "No report to the ICO is needed",
    Level.REPORT: "Report to the ICO",
    Level.REPORT_AND_TELL: "Report to the ICO, and tell the people affected",
}

_LIKELIHOODS: Final = ("very_unlikely", "unlikely", "neutral", "likely", "very_likely")
_SEVERITIES: Final = ("minor", "moderate", "serious", "severe")
_UNLIKELY, _NEUTRAL, _LIKELY = 1, 2, 3
_MODERATE, _SERIOUS, _SEVERE = 1, 2, 3

_REPORT = "UK GDPR Art 33(1); policy 16.1 and 16.6"
_TELL = "UK GDPR Art 34(1); policy 16.6"
_TELL_NOW = "UK GDPR Art 34(1); ICO case studies; EDPB Guidelines 01/2021"
_LOSS = "UK GDPR Art 4(12) and 34(3)(a): a loss of access is a breach"
_SCALE = "dpdesk’s own scale"

_DANGER: Final = "safety"
_NO_ACCESS: Final = "no_access"
"""Codes of harms."""


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What is known, in the codes of ``resources/law/breaches.toml``; None is not yet known.

    ``living``, ``key_safe`` and ``ongoing`` are "yes", "no" or "unknown"; ``people`` is the
    number of people concerned, at least so many. ``attacked``: somebody who meant to has got at
    the data; ``unavailable``: those who need the data cannot get at it.
    """

    outcome: str | None = None
    living: str | None = None
    data: tuple[str, ...] = ()
    concerned: tuple[str, ...] = ()
    people: int | None = None
    harms: tuple[str, ...] = ()
    likelihood: str | None = None
    severity: str | None = None
    encrypted: str | None = None
    key_safe: str | None = None
    recovered: str | None = None
    ongoing: str | None = None
    attacked: bool = False
    unavailable: bool = False


@dataclass(frozen=True, slots=True)
class RiskReason:
    """One line of "Why this proposal?"; anything but confirmed is shown with a caution."""

    text: str
    source: str
    confidence: Confidence = Confidence.CONFIRMED

    @property
    def caution(self) -> str:
        """A sentence where the source is not confirmed, else empty."""
        return advice(self.confidence)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the facts point to, why, and what would make it surer."""

    level: Level
    reasons: tuple[RiskReason, ...]
    missing: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Is everything known that the proposal rests on?"""
        return not self.missing


def propose(facts: RiskFacts) -> Proposal:
    """Proposes not reportable, report, or report and tell the people, with reasons."""
    nothing = _nothing_to_report(facts)
    if nothing is not None:
        return Proposal(Level.NOT_REPORTABLE, (nothing,), ())
    reasons: list[RiskReason] = []
    likelihood = _likelihood(facts, reasons)
    severity = _severity(facts, reasons)
    level = _level(likelihood, severity)
    if level is Level.REPORT_AND_TELL and _unreadable(facts) and not _missed(facts):
        level = Level.REPORT
        text = "The people affected need not be told while nobody else can read the data."
        reasons.append(RiskReason(text, "UK GDPR Art 34(3)(a)", Confidence.SECONDARY))
    undecided = level is Level.REPORT and _judge_now(facts)
    if undecided:
        text = (
            "Whether to tell the people affected must be decided now: what is involved could "
            "harm them badly, and you have not yet judged how likely that is."
        )
        reasons.insert(0, RiskReason(text, _TELL_NOW, Confidence.SECONDARY))
    if level is Level.NOT_REPORTABLE and _in_strange_hands(facts):
        if severity >= _SEVERE and _special(facts):
            level = Level.REPORT
            text = (
                "The data is sensitive, others could read it, you do not know that it is back, and "
                "the harm could be severe. A very unlikely risk does not outweigh this."
            )
            reasons.insert(0, RiskReason(text, _SCALE, Confidence.UNCONFIRMED))
        else:
            text = (
                "The data is sensitive, others could read it, and you do not know that it is back: "
                "the reason must say why a risk is still unlikely."
            )
            reasons.insert(0, RiskReason(text, "UK GDPR Art 33(5)"))
    reasons.append(_conclusion(level, severity, undecided=undecided))
    return Proposal(level, tuple(reasons), _missing(facts))


def _nothing_to_report(facts: RiskFacts) -> RiskReason | None:
    if facts.outcome == "false_alarm":
        return RiskReason("It was a false alarm.", "Policy 23 Triage")
    if facts.outcome == "near_miss":
        return RiskReason("It was a near miss: no personal data was affected.", "Policy 4.6(n)")
    if facts.living == "no":
        text = "No personal data of living people is involved."
        return RiskReason(text, "ICO self-assessment, question 1; policy 16.1")
    return None


def _unreadable(facts: RiskFacts) -> bool:
    return facts.encrypted == "all" and facts.key_safe == "yes"


def _missed(facts: RiskFacts) -> bool:
    """Can those who need the data not get at it? Encryption is no answer to that."""
    lost = facts.unavailable or _NO_ACCESS in facts.harms
    return lost and facts.recovered != "unread"


def _judge_now(facts: RiskFacts) -> bool:
    """Is grave data in strange hands, or somebody in danger, while nobody has said how likely?"""
    grave = _in_strange_hands(facts) or _DANGER in facts.harms
    return grave and facts.likelihood not in _LIKELIHOODS


def _special(facts: RiskFacts) -> bool:
    """Does the law, or a school, protect some of the data more than other data?"""
    terms = data_terms()
    return any(terms[code].special for code in facts.data if code in terms)


def _in_strange_hands(facts: RiskFacts) -> bool:
    """Is data that needs protection, and that can be read, out and not known to be back?"""
    terms = data_terms()
    delicate = any(terms[c].special or terms[c].grave for c in facts.data if c in terms)
    return delicate and not _unreadable(facts) and facts.recovered not in {"unread", "trusted"}


def _likelihood(facts: RiskFacts, reasons: list[RiskReason]) -> int:
    """How likely harm is, from 0 to 4. What a person has judged stands before a presumption."""
    if facts.likelihood in _LIKELIHOODS:
        found = _LIKELIHOODS.index(facts.likelihood)
        words = facts.likelihood.replace("_", " ")
        text = f"You judge that significant consequences for people are {words}."
        if facts.likelihood == "neutral":
            text = "You judge significant consequences for people neither likely nor unlikely."
        reasons.append(RiskReason(text, "ICO self-assessment, question 2"))
    elif _unreadable(facts):
        found = 0
        text = "All the data was encrypted and the key is safe, so nobody can read it."
        reasons.append(
            RiskReason(text, "UK GDPR Art 34(3)(a); policy 23 Assess", Confidence.SECONDARY)
        )
        if facts.recovered != "unread" and not _missed(facts):
            text = (
                "If it was the only copy, tick “Loss of access to data that people need”: "
                "encryption is no answer to that."
            )
            reasons.append(RiskReason(text, _LOSS))
    elif facts.recovered == "unread":
        found = 0
        text = "The data was recovered before anyone could read or copy it."
        reasons.append(RiskReason(text, _SCALE, Confidence.UNCONFIRMED))
    elif facts.recovered == "trusted":
        found = _UNLIKELY
        text = "A recipient the school trusts has confirmed that it has been deleted or returned."
        reasons.append(RiskReason(text, _SCALE, Confidence.UNCONFIRMED))
    else:
        found = _NEUTRAL
        text = "You do not yet know how likely the consequences are, so a risk is not ruled out."
        reasons.append(RiskReason(text, _REPORT))
    if facts.likelihood not in _LIKELIHOODS:
        found = max(found, _presumed(facts, reasons))
    if facts.ongoing == "yes":
        text = "It is still going on, so a risk cannot be called unlikely yet."
        reasons.append(RiskReason(text, _SCALE, Confidence.UNCONFIRMED))
        found = max(found, _NEUTRAL)
    return found


def _presumed(facts: RiskFacts, reasons: list[RiskReason]) -> int:
    """What has to be presumed as long as nobody has judged how likely harm is."""
    if facts.attacked and _in_strange_hands(facts):
        text = "The data was got at in an attack: whoever attacks means to use what they find."
        reasons.append(RiskReason(text, "EDPB Guidelines 01/2021, attacks", Confidence.UNCONFIRMED))
        return _LIKELY
    if _missed(facts):
        text = "People cannot get at data that they need, and losing access is a breach too."
        reasons.append(RiskReason(text, _LOSS))
        return _NEUTRAL
    return 0


def _severity(facts: RiskFacts, reasons: list[RiskReason]) -> int:
    """How bad harm would be, from 0 to 3.

    Kinds of data, people and harms set a floor; a person's own judgement lowers it by a step.
    """
    floor = 0
    for level, text, source, confidence in _floors(facts):
        floor = max(floor, level)
        reasons.append(RiskReason(text, source, confidence))
    if facts.severity in _SEVERITIES:
        said = _SEVERITIES.index(facts.severity)
        text = f"You judge that the consequences, if there were any, would be {facts.severity}."
        reasons.append(RiskReason(text, _SCALE, Confidence.UNCONFIRMED))
        return max(said, floor - 1)
    return max(_MODERATE, floor)


def _floors(facts: RiskFacts) -> Iterable[tuple[int, str, str, Confidence]]:
    terms, kinds = data_terms(), people_terms()
    own = Confidence.UNCONFIRMED
    special = [terms[code].label for code in facts.data if code in terms and terms[code].special]
    if special:
        text = f"Sensitive data is involved: {'; '.join(special)}."
        yield _SERIOUS, text, "Policy 16.2 and 23 Assess", Confidence.CONFIRMED
    grave = [terms[code].label for code in facts.data if code in terms and terms[code].grave]
    if grave:
        text = f"Data that could be used for fraud is involved: {'; '.join(grave)}."
        yield _SERIOUS, text, "Policy 16.2", Confidence.CONFIRMED
    if _DANGER in facts.harms:
        text = "It could put somebody in danger."
        yield _SEVERE, text, "ICO case study (an address that had to be kept secret)", own
    if set(facts.harms) & grave_harms():
        text = "It could lead to fraud, financial loss or danger."
        yield _SERIOUS, text, "Policy 16.2", Confidence.CONFIRMED
    if any(kinds[code].vulnerable for code in facts.concerned if code in kinds):
        yield _MODERATE, "Children or adults at risk are among the people affected.", _SCALE, own
    people = facts.people or 0
    if people >= setting("very_many_people"):
        yield _SERIOUS, f"A very large number of people are affected: {people:,}.", _SCALE, own
    elif people >= setting("many_people"):
        yield _MODERATE, f"A large number of people are affected: {people:,}.", _SCALE, own


def _level(likelihood: int, severity: int) -> Level:
    """Likelihood times severity, in the three steps that the law knows."""
    if (likelihood >= _LIKELY and severity >= _SERIOUS) or (
        likelihood >= _NEUTRAL and severity >= _SEVERE
    ):
        return Level.REPORT_AND_TELL
    if likelihood >= _NEUTRAL or (likelihood >= _UNLIKELY and severity >= _SEVERE):
        return Level.REPORT
    return Level.NOT_REPORTABLE


def _conclusion(level: Level, severity: int, *, undecided: bool = False) -> RiskReason:
    if level is Level.NOT_REPORTABLE:
        text = "A risk to people is unlikely. Write down why, and review it from time to time."
        return RiskReason(text, "UK GDPR Art 33(1) and 33(5); policy 23 Resolved")
    if level is Level.REPORT:
        text = "A risk to people cannot be called unlikely, but nothing points to a high risk."
        if undecided:
            text = "A risk to people cannot be called unlikely; whether it is high is open."
        elif severity >= _SEVERE:
            text = "A risk to people cannot be called unlikely, and the harm could be severe."
        return RiskReason(text, _REPORT)
    return RiskReason("A high risk to people is likely.", _TELL, Confidence.SECONDARY)


def _missing(facts: RiskFacts) -> tuple[str, ...]:
    """The questions whose answers could change the proposal."""
    open_ = (None, "unknown")
    found = [
        (facts.outcome in open_, "whether it is a breach at all"),
        (facts.living in open_, "whether personal data of living people is involved"),
        (not facts.data or "unknown" in facts.data, "which kinds of data are involved"),
        (not facts.concerned or "unknown" in facts.concerned, "whose data is involved"),
        (facts.people is None, "how many people are affected"),
        (facts.likelihood in open_, "how likely significant consequences are"),
        (facts.severity in open_, "how serious they would be"),
        (facts.encrypted in open_, "whether the data was encrypted"),
        (facts.encrypted == "all" and facts.key_safe in open_, "whether the key is safe"),
        (facts.recovered in open_, "whether the data has been recovered"),
        (facts.ongoing in open_, "whether it is still going on"),
    ]
    return tuple(words for gap, words in found if gap)
