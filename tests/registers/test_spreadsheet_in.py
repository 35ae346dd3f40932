"""Whatever a spreadsheet does to its parser, it costs that import and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest

from dpdesk.errors import Cancelled, UnreadableFile
from dpdesk.registers.spreadsheet_in import read_book, read_sheet
from dpdesk.registers.spreadsheet_parsing import read_sheet as parse
from dpdesk.registers.spreadsheet_parts import ShownNumber, packed, unpacked
from dpdesk.registers.spreadsheet_weighing import weigh

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def a_book(rows=(("Name", "Note"), ("Zoë", "x"))):
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(part, change, extra=()):
    """A workbook with one part changed, and parts added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_book())) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in whole.namelist():
            content = whole.read(name)
            made.writestr(name, change(content) if name == part else content)
        for name, content in extra:
            made.writestr(name, content)
    return out.getvalue()


def with_rows(rows):
    return changed(SHEET, lambda text: text.replace(b"<sheetData>", b"<sheetData>" + rows))


def with_strings(strings):
    return changed("", bytes, [("xl/sharedStrings.xml", STRINGS + strings + b"</sst>")])


BOMBS = {
    "cells in a row": lambda: with_rows(b"<row>" + b"<c/>" * 20_000 + b"</row>"),
    "cells in a row, by another name": lambda: with_rows(
        b'<x:row xmlns:x="a">' + b'<x:c r="A1"/>' * 20_000 + b"</x:row>"
    ),
    "cells": lambda: with_rows((b"<row>" + b"<c/>" * 10_000 + b"</row>") * 410),
    "formats": lambda: changed(
        "xl/styles.xml", lambda text: text.replace(b"<cellXfs", b"<xf/>" * 600_000 + b"<cellXfs", 1)
    ),
    "texts": lambda: with_strings(b"<si/>" * 2_600_000),
    "one text": lambda: with_strings(b"<si><t>" + b"a" * 5_000_000 + b"</t></si>"),
    "sheets": lambda: changed(
        "xl/workbook.xml", lambda text: text.replace(b"<sheets>", b"<sheets>" + b"<s/>" * 600_000)
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_small_file_that_unpacks_into_too_much_is_refused_before_it_is_parsed(kind):
    bomb = BOMBS[kind]()
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableFile, match="too large for an import"):
        parse("x.xlsx", bomb)


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<x/>".encode("utf-16"),
    ],
    ids=["entities", "a file", "an address", "another encoding"],
)
def test_what_no_spreadsheet_program_writes_is_refused(hostile):
    with pytest.raises(UnreadableFile, match="damaged"):
        parse("x.xlsx", changed(SHEET, lambda text: hostile + text))


def test_a_tag_that_lies_over_the_seam_of_two_bits_is_counted_once():
    for shift in range(25):
        row = b"<row>" + b" " * shift + b'<c r="A1"       ></c>' * 16_384
        weigh(zipfile.ZipFile(io.BytesIO(with_rows(row + b"</row>"))))
        with pytest.raises(UnreadableFile, match="too large"):
            weigh(zipfile.ZipFile(io.BytesIO(with_rows(row + b"<c/></row>"))))


def test_cells_come_through_the_wall_as_what_they_are():
    moment = dt.datetime.fromisoformat("2026-09-03T14:05")
    rows = [
        ("Name", "Number", "Share", "Day", "Moment", "Yes"),
        ("Zoë Nguyễn", 12, 0.25, moment.replace(hour=0, minute=0), moment, True),
        ("Paweł\nWójcik", None, -1e300, None, None, "#N/A"),
    ]

    sheet = read_sheet("x.xlsx", a_book(rows))

    assert sheet == parse("x.xlsx", a_book(rows))
    assert sheet.rows[0].cells == (*rows[1][:5], "Yes")
    (whole,) = read_book(a_book(rows))
    assert (whole.title, [number for number, _ in whole.rows]) == ("Sheet", [1, 2, 3])


def test_what_is_wrong_with_a_file_comes_through_the_wall_as_a_sentence():
    with pytest.raises(UnreadableFile, match=r"This file is empty\. Choose another file\."):
        read_sheet("x.csv", b"")


def test_a_file_that_fills_the_memory_costs_its_import_alone():
    with pytest.raises(UnreadableFile, match="more memory than an import is allowed"):
        read_sheet("x.csv", b"Name,Note\n" + (b"xy," * 10_000 + b"\n") * 900)
    assert read_sheet("x.csv", b"Name,Note\nA,B\n").rows[0].cells == ("A", "B")


def test_a_line_of_endless_cells_is_refused_before_it_is_parted():
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        parse("x.csv", b"Name,Note\n" + b"," * 1_000_000)


def test_reading_says_how_far_it_is_and_stops_when_it_is_told_to():
    content = a_book([("Name", "Note"), *[(f"N{n}", n) for n in range(3000)]])
    heard: list[int] = []

    read_sheet("x.xlsx", content, read=heard.append)

    assert heard[0] < 3000
    assert max(heard) >= 2500
    with pytest.raises(Cancelled):
        read_sheet("x.xlsx", content, cancelled=lambda: True)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"x",
        b"[1]",
        b'[["1", []]]',
        b"[[true, []]]",
        json.dumps([[1, ["x"] * 4]]).encode(),
        b'[[1, [["whole", "1e400"]]]]',
        b'[[1, [["whole", 5]]]]',
        json.dumps([[1, [["whole", "9" * 1000]]]]).encode(),
        b'[[1, [["day", "yesterday"]]]]',
        b'[[1, [["code", "x"]]]]',
        b'[[1, [{"a": 1}]]]',
        b'[[1, [["shown", "x", "7"]]]]',
        b'[[1, [["shown", 7, ["whole", "7"]]]]]',
        b'[[1, [["shown", "x", ["day", "2026-01-01"]]]]]',
        b'[[1, [["x", "y", ["whole", "7"]]]]]',
    ],
)
def test_only_rows_of_plain_cells_are_taken_from_a_worker(nonsense):
    with pytest.raises((ValueError, TypeError)):
        unpacked(nonsense, 3)
    assert unpacked(packed([(7, ("a", None, 1))]), 3) == [(7, ["a", None, 1])]
    ((_, (back,)),) = unpacked(packed([(7, (ShownNumber("42 years", 42),))]), 3)
    assert (back, back.number) == ("42 years", 42)
