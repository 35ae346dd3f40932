"""Cells of a spreadsheet that are merged: a class that stands once beside all of its pupils."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_parsing import read_book, read_sheet


def merged(rows, *areas, far=0):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if far:
        for number in range(len(rows) + 1, far):
            sheet.row_dimensions[number].height = 12
    for area in areas:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PUPILS = [
    ("Class", "Name"),
    ("4B", "Zoë Example"),
    (None, "Robin Example"),
    (None, "Kim Example"),
    ("4C", "Sam Example"),
]


def cells(sheet):
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize("far", [0, 3_000])
def test_a_class_merged_over_its_pupils_is_the_class_of_each_and_that_is_said(far):
    sheet = read_sheet("x.xlsx", merged(PUPILS, "A2:A4", far=far))

    assert [row[0] for row in cells(sheet)] == ["4B", "4B", "4B", "4C"]
    assert any("column A are merged over several rows" in note for note in sheet.notes)


def test_cells_that_are_only_empty_stay_empty_and_nothing_is_said():
    sheet = read_sheet("x.xlsx", merged(PUPILS))

    assert [row[0] for row in cells(sheet)] == ["4B", None, None, "4C"]
    assert sheet.notes == ()


def test_a_merged_class_makes_no_pupil_of_an_empty_row():
    sheet = read_sheet("x.xlsx", merged(PUPILS[:3], "A2:A12"))

    assert cells(sheet) == [("4B", "Zoë Example"), ("4B", "Robin Example")]


def test_a_heading_over_two_columns_is_not_the_heading_of_both():
    rows = [("Name", "Address", None), ("Zoë Example", "1 Lane", "Town")]

    sheet = read_sheet("x.xlsx", merged(rows, "B1:C1"))

    assert sheet.columns == ("Name", "Address", "")


def test_two_rows_of_headings_are_one_heading_for_each_column():
    rows = [
        ("Name", "Address", None),
        (None, "Street", "Town"),
        ("Zoë Example", "1 Lane", "Exampleton"),
    ]

    sheet = read_sheet(
        "x.xlsx", merged(rows, "A1:A2", "B1:C1"), known=frozenset({"name", "street", "town"})
    )

    assert sheet.columns == ("Name", "Street", "Town")
    assert cells(sheet) == [("Zoë Example", "1 Lane", "Exampleton")]


def test_a_block_over_rows_and_columns_is_read_once_in_each_row():
    rows = [("Class", "Room", "Name"), ("4B", None, "Zoë Example"), (None, None, "Kim Example")]

    sheet = read_sheet("x.xlsx", merged(rows, "A2:B3"))

    assert cells(sheet) == [("4B", None, "Zoë Example"), ("4B", None, "Kim Example")]


def test_a_workbook_read_whole_is_read_as_it_stands():
    (sheet,) = read_book(merged(PUPILS, "A2:A4"))

    assert [row[0] for _number, row in sheet.rows] == ["Class", "4B", None, None, "4C"]


def test_more_merged_cells_than_can_be_read_are_refused_in_words():
    rows = [tuple("abc")] + [("x", "y", number) for number in range(2_000)]
    areas = [f"A2:B{last}" for last in range(1_600, 2_001)]
    content = merged(rows)
    told = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            inside = old.read(part)
            if part.endswith("sheet1.xml"):
                inside = inside.replace(
                    b"</sheetData>", f"</sheetData><mergeCells>{told}</mergeCells>".encode()
                )
            new.writestr(part, inside)

    with pytest.raises(UnreadableFile, match="filled cells"):
        read_sheet("x.xlsx", out.getvalue())
