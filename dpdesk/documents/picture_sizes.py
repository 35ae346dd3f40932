"""How large the page of a picture is, and where a very long picture is cut into pages.

A page is true to size where the file tells how many pixels make an inch and means it. Nothing is
made so small that it cannot be read: a long picture (a chat photographed from the screen, a
panorama) becomes several pages, and each repeats the end of the one before, so that every line
and every name stands whole on one of them.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

from PIL import Image

from dpdesk.documents.picture_details import details


class Resolution(NamedTuple):
    """Pixels for each inch, across and down; not ``meant`` where only the proportions are known."""

    across: float
    down: float
    meant: bool = True

    def turned(self) -> Resolution:
        """That of the picture turned by a quarter."""
        return Resolution(self.down, self.across, self.meant)


_Pair = tuple[float, float]
_A4: Final = (595.0, 842.0)
_LONGEST: Final = 1191.0  # points; A3, the largest sheet an office scanner takes
_SHORTEST: Final = 36.0
_EXIF_ACROSS, _EXIF_DOWN, _EXIF_UNIT = 282, 283, 296
_UNKNOWN_DPI: Final = 150.0
# Cameras and screens write 72 or 96 without meaning it.
_MEANT_DPI: Final = (100.0, 4800.0)
_LEAST_DPI: Final = 40.0
_MOST_UNLIKE: Final = 4.0  # how much finer one side may be than the other; a fax has 2 to 1
_UNLIKE: Final = 1.01
_SHEETS: Final = ((841.9, 1190.6), (595.3, 841.9), (419.5, 595.3), (612.0, 792.0), (612.0, 1008.0))
_SHEET_ALIKE: Final = 0.015
_CUT_FROM: Final = 3.0  # times longer than wide; the longest telephone screens are 2.4
_REPEATED: Final = {True: 0.12, False: 0.2}  # of a page: of lines below each other, of a line


_UNKNOWN: Final = Resolution(_UNKNOWN_DPI, _UNKNOWN_DPI, meant=False)


def resolution(picture: Image.Image) -> Resolution | None:
    """What the file tells of its resolution, if it is meant; a fax is finer across than down."""
    told = _of_camera(picture) or _pair(picture.info.get("dpi"))
    if told is not None and _is_meant(picture, told):
        return Resolution(*told)
    told = told or _proportions(picture)
    if told is None:
        return None
    finer = max(told)
    if not _UNLIKE <= finer / min(told) <= _MOST_UNLIKE:
        return None
    # Only the proportions are known: the finer side counts as usual.
    part = _UNKNOWN_DPI / finer
    return Resolution(told[0] * part, told[1] * part, meant=False)


def _is_meant(picture: Image.Image, told: _Pair) -> bool:
    least, most = _MEANT_DPI
    finer, coarser = max(told), min(told)
    if finer > most or finer / coarser > _MOST_UNLIKE:
        return False
    return finer >= least or (coarser >= _LEAST_DPI and _is_a_sheet(picture, told))


def _of_camera(picture: Image.Image) -> _Pair | None:
    """What the details of a camera or scanner in a JPEG tell, where the JPEG itself says nothing.

    The library passes on only how fine it is across.
    """
    if picture.format not in {"JPEG", "MPO"} or picture.info.get("jfif_unit"):
        return None
    told = details(picture)
    pair = _pair((told.get(_EXIF_ACROSS), told.get(_EXIF_DOWN)))
    inches = {2: 1.0, 3: 2.54}.get(told.get(_EXIF_UNIT, 2))
    return (pair and inches and (pair[0] * inches, pair[1] * inches)) or None


def _pair(told: Any) -> _Pair | None:
    try:
        across, down = (float(number) for number in told or ())
    except (TypeError, ValueError):
        return None
    usable = math.isfinite(across) and math.isfinite(down) and across > 0 and down > 0
    return (across, down) if usable else None


def _proportions(picture: Image.Image) -> _Pair | None:
    """Pixels that are no squares, where the file tells no unit: TIFF, JPEG and PNG each own way."""
    told: Any = picture.info.get("resolution") or picture.info.get("aspect")
    if not picture.info.get("jfif_unit"):
        told = told or picture.info.get("jfif_density")
    return _pair(told)


def _is_a_sheet(picture: Image.Image, told: _Pair) -> bool:
    """Whether the picture is just as large as a sheet of paper: then even 75 dpi are meant."""
    sides = sorted((picture.width * 72.0 / told[0], picture.height * 72.0 / told[1]))
    return any(
        all(abs(side / edge - 1) < _SHEET_ALIKE for side, edge in zip(sides, sheet, strict=True))
        for sheet in _SHEETS
    )


def page_size(across: int, down: int, told: Resolution | None) -> tuple[float, float]:
    """The size in points of the page for a picture of ``across`` × ``down`` pixels.

    True to size where the resolution is known, else no larger than A4; never beyond A3, and
    a tiny picture is enlarged until it can be seen.
    """
    width, height = _natural(across, down, told)
    longest = _LONGEST if told and told.meant else max(_A4)
    wanted = max(1.0, _SHORTEST / min(width, height))
    factor = min(wanted, longest / max(width, height))
    # A line of a single pixel would vanish; it alone is made wider than it is.
    return round(max(width * factor, 1.0), 2), round(max(height * factor, 1.0), 2)


def _natural(across: int, down: int, told: Resolution | None) -> tuple[float, float]:
    known = told or _UNKNOWN
    return across * 72.0 / known.across, down * 72.0 / known.down


def pieces(
    across: int, down: int, told: Resolution | None
) -> tuple[list[tuple[int, int, int, int]], Resolution]:
    """Where a picture that is too long for a page is cut, and its resolution there.

    Pixels from the left, the top, to the right, the bottom. Empty where one page is enough.
    """
    known = told or _UNKNOWN
    width, height = _natural(across, down, told)
    long_side, short_side = max(width, height), min(width, height)
    if long_side < _CUT_FROM * short_side or long_side <= max(_A4) * 1.05:
        return [], known
    tall = height > width
    shrink = min(1.0, min(_A4) / short_side)
    pixels = down if tall else across
    step = max(1, int(max(_A4) / (long_side * shrink) * pixels))
    repeated = int(step * _REPEATED[tall])
    starts = range(0, max(1, pixels - repeated), max(1, step - repeated))
    found = []
    for start in starts:
        end = min(pixels, start + step)
        found.append((0, start, across, end) if tall else (start, 0, end, down))
    return found, Resolution(known.across / shrink, known.down / shrink)
