"""Plain text into PDF pages; used inside workers only.

Letters keep their order and their line breaks; long lines are broken at spaces. A letter that no
font here has is shown as a stand-in (�) that is known as that letter, so that it can be searched
and marked all the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents.typefaces import Face, Typefaces
from dpdesk.errors import UnreadableFile
from dpdesk.law.accents import in_form
from dpdesk.walls.workers import Limits

_SIZE: Final = 10.5
_LEADING: Final = 14.5
_MARGIN: Final = 56.0
_TAB: Final = 8
_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_BACKWARDS: Final = re.compile(f"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT} ]*[{_RIGHT_TO_LEFT}])?")
_LINE_BREAKS: Final = str.maketrans({"\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def to_pdf(text: str, limits: Limits) -> tuple[bytes, list[str]]:
    """A4 pages with the text, and warnings.

    Raises UnreadableFile where it has no letters, or fills more pages than the limits allow.
    """
    if not text.strip():
        raise UnreadableFile("This text file contains nothing but spaces.", "Ask for it again.")
    faces = Typefaces()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, pageCompression=1, invariant=1)
    width, height = A4
    pages, y = 0, 0.0
    for line in _lines(text, faces, width - 2 * _MARGIN):
        if line is None or y < _MARGIN:
            if pages:
                canvas.showPage()
            pages, y = pages + 1, height - _MARGIN - _SIZE
            if pages > limits.pages:
                raise UnreadableFile(
                    f"This text would fill more than {limits.pages:,} pages.",
                    "Split it into parts, and add those.",
                )
        if line:
            _draw(canvas, faces.face(), line, y)
        if line is not None:
            y -= _LEADING
    canvas.showPage()
    canvas.save()
    return made.getvalue(), faces.warnings()


def as_printed(line: str) -> str:
    """The line from left to right as it stands on paper, whatever the script."""
    return _BACKWARDS.sub(lambda stretch: stretch[0][::-1], line)


def _draw(canvas: Any, face: Face, line: str, y: float) -> None:
    visual = as_printed(line)
    writer = canvas.beginText(_MARGIN, y)
    for font, piece in face.pieces(visual):
        writer.setFont(font, _SIZE)
        writer.textOut(piece)
    canvas.drawText(writer)


def _lines(text: str, faces: Typefaces, width: float) -> Iterator[str | None]:
    """Lines that fit the width; None for a new page."""
    yield None
    plain = in_form("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, sheet in enumerate(plain.translate(_LINE_BREAKS).split("\f")):
        if number:
            yield None
        for line in sheet.split("\n"):
            yield from _fitting(faces.known(line.expandtabs(_TAB)).rstrip(), faces.face(), width)


def _fitting(line: str, face: Face, width: float) -> Iterator[str]:
    start, space, used = 0, -1, 0.0
    for index, letter in enumerate(line):
        used += face.width(letter, _SIZE)
        if used > width and index > start:
            if space > start:
                yield line[start:space].rstrip()
                start = space + 1
            else:
                yield line[start:index]
                start = index
            space = -1
            used = face.width(line[start : index + 1], _SIZE)
        if letter == " " and line[start:index].strip():
            space = index
    yield line[start:]
