"""The printing kit: a paper is put together block by block and handed over as a PDF.

    paper = Paper("Breach report", reference="BR-2026-004", letterhead=school, printed_on=today)
    paper.heading("What happened")
    paper.text("A letter went to the wrong address.")
    content = paper.bytes()

Everything given is plain text. Nothing in a name or an answer can change the look of the
paper, and nothing is written to disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from dpdesk.law.sources import advice
from dpdesk.law.steps import Step
from dpdesk.law.words import long_date, short_moment

from . import look
from .charts import Bar, BarChart, across_strips, upright_strips
from .flow import Flow, Printed
from .fonts import Face, printable, width
from .letterhead import Letterhead
from .lines import Span, Text
from .look import Style
from .maps import Lane, map_strips
from .pen import Pen
from .radar import RadarChart, radar_strips
from .strips import Draw, Strip, both, nothing, paragraph, side_by_side, together
from .tables import Cell, Column, Status, Tone, column_widths, draw_status, table_strips, words_in


@dataclass(frozen=True, slots=True)
class Fact:
    """A question and its answer, with a line of help or source in small type under it.

    ``number`` of the question stands before it, in a column of its own.
    """

    label: str
    value: Cell
    note: str = ""
    number: str = ""


NOTHING = "Nothing recorded."
NOT_ANSWERED = "Not recorded"
_NUMBER_ROOM = 25.0  # points; wide enough for "13a"
_SMALL_TABLE = 220.0  # points; a table that is no taller is not parted


class Paper(Flow):
    """A paper in the making; see ``Flow`` for what is fixed at its start."""

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, also a bookmark of the file; it is never left alone at a page's foot."""
        style = look.HEADINGS[level]
        draws = self._draws(text, style, self.left, self.room)
        name = printable(text).replace("\n", " ")
        if not draws:
            return
        first = draws[0]

        def marked(pen: Pen, y: float) -> None:
            pen.bookmark(name, level, y - look.SPACE_S)
            first(pen, y)

        draws[0] = marked
        gap = {1: look.SPACE_XL, 2: look.SPACE_L + 2, 3: look.SPACE_L}[level]
        self._add(
            [Strip(style.leading, d, gap if n == 0 else 0, stay=True) for n, d in enumerate(draws)]
        )
        self._add([Strip(1.0, nothing, stay=True)])

    def text(
        self,
        text: Text,
        *,
        style: Style = look.BODY,
        indent: float = 0.0,
        gap: float = look.SPACE_M,
        stay: bool = False,
    ) -> None:
        """A paragraph; blank text adds nothing. ``stay`` keeps it with what follows."""
        draws = self._draws(text, style, self.left + indent, self.room - indent)
        self._add(paragraph(draws, style.leading, gap, stay=stay))

    def bullets(self, texts: Sequence[Text], *, numbered: bool = False) -> None:
        """A list, one paragraph to each point."""
        indent = 18.0 if numbered else 14.0
        style = look.BODY
        for number, text in enumerate(texts, 1):
            draws = self._draws(text, style, self.left + indent, self.room - indent)
            if not draws:
                continue
            sign = f"{number}." if numbered else "•"
            draws[0] = both(draws[0], self._mark(sign, style))
            self._add(paragraph(draws, style.leading, look.SPACE_M if number == 1 else 3.0))

    def facts(self, facts: Sequence[Fact | tuple[str, Cell]], *, label_share: float = 0.3) -> None:
        """Questions on the left, answers on the right; what is not answered says so."""
        wide = self.room * label_share
        for number, given in enumerate(facts):
            fact = given if isinstance(given, Fact) else Fact(*given)
            self._fact(fact, wide, first=number == 0)
        if not facts:
            self.text(NOTHING, style=look.BODY.but(colour=look.MUTED))

    def table(
        self,
        columns: Sequence[Column | str],
        rows: Sequence[Sequence[Cell]],
        *,
        empty: str = NOTHING,
        style: Style = look.CELL,
    ) -> None:
        """A table; its head is repeated on each page and long cells go on over the page."""
        given = [c if isinstance(c, Column) else Column(c) for c in columns]
        if not rows:
            self.text(empty, style=look.BODY.but(colour=look.MUTED))
            return
        for row in rows:
            for cell in row:
                self._hear(words_in(cell))
        widths = column_widths(given, rows, self.room, style)
        strips = table_strips(given, rows, self.left, widths, style, gap=look.SPACE_M + 2)
        if len(rows) <= 6 and sum(strip.high for strip in strips) < _SMALL_TABLE:
            together(strips)
        self._add(strips)

    def upright(self, chart: BarChart, *, empty: str = NOTHING) -> None:
        """Upright bars, for what follows in time; without bars it says so."""
        self._chart(chart, upright_strips(chart, self.left, self.room), empty)

    def across(self, chart: BarChart, *, empty: str = NOTHING) -> None:
        """Level bars with their labels on the left; without bars it says so."""
        self._chart(chart, across_strips(chart, self.left, self.room), empty)

    def radar(self, chart: RadarChart) -> None:
        """A radar picture with the names of its lines and rings beside it."""
        for line in chart.lines:
            self._hear(line.name)
        self._add(radar_strips(chart, self.left, self.room))
        self.space(look.SPACE_S)

    def note(self, text: Text, *, source: str = "", title: str = "") -> None:
        """A remark set apart, with the source it rests on."""
        inset = 12.0
        rows: list[tuple[Draw, float]] = []
        for piece, style in (
            (title, look.STRONG),
            (text, look.BODY),
            (source, look.SMALL),
        ):
            draws = self._draws(piece, style, self.left + inset, self.room - 2 * inset)
            rows.extend((draw, style.leading) for draw in draws)
        if not rows:
            return
        last = len(rows) + 1
        strips = [Strip(7.0, self._panel(nothing, 7.0), look.SPACE_L, stay=True)]
        strips += [
            Strip(high, self._panel(draw, high), stay=number in (1, last - 2, last - 1))
            for number, (draw, high) in enumerate(rows, 1)
        ]
        strips.append(Strip(7.0, self._panel(nothing, 7.0)))
        self._add(strips)
        self.space(look.SPACE_S)

    def steps(self, steps: Sequence[Step]) -> None:
        """Numbered steps, each with its source in small type and its day at the right."""
        indent, day_room = 22.0, 150.0
        for number, step in enumerate(steps, 1):
            room = self.room - indent - (day_room if step.date else 0.0)
            text = self._draws(step.text, look.BODY, self.left + indent, room)
            source = self._draws(sourced(step), look.SMALL, self.left + indent, room)
            if not text:
                continue
            text[0] = both(self._mark(f"{number}.", look.STRONG.but(colour=look.ACCENT)), text[0])
            day = [self._at_right(_day(step.date), look.STRONG)] if step.date else []
            strips = side_by_side([text, day], look.BODY.leading)
            strips += [Strip(look.SMALL.leading, draw) for draw in source]
            strips[0].gap = look.SPACE_M + 2
            self._add(together(strips))

    def status(self, word: str, tone: Tone = "info") -> None:
        """A state as sign and word."""
        style = look.STRONG
        draws = self._draws(word, style, self.left + 13.0, self.room - 13.0)
        if not draws:
            return

        def sign(pen: Pen, y: float) -> None:
            draw_status(pen, tone, self.left, y, style)

        draws[0] = both(sign, draws[0])
        self._add(paragraph(draws, style.leading, look.SPACE_M))

    def lines(self, lines: Sequence[Text], *, style: Style = look.BODY, gap: float = 8.0) -> None:
        """Lines that belong together, such as an address; never parted."""
        draws = [draw for line in lines for draw in self._draws(line, style, self.left, self.room)]
        strips = together([Strip(style.leading, draw) for draw in draws])
        if strips:
            strips[0].gap = gap
        self._add(strips)

    def beside(self, left: Sequence[str], right: Sequence[str], *, gap: float = 30.0) -> None:
        """Two blocks of lines side by side, such as an address and a date; never parted."""
        half = self.room * 0.6
        one = [d for t in left for d in self._draws(t, look.BODY, self.left, half - 12)]
        two = [
            d for t in right for d in self._draws(t, look.BODY, self.left + half, self.room - half)
        ]
        strips = together(side_by_side([one, two], look.BODY.leading))
        if strips:
            strips[0].gap = gap
        self._add(strips)

    def signature(self, labels: Sequence[str] = ("Signed", "Name", "Date")) -> None:
        """Lines to sign on; they stay together."""
        for number, label in enumerate(labels):
            draws = self._draws(label, look.SMALL, self.left, 80.0)
            if not draws:
                continue
            draw = both(draws[0], self._blank(self.left + 84.0, self.left + self.room * 0.62))
            self._add(
                [
                    Strip(
                        look.SMALL.leading,
                        draw,
                        26.0 if number == 0 else 18.0,
                        stay=number < len(labels) - 1,
                    )
                ]
            )

    def groups(self, groups: Sequence[str], *, per_row: int = 4, style: Style = look.KEY) -> None:
        """Groups of letters to be typed or read aloud, numbered, in a frame."""
        pad, small = 12.0, look.FURNITURE
        rows = [groups[n : n + per_row] for n in range(0, len(groups), per_row)]
        deep = small.leading + style.leading + 6.0
        tall = len(rows) * deep + 2 * pad - 4.0
        step = (self.room - 2 * pad) / per_row

        def framed(pen: Pen, y: float) -> None:
            pen.frame(self.left, y, self.room, tall, look.ACCENT)
            for down, row in enumerate(rows):
                for across, group in enumerate(row):
                    x = self.left + pad + across * step + 6.0
                    top = y + pad + down * deep
                    pen.words(str(down * per_row + across + 1), x, top, small)
                    pen.words(group, x, top + small.leading - 2.0, style)

        self._add([Strip(tall, framed, look.SPACE_L)])

    def map(self, titles: Sequence[str], lanes: Sequence[Lane]) -> None:
        """A map of lanes, read from left to right, under its titles."""
        for lane in lanes:
            for words in lane.boxes:
                self._hear(" ".join(words))
        self._add(map_strips(titles, lanes, self.left, self.room, gap=look.SPACE_L))

    def tick_boxes(self, texts: Sequence[str]) -> None:
        """Boxes to tick by hand."""
        for number, text in enumerate(texts):
            draws = self._draws(text, look.BODY, self.left + 20.0, self.room - 20.0)
            if draws:
                draws[0] = both(self._box, draws[0])
                self._add(paragraph(draws, look.BODY.leading, look.SPACE_M if number == 0 else 5.0))

    def bars(self, bars: Sequence[tuple[str, int]], *, tall: float = 130.0) -> None:
        """Upright bars with their number above and their name below, as lines and boxes."""
        for word, _ in bars:
            self._hear(word)
        most = max((number for _, number in bars), default=0)
        if not most:
            self.text(NOTHING, style=look.BODY.but(colour=look.MUTED))
            return
        step, line = self.room / len(bars), look.FURNITURE.leading

        def draw(pen: Pen, y: float) -> None:
            ground = y + line + tall
            for place, (word, number) in enumerate(bars):
                high = tall * number / most
                left, wide = self.left + place * step + step * 0.18, step * 0.64
                if number:
                    pen.fill(left, ground - high, wide, high, look.ACCENT)
                for text, top in ((f"{number:,}", ground - high - line), (word, ground + 3.0)):
                    taken = width(printable(text), look.FURNITURE.face, look.FURNITURE.size)
                    pen.words(text, left + (wide - taken) / 2, top, look.FURNITURE)
            pen.rule(self.left, self.right, ground, look.MUTED)

        self._add([Strip(tall + 2 * line + 4.0, draw, look.SPACE_L)])

    def space(self, points: float) -> None:
        """White space, left out at the top of a page."""
        self._add([Strip(0.0, nothing, points)])

    def new_page(self) -> None:
        """What follows begins a page of its own."""
        self._turn = True

    @contextmanager
    def unparted(self) -> Iterator[None]:
        """Keeps all that is added within on one page, where a page has room for it."""
        first = len(self._strips)
        yield
        for strip in self._strips[first:-1]:
            strip.stay = True

    def keep(self) -> None:
        """Keeps what was added last on the page of what comes next."""
        if self._strips:
            self._strips[-1].stay = True

    # -- how it is done

    def _chart(self, chart: BarChart, strips: list[Strip], empty: str) -> None:
        if not strips:
            self.text(empty, style=look.BODY.but(colour=look.MUTED))
            return
        for words in chart.words:
            self._hear(words)
        self._add(strips)
        self.space(look.SPACE_S)

    def _mark(self, sign: str, style: Style) -> Draw:
        def mark(pen: Pen, y: float) -> None:
            pen.words(sign, self.left, y, style)

        return mark

    def _at_right(self, text: str, style: Style) -> Draw:
        def draw(pen: Pen, y: float) -> None:
            pen.words(text, self.right - width(text, style.face, style.size), y, style)

        return draw

    def _blank(self, x0: float, x1: float) -> Draw:
        def draw(pen: Pen, y: float) -> None:
            pen.rule(x0, x1, y + 10.0, look.MUTED)

        return draw

    def _box(self, pen: Pen, y: float) -> None:
        pen.frame(self.left + 1, y + 2.5, 9.5, 9.5, look.MUTED)

    def _panel(self, draw: Draw, high: float) -> Draw:
        def panel(pen: Pen, y: float) -> None:
            # A hair taller than the strip, or screens show white seams between strips.
            pen.fill(self.left, y, self.room, high + 0.2, look.TINT)
            pen.fill(self.left, y, 2.5, high + 0.2, look.ACCENT)
            draw(pen, y)

        return panel

    def _fact(self, fact: Fact, wide: float, *, first: bool) -> None:
        style, x = look.BODY, self.left + wide
        muted = style.but(colour=look.MUTED)
        inset = _NUMBER_ROOM if fact.number else 0.0
        label = self._draws(fact.label, muted, self.left + inset, wide - inset - 12)
        if fact.number and label:
            label[0] = both(self._mark(fact.number, muted), label[0])
        room = self.right - x
        words = words_in(fact.value)
        if not words.strip():
            value = self._draws(NOT_ANSWERED, style.but(face="italic", colour=look.MUTED), x, room)
        elif isinstance(fact.value, Status):
            tone = fact.value.tone
            value = self._draws(words, look.STRONG, x + 13, room - 13)
            value[0] = both(lambda pen, y: draw_status(pen, tone, x, y, style), value[0])
        else:
            value = self._draws(fact.value, style, x, room)
        strips = side_by_side([label, value], style.leading)
        deep = len(strips)
        for number, strip in enumerate(strips):
            strip.stay = deep <= 6 or number in (0, deep - 2)
        note = self._draws(fact.note, look.SMALL, x, room)
        if strips:
            strips[0].gap = look.SPACE_M if first else look.SPACE_S
            strips[-1].stay = bool(note)
        self._add(strips + together([Strip(look.SMALL.leading, draw) for draw in note]))


def sourced(step: Step) -> str:
    """What a step rests on, with a sentence of caution where that is not confirmed."""
    return ". ".join(t for t in (step.source.rstrip("."), advice(step.confidence)) if t)


def _day(day: date) -> str:
    return short_moment(day) if isinstance(day, datetime) else long_date(day)


def bold(text: str) -> Span:
    """A span in medium weight, for the word that matters."""
    return Span(text, "medium")


__all__ = [
    "NOTHING",
    "NOT_ANSWERED",
    "Bar",
    "BarChart",
    "Cell",
    "Column",
    "Face",
    "Fact",
    "Lane",
    "Letterhead",
    "Paper",
    "Printed",
    "Span",
    "Status",
    "Step",
    "Text",
    "Tone",
    "bold",
]
