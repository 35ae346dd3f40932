"""What a PDF was before it was changed, as far as it is still in the file; for workers only.

Programs that "save" add the changes at the end and leave all that was there before. Others write
the file anew and forget to leave out what no page uses any more.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf
import pypdfium2 as pdfium

from dpdesk.inspection import elsewhere
from dpdesk.inspection.pdf_file import BROKEN
from dpdesk.inspection.telling import Told, words_in

_END: Final = re.compile(rb"%%EOF[\r\n \t]*")
_MOST: Final = 20  # earlier versions that are looked at, the latest ones
_PICTURE: Final = 500  # bytes of the smallest picture that shows something
_OBJECTS: Final = 200_000
_STRING: Final = 4  # letters of the shortest text that is told
_FOUND: Final = 60  # words that are told


def look(content: bytes, told: Told) -> None:
    """Compares with each earlier version, and looks for parts that no page uses."""
    ends = [match.end() for match in _END.finditer(content)]
    now: Counter[str] | None = None
    pictures: set[bytes] = set()
    for end in ends[:-1][-_MOST:]:
        earlier = content[:end]
        words = _words(earlier)
        if words is None:
            continue
        if now is None:
            now = _words(content) or Counter()
            pictures = _pictures(content)
        gone = list(words - now)
        lost = _pictures(earlier) - pictures
        if gone:
            told.tell(
                "earlier-version",
                0,
                "An earlier version of the file shows words that this one does not.",
                " ".join(gone[:_FOUND]),
            )
        if lost:
            told.tell(
                "earlier-version",
                0,
                "An earlier version of the file holds pictures that this one does not use.",
            )
    _leftovers(content, told)


def _words(content: bytes) -> Counter[str] | None:
    """How often each word stands in the file; None where it is no whole file."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return None
    found: Counter[str] = Counter()
    try:
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            found.update(words_in(text.get_text_range()))
            text.close()
            page.close()
    except pdfium.PdfiumError:
        return found
    finally:
        document.close()
    return found


def _pictures(content: bytes) -> set[bytes]:
    """What the pictures of a file consist of, as short sums."""
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return {_sum(each) for each in _used(opened) if _is_picture(each)}
    except BROKEN:
        return set()


def _sum(stream: Any) -> bytes:
    return hashlib.sha256(stream.read_raw_bytes()).digest()


def _is_picture(each: Any) -> bool:
    return (
        isinstance(each, pikepdf.Stream)
        and each.get("/Subtype") == "/Image"
        and len(each.read_raw_bytes()) >= _PICTURE
    )


def _used(opened: pikepdf.Pdf) -> Iterator[Any]:
    """Everything that can be reached from the beginning of the file."""
    stack: list[Any] = [opened.trailer]
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < _OBJECTS:
        each = stack.pop()
        if not isinstance(each, pikepdf.Object):
            continue
        if each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
            yield each
        if isinstance(each, pikepdf.Array):
            stack.extend(each.as_list())
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            stack.extend(each[key] for key in sorted(each.keys()))


def _leftovers(content: bytes, told: Told) -> None:
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            used = {each.objgen for each in _used(opened)}
            unused = [
                each
                for each in opened.objects
                if isinstance(each, pikepdf.Stream) and each.objgen not in used
            ]
            elsewhere.unused(opened, used, told)
            texts = [word for each in unused for word in _texts(each)]
            pictures = sum(_is_picture(each) for each in unused)
            for each in unused:
                _details(each, told)
    except BROKEN:
        return
    words = [word for word in dict.fromkeys(texts) if not told.all_seen(word)]
    if words:
        told.tell(
            "leftover",
            0,
            "A page that was taken out, or what it showed, is still in the file.",
            " ".join(words[:_FOUND]),
        )
    if pictures:
        many = "1 picture that no page shows is" if pictures == 1 else f"{pictures} pictures are"
        told.tell("leftover", 0, f"{many} still in the file.")


def _details(stream: Any, told: Told) -> None:
    """The details of an earlier file, which nothing leads to any more."""
    if str(stream.get("/Type", "")) == "/Metadata":
        for text in elsewhere.details_in(bytes(stream.read_bytes())):
            if not told.is_told(text):
                what = "Something that was taken out is still in the file."
                told.tell_unless_seen("leftover", 0, what, text)


def _texts(stream: Any) -> Iterable[str]:
    """The words that a drawing writes, where its letters are plain ones."""
    if stream.get("/Subtype") in {"/Image", "/Type1C", "/CIDFontType0C", "/OpenType", "/XML"}:
        return
    try:
        drawn = pikepdf.parse_content_stream(stream, "Tj TJ ' \"")
    except BROKEN:
        return
    for instruction in drawn:
        parts: list[bytes] = []
        for operand in getattr(instruction, "operands", ()):
            pieces = operand.as_list() if isinstance(operand, pikepdf.Array) else [operand]
            parts += [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)]
        text = b"".join(parts)
        if len(text) >= _STRING and all(32 <= sign < 127 for sign in text):
            yield from text.decode("ascii").split()
