"""Pictures in office files that stand nowhere in the text: shown all the same, and counted."""

from __future__ import annotations

import pytest
from PIL import Image

from dpdesk.documents import (
    open_pages,
    open_sheets,
    pdf,
    sheet_pages,
    slide_pages,
    word_pages,
    words,
)
from dpdesk.documents.normal import Normal
from dpdesk.walls.workers import Limits
from tests.documents.makers import encoded
from tests.documents.office_makers import (
    SPACES,
    docx,
    open_document,
    p,
    pptx,
    relations,
    row,
    shape,
    xlsx,
)

pytestmark = pytest.mark.usefixtures("qapp")

RED = encoded(Image.new("RGB", (60, 40), "red"), "PNG")
TOLD = {"i": ("image", "../media/red.png")}
FILL = '<a:blipFill><a:blip r:embed="i"/></a:blipFill>'
EMPTY = "<p:txBody><a:p/></p:txBody>"
TABLE = (
    "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p/></a:txBody>"
    f"<a:tcPr>{FILL}</a:tcPr></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)
GROUND = f"<p:bg><p:bgPr>{FILL}</p:bgPr></p:bg>"
BEHIND = "Pictures behind words"


def _shown(made: Normal) -> str:
    """The words of the pages; the picture must be on one of them, once."""
    content = made.made or b""
    assert content.count(b"/Subtype /Image") == 1
    document = pdf.open_pdf(content)
    text = "\n".join(words.read_page(document, at).text() for at in range(len(document)))
    document.close()
    return text


@pytest.mark.parametrize(
    ("shapes", "behind"),
    [
        (f"<p:sp><p:nvSpPr/><p:spPr>{FILL}</p:spPr>{EMPTY}</p:sp>", False),
        (TABLE, True),
        (f"{shape('Ada')}</p:spTree></p:cSld><p:cSld>{GROUND}<p:spTree>", True),
    ],
)
def test_pictures_that_fill_shapes_cells_and_slides_are_shown(shapes: str, behind: bool) -> None:
    content = pptx(shapes, told={1: TOLD}, parts={"ppt/media/red.png": RED})
    made = slide_pages.pptx(content, None, Limits())
    assert (BEHIND in _shown(made)) is behind
    assert "Hidden" not in " ".join(made.warnings)


def test_an_equation_on_a_slide_is_not_taken_for_its_picture() -> None:
    both = (
        "<mc:AlternateContent><mc:Choice><p:sp><p:nvSpPr/><p:txBody><a:p><m:oMath><m:r><m:t>E=mc"
        "</m:t></m:r></m:oMath></a:p></p:txBody></p:sp></mc:Choice><mc:Fallback><p:sp><p:nvSpPr/>"
        f"<p:spPr>{FILL}</p:spPr>{EMPTY}</p:sp></mc:Fallback></mc:AlternateContent>"
    )
    content = pptx(both, told={1: TOLD}, parts={"ppt/media/red.png": RED})
    assert "E=mc" in _shown(slide_pages.pptx(content, None, Limits()))


def test_pictures_behind_words_of_a_word_file_are_shown() -> None:
    box = (
        '<w:p><w:r><w:pict><v:shape><v:fill r:id="i" type="frame"/><v:textbox><w:txbxContent>'
        f"{p('Ada')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    content = docx(box, {"i": ("image", "media/red.png")}, {"word/media/red.png": RED})
    made = word_pages.docx(content, None, Limits())
    assert BEHIND in _shown(made)
    assert "Hidden" not in " ".join(made.warnings)


@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "richData/richValueRel.xml"])
def test_pictures_in_cells_and_at_the_edge_of_sheets_are_shown(part: str) -> None:
    folder, _, name = part.partition("/")
    parts: dict[str, str | bytes] = {
        f"xl/{folder}/_rels/{name}.rels": relations(TOLD),
        "xl/media/red.png": RED,
    }
    if folder == "richData":
        parts[f"xl/{part}"] = "<richValueRels/>"
    content = xlsx({"S": f"<sheetData>{row(1, 'Ada')}</sheetData>"}, parts=parts)
    made = sheet_pages.xlsx(content, None, Limits())
    assert BEHIND in _shown(made)
    assert "Hidden" not in " ".join(made.warnings)


def test_a_picture_that_nothing_refers_to_is_shown_and_counted() -> None:
    made = word_pages.docx(docx(p("Ada"), {}, {"word/media/red.png": RED}), None, Limits())
    assert "Hidden in this file: 1 picture that no page shows." in " ".join(made.warnings)
    assert "1 picture that no page shows" in _shown(made)


LEFT = ["a.emf", "a.wmf", "a.svg", "a.jpe", "a.heic", "a.WDP"]
DRAWN = b"<svg xmlns='http://www.w3.org/2000/svg'><text>Quillon</text></svg>"


@pytest.mark.parametrize("name", LEFT)
def test_whatever_kind_a_picture_is_of_that_nothing_refers_to_it_is_counted(name: str) -> None:
    counted = "Hidden in this file: 1 picture that no page shows."
    content = docx(p("Ada"), {}, {f"word/media/{name}": DRAWN})
    made = word_pages.docx(content, None, Limits())
    assert counted in " ".join(made.warnings)
    document = pdf.open_pdf(made.made or b"")
    text = "\n".join(words.read_page(document, at).text() for at in range(len(document)))
    document.close()
    assert "Quillon" in text
    content = open_document("text", "<text:p>Ada</text:p>", parts={f"Pictures/{name}": DRAWN})
    assert counted in " ".join(open_pages.text(content, None, Limits()).warnings)


def test_a_photograph_that_cannot_be_shown_and_that_nothing_refers_to_is_counted() -> None:
    content = docx(p("Ada"), {}, {"word/media/a.wdp": b"II\xbc\x01" + bytes(90)})
    told = " ".join(word_pages.docx(content, None, Limits()).warnings)
    assert "1 picture that no page shows" in told
    assert "cannot be shown" in told


@pytest.mark.parametrize("name", ["a.emf", "a.svg", "a.wdp"])
def test_a_drawing_beside_the_picture_or_object_that_it_shows_is_no_alarm(name: str) -> None:
    content = docx(p("Ada"), {"i": ("image", f"media/{name}")}, {f"word/media/{name}": DRAWN})
    assert "Hidden" not in " ".join(word_pages.docx(content, None, Limits()).warnings)
    frame = f"<text:p><draw:frame><draw:image xlink:href='Pictures/{name}'/></draw:frame></text:p>"
    content = open_document("text", frame, parts={f"Pictures/{name}": DRAWN})
    assert "Hidden" not in " ".join(open_pages.text(content, None, Limits()).warnings)


def test_the_look_of_a_template_is_no_alarm() -> None:
    parts: dict[str, str | bytes] = {
        "ppt/slideLayouts/l.xml": f"<p:sldLayout {SPACES}/>",
        "ppt/slideLayouts/_rels/l.xml.rels": relations(TOLD),
        "ppt/media/red.png": RED,
    }
    made = slide_pages.pptx(pptx(shape("Ada"), parts=parts), None, Limits())
    assert b"/Subtype /Image" not in (made.made or b"")
    assert "Hidden" not in " ".join(made.warnings)


IN_OPEN = 'xlink:href="Pictures/red.png"'
HEADER = (
    "<office:master-styles><style:master-page><style:header><text:p><draw:frame><draw:image "
    f"{IN_OPEN}/></draw:frame></text:p></style:header></style:master-page></office:master-styles>"
)


@pytest.mark.parametrize(
    ("styles", "words"),
    [
        (f"<office:styles><draw:fill-image {IN_OPEN}/></office:styles>", BEHIND),
        (HEADER, "At the top of its pages"),
        ("", "1 picture that no page shows"),
    ],
)
def test_pictures_of_an_open_document_are_shown_wherever_they_lie(styles: str, words: str) -> None:
    content = open_document(
        "text", "<text:p>Ada</text:p>", styles=styles, parts={"Pictures/red.png": RED}
    )
    made = open_pages.text(content, None, Limits())
    assert words in _shown(made)
    assert ("Hidden in this file" in " ".join(made.warnings)) is not bool(styles)


def test_a_picture_that_no_open_sheet_shows_is_shown_and_counted() -> None:
    table = '<table:table table:name="S"><table:table-row/></table:table>'
    content = open_document("spreadsheet", table, parts={"Pictures/red.png": RED})
    made = open_sheets.ods(content, None, Limits())
    assert "1 picture that no page shows" in _shown(made)


def test_words_that_a_chart_takes_from_cells_are_shown() -> None:
    taken = "<c:strRef><c:strCache><c:pt><c:v>{}</c:v></c:pt></c:strCache></c:strRef>"
    labels = "<c:datalabelsRange><x:dlblRangeCache xmlns:x='urn:x'>{}</x:dlblRangeCache>"
    chart = (
        f"<c:chartSpace {SPACES}><c:chart><c:plotArea><c:pieChart><c:ser>"
        f"{labels.format('<c:pt><c:v>Ada</c:v></c:pt>')}</c:datalabelsRange></c:ser></c:pieChart>"
        f"<c:valAx><c:title><c:tx>{taken.format('Days absent')}</c:tx></c:title></c:valAx>"
        "</c:plotArea></c:chart></c:chartSpace>"
    )
    drawing = "<a:graphic><a:graphicData><c:chart r:id='c'/></a:graphicData></a:graphic>"
    body = f"<w:p><w:r><w:drawing><wp:inline>{drawing}</wp:inline></w:drawing></w:r></w:p>"
    content = docx(body, {"c": ("chart", "c.xml")}, {"word/c.xml": chart})
    made = word_pages.docx(content, None, Limits())
    document = pdf.open_pdf(made.made or b"")
    text = words.read_page(document, 0).text()
    document.close()
    assert "Ada" in text
    assert "Days absent" in text
