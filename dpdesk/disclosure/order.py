"""The words of a page in the order in which they lie there, which need not be that of the file.

A program may draw a name in pieces, the middle one last, or all first lines of two columns before
all second ones. Only places count here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dpdesk.documents.pages import Box, Word

_ROW: Final = 0.4  # of the height of the lower word: middles this near are on one row
_UPRIGHT: Final = 2.0  # a box so many times higher than wide holds a word that runs up or down
_TALL: Final = 1.4  # the same for a word of four letters, which are wider than high in a row
_WIDE: Final = 1.2  # of the height: a wider gap parts two columns or cells
_BELOW: Final = 1.6  # of the height: no further below does the next line of a column begin
_TAIL: Final = 8  # words of a line that a broken name can begin or end with
_EDGES: Final = 8  # lines at the foot or head of a page: columns, a footer, a header


@dataclass(frozen=True, slots=True)
class WordStretch:
    """Words side by side without a wide gap, by their places on the page."""

    places: tuple[int, ...]
    box: Box


def rows(words: Sequence[Word]) -> list[list[int]]:
    """The places of words row by row from above, each row from left to right.

    Words that run up or down the page make rows of their own, read upwards and downwards.
    """
    upright = [place for place, word in enumerate(words) if _is_upright(word)]
    standing = set(upright)
    level = [place for place in range(len(words)) if place not in standing]
    found = _rows([(words[place].box, place) for place in level])
    if upright:
        tall = [words[place].box for place in upright]
        # A short piece of a word may run either way.
        upright += [
            place
            for place in level
            if words[place].box.width <= _UPRIGHT * words[place].box.height
            and any(_goes_on_upright(box, words[place].box) for box in tall)
        ]
        turned = _rows([(_turned(words[place].box), place) for place in upright])
        found += turned
        found += [row[::-1] for row in turned]
    return found


def _is_upright(word: Word) -> bool:
    letters = sum(letter.isalnum() for letter in word.text)
    times = word.box.height / word.box.width
    return (letters >= 4 and times > _TALL) or (letters > 1 and times > _UPRIGHT)


def _goes_on_upright(box: Box, piece: Box) -> bool:
    """Whether a piece stands right above or below an upright word."""
    shared = min(box.x1, piece.x1) - max(box.x0, piece.x0)
    apart = max(box.y0 - piece.y1, piece.y0 - box.y1)
    return shared > 0.5 * min(box.width, piece.width) and apart < box.width


def runs_left(words: Sequence[Word]) -> bool:
    """Whether most words lie on the left of the one before, as on a page put in upside down."""
    left = right = 0
    for one, two in pairwise(words):
        if abs(one.box.y0 - two.box.y0) < _ROW * one.box.height:
            left += two.box.x1 < one.box.x1
            right += two.box.x1 > one.box.x1
    return left > right


def _turned(box: Box) -> Box:
    """The box of a word that runs up the page as if the page were turned to read it."""
    return Box(-box.y1, box.x0, -box.y0, box.x1)


def _rows(boxes: list[tuple[Box, int]]) -> list[list[int]]:
    ordered = sorted((box.y0 + box.y1, box.height, box.x0, place) for box, place in boxes)
    found: list[list[tuple[float, int]]] = []
    middle = height = 0.0
    for twice, high, x0, place in ordered:
        if found and twice / 2 - middle <= _ROW * min(high, height):
            found[-1].append((x0, place))
        else:
            found.append([(x0, place)])
            middle, height = twice / 2, high
    return [[place for _x0, place in sorted(row)] for row in found]


def touching(words: Sequence[Word], order: Sequence[int]) -> frozenset[int]:
    """Which words of an order, by their numbers in it, go on where the one before ends."""
    return frozenset(
        number
        for number, (one, two) in enumerate(pairwise(order), 1)
        if _touch(words[one].box, words[two].box)
    )


def _touch(one: Box, two: Box) -> bool:
    across = min(one.x1, two.x1) - max(one.x0, two.x0)
    down = min(one.y1, two.y1) - max(one.y0, two.y0)
    small = 0.5 * min(one.height, one.width, two.height, two.width)
    # Boxes reach a little beyond their ink, so those of two pieces of a word overlap a little.
    return across >= 0 and down >= 0 and (across > small or down > small)


def stretches(words: Sequence[Word], found: Sequence[Sequence[int]]) -> list[list[WordStretch]]:
    """Each row parted where there is a wide gap, as between columns and cells."""
    parted = []
    for row in found:
        pieces: list[list[int]] = []
        for place in row:
            box = words[place].box
            last = words[pieces[-1][-1]].box if pieces else box
            if not pieces or box.x0 - last.x1 > _WIDE * min(box.height, last.height):
                pieces.append([])
            pieces[-1].append(place)
        parted.append([_stretch(words, piece) for piece in pieces])
    return parted


def _stretch(words: Sequence[Word], places: Sequence[int]) -> WordStretch:
    boxes = [words[place].box for place in places]
    return WordStretch(
        tuple(places),
        Box(
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        ),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """How the stretches of a page follow each other from above to below."""

    lines: tuple[tuple[WordStretch, WordStretch], ...]
    """Each with the next line of the same column or cell."""
    feet: tuple[WordStretch, ...]
    """Those below which nothing goes on, as at the end of a column, above a footer."""
    heads: tuple[WordStretch, ...]
    """Those above which nothing ends, as at the beginning of a column, below a header."""

    def breaks(self) -> Iterator[tuple[WordStretch, WordStretch]]:
        """Pairs of which the second may go on where the first ends.

        The next line, and from the foot of a column to the head of another on its right.
        """
        yield from self.lines
        for one in self.feet:
            for two in self.heads:
                if two.box.x0 >= one.box.x1 and two.box.y0 < one.box.y0:
                    yield one, two


def columns(parted: Sequence[Sequence[WordStretch]]) -> Columns:
    """Which stretches lie below each other."""
    lines: list[tuple[WordStretch, WordStretch]] = []
    feet: list[WordStretch] = []
    goes_on: set[int] = set()
    for number, row in enumerate(parted):
        for one in row:
            below = _next_line(one, parted[number + 1 :])
            lines += [(one, two) for two in below]
            goes_on.update(map(id, below))
            if not below:
                feet.append(one)
    heads = [two for row in parted for two in row if id(two) not in goes_on]
    return Columns(tuple(lines), tuple(feet), tuple(heads))


def _next_line(one: WordStretch, under: Sequence[Sequence[WordStretch]]) -> list[WordStretch]:
    for row in under[:4]:
        found = [two for two in row if _is_below(one.box, two.box)]
        if found:
            return found
    return []


def _is_below(one: Box, two: Box) -> bool:
    return (
        min(one.x1, two.x1) > max(one.x0, two.x0)
        and 0 < two.y1 - one.y1 <= (1 + _BELOW) * max(one.height, two.height)
        and two.y0 > one.y0
    )


def feet(words: Sequence[Word]) -> list[tuple[int, ...]]:
    """Where a name may begin that goes on over the page: the ends of its lowest lines."""
    lowest = columns(stretches(words, rows(words))).feet[-_EDGES:]
    last = tuple(range(max(0, len(words) - _TAIL), len(words)))
    return [*(stretch.places[-_TAIL:] for stretch in lowest), last]


def heads(words: Sequence[Word]) -> list[tuple[int, ...]]:
    """Where a name may go on that began on the page before: its highest lines."""
    highest = columns(stretches(words, rows(words))).heads[:_EDGES]
    first = tuple(range(min(_TAIL, len(words))))
    return [*(stretch.places[:_TAIL] for stretch in highest), first]
