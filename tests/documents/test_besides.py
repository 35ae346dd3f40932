"""Words in places where nobody looks: told, and no alarm where they say nothing of anybody."""

from __future__ import annotations

import base64

import pytest

from dpdesk.documents import pdf, sheet_pages, words
from dpdesk.documents.besides import Besides, names_somebody
from dpdesk.documents.normal import Normal
from dpdesk.walls.workers import Limits
from tests.documents.office_makers import SHEET, SPACES, archive, relations, row, xlsx

pytestmark = pytest.mark.usefixtures("qapp")
HOME = "\\{}\\".format("Users")
"""Where Windows keeps the files of people."""
QUIET = "Not seen in this file"


def text(made: Normal) -> str:
    document = pdf.open_pdf(made.made or b"")
    try:
        pages = (words.read_page(document, number) for number in range(len(document)))
        return " ".join(" ".join(page.text() for page in pages).split())
    finally:
        document.close()


@pytest.mark.parametrize(
    ("said", "somebody"),
    [("Aaliyah W", True), ("Ask Mrs Ward", True), ("t.ward@oak.example", True),
     ("Working Towards", False), ("Pass", False),
     ("aaliyah", False), ("Mark", False), ("Table of Marks", False)],
)  # fmt: skip
def test_what_names_somebody_is_told_from_a_label(said: str, somebody: bool) -> None:
    assert names_somebody(said) == somebody


def test_where_and_by_whom_a_file_was_saved_is_no_alarm() -> None:
    besides = Besides()
    for place in (f"C:{HOME}emily\\Marks", "S::e.ward@oak.example::0-1", "file:///S:/Emily.docx"):
        besides.add("Elsewhere", place)
    found, small = besides.told(["Emily"])
    assert found == []
    assert small.count("; ") == 2


def test_what_a_document_says_anyway_is_told_no_second_time() -> None:
    besides = Besides()
    for words_ in ("Emily_Ward", "Ward, Emily", "Emily Wardle", "Late", "--"):
        besides.add("Name", words_)
    found, small = besides.told(["<p>Emily <b>Ward</b> was here</p>"])
    assert [each.count for each in found] == [2]
    assert "Emily_Ward" not in found[0].html + small
    assert "Name: Late" in small


# --- Excel ---------------------------------------------------------------------------------

BOOK_PARTS: dict[str, str | bytes] = {
    "xl/worksheets/_rels/sheet1.xml.rels": relations(
        {"t": ("table", "../tables/table1.xml"), "v": ("vmlDrawing", "../drawings/v.vml")}
    ),
    "xl/tables/table1.xml": f'<table {SHEET} displayName="Marks_Emily" comment="For Oscar">'
    '<tableColumns><tableColumn name="Column1"/><tableColumn name="Seen by Isla"/></tableColumns>'
    "</table>",
    "xl/connections.xml": f'<connections {SHEET}><connection name="Query1" sourceFile="'
    'C:' + HOME + 'freya\\pupils.csv"><dbPr connection="User ID=harriet.w;x"/></connection>'
    "</connections>",
    "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition {SHEET} '
    'refreshedBy="Imogen Hale"/>',
    "xl/ctrlProps/ctrlProp1.xml": '<formControlPr xmlns="urn:x"><itemLst><item val="Jacob"/>'
    "</itemLst></formControlPr>",
    "xl/persons/person.xml": '<personList xmlns="urn:x"><person displayName="Matilda Hale"/>'
    "</personList>",
    "xl/odd/part1.xml": '<x by="Lucas Hale">Amelia Hale</x>',
    "xl/drawings/v.vml": f'<xml {SPACES} xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape>'
    '<v:textbox>Also Noah</v:textbox><x:ClientData ObjectType="Note"/></v:shape></xml>',
}  # fmt: skip
BOOK_MORE = (
    '<definedNames><definedName name="Head" comment="Ask Sophia">"Theo Hale"</definedName>'
    '<definedName name="_xlnm.Print_Area">S!A1</definedName></definedNames>'
    '<customWorkbookViews><customWorkbookView name="Alfie - Personal View"/></customWorkbookViews>'
)
FORMULAS = (
    '<c r="B1" t="str"><f>IF(A1="Ethan Hale","Pass","Fail")</f><v>Pass</v></c>',
    '<c r="C1"><f>TEXT(A1,"dd mmm yyyy")</f><v>3</v></c>',
    '<c r="D1" t="s"><v>1</v></c>',
)
NAMES = (
    "Ethan Hale", "Marks_Emily", "For Oscar", "Seen by Isla", "freya", "harriet.w", "Imogen",
    "Jacob", "Matilda", "Lucas", "Amelia", "Also Noah", "Ask Sophia", "Theo Hale", "Alfie",
    "Charlotte was excluded",
)  # fmt: skip


def test_words_of_a_workbook_that_no_cell_shows_are_told() -> None:
    made = sheet_pages.xlsx(
        xlsx(
            {"S": f'<sheetPr codeName="Sheet1"/><sheetData>{row(1, "x", *FORMULAS)}</sheetData>'
                  '<legacyDrawing r:id="v"/>'},
            strings="<si><t>Charlotte was excluded</t></si><si><t>used</t></si>",
            more=BOOK_MORE,
            parts=BOOK_PARTS,
        ),
        None,
        Limits(),
    )  # fmt: skip
    found = text(made)
    assert [name for name in NAMES if name not in found] == []
    assert "1 text that no cell holds any more" in made.warnings[1]
    assert "texts in places that nobody sees" in made.warnings[1]
    assert "Formula on sheet “S”: Fail" in found.split(QUIET)[1]
    assert "Connection: C:" in found.split(QUIET)[1]
    assert not any(usual in found for usual in ("Query1", "Column1", "mmm", "Print_Area", "Sheet1"))


def test_an_ordinary_workbook_is_no_alarm() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations({"t": ("table", "../tables/table1.xml")}),
        "xl/tables/table1.xml": f'<table {SHEET} displayName="Table1"><tableColumns><tableColumn '
        'name="Name"/><tableColumn name="Days"/></tableColumns></table>',
    }
    cells = row(1, "Name", "Days", '<c r="C1" t="str"><f>IF(B2&gt;9,"Far Below","On Track")</f>'
                '<v>On Track</v></c>')  # fmt: skip
    made = sheet_pages.xlsx(
        xlsx({"S": f"<sheetData>{cells}</sheetData>"}, parts=parts), None, Limits()
    )
    assert len(made.warnings) == 1
    assert f"{QUIET} Formula on sheet “S”: Far Below" in text(made)


def test_the_queries_of_a_workbook_are_told_in_words() -> None:
    query = 'shared #"Emily Ward" = let a = File.Contents("S:\\marks.csv") in a; // ask Oscar\n'
    inner = archive({"Formulas/Section1.m": query})
    packet = base64.b64encode(bytes(4) + len(inner).to_bytes(4, "little") + inner).decode()
    parts: dict[str, str | bytes] = {
        "customXml/item1.xml": f'<DataMashup xmlns="urn:DataMashup">{packet}</DataMashup>',
        "customXml/item2.xml": '<DataMashup xmlns="urn:DataMashup">damaged</DataMashup>',
    }
    book = xlsx({"S": f"<sheetData>{row(1, 'x')}</sheetData>"}, parts=parts)
    made = sheet_pages.xlsx(book, None, Limits())
    found = text(made)
    assert "2 texts in places that nobody sees" in made.warnings[1]
    for words_ in ("Emily Ward", "ask Oscar", "Query: S:\\marks.csv"):
        assert words_ in found, words_
    assert packet[:20] not in found
