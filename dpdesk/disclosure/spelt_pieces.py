"""Words of a page in the pieces of which a spelt out name may consist, and how it is read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from dpdesk.disclosure.vocabulary import WordShape

_SIGNS: Final = frozenset(".·•-\u00ad\u2010\u2011\u2012\u2013\u2014_*/|~'’")
"""What may stand between the letters of one name."""


_PIECE: Final = 2
"""Letters of the shortest piece that is no letter by itself."""


class Piece(NamedTuple):
    """A run of letters in a word, and whether it may go on from the one before."""

    letters: str
    """Empty for what has figures."""
    capital: bool
    shouted: bool
    place: int
    cut: bool
    """Whether something stands before it that parts it from what came before."""
    dotted: bool
    tail: str
    """What is read behind it, where a word ends with it."""


class SpeltGroup(NamedTuple):
    """A name or a rest: its first and last piece, and its letters."""

    first: int
    last: int
    letters: str
    named: bool = True


class SpeltWhole(NamedTuple):
    """Pieces that are read together, as these names and rests."""

    first: int
    last: int
    groups: tuple[SpeltGroup, ...]
    weight: int
    """Letters of names that it holds."""


def pieces_of(
    words: Sequence[str], first: int, last: int, shapes: Mapping[str, WordShape]
) -> Iterator[Piece]:
    """The pieces of some words, the first and the last of them included."""
    cut, single, dotted = True, False, False
    for place in range(first, min(len(words), last + 1)):
        word, made = words[place], shapes[words[place]]
        if not made.parts:
            cut = cut or len(word) > 1 or word not in _SIGNS
            continue
        cut = cut or not (word[0].isalpha() or word[0] in _SIGNS)
        for number, part in enumerate(made.parts):
            # The full stop of a letter parts nothing where those beside it have one too.
            lettered = cut or not single or dotted
            single = len(part.letters) == 1
            dotted = single and "." in word
            final = number == len(made.parts) - 1
            if final and dotted and not lettered:
                lettered = any(_is_initial(each) for each in words[place + 1 : place + 2])
            parted = final and _parts(word, made, lettered=lettered and dotted)
            tail = ("’s" if made.owns else "") + made.ends if parted else ""
            letters = part.letters if part.letters.isalpha() else ""
            yield Piece(letters, part.capital, part.shouted, place, cut, dotted, tail)
            cut = parted


def _is_initial(word: str) -> bool:
    return len(word) > 1 and word[0].isalpha() and word[1] == "."


def _parts(word: str, made: WordShape, *, lettered: bool) -> bool:
    """Whether a word ends what is spelt out; ``lettered``: its full stop is one of an initial."""
    if made.owns or made.ends == ",":
        return True
    if made.ends == ".":
        return not lettered
    return not (word[-1].isalpha() or word[-1] in _SIGNS)


def runs(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where several single letters follow each other."""
    begin = 0
    for at, piece in enumerate(pieces):
        if len(piece.letters) != 1:
            if at - begin > 1:
                yield begin, at - 1
            begin = at + 1
        elif piece.cut:
            if at - begin > 1:
                yield begin, at - 1
            begin = at
    if len(pieces) - begin > 1:
        yield begin, len(pieces) - 1


def is_cased(pieces: Sequence[Piece]) -> bool:
    """Whether the capitals of some pieces are those of one name: SM I TH, Sm i th, sm i th."""
    first, *others = pieces
    if not any(piece.capital for piece in others):
        return not first.shouted
    return all(piece.capital and (piece.shouted or len(piece.letters) == 1) for piece in pieces)


def as_read(pieces: Sequence[Piece], letters: str, *, ends: bool = True) -> str:
    """A name as it is to be read: with a capital, as it is no word of a sentence.

    ``ends``: whether the last of its pieces holds nothing of the next name.
    """
    shouted = all(piece.capital and (piece.shouted or len(piece.letters) == 1) for piece in pieces)
    if len(letters) > 1 or shouted:
        letters = letters.upper() if shouted else letters.title()
    return letters + (pieces[-1].tail if ends else "")


def torn_names(names: Iterable[str], words: Container[str]) -> Iterator[tuple[str, ...]]:
    """Names in two pieces or three of several letters, all of them words: HAR RY, Eth an."""
    for name in names:
        for at in range(_PIECE, len(name) - _PIECE + 1):
            one, two = name[:at], name[at:]
            if one not in words:
                continue
            if two in words:
                yield one, two
            for middle in range(_PIECE, len(two) - _PIECE + 1):
                if two[:middle] in words and two[middle:] in words:
                    yield one, two[:middle], two[middle:]
