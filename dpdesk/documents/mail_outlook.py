"""Outlook's own files of one message (``.msg``, ``.oft``); used inside workers only.

Source: Microsoft's [MS-OXMSG].
"""

from __future__ import annotations

import contextlib
import struct
from typing import Any, Final

import olefile

from dpdesk.documents import compound, compound_file, mapi, mapi_rest
from dpdesk.documents.mail_message import Message
from dpdesk.documents.mapi import Attached, Properties

_DEEP: Final = 12
_MOST: Final = 2_000
_LONGEST: Final = 1_000_000_000
_HEAD_AT_TOP, _HEAD_WITHIN, _HEAD_OF_PART = 32, 24, 8
"""Bytes before the first property: of the message, of one in it, of a recipient or attachment."""


def read(content: bytes) -> Message:
    """The message. Raises UnreadableFile where it is damaged beyond reading."""
    with compound.opened(content) as file:
        return _message(file, [], _HEAD_AT_TOP, 0, _names(file))


def _message(
    file: olefile.OleFileIO,
    folder: list[str],
    head: int,
    depth: int,
    names: dict[int, int | str],
) -> Message:
    record = _record(file, folder, head, names)
    recipients: list[Properties] = []
    attached: list[Attached] = []
    for place in _folders(file, folder):
        if place.startswith("__recip_version1.0_"):
            if len(recipients) < _MOST:
                recipients.append(_record(file, [*folder, place], _HEAD_OF_PART, names, record))
        elif place.startswith("__attach_version1.0_") and len(attached) < _MOST:
            attached.append(_attached(file, [*folder, place], depth, names, record))
    return mapi_rest.to_message(record, recipients, attached)


def _attached(
    file: olefile.OleFileIO,
    folder: list[str],
    depth: int,
    names: dict[int, int | str],
    above: Properties,
) -> Attached:
    about = _record(file, folder, _HEAD_OF_PART, names, above)
    inner = [*folder, "__substg1.0_3701000D"]
    if about.number(mapi.METHOD) == mapi.EMBEDDED_MESSAGE and file.exists(inner):
        if depth >= _DEEP:
            return Attached(about)
        return Attached(about, _message(file, inner, _HEAD_WITHIN, depth + 1, names))
    if about.number(mapi.METHOD) == mapi.EMBEDDED_OBJECT and file.exists(inner):
        with contextlib.suppress(*compound.FAULTS):
            about.values[mapi.DATA] = compound_file.of_folder(file, inner)
    return Attached(about)


def _folders(file: olefile.OleFileIO, folder: list[str]) -> list[str]:
    """The names of the folders in a folder, in their order."""
    entry = file.root
    for name in folder:
        entry = next(kid for kid in entry.kids if kid.name == name)
    return sorted(kid.name for kid in entry.kids if kid.entry_type == olefile.STGTY_STORAGE)


def _streams(file: olefile.OleFileIO, folder: list[str]) -> list[str]:
    entry = file.root
    for name in folder:
        entry = next(kid for kid in entry.kids if kid.name == name)
    return [kid.name for kid in entry.kids if kid.entry_type == olefile.STGTY_STREAM]


def _bytes(file: olefile.OleFileIO, path: list[str]) -> bytes:
    try:
        return bytes(file.openstream(path).read())
    except compound.FAULTS:
        return b""


def _record(
    file: olefile.OleFileIO,
    folder: list[str],
    head: int,
    names: dict[int, int | str],
    above: Properties | None = None,
) -> Properties:
    record = Properties()
    raw = _bytes(file, [*folder, "__properties_version1.0"])
    for at in range(head, len(raw) - 15, 16):
        kind, number, _flags = struct.unpack_from("<HHI", raw, at)
        value = mapi.fixed(kind, raw[at + 8 : at + 16])
        if value is not None:
            _put(record, number, value, names)
    many: dict[tuple[int, int], list[Any]] = {}
    for name in sorted(_streams(file, folder)):
        if not name.startswith("__substg1.0_") or len(name) < 20:
            continue
        try:
            number, kind = int(name[12:16], 16), int(name[16:20], 16)
        except ValueError:
            continue
        content = _bytes(file, [*folder, name])
        if len(name) > 20 and kind & mapi.MANY:
            many.setdefault((number, kind), []).append(_text(kind & ~mapi.MANY, content))
        elif kind in {mapi.STRING8, mapi.UNICODE, mapi.BINARY}:
            _put(record, number, _text(kind, content), names)
    for (number, _kind), values in many.items():
        _put(record, number, values, names)
    record.alphabet = mapi.alphabet_in(record) if above is None else above.alphabet
    return record


def _text(kind: int, content: bytes) -> Any:
    return content.decode("utf-16-le", "replace") if kind == mapi.UNICODE else content


def _put(record: Properties, number: int, value: Any, names: dict[int, int | str]) -> None:
    if number >= 0x8000:
        if number in names:
            record.named[names[number]] = value
    else:
        record.values[number] = value


def _names(file: olefile.OleFileIO) -> dict[int, int | str]:
    folder = "__nameid_version1.0"
    return mapi.names(
        _bytes(file, [folder, "__substg1.0_00030102"]),
        _bytes(file, [folder, "__substg1.0_00040102"]),
    )
