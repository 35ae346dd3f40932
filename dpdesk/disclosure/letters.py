"""Words as nothing but letters, so that a name is found however it is written.

A reading is the letters of some words in some order, without spaces, accents, capitals and
signs, and for each letter the word it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.documents.pages import Word
from dpdesk.law.folding import fold

NOT_LETTERS: Final = re.compile(r"[\W_]+")
WILD: Final = "\ua78f"
"""Stands in a reading for a letter that cannot be read: a letter that no name has."""

NAME_LETTERS: Final = 3
"""Shorter names stay apart from figures: class 4B is no B."""

_POSSESSIVE = re.compile(r"['’‘ʼ`´′]")  # noqa: RUF001 — these are what is looked for
_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")
_CYRILLIC = (
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441"
    "\u0442\u0443\u0445\u0455\u0456\u0458\u04bb\u0501"
)
_GREEK = "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
_SEEN_ALIKE = (
    str.maketrans(_CYRILLIC, "abekmhopctyxsijhd")
    | str.maketrans(_GREEK, "abezhikmnoptyx")
    | str.maketrans("\u0649\u06cc\u06a9\u0629\u06d5", "\u064a\u064a\u0643\u0647\u0647")
    | {0x0640: None}
)
"""Letters whose capitals or smalls look like ours, those that Arabic, Persian and Urdu keyboards
write in two ways, and the stroke that stretches Arabic words."""
_PLAIN_SIGNS = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("•", "*"))
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_LAM_ALEF = ("\u0644\u0627", "\u0627\u0644")  # one sign on paper, so it is never turned round
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Signs that take no room: where a word may be broken, how it is joined, which way it runs."""
_UNSEEN_RUN: Final = re.compile(f"[{_UNSEEN}]+")
_UNSEEN_GAP: Final = re.compile(f"(?<=[A-Za-z])[{_UNSEEN}]+(?=[A-Z])")
"""They may stand for a space there."""
_ABROAD = "44"
_PHONE_FIGURES = 10
_UNREADABLE = re.compile(
    "[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\U000f0000-\U0010ffff]"
    # A question mark among letters is what other programs put for those that they lack.
    r"|(?<=[^\W_])\?(?=\?*[^\W_])|(?<![^\s(\[\"“'‘])\?(?=\?*[^\W_])|(?<=[^\W_]\?)\?(?=\?*[^\W_])"
)


@dataclass(frozen=True, slots=True)
class LetterReading:
    """One way to read words: letters only, and for each letter the place of its word."""

    letters: str
    owner: tuple[int, ...]
    starts: frozenset[int]
    token_starts: frozenset[int]
    token_ends: frozenset[int]

    def is_whole(self, at: int, end: int) -> bool:
        """Whether words begin and end here; the number of a footnote or account is no letter."""
        letters = self.letters
        begins, ends = at in self.token_starts, end in self.token_ends
        if begins and ends:
            return True
        if end - at < NAME_LETTERS:
            return False
        begins = begins or (letters[at].isalpha() and letters[at - 1].isdecimal())
        return begins and (ends or (letters[end - 1].isalpha() and letters[end].isdecimal()))

    def is_inside(self, at: int, end: int, last: int) -> bool:
        """Whether this is part of a longer word in earnest, ``last`` being where its last is.

        ``last`` is negative where a single word is sought.
        """
        # Within one word anything goes; across words, only what begins and ends with them, or
        # "now" and "than" would make an Ann... A word broken by a hyphen counts as one.
        if not any(at < start < end for start in self.starts):
            return True
        return (
            last >= 0
            and at in self.token_starts
            and last in self.token_starts
            and not any(last < start < end for start in self.starts)
        )


def folded(words: str) -> str:
    """Lower case without accents, with letters that look alike made the same."""
    if not words.isascii():
        for sign, plain_sign in _PLAIN_SIGNS:
            words = words.replace(sign, plain_sign)
    plain = fold(words)
    return plain if plain.isascii() else plain.translate(_SEEN_ALIKE)


def has_unseen(word: str) -> bool:
    """Whether a word is another one without the signs in it that nobody sees."""
    return not word.isascii() and as_seen(word) != word


def as_seen(word: str) -> str:
    """A word without the signs in it that nobody sees; where it ends in one, it may go on."""
    bare = word.rstrip(_UNSEEN)
    seen = _UNSEEN_RUN.sub("", _UNSEEN_GAP.sub("-", bare))
    if len(bare) < len(word) and seen.isalpha():
        return seen + "\u00ad"
    return seen or word


def plain_words(words: str) -> str:
    """Words as letters with a space between them, so that the same words are one text."""
    return " ".join(piece for piece in NOT_LETTERS.split(folded(words)) if piece)


def readings(
    words: Sequence[Word], *, joined: frozenset[int] = frozenset(), wild: bool = False
) -> Iterator[LetterReading]:
    """The words in the order given, once with apostrophes within words and once parted by them.

    ``joined`` are places of words that go on where the one before ends; ``wild`` takes signs
    that cannot be read for letters.
    """
    texts = [word.text for word in words]
    if wild:
        texts = [_with_wild(text) for text in texts]
    broken = frozenset(place for place, text in enumerate(texts) if text.endswith(_HYPHENS))
    for parting in (False, True):
        parted = [_POSSESSIVE.sub(" ", text) for text in texts] if parting else texts
        yield _reading(_tokens_of_each(parted), joined, broken)


def _tokens_of_each(texts: Sequence[str]) -> list[list[str]]:
    """The letters of each word, in pieces where a sign parts them."""
    each = folded("\n".join(texts)).split("\n")
    return [
        [one] if one.isalnum() else [token for token in NOT_LETTERS.split(one) if token]
        for one in each
    ]


def _reading(
    tokens: Sequence[Sequence[str]], joined: frozenset[int], broken: frozenset[int]
) -> LetterReading:
    letters: list[str] = []
    owner: list[int] = []
    starts: set[int] = set()
    token_starts: set[int] = set()
    token_ends: set[int] = set()
    place = 0
    may_go_on = False
    for index, pieces in enumerate(tokens):
        # A word broken at the end of a line may go on in the next one. It may also just end in
        # a dash, so both readings count: a name must not be missed for the sake of a dash.
        goes_on = index in joined
        if not may_go_on and not goes_on:
            starts.add(place)
        for number, token in enumerate(pieces):
            if number or not goes_on:
                token_starts.add(place)
            else:
                token_ends.discard(place)
            letters.append(token)
            owner += [index] * len(token)
            place += len(token)
            token_ends.add(place)
        if pieces:
            may_go_on = index in broken
    return LetterReading(
        "".join(letters),
        tuple(owner),
        frozenset(starts),
        frozenset(token_starts),
        frozenset(token_ends),
    )


def tokens_of(text: str) -> set[str]:
    """The different words of a text as letters, with and without what follows an apostrophe."""
    plain = folded(text)
    tokens = set(NOT_LETTERS.split(plain))
    if "'" in text or "’" in text:
        tokens.update(NOT_LETTERS.split(folded(_POSSESSIVE.sub(" ", text))))
    tokens.discard("")
    return tokens


def is_unreadable(text: str) -> bool:
    """Whether a word has a letter that cannot be read; a sign all by itself is a bullet."""
    return _UNREADABLE.search(text) is not None


def _with_wild(text: str) -> str:
    if not is_unreadable(text) or not any(letter.isalnum() for letter in text):
        return text
    return _UNREADABLE.sub(WILD, text)


def spellings(pieces: Sequence[str]) -> tuple[str, ...]:
    """What is sought as letters, and the other ways in which a file may hold the same.

    A telephone number is written at home or abroad, or without its first nought, as spreadsheets
    do; words from right to left may be stored in the order in which they are read, or in that in
    which they are printed. The longest comes first.
    """
    plain = "".join(pieces)
    if plain.isdecimal() and len(plain) >= _PHONE_FIGURES:
        return _phone_spellings(plain)
    if _RIGHT_TO_LEFT.search(plain):
        # Letters turned round, words turned round, both.
        turned = [piece[::-1] for piece in pieces]
        found = [plain, *("".join(way) for way in (turned, pieces[::-1], turned[::-1]))]
        found += [way.replace(_LAM_ALEF[1], _LAM_ALEF[0]) for way in found[1:]]
        return tuple(dict.fromkeys(found))
    return (plain,)


def _phone_spellings(plain: str) -> tuple[str, ...]:
    rest = plain
    for beginning in (f"00{_ABROAD}0", f"00{_ABROAD}", f"{_ABROAD}0", _ABROAD, "0"):
        if plain.startswith(beginning) and len(plain) - len(beginning) >= _PHONE_FIGURES - 1:
            rest = plain.removeprefix(beginning)
            break
    ways = {f"00{_ABROAD}{rest}", f"{_ABROAD}{rest}", f"0{rest}", rest, plain}
    return tuple(sorted(ways, key=len, reverse=True))


def wild_matches(
    reading: LetterReading, plain: str, *, anywhere: bool
) -> Iterator[tuple[int, int]]:
    """Where the letters sought fit, signs that cannot be read being taken for any letter.

    ``anywhere``: also inside words. At least half the letters, and two, must be there to read.
    """
    if len(plain) < NAME_LETTERS:
        return
    letters, needed = reading.letters, max(2, (len(plain) + 1) // 2)
    seen: set[int] = set()
    at = letters.find(WILD)
    while at >= 0:
        first = max(0, at - len(plain))
        for start in range(first, at + 1):
            fits = letters[start] in (plain[0], WILD)
            if fits and start not in seen and (anywhere or start in reading.token_starts):
                seen.add(start)
                end = _wild_end(letters, start, plain, needed)
                if end:
                    yield start, end
        at = letters.find(WILD, at + 1)


_LIGATURES: Final = ("ffi", "ffl", "ff", "fi", "fl", "tt", "ti", "th", "ft", "st", "ct")


def _wild_end(letters: str, start: int, plain: str, needed: int) -> int:
    """Where the letters sought end, if they begin at ``start``; 0 where they do not."""
    states = {0: 0}  # letters sought that are used up: how many of them could be read
    for place in range(start, min(len(letters), start + 2 * len(plain))):
        sign = letters[place]
        after: dict[int, int] = {}
        for used, read in states.items():
            if sign == WILD:
                steps = [1, *(len(each) for each in _LIGATURES if plain.startswith(each, used))]
                if used:
                    steps.append(0)  # a letter and its accent may be two signs
                for step in steps:
                    after[used + step] = max(read, after.get(used + step, 0))
            elif plain[used] == sign:
                after[used + 1] = max(read + 1, after.get(used + 1, 0))
        if after.pop(len(plain), 0) >= needed:
            return place + 1
        after.pop(len(plain), None)
        if not after:
            return 0
        states = after
    return 0
