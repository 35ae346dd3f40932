"""Words of a presentation that no slide shows: descriptions, tips, names of its parts and people.

Used inside workers only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dpdesk.documents import office_rest
from dpdesk.documents.besides import Besides
from dpdesk.documents.office_drawings import description, words_of
from dpdesk.documents.office_zip import Element, Packed, attribute, first, short

_DESCRIBED: Final = "Description of a picture"
_USUAL: Final = re.compile(
    r"(?:Default Section|Untitled Section|Custom Show|Slide|Section|PowerPoint Presentation|Author)"
    r"[ _]?\d*",
    re.IGNORECASE,
)
"""What PowerPoint calls parts by itself."""
_LINES: Final = {
    "?:section": ("Name of a section", ("name",)),
    "p:custShow": ("Name of a show", ("name",)),
    "p:tag": ("Kept by a program", ("val",)),
    "p:cSld": ("Name of a slide", ("name",)),
    "p:cmAuthor": ("Writes comments", ("name",)),
    "?:author": ("Writes comments", ("name",)),
    "a:hlinkClick": ("Tip", ("tooltip",)),
    "a:hlinkHover": ("Tip", ("tooltip",)),
}
"""Where words stand in the parts of a presentation, by the element."""
_AT_EDGE: Final = frozenset({"hdr", "ftr"})


def gather(packed: Packed, root: Element, parts: Sequence[str], found: Besides) -> None:
    """Adds all of them; ``parts`` are the slides."""
    _lines(root, found)
    for name in packed.under("ppt/tags"):
        if "/_rels/" not in name:
            _lines(packed.xml(name), found)
    for name in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
        _lines(packed.xml(name), found)
    for part in parts:
        relations = packed.relations(part)
        slide = packed.xml(part)
        _lines(slide, found)
        for each in slide.iter() if slide is not None else ():
            relation = relations.get(attribute(each, "r:id") or "")
            linked = short(each).startswith("a:hlink") and relation is not None
            if linked and relation is not None and relation.outside:
                found.add("Link", relation.target.removeprefix("mailto:"))
        for relation in relations.values():
            if relation.kind == "notesSlide" and not relation.outside:
                _edges(packed.xml(relation.target), found)
    office_rest.gather(packed, found)


def _lines(root: Element | None, found: Besides) -> None:
    for each in root.iter() if root is not None else ():
        where, names = _LINES.get(short(each), ("", ()))
        for name in names:
            words = each.get(name)
            if words and not _USUAL.fullmatch(words):
                found.add(where, words)
        if short(each) == "p:cNvPr":
            found.add(_DESCRIBED, description(each))


def _edges(root: Element | None, found: Besides) -> None:
    """What is printed at the top or foot of the speaker's notes, and what pictures there show."""
    _lines(root, found)
    for each in root.iter() if root is not None else ():
        about = each[0] if short(each) == "p:sp" and len(each) else None
        holder = first(first(about, "p:nvPr"), "p:ph")
        if holder is not None and holder.get("type", "") in _AT_EDGE:
            found.add("Printed with the notes", words_of(each))


def left_over(packed: Packed, parts: Sequence[str]) -> list[str]:
    """Slides that were taken out of the show and lie in the file still."""
    known = {part.lower() for part in parts}
    return [
        name
        for name in packed.under("ppt/slides")
        if "/_rels/" not in name and name.lower().endswith(".xml") and name.lower() not in known
    ]
