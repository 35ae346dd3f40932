"""The report about a file that was redacted elsewhere: what was found, with pictures of the pages.

It shows what should not have been readable, so it is marked and meant for the school alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.inspection.found import KINDS, Leak
from dpdesk.inspection.inspector import Inspection
from dpdesk.law.words import count, long_date
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Column, Letterhead, Paper
from dpdesk.papers.pen import Pen
from dpdesk.papers.strips import Strip

_TALL: Final = 480.0
"""Points: the most that the picture of a page takes."""
_RED: Final = "#A3211A"

_CALLED: Final = {
    "pdf": "PDF", "word": "Word document", "odt": "OpenDocument text", "picture": "Picture",
    "sheets": "Workbook", "slides": "Presentation",
}  # fmt: skip


class PicturePaper(Paper):
    """A paper with pictures of pages, on which places are framed."""

    def page_picture(self, drawn: Bitmap, leaks: Sequence[Leak]) -> None:
        """A page with a frame around each place."""
        points_wide, points_high = drawn.width / drawn.scale, drawn.height / drawn.scale
        scale = min(self.room / points_wide, _TALL / points_high)
        wide, high = points_wide * scale, points_high * scale
        rows = [
            drawn.content[start : start + drawn.width]
            for start in range(0, drawn.stride * drawn.height, drawn.stride)
        ]
        grey = b"".join(rows)

        def draw(pen: Pen, y: float) -> None:
            pen.picture(grey, (drawn.width, drawn.height), (self.left, y, wide, high))
            pen.frame(self.left, y, wide, high)
            for box in (box for leak in leaks for box in leak.boxes):
                pen.frame(
                    self.left + box.x0 * scale - 1,
                    y + box.y0 * scale - 1,
                    box.width * scale + 2,
                    box.height * scale + 2,
                    _RED,
                )

        self._add([Strip(high, draw, look.SPACE_M)])


def report(
    found: Inspection,
    pictures: Mapping[int, Bitmap],
    day: dt.date,
    letterhead: Letterhead | None = None,
) -> Printed:
    """The report; ``pictures`` are grey drawings of pages, by their numbers from 1."""
    paper = PicturePaper(
        "What can still be read in a redacted file",
        letterhead=letterhead,
        marking="Confidential: shows what was meant to be removed",
        printed_on=day,
    )
    pages = count(found.pages, found.part.lower()) if found.pages else _CALLED[found.kind]
    paper.facts([("File", found.name), ("Length", pages), ("Checked on", long_date(day))])
    if found.clean:
        paper.status("Nothing was found that can still be read.", "ok")
        paper.text(
            "The program looked for words under bars, layers, earlier versions, details of the "
            "file and the like. It cannot know what should have been redacted: read the pages."
        )
        return paper.printed()
    paper.status(f"Do not hand this file out: {count(len(found.leaks), 'finding')}.", "danger")
    paper.table(
        [Column("Where", share=0.1), Column("What", share=0.28), "What can be read"],
        [(found.where(leak), leak.title, leak.text or leak.what) for leak in found.leaks],
    )
    paper.heading("What this means", 2)
    for kind in dict.fromkeys(leak.kind for leak in found.leaks):
        paper.text(f"{KINDS[kind].title}. {KINDS[kind].meaning}")
    for number, drawn in sorted(pictures.items()):
        here = [leak for leak in found.leaks if leak.page == number]
        paper.heading(f"Page {number}", 2)
        paper.text("; ".join(dict.fromkeys(leak.what for leak in here)), stay=True)
        paper.page_picture(drawn, here)
    return paper.printed()
