"""One page of a bundle as a task: all that a worker needs to make it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box, Page, Word


@dataclass(frozen=True, slots=True)
class PageTask:
    """All that a worker needs to make one page of a bundle.

    ``withheld`` are the lines of the sheet when the page is left out; ``codes`` are the
    private codes of rare characters on this page.
    """

    number: int
    source: str
    index: int
    page: Page
    marks: tuple[PlannedMark, ...]
    stamp: str
    withheld: tuple[str, str] | None
    dpi: int
    codes: Mapping[str, int]

    def __reduce__(self) -> tuple[Any, ...]:
        """The way to a worker: the words as one list and their boxes as plain numbers."""
        page = self.page
        sides = array("d")
        for word in page.words:
            box = word.box
            sides.extend((box.x0, box.y0, box.x1, box.y1))
        texts = [word.text for word in page.words]
        thin = (page.width, page.height, page.kind, texts, sides, page.unseen)
        rest = self.marks, self.stamp, self.withheld, self.dpi, self.codes
        return _arrived, (self.number, self.source, self.index, thin, *rest)


def _arrived(number: int, source: str, index: int, thin: Any, *rest: Any) -> PageTask:
    width, height, kind, texts, sides, unseen_ones = thin
    places = iter(sides)
    boxes = (Box(*four) for four in zip(places, places, places, places, strict=True))
    words = tuple(Word(text, box) for text, box in zip(texts, boxes, strict=True))
    page = Page(width, height, words, kind, unseen_ones)
    return PageTask(number, source, index, page, *rest)
