"""What was written beside a box by hand, among the words that are printed there.

Only where the lines of the form were noted when it was printed; lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageFilter

from dpdesk.documents.form_marks import UPRIGHT, paper, spots

_AROUND: Final = 3.0
"""So far around a printed line it may lie, on a page that is not quite flat."""
_OVER: Final = 4.0
"""From so far above the box to the end of its words somebody wrote for this box."""
_BEHIND: Final = 7.0
"""So far behind the box its tick may reach."""
_EDGE: Final = 30.0
"""At the right of the page are the edges of the paper, holes and staples."""
_TALL: Final = 4.0
"""Less high is a speck, or a dot."""
_FLAT: Final = 12.0
"""A stroke so wide was drawn too, however flat."""
_FEW: Final = 2


def written_beside(
    upright: Image.Image,
    printed: Sequence[float],
    place: Sequence[float],
    lines: Sequence[Sequence[float]],
    darker: int,
) -> bool:
    """Does handwriting stand to the right of the words of a box?

    ``printed``: where the box was printed, ``place``: where it is found; its words lie as far off.
    """
    if not lines:
        return False
    across, down = place[0] - printed[0], place[1] - printed[1]
    left = place[0] + place[2] + _BEHIND
    top = place[1] - _OVER
    right = upright.width / UPRIGHT - _EDGE
    bottom = max(place[1] + place[3], max(y + high for _, y, _, high in lines) + down)
    part = upright.crop(_pixels(left, top, right, bottom))
    least = paper(part) - darker
    ink = part.filter(ImageFilter.MedianFilter(3)).point(
        [255 if level < least else 0 for level in range(256)]
    )
    for x, y, wide, high in lines:
        spot = (x + across - left, y + down - top, wide, high)
        edges = (
            spot[0] - _AROUND,
            spot[1] - _AROUND,
            spot[0] + spot[2] + _AROUND,
            spot[1] + spot[3] + _AROUND,
        )
        ink.paste(0, _pixels(*edges))
    drawn = [s for s in spots(ink) if s.height >= _TALL or s.width >= _FLAT]
    return len(drawn) >= _FEW or any(s.span >= _FLAT for s in drawn)


def _pixels(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    a, b, c, d = (round(each * UPRIGHT) for each in (left, top, right, bottom))
    return a, b, c, d
