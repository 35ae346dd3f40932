"""What one look at a scan leaves over is read by another."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageDraw

from dpdesk.documents.ocr_rest import without_rules
from dpdesk.documents.render import PageRenderer
from dpdesk.walls.workers import Limits
from tests.builders import a_request, grain
from tests.documents.makers import lato

DOTS = 200
TEXT = (
    "Notes of the office about the week", "On Monday the class went to the farm",
    "Agnes Beispiel was late for the bus", "and Harry Muster sat beside the door",
    "The office will ring home about it", "Nobody else was seen in the yard",
)  # fmt: skip
NAMES = {"Agnes", "Beispiel", "Harry", "Muster"}


@pytest.fixture(scope="module")
def reader():
    """One reader of letters for all tests: starting it is the slow part."""
    with PageRenderer(Limits(seconds=60), documents=1) as started:
        yield started


@pytest.fixture
def states() -> list[str]:
    """How far the reading of each picture came."""
    return []


@pytest.fixture
def read(desk, reader, monkeypatch, states):
    """The words that are read from a picture."""
    monkeypatch.setattr(desk.scans, "_reader", reader)
    entry = a_request(desk)

    def words(sheet: Image.Image) -> set[str]:
        content = io.BytesIO()
        sheet.save(content, "PNG", dpi=(DOTS, DOTS))
        card = desk.documents.add("requests", entry.id, "scan.png", content.getvalue())
        desk.scans.read(desk.scans.waiting())
        states.append(desk.scans.of_document(card.id)[0].state)
        return {word.text for word in desk.documents.searchable(card.id, 0).words}

    yield words
    monkeypatch.undo()


def sheet(lines=TEXT, ink: int = 0, size: int = 34, high: int = 480) -> Image.Image:
    made = Image.new("L", (900, high), 255)
    pen = ImageDraw.Draw(made)
    for place, line in enumerate(lines):
        pen.text((60, 30 + 70 * place), line, ink, font=lato(size))
    return made


def half_turned() -> Image.Image:
    """Two halves of a sheet, the lower of them upside down."""
    made = Image.new("L", (900, 1300), 255)
    above = ("Minutes of the board of governors", *(2 * TEXT[4:]), "They met in the hall", "again")
    made.paste(sheet(above, size=36, high=800))
    made.paste(sheet().rotate(180), (0, 800))
    return made


def marked() -> Image.Image:
    """Lines under marker of two colours, of which a copier makes grey."""
    over = Image.new("RGB", (900, 480), "white")
    pen = ImageDraw.Draw(over)
    for place in (1, 2, 3):
        colour = (255, 240, 0) if place % 2 else (255, 90, 180)
        pen.rectangle((45, 26 + 70 * place, 860, 74 + 70 * place), fill=colour)
    return ImageChops.multiply(sheet().convert("RGB"), over)


def ruled() -> Image.Image:
    """Lines through the words."""
    made = sheet()
    pen = ImageDraw.Draw(made)
    for place in range(1, 4):
        pen.line((50, 60 + 70 * place, 850, 60 + 70 * place), fill=0, width=2)
    return made


@pytest.mark.parametrize("draw", [half_turned, marked, lambda: sheet(ink=235)])
def test_names_on_a_hard_page_are_read(read, draw, states):
    assert read(draw()) >= NAMES
    assert states == ["read"]


def cut_off() -> Image.Image:
    """A line of which the edge of the sheet leaves only the feet."""
    made = sheet()
    made.paste(sheet().crop((0, 190, 900, 201)), (0, 0))
    return made


def scrawled() -> Image.Image:
    """Lines that nobody can read, as of handwriting."""
    made = sheet()
    pen = ImageDraw.Draw(made)
    for line in (380, 420):
        for place in range(60, 800, 14):
            pen.line((place, line, place + 5, line + 22, place + 9, line + 4), 30, 3)
    return made


@pytest.mark.parametrize("draw", [cut_off, scrawled])
def test_a_page_with_writing_that_was_not_read_says_so(read, draw, states):
    assert read(draw()) >= NAMES
    assert states == ["partly"]


def test_a_page_with_a_picture_of_no_words_keeps_what_was_read(read):
    made = sheet()
    made.paste(grain((300, 200), 90), (550, 260))
    assert read(made) >= {"Agnes", "Beispiel", "Notes", "Monday"}


def test_a_line_through_words_is_taken_away_and_their_strokes_stay():
    clean = without_rules(ruled(), DOTS)
    plain = sheet()
    assert ImageChops.difference(ruled(), plain).crop((600, 0, 800, 480)).getbbox()
    assert not ImageChops.difference(clean, plain).crop((700, 0, 800, 480)).getbbox()
    harmed = ImageChops.difference(clean, plain).point([0] * 150 + [255] * 106).histogram()[255]
    assert harmed < 0.05 * plain.point([255] * 128 + [0] * 128).histogram()[255]
