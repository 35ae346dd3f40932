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


@pytest.mark.parametrize("sign", ["~", "^", ":"])
def test_a_rare_sign_parts_cells_where_the_headings_say_so(sign):
    text = "\n".join(sign.join(row) for row in TABLE)
    assert rows(text, known=KNOWN) == TABLE
    assert rows(text)[0] != TABLE[0], "and nowhere else"


def test_quotation_marks_behind_a_stroke_are_those_of_a_database():
    text = 'Name,Received,Address\n"Ann \\"Annie\\" Lee",x,"1 Road, Town"\nBo,y,z\n'
    assert rows(text)[1] == ('Ann "Annie" Lee', "x", "1 Road, Town")
    assert rows('Name,Note\n"C:\\","a ""b"""\n')[1] == ("C:\\", 'a "b"')


def test_rows_that_two_stray_marks_swallow_are_told_in_two_columns_too():
    text = 'Name,Note\nAnn,"x\nBo,y\nCy,z"\nDee,ok\n'
    assert "look like rows" in read_sheet("x.csv", text.encode()).notes[0]
    home = 'Name,Home\nAnn,"1 Road\nTown, WE1"\nBo,2 Road\n'
    assert read_sheet("x.csv", home.encode()).notes == ()


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        ("%PDF-1.7\n1 0 obj", "a PDF"),
        ("{\\rtf1\\ansi Name, Class}\nx", "RTF"),
        ('ID;PWXL;N;E\nC;Y1;X1;K"Name"\n', "SYLK"),
        ('TABLE\n0,1\n"EXCEL"\n', "DIF"),
        ("BEGIN:VCARD\nFN:Ann\n", "address book"),
        ("From: <Saved by Excel>\nMIME-Version: 1.0\n\n<table>", "web page or message"),
        ('[{"Name": "Ann"}]\n', "JSON"),
    ],
)
def test_another_kind_of_text_is_called_what_it_is(begins, kind):
    with pytest.raises(UnreadableFile, match=kind):
        rows(begins)


def test_headings_that_come_again_on_each_page_are_no_rows():
    text = "Name,Class\nAnn,4\nNAME,Class\nBo,5\nName,Class\nCy,6\n"
    sheet = read_sheet("x.csv", text.encode())
    assert [row.cells[0] for row in sheet.rows] == ["Ann", "Bo", "Cy"]
    assert sheet.notes == ("2 rows say the headings again, and are left out.",)


def test_a_formula_that_has_failed_is_told():
    sheet = read_sheet("x.csv", b"Name,Home\nAnn,#N/A\nBo,2 Road\nCy,#REF!\n")
    assert sheet.rows[0].cells == ("Ann", "#N/A")
    assert sheet.notes[0].startswith("A formula has failed in row 2 and row 4, so a fault")
