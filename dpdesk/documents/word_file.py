"""A Word file as a whole: its parts, its notes and comments, and what is hidden in it.

Used inside workers only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from html import escape
from typing import Any, Final

from dpdesk.documents import office_drawings
from dpdesk.documents.besides import Besides, names_somebody
from dpdesk.documents.hidden import Hidden, passage
from dpdesk.documents.inside import Inner
from dpdesk.documents.office_zip import Element, Packed, Relation, attribute, short
from dpdesk.documents.word_inline import TrackedChange
from dpdesk.documents.word_styles import Numbering, Styles

_BETWEEN: Final = frozenset({"m:num", "m:e", "m:sup", "m:sub", "m:den", "m:fName"})
_LOOKS: Final = {"deleted": "deleted"}
_HTML: Final = (b"<html", b"<!doctype", b"<body", b"<meta", b"<p", b"<div", b"<table")


class WordFile:
    """What the stories of a file share."""

    def __init__(self, packed: Packed, main: str) -> None:
        self.packed = packed
        self.main = main
        self.relations = packed.relations(main)
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles)
        self.drawn_pictures = office_drawings.Drawings(packed)
        self.inside: list[Inner] = []
        self.besides = Besides()
        self._hidden: dict[str, list[str]] = {}
        self._insertions: list[TrackedChange] = []
        self._notes: dict[tuple[str, str], int] = {}
        self._about: dict[str, str] = {}
        self._inherited: dict[tuple[str, str | None, str | None], bool | None] = {}

    def parts(self, kind: str) -> list[str]:
        """The names of the parts of that kind, each once."""
        found = {
            relation.target: None
            for relation in self.relations.values()
            if relation.kind == kind and not relation.outside
        }
        return [name for name in found if self.packed.has(name)]

    def _part(self, kind: str) -> Element | None:
        named = self.parts(kind)
        return self.packed.xml(named[0]) if named else None

    def inherited(self, what: str, run_style: str | None, style: str | None) -> bool | None:
        """What styles say of a property of letters: that of the letters first."""
        key = (what, run_style, style)
        if key not in self._inherited:
            told = self.styles.in_runs(run_style, what) if run_style is not None else None
            if told is None and style != "":
                told = self.styles.in_runs(style, what)
            self._inherited[key] = told
        return self._inherited[key]

    # What is hidden

    def hide(self, kind: str, words: str, note: str) -> None:
        """Takes a passage that is not shown; ``words`` are HTML."""
        self._hidden.setdefault(kind, []).append(passage(words, note, _LOOKS.get(kind, "")))

    def count_insertion(self, change: TrackedChange) -> None:
        """A tracked insertion, whose words are shown: counted once for each place."""
        if not self._insertions or self._insertions[-1] is not change:
            self._insertions.append(change)

    def hidden(self) -> list[Hidden]:
        """Everything that is hidden, by kind."""
        found = [Hidden(kind, len(each), "".join(each)) for kind, each in self._hidden.items()]
        if self._insertions:
            people = dict.fromkeys(change.told() for change in self._insertions)
            told = "<br>".join(escape(line) for line in people if line)
            note = f'<p class="box">Underlined on the pages before. {told}</p>'
            found.append(Hidden("inserted", len(self._insertions), note))
        if self.drawn_pictures.cropped:
            found.append(Hidden("cropped", self.drawn_pictures.cropped))
        return found

    def held_back(self, words: str) -> None:
        """What a field does not show; a single word that names nobody (his, her) is quiet."""
        pieces = words.split("; ")
        if any(" " in each or names_somebody(each) for each in pieces):
            self.hide("hidden text", escape(words), "in a field")
        for each in pieces:
            self.besides.add("In a field", each)

    # Footnotes and endnotes

    def note_mark(self, kind: str, number: str) -> str:
        """The mark of a note in the text; notes count in the order in which they are met."""
        place = self._notes.setdefault((kind, number), len(self._notes) + 1)
        return f"<sup>[{place}]</sup>"

    def note_places(self) -> dict[tuple[str, str], int]:
        """The places of the notes that the text refers to, by their kind and number."""
        return self._notes

    # Comments

    @cached_property
    def stored_comments(self) -> dict[str, tuple[str, Element]]:
        """The comments by their number: the part that each is in, and the comment."""
        found = {}
        for part in self.parts("comments"):
            root = self.packed.xml(part)
            for each in root if root is not None else ():
                if short(each) == "w:comment":
                    found[attribute(each, "w:id") or ""] = (part, each)
        return found

    def comment_number(self, number: str) -> int:
        """The place of a comment among all, from 1; 0 where there is none."""
        numbers = list(self.stored_comments)
        return numbers.index(number) + 1 if number in self.stored_comments else 0

    def comment_is_about(self, number: str, words: str) -> None:
        """Takes note of the words that a comment is about."""
        self._about[number] = " ".join(words.split())

    def about(self, number: str) -> str:
        """The words that a comment is about."""
        return self._about.get(number, "")

    def hide_whole(self, kind: str, html: str) -> None:
        """Takes a whole piece that is not shown."""
        self._hidden.setdefault(kind, []).append(html)

    # Drawings, equations, parts that came along

    alternative = staticmethod(office_drawings.alternative)

    def drawings(self, element: Element) -> Iterator[tuple[str, Any]]:
        """What a drawing consists of; its size goes to its first picture."""
        for kind, found in office_drawings.parts(element):
            if kind == "described":
                words = office_drawings.description(found)
                if words:
                    self.drawn_pictures.descriptions[words] = None
            elif kind == "cropped":
                self.drawn_pictures.cropped += 1
            elif kind == "picture":
                yield kind, (found, office_drawings.size_of(element))
            else:
                yield kind, found

    def drawn(self, kind: str, found: Any, relations: Mapping[str, Relation]) -> str:
        """A picture, chart or diagram as HTML."""
        if kind == "picture":
            return self.drawn_pictures.shown(found[0], relations, found[1])
        if kind == "chart":
            return self.drawn_pictures.chart(relations.get(attribute(found, "r:id") or ""))
        if kind == "diagram":
            return self.drawn_pictures.diagram(relations.get(attribute(found, "r:dm") or ""))
        return ""

    def equation(self, element: Element) -> str:
        """The letters of an equation in one line."""
        found = []
        for each in element.iter():
            name = short(each)
            if name in {"m:t", "w:t"}:
                found.append(each.text or "")
            elif name == "m:den":
                found.append("/")
            elif name in _BETWEEN:
                found.append(" ")
        return " ".join("".join(found).split())

    def chunk(self, relations: Mapping[str, Relation], name: str | None) -> str:
        """A part that Word would merge in when it opens the file: a web page, or another file."""
        relation = relations.get(name or "")
        content = None
        if relation is not None and relation.outside:
            told = escape(relation.target)
            return f'<p class="note">[A document that lies at {told} belongs here]</p>'
        if relation is not None:
            content = self.packed.read(relation.target)
        if not content or relation is None:
            return ""
        if content.lstrip()[:200].lower().startswith(_HTML):
            from dpdesk.documents.decoding import decode
            from dpdesk.documents.markup import cleared

            decoded = decode(content)
            if decoded is not None:
                return f"<div>{cleared(decoded.text)}</div>"
        self.inside.append(Inner(relation.target.rpartition("/")[2], content, "embedded"))
        return '<p class="note">[A document put in here; it is listed by itself]</p>'
