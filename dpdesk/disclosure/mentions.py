"""Where names stand on a page, in whatever form, before it is decided who is meant.

A mention is whole words of a page: a whole name in any order, one with initials, one after Mr or
Mrs, or a first name or surname alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal, NamedTuple

from dpdesk import resources
from dpdesk.disclosure.candidates import cues, name_words
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.vocabulary import NOTHING, WordShape, WordStock

Form = Literal["whole", "titled", "pair", "single", "inside", "initials"]
_REACH: Final = 3
"""Words further on, in which the surname of a first name may stand."""
_BRIDGE: Final = 2
_MODAL: Final = frozenset({"will", "may", "do", "can"})
"""Names and surnames that begin a question."""


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A name on a page. ``parties`` are those who bear it wholly; a single name has none yet."""

    indexes: tuple[int, ...]
    form: Form
    parts: tuple[str, ...]
    parties: frozenset[int] = frozenset()
    near: bool = False
    """Spelt only nearly so."""
    near_names: frozenset[str] = frozenset()
    """What a single name is spelt nearly like."""
    token: Token | None = None
    before: str = ""
    after: str = ""
    """The letters of the words before and after."""


@cache
def first_names() -> frozenset[str]:
    """First names in use, whoever bears them: of general knowledge."""
    from nicknames import NickNamer

    known = NickNamer().nickname_lookup
    given = [
        name
        for file in ("alike.toml", "first.toml")
        for name in resources.kept("names", file)["given"].split()
    ]
    every = {*given, *known, *(name for names in known.values() for name in names)}
    plain = {folded(name) for name in every if len(name) > 2 and name.isalpha()}
    return frozenset(plain - no_names() - name_words("particles") - name_words("titles"))


@cache
def wordy() -> frozenset[str]:
    """Names that are also words."""
    return name_words("words") | name_words("months")


@dataclass
class MentionReader:
    """Reads mentions from pages; knows the people, and what is spelt nearly like their names."""

    people: KnownPeople
    vocabulary: WordStock
    near: Mapping[str, set[str]]
    inside: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Words into which a whole name is written without a space, with who bears it."""
    initials: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Words that are the initials of somebody."""

    def __post_init__(self) -> None:
        """Finds the words that are worth a look."""
        names = {name for name in self.people.by_name if len(name) > 1}
        self._given = first_names()
        self._hot = self.vocabulary.spelt({*names, *self.near, *self._given})
        self._hot |= self.vocabulary.spelt({*self.inside, *self.initials})
        self._hot.update(w for w, kind in self.vocabulary.anchors.items() if kind == "title")
        self._broken = {w for w, made in self.vocabulary.shapes.items() if made.broken}

    def on(self, words: Sequence[str]) -> Iterator[Mention]:
        """Every mention on a page, in the order of the file."""
        hot = self._hot
        places = [place for place, word in enumerate(words) if word in hot]
        if self._broken:
            places = sorted({*places, *self._joined(words)})
        begin = 0
        while begin < len(places):
            end = begin
            while end + 1 < len(places) and places[end + 1] - places[end] <= _BRIDGE + 1:
                end += 1
            yield from self._run(words, places[begin], places[end])
            begin = end + 1

    def _joined(self, words: Sequence[str]) -> Iterator[int]:
        """Words broken by a hyphen that make a name together with the next one."""
        for place, word in enumerate(words[:-1]):
            if word in self._broken and self._whole_of(words, place) in self.people.by_name:
                yield place

    def _whole_of(self, words: Sequence[str], place: int) -> str:
        one, two = self._shape(words[place]), self._shape(words[place + 1])
        if not one.parts or not two.parts:
            return ""
        return one.parts[-1].letters + two.parts[0].letters

    def _shape(self, word: str) -> WordShape:
        return self.vocabulary.shapes.get(word, NOTHING)

    def _tokens(self, words: Sequence[str], first: int, last: int) -> list[Token]:
        """The tokens of some words and of a few around them."""
        found: list[Token] = []
        start, stop = max(0, first - 2), min(len(words), last + _REACH + 1)
        before = self._shape(words[start - 1]).ends if start else "."
        place = start
        while place < stop:
            made, until = self._shape(words[place]), place
            parts = made.parts
            if made.broken and place + 1 < len(words):
                joined = self._whole_of(words, place)
                if joined in self.people.by_name:
                    parts = (*parts[:-1], parts[-1]._replace(letters=joined))
                    until = place + 1
                    made = self._shape(words[until])
            for number, part in enumerate(parts):
                final = number == len(parts) - 1
                ends = made.ends if final else ""
                if ends == "." and len(part.letters) == 1 and words[until].endswith("."):
                    ends = ""  # an initial
                found.append(
                    Token(part.letters, place, until, part.capital, part.shouted, ends,
                          made.owns and final, before == "." and not number)
                )  # fmt: skip
            before = made.ends if parts else ""
            place = until + 1
        return found

    def _run(self, words: Sequence[str], first: int, last: int) -> Iterator[Mention]:
        tokens = self._tokens(words, first, last)
        at = 0
        while at < len(tokens):
            found = self._at(tokens, at) if tokens[at].first <= last else None
            if found is None:
                at += 1
                continue
            mention, at = found
            if mention is not None:
                yield mention

    def _at(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int] | None:
        token = tokens[at]
        if token.letters in name_words("titles") and token.capital:
            return self._titled(tokens, at)
        if token.letters in self.inside:
            return self._mention(tokens, at, at, "inside", self.inside[token.letters]), at + 1
        return self._whole(tokens, at) or self._turned(tokens, at) or self._part(tokens, at)

    # --- whole names ---------------------------------------------------------------------

    def _ways(self, token: Token) -> tuple[tuple[str, bool], ...]:
        """How a token may be meant, and whether it is spelt nearly so only."""
        if token.letters in self.near:
            return ((token.letters, False), *((n, True) for n in sorted(self.near[token.letters])))
        return ((token.letters, False),)

    def _bearers(self, given: Token, surname: Token) -> tuple[set[int], bool]:
        for last, wrong in self._ways(surname):
            for first, wrong_too in self._ways(given):
                found = self.people.whole(first, last)
                if found:
                    return found, wrong or wrong_too
        return set(), False

    def _whole(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """First name or initial, perhaps others in between, then the surname."""
        first = tokens[at]
        for further in range(1, _REACH + 1):
            if at + further >= len(tokens) or tokens[at + further - 1].ends:
                break
            last = tokens[at + further]
            if not self._may_stand_between(tokens[at + 1 : at + further]):
                break
            if len(last.letters) == 1 or (len(first.letters) == 1 and not first.capital):
                continue
            found, near = self._bearers(first, last)
            if not found or not self._is_no_prose(first, last):
                continue
            end = at + further
            while self._goes_on(tokens, end, found):
                end += 1
            made = self._mention(tokens, at, end, "whole", frozenset(found))
            return replace(made, near=near), end + 1
        return self._initial_of_another(tokens, at)

    def _initial_of_another(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """An initial before a surname that somebody bears, who is called otherwise."""
        if at + 1 >= len(tokens):
            return None
        first, last = tokens[at], tokens[at + 1]
        if len(first.letters) > 1 or not (first.capital and last.capital) or first.ends:
            return None
        bearing = self.people.by_name.get(last.letters)
        if bearing is None or not bearing.surname or not self._is_no_prose(first, last):
            return None
        return self._mention(tokens, at, at + 1, "pair"), at + 2

    @staticmethod
    def _may_stand_between(tokens: Sequence[Token]) -> bool:
        return all(
            (token.capital and token.letters not in no_names())
            or token.letters in name_words("particles")
            for token in tokens
        )

    @staticmethod
    def _is_no_prose(first: Token, last: Token) -> bool:
        """Whether two words in a row are a name: "may young people" are none."""
        if first.capital and last.capital:
            return first.letters not in {"a", "i"} or last.letters not in wordy()
        if len(first.letters) == 1 or first.capital or last.capital:
            return False
        return first.letters not in wordy() or last.letters not in wordy()

    def _goes_on(self, tokens: Sequence[Token], end: int, found: set[int]) -> bool:
        """Whether the next token belongs to the same surname: Smith-Jones."""
        if end + 1 >= len(tokens) or tokens[end].ends:
            return False
        more = tokens[end + 1].letters
        return tokens[end + 1].capital and any(
            more in name.surname and tokens[end].letters in name.surname
            for one in found
            for name in self.people.names(one)
        )

    def _turned(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """Surname, then first name or initial, as in a list."""
        if at + 1 >= len(tokens):
            return None
        last, first = tokens[at], tokens[at + 1]
        if last.ends == "." or not (last.capital and first.capital):
            return None
        if len(last.letters) == 1:
            return None
        found, near = self._bearers(first, last)
        if not found:
            return None
        if at + 2 < len(tokens) and not first.ends and len(first.letters) > 1:
            other, _ = self._bearers(first, tokens[at + 2])
            if other and tokens[at + 2].capital:
                return None  # Walker, Harry Smith: two people
        end = at + 1
        while (
            end + 1 < len(tokens)
            and not tokens[end].ends
            and self._is_middle(tokens[end + 1], found)
        ):
            end += 1
        made = self._mention(tokens, at, end, "whole", frozenset(found))
        return replace(made, near=near), end + 1

    def _is_middle(self, token: Token, found: set[int]) -> bool:
        if not token.capital:
            return False
        for one in found:
            for name in self.people.names(one):
                if any(token.letters in {piece, piece[0]} for piece in name.middle):
                    return True
        return False

    def _titled(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int]:
        """What follows Mr or Mrs: initials, first names, a surname, known or not."""
        end = at
        while end + 1 < len(tokens) and end - at < _REACH:
            more = tokens[end + 1]
            if end > at and tokens[end].ends:
                break
            if tokens[at].ends == ",":
                break
            particle = more.letters in name_words("particles")
            if not particle and (not more.capital or more.letters in no_names()):
                break
            if more.letters in name_words("titles") or any(sign.isdigit() for sign in more.letters):
                break
            end += 1
            if end > at + 1 and len(more.letters) > 1 and tokens[end].owns:
                break
        while end > at and (
            len(tokens[end].letters) == 1 or tokens[end].letters in name_words("particles")
        ):
            end -= 1
        if end == at:
            return None, at + 1
        last, first = tokens[end], tokens[at + 1]
        found, near = self._bearers(first, last) if end > at + 1 else (set[int](), False)
        made = self._mention(tokens, at + 1, end, "titled", frozenset(found))
        return replace(made, near=near), end + 1

    # --- parts of names ------------------------------------------------------------------

    def _part(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int] | None:
        token = tokens[at]
        letters = token.letters
        known = letters in self.people.by_name or letters in self.near
        if token.letters in self.initials and token.shouted:
            return self._mention(tokens, at, at, "initials", self.initials[letters]), at + 1
        if not known and (letters not in self._given or token.shouted):
            return None
        if len(letters) < 2 or letters in name_words("particles"):
            return None
        after = tokens[at + 1] if at + 1 < len(tokens) and not token.ends else None
        if after is not None and after.letters in cues("streets") and after.capital:
            return None, at + 2
        pair = self._pair(tokens, at, after)
        if pair is not None:
            return pair
        made = self._mention(tokens, at, at, "single")
        if letters not in self.people.by_name and letters in self.near:
            made = replace(made, near=True, near_names=frozenset(self.near[letters]))
        return made, at + 1

    def _pair(
        self, tokens: Sequence[Token], at: int, after: Token | None
    ) -> tuple[Mention, int] | None:
        """A first name with a surname that nobody known bears with it: somebody else."""
        token = tokens[at]
        if after is None or not token.capital or not after.capital or token.owns:
            return None
        bearing = self.people.by_name.get(token.letters)
        given = token.letters in self._given or (bearing is not None and bool(bearing.given))
        if not given:
            return None
        if len(after.letters) == 1:
            found = frozenset(self.people.with_initial(token.letters, after.letters))
            if not found and token.letters in wordy():
                return None
            form: Form = "whole" if found else "pair"
            return self._mention(tokens, at, at + 1, form, found), at + 2
        other = self.people.by_name.get(after.letters)
        surname = other is not None and bool(other.surname)
        if token.starts and token.letters in _MODAL:
            return None
        if not surname and (token.letters in wordy() or not self._may_be_surname(after)):
            return None
        if not surname and other is not None:
            return None  # Harry Ethan: two people in a row
        end = at + 1
        if after.letters in self._given and not after.ends and end + 1 < len(tokens):
            # Harry James Potter
            more = tokens[end + 1]
            end += more.letters not in self.people.by_name and self._may_be_surname(more)
        return self._mention(tokens, at, end, "pair"), end + 1

    def _may_be_surname(self, token: Token) -> bool:
        """Whether a word that nobody known bears looks like a surname behind a first name."""
        others = (no_names(), name_words("months"), name_words("titles"), _MODAL)
        return (
            token.capital
            and token.letters.isalpha()
            and len(token.letters) > 1
            and token.letters not in self.vocabulary.lower
            and not any(token.letters in words for words in others)
        )

    def _mention(
        self,
        tokens: Sequence[Token],
        first: int,
        last: int,
        form: Form,
        parties: frozenset[int] = frozenset(),
    ) -> Mention:
        some = tokens[first : last + 1]
        return Mention(
            tuple(range(some[0].first, some[-1].last + 1)),
            form,
            tuple(token.letters for token in some),
            parties,
            token=some[-1]._replace(starts=some[0].starts),
            before=tokens[first - 1].letters if first else "",
            after=tokens[last + 1].letters if last + 1 < len(tokens) else "",
        )
