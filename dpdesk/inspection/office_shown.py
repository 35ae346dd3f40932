"""Where Word files, workbooks and presentations show their pictures; for workers only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from dpdesk.documents import slide_around
from dpdesk.documents.office_zip import Packed, Relation, attribute, short
from dpdesk.inspection.drawn_looks import is_cut
from dpdesk.inspection.shown import KINDS, Numbered, Shown, left

_PICTURES: Final = frozenset({"image", "hdphoto"})
_READ: Final = (".xml", ".vml")
_SHARED: Final = frozenset(
    "slide slideLayout slideMaster notesMaster handoutMaster theme worksheet".split()
)
"""What a slide or sheet refers to and is no part of it alone."""
_PLACES: Final = {
    "header": "in a header",
    "footer": "in a footer",
    "footnotes": "in a footnote",
    "endnotes": "in an endnote",
    "comments": "in a comment",
    "glossaryDocument": "in a building block",
    "numbering": "before the lines of a list",
    "chart": "in a chart",
    "diagramData": "in a diagram",
    "diagramDrawing": "in a diagram",
    "notesSlide": "in the notes",
    "slideLayout": "behind the slides",
    "slideMaster": "behind the slides",
    "theme": "in the design",
    "slide": "on a slide that is not in the show",
}
"""How a part is called to which a relation of that kind leads; others are called as where it is."""


class _Part(NamedTuple):
    name: str
    page: int
    place: str


def pictures(packed: Packed) -> Iterator[Shown]:
    """All pictures of the file: those of the text, slides or sheets first, in their order."""
    walk = _Walk(packed)
    for page in _pages(packed):
        yield from walk.below(page)
    yield from walk.rest()
    yield from left(packed, walk.numbered.parts)


def _pages(packed: Packed) -> Iterator[_Part]:
    if packed.has("word/document.xml"):
        yield _Part(packed.main_part() or "word/document.xml", 0, "in the text")
    elif packed.has("ppt/presentation.xml"):
        for number, part in enumerate(slide_around.listed_in(packed)[2], 1):
            yield _Part(part, number, "on the slide")
    else:
        for number, part in enumerate(_sheets(packed), 1):
            yield _Part(part, number, "on the sheet")


def _sheets(packed: Packed) -> Iterator[str]:
    """The parts of the sheets of a workbook, in their order."""
    main = packed.main_part() or "xl/workbook.xml"
    root, relations = packed.xml(main), packed.relations(main)
    for each in root.iter() if root is not None else ():
        told = relations.get(attribute(each, "r:id") or "") if short(each) == "s:sheet" else None
        yield from [told.target] if told is not None else ()


def _is_picture(relation: Relation) -> bool:
    return relation.kind in _PICTURES or relation.target.lower().endswith(KINDS)


class _Walk:
    """Goes from part to part, as they refer to each other."""

    def __init__(self, packed: Packed) -> None:
        self.numbered = Numbered()
        self._packed, self._seen = packed, set[str]()
        self._later = [_Part("", 0, "in the file")]

    def below(self, start: _Part, barred: frozenset[str] = _SHARED) -> Iterator[Shown]:
        """The pictures of a part and of those to which it leads, but for what several share."""
        waiting = deque([start])
        while waiting:
            part = waiting.popleft()
            if part.name.lower() in self._seen:
                continue
            self._seen.add(part.name.lower())
            found = self._packed.relations(part.name)
            relations = {key: each for key, each in found.items() if not each.outside}
            self.numbered.parts.update(each.target.lower() for each in relations.values())
            if any(_is_picture(each) for each in relations.values()):
                yield from self._of(part, relations)
            for each in relations.values():
                if _is_picture(each) or not each.target.lower().endswith(_READ):
                    continue
                place = _PLACES.get(each.kind, part.place)
                if each.kind in barred:
                    self._later.append(_Part(each.target, 0, place))
                else:
                    waiting.append(_Part(each.target, part.page, place))

    def rest(self) -> Iterator[Shown]:
        """The pictures of everything that was put off, and of the file itself."""
        for part in self._later[1:] + self._later[:1]:
            yield from self.below(part, frozenset())

    def _of(self, part: _Part, relations: dict[str, Relation]) -> Iterator[Shown]:
        root = self._packed.xml(part.name)
        for each in root.iter() if root is not None else ():
            for key, value in each.attrib.items():
                told = relations.get(str(value)) if "}" in key else None
                if told is None or not _is_picture(told) or not self._packed.has(told.target):
                    continue
                yield self.numbered.shown(told.target, part.page, part.place, cropped=is_cut(each))
