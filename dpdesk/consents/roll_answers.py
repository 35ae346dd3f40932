"""Pupils and uses as the roll shows them, and the answers that it gives."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.consents.rules import Stands

_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as the roll shows them."""

    id: int
    reference: str
    name: str
    """As they are called every day."""
    title: str
    """As in a list: surname first."""
    names: tuple[str, ...]
    form: str
    year_group: str
    here: bool
    careful: str = ""
    """What to mind before a picture of them is shown; empty where there is nothing."""
    since: dt.date | None = None
    """The day on which they came to the school, where it is known."""
    restricted: str = ""
    """Why no picture of them may be used; empty where nothing forbids it."""

    @property
    def place(self) -> str:
        """Class or year in words, or that they left; empty where nothing is known."""
        if not self.here:
            return "not at school now"
        return self.form or (f"Year {self.year_group}" if self.year_group else "")

    @property
    def called(self) -> str:
        """Name, and where they belong."""
        return f"{self.name} ({self.place})" if self.place else self.name


@dataclass(frozen=True, slots=True)
class Use:
    """A use of pictures as the roll shows it."""

    id: int
    reference: str
    name: str
    words: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """The answer about one name. ``pupil``: number of the pupil who is meant, 0 for unknown."""

    name: str
    answer: Stands
    why: str
    pupil: int = 0
    called: str = ""
    """How the pupil who is meant is called, with their class."""
    left: bool = False
    """Are they not at school now? Then a yes holds for pictures from before only."""

    @property
    def shown(self) -> str:
        """The name as it was typed, and whom it was taken for where that is not the same."""
        plain = self.called.rpartition(" (")[0] or self.called
        same = {self.called.casefold(), plain.casefold()}
        if not self.called or self.name.casefold() in same:
            return self.called or self.name
        return f"{self.name}, that is {self.called}"


@dataclass(frozen=True, slots=True)
class PictureAnswer:
    """May the picture be used? Only where every single person in it may be shown."""

    use: str
    people: tuple[PersonAnswer, ...]

    @property
    def allowed(self) -> bool:
        """Is it a yes?"""
        return bool(self.people) and all(p.answer is Stands.GIVEN for p in self.people)

    @property
    def only_if(self) -> str:
        """Under which condition a yes holds, to stand behind it; empty where it simply holds."""
        names = [each.called.rpartition(" (")[0] or each.name for each in self.people if each.left]
        if not self.allowed or not names:
            return ""
        who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        return f"if it was taken while {who} {'was' if len(names) == 1 else 'were'} at school"

    @property
    def against(self) -> tuple[PersonAnswer, ...]:
        """Those who stand against it."""
        return tuple(p for p in self.people if p.answer is not Stands.GIVEN)


def some(pupils: Sequence[Pupil]) -> str:
    """The first of them by name and class, and how many more there are."""
    named = [each.called for each in pupils[:_MOST_NAMED]]
    more = len(pupils) - len(named)
    return " or ".join([*named, f"{more} more"] if more else named)


def told_apart(pupils: Sequence[Pupil]) -> str:
    """What to type so that one of them is meant."""
    written = Counter(each.place for each in pupils)
    places = Counter[str]()
    for place, times in written.items():
        places[plain(place)] += times
    if places[""] == 0 and max(places.values()) == 1:
        return "Add the class in brackets."
    shared = {place for place in written if not place or places[plain(place)] > 1}
    alike = [each for each in pupils if each.place in shared]
    told = "; ".join(f"{each.reference}, {each.title}" for each in alike[:_MOST_NAMED])
    return f"Their class does not tell them apart. Type the reference of the one meant: {told}."


def plain(words: str) -> str:
    """A class or year as it is compared: no capitals, blanks or marks."""
    return re.sub(r"[\W_]+", "", words.casefold())
