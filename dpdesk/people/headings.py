"""What a heading announces: whose answer, and which. School systems have words of their own for it.

The words stand in ``resources/people/columns.toml``. A heading is compared in a plain form (marks,
capitals and usual abbreviations make no difference), then without the words that say whose it is,
before or behind it: "Contact 1 Forename", "Forename (Contact 1)", "2nd parent's mobile no."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.folding import fold

PERSON: Final = "person"
"""The one whom a row is about."""
TIES: Final = frozenset({"priority", "responsible", "lives_with", "relationship"})
"""What only an adult can be to a pupil."""
OF_ADULTS: Final = TIES | {
    "name", "name_reversed", "surname", "forename", "middle_names", "known_as", "other_names",
    "title", "email", "telephone", "address", "address_part", "id", "address_kept", "court_order",
}  # fmt: skip
"""What a column may say about an adult of a pupil."""
OFTEN: Final = frozenset({"telephone", "email", "address", "other_names", "address_part"})
"""What one person may have several of: the first that is filled counts."""
NAMES: Final = frozenset({"name", "name_reversed", "surname", "forename"})
_NAMED: Final = frozenset({"year_group", "form", "house", "relationship", "status"})
"""What has a name or a code of its own: "House name", "Year code", "Relationship description"."""
_MARKS: Final = re.compile(r"[^a-z0-9]+")
_PARTS: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)
_ORDINAL: Final = re.compile(r"(\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LONGEST_WHOSE: Final = 3
"""Words that say whose something is: "next of kin"."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Whose answer a heading announces ("" where it does not say), and which ("" for none)."""

    who: str = ""
    what: str = ""
    behind: int = 0
    """A number at the end, which says of which adult or which of several: "Contact forename 2"."""

    @property
    def numbered(self) -> Announced:
        """The same where the number at the end says which adult it is."""
        family, _, number = self.who.rpartition(" ")
        if not self.behind or not family or number != "1":
            return self
        return replace(self, who=f"{family} {self.behind}")


@cache
def meaning(heading: str) -> Announced:
    """What a heading announces."""
    found = _said(words(heading))
    bracket = _BRACKET.search(heading)
    if found.what or bracket is None:
        return found
    # What stands in brackets explains: "Telephone (home)", "Date of birth (dd/mm/yyyy)".
    whole = _said(words(_BRACKET.sub(" ", heading)))
    inside = _said(words(bracket[1]))
    return inside if whole.what and inside.what == "known_as" else whole


def _said(plain: Sequence[str]) -> Announced:
    whole = " ".join(plain)
    aliases = _aliases()
    if whole in aliases:
        return Announced("", aliases[whole])
    for who, rest in _parted(plain):
        what, behind = _what(rest)
        if who != PERSON and " ".join(rest) in known()["of_ties"]:
            what = "relationship"  # alone, "Type" may say anything
        if what and (what not in TIES if who == PERSON else what in OF_ADULTS):
            return Announced(who, what, behind)
    alone = whose_alone(whole)
    if alone == PERSON or (alone and alone.rpartition(" ")[0] in known()["names_alone"]):
        return Announced(alone, "name")
    what, behind = _what(plain)
    # Where nothing says of whom, "E-mail 2" is a second one, and "Surname 2" is anybody's.
    return Announced("", what, behind) if not behind or what in OFTEN else Announced()


def _what(plain: Sequence[str]) -> tuple[str, int]:
    """Which answer words announce that no longer say whose, and the number behind them."""
    aliases = _aliases()
    whole = " ".join(plain)
    if whole in aliases:
        return aliases[whole], 0
    without = [word for word in plain if word not in known()["ignored"]]
    if " ".join(without) in aliases:
        return aliases[" ".join(without)], 0
    if len(without) > 1 and without[-1] in known()["endings"]:
        what = aliases.get(" ".join(without[:-1]), "")
        if what in _NAMED:
            return what, 0
    if len(without) > 1 and without[-1].isdigit():
        what, _ = _what(without[:-1])
        return what, int(without[-1])
    for start in known()["beginnings"]:
        began = " ".join(words(start))
        if " ".join(without).startswith(began + " "):
            return aliases[began], 0
    return "", 0


def _parted(plain: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Whose it is, and the other words: the longest that say so, before the rest or behind it."""
    for behind in (False, True):
        for size in range(min(_LONGEST_WHOSE + 2, len(plain) - 1), 0, -1):
            said, rest = (plain[-size:], plain[:-size]) if behind else (plain[:size], plain[size:])
            if (who := _whose(said)) is not None:
                yield who, rest


def _whose(said: Sequence[str]) -> str | None:
    """The person, or an adult by what the list calls them with their number, 1 where none is said.

    A number may stand before or behind: "second contact", "parent 2", "2 carer", "parent B".
    """
    before: Mapping[str, int] = known()["numbers_before"]
    after: Mapping[str, int] = known()["numbers_after"]
    whole = " ".join(said)
    if whole in _of_pupils():
        return PERSON
    adults = _of_adults()
    if whole in adults:
        return f"{adults[whole]} 1"
    first, last = before.get(said[0], 0), after.get(said[-1], 0)
    if first and last and " ".join(said[1:-1]) in adults:
        return f"{adults[' '.join(said[1:-1])]} {last}"  # "primary guardian 2"
    if first and " ".join(said[1:]) in adults:
        return f"{adults[' '.join(said[1:])]} {first}"
    if last and " ".join(said[:-1]) in adults:
        return f"{adults[' '.join(said[:-1])]} {last}"
    return None


def whose_alone(heading: str) -> str | None:
    """Whose it is that a heading names, and nothing else: "Mum", "Parent 2"."""
    said = words(heading)
    return _whose(said) if said else None


def is_lesser(heading: str) -> bool:
    """Does it head what may stand for the answer only where nothing better does?"""
    return " ".join(words(heading)) in _lesser()


def numbered(columns: Sequence[str]) -> tuple[str, ...]:
    """Headings of which none comes twice."""
    times: dict[str, int] = {}
    found = []
    for heading in columns:
        times[heading] = times.get(heading, 0) + 1
        count = times[heading]
        found.append(heading if count == 1 else f"{heading} ({count})")
    return tuple(found)


def headings() -> tuple[str, ...]:
    """Every heading that is known, as systems write it; by them the row of headings is found."""
    whose = [f"{who} {what}" for who in known()["of_pupils"] for what in known()["names"]]
    return (*(each for listed in known()["headings"].values() for each in listed), *whose)


def fields() -> dict[str, str]:
    """What a column may say, in the words in which it is offered."""
    return dict(known()["labels"])


@cache
def words(heading: str) -> tuple[str, ...]:
    """A heading in its plain form: "Tel. No." is telephone number, "D.O.B." is dob."""
    spaced = _PARTS.sub(" ", _ORDINAL.sub(r"\1 ", re.sub(r"#(?!\s*\d)", " number ", heading)))
    same: Mapping[str, str] = known()["same"]
    found: list[str] = []
    letters = ""
    for word in [*filter(None, _MARKS.split(fold(spaced))), ""]:
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:  # the letters of an abbreviation; a single one is a word
            found += same.get(letters, letters).split()
            letters = ""
        found += same.get(word, word).split()
    return tuple(" ".join(found).replace("e mail", "email").split())


@cache
def known() -> Mapping[str, Any]:
    """What is known of headings."""
    return resources.toml("people", "columns.toml")


@cache
def _aliases() -> Mapping[str, str]:
    """Every heading that is known, in plain words, to what it announces."""
    return {
        " ".join(words(heading)): name
        for name, listed in known()["headings"].items()
        for heading in listed
    }


@cache
def _of_pupils() -> frozenset[str]:
    return frozenset(" ".join(words(each)) for each in known()["of_pupils"])


@cache
def _of_adults() -> Mapping[str, str]:
    return {
        " ".join(words(each)): family
        for family, listed in known()["of_adults"].items()
        for each in listed
    }


@cache
def _lesser() -> frozenset[str]:
    return frozenset(" ".join(words(each)) for each in known()["lesser"])
