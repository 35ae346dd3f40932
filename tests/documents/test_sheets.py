"""Spreadsheets: every cell as it is shown, and what the sheets hide after them."""

from __future__ import annotations

import pytest

from dpdesk.documents import (
    office_zip,
    pdf,
    sheet_book,
    sheet_lines,
    sheet_pages,
    sheet_xlsx,
    words,
)
from dpdesk.documents.normal import Normal
from dpdesk.documents.sheet_grid import Budget, letters, place, stretches
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.documents.office_makers import SHEET, SPACES, relations, row, xlsx

pytestmark = pytest.mark.usefixtures("qapp")


def pages(made: Normal) -> list[str]:
    document = pdf.open_pdf(made.made or b"")
    try:
        found = []
        for number in range(len(document)):
            page = words.read_page(document, number)
            assert all(word.box.x1 <= page.width for word in page.words)
            found.append(" ".join(page.text().split()))
        return found
    finally:
        document.close()


def read(content: bytes) -> tuple[list[str], Normal]:
    made = sheet_pages.xlsx(content, None, Limits())
    return pages(made), made


def data(*rows: str, more: str = "") -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>{more}"


def test_a_sheet_is_a_table_with_its_name() -> None:
    content = xlsx({"Pupils": data(row(1, "Name", "Absent"), row(2, "Ada Example", 4))})
    (page,), made = read(content)
    assert page == "Sheet “Pupils” A B 1 Name Absent 2 Ada Example 4"
    assert len(made.warnings) == 1


def test_numbers_are_shown_as_excel_shows_them() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="00000 000000"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
    )
    cells = '<c r="A1" s="1"><v>46279</v></c>', '<c r="B1" s="2"><v>1632960001</v></c>'
    found, _made = read(xlsx({"S": data(row(1, *cells))}, styles=styles))
    assert "14/09/2026 01632 960001" in found[0]


def test_shared_strings_formulas_and_faults_are_words() -> None:
    strings = "<si><t>plain</t></si><si><r><t>in </t></r><r><t>pieces</t></r></si>"
    cells = (
        '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>',
        '<c r="C1" t="e"><v>#REF!</v></c>', '<c r="D1"><f>SUM(A2)</f></c>',
        '<c r="E1" t="b"><v>1</v></c>', '<c r="F1" t="s"><v>99</v></c>',
    )  # fmt: skip
    found, _made = read(xlsx({"S": data(row(1, *cells))}, strings=strings))
    assert found[0].endswith("1 plain in pieces #REF! =SUM(A2) TRUE")


def test_hidden_rows_columns_and_sheets_come_after_the_others() -> None:
    content = xlsx(
        {
            "Seen": "<cols><col min='2' max='2' width='9' hidden='1'/></cols>"
            + data(
                row(1, "Name", "Note", "Class"),
                row(2, "Ada", "secret", "4B"),
                row(3, "Ben", "", "4C", about="hidden='1'"),
            ),
            "Old": data(row(1, "left over")),
            "Deep": data(row(1, "very deep")),
        },
        states={"Old": "hidden", "Deep": "veryHidden"},
    )
    found, made = read(content)
    assert found[0] == "Sheet “Seen” A C 1 Name Class 2 Ada 4B"
    assert "1 hidden row, 1 hidden column and 2 hidden sheets" in made.warnings[1]
    rest = " ".join(found[1:])
    assert "Hidden rows of sheet “Seen” A B C 3 Ben 4C" in rest
    assert "Hidden columns of sheet “Seen” A B 1 Name Note 2 Ada secret" in rest
    assert "Hidden sheet “Old” (hidden) A 1 left over" in rest
    assert "Hidden sheet “Deep” (very hidden) A 1 very deep" in rest


def test_a_value_that_its_format_hides_is_told() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts>'
        '<fonts><font/><font><color rgb="FFFFFFFF"/></font></fonts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="0" fontId="1"/></cellXfs>'
    )
    cells = '<c r="A1" s="1"><v>77</v></c>', '<c r="B1" s="2" t="str"><v>white</v></c>'
    found, _made = read(xlsx({"S": data(row(1, *cells))}, styles=styles))
    rest = " ".join(found)
    assert "1 passage of hidden text S, cell A1 77" in rest
    assert "1 passage that nobody can see S, cell B1 white" in rest


def test_comments_are_shown_with_their_cell() -> None:
    comments = (
        f"<comments {SHEET}><authors><author>A. Example</author></authors><commentList>"
        '<comment ref="B2" authorId="0"><text><r><t>Ask the mother.</t></r></text></comment>'
        "</commentList></comments>"
    )
    parts = {
        "xl/comments1.xml": comments,
        "xl/worksheets/_rels/sheet1.xml.rels": relations({"c": ("comments", "../comments1.xml")}),
    }
    found, _made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "1 comment S, cell B2, A. Example Ask the mother." in found[1]


def test_copies_of_other_data_are_shown_unless_they_are_seen_anyway() -> None:
    def cache(*values: str) -> str:
        shared = "".join(f'<s v="{value}"/>' for value in values)
        return (
            f'<pivotCacheDefinition {SHEET}><cacheFields><cacheField name="Name"><sharedItems>'
            f"{shared}</sharedItems></cacheField></cacheFields></pivotCacheDefinition>"
        )

    sheets = {"S": data(row(1, "Name"), row(2, "Ada"))}
    part = "xl/pivotCache/pivotCacheDefinition1.xml"
    assert len(read(xlsx(sheets, parts={part: cache("Ada")}))[0]) == 1
    found, made = read(xlsx(sheets, parts={part: cache("Ada", "Ben")}))
    assert "1 copy of other data" in made.warnings[1]
    assert found[-1].endswith("A 1 Name 2 Ada 3 Ben")


def test_values_of_another_file_are_shown_with_its_name() -> None:
    link = (
        f'<externalLink {SHEET}><externalBook><sheetNames><sheetName val="SEN"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>Ada</v></cell>'
        "</row></sheetData></sheetDataSet></externalBook></externalLink>"
    )
    parts = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
            {"x": ("externalLinkPath", "file:///C:/staff.xlsx")}
        ),
    }
    found, _made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "Copy of from file:///C:/staff.xlsx, sheet “SEN”" in found[-1]
    assert found[-1].endswith("1 Ada")


def test_hidden_names_are_told_and_those_of_excel_are_not() -> None:
    more = (
        "<definedNames><definedName name='Range'>S!$A$1</definedName>"
        "<definedName name='secret' hidden='1'>\"her number\"</definedName>"
        "<definedName name='_xlnm._FilterDatabase' hidden='1'>S!$A$1</definedName></definedNames>"
    )
    found, made = read(xlsx({"S": data(row(1, "x"))}, more=more))
    assert '1 hidden name secret "her number"' in " ".join(found)
    assert "1 hidden name." in made.warnings[1]


def test_a_wide_sheet_goes_on_with_its_row_heads_again() -> None:
    heads = [f"Column number {number}" for number in range(26)]
    frozen = '<pane xSplit="1" ySplit="1" state="frozen"/>'
    pane = f"<sheetViews><sheetView>{frozen}</sheetView></sheetViews>"
    rows = [row(number, "Ada Example", *["value"] * 25) for number in range(2, 100)]
    found, _made = read(xlsx({"S": pane + data(row(1, *heads), *rows)}))
    assert len(found) > 6
    assert all("Column number 0" in page and "2 Ada Example" in found[0] for page in found)
    assert " ".join(found).count("value") == 98 * 25


def test_long_words_and_long_texts_in_a_cell_lose_nothing() -> None:
    long = " ".join(f"word{number}" for number in range(3000))
    found, _made = read(xlsx({"S": data(row(1, "x" * 500, long, "end"))}))
    text = "".join(found).replace(" ", "")
    assert text.count("x" * 20) == 25
    assert "word2999" in " ".join(found)
    assert "end" in found[0]


def test_a_sheet_without_end_is_refused() -> None:
    rows = data(*(row(number, "x") for number in range(1, 400)))
    with pytest.raises(UnreadableFile, match="more than 3 pages"):
        sheet_pages.xlsx(xlsx({"S": rows}), None, Limits(pages=3))
    with pytest.raises(UnreadableFile, match="more than 2 cells"):
        Budget(2).spend(3)


def test_cells_that_only_have_a_frame_do_not_count() -> None:
    framed = "".join(f'<row r="{number}"><c s="0"/><c s="0"/></row>' for number in range(2, 60))
    content = xlsx({"S": data(row(1, "Ada", "Example"), framed)})
    book = sheet_book.opened(office_zip.opened(content))
    (sheet,) = book.sheets
    assert len(sheet_xlsx.read(book, sheet, Budget(2)).grid.rows[0]) == 2


def test_an_empty_workbook_says_so() -> None:
    assert "nothing on the sheets" in read(xlsx({"S": data()}))[0][0]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_file_of_lines_is_a_table(sign: str) -> None:
    text = f'Name{sign}Note\n"Example{sign} Ada"{sign}"two\nlines"\nBen{sign}07700 900123\n'
    (page,) = pages(sheet_lines.lines(text.encode(), None, Limits()))
    assert f"2 Example{sign.strip() or ''} Ada two lines" in page.replace("  ", " ")
    assert "3 Ben 07700 900123" in page


def test_cells_go_by_letters_and_numbers() -> None:
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert place("$B$12") == (11, 1)
    assert place("nonsense") is None
    assert stretches([1, 2, 3, 7]) == [(1, 3), (7, 7)]


def test_a_conversation_about_a_cell_is_shown_once_and_never_lost() -> None:
    note = (
        f"<comments {SHEET}><authors><author>tc=1</author></authors><commentList>"
        '<comment ref="A1" authorId="0"><text><t>[Threaded comment] She asked again.</t></text>'
        "</comment></commentList></comments>"
    )
    threads = (
        f'<ThreadedComments {SHEET}><threadedComment ref="A1" dT="2026-11-03T14:05:00" '
        'personId="{1}"><text>She asked again.</text></threadedComment></ThreadedComments>'
    )
    persons = f'<personList {SHEET}><person id="{{1}}" displayName="A. Head"/></personList>'
    told = {"c": ("comments", "../comments1.xml"), "t": ("threadedComment", "../t1.xml")}
    parts = {
        "xl/comments1.xml": note,
        "xl/t1.xml": threads,
        "xl/persons/person.xml": persons,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(told),
    }
    found, _made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "1 comment S, cell A1, A. Head, 2026-11-03 14:05 She asked again." in found[1]
    # Other programs keep the note and drop the conversation.
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations({"c": told["c"]})
    found, _made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "1 comment S, cell A1 [Threaded comment] She asked again." in found[1]


def test_prompts_lists_tips_and_scenarios_are_shown() -> None:
    more = (
        '<scenarios><scenario name="Worst" user="A. Head" comment="If Ada leaves">'
        '<inputCells r="A1" val="gone"/><inputCells r="A2" val="4"/></scenario></scenarios>'
        '<dataValidations><dataValidation type="list" promptTitle="Reason" prompt="Why she_x000a_'
        'left" errorTitle="No" error="Ask Ben"><formula1>"Ada,Cleo"</formula1></dataValidation>'
        '<dataValidation type="whole"><formula1>1</formula1></dataValidation></dataValidations>'
        '<hyperlinks><hyperlink ref="A1" tooltip="The file of Dan"/></hyperlinks>'
        '<extLst><ext><x:dataValidation xmlns:x="x14" type="list"><x:formula1><f>"Eve"</f>'
        "</x:formula1></x:dataValidation></ext></extLst>"
    )
    found, made = read(xlsx({"S": data(row(1, "x"), more=more)}))
    lines = (
        "Worst", "A. Head", "If Ada leaves", "gone", "Reason", "Why she left", "No", "Ask Ben",
        "Ada, Cleo", "The file of Dan", "Eve",
    )  # fmt: skip
    assert " ".join(f"S {line}" for line in lines) in found[1]
    assert "11 prompts and lists to choose from" in made.warnings[1]


def test_what_lies_on_a_sheet_is_shown_beside_its_cells() -> None:
    anchor = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    drawing = (
        f'<x:wsDr xmlns:x="{anchor}" {SPACES}><x:twoCellAnchor><x:sp><x:nvSpPr><x:cNvPr id="1" '
        'name="b" descr="Photograph of Ada"/></x:nvSpPr><x:txBody><a:p><a:r><a:t>In a box</a:t>'
        "</a:r></a:p></x:txBody></x:sp></x:twoCellAnchor><x:twoCellAnchor><x:graphicFrame>"
        '<c:chart r:id="k"/></x:graphicFrame></x:twoCellAnchor><x:twoCellAnchor><x:pic>'
        '<a:blip r:embed="i"/><a:srcRect l="5"/></x:pic></x:twoCellAnchor></x:wsDr>'
    )
    chart = f"<c:chartSpace {SPACES}><c:title><a:p><a:r><a:t>Absence</a:t></a:r></a:p></c:title>"
    controls = (
        f'<xml {SPACES} xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape><v:textbox>'
        "<div>Send to Ben</div></v:textbox></v:shape><v:shape><v:textbox>a note</v:textbox>"
        '<x:ClientData ObjectType="Note"/></v:shape><v:line/></xml>'
    )
    on_chart = f"<c:userShapes {SPACES}><a:p><a:r><a:t>Ada moved</a:t></a:r></a:p></c:userShapes>"
    more = (
        '<headerFooter><oddHeader>&amp;L&amp;"Arial"&amp;10Oak School</oddHeader></headerFooter>'
        '<drawing r:id="d"/><legacyDrawing r:id="v"/>'
    )
    parts = {
        "xl/drawings/drawing1.xml": drawing,
        "xl/drawings/v.vml": controls,
        "xl/charts/chart1.xml": chart + "</c:chartSpace>",
        "xl/drawings/drawing2.xml": on_chart,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            {"d": ("drawing", "../drawings/drawing1.xml"), "v": ("vml", "../drawings/v.vml")}
        ),
        "xl/drawings/_rels/drawing1.xml.rels": relations(
            {"k": ("chart", "../charts/chart1.xml"), "i": ("image", "https://oak.example/a.png")}
        ),
        "xl/charts/_rels/chart1.xml.rels": relations(
            {"u": ("chartUserShapes", "../drawings/drawing2.xml")}
        ),
    }
    found, made = read(xlsx({"S": data(row(1, "x"), more=more)}, parts=parts))
    assert (
        "On sheet “S”, beside its cells In a box Absence Ada moved "
        "[Picture that lies at https://oak.example/a.png] Send to Ben "
        "Printed on its pages: Oak School"
    ) in found[1]
    assert "Photograph of Ada" in found[1]
    assert "Frame of a note: a note" in found[1]
    assert "1 picture of which a part is cut off" in made.warnings[1]


def test_the_rows_behind_a_pivot_table_are_shown_with_their_words() -> None:
    definition = (
        f'<pivotCacheDefinition {SHEET}><cacheFields><cacheField name="Name"><sharedItems>'
        '<s v="Ada"/><s v="Ben"/></sharedItems></cacheField><cacheField name="Days"/>'
        "</cacheFields></pivotCacheDefinition>"
    )
    records = (
        f'<pivotCacheRecords {SHEET}><r><x v="1"/><n v="4"/></r><r><x v="9"/><s v="ill"/></r>'
        "</pivotCacheRecords>"
    )
    parts = {
        "xl/pivotCache/pivotCacheDefinition1.xml": definition,
        "xl/pivotCache/pivotCacheRecords1.xml": records,
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relations(
            {"r": ("pivotCacheRecords", "pivotCacheRecords1.xml")}
        ),
        "xl/slicerCaches/slicerCache1.xml": f'<x {SHEET}><i n="[P].[Cleo]" c="Cleo"/></x>',
    }
    found, made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "2 copies of other data" in made.warnings[1]
    rest = " ".join(found)
    # Ada is in no row any more, and still in the file.
    assert "A B 1 Name Days 2 Ben 4 3 ill 4 Ada" in rest
    assert "Copy of data kept for the buttons of a filter A 1 Cleo" in rest


def test_what_a_shared_workbook_remembers_is_shown_as_deleted() -> None:
    log = (
        f'<revisions {SHEET}><rcc><oc r="A1" t="inlineStr"><is><t>Ada was ill</t></is></oc>'
        '<nc r="A1"/></rcc><rrc><rcc><oc r="A2"><v>4</v></oc></rcc></rrc></revisions>'
    )
    parts = {"xl/revisions/revisionLog1.xml": log}
    found, made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "2 deleted passages" in made.warnings[1]
    assert "Ada was ill" in found[1]


def test_data_that_a_program_stored_beside_the_sheets_is_told() -> None:
    parts = {"customXml/item1.xml": "<pupils><p name='Ada' at='https://a.org' on='true'/></pupils>"}
    found, _made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert found[1].endswith("1 part of stored data Ada")


def test_groups_of_a_pivot_table_keep_their_names() -> None:
    definition = (
        f'<pivotCacheDefinition {SHEET}><cacheFields><cacheField name="N"><sharedItems><s v="x"/>'
        '</sharedItems><fieldGroup><groupItems><s v="At risk: Cleo"/></groupItems></fieldGroup>'
        "</cacheField></cacheFields></pivotCacheDefinition>"
    )
    parts = {"xl/pivotCache/pivotCacheDefinition1.xml": definition}
    found, _made = read(xlsx({"S": data(row(1, "x"))}, parts=parts))
    assert "At risk: Cleo" in " ".join(found)


def test_words_of_rules_and_filters_are_told_unless_a_cell_says_them() -> None:
    rules = (
        '<autoFilter ref="A1:A9"><filterColumn colId="0"><filters><filter val="Ada"/>'
        '<filter val="Ben"/><filter val="7"/></filters></filterColumn></autoFilter>'
        '<conditionalFormatting sqref="A1"><cfRule type="containsText" dxfId="1" text="Cleo">'
        '<formula>NOT(ISERROR(SEARCH("Dora ""D""",A1)))</formula></cfRule>'
        '<cfRule type="cellIs" dxfId="9"><formula>"ada"</formula></cfRule></conditionalFormatting>'
    )
    code = "&quot;Excluded&quot;0"
    shown = f'<dxfs><dxf/><dxf><numFmt numFmtId="170" formatCode="{code}"/></dxf></dxfs>'
    book = xlsx({"S": data(row(1, "Ada")) + rules}, styles=shown)
    found, made = read(book)
    rest = " ".join(found[1:])
    assert "4 prompts and lists to choose from S Ben S Cleo S Excluded S Dora" in rest
    assert "4 prompts and lists" in " ".join(made.warnings)


def test_a_cell_as_long_as_a_file_is_shown_to_its_end() -> None:
    never_closed = 'Name,"Note\n' + "a line\n" * 3_500 + "the last line\n"
    assert "the last line" in pages(sheet_lines.lines(never_closed.encode(), None, Limits()))[-1]
