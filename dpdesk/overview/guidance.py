"""Short answers to what staff ask, found by the words that people use.

The cards stand in ``resources/guidance/cards.toml``, with the day of the law that they rest on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log
from typing import TYPE_CHECKING, Final

from dpdesk import resources

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

_WORD: Final = re.compile(r"[a-z][a-z-]*")
_QUIET: Final = frozenset(
    "a an and are about am at be by can do does for from give has have he her his how i if in is "
    "it its me my of on or our she should so that the their them they this to up us was we what "
    "when where which who will with would you your may must".split()
)
_LEAST_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class GuidanceCard:
    """A question with what to do, its source, and the page that helps next."""

    key: str
    question: str
    words: tuple[str, ...]
    steps: tuple[str, ...]
    source: str
    opens: str


@cache
def cards() -> tuple[GuidanceCard, ...]:
    """Every card, in the order of the file."""
    rows = resources.toml("guidance", "cards.toml")["cards"]
    return tuple(
        GuidanceCard(
            row["key"],
            row["question"],
            tuple(row["words"]),
            tuple(row["steps"]),
            row["source"],
            row["opens"],
        )
        for row in rows
    )


def as_at() -> dt.date:
    """The day of the law that the cards rest on."""
    day: dt.date = resources.toml("guidance", "cards.toml")["as_at"]
    return day


def ask(words: str, most: int = 3) -> tuple[GuidanceCard, ...]:
    """The cards that answer a question in ordinary words, the best first; none where none does."""
    asked = _stems(words)
    if not asked:
        return ()
    weights = _weights()
    scored = []
    for place, card in enumerate(cards()):
        known = _known(card)
        score = sum(weights[stem] * known[stem] for stem in asked if stem in known)
        if score:
            scored.append((-score, place, card))
    scored.sort(key=lambda each: each[:2])
    best = -scored[0][0] if scored else 0
    return tuple(card for score, _, card in scored[:most] if -score * 3 >= best)


@cache
def _known(card: GuidanceCard) -> Counter[str]:
    """The stems of a card; those of its question and words count double those of its steps."""
    found: Counter[str] = Counter()
    for stem in _stems(" ".join((card.question, *card.words))):
        found[stem] = 2
    for stem in _stems(" ".join(card.steps)):
        found[stem] = max(found[stem], 1)
    return found


@cache
def _weights() -> dict[str, float]:
    """What few cards have says more than what many have."""
    counts = Counter(stem for card in cards() for stem in _known(card))
    return {stem: log(1 + len(cards()) / number) for stem, number in counts.items()}


def _stems(words: str) -> frozenset[str]:
    plain = words.lower().replace("’", "'").replace("e-mail", "email").replace("'s", "")
    return frozenset(_stem(word) for word in _WORD.findall(plain) if word not in _QUIET)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ied", "ers", "ed", "es", "s", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM - 1:
            return word[: -len(ending)]
    return word


def leaflet(card: GuidanceCard) -> Leaflet:
    """A card for the staff room: one page."""
    from dpdesk.law.words import long_date
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

    return Leaflet(
        card.question,
        (LeafletSection("What to do", points=card.steps),),
        as_at(),
        foot=f"{card.source}. As at {long_date(as_at())}.",
    )
