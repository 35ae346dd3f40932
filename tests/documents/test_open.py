"""OpenDocument files: every word on the pages, and what the pages do not show after them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from dpdesk.documents import open_pages, open_sheets, pdf, words
from dpdesk.documents.normal import Normal
from dpdesk.walls.workers import Limits
from tests.documents.office_makers import open_document

pytestmark = pytest.mark.usefixtures("qapp")


def read(
    content: bytes, reader: Callable[[bytes, None, Limits], Normal] = open_pages.text
) -> tuple[str, str, Normal]:
    made = reader(content, None, Limits())
    document = pdf.open_pdf(made.made or b"")
    text = " ".join(words.read_page(document, n).text() for n in range(len(document)))
    document.close()
    shown, _mark, unseen = " ".join(text.split()).partition("Hidden in this file")
    return shown.strip(), unseen, made


def test_words_stand_in_the_order_in_which_they_are_read() -> None:
    body = (
        '<text:h text:outline-level="1">Concern</text:h>'
        "<text:p>one<text:s/>two <text:span>three</text:span><text:tab/>four<text:note>"
        "<text:note-citation>9</text:note-citation><text:note-body><text:p>See the log.</text:p>"
        "</text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>left</text:p></table:table-cell>"
        "<table:table-cell><text:p>right</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>a box:<draw:frame><draw:text-box><text:p>inside</text:p></draw:text-box>"
        "</draw:frame> after</text:p>"
    )
    shown, unseen, _made = read(open_document("text", body))
    assert shown == (
        "Concern one two three four[1] • item left right a box: after inside Notes [1] See the log."
    )
    assert unseen == ""


def test_what_is_hidden_stands_after_the_pages() -> None:
    hides = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    white = '<style:style style:name="W"><style:text-properties fo:color="#ffffff"/></style:style>'
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<office:change-info><dc:creator>A. Example</dc:creator><dc:date>2026-05-03T10:00:00"
        "</dc:date></office:change-info><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    body = changes + (
        '<text:p>Ada <text:change text:change-id="c1"/><text:span text:style-name="H">secret'
        '</text:span><text:span text:style-name="W">pale</text:span><office:annotation>'
        "<dc:creator>B. Head</dc:creator><text:p>Do not tell.</text:p></office:annotation> end"
        '</text:p><text:section text:display="none"><text:p>whole part</text:p></text:section>'
    )
    shown, unseen, made = read(open_document("text", body, automatic=hides + white))
    assert shown == "Ada pale [comment 1] end"
    assert "1 deleted passage gone A. Example, 2026-05-03 10:00" in unseen
    assert "2 passages of hidden text secret" in unseen
    assert "whole part" in unseen
    assert "1 passage that nobody can see pale" in unseen
    assert "Comment 1 B. Head Do not tell." in unseen
    assert made.warnings[1].startswith("Hidden in this file: ")


def test_heads_feet_and_properties_are_there() -> None:
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>Oak School</text:p>"
        "</style:header><style:footer><text:p>Private</text:p></style:footer></style:master-page>"
        "</office:master-styles>"
    )
    meta = (
        '<m xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><meta:initial-creator>'
        "A. Example</meta:initial-creator></m>"
    )
    content = open_document(
        "text", "<text:p>text</text:p>", styles=styles, parts={"meta.xml": meta}
    )
    shown, _unseen, made = read(content)
    assert shown.index("Oak School") < shown.index("text") < shown.index("Private")
    assert "Written by: A. Example" in shown
    assert made.said.sender == "A. Example"


def test_slides_hidden_slides_and_notes() -> None:
    hidden = (
        '<style:style style:name="H"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    body = (
        "<draw:page><draw:frame><draw:text-box><text:p>seen</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><draw:frame><draw:text-box><text:p>say nothing</text:p>"
        "</draw:text-box></draw:frame></presentation:notes></draw:page>"
        '<draw:page draw:style-name="H"><draw:frame><draw:text-box><text:p>left out</text:p>'
        "</draw:text-box></draw:frame></draw:page>"
    )
    content = open_document("presentation", body, automatic=hidden)
    shown, unseen, _made = read(content, open_pages.slides)
    assert shown == "Slide 1 seen"
    assert "say nothing" in unseen
    assert "1 hidden slide Slide 2 left out" in unseen


def cell(words: str, about: str = "") -> str:
    return f"<table:table-cell {about}><text:p>{words}</text:p></table:table-cell>"


def test_sheets_show_what_their_cells_show_and_what_they_hide_after() -> None:
    body = (
        '<table:table table:name="Pupils"><table:table-row>'
        f"{cell('Ada')}{cell('4', 'office:value-type=' + chr(34) + 'float' + chr(34))}"
        '</table:table-row><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        f'<table:table-row table:visibility="collapse">{cell("secret")}</table:table-row>'
        "</table:table>"
    )
    shown, unseen, made = read(open_document("spreadsheet", body), open_sheets.ods)
    assert shown == "Sheet “Pupils” A B 1 Ada 4"
    assert "1 hidden row" in made.warnings[1]
    assert "Hidden rows of sheet “Pupils”" in unseen
    assert "secret" in unseen


FORM = 'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'


def test_what_is_typed_into_boxes_is_shown_and_what_they_offer_is_told() -> None:
    body = (
        f"<office:forms {FORM}><form:form><form:textarea form:id='a' form:current-value='He hit "
        "Ada'/><form:checkbox form:id='b' form:label='Told parents' form:current-state='checked'/>"
        "<form:listbox form:id='c'><form:option form:label='Year 7' form:current-selected='true'/>"
        "<form:option form:label='Year 8'/></form:listbox><form:text form:id='d' form:value='old'/>"
        "<form:formatted-text xml:id='e'><text:p>in lines</text:p></form:formatted-text>"
        "</form:form></office:forms>"
    )
    body += "".join(f"<text:p>{n}<draw:control draw:control='{n}'/></text:p>" for n in "abcdex")
    body += (
        "<text:p>He <text:conditional-text text:string-value-if-true='passed' "
        "text:string-value-if-false='failed'>passed</text:conditional-text> in <text:drop-down>"
        "<text:label text:value='May'/><text:label text:value='June'/>May</text:drop-down></text:p>"
    )
    shown, unseen, _made = read(open_document("text", body))
    assert shown == ("a He hit Ada b [x] Told parents c Year 7 d old e in lines x He passed in May")
    assert "3 prompts and lists to choose from" in unseen
    for told in ("Year 7, Year 8", "failed", "June"):
        assert told in unseen


def test_deleted_words_come_out_wherever_they_are_kept() -> None:
    def change(name: str, words: str) -> str:
        return (
            f"<text:tracked-changes><text:changed-region text:id='{name}'><text:deletion>"
            f"<text:p>{words}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        )

    styles = (
        "<office:master-styles><style:master-page><style:header>" + change("h", "above")
        + "<text:p>Oak <text:change text:change-id='h'/></text:p></style:header>"
        "</style:master-page></office:master-styles>"
    )  # fmt: skip
    body = change("c", "nowhere") + (
        "<text:user-field-decls><text:user-field-decl text:name='n' office:string-value='her "
        "number'/><text:user-field-decl text:name='m' office:string-value='text'/>"
        "</text:user-field-decls><text:p>text<text:variable-set text:display='none' "
        "office:string-value='his age'/></text:p>"
    )
    _shown, unseen, _made = read(open_document("text", body, styles=styles))
    assert "2 deleted passages" in unseen
    for told in ("above", "nowhere", "2 passages of hidden text her number", "his age"):
        assert told in unseen


def test_lists_styles_and_tables_are_shown_as_they_look() -> None:
    automatic = (
        "<text:list-style style:name='L'><text:list-level-style-number text:level='1' "
        "style:num-format='a' style:num-prefix='(' style:num-suffix=')' text:start-value='3'/>"
        "<text:list-level-style-bullet text:level='2'/><text:list-level-style-number "
        "text:level='3'/></text:list-style><style:style style:name='B' "
        "style:parent-style-name='A'/><style:style style:name='A'><style:text-properties "
        "fo:font-weight='bold' fo:font-style='italic' style:text-underline-style='solid' "
        "style:text-line-through-style='solid'/></style:style>"
    )
    body = (
        "<text:list text:style-name='L'><text:list-header><text:p>head</text:p></text:list-header>"
        "<text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>dot</text:p>"
        "<text:list><text:list-item><text:p>bare</text:p></text:list-item></text:list>"
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p>"
        "</text:list-item></text:list><text:p><text:span text:style-name='B'>strong</text:span>"
        "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        "<text:p>wide</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:covered-table-cell><text:p>below</text:p></table:covered-table-cell>"
        "</table:table-row></table:table></text:p>"
    )
    shown, _unseen, made = read(open_document("text", body, automatic=automatic))
    assert shown == "head (c) one • dot bare (d) two strong wide below"
    assert made.made


def test_what_was_put_into_a_file_is_shown_or_handed_out() -> None:
    name = "xlink:href"
    body = (
        f"<text:p>a<draw:frame svg:width='2cm' svg:height='9zz'><draw:object {name}='./Object 1'/>"
        f"<draw:image {name}='./ObjectReplacements/Object 1'/><svg:title>Plan</svg:title>"
        f"<svg:desc>of the school</svg:desc></draw:frame><draw:frame><draw:object-ole "
        f"{name}='./Object 2'/></draw:frame><draw:frame svg:width='1in'><draw:image "
        f"{name}='https://oak.example/a.png'/></draw:frame><draw:image {name}='Pictures/no.png'/>"
        "</text:p>"
    )
    inner = open_document("chart", "<text:p>Absence of Ada</text:p>")
    with zipfile.ZipFile(io.BytesIO(inner)) as packed:
        chart = packed.read("content.xml")
    parts = {"Object 1/content.xml": chart, "Object 2": b"%PDF-1.4 rest"}
    shown, _unseen, made = read(open_document("text", body, parts=parts))
    assert "Absence of Ada" in shown
    assert "[Picture that lies at https://oak.example/a.png]" in shown
    assert "Description of a picture: Plan" in shown
    assert "Description of a picture: of the school" in shown
    assert [(each.name, each.content) for each in made.inside] == [("Object 2", b"%PDF-1.4 rest")]


def test_words_at_the_edge_of_slides_are_shown() -> None:
    body = (
        "<presentation:footer-decl presentation:name='f'>Case of Ada</presentation:footer-decl>"
        "<draw:page><draw:frame><draw:text-box><text:p>seen</text:p></draw:text-box></draw:frame>"
        "</draw:page>"
    )
    shown, _unseen, _made = read(open_document("presentation", body), open_pages.slides)
    assert shown == "Slide 1 seen At the edge of its slides: Case of Ada"


def test_a_sheet_shows_all_that_stands_around_its_cells() -> None:
    automatic = (
        "<style:style style:name='C'><style:table-column-properties style:column-width='1.2.3cm'/>"
        "</style:style><style:style style:name='D'><style:table-column-properties "
        "style:column-width='3in'/></style:style><style:style style:name='T'>"
        "<style:table-properties table:display='false'/></style:style>"
    )
    styles = (
        "<office:master-styles><style:header><text:p>Oak School <text:sheet-name>???"
        "</text:sheet-name></text:p></style:header><style:footer><text:p>Page <text:page-number>1"
        "</text:page-number></text:p></style:footer></office:master-styles>"
    )
    body = (
        "<table:tracked-changes><table:cell-content-change><office:change-info><dc:creator>A. Head"
        "</dc:creator></office:change-info><table:previous><table:change-track-table-cell>"
        "<text:p>excluded</text:p></table:change-track-table-cell></table:previous>"
        "</table:cell-content-change></table:tracked-changes>"
        "<table:content-validations><table:content-validation table:condition='of:cell-content-is-"
        'in-list("Ada";"Ben")\'><table:help-message table:title="Who"><text:p>hit him</text:p>'
        "</table:help-message></table:content-validation></table:content-validations>"
        "<table:table table:name='S'><table:table-column table:style-name='C'/><table:table-column "
        "table:style-name='D' table:visibility='collapse'/><table:shapes><draw:frame>"
        "<draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame></table:shapes>"
        "<table:table-rows>"
        "<table:table-row><table:table-cell><text:p>one<text:s text:c='2'/>two<text:line-break/>"
        "three<text:tab/><text:a xlink:href='mailto:ada@oak.example'>her</text:a></text:p>"
        "<office:annotation><dc:creator>A. Head</dc:creator><text:p>Ask.</text:p>"
        "</office:annotation></table:table-cell><table:table-cell office:value='7'/>"
        "</table:table-row></table:table-rows></table:table><table:table table:name='H' "
        "table:style-name='T'><table:scenario table:comment='if she leaves'/><table:table-row>"
        f"{cell('on a hidden sheet')}</table:table-row></table:table>"
    )
    content = open_document("spreadsheet", body, automatic=automatic, styles=styles)
    shown, unseen, _made = read(content, open_sheets.ods)
    assert "one two three her (ada@oak.example)" in shown
    assert "On sheet “S”, beside its cells in a box" in shown
    assert "Printed on its pages: Oak School ???" in shown
    assert "Page 1" not in shown
    for told in (
        "1 deleted passage excluded A. Head",
        "1 comment S, cell A1, A. Head Ask.",
        "A cell Ada, Ben A cell Who hit him A scenario if she leaves",
        "1 hidden column",
        "7",
        "on a hidden sheet",
    ):
        assert told in unseen


def test_what_stands_on_the_master_of_slides_is_shown_without_its_hints() -> None:
    master = (
        "<office:master-styles><style:master-page style:name='M'><draw:frame><draw:text-box>"
        "<text:p>Oak School</text:p></draw:text-box></draw:frame><draw:frame "
        "presentation:class='title'><draw:text-box><text:p>Click here</text:p></draw:text-box>"
        "</draw:frame></style:master-page></office:master-styles>"
    )
    slide = "<draw:page draw:master-page-name='M'><draw:frame/></draw:page>"
    shown, _unseen, _made = read(
        open_document("presentation", slide, styles=master), open_pages.slides
    )
    assert shown == "Slide 1 On every slide Oak School"


def test_formulas_forms_sources_and_links_of_drawings_are_told() -> None:
    math = (
        "<math xmlns='http://www.w3.org/1998/Math/MathML'><mrow><mi>Mila</mi><mo>=</mo><mn>7</mn>"
    )
    body = (
        "<text:p>a <draw:frame><draw:object xlink:href='./Object 1'/></draw:frame></text:p>"
        "<text:section><text:section-source xlink:href='../Noah Hale.odt'/></text:section>"
        "<text:p><text:bibliography-mark text:author='Theo Ward' text:title='Clara'/>[1]</text:p>"
        "<draw:a xlink:href='mailto:emily@x.example'><draw:frame/></draw:a>"
    )
    parts = {"Object 1/content.xml": f"{math}</mrow></math>"}
    shown, unseen, _made = read(open_document("text", body, parts=parts))
    assert "Mila = 7" in shown
    told = shown + unseen
    for each in ("Noah Hale.odt", "Theo Ward", "Clara", "emily@x.example"):
        assert each in told, each
