"""Words of a page as runs of letters, with what stands around each: what names are read from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from dpdesk import resources
from dpdesk.disclosure.candidates import name_words
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.vocabulary import WordShape, WordStock

REACH: Final = 3
"""Words further on, in which the surname of a first name may stand."""
_COUNTED: Final = frozenset({"page"})
"""Words that are no name before a figure: Page 2 of 3 stands at the foot of every page."""
_BEFORE: Final = 4
"""Words before a name that may belong to it: N. van der Berg."""


class Token(NamedTuple):
    """A run of letters on the page, with the words that hold it."""

    letters: str
    first: int
    last: int
    capital: bool
    shouted: bool
    ends: str
    """What stands after it: a full stop, a comma, or nothing."""
    owns: bool
    starts: bool
    """Whether a sentence begins with it."""
    dotted: bool
    """Whether it is an initial with its dot."""


@cache
def first_names() -> frozenset[str]:
    """First names in use, whoever bears them: of general knowledge."""
    files = ("alike.toml", "first.toml")
    every = [name for file in files for name in resources.kept("names", file)["given"].split()]
    plain = {folded(name) for name in every if len(name) > 2 and name.isalpha()}
    return frozenset(plain - no_names() - name_words("particles") - name_words("titles"))


@cache
def wordy() -> frozenset[str]:
    """Names that are also words."""
    return name_words("words") | name_words("months")


@cache
def usual_firsts() -> frozenset[str]:
    """First names, and what people are called for short, that are also words: Grant, Kit."""
    return name_words("short_words") | name_words("firsts")


class NameTokens:
    """Makes tokens of the words of pages; a word broken by a hyphen is one with the next."""

    def __init__(self, people: KnownPeople, vocabulary: WordStock) -> None:
        self._people = people
        self._shapes = vocabulary.shapes
        self.broken = {word for word, made in vocabulary.shapes.items() if made.broken}

    def is_joined(self, words: Sequence[str], place: int) -> bool:
        """Whether a word is broken by a hyphen, and makes a name together with the next one."""
        return (
            words[place] in self.broken
            and place + 1 < len(words)
            and self._whole_of(words, place) in self._people.by_name
        )

    def _whole_of(self, words: Sequence[str], place: int) -> str:
        one, two = self._shapes[words[place]], self._shapes[words[place + 1]]
        if not one.parts or not two.parts:
            return ""
        return one.parts[-1].letters + two.parts[0].letters

    def _whole_name(self, made: WordShape) -> WordShape:
        """A word with one part where only a line that once ended in it broke a name: Har-ry."""
        joined = made.joined
        if not joined or joined not in self._people.by_name:
            return made
        return made._replace(parts=(made.parts[0]._replace(letters=joined),))

    def _may_belong(self, word: str) -> bool:
        parts = self._shapes[word].parts
        return bool(parts) and (parts[0].capital or parts[0].letters in name_words("particles"))

    def around(self, words: Sequence[str], first: int, last: int) -> list[Token]:
        """The tokens of some words and of a few around them."""
        found: list[Token] = []
        shapes = self._shapes
        start, stop = first, last + 1
        # As far as the words can belong to a name, and one more on each side.
        while start and start > first - _BEFORE:
            start -= 1
            if not self._may_belong(words[start]):
                break
        while stop < len(words) and stop <= last + REACH:
            stop += 1
            if not self._may_belong(words[stop - 1]):
                break
        before = shapes[words[start - 1]].ends if start else "."
        place = start
        while place < stop:
            made, until = self._whole_name(shapes[words[place]]), place
            parts = made.parts
            if len(parts) == 1 and not made.broken:
                found.append(_alone(words[place], place, made, starts=before == "."))
                before = made.ends
                place += 1
                continue
            if made.broken and place + 1 < len(words):
                joined = self._whole_of(words, place)
                if joined in self._people.by_name:
                    parts = (*parts[:-1], parts[-1]._replace(letters=joined))
                    until = place + 1
                    made = shapes[words[until]]
            for number, part in enumerate(parts):
                final = number == len(parts) - 1
                ends = made.ends if final else ""
                dotted = len(part.letters) == 1 and "." in words[place]
                if ends == "." and dotted and words[until].rstrip(')"”’').endswith("."):
                    ends = ""  # an initial
                found.append(
                    Token(
                        part.letters, place, until, part.capital, part.shouted, ends,
                        made.owns and final, before == "." and not number, dotted,
                    )
                )  # fmt: skip
            before = made.ends if parts else ""
            place = until + 1
        return _uncounted(found)


def _uncounted(tokens: list[Token]) -> list[Token]:
    """The tokens with a small letter for words that only count something."""
    for number, (token, after) in enumerate(pairwise(tokens)):
        if token.letters in _COUNTED and after.letters.isdecimal():
            tokens[number] = token._replace(capital=False)
    return tokens


def _alone(word: str, place: int, made: WordShape, *, starts: bool) -> Token:
    """The one token of a word, as nearly all words have one."""
    letters, capital, shouted = made.parts[0]
    ends = made.ends
    dotted = len(letters) == 1 and "." in word
    if ends == "." and dotted and word.rstrip(')"”’').endswith("."):
        ends = ""  # an initial
    return Token(letters, place, place, capital, shouted, ends, made.owns, starts, dotted)


def touching(one: Token, two: Token) -> bool:
    """Whether no word without letters of its own, such as an address, stands between two."""
    return two.first <= one.last + 1


def leads(before: Token, token: Token) -> bool:
    """Whether a word has its capital not only because it begins the sentence: PE Kit."""
    return before.capital and not token.starts and (before.shouted or not before.starts)


def is_no_prose(first: Token, last: Token) -> bool:
    """Whether two words in a row are a name: "may young people" are none."""
    if first.capital and last.capital:
        article = first.letters in {"a", "i"} and not first.dotted
        return not article or last.letters not in wordy()
    if len(first.letters) == 1 or first.capital or last.capital:
        return False
    return first.letters not in wordy() or last.letters not in wordy()
