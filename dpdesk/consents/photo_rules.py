"""The pure decisions about pictures: what must come down, and which captions say too much."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dpdesk.consents.rules import ConsentReason, ConsentStanding, Stands
from dpdesk.registers.fields import Values
from dpdesk.registers.same_person import other_forms, parts_of

_SHORTEST = 3
"""Letters of a name that is looked for in a caption."""
_MOST_PARTS = 4
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+")
"""A word with a capital, as names are written."""
_INITIALS = re.compile(r"\b([A-Z])\.\s?([A-Z])\.")


@dataclass(frozen=True, slots=True)
class Live:
    """A use of a picture that was not taken down, and what holds for those who are in it."""

    number: int
    use: int
    where: str
    since: dt.date | None
    standings: Mapping[int, ConsentStanding] = field(default_factory=dict)
    """By number of the person."""

    @property
    def against(self) -> tuple[int, ...]:
        """Numbers of the people for whom there is no consent."""
        return tuple(n for n, found in self.standings.items() if not found.allows)

    @property
    def until(self) -> dt.date | None:
        """The last day on which all consents hold; None where none of them ends."""
        return min((s.until for s in self.standings.values() if s.until is not None), default=None)

    def due(self, today: dt.date) -> dt.date:
        """The day on which it should have come down: that of the withdrawal, or after the last."""
        days = [_ended(self.standings[n], self.since or today) for n in self.against]
        return min(days, default=today)


def _ended(found: ConsentStanding, since: dt.date) -> dt.date:
    if found.stands in {Stands.REFUSED, Stands.WITHDRAWN} and found.no:
        return max(found.no[0].day, since)
    if found.stands is Stands.EXPIRED and found.reason is ConsentReason.DATE:
        ends = [one.until for one in found.yes if one.until is not None]
        return max(max(ends, default=since) + dt.timedelta(days=1), since)
    return since


def state(values: Values, live: Sequence[Live]) -> str:
    """Where a picture stands."""
    if values.get("deleted_on") is not None:
        return "deleted"
    if not live:
        return "unused"
    if any(each.against for each in live):
        return "take_down"
    return "used" if values.get("everybody") == "yes" else "unsure"


def holds_until(live: Iterable[Live]) -> dt.date | None:
    """The last day on which every use has consent; None where no end is known."""
    return min((each.until for each in live if each.until is not None), default=None)


def names_in(caption: str, people: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What of the names of people in the picture stands in its caption, in plain form.

    Parts of names, usual other forms of them (Tommy for Thomas) where they are written as names,
    and both initials with their full stops.
    """
    names = [name for those in people for name in those]
    parts = {part for name in names for part in parts_of(name)}
    written = {part for word in _NAME.findall(caption) for part in parts_of(word)}
    said = {part for part in parts_of(caption) if part in parts}
    said |= {part for part in written if parts.intersection(other_forms(part))}
    initials = {"".join(part[0] for part in parts_of(name)) for name in names}
    short = {f"{a}{b}".casefold() for a, b in _INITIALS.findall(caption)}
    found = {part for part in said if len(part) >= _SHORTEST} | (short & initials)
    return tuple(sorted(found))


def whole_names_in(caption: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of many whole names that stand in a caption, the parts in a row."""
    said = parts_of(caption)
    rows = {
        said[place : place + size]
        for size in range(2, _MOST_PARTS + 1)
        for place in range(len(said) - size + 1)
    }
    return tuple(dict.fromkeys(name for name in names if rows and parts_of(name) in rows))


def left_out(values: Values, before: Values, against: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Why somebody may not be left out of a picture just so, by field name.

    ``against``: reference and name of those who were in it and said no. Leaving them out would
    make what is due about the picture vanish, so the note must say why it is right.
    """
    gone = set(before.get("people") or ()) - set(values.get("people") or ())
    names = [name for reference, name in against if reference in gone]
    note = str(values.get("note") or "").strip()
    if not names or (note and note != str(before.get("note") or "").strip()):
        return {}
    return {
        "people": f"There is no consent for {' and '.join(names)}. If they cannot be seen in the "
        "picture, say so in its note and save again; if they can, it has to come down."
    }


def problems(values: Values, live: Sequence[Live], *, kept: bool = False) -> dict[str, str]:
    """Sentences for answers that cannot be, by field name; ``kept``: is its file kept here?"""
    found: dict[str, str] = {}
    if values.get("deleted_on") is None:
        return found
    if kept:
        found["deleted_on"] = "Its file is still kept here. Press “Delete the picture”."
    if not values.get("deleted_by"):
        found["deleted_by"] = "Say who deleted it."
    if live:
        places = ", ".join(f"“{each.where}”" for each in live)
        found["deleted_on"] = f"It is still in use: {places}. Take it down there first."
    return found
