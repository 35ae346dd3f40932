"""HTML on pages: every word, in order, whatever it was meant to look like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from PIL import Image

from dpdesk.documents import laid_out, pdf, words
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.documents import makers

pytestmark = pytest.mark.usefixtures("qapp")
A4 = (595, 842)


def read(made: bytes) -> Iterator[tuple[str, float]]:
    """Each word of each page, and where it ends on its line."""
    document = pdf.open_pdf(made)
    try:
        for number in range(len(document)):
            for word in words.read_page(document, number).words:
                yield word.text, word.box.x1
    finally:
        document.close()


def laid(html: str, pictures: Mapping[str, bytes] | None = None) -> tuple[str, list[str]]:
    made, warnings = laid_out.to_pdf(html, pictures or {}, Limits())
    found = list(read(made))
    assert all(right <= A4[0] for _text, right in found)
    return " ".join(text for text, _right in found), warnings


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    return makers.encoded(Image.new("RGB", size, "red"), kind)


def test_words_come_in_the_order_in_which_they_are_read() -> None:
    text, warnings = laid(
        "<h1>Concern</h1><p>Ada <b>Ex</b>ample <i>said</i>:</p><ul><li>one<li>two</ul>"
        "<table border=1><tr><td>left<p>below left<td>right</table><p>end"
    )
    assert text == "Concern Ada Example said: one two left below left right end"
    assert warnings == []


@pytest.mark.parametrize(
    "name", ["Wójcik", "Nguyễn", "O’Brien", "Олена", "office", "王小明", "שלום"]
)
def test_every_name_can_be_found(name: str) -> None:
    assert name in laid(f"<p>Dear {name}, <b>{name}</b>")[0]


def test_nothing_is_hidden_by_its_look() -> None:
    text, _warnings = laid(
        "<style>.x{display:none}</style><p class=x>one <span style='color:white'>two</span>"
        "<div style='display:none'>three</div><font color=white size=1>four</font>"
        "<input value=five><input type=checkbox checked>six<!-- not -->"
    )
    assert text == "one two three four five [x] six"


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text, warnings = laid(
        "<script>alert(1)</script><img src='file:///etc/passwd' alt='map'><img src='http://x/y'>"
        "<img src='cid:unknown'><link rel=stylesheet href='http://x'>end"
    )
    assert text == "[Picture: map][Picture]end"
    assert warnings[0].startswith("1 picture in this document cannot be shown")


def test_pictures_are_made_to_fit_the_page() -> None:
    made, warnings = laid_out.to_pdf(
        "above<img src='cid:a@b c'>below", {"a@b c": picture((4000, 9000), "JPEG")}, Limits()
    )
    assert warnings == []
    ink = makers.ink_of(made, 1)
    assert ink is not None
    assert max(ink.x1 / A4[0], ink.y1 / A4[1]) < 1
    assert [text for text, _right in read(made)] == ["above", "below"]


def test_a_picture_in_the_text_itself_is_shown() -> None:
    import base64

    coded = base64.b64encode(picture((200, 100))).decode()
    made, _warnings = laid_out.to_pdf(f"<img src='data:image/png;base64,{coded}'>", {}, Limits())
    assert makers.picture(made).getpixel((150, 150)) == (255, 0, 0)


def test_long_lines_and_wide_tables_stay_on_the_page() -> None:
    address = "mary.long.name" * 4 + "@example.org"
    row = "".join(f"<td>{address} n{number}</td>" for number in range(12))
    wide = "".join(f"<td>column {number}" for number in range(90))
    text, _warnings = laid(
        f"<p>{'x' * 3000}<h1>{'W' * 200}</h1><pre>{'a  b ' * 200}</pre>"
        f"<table border=1><tr>{row}</table><table><tr>{wide}</table>"
    )
    bare = text.replace(" ", "")
    assert bare.count("x" * 3000) == 1
    assert bare.count(address) == 12
    assert "column 0 column 1 column 2" in text
    assert "column 89" in text


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>" * 5000 + "deep",
        "<table><tr><td>" * 1000 + "deep",
        "<td colspan=999999999>deep" * 50,
        "<ul><li>" * 3000 + "deep",
        "\ufdd0\ufdd1\ufffc\0\ud800deep",
    ],
)
def test_a_page_made_to_break_its_reader_is_read_all_the_same(html: str) -> None:
    assert "deep" in laid(html)[0]


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 3 pages"):
        laid_out.to_pdf("<p>line" * 1000, {}, Limits(pages=3))
