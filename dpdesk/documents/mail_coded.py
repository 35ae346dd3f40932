"""Where the code of a part in base64 begins and ends among plain words; used inside workers only.

Gateways set a line above it, mailing lists a foot under it, and some programs turn its line breaks
into spaces. Only both ends are looked at: what stands between lines of code is code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dpdesk.documents.mail_words import from_base64

_WINDOW: Final = 20_000
_LONG: Final = 40
"""Signs of code in a row that no plain words have."""
_SIGNS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=!"
"""Those of base64, and the one that old programs set where they broke a line."""
_WORD: Final = re.compile(rb"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ADDRESS: Final = (b"://", b"@", b"www.")
_MOST_STRANGE: Final = 0.03  # damaged signs in a line of code


@dataclass(frozen=True, slots=True)
class Coded:
    """A body cut into plain words, code, and plain words; without code all of it is ``before``."""

    before: bytes
    code: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    kind: str
    """``long`` and ``short`` lines of code, ``plain`` ones and those that are ``blank``."""
    signs: bytes

    @property
    def whole(self) -> bool:
        return len(self.signs) % 4 == 0

    @property
    def closed(self) -> bool:
        return self.signs.endswith(b"=")

    @property
    def says(self) -> bool:
        """Whether it stands for text, and is no word itself."""
        return self.whole and not _WORD.fullmatch(self.signs) and _is_text(self.signs)

    @property
    def word(self) -> bool:
        """Whether it is a plain word or number rather than code."""
        named = _WORD.fullmatch(self.signs) is not None
        return named and not (self.whole and _is_text(self.signs))


def divided(body: bytes) -> Coded:
    """Cuts the body of a part that is said to be in base64."""
    head = _lines(body, 0, min(len(body), _WINDOW))
    start = _start(head)
    if start is None:
        return Coded(body, b"", b"")
    if len(body) - start > _WINDOW:
        end = _end(_lines(body, len(body) - _WINDOW, len(body)), far=True)
    else:
        end = _end(_lines(body, start, len(body)), far=False)
    return Coded(body[:start], body[start:end], body[end:])


def _start(lines: list[_Line]) -> int | None:
    """Where the code begins; None where there is none."""
    told = [line for line in lines if line.kind != "blank"]
    if all(line.kind == "short" for line in told):
        alone = len(told) == 1 and told[0].whole
        return next((line.start for line in told if alone or not line.word), None)
    first = True
    for line in told:
        if line.kind == "long" or (line.kind == "short" and line.says):
            return line.start
        likely = line.kind == "short" and line.whole and not line.word
        if first and likely and all(each.kind != "long" for each in told):
            return line.start
        first = False
    return None


def _end(lines: list[_Line], *, far: bool) -> int:
    """Where the code ends, of lines that begin with it; ``far`` says that more stand before."""
    last = max((at for at, line in enumerate(lines) if line.kind == "long"), default=-1)
    if last < 0:
        last = _last_of_many(lines) if far else _of_one_width(lines)
    if not _is_over(lines, last) and last + 1 < len(lines):
        # The last line of code is shorter than those above it.
        rest, behind = lines[last + 1], lines[last + 2 :]
        foot = any(line.kind == "plain" for line in behind)
        word = _WORD.fullmatch(rest.signs) and not rest.whole
        if rest.kind == "short" and not (foot and word):
            last += 1
    behind = [line for line in lines[last + 1 :] if line.kind != "blank"]
    if all(line.kind == "short" and not line.word for line in behind):
        return lines[-1].end
    return lines[last].end


def _of_one_width(lines: list[_Line]) -> int:
    """The last of the short lines that go on as the first begins."""
    at = 0
    wide = len(lines[0].signs)
    while at + 1 < len(lines) and not lines[at].closed:
        following = lines[at + 1]
        if following.kind != "short" or len(following.signs) != wide or following.word:
            break
        at += 1
    return at


def _last_of_many(lines: list[_Line]) -> int:
    """The last of the short lines that are as wide as most, of lines that begin amid the code."""
    short = [len(line.signs) for line in lines[1:] if line.kind == "short" and not line.word]
    wide = max(set(short), key=short.count, default=0)
    rows = (at for at, line in enumerate(lines) if line.kind == "short" and not line.word)
    return max((at for at in rows if len(lines[at].signs) == wide), default=len(lines) - 1)


def _is_over(lines: list[_Line], last: int) -> bool:
    """Whether the code ends in this line by itself: closed, or shorter than the one above it."""
    above = lines[last - 1] if last else None
    short = above is not None and above.kind == "long" and len(above.signs) > len(lines[last].signs)
    return lines[last].closed or short or (last == 0 and lines[0].kind == "short")


def _lines(body: bytes, start: int, end: int) -> list[_Line]:
    found = []
    at = start
    for line in body[start:end].splitlines(keepends=True):
        pieces = line.split()
        found.append(_Line(at, at + len(line), _kind(pieces), b"".join(pieces)))
        at += len(line)
    return found


def _kind(pieces: list[bytes]) -> str:
    if not pieces:
        return "blank"
    signs = b"".join(pieces)
    strange = len(signs.translate(None, _SIGNS))
    bare = len(signs.strip(b"="))
    if len(signs) - bare > 2 or not signs.strip(b"+") or any(each in signs for each in _ADDRESS):
        return "plain"
    if len(pieces) == 1 and bare < _LONG:
        return "plain" if strange else "short"
    if strange > len(signs) * _MOST_STRANGE:
        return "plain"
    if len(pieces) == 1:
        return "long"
    # Line breaks that became spaces: only the first and the last piece may be short.
    inner = all(len(piece) >= _LONG for piece in pieces[1:-1])
    edge = len(pieces[0]) >= _LONG or not _WORD.fullmatch(pieces[0])
    if inner and edge and max(map(len, pieces)) >= _LONG:
        return "long"
    fours = all(len(piece) % 4 == 0 and not _WORD.fullmatch(piece) for piece in pieces)
    return "short" if fours and not strange and _is_text(signs) else "plain"


def _is_text(signs: bytes) -> bool:
    try:
        text = from_base64(signs)[0].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text) and not _NO_TEXT.search(text)
