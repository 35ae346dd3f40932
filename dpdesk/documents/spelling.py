"""Pages that say in secret what their letters stand for; used inside workers only.

A stretch of a page can carry a spelling ("ActualText") for programs that search or read aloud:
it joins a word broken at a line end, and it can say something else altogether. What the letters
themselves say counts as well, so both are read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pikepdf

from dpdesk.documents import pdf, words
from dpdesk.documents.pages import Page, Word
from dpdesk.documents.remarks import UNREADABLE
from dpdesk.errors import UnreadableFile
from dpdesk.law.folding import fold

_NAME: Final = b"/ActualText"
_OTHER_NAME: Final = b"/ActualTexX"
_NOT_LETTERS: Final = re.compile(r"[\W_]+")


class LetterByLetter:
    """The same document read by its letters alone, made when it is first needed."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._document: Any = None
        self._failed = False

    def close(self) -> None:
        """Lets go of the document."""
        if self._document is not None:
            self._document.close()

    def both(self, page: Page, index: int, *, layers: bool) -> tuple[Page, bool]:
        """The page with what its letters say where that differs, and whether it does.

        Such words lie on those of the spelling, so neither is let through to a bundle.
        """
        if self._document is None and not self._failed:
            self._open()
        if self._document is None:
            return page, False
        other = words.read_page(self._document, index, layers=layers)
        more = _differing(page, other)
        if not more:
            return page, False
        count = len(page.words)
        hidden = {count + place for place, number in enumerate(more) if number in other.unseen}
        return replace(
            page,
            words=(*page.words, *(other.words[number] for number in more)),
            unseen=page.unseen | hidden,
        ), True

    def _open(self) -> None:
        try:
            self._document = pdf.open_pdf(_without_spellings(self._content))
        except (pikepdf.PdfError, UnreadableFile, ValueError, RuntimeError):
            self._failed = True


def _without_spellings(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Stream):
                if thing.get("/Subtype") != "/Image" and "/Length1" not in thing:
                    plain = thing.read_bytes()
                    if _NAME in plain:
                        thing.write(plain.replace(_NAME, _OTHER_NAME))
            elif isinstance(thing, pikepdf.Dictionary) and _NAME.decode() in thing:
                del thing[_NAME.decode()]
        made = io.BytesIO()
        opened.save(made)
    return made.getvalue()


def _differing(page: Page, other: Page) -> list[int]:
    """The numbers of the words of the other reading that the page does not have there."""
    found = []
    for number, word in enumerate(other.words):
        letters = _plain([word])
        if letters and letters not in _plain(
            [each for each in page.words if each.box.intersects(word.box)]
        ):
            found.append(number)
    return found


def _plain(some: Sequence[Word]) -> str:
    joined = fold(" ".join(word.text.replace(UNREADABLE, "") for word in some))
    return _NOT_LETTERS.sub("", joined)
