"""Where a data protection policy is out of date with the law: found in its own words.

The places are in ``resources/law/policy_places.toml``, each with the wording that would be right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from dpdesk import resources
from dpdesk.law.pick_lists import Choice
from dpdesk.law.sources import Confidence, advice

_FILE: Final = "policy_places.toml"
_GAP: Final = " … "
_BETWEEN: Final = ".{0,120}?"
_ALIKE: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": None, "\u2011": "-"}
)


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """A place that is out of date with the law, and what it could say."""

    code: str
    label: str
    clause: str
    """Where policies often say it; the clause of a school's own policy may have another number."""
    about: str
    wording: str
    source: str
    confidence: Confidence
    finds: tuple[re.Pattern[str], ...]
    says: tuple[re.Pattern[str], ...]
    cards: tuple[str, ...] = ()
    """Beside which work it is said: kinds of requests, ``breaches``, ``assets``."""

    @property
    def caution(self) -> str:
        """A sentence where the source is not confirmed, else empty."""
        return advice(self.confidence)

    def in_words(self, plain: str) -> bool:
        """Is it there in a text that was made ``plain``?"""
        there = any(each.search(plain) for each in self.finds)
        return there and not any(each.search(plain) for each in self.says)


@cache
def places() -> tuple[PolicyPlace, ...]:
    """Every place that is known, in the order of the clauses."""
    return tuple(
        PolicyPlace(
            row["code"],
            row["label"],
            row["clause"],
            row["about"],
            row["wording"],
            row["source"],
            Confidence(row.get("confidence", "C")),
            tuple(map(_pattern, row["finds"])),
            tuple(map(_pattern, row.get("says", ()))),
            tuple(row.get("cards", ())),
        )
        for row in resources.toml("law", _FILE)["places"]
    )


def beside(card: str) -> tuple[PolicyPlace, ...]:
    """The places that are said beside one kind of work."""
    return tuple(each for each in places() if card in each.cards)


@cache
def place_choices() -> tuple[Choice, ...]:
    """The places as a form offers them."""
    return tuple(
        Choice(each.code, f"{each.label} ({each.clause})", each.source, each.about)
        for each in places()
    )


def older(text: str, left: Collection[str] = ()) -> tuple[PolicyPlace, ...]:
    """The places of a text that are out of date; those ``left`` as they are stay out."""
    words = plain(text)
    return tuple(each for each in places() if each.code not in left and each.in_words(words))


def plain(text: str) -> str:
    """A text in small letters, with plain quotes and one space for every run of white space."""
    return " ".join(text.translate(_ALIKE).lower().split())


def longest(texts: Sequence[str], least: int) -> int | None:
    """The place of the last text with at least so many words: the policy, not a sheet to sign."""
    for place in range(len(texts) - 1, -1, -1):
        if len(texts[place].split()) >= least:
            return place
    return None


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(_BETWEEN.join(re.escape(plain(part)) for part in words.split(_GAP)))
