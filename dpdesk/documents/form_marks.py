"""What is drawn in and around a box of a scanned form: a tick, nothing, or something to look at.

A wrong answer is worse than one that a person must give, so only a plain stroke in a box is a tick,
and only a clean box on clean paper is empty. Lengths are points, unless they say pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageFilter

from dpdesk.documents.form_shapes import (
    crossed,
    faintest,
    holed,
    ringed,
    stout,
    straight_through,
    stroke_length,
)

UPRIGHT: Final = 3
"""Pixels for each point of the page set upright."""
_OUTLINE: Final = 1.6
"""How far the printed outline of a box may reach to both sides of where it was found."""
_SLACK: Final = 2.4
"""The same where a page was photographed, and lies askew."""
_RESIDUE: Final = 0.7
"""What is thinner is left of a printed line."""
_WIDE: Final = (26.0, 46.0)
"""What is looked at to the left and to the right of a box."""
_HIGH: Final = 12.0
"""The same above and below."""
_BARE: Final = 9.0
"""So far beside a box there is bare paper; the words begin further to the right."""
_SMALL: Final = (16.0, 5.5, 6.0)
"""Narrower boxes stand closer: their words begin behind so much, others end before so much."""
_OVER: Final = 5.5
"""So far above and below there is bare paper."""
_CLEAR: Final = 0.3  # of a part of the page is paper at least
_SHARE: Final = (0.035, 0.5)  # of the inside of a box is ink where it is ticked
_TOUCHES: Final = 0.012
"""The same of a long stroke that only passes through a corner of it."""
_STROKE: Final = 5.6
"""A stroke is at least so long; what is shorter is a dot of ink, or a slip."""
_SPECK: Final = 1.4
"""What is smaller in a box is dust."""
_STRAY: Final = 2.6
"""What is larger beside a box was drawn by somebody, or may have been."""
_LETTER: Final = 13.0
"""Letters are less high; what is higher, among the words beside a box, was drawn over them."""
_FAINT: Final = (7, 0.4)
"""Steps of grey at least, and share of what ink is: a pencil too soft to be counted as ink."""
_SOFTER: Final = 1.2
"""Pixels by which it is blurred before faint strokes are sought: grain goes, strokes stay."""
_THIN: Final = 2.4
"""A line of dirt on the glass of a scanner is less wide."""
_STRIKE: Final = (5.5, 9.5)
"""From here to there on both sides of a box a line that strikes it out has ink."""
_STRUCK: Final = 0.012  # of that is ink at least
_FAINTER: Final = 0.6  # of how much darker ink is: such a line is drawn with less care
_THROUGH: Final = (2.4, 4.4, 0.7)
"""The same close to the box, where it goes through it in one: of its way so much is ink."""
_LEVEL: Final = 0.42
"""How high a stroke is, by its width, that is a dash: it may as well mean nothing."""
_CROSSED: Final = (0.3, 0.45)
"""Of the height of a mark, at its top and its bottom, two strokes stand so far apart: a cross, or
letters."""
_TOGETHER: Final = 0.8
_MOST_STROKES: Final = 2
_MOST_ENDS: Final = 3
"""A tick may leave its box at its two ends and its turn; what leaves it oftener is a ring."""
_LONGEST: Final = 3.0
"""Widths of the box that the strokes of a tick are long together; a scribble is longer."""
_CLOSE: Final = (_OUTLINE, 3.6)  # so far from a box a ring close around it is looked for
_END: Final = 5.0
"""So far around an empty box the end of a stroke is looked for of which the rest was rubbed out."""
_HALO: Final = 9
"""Pixels across that the soft edge of a stroke takes."""
_REST: Final = 4.6
"""So long is the pale rest of a stroke that was rubbed out; a pen that is lifted leaves less."""
_LEAST: Final = 4
"""Pixels of a spot that is looked at at all."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Ink that hangs together, in pixels of the part that was looked at."""

    left: int
    top: int
    right: int
    bottom: int
    ink: int

    @property
    def span(self) -> float:
        """Its longer side."""
        return max(self.right - self.left, self.bottom - self.top) / UPRIGHT

    @property
    def width(self) -> float:
        """How wide it is."""
        return (self.right - self.left) / UPRIGHT

    @property
    def height(self) -> float:
        """How high it is."""
        return (self.bottom - self.top) / UPRIGHT


class BoxPart:
    """A box with what is around it, cut out of the page."""

    def __init__(
        self,
        upright: Image.Image,
        place: Sequence[float],
        ticked: Iterable[Sequence[float]] = (),
    ) -> None:
        """``ticked``: other boxes, of which it is known; their ticks may reach as far as this."""
        x, y, wide, high = place
        left, top = max(0, round((x - _WIDE[0]) * UPRIGHT)), max(0, round((y - _HIGH) * UPRIGHT))
        right = min(upright.width, round((x + wide + _WIDE[1]) * UPRIGHT))
        bottom = min(upright.height, round((y + high + _HIGH) * UPRIGHT))
        self.picture = upright.crop((left, top, right, bottom))
        small = wide < _SMALL[0]
        self._bare = (_SMALL[1] if small else _BARE) * UPRIGHT
        self._reach = (_SMALL[2] if small else _WIDE[0]) * UPRIGHT
        self.box = (
            round(x * UPRIGHT) - left,
            round(y * UPRIGHT) - top,
            round((x + wide) * UPRIGHT) - left,
            round((y + high) * UPRIGHT) - top,
        )
        self._others = [
            (
                round(a * UPRIGHT) - left,
                round(b * UPRIGHT) - top,
                round((a + c) * UPRIGHT) - left,
                round((b + d) * UPRIGHT) - top,
            )
            for a, b, c, d in ticked
        ]
        self._quiet = self.picture.filter(ImageFilter.MedianFilter(3))
        self._soft = self.picture.filter(ImageFilter.GaussianBlur(_SOFTER))
        self._paper = paper(self.picture)

    def said(self, darker: int) -> str:
        """Ticked, empty or doubtful; ink is darker than paper by so many steps of grey."""
        ink = self._ink(darker)
        inside, around = self._inside(ink), self._around(ink)
        share = self._share(ink)
        longest = max((each.span for each in inside), default=0.0)
        if share > _SHARE[1]:
            return "doubtful"
        if longest >= _STROKE and share >= _TOUCHES:
            taken_back = self._struck(darker) or self._scribbled(ink, darker) or self._rubbed(ink)
            other = self._no_tick(ink, inside) or self._dirt(inside, ink) or self._beside(around)
            other = other or self._no_pen(ink, inside)
            return "doubtful" if taken_back or other else "ticked"
        if longest > _SPECK or any(self._drawn(each) for each in around):
            return "doubtful"
        soft = self._inked(self._soft, max(_FAINT[0], round(darker * _FAINT[1])))
        faint = max((each.span for each in self._inside(soft, _SLACK)), default=0.0)
        drawn = faint >= _STRAY or self._share(soft) > _SHARE[0] or self._ringed(soft)
        return "doubtful" if drawn or self._left_of_rubbing() else "empty"

    # --- what an eraser leaves -----------------------------------------------------------

    def _ghost(self) -> Image.Image:
        """What is darker than the bare paper in the box by more than its grain, however little."""
        inside = self._soft.crop(self._within(_SLACK))
        return faintest(self._soft, inside)

    def _left_of_rubbing(self) -> bool:
        """Is a shadow of a stroke in the box, or the end of one that reached out of it?"""
        ghost = self._ghost()
        longest = max((each.span for each in self._inside(ghost, _SLACK)), default=0.0)
        left, top, right, bottom = self._within(-_END)
        return longest >= _STRAY or any(
            self._drawn(each)
            for each in self._around(ghost)
            if each.right > left and each.left < right and each.bottom > top and each.top < bottom
        )

    def _rubbed(self, ink: Image.Image) -> bool:
        """Does a stroke go on so pale, and so far, that its rest was rubbed out?"""
        bare = self._ghost()
        bare.paste(0, mask=ink.filter(ImageFilter.MaxFilter(_HALO)))
        rest = (each.span for each in self._inside(bare, _SLACK) if each.span > _SPECK)
        return sum(rest) >= _REST

    # --- what is where -------------------------------------------------------------------

    def _ink(self, darker: int) -> Image.Image:
        return self._inked(self._quiet, darker)

    def _inked(self, picture: Image.Image, darker: int) -> Image.Image:
        least = self._paper - darker
        return picture.point([255 if level < least else 0 for level in range(256)])

    def _within(self, by: float) -> tuple[int, int, int, int]:
        edge = round(by * UPRIGHT)
        left, top, right, bottom = self.box
        return left + edge, top + edge, right - edge, bottom - edge

    def _inside(self, ink: Image.Image, by: float = _OUTLINE) -> list[Spot]:
        return spots(ink.crop(self._within(by)))

    def _share(self, ink: Image.Image) -> float:
        part = ink.crop(self._within(2 * _OUTLINE))
        return part.histogram()[255] / (part.width * part.height)

    def _around(self, ink: Image.Image) -> list[Spot]:
        """What is drawn outside; the box with its outline is left out."""
        bare = ink.copy()
        bare.paste(0, self._within(-_SLACK))
        return spots(bare)

    def _drawn(self, spot: Spot) -> bool:
        """May somebody have drawn it, for this box? Printed words and dust are not meant."""
        if spot.width <= _THIN / 2 and spot.height > self.picture.height / UPRIGHT - 1:
            return False  # dirt on the glass of a scanner draws a line over the whole page
        if any(
            spot.left < right and spot.right > left and spot.top < bottom and spot.bottom > top
            for left, top, right, bottom in self._others
        ):
            return False  # the tick of another box
        left, top, right, bottom = self.box
        over = _OVER * UPRIGHT
        if spot.right < left - self._reach:
            return False
        if spot.left > right + self._bare:
            level = spot.top < bottom and spot.bottom > top
            return level and spot.height >= _LETTER and spot.width >= _STRAY
        if spot.bottom < top - over or spot.top > bottom + over:
            return False
        return spot.span >= _STRAY and min(spot.width, spot.height) > _RESIDUE

    def _beside(self, around: Sequence[Spot]) -> bool:
        """Was anything drawn beside the box, or around it, that does not go on from its tick?"""
        left, top, right, bottom = self.box
        slack = round(_SLACK * UPRIGHT) + 2
        drawn = [each for each in around if self._drawn(each)]
        return len(drawn) > _MOST_ENDS or any(
            (
                each.right < left - slack
                or each.left > right + slack
                or each.bottom < top - slack
                or each.top > bottom + slack
            )
            for each in drawn
        )

    def _ringed(self, ink: Image.Image) -> bool:
        """Is something drawn close around the box, as a ring is?"""
        return ringed(ink, self.box, *(round(each * UPRIGHT) for each in _CLOSE))

    # --- what takes a tick back ----------------------------------------------------------

    def _struck(self, darker: int) -> bool:
        """Does a line go through the box, from well beside it to well beside it?

        It may be dashed by now: a copier loses thin lines in places.
        """
        left, top, right, bottom = self.box
        near, far = (round(each * UPRIGHT) for each in _STRIKE)
        ink = self._inked(self._soft, round(darker * _FAINTER))
        sides = ((left - far, left - near), (right + near, right + far))
        return self._through(ink) or all(
            _STRUCK * (b - a) * (bottom - top) < ink.crop((a, top, b, bottom)).histogram()[255]
            for a, b in sides
        )

    def _through(self, ink: Image.Image) -> bool:
        """Does one straight line lead from just beside the box, through it, to just beside it?"""
        left, top, right, bottom = self.box
        edge, near, far = (round(each * UPRIGHT) for each in (_OUTLINE, *_THROUGH[:2]))
        sides = [
            [
                each
                for each in range(top + edge, bottom - edge)
                if ink.crop((a, each, b, each + 1)).getbbox()
            ]
            for a, b in ((left - far, left - near), (right + near, right + far))
        ]
        pixels: Any = ink.load()
        way = range(left + edge, right - edge)
        for first in sides[0]:
            for last in sides[1]:
                met = 0
                for x in way:
                    y = first + (last - first) * (x - left) // (right - left)
                    met += any(pixels[x, each] for each in (y - 1, y, y + 1))
                if met >= _THROUGH[2] * len(way):
                    return True
        return False

    def _scribbled(self, ink: Image.Image, darker: int) -> bool:
        """Are there more strokes than a tick has, or longer ones? The faint ones count too."""
        faint = self._inked(self._quiet, round(darker * _FAINTER)).crop(self._within(_OUTLINE))
        return self._strokes(ink) > _MOST_STROKES or stroke_length(faint) > _LONGEST * faint.width

    def _no_tick(self, ink: Image.Image, inside: Sequence[Spot]) -> bool:
        """Is it a dash or a cross? Some mean a yes by it, and others a no."""
        longest = max(inside, key=lambda spot: spot.span)
        if longest.height < _LEVEL * longest.width:
            return True
        part = ink.crop(self._within(_OUTLINE))
        box = part.getbbox()
        if box is None:
            return False
        mark = part.crop(box)
        # Further in, where nothing of the outline is left for a stroke to cross.
        inner = ink.crop(self._within(2 * _OUTLINE))
        middle = inner.crop(inner.getbbox())
        if crossed(middle) or holed(middle):
            return True
        band = max(1, round(mark.height * _CROSSED[0]))
        ends = ((0, 0, mark.width, band), (0, mark.height - band, mark.width, mark.height))
        above, below = (_apart(mark.crop(end)) for end in ends)
        # The arms of a tick that goes on below the box come together; letters stay apart.
        together = below <= _TOGETHER * above
        return min(above, below) >= _CROSSED[1] * mark.width and not together

    def _no_pen(self, ink: Image.Image, inside: Sequence[Spot]) -> bool:
        """Did no pen draw it: a blot, a shadow, the edge of a fold?"""
        part = ink.crop(self._within(_OUTLINE))
        longest = max(inside, key=lambda spot: spot.span)
        mark = part.crop((longest.left, longest.top, longest.right, longest.bottom))
        return stout(mark) or self._goes_on(ink)

    def _goes_on(self, ink: Image.Image) -> bool:
        """Does ink lead straight through the box, from beyond it on one side to the other?"""
        left, top, right, bottom = self.box
        edge, gap, far = (round(each * UPRIGHT) for each in (_OUTLINE, _SLACK, _OVER))
        for turned in (False, True):
            first, last = (left, right) if turned else (top, bottom)
            begins, ends = (top, bottom) if turned else (left, right)
            seen = ink.transpose(Image.Transpose.TRANSPOSE) if turned else ink
            # The lines of the box itself are left out.
            rows = [
                row
                for row in range(max(0, first - far), min(seen.height, last + far))
                if min(abs(row - first), abs(row - last)) > gap
            ]
            if straight_through(seen, (begins + edge, ends - edge), rows):
                return True
        return False

    def _strokes(self, ink: Image.Image) -> int:
        """The most strokes that a line across or down the inside meets; a tick has two."""
        inside = ink.crop(self._within(2 * _OUTLINE))
        counts = []
        for turned in (inside, inside.transpose(Image.Transpose.TRANSPOSE)):
            for row in range(turned.height):
                line = turned.crop((0, row, turned.width, row + 1)).tobytes()
                counts.append(sum(a < b for a, b in zip(b"\0" + line, line, strict=False)))
        # One line may meet a speck; three say that it is a stroke.
        return sorted(counts)[-3] if len(counts) > 3 else 0

    def _dirt(self, inside: Sequence[Spot], ink: Image.Image) -> bool:
        """Is it a straight line that comes from above the box and goes on below it?"""
        left, top, right, bottom = self.box
        for turned in (False, True):
            first, last = (left, right) if turned else (top, bottom)
            gap, far = round(_OUTLINE * UPRIGHT), round(_OVER * UPRIGHT)
            edge = round(_OUTLINE * UPRIGHT)
            for each in inside:
                thin = each.height if turned else each.width
                if thin > _THIN or each.span < _STROKE:
                    continue
                before, behind = (
                    (left + edge + each.left, top + edge + each.top),
                    (left + edge + each.right, top + edge + each.bottom),
                )
                if turned:
                    ends = (
                        (first - far, before[1] - 2, first - gap, behind[1] + 2),
                        (last + gap, before[1] - 2, last + far, behind[1] + 2),
                    )
                else:
                    ends = (
                        (before[0] - 2, first - far, behind[0] + 2, first - gap),
                        (before[0] - 2, last + gap, behind[0] + 2, last + far),
                    )
                if all(ink.crop(end).histogram()[255] > (far - gap) // 2 for end in ends):
                    return True
        return False


def _apart(band: Image.Image) -> float:
    """How far the middles of the first and the last stroke in a band are apart, in pixels."""
    inked = [
        place
        for place in range(band.width)
        if band.crop((place, 0, place + 1, band.height)).getbbox()
    ]
    runs: list[list[int]] = []
    for place in inked:
        if runs and place - runs[-1][-1] <= 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    if len(runs) < _MOST_STROKES:
        return 0.0
    return (runs[-1][0] + runs[-1][-1] - runs[0][0] - runs[0][-1]) / 2


def paper(part: Image.Image) -> int:
    """The grey of the paper in a part of the page, which is lighter than all ink."""
    counts, seen = part.histogram(), 0
    for level in range(255, -1, -1):
        seen += counts[level]
        if seen > _CLEAR * part.width * part.height:
            return level
    return 255


def spots(ink: Image.Image) -> list[Spot]:
    """Everything that hangs together in a picture of ink (255) and paper (0)."""
    wide = ink.width
    left = {place for place, level in enumerate(ink.tobytes()) if level}
    found: list[Spot] = []
    while left:
        waiting = [left.pop()]
        places: list[int] = []
        while waiting:
            place = waiting.pop()
            places.append(place)
            across = place % wide
            for step in (-wide, 0, wide):
                for side in (-1, 0, 1):
                    near = place + step + side
                    if near in left and 0 <= across + side < wide:
                        left.discard(near)
                        waiting.append(near)
        if len(places) >= _LEAST:
            columns: Any = [place % wide for place in places]
            rows = (min(places) // wide, max(places) // wide + 1)
            found.append(Spot(min(columns), rows[0], max(columns) + 1, rows[1], len(places)))
    return found
