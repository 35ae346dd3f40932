"""Persons by numbers: what leaves the school says "Person 7", and the school knows who that is.

The same person has the same number in a whole pack. Who is who goes with the school's own papers,
never with the pack. Pseudonymised data are personal data still (UK GDPR Art 4(5)): whoever knows
the school may guess, and what is not written as a name stays.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from dpdesk.registers.fields import Field, Kind
from dpdesk.registers.known_names import words_of
from dpdesk.registers.names import Naming, person_fields
from dpdesk.registers.on_record import NamesOnRecord
from dpdesk.registers.same_person import parts_of
from dpdesk.registers.service import RegisterService

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

_NUMBERS: Final = re.compile(
    r"[^\s,;<>()@]{1,64}@[^\s,;<>()@]{1,200}"
    r"|(?i:\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)"
    r"|(?<![\w-])\+?\(?\d[\d ()]{6,20}\d(?!\w)"
    r"|\b(?=[A-Z\d]{0,20}\d{5})[A-Z\d]{7,25}\b"
)
"""Addresses of e-mail, postcodes, telephone numbers, and long numbers that may be somebody's."""
_KNOWN_AS: Final = re.compile(r"\([^()]{0,80}\)")
"""What somebody is called for short, behind the name."""
SOMEBODY: Final = "[a name]"
LEFT_OUT: Final = "[left out]"
_CHOSEN: Final = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO})
_TYPED: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT})


class Pseudonyms:
    """Gives numbers to persons. ``free``: names that may stand, as of whoever answers for it."""

    def __init__(self, names: NamesOnRecord, free: Iterable[str]) -> None:
        self._names = names
        self._free = tuple(free)
        self._numbers: dict[tuple[str, ...], int] = {}
        self._written: dict[int, str] = {}
        self._kept = {_key(name) for name in self._free}

    @property
    def who(self) -> Mapping[str, str]:
        """Who is who: pseudonym and name as it was first met."""
        return {f"Person {number}": name for number, name in self._written.items()}

    def person(self, name: str) -> str:
        """The pseudonym of somebody named; a name that may stand stays, and so does a post."""
        key = _key(name)
        if not key or key in self._kept or self._is_post(name):
            return name
        return self._numbered(name)

    def _numbered(self, name: str) -> str:
        key = _key(name)
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        self._written.setdefault(number, " ".join(name.split()))
        return f"Person {number}"

    def text(self, text: str, named: Iterable[str] = ()) -> str:
        """A text with pseudonyms for the names in it, and without numbers that are somebody's.

        A single name may be one of several people: it becomes "[a name]". ``named``: who is named
        in other answers of the same entry, and so surely a person, whatever the name looks like.
        """
        for name in sorted({each.strip() for each in named} - {""}, key=len, reverse=True):
            written = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
            if len(parts := written.split(text)) > 1:
                text = self.person(name).join(parts)
        return _NUMBERS.sub(LEFT_OUT, self._names.replaced(text, self._in_text, self._free))

    def row(
        self,
        service: RegisterService[Any, Any],
        title: str,
        values: Mapping[str, Any],
        said: Iterable[tuple[Field, str]],
    ) -> list[str]:
        """Title and answers of an entry as they may leave the school.

        ``said``: the answers shown, in words. Where each entry is a person, only what was chosen
        from a list is left of them.
        """
        if isinstance(service, Naming):
            kept = (words if field.kind in _CHOSEN else "" for field, words in said)
            # Also where somebody is called as the officer is: this entry may be another person.
            return [self._numbered(title), *kept]
        asked = (str(values.get(field.name) or "") for field in person_fields(service))
        named = [name for answer in asked for name in _names_of(answer)]
        return [
            self.text(title, named),
            *(self._answer(field, words, named) for field, words in said),
        ]

    def _answer(self, field: Field, words: str, named: Iterable[str]) -> str:
        if field.person:
            return "; ".join(self.person(each) for each in _names_of(words))
        return self.text(words, named) if field.kind in _TYPED else words

    def _is_post(self, name: str) -> bool:
        """Is it a post and no person: "Head teacher", "Premises manager"?"""
        _, *others = name.split()
        plain = all(each.islower() or each.casefold() in words_of("posts") for each in others)
        posts = words_of("posts").intersection(name.casefold().split())
        return plain and bool(posts) and not self._names.named_in([name])

    def _in_text(self, name: str) -> str:
        return self.person(name) if len(_key(name)) > 1 else SOMEBODY


def _names_of(answer: str) -> tuple[str, ...]:
    """The names in the answer to a question that asks for people: one to a line."""
    lines = (each.strip() for each in answer.replace(";", "\n").splitlines())
    return tuple(each for each in lines if each)


def who_is_who(who: Mapping[str, str], sha256: str, today: dt.date) -> Leaflet:
    """The paper that says who is who in a pack, known by the checksum of its manifest."""
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

    return Leaflet(
        "Who is who in the evidence pack",
        (
            LeafletSection(
                "Pseudonyms and names", columns=("In the pack", "Name"), rows=tuple(who.items())
            ),
        ),
        today,
        opening=(
            "This paper stays in the school, locked away. It never goes with the pack.",
            f"It belongs to the pack whose manifest has the checksum {sha256}.",
        ),
        marking="Confidential: stays in the school",
    )


def _key(name: str) -> tuple[str, ...]:
    """The parts of a name in any order: "Example, Robin (Rob)" is Robin Example."""
    return tuple(sorted(parts_of(_KNOWN_AS.sub(" ", name))))
