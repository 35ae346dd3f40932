"""Where shapes lie on a slide, also where only the layout says it; for workers only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dpdesk.documents import office_drawings
from dpdesk.documents.office_zip import Element, Packed, first, short
from dpdesk.documents.pages import Box

_DEEP: Final = 60
_SHAPES: Final = frozenset({"p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:contentPart"})
_ALIKE: Final = {"ctrTitle": "title", "subTitle": "body", "": "body", "obj": "body"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape of a slide, and where it lies, in the units of the file; None where nobody says."""

    shape: Element
    box: Box | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """How places within a group become places on the slide."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def of(self, box: Box) -> Box:
        return Box(
            self.x + box.x0 * self.across,
            self.y + box.y0 * self.down,
            self.x + box.x1 * self.across,
            self.y + box.y1 * self.down,
        )


def shapes(root: Element, packed: Packed, part: str) -> list[Placed]:
    """All shapes of a slide from the lowest up, those of groups too."""
    usual = _of_layouts(packed, part)
    tree = first(first(root, "p:cSld"), "p:spTree")
    return [
        Placed(shape, frame.of(own) if (own := _own(shape)) else usual.get(_holder(shape)))
        for shape, frame in _walked(tree if tree is not None else root, _Frame(), 0)
    ]


def _walked(holder: Element, frame: _Frame, deep: int) -> Iterator[tuple[Element, _Frame]]:
    for each in holder:
        name = short(each)
        if name in _SHAPES:
            yield each, frame
        elif name == "mc:AlternateContent" and deep < _DEEP:
            yield from _walked(office_drawings.alternative(each), frame, deep + 1)
        elif name == "p:grpSp" and deep < _DEEP:
            yield from _walked(each, _inside(each, frame), deep + 1)


def _inside(group: Element, frame: _Frame) -> _Frame:
    place = first(first(group, "p:grpSpPr"), "a:xfrm")
    outer, inner = _box(place, "a:off", "a:ext"), _box(place, "a:chOff", "a:chExt")
    if outer is None or inner is None or not inner.width or not inner.height:
        return frame
    across, down = outer.width / inner.width, outer.height / inner.height
    start = frame.of(Box(outer.x0 - inner.x0 * across, outer.y0 - inner.y0 * down, 0, 0))
    return _Frame(start.x0, start.y0, frame.across * across, frame.down * down)


def _own(shape: Element) -> Box | None:
    place = next((each for each in shape.iter() if short(each) in {"a:xfrm", "p:xfrm"}), None)
    return _box(place, "a:off", "a:ext")


def _box(place: Element | None, at: str, size: str) -> Box | None:
    start, extent = first(place, at), first(place, size)
    if start is None or extent is None:
        return None
    try:
        x, y = int(start.get("x", "")), int(start.get("y", ""))
        return Box(x, y, x + int(extent.get("cx", "")), y + int(extent.get("cy", "")))
    except ValueError:
        return None


def _holder(shape: Element) -> tuple[str, str]:
    """What kind of place of the layout a shape takes, and which of that kind."""
    about = shape[0] if len(shape) else None
    holder = first(first(about, "p:nvPr"), "p:ph")
    if holder is None:
        return "", "none"
    kind = holder.get("type", "")
    return _ALIKE.get(kind, kind), holder.get("idx", "")


def _of_layouts(packed: Packed, part: str) -> dict[tuple[str, str], Box]:
    """Where the places of the layout of a slide lie, and of what that is made from."""
    found: dict[tuple[str, str], Box] = {}
    for kind in ("slideLayout", "slideMaster"):
        relation = next((r for r in packed.relations(part).values() if r.kind == kind), None)
        if relation is None or relation.outside:
            break
        part, root = relation.target, packed.xml(relation.target)
        for each in root.iter() if root is not None else ():
            place = _own(each) if short(each) == "p:sp" else None
            if place is not None:
                name, number = _holder(each)
                found.setdefault((name, number), place)
                found.setdefault((name, ""), place)
    for (name, _number), place in list(found.items()):
        found.setdefault((name, ""), place)
    return found
