"""HTML of any origin into the plain kind that is laid out on pages; used inside workers only.

Nothing is left that could fetch, run or hide something: no address but of a picture that came
along, no colour, no style. So white letters on white paper and lines that are not displayed come
out in black like the rest. What dpdesk itself wants to look different it says by a class
(``CLASSES``).
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

import nh3

from dpdesk.law.accents import in_form

CLASSES: Final = {
    "note": "color: #555555; font-size: 8.5pt",
    "small": "font-size: 8.5pt",
    "tiny": "font-size: 7pt",
    "inserted": "text-decoration: underline; color: #0b4f9c",
    "deleted": "text-decoration: line-through; color: #a01818",
    "hidden": "background-color: #eeeeee",
    "box": "background-color: #f2f2f2",
    "right": "text-align: right",
    "centre": "text-align: center",
    "page": "page-break-before: always",
    "inset1": "margin-left: 18px",
    "inset2": "margin-left: 36px",
    "inset3": "margin-left: 54px",
    "inset4": "margin-left: 72px",
    "close": "margin-top: 0; margin-bottom: 0",
}
"""Names of looks, and the look in the words of style sheets."""
GRID: Final = "grid"
"""The class of a table that is drawn with lines."""

BLOCKS: Final = frozenset(
    "address article aside audio body center details dialog div fieldset figcaption figure footer "
    "form header hgroup legend main menu nav object optgroup option search section select summary "
    "textarea video".split()
)
KEPT: Final = frozenset(
    "b big blockquote br caption cite code dd dfn dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li "
    "ol p s samp small span strong sub sup table tbody td tfoot th thead tr tt u ul var".split()
)
RENAMED: Final = {"strike": "s", "del": "s", "pre": "pre", "xmp": "pre", "listing": "pre"}
OTHERS: Final = frozenset({"input", "button", "font", "a", "label", "q", "mark", "abbr"})
_TAGS: Final = BLOCKS | KEPT | frozenset(RENAMED) | OTHERS
_GONE: Final = frozenset({"script", "style", "title", "noframes", "template"})
INLINE: Final = frozenset(
    "b big cite code dfn em i ins kbd s samp small span strong sub sup tt u var".split()
)
_DRAWN: Final = re.compile(
    r"<(svg|math)(?=[\s>/])[^>]*>(.*?)(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
"""Drawings and formulas within the text: their words are kept, what draws them is not."""
_NO_WORDS: Final = re.compile(r"<(style|script)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_WITHIN_WORD: Final = re.compile(
    r"</tspan\s*>|<tspan(?![^>]{0,500}\s(?:x|y|dy)\s*=)[^>]{0,500}>", re.IGNORECASE
)
_FRAME: Final = re.compile(
    r"""<iframe\b[^>]{0,2000}?\bsrcdoc\s*=\s*(?:"([^"]{1,200000})"|'([^']{1,200000})')""",
    re.IGNORECASE,
)
_WRITE_TO: Final = re.compile(
    r"""<a\b[^<>]{0,2000}?\bhref\s*=\s*["']?\s*(?:mailto|tel|sms):([^"'>?\s]{1,320})[^<>]{0,4000}>"""
    r"(.{0,4000}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*>")
_SWALLOWING: Final = re.compile(
    r"<(/?)(script|style|title|template|noframes)(?=[\s/>])[^<>]{0,4000}?(/?)>", re.IGNORECASE
)
"""Tags of which everything up to their end is no word of the page."""
_STRICT: Final = re.compile(r"<\?xml\s|<html\b[^<>]{0,2000}?/1999/xhtml", re.IGNORECASE)
_BARE_ADDRESS: Final = re.compile(r"<((?:mailto:)?[\w.+%'-]{1,64}@[\w.-]{1,250})>")
"""An address of e-mail in its usual brackets, which a program forgot to write as HTML."""
_ATTRIBUTES: Final = {
    "*": {"class"},
    "img": {"src", "alt", "width", "height"},
    "table": {"border"},
    "td": {"colspan", "rowspan", "width"},
    "th": {"colspan", "rowspan", "width"},
    "ol": {"start", "type"},
    "input": {"value", "type", "checked"},
}
_HARMFUL: Final = dict.fromkeys((*range(9), *range(14, 28), 0x7F, 0xFEFF)) | {
    **dict.fromkeys((0x0B, 0x0C, *range(0x1C, 0x20)), " "),
    # Qt keeps these for itself.
    0xFDD0: None,
    0xFDD1: None,
    0xFFFC: " ",
    0xFFFF: None,
    0xFFFE: None,
    0x2028: "\n",
    0x2029: "\n",
}


def cleared(html: str) -> str:
    """The HTML without anything that acts, hides or comes from elsewhere."""
    sound = html.encode("utf-8", "replace").decode().translate(_HARMFUL)
    sound = _FRAME.sub(_framed, _BARE_ADDRESS.sub(r"&lt;\1&gt;", ended(sound)))
    sound = _DRAWN.sub(_words_drawn, _WRITE_TO.sub(_written_to, sound))
    return nh3.clean(
        in_form("NFC", sound),
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept_attribute,
        url_schemes={"cid", "data"},
        link_rel=None,
        strip_comments=True,
    )


def ended(html: str) -> str:
    """The HTML without tags that would swallow the rest of the page, as nothing ends them.

    Programs write ``<title/>`` as other tags; only a page of strict HTML means it so.
    """
    strict = _STRICT.search(html[:3000]) is not None
    ends: dict[str, bool] = {}
    bad: list[tuple[int, int]] = []
    for tag in reversed(list(_SWALLOWING.finditer(html))):
        name = tag[2].lower()
        closed = ends.get(name, False)
        if tag[1]:
            ends[name] = True
        elif (tag[3] and (strict or not closed)) or name not in ends:
            bad.append(tag.span())
        else:
            ends[name] = False
    kept, at = [], 0
    for start, end in reversed(bad):
        kept.append(html[at:start])
        at = end
    return "".join([*kept, html[at:]])


def _words_drawn(found: re.Match[str]) -> str:
    words = _WITHIN_WORD.sub("", _NO_WORDS.sub(" ", found[2]))
    return f" {_TAG.sub(' ', words)} "


def _framed(found: re.Match[str]) -> str:
    """A page within the page, which stands whole in a quality of its frame, before that frame."""
    return f"<div>{unescape(found[1] or found[2] or '')}</div>{found[0]}"


def _written_to(found: re.Match[str]) -> str:
    """A link to an address or a telephone number, which is said where its words do not say it."""
    address = unescape(unquote(found[1]))
    words = unescape(_TAG.sub("", found[2]))
    bare = "".join(words.split()).casefold()
    if address.casefold() in bare or (_digits(address) and _digits(address) in _digits(words)):
        return found[0]
    return f'{found[0]} <span class="note">({escape(address)})</span>'


def _digits(words: str) -> str:
    """The number in words, as far as two ways to write it agree."""
    return "".join(filter(str.isdigit, words))[-9:]


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        start = value[:11].lower()
        return value if tag == "img" and start.startswith(("cid:", "data:image/")) else None
    if name == "class":
        known = [each for each in value.split() if each in CLASSES or each == GRID]
        return " ".join(known) or None
    if name == "width" and tag in {"td", "th"}:
        return value if re.fullmatch(r"\d{1,2}(\.\d+)?%", value) else None
    return value
