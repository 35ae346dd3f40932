"""What Outlook packs into ``winmail.dat`` (TNEF); used inside workers only.

Every length is compared with what is left before anything is read, and each step goes forward, so
that no file keeps the reader busy. Source: Microsoft's [MS-OXTNEF].
"""

from __future__ import annotations

import datetime as dt
import struct
from typing import Any, Final

from dpdesk.documents import mapi, mapi_rest
from dpdesk.documents.mail_message import Message
from dpdesk.documents.mapi import Attached, Properties
from dpdesk.errors import UnreadableFile

_START: Final = b"\x78\x9f\x3e\x22"
_MOST: Final = 2_000
_SUBJECT, _BODY, _CLASS, _SENT, _PROPERTIES = 0x8004, 0x800C, 0x8008, 0x8005, 0x9003
_FROM, _PAGE, _RECIPIENTS = 0x8000, 0x9007, 0x9004
_NEW_FILE, _TITLE, _CONTENT, _ABOUT_FILE = 0x9002, 0x8010, 0x800F, 0x9005
_FIXED: Final = {
    mapi.SHORT: 4,
    mapi.LONG: 4,
    mapi.FLOAT: 4,
    0x000A: 4,
    mapi.BOOLEAN: 4,
    mapi.DOUBLE: 8,
    mapi.MONEY: 8,
    mapi.APPTIME: 8,
    mapi.INT64: 8,
    mapi.TIME: 8,
    mapi.GUID: 16,
}
"""Bytes that a value of a type takes here."""
_LONG_ONES: Final = frozenset({mapi.STRING8, mapi.UNICODE, mapi.BINARY, mapi.OBJECT})


def read(content: bytes) -> Message:
    """What is packed. Raises UnreadableFile where it is no such file."""
    if not content.startswith(_START):
        raise UnreadableFile("This file is damaged.", "Ask for it again.")
    record = Properties()
    recipients: list[Properties] = []
    files: list[Properties] = []
    whole = _attributes(content, record, recipients, files)
    record.alphabet = record.alphabet if record.values.get(_PAGE) else mapi.alphabet_in(record)
    for each in (*recipients, *files):
        each.alphabet = record.alphabet
    message = mapi_rest.to_message(record, recipients, [Attached(each) for each in files])
    if not whole:
        message.warn("The end of this file is missing or damaged; what there is was read.")
    return message


def _attributes(
    content: bytes, record: Properties, recipients: list[Properties], files: list[Properties]
) -> bool:
    """Reads one attribute after the other; whether the file ended where it should."""
    at = 6
    while at + 9 <= len(content):
        _level, number, _type, length = struct.unpack_from("<BHHI", content, at)
        start = at + 9
        if length > len(content) - start:
            return not any(content[at:])
        raw = content[start : start + length]
        at = start + length + 2
        if number == _NEW_FILE:
            if len(files) >= _MOST:
                return False
            files.append(Properties())
        elif number in {_TITLE, _CONTENT, _ABOUT_FILE}:
            # Some programs tell the content of a file before they tell that there is one.
            if not files:
                files.append(Properties())
            _of_file(files[-1], number, raw)
        elif number == _RECIPIENTS:
            _table(raw, recipients)
        else:
            _of_message(record, number, raw)
    return at >= len(content) or not any(content[at:])


def _of_file(file: Properties, number: int, raw: bytes) -> None:
    if number == _TITLE:
        file.values.setdefault(mapi.FILE_NAME, raw)
    elif number == _CONTENT:
        file.values.setdefault(mapi.DATA, raw)
    else:
        _properties(raw, 0, file)
        packed = file.values.pop(mapi.OBJECT << 16 | mapi.DATA, None)
        if isinstance(packed, bytes) and file.number(mapi.METHOD) == mapi.EMBEDDED_OBJECT:
            file.values[mapi.DATA] = packed[16:]
        elif isinstance(packed, bytes) and packed[16:20] == _START:
            file.values[mapi.DATA] = packed[16:]
            file.values.setdefault(mapi.FILE_NAME, b"message.dat")


def _of_message(record: Properties, number: int, raw: bytes) -> None:
    if number == _SUBJECT:
        record.values.setdefault(mapi.SUBJECT, raw)
    elif number == _BODY:
        record.values.setdefault(mapi.BODY, raw)
    elif number == _PAGE and len(raw) >= 4:
        page = struct.unpack_from("<I", raw)[0]
        record.values[_PAGE] = page
        record.alphabet = "utf-8" if page == 65001 else f"cp{page}"
    elif number == _SENT:
        record.values.setdefault(mapi.SUBMITTED, _moment(raw))
    elif number == _FROM and len(raw) >= 8:
        name_length, address_length = struct.unpack_from("<HH", raw, 4)
        name = raw[8 : 8 + name_length]
        address = raw[8 + name_length : 8 + name_length + address_length]
        record.values.setdefault(0x0C1A, name)
        record.values.setdefault(0x0C1F, address.partition(b":")[2] or address)
    elif number == _PROPERTIES:
        _properties(raw, 0, record)


def _moment(raw: bytes) -> dt.datetime | None:
    if len(raw) < 12:
        return None
    try:
        year, month, day, hour, minute, second = struct.unpack_from("<6H", raw)
        # In the time of the place where it was sent, which is not told.
        return dt.datetime.combine(dt.date(year, month, day), dt.time(hour, minute, second))
    except ValueError:
        return None


def _table(raw: bytes, recipients: list[Properties]) -> None:
    """The people it went to: a number of rows, each with properties."""
    if len(raw) < 4:
        return
    count, at = struct.unpack_from("<I", raw)[0], 4
    for _ in range(min(count, _MOST)):
        if at + 4 > len(raw):
            return
        row = Properties()
        at = _properties(raw, at, row)
        recipients.append(row)


def _properties(raw: bytes, at: int, record: Properties) -> int:
    """Reads a number of properties into a record; where they end, or the end where one is wrong."""
    end = len(raw)
    if at + 4 > end:
        return end
    count = struct.unpack_from("<I", raw, at)[0]
    at += 4
    for _ in range(count):
        if at + 4 > end:
            return end
        kind, number = struct.unpack_from("<HH", raw, at)
        at += 4
        name: int | str | None = None
        if number >= 0x8000:
            name, at = _name(raw, at)
            if name is None:
                return end
        values, at = _values(raw, at, kind)
        if values is None:
            return end
        value: Any = values if kind & mapi.MANY else (values[0] if values else None)
        if value is None:
            continue
        if name is not None:
            record.named[name] = value
        elif kind == mapi.OBJECT:
            record.values[mapi.OBJECT << 16 | number] = value
        else:
            record.values[number] = value
    return at


def _name(raw: bytes, at: int) -> tuple[int | str | None, int]:
    """By what a property goes that has no number of its own, and where it ends."""
    if at + 24 > len(raw):
        return None, len(raw)
    kind, number = struct.unpack_from("<II", raw, at + 16)
    at += 24
    if kind == 0:
        return number, at
    if number > len(raw) - at:
        return None, len(raw)
    name = raw[at : at + number].decode("utf-16-le", "replace").rstrip("\0")
    return name, at + number + (-number % 4)


def _values(raw: bytes, at: int, kind: int) -> tuple[list[Any] | None, int]:
    """The values of one property and where they end; None where its type or length is wrong."""
    plain = kind & ~mapi.MANY
    end = len(raw)
    count = 1
    if kind & mapi.MANY or plain in _LONG_ONES:
        if at + 4 > end:
            return None, end
        count = struct.unpack_from("<I", raw, at)[0]
        at += 4
    found: list[Any] = []
    if plain in _FIXED:
        size = _FIXED[plain]
        if count * size > end - at:
            return None, end
        for number in range(count):
            found.append(mapi.fixed(plain, raw[at + number * size : at + (number + 1) * size]))
        return found, at + count * size
    if plain not in _LONG_ONES or count * 4 > end - at:
        return None, end
    for _ in range(count):
        if at + 4 > end:
            return None, end
        length = struct.unpack_from("<I", raw, at)[0]
        at += 4
        if length > end - at:
            return None, end
        piece = raw[at : at + length]
        found.append(piece.decode("utf-16-le", "replace") if plain == mapi.UNICODE else piece)
        at += length + (-length % 4)
    return found, at
