"""Spreadsheets as they come from other programs, and what is said of those that cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet._reader import WorkSheetParser

from dpdesk.errors import UnreadableFile
from dpdesk.registers import spreadsheet_book, spreadsheet_parsing
from dpdesk.registers.spreadsheet_parsing import read_sheet


def xlsx(rows, *, title="Sheet1", further=()):
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = title
    for row in rows:
        first.append(row)
    for name, more in further:
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(sheet):
    return [sheet.columns, *(row.cells for row in sheet.rows)]


PUPILS = [("Name", "Received"), ("Zoë Nguyễn", "3/9/2026"), ("Paweł Wójcik", "4/9/2026")]
WRITTEN = "Name;Received\r\nZoë Nguyễn;3/9/2026\r\nPaweł Wójcik;4/9/2026\r\n"


def test_a_sheet_is_gone_through_once_though_the_file_does_not_say_how_large_it_is(monkeypatch):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Pupils")
    for row in PUPILS:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    through: list[str] = []

    def noted(name):
        plain = getattr(WorkSheetParser, name)

        def also_noted(self):
            through.append(name)
            return plain(self)

        monkeypatch.setattr(WorkSheetParser, name, also_noted)

    noted("parse_dimensions")
    noted("parse")

    found = spreadsheet_book.opened(
        out.getvalue(), lambda book: list(spreadsheet_book.sheets(book, lambda _rows: None))
    )

    assert [row.cells for row in found[0].rows] == PUPILS
    assert through == ["parse"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_usual_encoding_and_with_every_usual_sign(encoding, sign):
    content = WRITTEN.replace(";", sign).encode(encoding)

    assert table(read_sheet("x.csv", content)) == PUPILS


def test_csv_from_an_old_windows_program_keeps_its_accents():
    content = "Name;Note\r\nZoë O’Brien;“late” – £5\r\n".encode("cp1252")

    assert read_sheet("x.csv", content).rows[0].cells == ("Zoë O’Brien", "“late” – £5")


def test_the_line_that_names_the_sign_is_obeyed_and_not_a_row():
    sheet = read_sheet("x.csv", b"sep=;\r\nName;Note\r\nZoe;a,b,c\r\n")

    assert sheet.columns == ("Name", "Note")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("Zoe", "a,b,c"))]


def test_commas_inside_quotation_marks_part_no_cells():
    sheet = read_sheet(
        "x.csv", b'"Address, if known","What, when"\r\n"1 Lane, Town","a ""b"" c"\r\n'
    )

    assert table(sheet) == [("Address, if known", "What, when"), ("1 Lane, Town", 'a "b" c')]


def test_a_cell_of_several_lines_stays_whole_and_rows_keep_their_numbers():
    sheet = read_sheet("x.csv", b'Name,Note\r\nA,"one\r\ntwo"\r\n\r\nB,x\r\n')

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, ("A", "one\r\ntwo")),
        (5, ("B", "x")),
    ]


def test_a_single_column_is_a_table_too():
    assert table(read_sheet("x.csv", b"Name\nA\nB\n")) == [("Name",), ("A",), ("B",)]


def test_xlsx_gives_words_numbers_days_and_yes_and_no():
    sheet = read_sheet(
        "x.xlsx",
        xlsx(
            [
                ("Name", "Day", "Moment", "Number", "Amount", "Yes"),
                (
                    "Zoë",
                    dt.date(2026, 9, 3),
                    dt.datetime.fromisoformat("2026-09-03T09:10"),
                    7.0,
                    2.5,
                    True,
                ),
            ]
        ),
    )

    assert sheet.rows[0].cells == (
        "Zoë",
        dt.datetime.fromisoformat("2026-09-03T00:00"),
        dt.datetime.fromisoformat("2026-09-03T09:10"),
        7,
        2.5,
        "Yes",
    )


def test_texts_that_stand_in_the_cells_are_read_as_the_library_reads_them():
    """Programs write texts so, plain, with looks, empty, or with a sound above the letters."""
    inside = (
        "<is><t>Name</t></is>",
        '<is><t xml:space="preserve"> Zoë </t></is>',
        "<is><r><t>Paweł </t></r><r><rPr><b/></rPr><t>Wójcik</t></r></is>",
        "<is><t>Nguyễn</t><phoneticPr fontId='1'/></is>",
        "<is><t>Fay</t><rPh sb='0' eb='1'><t>fei</t></rPh></is>",
    )
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr">{each}</c><c r="B{n}"><v>1</v></c></row>'
        for n, each in enumerate(inside, 1)
    )
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([("x",)]))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", part)
                part = part.replace(b"<sheetData/>", f"<sheetData>{cells}</sheetData>".encode())
            new.writestr(name, part)
    read = read_sheet("list.xlsx", content.getvalue())
    theirs = openpyxl.load_workbook(content).worksheets[0].iter_rows(values_only=True)
    assert [row.cells for row in read.rows] == [tuple(row) for row in theirs][1:]
    assert [row.cells[0] for row in read.rows] == [" Zoë ", "Paweł Wójcik", "Nguyễn", "Fay"]


def test_a_title_above_the_table_is_passed_over():
    sheet = read_sheet("x.xlsx", xlsx([("Requests 2026",), (), ("Name", "Received"), ("A", "B")]))

    assert sheet.columns == ("Name", "Received")
    assert [row.number for row in sheet.rows] == [4]


def test_the_first_sheet_that_holds_something_is_read_and_the_others_are_named():
    sheet = read_sheet("x.xlsx", xlsx([], further=[("Log", PUPILS), ("Old", [("x", "y")])]))

    assert table(sheet) == PUPILS
    assert "“Log”" in sheet.notes[0]
    assert "3 sheets" in sheet.notes[0]


def test_a_workbook_that_lies_about_its_size_is_read_whole():
    """As some programs write it: a dimension of one cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(PUPILS))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
            new.writestr(name, content)

    assert table(read_sheet("x.xlsx", out.getvalue())) == PUPILS


def test_empty_rows_far_below_do_not_count():
    rows = [("Name", "Note"), ("A", "B")]
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    for row in rows:
        first.append(row)
    first.cell(1_048_576, 1).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)

    assert table(read_sheet("x.xlsx", out.getvalue())) == rows


# --------------------------------------------------------------------------------- refusals


def refused(name, content):
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(name, content)
    assert caught.value.sentence.endswith(".")
    assert caught.value.next_step
    return str(caught.value)


def test_a_spreadsheet_with_a_password_is_named_as_such():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
    content += "EncryptedPackage".encode("utf-16-le")

    assert "password" in refused("x.xlsx", content)


def test_a_spreadsheet_of_the_old_kind_is_named_as_such():
    assert "before 2007" in refused("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.xlsx", b"Name,Note\r\nA,B\r\n"),
        ("x.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("x.csv", b"%PDF-1.7\n\x00\x01\x02"),
        ("x.pdf", b"\xff\xfe\x00\xd8"),
    ],
)
def test_another_kind_of_file_is_no_spreadsheet(name, content):
    assert "not a spreadsheet" in refused(name, content)


def test_an_archive_that_is_no_spreadsheet_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        whole.writestr("word/document.xml", "<x/>")

    assert "not a spreadsheet" in refused("x.docx", out.getvalue())


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b",,,\r\n", xlsx([]), b"Name,Note\r\n"])
def test_a_file_without_rows_is_refused_with_a_reason(content):
    refused("x.csv", content)


def test_damaged_workbooks_are_refused_whatever_is_wrong_with_them():
    whole = xlsx([*PUPILS, *[(f"Name {n}", n) for n in range(200)]])
    dice = random.Random(1)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(dice.randrange(1, 20)):
            broken[dice.randrange(4, len(broken))] = dice.randrange(256)
        try:
            read_sheet("x.xlsx", bytes(broken[: dice.randrange(100, len(broken))]))
            read_sheet("x.xlsx", bytes(broken))
        except UnreadableFile:
            continue


def test_a_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("xl/workbook.xml", "<workbook/>")
        with whole.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(100):
                part.write(b"\0" * 1_048_576)

    assert len(out.getvalue()) < 200_000
    assert "too large" in refused("x.xlsx", out.getvalue())


def test_more_rows_or_columns_than_can_be_looked_at_are_refused(monkeypatch):
    monkeypatch.setattr(spreadsheet_parsing, "MOST_ROWS", 50)
    rows = [("Name", "Note"), *[(f"N{n}", "x") for n in range(51)]]

    assert "more than 50 rows" in refused("x.xlsx", xlsx(rows))
    assert "more than 50 rows" in refused("x.csv", "\n".join(map(",".join, rows)).encode())
    assert len(read_sheet("x.xlsx", xlsx(rows[:-1])).rows) == 50
    assert "more than 200 columns" in refused("x.csv", (",".join("x" * 201) + "\nA\n").encode())


def test_a_file_of_hundreds_of_megabytes_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(spreadsheet_parsing, "LARGEST", 1000)

    assert "too large" in refused("x.csv", b"Name,Note\n" + b"A,B\n" * 1000)


_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@pytest.mark.parametrize(
    ("parts", "told", "does"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "LibreOffice", "xlsx"),
        ({"Index/Document.iwa": "x"}, "Apple Numbers", "xlsx"),
        ({"[Content_Types].xml": _TYPES, "xl/workbook.bin": "x"}, "xlsb", "xlsx"),
        ({"[Content_Types].xml": _TYPES, "word/document.xml": "x"}, "Word document", "another"),
        ({"[Content_Types].xml": _TYPES, "ppt/presentation.xml": "x"}, "presentation", "another"),
        ({"pupils.csv": "Name,Year"}, "ZIP file", "Unpack"),
    ],
)
def test_a_whole_file_of_another_kind_is_called_by_its_name(parts, told, does):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    with pytest.raises(UnreadableFile, match=told) as caught:
        read_sheet("pupils.xlsx", made.getvalue())
    assert does in caught.value.next_step
