"""A message as it is sent (MIME), taken apart; used inside workers only.

Written for what is broken: ends that are missing, parts whose borders cannot be found, heads with
lines that are none. Parts are cut out as they are, so that an attached message is kept byte for
byte. The work grows with the length of the message, however its parts are nested.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from dpdesk.documents.decoding import plain_lines, seven_bits
from dpdesk.documents.mail_coded import Coded, divided
from dpdesk.documents.mail_words import (
    file_name,
    from_base64,
    in_alphabet,
    parameters,
    plain_header,
)

DEEP: Final = 40
"""Parts within parts; no program nests a tenth of that."""
MOST: Final = 5_000
"""Parts of one message."""
_QUOTED: Final = frozenset({"quoted-printable", "quoted printable", "qp"})
_BARE: Final = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]{0,9}\r?\n|\Z)")
"""A sign of equality that does not stand in words coded as quoted-printable."""
_SENT_AT: Final = re.compile(rb"From [^\n]*\n")

_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|$)")
_BLANK: Final = re.compile(rb"[ \t]*\r?\n")
_FIELD: Final = re.compile(rb"([!-9;-~]{1,80})[ \t]*:(.*)", re.DOTALL)
_GUESSED: Final = re.compile(rb"(?m)^--([^\s-][^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.IGNORECASE)
_UU: Final = re.compile(rb"(?m)^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n")
_APPLE: Final = re.compile(rb"(\d{1,10})[ \t]*\r?\n(?=[A-Za-z-]{2,60}:)")
"""Apple Mail writes the length of a message before it, and its own notes behind."""
_SENT: Final = re.compile(rb"(?m)^(?:message-id|mime-version|received)[ \t]*:", re.IGNORECASE)
_STRONG: Final = frozenset({b"message-id", b"mime-version", b"received"})
_USUAL: Final = _STRONG | frozenset(
    b"from to cc date subject content-type content-transfer-encoding return-path reply-to".split()
)
"""Lines of a head, and those that nobody types or quotes."""
_FEWEST: Final = 4
_LONGEST_HEAD: Final = 2_000_000


@dataclass(slots=True)
class MailPart:
    """One part of a message: its head, and either its bytes or the parts that it holds."""

    head: list[tuple[str, bytes]]
    body: bytes
    kind: str = "text/plain"
    about: dict[str, str] = field(default_factory=dict)
    """What its type says besides: alphabet, border, name."""
    parts: list[MailPart] = field(default_factory=list)
    stray: list[bytes] = field(default_factory=list)
    """What stands before the first border and after the last."""
    faults: set[str] = field(default_factory=set)

    def raw(self, name: str) -> bytes:
        """The first line of that name with something in it, as it stands."""
        return next((value for key, value in self.head if key == name and value.strip()), b"")

    def value(self, name: str) -> str:
        """The same as letters."""
        return plain_header(self.raw(name))

    def values(self, name: str) -> list[str]:
        """All lines of that name. Letters that are told in no alphabet are in that of the body."""
        told = self.about.get("charset", "")
        read = (plain_header(value, told) for key, value in self.head if key == name)
        return [text for text in read if text]

    @property
    def placing(self) -> str:
        """Whether it is said to be an attachment or to be shown: ``attachment``, ``inline``."""
        return self.value("content-disposition").partition(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """What it is called as a file; empty where it has no name."""
        given = parameters(";" + self.value("content-disposition").partition(";")[2])
        return file_name(given.get("filename", "") or self.about.get("name", ""))

    @property
    def coding(self) -> str:
        """The code for sending that its body is said to be in."""
        return self.value("content-transfer-encoding").partition(";")[0].strip().lower()

    def content(self) -> tuple[bytes, bool]:
        """The bytes that its body stands for, and whether all of them could be told."""
        coding = self.coding
        if coding == "base64":
            code = divided(self.body).code
            return from_base64(code) if code else (self.body, True)
        if coding in _QUOTED:
            return binascii.a2b_qp(self.body), True
        if coding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
            found = _UU.search(self.body)
            if found:
                return _from_uu(self.body, found.end())[0], True
        return self.body, True

    def around(self) -> tuple[bytes, bytes]:
        """Plain words above and under a body in base64, as gateways and mailing lists set them."""
        coded = self._divided()
        return (coded.before, coded.after) if coded.code else (b"", b"")

    def undecoded(self) -> bool:
        """Whether it is said to be in base64, and no code is found in it."""
        coded = self._divided()
        return not coded.code and bool(coded.before.strip())

    def _divided(self) -> Coded:
        return divided(self.body if self.coding == "base64" else b"")

    def text(self) -> tuple[str, bool]:
        """Its body as text, and whether every letter is certain."""
        content, whole = self.content()
        text, certain = in_alphabet(content, self.about.get("charset", ""))
        return seven_bits(text), whole and certain


def parsed(content: bytes) -> MailPart:
    """The message taken apart, as far as it can be."""
    plain = plain_lines(content)
    wide, content = b"\0" in content[:200] and b"\0" not in plain[:200], plain
    counted = _APPLE.match(content)
    if counted:
        content = content[counted.end() : counted.end() + int(counted[1])]
    top = _part(content, 0, [0])
    if wide:
        _in_utf8(top)
    return top


def _in_utf8(part: MailPart) -> None:
    """Takes no other alphabet for letters that stand in it as they are."""
    if part.coding in {"", "7bit", "8bit", "binary"}:
        part.about["charset"] = "utf-8"
    for each in part.parts:
        _in_utf8(each)


def _part(content: bytes, depth: int, count: list[int], usual: str = "text/plain") -> MailPart:
    count[0] += 1
    head, start = split_head(content)
    if depth:
        head, start = _own_head(content, head, start, usual)
    part = MailPart(head, content[start:])
    told = part.value("content-type")
    kind = told.partition(";")[0].strip().lower()
    part.kind = kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else usual
    part.about = parameters(";" + told.partition(";")[2]) if told else {}
    if part.kind.startswith("multipart/"):
        _divide(part, depth, count)
    return part


def _own_head(
    content: bytes, head: list[tuple[str, bytes]], start: int, usual: str
) -> tuple[list[tuple[str, bytes]], int]:
    """The head of a part. What is none is the beginning of its body, as in digests."""
    blank = _BLANK.match(content)
    told = any(name.startswith("content-") for name, _value in head)
    if told and not (usual == "message/rfc822" and (blank or not head[0][0].startswith("content"))):
        return head, start
    return [], blank.end() if blank else 0


def split_head(content: bytes) -> tuple[list[tuple[str, bytes]], int]:
    """The lines of a head, names in small letters, and where the body begins."""
    names: list[str] = []
    pieces: list[list[bytes]] = []
    at = len(content) - len(content.removeprefix(b"\xef\xbb\xbf"))
    first = True
    while at < min(len(content), _LONGEST_HEAD):
        line = _LINE.match(content, at)
        assert line is not None
        text = line[0].rstrip(b"\r\n")
        if not text.strip():
            # Blank lines before a head mean nothing, and one with a blank in it need not end it.
            if not first and not (text and _goes_on(content, line.end())):
                at = line.end()
                break
            at = line.end()
            continue
        field = _FIELD.fullmatch(text)
        if text[:1] in b" \t" and names:
            pieces[-1].append(text)
        elif first and text.startswith((b"From ", b">From ")):
            pass
        elif field:
            names.append(field[1].decode("ascii").lower())
            pieces.append([field[2]])
        elif names and _goes_on(content, line.end()):
            pieces[-1].append(text)
        else:
            break
        first = False
        at = line.end()
    return [(name, b"\n ".join(some)) for name, some in zip(names, pieces, strict=True)], at


def _goes_on(content: bytes, at: int) -> bool:
    """Whether the head goes on after a line that is none of a head."""
    for _ in range(3):
        line = _LINE.match(content, at)
        assert line is not None
        text = line[0].strip()
        if not text:
            return False
        if _FIELD.fullmatch(text):
            return True
        at = line.end()
    return False


def _divide(part: MailPart, depth: int, count: list[int]) -> None:
    """Cuts a part with a border into the parts that it holds."""
    if depth >= DEEP:
        part.kind = "text/plain"
        part.faults.add("deep")
        return
    body = part.body
    border = part.about.get("boundary", "").rstrip().encode("utf-8", "replace")
    cuts = _cuts(body, border) if border else []
    if not cuts:
        decoded, _whole = part.content()
        cuts = _cuts(decoded, border) if border and decoded != body else []
        if cuts:
            body = decoded
    if not cuts:
        guessed = _GUESSED.search(body)
        cuts = _cuts(body, guessed[1]) if guessed else []
    if not cuts:
        part.kind = "text/plain"
        part.faults.add("border")
        return
    usual = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    part.stray.append(body[: cuts[0][0]])
    for (_start, begin, last), (end, *_rest) in zip(cuts, [*cuts[1:], (len(body),)], strict=True):
        if last:
            # What follows the last border is no part, but more parts may follow that.
            part.stray.append(body[begin:end])
        elif count[0] >= MOST:
            part.faults.add("many")
            break
        else:
            part.parts.append(_part(body[begin:end], depth + 1, count, usual))
    if not any(last for _start, _begin, last in cuts):
        part.faults.add("end")
    part.body = b""


def _cuts(body: bytes, border: bytes) -> list[tuple[int, int, bool]]:
    """Where each border begins and ends, and whether it is the last."""
    wanted = re.compile(
        rb"(?:\A|\r\n|\n|\r)--" + re.escape(border) + rb"(--)?[ \t]*(?:(?=\r?\n|\r)|\Z)"
    )
    found: list[tuple[int, int, bool]] = []
    for match in wanted.finditer(body):
        end = match.end()
        end += 2 if body[end : end + 2] == b"\r\n" else 1
        found.append((match.start(), min(end, len(body)), match[1] is not None))
    return found


def messages_in(body: bytes) -> tuple[bytes, list[bytes]]:
    """Plain words, and the messages that follow them as they were sent, each with its head.

    Some programs put several messages into one file, and a server that returns a message sets it
    under its own words.
    """
    starts = list(islice(_heads_in(body), MOST)) if _SENT.search(body) else []
    if not starts:
        return body, []
    ends = [*starts[1:], len(body)]
    return body[: starts[0]], [body[at:end] for at, end in zip(starts, ends, strict=True)]


def messages_under(part: MailPart) -> tuple[MailPart, list[bytes]]:
    """A text without the messages that are under its words, and these as they were sent.

    In a web page a head is text, unless the page has ended. What was coded together with the words
    above it is decoded like them, and is in their alphabet where it names none.
    """
    page = part.body.lower().rfind(b"</html") if part.kind == "text/html" else 0
    if page < 0 or part.coding == "base64":
        return part, []
    words, following = messages_in(part.body[page:])
    if not following:
        return part, []
    kept = MailPart(part.head, part.body[:page] + words, part.kind, part.about)
    return kept, [_as_sent(part, each) for each in following]


def _as_sent(part: MailPart, message: bytes) -> bytes:
    if part.coding in _QUOTED and not _BARE.search(message):
        message = binascii.a2b_qp(message)
    alphabet = part.about.get("charset", "")
    if not alphabet.isascii() or not alphabet or parsed(message[:MOST]).raw("content-type"):
        return message
    told = b"Content-Type: text/plain; charset=" + alphabet.encode() + b"\n"
    sent = _SENT_AT.match(message)
    at = sent.end() if sent else 0
    return message[:at] + told + message[at:]


def _heads_in(body: bytes) -> Iterator[int]:
    """Where heads of messages begin amid a text; those that have no words under them are text."""
    at, start = 0, -1
    written = len(body.rstrip())
    names: set[bytes] = set()
    for line in body.splitlines(keepends=True):
        text = line.rstrip(b"\r\n")
        goes_on = start >= 0 and text[:1] in {b" ", b"\t"} and text.strip()
        field = None if goes_on else _FIELD.fullmatch(text)
        if field or (start < 0 and text.startswith(b"From ")):
            start = at if start < 0 else start
            names |= {field[1].lower()} if field else set()
        elif not goes_on:
            is_head = b"from" in names and names & _STRONG and len(names & _USUAL) >= _FEWEST
            if is_head and not text.strip() and at < written:
                yield start
            start, names = -1, set()
        at += len(line)


def uu_files(text: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Takes files out of a text that carries them as programs did before there were parts."""
    files: list[tuple[str, bytes]] = []
    kept: list[bytes] = []
    at = 0
    for match in _UU.finditer(text):
        if match.start() < at or len(files) >= MOST:
            continue
        content, end = _from_uu(text, match.end())
        if not content:
            continue
        files.append((file_name(match[1].decode("utf-8", "replace")), content))
        kept.append(text[at : match.start()])
        at = end
    return b"".join([*kept, text[at:]]), files


def _from_uu(text: bytes, at: int) -> tuple[bytes, int]:
    found: list[bytes] = []
    for line in _lines(text, at):
        content = line[0].rstrip(b"\r\n")
        if content.strip() in {b"end", b""}:
            return b"".join(found), line.end()
        length = (content[0] - 32) & 63
        if not 33 <= content[0] <= 96 and content[0] != 32:
            return b"".join(found), line.start()
        try:
            found.append(binascii.a2b_uu(content))
        except binascii.Error:
            try:  # some programs write a line that is longer than it says
                found.append(binascii.a2b_uu(content[: (length * 4 + 5) // 3 + 1]))
            except binascii.Error:
                return b"".join(found), line.start()
    return b"".join(found), len(text)


def _lines(text: bytes, at: int) -> Iterator[re.Match[bytes]]:
    while at < len(text):
        line = _LINE.match(text, at)
        assert line is not None
        yield line
        at = line.end()
