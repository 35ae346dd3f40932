"""Workbooks of several sheets, written and read."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_in import read_book
from dpdesk.registers.workbook import Look, OutRow, OutSheet, workbook


def two_sheets():
    rows = [
        OutRow(2, ["Heading", "Other"], looks=[Look.REQUIRED, Look.OPTIONAL]),
        OutRow(5, ["=1+1", "two\nlines"], Look.WRAPPED),
    ]
    return workbook(
        [
            OutSheet("First: [1]", rows, [20, 30], head_rows=2, merged=["A1:B1"]),
            OutSheet("Second", [OutRow(1, [1, None, "x"])]),
        ]
    )


def test_another_program_opens_it_as_it_was_meant():
    book = openpyxl.load_workbook(io.BytesIO(two_sheets()))
    assert book.sheetnames == ["First   1", "Second"]
    first = book["First   1"]
    assert first["A5"].value == "=1+1"
    assert first["A5"].data_type == "s"
    assert first["A5"].quotePrefix
    assert first["B5"].alignment.wrap_text
    assert first["A2"].font.bold
    assert first["A2"].fill.fgColor.rgb != first["B2"].fill.fgColor.rgb
    assert first.freeze_panes == "A3"
    assert [str(each) for each in first.merged_cells.ranges] == ["A1:B1"]
    assert [cell.value for cell in book["Second"][1]] == [1, None, "x"]


def test_every_sheet_is_read_with_the_numbers_of_its_rows():
    first, second = read_book(two_sheets())
    assert [number for number, _ in first.rows] == [2, 5]
    assert first.rows[1][1][:2] == ["=1+1", "two\nlines"]
    assert (second.title, second.rows[0][1][:3]) == ("Second", [1, None, "x"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "empty"), (b"Name,Date\n", "not a workbook"), (b"PK\x03\x04", "damaged")],
)
def test_what_is_no_workbook_is_refused(content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_book(content)
