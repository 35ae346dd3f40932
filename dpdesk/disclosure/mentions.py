"""Where names stand on a page, in whatever form, before it is decided who is meant.

A mention is whole words of a page: a whole name in any order, one with initials, one after Mr or
Mrs, or a first name or surname alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from dpdesk.disclosure.candidates import cues, name_words
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.name_tokens import (
    MODAL,
    REACH,
    NameTokens,
    Token,
    dotted_ends,
    first_names,
    is_crowned,
    is_initial,
    is_named_after,
    is_no_prose,
    is_program,
    last_initial,
    leads,
    may_be_small,
    may_stand_between,
    plurals,
    read_before,
    surname_begins,
    touching,
    usual_firsts,
    wordy,
)
from dpdesk.disclosure.vocabulary import WordStock

Form = Literal["whole", "titled", "pair", "single", "inside", "initials", "user", "careless"]
_BRIDGE: Final = 2
LOWER_LEAST: Final = 4
"""Letters of a name that is believed though it has a small letter."""


class Mention(NamedTuple):
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
    capital_after: bool = False
    """Whether the next word of the same sentence has a capital."""
    capital_before: bool = False
    """The same of the word before."""
    prose: bool = False
    """Whether it is a whole name of two words, both with small letters: may hall."""
    title: str = ""
    listed: bool = False
    """Whether it stands among other names."""
    several: bool = False
    """Whether it is in the plural."""


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
        self._several = plurals(names, self.vocabulary)
        self._hot = self.vocabulary.spelt({*names, *self.near, *self._given, *self._several})
        self._hot |= self.vocabulary.spelt({*self.inside, *self.initials})
        self._hot.update(w for w, kind in self.vocabulary.anchors.items() if kind == "title")
        self._hot |= self.vocabulary.dotted | self.vocabulary.initials
        self._live = {*names, *self.near, *self._given, *self._several, *self.inside}
        self._live |= {*self.initials, *self.people.middles, *name_words("titles")}
        self._live |= name_words("ranks")
        self._made = NameTokens(self.people, self.vocabulary)
        self._looked_at = self._hot | self._made.broken
        self._otherwise = {*self.near, *self._several}
        """Letters that may mean another name."""
        self._dull, self._alone = self._dulled()
        self._last = -1
        """The last word of the mention before."""

    def _dulled(self) -> tuple[set[str], set[str]]:
        """Words with a small letter that are no name beside others of them, and those alone.

        "will" and "may" stand on every page, and are nobody where no other name stands with them.
        """
        dull, alone = set[str](), set[str]()
        known = {*self.people.by_name, *self.people.middles, *self._given}
        usual = cues("usual")
        for word in self._hot:
            shape = self.vocabulary.shapes[word]
            if len(shape.parts) != 1 or shape.parts[0].capital or shape.broken:
                continue
            letters = shape.parts[0].letters
            if letters in self.inside or letters in self._several or letters in self.near:
                continue
            if letters in wordy() or letters not in known:
                dull.add(word)
            elif len(letters) < LOWER_LEAST or letters in usual:
                alone.add(word)
        return dull, alone | dull

    def on(self, words: Sequence[str]) -> Iterator[Mention]:
        """Every mention on a page, in the order of the file."""
        hot, looked_at = self._hot, self._looked_at
        places = [place for place, word in enumerate(words) if word in looked_at]
        if self._made.broken:
            places = [at for at in places if words[at] in hot or self._made.is_joined(words, at)]
        begin = 0
        for end, (last, following) in enumerate(pairwise((*places, len(words) + _BRIDGE + 2)), 1):
            if following - last <= _BRIDGE + 1:
                continue
            some = self._alone if begin + 1 == end else self._dull
            if not some.issuperset([words[at] for at in places[begin:end]]):
                yield from self._run(words, places[begin], last)
            begin = end

    def _run(self, words: Sequence[str], first: int, last: int) -> Iterator[Mention]:
        tokens = self._made.around(words, first, last)
        live = self._live
        at, self._last = 0, -1
        while at < len(tokens) and tokens[at].first <= last:
            letters = tokens[at].letters
            found = self._at(tokens, at) if letters in live or len(letters) <= 1 else None
            if found is None:
                at += 1
                continue
            mention, at = found
            if mention is not None:
                self._last = mention.indexes[-1]
                yield mention

    def _at(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int] | None:
        token = tokens[at]
        if token.capital and token.letters in name_words("titles"):
            if token.letters == "ms" and at + 1 < len(tokens) and is_program(tokens[at + 1]):
                return None
            return self._titled(tokens, at)
        if token.shouted and token.letters in name_words("ranks"):
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if after is None or not self._may_be_surname(after) or is_named_after(token, after):
                return None
            return self._titled(tokens, at)
        if token.dotted and (initials := self._initials(tokens, at)) is not None:
            return initials
        if token.letters in self.inside:
            return self._mention(tokens, at, at, "inside", self.inside[token.letters]), at + 1
        return self._whole(tokens, at) or self._turned(tokens, at) or self._part(tokens, at)

    def _initials(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """Initials with their dots and no surname after them."""
        for end in dotted_ends(tokens, at):
            letters = "".join(token.letters for token in tokens[at : end + 1])
            if letters not in self.initials or not tokens[at].capital:
                continue
            if end + 1 < len(tokens) and self._bearers(tokens[at], tokens[end + 1])[0]:
                return None
            return self._mention(tokens, at, end, "initials", self.initials[letters]), end + 1
        return None

    # --- whole names ---------------------------------------------------------------------

    def _ways(self, token: Token) -> tuple[tuple[str, bool], ...]:
        """How a token may be meant, and whether it is spelt nearly so only."""
        letters = token.letters
        if letters in self._several:
            return ((letters, False), (self._several[letters], False))
        if letters in self.near:
            return ((letters, False), *((name, True) for name in sorted(self.near[letters])))
        return ((letters, False),)

    def _bearers(self, given: Token, surname: Token) -> tuple[set[int], bool]:
        otherwise = self._otherwise
        if given.letters not in otherwise and surname.letters not in otherwise:
            return self.people.whole(given.letters, surname.letters), False
        for last, wrong in self._ways(surname):
            for first, wrong_too in self._ways(given):
                found = self.people.whole(first, last)
                if found:
                    return found, wrong or wrong_too
        return set(), False

    def _whole(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """First name or initial, perhaps others in between, then the surname."""
        first = tokens[at]
        for further in range(1, REACH + 1):
            if at + further >= len(tokens) or tokens[at + further - 1].ends:
                break
            last = tokens[at + further]
            if further > 1 and not may_stand_between(tokens[at + 1 : at + further]):
                break
            if len(last.letters) == 1 or (len(first.letters) == 1 and not first.capital):
                continue
            found, near = self._bearers(first, last)
            if not found:
                continue
            prose = not is_no_prose(first, last)
            if prose and not may_be_small(first, last, further):
                continue
            end = at + further
            while self._goes_on(tokens, end, found):
                end += 1
            made = self._mention(tokens, at, end, "whole", frozenset(found))
            return made._replace(near=near, prose=prose), end + 1
        return self._initial_of_another(tokens, at)

    def _initial_of_another(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """An initial before a surname that somebody bears, who is called otherwise."""
        if at + 1 >= len(tokens):
            return None
        first, last = tokens[at], tokens[at + 1]
        if len(first.letters) > 1 or not (first.capital and last.capital) or first.ends:
            return None
        bearing = self.people.by_name.get(last.letters)
        if bearing is None or not bearing.surname or not is_no_prose(first, last):
            return None
        return self._mention(tokens, at, at + 1, "pair"), at + 2

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
        if last.ends == "." or not (last.capital and first.capital) or len(last.letters) == 1:
            return None
        if len(first.letters) == 1 and not last.ends and self._is_given(last):
            return None  # May H.
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
            and (is_initial(tokens[end + 1]) or self._is_middle(tokens[end + 1], found))
        ):
            end += 1
        begin = surname_begins(tokens, at, self._last)
        made = self._mention(tokens, begin, end, "whole", frozenset(found))
        return made._replace(near=True) if near else made, end + 1

    def _is_given(self, token: Token) -> bool:
        bearing = self.people.by_name.get(token.letters)
        return token.letters in self._given or (bearing is not None and bool(bearing.given))

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
        while end + 1 < len(tokens) and end - at < REACH:
            more = tokens[end + 1]
            stops = tokens[end].ends if end > at else tokens[at].ends == ","
            if stops or not touching(tokens[end], more):
                break
            particle = more.letters in name_words("particles")
            if not particle and (not more.capital or more.letters in no_names()):
                break
            if more.letters in name_words("titles") or any(sign.isdigit() for sign in more.letters):
                break
            if end > at and self.people.is_parted(tokens[end].letters, more.letters, self._given):
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
        return made._replace(near=near, title=tokens[at].letters), end + 1

    # --- parts of names ------------------------------------------------------------------

    def _part(self, tokens: Sequence[Token], at: int) -> tuple[Mention | None, int] | None:
        token = tokens[at]
        letters = token.letters
        known = letters in self.people.by_name or letters in self.near or letters in self._several
        if token.letters in self.initials and token.shouted:
            return self._mention(tokens, at, at, "initials", self.initials[letters]), at + 1
        if not known and (letters not in self._given or token.shouted):
            return None
        if len(letters) < 2 or letters in name_words("particles"):
            return None
        after = tokens[at + 1] if at + 1 < len(tokens) and not token.ends else None
        after = after if after is not None and touching(token, after) else None
        if after is not None and after.letters in cues("streets") and after.capital:
            return None, at + 2
        pair = self._pair(tokens, at, after)
        if pair is not None:
            return pair
        back = self._pair_back(tokens, at)
        if back is not None:
            return back
        made = self._mention(tokens, at, at, "single")
        if letters in self._several:
            return made._replace(parts=(self._several[letters],), several=True), at + 1
        if letters not in self.people.by_name and letters in self.near:
            made = made._replace(near=True, near_names=frozenset(self.near[letters]))
        return made, at + 1

    def _pair(
        self, tokens: Sequence[Token], at: int, after: Token | None
    ) -> tuple[Mention, int] | None:
        """A first name with a surname that nobody known bears with it: somebody else."""
        token = tokens[at]
        if after is None or not token.capital or token.owns or not self._is_given(token):
            return None
        if is_crowned(tokens, at):
            return None
        if not after.capital:
            return self._pair_over_particles(tokens, at)
        if len(after.letters) == 1:
            end = last_initial(tokens, at + 1)
            found = frozenset(self.people.with_initial(token.letters, after.letters))
            found |= self.people.with_initial(token.letters, tokens[end].letters)
            if not found and (token.letters in wordy() or token.letters in usual_firsts()):
                return None
            return self._mention(tokens, at, end, "whole" if found else "pair", found), end + 1
        other = self.people.by_name.get(after.letters)
        surname = other is not None and bool(other.surname)
        if token.starts and token.letters in MODAL:
            return None
        if not surname and (token.letters in wordy() or not self._may_be_surname(after)):
            return None
        if not surname and (other is not None or is_named_after(token, after)):
            return None  # Harry Ethan: two people in a row; Carol Concert
        end = at + 1
        if after.letters in self._given and not after.ends and end + 1 < len(tokens):
            more = tokens[end + 1]  # Harry James Potter
            end += more.letters not in self.people.by_name and self._may_be_surname(more)
        while tokens[end].letters in name_words("particles") and not tokens[end].ends:
            if end + 1 >= len(tokens) or not self._may_be_surname(tokens[end + 1]):
                break
            end += 1  # Jean-Luc Le Roux
        return self._mention(tokens, at, end, "pair"), end + 1

    def _pair_over_particles(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """A first name with a surname behind small words: Lars van den Berg."""
        end = at + 1
        while end < len(tokens) and tokens[end].letters in name_words("particles"):
            if tokens[end].ends or not touching(tokens[end - 1], tokens[end]):
                return None
            end += 1
        if end == at + 1 or end >= len(tokens) or not self._may_be_surname(tokens[end]):
            return None
        return self._mention(tokens, at, end, "pair"), end + 1

    def _pair_back(self, tokens: Sequence[Token], at: int) -> tuple[Mention, int] | None:
        """A surname that somebody bears, after a first name that nobody knows."""
        if not at or self._last >= tokens[at - 1].first:
            return None
        token, before = tokens[at], tokens[at - 1]
        bearing = self.people.by_name.get(token.letters)
        if bearing is None or not bearing.surname or not token.capital or token.letters in wordy():
            return None
        if before.ends or before.starts or before.owns or not self._may_be_surname(before):
            return None
        return self._mention(tokens, at - 1, at, "pair"), at + 1

    def _may_be_surname(self, token: Token) -> bool:
        """Whether a word that nobody known bears looks like a surname behind a first name."""
        others = (no_names(), name_words("months"), name_words("titles"), MODAL)
        return (
            token.capital
            and token.letters.isalpha()
            and len(token.letters) > 1
            and (token.letters in wordy() or not self.vocabulary.is_word(token.letters))
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
            before=read_before(tokens[first - 1]) if first else "",
            after=tokens[last + 1].letters if last + 1 < len(tokens) else "",
            capital_after=last + 1 < len(tokens)
            and tokens[last + 1].capital
            and not tokens[last].ends,
            capital_before=bool(first)
            and leads(tokens[first - 1], some[0])
            and tokens[first - 1].letters not in no_names(),  # it may begin a line: Then Grace
        )
