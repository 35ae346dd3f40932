"""The documents of the example school, drawn as the files of schools look."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_lato
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from dpdesk import resources


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A file as it would come: its name and its content."""

    name: str
    content: bytes


_LATO = Path(fontpkg_lato.ROOT) / "files"
_BODY, _BOLD = "ExampleBody", "ExampleBold"


@cache
def _stories() -> dict[str, Any]:
    return resources.toml("example", "stories.toml")


def _fonts() -> None:
    if _BODY not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_BODY, str(_LATO / "Lato-Regular.ttf")))
        pdfmetrics.registerFont(TTFont(_BOLD, str(_LATO / "Lato-Bold.ttf")))


def _style(size: float = 11.5, *, bold: bool = False, after: float = 6) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{after}",
        fontName=_BOLD if bold else _BODY,
        fontSize=size,
        leading=size * 1.45,
        spaceAfter=after,
    )


def _pdf(pages: Sequence[Sequence[Any]]) -> bytes:
    """Pages of flowing blocks as a PDF that is the same every time."""
    buffer = io.BytesIO()
    paper = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=64,
        rightMargin=64,
        topMargin=60,
        bottomMargin=60,
        invariant=1,
        title="",
        author="",
    )
    flow: list[Any] = []
    for number, page in enumerate(pages):
        flow += [PageBreak()] if number else []
        flow += page
    paper.build(flow)
    return buffer.getvalue()


def _words(text: str, style: ParagraphStyle | None = None) -> list[Any]:
    """Paragraphs; an empty line in the text parts them."""
    escaped = text.strip().replace("&", "&amp;").replace("<", "&lt;")
    return [
        Paragraph(part.replace("\n", "<br/>"), style or _style()) for part in escaped.split("\n\n")
    ]


def _table(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    small = _style(10, after=0)
    head = _style(10, bold=True, after=0)
    cells = [
        [Paragraph(cell, small if number else head) for cell in row]
        for number, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=list(widths), repeatRows=1)
    table.setStyle(
        TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.4, "#999999"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        )
    )
    return table


def letter() -> ExampleFile:
    """A letter from a parent, of one page."""
    _fonts()
    return ExampleFile(
        "Letter from a parent.pdf", _pdf([_words(_stories()["letter"], _style(12, after=16))])
    )


def emails() -> ExampleFile:
    """Printed e-mails between teachers, one a page."""
    _fonts()
    head = _style(10.5, after=16)
    pages = [
        [
            *_words(f"From: {each['sender']}\nTo: {each['to']}\nSubject: {each['subject']}", head),
            *_words(each["text"], _style(after=12)),
        ]
        for each in _stories()["emails"]
    ]
    return ExampleFile("E-mails about Class 5B.pdf", _pdf(pages))


def incidents() -> ExampleFile:
    """The incident log of a class, a table on one page."""
    _fonts()
    rows = [["When", "Who", "What happened", "Recorded by"]] + [
        [each["when"], each["who"], each["what"], each["noted_by"]]
        for each in _stories()["incidents"]
    ]
    page = [
        *_words("Incident log, Class 5B", _style(14, bold=True)),
        _table(rows, (62, 92, 232, 80)),
    ]
    return ExampleFile("Incident log 5B.pdf", _pdf([page]))


def pupil_file() -> ExampleFile:
    """A pupil file of twelve pages."""
    _fonts()
    pages = []
    sheets = _stories()["pupil_file"]
    for number, sheet in enumerate(sheets, 1):
        foot = f"Pupil file · Aoife O’Brien · sheet {number} of {len(sheets)}"
        report = sheet["title"].startswith("Report")
        pages.append(
            [
                *_words("Example School · Pupil record · Confidential", _style(9, after=14)),
                *_words(sheet["title"], _style(16, bold=True, after=10)),
                *([_remarks(number), Spacer(1, 16)] if report else []),
                *_words(sheet["text"], _style(after=10)),
                Spacer(1, 24),
                *_words(foot, _style(8)),
            ]
        )
    return ExampleFile("Pupil file.pdf", _pdf(pages))


def _remarks(number: int) -> Table:
    """What a report says of each subject."""
    remarks = _stories()["remarks"]
    rows = [("Subject", "Remark")] + [
        (subject, remarks[(place * 3 + number) % len(remarks)])
        for place, subject in enumerate(_stories()["subjects"])
    ]
    return _table(rows, (130, 336))


def personnel_file() -> ExampleFile:
    """A personnel file of three pages."""
    _fonts()
    pages = [
        [*_words(sheet["title"], _style(14, bold=True)), *_words(sheet["text"])]
        for sheet in _stories()["personnel_file"]
    ]
    return ExampleFile("Personnel file.pdf", _pdf(pages))


def notes() -> ExampleFile:
    """Typed notes of a meeting, as plain text."""
    return ExampleFile("Notes of the meeting.txt", _stories()["notes"].encode())


def scan() -> ExampleFile:
    """A typed note that was put on a scanner, a little askew: a picture without words."""
    page = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(page)
    face = ImageFont.truetype(_LATO / "Lato-Regular.ttf", 34)
    for number, line in enumerate(_stories()["scanned"].splitlines()):
        draw.text((150, 190 + 58 * number), line, fill=40, font=face)
    specks = random.Random(5)  # noqa: S311 — dust on the glass, not a secret
    for _ in range(400):
        x, y = specks.randrange(1240), specks.randrange(1754)
        draw.point((x, y), fill=specks.randrange(120, 230))
    turned = page.rotate(0.7, resample=Image.Resampling.BICUBIC, fillcolor=250)
    buffer = io.BytesIO()
    turned.save(buffer, "JPEG", quality=80, dpi=(150, 150))
    return ExampleFile("Scan of a first-aid note.jpg", buffer.getvalue())
