"""A mark covers all the ink of its word: each word is drawn alone, and none of it lies outside."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from dpdesk.documents import pdf, words
from dpdesk.documents.pages import Box, Page
from dpdesk.documents.remarks import UNREADABLE
from dpdesk.law.accents import in_form
from tests.documents import makers
from tests.documents.makers import Drawer, font, text, turned

SOFT_EDGE = 1 / 8  # one pixel of the drawing that ink is measured in


def read(content: bytes, index: int = 0, **how: Any) -> Page:
    document = pdf.open_pdf(content)
    try:
        return words.read_page(document, index, **how)
    finally:
        document.close()


def box_of(page: Page, wanted: str) -> Box:
    found = [word.box for word in page.words if word.text == wanted]
    assert len(found) == 1, page.text()
    return found[0]


def assert_covered(box: Box, alone: bytes) -> None:
    ink = makers.ink_of(alone)
    assert ink is not None
    assert box.inflate(SOFT_EDGE).contains(ink), (box, ink)


FACES: dict[str, tuple[str, dict[str, Any]]] = {
    "Helvetica": ("Hjälpigt", {"face": "Helvetica"}),
    "Helvetica bold": ("Tyjq", {"face": "Helvetica-Bold", "size": 30}),
    "Times italic": ("fjord", {"face": "Times-Italic", "size": 40}),
    "Courier oblique": ("Qgfj", {"face": "Courier-BoldOblique"}),
    "small": ("Nguyễn", {"face": "Lato-Regular", "size": 4}),
    "stacked accents": ("Ắẫjy", {"face": "Lato-Bold", "size": 36}),
    "Lato italic": ("fŞçğj", {"face": "Lato-BoldItalic", "size": 24}),
    "Noto": ("Ởåǻy̨", {"face": "NotoSans", "size": 24}),
    "wide spacing": ("Wójcik", {"face": "Lato-Regular", "spacing": 1.5}),
    "stretched": ("Çelik", {"face": "Lato-Regular", "scale": 180}),
    "squeezed": ("Ελένη", {"face": "Lato-Regular", "scale": 50}),
    "outlined": ("Олена", {"face": "Lato-Regular", "size": 20, "mode": 1, "stroke": 6}),
    "bold by outline": ("Smyth", {"face": "Helvetica", "size": 20, "mode": 2, "stroke": 3}),
}


def drawer_of(case: str, x: float, y: float) -> tuple[str, Drawer]:
    word, how = FACES[case]
    chosen = dict(how)
    face = chosen.pop("face")
    named = font(face) if face.startswith(("Lato", "Noto")) else face
    return word, text(word, x, y, face=named, **chosen)


@pytest.mark.parametrize("case", FACES)
@pytest.mark.parametrize("angle", [0, 90, 17])
def test_a_word_in_any_face_lies_wholly_in_its_box(case: str, angle: float) -> None:
    word, drawer = drawer_of(case, 10, 10)
    neighbour = text("above", 10, 80)
    page = read(makers.written([turned(drawer, angle), turned(neighbour, angle)]))
    assert_covered(box_of(page, _as_read(word)), makers.written([turned(drawer, angle)]))


def _as_read(word: str) -> str:
    return in_form("NFC", word)


def test_every_word_of_a_full_page_lies_wholly_in_its_box() -> None:
    drawers = {}
    for number, case in enumerate(FACES):
        word, drawer = drawer_of(case, 60 + 220 * (number % 2), 780 - 58 * (number // 2))
        drawers[_as_read(word)] = drawer
    page = read(makers.written(drawers.values()))
    for word, drawer in drawers.items():
        assert_covered(box_of(page, word), makers.written([drawer]))


def _page_changes() -> dict[str, Any]:
    return {
        "turned by 90": {"/Rotate": 90},
        "turned by 180": {"/Rotate": 180},
        "turned by 270": {"/Rotate": 270},
        "turned backwards": {"/Rotate": -90},
        "cropped": {"/CropBox": [100, 300, 500, 800]},
        "cropped and turned": {"/CropBox": [100, 300, 500, 800], "/Rotate": 90},
        "moved": {"/MediaBox": [-50, -20, 545, 822]},
        "moved and turned": {"/MediaBox": [50, 20, 645, 862], "/Rotate": 270},
    }


@pytest.mark.parametrize("case", _page_changes())
def test_boxes_lie_where_the_eye_sees_the_word_on_turned_and_cropped_pages(case: str) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        for name, value in _page_changes()[case].items():
            opened.pages[0].obj[name] = pikepdf.Array(value) if isinstance(value, list) else value

    one, two = text("Typography", 150, 600, size=20), text("elsewhere", 200, 500)
    page = read(makers.changed(makers.written([one, two]), change))
    assert_covered(box_of(page, "Typography"), makers.changed(makers.written([one]), change))
    drawn = makers.picture(makers.changed(makers.written([one]), change), scale=1)
    assert (round(page.width), round(page.height)) == drawn.size


def test_boxes_are_right_where_crop_and_turn_are_inherited_from_the_page_tree() -> None:
    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.Pages.Rotate = 90
        opened.Root.Pages.MediaBox = pikepdf.Array([0, 100, 500, 800])
        for page in opened.pages:
            for name in ("/MediaBox", "/Rotate", "/CropBox"):
                if name in page.obj:
                    del page.obj[name]

    one = text("Inherited", 150, 600, size=20)
    content = makers.changed(makers.written([one]), change)
    page = read(content)
    assert (page.width, page.height) == (700, 500)
    assert_covered(box_of(page, "Inherited"), content)


def _without_metrics(opened: pikepdf.Pdf) -> None:
    """Makes every font say that its letters have no height."""
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            thing.Ascent = thing.Descent = thing.CapHeight = 0
            thing.FontBBox = pikepdf.Array([0, 0, 0, 0])


def test_a_font_that_lies_about_its_height_hides_nothing() -> None:
    drawer = text("Ắpfelj", 60, 600, face=font("Lato-Regular"), size=30)
    content = makers.changed(makers.written([drawer]), _without_metrics)
    assert_covered(box_of(read(content), "Ắpfelj"), content)


def _drawn_letters() -> bytes:
    """A page in a font whose letters are drawings, reaching far out of the box that it states."""
    made = makers.plain("BT /T 20 Tf 60 100 Td (ab) Tj ET BT /F 12 Tf 250 200 Td (far) Tj ET")
    drawings = pikepdf.Dictionary(
        a=made.make_stream(b"1000 0 d0 100 -900 600 2600 re f"),
        b=made.make_stream(b"1000 0 d0 0 0 900 700 re f"),
    )
    unicodes = made.make_stream(
        b"/CIDInit /ProcSet findresource begin begincmap "
        b"1 begincodespacerange <00> <ff> endcodespacerange "
        b"2 beginbfchar <61> <0061> <62> <0062> endbfchar endcmap end"
    )
    made.pages[0].obj.Resources.Font.T = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=pikepdf.Array([0, 0, 1000, 700]),
            FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=drawings,
            Encoding=pikepdf.Dictionary(
                Differences=pikepdf.Array([97, pikepdf.Name("/a"), pikepdf.Name("/b")])
            ),
            FirstChar=97,
            LastChar=98,
            Widths=pikepdf.Array([1000, 1000]),
            Resources=pikepdf.Dictionary(),
            ToUnicode=unicodes,
        )
    )
    return makers.saved(made)


def test_letters_that_are_drawings_of_their_own_are_covered_beyond_their_stated_box() -> None:
    def alone(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.Contents = opened.make_stream(b"BT /T 20 Tf 60 100 Td (ab) Tj ET")

    content = _drawn_letters()
    assert_covered(box_of(read(content), "ab"), makers.changed(content, alone))


def test_ink_that_belongs_to_no_word_gets_a_box_of_its_own() -> None:
    made = makers.plain("/Inner Do")
    inner = made.make_stream(
        b"BT /F 20 Tf 50 100 Td /Span <</ActualText (Harry)>> BDC (H) Tj 150 0 Td (zz) Tj EMC ET"
    )
    inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    inner.BBox = pikepdf.Array([0, 0, 400, 300])
    inner.Resources = made.pages[0].obj.Resources
    made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner))
    page = read(makers.saved(made))
    alone = makers.plain("BT /F 20 Tf 200 100 Td (zz) Tj ET")
    assert_covered(box_of(page, UNREADABLE), makers.saved(alone))


def test_the_box_of_a_spelt_out_span_covers_all_that_it_stands_for() -> None:
    span = "BT /F 20 Tf 50 100 Td /Span <</ActualText (Harry)>> BDC (H) Tj 20 0 Td (xx) Tj 90 0 Td"
    content = f"{span} (zz) Tj EMC ET"
    page = read(makers.saved(makers.plain(f"{content} BT /F 20 Tf 250 100 Td (after) Tj ET")))
    assert_covered(box_of(page, "Harry"), makers.saved(makers.plain(content)))
    assert box_of(page, "Harry").x1 < box_of(page, "after").x0


def test_letters_of_every_colour_are_seen_by_the_measure() -> None:
    for gray in (0.0, 0.38, 0.5, 0.6157, 0.7176, 1.0):
        drawer = text("Outlined", 60, 600, size=30, mode=2, stroke=8, gray=gray)
        page = read(makers.written([drawer]))
        assert_covered(
            box_of(page, "Outlined"),
            makers.written([text("Outlined", 60, 600, size=30, mode=2, stroke=8)]),
        )


def test_all_words_of_a_line_share_its_height_but_not_that_of_a_large_initial() -> None:
    page = read(
        makers.written(
            [text("aeon", 130, 700), text("Typo", 170, 700), text("X", 50, 690, size=60)]
        )
    )
    low, tall, initial = (box_of(page, word) for word in ("aeon", "Typo", "X"))
    assert (low.y0, low.y1) == (tall.y0, tall.y1)
    assert low.height < 0.5 * initial.height


def test_marking_one_line_leaves_the_letters_of_the_next_lines_alone() -> None:
    lines = [text(f"Egypt{number}", 60, 700 - 15 * number) for number in range(3)]
    page = read(makers.written(lines))
    middle = box_of(page, "Egypt1")
    for number in (0, 2):
        ink = makers.ink_of(makers.written([lines[number]]))
        assert ink is not None
        assert not middle.intersects(ink.inflate(-SOFT_EDGE))


def test_a_scan_with_a_layer_of_words_keeps_them_all() -> None:
    page = read(makers.written([text("unsichtbar", mode=3), text("white", 50, 600, gray=1)]))
    assert [word.text for word in page.words] == ["unsichtbar", "white"]


def test_words_of_a_layer_that_is_switched_off_are_not_taken() -> None:
    shown = "BT /F 12 Tf 50 100 Td (seen) Tj ET BT 3 Tr /F 12 Tf 50 50 Td (ocr) Tj 0 Tr ET "
    made = makers.plain(f"{shown} /OC /L BDC BT /F 12 Tf 90 150 Td (hidden) Tj ET EMC")
    layer = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Layer"))
    made.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )
    made.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
    assert read(makers.saved(made), layers=True).text().split() == ["seen", "ocr"]


def test_what_is_typed_into_a_form_field_is_a_word_where_it_is_seen() -> None:
    made = io.BytesIO()
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(made, pagesize=(400, 300))
    canvas.drawString(50, 250, "Name:")
    canvas.acroForm.textfield(
        name="n", value="Skywalker", x=100, y=100, width=120, height=24, borderWidth=0
    )
    canvas.save()
    page = read(made.getvalue())
    assert page.text() == "Name:\nSkywalker"
    assert Box(99, 170, 225, 205).contains(box_of(page, "Skywalker"))


def test_a_note_drawn_on_a_page_that_inherits_its_size_does_not_shift_the_words() -> None:
    made = makers.plain("BT /F 20 Tf 50 600 Td (Body) Tj ET", (595, 842))
    drawing = made.make_stream(b"BT 1 Tr 4 w /F 12 Tf 5 5 Td (Remark) Tj ET")
    drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawing.BBox = pikepdf.Array([0, 0, 100, 20])
    drawing.Resources = made.pages[0].obj.Resources
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=pikepdf.Array([300, 815, 400, 835]),
        AP=pikepdf.Dictionary(N=drawing),
        F=4,
    )
    page = made.pages[0].obj
    page.Annots = pikepdf.Array([made.make_indirect(note)])
    made.Root.Pages.MediaBox = page.MediaBox
    made.Root.Pages.Resources = page.Resources
    del page.MediaBox, page.Resources
    content = makers.saved(made)
    found = read(content)
    assert (found.width, found.height) == (595, 842)
    assert sorted(word.text for word in found.words) == ["Body", "Remark"]
    assert_covered(box_of(found, "Body").union(box_of(found, "Remark")), content)
