"""Reads Rich Text word by word; used inside workers only.

Source: Microsoft's Rich Text Format Specification, version 1.9.1. Braces are kept on a stack of our
own, so that no depth of them breaks anything. Groups that are not known, and say that they may be
passed over, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dpdesk.documents.story_parts import PICTURES, Group, StoryPart, dressed

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    rb"|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_MOST_DEEP: Final = 5_000
_SIGNS: Final = {
    "tab": "\u00a0\u00a0\u00a0 ", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": " ", "zwj": "", "zwnj": "",
}  # fmt: skip
_ALPHABETS: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOLS: Final = 2
STORIES: Final = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "footnote", "annotation": "annotation", "shptxt": "box", "dptxbxtext": "box",
}  # fmt: skip
"""Groups with text of their own, and what they are called here."""
_NAMED: Final = {
    "fldinst": "code", "pict": "picture", "objdata": "object", "atnauthor": "who",
    "atnid": "initials", "atndate": "day", "revtbl": "authors", "fonttbl": "fonts",
    "colortbl": "colours", "title": "title", "author": "creator", "operator": "lastModifiedBy",
    "company": "Company", "manager": "Manager", "doccomm": "description", "keywords": "keywords",
    "subject": "subject", "category": "category", "creatim": "created", "revtim": "modified",
    "xe": "index", "tc": "index", "tcn": "index", "hlinkbase": "HyperlinkBase",
    "propname": "called", "staticval": "value", "bkmkstart": "bookmark", "ffname": "box",
    "ffdeftext": "offered", "ffhelptext": "offered", "ffstattext": "offered", "ffl": "offered",
    "docvar": "variable", "template": "template", "sn": "sign", "sv": "quality",
    "mmconnectstr": "list", "mmquery": "list", "mmdatasource": "list", "mmmailsubject": "list",
    "protusertbl": "people",
}  # fmt: skip
_SKIPPED: Final = frozenset(
    "stylesheet listtable listoverridetable rsidtbl generator themedata colorschememapping "
    "datastore latentstyles xmlnstbl mmathPr mathPr bkmkend nonshppict objclass "
    "objname objalias objsect filetbl userprops_ wgrffmtfilter blipuid picprop "
    "pntxta pntxtb nonesttables ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn panose falt "
    "fontemb pgdsctbl fchars lchars printim buptim atnref atrfstart atrfend xmlattr".split()
)
_THROUGH: Final = frozenset(
    "info field fldrslt object result shp shpinst shppict shpgrp do upr ud listtext pntext "
    "mmath moMath moMathPara nesttableprops userprops xmlopen formfield mailmerge sp".split()
)
_SWITCHES: Final = {
    "b": "bold", "i": "italic", "strike": "struck", "striked": "struck", "v": "hidden",
    "deleted": "deleted", "revised": "inserted", "ul": "underlined",
}  # fmt: skip
_SETS: Final[dict[str, tuple[str, object]]] = {
    "qc": ("aligned", "centre"), "qr": ("aligned", "right"), "ql": ("aligned", ""),
    "pagebb": ("begins_page", True), "super": ("raised", "sup"), "sub": ("raised", "sub"),
    "nosupersub": ("raised", ""), "ulnone": ("underlined", False),
}  # fmt: skip
_NUMBERS: Final = {
    "f": "font", "cf": "colour", "uc": "fallback", "revauth": "author", "revauthdel": "author",
}  # fmt: skip

Finished = Callable[[StoryPart, Group], None]
"""Is told of each part that ends, and the group that it stood in."""


class RtfReader:
    """Goes through a document once; ``ended`` is told of each part that is over."""

    def __init__(self, content: bytes, ended: Finished, unseen: Finished) -> None:
        self._content = content
        self._ended = ended
        self._unseen = unseen
        self._groups = [Group()]
        self.parts = [StoryPart("body")]
        self._alphabet = "cp1252"
        self.fonts: dict[int, int] = {}
        self.colours: list[tuple[int, int, int]] = []
        self._bytes = bytearray()
        self._skip = 0
        self._passage: StoryPart | None = None
        self._passage_key = ("", -1)
        self._high = 0
        self.cut_off = False
        """Whether the end of the document is missing."""

    def read(self) -> StoryPart:
        """The body; all other parts were told while it was read."""
        at = 0
        while (token := _TOKEN.match(self._content, at)) is not None:
            at = token.end()
            word, number, byte, sign, brace, text = token.groups()
            if byte is not None:
                self._byte(int(byte, 16))
                continue
            if text is not None:
                self._raw(text)
                continue
            self._flush()
            if brace == b"{":
                self._begin()
            elif brace == b"}":
                self._end()
            elif word == b"bin":
                long = int(number or 0)
                # What claims to be longer than the file would swallow the words after it.
                long = long if 0 < long <= len(self._content) - at else 0
                self._plain_bytes(self._content[at : at + long])
                at += long
            elif word is not None:
                self._word(word.decode("ascii"), None if number is None else int(number))
            elif sign is not None:
                self._sign(sign.decode("latin-1"))
        self._flush()
        ending = self._content.rstrip(b"\0 \t\r\n")
        self.cut_off = len(self._groups) > 1 and not ending.endswith(b"}")
        while len(self._groups) > 1:
            self._end()
        self._settle()
        return self.parts[0]

    # Braces

    def _begin(self) -> None:
        self._skip = 0
        if self._groups[-1].target in {"variable", "people"}:
            self.parts[-1].plain.append(" ")  # several texts in one
        if len(self._groups) < _MOST_DEEP:
            self._groups.append(self._groups[-1].copy())

    def _end(self) -> None:
        self._skip = 0
        if len(self._groups) == 1:
            return
        group = self._groups.pop()
        if group.owner and len(self.parts) > 1:
            self._settle()
            self._ended(self.parts.pop(), self._groups[-1])
        elif group.field_from >= 0:
            shown = self.parts[-1].plain[group.field_from :]
            self._ended(StoryPart("field", plain=shown), self._groups[-1])

    def _open(self, target: str) -> None:
        self._settle()
        group = self._groups[-1]
        group.target, group.owner = target, True
        if target in {"header", "footer", "footnote", "annotation", "box"}:
            group.plain()
            group.in_table = False
        self.parts.append(StoryPart(target))

    # Words that begin with a backslash

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        begins, group.begins = group.begins, False
        if begins and word in STORIES and group.target != "skip":
            self._open(STORIES[word])
        elif begins and word in _NAMED and group.target != "skip":
            self._open(_NAMED[word])
        elif begins and (word in _SKIPPED or (group.optional and word not in _THROUGH)):
            group.target = "skip"
        elif begins and word == "field":
            group.field_from = len(self.parts[-1].plain)
        elif group.target != "skip":
            self._formatting(group, word, number)

    def _formatting(self, group: Group, word: str, number: int | None) -> None:
        if word in _SWITCHES:
            setattr(group, _SWITCHES[word], number != 0)
        elif word in _NUMBERS:
            setattr(group, _NUMBERS[word], number or 0)
        elif word == "u" and number is not None:
            self._unicode(number)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in {"par", "sect", "line", "cell", "row", "nestcell", "nestrow", "page"}:
            self._structure(group, word)
        elif word == "ansicpg" and number:
            self._alphabet = "utf-8" if number == 65001 else f"cp{number}"  # the number of UTF-8
        elif word in {"mac", "pc", "pca"}:
            self._alphabet = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        else:
            self._rest(group, word, number)

    def _rest(self, group: Group, word: str, number: int | None) -> None:
        part = self.parts[-1]
        if word == "plain":
            group.plain()
        elif word == "pard":
            group.in_table, group.aligned, group.begins_page = False, "", False
        elif word == "intbl":
            group.in_table = True
        elif word in _SETS:
            setattr(group, *_SETS[word])
        elif word in {"highlight", "chcbpat", "cbpat", "clcbpat"}:
            group.shaded = bool(number)
        elif word in PICTURES or word in {"picwgoal", "pichgoal", "yr", "mo", "dy", "hr", "min"}:
            part.details[word] = number if number is not None else 1
        elif word == "fcharset" and part.target == "fonts":
            self.fonts[group.font] = number or 0
        elif word in {"red", "green", "blue"} and part.target == "colours":
            part.details[word] = number or 0

    def _structure(self, group: Group, word: str) -> None:
        part = self.parts[-1]
        self._settle()
        if word in {"par", "sect"}:
            part.plain.append("\n")
            part.paragraph(group)
            group.begins_page = False
        elif word == "line":
            part.line.append("<br>")
            part.plain.append("\n")
        elif word == "cell":
            part.cell()
        elif word == "row":
            part.row()
        elif word == "nestcell":
            part.line.append(" | ")
        elif word == "nestrow":
            part.line.append("<br>")
        elif word == "page":
            if part.line and not part.cells:
                part.paragraph(group)
            group.begins_page = not group.in_table

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._groups[-1].optional = True
        elif sign == "~":
            self._put("\u00a0")
        elif sign == "_":
            self._put("-")
        elif sign in "\\{}":
            self._put(sign)
        elif sign in "\r\n":
            self._word("par", None)

    # Letters

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
            return
        self._bytes.append(value)

    def _raw(self, text: bytes) -> None:
        if self._skip:
            cut = min(self._skip, len(text))
            self._skip -= cut
            text = text[cut:]
        self._bytes += text

    def _plain_bytes(self, content: bytes) -> None:
        """A picture or file may stand as it is, where others are written in figures."""
        if self._groups[-1].target in {"picture", "object"}:
            self.parts[-1].plain.append(content.hex())

    def _flush(self) -> None:
        """Bytes that came one after the other, in the alphabet of their font."""
        if not self._bytes:
            return
        content, self._bytes = bytes(self._bytes), bytearray()
        if self._groups[-1].target in {"picture", "object"}:
            self.parts[-1].plain.append(content.decode("ascii", "replace"))
            return
        kind = self.fonts.get(self._groups[-1].font, 0)
        if kind == _SYMBOLS and not content.isascii():
            self._put("".join("•" if byte > 0x7F else chr(byte) for byte in content))
            return
        try:
            self._put(content.decode(_ALPHABETS.get(kind, self._alphabet), "replace"))
        except LookupError:
            self._put(content.decode("cp1252", "replace"))

    def _unicode(self, number: int) -> None:
        code = number % 65_536
        self._skip = self._groups[-1].fallback
        if 0xD800 <= code < 0xDC00:  # the first half of a letter
            self._high = code
            return
        if 0xDC00 <= code < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
        self._high = 0
        if 0xF000 <= code < 0xF100:  # a sign of a font of signs
            self._put("•" if code > 0xF07F else chr(code - 0xF000))
        elif not 0xD800 <= code < 0xE000:
            self._put(chr(code))

    def _put(self, words: str) -> None:
        group, part = self._groups[-1], self.parts[-1]
        group.begins = False
        if group.target == "skip":
            return
        part.plain.append(words)
        if part.target == "colours":
            self.colours += [self._colour(part)] * words.count(";")
        if part.target != "body" and part.target not in STORIES.values():
            return
        shown = dressed(words, group.tags())
        kind = "deleted" if group.deleted else "hidden text" if group.hidden else ""
        if kind:
            self._hide(kind, shown, group)
            return
        if words.strip():
            if group.inserted:
                shown = f'<span class="inserted">{shown}</span>'
            self._settle()
            if self._is_white(group):
                self._hide("faint", shown, group)
        part.begun = (part.begun + words)[:60]
        part.line.append(shown)

    def _colour(self, part: StoryPart) -> tuple[int, int, int]:
        told = tuple(part.details.get(name, 0) for name in ("red", "green", "blue"))
        part.details.clear()
        return told[0], told[1], told[2]

    def _is_white(self, group: Group) -> bool:
        white = 0 < group.colour < len(self.colours) and self.colours[group.colour] == (255,) * 3
        return white and not group.shaded and not group.in_table

    def _hide(self, kind: str, shown: str, group: Group) -> None:
        key = (kind, group.author)
        if self._passage is None or self._passage_key != key:
            self._settle()
            self._passage, self._passage_key = StoryPart(kind), key
        self._passage.line.append(shown)

    def _settle(self) -> None:
        if self._passage is None:
            return
        passage, self._passage = self._passage, None
        passage.begun = self.parts[-1].begun
        passage.details["author"] = self._passage_key[1]
        self._unseen(passage, self._groups[-1])
