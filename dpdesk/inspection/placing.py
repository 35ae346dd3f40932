"""Where the drawings of a PDF page lie; for workers only."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import Frame


def seen_box(frame: Frame, drawing: Any) -> Box | None:
    """Where a drawing lies on the page as seen, also beyond its edges; None if nobody knows."""
    sides = tuple(ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(drawing, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return Box(*frame.seen(left, bottom, right, top))


def within(one: Box, other: Box) -> float:
    """What share of a box lies within another, 0 to 1."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    area = one.width * one.height
    return across * down / area if across > 0 and down > 0 and area > 0 else 0.0
