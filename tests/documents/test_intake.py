"""Documents in: each file becomes pages, or one clear sentence."""

from __future__ import annotations

import hashlib
import io
import zlib
from typing import Any

import pikepdf
import pytest
from PIL import Image

from dpdesk.documents import intake as intake_room
from dpdesk.documents import normal
from dpdesk.documents.intake import Intaker
from dpdesk.errors import Cancelled, PasswordNeeded, UnreadableFile
from dpdesk.walls.workers import Limits
from tests.dice import examples
from tests.documents import makers
from tests.documents.makers import text

LETTER = makers.written([text("Dear Ann")])


def test_a_plain_pdf_is_taken_as_it_is(intaker: Intaker) -> None:
    taken = intaker.read("letter.pdf", LETTER)
    assert taken.kind == "pdf"
    assert taken.pdf_is_original
    assert taken.pdf == LETTER
    assert taken.sha256 == hashlib.sha256(LETTER).hexdigest()
    assert taken.warnings == ()
    assert [page.text() for page in taken.pages] == ["Dear Ann"]


def test_reading_without_a_wall_gives_the_same(intaker: Intaker) -> None:
    behind = intaker.read("letter.txt", b"Dear Ann")
    here = intake_room.read("letter.txt", b"Dear Ann", None, Limits())
    assert list(here.pages) == list(behind.pages)
    assert here.pdf == behind.pdf
    assert here.sha256 == behind.sha256


def test_a_locked_pdf_asks_then_says_wrong_then_opens(intaker: Intaker) -> None:
    content = makers.locked(LETTER, "secret")
    with pytest.raises(PasswordNeeded) as asked:
        intaker.read("a.pdf", content)
    assert not asked.value.wrong
    with pytest.raises(PasswordNeeded) as refused:
        intaker.read("a.pdf", content, "guess")
    assert refused.value.wrong
    assert "guess" not in str(refused.value)
    taken = intaker.read("a.pdf", content, "secret")
    assert taken.pages[0].text() == "Dear Ann"
    assert not taken.pdf_is_original
    assert taken.sha256 == hashlib.sha256(content).hexdigest()
    with pikepdf.open(io.BytesIO(taken.pdf)) as opened:
        assert not opened.is_encrypted


def test_a_pdf_locked_only_against_changes_opens_without_asking(intaker: Intaker) -> None:
    assert intaker.read("a.pdf", makers.locked(LETTER, "")).pages[0].text() == "Dear Ann"


def test_a_password_for_a_file_that_needs_none_does_no_harm(intaker: Intaker) -> None:
    assert intaker.read("a.pdf", LETTER, "needless").pages[0].text() == "Dear Ann"


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.4\n" + bytes(3000), LETTER[:120]],
    ids=range(4),
)
def test_a_pdf_beyond_repair_is_one_sentence(intaker: Intaker, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        intaker.read("Harry.pdf", content)
    assert caught.value.next_step
    assert "Harry" not in str(caught.value)


def test_a_pdf_that_lost_its_table_of_places_is_still_read(intaker: Intaker) -> None:
    cut = LETTER[: LETTER.index(b"xref")]
    assert intaker.read("a.pdf", cut + b"trailer\n<</Root 4 0 R>>").pages[0].text() == "Dear Ann"


def test_a_pdf_that_claims_more_pages_than_it_has_is_repaired(intaker: Intaker) -> None:
    def claim(opened: pikepdf.Pdf) -> None:
        opened.Root.Pages.Count = 3
        opened.Root.Pages.Kids.append(pikepdf.Dictionary(Type=pikepdf.Name.Nonsense))

    taken = intaker.read("a.pdf", makers.changed(LETTER, claim))
    assert taken.pages[0].text() == "Dear Ann"
    assert taken.warnings == (normal.REPAIRED,)
    assert not taken.pdf_is_original


def test_a_page_cropped_to_nothing_is_shown_whole(intaker: Intaker) -> None:
    def crop(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.CropBox = pikepdf.Array([5000, 5000, 6000, 6000])

    taken = intaker.read("a.pdf", makers.changed(LETTER, crop))
    assert (taken.pages[0].width, taken.pages[0].text()) == (595, "Dear Ann")


def test_a_pdf_without_pages_says_so(intaker: Intaker) -> None:
    with pytest.raises(UnreadableFile, match="no pages"):
        intaker.read("a.pdf", makers.saved(pikepdf.new()))


def test_many_pages_report_progress_and_can_be_stopped(intaker: Intaker) -> None:
    content = makers.written([text("page")], pages=60)
    heard: list[tuple[int, int]] = []
    taken = intaker.read("a.pdf", content, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(number, 60) for number in range(1, 61)]
    assert len(taken.pages) == 60
    with pytest.raises(Cancelled):
        intaker.read("a.pdf", content, cancelled=lambda: True)
    assert intaker.read("a.pdf", LETTER).pages[0].text() == "Dear Ann"


@pytest.mark.hypothesis
def test_hundreds_of_pages_are_read_and_with_other_dice_five_thousand(intaker: Intaker) -> None:
    made, many = makers.plain("BT /F 12 Tf 50 100 Td (sheet) Tj ET"), examples(625)
    first = made.pages[0]
    for _ in range(many - 1):
        made.pages.append(first)
    taken = intaker.read("long.pdf", makers.saved(made))
    assert len(taken.pages) == many
    assert taken.pages[-1].text() == "sheet"


def test_more_pages_than_the_limit_are_refused_before_reading() -> None:
    with (
        Intaker(Limits(pages=3)) as strict,
        pytest.raises(UnreadableFile, match="4 pages; dpdesk takes at most 3"),
    ):
        strict.read("a.pdf", makers.written([text("x")], pages=4))


def test_a_file_that_is_too_large_is_refused_before_it_is_sent() -> None:
    with (
        Intaker(Limits(size=2_000_000)) as strict,
        pytest.raises(UnreadableFile, match="larger than 2 MB"),
    ):
        strict.read("a.pdf", bytes(2_000_001))


def test_a_page_of_two_metres_is_read(intaker: Intaker) -> None:
    side = 2 / 0.0254 * 72
    taken = intaker.read("plan.pdf", makers.written([text("corner")], size=(side, side)))
    assert round(taken.pages[0].width) == round(side)
    assert taken.pages[0].text() == "corner"


def test_a_page_counted_in_larger_units_has_its_true_size(intaker: Intaker) -> None:
    def enlarge(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.UserUnit = 2
        opened.pages[0].obj.Rotate = 90

    taken = intaker.read("plan.pdf", makers.changed(LETTER, enlarge))
    (word, _other) = taken.pages[0].words
    assert (taken.pages[0].width, taken.pages[0].height) == (1684, 1190)
    # "Dear" stands at (50, 700) on the upright page, in units of two points.
    assert abs(word.box.y0 - 100) < 4
    assert word.box.x0 < 1400 < word.box.x1 + 8
    ink = makers.ink_of(taken.pdf, 2)
    assert ink is not None
    assert word.box.union(_other.box).inflate(0.5).contains(ink)


def test_a_picture_under_a_false_name_is_read_as_what_it_is(intaker: Intaker) -> None:
    taken = intaker.read("scan.pdf", makers.encoded(Image.new("RGB", (30, 20)), "PNG"))
    assert taken.kind == "picture"
    assert "ends in .pdf" in taken.warnings[0]


def _attach(opened: pikepdf.Pdf) -> None:
    for name in ("a.txt", "b.txt"):
        opened.attachments[name] = b"x"


def _note(opened: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=pikepdf.Array([10, 10, 30, 30]),
        Contents="Secret thought",
    )
    opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(note)])


def _xfa(opened: pikepdf.Pdf) -> None:
    opened.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([]), XFA=opened.make_stream(b"<xdp/>")
    )


def _portfolio(opened: pikepdf.Pdf) -> None:
    _attach(opened)
    opened.Root.Collection = pikepdf.Dictionary()


def _hidden_layer(opened: pikepdf.Pdf) -> None:
    layer = opened.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="L"))
    opened.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_attach, "This PDF carries 2 attached files, which its pages do not show."),
        (_note, "Hidden in this file: 1 comment. What is not on its own pages stands after"),
        (_xfa, "This PDF is a form of a kind that only Adobe programs show in full."),
        (_portfolio, "This PDF is a folder of other files (a portfolio); of itself it"),
        (_hidden_layer, "This PDF has layers that are switched off; only what can be seen"),
    ],
)
def test_what_a_pdf_carries_besides_its_pages_is_told(
    intaker: Intaker, change: Any, sentence: str
) -> None:
    taken = intaker.read("a.pdf", makers.changed(LETTER, change))
    assert taken.warnings[0].startswith(sentence)
    assert "Secret" not in "".join(taken.warnings)
    carried = [(inner.name, inner.content) for inner in taken.inside]
    assert carried == ([("a.txt", b"x"), ("b.txt", b"x")] if "files" in sentence else [])


def test_text_becomes_pages_with_every_name(intaker: Intaker) -> None:
    names = "Wójcik Nguyễn Çelik Şahin O’Brien Ελένη Олена"
    taken = intaker.read("names.txt", names.encode())
    assert taken.kind == "text"
    assert taken.pages[0].text() == names
    assert taken.warnings == ()


def test_reading_leaves_no_file_behind(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    with Intaker() as fresh:
        for name, content in [
            ("a.pdf", makers.locked(LETTER, "secret")),
            ("b.tif", makers.encoded(Image.new("RGB", (300, 200)), "TIFF")),
            ("c.heic", makers.HEIC),
            ("d.txt", b"words"),
        ]:
            fresh.read(name, content, "secret")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "box", [[0, 0, 1e9, 1e9], [0, 0, 0.01, 500], [0, 0, 500, 1e7]], ids=range(3)
)
def test_a_page_of_a_size_that_no_paper_has_is_refused(intaker: Intaker, box: list[float]) -> None:
    def resize(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.MediaBox = pikepdf.Array(box)

    with pytest.raises(UnreadableFile, match=r"Page 1 .* size that paper comes in"):
        intaker.read("a.pdf", makers.changed(LETTER, resize))


@pytest.mark.parametrize(
    "content",
    [
        # Drawings that draw themselves, and a page that unpacks to a thousand times its size.
        "loop",
        "swelling",
    ],
)
def test_a_bomb_costs_its_file_and_not_the_next(content: str) -> None:
    made = makers.plain("/X Do")
    if content == "loop":
        drawing = made.make_stream(b"/X Do /X Do")
        drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawing.BBox = pikepdf.Array([0, 0, 9, 9])
        again = made.make_indirect(drawing)
        again.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=again))
        made.pages[0].obj.Resources = again.Resources
    else:
        swelling = made.make_stream(zlib.compress(b"0 0 m 9 9 l S\n" * 8_000_000, 9))
        swelling.Filter = pikepdf.Name.FlateDecode
        made.pages[0].obj.Contents = swelling
    with Intaker(Limits(seconds=20, memory=200_000_000)) as small:
        with pytest.raises(UnreadableFile, match="more memory"):
            small.read("a.pdf", makers.saved(made))
        assert small.read("b.pdf", LETTER).pages[0].text() == "Dear Ann"


def test_pages_that_the_file_forgets_to_count_are_not_lost() -> None:
    content = makers.written([makers.text("Quinlan")], pages=3)
    for told in (b"1", b"0"):
        miscounted = content.replace(b"/Count 3", b"/Count " + told)
        assert miscounted != content
        assert len(intake_room.read("a.pdf", miscounted, None, Limits()).pages) == 3
