"""Burnt places of one finished page: every pixel black, in the page as pdfium draws it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from dpdesk.disclosure.check_case import PageCase, require
from dpdesk.disclosure.check_parts import Picture
from dpdesk.documents.pages import Box

_SHIMMER = 64  # what JPEG may leave at the edge of black beside white
_UPRIGHT = 3.0  # a mark so many times higher than wide lies on a word that runs up or down

_Pixels = tuple[int, int, int, int]


def check_pixels(shown: Any, picture: Picture, case: PageCase) -> None:
    """Every pixel of every burnt place is black, in the page as pdfium draws it.

    A mark must be black with its margin. On a line that was set anew its gap may stand elsewhere,
    and other words where it was: there the comparison with the source tells what may show.
    """
    demanded = [_with_margin(mark, case) if follows else mark for mark, follows in case.fixed()]
    outer = [_whole(picture.pixels(area, case)) for area in case.areas]
    inner = [_inside(picture.pixels(mark, case), picture) for mark in demanded]
    wanted = [box for box in (*outer, *inner) if box[2] > box[0] and box[3] > box[1]]
    if not wanted:
        return
    require(all(_fits(box, picture) for box in wanted))
    for place, inside in _together(wanted):
        drawn = _drawn(shown, picture, place)
        for x0, y0, x1, y1 in inside:
            part = (x0 - place[0], y0 - place[1], x1 - place[0], y1 - place[1])
            require(drawn.crop(part).getextrema() == (0, 0), "pixel")
    if picture.toned:
        _check_tones(shown, wanted)


def _with_margin(mark: Box, case: PageCase) -> Box:
    """A mark that follows words, with the least margin around its letters that must be black."""
    line = min(mark.height, _UPRIGHT * mark.width)
    wide = mark.inflate(min(0.9, 0.07 * line), min(0.4, 0.025 * line))
    return wide.clamp(case.width, case.height)


def _check_tones(shown: Any, wanted: Sequence[_Pixels]) -> None:
    """The picture itself is black below the rectangles: marks are burnt, not covered."""
    (drawing,) = shown.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE])
    bitmap = drawing.get_bitmap()
    plain_picture = bitmap.to_pil().convert("L")
    for x0, y0, x1, y1 in wanted:
        require(plain_picture.crop((x0, y0, x1, y1)).getextrema()[1] <= _SHIMMER, "pixel")
        squares = (-(-x0 // 8) * 8, -(-y0 // 8) * 8, x1 // 8 * 8, y1 // 8 * 8)
        if squares[2] > squares[0] and squares[3] > squares[1]:
            require(plain_picture.crop(squares).getextrema() == (0, 0), "pixel")


def _whole(sides: tuple[float, float, float, float]) -> _Pixels:
    x0, y0, x1, y1 = (round(side) for side in sides)
    return x0, y0, x1, y1


def _fits(box: _Pixels, picture: Picture) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= picture.wide and box[3] <= picture.high


def _inside(sides: tuple[float, float, float, float], picture: Picture) -> _Pixels:
    """The whole pixels inside a mark, as far as it lies on the page."""
    return (
        max(0, math.ceil(sides[0])),
        max(0, math.ceil(sides[1])),
        min(picture.wide, math.floor(sides[2])),
        min(picture.high, math.floor(sides[3])),
    )


def _together(boxes: Sequence[_Pixels]) -> list[tuple[_Pixels, list[_Pixels]]]:
    """The boxes in groups that share rows, each group with the box around it.

    A line with marks is drawn once; the paper between two lines is not drawn at all, which
    would take as long as all the rest of the check.
    """
    groups: list[tuple[_Pixels, list[_Pixels]]] = []
    for box in sorted(boxes, key=lambda each: each[1]):
        if groups and box[1] < groups[-1][0][3]:
            (x0, y0, x1, y1), inside = groups[-1]
            around = min(x0, box[0]), y0, max(x1, box[2]), max(y1, box[3])
            groups[-1] = (around, [*inside, box])
        else:
            groups.append((box, [box]))
    return groups


def _drawn(shown: Any, picture: Picture, place: _Pixels) -> Any:
    """Part of the page, drawn so that one pixel of the picture is one pixel here."""
    slack = 0.1  # keeps pdfium from rounding the picture up to one more pixel
    across = (picture.wide - 2 * slack) / picture.across
    down = (picture.high - 2 * slack) / picture.down
    wide, high = place[2] - place[0], place[3] - place[1]
    bitmap = pdfium.PdfBitmap.new_native(wide, high, pdfium_raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    above = picture.paper - picture.foot - picture.down
    shift = slack - place[0] - picture.left * across, slack - place[1] - above * down
    matrix = pdfium_raw.FS_MATRIX(across, 0, 0, down, *shift)
    clip = pdfium_raw.FS_RECTF(0, 0, wide, high)
    flags = pdfium_raw.FPDF_GRAYSCALE | pdfium_raw.FPDF_ANNOT
    pdfium_raw.FPDF_RenderPageBitmapWithMatrix(bitmap, shown, matrix, clip, flags)
    return bitmap.to_pil()
