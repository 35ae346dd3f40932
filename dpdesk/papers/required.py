"""What a letter must say whatever else is changed in it: the passages that the law asks for.

``resources/templates/required.toml`` names them, with the words by which each is known. A passage
counts as there where at least one word of every group stands in the letter; a person may put it
into words of their own, and is told only when it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.words import long_date

from .templates import Answer

_PLACE: Final = re.compile(r"^\{([^{}]+)\}$")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that a letter must say: its name, its source, and whether it is there."""

    key: str
    label: str
    source: str
    there: bool

    @property
    def said(self) -> str:
        """The sentence for whoever writes the letter, where it is missing."""
        return f"The letter no longer says {self.label}."


def passages(name: str, answers: Mapping[str, Answer], text: str) -> tuple[Passage, ...]:
    """What the letter of that template must say, each with whether ``text`` says it.

    A passage that depends on something unknown, or on what does not hold, is left out.
    """
    content = resources.kept("templates", "required.toml")
    letter, words = _folded(name), _folded(text)
    found: list[Passage] = []
    for key in _wanted(content, letter):
        block: Mapping[str, Any] = content["passages"][key]
        if not all(_holds(when, answers) for when in block.get("when", ())):
            continue
        groups = [_alternatives(group, answers) for group in block["says"]]
        if not all(groups):
            continue  # nothing is known by which it could be told
        there = all(any(each in words for each in group) for group in groups)
        found.append(Passage(key, block["label"], block.get("source", ""), there))
    return tuple(found)


def missing(found: Iterable[Passage]) -> tuple[str, ...]:
    """A sentence for each passage that is not there."""
    return tuple(each.said for each in found if not each.there)


def _wanted(content: Mapping[str, Any], letter: str) -> Sequence[str]:
    letters: Mapping[str, Sequence[str]] = content["letters"]
    plain = letter.removeprefix("child-")
    return letters.get(plain) or letters.get(plain.partition("-")[0]) or ()


def _holds(when: str, answers: Mapping[str, Answer]) -> bool:
    name = when.removeprefix("not ")
    return bool(answers.get(name)) == (name == when)


def _alternatives(group: Sequence[str], answers: Mapping[str, Answer]) -> list[str]:
    found: list[str] = []
    for each in group:
        place = _PLACE.match(each)
        found += _told(answers.get(place[1])) if place else [each]
    return [folded for each in found if (folded := _folded(each))]


def _told(answer: Answer) -> list[str]:
    if isinstance(answer, date):
        whole = long_date(answer)
        return [whole, whole.partition(" ")[2]]  # with the day of the week, and without
    if isinstance(answer, tuple):
        return list(answer)
    return [answer] if isinstance(answer, str) else []


def _folded(text: str) -> str:
    plain = text.replace("**", "").replace("’", "'").replace("\u00a0", " ")
    return _SPACE.sub(" ", plain).strip().casefold()
