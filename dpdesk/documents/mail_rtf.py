"""The rich text of Outlook messages: unpacked, and turned back into the HTML it was made from.

Sources: Microsoft's [MS-OXRTFCP] for the packing, [MS-OXRTFEX] for HTML inside rich text. Used
inside workers only.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Final

from dpdesk.documents.mail_words import in_alphabet

_LONGEST: Final = 60_000_000
_START: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_ROOM: Final = 4096
_PACKED: Final = b"LZFu"
_PLAIN: Final = b"MELA"
_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    rb"|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_SIGNS: Final = {
    "par": "\n",
    "line": "\n",
    "tab": "\t",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "endash": "–",
    "emdash": "—",
    "row": "\n",
    "cell": "\t",
}
_APART: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object listtable listoverridetable rsidtbl "
    b"generator themedata colorschememapping datastore latentstyles xmlnstbl mmathPr bkmkstart "
    b"bkmkend".split()
)
"""Groups that hold no words of the text."""


def unpacked(content: bytes) -> bytes:
    """Rich text out of its packing. What is cut off or damaged ends early. Raises ValueError."""
    if len(content) < 16:
        raise ValueError("shorter than its head")
    size, raw_size = struct.unpack_from("<II", content)
    kind, body = content[8:12], content[16 : max(size + 4, 16)]
    if kind == _PLAIN:
        return body[:raw_size]
    if kind != _PACKED:
        raise ValueError("no packing that is known")
    window = bytearray(_START.ljust(_ROOM, b" "))
    at, out, place = len(_START), bytearray(), 0
    while place < len(body) and len(out) < _LONGEST:
        control = body[place]
        place += 1
        for bit in range(8):
            if control >> bit & 1:
                if place + 2 > len(body):
                    return bytes(out)
                token = body[place] << 8 | body[place + 1]
                place += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == at:
                    return bytes(out)
                for step in range(length):
                    sign = window[(offset + step) % _ROOM]
                    out.append(sign)
                    window[at] = sign
                    at = (at + 1) % _ROOM
            elif place < len(body):
                out.append(body[place])
                window[at] = body[place]
                at = (at + 1) % _ROOM
                place += 1
    return bytes(out)


@dataclass(slots=True)
class _Group:
    """What holds within one pair of braces."""

    apart: bool = False
    html: bool = False
    skips: int = 1
    hidden: bool = False
    """Rich text that only stands for the HTML beside it."""


def words(rich: bytes) -> tuple[str, str]:
    """The HTML (or text) that rich text holds: ("html" or "text", it)."""
    start = rich[:2000]
    made_of_html = re.search(rb"\\fromhtml1?\b", start) is not None
    told = re.search(rb"\\ansicpg(\d{2,5})", start)
    found = _Reader(f"cp{int(told[1])}" if told else "cp1252", made_of_html=made_of_html).read(rich)
    return ("html" if made_of_html else "text"), found


class _Reader:
    def __init__(self, alphabet: str, *, made_of_html: bool) -> None:
        self._alphabet = alphabet
        self._made_of_html = made_of_html
        self._out: list[str] = []
        self._raw = bytearray()
        self._stack = [_Group()]
        self._drop = 0
        self._new = False

    def read(self, rich: bytes) -> str:
        """The words, in their order."""
        for token in _TOKEN.finditer(rich):
            word, number, code, sign, brace, text = token.groups()
            if brace == b"{":
                self._flush()
                above = self._stack[-1]
                self._stack.append(
                    _Group(above.apart, above.html, above.skips, above.hidden)
                    if len(self._stack) < 10_000
                    else above
                )
                self._new = True
                continue
            if brace == b"}":
                self._flush()
                if len(self._stack) > 1:
                    self._stack.pop()
            elif word is not None:
                self._word(word, number)
            elif code is not None:
                self._bytes(bytes([int(code, 16)]))
            elif sign is not None:
                self._sign(sign)
            elif text is not None:
                self._bytes(text)
            self._new = False
        self._flush()
        return "".join(self._out)

    def _shown(self) -> bool:
        group = self._stack[-1]
        if group.apart:
            return False
        return group.html or not group.hidden

    def _bytes(self, raw: bytes) -> None:
        if self._drop:
            dropped = min(self._drop, len(raw))
            self._drop -= dropped
            raw = raw[dropped:]
        if raw and self._shown():
            self._raw += raw

    def _flush(self) -> None:
        if self._raw:
            self._out.append(in_alphabet(bytes(self._raw), self._alphabet)[0])
            self._raw.clear()

    def _say(self, text: str) -> None:
        if self._shown():
            self._flush()
            self._out.append(text)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*" and self._new:
            # Words of a kind that a reader need not know; HTML is hidden in one of them.
            self._stack[-1].apart = True
        elif sign in {b"\\", b"{", b"}"}:
            self._bytes(sign)
        elif sign == b"~":
            self._say("\xa0")
        elif sign == b"_":
            self._say("-")
        elif sign in {b"\n", b"\r"} and not self._made_of_html:
            self._say("\n")

    def _word(self, word: bytes, number: bytes | None) -> None:
        group = self._stack[-1]
        if word == b"htmltag":
            group.apart, group.html = False, True
        elif word == b"htmlrtf":
            self._flush()
            group.hidden = number != b"0"
        elif word in _APART:
            group.apart = True
        elif word == b"uc":
            group.skips = min(int(number or 1), 10)
        elif word == b"u" and number is not None:
            code = int(number) % 65536
            self._say(chr(code))
            self._drop = group.skips
        elif word == b"bin" and number is not None:
            self._drop = max(int(number), 0)
        elif word.decode() in _SIGNS:
            sign = _SIGNS[word.decode()]
            if self._made_of_html and sign == "\n":
                sign = "\r\n"
            self._say(sign)
