"""Tells words that nobody can read although their letters leave ink; used inside workers only.

Letters set so small that a line of them is a rule, pressed together, set upon each other, or mostly
beyond the edge of the page: a reader of the page sees a dot or a dash, a reader of the file reads a
name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dpdesk.documents.overdrawn import is_small_or_piled
from dpdesk.documents.pages import Box

Sides = tuple[float, float, float, float]
"""Left, bottom, right and top in the coordinates of the file, in points."""

_LETTERS: Final = 3  # shorter words have no length that would tell
_SMALLEST: Final = 2.5  # points: the height of a line; smaller ones cannot be told from a rule
_NARROWEST: Final = 0.11  # of the height of its line a letter takes, in the narrowest of types
_ON_THE_PAGE: Final = 0.5  # of the place of a word, at least


def is_illegible(letters: int, outline: Sides, reaches: Sequence[Sides]) -> bool:
    """Whether a word of so many letters and figures is too small or too narrow to be read.

    ``outline`` is that of the whole word, ``reaches`` say for each of its signs how far its line
    reaches around it.
    """
    if len(reaches) < _LETTERS or not letters:
        return False
    length, size = _measured(outline, reaches)
    return size < _SMALLEST or length < letters * _NARROWEST * size


def is_hard(letters: int, outline: Sides, reaches: Sequence[Sides]) -> bool:
    """Whether it can hardly be read, as print for which one needs a glass."""
    if len(reaches) < _LETTERS or not letters:
        return False
    return is_small_or_piled(letters, *_measured(outline, reaches))


def _measured(outline: Sides, reaches: Sequence[Sides]) -> tuple[float, float]:
    """How long a word is, and how high its line."""
    first, last = reaches[0], reaches[-1]
    upright = abs(last[1] - first[1]) > abs(last[0] - first[0])
    low, high = (1, 3) if upright else (0, 2)
    side, other = (0, 2) if upright else (1, 3)
    length = outline[high] - outline[low]
    return length, max(reach[other] - reach[side] for reach in reaches)


def is_cut_off(whole: Box, shown: Box) -> bool:
    """Whether most of a word lies beyond the edge of the page."""
    return shown.width * shown.height < _ON_THE_PAGE * whole.width * whole.height
