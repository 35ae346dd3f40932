"""Tells what a file is from its content; its name is only a claim.

Kinds that dpdesk cannot read are known too, so that the user hears what to do with them.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal

from dpdesk.documents.decoding import decode
from dpdesk.errors import UnreadableFile

FileKind = Literal["pdf", "picture", "text"]

_SAVE_AS_PDF: Final = "Open it, save or print it as PDF, and add that."
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
_HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
)

_FOREIGN: Final = (
    (b"{\\rtf", "a Rich Text document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "an archive of files"),
    (b"Rar!", "an archive of files"),
    (b"\x1f\x8b", "an archive of files"),
    (b"BZh", "an archive of files"),
    (b"\xfd7zXZ", "an archive of files"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"RIFF", "a sound or film recording"),
    (b"\x1aE\xdf\xa3", "a film recording"),
    (b"SQLite format 3\x00", "a database"),
    (b"%!PS", "a PostScript document"),
    (b'x\x9f>"', "an Outlook attachment"),
)
_SUFFIXES: Final[dict[str, frozenset[str]]] = {
    "PDF": frozenset({".pdf"}),
    "JPEG": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "PNG": frozenset({".png"}),
    "TIFF": frozenset({".tif", ".tiff"}),
    "GIF": frozenset({".gif"}),
    "BMP": frozenset({".bmp", ".dib"}),
    "WEBP": frozenset({".webp"}),
    "HEIC": frozenset({".heic", ".heif", ".hif"}),
}
_PLAIN_NAMES: Final = {
    "PDF": "PDF document",
    "JPEG": "JPEG picture",
    "PNG": "PNG picture",
    "TIFF": "TIFF picture",
    "GIF": "GIF picture",
    "BMP": "BMP picture",
    "WEBP": "WebP picture",
    "HEIC": "HEIC photograph",
}
_MAIL_HEADER: Final = re.compile(
    rb"^(received|return-path|mime-version|message-id|delivered-to|x-[a-z-]+|from|to|subject|date)"
    rb":[ \t]",
    re.IGNORECASE | re.MULTILINE,
)


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
    found = _binary_format(content)
    if found is None:
        _refuse_foreign(content)
        if decode(content) is None:
            raise UnreadableFile("dpdesk does not know this kind of file.", _SAVE_AS_PDF)
        _refuse_markup(content)
        found = "TEXT"
    kind: FileKind = "pdf" if found == "PDF" else "text" if found == "TEXT" else "picture"
    return Recognised(kind, found, _false_name(name, found))


def _binary_format(content: bytes) -> str | None:
    # The standard lets a PDF begin with up to a kilobyte of something else.
    if b"%PDF-" in content[:_HEAD] and not content.startswith(b"PK\x03\x04"):
        return "PDF"
    for start, found in _PICTURES:
        if content.startswith(start) and not (start == b"BM" and not _is_bitmap(content)):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and _heif_brands(content):
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


def _heif_brands(content: bytes) -> bool:
    length = min(int.from_bytes(content[:4], "big"), 256)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, length, 4))}
    return not _HEIF_BRANDS.isdisjoint(brands)


def _refuse_foreign(content: bytes) -> None:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise UnreadableFile(*_packed(content))
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UnreadableFile(
            "This is an older Word, Excel or PowerPoint document, or an Outlook message.",
            _SAVE_AS_PDF,
        )
    if content[4:8] == b"ftyp":
        raise UnreadableFile("This is a film or sound recording.", "Keep it with the request.")
    for start, named in _FOREIGN:
        if content.startswith(start) and (start != b"MZ" or b"\0" in content[:_HEAD]):
            raise UnreadableFile(
                f"This is {named}, which dpdesk cannot show as pages.", _SAVE_AS_PDF
            )


def _packed(content: bytes) -> tuple[str, str]:
    """What to say about a ZIP file, which most office documents are inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()[:500]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "This is a damaged archive of files.", "Ask for it again."
    starts = {name.split("/", 1)[0] for name in names}
    if "word" in starts:
        return "This is a Word document.", "Save it as PDF in Word first, and add that."
    if "xl" in starts:
        return "This is an Excel workbook.", "Save it as PDF in Excel first, and add that."
    if "ppt" in starts:
        return "This is a PowerPoint presentation.", "Save it as PDF first, and add that."
    if "mimetype" in starts:
        return "This is an OpenDocument file.", "Save it as PDF first, and add that."
    return "This is an archive of files (ZIP).", "Unpack it, and add the files in it."


def _refuse_markup(content: bytes) -> None:
    head = content[: _HEAD * 4].lstrip(b"\xef\xbb\xbf \t\r\n")
    lowered = head[:64].lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        raise UnreadableFile(
            "This is a web page.", "Open it in a browser, print it as PDF, and add that."
        )
    first = head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    headers = {found.lower() for found in _MAIL_HEADER.findall(first)}
    strong = {b"received", b"mime-version", b"message-id", b"return-path"}
    if len(headers) >= 3 and headers & strong:
        raise UnreadableFile(
            "This is an e-mail message.",
            "Open it in your e-mail program, print it as PDF, and add that and its attachments.",
        )


def _false_name(name: str, found: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if found == "TEXT":
        known = {end for ends in _SUFFIXES.values() for end in ends}
        if suffix in known:
            return f"The name of this file ends in {suffix}, but it is plain text."
        return ""
    if suffix and suffix not in _SUFFIXES[found]:
        return (
            f"The name of this file ends in {suffix[:12]}, but it is a {_PLAIN_NAMES[found]}; "
            "it was read as what it is."
        )
    return ""
