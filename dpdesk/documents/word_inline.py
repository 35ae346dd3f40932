"""The words of a paragraph of Word, and what stands among them unseen; used inside workers only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from dpdesk.documents.office_zip import Element, attribute, first, short, switched_on, value

TAB: Final = "\u00a0\u00a0\u00a0 "
_SYMBOLS: Final = {
    "wingdings": {
        0xFC: "✓", 0xFB: "✗", 0xFE: "[x]", 0xFD: "[x]", 0xA8: "[ ]", 0x6F: "[ ]", 0x71: "[ ]",
        0xE0: "→", 0xDF: "←", 0xF0: "→", 0x28: "Tel.", 0x2A: "@", 0x4A: ":-)", 0x4C: ":-(",
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "[x]", 0x53: "[x]", 0xA3: "[ ]", 0x2A: "[ ]"},
    "symbol": {0xB7: "•", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xD7: "·"},
}  # fmt: skip
_WHITE: Final = frozenset({"ffffff", "white", "fefefe"})
_TOO_SMALL: Final = 4  # half points
_INDEX: Final = re.compile(r"\s*(XE|TC|TA|RD|COMMENTS|PRIVATE)\b\s*(.*)", re.IGNORECASE | re.DOTALL)
_HELD: Final = re.compile(
    r"\s*(?:IF|COMPARE|ASK|FILLIN|SET|QUOTE|DOCVARIABLE|SKIPIF|NEXTIF|AUTOTEXTLIST)\b",
    re.IGNORECASE,
)
_BUTTON: Final = re.compile(
    r"\s*(?:MACRO|GOTO)BUTTON\s{1,9}\S{1,200}\s{1,9}(\S.*)", re.IGNORECASE | re.DOTALL
)
"""Words to click on, which Word shows though they stand in the code of a field."""
_NAMED: Final = re.compile(
    r"\s*(?:INCLUDETEXT|LINK|DDE|DDEAUTO|DATABASE)\b(.*)", re.IGNORECASE | re.DOTALL
)
"""Fields that say from what other file they take words."""
_MERGED: Final = re.compile(r'\s*MERGEFIELD\s{1,9}(?:"([^"]{1,200})"|(\S{1,200}))', re.IGNORECASE)
_TIP: Final = re.compile(r'\s*HYPERLINK\b.*?\\o\s{1,9}("[^"]{1,2000}")', re.IGNORECASE | re.DOTALL)
_QUOTED: Final = re.compile(r'["“]([^"“”]{1,2000})["”]')
_LINK: Final = re.compile(r'HYPERLINK\s{1,9}(?:\\l\s{1,9})?"([^"]{1,2000})"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change: what was done, by whom and when, as the file says."""

    kind: str
    author: str
    date: str

    def told(self) -> str:
        """Who and when, in words."""
        day = self.date[:16].replace("T", " ") if self.date else ""
        who = f"by {self.author}" if self.author else ""
        return ", ".join(part for part in (who, day) if part)


@dataclass(slots=True)
class OpenField:
    """A field that is open: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False
    shown: str = ""
    form: Element | None = None


class OpenFields:
    """The fields that are open at a place in the text, the innermost last."""

    def __init__(self) -> None:
        self._open: list[OpenField] = []

    def begin(self, field: OpenField) -> None:
        """A field begins."""
        self._open.append(field)

    def add_code(self, text: str) -> None:
        """More of the code of the innermost."""
        if self._open:
            self._open[-1].code += text

    def separate(self) -> None:
        """The result of the innermost begins."""
        if self._open:
            self._open[-1].result = True

    def end(self) -> OpenField | None:
        """The innermost ends; what it shows is also shown by the one around it."""
        if not self._open:
            return None
        field = self._open.pop()
        self.hear(field.shown)
        return field

    def hear(self, words: str) -> None:
        """Words that are shown."""
        if self._open:
            self._open[-1].shown += words

    def in_code(self) -> bool:
        """Whether what stands here is part of a code, which nobody sees."""
        return any(not field.result for field in self._open)


@dataclass(frozen=True, slots=True)
class RunLook:
    """How letters look, as far as it is kept; nobody sees those ``hidden`` or ``faint``."""

    before: str = ""
    after: str = ""
    hidden: bool = False
    faint: bool = False
    capitals: bool = False


PLAIN: Final = RunLook()


@dataclass(slots=True)
class UnseenPassage:
    """A stretch of words that is not shown: its kind, whose it is, and the words as HTML."""

    kind: str
    note: str
    pieces: list[str] = field(default_factory=list)

    def html(self) -> str:
        """The words."""
        return "".join(self.pieces)


def look(properties: Element | None, inherited: dict[str, bool | None], shaded: bool) -> RunLook:
    """The look of a run; ``inherited`` is what its styles say; ``shaded``: it lies on colour."""

    def on(what: str) -> bool:
        told = value(properties, what)
        if told is None:
            return bool(inherited.get(what))
        return told.lower() not in {"0", "false", "off"}

    if properties is None and not any(inherited.values()):
        return PLAIN
    tags = [tag for what, tag in _TAGS if on(what)]
    underlined = value(properties, "w:u")
    if underlined not in {None, "none"}:
        tags.append("u")
    raised = {"superscript": "sup", "subscript": "sub"}.get(value(properties, "w:vertAlign") or "")
    if raised:
        tags.append(raised)
    own_colour = first(properties, "w:shd") is not None or first(properties, "w:highlight")
    white = (value(properties, "w:color") or "").lower() in _WHITE
    size = value(properties, "w:sz") or ""
    small = size.isdecimal() and int(size) <= _TOO_SMALL
    return RunLook(
        "".join(f"<{tag}>" for tag in tags),
        "".join(f"</{tag}>" for tag in reversed(tags)),
        hidden=on("w:vanish"),
        faint=(white and not shaded and own_colour is None) or small,
        capitals=on("w:caps"),
    )


_TAGS: Final = (("w:b", "b"), ("w:i", "i"), ("w:strike", "s"), ("w:dstrike", "s"))
TOGGLES: Final = ("w:b", "w:i", "w:strike", "w:vanish", "w:caps")
"""Properties of letters that styles are asked for."""


def symbol(element: Element) -> str:
    """What a sign of a font of signs means, as far as that is usual."""
    font = (attribute(element, "w:font") or "").lower()
    try:
        code = int(attribute(element, "w:char") or "", 16)
    except ValueError:
        return ""
    if code < 0xF000:
        return chr(code) if code >= 0x20 else ""
    return _SYMBOLS.get(font, {}).get(code & 0xFF, "•")


def address(code: str) -> str:
    """Where a field of a link leads; nothing where it is none."""
    found = _LINK.match(code.strip())
    return found[1] if found else ""


def index_entry(code: str) -> str:
    """The words of a field that only makes an entry for an index or a note; else nothing."""
    found = _INDEX.match(code)
    return found[2].strip() if found else ""


def held_back(code: str, shown: str) -> str:
    """The words in a field that shows one text of several, or asks for one, which it does not show.

    In “IF x = 1 "told" "not told"” one of both is in the file and on no page. Nor is the tip of a
    link, or the file from which words were taken.
    """
    button = _BUTTON.match(code)
    if button is not None:
        return " ".join(button[1].split())
    named = _NAMED.match(code) or _TIP.match(code)
    if named is None and not _HELD.match(code):
        return ""
    said = " ".join(shown.split())
    found = _QUOTED.findall(code if named is None else named[1])
    if named is not None:
        found = found or named[1].split()[:1]
    told = (" ".join(words.split()) for words in found)
    return "; ".join(words for words in told if any(map(str.isalpha, words)) and words not in said)


def column(code: str) -> str:
    """The column of a list from which a field of a letter was filled; empty for other fields."""
    found = _MERGED.match(code)
    return (found[1] or found[2]) if found else ""


def choices(element: Element) -> list[str]:
    """The lines of a list to choose from, and what a form, of today or old, says of a box."""
    lines = []
    for each in element.iter():
        name = short(each)
        if name == "w:listItem":
            lines.append(attribute(each, "w:displayText") or attribute(each, "w:value") or "")
        elif name in {"w:listEntry", "w:helpText", "w:statusText"}:
            lines.append(attribute(each, "w:val") or "")
        elif name == "w:textInput":
            lines.append(value(each, "w:default") or "")
    told = (line for line in dict.fromkeys(lines) if line.strip())
    return [line for line in told if not line.lower().startswith("choose an item")]


def filled_in(form: Element | None) -> str:
    """What a box of an old form says: ticked or not, or which line of a list."""
    box = first(form, "w:checkBox")
    if box is not None:
        told = value(box, "w:checked")
        ticked = switched_on(box, "w:default") if told is None else switched_on(box, "w:checked")
        return "[x]" if ticked else "[ ]"
    listed = first(form, "w:ddList")
    if listed is not None:
        lines = [attribute(each, "w:val") or "" for each in listed if short(each) == "w:listEntry"]
        chosen = value(listed, "w:result") or value(listed, "w:default") or "0"
        if chosen.isdecimal() and int(chosen) < len(lines):
            return lines[int(chosen)]
    return ""


def differs(target: str, words: str) -> str:
    """The address of a link where its words do not say it already."""
    bare = target.removeprefix("mailto:").partition("?")[0].strip()
    simple = bare.removeprefix("https://").removeprefix("http://").rstrip("/").lower()
    if not simple or simple in words.lower().replace("\u00a0", " "):
        return ""
    return bare


def linked(target: str) -> str:
    """An address beside the words of its link, as HTML."""
    return f' <span class="note">({escape(target)})</span>'
