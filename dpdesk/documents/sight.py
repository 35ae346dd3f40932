"""A page drawn in several ways, to be compared: used inside workers only."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from dpdesk.documents import ink


class Sight:
    """A page drawn as it is seen and in other ways, each when it is first needed.

    Letters stand a fraction of a pixel elsewhere in grey drawings, so what is compared must be
    drawn alike. Whoever has ended looking calls ``restore``: drawings are switched off in memory.
    """

    def __init__(self, page: Any, survey: ink.Survey, scale: float, *, grey: bool) -> None:
        self.scale = scale
        self._page, self._survey, self._grey = page, survey, grey
        self._drawn: dict[str, Image.Image] = {}

    def letters(self) -> Image.Image:
        """How much its letters, drawn alone, differ from blank paper; in colour only."""
        self._switch(letters=True, pictures=False, lines=False)
        return ink.strength(self._page, self.scale)

    def whole(self) -> Image.Image:
        """With everything on it, annotations and form fields too."""
        return self._draw("whole")

    def pictures(self) -> Image.Image:
        """Its pictures alone, nothing drawn over them."""
        return self._draw("pictures")

    def change(self) -> Image.Image:
        """How much the letters of the page itself change each pixel, in its worst colour."""
        if self._survey.pictures or self.drawn_over():
            differing = ImageChops.difference(self.whole(), self._draw("ground"))
        else:
            differing = ImageChops.invert(self.whole())  # nothing but letters on white paper
        one, two, three = differing.split()
        return ImageChops.lighter(ImageChops.lighter(one, two), three)

    def ground(self) -> Image.Image | None:
        """Without its letters; None where there is nothing else."""
        return self._draw("ground") if self._survey.pictures or self.drawn_over() else None

    def drawn_over(self) -> bool:
        """Whether there are lines or annotations, which may cover something."""
        return bool(self._survey.lines) or pdfium_c.FPDFPage_GetAnnotCount(self._page) > 0

    def restore(self) -> None:
        """Switches everything on again."""
        self._switch(letters=True, pictures=True, lines=True)

    def _switch(self, *, letters: bool, pictures: bool, lines: bool) -> None:
        ink.switch(self._survey.letters, on=letters)
        ink.switch(self._survey.pictures, on=pictures)
        ink.switch(self._survey.lines, on=lines)

    def _draw(self, what: str) -> Image.Image:
        if what in self._drawn:
            return self._drawn[what]
        over = what != "pictures"
        self._switch(letters=what == "whole", pictures=True, lines=over)
        grey, three = pdfium_c.FPDFBitmap_Gray, pdfium_c.FPDFBitmap_BGR
        drawn = self._page.render(
            scale=self.scale,
            may_draw_forms=over,
            draw_annots=over,
            limit_image_cache=True,
            grayscale=self._grey,
            force_bitmap_format=grey if self._grey else three,
        )
        self._drawn[what] = ink.drawn_picture(drawn)
        return self._drawn[what]
