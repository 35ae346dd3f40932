"""The words, tables and pictures of one slide; used inside workers only."""

from __future__ import annotations

from html import escape
from typing import Final

from dpdesk.documents import office_drawings
from dpdesk.documents.office_drawings import Drawings
from dpdesk.documents.office_zip import Element, Packed, Relation, attribute, first, short
from dpdesk.documents.word_inline import differs, linked

_MOST_DEEP: Final = 80
_TITLES: Final = frozenset({"title", "ctrTitle"})
_MOST_COLUMNS: Final = 100

Size = tuple[int, int]
"""Width and height of a slide, in the units of the file."""


class Slide:
    """Writes one slide as HTML; what stands beside it or is hidden is kept apart."""

    def __init__(self, packed: Packed, part: str, drawn: Drawings, size: Size | None) -> None:
        self._relations = packed.relations(part)
        self._drawn = drawn
        self._size = size
        self._titles: list[str] = []
        self._rest: list[str] = []
        self.beside = ""
        self.hidden = ""
        self._depth = 0

    def html(self, root: Element, *, placeholders: bool = True) -> str:
        """All shapes in their order, the title first."""
        tree = first(first(root, "p:cSld"), "p:spTree")
        self._shapes(tree if tree is not None else root, placeholders=placeholders)
        return "".join((*self._titles, *self._rest))

    def _shapes(self, holder: Element, *, placeholders: bool = True) -> None:
        self._depth += 1
        for each in holder:
            name = short(each)
            if name == "mc:AlternateContent":
                self._shapes(office_drawings.alternative(each), placeholders=placeholders)
            elif name == "p:grpSp" and self._depth < _MOST_DEEP:
                self._shapes(each, placeholders=placeholders)
            elif name in {"p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:contentPart"}:
                self._shape(each, placeholders=placeholders)
        self._depth -= 1

    def _shape(self, shape: Element, *, placeholders: bool) -> None:
        about = shape[0] if len(shape) else shape
        holder = first(first(about, "p:nvPr"), "p:ph")
        if holder is not None and not placeholders:
            return
        body = first(shape, "p:txBody")
        kind = holder.get("type", "") if holder is not None else ""
        if body is not None:
            title = kind in _TITLES
            shown = self._filling(shape) + self._text(body, title=title)
        else:
            title = False
            shown = self._drawing(shape)
        if not shown:
            return
        properties = first(about, "p:cNvPr")
        if properties is not None and properties.get("hidden") in {"1", "true"}:
            self.hidden += shown
        elif self._is_beside(shape):
            self.beside += shown
        elif title:
            self._titles.append(shown)
        else:
            self._rest.append(shown)

    def _filling(self, shape: Element) -> str:
        """The picture that a shape with words, or with room for some, is filled with."""
        about = first(shape, "p:spPr")
        if about is None:
            return ""
        made = (
            self._drawn.shown(found, self._relations, office_drawings.size_of(about))
            for kind, found in office_drawings.parts(about)
            if kind == "picture"
        )
        return "".join(f"<p>{each}</p>" for each in made if each)

    def _is_beside(self, shape: Element) -> bool:
        """Whether a shape lies outside of the slide, where nobody sees it in a show."""
        place = next((each for each in shape.iter() if short(each) in {"a:xfrm", "p:xfrm"}), None)
        start, extent = first(place, "a:off"), first(place, "a:ext")
        if start is None or extent is None or self._size is None or self._depth > 1:
            return False
        try:
            x, y = int(start.get("x", "0")), int(start.get("y", "0"))
            across, down = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
        except ValueError:
            return False
        width, height = self._size
        return x >= width or y >= height or x + across <= 0 or y + down <= 0

    def _text(self, body: Element, *, title: bool = False) -> str:
        made = []
        for each in body:
            if short(each) == "a:p":
                words = self.line(each)
                if not words.strip():
                    continue
                about = first(each, "a:pPr")
                level = about.get("lvl", "0") if about is not None else "0"
                deep = min(int(level), 4) if level.isdecimal() else 0
                look = f' class="close inset{deep}"' if deep else ' class="close"'
                made.append(f"<h2>{words}</h2>" if title else f"<p{look}>{words}</p>")
        return "".join(made) + ("" if title or not made else "<p></p>")

    def line(self, paragraph: Element) -> str:
        """The words of a paragraph as HTML, with addresses that its links do not show."""
        made = []
        for each in paragraph:
            name = short(each)
            if name == "a:br":
                made.append("<br>")
            elif name in {"a:r", "a:fld"}:
                words = "".join(text.text or "" for text in each if short(text) == "a:t")
                made.append(escape(words, quote=False).replace("\v", "<br>"))
                link = first(first(each, "a:rPr"), "a:hlinkClick")
                relation = (
                    self._relations.get(attribute(link, "r:id") or "")
                    if (link is not None)
                    else None
                )
                if relation is not None and relation.outside:
                    told = differs(relation.target, words)
                    made.append(linked(told) if told else "")
            elif name not in {"a:pPr", "a:endParaRPr"}:
                made.append(escape(office_drawings.words_of(each), quote=False))
        return "".join(made)

    def _drawing(self, shape: Element) -> str:
        table = next((each for each in shape.iter() if short(each) == "a:tbl"), None)
        if table is not None:
            return self._table(table)
        made = []
        size = office_drawings.size_of(shape)
        for kind, found in office_drawings.parts(shape):
            if kind == "picture":
                made.append(f"<p>{self._drawn.shown(found, self._relations, size)}</p>")
            elif kind == "chart":
                made.append(self._drawn.chart(self._relation(found, "r:id")))
            elif kind == "diagram":
                made.append(f"<p>{self._drawn.diagram(self._relation(found, 'r:dm'))}</p>")
            elif kind == "words" and found.strip():
                made.append(f"<p>{escape(found)}</p>")
            elif kind == "cropped":
                self._drawn.cropped += 1
            elif kind == "described":
                words = office_drawings.description(found)
                if words:
                    self._drawn.descriptions[words] = None
        return "".join(made)

    def _relation(self, found: Element, name: str) -> Relation | None:
        return self._relations.get(attribute(found, name) or "")

    def _table(self, table: Element) -> str:
        rows = []
        for row in table:
            if short(row) != "a:tr":
                continue
            cells = []
            for cell in row:
                if short(cell) != "a:tc":
                    continue
                body = first(cell, "a:txBody")
                words = self._text(body) if body is not None else ""
                merged = "1" in {cell.get("hMerge"), cell.get("vMerge")}
                if merged and not words:
                    continue
                cells.append(f"<td{_spans(cell)}>{words}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f'<table class="grid">{"".join(rows)}</table>'


def _spans(cell: Element) -> str:
    told = ""
    for name, called in (("gridSpan", "colspan"), ("rowSpan", "rowspan")):
        number = cell.get(name, "1")
        if number.isdecimal() and 1 < int(number) <= _MOST_COLUMNS:
            told += f' {called}="{number}"'
    return told
