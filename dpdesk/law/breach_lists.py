"""The breach log's lists: the regulator's questions, the school's terms and what they map to.

Everything stands in ``resources/law/breaches.toml``; plain pick lists are read with
``pick_lists.choices(name, "breaches")``. Here is what says more than a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as pick
from dpdesk.law.sources import Confidence, advice

FILE: Final = "breaches"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the regulator's form.

    ``number`` as on the form ("2a"); ``kind`` is text, long, yes_no, choice, choices, moment,
    number or info; ``options`` are those of the form, in its order. ``only`` names the reports
    it is asked in: "initial" or "follow_up", "cyber"; empty means in all. ``needed`` says that
    an empty answer is a gap.
    """

    number: str
    section: str
    text: str
    kind: str
    why: str
    source: str
    confidence: Confidence
    options: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    needed: bool = True

    def applies(self, *, follow_up: bool, cyber: bool) -> bool:
        """Is it asked in this report?"""
        report = "follow_up" if follow_up else "initial"
        wrong = {"initial", "follow_up"} - {report}
        return not (self.only & wrong) and (cyber or "cyber" not in self.only)

    @property
    def caution(self) -> str:
        """A sentence where the wording of the question is not confirmed, else empty."""
        return advice(self.confidence)


@dataclass(frozen=True, slots=True)
class BreachTerm:
    """A kind of data or of people, in the regulator's words or the school's.

    ``ico`` are codes of list A or B. ``special`` marks data that the law protects more, or that
    a school must; ``grave`` data that opens the door to fraud or loss; ``vulnerable`` children
    and adults at risk; ``group`` which letter such people get.
    """

    code: str
    label: str
    ico: tuple[str, ...]
    special: bool = False
    grave: bool = False
    vulnerable: bool = False
    harms: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    group: str = ""


@cache
def questions() -> tuple[Question, ...]:
    """Every question of the form, in its order."""
    return tuple(
        Question(
            number=row["number"],
            section=row["section"],
            text=row["text"],
            kind=row["kind"],
            why=row["why"],
            source=row["source"],
            confidence=Confidence(row.get("confidence", "C")),
            options=tuple(each.label for each in pick(row["list"], FILE)) if "list" in row else (),
            only=frozenset(row.get("only", ())),
            needed=row.get("needed", True),
        )
        for row in _content()["questions"]
    )


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody outside the school who may have to be told about a breach.

    ``name`` is the present one as far as it is known; the school's settings may say another.
    """

    code: str
    name: str
    source: str
    confidence: Confidence

    @property
    def help(self) -> str:
        """What to mind about the name; empty where it is confirmed."""
        caution = advice(self.confidence)
        return f"If this changes, correct it here. {caution}".strip()


@cache
def bodies() -> dict[str, Body]:
    """The bodies whose names the school's settings hold, by their code in the list ``others``."""
    return {
        row["code"]: Body(
            row["code"], row["name"], row["source"], Confidence(row.get("confidence", "C"))
        )
        for row in _content()["others"]
        if "name" in row
    }


@cache
def setting(name: str) -> Any:
    """A number or word of the file's ``settings``; KeyError for another name."""
    return _content()["settings"][name]


@cache
def data_terms() -> dict[str, BreachTerm]:
    """Kinds of data by code: the school's terms first, then list A."""
    return _terms("data_terms", "data_categories")


@cache
def people_terms() -> dict[str, BreachTerm]:
    """Kinds of people by code: the school's terms first, then list B."""
    return _terms("people_terms", "people_categories")


@cache
def said_by_school() -> frozenset[str]:
    """Codes of list A for which the school has words of its own; kept for what says no more."""
    terms = _terms("data_terms").values()
    return frozenset(term.ico[0] for term in terms if len(term.ico) == 1) - {"other"}


@cache
def data_choices() -> tuple[Choice, ...]:
    """What a form offers as kinds of data: the school's words, then what they do not cover.

    The regulator's words that the school has its own for are left out: one list, one word for one
    thing. The report says it in the regulator's words.
    """
    doubled = said_by_school()
    rest = [each for each in pick("data_categories", FILE) if each.code not in doubled]
    return (*pick("data_terms", FILE), *rest)


@cache
def people_choices() -> tuple[Choice, ...]:
    """What a form offers as kinds of people: the school's words, then what they do not cover."""
    rest = [each for each in pick("people_categories", FILE) if each.code in _PEOPLE_BESIDE]
    return (*pick("people_terms", FILE), *rest)


_PEOPLE_BESIDE: Final = frozenset({"vulnerable", "unknown", "other"})
"""Codes of list B that no word of the school's own stands for."""


def for_regulator(terms: dict[str, BreachTerm], codes: Iterable[str]) -> tuple[str, ...]:
    """The regulator's codes for any mixture of codes, each once, in the order of the form."""
    wanted = {ico for code in codes for ico in (terms[code].ico if code in terms else ())}
    return tuple(code for code in terms if terms[code].ico == (code,) and code in wanted)


def own_words(terms: dict[str, BreachTerm], codes: Iterable[str]) -> tuple[str, ...]:
    """The school's words for those kinds that the regulator's list has no word of its own for."""
    return tuple(
        terms[code].label for code in codes if code in terms and "other" in terms[code].ico
    )


def finer_words(terms: dict[str, BreachTerm], codes: Iterable[str]) -> tuple[str, ...]:
    """The school's words for those kinds that the regulator's list has a wider word for."""
    return tuple(
        terms[code].label
        for code in codes
        if code in terms and terms[code].ico != (code,) and "other" not in terms[code].ico
    )


@cache
def cyber_types() -> frozenset[str]:
    """Incident types that are attacks on, or faults of, computers."""
    return frozenset(row["code"] for row in _content()["incident_types"] if row["cyber"])


@dataclass(frozen=True, slots=True)
class Implied:
    """What a kind of incident says by itself.

    ``policy`` are kinds of the school's policy (16.3); ``letter`` and ``letter_pupil`` say it to
    the people affected; ``equipment``: was any lost, None where the kind leaves it open;
    ``on_paper``: what is on paper or spoken was not encrypted.
    """

    cyber: bool | None = None
    equipment: bool | None = None
    policy: tuple[str, ...] = ()
    cause: str = ""
    on_paper: bool = False
    letter: str = ""
    letter_pupil: str = ""


@cache
def implied_by(incident_type: str | None) -> Implied:
    """What follows from a kind of incident; nothing from a kind not known."""
    for row in _content()["incident_types"]:
        if row["code"] == incident_type:
            return Implied(
                row["cyber"],
                row.get("equipment"),
                tuple(row.get("policy", ())),
                row.get("cause", ""),
                row.get("on_paper", False),
                row.get("letter", ""),
                row.get("letter_pupil", ""),
            )
    return Implied()


@cache
def data_attacks() -> frozenset[str]:
    """Incident types in which an attacker gets at data; ransomware may only lock it up."""
    return frozenset(row["code"] for row in _content()["incident_types"] if row.get("attack"))


@cache
def grave_harms() -> frozenset[str]:
    """Harms that are hard to put right."""
    return frozenset(row["code"] for row in _content()["harms"] if row.get("grave"))


def first_steps(incident_type: str | None, *, equipment: bool = False) -> tuple[str, ...]:
    """Codes of the steps to take in the first hour; all that there are while the type is open."""
    wanted = {"all", incident_type or ""} | ({"equipment"} if equipment else set())
    rows = _content()["first_steps"]
    if incident_type is None and not equipment:
        return tuple(row["code"] for row in rows)
    return tuple(row["code"] for row in rows if wanted & set(row["for"]))


def steps_done(codes: Iterable[str]) -> tuple[str, ...]:
    """Sentences without a full stop that say which steps of the first hour were taken."""
    wanted = set(codes)
    return tuple(row["done"] for row in _content()["first_steps"] if row["code"] in wanted)


def steps_told(codes: Iterable[str], *, pupil: bool = False) -> tuple[str, ...]:
    """What a letter says of the steps of the first hour; those inside the school are left out."""
    wanted = set(codes)
    name = "letter_pupil" if pupil else "letter"
    rows = _content()["first_steps"]
    return tuple(row[name] for row in rows if row["code"] in wanted and name in row)


def harms_told(codes: Iterable[str], *, pupil: bool = False) -> tuple[str, ...]:
    """What a letter says that these harms may mean for whoever reads it."""
    wanted = set(codes)
    name = "letter_pupil" if pupil else "letter"
    return tuple(row[name] for row in _content()["harms"] if row["code"] in wanted)


def advice_for(data_codes: Iterable[str], *, pupil: bool = False) -> tuple[str, ...]:
    """What people can do, by the kinds of data concerned; never empty."""
    terms = data_terms()
    keys = {key for code in data_codes if code in terms for key in terms[code].advice} | {"all"}
    name = "text_pupil" if pupil else "text"
    return tuple(row[name] for row in _content()["advice"] if row["code"] in keys and name in row)


def harms_of(data_codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of the harms that policy 16.2 sees in these kinds of data, each once."""
    terms = data_terms()
    found = (harm for code in data_codes if code in terms for harm in terms[code].harms)
    return tuple(dict.fromkeys(found))


def _terms(*names: str) -> dict[str, BreachTerm]:
    return {
        row["code"]: BreachTerm(
            code=row["code"],
            label=row["label"],
            ico=tuple(row.get("ico", (row["code"],))),
            special=row.get("special", False),
            grave=row.get("grave", False),
            vulnerable=row.get("vulnerable", False),
            harms=tuple(row.get("harms", ())),
            advice=tuple(row.get("advice", ())),
            group=row.get("group", ""),
        )
        for name in names
        for row in _content()[name]
    }


def _content() -> Mapping[str, Any]:
    return resources.kept("law", f"{FILE}.toml")
