"""Files that lie in an office file: sheets behind charts, documents put in as a whole.

Whatever somebody put in is handed out: as its own program would save it where that can be told,
else as it lies, so that it is told as a file that could not be read. Only what draws an object, or
says what program it is of, is left. Used inside workers only.

Source: Microsoft's [MS-OLEDS], and what its packager writes.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from typing import Any, Final

import olefile

from dpdesk.documents import compound, compound_file
from dpdesk.documents.inside import Inner
from dpdesk.documents.office_zip import Packed

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NATIVE: Final = "\x01Ole10Native"
_PACKAGED: Final = 2
"""How a packet of the packager begins; what other programs leave there is their own data."""
_STARTS: Final = (
    (b"%PDF-", ".pdf"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"{\\rtf", ".rtf"),
)
_OLD: Final = {
    "worddocument": ".doc",
    "workbook": ".xls",
    "book": ".xls",
    "powerpoint document": ".ppt",
    "__properties_version1.0": ".msg",
    "encryptedpackage": "",
}
_WRAPPED: Final = ("contents", "package", "embeddedodf", "attachcontents")
_DRAWN: Final = ("\x01", "\x02", "\x03")
"""How streams begin that say how an object looks, or of what program it is."""
_CONTROL: Final = "\x03ocxname"
"""What only a button or a box on a page has, whose picture stands there."""
_EQUATION: Final = "equation native"
_MOST: Final = 500
_LONGEST_NAME: Final = 500
_NAME: Final = "embedded file"


def files(packed: Packed) -> list[Inner]:
    """The embedded files of an office file of today; a wrapper around a file is taken off."""
    found = []
    names = [name for key, name in packed.names.items() if "/embeddings/" in f"/{key}"]
    for name in sorted(names)[:_MOST]:
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
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as opened:
            return _taken(opened, [], posixpath.splitext(name)[0], content)
    except compound.FAULTS:
        return Inner(name, content, "embedded")


def in_old_file(file: Any) -> Iterator[Inner]:
    """The files that lie in the folders of an open office file of the old kind."""
    for number, path in enumerate(_objects(file, file.root, []), 1):
        try:
            inner = _taken(file, path, f"{_NAME} {number}", b"")
        except compound.FAULTS:
            # Without content it is told as a file that cannot be read.
            inner = Inner(f"{_NAME} {number}", b"", "embedded")
        if inner is not None:
            yield inner


def _objects(file: Any, folder: Any, path: list[str]) -> Iterator[list[str]]:
    """The outermost folders that hold an object, as paths."""
    for kid in folder.kids[:_MOST]:
        if kid.entry_type != olefile.STGTY_STORAGE or len(path) > 2:
            continue
        here = [*path, kid.name]
        inside = {each.name.lower() for each in kid.kids}
        if kid.name.lower() == "objectpool":
            yield from _objects(file, kid, here)
        elif path or not inside.isdisjoint(_OLD) or any(n.startswith(_DRAWN) for n in inside):
            yield here


def _taken(file: Any, path: list[str], stem: str, content: bytes) -> Inner | None:
    """The file in a folder of an open one; ``content`` is all of it where it is the outermost."""
    folder = file.root
    for name in path:
        folder = next(kid for kid in folder.kids if kid.name == name)
    inside = {kid.name.lower(): kid.name for kid in folder.kids}
    if _CONTROL in inside:
        return None
    if _NATIVE.lower() in inside:
        return native(file.openstream([*path, inside[_NATIVE.lower()]]).read(), stem)
    suffix = next((end for stream, end in _OLD.items() if stream in inside), None)
    wrapped = next((inside[stream] for stream in _WRAPPED if stream in inside), None)
    if suffix is None and wrapped is not None:
        inner = file.openstream([*path, wrapped]).read()
        return Inner(stem + _suffix(inner), inner, "embedded") if inner else None
    rest = [name for name in inside if not name.startswith(_DRAWN) and name != _EQUATION]
    if suffix is None and not rest:
        return None
    whole = content or compound_file.of_folder(file, path)
    return Inner(stem + (suffix or ""), whole, "embedded")


def native(stream: bytes, stem: str = _NAME) -> Inner | None:
    """The file in the data that an older program left of its own; None where there is none."""
    if int.from_bytes(stream[4:6], "little") == _PACKAGED:
        found = packet(stream)
        if found is not None:
            return Inner(found[0] or stem, found[1], "embedded")
    content = stream[4:]
    return Inner(stem + _suffix(content), content, "embedded") if content else None


def _suffix(content: bytes) -> str:
    return next((end for start, end in _STARTS if content.startswith(start)), "")


def packet(stream: bytes) -> tuple[str, bytes] | None:
    """The name and the bytes in a packet of the packager; None where it is none.

    A packet has its name first in the letters of one computer, and at its end, as newer ones
    write it, in any letters.
    """
    at = 6  # its whole length, and a mark
    texts = []
    for _ in range(2):
        end = stream.find(b"\0", at, at + _LONGEST_NAME)
        if end < 0:
            return None
        texts.append(stream[at:end].decode("cp1252", "replace"))
        at = end + 1
    at += 4
    length = int.from_bytes(stream[at : at + 4], "little")
    at += 4 + length
    size = int.from_bytes(stream[at : at + 4], "little")
    content = stream[at + 4 : at + 4 + size]
    if not content:
        return None
    newer = _names_at_end(stream[at + 4 + size :])
    label, source = newer if any(newer) else (texts[0], texts[1])
    return _named(label, source), content


def _names_at_end(rest: bytes) -> tuple[str, str]:
    """Label and place in any letters: the place that it lay in, the label, where it came from."""
    found = []
    at = 0
    for _ in range(3):
        length = 2 * int.from_bytes(rest[at : at + 4], "little")
        if len(rest) < at + 4 + length or length > 2 * _LONGEST_NAME:
            return "", ""
        found.append(rest[at + 4 : at + 4 + length].decode("utf-16-le", "replace").strip("\0"))
        at += 4 + length
    return found[1], found[2]


def _named(label: str, source: str) -> str:
    """The label below its sign; with the end of the name that the file had, which may say more."""
    shown, came = (posixpath.basename(each.replace("\\", "/")).strip() for each in (label, source))
    suffix = posixpath.splitext(came)[1]
    if not shown or not suffix or posixpath.splitext(shown)[1].lower() == suffix.lower():
        return shown or came
    return shown + suffix


def old_object(content: bytes) -> Inner | None:
    """The file in an object as Rich Text keeps it; None where it is only a link or a picture.

    Its head is what it is for programs before OLE 2: the class, and the data in one piece.
    """
    names = []
    at = 8  # its version, and whether it is embedded
    for _ in range(3):
        length = int.from_bytes(content[at : at + 4], "little")
        if length > _LONGEST_NAME:
            break
        names.append(content[at + 4 : at + 4 + length].rstrip(b"\0").decode("cp1252", "replace"))
        at += 4 + length
    start = content.find(_OLE)
    if len(names) < 3 or (start >= 0 and at + 4 != start):
        return unwrapped(_NAME, content[start:]) if start >= 0 else None
    size = int.from_bytes(content[at : at + 4], "little")
    inside = content[at + 4 : at + 4 + size]
    if int.from_bytes(content[4:8], "little") != _PACKAGED or not inside:
        return None
    if inside.startswith(_OLE):
        return unwrapped(_NAME, inside)
    if names[0].lower() == "package":
        found = packet(content[at:])
        if found is not None:
            return Inner(found[0] or _NAME, found[1], "embedded")
    return Inner(_NAME + _suffix(inside), inside, "embedded")
