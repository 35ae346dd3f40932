"""Pictures of a PDF themselves: what is only masked in them, and what was made coarse.

For workers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pikepdf
from PIL import Image, ImageStat

from dpdesk.documents import picture_details
from dpdesk.documents.ocr import engine_of
from dpdesk.documents.pages import Box
from dpdesk.inspection import blurred, faint_words, made_unclear, shimmering
from dpdesk.inspection.found import Kind
from dpdesk.inspection.placing import Place, Placing, said
from dpdesk.inspection.telling import Told, signs_in

_PIXELS: Final = 30_000_000
_SMALLEST: Final = 100 * 20
_CLEAR: Final = 20  # of 255: what is less opaque nobody sees
_SHARE: Final = 0.001  # of the picture that must be masked
_SURE: Final = 60
_INK: Final = 100  # steps of grey between ink and paper
_DOTS: Final = 200.0
_LETTERS: Final = 3


def look(
    picture: Any, number: int, told: Told, memory: dict[str, Any], placing: Placing | None = None
) -> None:
    """Looks at one picture of a page, its number from 1; ``placing`` says where it lies."""
    bare = int(picture.get("/BitsPerComponent", 8)) == 1
    if bare and "/SMask" not in picture and "/Mask" not in picture:
        return  # black and white alone make no mosaic
    grey = _opened(picture)
    if grey is None:
        return
    look_at_pixels(grey, number, told, memory, placing)
    mask = _mask(picture, grey.size)
    if mask is None:
        return
    clear = mask.point([255] * _CLEAR + [0] * (256 - _CLEAR))
    if clear.histogram()[255] < _SHARE * grey.width * grey.height:
        return
    paper = max(range(256), key=grey.histogram(clear).__getitem__)
    below = Image.new("L", grey.size, paper)
    below.paste(grey, (0, 0), clear)
    if ImageStat.Stat(below).extrema[0][1] - ImageStat.Stat(below).extrema[0][0] < _INK:
        return
    read = engine_of(memory).look(below, _DOTS).found
    words = [word.text for word in read if word.sure >= _SURE and signs_in(word.text) >= _LETTERS]
    if words:
        place = clear.getbbox()
        what = "A part of a picture is only masked; what it showed is still there."
        told_of = _Where(grey.size, number, placing)
        told_of.tell(told, "under-picture-bar", what, [place] if place else [], " ".join(words))


def look_at_pixels(
    grey: Image.Image,
    number: int,
    told: Told,
    memory: dict[str, Any],
    placing: Placing | None = None,
) -> None:
    """What a grey picture shows to whoever looks closely; ``number`` of its page, 0 for none.

    ``placing`` says where it lies on a page; without one, findings say in words where in it.
    """
    if placing is None:
        grey = picture_details.upright(grey)  # as it is seen
    where = _Where(grey.size, number, placing)
    places = made_unclear.mosaics(grey)
    if places:
        what = "A part of a picture is only made coarse; what was there can often be guessed."
        where.tell(told, "made-unclear", what, places)
    places = blurred.blurred(grey)
    if places:
        what = "A part of a picture is only blurred; what was there can sometimes be made out."
        where.tell(told, "made-unclear", what, places)
    below = shimmering.words_below(grey, memory) + faint_words.words_below(grey, memory)
    if below:
        what = "Words under a bar within a picture can be read once its contrast is raised."
        text = " ".join(bar.text for bar in below)
        where.tell(told, "shimmering", what, [bar.place for bar in below], text)


class _Where(NamedTuple):
    """A picture of which something is told: its size, its page, and how it lies on it."""

    size: tuple[int, int]
    number: int
    placing: Placing | None

    def tell(
        self, told: Told, kind: Kind, what: str, places: Sequence[Place], text: str = ""
    ) -> None:
        """Tells what was found in parts of the picture: framed on the page, or said in words."""
        number, boxes = self.number, list[Box]()
        if self.placing is not None:
            number, boxes = self.placing(places, self.size)
        if places and not boxes:
            what = f"{what} Look {said(places, self.size)} of the picture."
        told.tell(kind, number, what, text, boxes)


def _opened(picture: Any) -> Image.Image | None:
    """The picture in grey, without what masks it; None where it is too small or cannot be read."""
    try:
        area = int(picture.Width) * int(picture.Height)
        if not _SMALLEST <= area <= _PIXELS or picture.get("/ImageMask"):
            return None
        return pikepdf.PdfImage(picture).as_pil_image().convert("L")
    except Exception:  # noqa: BLE001 -- readers of pictures throw whatever a damaged one makes them
        return None


def _mask(picture: Any, size: tuple[int, int]) -> Image.Image | None:
    """How opaque each pixel is; None where all are."""
    for key in ("/SMask", "/Mask"):
        mask = picture.get(key)
        if not isinstance(mask, pikepdf.Stream):
            continue
        try:
            found = pikepdf.PdfImage(mask).as_pil_image().convert("L")
        except Exception:  # noqa: BLE001 -- the same
            return None
        if key == "/Mask":  # a stencil: its ink says what is left out
            found = found.point(range(255, -1, -1))
        return found.resize(size) if found.size != size else found
    return None
