"""Writes a PDF from its first byte to its last, never going back.

A bundle streams straight into the vault, so nothing may be written twice and nothing may be
kept: only the place of each object is remembered. There is one revision, one table of
objects, and nothing that no page refers to.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Protocol

from dpdesk.disclosure.textlayer import ADVANCE, glyphless_font, to_unicode

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""First bytes of every bundle; the second line tells transports that the file is binary."""
BRANCH = 64
"""Pages on one branch of the page tree."""


class Sink(Protocol):
    """Where the bytes go: a file, the vault, a buffer. Never read from, never rewound."""

    def write(self, content: bytes, /) -> object:
        """Takes the next bytes."""


def text_string(text: str) -> bytes:
    """A PDF string that any reader shows as the text."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().upper().encode("ascii") + b">"


def number(value: float) -> bytes:
    """A number in at most three decimals, without an exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".").encode("ascii") or b"0"


def numbers(*values: float) -> bytes:
    """Numbers with spaces between."""
    return b" ".join(number(value) for value in values)


class PdfWriter:
    """A PDF in the making. The number of pages is known from the start.

    Numbers of page objects are fixed at once, so that a link on page 1 may lead to a page
    that is not yet written.
    """

    def __init__(self, sink: Sink, pages: int) -> None:
        self._sink = sink
        self._digest = hashlib.sha256()
        self._offsets: dict[int, int] = {}
        self._pages = pages
        self._branches = -(-pages // BRANCH)
        self.size = 0
        self._last = 3 + self._branches + pages
        self.unseen_font = self.reserve()
        self._put(HEADER)

    # Objects 1 and 2 are the catalogue and the root of the pages, 3 the description; then
    # come the branches of the page tree, then the pages.

    @property
    def sha256(self) -> str:
        """The SHA-256 of all that was written so far."""
        return self._digest.hexdigest()

    def page_object(self, page: int) -> int:
        """The object of a page, counted from 0."""
        return 4 + self._branches + page

    def reserve(self) -> int:
        """A number for an object that will be written later."""
        self._last += 1
        return self._last

    def _put(self, content: bytes) -> None:
        self._sink.write(content)
        self._digest.update(content)
        self.size += len(content)

    def add(self, body: bytes, at: int | None = None) -> int:
        """Writes an object and gives its number."""
        place = self.reserve() if at is None else at
        self._offsets[place] = self.size
        self._put(b"%d 0 obj\n%s\nendobj\n" % (place, body))
        return place

    def add_stream(self, entries: bytes, content: bytes, at: int | None = None) -> int:
        """Writes a stream whose bytes are already encoded as ``entries`` say."""
        return self.add(
            b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content), at
        )

    def add_flate(self, entries: bytes, content: bytes, at: int | None = None) -> int:
        """Compresses and writes a stream."""
        return self.add_stream(entries + b"/Filter/FlateDecode", zlib.compress(content, 6), at)

    def add_page(self, page: int, size: tuple[float, float], entries: bytes) -> None:
        """Writes page number ``page``, counted from 0; the entries name what it shows."""
        self.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s]%s>>"
            % (4 + page // BRANCH, numbers(*size), entries),
            self.page_object(page),
        )

    def add_unseen_font(self, used: Mapping[int, str]) -> None:
        """Writes the font of the unseen words, with what each of its codes says."""
        font = self.add_flate(b"", glyphless_font())
        top = max(used, default=0x20)
        glyphs = self.add_flate(b"", b"\0\1" * (top + 1))
        table = self.add_flate(b"", to_unicode(used))
        descriptor = self.add(
            b"<</Type/FontDescriptor/FontName/Unseen/Flags 4/FontBBox[0 -200 500 800]"
            b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 800/StemV 0/FontFile2 %d 0 R>>"
            % font
        )
        letters = self.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Unseen/DW %d/CIDToGIDMap %d 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R>>" % (ADVANCE, glyphs, descriptor)
        )
        self.add(
            b"<</Type/Font/Subtype/Type0/BaseFont/Unseen/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (letters, table),
            self.unseen_font,
        )

    def _outline(self, bookmarks: Sequence[tuple[str, int]]) -> int:
        root = self.reserve()
        places = [self.reserve() for _ in bookmarks]
        for rank, (title, page) in enumerate(bookmarks):
            before = b"/Prev %d 0 R" % places[rank - 1] if rank else b""
            after = b"/Next %d 0 R" % places[rank + 1] if rank + 1 < len(places) else b""
            self.add(
                b"<</Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]%s%s>>"
                % (text_string(title), root, self.page_object(page), before, after),
                places[rank],
            )
        body = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        return self.add(body % (places[0], places[-1], len(places)), root)

    def close(self, title: str, bookmarks: Sequence[tuple[str, int]], day: str = "") -> None:
        """Writes the page tree, the bookmarks, the description and the table of objects.

        ``day`` is the date of the bundle as YYYYMMDD; no time of day is ever written.
        """
        for branch in range(self._branches):
            here = range(branch * BRANCH, min(self._pages, (branch + 1) * BRANCH))
            kids = b" ".join(b"%d 0 R" % self.page_object(page) for page in here)
            body = b"<</Type/Pages/Parent 2 0 R/Count %d/Kids[%s]>>" % (len(here), kids)
            self.add(body, 4 + branch)
        branches = b" ".join(b"%d 0 R" % (4 + branch) for branch in range(self._branches))
        self.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (self._pages, branches), 2)
        date = b"/CreationDate(D:%s)" % day.encode("ascii") if day else b""
        self.add(b"<</Title%s/Producer(dpdesk)%s>>" % (text_string(title), date), 3)
        outline = b"/Outlines %d 0 R" % self._outline(bookmarks) if bookmarks else b""
        self.add(
            b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)/ViewerPreferences<</DisplayDocTitle true>>"
            b"%s>>" % outline,
            1,
        )
        self._table()

    def _table(self) -> None:
        start, count = self.size, self._last + 1
        missing = [place for place in range(1, count) if place not in self._offsets]
        assert not missing, "an object was promised and not written"
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for first in range(1, count, 4096):
            block = range(first, min(count, first + 4096))
            self._put(b"".join(b"%010d 00000 n \n" % self._offsets[place] for place in block))
        identity = self._digest.hexdigest()[:32].upper().encode("ascii")
        self._put(
            b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (count, identity, identity, start)
        )
