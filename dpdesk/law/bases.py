"""Lawful bases, the conditions for data that are protected more, and the rights that follow.

Everything stands in ``resources/law/bases.toml``; plain pick lists are read with
``pick_lists.choices(name, "bases")``. Here is what says more than a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.breach_lists import data_terms, people_terms
from dpdesk.law.pick_lists import Choice
from dpdesk.law.sources import Confidence, advice

FILE: Final = "bases"
_CRIMINAL: Final = "criminal"


@dataclass(frozen=True, slots=True)
class Right:
    """A right that people have, with one line on why they have it."""

    code: str
    label: str
    why: str
    source: str
    confidence: Confidence = Confidence.CONFIRMED

    @property
    def caution(self) -> str:
        """A sentence where the source is not confirmed, else empty."""
        return advice(self.confidence)


@cache
def bases() -> tuple[Choice, ...]:
    """The lawful bases of Art 6 as a form offers them, with the letter in the law."""
    return tuple(
        Choice(
            row["code"],
            f"{row['label']} – Art 6(1)({row['letter']})",
            row["source"],
            row["note"],
        )
        for row in _content()["bases"]
    )


def rights(
    chosen: Iterable[str], *, automated: bool = False, transfers: bool = False
) -> tuple[Right, ...]:
    """The rights that follow from the lawful bases of a set of records, in the order of the list.

    A right that one of the bases gives is there, also where another does not give it.
    ``automated``: decisions are made by machine; ``transfers``: data go abroad. Without a basis
    nothing is known, and the list is empty.
    """
    wanted = set(chosen)
    facts = {"automated": automated, "transfers": transfers}
    return tuple(
        Right(
            row["code"],
            row["label"],
            row["why"],
            row["source"],
            Confidence(row.get("confidence", "C")),
        )
        for row in _content()["rights"]
        if wanted & set(row["bases"]) and facts.get(row.get("only", ""), True)
    )


def needs_schedule_1(art9: str | None) -> bool:
    """Does this condition of Art 9 need one of DPA 2018 Schedule 1 beside it?"""
    return any(row["code"] == art9 and row.get("sch1", False) for row in _content()["art9"])


def needs_policy_document(sch1: str | None) -> bool:
    """Does this condition of DPA 2018 Schedule 1 need an appropriate policy document?"""
    return any(row["code"] == sch1 and row.get("policy", False) for row in _content()["sch1"])


def special(data_kinds: Sequence[str] | None) -> tuple[str, ...]:
    """Those kinds of data, by code, that are protected more: of Art 9 and Art 10."""
    terms = data_terms()
    return tuple(code for code in data_kinds or () if code in terms and terms[code].special)


def criminal(data_kinds: Sequence[str] | None) -> bool:
    """Are criminal convictions or offences among these kinds of data? UK GDPR Art 10."""
    terms = data_terms()
    return any(_CRIMINAL in terms[code].ico for code in special(data_kinds))


def art9(data_kinds: Sequence[str] | None) -> bool:
    """Is there special category data among them, besides criminal offences?"""
    terms = data_terms()
    return any(terms[code].ico != (_CRIMINAL,) for code in special(data_kinds))


def vulnerable(people_kinds: Sequence[str] | None) -> bool:
    """Are children or adults at risk among these kinds of people?"""
    terms = people_terms()
    return any(terms[code].vulnerable for code in people_kinds or () if code in terms)


def no_party(people_kinds: Sequence[str] | None) -> bool:
    """Are there people among these kinds who are seldom a party to a contract: pupils?

    UK GDPR Art 6(1)(b) asks for a contract with the person whose data it is; that of an independent
    school is with the parents (ICO guidance on contract).
    """
    return bool(set(_content()["contract"]["never"]) & set(people_kinds or ()))


def _content() -> Mapping[str, Any]:
    return resources.kept("law", f"{FILE}.toml")
