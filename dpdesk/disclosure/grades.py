"""Capital letters behind a name that are none of its initials: marks, D O B, Q & A."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_REACH: Final = 24
"""Words on either side of a place that are looked at: marks of some people in a row."""
_BETWEEN: Final = 3
"""Words between the marks of one person and those of the next: a name."""
_BEFORE: Final = 6
"""Words before some marks in which a heading may say what they are."""
_MARK: Final = re.compile(r"[(]?([A-EU])([*+-]?)[,;:)]?")
_SAID: Final = re.compile(r"(?:grades|marks|results|levels)\W?", re.IGNORECASE)
_BORN: Final = re.compile(r"d\.?o\.?b\W{0,2}", re.IGNORECASE)
_LETTER: Final = re.compile(r"[A-Z]\W?")
_TOGETHER: Final = re.compile(r"[A-Z]&[A-Z]\W{0,2}")


def no_initials(words: Sequence[str], first: int, last: int) -> frozenset[int]:
    """The places around those given, of words with capital letters that belong to no name."""
    start = max(0, first - _REACH)
    near = words[start : last + 1 + _REACH]
    found = {*_labels(near), *_marks(near)}
    return frozenset(start + at for at in found)


def _labels(words: Sequence[str]) -> Iterator[int]:
    for at, word in enumerate(words):
        if _BORN.fullmatch(word) or _TOGETHER.fullmatch(word):
            yield at
        some = words[at : at + 3]
        if len(some) < 3 or len(word) > 2:
            continue
        born = len(some[1]) < 3 and _BORN.fullmatch("".join(some))
        if born or (some[1] == "&" and _LETTER.fullmatch(word) and _LETTER.fullmatch(some[2])):
            yield from range(at, at + 3)


def _marks(words: Sequence[str]) -> Iterator[int]:
    """Two or more letters of marks in a row, where more than their being so speaks for marks."""
    rows: list[list[int]] = []
    for at, word in enumerate(words):
        if _MARK.fullmatch(word):
            if rows and rows[-1][-1] == at - 1:
                rows[-1].append(at)
            else:
                rows.append([at])
    rows = [row for row in rows if len(row) > 1 and not _goes_on(words, row)]
    for number, row in enumerate(rows):
        beside = (*rows[max(0, number - 1) : number], *rows[number + 1 : number + 2])
        near = any(
            0 < max(row[0], other[0]) - min(row[-1], other[-1]) - 1 <= _BETWEEN for other in beside
        )
        letters = [words[at].strip("(),;:") for at in row]
        plain = {letter[0] for letter in letters}
        said = any(_SAID.fullmatch(word) for word in words[max(0, row[0] - _BEFORE) : row[0]])
        if near or said or len(plain) < len(row) or any(len(letter) > 1 for letter in letters):
            yield from row


def _goes_on(words: Sequence[str], row: Sequence[int]) -> bool:
    """Whether a letter that is no mark stands with those of a row: they are initials then."""
    sides = (row[0] - 1, row[-1] + 1)
    return any(0 <= at < len(words) and _LETTER.fullmatch(words[at]) for at in sides)
