"""Words are what a reader would call words, in the order in which one reads them."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from dpdesk.documents import pdf, words
from dpdesk.documents.pages import Page
from dpdesk.documents.remarks import UNREADABLE
from dpdesk.errors import UnreadableFile
from tests.documents import makers
from tests.documents.makers import font, text

PICTURE = "q 300 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def read(content: bytes, index: int = 0) -> Page:
    document = pdf.open_pdf(content)
    try:
        return words.read_page(document, index)
    finally:
        document.close()


def words_of(stream: str) -> list[str]:
    return [word.text for word in read(makers.saved(makers.plain(stream))).words]


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("BT /F 12 Tf 50 100 Td (Ann Lee) Tj ET", ["Ann", "Lee"]),
        ("BT /F 12 Tf 50 100 Td [(Ann) -900 (Lee)] TJ ET", ["Ann", "Lee"]),
        ("BT /F 12 Tf 50 100 Td [(A) 20 (nn) -30 (Lee)] TJ ET", ["AnnLee"]),
        # Every letter put in its place by itself, as many printers do.
        ("BT /F 12 Tf 50 100 Td (A) Tj 8 0 Td (n) Tj 7 0 Td (n) Tj ET", ["Ann"]),
        # Spaced out for looks: one word all the same.
        ("BT /F 12 Tf 50 100 Td [(S) -600 (M) -600 (I) -600 (T) -600 (H)] TJ ET", ["SMITH"]),
        # Columns of single letters are not a word.
        ("BT /F 12 Tf 50 100 Td (A) Tj 90 0 Td (B) Tj 90 0 Td (C) Tj ET", ["A", "B", "C"]),
        # The end drawn before the beginning.
        ("BT /F 12 Tf 64 100 Td (ter) Tj ET BT /F 12 Tf 50 100 Td (Pe) Tj ET", ["Peter"]),
        ("BT /F 12 Tf 64 100 Td [(ter) 2400 (Pe)] TJ ET", ["ter", "Pe"]),
        # A hyphen at the end of a line parts a word in two.
        (
            "BT /F 12 Tf 50 100 Td (Kowal-) Tj 0 -14 Td (ski is here) Tj ET",
            ["Kowal-", "ski", "is", "here"],
        ),
        ("BT /F 12 Tf 50 100 Td (O'Brien-Smith, 12/3) Tj ET", ["O’Brien-Smith,", "12/3"]),
    ],
)
def test_words_are_split_as_a_reader_would(stream: str, expected: list[str]) -> None:
    assert words_of(stream) == expected


@pytest.mark.parametrize(
    "name", ["Wójcik", "Nguyễn", "Çelik", "Şahin", "O’Brien", "Ελένη", "Олена", "Ắn"]
)
def test_names_are_read_as_their_owners_write_them(name: str) -> None:
    assert read(makers.written([text(name, face=font("Lato-Regular"))])).text() == name


@pytest.mark.parametrize("written", ["שלום עולם", "محمد علي"])
def test_names_written_from_right_to_left_are_read_in_their_own_order(written: str) -> None:
    pdfmetrics.registerFont(TTFont("Dejavu", _dejavu()))
    # A printer sets the letters from left to right, the last one first.
    assert read(makers.written([text(written[::-1], face="Dejavu")])).text() == written


def _dejavu() -> str:
    path = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not path.exists():
        pytest.skip("no font with these letters on this machine")
    return str(path)


def test_ligatures_are_spelt_out_so_that_they_can_be_found() -> None:
    page = read(makers.written([text("Grifﬁth ofﬂine", face=font("NotoSans"))]))
    assert page.text() == "Griffith offline"


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [text(f"left{number}", 50, 700 - 14 * number) for number in range(3)]
    right = [text(f"right{number}", 320, 700 - 14 * number) for number in range(3)]
    page = read(makers.written([*left, *right]))
    assert page.text().split() == [f"{side}{n}" for side in ("left", "right") for n in range(3)]


def test_letters_that_the_file_does_not_tell_say_so_and_still_have_a_place() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                if "/ToUnicode" in thing:
                    del thing.ToUnicode
                thing.Encoding = pikepdf.Dictionary(
                    Differences=pikepdf.Array([0, *(pikepdf.Name(f"/g{n}") for n in range(60))])
                )

    content = makers.changed(makers.written([text("Олена", face=font("Lato-Regular"))]), change)
    (word,) = read(content).words
    assert set(word.text) <= {UNREADABLE, *map(chr, range(0x21, 0x7F))}
    assert word.box.width > 20


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("", "blank"),
        ("BT /F 12 Tf 50 100 Td (word) Tj ET", "text"),
        ("10 10 200 100 re f", "image"),
        ("10 10 200 100 re f BT /F 12 Tf 50 200 Td (word) Tj ET", "text"),
        (PICTURE, "image"),
        (
            f"{PICTURE} BT /F 12 Tf 50 250 Td (word) Tj ET",
            "mixed",
        ),
    ],
)
def test_a_page_says_what_it_consists_of(stream: str, kind: str) -> None:
    assert read(makers.saved(makers.plain(stream))).kind == kind


def test_words_outside_the_page_are_not_taken_and_words_across_its_edge_are_cut() -> None:
    page = read(
        makers.written([text("gone", 50, 900), text("half", -10, 700), text("here", 50, 500)])
    )
    assert [word.text for word in page.words] == ["half", "here"]
    assert page.words[0].box.x0 == 0


def test_a_page_that_is_missing_from_its_file_is_named() -> None:
    document = pdf.open_pdf(makers.written([text("one")]))
    with pytest.raises(UnreadableFile, match="Page 8 "):
        words.read_page(document, 7)
    document.close()
