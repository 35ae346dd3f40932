"""The words in drawings of Windows and of the web (EMF, WMF, SVG), and the pictures in them.

dpdesk does not draw them. A chart or a screen that was pasted as a drawing holds names all the
same, so its words are read, in the order in which they are drawn, and its pictures are taken out.
Used inside workers only.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

_MOST_RECORDS: Final = 500_000
_LONGEST: Final = 80_000_000  # bytes of a drawing, unpacked
_LONGEST_TEXT: Final = 10_000  # signs of one piece
_MOST_SIGNS: Final = 200_000
_MOST_PICTURES: Final = 50
_PLACEABLE: Final = b"\xd7\xcd\xc6\x9a"
_GLYPHS: Final = 0x10  # the letters are told by their place in a font, which is not there
_OFF_EMF: Final = 40
_WIDE_TEXT: Final = {84: True, 83: False}
_MANY_TEXTS: Final = {97: True, 96: False}
_SMALL_TEXT: Final = 108
_COMMENT: Final = 70
_DIBS: Final = {81: 48, 80: 48, 76: 84, 77: 84, 114: 84}
"""Where records of EMF with a picture say where that is ([MS-EMF] 2.3.1)."""
_WMF_DIBS: Final = {0x0F43: 28, 0x0B41: 26, 0x0940: 22, 0x0D33: 24}
"""Where the picture begins in records of WMF ([MS-WMF] 2.3.1)."""
_PICTURES_INSIDE: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1")
_SPACE: Final = 0.35  # of the width of a letter: a wider gap parts two words


@dataclass(slots=True)
class DrawnWords:
    """What a drawing says: its lines, and the pictures in it as files of their own.

    ``unread`` says that letters are in it that it tells only by their place in a font.
    """

    lines: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    unread: bool = False
    _last: tuple[float, float, float] | None = None  # where the last piece ended, and its letter
    _signs: int = 0

    def write(self, text: str, x: float, y: float, widths: tuple[int, ...] = ()) -> None:
        """Adds a piece of text that is drawn there; ``widths`` are those of its letters."""
        text = "".join(sign if sign.isprintable() else " " for sign in text)
        if not text.strip() or self._signs > _MOST_SIGNS:
            return
        self._signs += len(text)
        end, letter = x + sum(widths), sum(widths) / max(1, len(widths))
        if self._last is not None and self._last[1] == y and self.lines:
            near = widths and abs(x - self._last[0]) <= _SPACE * max(letter, self._last[2], 1)
            self.lines[-1] += text if near else f" {text}"
        else:
            self.lines.append(text)
        self._last = (end, y, letter)

    def show(self, picture: bytes) -> None:
        """Adds a picture."""
        if len(self.pictures) < _MOST_PICTURES and picture not in self.pictures:
            self.pictures.append(picture)


def read(content: bytes) -> DrawnWords | None:
    """What the drawing says; None where it is none. Damage ends it, with what was read so far."""
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    try:
        if content[:4] == b"\x01\0\0\0" and content[_OFF_EMF : _OFF_EMF + 4] == b" EMF":
            return _emf(content)
        if content.startswith(_PLACEABLE):
            return _wmf(content[22:])
        if content[:4] in {b"\x01\0\x09\0", b"\x02\0\x09\0"}:
            return _wmf(content)
    except struct.error:
        return DrawnWords(unread=True)
    if b"<svg" in content[:4096]:
        return _svg(content)
    return None


def _unpacked(content: bytes) -> bytes:
    try:
        opened = zlib.decompressobj(wbits=31)
        return opened.decompress(content, _LONGEST)
    except zlib.error:
        return b""


def _emf(content: bytes) -> DrawnWords:
    found, plus = DrawnWords(), DrawnWords()
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 8 > len(content):
            break
        kind, size = struct.unpack_from("<II", content, at)
        if size < 8 or at + size > len(content):
            break
        record = content[at : at + size]
        try:
            _of_emf(kind, record, found, plus)
        except struct.error:
            found.unread = True
        at += size
    if not found.lines:
        found.lines = plus.lines
    found.unread = (found.unread or plus.unread) and not found.lines
    for picture in plus.pictures:
        found.show(picture)
    return found


def _of_emf(kind: int, record: bytes, found: DrawnWords, plus: DrawnWords) -> None:
    if kind in _WIDE_TEXT:
        _text(record, 36, found, wide=_WIDE_TEXT[kind])
    elif kind in _MANY_TEXTS:
        (count,) = struct.unpack_from("<I", record, 36)
        for number in range(min(count, len(record) // 40)):
            _text(record, 40 + 40 * number, found, wide=_MANY_TEXTS[kind])
    elif kind == _SMALL_TEXT:
        x, y, count, options = struct.unpack_from("<iiII", record, 8)
        start = 36 if options & 0x100 else 52
        small = bool(options & 0x200)
        _put(record[start : start + count * (1 if small else 2)], not small, options, x, y, found)
    elif kind == _COMMENT and record[12:16] == b"EMF+":
        _emf_plus(record[16:], plus)
    elif kind in _DIBS:
        head, head_size, bits, bits_size = struct.unpack_from("<IIII", record, _DIBS[kind])
        if head_size and bits_size:
            info = record[head : head + head_size]
            found.show(_bitmap(info, record[bits : bits + bits_size]))


def _text(record: bytes, at: int, found: DrawnWords, *, wide: bool) -> None:
    x, y, count, start, options = struct.unpack_from("<iiIII", record, at)
    (widths_at,) = struct.unpack_from("<I", record, at + 36)
    widths: tuple[int, ...] = ()
    if widths_at and count <= _LONGEST_TEXT and widths_at + 4 * count <= len(record):
        widths = struct.unpack_from(f"<{count}I", record, widths_at)
    _put(record[start : start + count * (2 if wide else 1)], wide, options, x, y, found, widths)


def _put(
    text: bytes,
    wide: bool,
    options: int,
    x: float,
    y: float,
    found: DrawnWords,
    widths: tuple[int, ...] = (),
) -> None:
    if options & _GLYPHS:
        found.unread = True
        return
    decoded = text.decode("utf-16-le" if wide else "cp1252", "replace")
    found.write(decoded[:_LONGEST_TEXT], x, y, widths)


def _emf_plus(records: bytes, found: DrawnWords) -> None:
    at = 0
    while at + 12 <= len(records):
        kind, _flags, size, length = struct.unpack_from("<HHII", records, at)
        body = records[at + 12 : at + 12 + length]
        if size < 12:
            return
        if kind == 0x401C and len(body) >= 28:  # a string within a frame
            (count,) = struct.unpack_from("<I", body, 8)
            x, y = struct.unpack_from("<ff", body, 12)
            found.write(
                body[28 : 28 + 2 * min(count, _LONGEST_TEXT)].decode("utf-16-le", "replace"), x, y
            )
        elif kind == 0x4036 and len(body) >= 16:  # letters one by one
            _brush, options, _turned, count = struct.unpack_from("<IIII", body, 0)
            end = 16 + 2 * min(count, _LONGEST_TEXT)
            if not options & 1:
                found.unread = True
            elif len(body) >= end + 8:
                x, y = struct.unpack_from("<ff", body, end)
                found.write(body[16:end].decode("utf-16-le", "replace"), x, y)
        for sign in _PICTURES_INSIDE:
            start = body.find(sign)
            if start >= 0:
                found.show(body[start:])
        at += size


def _wmf(content: bytes) -> DrawnWords:
    found = DrawnWords()
    at = 18
    for _ in range(_MOST_RECORDS):
        if at + 6 > len(content):
            break
        size, kind = struct.unpack_from("<IH", content, at)
        if size < 3 or at + 2 * size > len(content):
            break
        record = content[at : at + 2 * size]
        with contextlib.suppress(struct.error):
            _of_wmf(kind, record, found)
        at += 2 * size
    return found


def _of_wmf(kind: int, record: bytes, found: DrawnWords) -> None:
    if kind == 0x0521:  # text at a place, which stands behind it
        (count,) = struct.unpack_from("<H", record, 6)
        end = 8 + count + count % 2
        y, x = struct.unpack_from("<hh", record, end) if end + 4 <= len(record) else (0, 0)
        _put(record[8 : 8 + count], False, 0, x, y, found)
    elif kind == 0x0A32:  # text at a place, which stands before it
        y, x, count, options = struct.unpack_from("<hhHH", record, 6)
        start = 22 if options & 6 else 14
        end = start + count + count % 2
        widths: tuple[int, ...] = ()
        if end + 2 * count <= len(record):
            widths = struct.unpack_from(f"<{count}h", record, end)
        _put(record[start : start + count], False, options, x, y, found, widths)
    elif kind in _WMF_DIBS:
        _wmf_picture(record[_WMF_DIBS[kind] :], found)


def _wmf_picture(dib: bytes, found: DrawnWords) -> None:
    if len(dib) < 40:
        return
    head, _wide, _high, _planes, depth, packing, _size, _x, _y, colours = struct.unpack_from(
        "<IiiHHIIiiI", dib
    )
    if head != 40:
        return
    masks = 12 if packing == 3 else 0
    palette = 4 * (colours or (1 << depth if depth <= 8 else 0))
    start = head + masks + palette
    found.show(_bitmap(dib[:start], dib[start:]))


def _bitmap(info: bytes, bits: bytes) -> bytes:
    """A picture of Windows as a file of its own."""
    start = 14 + len(info)
    return b"BM" + struct.pack("<IHHI", start + len(bits), 0, 0, start) + info + bits


def _svg(content: bytes) -> DrawnWords:
    from dpdesk.documents.office_zip import parsed

    found = DrawnWords()
    root, _whole = parsed(content[:_LONGEST])
    for each in root.iter() if root is not None else ():
        name = str(each.tag).rpartition("}")[2] if isinstance(each.tag, str) else ""
        if name in {"text", "title", "desc", "foreignObject"}:
            if not any(str(above.tag).endswith("}text") for above in each.iterancestors()):
                words = " ".join(" ".join(each.itertext()).split())
                if words and sum(map(len, found.lines)) < _MOST_SIGNS:
                    found.lines.append(words)
        elif name == "image":
            for picture in embedded(each):
                found.show(picture)
    return found


def embedded(image: Any) -> Iterator[bytes]:
    """The picture that a drawing (SVG) has within itself."""
    for key, told in image.attrib.items():
        if str(key).rpartition("}")[2] == "href" and str(told).startswith("data:"):
            try:
                yield base64.b64decode(str(told).partition(",")[2])
            except (binascii.Error, ValueError):
                continue
