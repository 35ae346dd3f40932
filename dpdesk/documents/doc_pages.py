"""Word files of the old kind (``.doc``) onto pages; used inside workers only."""

from __future__ import annotations

import struct
from html import escape
from itertools import pairwise
from typing import Final

from dpdesk.documents import hidden, laid_out, office_blips, office_old, office_properties
from dpdesk.documents.besides import Besides
from dpdesk.documents.doc_file import (
    BOX_TEXTS,
    COMMENT_MARKS,
    COMMENT_TEXTS,
    END_MARKS,
    END_TEXTS,
    HEADER_BOX_TEXTS,
    HEADERS,
    NOTE_MARKS,
    NOTE_TEXTS,
    OWNERS,
    REVISERS,
    OldLetters,
    OldWord,
)
from dpdesk.documents.hidden import Hidden, passage
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_zip import DAMAGED
from dpdesk.documents.story_parts import Group, StoryPart, dressed
from dpdesk.documents.word_inline import (
    TAB,
    OpenField,
    OpenFields,
    address,
    column,
    differs,
    held_back,
    linked,
)
from dpdesk.documents.word_inline import index_entry as entry_of
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_FAULTS: Final = (ValueError, struct.error, IndexError, KeyError, OverflowError)
_SECTION: Final = 6
"""Headers and footers of a part of a document: even, odd and first ones."""
_COMMENT: Final = 30  # bytes that are told of a comment
_BOX: Final = 22
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_HEADINGS: Final = range(1, 10)
_SIGNS: Final = {
    "\t": TAB, "\x0b": "<br>", "\x0e": "<br>", "\x1e": "-", "\x1f": "", "\xa0": "\u00a0",
    "\x00": "", "\x03": "", "\x04": "", "\x08": "",
}  # fmt: skip
_PLAIN: Final = (
    "Only the bare words of this old Word file could be read. Open it in Word, save it as .docx "
    "and add that, so that nothing is missed."
)


def doc(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """An old Word file as pages. Raises UnreadableFile for one that cannot be read."""
    with office_old.opened(content) as file:
        streams = {} if file is None else office_old.streams(file)
    main = streams.get("WordDocument", b"")
    try:
        reader = OldReader(OldWord(main, streams, streams.get("Data", b"")))
        reader.read()
        reader.lay_beside(office_blips.pictures(main))
    except _FAULTS:
        return _bare(main, content, limits)
    usual = office_old.properties(content)
    html = reader.html() + office_properties.shown(usual)
    found = reader.found()
    more, small = reader.besides.told([html, *(each.html for each in found)])
    found += more
    html += small
    made, warnings = laid_out.to_pdf(
        html + hidden.pages(found, first=not html), reader.pictures, limits
    )
    told = [office_properties.APPROXIMATE, *hidden.sentence(found), *office_old.about(content)]
    return Normal(
        made,
        [*told, *warnings],
        inside=office_old.embedded(content),
        said=office_properties.said(usual),
    )


def _bare(main: bytes, content: bytes, limits: Limits) -> Normal:
    """The words of a file whose structure cannot be followed: of Word 6, or damaged."""
    start, end = (int.from_bytes(main[at : at + 4], "little") for at in (0x18, 0x1C))
    if not _PAGE_ONE <= start < end <= len(main):
        raise UnreadableFile(*DAMAGED)
    raw = main[start:end]
    wide = raw[1::2].count(0) > len(raw) // 4
    text = raw.decode("utf-16-le" if wide else "cp1252", "replace")
    for sign in "\x07\x0b\x0c\x0e\r":
        text = text.replace(sign, "\n")
    text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    if not any(sign.isalnum() for sign in text):
        raise UnreadableFile(*DAMAGED)
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    usual = office_old.properties(content)
    made, warnings = laid_out.to_pdf(lines + office_properties.shown(usual), {}, limits)
    told = [_PLAIN, *office_old.about(content), *warnings]
    inside = office_old.embedded(content)
    return Normal(made, told, inside=inside, said=office_properties.said(usual))


_PAGE_ONE: Final = 0x40


class OldReader:
    """Reads all stories of a file."""

    def __init__(self, file: OldWord) -> None:
        self._file = file
        self.pictures: dict[str, bytes] = {}
        self._hidden: dict[str, list[str]] = {}
        self.besides = Besides()
        self._insertions = 0
        self._people = file.names(REVISERS)
        self._marks: dict[int, tuple[str, int]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._body = ""
        self._around: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
        self._notes: dict[int, str] = {}
        self._boxes: list[str] = []

    def read(self) -> None:
        """All of it."""
        for kind, marks in (("footnotes", NOTE_MARKS), ("endnotes", END_MARKS)):
            for number, place in enumerate(self._file.places(marks, 2)[0][:-1]):
                self._marks[place] = (kind, number)
        for number, place in enumerate(self._file.places(COMMENT_MARKS, _COMMENT)[0][:-1]):
            self._marks[place] = ("comments", number)
        self._body = self._story(*self._file.stories["body"])
        self._headers()
        for kind, texts in (("footnotes", NOTE_TEXTS), ("endnotes", END_TEXTS)):
            for number, words in enumerate(self._texts(kind, texts, 0)):
                place = self._numbers.setdefault((kind, number), len(self._numbers) + 1)
                self._notes[place] = words
        self._comments()
        for kind, texts in (("boxes", BOX_TEXTS), ("hboxes", HEADER_BOX_TEXTS)):
            self._boxes += [words for words in self._texts(kind, texts, _BOX) if words]

    def html(self) -> str:
        """The pages before the marked ones."""
        heads, feet = (
            "".join(
                f'<div class="box"><p class="note">At the {label} of its pages</p>{words}</div>'
                for words in self._around[kind]
            )
            for kind, label in (("header", "top"), ("footer", "foot"))
        )
        boxes = "".join(f'<div class="box">{words}</div>' for words in self._boxes)
        notes = "".join(
            f'<p class="close"><b>[{place}]</b></p>{words}'
            for place, words in sorted(self._notes.items())
        )
        return "".join(
            (
                heads,
                self._body,
                f'<p class="note">Beside the text</p>{boxes}' if boxes else "",
                f'<hr><p class="note">Notes</p>{notes}' if notes else "",
                feet,
            )
        )

    def found(self) -> list[Hidden]:
        """What is hidden, by kind."""
        found = [Hidden(kind, len(each), "".join(each)) for kind, each in self._hidden.items()]
        if self._insertions:
            note = '<p class="box">Underlined on the pages before.</p>'
            found.append(Hidden("inserted", self._insertions, note))
        return found

    def _headers(self) -> None:
        start, _end = self._file.stories["headers"]
        places = self._file.places(HEADERS, 0)[0]
        for number in range(_SECTION, len(places) - 2):
            kind = "footer" if number % _SECTION in {2, 3, 5} else "header"
            words = self._story(start + places[number], start + places[number + 1])
            if words.replace("<p>", "").replace("</p>", "").strip():
                self._around[kind][words] = None

    def _texts(self, kind: str, texts: int, each: int) -> list[str]:
        """The texts of a kind, in their order."""
        start, end = self._file.stories[kind]
        places = self._file.places(texts, each)[0]
        found = []
        for first, last in pairwise(places):
            if start + first < end:
                words = self._story(start + first, min(start + last, end))
                found.append(words if _says_something(words) else "")
        if not places and end > start:
            found.append(self._story(start, end))
        return found

    def _comments(self) -> None:
        told = self._file.places(COMMENT_MARKS, _COMMENT)[1]
        owners = self._file.names(OWNERS)
        for number, words in enumerate(self._texts("comments", COMMENT_TEXTS, 0)):
            if not words:
                continue
            at = int.from_bytes(told[number][20:22], "little") if number < len(told) else -1
            who = owners[at] if 0 <= at < len(owners) else ""
            head = f"<b>Comment {number + 1}</b> {escape(who)}"
            self._hidden.setdefault("comments", []).append(
                f'<div class="box"><p class="close">{head}</p>{words}</div>'
            )

    def _story(self, start: int, end: int) -> str:
        return _OldStory(self._file, self).html(start, end)

    # What stories ask for

    def hide(self, kind: str, words: str, who: int, where: str) -> None:
        """Takes a passage that is not shown."""
        told = f"by {self._people[who]}" if 0 <= who < len(self._people) else ""
        note = ", ".join(part for part in (told, where) if part)
        look = "deleted" if kind == "deleted" else ""
        self._hidden.setdefault(kind, []).append(passage(words, note, look))

    def count_insertion(self) -> None:
        """A tracked insertion, whose words are shown."""
        self._insertions += 1

    def mark(self, place: int) -> str:
        """The mark of a note or comment at a place of the text."""
        found = self._marks.get(place)
        if found is None:
            return ""
        if found[0] == "comments":
            return f' <span class="note">[comment {found[1] + 1}]</span> '
        return f"<sup>[{self._numbers.setdefault(found, len(self._numbers) + 1)}]</sup>"

    def lay_beside(self, pictures: list[bytes]) -> None:
        """Pictures that lie on pages by themselves and stand in no line."""
        for number, content in enumerate(pictures, 1):
            name = f"picture beside {number}"
            self.pictures[name] = content
            self._boxes.append(f'<p><img src="cid:{name}" alt=""></p>')

    def picture(self, place: int) -> str:
        """A picture that lies at a place of the data, as HTML."""
        data = self._file.data
        if not 0 <= place < len(data):
            return ""
        length = int.from_bytes(data[place : place + 4], "little")
        content = _picture_in(data[place : place + length])
        name = f"picture {place}"
        self.pictures[name] = content
        return f'<img src="cid:{name}" alt="">'


class _OldStory:
    """Writes one story as HTML."""

    def __init__(self, file: OldWord, reader: OldReader) -> None:
        self._file = file
        self._reader = reader
        self._part = StoryPart("body")
        self._fields = OpenFields()
        self._kind = ""
        self._who = -1
        self._passage: list[str] = []
        self._inserting = False
        self._breaks = False

    def html(self, start: int, end: int) -> str:
        """The text between two places."""
        for place, words, look in self._file.runs(start, end):
            self._run(place, words, look)
        self._settle()
        return self._part.html()

    def _run(self, place: int, words: str, look: OldLetters) -> None:
        plain = ""
        for at, sign in enumerate(words):
            if sign >= " " and sign != "\xa0":
                plain += sign
                continue
            self._put(plain, look)
            plain = ""
            self._sign(place + at, sign, look)
        self._put(plain, look)

    def _sign(self, place: int, sign: str, look: OldLetters) -> None:
        if sign in "\r\x07\x0c":
            self._ends(place, sign)
        elif sign in _SIGNS:
            self._raw(_SIGNS[sign], look)
        elif sign == "\x13":
            self._fields.begin(OpenField())
        elif sign == "\x14":
            self._fields.separate()
        elif sign == "\x15":
            self._field_ends(look)
        elif sign == "\x01" and look.picture >= 0:
            self._raw(self._reader.picture(look.picture), look)
        elif sign in "\x02\x05":
            self._raw(self._reader.mark(place), look)

    def _field_ends(self, look: OldLetters) -> None:
        field = self._fields.end()
        if field is None:
            return
        told = differs(address(field.code), field.shown)
        if told:
            self._raw(linked(told), look)
        if entry := entry_of(field.code):
            self._reader.hide("index", escape(entry), -1, "")
        self._reader.besides.add("Column that letters are filled from", column(field.code))
        if held := held_back(field.code, field.shown):
            self._reader.hide("hidden text", escape(held), -1, "in a field")

    def _ends(self, place: int, sign: str) -> None:
        """A paragraph, cell or page ends."""
        self._settle()
        about = self._file.paragraph(place)
        part = self._part
        if sign == "\x0c":
            self._breaks = True
            if not part.line:
                return
        if sign == "\x07":
            if about.row_ends:
                part.row()
            else:
                part.cell()
            return
        if about.style in _HEADINGS and part.line and not about.in_table and not part.cells:
            part.end_table()
            level = min(about.style, 6)
            part.out.append(f"<h{level}>{''.join(part.line)}</h{level}>")
            part.line, part.begun = [], ""
            return
        breaks = self._breaks and sign != "\x0c"
        part.paragraph(Group(in_table=about.in_table, begins_page=breaks))
        if breaks:
            self._breaks = False

    def _put(self, words: str, look: OldLetters) -> None:
        if not words:
            return
        if self._fields.in_code():
            self._fields.add_code(words)
            return
        self._fields.hear(words)
        tags = " ".join(
            tag for tag, on in (("b", look.bold), ("i", look.italic), ("s", look.struck)) if on
        )
        if not look.deleted and not look.hidden:
            self._part.begun = (self._part.begun + words)[:60]
        self._raw(dressed(words, tags), look)
        if look.white and not look.shaded and not look.deleted and words.strip():
            self._reader.hide("faint", escape(words), -1, self._part.where())

    def _raw(self, html: str, look: OldLetters) -> None:
        if not html or self._fields.in_code():
            return
        kind = "deleted" if look.deleted else "hidden text" if look.hidden else ""
        if (kind, look.who) != (self._kind, self._who):
            self._settle()
        self._kind, self._who = kind, look.who
        if kind:
            self._passage.append(html)
            return
        if look.inserted and html.strip():
            if not self._inserting:
                self._reader.count_insertion()
            html = f'<span class="inserted">{html}</span>'
        self._inserting = look.inserted
        self._part.line.append(html)

    def _settle(self) -> None:
        words = "".join(self._passage)
        self._passage = []
        if words.replace("<br>", "").strip():
            self._reader.hide(self._kind, words, self._who, self._part.where())


def _says_something(words: str) -> bool:
    return any(sign.isalnum() for sign in words.replace("<p>", "").replace("</p>", "")) or (
        "<img" in words
    )


def _picture_in(content: bytes) -> bytes:
    """A picture of a kind that can be shown, out of what is stored of it; nothing where none is."""
    for start, end in ((_PNG, _PNG_END), (_JPEG, _JPEG_END)):
        at = content.find(start)
        if at >= 0:
            last = content.rfind(end)
            return content[at : last + len(end)] if last > at else content[at:]
    found = office_blips.pictures(content)
    return found[0] if found else b""
