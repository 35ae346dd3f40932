"""Suggestions as they are looked at: each place with what became of it."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from dpdesk.disclosure.candidates import Candidate, PartyStanding, Suggested, SuggestedGroup
from dpdesk.disclosure.deciding import is_kept, is_rejected
from dpdesk.law.words import count, listed


class PlaceState(StrEnum):
    """What became of a place."""

    OPEN = "open"
    MARKED = "marked"
    REJECTED = "rejected"
    KEPT = "kept"
    """Of somebody who is not proposed by themselves."""
    WITHHELD = "withheld"
    """On a page that is left out as a whole."""


class SuggestedPlace(NamedTuple):
    """A candidate on a page of the request, counted from 1."""

    candidate: Candidate
    number: int
    state: PlaceState


@dataclass(frozen=True)
class Suggestions:
    """Everything that was found for a request, as it stands now."""

    places: tuple[SuggestedPlace, ...]
    groups: Mapping[str, SuggestedGroup]
    about: Mapping[int, int]
    """How often the data subject is named, by document."""
    decisions: Mapping[str, str]
    fresh: bool = True
    """Whether nothing that it rests on has changed since it was sought."""

    @cached_property
    def open(self) -> tuple[SuggestedPlace, ...]:
        """What is proposed and waits for an answer."""
        return tuple(
            place
            for place in self.places
            if place.state is PlaceState.OPEN and not place.candidate.doubtful
        )

    @cached_property
    def doubtful(self) -> tuple[SuggestedPlace, ...]:
        """The list to look through."""
        return tuple(
            place
            for place in self.places
            if place.state is PlaceState.OPEN and place.candidate.doubtful
        )

    @cached_property
    def by_group(self) -> dict[str, tuple[SuggestedPlace, ...]]:
        """All places of each group."""
        found: dict[str, list[SuggestedPlace]] = {}
        for place in self.places:
            found.setdefault(place.candidate.group, []).append(place)
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def by_page(self) -> dict[int, tuple[SuggestedPlace, ...]]:
        """All places of each page of the request, by its number from 1."""
        found: dict[int, list[SuggestedPlace]] = {}
        for place in self.places:
            found.setdefault(place.number, []).append(place)
        return {number: tuple(places) for number, places in found.items()}

    def kept(self, standing: PartyStanding) -> int:
        """At how many places somebody of a standing is named and not proposed."""
        return sum(
            place.state is PlaceState.KEPT
            and self.groups[place.candidate.group].standing is standing
            for place in self.places
        )

    def counted(self) -> Counter[PlaceState]:
        """How many proposals became what; the list to look through apart, and nobody kept."""
        return Counter(
            place.state
            for place in self.places
            if not (place.candidate.doubtful and place.state is PlaceState.OPEN)
        )


@dataclass(frozen=True, slots=True)
class ProposedTold:
    """What is said of suggestions beside the check of a bundle."""

    sentence: str
    left: int = 0
    """Places that wait for an answer, the list to look through among them."""
    first: int = 0
    """The first page with one of them, from 1; 0 for none."""
    sought: bool = True

    @property
    def good(self) -> bool:
        """Whether nothing is left to do."""
        return self.sought and not self.left


def proposed_told(looked: Suggestions | None) -> ProposedTold:
    """What was proposed and what was left open, in a sentence that promises no more than it is."""
    if looked is None:
        return ProposedTold("No names or numbers were looked for in these documents.", sought=False)
    if not looked.fresh:
        text = "Documents or people have changed since suggestions were last made."
        return ProposedTold(text, sought=False)
    counted = looked.counted()
    marked, rejected = counted[PlaceState.MARKED], counted[PlaceState.REJECTED]
    held = counted[PlaceState.WITHHELD]
    waiting = (*looked.open, *looked.doubtful)
    if not (marked or rejected or held or waiting):
        return ProposedTold("No names or numbers of other people were found to propose.")
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (marked, "marked"),
            (rejected, "rejected"),
            (held, "on pages withheld"),
            (len(looked.open), "left open"),
            (len(looked.doubtful), "doubtful and not yet checked"),
        )
        if number
    ]
    whole = count(marked + rejected + held + len(waiting), "place")
    first = min((place.number for place in waiting), default=0)
    return ProposedTold(f"{whole} proposed: {listed(parts)}.", len(waiting), first)


def state_of(
    candidate: Candidate, group: SuggestedGroup, decisions: Mapping[str, str]
) -> PlaceState:
    """What was decided about a candidate; whether it is marked is seen on its page."""
    if is_rejected(candidate, decisions):
        return PlaceState.REJECTED
    if is_kept(group, decisions) and not candidate.doubtful:
        return PlaceState.KEPT
    return PlaceState.OPEN


def packed(found: Suggested) -> bytes:
    """Everything that was found, in few bytes."""
    content: dict[str, Any] = {
        "groups": [
            [g.key, g.label, g.kind, g.standing.value, g.reason, g.why]
            for g in found.groups.values()
        ],
        "places": found.candidates,
        "about": list(found.about.items()),
    }
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(plain.encode("utf-8", "surrogatepass"), 1)


def unpacked(content: bytes) -> Suggested:
    """What was packed."""
    read = json.loads(zlib.decompress(content))
    groups = {
        key: SuggestedGroup(key, label, kind, PartyStanding(standing), reason, why)
        for key, label, kind, standing, reason, why in read["groups"]
    }
    places = tuple(
        Candidate(document, page, tuple(indexes), tuple(words), kind, group, why, doubtful)
        for document, page, indexes, words, kind, group, why, doubtful in read["places"]
    )
    return Suggested(places, groups, dict(read["about"]))
