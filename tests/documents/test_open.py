"""OpenDocument files: every word on the pages, and what the pages do not show after them."""

from __future__ import annotations

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
