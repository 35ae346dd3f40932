"""The wording of letters as a school may change it: what may stand in a template, and what must.

A template that a school changed is looked through before it is kept: places that the program does
not know, brackets that do not close, passages that the law asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dpdesk import resources

from . import required
from .drafts import draft_of
from .templates import Answer, fill, shipped

_PLACE: Final = re.compile(r"\{([^{}\n]*)\}")
_NOTE: Final = re.compile(r"(?m)^%.*$")


@dataclass(frozen=True, slots=True)
class TemplateName:
    """A template: its name, and what it is in words."""

    name: str
    title: str

    @property
    def for_child(self) -> bool:
        """Is it worded for a child?"""
        return self.name.startswith("child-") or self.name.startswith("passage-child-")

    @property
    def passage(self) -> bool:
        """Is it a passage that several letters share?"""
        return self.name.startswith("passage-")


def every_template() -> tuple[TemplateName, ...]:
    """All templates: letters first, then those for a child, then the passages."""
    found = []
    for path in resources.path("templates").glob("*.md"):
        if path.stem != "README":
            first = shipped(path.stem).partition("\n")[0].lstrip("% ").strip()
            found.append(TemplateName(path.stem, first))
    return tuple(sorted(found, key=lambda each: (each.passage, each.for_child, each.title)))


def places_in(text: str) -> tuple[str, ...]:
    """The places of a template that are filled, each once; conditions and passages are none."""
    return tuple(
        dict.fromkeys(
            place.strip()
            for place in _PLACE.findall(_NOTE.sub("", text))
            if not place.startswith(("if ", "passage "))
        )
    )


def conditions_in(text: str) -> tuple[str, ...]:
    """What paragraphs of a template depend on, each once."""
    found = (
        place.removeprefix("if ").removeprefix("not ").strip()
        for place in _PLACE.findall(_NOTE.sub("", text))
        if place.startswith("if ")
    )
    return tuple(dict.fromkeys(found))


def known_places(name: str, common: Mapping[str, object]) -> frozenset[str]:
    """The places that the program fills in a template: those of the shipped one, and the common."""
    text = shipped(name)
    every = {*places_in(text), *conditions_in(text), *common}
    for passage in _passages(text):
        inner = shipped(f"passage-{passage}")
        every |= {*places_in(inner), *conditions_in(inner)}
    if name.startswith("passage-"):
        every |= {"date received"}
    return frozenset(every)


def faults(
    name: str, text: str, common: Mapping[str, Answer], wording: Callable[[str], str]
) -> Iterator[str]:
    """What is wrong with a changed template, in sentences; ``common`` are places of all letters."""
    bare = _NOTE.sub("", text)
    if bare.count("{") != bare.count("}") or re.search(r"\{[^{}\n]*(?:\n|\{|$)", bare):
        yield "A curly bracket is opened and not closed on the same line."
        return
    known = known_places(name, common)
    for place in dict.fromkeys((*places_in(text), *conditions_in(text))):
        if place not in known:
            yield f"dpdesk does not know “{place}” in this letter, and would print it as a gap."
    there = {each.name for each in every_template()}
    for passage in _passages(text):
        if f"passage-{passage}" not in there:
            yield f"There is no passage “{passage}”."
            return
    if name.startswith("passage-"):
        return
    if not any(line.startswith("Subject:") or "} Subject:" in line for line in bare.splitlines()):
        yield "The letter has no line that begins with “Subject:”."
    answers = {place: sample(place) for place in known} | dict(common)
    texts = {name: text}
    filled = fill(name, answers, lambda asked: texts.get(asked) or wording(asked))
    found = required.passages(name, answers, draft_of(filled, "").whole)
    yield from required.missing(found)


def sample(place: str) -> Answer:
    """What stands for an answer in a preview: the name of the place, marked as such."""
    return f"«{place}»"


def _passages(text: str) -> tuple[str, ...]:
    found = _PLACE.findall(_NOTE.sub("", text))
    named = (each.removeprefix("passage ").strip() for each in found if each.startswith("passage "))
    return tuple(dict.fromkeys(named))
