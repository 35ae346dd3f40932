"""What holds up a disposal: holds placed by hand, and open matters of other rooms.

Nothing here is stored: what touches a holding is worked out from the matters as they stand, inside
the very transaction that would dispose of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dpdesk.registers.matters import Touch
from dpdesk.registers.same_person import (
    kept_under,
    looked_under,
    mentions,
    parts_of,
    same,
    why_same,
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a holding may not be disposed of now: a matter, or its own flag (without reference)."""

    words: str
    register: str = ""
    entry_id: int = 0
    reference: str = ""
    why: str = ""
    """Why it touches this holding, in a sentence for the screen; may hold names."""


SAFEGUARDING = Obstacle("its safeguarding flag")
MAYBE_SAFEGUARDING = Obstacle("its safeguarding flag (not known)")


@dataclass(frozen=True, slots=True)
class Held:
    """What must be known of a holding to say what holds it up. References, names, words."""

    reference: str
    rule: str
    code: str
    asset: str
    safeguarding: str
    person: str
    text: str
    """Other words in which a name may stand."""


@dataclass(slots=True)
class Touches:
    """All open matters at one moment, ready to be asked about many holdings."""

    every: tuple[Touch, ...]
    _parts: dict[int, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    _by_part: Mapping[str, set[int]] = field(default_factory=dict)
    _by_reference: Mapping[str, set[int]] = field(default_factory=dict)
    _everything: set[int] = field(default_factory=set)
    _initials: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        by_part: defaultdict[str, set[int]] = defaultdict(set)
        by_reference: defaultdict[str, set[int]] = defaultdict(set)
        for place, touch in enumerate(self.every):
            self._parts[place] = tuple(filter(None, map(parts_of, touch.names)))
            for name in self._parts[place]:
                for key in looked_under(name):
                    by_part[key].add(place)
                if all(len(part) == 1 for part in name):
                    self._initials.add(place)
            for reference in (*touch.assets, *touch.holdings, *touch.rules):
                by_reference[reference.casefold()].add(place)
            if touch.everything:
                self._everything.add(place)
        self._by_part, self._by_reference = by_part, by_reference

    def on(self, held: Held) -> tuple[Obstacle, ...]:
        """What holds up the disposal of a holding; nothing if it is free."""
        found = set(self._everything)
        for reference in (held.reference, held.rule, held.code, held.asset):
            if reference:
                found |= self._by_reference.get(reference.casefold(), set())
        if not self._by_part:
            return self._blocks(found, held)
        person, words = parts_of(held.person), parts_of(held.text)
        only_initials = bool(person) and not any(map(_whole, person))
        for place in self._candidates((*person, *words), initials=only_initials):
            if any(_meant(person, words, name) for name in self._parts[place]):
                found.add(place)
        return self._blocks(found, held)

    def _blocks(self, found: set[int], held: Held) -> tuple[Obstacle, ...]:
        blocks = [_block(self.every[place], held) for place in sorted(found)]
        if held.safeguarding in {"yes", "unknown"}:
            blocks.append(SAFEGUARDING if held.safeguarding == "yes" else MAYBE_SAFEGUARDING)
        return tuple(blocks)

    def to_look_for(self, held: Held) -> tuple[Touch, ...]:
        """Open matters that might be in a holding of many people, as far as anybody can tell."""
        if held.person:
            return ()
        blocking = {block.reference for block in self.on(held)}
        return tuple(
            touch
            for touch in self.every
            if touch.reference not in blocking and (touch.names or _says_nothing(touch))
        )

    def _candidates(self, parts: Iterable[str], *, initials: bool) -> set[int]:
        """Matters whose names may be meant; few, out of many."""
        found = set(self._initials)
        for key in kept_under(parts):
            found |= self._by_part.get(key, set())
        if initials:
            # A name of initials alone could be short for anybody's.
            found |= self._parts.keys()
        return found


def _whole(part: str) -> bool:
    return len(part) > 1


def _says_nothing(touch: Touch) -> bool:
    return not (touch.assets or touch.holdings or touch.rules or touch.everything)


def _meant(person: tuple[str, ...], words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return bool(person and same(person, name)) or mentions(words, name)


def _block(touch: Touch, held: Held) -> Obstacle:
    return Obstacle(touch.words, touch.register, touch.entry_id, touch.reference, _why(touch, held))


def _why(touch: Touch, held: Held) -> str:
    """Why a matter touches a holding, in a sentence."""
    if touch.everything:
        return "It covers everything."
    for named, references, said in (
        (touch.holdings, (held.reference,), "It names this holding."),
        (touch.assets, (held.asset,), f"It covers {held.asset}, to which this holding belongs."),
        (touch.rules, (held.rule, held.code), f"It covers the class {held.code}."),
    ):
        if {each.casefold() for each in named} & {each.casefold() for each in references if each}:
            return said
    person, words = parts_of(held.person), parts_of(held.text)
    for name in touch.names:
        parts = parts_of(name)
        if person and same(person, parts):
            return _by_name(name, why_same(held.person, name))
        if mentions(words, parts):
            return _by_name(name, why_same(held.text, name))
    return ""


def _by_name(name: str, why: str) -> str:
    return f"It is about {name}" + (f", and {why}." if why else ".")
