"""The flow of a paper: strips gathered block by block, laid on pages, drawn with head and foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dpdesk.law.words import long_date

from . import look
from .fonts import printable, warnings_for, width
from .letterhead import Letterhead
from .lines import Span, Text, break_lines, words_of
from .look import Style
from .pen import Pen
from .strips import Draw, Strip, in_reading_order, lay, written


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished paper: the PDF, its number of pages, and warnings for the user."""

    content: bytes = field(repr=False)
    pages: int
    warnings: tuple[str, ...] = ()


class Flow:
    """A paper in the making.

    ``marking`` is printed at the head of every page ("Confidential"). ``pages_in_all``
    serves a paper that a larger file begins with. A ``letter`` carries its
    subject and date in its text, so neither is printed by the paper itself. The same
    content and the same ``printed_on`` give the same bytes.
    """

    def __init__(
        self,
        title: str,
        *,
        printed_on: date,
        reference: str = "",
        letterhead: Letterhead | None = None,
        marking: str = "",
        landscape: bool = False,
        size: tuple[float, float] = look.A4,
        pages_in_all: int | None = None,
        letter: bool = False,
    ) -> None:
        self.title = printable(title).replace("\n", " ")
        self.reference = printable(reference)
        self.marking = printable(marking)
        self.printed_on = printed_on
        self.size = (size[1], size[0]) if landscape else size
        self.left = look.MARGIN
        self.right = self.size[0] - look.MARGIN
        self._pages_in_all = pages_in_all
        self._strips: list[Strip] = []
        self._warnings: dict[str, None] = {}
        self._turn = False
        if letterhead is not None:
            self._letterhead(letterhead)
        self._letter = letter
        if not letter:
            self._title_block(title)

    @property
    def room(self) -> float:
        """Width in points between the margins."""
        return self.right - self.left

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know about letters that are not printed as written."""
        return tuple(self._warnings)

    def bytes(self) -> bytes:
        """The content of the finished PDF."""
        return self.printed().content

    def printed(self) -> Printed:
        """The finished PDF, its number of pages, and what the user should know about it."""
        return bound(self.title, [self])

    def draw(self, pen: Pen, bookmark: str = "") -> int:
        """Draws all pages with a pen; says how many. ``bookmark`` is the title if not given."""
        sheets = lay(self._strips, look.TOP, self.size[1] - look.BOTTOM)
        in_all = self._pages_in_all or len(sheets)
        for number, sheet in enumerate(sheets):
            if number == 0:
                pen.bookmark(bookmark or self.title, 0, 0)
            # In reading order, for those who have the paper read to them.
            self._head(pen, number)
            for draw, y in in_reading_order(sheet):
                draw(pen, y)
            self._foot(pen, number, in_all)
            pen.turn()
        return len(sheets)

    # -- for the blocks

    def _add(self, strips: list[Strip]) -> None:
        if strips and self._turn:
            strips[0].new_page = True
            self._turn = False
        self._strips.extend(strips)

    def _hear(self, text: str) -> None:
        if not text.isascii():
            self._warnings.update(dict.fromkeys(warnings_for(text)))

    def _draws(self, text: Text, style: Style, x: float, room: float) -> list[Draw]:
        self._hear(words_of(text))
        return [written(line, x, style) for line in break_lines(text, style, room)]

    # -- head and foot

    def _letterhead(self, head: Letterhead) -> None:
        self._add(
            [
                Strip(look.SCHOOL.leading, draw, stay=True)
                for draw in self._draws(head.school, look.SCHOOL, self.left, self.room)
            ]
        )
        contact = "   ".join(t for t in (head.telephone, head.email, head.website) if t)
        for text in (", ".join(a for a in head.address if a), contact):
            self._add(
                [
                    Strip(look.SMALL.leading, draw, stay=True)
                    for draw in self._draws(text, look.SMALL, self.left, self.room)
                ]
            )

        def rule(pen: Pen, y: float) -> None:
            pen.rule(self.left, self.right, y + 7.0, look.ACCENT, 1.2)

        self._add([Strip(10.0, rule)])

    def _title_block(self, title: str) -> None:
        draws = self._draws(title, look.TITLE, self.left, self.room)
        self._add(
            [
                Strip(look.TITLE.leading, draw, look.SPACE_XL if n == 0 else 0.0, stay=True)
                for n, draw in enumerate(draws)
            ]
        )
        if self.reference:
            words = (Span("Reference ", colour=look.MUTED), Span(self.reference, "medium"))
            draws = self._draws(words, look.BODY, self.left, self.room)
            self._add([Strip(look.BODY.leading, draw, 2.0) for draw in draws])

    def _head(self, pen: Pen, number: int) -> None:
        """Running head of one page; the first has the letterhead instead."""
        style = look.FURNITURE
        if number > 0:
            head = " · ".join(t for t in (self.title, self.reference) if t)
            pen.words(self._clip(head, style, self.room * 0.66), self.left, 34, style)
        if self.marking:
            marking = self.marking.upper()
            wide = width(marking, "bold", look.MARKING.size)
            pen.frame(self.right - wide - 12, 30, wide + 12, 17)
            pen.words(marking, self.right - wide - 6, 33, look.MARKING)

    def _foot(self, pen: Pen, number: int, in_all: int) -> None:
        style = look.FURNITURE
        foot = self.size[1] - 40
        pen.rule(self.left, self.right, foot - 4, look.LINE)
        day = "" if self._letter else f"Printed {long_date(self.printed_on)}"
        left = " · ".join(t for t in (self.reference, day) if t)
        pen.words(self._clip(left, style, self.room * 0.66), self.left, foot, style)
        page = f"Page {number + 1} of {in_all}"
        pen.words(page, self.right - width(page, style.face, style.size), foot, style)

    @staticmethod
    def _clip(text: str, style: Style, room: float) -> str:
        if width(text, style.face, style.size) <= room:
            return text
        return break_lines(text, style, room - 8)[0].spans[0].text.rstrip() + " …"


def bound(title: str, papers: Sequence[Flow], bookmarks: Sequence[str] = ()) -> Printed:
    """Papers of one size in one file, each with its own page numbers and its own bookmark.

    Raises ValueError where there is none, for a file without a page is no paper.
    """
    if not papers:
        raise ValueError("there is nothing to print")
    pen = Pen(printable(title).replace("\n", " "), papers[0].printed_on, papers[0].size)
    pages = 0
    heard: dict[str, None] = {}
    for number, paper in enumerate(papers):
        named = printable(bookmarks[number]).replace("\n", " ") if bookmarks else ""
        pages += paper.draw(pen, named)
        heard.update(dict.fromkeys(paper.warnings))
    return Printed(pen.file(), pages, tuple(heard))
