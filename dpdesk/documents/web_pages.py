"""Web pages that were saved (``.html``, ``.mht``) as pages; used inside workers only."""

from __future__ import annotations

import codecs
import mimetypes
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Final

from dpdesk.documents import hidden, laid_out, mail_mime, web_rest
from dpdesk.documents.decoding import decode
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.mail_parts import MailPart, parsed
from dpdesk.documents.markup import cleared
from dpdesk.documents.normal import Normal
from dpdesk.documents.office_properties import APPROXIMATE
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE
)
_TITLE: Final = re.compile(r"<title[^>]*>(.{0,2000}?)</title", re.IGNORECASE | re.DOTALL)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_LOOKS: Final = ("image/", "text/css", "text/javascript", "text/plain", "font/", "text/xml")
_PROGRAMS: Final = frozenset(
    "application/javascript application/x-javascript application/json application/xml "
    "application/font-woff application/x-font-ttf application/vnd.ms-fontobject "
    "application/x-mso application/octet-stream".split()
)
"""Parts that say how a page looks and what it does."""
_SAVED: Final = (
    ("subject", "Title"),
    ("from", "From"),
    ("to", "To"),
    ("cc", "Cc"),
    ("snapshot-content-location", "Saved from"),
    ("date", "Saved"),
)
_SOURCE: Final = re.compile(
    r"""(\bsrc\s*=\s*)(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,4000}))""", re.IGNORECASE
)
_HEAD: Final = 4096


def archive(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A web page that was saved with its pictures in one file (``.mht``).

    Its frames follow it, and so do pictures that it does not show. Raises UnreadableFile for one
    without a page.
    """
    top = parsed(content)
    parts = list(_leaves(top))
    pages = [part for part in parts if part.kind in _PAGES]
    if not pages:
        raise UnreadableFile("There is no page in this saved web page.", "Save it as PDF.")
    pictures: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for number, part in enumerate(part for part in parts if part.kind.startswith("image/")):
        pictures[f"saved{number}"] = part.content()[0]
        for said in (part.value("content-location"), part.value("content-id").strip("<> ")):
            if said:
                places.setdefault(said, f"saved{number}")
                places.setdefault(said.rsplit("/", 1)[-1], f"saved{number}")
    texts = [_with_pictures(part.text()[0], places) for part in pages]
    body = "<hr>".join(f"<div>{cleared(text)}</div>" for text in texts)
    left = [key for key in pictures if not any(f'cid:{key}"' in text for text in texts)]
    body += "".join(f'<p><img src="cid:{key}"></p>' for key in left)
    plain = [
        part.text()[0]
        for part in parts
        if part.kind == "text/plain" and part.placing != "attachment"
    ]
    plain += (MailPart([], words).text()[0] for part in parts for words in part.around())
    body += "".join(f"<hr><pre>{escape(text)}</pre>" for text in plain if text.strip())
    found, small = _unseen(texts, body)
    named = " ".join(top.value("subject").split())
    rows = [f"{label}: {top.value(key)}" for key, label in _SAVED if top.value(key)]
    head = "".join(f'<p class="note">{escape(row)}</p>' for row in rows)
    made, told = laid_out.to_pdf(f"{head}{body}{small}{hidden.pages(found)}", pictures, limits)
    return Normal(
        made,
        [APPROXIMATE, *mail_mime.faults(top, "saved page"), *hidden.sentence(found), *told],
        inside=list(_files(parts)),
        said=Said(title=named),
    )


def _files(parts: Sequence[MailPart]) -> Iterator[Inner]:
    """What came along and is no part of how the page looks, as where a message was saved so."""
    for number, part in enumerate(parts, 1):
        usual = part.kind in _PAGES or part.kind.startswith(_LOOKS)
        if (usual and part.placing != "attachment") or part.kind in _PROGRAMS:
            continue
        content = part.content()[0]
        if content.strip():
            end = mimetypes.guess_extension(part.kind) or ""
            yield Inner(part.name or f"part {number}{end}", content)


def _leaves(part: MailPart) -> Iterator[MailPart]:
    if not part.parts:
        yield part
    for each in part.parts:
        yield from _leaves(each)


def _with_pictures(text: str, places: Mapping[str, str]) -> str:
    """The page with the pictures of the file itself, in whatever way it names them."""

    def put(found: re.Match[str]) -> str:
        said = unescape(found[2] or found[3] or found[4] or "").removeprefix("cid:")
        key = places.get(said) or places.get(said.rsplit("/", 1)[-1])
        return f'{found[1]}"cid:{key}"' if key else found[0]

    return _SOURCE.sub(put, text)


def html(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A web page as pages. Raises UnreadableFile for one that is no text."""
    text, warnings = _decoded(content)
    title = _TITLE.search(text)
    named = " ".join(unescape(title[1]).split()) if title else ""
    head = f'<p class="note">{escape(named)}</p>' if named else ""
    found, small = _unseen([text], head + cleared(text))
    made, told = laid_out.to_pdf(
        f"{head}<div>{cleared(text)}</div>{small}{hidden.pages(found)}", {}, limits
    )
    return Normal(
        made, [APPROXIMATE, *hidden.sentence(found), *warnings, *told], said=Said(title=named)
    )


def _unseen(texts: Sequence[str], shown: str) -> tuple[list[Hidden], str]:
    """What the source of pages says and does not show: what is counted, and a few small lines."""
    found = web_rest.comments("".join(texts), shown)
    more, small = web_rest.gathered(texts).told([shown, *(each.html for each in found)])
    return [*found, *more], small


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
