"""Where OpenDocument files show their pictures; for workers only."""

from __future__ import annotations

import base64
import binascii
import posixpath
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from dpdesk.documents.office_zip import Element, Packed, attribute, short
from dpdesk.documents.open_file import points
from dpdesk.documents.open_styles import OpenStyles
from dpdesk.inspection.shown import Numbered, Shown, left

_AROUND: Final = {
    "style:header": "in a header",
    "style:header-left": "in a header",
    "style:header-first": "in a header",
    "style:footer": "in a footer",
    "style:footer-left": "in a footer",
    "style:footer-first": "in a footer",
    "presentation:notes": "in the notes",
}
_BODIES: Final = {
    "office:text": "in the text",
    "office:spreadsheet": "on the sheet",
    "office:presentation": "on the slide",
    "office:drawing": "on the page",
}
_SHOWING: Final = frozenset({"draw:image", "draw:fill-image", "style:background-image",
                             "text:list-level-style-image"})  # fmt: skip
_OBJECTS: Final = "objectreplacements/"
"""How objects look whose words are shown; only what is a picture of the usual kinds is one."""
_CUT: Final = 3.0  # points: what less is cut off shows nothing


def pictures(packed: Packed) -> Iterator[Shown]:
    """All pictures of the file: those of the text, slides or sheets first, in their order."""
    content, around = packed.xml("content.xml"), packed.xml("styles.xml")
    styles, numbered = OpenStyles(around, content), Numbered()
    for root in (content, around):
        page, place = 0, "behind the pages"
        for each in root.iter() if root is not None else ():
            name = short(each)
            place = _BODIES.get(name, place)
            if name == "draw:page" or _is_sheet(each):
                page += 1
            part = _target(packed, each)
            inline = _inline(each)
            if part or inline:
                where = next(_around(each), place)
                cut = _is_cut(each, styles)
                yield numbered.shown(part, page, where, cropped=cut, content=inline)
    yield from left(packed, numbered.parts)


def _is_sheet(each: Element) -> bool:
    return short(each) == "table:table" and short(each.getparent()) == "office:spreadsheet"


def _target(packed: Packed, each: Element) -> str:
    """The part with the picture that an element shows; empty where it shows none."""
    if short(each) not in _SHOWING:
        return ""
    target = posixpath.normpath(unquote(attribute(each, "xlink:href") or "")).lstrip("/")
    own = target.lower().startswith(_OBJECTS)
    return packed.names.get(target.lower(), "") if not own else ""


def _inline(each: Element) -> bytes:
    """A picture that stands among the words."""
    if short(each) != "office:binary-data":
        return b""
    try:
        return base64.b64decode(each.text or "")
    except (binascii.Error, ValueError):
        return b""


def _around(each: Element) -> Iterator[str]:
    for above in each.iterancestors():
        if short(above) in _AROUND:
            yield _AROUND[short(above)]


def _sides(clip: str) -> list[str]:
    """What is cut off at each side: the lengths of "rect(0cm, 2cm, 0cm, 0cm)"."""
    return clip.removeprefix("rect(").removesuffix(")").replace(",", " ").split()


def _is_cut(each: Element, styles: OpenStyles) -> bool:
    """Whether only a piece of a picture is shown."""
    for frame in each.iterancestors():
        if short(frame) == "draw:frame":
            style = attribute(frame, "draw:style-name") or attribute(
                frame, "presentation:style-name"
            )
            clip = styles.property(style, "style:graphic-properties", "fo:clip") or ""
            return any(points(side) > _CUT for side in _sides(clip))
    return False
