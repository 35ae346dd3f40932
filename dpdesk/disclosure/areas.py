"""Which pixels of a page are burnt in place: marks grown over their ink, padded, on a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from dpdesk.disclosure import ink, marks
from dpdesk.disclosure.canvas import to_pixels, to_points
from dpdesk.disclosure.ink import PixelBox
from dpdesk.documents.pages import Box

if TYPE_CHECKING:
    from dpdesk.disclosure.page_task import PageTask

_OVERHANG = 0.14  # of a word's full height: how far a mark on a first letter begins before its pen


def pixel_areas(
    grey: Image.Image,
    scale: tuple[float, float],
    task: PageTask,
    *,
    grid: int,
    heights: Sequence[Box] = (),
) -> list[PixelBox]:
    """Where the pixels of a page are burnt, outward to whole pixels.

    Text marks grow to cover ink that sticks out, then widen into blank space only: to the
    ``heights`` of their type and to a grid. Areas are widened to the grid of the encoding unless
    that would cost a word that stays.
    """
    page = task.page
    areas = marks.areas_of(page.width, page.height, page.words, task.marks)
    if not areas:
        return []
    gone = set(marks.removed_words(page.words, task.marks))
    stay = [word for index, word in enumerate(page.words) if index not in gone]
    kept = marks.staying(page.words, task.marks)
    level = _Ground(grey, scale, page.width, heights)
    # What runs up the page is widened on the page turned, in which it runs along.
    across = _Ground(
        grey.transpose(Image.Transpose.TRANSPOSE) if any(a.upright for a in areas) else grey,
        (scale[1], scale[0]),
        page.height,
        (),
    )
    limits = (grey.width, min(round(page.height * scale[1]), grey.height))
    boxes: list[PixelBox] = []
    for area in areas:
        others = marks.beside(area, areas)
        if area.drawn:
            box = to_pixels(area.box, scale)
        elif area.upright:
            turned = [[each.turned() for each in some] for some in (kept, others)]
            x0, y0, x1, y1 = across.widened(area.turned(), *turned)
            box = (y0, x0, y1, x1)
        else:
            box = level.widened(area, kept, others)
        exact = _on_grid(box, 1, limits)
        if grid == 1 or area.drawn:
            boxes.append(exact)  # what a hand drew ends where it was drawn
            continue
        wide = _on_grid(box, grid, limits)
        taken = [to_points(each, scale) for each in (exact, wide)]
        cost = any(marks.touches(taken[1], w) and not marks.touches(taken[0], w) for w in stay)
        boxes.append(exact if cost else wide)
    return boxes


@dataclass(frozen=True, slots=True)
class _Ground:
    """A page on which areas are widened along its lines.

    ``width`` is its length along them in points, ``heights`` are those of its type.
    """

    grey: Image.Image
    scale: tuple[float, float]
    width: float
    heights: Sequence[Box]

    def widened(
        self, area: marks.MarkedArea, kept: Sequence[marks.Staying], others: Sequence[marks.Staying]
    ) -> PixelBox:
        """An area grown over its ink, as high as its type, and padded where nothing stands."""
        near = area.box.inflate(min(area.box.width, area.box.height))
        hearts = [to_pixels(word.heart, self.scale) for word in kept if word.box.intersects(near)]
        box = ink.grown(self.grey, to_pixels(area.box, self.scale), hearts)
        box = _levelled(self.grey, box, self.scale, self.heights)
        return self._padded(box, area, [*kept, *others])

    def _padded(
        self, box: PixelBox, area: marks.MarkedArea, others: Sequence[marks.Staying]
    ) -> PixelBox:
        grey, scale = self.grey, self.scale
        grown = marks.MarkedArea(to_points(box, scale), area.numbers)
        wide = to_pixels(marks.pad(grown, self.width, others).box, scale)
        gap = max(1, round(marks.CLEARANCE * scale[0]))
        x0, y0, x1, y1 = box
        if wide[2] > x1:
            free = ink.free_of_ink(grey, (x1, y0, min(wide[2], grey.width), y1), from_left=True)
            x1 += free if x1 + free >= wide[2] else max(0, free - gap)
        if wide[0] < x0:
            free = ink.free_of_ink(grey, (max(0, wide[0]), y0, x0, y1), from_left=False)
            x0 -= free if x0 - free <= wide[0] else max(0, free - gap)
        return (x0, y0, x1, y1)


def _levelled(
    grey: Image.Image, box: PixelBox, scale: tuple[float, float], heights: Sequence[Box]
) -> PixelBox:
    """The box as high as its type, and beginning as far before its pen as any letter reaches.

    So it does not tell letters with tails from others, nor what the first letter is.
    """
    around = to_points(box, scale)
    for word in heights:
        if not word.intersects(around):
            continue
        x0, y0, x1, y1 = box
        left = max(0, round((word.x0 - _OVERHANG * word.height) * scale[0]))
        top, foot = max(0, round(word.y0 * scale[1])), round(word.y1 * scale[1])
        if top < y0 and _is_free(grey, (x0, top, x1, y0)):
            y0 = top
        if foot > y1 and _is_free(grey, (x0, y1, x1, foot)):
            y1 = foot
        if left < x0 and _is_free(grey, (left, y0, x0, y1)):
            x0 = left
        box = (x0, y0, x1, y1)
    return box


def _is_free(grey: Image.Image, strip: PixelBox) -> bool:
    return ink.free_of_ink(grey, strip, from_left=True) == strip[2] - strip[0]


def _on_grid(box: PixelBox, grid: int, limits: tuple[int, int]) -> PixelBox:
    x0, y0 = box[0] // grid * grid, box[1] // grid * grid
    x1, y1 = -(-box[2] // grid) * grid, -(-box[3] // grid) * grid
    return (max(0, x0), max(0, y0), min(limits[0], x1), min(-(-limits[1] // grid) * grid, y1))
