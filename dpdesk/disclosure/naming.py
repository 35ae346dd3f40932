"""Other forms of a name: turned round, with initials, in an e-mail address, spelt nearly the same.

Whoever looks for Daniel Harper wants to see "HARPER, Daniel", "D. Harper" and "Daniel J. Harper"
too, and to be asked about "Harpur".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.disclosure.letters import NAME_LETTERS, NOT_LETTERS, folded
from dpdesk.documents.pages import Word
from dpdesk.registers.same_person import distance

_BETWEEN: Final = 2  # names that may stand between the first and the last
_NEAR_LEAST: Final = 5  # letters; shorter names are near to too many others
_NEAR_TWO: Final = 9  # letters from which two may differ
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "master"})
_OWNING: Final = re.compile("['’]s[^\\w]?$")
_ADDRESS: Final = re.compile(r"([^\s@<>()\[\],;:\"]{1,64})@")  # 64 is the most that mail allows
_ENDS: Final = (",", ";", ":", ".", "!", "?", ")")
_FIGURES: Final = str.maketrans("0135", "olls")  # what a scanner reads for letters


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the page as letters, by its place, as it is written there."""

    letters: str
    place: int
    capital: bool
    ends: bool
    """Whether a sign after it ends a sentence or a part of one."""


class NameForms:
    """The forms of one name. ``pieces`` are its parts as letters, the last the surname."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = tuple(pieces)
        self._first, self._last = pieces[0], pieces[-1]
        self._near: dict[str, bool] = {}
        self._several = (
            len(pieces) > 1
            and all(piece.isalpha() for piece in pieces)
            and min(len(self._first), len(self._last)) >= NAME_LETTERS - 1
        )
        self._like = [piece for piece in pieces if len(piece) >= _NEAR_LEAST and piece.isalpha()]

    def forms(
        self, words: Sequence[Word], known: set[str], taken: Collection[int]
    ) -> Iterator[tuple[int, ...]]:
        """Places of the name in another form.

        ``known`` are the words of the page as letters, ``taken`` the places of whole names.
        """
        if not self._several or self._last not in known:
            return
        if self._first not in known and self._first[0] not in known:
            return
        tokens = _tokens(words)
        for number, token in enumerate(tokens):
            if token.letters != self._last or not token.capital or token.place in taken:
                continue
            first = self._before(tokens, number)
            if first is not None:
                yield tuple(range(tokens[first].place, token.place + 1))
            last = self._after(tokens, number)
            if last is not None and (token.ends or _beside(words, token, tokens[last])):
                yield tuple(range(token.place, tokens[last].place + 1))

    def addresses(self, words: Sequence[Word]) -> Iterator[tuple[int, ...]]:
        """Places of e-mail addresses made of the name, as schools and offices make them."""
        if not self._several:
            return
        for place, word in enumerate(words):
            if "@" in word.text and any(map(self._is_address, _ADDRESS.findall(word.text))):
                yield (place,)

    def _is_address(self, box: str) -> bool:
        """Whether the part before the @ is the name: d.harper, harperd, daniel.j.harper, danielh.

        A number in it does not matter: it is a year, or tells namesakes apart.
        """
        first, last = self._first, self._last
        parts = [part for part in re.split(r"[\W\d_]+", folded(box)) if part]
        if len(parts) == 1:
            made = (first + last, first[0] + last, last + first, last + first[0], first + last[0])
            return parts[0] in made
        given = (first, first[0])
        return bool(parts) and (
            (parts[0] in given and parts[-1] == last) or (parts[0] == last and parts[1] in given)
        )

    def _before(self, tokens: Sequence[_Token], number: int) -> int | None:
        """Where the first name stands before a surname, with initials or names in between."""
        for first in range(number - 1, max(-1, number - 2 - _BETWEEN), -1):
            token = tokens[first]
            if not token.capital or (token.ends and len(token.letters) > 1):
                return None
            if token.letters in _TITLES:
                return None
            if self._is_initial(token):
                # The initials before it are of the same person.
                return first
            if token.letters == self._first:
                return first
        return None

    def _after(self, tokens: Sequence[_Token], number: int) -> int | None:
        """Where the first name or its initial stands behind a surname, as in a list."""
        if number + 1 >= len(tokens) or not tokens[number + 1].capital:
            return None
        token = tokens[number + 1]
        if token.letters != self._first and not self._is_initial(token):
            return None
        last = number + 1
        middle = self._pieces[1:-1]
        for step, piece in enumerate(middle, number + 2):
            if step >= len(tokens) or tokens[step].letters not in {piece, piece[0]}:
                break
            last = step
        return last

    def _is_initial(self, token: _Token) -> bool:
        return token.capital and token.letters == self._first[0]

    def nearly(
        self, words: Sequence[Word], known: set[str], taken: Collection[int]
    ) -> Iterator[tuple[int, ...]]:
        """Places of words that are spelt nearly like the name, beside those ``taken`` already."""
        if not self._like:
            return
        fresh = known.difference(self._near)
        if fresh:
            self._near.update((token, self._is_near(token)) for token in fresh)
        if not any(self._near[token] for token in known):
            return
        tokens = _tokens(words)
        for number, token in enumerate(tokens):
            if not self._near[token.letters] or not token.capital or token.place in taken:
                continue
            # The rest of the name stands with it, right or nearly so. In a list the name itself
            # may stand before or after it, and is somebody else.
            first, last = number, number
            while first > 0 and self._belongs(tokens[first - 1], taken):
                first -= 1
            while last + 1 < len(tokens) and self._belongs(tokens[last + 1], taken):
                last += 1
            yield tuple(range(tokens[first].place, tokens[last].place + 1))

    def _belongs(self, token: _Token, taken: Collection[int]) -> bool:
        return (
            token.capital
            and token.place not in taken
            and (token.letters in self._pieces or self._near.get(token.letters, False))
        )

    def _is_near(self, token: str) -> bool:
        if not token or token.isdecimal():
            return False
        return any(_nearly(token, piece) for piece in self._like)


def _beside(words: Sequence[Word], one: _Token, two: _Token) -> bool:
    """Whether two words stand on one line: in a list, the next line is somebody else."""
    a, b = words[one.place].box, words[two.place].box
    return min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.height, b.height)


def _tokens(words: Sequence[Word]) -> list[_Token]:
    found = []
    for place, word in enumerate(words):
        text = _OWNING.sub("", word.text)
        letters = [piece for piece in NOT_LETTERS.split(folded(text)) if piece]
        written = [piece for piece in NOT_LETTERS.split(text) if piece]
        ends = word.text.endswith(_ENDS)
        for number, piece in enumerate(letters):
            shown = written[number] if number < len(written) else text
            last = number == len(letters) - 1
            found.append(_Token(piece, place, not shown[:1].islower(), ends and last))
    return found


def _nearly(token: str, piece: str) -> bool:
    """Whether a word differs from a name in one letter, or in two where it is long."""
    allowed = 2 if len(piece) >= _NEAR_TWO else 1
    if abs(len(token) - len(piece)) > allowed or token == piece:
        return False
    if piece in token:
        return False  # found in any case
    plain = token.translate(_FIGURES)
    if plain[0] != piece[0] and len(piece) < _NEAR_TWO:
        return False
    return distance(plain, piece, allowed) <= allowed
