"""Files that lie in an office file: sheets behind charts, documents put in as a whole.

Used inside workers only.
"""

from __future__ import annotations

import io
import posixpath
from typing import Final

from dpdesk.documents.inside import Inner
from dpdesk.documents.office_zip import Packed

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NATIVE: Final = "\x01Ole10Native"
_STARTS: Final = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ""),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"{\\rtf", ".rtf"),
)
_OLD: Final = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}
_MOST: Final = 500
_LONGEST_NAME: Final = 500


def files(packed: Packed, folder: str) -> list[Inner]:
    """The files in a folder of embedded ones; a wrapper around a file is taken off."""
    found = []
    for name in packed.under(folder)[:_MOST]:
        content = packed.read(name)
        if content:
            inner = unwrapped(posixpath.basename(name), content)
            if inner is not None:
                found.append(inner)
    return found


def unwrapped(name: str, content: bytes) -> Inner | None:
    """An embedded file as its own program would save it; None where it is only drawn data."""
    if not content.startswith(_OLE):
        return Inner(name, content, "embedded")
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            return _from_wrapper(name, content, opened)
    except (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError, AttributeError):
        return Inner(name, content, "embedded")


def _from_wrapper(name: str, content: bytes, opened: object) -> Inner | None:
    import olefile

    assert isinstance(opened, olefile.OleFileIO)
    if opened.exists(_NATIVE):
        found = packet(opened.openstream(_NATIVE).read())
        return Inner(*found, "embedded") if found is not None else None
    stem = posixpath.splitext(name)[0]
    for stream, suffix in _OLD.items():
        if opened.exists(stream):
            return Inner(stem + suffix, content, "embedded")
    for stream in ("CONTENTS", "Package", "package", "EmbeddedOdf"):
        if opened.exists(stream):
            inner = opened.openstream(stream).read()
            suffix = next((end for start, end in _STARTS if inner.startswith(start)), "")
            return Inner(stem + suffix, inner, "embedded")
    if opened.exists("Equation Native"):
        return None
    return Inner(name, content, "embedded")


def packet(stream: bytes) -> tuple[str, bytes] | None:
    """The name and the bytes in a packet (MS-OLEDS 2.3.6 and what the packager writes)."""
    at = 6  # its whole length, and a mark
    texts = []
    for _ in range(2):
        end = stream.find(b"\0", at, at + _LONGEST_NAME)
        if end < 0:
            return None
        texts.append(stream[at:end])
        at = end + 1
    at += 4
    length = int.from_bytes(stream[at : at + 4], "little")
    at += 4 + length
    size = int.from_bytes(stream[at : at + 4], "little")
    content = stream[at + 4 : at + 4 + size]
    if not content:
        return None
    label = texts[0] or texts[1]
    return posixpath.basename(label.decode("cp1252", "replace").replace("\\", "/")), content
