"""Words within the formulas and names of an old Excel workbook; used inside workers only.

Source: Microsoft's [MS-XLS]: a formula is one token after the other, each of a length of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_WORDS, _SPECIAL, _CHOOSE = 0x17, 0x19, 0x04
_LENGTHS: Final = {
    0x01: 4, 0x02: 4, **dict.fromkeys(range(0x03, 0x17), 0), 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8,
    0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4, 0x24: 4, 0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2,
    0x2A: 4, 0x2B: 8, 0x2C: 4, 0x2D: 8, 0x39: 6, 0x3A: 6, 0x3B: 10, 0x3C: 6, 0x3D: 10,
}  # fmt: skip
"""Bytes that follow a token."""
_FORMULA, _SHARED, _NAME = 0x06, 0x4BC, 0x18
_BUILT_IN: Final = 0x20
KINDS: Final = frozenset({_FORMULA, _SHARED})
NAME: Final = _NAME
_HEAD: Final = 14
"""Bytes of a name before its letters."""


def in_formula(kind: int, content: bytes) -> Iterator[str]:
    """The words in a record that holds the formula of a cell, or one of several cells."""
    at = 20 if kind == _FORMULA else 8
    length = int.from_bytes(content[at : at + 2], "little")
    yield from _words(content[at + 2 : at + 2 + length])


def _words(formula: bytes) -> Iterator[str]:
    at = 0
    while at < len(formula):
        token = formula[at]
        at += 1
        if token == _WORDS:
            wide = 2 if formula[at + 1] & 1 else 1
            end = at + 2 + wide * formula[at]
            yield formula[at + 2 : end].decode("utf-16-le" if wide == 2 else "latin-1", "replace")
            at = end
        elif token == _SPECIAL:
            choices = int.from_bytes(formula[at + 1 : at + 3], "little")
            at += 3 + (2 * (choices + 1) if formula[at] & _CHOOSE else 0)
        else:
            plain = token & 0x1F | 0x20 if token >= 0x40 else token
            if plain not in _LENGTHS:
                return  # what follows cannot be told apart any more
            at += _LENGTHS[plain]


def of_name(content: bytes) -> Iterator[tuple[str, str]]:
    """What a name is called, the words that it stands for, and what is remarked on it."""
    flags, count = content[0], content[3]
    length = int.from_bytes(content[4:6], "little")
    name, at = _letters(content, _HEAD, count)
    if flags & _BUILT_IN:
        return
    yield "Name of a place", name
    for words in _words(content[at : at + length]):
        yield "A name that stands for words", words
    at += length
    for place in range(10, 14):
        if content[place]:
            words, at = _letters(content, at, content[place])
            yield f"Remark on the name {name}", words


def _letters(content: bytes, at: int, count: int) -> tuple[str, int]:
    wide = 2 if content[at] & 1 else 1
    end = at + 1 + wide * count
    raw = content[at + 1 : end]
    return raw.decode("utf-16-le" if wide == 2 else "latin-1", "replace"), end
