"""Tells messages, mailboxes, calendars, contacts and archives of files from their content."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from dpdesk.documents import foreign, mail_sealed
from dpdesk.documents.decoding import plain_lines
from dpdesk.errors import UnreadableFile

_HEAD: Final = 20_000
_FIELD: Final = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:", re.MULTILINE)
_KNOWN: Final = frozenset(
    b"from to cc bcc subject date sender reply-to message-id mime-version content-type received "
    b"return-path delivered-to in-reply-to references content-transfer-encoding".split()
)
_STRONG: Final = frozenset(b"received mime-version message-id return-path delivered-to".split())
_MAIL_NAMES: Final = frozenset({".eml", ".emlx", ".mbox", ".mbx", ".msg"})
_WEB_NAMES: Final = frozenset({".mht", ".mhtml"})
MBOX_LINE: Final = re.compile(
    rb"(?:(?:\A|\n\r?\n)(From [^\r\n]{0,300}\d{1,2}:\d\d[^\r\n]{0,60}\r?\n)"
    rb"|\n(From [^\s]{1,200} {1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z][a-z] [ \d]?\d "
    rb"\d\d:\d\d(?::\d\d)? [^\r\n]{0,20}\d{4}[^\r\n]{0,20}\r?\n))"
    rb"(?=(?:>From [^\r\n]{0,300}\r?\n)?>?[A-Za-z][A-Za-z0-9-]{0,60}:)"
)
"""The line before each message of a mailbox. Some programs write no empty line before it; there
it must be exactly as mailboxes have it, as a text may begin a line with "From"."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF: Final = b"\x78\x9f\x3e\x22"
_PARTS: Final = re.compile(
    rb"content-type[ \t]*:\s{0,9}multipart/[\w-]{1,40}[ \t]*;[^\0]{0,500}?boundary=", re.IGNORECASE
)
"""How a message begins that was signed, where Outlook keeps it in an attachment."""
_SENT: Final = re.compile(rb"^(?:to|cc|received)[ \t]*:[ \t]*\S", re.IGNORECASE | re.MULTILINE)
"""A line that a message has and a page does not, where a message was saved as a page."""
_EMLX: Final = re.compile(rb"\A\d{1,10}[ \t]*\n(?=[A-Za-z-]{2,60}:)")


def recognised(name: str, content: bytes) -> str:
    """EML, MSG, TNEF, MBOX, ICS, VCF, ZIP, MHT; or nothing where it is none of these."""
    if content.startswith(_TNEF):
        return "TNEF"
    if content.startswith(b"!BDN"):
        raise UnreadableFile(
            "This is a mailbox of Outlook.",
            "Add it by itself, from a folder of this computer, to choose from its messages.",
        )
    if mail_sealed.signed(content) is not None:
        return "EML"
    if content.startswith(_OLE):
        return "MSG" if _is_outlook(content) else ""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "ZIP" if foreign.is_archive(content) else ""
    start = plain_lines(content[:_HEAD]).lstrip(b"\xef\xbb\xbf \t\r\n")
    upper = start[:40].upper()
    if upper.startswith(b"BEGIN:VCALENDAR"):
        return "ICS"
    if upper.startswith(b"BEGIN:VCARD"):
        return "VCF"
    if is_mailbox(start):
        return "MBOX" if _several(plain_lines(content)) else "EML"
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in _WEB_NAMES or b"snapshot-content-location:" in start[:4096].lower():
        # A web page that was saved with its pictures has the form of a message.
        if _SENT.search(re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]):
            return "EML"
        return "MHT" if _is_message(start, named=True) else ""
    return "EML" if _is_message(start, named=suffix in _MAIL_NAMES) else ""


def _is_outlook(content: bytes) -> bool:
    from dpdesk.documents import compound

    return any(name.startswith("__") for name in compound.names_at_top(content))


def _several(content: bytes) -> bool:
    found = MBOX_LINE.finditer(content)
    return next(found, None) is not None and next(found, None) is not None


def is_mailbox(start: bytes) -> bool:
    """Whether a file that begins so is a mailbox: messages one after the other."""
    return MBOX_LINE.match(start.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def _is_message(start: bytes, *, named: bool) -> bool:
    if not named and b"\0" in start[:1000]:
        return False
    start = _EMLX.sub(b"", start)
    head = re.split(rb"\r?\n\r?\n|\r\r", start, maxsplit=1)[0]
    found = {field.lower() for field in _FIELD.findall(head.replace(b"\r", b"\n"))}
    if not head.startswith((b"From ", b">From ")) and not _FIELD.match(head):
        return False
    if _PARTS.match(head):
        return True
    if named:
        return bool(found & _KNOWN)
    return len(found) >= 3 and bool(found & _STRONG)
