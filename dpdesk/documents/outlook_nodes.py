"""What lies deep in a mailbox of Outlook and the library does not hand out: messages in messages.

Follows the nodes of the file itself, from a message to its attachment to the message in it. Every
place and length is compared with the file before it is read, and no chain is followed for ever.
Source: Microsoft's [MS-PST]. Used inside workers only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from dpdesk.documents import mapi, mapi_rest
from dpdesk.documents.mail_message import Message
from dpdesk.documents.mapi import Attached, Properties

_VERSION: Final = 23
"""Of files whose places take eight bytes and whose pages 512: all that are exported today."""
_NODES_AT, _BLOCKS_AT, _LOCK_AT = 0xD8, 0xE8, 0x201
_PAGE, _ENTRIES = 512, 488
_LEVELS: Final = 8
_MOST: Final = 200_000
_LONGEST: Final = 500_000_000
_ATTACHMENT, _RECIPIENTS = 5, 0x692
"""The kind of the nodes of attachments, and the node that lists the recipients."""
_DEEP: Final = 8
"""Messages within messages."""
_SWAPPED: Final = bytes.fromhex(
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc913"
    "4a6b1df3fb8f2697ca911701c4322d6e3195ffd923d1005e79dc443b1a28c5615720903d83b943be67d246"
    "4276c06d5b7eb20f16293ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c87"
    "9f74a4224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea4055"
    "2551e57a893868527bfc27aed7bdfa07f4cc8e5fef359c842b15d5773449b6120a7f7188fd9d18417d93d8"
    "582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28ad4e111d0088b2af2ed9a643fc16cf9ec"
)
"""How the signs of a mailbox are swapped: [MS-PST] 5.1, the third part of its table."""


@dataclass(frozen=True, slots=True)
class Node:
    """Where the data of a node lie, and the list of the nodes in it: numbers of blocks."""

    data: int
    inside: int


class Nodes:
    """The nodes of an open mailbox. Raises ValueError where it is of another kind, or damaged."""

    def __init__(self, stream: IO[bytes], names: dict[int, int | str]) -> None:
        self._stream = stream
        self._names = names
        self._length = stream.seek(0, 2)
        head = self._at(0, 0x204)
        if int.from_bytes(head[10:12], "little") != _VERSION or head[_LOCK_AT] > 1:
            raise ValueError("of another kind")
        self._swapped = head[_LOCK_AT] == 1
        self._nodes = struct.unpack_from("<Q", head, _NODES_AT + 8)[0]
        self._blocks = struct.unpack_from("<Q", head, _BLOCKS_AT + 8)[0]

    # --- messages ----------------------------------------------------------------------------

    def message_in(self, message: int, attachment: int) -> Message:
        """The message that is attached to a message; both by the numbers of their nodes."""
        inside = self._inside(self._node(message))
        return self._attached_message(inside[attachment], 0)

    def _attached_message(self, attachment: Node, depth: int) -> Message:
        if depth > _DEEP:
            raise ValueError("too deep")
        inside = self._inside(attachment)
        raw = dict(self._entries(attachment, inside)).get(mapi.DATA)
        if raw is None or len(raw[1]) < 4:
            raise ValueError("no message")
        return self._message(inside[int.from_bytes(raw[1][:4], "little")], depth)

    def _message(self, node: Node, depth: int) -> Message:
        inside = self._inside(node)
        own = self._properties(node, inside)
        attached = []
        for number, each in sorted(inside.items()):
            if number & 31 == _ATTACHMENT:
                attached.append(self._attached(each, own, depth))
        recipients = []
        if _RECIPIENTS in inside:
            recipients = list(self._rows(inside[_RECIPIENTS], own))
        return mapi_rest.to_message(own, recipients, attached)

    def _attached(self, node: Node, above: Properties, depth: int) -> Attached:
        about = self._properties(node, self._inside(node))
        about.alphabet = above.alphabet
        if about.number(mapi.METHOD) == mapi.EMBEDDED_MESSAGE:
            about.values.pop(mapi.DATA, None)
            return Attached(about, self._attached_message(node, depth + 1))
        return Attached(about)

    # --- properties --------------------------------------------------------------------------

    def _properties(self, node: Node, inside: dict[int, Node]) -> Properties:
        found = Properties()
        for number, (kind, raw) in self._entries(node, inside):
            self._put(found, number, kind, raw)
        found.alphabet = mapi.alphabet_in(found)
        return found

    def _put(self, found: Properties, number: int, kind: int, raw: bytes) -> None:
        value = mapi.value_of(kind, raw)
        if value is None:
            return
        if number >= 0x8000:
            if number in self._names:
                found.named[self._names[number]] = value
        else:
            found.values[number] = value

    def _entries(
        self, node: Node, inside: dict[int, Node]
    ) -> Iterator[tuple[int, tuple[int, bytes]]]:
        """The properties of a node: number, type and bytes."""
        heap = _Heap(list(self._data(node.data)))
        for key, entry in heap.tree(heap.root):
            kind, value = struct.unpack("<HI", entry[:6])
            number = int.from_bytes(key, "little")
            if kind in {mapi.LONG, mapi.SHORT, mapi.BOOLEAN, mapi.FLOAT}:
                yield number, (kind, entry[2:6])
            else:
                yield number, (kind, self._value(heap, value, inside))

    def _value(self, heap: _Heap, place: int, inside: dict[int, Node]) -> bytes:
        """Bytes that lie in the heap of a node, or in a node of their own within it."""
        if place & 31 == 0:
            return heap.piece(place) if place else b""
        node = inside.get(place)
        return b"" if node is None else b"".join(self._data(node.data))

    def _rows(self, node: Node, above: Properties) -> Iterator[Properties]:
        """The rows of a table."""
        inside = self._inside(node)
        heap = _Heap(list(self._data(node.data)))
        table = heap.piece(heap.root)
        if table[:1] != b"\x7c" or len(table) < 22:
            raise ValueError("no table")
        columns = [struct.unpack_from("<HHHBB", table, 22 + 8 * at) for at in range(table[1])]
        ends = struct.unpack_from("<4H", table, 2)
        width, place = ends[3], struct.unpack_from("<I", table, 14)[0]
        pieces = [heap.piece(place)] if place & 31 == 0 else []
        if not pieces and place in inside:
            pieces = list(self._data(inside[place].data))
        for piece in pieces:
            for start in range(0, len(piece) - width + 1, max(width, 1)):
                row = piece[start : start + width]
                found = Properties(alphabet=above.alphabet)
                for kind, number, at, size, bit in columns:
                    there = row[ends[2] + bit // 8 : ends[2] + bit // 8 + 1]
                    if not there or not there[0] & (0x80 >> bit % 8):
                        continue
                    raw = row[at : at + size]
                    if kind in {mapi.STRING8, mapi.UNICODE, mapi.BINARY}:
                        raw = self._value(heap, int.from_bytes(raw[:4], "little"), inside)
                    self._put(found, number, kind, raw)
                yield found

    # --- nodes and blocks --------------------------------------------------------------------

    def _node(self, number: int) -> Node:
        entry = self._found(self._nodes, number, 32)
        return Node(*struct.unpack_from("<QQ", entry, 8))

    def _inside(self, node: Node) -> dict[int, Node]:
        """The nodes in a node, by their numbers."""
        found: dict[int, Node] = {}
        waiting = [node.inside] if node.inside else []
        while waiting and len(found) < _MOST:
            raw = self._block(waiting.pop())
            if raw[:1] != b"\x02":
                raise ValueError("no list of nodes")
            level, count = raw[1], struct.unpack_from("<H", raw, 2)[0]
            if level:
                waiting += [struct.unpack_from("<QQ", raw, 8 + 16 * at)[1] for at in range(count)]
                if len(waiting) > _MOST:
                    raise ValueError("too many")
                continue
            for at in range(count):
                number, data, deeper = struct.unpack_from("<QQQ", raw, 8 + 24 * at)
                found[number & 0xFFFFFFFF] = Node(data, deeper)
        return found

    def _data(self, number: int) -> Iterator[bytes]:
        """The blocks of data that a block stands for, in their order."""
        total = 0
        waiting = [(number, 0)]
        while waiting:
            one, depth = waiting.pop()
            raw = self._block(one)
            if not one & 2:
                total += len(raw)
                if total > _LONGEST:
                    raise ValueError("too long")
                yield raw
                continue
            if raw[:1] != b"\x01" or depth > 2:
                raise ValueError("no list of blocks")
            count = struct.unpack_from("<H", raw, 2)[0]
            inner = [struct.unpack_from("<Q", raw, 8 + 8 * at)[0] for at in range(count)]
            waiting += [(each, depth + 1) for each in reversed(inner)]

    def _block(self, number: int) -> bytes:
        number &= ~1
        entry = self._found(self._blocks, number, 24, mask=~1)
        place, length = struct.unpack_from("<QH", entry, 8)
        raw = self._at(place, length)
        return raw.translate(_SWAPPED) if self._swapped and not number & 2 else raw

    def _found(self, page: int, wanted: int, size: int, mask: int = -1) -> bytes:
        """The entry with a number in a tree of pages."""
        for _ in range(_LEVELS):
            raw = self._at(page, _PAGE)
            count, _most, length, level = raw[_ENTRIES : _ENTRIES + 4]
            length = size if level == 0 else 24
            if count * length > _ENTRIES:
                raise ValueError("damaged")
            entries = [raw[at * length : (at + 1) * length] for at in range(count)]
            keys = [struct.unpack_from("<Q", entry)[0] & mask for entry in entries]
            if level == 0:
                if wanted not in keys:
                    raise ValueError("not there")
                return entries[keys.index(wanted)]
            lower = [at for at, key in enumerate(keys) if key <= wanted]
            if not lower:
                raise ValueError("not there")
            page = struct.unpack_from("<Q", entries[lower[-1]], 16)[0]
        raise ValueError("a tree without end")

    def _at(self, place: int, length: int) -> bytes:
        if place + length > self._length:
            raise ValueError("beyond the end")
        self._stream.seek(place)
        return self._stream.read(length)


class _Heap:
    """The small pieces of data in the blocks of a node."""

    def __init__(self, blocks: list[bytes]) -> None:
        self._blocks = blocks
        if not blocks or blocks[0][2:3] != b"\xec":
            raise ValueError("no heap")
        self.root = struct.unpack_from("<I", blocks[0], 4)[0]

    def piece(self, place: int) -> bytes:
        """One piece by its number."""
        number, block = place >> 5 & 0x7FF, place >> 16
        if place & 31 or not number or block >= len(self._blocks):
            raise ValueError("no such piece")
        raw = self._blocks[block]
        at = struct.unpack_from("<H", raw)[0]
        count = struct.unpack_from("<H", raw, at)[0]
        if number > count:
            raise ValueError("no such piece")
        start, end = struct.unpack_from("<HH", raw, at + 4 + 2 * (number - 1))
        return raw[start:end]

    def tree(self, place: int) -> Iterator[tuple[bytes, bytes]]:
        """The keys and entries of a tree of pieces, in their order."""
        head = self.piece(place)
        if head[:1] != b"\xb5":
            raise ValueError("no tree")
        key, entry, levels = head[1], head[2], head[3]
        pieces = [struct.unpack_from("<I", head, 4)[0]]
        if levels > _LEVELS or not key:
            raise ValueError("no tree")
        for _ in range(levels):
            deeper: list[int] = []
            for each in pieces:
                raw = self.piece(each)
                for at in range(0, len(raw) - key - 3, key + 4):
                    deeper.append(struct.unpack_from("<I", raw, at + key)[0])
            if len(deeper) > _MOST:
                raise ValueError("too many")
            pieces = deeper
        for each in pieces:
            raw = self.piece(each) if each else b""
            for at in range(0, len(raw) - key - entry + 1, key + entry):
                yield raw[at : at + key], raw[at + key : at + key + entry]
