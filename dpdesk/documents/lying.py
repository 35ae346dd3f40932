"""How a page lies in its picture: turned, and a little slanted; used inside workers only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, cast

from PIL import Image, ImageFilter

_WAYS: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_MOST_SLANT: Final = 20  # degrees; nobody lays a sheet down worse than this
_COARSE, _FINE = 2.0, 0.5  # degrees between two tries
_SMALL: Final = 500  # pixels of the longer side of the picture that is tried
_LEAST_SLANT: Final = 1.0
_PLAIN: Final = 1.15  # times sharper must the lines become
_GRAIN: Final = 16  # pixels: in most pieces of this size there is paper beside a letter
_AROUND: Final = 7  # pieces around, in which paper is looked for
_LIGHT: Final = 100  # paper is lighter than this, or the page is a dark one
_SHADE: Final = 0.8  # of the light of the brightest paper: less is shadow
_SHADED: Final = 0.1  # of the sheet


class Lie:
    """A picture, the clockwise turn (in quarters) and the slant (in degrees) that set it upright.

    The slant is taken away first.
    """

    def __init__(self, picture: Image.Image, turn: int = 0, slant: float = 0.0) -> None:
        self.picture, self.turn, self.slant = picture, turn, slant

    @cached_property
    def _unslanted(self) -> Image.Image:
        if not self.slant:
            return self.picture
        return self.picture.rotate(
            self.slant, Image.Resampling.BILINEAR, expand=True, fillcolor=paper_of(self.picture)
        )

    @cached_property
    def _set(self) -> Image.Image:
        return self._unslanted.transpose(_WAYS[self.turn]) if self.turn else self._unslanted

    def upright(self) -> Image.Image:
        """The picture set upright."""
        return self._set

    def back(self, sides: Sequence[float]) -> tuple[float, float, float, float]:
        """Where all of a box of the upright picture lies in the picture as it was."""
        x0, y0, x1, y1 = sides
        corners = [self._corner(x, y) for x in (x0, x1) for y in (y0, y1)]
        across, down = zip(*corners, strict=True)
        return min(across), min(down), max(across), max(down)

    def _corner(self, x: float, y: float) -> tuple[float, float]:
        wide, high = self._unslanted.size
        if self.turn == 90:
            x, y = y, high - x
        elif self.turn == 180:
            x, y = wide - x, high - y
        elif self.turn == 270:
            x, y = wide - y, x
        if not self.slant:
            return x, y
        # The picture was turned against the clock around its middle, and the sheet grew around it.
        angle = math.radians(self.slant)
        from_x, from_y = x - wide / 2, y - high / 2
        cos, sin = math.cos(angle), math.sin(angle)
        return (
            from_x * cos - from_y * sin + self.picture.width / 2,
            from_x * sin + from_y * cos + self.picture.height / 2,
        )


def paper_of(picture: Image.Image) -> int:
    """The grey that is there most."""
    counts = picture.histogram()
    return max(range(256), key=counts.__getitem__)


def slant_of(picture: Image.Image) -> float:
    """How far a page must be turned against the clock until its lines are level; 0 where they are.

    Lines of text show as rows of ink with blank rows between; they are sharpest where level.
    """
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    paper = paper_of(small)
    inked = small.point([min(255, abs(level - paper)) for level in range(256)])
    steps = [step * _COARSE for step in range(-_MOST_SLANT // 2, _MOST_SLANT // 2 + 1)]
    level = _sharpness(inked, 0.0)
    rough = _sharpest(inked, steps)
    fine = _sharpest(inked, [rough + step * _FINE for step in range(-4, 5)])
    if abs(fine) < _LEAST_SLANT or _sharpness(inked, fine) < _PLAIN * level:
        return 0.0
    return fine


def _sharpest(inked: Image.Image, angles: Iterable[float]) -> float:
    return max(angles, key=lambda angle: _sharpness(inked, angle))


def _sharpness(inked: Image.Image, angle: float) -> float:
    """How much neighbouring rows (or columns, for a page on its side) differ in their ink."""
    turned = inked.rotate(angle, Image.Resampling.BILINEAR) if angle else inked
    whole = turned.convert("F")
    return max(
        _differences(whole.resize(size, Image.Resampling.BOX))
        for size in ((1, inked.height), (inked.width, 1))
    )


def _differences(line: Image.Image) -> float:
    shares = cast("Sequence[float]", line.get_flattened_data())
    return sum((one - other) ** 2 for one, other in pairwise(shares))


def unevenly_lit(picture: Image.Image) -> bool:
    """Whether the paper is lighter in one place than in another, as photographs of paper are."""
    size = (max(1, picture.width // _GRAIN), max(1, picture.height // _GRAIN))
    paper = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(_AROUND))
    counts = paper.histogram()
    pieces = size[0] * size[1]
    bright = next(level for level in range(255, -1, -1) if sum(counts[level:]) > _SHADED * pieces)
    if bright < _LIGHT:
        return False
    return sum(counts[: round(_SHADE * bright)]) > _SHADED * pieces
