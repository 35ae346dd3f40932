"""Short answers to what staff ask, found by the words that people use.

The cards stand in ``resources/guidance/cards.toml``, with the day of the law that they rest on.
A card may ask a few questions; what is answered is filled into the page that the card opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from dpdesk import resources
from dpdesk.overview.matching import MatchedText, Matcher

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

TODAY, NOW = "today", "now"
"""What a card fills in where the day or the moment belongs."""


@dataclass(frozen=True, slots=True)
class GuidanceAnswer:
    """An answer to a question of a card: what to do then, and what it fills in."""

    say: str
    then: str
    fills: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuidanceQuestion:
    """A question that a card asks, with the answers to choose from."""

    ask: str
    answers: tuple[GuidanceAnswer, ...]


@dataclass(frozen=True, slots=True)
class GuidanceCard:
    """A question with what to do, its source, and the page that helps next."""

    key: str
    question: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    asked: tuple[str, ...]
    steps: tuple[str, ...]
    decide: tuple[GuidanceQuestion, ...]
    source: str
    opens: str
    fills: Mapping[str, str]

    def filled(
        self, chosen: Sequence[GuidanceAnswer | None], now: dt.datetime, today: dt.date
    ) -> Mapping[str, Any]:
        """What an entry begins with after these answers: values by the names of questions."""
        said = dict(self.fills)
        for answer in chosen:
            if answer is not None:
                said.update(answer.fills)
        moments = {TODAY: today, NOW: now}
        return {name: moments.get(value, value) for name, value in said.items()}


@cache
def cards() -> tuple[GuidanceCard, ...]:
    """Every card, in the order of the file."""
    return tuple(_card(row) for row in resources.toml("guidance", "cards.toml")["cards"])


def _card(row: Mapping[str, Any]) -> GuidanceCard:
    questions = (
        GuidanceQuestion(
            asked["ask"],
            tuple(
                GuidanceAnswer(each["say"], each["then"], each.get("fills", {}))
                for each in asked["answers"]
            ),
        )
        for asked in row.get("decide", ())
    )
    return GuidanceCard(
        row["key"],
        row["question"],
        tuple(row["words"]),
        tuple(row.get("phrases", ())),
        tuple(row.get("asked", ())),
        tuple(row["steps"]),
        tuple(questions),
        row["source"],
        row["opens"],
        row.get("fills", {}),
    )


def as_at() -> dt.date:
    """The day of the law that the cards rest on."""
    day: dt.date = resources.toml("guidance", "cards.toml")["as_at"]
    return day


def card(key: str) -> GuidanceCard:
    """The card of that key. Raises KeyError."""
    return {each.key: each for each in cards()}[key]


def ask(words: str, most: int = 3) -> tuple[GuidanceCard, ...]:
    """The cards that answer a question in ordinary words, the best first; none where none does."""
    known = cards()
    return tuple(known[place] for place in _matcher().find(words, most))


@cache
def _matcher() -> Matcher:
    return Matcher(
        [
            MatchedText((each.question, *each.words), each.phrases, each.steps, each.asked)
            for each in cards()
        ]
    )


def leaflet(card: GuidanceCard, today: dt.date) -> Leaflet:
    """A card for the staff room: one page, printed ``today``."""
    from dpdesk.law.words import long_date
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

    asked = tuple(
        LeafletSection(
            each.ask,
            columns=("If", "Then"),
            rows=tuple((answer.say, answer.then) for answer in each.answers),
        )
        for each in card.decide
    )
    return Leaflet(
        card.question,
        (LeafletSection("What to do", points=card.steps), *asked),
        today,
        foot=f"{card.source}. The law as at {long_date(as_at())}.",
    )
