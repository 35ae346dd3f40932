"""Pages that are pictures: read in the background, a help to search and mark, trusted by nobody."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.read_words import ReadWord, WordsRead, together, told
from dpdesk.documents.render import PageRenderer
from dpdesk.documents.words import read_page
from dpdesk.documents.words_read import BETTER
from dpdesk.errors import Cancelled, UnreadableFile
from dpdesk.walls.workers import Limits
from tests.builders import a_pdf, a_request, sent
from tests.documents.makers import lato, text, written

LINES = ("Meeting about Harry Beispiel", "Telephone 07700 900123", "He was seen by the office.")
DOTS = 200


def scan(*lines: str, turn: int = 0, slant: float = 0) -> bytes:
    """A sheet of paper as a scanner stores it, turned clockwise."""
    sheet = Image.new("L", (1000, 700), 250)
    pen = ImageDraw.Draw(sheet)
    for place, line in enumerate(lines or LINES):
        pen.text((80, 80 + 110 * place), line, 15, font=lato(46))
    if slant:
        sheet = sheet.rotate(slant, Image.Resampling.BICUBIC, expand=True, fillcolor=250)
    content = io.BytesIO()
    sheet.rotate(-turn, expand=True).save(content, "PNG", dpi=(DOTS, DOTS))
    return content.getvalue()


@pytest.fixture(scope="module")
def reader():
    """One reader of letters for all tests: starting it is the slow part."""
    with PageRenderer(Limits(seconds=60), documents=1) as started:
        yield started


@pytest.fixture
def entry(desk, reader, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(desk.scans, "_reader", reader)
        yield a_request(desk)


def _add(desk, entry, content, name="scan.png"):
    return desk.documents.add("requests", entry.id, name, content)


def _read(desk):
    return desk.scans.read(desk.scans.waiting())


def test_a_scan_waits_until_it_is_read_and_is_then_found_by_its_words(desk, entry):
    card = _add(desk, entry, scan())
    assert desk.scans.waiting() == [(card.id, 0)]
    assert desk.search.find("beispiel") == ()
    assert _read(desk) == 1
    assert desk.scans.waiting() == []
    assert desk.documents.searchable(card.id, 0).text().split("\n") == list(LINES)
    assert [(hit.entry_id, hit.page) for hit in desk.search.find("beispiel")] == [(entry.id, 1)]
    state = desk.scans.of_document(card.id)[0]
    assert (state.words, state.doubtful, state.fault) == (13, 0, "")
    assert state.engine.startswith("tesseract ")
    assert desk.check().problems == ()


def _line(words: str, size: int = 24) -> Image.Image:
    picture = Image.new("L", (round(lato(size).getlength(words)) + 20, round(1.6 * size)), 255)
    ImageDraw.Draw(picture).text((10, 4), words, 0, font=lato(size))
    return picture


def _beside_text(draw) -> bytes:
    return written([text("Robin was seen in the library."), draw])


def _outlines(canvas):
    """Shapes such as letters have that were made outlines: each of several curves."""
    for place in range(8):
        shape = canvas.beginPath()
        for ring in (6, 4, 2):
            shape.circle(60 + 14 * place, 500, ring)
        canvas.drawPath(shape, fill=1)


def _ruled(canvas):
    for place in range(60):
        canvas.rect(50, 100 + 6 * place, 400, 6)
    canvas.roundRect(40, 90, 500, 600, 8)


def _pasted(canvas):
    line = _line("Harry Beispiel")
    canvas.drawImage(ImageReader(line), 50, 500, line.width / 2, line.height / 2)


def test_a_small_picture_among_words_is_read_too_and_quickly(desk, entry):
    """A name that was pasted as a picture of one line takes a fiftieth of the page."""
    card = _add(desk, entry, _beside_text(_pasted), "letter.pdf")
    assert _read(desk) == 1
    page = desk.documents.searchable(card.id, 0)
    read = [page.words[place] for place in sorted(page.read)]
    assert [word.text for word in read] == ["Harry", "Beispiel"]
    assert Box(50, 320, 110, 345).contains(read[0].box)


@pytest.mark.parametrize(
    ("draw", "kind"),
    [(_pasted, "mixed"), (_outlines, "mixed"), (_ruled, "text")],
    ids=["a line in a picture", "outlines of letters", "a table and a box"],
)
def test_a_page_of_words_is_read_where_something_else_may_hold_words(draw, kind):
    document = open_pdf(_beside_text(draw))
    assert read_page(document, 0).kind == kind
    document.close()


def test_what_was_read_is_never_among_the_words_of_the_file(desk, entry):
    card = _add(desk, entry, scan())
    _read(desk)
    page = desk.documents.page(card.id, 0)
    assert (page.words, page.kind, page.read) == ((), "image", frozenset())


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_its_head_is_read(desk, entry, turn):
    card = _add(desk, entry, scan(turn=turn))
    _read(desk)
    text = desk.documents.searchable(card.id, 0).text().split()
    assert "Beispiel" in text
    assert "900123" in text


def test_a_mark_on_words_that_were_read_covers_all_of_their_ink_and_no_more(desk, entry):
    card = _add(desk, entry, scan(slant=3))
    _read(desk)
    found = desk.disclosure.review.find("requests", entry.id, "Beispiel")
    desk.disclosure.review.mark_found(found, "TP-16")
    (mark,) = desk.disclosure.review.marks(card.id, 0)
    # Kept exactly as it is: on a picture nobody knows what stands beside it.
    assert mark.kind == "box"
    box = mark.box
    with Image.open(io.BytesIO(scan(slant=3))) as sheet:
        pixels = sheet.point([255 if level < 140 else 0 for level in range(256)])
    scale = DOTS / 72
    x0, y0, x1, y1 = (round(side * scale) for side in (box.x0, box.y0, box.x1, box.y1))
    inside = pixels.crop((x0, y0, x1, y1)).histogram()[255]
    around = pixels.crop((x0 - 4, y0 - 4, x1 + 4, y1 + 4)).histogram()[255]
    assert inside == around > 1000


def test_what_is_stopped_goes_on_where_it_was(desk, entry):
    pages = [_add(desk, entry, scan("Number", each * 5), f"{each}.png") for each in "12"]
    seen = []
    with pytest.raises(Cancelled):
        desk.scans.read(
            desk.scans.waiting(),
            step=lambda done, total: seen.append((done, total)),
            cancelled=lambda: len(seen) == 2,
        )
    assert desk.scans.waiting() == [(pages[1].id, 0)]
    assert _read(desk) == 1
    assert "22222" in desk.documents.searchable(pages[1].id, 0).text()


def test_what_waits_is_found_without_going_through_every_page(desk):
    statements = [each for each in sent(desk, desk.scans.waiting) if "page_readings" in each[0]]
    assert statements
    with desk.workspace.database.engine.connect() as connection:
        for statement, parameters in statements:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [step for *_, step in found]
            assert not [s for s in steps if s.startswith(("SCAN page_r", "SCAN document_p"))], steps


def test_the_same_picture_under_two_entries_is_read_once(desk, entry, monkeypatch):
    other = a_request(desk)
    cards = [_add(desk, each, scan()) for each in (entry, other)]
    desk.scans.read([(cards[0].id, 0)])
    monkeypatch.setattr(desk.scans, "_fresh", lambda *_: pytest.fail("read a second time"))
    _read(desk)
    assert "Beispiel" in desk.documents.searchable(cards[1].id, 0).text()


def test_a_page_can_be_read_again_and_better(desk, entry):
    card = _add(desk, entry, scan())
    _read(desk)
    desk.scans.read([(card.id, 0)], BETTER)
    assert "thoroughly" in desk.scans.of_document(card.id)[0].settings
    assert "Beispiel" in desk.documents.searchable(card.id, 0).text()


def test_a_page_that_cannot_be_read_says_so_and_is_not_tried_for_ever(desk, entry, monkeypatch):
    card = _add(desk, entry, scan())

    def falls(*_question):
        raise UnreadableFile("This page could not be read.", "")

    with monkeypatch.context() as patched:
        patched.setattr(desk.scans._reader, "ask", falls)
        _read(desk)
    assert desk.scans.of_document(card.id)[0].fault == "This page could not be read."
    assert desk.scans.waiting() == []


def test_a_scan_put_back_after_it_was_removed_is_found_again(desk, entry):
    card = _add(desk, entry, scan())
    _read(desk)
    desk.documents.remove(card.id)
    assert desk.search.find("beispiel") == ()
    desk.documents.restore(card.id)
    assert len(desk.search.find("beispiel")) == 1


def test_pages_of_plain_text_do_not_wait(desk, entry):
    _add(desk, entry, a_pdf("Dear parents"), "letter.pdf")
    assert desk.scans.waiting() == []


# --- words of a file and words read, together -------------------------------------------------


def _word(text: str, x: float, y: float = 100, wide: float = 40) -> Word:
    return Word(text, Box(x, y, x + wide, y + 12))


def _read_word(text: str, x: float, y: float = 100, sure: int = 90) -> ReadWord:
    return ReadWord(text, _word(text, x, y).box, sure)


def test_words_of_the_file_keep_their_places_and_are_not_there_twice():
    page = Page(600, 800, (_word("Dear", 50), _word("hidden", 50, 300)), "mixed", frozenset({1}))
    found = (
        _read_word("Deer", 51, sure=80),
        _read_word("shown", 52, 300),
        _read_word("Max", 400, sure=40),
    )
    both = together(page, WordsRead(found))
    assert [word.text for word in both.words] == ["Dear", "hidden", "shown", "Max"]
    assert [sorted(places) for places in (both.unseen, both.read, both.doubtful)] == [
        [1],
        [2, 3],
        [3],
    ]


def test_a_reading_is_kept_without_loss_and_nonsense_of_a_worker_is_refused():
    reading = WordsRead((_read_word("Łódź", 51), _read_word("Max", 400, sure=40)), 180)
    assert WordsRead.unpack(reading.pack()) == reading
    with pytest.raises(UnreadableFile):
        WordsRead.unpack(reading.pack()[:-3])
    for texts, boxes, sure, turn in (
        (["two words"], [[0, 0, 9, 9]], [90], 0),
        (["a"], [[9, 0, 0, 9]], [90], 0),
        (["a"], [[0, 0, 9, 9]], [900], 0),
        (["a"], [[0, 0, 9, 9]], [90], 45),
        (["a", "b"], [[0, 0, 9, 9]], [90, 90], 0),
    ):
        with pytest.raises(ValueError, match=r"not|zip"):
            told(texts, boxes, sure, turn)


def test_a_word_beyond_the_edge_is_cut_to_the_page():
    page = Page(100, 100, (), "image")
    both = together(page, WordsRead((_read_word("edge", 80, 50), _read_word("out", 200, 50))))
    assert [(word.text, word.box.x1) for word in both.words] == [("edge", 100)]


# --- in the background ------------------------------------------------------------------------


def test_the_background_reads_what_waits_and_stops_and_goes_on_when_told(desk, entry):
    cards = [_add(desk, entry, scan("Number", each * 5), f"{each}.png") for each in "345"]
    reader = desk.reading_on
    reader.stop()
    reader.look()
    stopped = reader.wait(20)
    assert (stopped.running, stopped.stopped, stopped.left) == (False, True, 3)
    reader.go_on()
    done = reader.wait(60)
    assert (done.running, done.stopped, done.left) == (False, False, 0)
    assert reader.read_since(0) == tuple((card.id, 0) for card in cards)
    assert reader.read_since(2) == ((cards[2].id, 0),)
    reader.read_again([(cards[0].id, 0)])
    reader.wait(60)
    assert "thoroughly" in desk.scans.of_document(cards[0].id)[0].settings


def test_the_desk_closes_at_once_though_a_page_is_being_read(desk, entry):
    _add(desk, entry, scan(*["many words to be read here"] * 6))
    desk.reading_on.look()
    assert desk.reading_on.state().running
    began = time.monotonic()
    desk.reading_on.end()
    assert time.monotonic() - began < 5
    assert len(desk.scans.waiting()) in {0, 1}
