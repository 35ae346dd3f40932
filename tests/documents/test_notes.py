"""What is typed into fields and notes is on the page, or somebody is told that it is not."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from dpdesk.documents import intake
from dpdesk.walls.workers import Limits
from tests.documents import makers

LINE = "BT /F 12 Tf 50 250 Td (Dear Ms Lee) Tj ET"


def read(content: bytes) -> intake.Intake:
    return intake.read("a.pdf", content, None, Limits())


def with_note(stream: str = LINE, **what: Any) -> bytes:
    """A page of 400 × 300 with one field or note."""
    made = makers.plain(stream)
    note = Dictionary(Type=Name.Annot, Rect=Array([50, 100, 350, 140]), F=4, **what)
    made.pages[0].obj.Annots = Array([made.make_indirect(note)])
    if note.get("/Subtype") == Name.Widget:
        made.Root.AcroForm = Dictionary(
            Fields=Array([made.pages[0].obj.Annots[0]]),
            DA=String("/Helv 12 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=made.pages[0].obj.Resources.Font.F)),
        )
    return makers.saved(made)


def freetext(words: str, **more: Any) -> dict[str, Any]:
    return {
        "Subtype": Name.FreeText, "Contents": String(words), "DA": String("/Helv 12 Tf 0 g"), **more
    }  # fmt: skip


def field(words: str, **more: Any) -> dict[str, Any]:
    return {
        "Subtype": Name.Widget, "FT": Name.Tx, "T": String("child"), "V": String(words),
        "DA": String("/Helv 12 Tf 0 g"), **more,
    }  # fmt: skip


@pytest.mark.parametrize("stream", ["", " ", "BT ET", LINE])
def test_a_typed_note_is_read_whatever_else_is_on_its_page(stream: str) -> None:
    page = read(with_note(stream, **freetext("Robin Example rang"))).pages[0]
    assert page.text().endswith("Robin Example rang")
    assert page.kind == "text"


@pytest.mark.parametrize(
    "note",
    [
        freetext("Robin Example rang"),
        field("Robin Example"),
        field("Robin", MaxLen=10, Ff=1 << 24),
        {**field("r"), "FT": Name.Ch, "Ff": 1 << 17,
         "Opt": Array([Array([String("r"), String("Robin")]), Array([String("k"), "Kim"])])},
        {"Subtype": Name.Link, "Contents": String("a link to elsewhere")},
        {"Subtype": Name.Popup, "Contents": String("opens beside the page")},
    ],
)  # fmt: skip
def test_what_the_page_shows_needs_no_warning(note: dict[str, Any]) -> None:
    assert read(with_note(**note)).warnings == ()


@pytest.mark.parametrize(
    "note",
    [
        freetext("محمد علي"),
        freetext("Robin Example", DA=String("1 0 0 rg")),
        freetext("", DA=String("1 0 0 rg"), RC=String("<body><p>Robin &amp; Kim</p></body>")),
        {"Subtype": Name.Stamp, "Contents": String("Robin Example"), "Name": Name.Confidential},
        field("Işık Yıldız"),
        pytest.param(
            field("محمد"),
            marks=pytest.mark.skipif(
                "os.name == 'nt'", reason="Windows has these letters, so the page shows them"
            ),
        ),
        field("Robin Example", F=6),
        field("Robin " + " ".join(f"word{n}" for n in range(40))),
    ],
    ids=range(8),
)
def test_words_that_the_page_does_not_show_are_told_of_with_the_page(
    note: dict[str, Any],
) -> None:
    f = note.pop("F", 4)
    content = makers.changed(
        with_note(**note), lambda made: made.pages[0].obj.Annots[0].__setitem__("/F", f)
    )
    taken = read(content)
    # Words cut off by their field are also among those that nobody sees.
    (warning,) = [line for line in taken.warnings if line.startswith("Hidden")]
    assert warning.startswith("Hidden in this file: 1 answer or typed note that is not shown")
    assert "Robin" not in warning
    first, last = taken.pages[0], taken.pages[-1]
    words = str(note.get("V", note.get("Contents", ""))) or "Robin & Kim"
    assert len(taken.pages) == 2
    assert "\nPage 1\n" in last.text()
    assert sorted(words.split()) == sorted(last.text().partition("\nPage 1\n")[2].split())
    assert first.text().startswith("Dear Ms Lee")


def box(value: str, state: str, *looks: str, **more: Any) -> bytes:
    """A page with a box to tick, its value and state in the file, and how it looks in some."""
    made = makers.plain(LINE)
    drawn = Dictionary()
    for look in looks:
        form = made.make_stream(b"" if look == "/Off" else b"10 10 20 20 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 40])
        drawn[look] = form
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, Rect=Array([50, 100, 350, 140]), F=4, FT=Name.Btn,
        T=String("photo"), TU=String("Photographs on the website"), V=Name(value), AS=Name(state),
        **more,
    )  # fmt: skip
    if looks:
        note.AP = Dictionary(N=drawn)
    made.pages[0].obj.Annots = Array([made.make_indirect(note)])
    made.Root.AcroForm = Dictionary(Fields=Array([made.pages[0].obj.Annots[0]]))
    return makers.saved(made)


@pytest.mark.parametrize(
    "content",
    [
        box("/Yes", "/Off"),
        box("/Yes", "/Off", "/Off", "/Yes"),
        box("/Yes", "/Yes", "/Off"),
        box("/Yes", "/Off", "/Off", Ff=1 << 15),
    ],
)
def test_a_tick_that_is_in_the_file_and_not_on_the_page_is_told(content: bytes) -> None:
    found = read(content)
    assert "1 answer or typed note that is not shown" in found.warnings[0]
    assert "Photographs on the website: ticked" in found.pages[-1].text()


@pytest.mark.parametrize(
    "content",
    [
        box("/Yes", "/Yes"),
        box("/Yes", "/Yes", "/Off", "/Yes"),
        box("/Off", "/Off", "/Off", "/Yes"),
        box("/Yes", "/Off", "/Off", "/No", Ff=1 << 15),
        box("/Yes", "/Off", Ff=1 << 16),
    ],
)
def test_a_box_that_is_as_it_is_shown_needs_no_warning(content: bytes) -> None:
    assert read(content).warnings == ()


@pytest.mark.parametrize(
    "note",
    [
        {**field(""), "FT": Name.Ch, "Ff": 1 << 17, "I": Array([1]),
         "Opt": Array([String("Kim"), String("Robin Example")])},
        freetext("Ms Lee", RC=String("<body><p>Ms Lee and Robin Example</p></body>")),
        field("", RV=String("<body><p>Robin Example</p></body>"), Ff=1 << 25),
        {"Subtype": Name.Widget, "FT": Name.Sig, "T": String("signature"),
         "V": Dictionary(Type=Name.Sig, Reason=String("For Robin Example"))},
    ],
)  # fmt: skip
def test_an_answer_is_told_wherever_its_program_keeps_it(note: dict[str, Any]) -> None:
    found = read(with_note(**note))
    assert "1 answer or typed note that is not shown" in found.warnings[0]
    assert "Robin Example" in found.pages[-1].text()


def test_a_stamp_that_its_program_draws_by_name_is_told() -> None:
    found = read(with_note(Subtype=Name.Stamp, Name=Name("/NotForPublicRelease")))
    assert "Not For Public Release" in found.pages[-1].text()


def test_an_answer_on_no_page_is_told() -> None:
    made = makers.plain(LINE)
    orphan = Dictionary(FT=Name.Tx, T=String("child"), V=String("Robin Example"))
    within = Dictionary(T=String("group"), Kids=Array([made.make_indirect(orphan)]))
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(within)]))
    last = read(makers.saved(made)).pages[-1].text()
    assert "On no page" in last
    assert "Robin Example" in last


def test_a_note_that_can_be_opened_is_shown_on_a_page_of_its_own() -> None:
    note: dict[str, Any] = {
        "Subtype": Name.Text, "RC": String("<p>Robin</p>"),
        "T": String("Ms Lee"), "M": String("D:20260304101500Z"),
    }  # fmt: skip
    taken = read(with_note(**note))
    assert taken.warnings == (
        "Hidden in this file: 1 comment. What is not on its own pages stands after them.",
    )
    assert taken.pages[1].text().endswith("Page 1, Ms Lee, Wednesday 4 March 2026\nRobin")
    assert {"Robin", "Lee,"} <= {word.text for word in taken.pages[1].words}


def pattern(content: bytes) -> bytes:
    made = makers.plain("/Pattern cs /P scn 0 0 400 300 re f " + LINE)
    tile = made.make_stream(content, PatternType=1, PaintType=1, TilingType=1)
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 99, 99]), 99, 99
    tile.Resources = Dictionary(Font=made.pages[0].obj.Resources.Font)
    made.pages[0].obj.Resources.Pattern = Dictionary(P=tile)
    return makers.saved(made)


def test_words_inside_a_pattern_are_read_from_the_picture_and_told_of() -> None:
    taken = read(pattern(b"BT /F 12 Tf 5 50 Td (Robin) Tj ET"))
    assert "inside a pattern or a drawn letter on page 1" in " ".join(taken.warnings)
    assert taken.pages[0].kind == "mixed"  # it is read from its picture
    plain = read(pattern(b"0 0 50 50 re f"))
    assert "pattern" not in " ".join(plain.warnings)
    assert plain.pages[0].kind == "text"


def without_letters(text: str) -> bytes:
    """A page whose font lacks what says how its letters look."""
    made = makers.plain(f"BT /F 12 Tf 50 250 Td {text} Tj ET")
    made.pages[0].obj.Resources.Font.F = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Lost, Encoding=Name("/Identity-H")
    )
    return makers.saved(made)


def test_a_page_that_is_empty_here_only_is_told() -> None:
    told = read(without_letters("<004F0050>")).warnings
    assert any("Nothing can be seen here on page 1" in line for line in told)
    for blank in (without_letters("<00030003>"), makers.saved(makers.plain(" ")),
                  makers.saved(makers.plain("BT /F 12 Tf 50 250 Td (  ) Tj ET"))):  # fmt: skip
        assert read(blank).warnings == ()


def test_words_beyond_the_edges_of_a_page_are_shown_on_a_page_of_their_own() -> None:
    far = " BT /F 12 Tf 50 350 Td (Robin cut off) Tj ET BT /F 12 Tf 900 20 Td (afar) Tj ET"
    made = makers.plain(LINE + far, (400, 400))
    made.pages[0].obj.CropBox = Array([0, 0, 400, 300])
    taken = read(makers.saved(made))
    assert "Hidden in this file: words beyond the edge of 1 page." in taken.warnings[0]
    assert taken.pages[0].text() == "Dear Ms Lee"
    assert taken.pages[1].text().endswith("Page 1\nRobin cut off afar")
    assert read(makers.saved(makers.plain(LINE))).warnings == ()


def link(**action: Any) -> bytes:
    return with_note(Subtype=Name.Link, A=Dictionary(**action))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (link(S=Name.URI, URI=String("mailto:robin.example@mail.example")), "robin.example@mail"),
        (link(S=Name.URI, URI=String("https://a.example/users/Robin%20Example")), "Robin Example"),
        (link(S=Name.Launch, F=String("Robin Example exclusion.docx")), "Robin Example exclusion"),
        (
            link(S=Name.GoTo, Next=Dictionary(S=Name.GoToR, F=Dictionary(UF=String("Robin.doc")))),
            "Robin.doc",
        ),
    ],
)
def test_an_address_behind_a_link_that_may_name_somebody_is_shown(
    content: bytes, said: str
) -> None:
    taken = read(content)
    assert "addresses behind links of 1 page" in taken.warnings[0]
    assert said in taken.pages[1].text()


@pytest.mark.parametrize(
    "content",
    [
        link(S=Name.URI, URI=String("https://www.example.org/term-dates?year=4")),
        link(S=Name.URI, URI=String("mailto:lee@dear.ms")),
        link(S=Name.GoTo, D=String("Robin Example")),
    ],
)
def test_a_link_that_says_no_more_than_its_page_needs_no_page(content: bytes) -> None:
    line = LINE.replace("(Dear Ms Lee)", "(Dear Ms Lee lee@dear.ms)")
    assert read(content.replace(LINE.encode(), line.encode())).warnings == ()


def lines(letters: str, *, across: int = 0, apart: int = 14) -> bytes:
    shown = "".join(f"({letter}) Tj {across} -{apart} Td " for letter in letters)
    beside = "BT /F 12 Tf 80 280 Td (Example came here) Tj 0 -14 Td (and then left) Tj ET"
    return makers.saved(makers.plain(f"BT /F 12 Tf 50 280 Td {shown}ET {beside}"))


@pytest.mark.parametrize("letters", ["Robin", "EXAMPLE"])
def test_a_word_with_one_letter_on_each_line_is_told(letters: str) -> None:
    for apart in (14, 26):
        assert "letters stand below each other" in read(lines(letters, apart=apart)).warnings[0]


@pytest.mark.parametrize("letters", ["ABCDEF", "YNYYNY", "123456"])
def test_lists_and_answers_below_each_other_are_no_word(letters: str) -> None:
    assert read(lines(letters)).warnings == ()
    assert read(lines("Robin", across=60)).warnings == ()


def with_root(**what: Any) -> bytes:
    made = makers.plain(LINE)
    for key, value in what.items():
        made.Root[f"/{key}"] = made.make_indirect(value)
    return makers.saved(made)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_root(Outlines=Dictionary(First=Dictionary(Title=String("About Robin Example")))),
         "Bookmark\nAbout Robin Example"),
        (with_root(StructTreeRoot=Dictionary(K=Array([Dictionary(Alt=String("Robin Example"))]))),
         "Said to a screen reader\nRobin Example"),
    ],
)  # fmt: skip
def test_names_that_a_file_says_beside_its_pages_are_shown(content: bytes, said: str) -> None:
    taken = read(content)
    assert "1 bookmark, description or detail of the file" in taken.warnings[0]
    assert taken.pages[1].text().endswith(said)


def test_what_stands_on_its_pages_or_names_nobody_needs_no_other_page() -> None:
    for words in ("Dear Lee", "Picture 1", "A close up of a tree"):
        beside = Dictionary(K=Array([Dictionary(Alt=String(words))]))
        assert read(with_root(StructTreeRoot=beside)).warnings == ()
