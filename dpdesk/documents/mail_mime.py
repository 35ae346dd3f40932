"""A message as it is sent (``.eml``), read; used inside workers only."""

from __future__ import annotations

import html
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from dpdesk.documents import foreign, mail_rest, mail_sealed
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.mail_message import (
    MailText,
    Message,
    in_words,
    lacking,
    moment_of,
    numbers_in,
    words_in,
)
from dpdesk.documents.mail_parts import MailPart, messages_in, messages_under, parsed, uu_files
from dpdesk.documents.mail_words import plain_header

_LINES: Final = (
    ("from", "From"),
    ("sender", "Sent by"),
    ("reply-to", "Reply to"),
    ("to", "To"),
    ("cc", "Cc"),
    ("bcc", "Bcc"),
    ("newsgroups", "Newsgroups"),
    ("date", "Date"),
    ("subject", "Subject"),
    ("keywords", "Categories"),
    ("comments", "Comments"),
    ("resent-from", "Sent on by"),
    ("resent-to", "Sent on to"),
    ("resent-cc", "Sent on, cc"),
    ("resent-date", "Sent on, date"),
    ("x-dpdesk-other", "Other"),
)
_SIGNATURES: Final = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
    }
)
_LOCKED: Final = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
)
_ENCRYPTED: Final = (
    "This message, or part of it, is encrypted or sealed. Open it in the e-mail program of the "
    "person it was sent to, save or print it there, and add that."
)
_VERSION: Final = 40
_MOST_OPENED: Final = 10
_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_REPORTS: Final = frozenset(
    {
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/external-body",
        "message/partial",
        "text/rfc822-headers",
    }
)
_FILES_OF_TEXT: Final = frozenset(
    {"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/csv", "text/rtf"}
)
_TNEF: Final = b"\x78\x9f\x3e\x22"
_MULTIPART_WORDS: Final = re.compile(r"multi-?part|MIME|mime", re.IGNORECASE)
_LINE_OF_HEAD: Final = re.compile(r"(?m)^[A-Za-z][A-Za-z-]{1,40}:[ \t]*\S")
_ASKED: Final = re.compile(r"""cid:([^"'\s>)]{1,500})""", re.IGNORECASE)
_FETCHED: Final = re.compile(r"""<img[^<>]{0,2000}?src\s*=\s*["']?\s*https?:""", re.IGNORECASE)
_META: Final = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE
)
_ENDS: Final = {
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/directory": ".vcf",
    "image/jpeg": ".jpg",
    "image/pjpeg": ".jpg",
    "message/rfc822": ".eml",
    "application/octet-stream": "",
}


@dataclass(slots=True)
class _Found:
    """What was found while walking through the parts."""

    sections: list[MailText] = field(default_factory=list)
    files: list[tuple[MailPart, Inner]] = field(default_factory=list)
    opened: int = 0
    """Packets that were signed and lay in one another."""


def read(content: bytes) -> Message:
    """The message, as far as it can be read. It never refuses: what is wrong is told."""
    top = parsed(mail_sealed.signed(content) or content)
    message = Message()
    _head(top, message)
    found = _Found()
    _walk(top, found, message, first=True)
    for sentence in faults(top):
        message.warn(sentence)
    # Other forms were added while the parts were looked through; they come last.
    message.sections = [*found.sections, *message.sections]
    _place_files(found, message)
    return message


def _head(top: MailPart, message: Message) -> None:
    for name, label in _LINES:
        for text in top.values(name):
            shown = text
            if name.endswith("date") and (iso := moment_of(text)):
                shown = in_words(iso)
            elif name.endswith("date"):
                message.warn(
                    "The date of this message cannot be read for certain; see how it is written "
                    "on the page."
                )
            message.add(label, shown)
    dated = moment_of(top.value("date"))
    if not dated:
        received = top.values("received")
        dated = moment_of(received[0].rpartition(";")[2]) if received else ""
        if dated and not top.values("date"):
            message.add("Received", in_words(dated))
    known = {name for name, _label in _LINES}
    rest = [(name, plain_header(text)) for name, text in top.head if name not in known]
    said = [text for _label, text in message.head]
    for part in every_part(top):
        said.append(part.name)
        rest += (("content-description", text) for text in part.values("content-description"))
        rest.append(("name", part.about.get("name", "")))
    message.add("Other", mail_rest.people(rest, said))
    people = (", ".join(top.values(name)) for name in ("to", "cc", "bcc"))
    message.said = Said(
        dated=dated,
        sender=top.value("from") or top.value("sender"),
        recipients="; ".join(filter(None, people)),
        title=top.value("subject"),
        message_id=next(iter(numbers_in([top.value("message-id")])), ""),
        references=numbers_in([*top.values("references"), *top.values("in-reply-to")]),
    )


def _walk(part: MailPart, found: _Found, message: Message, *, first: bool = False) -> None:
    if part.parts:
        if part.kind == "multipart/alternative":
            _choose(part, found, message, first=first)
        else:
            for place, inner in enumerate(part.parts):
                if part.kind == "multipart/appledouble" and inner.kind == "application/applefile":
                    continue
                _walk(inner, found, message, first=first and place == 0)
        for stray in part.stray:
            if not _is_for_old_programs(stray):
                _stray(stray, found)
    else:
        _leaf(part, found, message, first=first)
        for words in part.around():
            _stray(words, found)


def _leaf(part: MailPart, found: _Found, message: Message, *, first: bool) -> None:
    """One part that holds no others."""
    if part.kind in _MESSAGES and part.body.strip():
        found.files.append((part, _attached_message(part)))
    elif part.kind in _SIGNATURES:
        message.notes.append("This message was signed digitally.")
    elif _is_packet(part) and (sealed := mail_sealed.signed(part.content()[0])) is not None:
        _opened(parsed(sealed), found, message, first=first)
    elif _is_packet(part):
        message.warn(_ENCRYPTED)
        # Of two parts the first says only which version the other is.
        if part.kind != "application/pgp-encrypted" or len(part.body) > _VERSION:
            found.files.append((part, _file(part, found)))
    elif _is_text(part, first=first):
        _text(part, found, message)
    elif part.body.strip() or part.name:
        found.files.append((part, _file(part, found)))


def _is_packet(part: MailPart) -> bool:
    """Whether something sealed is in it; some gateways only leave it the name of such a file."""
    named = part.kind == "application/octet-stream" and part.name.lower().endswith(".p7m")
    return named or part.kind in _LOCKED


def _opened(part: MailPart, found: _Found, message: Message, *, first: bool) -> None:
    """What lies in a packet that was signed and not encrypted."""
    message.notes.append("This message was signed digitally.")
    found.opened += 1
    if found.opened < _MOST_OPENED:
        _walk(part, found, message, first=first)
    else:
        found.files.append((part, _file(part, found)))


def _is_text(part: MailPart, *, first: bool) -> bool:
    if part.kind in _REPORTS or part.kind == "message/rfc822":
        return True
    if not part.kind.startswith("text/") or part.kind in _FILES_OF_TEXT:
        return False
    return part.placing != "attachment" and (first or not part.name)


def _choose(part: MailPart, found: _Found, message: Message, *, first: bool) -> None:
    """Of several forms of one text the best, and each other one that says more."""
    forms = []
    for place, inner in enumerate(part.parts):
        own = _Found()
        _walk(inner, own, message, first=first and place == 0)
        found.files += own.files
        forms.append(own.sections)
    rich = [form for form in forms if any(section.style == "html" for section in form)]
    best = rich[-1] if rich else next((form for form in reversed(forms) if form), [])
    found.sections += best
    shown = [words_in(section) for section in best]
    for form in forms:
        for section in form:
            if form is not best:
                message.add_form(section, shown, words_in(section))


def _text(part: MailPart, found: _Found, message: Message) -> None:
    part, following = messages_under(part)
    found.files += ((MailPart([], b""), _message_within(each)) for each in following)
    if part.kind == "text/html" and not part.about.get("charset"):
        told = _META.search(part.content()[0][:4000])
        if told:
            part.about["charset"] = told[1].decode("ascii", "replace")
    raw, files = uu_files(part.content()[0]) if part.kind == "text/plain" else (b"", [])
    if files:
        part = MailPart([], raw, part.kind, part.about)
        for name, content in files:
            found.files.append((part, Inner(name or "file", content)))
    text, certain = part.text()
    if foreign.ENCRYPTED.decode() in text:
        message.warn(_ENCRYPTED)
    if not certain:
        message.warn(
            "Some letters of this message cannot be told for certain. Look at names with accents "
            "yourself."
        )
    if not text.strip():
        return
    if part.kind == "text/html":
        if _FETCHED.search(text):
            note = "Pictures that are on the internet and not in the message are not shown."
            if note not in message.notes:
                message.notes.append(note)
        found.sections.append(MailText("html", text))
        return
    if part.about.get("format", "").lower() == "flowed":
        text = _unflowed(text, drop=part.about.get("delsp", "").lower() == "yes")
    found.sections.append(MailText("text", text))


def _unflowed(text: str, *, drop: bool) -> str:
    """Lines that were broken only for sending joined again (RFC 3676)."""
    found: list[list[str]] = []
    goes_on = False
    for line in text.splitlines():
        quoted = line.startswith(">")
        own = line.removeprefix(" ")
        if goes_on and not quoted:
            found[-1].append(own)
        else:
            found.append([own])
        goes_on = own.endswith(" ") and own != "-- " and not quoted
        if goes_on and drop:
            found[-1][-1] = own[:-1]
    return "\n".join("".join(some) for some in found)


def _stray(raw: bytes, found: _Found) -> None:
    """Words outside of all parts, where a program of today shows nothing."""
    raw, following = messages_in(raw)
    found.files += ((MailPart([], b""), _message_within(each)) for each in following)
    text = MailPart([], raw).text()[0].strip()
    if not text:
        return
    heading = "Outside of its parts this message also has these words:"
    found.sections.append(MailText("text", text, heading))


def _is_for_old_programs(raw: bytes) -> bool:
    """Whether it only says that a message has several parts, to programs that know none."""
    text = MailPart([], raw).text()[0].strip()
    return (
        len(text) < 500
        and _MULTIPART_WORDS.search(text) is not None
        and _LINE_OF_HEAD.search(text) is None
    )


def _attached_message(part: MailPart) -> Inner:
    content, _whole = part.content()
    return _message_within(content, part.name)


def _message_within(content: bytes, name: str = "") -> Inner:
    title = parsed(content[:200_000]).value("subject")
    return Inner(name or (f"{title[:80]}.eml" if title else "message.eml"), content, "message")


def _file(part: MailPart, found: _Found) -> Inner:
    content, _whole = part.content()
    name = part.name
    if not name:
        end = _ENDS.get(part.kind)
        end = (mimetypes.guess_extension(part.kind) or "") if end is None else end
        name = f"attachment {len(found.files) + 1}{end}"
    return Inner(name, content)


def faults(top: MailPart, what: str = "message") -> Iterator[str]:
    """What is wrong with how a message, or what has its form, was put together: sentences."""
    found = {fault for part in every_part(top) for fault in part.faults}
    if "border" in found:
        yield (
            f"The parts of this {what} cannot be told apart; it is shown as it was sent. Ask for "
            "it again, saved anew from the program that it comes from."
        )
    if any(part.undecoded() for part in every_part(top) if not part.parts):
        yield (
            f"Part of this {what} is said to be in a code for sending e-mail (base64), and that "
            "cannot be read; it is kept as it was sent. If it says nothing to you, ask for the "
            f"{what} again."
        )
    if "end" in found:
        yield f"The end of this {what} is missing; what there is was read."
    if "deep" in found:
        yield f"Parts of this {what} are nested so deeply that they were not opened."
    if "many" in found:
        yield f"This {what} has too many parts; those at the end were not read."


def every_part(part: MailPart) -> Iterator[MailPart]:
    """A part and all within it."""
    yield part
    for inner in part.parts:
        yield from every_part(inner)


def _place_files(found: _Found, message: Message) -> None:
    """Pictures that a text shows go into it; everything else lies inside the message."""
    asked = {
        unquote(name).strip()
        for section in found.sections
        if section.style == "html"
        for name in _ASKED.findall(html.unescape(section.text))
    }
    for part, inner in found.files:
        own = part.value("content-id").strip("<> ")
        if own and own in asked and part.kind.startswith("image/"):
            message.pictures[own] = inner.content
            continue
        if part.kind.startswith("image/") and message.shows(inner, part.value("content-location")):
            continue
        if not inner.content and not part.name:
            continue
        message.inside += _unpacked(inner, message)


def _unpacked(inner: Inner, message: Message) -> list[Inner]:
    """What is in a ``winmail.dat``, where that says nothing besides; else the file itself."""
    if not inner.content.startswith(_TNEF):
        return [inner]
    from dpdesk.documents import mail_winmail

    packed = mail_winmail.read(inner.content)
    shown = [words_in(text) for text in message.sections]
    more = any(lacking(words_in(text), shown)[0] for text in packed.sections)
    if more or packed.warnings or packed.pictures:
        return [inner]
    return packed.inside
