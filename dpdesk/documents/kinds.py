"""Tells what a file is from its content; its name is only a claim.

Kinds that dpdesk cannot read are known too, so that the user hears what to do with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal

from dpdesk.documents import foreign, mail_kinds, office_kinds
from dpdesk.documents.decoding import decode
from dpdesk.errors import UnreadableFile

FileKind = Literal["pdf", "picture", "text", "message", "document", "sheet", "packed"]
"""``packed`` only holds other files, as a mailbox or an archive does, and has no pages itself."""

_KINDS: Final[dict[str, FileKind]] = {
    "PDF": "pdf",
    "TEXT": "text",
    "EML": "message",
    "MSG": "message",
    "TNEF": "message",
    "ICS": "text",
    "VCF": "text",
    "MBOX": "packed",
    "ZIP": "packed",
    **dict.fromkeys(office_kinds.NAMES, "document"),
    **dict.fromkeys(("XLSX", "XLS", "ODS", "CSV"), "sheet"),
}
"""What a file of a format becomes; all others are pictures."""
_HEAD: Final = 1024

_PICTURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
)
_JPEG_WITH_RUBBISH: Final = re.compile(rb"\xff\xd8[^\xff]{1,1000}\xff[\xc0-\xcf\xda-\xef\xfe]")
"""A JPEG with something before its first part, which every viewer passes over."""
_HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
)
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})

_SUFFIXES: Final[dict[str, frozenset[str]]] = {
    "PDF": frozenset({".pdf"}),
    "JPEG": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "PNG": frozenset({".png"}),
    "TIFF": frozenset({".tif", ".tiff"}),
    "GIF": frozenset({".gif"}),
    "BMP": frozenset({".bmp", ".dib"}),
    "WEBP": frozenset({".webp"}),
    "HEIC": frozenset({".heic", ".heif", ".hif"}),
    "AVIF": frozenset({".avif"}),
    "EML": frozenset({".eml", ".emlx", ".mbox", ".mbx", ".txt", ".mht", ".mhtml", ".p7m"}),
    "MSG": frozenset({".msg", ".oft"}),
    "TNEF": frozenset({".dat", ".tnef"}),
    "ICS": frozenset({".ics", ".ical", ".ifb", ".vcs"}),
    "VCF": frozenset({".vcf", ".vcard"}),
    "MBOX": frozenset({".mbox", ".mbx", ".txt", ".eml"}),
    "ZIP": frozenset({".zip"}),
    **office_kinds.SUFFIXES,
}
_ALSO_TEXT: Final = frozenset({".txt", ".dat", ".eml", ".mbox", ".mbx"})
"""Names of messages that nobody wonders at where they turn out to be plain text."""
_PLAIN_NAMES: Final = {
    "PDF": "PDF document",
    "JPEG": "JPEG picture",
    "PNG": "PNG picture",
    "TIFF": "TIFF picture",
    "GIF": "GIF picture",
    "BMP": "BMP picture",
    "WEBP": "WebP picture",
    "HEIC": "HEIC photograph",
    "AVIF": "AVIF photograph",
    "EML": "message",
    "MSG": "Outlook message",
    "TNEF": "Outlook attachment",
    "ICS": "calendar file",
    "VCF": "file of contacts",
    "MBOX": "mailbox",
    "ZIP": "archive of files",
    **office_kinds.NAMES,
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, ``format`` more exactly; ``warning`` where its name says otherwise."""

    kind: FileKind
    format: str
    warning: str = ""


def recognise(name: str, content: bytes) -> Recognised:
    """The kind of a file from its first bytes.

    Raises UnreadableFile, with what to do instead, for an empty file and for every kind that
    dpdesk cannot read.
    """
    if not content:
        raise UnreadableFile("This file is empty.", "Ask for it again.")
    foreign.refuse_raw(content)
    found = (
        _binary_format(content)
        or office_kinds.recognised(content)
        or mail_kinds.recognised(name, content)
    )
    if not found:
        foreign.refuse_packed(content)
        decoded = decode(content)
        if decoded is None:
            raise UnreadableFile("dpdesk does not know this kind of file.", foreign.SAVE_AS_PDF)
        found = office_kinds.of_text(name, decoded.text)
        if not found:
            foreign.refuse_source(decoded.text)
            found = "TEXT"
    return Recognised(_KINDS.get(found, "picture"), found, _false_name(name, found))


def _binary_format(content: bytes) -> str | None:
    # The standard lets a PDF begin with up to a kilobyte of something else.
    if b"%PDF-" in content[:_HEAD] and not content.startswith(b"PK\x03\x04"):
        return "PDF"
    for start, found in _PICTURES:
        if content.startswith(start) and not (start == b"BM" and not _is_bitmap(content)):
            return found
    if _JPEG_WITH_RUBBISH.match(content):
        return "JPEG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        brands = _brands(content)
        if brands & _AVIF_BRANDS:
            return "AVIF"
        if brands & _HEIF_BRANDS:
            return "HEIC"
    return None


def _is_bitmap(content: bytes) -> bool:
    """Whether more than two letters say so: a text may begin with "BM"."""
    return content[6:10] == bytes(4) and content[14:18] in {
        b"\x0c\0\0\0",
        b"\x28\0\0\0",
        b"\x34\0\0\0",
        b"\x38\0\0\0",
        b"\x40\0\0\0",
        b"\x6c\0\0\0",
        b"\x7c\0\0\0",
    }


def _brands(content: bytes) -> set[bytes]:
    length = min(int.from_bytes(content[:4], "big"), 256)
    return {content[8:12], *(content[at : at + 4] for at in range(16, length, 4))}


def _named(found: str) -> str:
    name = _PLAIN_NAMES[found]
    return f"{'an' if name[0] in 'aAEIO' else 'a'} {name}"


def _false_name(name: str, found: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if found == "TEXT":
        known = {end for ends in _SUFFIXES.values() for end in ends}
        if suffix in known - _ALSO_TEXT:
            return f"The name of this file ends in {suffix}, but it is plain text."
        return ""
    if suffix and suffix not in _SUFFIXES.get(found, {suffix}):
        return (
            f"The name of this file ends in {suffix[:12]}, but it is {_named(found)}; "
            "it was read as what it is."
        )
    return ""
