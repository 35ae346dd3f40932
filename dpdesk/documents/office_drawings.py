"""Pictures, charts and diagrams in office files: what can be shown of them, and their words.

Used inside workers only.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from dpdesk.documents.office_zip import (
    Element,
    Packed,
    Relation,
    attribute,
    first,
    short,
)

_POINTS: Final = 12_700.0  # English metric units in a point
_MOST_DEEP: Final = 80
_MOST_CELLS: Final = 5_000
_TEXTS: Final = frozenset({"a:t", "?:t", "?:v", "c:v", "m:t"})
_DESCRIBED: Final = frozenset(
    {"wp:docPr", "pic:cNvPr", "p:cNvPr", "xdr:cNvPr", "v:shape", "v:rect", "v:group", "v:oval"}
)


class Drawings:
    """The pictures that an office file shows, by the names that the layout asks for."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.pictures: dict[str, bytes] = {}
        self.cropped = 0
        self.descriptions: dict[str, None] = {}
        """What is written beside pictures for people who cannot see them, each once."""

    def shown(self, blip: Element, relations: Mapping[str, Relation], size: str = "") -> str:
        """A picture as HTML."""
        for name in ("r:embed", "r:id", "r:pict", "r:link"):
            relation = relations.get(attribute(blip, name) or "")
            if relation is not None:
                return self._picture(relation, size)
        return ""

    def _picture(self, relation: Relation, size: str) -> str:
        if relation.outside:
            return f' <span class="note">[Picture that lies at {escape(relation.target)}]</span> '
        name = relation.target
        if name not in self.pictures:
            self.pictures[name] = self._packed.read(name) or b""
        kind = posixpath.splitext(name)[1].lstrip(".").upper()
        return f'<img src="cid:{escape(name)}" alt="{escape(kind)}"{size}>'

    def chart(self, relation: Relation | None) -> str:
        """The words and figures of a chart as a table."""
        root = None if relation is None or relation.outside else self._packed.xml(relation.target)
        if root is None or relation is None:
            return ""
        return _chart(root) + self._on_chart(relation.target)

    def _on_chart(self, part: str) -> str:
        """Words that somebody wrote onto a chart, which lie in a part of their own."""
        made = []
        for relation in self._packed.relations(part).values():
            if relation.kind != "chartUserShapes" or relation.outside:
                continue
            root = self._packed.xml(relation.target)
            for each in root.iter() if root is not None else ():
                if short(each) == "a:p" and (words := words_of(each).strip()):
                    made.append(f"<p>{escape(words)}</p>")
        return "".join(made)

    def diagram(self, relation: Relation | None) -> str:
        """The words of a diagram (SmartArt), a line each."""
        root = None if relation is None or relation.outside else self._packed.xml(relation.target)
        if root is None:
            return ""
        lines = (words_of(each) for each in root.iter() if short(each) == "a:p")
        return "<br>".join(escape(line) for line in lines if line.strip())


_CALLED: Final = {
    "w:txbxContent": "box",
    "a:blip": "picture",
    "v:imagedata": "picture",
    "c:chart": "chart",
    "dgm:relIds": "diagram",
    "o:OLEObject": "object",
}


def parts(element: Element, deep: int = 0) -> Iterator[tuple[str, Any]]:
    """What a drawing consists of, in its order: ("box", "words", "picture", "chart" …, what)."""
    for each in element:
        name = short(each)
        if name in _CALLED or (name == "?:chart" and attribute(each, "r:id")):
            yield _CALLED.get(name, "chart"), each
        elif name == "mc:AlternateContent":
            yield from parts(alternative(each), deep)
        elif name == "v:textpath":
            yield "words", each.get("string", "")
        elif name == "a:p":
            yield "words", words_of(each)
        elif name == "a:srcRect":
            if any(each.get(side, "0") not in {"0", ""} for side in "ltrb"):
                yield "cropped", each
        elif deep < _MOST_DEEP:
            if name in _DESCRIBED:
                yield "described", each
            yield from parts(each, deep + 1)


def description(found: Element) -> str:
    """What a picture or shape shows, in the words that somebody wrote for who cannot see it."""
    told = (found.get("title"), found.get("descr") or found.get("alt"))
    return ": ".join(
        dict.fromkeys(words for each in told if (words := " ".join(each.split() if each else ())))
    )


def alternative(element: Element) -> Element:
    """Of several ways in which the same is stored, the first that says something."""
    ways = [each for each in element if short(each) in {"mc:Choice", "mc:Fallback"}]
    for way in ways:
        if any(True for _ in _says(way)):
            return way
    return ways[0] if ways else element


def _says(way: Element) -> Iterator[Element]:
    for each in way.iter():
        name = short(each)
        if name in _SAYING or (name == "?:chart" and attribute(each, "r:id")):
            yield each


_SAYING: Final = frozenset(
    {"w:t", "a:t", "m:t", "a:blip", "c:chart", "dgm:relIds", "v:imagedata", "v:textpath"}
)


def size_of(element: Element) -> str:
    """The size of a drawing as attributes of a picture; nothing where none is told."""
    for each in element.iter():
        if short(each) in {"wp:extent", "a:ext", "xdr:ext"} and each.get("cx") and each.get("cy"):
            try:
                across, down = (int(each.get(side)) / _POINTS for side in ("cx", "cy"))
            except ValueError:
                return ""
            if across >= 1 and down >= 1:
                return f' width="{across:.0f}" height="{down:.0f}"'
    return ""


def words_of(element: Element) -> str:
    """The words of a paragraph of a drawing."""
    found = []
    for each in element.iter():
        name = short(each)
        if name in _TEXTS:
            found.append(each.text or "")
        elif name == "a:br":
            found.append("\n")
        elif name == "a:tab":
            found.append("\t")
    return "".join(found)


def _chart(root: Element) -> str:
    """Titles first, then each series with its points."""
    titles, rows = [], []
    for each in root.iter():
        name = short(each)
        if name in {"c:title", "?:title"}:
            titles += [words_of(line) for line in each.iter() if short(line) == "a:p"]
            titles += _points(each).values()
        elif name == "c:ser":
            rows.append(_series(each))
        elif name in {"?:strDim", "?:numDim"}:
            rows.append(("", [point.text or "" for point in each.iter() if short(point) == "?:pt"]))
        elif name == "?:tx":
            titles.append(words_of(each))
    listed = "".join(f"<p><b>{escape(title)}</b></p>" for title in titles if title.strip())
    lines = []
    for name, points in rows:
        shown = "; ".join(escape(point) for point in points[:_MOST_CELLS] if point.strip())
        if name or shown:
            lines.append(f"<tr><td><b>{escape(name)}</b></td><td>{shown}</td></tr>")
    table = f'<table class="grid">{"".join(lines)}</table>' if lines else ""
    return f"{listed}{table}"


def _series(element: Element) -> tuple[str, list[str]]:
    name = " ".join(_points(first(element, "c:tx")).values())
    across = _points(first(element, "c:cat")) or _points(first(element, "c:xVal"))
    up = _points(first(element, "c:val")) or _points(first(element, "c:yVal"))
    labels = [
        words_of(each) for each in element.iter() if short(each) == "a:p" and words_of(each).strip()
    ]
    for each in element.iter():
        if short(each) == "?:dlblRangeCache":  # labels that are taken from other cells
            labels += _points(each).values()
        elif short(each) == "c:name":
            labels.append(each.text or "")
    made = []
    for place in sorted({*across, *up}):
        pair = [each for each in (across.get(place), up.get(place)) if each]
        made.append(": ".join(pair))
    return name, made + labels


def _points(element: Element | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in element.iter() if element is not None else ():
        if short(each) == "c:v":
            holder = each.getparent()
            place = holder.get("idx", "") if short(holder) == "c:pt" else ""
            number = int(place) if place.isdecimal() else len(found)
            more = each.text or ""
            found[number] = f"{found[number]} {more}" if number in found else more
    return found
