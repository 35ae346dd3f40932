"""An OpenDocument file as a whole: its parts, notes, comments, and what is hidden in it.

Used inside workers only.
"""

from __future__ import annotations

import posixpath
from html import escape
from typing import Final

from dpdesk.documents import office_pictures, open_besides
from dpdesk.documents.besides import Besides
from dpdesk.documents.hidden import Hidden, passage
from dpdesk.documents.inside import Inner
from dpdesk.documents.office_embedded import unwrapped
from dpdesk.documents.office_properties import Properties
from dpdesk.documents.office_zip import Element, Packed, attribute, first, short
from dpdesk.documents.open_controls import OpenControls, declared
from dpdesk.documents.open_styles import OpenStyles, changes, who

_TOLD: Final = {
    "meta:initial-creator": "creator",
    "dc:creator": "lastModifiedBy",
    "meta:creation-date": "created",
    "dc:date": "modified",
    "meta:print-date": "lastPrinted",
    "dc:title": "title",
    "dc:subject": "subject",
    "dc:description": "description",
    "meta:keyword": "keywords",
    "meta:editing-cycles": "revision",
}
_POINTS: Final = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "px": 0.75}
_MOST_OBJECTS: Final = 200
_LONGEST: Final = 2_000


class OpenFile:
    """What the stories of a file share."""

    def __init__(self, packed: Packed, content: Element, styles: Element | None) -> None:
        self.packed = packed
        self.styles = OpenStyles(styles, content)
        self.changes = changes(content)
        if styles is not None:
            self.changes = {**changes(styles), **self.changes}
        self.controls = OpenControls(content)
        self.pictures: dict[str, bytes] = {}
        self.inside: list[Inner] = []
        self.descriptions: dict[str, None] = {}
        self.spoken: list[str] = []
        """The speaker's notes that were met since they were last asked for."""
        self._hidden: dict[str, list[str]] = {}
        self._roots: list[Element | None] = [content, styles]
        for part in packed.under("Versions"):
            self.embed(part)
        self._insertions: list[str] = []
        self._notes: list[str] = []
        self._objects = 0
        self._met: set[str] = set()
        self._declared = declared(content)

    # What is hidden

    def hide(self, kind: str, words: str, note: str, look: str = "") -> None:
        """Takes a passage that is not shown; ``words`` are HTML."""
        if words.strip():
            self._hidden.setdefault(kind, []).append(passage(words, note, look))

    def hide_whole(self, kind: str, html: str) -> None:
        """Takes a whole piece that is not shown."""
        if html:
            self._hidden.setdefault(kind, []).append(html)

    def deleted(self, kept: Element, note: str) -> None:
        """What a tracked deletion keeps."""
        lines = [
            "".join(each.itertext()) for each in kept.iter() if short(each) in {"text:p", "text:h"}
        ]
        self.hide("deleted", "<br>".join(escape(line) for line in lines), note, "deleted")

    def change(self, name: str) -> tuple[str, str, Element] | None:
        """The tracked change of that name, which stands in the text."""
        self._met.add(name)
        return self.changes.get(name)

    def lost(self) -> None:
        """Takes what no place in the text leads to: deleted passages, texts of variables."""
        for words in self._declared:
            self.hide("hidden text", escape(words), "")
        for name, (kind, told, kept) in self.changes.items():
            if kind == "deletion" and name not in self._met:
                self.deleted(kept, told)

    def inserted(self, told: str) -> None:
        """A tracked insertion, whose words are shown."""
        self._insertions.append(told)

    def hidden(self) -> list[Hidden]:
        """Everything that is hidden, by kind."""
        found = [Hidden(kind, len(each), "".join(each)) for kind, each in self._hidden.items()]
        if self._insertions:
            told = "<br>".join(escape(each) for each in dict.fromkeys(self._insertions) if each)
            note = f'<p class="box">Underlined on the pages before. {told}</p>'
            found.append(Hidden("inserted", len(self._insertions), note))
        return found

    def besides(self, said: list[str]) -> tuple[list[Hidden], str]:
        """Words in places where nobody looks: what is counted, and the rest in small letters."""
        found = Besides()
        open_besides.gather(self.packed, self._roots, found)
        return found.told(said)

    # Notes and comments

    def begin_note(self) -> int:
        """A foot- or endnote begins; its place among all, from 1."""
        self._notes.append("")
        return len(self._notes)

    def end_note(self, place: int, words: str) -> None:
        """The words of a note, as HTML."""
        self._notes[place - 1] = words

    def notes_at_end(self) -> str:
        """All foot- and endnotes."""
        return "".join(
            f'<p class="close"><b>[{place}]</b></p>{words}'
            for place, words in enumerate(self._notes, 1)
        )

    def other_pictures(self) -> tuple[str, list[Hidden]]:
        """Pictures that stand nowhere in the text: HTML, and those that no page shows."""
        return office_pictures.left_open(self.packed, self.pictures, self._roots)

    def comment(self, element: Element, words: str) -> int:
        """Takes a comment and its words as HTML; its number."""
        place = len(self._hidden.get("comments", ())) + 1
        head = f"<b>Comment {place}</b> {escape(who(element))}"
        self.hide_whole("comments", f'<div class="box"><p class="close">{head}</p>{words}</div>')
        return place

    # Drawings

    def described(self, words: str) -> None:
        """What is written beside a picture for people who cannot see it."""
        if words.strip():
            self.descriptions[" ".join(words.split())] = None

    def embed(self, target: str) -> None:
        """Takes a file that was put in as a whole."""
        content = self.packed.read(target)
        inner = unwrapped(posixpath.basename(target), content) if content else None
        if inner is not None:
            self.inside.append(inner)

    def picture(self, element: Element, target: str) -> str:
        """A picture as HTML."""
        if "://" in target:
            return f'<span class="note">[Picture that lies at {escape(target)}]</span>'
        if target.startswith("ObjectReplacements/") or not target:
            return ""  # how an object looks, whose words are shown
        if target not in self.pictures:
            self.pictures[target] = self.packed.read(target) or b""
        frame = element.getparent()
        size = ""
        for side, called in (("svg:width", "width"), ("svg:height", "height")):
            told = points(attribute(frame, side) or "") if frame is not None else 0.0
            size += f' {called}="{told:.0f}"' if told >= 1 else ""
        return f'<img src="cid:{escape(target)}"{size}>'

    def object(self, target: str) -> Element | None:
        """What is in a chart, a formula or a sheet that was put in."""
        self._objects += 1
        if self._objects > _MOST_OBJECTS:
            self.packed.damaged.append(target)
            return None
        root = self.packed.xml(f"{target}/content.xml")
        body = first(root, "office:body")
        return root if body is None else body


def properties(packed: Packed) -> tuple[Properties, Properties]:
    """The usual properties, and those that somebody added."""
    usual: dict[str, str] = {}
    added: dict[str, str] = {}
    root = packed.xml("meta.xml")
    for each in root.iter() if root is not None else ():
        words = " ".join((each.text or "").split())[:_LONGEST]
        name = short(each)
        if name in _TOLD and words:
            usual[_TOLD[name]] = words
        elif name == "meta:user-defined" and words:
            added[attribute(each, "meta:name") or ""] = words
    return usual, added


def points(told: str) -> float:
    """A length in points; 0 for one that makes no sense."""
    for unit, worth in _POINTS.items():
        if told.endswith(unit):
            try:
                return float(told[: -len(unit)]) * worth
            except ValueError:
                return 0.0
    return 0.0
