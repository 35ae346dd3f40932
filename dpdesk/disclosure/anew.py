"""What is noted of a line that was set anew, for the check and for the preview.

All lengths are points as seen, on the page of the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.documents.pages import Box


@dataclass(frozen=True, slots=True)
class Piece:
    """One word that stays: drawn again from the source, ``shift`` to the right of its old place.

    ``target`` is where it stands now, on whole pixels of the drawing. What is in it is what the
    source shows ``shift`` further to the left, and nothing else.
    """

    target: Box
    shift: float

    @property
    def source(self) -> Box:
        """The place in the source from which it was drawn."""
        box = self.target
        return Box(box.x0 - self.shift, box.y0, box.x1 - self.shift, box.y1)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A stretch of a line that was wiped white and set anew.

    ``band`` is what was wiped. In it stand the ``pieces``, and across it the ``gaps``, which are
    burnt areas too and may reach a little above and below it; all else in it is white. ``words`` are the indexes of all words of the page
    that stood there, removed or not, and ``numbers`` those of the marks that it carries out.
    """

    band: Box
    pieces: tuple[Piece, ...]
    gaps: tuple[Box, ...]
    words: tuple[int, ...]
    numbers: tuple[int, ...]

    def packed(self) -> list[object]:
        """In plain numbers, for the way from a worker."""
        return [
            _sides(self.band),
            [[*_sides(piece.target), piece.shift] for piece in self.pieces],
            [_sides(gap) for gap in self.gaps],
            list(self.words),
            list(self.numbers),
        ]

    @classmethod
    def unpacked(cls, given: Sequence[Sequence[object]]) -> SetLine:
        """The line that was packed. Raises TypeError or ValueError for anything else."""
        band, pieces, gaps, words, numbers = given
        return cls(
            Box(*map(_real, band)),
            tuple(_piece(piece) for piece in pieces),
            tuple(Box(*map(_real, _listed(gap))) for gap in gaps),
            tuple(map(_whole, words)),
            tuple(map(_whole, numbers)),
        )


def _piece(given: object) -> Piece:
    *sides, shift = _listed(given)
    return Piece(Box(*map(_real, sides)), _real(shift))


def _sides(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _listed(given: object) -> list[object]:
    if not isinstance(given, list):
        raise TypeError("a list is wanted")
    return given


def _real(given: object) -> float:
    if not isinstance(given, int | float):
        raise TypeError("a number is wanted")
    return float(given)


def _whole(given: object) -> int:
    if not isinstance(given, int):
        raise TypeError("a whole number is wanted")
    return given
