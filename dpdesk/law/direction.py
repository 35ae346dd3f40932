"""Words that run from right to left: their letters in the order in which they stand on paper.

A PDF holds letters as they are drawn, from the left. Readers turn them round when they copy or
search (Unicode Standard Annex 9); a word stored as it is spoken would come out reversed.
"""

from __future__ import annotations

import re
from typing import Final

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT: Final = re.compile("[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9]+")


def runs_left(text: str) -> bool:
    """Whether a word has letters that are written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def turned_round(word: str) -> str:
    """The signs of a word from left to right as they stand on paper, or back again.

    Figures and Latin letters in it keep their order. Words from left to right stay as they are.
    """
    if not runs_left(word):
        return word
    return _LEFT_TO_RIGHT.sub(lambda run: run[0][::-1], word[::-1])
