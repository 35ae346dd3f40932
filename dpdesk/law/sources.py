"""What a rule rests on, and how sure we are of it.

The texts live in ``resources/law/sources.toml`` so that a citation can be corrected without a
programmer. Whatever is not confirmed in the primary text says so wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dpdesk import resources


class Confidence(StrEnum):
    """How well a statement of law is confirmed."""

    CONFIRMED = "C"
    SECONDARY = "C2"
    UNCONFIRMED = "R"


_ADVICE = {
    Confidence.CONFIRMED: "",
    Confidence.SECONDARY: "From a secondary source: check with your adviser.",
    Confidence.UNCONFIRMED: "Common practice without a confirmed source: check with your adviser.",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, in a line that is printed beside it."""

    text: str
    confidence: Confidence = Confidence.CONFIRMED

    @property
    def advice(self) -> str:
        """A sentence of caution, empty where the source is confirmed."""
        return advice(self.confidence)


def advice(confidence: Confidence) -> str:
    """The sentence of caution that belongs to a mark, empty for a confirmed source."""
    return _ADVICE[confidence]


def source(key: str) -> Source:
    """A source by its key in ``resources/law/sources.toml``; KeyError where there is none."""
    return _sources()[key]


def period(key: str) -> int:
    """The length of a statutory period by its key, in the unit that the key names."""
    return _periods()[key]


@cache
def _sources() -> dict[str, Source]:
    rows = resources.toml("law", "sources.toml")["sources"]
    return {
        key: Source(str(row["text"]), Confidence(row.get("confidence", "C")))
        for key, row in rows.items()
    }


@cache
def _periods() -> dict[str, int]:
    rows = resources.toml("law", "sources.toml")["periods"]
    return {key: int(value) for key, value in rows.items()}
