"""Tries the fonts of a PDF against their own pictures while it is read; for workers only.

Where letters are drawn as others than the file says, nobody sees on the page what it says: the
words are unseen, and the page is one to be read from its picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dpdesk.documents.glyph_uses import GlyphUses
from dpdesk.documents.glyphs import Glyphs
from dpdesk.documents.pages import Page
from dpdesk.documents.words import Reading


class FontTrial:
    """Collects the pages of a document as they are read, and says in the end which were wrong.

    ``memory`` is that of the worker. Nothing is tried where it is not ``wanted``: the program
    itself has set the pages, or they show a picture only.
    """

    def __init__(self, document: Any, memory: dict[str, Any], *, wanted: bool) -> None:
        self._document, self._memory = document, memory
        self._uses = GlyphUses() if wanted else None
        self._pages: list[bytes] = []
        self.failed = False
        """Whether there is no reader of letters here, so that nothing was tried."""

    @property
    def glyphs(self) -> Glyphs | None:
        """What numbers the glyphs of the pages."""
        return self._uses.glyphs if self._uses else None

    def add(self, reading: Reading, packed: bytes) -> None:
        """Takes the next page, and as what it was given on."""
        if self._uses:
            self._uses.add(reading)
            self._pages.append(packed)

    def corrected(self) -> Iterator[tuple[int, Page]]:
        """The pages (number from 0) that show other letters than the file says."""
        for index, page, false in self.wrong():
            yield index, replace(page, unseen=page.unseen | false, kind="mixed")

    def wrong(self) -> Iterator[tuple[int, Page, frozenset[int]]]:
        """The same pages as they were read, with the places of the words that are not true."""
        if not self._uses or not self._uses.glyphs.codes:
            return
        from dpdesk.documents import lying_fonts  # with the reader of letters

        try:
            lying = lying_fonts.find(self._document, self._uses, self._memory)
        except (ImportError, OSError, RuntimeError):
            self.failed = True
            return
        for index in self._uses.pages_of(lying):
            page = Page.unpack(self._pages[index])
            yield index, page, self._uses.words_of(index, lying)
