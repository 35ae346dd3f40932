"""What can still be read in a presentation that was redacted elsewhere; for workers only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents import office_drawings, office_zip, slide_around
from dpdesk.documents.office_zip import Element, Packed, first, short
from dpdesk.documents.pages import Box
from dpdesk.documents.slide_text import Size
from dpdesk.inspection import drawn_looks, office_beside
from dpdesk.inspection.found import Kind
from dpdesk.inspection.placing import within
from dpdesk.inspection.slide_places import Placed, shapes
from dpdesk.inspection.telling import Told, words_in
from dpdesk.inspection.word_parts import is_dark

_COVERS: Final = 0.3  # of a bar that lies over a shape with words or a picture
_COVERED: Final = 0.6  # of the shape below
_LOOKED_AT: Final = (
    "ppt/presentation.xml", "ppt/slides/", "ppt/notesslides/", "ppt/comments/", "ppt/charts/",
    "ppt/diagrams/", "ppt/theme/", "ppt/slidelayouts/", "ppt/slidemasters/", "ppt/notesmasters/",
    "ppt/handoutmasters/", "ppt/tablestyles", "ppt/presprops", "ppt/viewprops", "ppt/authors",
    "ppt/commentauthors", "ppt/embeddings/",
)  # fmt: skip
_SAID: Final[dict[Kind, str]] = {
    "hidden-text": "Words are on the slide that nobody sees.",
    "black-on-black": "Words stand in the colour of what is behind them.",
}


def is_slides(content: bytes) -> bool:
    """Whether a file that looks packed is a presentation."""
    return office_beside.is_of(content, "ppt/presentation.xml")


def look(content: bytes, told: Told) -> int:
    """Looks through the file; the number of its slides. Raises UnreadableFile for a damaged one."""
    packed = office_zip.opened(content)
    main, root, parts = slide_around.listed_in(packed)
    size = slide_around.size(root)
    slides = [_Slide(packed, part, number, size) for number, part in enumerate(parts, 1)]
    for slide in slides:
        told.see(slide.seen())
    told.see(_on_every_slide(packed, parts))
    office_beside.drawings(packed, "ppt", told)
    for slide in slides:
        slide.tell(told, main)
    for each in root.iter():
        if str(each.tag).endswith("}section"):
            told.gather("bookmark", "A part of the show has a name.", each.get("name") or "")
    office_beside.people(_writers(packed, main), told)
    office_beside.look(packed, "ppt", _LOOKED_AT, told)
    told.gathered()
    if packed.damaged:
        told.tell("damaged", 0, "A part of the file is damaged and could not be checked.")
    return len(parts)


class _Slide:
    """One slide: what is seen on it, and what is only there."""

    def __init__(self, packed: Packed, part: str, number: int, size: Size | None) -> None:
        self._packed, self._part, self._number = packed, part, number
        root = packed.xml(part)
        self._damaged = root is None
        self._off = root is not None and root.get("show") in {"0", "false"}
        self._placed = shapes(root, packed, part) if root is not None else []
        self._sheet = Box(0, 0, *size) if size is not None else None
        self._plain = root is None or first(first(root, "p:cSld"), "p:bg") is None
        self._unseen: dict[Kind, list[str]] = {}
        self._beside: list[str] = []
        self._shown: list[str] = []
        for place, each in enumerate(self._placed):
            self._sort(place, each)

    def seen(self) -> list[str]:
        """The words that a show shows."""
        return [] if self._off else self._shown

    def _sort(self, place: int, placed: Placed) -> None:
        shape = placed.shape
        if _is_hidden(shape):
            self._unseen.setdefault("hidden-text", []).append(_words(shape))
        elif self._is_beside(placed.box):
            self._beside.append(_words(shape))
        else:
            seen = []
            for text, kind in self._runs(place):
                if kind is None:
                    seen.append(text)
                else:
                    self._unseen.setdefault(kind, []).append(text)
            self._shown += "".join(seen).split("\n")

    def _runs(self, place: int) -> Iterator[tuple[str, Kind | None]]:
        placed = self._placed[place]
        ground, sure = drawn_looks.behind(placed.shape)
        if not ground:
            below = self._placed[:place]
            sure = sure and self._plain and not any(_is_filled(b, placed.box) for b in below)
        for each in placed.shape.iter():
            if short(each) in {"p:txBody", "a:txBody"}:
                cell = short(each) == "a:txBody"
                own = _of_cell(each) if cell else ground
                yield from drawn_looks.runs(each, own, sure=sure and not cell)

    def _is_beside(self, box: Box | None) -> bool:
        return (
            box is not None
            and self._sheet is not None
            and not box.intersects(self._sheet)
            and bool(box.width or box.height)
        )

    def tell(self, told: Told, main: str) -> None:
        """Tells what is on the slide and not seen."""
        if self._damaged:
            told.tell("damaged", self._number, "This slide could not be checked.")
            return
        if self._off:
            words = " ".join(self._shown)
            self._say(told, "hidden-text", "The slide is hidden, and is shown by one click.", words)
        for kind, texts in self._unseen.items():
            self._say(told, kind, _SAID[kind], " ".join(texts))
        self._say(told, "cropped", "Words lie beside the slide.", " ".join(self._beside))
        self._bars(told)
        for each in self._placed:
            text = drawn_looks.described(each.shape)
            told.tell_unless_seen("description", self._number, "A drawing is described.", text)
        self._around(told, main)

    def _say(self, told: Told, kind: Kind, what: str, text: str) -> None:
        if words_in(text):
            told.tell(kind, self._number, what, text)

    def _around(self, told: Told, main: str) -> None:
        notes = slide_around.notes(self._packed, self._part, office_drawings.Drawings(self._packed))
        self._say(told, "note", "The speaker’s notes are in the file.", office_beside.plain(notes))
        said = (
            office_beside.plain(each)
            for each in slide_around.comments(self._packed, self._part, main)
        )
        self._say(told, "note", "A comment is in the file.", " ".join(said))

    def _bars(self, told: Told) -> None:
        """Dark and white shapes, and dark pictures, over words and pictures."""
        for place, bar in enumerate(self._placed):
            wordless = not words_in(_words(bar.shape))
            dark = self._is_dark_picture(bar.shape)
            if bar.box is None or not (
                dark
                or (short(bar.shape) == "p:sp" and drawn_looks.is_bar(bar.shape, wordless=wordless))
            ):
                continue
            below = [
                each.shape
                for each in self._placed[:place]
                if _covers(bar.box, each.box)
                and (wordless or first(each.shape, "p:txBody") is not None)
            ]
            text = " ".join(_words(each) for each in below)
            pictures = any(short(each) == "p:pic" for each in below)
            if words_in(text) or pictures:
                what = "A shape is drawn over the slide; what is below is still there."
                told.tell("drawn-bar", self._number, what, text)

    def _is_dark_picture(self, shape: Element) -> bool:
        if short(shape) != "p:pic":
            return False
        relation = self._packed.relations(self._part).get(drawn_looks.picture(shape))
        if relation is None or relation.outside:
            return False
        return is_dark(self._packed.read(relation.target) or b"")


def _is_hidden(shape: Element) -> bool:
    about = first(shape[0], "p:cNvPr") if len(shape) else None
    return about is not None and about.get("hidden") in {"1", "true"}


def _words(shape: Element) -> str:
    lines = (office_drawings.words_of(each) for each in shape.iter() if short(each) == "a:p")
    return " ".join(lines)


def _is_filled(placed: Placed, over: Box | None) -> bool:
    """Whether something that is no paper may lie behind a place."""
    if over is not None and placed.box is not None and not placed.box.intersects(over):
        return False
    if short(placed.shape) != "p:sp":
        return True
    shade, sure = drawn_looks.behind(placed.shape)
    return bool(shade) or not sure


def _of_cell(body: Element) -> str:
    """The colour of the cell of a table around a text."""
    cell = body.getparent()
    filled = first(first(cell, "a:tcPr"), "a:solidFill") if cell is not None else None
    return drawn_looks.colour(filled)[0]


def _covers(bar: Box, box: Box | None) -> bool:
    return box is None or within(bar, box) > _COVERS or within(box, bar) > _COVERED


def _on_every_slide(packed: Packed, parts: list[str]) -> list[str]:
    drawn = office_drawings.Drawings(packed)
    return [office_beside.plain(slide_around.on_every_slide(packed, parts, drawn))]


def _writers(packed: Packed, main: str) -> Iterator[str]:
    """Everybody in the list of those who wrote comments."""
    for relation in packed.relations(main).values():
        if relation.kind in {"commentAuthors", "authors"} and not relation.outside:
            root = packed.xml(relation.target)
            for each in root if root is not None else ():
                yield each.get("name") or ""
