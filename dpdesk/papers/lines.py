"""Breaking text into lines.

A paragraph is a sequence of spans (a piece of text in one face, colour and link). Breaks are
looked for at spaces first, inside a word only where the word alone is wider than the line.
The work grows with the number of characters and with nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from .fonts import Face, advances, printable, width
from .look import Style


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one face; ``link`` is the address it leads to, if any."""

    text: str
    face: Face | None = None
    colour: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: its spans in reading order and its width in points."""

    spans: tuple[Span, ...]
    width: float


_WORD = re.compile(r"\n|[^ \n]+")
# Inside a word that is too long by itself, after these the break reads best.
_SEAM = re.compile(r"[^\-–—/@._]*[\-–—/@._]+|[^\-–—/@._]+")

Text = str | Sequence[Span | str]


def spans_of(text: Text) -> tuple[Span, ...]:
    """The spans of a text, made printable."""
    pieces = (text,) if isinstance(text, str) else text
    given = [Span(piece) if isinstance(piece, str) else piece for piece in pieces]
    return tuple(
        Span(printable(span.text), span.face, span.colour, span.link) for span in given if span.text
    )


def words_of(text: Text) -> str:
    """The bare words of a text."""
    if isinstance(text, str):
        return text
    return "".join(piece if isinstance(piece, str) else piece.text for piece in text)


def break_lines(text: Text, style: Style, room: float) -> list[Line]:
    """The lines of a text set in ``style`` within ``room`` points; an empty text has none."""
    spans = spans_of(text)
    whole = "".join(span.text for span in spans)
    if not whole.strip():
        return []
    if len(spans) == 1 and "\n" not in whole:
        whole = whole.rstrip(" ")
        wide = width(whole, spans[0].face or style.face, style.size)
        if wide <= room:
            one = Span(whole, spans[0].face, spans[0].colour, spans[0].link)
            return [Line((one,), wide)]
    edges = list(
        accumulate(
            chain.from_iterable(
                map(advances(span.face or style.face).__getitem__, span.text) for span in spans
            ),
            initial=0.0,
        )
    )
    stretch = room / style.size
    return [
        Line(tuple(_cut(spans, start, end)), (edges[end] - edges[start]) * style.size)
        for start, end in _breaks(whole, edges, stretch)
    ]


def _breaks(whole: str, edges: list[float], stretch: float) -> Iterator[tuple[int, int]]:
    """Start and end of each line, in characters; ``stretch`` is the room at one point."""
    start: int | None = None
    end = 0
    for word in _WORD.finditer(whole):
        first, last = word.span()
        if word.group() == "\n":
            yield (end, end) if start is None else (start, end)
            start, end = None, last
            continue
        if start is None:
            start = (
                end
                if not whole[end:first].strip(" ") and _fits(edges, end, last, stretch)
                else first
            )
        elif not _fits(edges, start, last, stretch):
            yield start, end
            start = first
        if not _fits(edges, start, last, stretch):
            for cut in _seams(whole, edges, first, last, stretch):
                yield start, cut
                start = cut
        end = last
    if start is not None:
        yield start, end


def _fits(edges: list[float], start: int, end: int, stretch: float) -> bool:
    return edges[end] - edges[start] <= stretch + 1e-6


def _seams(whole: str, edges: list[float], first: int, last: int, stretch: float) -> list[int]:
    """Where to cut a word that is wider than the line; the last piece fits by itself."""
    cuts: list[int] = []
    start, seam = first, first
    for piece in _SEAM.finditer(whole, first, last):
        if not _fits(edges, start, piece.end(), stretch):
            if seam > start:
                cuts.append(seam)
                start = seam
            for index in range(piece.start() + 1, piece.end()):
                if not _fits(edges, start, index + 1, stretch):
                    cut = index
                    while cut > start + 1 and unicodedata.combining(whole[cut]):
                        cut -= 1
                    cuts.append(cut)
                    start = cut
        seam = piece.end()
    return cuts


def _cut(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The part of the spans between two characters of the paragraph."""
    at = 0
    for span in spans:
        low, high = max(start, at), min(end, at + len(span.text))
        if low < high:
            yield Span(span.text[low - at : high - at], span.face, span.colour, span.link)
        at += len(span.text)
        if at >= end:
            return
