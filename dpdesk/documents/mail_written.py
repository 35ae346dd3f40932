"""A message written as it would be sent (``.eml``), where its own form cannot stand by itself.

A message inside an Outlook file or a mailbox of Outlook is not a file of its own; this is what is
kept of it, and any e-mail program opens it. Used inside workers only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import mimetypes
from collections.abc import Iterator
from typing import Final

from dpdesk.documents.inside import Inner
from dpdesk.documents.mail_message import MailText, Message

_FIELDS: Final = {
    "From": "From",
    "Sent by": "Sender",
    "Reply to": "Reply-To",
    "To": "To",
    "Cc": "Cc",
    "Bcc": "Bcc",
    "Subject": "Subject",
    "Categories": "Keywords",
    "Other": "X-Dpdesk-Other",
}
"""Lines of a head by the words that they stand under on the page."""
_PIECE: Final = 42  # bytes of one word in code; a line has 78 signs at most


def written(message: Message) -> bytes:
    """The bytes of the message."""
    own = [(label, text) for label, text in message.head if label in _FIELDS]
    others = [f"{label}: {text}" for label, text in message.head if label not in {*_FIELDS, "Date"}]
    lines = [_line(_FIELDS[label], text) for label, text in own]
    said = message.said
    if said.dated:
        lines.append(_line("Date", _date(said.dated)))
    else:
        lines += [_line("Date", text) for label, text in message.head if label == "Date"]
    if said.message_id:
        lines.append(f"Message-ID: <{_flat(said.message_id)}>")
    if said.references:
        answered = "\n ".join(f"<{_flat(each)}>" for each in said.references)
        lines.append(f"References: {answered}")
    lines.append("MIME-Version: 1.0")
    sections = list(message.sections)
    if others:
        sections.insert(0, MailText("text", "\n".join(others)))
    if message.warnings:
        # Whoever reads the pages must know what is missing from them.
        told = MailText("text", "\n".join(message.warnings), "dpdesk could not read all of it:")
        sections.append(told)
    parts = [_text(section) for section in sections]
    parts += [_picture(name, content) for name, content in message.pictures.items()]
    parts += [_file(inner) for inner in message.inside]
    if len(parts) == 1:
        body = parts[0]
    else:
        border = f"=_{hashlib.sha256(b''.join(parts)).hexdigest()[:40]}"
        kind = "related" if message.pictures and not message.inside else "mixed"
        body = f'Content-Type: multipart/{kind}; boundary="{border}"\n\n'.encode()
        body += b"".join(b"--%s\n%s\n" % (border.encode(), part) for part in parts)
        body += f"--{border}--\n".encode()
    return "\n".join(lines).encode("utf-8", "replace") + b"\n" + body


def _flat(number: str) -> str:
    """The number of a message without blanks, after which a line of the head would end."""
    return "".join(number.split())


def _line(name: str, text: str) -> str:
    flat = " ".join(text.split())
    if flat.isascii() and "=?" not in flat:
        return f"{name}: {_folded(flat)}"
    words = "\n ".join(
        f"=?utf-8?B?{base64.b64encode(piece.encode()).decode()}?=" for piece in _pieces(flat)
    )
    return f"{name}: {words}"


def _folded(text: str) -> str:
    lines, length = [""], 0
    for word in text.split(" "):
        if length and length + len(word) > 900:
            lines.append("")
            length = 0
        lines[-1] += f" {word}" if lines[-1] else word
        length += len(word) + 1
    return "\n ".join(lines)


def _pieces(text: str) -> Iterator[str]:
    piece, size = "", 0
    for sign in text.encode("utf-8", "replace").decode():
        more = len(sign.encode())
        if size + more > _PIECE:
            yield piece
            piece, size = "", 0
        piece += sign
        size += more
    yield piece


def _date(iso: str) -> str:
    import datetime as dt
    import email.utils

    moment = dt.datetime.fromisoformat(iso)
    return email.utils.format_datetime(moment)


def _text(section: MailText) -> bytes:
    kind = "html" if section.style == "html" else "plain"
    text = f"{section.heading}\n\n{section.text}" if section.heading else section.text
    return _part(f"Content-Type: text/{kind}; charset=utf-8", text.encode("utf-8", "replace"))


def _picture(name: str, content: bytes) -> bytes:
    kind = _kind_of_picture(content)
    head = f"Content-Type: {kind}\nContent-ID: <{name}>\nContent-Disposition: inline"
    return _part(head, content)


def _kind_of_picture(content: bytes) -> str:
    for start, kind in (
        (b"\x89PNG", "image/png"),
        (b"GIF8", "image/gif"),
        (b"BM", "image/bmp"),
        (b"II*", "image/tiff"),
        (b"MM\0*", "image/tiff"),
    ):
        if content.startswith(start):
            return kind
    return "image/jpeg"


def _file(inner: Inner) -> bytes:
    name = base64.b64encode(inner.name.encode("utf-8", "replace")).decode()
    named = f"=?utf-8?B?{name}?=" if not inner.name.isascii() else inner.name.replace('"', "'")
    if inner.how == "message" and not inner.name.lower().endswith(".dat"):
        head = f'Content-Type: message/rfc822; name="{named}"\nContent-Disposition: attachment'
        return f"{head}\n\n".encode() + inner.content
    kind = mimetypes.guess_type(inner.name)[0] or "application/octet-stream"
    if kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    head = f'Content-Type: {kind}; name="{named}"\nContent-Disposition: attachment'
    return _part(head, inner.content)


def _part(head: str, content: bytes) -> bytes:
    coded = b"".join(
        binascii.b2a_base64(content[at : at + 57]) for at in range(0, len(content), 57)
    )
    return f"{head}\nContent-Transfer-Encoding: base64\n\n".encode() + coded
