"""Tables that are text: whatever letters, signs and quotation marks they were saved with."""

from __future__ import annotations

import pytest

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_heads import plain
from dpdesk.registers.spreadsheet_parsing import read_sheet
from dpdesk.registers.spreadsheet_parts import Asked

KNOWN = frozenset(map(plain, ("Name", "Received", "Address")))


def rows(text: str | bytes, **how):
    content = text.encode() if isinstance(text, str) else text
    sheet = read_sheet("x.csv", content, **how)
    return [sheet.columns, *(row.cells for row in sheet.rows)]


# --------------------------------------------------------------------------------- its letters


def test_the_reader_may_choose_the_alphabet():
    content = "Name,Received\nŠárka,x\n".encode("cp1250")
    found = rows(content, asked=Asked(encoding="Central European (Windows)"))
    assert found[1][0] == "Šárka"


# ------------------------------------------------------------------------------------ its sign

TABLE = [("Name", "Received", "Address"), ("Ann", "2/11/2026", "1 Road, Town, WE1"),
         ("Bo", "3/11/2026", "2 Road, Town, WE1"), ("Cy", "4/11/2026", "3 Road")]  # fmt: skip


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@pytest.mark.parametrize("known", [KNOWN, frozenset()], ids=["known", "unknown"])
@pytest.mark.parametrize("end", [2, 3, 4])
def test_commas_in_addresses_part_no_cells(sign, known, end):
    text = "\n".join(sign.join(row) for row in TABLE[:end])
    assert rows(text, known=known) == TABLE[:end]


def test_a_title_with_a_comma_does_not_decide_the_sign():
    text = "Pupils, class 4\n" + "\n".join(";".join(row) for row in TABLE)
    assert rows(text, known=KNOWN) == TABLE


def test_the_reader_may_choose_the_sign():
    assert rows("a;b,c;d\n1;2,3;4\n", asked=Asked(sign=","))[0] == ("a;b", "c;d")


# ------------------------------------------------------------------------- its quotation marks


def test_a_space_before_a_quotation_mark_does_not_break_its_cell():
    assert rows('Name, Address\n"Ann, B", "1 Road, Town"\n')[1] == ("Ann, B", "1 Road, Town")


@pytest.mark.parametrize(
    ("body", "row"),
    [
        ('A,x\nB,"open\nC,y\nD,y\n', 3),
        ('A,x\n"B,x\nC,y\n"D",y\n', 3),
        ('A,x\n"B,x\nC,y\n"Dee,y\nE,x\n', 3),
        ('A,"one\ntwo"\nB,"open', 4),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(body, row):
    with pytest.raises(UnreadableFile, match=f"quotation mark in row {row} is never closed"):
        rows("Name,Note\n" + body)


def test_cells_of_several_lines_and_marks_inside_words_are_no_fault():
    text = 'Name,Note\n"Ann","one\ntwo ""three"""\nBo,6" nail\n"Cy" S,x\n'
    assert rows(text)[1:] == [("Ann", 'one\ntwo "three"'), ("Bo", '6" nail'), ("Cy S", "x")]


def test_rows_between_two_stray_quotation_marks_are_told():
    text = 'Name,Class,Note\nA,4,"x\nB,4,y\nC,4,z"\nD,4,x\n'
    sheet = read_sheet("x.csv", text.encode())
    assert any("Row 2 has lines" in note for note in sheet.notes)
    honest = 'Name,Class,Note\nA,4,"1 Road, Town\nWenshire"\nD,4,x\n'
    assert read_sheet("x.csv", honest.encode()).notes == ()


def test_a_single_column_of_addresses_stays_one():
    text = "Address\n1 Road, Town\n2 Road, Town\n"
    assert rows(text, known=KNOWN)[1:] == [("1 Road, Town",), ("2 Road, Town",)]


# ---------------------------------------------------------------------------------- other kinds


@pytest.mark.parametrize(
    "start",
    [
        "<html><table><tr><td>",
        "<!DOCTYPE html>\n<html>",
        "\ufeff<?xml version='1.0'?>\n<Workbook>",
        "  <table border=1>",
    ],
)
def test_a_web_page_named_like_a_spreadsheet_is_named_as_one(start):
    with pytest.raises(UnreadableFile, match="web page or XML that only bears the name"):
        read_sheet("x.xls", (start + "Name</td><td>Received\nAnn,Bo\n").encode())


def test_line_breaks_that_another_program_wrote_as_signs_are_line_breaks():
    assert rows("Name,Address\nAnn,1 Road_x000D_Town\n")[1][1] == "1 Road\nTown"
