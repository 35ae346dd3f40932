"""Web pages that were saved (``.html``) as pages; used inside workers only."""

from __future__ import annotations

import codecs
import re
from html import escape, unescape
from typing import Final

from dpdesk.documents import hidden, laid_out
from dpdesk.documents.decoding import decode
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.inside import Said
from dpdesk.documents.markup import cleared
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_properties import APPROXIMATE
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE
)
_TITLE: Final = re.compile(r"<title[^>]*>(.{0,2000}?)</title", re.IGNORECASE | re.DOTALL)
_COMMENT: Final = re.compile(r"<!--(.{1,20000}?)-->", re.DOTALL)
_OF_PROGRAMS: Final = re.compile(r"\[if|\[endif|<|\{|//|StartFragment|EndFragment", re.IGNORECASE)
_FEWEST_WORDS: Final = 2
_HEAD: Final = 4096


def html(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A web page as pages. Raises UnreadableFile for one that is no text."""
    text, warnings = _decoded(content)
    title = _TITLE.search(text)
    named = " ".join(unescape(title[1]).split()) if title else ""
    found = _comments(text)
    head = f'<p class="note">{escape(named)}</p>' if named else ""
    made, told = laid_out.to_pdf(
        f"{head}<div>{cleared(text)}</div>{hidden.pages(found)}", {}, limits
    )
    return Normal(
        made, [APPROXIMATE, *hidden.sentence(found), *warnings, *told], said=Said(title=named)
    )


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    told = _CHARSET.search(content[:_HEAD])
    if told and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = told[1].decode("ascii", "replace")
        try:
            return content.decode(name), ()
        except (LookupError, UnicodeError):
            pass
    decoded = decode(content)
    if decoded is None:
        raise UnreadableFile("This web page is damaged.", "Ask for it again.")
    return decoded.text, decoded.warnings


def _comments(text: str) -> list[Hidden]:
    """Remarks in the source of the page, where somebody wrote words there."""
    lines = []
    for each in _COMMENT.finditer(text):
        words = " ".join(each[1].split())
        if len(words.split()) >= _FEWEST_WORDS and not _OF_PROGRAMS.search(words):
            lines.append(hidden.passage(escape(words)))
    return [Hidden("hidden text", len(lines), "".join(lines))] if lines else []
