"""Finds what may be a name, though nobody known in the workspace bears it.

Found are a title with a surname ("Mrs Osei") and two to four words with capitals in a row ("Tom
Finch") that are no words of a school. A look, not a proof: where hardly anything else is meant it
warns, for too many false alarms are not read. ``resources/law/name_words.toml`` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final

from dpdesk import resources
from dpdesk.law.accents import in_form
from dpdesk.registers.known_names import words_of

_NAME: Final = r"[^\W\d_a-z][^\W\d_]*(?:['’\-\u2010\u2011][^\W\d_]+)*"
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-\u2010\u2011][^\W_]+)*")
_TITLED: Final = re.compile(
    rf"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr|Prof|Professor|Rev|Reverend|Sir)\b\.?"
    rf"(?: (?:[A-Z]\.? ?)?(?:(?:de|van|von|der|la|le|bin|al|el) )*{_NAME}){{1,3}}"
)
_MOST: Final = 4
"""More capitals in a row than this are a heading."""


def places(text: str, allowed: Iterable[str] = ()) -> Iterator[tuple[int, int]]:
    """Where something may be a name, in a text in its NFC form, in the order of the text.

    ``allowed`` are phrases that are none: the school's own name, bodies and firms.
    """
    free = [*_standing(text, chain(_systems(), allowed))]
    found: list[tuple[int, int]] = []
    for match in _TITLED.finditer(text):
        start, end = match.start(), _shortened(match)
        if end > start and not _within(start, end, free):
            found.append((start, end))
    for start, end in _runs(text, free):
        if not _within(start, end, found):
            found.append((start, end))
    yield from sorted(found)


def _shortened(match: re.Match[str]) -> int:
    """The end of a title with its name, without plain words after it ("Mr Finch When")."""
    words = [*_WORD.finditer(match[0])]
    end = 0
    for word in words[1:]:
        if _folded(word[0]) in words_of("plain") | words_of("months") and len(word[0]) > 1:
            break
        end = word.end()
    return match.start() + end


def _runs(text: str, free: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and text[run[-1].end() : word.start()] != " ":
            yield from _name(run)
            run = []
        if _capital(word[0]) and not _within(word.start(), word.end(), free):
            run.append(word)
        else:
            yield from _name(run)
            run = []
    yield from _name(run)


def _name(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if 2 <= len(run) <= _MOST and _folded(run[-1][0]) not in words_of("places"):
        yield run[0].start(), run[-1].end()


def _capital(word: str) -> bool:
    """Is it written as a name is, and no word of the school?"""
    if not word[0].isupper() or word.isupper() or any(sign.isdigit() for sign in word):
        return False
    parts = [_folded(part) for part in re.split("[\\-\u2010\u2011]", word)]
    ordinary = words_of("plain") | words_of("posts") | words_of("titles")
    return len(word) > 1 and not any(part in ordinary for part in parts)


def _folded(word: str) -> str:
    return in_form("NFC", re.sub(r"['’]s?$", "", word)).casefold()


@cache
def _systems() -> tuple[str, ...]:
    lines = resources.toml("law", "name_words.toml")["systems"].replace("\n", "|")
    return tuple(name.strip() for name in lines.split("|") if name.strip())


def _standing(text: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    low = text.casefold()
    if len(low) != len(text):  # rare letters that grow when folded: nothing is let pass
        return
    for phrase in dict.fromkeys(each.casefold().strip() for each in phrases):
        at = low.find(phrase) if phrase else -1
        while at >= 0:
            yield at, at + len(phrase)
            at = low.find(phrase, at + 1)


def _within(start: int, end: int, places: Iterable[tuple[int, int]]) -> bool:
    return any(one < end and start < other for one, other in places)
