"""The words that a program laid over a scan are believed where they lie on words of its picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents import pdf, words

LINES = (
    "Report about the outing on Monday",
    "Harry Skywalker came late to school",
    "because nobody had opened the gates",
    "and Leia Organa waited near the pond",
)
DOTS = 150 / 72  # pixels of the scan for each point
Change = Callable[[ImageDraw.ImageDraw, tuple[float, float, float, float]], None]


def scan(
    *,
    shift: tuple[float, float] = (0, 0),
    over: str = "",
    change: Change | None = None,
    drawn: tuple[float, float, float, float] | None = None,
) -> bytes:
    """A scanned page with a layer of words; ``change`` is done to the picture at the word ``over``.

    ``shift`` moves the layer, ``drawn`` is a box (points from the word's left end, and its
    middle) that the PDF paints over the picture at the same word.
    """
    picture = Image.new("L", (round(595 * DOTS), round(842 * DOTS)), 243)
    brush, face = ImageDraw.Draw(picture), ImageFont.load_default(25)
    layer, marked = [], (0.0, 0.0, 0.0, 0.0)
    for row, line in enumerate(LINES):
        for place, word in enumerate(line.split()):
            before = face.getlength("".join(f"{each} " for each in line.split()[:place]))
            left, width, base = 150 + before, face.getlength(word), 200 + 44 * row
            brush.text((left, base), word, fill=30, font=face, anchor="ls")
            layer.append((word, left / DOTS, 842 - base / DOTS, width / DOTS))
            if word == over:
                marked = (left - 3, base - 22, left + width + 3, base + 7)
    if change:
        change(brush, marked)
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    for word, x, y, width in layer:
        text = canvas.beginText(x + shift[0], y + shift[1])
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 11)
        text.setHorizScale(100 * width / canvas.stringWidth(word, "Helvetica", 11))
        text.textOut(word)
        canvas.drawText(text)
    if drawn:
        x0, y0, wide, high = drawn
        canvas.rect(marked[0] / DOTS + x0, 842 - marked[3] / DOTS + y0, wide, high, fill=1)
    canvas.save()
    return made.getvalue()


def read(content: bytes) -> words.Reading:
    document = pdf.open_pdf(content)
    try:
        return words.read_closely(document, 0)
    finally:
        document.close()


def unseen(reading: words.Reading) -> Sequence[str]:
    return [reading.page.words[number].text for number in sorted(reading.page.unseen)]


def test_the_words_of_a_scan_can_be_found_and_are_seen() -> None:
    reading = read(scan())
    assert reading.page.text() == "\n".join(LINES)
    assert not reading.page.unseen
    assert not reading.told
    assert not reading.misplaced


@pytest.mark.parametrize("shift", [(0, -21.1), (0, 21.1), (0, 12), (14, 0), (-20, 5)])
def test_a_layer_that_was_shifted_is_not_believed_and_told_as_such(
    shift: tuple[float, float],
) -> None:
    reading = read(scan(shift=shift))
    assert reading.misplaced
    assert not reading.told
    assert len(reading.page.unseen) == len(reading.page.words)


@pytest.mark.parametrize("shift", [(0, 1.5), (0, -1.5), (0.6, 0)])
def test_a_layer_that_lies_a_little_off_is_believed(shift: tuple[float, float]) -> None:
    assert not read(scan(shift=shift)).page.unseen


def _bar(brush: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    brush.rectangle(box, fill=20)


def _white(brush: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    brush.rectangle(box, fill=243)


def _hatching(brush: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = box
    for step in range(0, int(x1 - x0), 6):
        brush.line((x0 + step, y1, x0 + step + 14, y0), fill=20, width=3)


def _scribble(brush: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = box
    for step in range(0, int(x1 - x0) - 4, 8):
        brush.line((x0 + step, y0, x0 + step + 4, y1, x0 + step + 8, y0), fill=20, width=3)


def _mosaic(brush: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = (int(side) for side in box)
    for x in range(x0, x1, 9):
        for y in range(y0, y1, 9):
            brush.rectangle((x, y, x + 8, y + 8), fill=120 + 37 * (x * y % 3))


@pytest.mark.parametrize("change", [_bar, _white, _hatching, _scribble, _mosaic])
def test_a_word_that_was_made_unreadable_in_the_scan_is_unseen(change: Change) -> None:
    assert unseen(read(scan(over="Skywalker", change=change))) == ["Skywalker"]


@pytest.mark.parametrize("change", [_bar, _white])
def test_a_word_that_was_blackened_in_the_scan_is_told(change: Change) -> None:
    assert read(scan(over="Skywalker", change=change)).told == 1


def test_a_word_that_the_file_paints_over_is_unseen_and_told() -> None:
    reading = read(scan(over="Organa", drawn=(0, 3, 44, 8)))
    assert unseen(reading) == ["Organa"]
    assert reading.told == 1
