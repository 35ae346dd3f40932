"""What is drawn beside a line and may stand there because of its length: a frame, a sign, a rule.

The line itself is set anew, but its frame stays where it was. What also runs along other lines, as
the rules of a table do, stands where it stands whatever this line says.
"""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image

from dpdesk.disclosure.canvas import Canvas, to_pixels
from dpdesk.disclosure.ink import PixelBox
from dpdesk.documents.pages import Box

_PAPER = 250  # what is darker is ink, or a tint
_INKED = [255 if shade < _PAPER else 0 for shade in range(256)]
_THICK = 2  # pixels of a drawing that are followed up and down


def may_follow(canvas: Canvas, line: PixelBox, words: Iterable[Box], *, left: bool) -> bool:
    """Whether the first drawing right of a line stands in its rows alone; or ``left`` of it too.

    ``words`` are all of the page, in points; they are no drawings.
    """
    x0, top, x1, foot = line
    boxes = [to_pixels(word, canvas.scale) for word in words]
    taken = [box for box in boxes if box[1] < foot and box[3] > top]
    right = _ink(canvas, (x1, top, canvas.picture.width, foot), taken).getbbox()
    if right is not None and not _runs_on(canvas, x1 + right[0], (top, foot)):
        return True
    before = _ink(canvas, (0, top, x0, foot), taken).getbbox() if left else None
    return before is not None and not _runs_on(canvas, before[2] - _THICK, (top, foot))


def _ink(canvas: Canvas, box: PixelBox, taken: Iterable[PixelBox]) -> Image.Image:
    wide = (box[0], box[1], max(box[0] + 1, box[2]), box[3])
    ink = canvas.picture.crop(wide).convert("L").point(_INKED)
    for x0, y0, x1, y1 in taken:
        ink.paste(0, (max(0, x0 - box[0]), max(0, y0 - box[1]), x1 - box[0], y1 - box[1]))
    return ink


def _runs_on(canvas: Canvas, x: int, rows: tuple[int, int]) -> bool:
    """Whether what is drawn at ``x`` goes on for the height of a line, above it or below."""
    high = rows[1] - rows[0]
    for top, foot in ((rows[0] - high, rows[0]), (rows[1], rows[1] + high)):
        strip = canvas.picture.crop((x, max(0, top), x + _THICK, foot)).convert("L").point(_INKED)
        if strip.height == high and all(strip.getprojection()[1]):
            return True
    return False
