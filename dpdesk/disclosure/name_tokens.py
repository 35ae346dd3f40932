"""Words of a page as runs of letters, with what stands around each: what names are read from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from dpdesk import resources
from dpdesk.disclosure.candidates import name_words
from dpdesk.disclosure.grades import no_initials
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.vocabulary import WordShape, WordStock

REACH: Final = 3
"""Words further on, in which the surname of a first name may stand."""
MODAL: Final = frozenset({"will", "may", "do", "can"})
"""Names and surnames that begin a question."""
_COUNTED: Final = frozenset({"page"})
"""Words that are no name before a figure: Page 2 of 3 stands at the foot of every page."""
_DASH: Final = "\u2014"
"""It parts two words that stand in one: Frank\u2014the boy."""
_PROGRAMS: Final = frozenset("access excel forms office outlook paint teams windows word".split())
_PLURAL_ENDS: Final = ("ses", "shes", "ches", "xes", "zes")
_PLURAL_LEAST: Final = 4
"""Letters of a name that may stand in the plural."""
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
                ends = made.ends if final else "," if _DASH in words[place] else ""
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
        return _uncounted(_without_marks(words, found))


def _without_marks(words: Sequence[str], tokens: list[Token]) -> list[Token]:
    """The tokens, with a small letter for those that are marks or a label and no initials."""
    if not any(token.capital and len(token.letters) == 1 for token in tokens):
        return tokens
    marks = no_initials(words, tokens[0].first, tokens[-1].last)
    return [
        token._replace(capital=False, dotted=False)
        if token.first in marks and len(token.letters) == 1
        else token
        for token in tokens
    ]


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


def is_named_after(name: Token, thing: Token) -> bool:
    """Whether a word makes a thing's name of a name that is a word: Carol Concert, PC Suite."""
    if name.letters not in usual_firsts() and name.letters not in name_words("ranks"):
        return False
    return thing.letters in name_words("occasions") and thing.letters not in wordy()


def is_crowned(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name belongs to a saint or a king, and so to a church or a school: St John."""
    return bool(at) and tokens[at - 1].letters in name_words("crowned")


def is_program(token: Token) -> bool:
    """Whether a word is the name of a program behind MS."""
    return token.letters in _PROGRAMS


def is_initial(token: Token) -> bool:
    """Whether it is one letter that is no word of a sentence: Smith, Harry J came."""
    single = len(token.letters) == 1 and token.capital and token.letters not in {"a", "i"}
    return token.dotted or (single and token.letters.isalpha())


def last_initial(tokens: Sequence[Token], at: int) -> int:
    """The last of the initials in a row that begins here: Harry A B C."""
    while at + 1 < len(tokens) and not tokens[at].ends and touching(tokens[at], tokens[at + 1]):
        if not is_initial(tokens[at + 1]):
            break
        at += 1
    return at


def dotted_ends(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Where initials with dots that begin here may end, H.S. or H. S., the last place first."""
    end = at
    while end + 1 < len(tokens) and tokens[end + 1].dotted and not tokens[end].ends:
        if not touching(tokens[end], tokens[end + 1]):
            break
        end += 1
    for place in range(end, at, -1):
        if place + 1 == len(tokens) or tokens[place + 1].first > tokens[place].last:
            yield place


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


def plurals(names: Collection[str], vocabulary: WordStock) -> dict[str, str]:
    """The Parkers, both Harrys; Ellies mum, where somebody forgot the apostrophe."""
    found = {}
    for letters in vocabulary.by_letters:
        base = letters[: -2 if letters.endswith(_PLURAL_ENDS) else -1]
        if not letters.endswith("s") or letters in names or letters in vocabulary.lower:
            continue
        if base in names and len(base) >= _PLURAL_LEAST:
            found[letters] = base
    return found


def may_stand_between(tokens: Sequence[Token]) -> bool:
    """Whether words may be further names between a first name and a surname."""
    return all(
        (token.capital and token.letters not in no_names())
        or token.letters in name_words("particles")
        for token in tokens
    )


def may_be_small(first: Token, last: Token, further: int) -> bool:
    """Whether two words may be a name though both are words and have small letters."""
    small = not first.capital and not last.capital
    return small and further == 1 and len(first.letters) > 1 and first.letters not in MODAL


def surname_begins(tokens: Sequence[Token], at: int, last: int) -> int:
    """Where a surname that comes first begins, behind the word ``last``: de Souza, Tiago."""
    particles = name_words("particles")
    while at and tokens[at - 1].letters in particles and not tokens[at - 1].ends:
        if tokens[at - 1].first <= last or not touching(tokens[at - 1], tokens[at]):
            break
        at -= 1
    return at


def read_before(token: Token) -> str:
    """What a name is read with, as it follows this word; nothing where a sentence ended there."""
    ended = token.ends == "." and token.letters not in name_words("crowned")
    return "" if ended else token.letters
