"""Fonts that draw other letters than the file says: the words are read from their picture."""

from __future__ import annotations

import io
import struct
from functools import cache
from importlib import resources
from itertools import chain

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.ttfonts import TTFontFile

from dpdesk.documents import reading
from dpdesk.documents.intake import Intake, read
from dpdesk.documents.lying_fonts import GlyphVerdict
from dpdesk.documents.ocr import engine_of
from dpdesk.documents.pages import Page
from dpdesk.documents.told_letters import FALSE, TRUE, compare
from dpdesk.walls.workers import Limits
from tests.builders import a_request
from tests.documents.makers import font, plain, saved, text, turned, written

DRAWN = "Quibblethorpe"
SHIFTED = {letter: chr((ord(letter.lower()) - 90) % 26 + 97) for letter in DRAWN}
SAID = "BT /F 11 Tf 40 250 Td (The pupil was seen by the nurse at noon.) Tj ET\n"
PROSE = (
    "The pupils of the seventh form walked quickly to the hall.",
    "Six jackets, five boxes and an old violin were left behind;",
    "Mrs Example will keep them in Room 20 until Friday 13 March.",
)
_ENGINE = "dpdesk.documents.lying_fonts.engine_of"
Spelt = list[tuple[str, str]]
"""Letters as they are drawn and as the file says they are."""


@cache
def _lato() -> tuple[bytes, TTFontFile]:
    content = resources.files("fontpkg_lato").joinpath("files", "Lato-Regular.ttf").read_bytes()
    return content, TTFontFile(io.BytesIO(content))


def _set_in_lato(made: pikepdf.Pdf, page: int, lines: list[Spelt], at: float = 200) -> None:
    """Writes lines in a whole font of which a table says what each of its codes stands for."""
    content, face = _lato()
    codes = {pair: code for code, pair in enumerate(dict.fromkeys(chain(*lines)), 1)}
    glyphs = struct.pack(">H", 0) + b"".join(
        struct.pack(">H", face.charToGlyph[ord(drawn)]) for drawn, _said in codes
    )
    rows = "".join(
        f"<{code:04X}> <{said.encode('utf-16-be').hex()}>\n" for (_, said), code in codes.items()
    )
    about = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Lato"), Flags=4,
        FontBBox=Array([-500, -300, 1500, 1200]), ItalicAngle=0, Ascent=900, Descent=-200,
        CapHeight=700, StemV=80, FontFile2=made.make_stream(content),
    )  # fmt: skip
    widths = [round(face.charWidths[ord(drawn)]) for drawn, _said in codes]
    letters = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Lato"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=made.make_indirect(about), DW=500, W=Array([1, Array(widths)]),
        CIDToGIDMap=made.make_stream(glyphs),
    )  # fmt: skip
    table = (
        "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(codes)} beginbfchar\n{rows}endbfchar endcmap"
    )
    shown = "".join(
        f"BT /L 12 Tf 40 {at - 20 * rank} Td <"
        + "".join(f"{codes[pair]:04X}" for pair in line)
        + "> Tj ET\n"
        for rank, line in enumerate(lines)
    )
    sheet = made.pages[page]
    sheet.Resources.Font.L = made.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Lato"),
            Encoding=Name("/Identity-H"), DescendantFonts=Array([made.make_indirect(letters)]),
            ToUnicode=made.make_stream(table.encode()),
        )
    )  # fmt: skip
    sheet.Contents = made.make_stream(sheet.Contents.read_bytes() + shown.encode())


def _truly(line: str) -> Spelt:
    return [(letter, letter) for letter in line]


def _one_line(line: Spelt) -> bytes:
    made = plain(SAID)
    _set_in_lato(made, 0, [line])
    return saved(made)


def _wholly() -> bytes:
    return _one_line([(letter, SHIFTED[letter]) for letter in DRAWN])


def _as_another_name() -> bytes:
    said = "Zanzotterabcd"
    return _one_line(list(zip(DRAWN, said, strict=True)))


def _one_letter() -> bytes:
    """A whole text in the font, which tells the truth; only the name has an e that is said an o."""
    made = plain(SAID)
    name = [(letter, "o" if letter == "e" else letter) for letter in DRAWN]
    _set_in_lato(made, 0, [*map(_truly, PROSE), [*_truly("with "), *name]])
    return saved(made)


def _a_comma() -> bytes:
    made = plain(SAID)
    name = [(letter, "," if letter == "e" else letter) for letter in DRAWN]
    _set_in_lato(made, 0, [*map(_truly, PROSE), [*_truly("with "), *name]])
    return saved(made)


def _on_the_last_page() -> bytes:
    """Four pages in fonts of one name, of which the last one lies."""
    made = pikepdf.new()
    for rank in range(4):
        one = plain(SAID)
        false = [(letter, SHIFTED[letter]) for letter in DRAWN]
        _set_in_lato(one, 0, [*map(_truly, PROSE), false if rank == 3 else _truly("with him")])
        made.pages.append(one.pages[0])
    return saved(made)


def _by_its_encoding() -> bytes:
    """A font that every computer has, whose codes are given other names, and a table of its own."""
    made = plain(SAID)
    codes = {letter: 65 + place for place, letter in enumerate(sorted(set(DRAWN)))}
    rows = "".join(f"<{code:02X}> <{ord(SHIFTED[x]):04X}>\n" for x, code in codes.items())
    table = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        f"{len(codes)} beginbfchar\n{rows}endbfchar endcmap"
    )
    named = [each for x, code in codes.items() for each in (code, Name(f"/{x}"))]
    made.pages[0].Resources.Font.D = made.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array(named)),
            ToUnicode=made.make_stream(table.encode()),
        )
    )  # fmt: skip
    shown = "".join(chr(codes[letter]) for letter in DRAWN)
    made.pages[0].Contents = made.make_stream(
        f"{SAID}BT /D 12 Tf 40 180 Td ({shown}) Tj ET".encode()
    )
    return saved(made)


def _spelt_out_falsely() -> bytes:
    spelling = "/Span <</ActualText (weather)>> BDC"
    return saved(plain(f"{SAID}{spelling} BT /F 12 Tf 40 180 Td ({DRAWN}) Tj ET EMC"))


def _running_up() -> bytes:
    made = plain(SAID)
    _set_in_lato(made, 0, [[(letter, SHIFTED[letter]) for letter in DRAWN]])
    sheet = made.pages[0]
    shown = sheet.Contents.read_bytes().replace(b"40 200 Td", b"0 1 -1 0 60 100 Tm")
    sheet.Contents = made.make_stream(shown)
    return saved(made)


def _light_and_small() -> bytes:
    made = plain(SAID)
    _set_in_lato(made, 0, [[(letter, SHIFTED[letter]) for letter in DRAWN]])
    sheet = made.pages[0]
    shown = sheet.Contents.read_bytes().replace(b"/L 12 Tf", b"0.8 g /L 5 Tf")
    sheet.Contents = made.make_stream(shown)
    return saved(made)


FALSE_ONES = [
    _wholly, _as_another_name, _one_letter, _a_comma, _on_the_last_page, _by_its_encoding,
    _spelt_out_falsely, _running_up, _light_and_small,
]  # fmt: skip


def _said_a_space(sign: str) -> bytes:
    return _one_line([(letter, sign if letter == "e" else letter) for letter in DRAWN])


@pytest.mark.parametrize("sign", [" ", "\u00a0", "\u2009", "\u200b", "\u00ad"])
def test_a_letter_that_is_said_to_be_a_space_or_nothing_hides_no_name(desk, sign):
    entry = a_request(desk)
    card = desk.documents.add(*_owner(entry), "letter.pdf", _said_a_space(sign))
    assert card.warnings
    desk.scans.read(desk.scans.waiting(*_owner(entry)))
    found = desk.disclosure.review.find(*_owner(entry), DRAWN)
    assert any(place.finding.likeness != "near" for place in found)


def test_what_was_read_as_said_anywhere_is_no_lie():
    verdict = GlyphVerdict()
    for _ in range(3):
        verdict.add({7: (FALSE, "e"), 8: (FALSE, "e")})
    assert verdict.lying() == {7, 8}
    verdict.add({7: (TRUE, "")})
    assert verdict.lying() == {8}


def _taken(content: bytes) -> Intake:
    return read("letter.pdf", content, None, Limits())


def _owner(entry):
    return entry.register.key, entry.id


@pytest.mark.parametrize("made", FALSE_ONES, ids=lambda made: made.__name__.strip("_"))
def test_a_name_that_a_font_draws_is_found_whatever_the_file_says(desk, made):
    entry = a_request(desk)
    card = desk.documents.add(*_owner(entry), "letter.pdf", made())
    assert any("shows other letters than it says" in warning for warning in card.warnings)
    desk.scans.read(desk.scans.waiting(*_owner(entry)))
    found = desk.disclosure.review.find(*_owner(entry), DRAWN)
    assert [place.finding.likeness for place in found].count("near") < len(found)


@pytest.mark.parametrize("made", FALSE_ONES, ids=lambda made: made.__name__.strip("_"))
def test_what_the_file_says_instead_counts_as_seen_by_nobody(made):
    pages = _taken(made()).pages
    hidden = [[page.words[place].text for place in sorted(page.unseen)] for page in pages]
    assert not any(hidden[:-1])
    assert len(hidden[-1]) == 1
    assert pages[len(pages) - 1].kind == "mixed"


def _in_many_types() -> bytes:
    faces = ["Helvetica", "Times-Italic", "Courier-Bold", font("Lato-Italic"), font("NotoSans")]
    return written(
        text(line, 40, 780 - 60 * rank - 20 * row, face=face, size=9 + rank)
        for rank, face in enumerate(faces)
        for row, line in enumerate(PROSE)
    )


def _in_other_alphabets() -> bytes:
    lines = (
        "Ο μαθητής είδε τη νοσοκόμα το μεσημέρι.",
        "Ученика видели в полдень у медсестры.",
        "Zażółć gęślą jaźń, Äpfel, œuvre, naïve señor; ﬁne ﬂag",
    )
    return written(
        text(line, 40, 700 - 30 * row, face=font("NotoSans")) for row, line in enumerate(lines)
    )  # fmt: skip


def _askew() -> bytes:
    around = ((90, 60, 400), (270, 560, 760), (30, 150, 200))
    return written(turned(text(PROSE[0], 0, 0), angle, x, y) for angle, x, y in around)


def _small_light_and_with_signs() -> bytes:
    return written([
        text(PROSE[0], 40, 700, size=5),
        text(PROSE[1], 40, 680, gray=0.85),
        text("I a 1 B 7 x = 3a² ± ½ (km²) 20° £5 €6 @home 50% #4 * – … •", 40, 660),
        text("1.2.3 II. iv) N/A Il1O0 rn m vv w", 40, 640),
        text("SPACED", 40, 620, spacing=6),
    ])  # fmt: skip


@pytest.mark.parametrize(
    "made",
    [_in_many_types, _in_other_alphabets, _askew, _small_light_and_with_signs],
    ids=lambda made: made.__name__.strip("_"),
)
def test_fonts_that_tell_the_truth_are_believed(made):
    taken = _taken(made())
    assert taken.warnings == ()
    assert not any(page.unseen for page in taken.pages)


def test_a_true_letter_is_believed_where_another_code_of_the_font_lies():
    page = _taken(_one_letter()).pages[0]
    assert [page.words[place].text for place in page.unseen] == ["Quibblothorpo"]


def test_that_nothing_could_be_compared_is_said(monkeypatch):
    def none(*_asked):
        raise ImportError

    monkeypatch.setattr(_ENGINE, none)
    taken = _taken(_wholly())
    assert any("could not compare" in warning for warning in taken.warnings)


@pytest.mark.parametrize(
    ("said", "read", "sure", "false"),
    [
        ("Grace", "Grace", 40, ""),
        ("Illl", "1ll|", 90, ""),
        ("Graco", "Grace", 90, "o"),
        ("Graco", "Grace", 60, ""),
        ("nyhjl", "Grace", 90, "nyhjl"),
        ("nyhjl", "Grace", 50, ""),
        ("Grac,", "Grace", 90, ","),
        ("Grxace", "Grace", 90, "x"),
        ("A0B0C", "A'B'C", 90, ""),
        ("über", "iiber", 95, ""),
        ("•", "e", 95, ""),
        ("P∠MR", "PZMR", 95, ""),
        ("5AF;", "SAF;", 95, ""),
        ("R>0,", "RSO,", 95, ""),
        ("Grac>", "Grace", 95, ">"),
    ],
)  # fmt: skip
def test_a_word_that_is_read_speaks_for_or_against_its_letters(said, read, sure, false):
    found = compare(list(enumerate(said)), read, sure)
    assert "".join(said[place] for place, (vote, _) in found.items() if vote == FALSE) == false
    assert {vote for vote, _ in found.values()} <= {TRUE, FALSE}


def test_what_told_the_truth_in_one_document_is_not_looked_at_again_in_the_next(monkeypatch):
    looked: list[int] = []
    memory: dict[str, object] = {}

    def counted(kept):
        looked.append(1)
        return engine_of(kept)

    monkeypatch.setattr(_ENGINE, counted)

    def given(content: bytes) -> int:
        looked.clear()
        reading.read_content("letter.pdf", content, None, Limits(), lambda *_: None, memory)
        return len(looked)

    assert given(_in_many_types()) > 0
    assert given(_in_many_types()) == 0
    assert given(_one_letter()) > 0


def test_a_font_that_lies_is_found_out_after_an_honest_one_of_the_same_letters():
    memory: dict[str, object] = {}
    made = plain(SAID)
    _set_in_lato(made, 0, [*map(_truly, PROSE), _truly(f"with {DRAWN} too")])
    given: dict[int, bytes] = {}
    for content in (saved(made), _one_letter()):
        reading.read_content(
            "letter.pdf",
            content,
            None,
            Limits(),
            lambda page, at, _: given.update({at: page}),
            memory,
        )
    page = Page.unpack(given[1])
    assert [page.words[place].text for place in page.unseen] == ["Quibblothorpo"]
