"""Words of HTML that no page shows: remarks, tips, labels for screen readers, templates.

Of web pages and of messages alike; used inside workers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from dpdesk.documents import hidden
from dpdesk.documents.besides import Besides, SaidWords, names_somebody
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.markup import BLOCKS, KEPT, OTHERS, RENAMED, ended

_COMMENT: Final = re.compile(r"<!--(?!-?>)|<!\[CDATA\[")
_END_OF_COMMENT: Final = re.compile(r"--!?>|\]\]>")
_LONGEST: Final = 500_000
_OF_PROGRAMS: Final = re.compile(
    r"\{|//|StartFragment|EndFragment|AOLMsgPart|Converted from text|webbot", re.IGNORECASE
)
_FOR_PROGRAMS: Final = re.compile(
    r"<(xml|style|script)\b.*?</\1\s*>|<[^>]*>|\[if\b[^\]]*\]>?|<?!?\[endif\]",
    re.IGNORECASE | re.DOTALL,
)
"""What is no word in a part of the page that is written as a remark."""
_FEWEST_WORDS: Final = 2
_LAYOUT: Final = frozenset(
    "a an and of the for to in on start begin end close open top bottom left right first last "
    "main inner outer header heading footer body content container wrapper section table row cell "
    "column block module image logo spacer button link links menu nav navigation mobile desktop "
    "outlook email e mail preheader hidden preview text title social icons banner hero divider "
    "background tracking pixel view browser version unsubscribe signature template page copyright "
    "css style styles script scripts fallback conditional mso webkit gmail ie fix hack width "
    "height one two three here message full half item items list box card area".split()
)
"""Words with which programs and designers mark the parts of a page for themselves."""
_TAG: Final = re.compile(r"<([a-zA-Z][\w:-]{0,30})\s([^<>]{1,8000})>")
_QUALITY: Final = re.compile(
    r"""(?<![\w-])(aria-[a-z]{1,30}|title|placeholder|alt|summary|label|content|value|name|"""
    r"""data-[\w-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'<>]{1,4000}))""",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(
    r"""(?<![\w-])href\s{0,9}=\s{0,9}["']?\s{0,9}(?:mailto|tel|sms|callto):([^"'\s<>]{1,2000})""",
    re.IGNORECASE,
)
"""Where a link leads that writes to somebody or calls them."""
_CALLED: Final = {
    "title": "Tip",
    "placeholder": "In an empty box",
    "alt": "Description of a picture",
    "summary": "Description of a table",
    "label": "Label",
}
_ARIA: Final = frozenset(
    {"aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder"}
)
_OF_PAGE: Final = frozenset(
    "author description keywords subject creator dc.creator owner article:author copyright "
    "last-modified-by".split()
)
_STYLES: Final = re.compile(
    r"""(?<![\w-])content\s{0,9}:\s{0,9}(?:"([^"]{1,2000})"|'([^']{1,2000})')""", re.IGNORECASE
)
_KEPT: Final = re.compile(r"<(template|noframes|title)\b[^<>]{0,2000}>", re.IGNORECASE)
_KEPT_ENDS: Final = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("template", "noframes", "title")
}
_DATA: Final = re.compile(
    r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>(.{1,100000}?)</script", re.IGNORECASE | re.DOTALL
)
_NO_TAG: Final = re.compile(r"<([A-Za-z][\w.'-]{0,40})(?:[ \t][^<>=]{1,200})?>")
_TAGS_KNOWN: Final = frozenset({*BLOCKS, *KEPT, *RENAMED, *OTHERS, "html", "head", "link", "meta"})
"""Tags of HTML; others with a name in them are words that somebody wrote in angle brackets."""
_TEXT: Final = re.compile(r'"([^"\\]{2,1000})"')
_MARK: Final = re.compile(r"<[^<>]*>")


def comments(text: str, shown: str) -> list[Hidden]:
    """Remarks in the source with words of somebody that are not ``shown`` (HTML) anyway."""
    lines: dict[str, None] = {}
    said = SaidWords([shown])
    for each in _remarks(text):
        words = " ".join(unescape(_FOR_PROGRAMS.sub(" ", each)).split())
        plain = "<" not in each
        if _OF_PROGRAMS.search(words) or len(words.split()) < _FEWEST_WORDS or said.says(words):
            continue
        if not plain or _says_something(words):
            lines[hidden.passage(escape(words))] = None
    return [Hidden("hidden text", len(lines), "".join(lines))] if lines else []


def _remarks(text: str) -> Iterator[str]:
    """What stands in remarks; one that does not end goes on to the end of the page."""
    at = 0
    while begun := _COMMENT.search(text, at):
        ended = _END_OF_COMMENT.search(text, begun.end())
        at = ended.end() if ended else len(text)
        yield text[begun.end() : min(ended.start() if ended else at, begun.end() + _LONGEST)]


def _says_something(words: str) -> bool:
    """Whether a remark is more than a mark by which a designer finds a part of the page."""
    told = re.findall(r"[^\W\d_]+", words)
    own = [word for word in told if word.casefold() not in _LAYOUT]
    return len(own) >= _FEWEST_WORDS or names_somebody(words)


def gathered(texts: Iterable[str]) -> Besides:
    """Words that stand beside those that are shown, with their places."""
    found = Besides()
    for text in texts:
        for where, words in _beside(text):
            found.add(where, unescape(words), sentences=False)
    return found


def _beside(text: str) -> Iterator[tuple[str, str]]:
    for tag in _TAG.finditer(text):
        found = _QUALITY.findall(tag[2])
        qualities = {name.lower(): one or two or bare for name, one, two, bare in found}
        for person in _PERSON.findall(tag[2]):
            yield "Address behind a link", unquote(unescape(person))
        for name, words in qualities.items():
            where = _where(tag[1].lower(), name, qualities)
            placed = "cid:" not in tag[2] or words.startswith("cid:")
            if name == "alt" and placed and tag[1].lower() != "area":
                continue  # it stands in the place of its picture
            if where and (not name.startswith("data-") or _is_said(words)):
                yield where, words
    for one, two in _STYLES.findall(text):
        yield "Written by a style", one or two
    yield from _kept(ended(text))
    for tag in _NO_TAG.finditer(text):
        if tag[1].lower() not in _TAGS_KNOWN and names_somebody(tag[0]):
            yield "In angle brackets", tag[0][1:-1]
    for data in _DATA.finditer(text):
        yield from (
            ("Data for search engines", words)
            for words in _TEXT.findall(data[1])
            if names_somebody(words)
        )


def _kept(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while kept := _KEPT.search(text, at):
        name = kept[1].lower()
        end = _KEPT_ENDS[name].search(text, kept.end())
        at = end.end() if end else kept.end()
        inside = text[kept.end() : end.start()] if end else ""
        yield ("Title" if name == "title" else "Kept for later"), _MARK.sub(" ", inside)


def _where(tag: str, name: str, qualities: dict[str, str]) -> str:
    if name in _ARIA:
        return "Label for screen readers"
    if name.startswith("data-"):
        return "Data"
    if tag == "meta":
        called = qualities.get("name", "").lower()
        return "About this page" if name == "content" and called in _OF_PAGE else ""
    if name == "value":
        return "To choose from" if tag == "option" else ""
    return _CALLED.get(name, "")


def _is_said(words: str) -> bool:
    """Whether data that a program keeps are words: no address, no settings."""
    plain = unescape(words)
    return names_somebody(plain) or (
        " " in plain.strip() and "://" not in plain and not plain.lstrip().startswith(("{", "["))
    )
