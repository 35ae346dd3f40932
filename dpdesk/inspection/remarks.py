"""Words between the commands of a PDF and between its parts, never drawn; for workers only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from dpdesk.inspection.found import Kind
from dpdesk.inspection.telling import Told

_LONGEST: Final = 4_000_000  # bytes of commands that are looked through
_SPELT: Final = frozenset({"/Alt", "/ActualText", "/E"})
_STREAM: Final = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_REMARK: Final = re.compile(rb"^[ \t]*%(?!%|PDF-|QDF-)([^\r\n]{4,2000})", re.MULTILINE)
_OF_PROGRAMS: Final = re.compile(r"https?:|generated|created (?:by|with)|produced", re.IGNORECASE)
_NAME: Final = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_LEAST: Final = 16  # bytes before the head of a file that tell something
_HEAD: Final = 1024
_BROKEN: Final = (pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError)


_NONE: Final = pikepdf.Token(pikepdf.TokenType.eof, b"")


class _Remarks(pikepdf.TokenFilter):
    """Gathers what is said between the commands of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_token(self, token: pikepdf.Token = _NONE) -> None:
        """Takes note of a remark, and leaves everything as it is."""
        if token.type_ == pikepdf.TokenType.comment:
            self.found.append(token.raw_value.decode("utf-8", "replace").lstrip("% "))


def look(content: bytes, opened: pikepdf.Pdf, drawings: list[Any], told: Told) -> None:
    """Looks through the commands of all pages and of ``drawings``, and around the parts."""
    for number, page in enumerate(opened.pages, 1):
        _of_page(page, number, told)
    for drawing in drawings:
        _properties(drawing, 0, told)
    _between(content, told)
    start = content.find(b"%PDF-", 0, _HEAD)
    before = content[:start].strip(b"\x00\r\n \t\xef\xbb\xbf") if start > 0 else b""
    if len(before) >= _LEAST:
        words = re.findall(r"[^\W\d_]{2,}", before.decode("latin-1"))
        what = f"{start:,} bytes lie before the beginning of the file."
        told.tell("elsewhere", 0, what, " ".join(words))


def _of_page(page: pikepdf.Page, number: int, told: Told) -> None:
    try:
        commands = _commands(page.obj.get("/Contents"))
    except _BROKEN:
        return
    if not commands or len(commands) > _LONGEST:
        return
    if b"<<" in commands:
        _properties(page, number, told)
    if b"%" in commands:
        reading = _Remarks()
        try:
            page.get_filtered_contents(reading)
        except _BROKEN:
            return
        for text in reading.found:
            _remark(text, number, told)


def _commands(contents: Any) -> bytes:
    parts = contents.as_list() if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))


def _properties(drawing: Any, number: int, told: Told) -> None:
    """What is said of a part of a drawing, in the midst of its commands."""
    try:
        for instruction in pikepdf.parse_content_stream(drawing, "BDC DP"):
            for operand in getattr(instruction, "operands", ()):
                for key, text in _strings(operand, ""):
                    spelt = key in _SPELT
                    what = (
                        "Words are spelt out unseen."
                        if spelt
                        else "Words stand among the commands that draw the page."
                    )
                    if not told.is_told(text):
                        kind: Kind = "description" if spelt else "elsewhere"
                        told.tell_unless_seen(kind, number, what, text)
    except _BROKEN:
        return


def _strings(operand: Any, key: str, deep: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(operand, pikepdf.String):
        if key != "/Lang" and str(operand).isprintable():
            yield key, str(operand)
    elif isinstance(operand, pikepdf.Dictionary) and deep < 8:
        for name in sorted(operand.keys()):
            yield from _strings(operand[name], name, deep + 1)
    elif isinstance(operand, pikepdf.Array) and deep < 8:
        for each in operand.as_list():
            yield from _strings(each, key, deep + 1)


def _remark(text: str, number: int, told: Told) -> None:
    names = _NAME.findall(text)
    if len(names) > 1 and not _OF_PROGRAMS.search(text):
        told.tell_unless_seen("elsewhere", number, "A remark in the file names somebody.", text)


def _between(content: bytes, told: Told) -> None:
    """Remarks between the parts of the file, where no reader looks."""
    for match in _REMARK.finditer(_STREAM.sub(b"", content)):
        try:
            text = match[1].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if text.isprintable() and "(" not in text:
            _remark(text, 0, told)
