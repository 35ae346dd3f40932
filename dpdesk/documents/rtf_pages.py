"""Rich Text documents onto pages; used inside workers only."""

from __future__ import annotations

import binascii
import re
import string
from html import escape
from typing import Final

from dpdesk.documents import hidden, laid_out, office_properties
from dpdesk.documents.besides import Besides, names_somebody
from dpdesk.documents.hidden import Hidden, passage
from dpdesk.documents.inside import Inner
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_blips import with_head
from dpdesk.documents.office_embedded import old_object
from dpdesk.documents.rtf_reader import RtfReader
from dpdesk.documents.story_parts import PICTURES, Group, StoryPart
from dpdesk.documents.word_inline import address, column, differs, held_back, index_entry, linked
from dpdesk.walls.workers import Limits

_TWIPS: Final = 20.0
_MOST_PICTURES: Final = 2_000
_LONGEST: Final = 2_000
_TOLD: Final = frozenset(
    "title creator lastModifiedBy Company Manager description keywords subject category "
    "HyperlinkBase".split()
)
_BESIDE: Final = {
    "bookmark": "Name of a place",
    "box": "Name of a box to fill in",
    "offered": "Offered in a box",
    "variable": "Variable",
    "template": "Belongs to another file",
    "list": "Letters filled from",
    "people": "May change it",
}
"""Parts that are shown nowhere, and what they are called."""
_ASIDE: Final = frozenset({*_BESIDE, "sign", "quality"})
_CUT_OFF: Final = "The end of this document is missing; what there is was read. Ask for it again."
_USUAL: Final = re.compile(
    r"_?(?:Toc|Ref|Hlk|GoBack|Hlt)\w*|OLE_LINK\d+|(?:Text|Check|Dropdown|Bookmark)\d+|"
    r"Normal(?:\.dot[mx]?)?",
    re.IGNORECASE,
)
"""What Word calls things by itself."""


def rtf(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A Rich Text document as pages."""
    document = _Document()
    reader = RtfReader(content, document.ended, document.unseen)
    document.reader = reader
    body = reader.read().html()
    found = [Hidden(kind, len(lines), "".join(lines)) for kind, lines in document.hidden.items()]
    found += office_properties.hidden(document.added)
    document.tell_people()
    html = "".join(
        (
            document.around("header", "At the top of its pages"),
            body,
            f'<hr><p class="note">Notes</p>{"".join(document.notes)}' if document.notes else "",
            document.around("footer", "At the foot of its pages"),
            office_properties.shown(document.usual),
        )
    )
    more, small = document.besides.told([html, *(each.html for each in found)])
    found += more
    html += small
    made, warnings = laid_out.to_pdf(
        html + hidden.pages(found, first=not html), document.pictures, limits
    )
    told = [office_properties.APPROXIMATE, *hidden.sentence(found), *warnings]
    if reader.cut_off:
        told.append(_CUT_OFF)
    return Normal(made, told, inside=document.inside, said=office_properties.said(document.usual))


class _Document:
    """Gathers the parts of a document as its reader comes to their end."""

    def __init__(self) -> None:
        self.reader: RtfReader | None = None
        self.pictures: dict[str, bytes] = {}
        self.inside: list[Inner] = []
        self.notes: list[str] = []
        self.hidden: dict[str, list[str]] = {}
        self.usual: dict[str, str] = {}
        self.added: dict[str, str] = {}
        self.besides = Besides()
        self._around: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
        self._people: list[str] = []
        self._who = self._called = ""
        self._code = self._link = self._sign = ""

    def tell_people(self) -> None:
        """Who changed something, also where they only changed how words look."""
        for name in self._people:
            self.besides.add("Changed something", "" if name == "Unknown" else name)

    def around(self, kind: str, label: str) -> str:
        """Headers or footers, equal ones once."""
        return "".join(
            f'<div class="box"><p class="note">{label}</p>{words}</div>'
            for words in self._around[kind]
        )

    def unseen(self, part: StoryPart, _group: Group) -> None:
        """A passage that is not shown."""
        words = "".join(part.line)
        if not words.replace("<br>", "").strip():
            return
        number = part.details.get("author", -1)
        who = self._people[number] if 0 <= number < len(self._people) else ""
        told = f"by {who}" if who and part.target == "deleted" else ""
        note = ", ".join(each for each in (told, part.where()) if each)
        look = "deleted" if part.target == "deleted" else ""
        self.hidden.setdefault(part.target, []).append(passage(words, note, look))

    def ended(self, part: StoryPart, _group: Group) -> None:
        """A part is over."""
        outer = self.reader.parts[-1] if self.reader is not None else StoryPart("body")
        words = part.words().strip()
        if part.target in self._around:
            if words:
                self._around[part.target][part.html()] = None
        elif part.target == "footnote":
            self.notes.append(f'<p class="close"><b>[{len(self.notes) + 1}]</b></p>{part.html()}')
            outer.line.append(f"<sup>[{len(self.notes)}]</sup>")
        elif part.target == "annotation":
            self._comment(part, outer)
        elif part.target == "box":
            outer.line.append(f" {''.join(part.line)} " if not part.out else "")
            outer.out.append(f'<div class="box">{part.html()}</div>' if part.out else "")
        elif part.target == "picture":
            outer.line.append(self._picture(part))
        elif part.target == "object":
            self._embedded(words)
        elif part.target in _ASIDE:
            self._aside(part.target, " ".join(words.split())[:_LONGEST], outer)
        else:
            self._told(part, words, outer)

    def _told(self, part: StoryPart, words: str, outer: StoryPart) -> None:
        plain = " ".join(words.split())[:_LONGEST]
        if part.target == "who":
            self._who = plain
        elif part.target == "authors":
            self._people = [name.strip() for name in words.split(";")]
        elif part.target == "code":
            self._code, self._link = words, address(words)
        elif part.target == "field":
            self._field(words, outer)
        elif part.target == "index":
            entry = index_entry(f"XE {plain}")
            if entry:
                self.hidden.setdefault("index", []).append(passage(escape(entry)))
        elif part.target in {"created", "modified"}:
            day = part.details
            if day.get("yr"):
                self.usual[part.target] = (
                    f"{day['yr']:04}-{day.get('mo', 1):02}-{day.get('dy', 1):02}"
                    f"T{day.get('hr', 0):02}:{day.get('min', 0):02}"
                )
        elif part.target == "called":
            self._called = plain
        elif part.target == "value" and plain:
            self.added[self._called] = plain
        elif part.target in _TOLD and plain:
            self.usual[part.target] = plain

    def _aside(self, kind: str, words: str, outer: StoryPart) -> None:
        """What is shown nowhere; of a shape its letters are, where it is made of them."""
        if kind in _BESIDE:
            self.besides.add(_BESIDE[kind], "" if _USUAL.fullmatch(words) else words)
        elif kind == "sign":
            self._sign = words
        elif self._sign == "gtextUNICODE":
            outer.line.append(escape(f" {words} "))
        elif self._sign in {"wzDescription", "wzName", "wzTooltip"}:
            self.besides.add("Description of a picture", words)
        elif names_somebody(words):
            self.besides.add("Said of a shape", words)

    def _field(self, words: str, outer: StoryPart) -> None:
        """A field is over that shows these words."""
        self.besides.add("Column that letters are filled from", column(self._code))
        if held := held_back(self._code, words):
            lines = self.hidden.setdefault("hidden text", [])
            lines.append(passage(escape(held), "in a field"))
        told = differs(self._link, words)
        self._code = self._link = ""
        outer.line.append(linked(told) if told else "")

    def _comment(self, part: StoryPart, outer: StoryPart) -> None:
        lines = self.hidden.setdefault("comments", [])
        place = len(lines) + 1
        head = f"<b>Comment {place}</b> {escape(self._who)}"
        lines.append(f'<div class="box"><p class="close">{head}</p>{part.html()}</div>')
        outer.line.append(f' <span class="note">[comment {place}]</span> ')
        self._who = ""

    def _picture(self, part: StoryPart) -> str:
        content = _bytes(part.words())
        kind = next((name for word, name in PICTURES.items() if word in part.details), "")
        if not content or len(self.pictures) >= _MOST_PICTURES:
            return ""
        name = f"picture {len(self.pictures) + 1}"
        self.pictures[name] = with_head(content) if kind == "bmp" else content
        size = ""
        for word, side in (("picwgoal", "width"), ("pichgoal", "height")):
            points = part.details.get(word, 0) / _TWIPS
            size += f' {side}="{points:.0f}"' if points >= 1 else ""
        return f'<img src="cid:{name}" alt="{kind.upper()}"{size}>'

    def _embedded(self, words: str) -> None:
        inner = old_object(_bytes(words))
        if inner is not None:
            self.inside.append(inner)


def _bytes(words: str) -> bytes:
    """What figures stand for; signs between them that are none are passed over."""
    plain = "".join(sign for sign in words if sign in string.hexdigits)
    return binascii.unhexlify(plain[: len(plain) // 2 * 2])
