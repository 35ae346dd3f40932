"""Drawings of Windows and of the web: their words and pictures are read, as they are not drawn."""

from __future__ import annotations

import gzip
import io
import struct

import pytest
from PIL import Image

from dpdesk.documents import drawn_words
from dpdesk.documents.laid_out import to_pdf
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.words import read_page
from dpdesk.walls.workers import Limits
from tests.builders import grain


def _record(kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf(*records: bytes) -> bytes:
    """A drawing of Windows of today."""
    head = _record(1, bytes(32) + b" EMF" + bytes(64))
    return head + b"".join(records) + _record(14, bytes(12))


def text(words: str, x: int = 10, y: int = 20, *, wide: bool = True, options: int = 0) -> bytes:
    coded = words.encode("utf-16-le" if wide else "cp1252")
    start = 8 + 68
    told = struct.pack("<16xIff", 1, 1.0, 1.0)
    told += struct.pack("<iiIII16xI", x, y, len(words), start, options, 0)
    return _record(84 if wide else 83, told + coded)


def text_with_widths(words: str, x: int, y: int, each: int) -> bytes:
    coded = words.encode("utf-16-le")
    start = 8 + 68
    padded = coded + bytes(-len(coded) % 4)
    told = struct.pack("<16xIff", 1, 1.0, 1.0)
    told += struct.pack("<iiIII16xI", x, y, len(words), start, 0, start + len(padded))
    return _record(84, told + padded + struct.pack(f"<{len(words)}I", *[each] * len(words)))


def bitmap(picture: Image.Image) -> bytes:
    """A record that shows a picture: a screen that was pasted."""
    out = io.BytesIO()
    picture.save(out, "BMP")
    info, bits = out.getvalue()[14:54], out.getvalue()[54:]
    start = 8 + 72
    told = bytes(16) + struct.pack("<iiiiii", 0, 0, 0, 0, *picture.size)
    told += struct.pack("<IIIIIIii", start, len(info), start + len(info), len(bits), 0, 0, 9, 9)
    return _record(81, told + info + bits)


def plus(words: str) -> bytes:
    coded = words.encode("utf-16-le")
    body = struct.pack("<III4f", 0, 0, len(words), 1.0, 2.0, 50.0, 9.0) + coded
    body += bytes(-len(body) % 4)
    inner = struct.pack("<HHII", 0x401C, 0, 12 + len(body), len(body)) + body
    return _record(70, struct.pack("<I", 4 + len(inner)) + b"EMF+" + inner)


def wmf(*records: bytes) -> bytes:
    """A drawing of Windows of the old kind."""
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0) + b"".join(records) + bytes(6)


def old_text(words: str, *, extended: bool = False) -> bytes:
    coded = words.encode("cp1252")
    coded += bytes(len(coded) % 2)
    if extended:
        body = struct.pack("<hhHH", 20, 10, len(words), 0) + coded
    else:
        body = struct.pack("<H", len(words)) + coded + struct.pack("<hh", 20, 10)
    return struct.pack("<IH", 3 + len(body) // 2, 0x0A32 if extended else 0x0521) + body


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
    "<title>Class five</title><text>Harry <tspan>Beispiel</tspan></text></svg>"
)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (emf(text("Harry Beispiel")), ["Harry Beispiel"]),
        (emf(text("Harry Beispiel", wide=False)), ["Harry Beispiel"]),
        (emf(text("Harry"), text("Beispiel", 90)), ["Harry Beispiel"]),
        (emf(text("Harry"), text("Beispiel", 10, 60)), ["Harry", "Beispiel"]),
        (
            emf(text_with_widths("Har", 0, 5, 10), text_with_widths("ry", 30, 5, 10)),
            ["Harry"],
        ),
        (emf(plus("Harry Beispiel")), ["Harry Beispiel"]),
        (emf(plus("Harry Beispiel"), text("Harry Beispiel")), ["Harry Beispiel"]),
        (gzip.compress(emf(text("Harry Beispiel"))), ["Harry Beispiel"]),
        (wmf(old_text("Harry Beispiel")), ["Harry Beispiel"]),
        (wmf(old_text("Harry Beispiel", extended=True)), ["Harry Beispiel"]),
        (b"\xd7\xcd\xc6\x9a" + bytes(18) + wmf(old_text("Harry")), ["Harry"]),
        (SVG.encode(), ["Class five", "Harry Beispiel"]),
    ],
    ids=[
        "wide", "narrow", "two on a line", "two lines", "a word in pieces", "newer", "both ways",
        "packed", "old", "old and longer", "old with a place", "of the web",
    ],
)  # fmt: skip
def test_the_words_of_a_drawing_are_read(content, lines):
    found = drawn_words.read(content)
    assert found is not None
    assert found.lines == lines


def test_what_is_no_drawing_is_none_and_a_damaged_one_ends_early():
    assert drawn_words.read(b"\x89PNG\r\n\x1a\n") is None
    whole = emf(text("Harry Beispiel"), text("The rest", 10, 90))
    for end in range(44, len(whole), 7):
        found = drawn_words.read(whole[:end])
        assert found is not None
        assert set(found.lines) <= {"Harry Beispiel", "The rest"}


def test_a_damaged_piece_of_an_old_drawing_costs_only_itself():
    short = struct.pack("<IH", 3, 0x0A32)
    picture = struct.pack("<IH", 20, 0x0F43) + bytes(34)
    found = drawn_words.read(wmf(old_text("Harry"), short, picture, old_text("Beispiel")))
    assert found is not None
    assert found.lines == ["Harry Beispiel"]


@pytest.mark.parametrize(("kind", "skipped"), [(0x0F43, 22), (0x0B41, 20), (0x0940, 16)])
@pytest.mark.parametrize("depth", ["1", "P", "RGB"])
def test_a_picture_in_an_old_drawing_is_taken_out(kind, skipped, depth):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").convert(depth).save(out, "BMP")
    body = bytes(skipped) + out.getvalue()[14:]
    body += bytes(len(body) % 2)
    found = drawn_words.read(wmf(struct.pack("<IH", 3 + len(body) // 2, kind) + body))
    assert found is not None
    with Image.open(io.BytesIO(found.pictures[0])) as opened:
        assert opened.convert("RGB").getpixel((3, 3)) in {(255, 0, 0), (0, 0, 0)}


def test_letters_of_newer_drawings_are_read_one_by_one():
    coded = "Harry".encode("utf-16-le")
    for options, lines in ((1, ["Harry"]), (0, [])):
        body = struct.pack("<IIII", 0, options, 0, 5) + coded + struct.pack("<ff", 1.0, 2.0)
        body += b"\x89PNG\r\n\x1a\nrest" + bytes(2)
        inner = struct.pack("<HHII", 0x4036, 0, 12 + len(body), len(body)) + body
        found = drawn_words.read(emf(_record(70, struct.pack("<I", len(inner)) + b"EMF+" + inner)))
        assert found is not None
        assert (found.lines, found.unread) == (lines, not lines)
        assert found.pictures[0].startswith(b"\x89PNG")


def test_many_and_small_texts_of_a_drawing_are_read():
    coded = "Harry".encode("utf-16-le")
    told = struct.pack("<iiIII16xI", 10, 20, 5, 8 + 32 + 40, 0, 0)
    many = struct.pack("<16xIffI", 1, 1.0, 1.0, 1) + told + coded
    small = struct.pack("<iiIIIff", 10, 60, 8, 0x300, 1, 1.0, 1.0) + b"Beispiel"
    found = drawn_words.read(emf(_record(97, many), _record(108, small), _record(108, b"")))
    assert found is not None
    assert found.lines == ["Harry", "Beispiel"]


def test_letters_told_only_by_their_place_in_a_font_are_said_to_be_unread():
    found = drawn_words.read(emf(text("\x24\x25\x26", options=0x10)))
    assert found is not None
    assert (found.lines, found.unread) == ([], True)


def _page(html, pictures):
    content, warnings = to_pdf(html, pictures, Limits())
    page = read_page(open_pdf(content), 0)
    return " ".join(word.text for word in page.words), page.kind, warnings


def test_the_words_of_a_drawing_in_a_document_stand_on_its_page():
    told, _kind, warnings = _page('<p>a</p><img src="cid:x">', {"x": emf(text("Harry Beispiel"))})
    assert "[Words in this drawing: Harry Beispiel]" in told
    assert "1 drawing is shown only by the words and the picture in it." in warnings[0]


def test_a_screen_that_was_pasted_as_a_drawing_is_shown_as_a_picture():
    shown = emf(bitmap(grain((400, 300), 60).convert("RGB")))
    told, kind, warnings = _page('<p>a</p><img src="cid:x">', {"x": shown})
    assert kind == "mixed"
    assert "[Picture]" not in told
    assert warnings


@pytest.mark.parametrize(
    ("size", "kind"), [((620, 50), "mixed"), ((600, 300), "mixed"), ((150, 50), "mixed"),
     ((30, 30), "text")],
    ids=["a strip of a screen", "a screen", "one line of a screen", "a sign beside a message"],
)  # fmt: skip
def test_a_screen_pasted_into_a_text_makes_a_page_that_is_read_from_its_picture(size, kind):
    out = io.BytesIO()
    grain(size, 60).save(out, "PNG")
    assert _page('<p>Dear all</p><img src="cid:x">', {"x": out.getvalue()})[1] == kind


def test_a_drawing_of_which_nothing_can_be_read_is_said_to_be_unread():
    told, _kind, warnings = _page('<img src="cid:x">', {"x": emf()})
    assert told == "[Picture]"
    assert "cannot be shown here" in warnings[0]
