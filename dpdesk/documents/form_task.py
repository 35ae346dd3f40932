"""Reads scanned forms: their codes, and what is in their boxes; runs in a worker only.

The code says how the page lies. It is set upright as it was printed, each box is looked for where
it should be and a little around, and the ink in it is measured. What is not plain is called so.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from PIL import Image, ImageFilter, ImageStat

from dpdesk.documents import pdf
from dpdesk.documents.drawing import open_documents
from dpdesk.documents.fitting import SheetFit, Sides
from dpdesk.documents.form_beside import written_beside
from dpdesk.documents.form_marks import UPRIGHT, BoxPart, paper
from dpdesk.documents.form_pale import faint_print_shows, tint_shows
from dpdesk.documents.ocr import engine_of
from dpdesk.walls.inside import Answer, Call

DOTS: Final = 200
_MOST_CODES: Final = 8
_PICTURE: Final = "form page"
_SHOWN: Final = 2.0  # pixels for each point of the picture that is kept
_QUALITY: Final = 80
_SEARCH: Final = 8.0  # points around its place in which a box is looked for
_FAR: Final = 16.0  # the same where none is found so near
_CLOSER: Final = 3.0
_ROUNDS: Final = 4
_APART: Final = 6.0  # by so much boxes that are found far off may differ in how far they are
_FRAME: Final = 0.55  # of its outline must be ink
_SIDE: Final = 0.55  # of each of its sides
_LIGHT: Final = 0.8  # of how much darker other ink is: a thin line is lighter than a code
_NEAR: Final = 12.0
_DARKER: Final = (16, 60)  # steps of grey than the paper, at least and at most
_OF_PRINT: Final = 0.24  # of how much darker the print is: a faint scan has faint pencil
_BLACK: Final = 0.2  # of a code is print at least
_EMPTY: Final = 0.012  # of the inside is ink: specks
_SIGNED: Final = 0.006
_WITHIN: Final = 2.5  # points within the frame of an answer
_MARGIN: Final = 24


def codes(call: Call) -> Answer:
    """The codes on page ``request["page"]`` of the open PDF, with their corners in points."""
    library: Any = importlib.import_module("zxingcpp")
    page = _page(call)
    scale = DOTS / 72
    picture = _drawn(call, page)
    found = []
    for code in library.read_barcodes(picture, library.BarcodeFormat.QRCode)[:_MOST_CODES]:
        corners = [
            [getattr(code.position, name).x / scale, getattr(code.position, name).y / scale]
            for name in ("top_left", "top_right", "bottom_right", "bottom_left")
        ]
        found.append({"text": str(code.text)[:40], "corners": corners})
    return {"codes": found}, []


def boxes(call: Call) -> Answer:
    """What is in the boxes of a form whose code is at ``request["corners"]``.

    ``request["layout"]`` says what was printed where. The answer says of each box: ticked, empty
    or doubtful, with its place on the upright page, which follows as a JPEG. Of each frame to write
    into it says the words, as far as they can be read.
    """
    request, layout = call.request, call.request["layout"]
    picture = _drawn(call, _page(call))
    upright, places, darker = _placed(picture, layout, request["corners"])
    said = _said(upright, places, darker)
    for key, lines in layout.get("words", {}).items():
        # What somebody wrote beside the box may take the answer back, or narrow it.
        place = places.get(key)
        if place and written_beside(upright, layout["boxes"][key], place, lines, darker):
            said[key] = "doubtful"
    if "ticked" not in said.values() and _loses_pencil(call, upright, layout, darker):
        # What was too faint is gone from such a scan, and no stroke shows that theirs was not.
        said = {key: "doubtful" if each == "empty" else each for key, each in said.items()}
    answer = {
        "boxes": {
            key: {
                "said": said[key],
                "place": [*(place or layout["boxes"][key])],
            }
            for key, place in places.items()
        },
        "signed": _is_signed(upright, layout["signed"], darker) if layout["signed"] else None,
        "fields": {
            key: _written(call, upright, spot) for key, spot in layout.get("fields", {}).items()
        },
    }
    return answer, [_shown(upright)]


def _said(upright: Image.Image, places: Mapping[str, Sides | None], darker: int) -> dict[str, str]:
    """What is in each box. The tick of one may reach into what is around another."""
    said = {
        key: BoxPart(upright, place).said(darker) if place else "doubtful"
        for key, place in places.items()
    }
    ticked = {key: place for key, place in places.items() if place and said[key] == "ticked"}
    for key, place in places.items():
        if place and said[key] == "doubtful" and ticked:
            said[key] = BoxPart(upright, place, ticked.values()).said(darker)
    return said


def _loses_pencil(call: Call, upright: Image.Image, layout: Mapping[str, Any], darker: int) -> bool:
    """May what was drawn faintly be gone: from a fax, or a copy that lost what is printed pale?"""
    held = open_documents(call)[call.request["key"]]
    if pdf.is_black_and_white(held, _page(call)):
        return True
    shown = tint_shows(upright, layout["boxes"], darker)
    if shown is None and layout["signed"]:
        return not faint_print_shows(upright, layout["signed"], darker)
    return shown is False


def _placed(
    picture: Image.Image, layout: Mapping[str, Any], found: Sequence[Sequence[float]]
) -> tuple[Image.Image, dict[str, Sides | None], int]:
    """The page upright, where its boxes really are, and how much darker ink is than its paper.

    ``found``: the corners of its code, in points.
    """
    scale = DOTS / 72
    corners = [(x * scale, y * scale) for x, y in found]
    x, y, wide, high = layout["code"]
    printed = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
    fit = SheetFit.alike(printed, corners)
    upright = _upright(picture, fit, layout["size"])
    darker = _contrast(upright, layout["code"])
    boxes = layout["boxes"]
    places = {key: _found(upright, spot, _SEARCH, darker) for key, spot in boxes.items()}
    if not any(places.values()):
        far = {key: _found(upright, boxes[key], _FAR, darker) for key in _alone(boxes)}
        places = far if _agree(boxes, far) else places
    for _ in range(_ROUNDS):
        known = [(boxes[key], place) for key, place in places.items() if place]
        if not known:
            break
        # By each box that is found the others are nearer: a photographed page is not flat.
        fit = _closer(fit, known, printed, corners)
        upright = _upright(picture, fit, layout["size"])
        reach = _CLOSER if len(known) == len(boxes) else _SEARCH
        places = {key: _found(upright, spot, reach, darker) for key, spot in boxes.items()}
        if reach == _CLOSER:
            break
    if not _agree(boxes, places, _CLOSER):
        # What lies elsewhere than the others say is no box, or a page too crooked to be sure of.
        places = {
            key: place if place and _moved(boxes[key], place) <= _CLOSER else None
            for key, place in places.items()
        }
    if sum(place is not None for place in places.values()) < min(2, len(boxes)):
        places = dict.fromkeys(boxes)
    return upright, places, darker


def whole(call: Call) -> Answer:
    """The page as it lies, as a JPEG, for a page without a code that is known."""
    return {}, [_shown(_drawn(call, _page(call)), DOTS / 72)]


def _written(call: Call, upright: Image.Image, spot: Sequence[float]) -> str:
    """What stands in a frame, line by line; empty where nothing can be read."""
    x, y, wide, high = spot
    inner = (x + _WITHIN, y + _WITHIN, wide - 2 * _WITHIN, high - 2 * _WITHIN)
    part = _crop(upright, inner)
    # The engine reads nothing that touches the edge.
    framed = Image.new("L", (part.width + 2 * _MARGIN, part.height + 2 * _MARGIN), 255)
    framed.paste(part, (_MARGIN, _MARGIN))
    if not _share_of_ink(framed) > _EMPTY / 10:
        return ""
    return engine_of(call.memory).block(framed, UPRIGHT * 72)


def _page(call: Call) -> int:
    return int(call.request["page"])


def _drawn(call: Call, page: int) -> Image.Image:
    """The page in grey; kept, because it is asked about twice."""
    kept: tuple[int, Image.Image] | None = call.memory.get(_PICTURE)
    if kept is not None and kept[0] == page and call.request["again"]:
        return kept[1]
    document = open_documents(call)[call.request["key"]]
    drawn = pdf.draw(document, page, DOTS / 72, gray=True)
    size = (drawn.width, drawn.height)
    picture = Image.frombytes("L", size, drawn.content, "raw", "L", drawn.stride, 1)
    call.memory[_PICTURE] = (page, picture)
    return picture


def _upright(picture: Image.Image, fit: SheetFit, size: Sequence[float]) -> Image.Image:
    wide, high = (round(side * UPRIGHT) for side in size)
    way = Image.Transform.AFFINE
    by = Image.Resampling.BILINEAR
    return picture.transform((wide, high), way, fit.coefficients(1 / UPRIGHT), by, fillcolor=255)


def _moved(spot: Sequence[float], place: Sequence[float]) -> float:
    return max(abs(spot[0] - place[0]), abs(spot[1] - place[1]))


def _agree(
    boxes: Mapping[str, Sequence[float]],
    places: Mapping[str, Sequence[float] | None],
    by: float = _APART,
) -> bool:
    """Are there two at least, all moved to the same side by as much? Letters are not."""
    moved = [(p[0] - boxes[key][0], p[1] - boxes[key][1]) for key, p in places.items() if p]
    return len(moved) >= 2 and all(max(each) - min(each) <= by for each in zip(*moved, strict=True))


def _alone(boxes: Mapping[str, Sequence[float]]) -> list[str]:
    """The boxes that have no other so near that it might be taken for them."""
    return [
        key
        for key, spot in boxes.items()
        if all(
            max(abs(spot[0] - other[0]), abs(spot[1] - other[1])) > 2 * _FAR
            for name, other in boxes.items()
            if name != key
        )
    ]


def _closer(
    fit: SheetFit,
    known: Sequence[tuple[Sequence[float], Sides]],
    printed: Sequence[tuple[float, float]],
    corners: Sequence[tuple[float, float]],
) -> SheetFit:
    """The same by all that was found: a photographed page is not flat."""
    ours, theirs = list(printed), list(corners)
    for spot, place in known:
        ours.append((spot[0] + spot[2] / 2, spot[1] + spot[3] / 2))
        theirs.append(fit.at(place[0] + place[2] / 2, place[1] + place[3] / 2))
    return SheetFit.nearest(ours, theirs)


def _contrast(upright: Image.Image, code: Sequence[float]) -> int:
    """How many steps of grey ink is darker than paper on this page, by its printed code."""
    part = _crop(upright, code)
    counts, seen, black = part.histogram(), 0, 0
    while seen <= _BLACK * part.width * part.height:
        seen += counts[black]
        black += 1
    least, most = _DARKER
    return max(least, min(most, round((paper(part) - black) * _OF_PRINT)))


def _found(upright: Image.Image, spot: Sequence[float], reach: float, darker: int) -> Sides | None:
    """Where the outline of a box really is (points); None where there is none."""
    x, y, wide, high = spot
    around = _crop(upright, (x - reach, y - reach, wide + 2 * reach, high + 2 * reach))
    least = paper(around) - round(darker * _LIGHT)
    ink = around.point([255 if level < least else 0 for level in range(256)])
    across, down = round(wide * UPRIGHT), round(high * UPRIGHT)
    best, at = 0.0, (0, 0)
    rows = [_sums(ink.crop((0, top, ink.width, top + 1))) for top in range(ink.height)]
    columns = [_sums(ink.crop((left, 0, left + 1, ink.height))) for left in range(ink.width)]
    for top in range(ink.height - down):
        upper, lower = rows[top], rows[top + down]
        for left in range(ink.width - across):
            sides = [upper[left + across] - upper[left], lower[left + across] - lower[left]]
            if sum(sides) < best * 0.4 or min(sides) < _SIDE * across:
                continue
            sides += [
                column[top + down] - column[top]
                for column in (columns[left], columns[left + across])
            ]
            # Every side is there: between two boxes there is only a half of one.
            if sum(sides) > best and min(sides) >= _SIDE * across:
                best, at = sum(sides), (left, top)
    if best < _FRAME * 2 * (across + down):
        return None
    return (x - reach + at[0] / UPRIGHT, y - reach + at[1] / UPRIGHT, wide, high)


def _sums(line: Image.Image) -> list[int]:
    """How much ink there is before each pixel of a line."""
    sums, total = [0], 0
    for level in line.tobytes():
        total += level > 0
        sums.append(total)
    return sums


def _is_signed(upright: Image.Image, spot: Sequence[float], darker: int) -> bool:
    return _share(upright, spot, darker) > _SIGNED


def _share(upright: Image.Image, spot: Sequence[float], darker: int) -> float:
    """How much of a place is ink, by the paper around it: the place itself may be all ink."""
    x, y, wide, high = spot
    near = (x - _NEAR, y - _NEAR, wide + 2 * _NEAR, high + 2 * _NEAR)
    ink = _ink(_crop(upright, spot), paper(_crop(upright, near)), darker)
    return float(ImageStat.Stat(ink).mean[0]) / 255


def _share_of_ink(part: Image.Image) -> float:
    """How much of a part is clearly darker than its paper."""
    ink = _ink(part, paper(part), _DARKER[1])
    return float(ImageStat.Stat(ink).mean[0]) / 255


def _crop(upright: Image.Image, spot: Sequence[float]) -> Image.Image:
    x, y, wide, high = (side * UPRIGHT for side in spot)
    left, top = round(x), round(y)
    return upright.crop((left, top, left + max(1, round(wide)), top + max(1, round(high))))


def _ink(part: Image.Image, paper: int, darker: int) -> Image.Image:
    """255 where a part is darker than its paper by far; specks of dust are left out."""
    quiet = part.filter(ImageFilter.MedianFilter(3)) if min(part.size) > 6 else part
    return quiet.point([255 if level < paper - darker else 0 for level in range(256)])


def _shown(picture: Image.Image, scale: float = UPRIGHT) -> bytes:
    size = tuple(max(1, round(side * _SHOWN / scale)) for side in picture.size)
    out = io.BytesIO()
    small: Any = picture.resize((size[0], size[1]), Image.Resampling.BOX)
    small.save(out, "JPEG", quality=_QUALITY, dpi=(72 * _SHOWN, 72 * _SHOWN))
    return out.getvalue()
