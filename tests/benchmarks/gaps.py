"""Somebody who tries to read removed names off their gaps, and how far they get.

They know everything but the name: the words around it, the typeface, how the lines were broken,
and every name that it could be. They print each candidate, remove it as dpdesk does, and keep
those whose page cannot be told from the one in their hand: the edges of all ink to 0.13 point,
and each word of the text layer.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from dpdesk.disclosure.bundle import DPI
from dpdesk.disclosure.burn import burn
from dpdesk.disclosure.page_task import PageTask
from dpdesk.disclosure.plan import MarkKind, PlannedMark
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.words import read_page

SURNAMES = tuple(Path(__file__).with_name("surnames.txt").read_text("utf-8").split())
"""500 common British surnames."""
SLACK = 0.13
"""How far edges of ink may lie apart and still count as the same, in points."""
SENTENCES = (
    (
        "On the Monday before half term {} was seen outside of the sports hall with two others, "
        "and the caretaker told them that the doors had been locked since four o'clock."
    ),
    (
        "The form tutor wrote that she had spoken with both parents of {} on the telephone and "
        "that they would come in on Thursday morning before lessons begin."
    ),
)

_WIDTH, _HEIGHT, _MARGIN = 612, 144, 72
_TOP = 96  # the first line, from the foot
_ABOVE = "These notes were made on the day and are kept with the file until the end of the year."


@dataclass(frozen=True)
class Setting:
    """How names are printed: one text for each name, in lines of an even or ragged end."""

    font: str
    size: int
    text: str
    spread: bool = False
    ruled: bool = False
    """A line runs below the text, as in a form that is filled in."""

    def lines(self, name: str) -> list[str]:
        """The text broken into lines as word processors do."""
        lines: list[str] = []
        for word in self.text.format(name).split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and stringWidth(longer, self.font, self.size) <= _WIDTH - 2 * _MARGIN:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def draw(self, canvas: Canvas, name: str) -> None:
        """Prints a page with this name on it."""
        lines = self.lines(name)
        canvas.setFont(self.font, self.size)
        canvas.drawString(_MARGIN, _TOP + 1.2 * self.size, _ABOVE)
        for rank, line in enumerate(lines):
            text = canvas.beginText(_MARGIN, _TOP - 1.2 * self.size * rank)
            spread = self.spread and rank + 1 < len(lines)
            free = _WIDTH - 2 * _MARGIN - stringWidth(line, self.font, self.size)
            text.setWordSpace(free / line.count(" ") if spread else 0)
            text.textOut(line)
            canvas.drawText(text)
        if self.ruled:
            canvas.line(_MARGIN, _TOP - 2, _WIDTH - _MARGIN, _TOP - 2)
        canvas.showPage()


Print = tuple[tuple[int, ...], tuple[float, ...], bytes]
"""What somebody has of a page: the words of each line, the edges of its ink, its text layer."""


def prints(setting: Setting, names: Sequence[str], kind: MarkKind) -> list[Print]:
    """What is left of each page after its name was removed with a mark of this kind."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    for name in names:
        setting.draw(canvas, name)
    canvas.save()
    document = open_pdf(out.getvalue())
    try:
        return [_print(document, index, (setting, kind), name) for index, name in enumerate(names)]
    finally:
        document.close()


def _print(document: Any, index: int, how: tuple[Setting, MarkKind], name: str) -> Print:
    setting, kind = how
    page = read_page(document, index)
    marks = tuple(
        PlannedMark(1, word.box, "TP-16", kind)
        for word in page.words
        if word.text.strip(",.") == name
    )
    assert len(marks) == 1
    made = burn(document, PageTask(1, "a", index, page, marks, "", None, DPI, {}))
    scale = made.pixels[0] / made.part.width, made.pixels[1] / made.part.height
    shown = Image.new("L", (round(_WIDTH * scale[0]), round(_HEIGHT * scale[1])), 0)
    ink = ImageChops.invert(_decoded(made.pixels, made.picture).convert("L"))
    shown.paste(ink, (round(made.part.x0 * scale[0]), round(made.part.y0 * scale[1])))
    edges: list[float] = []
    for rank in range(len(setting.lines(name))):
        foot = _HEIGHT - _TOP + setting.size * (1.2 * rank + 0.3)
        rows = round((foot - 1.2 * setting.size) * scale[1]), round(foot * scale[1])
        edges += _edges(shown.crop((0, rows[0], shown.width, rows[1])), scale)
    breaks = tuple(line.count(" ") for line in setting.lines(name))
    return breaks, tuple(edges), made.words


def _edges(line: Image.Image, scale: tuple[float, float]) -> Iterator[float]:
    """Where ink begins and ends in a line, across and down, in points.

    Across, only what is above the line on which letters stand: a rule below hides the rest.
    """
    _, rows = line.getprojection()
    columns, _ = line.crop((0, 0, line.width, round(0.65 * line.height))).getprojection()
    yield from (rows.index(1) / scale[1], bytes(rows).rindex(1) / scale[1]) if 1 in rows else ()
    for place in range(1, len(columns)):
        if columns[place] != columns[place - 1]:
            yield place / scale[0]


def _decoded(size: tuple[int, int], content: bytes) -> Image.Image:
    """A fax picture, by putting the head of a TIFF file before it."""
    fields = {256: size[0], 257: size[1], 258: 1, 259: 4, 262: 0, 273: 122, 277: 1, 278: size[1]}
    fields[279] = len(content)
    head = b"II*\0\x08\0\0\0" + len(fields).to_bytes(2, "little")
    for tag, value in fields.items():
        head += tag.to_bytes(2, "little") + b"\x04\0\x01\0\0\0" + value.to_bytes(4, "little")
    return Image.open(io.BytesIO(head + bytes(4) + content))


def alike(one: Print, other: Print) -> bool:
    """Whether two paragraphs cannot be told from each other."""
    if one[0] != other[0] or one[2] != other[2] or len(one[1]) != len(other[1]):
        return False
    return all(abs(a - b) <= SLACK for a, b in zip(one[1], other[1], strict=True))


def could_be(found: Sequence[Print]) -> list[int]:
    """For each name, how many names it could be, itself among them."""
    kinds: dict[Print, int] = {}
    for each in found:
        kinds[each] = kinds.get(each, 0) + 1
    counts = {
        one: sum(count for other, count in kinds.items() if alike(one, other)) for one in kinds
    }
    return [counts[each] for each in found]
