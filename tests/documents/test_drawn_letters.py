"""Writing that a file has no letters for is read from its page, and what nobody reads is told."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib import resources

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw
from reportlab.pdfbase.ttfonts import TTFontFile

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.read_words import ReadWord, WordsRead, together
from dpdesk.documents.words import Reading, read_closely
from tests.builders import a_request
from tests.documents.makers import lato, plain, saved

NAME = "Quibblethorpe"
SAID = "BT /F 11 Tf 40 250 Td (The pupil was seen by the nurse at noon.) Tj ET\n"
CAPITALS = {
    "M": "0 0 0 7, 0 7 3 3, 3 3 6 7, 6 7 6 0",
    "I": "3 0 3 7",
    "L": "0 7 0 0, 0 0 6 0",
    "T": "0 7 6 7, 3 7 3 0",
    "H": "0 0 0 7, 6 0 6 7, 0 3 6 3",
}


def _read(made: pikepdf.Pdf) -> Reading:
    document = open_pdf(saved(made))
    try:
        return read_closely(document, 0)
    finally:
        document.close()


def _word() -> Image.Image:
    picture = Image.new("L", (220, 44), 255)
    ImageDraw.Draw(picture).text((4, 2), NAME, 0, font=lato(32))
    return picture


def _picture(made: pikepdf.Pdf, drawn: Image.Image) -> pikepdf.Object:
    stream = Stream(made, drawn.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = drawn.size
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    return made.make_indirect(stream)


def _in_pieces(pieces: list[tuple[Image.Image, float, float]]) -> pikepdf.Pdf:
    made = plain(SAID)
    page = made.pages[0]
    shown = SAID
    page.Resources.XObject = Dictionary()
    for rank, (drawn, x, y) in enumerate(pieces):
        page.Resources.XObject[f"/I{rank}"] = _picture(made, drawn)
        wide, high = drawn.width / 3, drawn.height / 3
        shown += f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {y:.2f} cm /I{rank} Do Q\n"
    page.Contents = made.make_stream(shown.encode())
    return made


def _in_strips() -> pikepdf.Pdf:
    word = _word()
    rows = range(0, 44, 11)
    return _in_pieces([(word.crop((0, y, 220, y + 11)), 40, 200 - (y + 11) / 3) for y in rows])


def _letter_by_letter() -> pikepdf.Pdf:
    word = _word()
    across = range(0, 220, 20)
    return _in_pieces([(word.crop((x, 0, x + 20, 44)), 40 + x / 3, 180) for x in across])


def _by_strokes() -> pikepdf.Pdf:
    shown, x = SAID, 40.0
    for letter in "MILTHIL":
        for stroke in CAPITALS[letter].split(", "):
            a, b, c, d = map(int, stroke.split())
            shown += f"{x + a} {200 + b} m {x + c} {200 + d} l S\n"
        x += 9
    return plain(shown)


def _outline() -> str:
    """Shapes such as letters have."""
    rounds = ""
    for x in range(40, 90, 8):
        for left, right, low, high in ((x, x + 6, 203, 209), (x + 2, x + 4, 204, 208)):
            rounds += f"{left} 206 m {left} {high} {right} {high} {right} 206 c "
            rounds += f"{right} {low} {left} {low} {left} 206 c h "
    return rounds


def _by_clip() -> pikepdf.Pdf:
    return plain(f"{SAID}q {_outline()} W n 30 190 100 30 re f Q")


def _within_drawings() -> pikepdf.Pdf:
    """Each letter in a drawing of its own, which lies beside the one before and is made smaller."""
    made = plain(SAID)
    page = made.pages[0]
    page.Resources.XObject = Dictionary()
    shown = SAID
    for rank in range(7):
        drawn = Stream(made, b"0 0 m 30 70 l S 30 70 m 60 0 l S 15 35 m 45 35 l S")
        drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 70, 80])
        page.Resources.XObject[f"/A{rank}"] = made.make_indirect(drawn)
        shown += f"q .1 0 0 .1 {40 + 8 * rank} 200 cm /A{rank} Do Q\n"
    page.Contents = made.make_stream(shown.encode())
    return made


def _by_drawn_font() -> pikepdf.Pdf:
    """Only the table says that the shapes are an x, and it may say anything."""
    made = plain(SAID)
    table = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfchar <41> <0078> endbfchar endcmap"
    )
    shape = Stream(made, b"700 0 0 0 600 700 d1 0 0 600 700 re f")
    made.pages[0].Resources.Font.T = made.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 700, 700]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=65, LastChar=65,
            Widths=Array([700]), CharProcs=Dictionary(a=made.make_indirect(shape)),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.a])),
            Resources=Dictionary(), ToUnicode=made.make_stream(table.encode()),
        )
    )  # fmt: skip
    made.pages[0].Contents = made.make_stream(f"{SAID}BT /T 11 Tf 40 200 Td (AAAA) Tj ET".encode())
    return made


def _table() -> pikepdf.Pdf:
    """Cells with lines of their own and grounds of their own, as an office program draws them."""
    shown = SAID
    for row in range(6):
        for column in range(8):
            x, y = 40 + 36 * column, 60 + 14 * row
            shown += f"0.9 g {x} {y} 36 14 re f 0 g {x} {y} m {x} {y + 14} l S\n"
            shown += f"{x} {y} m {x + 36} {y} l S\n"
    return plain(shown)


def _boxes_to_tick() -> pikepdf.Pdf:
    return plain(SAID + "".join(f"{40 + 30 * place} 200 9 9 re S\n" for place in range(9)))


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (_in_strips, "mixed"), (_letter_by_letter, "mixed"), (_by_strokes, "mixed"),
        (_by_clip, "mixed"), (_within_drawings, "mixed"), (_by_drawn_font, "mixed"),
        (_table, "text"), (_boxes_to_tick, "text"),
    ],
    ids=[
        "strips of a picture", "a picture for each letter", "strokes of a pen",
        "an area clipped to letters", "drawings of letters", "a font made of drawings",
        "a table", "boxes to tick",
    ],
)  # fmt: skip
def test_a_page_is_read_where_small_drawings_may_be_a_word(made, kind):
    assert _read(made()).page.kind == kind


def test_a_name_in_strips_of_a_picture_is_found(desk):
    entry = a_request(desk)
    desk.documents.add(*_owner(entry), "letter.pdf", saved(_in_strips()))
    assert _found(desk, entry) == 1


def _owner(entry):
    return entry.register.key, entry.id


def _found(desk, entry, name: str = NAME) -> int:
    desk.scans.read(desk.scans.waiting(*_owner(entry)))
    return len(desk.disclosure.review.find(*_owner(entry), name))


# --- letters that the file does not say, or says wrongly ----------------------------------------


def _by_numbers(*, told: bool) -> bytes:
    """A page whose font has no letters but numbers; ``told`` says what each of them means."""
    made = plain(SAID)
    content = resources.files("fontpkg_lato").joinpath("files", "Lato-Regular.ttf").read_bytes()
    numbers = TTFontFile(io.BytesIO(content)).charToGlyph
    about = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Lato"), Flags=4,
        FontBBox=Array([-500, -300, 1500, 1200]), ItalicAngle=0, Ascent=900, Descent=-200,
        CapHeight=700, StemV=80, FontFile2=made.make_stream(content),
    )  # fmt: skip
    letters = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Lato"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=made.make_indirect(about), DW=560, CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Lato"),
        Encoding=Name("/Identity-H"), DescendantFonts=Array([made.make_indirect(letters)]),
    )  # fmt: skip
    if told:
        rows = "".join(f"<{numbers[ord(x)]:04X}> <{ord(x):04X}>\n" for x in sorted(set(NAME)))
        table = (
            "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
            f"{len(set(NAME))} beginbfchar\n{rows}endbfchar endcmap"
        )
        font.ToUnicode = made.make_stream(table.encode())
    made.pages[0].Resources.Font.L = made.make_indirect(font)
    codes = "".join(f"{numbers[ord(x)]:04X}" for x in NAME)
    shown = f"{SAID}BT /L 14 Tf 40 180 Td <{codes}> Tj ET"
    made.pages[0].Contents = made.make_stream(shown.encode())
    return saved(made)


def test_letters_that_the_file_does_not_say_are_read_from_the_page_and_that_is_told(desk):
    entry = a_request(desk)
    card = desk.documents.add(*_owner(entry), "letter.pdf", _by_numbers(told=False))
    assert any("does not say which letters" in warning for warning in card.warnings)
    assert _found(desk, entry) == 1
    honest = desk.documents.add(*_owner(entry), "told.pdf", _by_numbers(told=True))
    assert honest.warnings == ()


def _in_a_drawn_font(word: str, apart: int = 800) -> bytes:
    """A word in capitals of which the file says, with a table of its own, that they are others."""
    made = plain(SAID)
    shapes, rows = Dictionary(), ""
    for place, (letter, lines) in enumerate(CAPITALS.items()):
        points = [
            [" ".join(f"{int(at) * 100}" for at in point.split()) for point in _ends(line)]
            for line in lines.split(", ")
        ]
        path = " ".join(f"{start} m {end} l" for start, end in points)
        shapes[f"/{letter}"] = made.make_indirect(
            Stream(made, f"{apart} 0 -50 -50 750 750 d1 90 w 1 J 1 j {path} S".encode())
        )
        rows += f"<{ord(letter):02X}> <{ord('vwxyz'[place]):04X}>\n"
    table = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        f"{len(CAPITALS)} beginbfchar\n{rows}endbfchar endcmap"
    )
    first, last = min(map(ord, CAPITALS)), max(map(ord, CAPITALS))
    named = [x for letter in sorted(CAPITALS) for x in (ord(letter), Name(f"/{letter}"))]
    made.pages[0].Resources.Font.T = made.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([-50, -50, 750, 750]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=first, LastChar=last,
            Widths=Array([apart] * (last - first + 1)), CharProcs=shapes,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array(named)),
            Resources=Dictionary(), ToUnicode=made.make_stream(table.encode()),
        )
    )  # fmt: skip
    shown = f"{SAID}BT /T 16 Tf 40 200 Td ({word}) Tj ET"
    made.pages[0].Contents = made.make_stream(shown.encode())
    return saved(made)


def _ends(line: str) -> tuple[str, str]:
    """The two ends of a line of a capital."""
    numbers = line.split()
    return " ".join(numbers[:2]), " ".join(numbers[2:])


def test_a_name_in_a_font_of_drawings_is_found_whatever_its_table_says(desk):
    entry = a_request(desk)
    desk.documents.add(*_owner(entry), "letter.pdf", _in_a_drawn_font("MILTHILL"))
    assert _found(desk, entry, "Milthill") == 1


def test_the_picture_is_believed_where_the_file_has_another_word_at_that_place():
    place = Box(50, 100, 130, 112)
    page = Page(600, 800, (Word("xxxxxxxxxxxxx", place),), "mixed")
    assert together(page, WordsRead((ReadWord(NAME, place, 90),))).words[-1].text == NAME
    near = Page(600, 800, (Word("Quibblethorqe", place),), "mixed")
    assert together(near, WordsRead((ReadWord(NAME, place, 90),))).words[-1].text == NAME
    same = Page(600, 800, (Word(NAME, place),), "mixed")
    for kept, said, sure in (
        (near, NAME, 80), (page, NAME, 60), (same, NAME.upper(), 95), (same, "Quibb1ethorpe", 95),
    ):  # fmt: skip
        assert len(together(kept, WordsRead((ReadWord(said, place, sure),))).words) == 1


def _across(*words: tuple[str, float, float]) -> list[ReadWord]:
    return [ReadWord(text, Box(x0, 101, x1, 111), 90) for text, x0, x1 in words]


def test_pieces_read_from_one_word_of_the_file_are_one_word():
    page = Page(
        600, 800,
        (Word("with", Box(20, 100, 46, 112)), Word("xxxxxxxxxxxxx", Box(50, 100, 150, 112))),
        "mixed",
    )  # fmt: skip
    pieces = _across(("with", 20, 46), ("Qui", 51, 70), ("bble", 76, 100), ("thorpe", 108, 149))
    assert [word.text for word in together(page, WordsRead(tuple(pieces))).words[2:]] == [NAME]
    longer = _across(("Qui", 51, 70), ("bble", 76, 100), ("thorpe", 108, 190))
    read = together(page, WordsRead(tuple(longer))).words[2:]
    assert "thorpe" in [word.text for word in read]
    below = [replace(word, box=Box(word.box.x0, 201, word.box.x1, 211)) for word in pieces[1:]]
    assert len(together(page, WordsRead(tuple(below))).words) == 5


def test_a_name_set_wide_in_a_font_of_drawings_is_found(desk):
    entry = a_request(desk)
    desk.documents.add(*_owner(entry), "letter.pdf", _in_a_drawn_font("MILTHILL", apart=1000))
    assert _found(desk, entry, "Milthill") == 1


# --- letters that nobody can read ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (f"BT /F 1 Tf 40 200 Td ({NAME}) Tj ET", 1),
        (f"BT /F 11 Tf 8 Tz 40 200 Td ({NAME}) Tj ET", 1),
        (f"BT /F 11 Tf -5.4 Tc 140 200 Td ({NAME}) Tj ET", 1),
        (f"BT /F 11 Tf 1 0 0 0.05 40 200 Tm ({NAME}) Tj ET", 1),
        (f"BT /F 11 Tf 0 0.05 -1 0 40 200 Tm ({NAME}) Tj ET", 1),
        (f"BT /F 2000 Tf -200 -500 Td ({NAME}) Tj ET", 1),
        (f"BT /F 4 Tf 40 200 Td ({NAME}) Tj ET", 0),
        ("BT /F 6 Tf 70 Tz 40 200 Td (Millicent Illingworth will) Tj ET", 0),
        (f"BT /F 11 Tf 0 1 -1 0 40 100 Tm ({NAME}) Tj ET", 0),
    ],
    ids=[
        "tiny", "pressed together", "set upon each other", "flat", "flat and upright",
        "beyond the page", "small print", "narrow print", "running up",
    ],
)  # fmt: skip
def test_words_that_nobody_can_read_count_as_unseen_and_are_told(shown, told):
    reading = _read(plain(f"{SAID}{shown}"))
    assert (reading.told, len(reading.page.unseen)) == (told, told)
