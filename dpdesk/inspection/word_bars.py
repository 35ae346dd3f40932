"""Shapes and pictures that are laid over the words of a Word file; for workers only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from dpdesk.documents.office_zip import short
from dpdesk.inspection import drawn_looks
from dpdesk.inspection.word_looks import is_colour

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINES: Final = frozenset({"line", "straightConnector1"})
_THICK: Final = 76_200  # units of a drawing: six points
_THICK_POINTS: Final = 6.0
_NAMED: Final = {"black": "000000", "white": "FFFFFF"}
_POINTS: Final = re.compile(r"(\d+(?:\.\d+)?)pt")


def over(tree: Any) -> Iterator[Any]:
    """Every shape of a part that covers what is below it."""
    for each in tree.iter(f"{_WPS}wsp"):
        if not _is_below(each) and (_is_filled(each) or _is_thick(each)):
            yield each
    for name in ("rect", "roundrect", "shape", "oval", "line"):
        for each in tree.iter(f"{_V}{name}"):
            # Word writes each shape twice, for older programs too.
            old = any("AlternateContent" in str(above.tag) for above in each.iterancestors())
            if not old and _is_old_bar(each, name):
                yield each


def is_over(anchor: Any) -> bool:
    """Whether a picture lies before the text, not behind it."""
    return anchor.get("behindDoc") not in {"1", "true"}


def _is_below(shape: Any) -> bool:
    """Whether a shape lies behind the text, or stands in it like a letter."""
    for above in shape.iterancestors():
        if above.tag == f"{_WP}inline":
            return True
        if above.tag == f"{_WP}anchor":
            return not is_over(above)
    return False


def _is_filled(shape: Any) -> bool:
    wordless = not any((each.text or "").strip() for each in shape.iter(f"{_W}t"))
    if drawn_looks.is_bar(shape, wordless=wordless):
        return True
    shades = [
        drawn_looks.colour(holder)[0]
        for fill in shape.iter(f"{_A}gradFill", f"{_A}pattFill")
        for holder in fill.iter(f"{_A}gs", f"{_A}fgClr", f"{_A}bgClr")
    ]
    return bool(shades) and all(is_colour(shade, dark=True) for shade in shades)


def _is_thick(shape: Any) -> bool:
    """Whether it is a dark line as thick as a line of words."""
    form = next(shape.iter(f"{_A}prstGeom"), None)
    line = next(shape.iter(f"{_A}ln"), None)
    if form is None or line is None or form.get("prst") not in _LINES:
        return False
    width = line.get("w") or ""
    filled = next((each for each in line if short(each) == "a:solidFill"), None)
    shade = drawn_looks.colour(filled)[0]
    return width.isdecimal() and int(width) >= _THICK and is_colour(shade, dark=True)


def _is_old_bar(shape: Any, name: str) -> bool:
    if name == "line":
        width = _POINTS.match(str(shape.get("strokeweight") or ""))
        thick = width is not None and float(width[1]) >= _THICK_POINTS
        return thick and is_colour(_shade(shape, "strokecolor"), dark=True)
    shade = _shade(shape, "fillcolor")
    if is_colour(shade, dark=True):
        return True
    wordless = not any((each.text or "").strip() for each in shape.iter(f"{_W}t"))
    style = str(shape.get("style") or "").replace(" ", "")
    free = "position:absolute" in style and "z-index:-" not in style
    has_picture = next(shape.iter(f"{_V}imagedata"), None) is not None
    return free and wordless and not has_picture and is_colour(shade, dark=False)


def _shade(shape: Any, name: str) -> str:
    told = str(shape.get(name) or "").partition(" ")[0].lstrip("#").lower()
    return _NAMED.get(told, told)
