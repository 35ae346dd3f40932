"""What one page of a finished bundle may hold: the case that its check is given.

Everything here comes from the tables and the plan, never from the builder, but for where the
builder says that it burnt and what it set anew; the check believes neither.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dpdesk.disclosure.check_file import Flaw
from dpdesk.disclosure.plan import SetLine
from dpdesk.disclosure.sheets import strip_height
from dpdesk.documents.pages import Box, Word

_HAIR = 1.0  # points: the margin of a mark may reach so far into the room beside its word


@dataclass(frozen=True, slots=True)
class PageCase:
    """What page ``number`` of the file may hold.

    ``kept`` are the words of its source that no mark removes, ``own`` those that the program
    writes on it itself. ``marks`` is what is removed, each with whether it follows words (and
    so has a margin); ``areas`` and ``lines`` are what the builder says that it burnt and set
    anew. All boxes are points as seen on a page of ``width`` × ``height``. ``source`` is empty
    for the sheet of a withheld page, which shows nothing of any source.
    """

    number: int
    source: str
    index: int
    width: float
    height: float
    kept: tuple[Word, ...]
    own: tuple[str, ...]
    marks: tuple[tuple[Box, bool], ...]
    areas: tuple[Box, ...]
    lines: tuple[SetLine, ...] = ()

    def fixed(self) -> tuple[tuple[Box, bool], ...]:
        """The marks on whose very place something must be burnt."""
        return tuple(
            (mark, follows)
            for mark, follows in self.marks
            if not any(_set_on(mark, line) for line in self.lines)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """The way to a worker: the words as one list and their boxes as plain numbers."""
        sides = array("d")
        for word in self.kept:
            box = word.box
            sides.extend((box.x0, box.y0, box.x1, box.y1))
        texts = [word.text for word in self.kept]
        head = self.number, self.source, self.index, self.width, self.height
        return _arrived, (head, texts, sides, self.own, self.marks, self.areas, self.lines)


def _arrived(
    head: tuple[int, str, int, float, float],
    texts: list[str],
    sides: Sequence[float],
    own: tuple[str, ...],
    marks: tuple[tuple[Box, bool], ...],
    areas: tuple[Box, ...],
    lines: tuple[SetLine, ...],
) -> PageCase:
    places = iter(sides)
    boxes = (Box(*four) for four in zip(places, places, places, places, strict=True))
    words = tuple(Word(text, box) for text, box in zip(texts, boxes, strict=True))
    return PageCase(*head, words, own, marks, areas, lines)


def _set_on(mark: Box, line: SetLine) -> bool:
    """Whether a mark lies on a line that was set anew, has a gap there, and was not moved."""
    band, middle = line.band, (mark.y0 + mark.y1) / 2
    inside = band.y0 < middle < band.y1 and band.x0 < mark.x1 and mark.x0 < band.x1
    has_gap = any(gap.y0 < mark.y1 and mark.y0 < gap.y1 for gap in line.gaps)
    moved = any(move.box.inflate(-_HAIR).intersects(mark) for move in line.moves)
    return inside and has_gap and not moved


def on_paper(box: Box, case: PageCase) -> Box:
    """A box in points as seen, as PDF points of the finished page (y upwards)."""
    factor, left = _factor(case)
    return Box(
        left + factor * box.x0,
        case.height - factor * box.y1,
        left + factor * box.x1,
        case.height - factor * box.y0,
    )


def middle_as_seen(box: Box, case: PageCase) -> tuple[float, float]:
    """The middle of a box in PDF points of the finished page (y upwards), on the page as seen."""
    factor, left = _factor(case)
    return ((box.x0 + box.x1) / 2 - left) / factor, (case.height - (box.y0 + box.y1) / 2) / factor


def strip_top(case: PageCase) -> float:
    """Where the strip for the stamp begins, in PDF points of the finished page (y upwards)."""
    return case.height - _factor(case)[0] * case.height


def _factor(case: PageCase) -> tuple[float, float]:
    factor = case.height / (case.height + strip_height(case.height))
    return factor, (case.width - factor * case.width) / 2


def require(condition: object, kind: str = "foreign") -> None:
    """Raises Flaw unless the condition holds."""
    if not condition:
        raise Flaw(kind)
