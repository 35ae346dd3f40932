"""Bars on paper: a few numbers side by side, each written beside its bar.

    chart = BarChart((Bar("Jan", (2, 1)), Bar("Feb", (0, 3))), ("Breaches", "Near misses"))
    paper.upright(chart)      upright bars, for what follows in time
    paper.across(chart)       level bars, for kinds with long names

The bars are drawn, never pictures, and told apart by how they are filled, so that a paper copied
in grey loses nothing. Numbers are text and are read aloud with the label they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from . import look
from .fonts import printable, width
from .lines import Line, break_lines
from .pen import Pen
from .strips import Draw, Strip, nothing, together

MOST_SERIES: Final = 3
"""More ways of filling cannot be told apart in grey."""

_TEXT: Final = look.FURNITURE
_NUMBER: Final = look.FURNITURE.but(colour=look.INK)
_LABEL: Final = look.CELL
_HATCH: Final = 2.6
_WIDEST_GROUP: Final = 62.0
_NARROWEST_BAR: Final = 8.0
_WIDEST_BAR: Final = 22.0
_BETWEEN: Final = 9.0
_TALL: Final = 96.0
_BAR_HIGH: Final = 9.0
_FEW_ROWS: Final = 15


@dataclass(frozen=True, slots=True)
class Bar:
    """One label with a number for each series."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars on one scale. ``series`` names what is counted, for the key; empty where it is one.

    Raises ValueError for numbers below zero, for more than ``MOST_SERIES`` series, and where a
    bar has not a number for each of them: such a chart could not be read.
    """

    bars: tuple[Bar, ...]
    series: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wide = max(len(self.series), 1)
        if wide > MOST_SERIES:
            raise ValueError(f"no more than {MOST_SERIES} series can be told apart")
        for bar in self.bars:
            if len(bar.values) != wide:
                raise ValueError("each bar needs a number for each series")
            if min(bar.values) < 0:
                raise ValueError("a bar cannot show less than nothing")

    @property
    def most(self) -> int:
        """The largest number, which the scale is made for; at least 1."""
        return max((value for bar in self.bars for value in bar.values), default=0) or 1

    @property
    def said(self) -> str:
        """The chart in words, for whoever cannot see it."""
        names = self.series or ("",)
        return " ".join(
            f"{bar.label}: "
            + ", ".join(f"{n} {v}".strip() for n, v in zip(names, bar.values, strict=True))
            + "."
            for bar in self.bars
        )

    @property
    def words(self) -> Iterator[str]:
        """Every label and name of a series."""
        yield from self.series
        yield from (bar.label for bar in self.bars)


def upright_strips(chart: BarChart, left: float, room: float) -> list[Strip]:
    """Upright bars in groups. What is too wide for the page goes on below, on the same scale."""
    if not chart.bars:
        return []
    group = _group_wide(chart)
    per_band = max(1, int(room / group))
    bands = -(-len(chart.bars) // per_band)
    per_band = -(-len(chart.bars) // bands)  # as many in each band, so that no band is ragged
    group = min(room / per_band, max(group, _WIDEST_GROUP))
    strips = _key(chart.series, left, room)
    for first in range(0, len(chart.bars), per_band):
        bars = chart.bars[first : first + per_band]
        labels = [_broken(bar.label, group - 4.0) for bar in bars]
        deep = max(len(lines) for lines in labels)
        band = _Band(bars, labels, chart.most, left, group)
        high = _TEXT.leading + _TALL + 4.0 + deep * _TEXT.leading
        strips.append(Strip(high, band.draw, look.SPACE_M))
    strips[0].gap = look.SPACE_M
    return strips


def across_strips(chart: BarChart, left: float, room: float) -> list[Strip]:
    """Level bars, one row for each label; a row is never parted, nor a chart of a few rows."""
    if not chart.bars:
        return []
    widest = max(width(printable(bar.label), _LABEL.face, _LABEL.size) for bar in chart.bars)
    label_room = min(widest, room * 0.42)
    number_room = max(_wide(value) for bar in chart.bars for value in bar.values) + 6.0
    start = left + label_room + 10.0
    scale = (left + room - start - number_room) / chart.most
    strips = _key(chart.series, left, room)
    for bar in chart.bars:
        lines = break_lines(bar.label, _LABEL, label_room + 0.01)
        bars_high = len(bar.values) * (_BAR_HIGH + 2.0)
        high = max(len(lines) * _LABEL.leading, bars_high) + 4.0
        strips.append(Strip(high, _level(bar, lines, left, start, scale, high)))
    strips[0].gap = look.SPACE_M
    return together(strips) if len(chart.bars) <= _FEW_ROWS else strips


def _wide(value: int) -> float:
    return width(f"{value:,}", _NUMBER.face, _NUMBER.size)


def _group_wide(chart: BarChart) -> float:
    """How wide a group must be, so that no number or word of a label touches its neighbour."""
    number = max(_wide(value) for bar in chart.bars for value in bar.values)
    each = max(number + 3.0, _NARROWEST_BAR)
    words = (word for bar in chart.bars for word in printable(bar.label).split())
    word = max((width(word, _TEXT.face, _TEXT.size) for word in words), default=0.0)
    return max(each * len(chart.bars[0].values) + _BETWEEN, min(word, 90.0) + 6.0)


def _broken(label: str, room: float) -> list[Line]:
    return break_lines(label, _TEXT, room)


@dataclass(frozen=True, slots=True)
class _Band:
    """Groups of upright bars side by side on one line."""

    bars: Sequence[Bar]
    labels: Sequence[list[Line]]
    most: int
    left: float
    group: float

    def draw(self, pen: Pen, y: float) -> None:
        """Draws label and bars of one group after the other, in the order of reading."""
        floor = y + _TEXT.leading + _TALL
        right = self.left + self.group * len(self.bars)
        for place, bar in enumerate(self.bars):
            x = self.left + place * self.group
            for number, line in enumerate(self.labels[place]):
                at = x + (self.group - line.width) / 2
                pen.line(line, at, floor + 4.0 + number * _TEXT.leading, _TEXT)
            self._group(pen, bar, x, floor)
        pen.rule(self.left, right, floor, look.MUTED, 0.8)

    def _group(self, pen: Pen, bar: Bar, x: float, floor: float) -> None:
        count = len(bar.values)
        wide = min((self.group - _BETWEEN) / count, _WIDEST_BAR)
        start = x + (self.group - wide * count) / 2
        for number, value in enumerate(bar.values):
            high = _TALL * value / self.most
            at = start + number * wide
            style = _NUMBER if value else _TEXT
            middle = at + (wide - _wide(value)) / 2
            pen.words(f"{value:,}", middle, floor - high - _TEXT.leading, style)
            if value:
                _FILLS[number](pen, at + 0.8, floor - high, wide - 1.6, high)


def _level(
    bar: Bar, lines: Sequence[Line], left: float, start: float, scale: float, high: float
) -> Draw:
    def draw(pen: Pen, y: float) -> None:
        top = y + (high - len(lines) * _LABEL.leading) / 2
        for number, line in enumerate(lines):
            pen.line(line, left, top + number * _LABEL.leading, _LABEL)
        each = _BAR_HIGH + 2.0
        top = y + (high - len(bar.values) * each) / 2 + 1.0
        for number, value in enumerate(bar.values):
            at = top + number * each
            long = value * scale
            if value:
                _FILLS[number](pen, start, at, long, _BAR_HIGH)
            style = _NUMBER if value else _TEXT
            pen.words(f"{value:,}", start + long + 4.0, at - 1.0, style)
        pen.rule(start, start + 0.8, y + high / 2, look.MUTED, high)

    return draw


def _key(series: Sequence[str], left: float, room: float) -> list[Strip]:
    """What each filling stands for; needed only where there are several."""
    if len(series) < 2:
        return []
    rows: list[list[tuple[int, str, float]]] = [[]]
    x = left
    for number, name in enumerate(series):
        words = printable(name)
        wide = 14.0 + width(words, _LABEL.face, _LABEL.size) + 16.0
        if rows[-1] and x + wide > left + room:
            rows.append([])
            x = left
        rows[-1].append((number, words, x))
        x += wide

    def drawn(row: Sequence[tuple[int, str, float]]) -> Draw:
        def draw(pen: Pen, y: float) -> None:
            for number, words, x in row:
                _FILLS[number](pen, x, y + 2.5, 8.0, 8.0)
                pen.words(words, x + 13.0, y, _LABEL)

        return draw

    strips = [Strip(_LABEL.leading + 1.0, drawn(row), stay=True) for row in rows]
    return [*strips, Strip(2.0, nothing, stay=True)]


def _solid(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    pen.fill(x, y, wide, high, look.ACCENT)


def _pale(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    pen.fill(x, y, wide, high, look.LINE)
    pen.frame(x, y, wide, high, look.MUTED)


def _hatched(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    at = y + _HATCH
    while at < y + high - 0.5:
        pen.rule(x, x + wide, at, look.MUTED, 0.7)
        at += _HATCH
    pen.frame(x, y, wide, high, look.MUTED)


_Fill = Callable[[Pen, float, float, float, float], None]
_FILLS: Final[tuple[_Fill, ...]] = (_solid, _pale, _hatched)
