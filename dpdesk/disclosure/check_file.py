"""The bytes of a finished bundle: one revision, one table, and not a byte that is not an object.

Reads the file from its first byte to its last, without any PDF library, so that nothing can
hide between objects, behind the end, or in an earlier revision.
"""

from __future__ import annotations

import hashlib
import os
import re
from array import array
from itertools import pairwise
from typing import BinaryIO

_HEADER = re.compile(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n")
_TAIL = re.compile(
    rb"trailer\n<</Size (\d+)/Root 1 0 R/Info 3 0 R/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]>>\n"
    rb"startxref\n(\d+)\n%%EOF\n"
)
_STREAM = re.compile(rb"<<(?:[^<>]|<<[^<>]*>>|<[0-9A-Fa-f]*>)*/Length (\d+)>>\nstream\n")
_FREE = b"0000000000 65535 f \n"
_LINE = re.compile(rb"(\d{10}) 00000 n \n")
_ROW = 20  # bytes of one object in the table
_ROWS = 4096  # so many are read at once
_PIECE = 1024 * 1024  # bytes


class Flaw(Exception):
    """What is wrong with the file, as a key of the sentences in ``check``; page 0 is the file."""

    def __init__(self, kind: str, page: int = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.page = page


def check_bytes(file: BinaryIO, sha256: str, size: int) -> int:
    """Reads the whole file and gives the number of its objects; raises Flaw.

    Every byte must belong to the header, to one object of the table, or to the table.
    """
    if file.seek(0, os.SEEK_END) != size:
        raise Flaw("changed")
    tail_at = max(0, size - 1024)
    file.seek(tail_at)
    tail = file.read()
    found = list(_TAIL.finditer(tail))
    if len(found) != 1 or found[0].end() != len(tail):
        raise Flaw("revision")
    count, start = int(found[0][1]), int(found[0][2])
    table_end = tail_at + found[0].start()
    offsets = _table(file, start, table_end, count)
    ordered = array("Q", sorted(offsets))
    if any(one == other for one, other in pairwise(ordered)) or ordered[-1] >= start:
        raise Flaw("revision")
    digest = hashlib.sha256()
    file.seek(0)
    head = file.read(ordered[0])
    digest.update(head)
    if _HEADER.fullmatch(head) is None:
        raise Flaw("foreign")
    ordered.append(start)
    for offset, end in pairwise(ordered):
        body = file.read(end - offset)
        digest.update(body)
        number = int(body[: body.find(b" ", 0, 12)] or 0)
        if not 0 < number < count or offsets[number - 1] != offset:
            raise Flaw("foreign")
        _check_object(body, number)
    while rest := file.read(_PIECE):
        digest.update(rest)
    if digest.hexdigest() != sha256:
        raise Flaw("changed")
    return count - 1


def _table(file: BinaryIO, start: int, end: int, count: int) -> array[int]:
    """The place of each object, read piece by piece: a long bundle has many."""
    head = b"xref\n0 %d\n" % count + _FREE
    if count < 2 or not 0 < start < end or end - start != len(head) + _ROW * (count - 1):
        raise Flaw("revision")
    file.seek(start)
    if file.read(len(head)) != head:
        raise Flaw("revision")
    offsets = array("Q")
    for first in range(1, count, _ROWS):
        rows = file.read(_ROW * min(_ROWS, count - first))
        found = [int(line[1]) for line in _LINE.finditer(rows)]
        if _ROW * len(found) != len(rows):
            raise Flaw("revision")
        offsets.extend(found)
    return offsets


def _check_object(body: bytes, number: int) -> None:
    """One object and nothing else between two places of the table."""
    begin, end = b"%d 0 obj\n" % number, b"\nendobj\n"
    if not body.startswith(begin) or not body.endswith(end):
        raise Flaw("foreign")
    inner = body[len(begin) : -len(end)]
    stream = _STREAM.match(inner)
    if stream is None:
        if b"endobj" in inner or b"stream" in inner or b"%" in inner:
            raise Flaw("foreign")
        return
    if inner[stream.end() + int(stream[1]) :] != b"\nendstream":
        raise Flaw("foreign")
