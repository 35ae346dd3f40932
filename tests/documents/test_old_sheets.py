"""Excel workbooks of the old kind: every cell, and all words that stand in no cell."""

from __future__ import annotations

import struct

import pytest
from PIL import Image

from dpdesk.documents import pdf, sheet_xls
from dpdesk.documents.normal import Normal
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.documents.makers import encoded
from tests.documents.old_sheets import (
    begin,
    cell,
    drawing,
    font,
    form,
    record,
    string,
    workbook,
)
from tests.documents.test_old_word import blip
from tests.documents.test_sheets import pages

pytestmark = pytest.mark.usefixtures("qapp")


def read(content: bytes) -> tuple[list[str], Normal]:
    made = sheet_xls.xls(content, None, Limits())
    return pages(made), made


def test_cells_are_shown_with_the_name_of_their_sheet() -> None:
    (page,), made = read(workbook({"Pupils": cell(0, 0, "Łukasz Example") + cell(1, 1, 4.5)}))
    assert page == "Sheet “Pupils” A B 1 Łukasz Example 2 4.5"
    assert len(made.warnings) == 1


def test_cells_are_shown_in_their_format_and_what_it_hides_is_told() -> None:
    more = [
        *(font() for _ in range(4)),
        font(colour=9),  # the library counts fonts as Excel does, which leaves out the fifth
        record(0x41E, struct.pack("<H", 164) + string("00000 000000")),
        record(0x41E, struct.pack("<H", 165) + string(";;;")),
        *(form(0, code) for code in (0, 14, 164, 165)),
        form(5, 0),
    ]
    cells = (
        cell(0, 0, 46279.0, 1) + cell(0, 1, 1632960001.0, 2) + cell(0, 2, "secret", 3)
        + cell(0, 3, "white", 4)
        + record(0x205, struct.pack("<HHHBB", 1, 0, 0, 1, 0))
        + record(0x205, struct.pack("<HHHBB", 1, 1, 0, 0x17, 1))
    )  # fmt: skip
    (page, after), _made = read(workbook({"S": cells}, more=more))
    assert "14/09/2026 01632 960001" in page
    assert "TRUE #REF!" in page
    assert "1 passage of hidden text S, cell C1 secret" in after
    assert "1 passage that nobody can see S, cell D1 white" in after


def test_hidden_sheets_rows_and_columns_come_after_the_others() -> None:
    row = record(0x208, struct.pack("<HHHHHHHH", 1, 0, 2, 255, 0, 0, 0x20, 0))
    column = record(0x7D, struct.pack("<HHHHH", 1, 1, 2560, 0, 1) + bytes(2))
    cells = column + row + cell(0, 0, "seen") + cell(1, 0, "in a row") + cell(0, 1, "in a column")
    names = record(0x18, struct.pack("<HBBHHH4x", 1, 0, 4, 9, 0, 0) + b"\0code\x17\6\0SEN 12")
    found, made = read(
        workbook(
            {"S": cells, "Other": cell(0, 0, "on a sheet"), "Third": cell(0, 0, "deep")},
            states={"Other": 1, "Third": 2},
            more=[form(0, 0), names],
        )
    )
    assert found[0] == "Sheet “S” A 1 seen"
    rest = " ".join(found[1:])
    for words in (
        "in a row",
        "in a column",
        "on a sheet",
        "deep",
        "(very hidden)",
        'code "SEN 12"',
    ):
        assert words in rest
    assert "1 hidden row, 1 hidden column and 2 hidden sheets" in made.warnings[1].replace(
        "1 hidden name, ", ""
    )


def test_comments_are_shown_with_their_cell_and_once() -> None:
    note = record(0x1C, struct.pack("<HHHH", 1, 2, 0, 1) + string("A. Head") + b"\0")
    (_page, after), _made = read(
        workbook({"S": cell(0, 0, "x") + drawing("Ask the mother.", 0x19) + note})
    )
    assert "1 comment S, cell C2, A. Head Ask the mother." in after
    assert after.count("Ask the mother.") == 1


@pytest.mark.parametrize("parts", [1, 3])
def test_words_in_drawings_charts_and_on_printed_pages_are_shown(parts: int) -> None:
    chart = begin(32) + record(0x100D, b"\0\0" + string("Absence of Ada", 1)) + record(10)
    around = (
        record(0x14, string('&L&"Arial,Bold"&10Oak School &&c')) + record(0x15)
        + cell(0, 0, "x")
        + drawing("Łukasz was moved to Year 9", parts=parts) + drawing("Save", 7) + chart
    )  # fmt: skip
    found, _made = read(workbook({"S": around, "T": cell(0, 0, "y") + drawing("On T")}))
    after = found[2]
    assert after == (
        "On sheet “S”, beside its cells Łukasz was moved to Year 9 Save Absence of Ada "
        "Printed on its pages: Oak School &c On sheet “T”, beside its cells On T"
    )


def test_pictures_on_sheets_are_shown() -> None:
    red = encoded(Image.new("RGB", (9, 9), "red"), "PNG")
    held = blip(red)
    made = sheet_xls.xls(
        workbook({"S": cell(0, 0, "x")}, more=[record(0xEB, bytes(8) + held[:40], held[40:])]),
        None,
        Limits(),
    )
    document = pdf.open_pdf(made.made or b"")
    assert b"\x00\x00\xff" in pdf.draw(document, 1, 1.0).content
    document.close()


def test_prompts_and_lists_behind_cells_are_shown() -> None:
    listed = b"\x17" + string("Ada\0Ben", 1)
    prompt = b"".join(map(string, ("Reason", "\0", "Why Robin left", "\0")))
    rule = bytes(4) + prompt + struct.pack("<HH", len(listed), 0) + listed + bytes(8)
    (_page, after), made = read(workbook({"S": cell(0, 0, "x") + record(0x1BE, rule)}))
    assert "3 prompts and lists to choose from S Reason S Why Robin left S Ada, Ben" in after
    assert "3 prompts and lists to choose from" in made.warnings[1]


def test_copies_of_other_data_are_shown_unless_they_are_seen_anyway() -> None:
    other = [
        record(0x1AE, struct.pack("<H", 1) + string("\1staff.xls") + string("SEN")),
        record(0x59, struct.pack("<HH", 1, 0)),
        record(
            0x5A,
            struct.pack("<BBH", 3, 0, 4) + b"\2" + string("Ada") + b"\1" + struct.pack("<d", 7)
            + b"\4\1" + bytes(7) + b"\0" + bytes(8),
        ),
    ]  # fmt: skip
    found, made = read(
        workbook(
            {"S": cell(0, 0, "Ben")},
            more=other,
            folders={
                "_SX_DB_CUR": {
                    "0001": record(0xCD, string("Ben")) + record(0xCD, string("Cleo")),
                    "0002": record(0xCD, string("Ben")),
                }
            },
        )
    )
    assert "2 copies of other data" in made.warnings[1]
    rest = " ".join(found[2:])
    assert "Copy of from staff.xls, sheet “SEN” A B C 5 Ada 7 TRUE" in rest
    assert "Copy of data kept for a pivot table A 1 Ben 2 Cleo" in rest


def test_a_link_says_where_it_leads_even_in_an_empty_cell() -> None:
    address = "https://oak.example/robin\0".encode("utf-16-le")
    link = struct.pack("<HHHH", 2, 2, 1, 1) + bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
    link += struct.pack("<II", 2, 3) + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
    link += struct.pack("<I", len(address)) + address
    (page,), _made = read(workbook({"S": cell(0, 0, "x") + record(0x1B8, link)}))
    assert "3 (https://oak.example/robin)" in page


def test_what_is_damaged_gives_the_rest_or_a_sentence() -> None:
    whole = drawing("Ada") + record(0x1BE, bytes(5)) + record(0x5A, b"\1") + record(0x100D, b"")
    (_page, after), _made = read(workbook({"S": cell(0, 0, "x") + whole + record(0x1AE, b"\xff")}))
    assert "Ada" in after
    with pytest.raises(UnreadableFile, match="damaged"):
        read(workbook({"S": b""})[:700])


def words_in(formula: bytes) -> bytes:
    """A cell with a formula of these tokens."""
    head = bytes(20) + len(formula).to_bytes(2, "little")
    return record(6, head + formula)


def said(words: str) -> bytes:
    return b"\x17" + string(words, 1)


def test_words_in_formulas_and_names_are_told() -> None:
    formula = b"\x44" + bytes(4) + said("Emily Ward") + b"\x0b" + b"\x19\x02\x05\x00" + said("Low")
    name = "Oscar_H"
    head = bytes(3) + bytes([len(name)]) + len(said("Ask Zoë")).to_bytes(2, "little") + bytes(4)
    named = head + bytes([0, 8, 0, 0]) + b"\0" + name.encode() + said("Ask Zoë") + b"\0for Isla"
    built_in = b"\x20" + bytes(2) + b"\x01" + bytes(10) + b"\0\x06"
    content = workbook(
        {"S": cell(0, 0, "x") + words_in(formula) + words_in(b"\xff\x17")},
        more=[record(0x18, named), record(0x18, built_in)],
    )
    found, made = read(content)
    told = " ".join(found)
    for words in ("Emily Ward", "Oscar_H", "Ask Zoë", "for Isla", "Formula on sheet “S”: Low"):
        assert words in told, words
    assert "texts in places that nobody sees" in made.warnings[1]
