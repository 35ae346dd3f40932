"""The lines of a message's head, and its texts, into letters; used inside workers only.

Messages come from thirty years of programs, and many break the rules. What is there is read as it
was most likely meant.
"""

from __future__ import annotations

import binascii
import codecs
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from dpdesk.documents.decoding import readable_name
from dpdesk.walls import alphabets

_CODED: Final = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
_PARAMETER: Final = re.compile(
    r""";\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))""", re.DOTALL
)
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")
_WIDER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
"""What programs write under the name of an alphabet is often a wider one that holds it."""
_OTHER_NAMES: Final = {
    "unicode-1-1-utf-7": "utf-7",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unknown-8bit": "ascii",
    "x-unknown": "ascii",
    "windows-874": "cp874",
}
UNREADABLE: Final = "\ufffd"
_NO_TEXT: Final = frozenset(
    "base64 hex bz2 zip zlib uu quopri rot13 idna punycode unicode_escape raw_unicode_escape "
    "undefined mbcs oem".split()
)
"""Codecs of Python that are no alphabet."""


def plain_header(raw: bytes, told: str = "") -> str:
    """A line of a head as letters: words in code are decoded, broken lines joined.

    ``told`` is the alphabet of letters that stand there as they are.
    """
    text = raw.decode("ascii") if raw.isascii() else in_alphabet(raw, told)[0]
    if "=?" in text:
        text = _uncoded(_BETWEEN.sub(r"\1", text))
    return " ".join(text.split())


def _uncoded(text: str) -> str:
    """The text with its coded words decoded; neighbours of one alphabet are decoded together.

    A letter of several bytes may begin in one coded word and end in the next.
    """
    found: list[str] = []
    at = 0
    waiting: list[bytes] = []
    alphabet = ""
    for match in _CODED.finditer(text):
        between = text[at : match.start()]
        if waiting and (between or match[1].lower() != alphabet):
            found.append(in_alphabet(b"".join(waiting), alphabet)[0])
            waiting.clear()
        found.append(between)
        alphabet = match[1].lower()
        waiting.append(_of_word(match[2], match[3]))
        at = match.end()
    if waiting:
        found.append(in_alphabet(b"".join(waiting), alphabet)[0])
    found.append(text[at:])
    return "".join(found)


def _of_word(how: str, word: str) -> bytes:
    content = word.encode("utf-8", "replace")
    if how in "bB":
        return from_base64(content)[0]
    return binascii.a2b_qp(content, header=True)


def alphabet_of(name: str) -> str:
    """The name that Python knows an alphabet by; empty where it knows none."""
    plain = name.strip().strip("\"'").lower()
    plain = _OTHER_NAMES.get(plain, plain)
    try:
        known = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return ""
    return "" if known in _NO_TEXT else _WIDER.get(known, known)


def in_alphabet(content: bytes, told: str) -> tuple[str, bool]:
    """Bytes as text in the alphabet that was told, and whether every letter is certain.

    UTF-8 proves itself, so it is taken where the alphabet told does not fit.
    """
    name = alphabet_of(told) if told else ""
    if name and not (name == "cp1252" and _is_utf8(content)):
        try:
            return content.decode(name), True
        except (UnicodeDecodeError, ValueError):
            pass
    if _is_utf8(content):
        return content.decode("utf-8-sig"), True
    if name and name not in {"utf-8", "cp1252"}:
        text = content.decode(name, "replace")
        if text.count(UNREADABLE) * 20 < max(len(text), 1):
            return text, False
    text = _guessed(content)
    return text, UNREADABLE not in text


def _guessed(content: bytes) -> str:
    try:
        return alphabets.decoded(content)[0]
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def from_base64(content: bytes) -> tuple[bytes, bool]:
    """What base64 says, and whether all of it could be told: its end may be missing."""
    found = []
    # An end in the middle: two pieces that were put together.
    pieces = content.rstrip(b"= \t\r\n").split(b"=")
    for piece in pieces:
        signs = _NOT_BASE64.sub(b"", piece)
        cut = len(signs) % 4 == 1
        signs = signs[:-1] if cut else signs
        found.append(binascii.a2b_base64(signs + b"=" * (-len(signs) % 4)))
        if cut:
            return b"".join(found), False
    return b"".join(found), True


def parameters(value: str) -> dict[str, str]:
    """The named values after the first, as in ``text/plain; charset=utf-8; name="a b.txt"``."""
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        given = match[3].strip() if match[2] is None else re.sub(r"\\(.)", r"\1", match[2])
        name, star, rest = match[1].lower().partition("*")
        coded = rest.endswith("*") or (bool(star) and not rest)
        number = rest.rstrip("*")
        place = int(number) if number.isdigit() and len(number) < 4 else 0
        pieces.setdefault(name, {}).setdefault(place, (coded, given))
    return {name: _joined(some) for name, some in pieces.items()}


def _joined(pieces: dict[int, tuple[bool, str]]) -> str:
    if not any(coded for coded, _text in pieces.values()):
        text = "".join(text for _place, (_coded, text) in sorted(pieces.items()))
        return _uncoded(_BETWEEN.sub(r"\1", text)) if "=?" in text else text
    alphabet, raw = "", b""
    for place, (coded, text) in sorted(pieces.items()):
        letters = text
        if coded and place == min(pieces) and text.count("'") >= 2:
            alphabet, _language, letters = text.split("'", 2)
        raw += unquote_to_bytes(letters) if coded else letters.encode("utf-8", "replace")
    return in_alphabet(raw, alphabet)[0]


def file_name(told: str) -> str:
    """A name for a file as it is shown: without folders, controls or blanks around it."""
    name = readable_name(told.replace("\\", "/").rpartition("/")[2] or told)
    name = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(name.split())[:150]
