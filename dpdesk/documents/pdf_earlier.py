"""What earlier versions of a PDF showed, as far as they are still in the file; for workers only.

Programs that save quickly add the changes at the end and leave all that stood there before. Whoever
gets the file can go back to it, so what was taken out is shown as what is deleted in Word is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

import pikepdf
import pypdfium2 as pdfium

from dpdesk.documents import notes, pdf_hidden
from dpdesk.documents.hidden import Hidden
from dpdesk.law.folding import fold

_END: Final = re.compile(rb"%%EOF")
_VERSIONS: Final = 10  # that are looked at, the latest ones
_PAGES: Final = 2_000  # that are looked at in all of them
_MOST: Final = 500  # lines that are told
_LONGEST: Final = 2_000  # letters of one line
_WORD: Final = re.compile(r"[^\W_]{2,}")

_Line = tuple[int, str]
"""A line of a version, with the number of its page from 1."""


def found(content: bytes) -> list[Hidden]:
    """The lines of earlier versions in which words stand that the file shows no more, each once."""
    ends = [match.end() for match in _END.finditer(content)][:-1][-_VERSIONS:]
    if not ends:
        return []
    left = _PAGES
    now, _ = _lines(content, left)
    known = {word for _, line in now for word in _words(line)}
    gone: dict[str, int] = {}
    for end in reversed(ends):
        before, count = _lines(content[:end], left)
        left -= count
        for number, line in before:
            if len(gone) < _MOST and not known.issuperset(_words(line)):
                gone.setdefault(line, number)
    by_page: dict[int, list[str]] = {}
    for line, number in gone.items():
        by_page.setdefault(number, []).append(line)
    boxes = [
        pdf_hidden.box(f"Page {number} before the file was changed", "\n".join(lines))
        for number, lines in sorted(by_page.items())
    ]
    return [Hidden("earlier", len(boxes), "".join(boxes))] if boxes else []


def _words(line: str) -> list[str]:
    return _WORD.findall(fold(line))


def _lines(content: bytes, most: int) -> tuple[list[_Line], int]:
    """The lines of a version and how many pages it has; nothing where it is no whole file."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return [], 0
    lines: list[_Line] = []
    count = 0
    try:
        for index in range(min(len(document), most)):
            page = document[index]
            text = page.get_textpage()
            lines += [(index + 1, line) for line in _split(text.get_text_range())]
            text.close()
            page.close()
            count += 1
    except pdfium.PdfiumError:
        pass  # a page that cannot be drawn: what was read until there counts
    finally:
        document.close()
    return [*lines, *_noted(content, count)], count


def _split(text: str) -> Iterator[str]:
    # pdfium writes a hyphen at the end of a line as a sign of its own.
    for line in text.replace("\ufffe", "-").splitlines():
        if plain := " ".join(line.split())[:_LONGEST]:
            yield plain


def _noted(content: bytes, count: int) -> list[_Line]:
    """What is typed and noted on the pages of a version."""
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return [
                (number, line)
                for number, page in enumerate(list(opened.pages)[:count], 1)
                for note in notes.on_page(page)
                for text in (notes.value_of(note), notes.comment(note))
                for line in _split(text)
            ]
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, RuntimeError, KeyError):
        return []
