"""What belongs to slides and is not on them: notes, comments, what every slide shows.

Used inside workers only.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_drawings import Drawings
from dpdesk.documents.office_zip import DAMAGED, Element, Packed, attribute, first, short
from dpdesk.documents.slide_text import Size, Slide
from dpdesk.errors import UnreadableFile

_NO_NOTES: Final = frozenset({"sldImg", "sldNum", "hdr", "ftr", "dt"})


class UnseenOfShow:
    """Gathers what a show does not show, by kind."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, kind: str, shown: str) -> None:
        """Takes one more piece of HTML, if there is anything in it."""
        if shown:
            self._found.setdefault(kind, []).append(shown)

    def found(self) -> list[Hidden]:
        """All of it."""
        return [Hidden(kind, len(each), "".join(each)) for kind, each in self._found.items()]


def listed_in(packed: Packed) -> tuple[str, Element, list[str]]:
    """The main part of a show, what stands in it, and the parts of its slides in their order.

    Raises UnreadableFile for a damaged one.
    """
    main = packed.main_part() or "ppt/presentation.xml"
    root = packed.xml(main)
    if root is None:
        raise UnreadableFile(*DAMAGED)
    relations = packed.relations(main)
    listed = first(root, "p:sldIdLst")
    parts = [
        relations[name].target
        for each in (listed if listed is not None else ())
        if (name := attribute(each, "r:id") or "") in relations
    ]
    return main, root, parts


def size(root: Element) -> Size | None:
    """The size of the slides."""
    told = first(root, "p:sldSz")
    if told is None:
        return None
    across, down = told.get("cx", ""), told.get("cy", "")
    return (int(across), int(down)) if across.isdecimal() and down.isdecimal() else None


def notes(packed: Packed, part: str, drawn: Drawings) -> str:
    """The speaker's notes of a slide."""
    made = []
    for relation in packed.relations(part).values():
        root = None
        if relation.kind == "notesSlide" and not relation.outside:
            root = packed.xml(relation.target)
        if root is None:
            continue
        for each in list(root.iter()):
            holder = first(first(each[0], "p:nvPr"), "p:ph") if short(each) == "p:sp" else None
            if holder is not None and holder.get("type", "") in _NO_NOTES:
                each.getparent().remove(each)
        made.append(Slide(packed, relation.target, drawn, None).html(root))
    return "".join(made)


def comments(packed: Packed, part: str, main: str) -> Iterator[str]:
    """Comments on a slide, of the older and the newer kind."""
    people = _people(packed, main)
    for relation in packed.relations(part).values():
        root = None
        if relation.kind in {"comments", "comment"} and not relation.outside:
            root = packed.xml(relation.target)
        for each in root.iter() if root is not None else ():
            name = short(each)
            if name == "p:cm":
                words = "".join(each.itertext())
            elif name in {"?:cm", "?:reply"}:
                body = next((child for child in each if short(child) == "?:txBody"), None)
                words = "".join(body.itertext()) if body is not None else ""
            else:
                continue
            who = people.get(each.get("authorId", ""), "")
            day = (each.get("dt") or each.get("created") or "")[:16].replace("T", " ")
            told = ", ".join(part for part in (who, day) if part)
            if words.strip():
                yield f'<p class="box"><b>{escape(told)}</b> {escape(words.strip())}</p>'


def _people(packed: Packed, main: str) -> dict[str, str]:
    found = {}
    for relation in packed.relations(main).values():
        root = None
        if relation.kind in {"commentAuthors", "authors"} and not relation.outside:
            root = packed.xml(relation.target)
        for each in root if root is not None else ():
            found[each.get("id", "")] = each.get("name", "")
    return found


def made_from(packed: Packed, parts: list[str]) -> list[str]:
    """What slides are made from: masters and layouts, each once."""
    layouts = dict.fromkeys(
        relation.target
        for part in parts
        for relation in packed.relations(part).values()
        if relation.kind == "slideLayout" and not relation.outside
    )
    masters = dict.fromkeys(
        relation.target
        for part in layouts
        for relation in packed.relations(part).values()
        if relation.kind == "slideMaster" and not relation.outside
    )
    return [*masters, *(each for each in layouts if each not in masters)]


def on_every_slide(packed: Packed, patterns: list[str], drawn: Drawings) -> str:
    """Words that stand on every slide because they stand on what slides are made from."""
    made: dict[str, None] = {}
    for part in patterns:
        root = packed.xml(part)
        if root is not None:
            shown = Slide(packed, part, drawn, None).html(root, placeholders=False)
            if shown:
                made[shown] = None
    if not made:
        return ""
    return f'<div class="box"><p class="note">On every slide</p>{"".join(made)}</div>'
