"""Compares what a file says of a word with what was read from its picture, letter by letter.

The engine that reads pictures makes mistakes of its own: small ones in signs of mathematics, in
letters with marks, in other alphabets. What it is known to take for each other says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal

from dpdesk.law.accents import in_form
from dpdesk.law.folding import fold, in_latin

Vote = Literal["true", "false"]
TRUE: Final = "true"
FALSE: Final = "false"
Compared = Mapping[int, tuple[Vote, str]]
"""Of each glyph of a word: whether it was read as said, and what was read for it."""

_SURE: Final = 70  # of 100: a word that is read less surely says nothing against its font
_QUITE_SURE: Final = 85  # where the engine does not know the alphabet, or marks on letters
_OTHERS: Final = 0.5  # of the letters of both words in common: less is another word
_SAME: Final = 0.6
_A_WORD: Final = 3  # letters; what is shorter is read from a bullet or a tick too
_BESIDE: Final = 2  # letters read as said on each side, between which one that is missed counts
_LIKE: Final = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "j": "l", "0": "o"})
"""Signs that look the same in some typefaces."""
_FIGURES: Final = frozenset({"5s", "8b", "2z", "6g", "6b", "9g", "9q", "od", "oq", "4a", "7t"})
"""A figure and the letter for which the engine takes it; a search takes them for each other too."""
_SYMBOLS: Final = ("Sm", "So", "Sk")
_NAME: Final = re.compile(r"[A-Z]?[a-z]*[^\w\s][a-z]*(?:[.,;:]|['’]s)?")
"""A word with a sign that is no letter where a letter of a name may be."""
_MISTAKEN: Final = ("aoecgqs", "uvylnm", "nhmrkf", "szx", "bdphk", "ltfr")
"""Letters any of which the engine may take for another of the same row when it bears a mark."""


def is_plain(code: int) -> bool:
    """Whether a sign is a letter or figure that the engine knows well."""
    return code < 0x80 and chr(code).isalnum()


def compare(said: Sequence[tuple[int, str]], read: str, sure: float) -> Compared:
    """Compares the signs of a word with their glyphs, and what was read so surely (of 100)."""
    letters: list[str] = []
    owners: list[int] = []
    for place, (_number, sign) in enumerate(said):
        for letter in _letters(sign):
            letters.append(letter)
            owners.append(place)
    there, got = "".join(letters), _letters(read)
    if there == got:
        return {number: (TRUE, "") for number, _sign in said if number >= 0} if got else {}
    alike = SequenceMatcher(None, there, got, autojunk=False)
    ratio = alike.ratio()
    if ratio < _OTHERS:
        plain = sum(bool(sign) and is_plain(ord(sign[0])) for _number, sign in said)
        strange = 2 * plain < len(said)
        least, long = (_QUITE_SURE, _A_WORD + 1) if strange else (_SURE, _A_WORD)
        if sure < least or len(got) < long:
            return {}
        return {number: (FALSE, "") for number, _sign in said if number >= 0}
    if ratio < _SAME:
        return {}
    return _by_letter(said, owners, alike, got, sure)


def _by_letter(
    said: Sequence[tuple[int, str]],
    owners: Sequence[int],
    alike: SequenceMatcher[str],
    got: str,
    sure: float,
) -> Compared:
    found: dict[int, tuple[Vote, str]] = {}
    is_name = _NAME.fullmatch("".join(sign for _number, sign in said)) is not None
    steps = [("equal", 0, 0, 0, 0), *alike.get_opcodes(), ("equal", 0, 0, 0, 0)]
    for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
        what, start, end, first, last = step
        beside = (before[2] - before[1], after[2] - after[1])
        places = sorted(set(owners[start:end]))
        if what == "equal":
            for place in places:
                found.setdefault(said[place][0], (TRUE, ""))
            continue
        if what == "insert":
            # It was drawn by a sign that says no letter.
            left = owners[start - 1] if start else -1
            right = owners[start] if start < len(owners) else len(said)
            places = list(range(left + 1, right))
        for place in places:
            number, sign = said[place]
            found.pop(number, None)
            if sign and unicodedata.category(sign[0]) in _SYMBOLS and not is_name:
                continue  # of mathematics, in which much is taken for letters
            if number >= 0 and _counts(sign, got[first:last], sure, beside):
                found[number] = (FALSE, got[first:last])
    found.pop(-1, None)
    return found


def _counts(sign: str, read: str, sure: float, beside: tuple[int, int]) -> bool:
    """Whether it says something against a glyph that it was read so between its neighbours."""
    if not read:
        return sure >= _SURE and min(beside) >= _BESIDE
    if sign.isascii():
        return sure >= _SURE and not {_letters(sign) + read, read + _letters(sign)} & _FIGURES
    if sure < _QUITE_SURE or max(beside) <= _BESIDE:
        return False
    base = _letters(sign)
    if not sign.isalnum():
        return True
    marked = in_form("NFKD", sign)[0]
    if not marked.isascii() or len(base) != 1:
        return False  # of another alphabet, in which many letters look like ours
    return len(read) == 1 and not any(base in row and read in row for row in _MISTAKEN)


def _letters(text: str) -> str:
    plain = in_latin(fold(in_form("NFKC", text)))
    return "".join(sign for sign in plain if sign.isalnum()).translate(_LIKE)
