"""The message in an S/MIME packet that is only signed, and not encrypted; inside workers only.

Whether the signature is good is not looked at: that is for the program of who got the message.
Source: RFC 5652, and X.690 for how its values are written.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final

_SIGNED: Final = b"*\x86H\x86\xf7\x0d\x01\x07\x02"
_DATA: Final = b"*\x86H\x86\xf7\x0d\x01\x07\x01"
_NAME, _LIST, _BYTES, _PIECES, _WITHIN = 0x06, 0x30, 0x04, 0x24, 0xA0
_OPEN_ENDED: Final = 0x80
_MOST_DEEP: Final = 20

_WRITTEN: Final = re.compile(
    rb"(?:-----BEGIN (?:PKCS7|CMS)-----)?\s{0,99}(MI[A-Za-z0-9+/=\s]+)"
    rb"(?:-----END (?:PKCS7|CMS)-----)?"
)
"""A packet in letters (base64), as some servers hand it out."""

_Value = tuple[int, int, int]
"""Its kind, and where what is in it begins and ends."""


def bare(content: bytes) -> bytes:
    """The bytes of a packet, also where it is written in letters; other files as they are."""
    is_written = content[:200].lstrip()[:1] in {b"M", b"-"}
    written = _WRITTEN.fullmatch(content.strip()) if is_written else None
    try:
        return binascii.a2b_base64(written[1]) if written else content
    except binascii.Error:
        return content


def signed(content: bytes) -> bytes | None:
    """What was signed, as it was sent; None where it is encrypted, damaged, or no such packet."""
    content = bare(content)
    if content[:1] != bytes([_LIST]) or _SIGNED not in content[:40]:
        return None
    try:
        return _signed(content)
    except (IndexError, ValueError, StopIteration, RuntimeError):
        return None


def _signed(content: bytes) -> bytes:
    whole = next(_values(content, 0, len(content)))
    name, within = list(_values(content, *whole[1:]))[:2]
    if name[0] != _NAME or content[name[1] : name[2]] != _SIGNED or within[0] != _WITHIN:
        raise ValueError("not signed")
    packet = next(_values(content, *within[1:]))
    held = next(each for each in _values(content, *packet[1:]) if each[0] == _LIST)
    kind, wrapped = list(_values(content, *held[1:]))[:2]
    if content[kind[1] : kind[2]] != _DATA:
        raise ValueError("signed is no message")
    return b"".join(_bytes(content, next(_values(content, *wrapped[1:])), 0))


def _bytes(content: bytes, value: _Value, deep: int) -> Iterator[bytes]:
    """The bytes of a value, which may come in pieces."""
    kind, start, end = value
    if kind == _BYTES:
        yield content[start:end]
    elif kind == _PIECES and deep < _MOST_DEEP:
        for each in _values(content, start, end):
            yield from _bytes(content, each, deep + 1)
    else:
        raise ValueError("no bytes")


def _values(content: bytes, at: int, end: int) -> Iterator[_Value]:
    """The values from one place to another."""
    while at < end and content[at : at + 2] != b"\0\0":
        kind, start, stop, after = _value(content, at, end, 0)
        yield kind, start, stop
        at = after


def _value(content: bytes, at: int, end: int, deep: int) -> tuple[int, int, int, int]:
    """A value, and where the next begins. Raises ValueError where it goes beyond the end."""
    kind, told = content[at], content[at + 1]
    start = at + 2
    if told == _OPEN_ENDED:
        return kind, start, *_end_of(content, start, end, deep)
    if told > _OPEN_ENDED:
        count = told - _OPEN_ENDED
        told = int.from_bytes(content[start : start + count], "big")
        start += count
    if start + told > end:
        raise ValueError("too long")
    return kind, start, start + told, start + told


def _end_of(content: bytes, at: int, end: int, deep: int) -> tuple[int, int]:
    """Where a value without a length ends, and where the next begins."""
    if deep > _MOST_DEEP:
        raise ValueError("too deep")
    while content[at : at + 2] != b"\0\0":
        at = _value(content, at, end, deep + 1)[3]
    return at, at + 2
