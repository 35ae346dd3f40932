"""What a spreadsheet shows is what is read; where that cannot be, it is said."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_heads import plain
from dpdesk.registers.spreadsheet_numbers import shown
from dpdesk.registers.spreadsheet_parsing import read_sheet
from dpdesk.registers.spreadsheet_parts import Asked
from dpdesk.registers.workbook import OutRow, OutSheet, workbook

HEAD = ("Name", "Received", "Address")
KNOWN = frozenset(map(plain, (*HEAD, "Channel")))
ROWS = [("Ann", "2/11/2026", "1 Road"), ("Bo", "3/11/2026", "2 Road"), ("Cy", None, "3 Road")]


def a_book(*sheets: tuple[str, list[Any]], shape: Any = None) -> bytes:
    """A workbook of titled sheets; ``shape`` changes it before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if shape is not None:
        shape(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(content: bytes, *changes: tuple[bytes, bytes], part: str = ".xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            inside = whole.read(name)
            if name.endswith((part, ".rels")):
                for old, new in changes:
                    inside = inside.replace(old, new)
            made.writestr(name, inside)
    return out.getvalue()


def names(sheet: Any) -> list[Any]:
    return [row.cells[0] for row in sheet.rows]


# ------------------------------------------------------------------------------- hidden things


def test_rows_that_a_filter_hides_are_left_out_and_told():
    def hide(book: Any) -> None:
        book["Log"].row_dimensions[3].hidden = True
        book["Log"].column_dimensions["C"].hidden = True

    content = a_book(("Log", [HEAD, *ROWS]), shape=hide)

    sheet = read_sheet("x.xlsx", content, known=KNOWN)
    assert names(sheet) == ["Ann", "Cy"]
    assert any("1 row is hidden" in note and "left out" in note for note in sheet.notes)
    assert any(note.startswith("Column C is hidden") for note in sheet.notes)
    every = read_sheet("x.xlsx", content, known=KNOWN, asked=Asked(hidden=True))
    assert names(every) == ["Ann", "Bo", "Cy"]
    assert any("read anyway" in note for note in every.notes)
    assert [row.number for row in every.how.top if row.hidden] == [3]


def test_where_every_row_is_hidden_all_of_them_are_read_and_told():
    def hide(book: Any) -> None:
        for number in (2, 3, 4):
            book["Log"].row_dimensions[number].hidden = True

    sheet = read_sheet("x.xlsx", a_book(("Log", [HEAD, *ROWS]), shape=hide))
    assert names(sheet) == ["Ann", "Bo", "Cy"]
    assert any("3 rows are hidden" in note for note in sheet.notes)


def test_the_sheet_that_fits_is_read_not_the_first_nor_a_hidden_one():
    def hide(book: Any) -> None:
        book["Lists"].sheet_state = "hidden"

    help_page = [("How to use this",), ("1", "Fill it in"), ("2", "Send it")]
    lists = [("Name", "Received", "Address", "Channel"), ("A", "B", "C", "D")]
    content = a_book(("Lists", lists), ("Read me", help_page), ("Log", [HEAD, *ROWS]), shape=hide)

    sheet = read_sheet("x.xlsx", content, known=KNOWN)
    assert names(sheet) == ["Ann", "Bo", "Cy"]
    assert sheet.how.sheets == ("Lists", "Read me", "Log")
    assert sheet.how.asked.sheet == "Log"
    asked = read_sheet("x.xlsx", content, known=KNOWN, asked=Asked(sheet="Lists"))
    assert names(asked) == ["A"]
    assert any("“Lists” is hidden" in note for note in asked.notes)


@pytest.mark.parametrize(
    "above",
    [
        [("Request", None, "Contact")],
        [("School", "Little Wenham"), ("Printed", "1 May"), ()],
        [("Log of 2026",), ()],
    ],
)
def test_the_headings_are_found_below_what_stands_above_them(above):
    content = a_book(("Log", [*above, HEAD, *ROWS]))
    sheet = read_sheet("x.xlsx", content, known=KNOWN)
    assert sheet.columns == HEAD
    assert sheet.how.asked.head == len(above) + 1
    other = read_sheet("x.xlsx", content, asked=Asked(head=len(above) + 2))
    assert other.columns[0] == "Ann"
    assert names(other) == ["Bo", "Cy"]


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([("School", "Wenham"), ("Printed", "1 May"), ("Who", "When", "Where"), ("A", 1, "B")], 3),
        ([("Request", None, None, "Contact"), ("Who", "When", "How", "Where"), (1, 2, 3, 4)], 2),
        ([("Who", "When"), ("Ann", 1, "left over", "more"), ("Bo", 2)], 1),
        ([("Who", "When", "Where"), ("Ann", "May", "Wenham"), ("Bo", "June", "Wenham")], 1),
    ],
)
def test_headings_that_nobody_knows_are_told_from_what_stands_above_them(rows, head):
    assert read_sheet("x.xlsx", a_book(("Log", rows))).how.asked.head == head


# ------------------------------------------------------------------------------- what is shown


@pytest.mark.parametrize(
    ("number", "form", "seen"),
    [
        (1632960001, "00000000000", "01632960001"),
        (7, "0000", "0007"),
        (7700900123, "00000 000000", "07700 900123"),
        (42, '"REF-"0000', "REF-0042"),
        (2075551234, "[<=9999999]###-####;(###) ###-####", "(207) 555-1234"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "555-1234"),
        (123456789, "000\\-000\\-000", "123-456-789"),
        (0.25, "0%", "25%"),
        (-3, "0000", "-0003"),
        (0, '0;-0;"none"', "none"),
        (1.5, '0.00" kg"', "1.50 kg"),
        (1234567, '#,##0,"k"', "1,235k"),
        (12.5, "000.0", "012.5"),
        (1, '"Yes";"Yes";"No"', "Yes"),
        (0, '"Yes";"Yes";"No"', "No"),
        (2, '[=1]"Boy";[=2]"Girl";General', "Girl"),
        (-1, '0;"minus"', "minus"),
        (3, '[=1]"Boy";[=2]"Girl";General', None),
        (5, ";;;", None),
        (1234.5, "#,##0.00", None),
        (1234.5, '"£"#,##0.00', None),
        (-4.5, "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", None),
        (5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', None),
        (12, "General", None),
        (12, "d-mmm-yy", None),
        (0.5, "# ?/?", None),
        (12, "0.00E+00", None),
        (12, "", None),
        (12, '"', None),
        (12, "\\", None),
        (12, "[", None),
        (12, "0" * 300, None),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(number, form, seen):
    assert shown(number, form) == seen


def test_zeros_that_only_the_format_adds_are_read_and_amounts_stay_numbers():
    def shape(book: Any) -> None:
        sheet = book["Log"]
        sheet["A2"].number_format = "00000000000"
        sheet["B2"].number_format = '"£"#,##0.00'

    content = a_book(("Log", [("Telephone", "Amount"), (1632960001, 12.5)]), shape=shape)
    assert read_sheet("x.xlsx", content).rows[0].cells == ("01632960001", 12.5)


@pytest.mark.parametrize("stored", ["", "<v></v>", "<v/>"])
def test_a_formula_without_its_result_is_refused_and_named(stored):
    content = a_book(("Log", [HEAD, ("Ann", 1, "=1+1")]))
    content = replaced(content, (b"<f>1+1</f><v></v>", b"<f>1+1</f>" + stored.encode()))
    content = replaced(content, (b"<f>1+1</f><v />", b"<f>1+1</f>" + stored.encode()))
    with pytest.raises(UnreadableFile, match=r"results are not stored in it \(C2\)"):
        read_sheet("x.xlsx", content)


def test_a_formula_with_its_result_and_one_that_says_nothing_are_read():
    content = a_book(("Log", [HEAD, ("Ann", "=2+2", '=""')]))
    for end in (b"<v></v>", b"<v />"):
        content = replaced(
            content,
            (b'<c r="B2"><f>2+2</f>' + end, b'<c r="B2"><f>2+2</f><v>4</v>'),
            (b'<c r="C2"><f>""</f>' + end, b'<c r="C2" t="str"><f>""</f><v></v>'),
        )
    assert read_sheet("x.xlsx", content).rows[0].cells == ("Ann", 4, None)


def test_signs_written_by_their_number_are_read_as_the_signs():
    content = a_book(("Log", [HEAD, ("Ann", "x", "1 Road_x000D_\nTown _x005F_x000D_ _x0001_.")]))
    assert read_sheet("x.xlsx", content).rows[0].cells[2] == "1 Road\nTown _x000D_ ."


def test_what_looks_like_such_a_sign_comes_back_from_our_own_workbook():
    words = "room _x0041_ and _x000D_"
    out = workbook([OutSheet("Log", [OutRow(1, ["Note", "Other"]), OutRow(2, [words, "＝1+1"])])])
    assert read_sheet("x.xlsx", out).rows[0].cells == (words, "＝1+1")


STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


def test_a_workbook_saved_as_strict_open_xml_is_read_like_any_other():
    rows = [HEAD, ("Ann", dt.datetime.fromisoformat("2026-11-02T00:00"), "1 Road")]
    strict = replaced(a_book(("Log", rows)), *STRICT)
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(strict)).read("xl/workbook.xml")
    assert read_sheet("x.xlsx", strict).rows[0].cells == rows[1]
