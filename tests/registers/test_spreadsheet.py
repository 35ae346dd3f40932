"""Lists out as spreadsheets, and back in without losing or gaining anything."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpdesk.law.accents import in_form
from dpdesk.registers import spreadsheet, spreadsheet_parsing
from dpdesk.registers.entries import ListColumn, Listing
from dpdesk.registers.fields import YES_NO, Choice, Field, Kind, Register, Tone
from dpdesk.registers.fields import State as Standing
from dpdesk.registers.spreadsheet_parts import MOST_COLUMNS, Sheet, SheetRow, packed, unpacked
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.store.tables import utc_text
from tests.dice import examples

PICKS = (
    Choice("a", "Apples"),
    Choice("b", "Bread, butter and jam"),
    Choice("c", "Apples, dried"),
    Choice("d", "Zoë’s choice"),
)
FIELDS = (
    Field(Kind.TEXT, "Who?", name="who"),
    Field(Kind.LONG_TEXT, "What happened?", name="story"),
    Field(Kind.YES_NO, "Agreed?", name="agreed", choices=YES_NO),
    Field(Kind.DATE, "When?", name="day"),
    Field(Kind.MOMENT, "Aware since", name="aware"),
    Field(Kind.NUMBER, "How many?", name="number", least=0),
    Field(Kind.MONEY, "How much?", name="amount", least=Decimal(0)),
    Field(Kind.CHOICE, "Which?", name="pick", choices=PICKS),
    Field(Kind.CHOICES, "Which ones?", name="picks", choices=PICKS),
    Field(Kind.LINKS, "Goes with", name="others", target="trials"),
)
TRIALS = Register(
    "trials", title="Trials", entry="trial", states=(Standing("open", "Open", "x", Tone.OK),)
).with_fields(FIELDS)
STANDING = (
    ListColumn("reference", "Reference"),
    ListColumn("title", "What"),
    ListColumn("state", "State"),
    ListColumn("due", "Due"),
)


NOBODY: Any = None
"""Only links ask the register."""


def stored(field: Field, value):
    """An answer as a row of a list holds it."""
    if value is None:
        return None
    if field.kind is Kind.DATE:
        return value.isoformat()
    if field.kind is Kind.MOMENT:
        return utc_text(value)
    if field.kind is Kind.MONEY:
        return int(value * 100)
    return json.dumps(list(value)) if field.kind in {Kind.CHOICES, Kind.LINKS} else value


def listing(*answers, due="2026-12-18"):
    columns = STANDING + tuple(ListColumn(field.name, field.label, field) for field in FIELDS)
    rows = [
        (
            number,
            f"T-{number:03}",
            "Trial",
            "open",
            due,
            *(stored(field, each.get(field.name)) for field in FIELDS),
        )
        for number, each in enumerate(answers, 1)
    ]
    return Listing(TRIALS, columns, rows, len(rows))


def back(content: bytes, sheet: Sheet | None = None) -> list[dict]:
    """The answers in a file, as an import would read them."""
    sheet = sheet or spreadsheet.read_sheet("trials", content)
    mapping = spreadsheet.match(TRIALS, sheet.columns)
    fields = {place: TRIALS.field(name) for place, name in mapping.items()}
    found = []
    for row in sheet.rows:
        values, problems = spreadsheet._answers(NOBODY, row, fields)
        assert not problems
        found.append(values)
    return found


def parsed_back(content: bytes) -> list[dict]:
    """The same, read in this process, where no worker has to start for it.

    What crosses the wall is packed and unpacked all the same.
    """
    sheet = spreadsheet_parsing.read_sheet("trials", content)
    crossed = unpacked(packed([(row.number, row.cells) for row in sheet.rows]), MOST_COLUMNS)
    rows = tuple(SheetRow(number, tuple(cells)) for number, cells in crossed)
    return back(content, replace(sheet, rows=rows))


def cells(content: bytes):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[0].iter_rows())


# Everything that can be typed into a field: no control signs but the end of a line.
typed = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)
words = typed.map(str.strip).filter(bool)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
moments = st.integers(-630_000_000, 7_250_000_000).map(
    lambda seconds: dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(seconds=seconds)
)
codes = st.sampled_from([choice.code for choice in PICKS])
one = st.fixed_dictionaries(
    {"who": words},
    optional={
        "story": lines,
        "agreed": st.sampled_from(["yes", "no", "unknown"]),
        "day": days,
        "aware": moments,
        "number": st.integers(0, 10**12),
        "amount": st.integers(0, 10**14).map(lambda pence: Decimal(pence) / 100),
        "pick": codes,
        "picks": st.lists(codes, min_size=1, unique=True).map(tuple),
        "others": st.lists(
            st.from_regex(r"T-[0-9]{3}", fullmatch=True), min_size=1, unique=True
        ).map(tuple),
    },
)


@given(st.lists(one, min_size=1, max_size=5))
@settings(max_examples=examples(25))
def test_what_goes_out_as_xlsx_comes_back_the_same(answers):
    assert parsed_back(spreadsheet.export(listing(*answers))) == answers


@given(st.lists(one, min_size=1, max_size=5))
@settings(max_examples=examples(25))
def test_what_goes_out_as_csv_comes_back_the_same(answers):
    assert parsed_back(spreadsheet.export_csv(listing(*answers))) == answers


@given(words)
@settings(max_examples=examples(15))
def test_no_cell_of_text_is_ever_a_formula(text):
    for sign in ("=", "-", "'@", ""):
        content = spreadsheet.export(listing({"who": sign + text}))
        kinds = {cell.data_type for row in cells(content) for cell in row}
        out = spreadsheet.export_csv(listing({"who": sign + text})).decode("utf-8-sig")
        written = list(csv.reader(io.StringIO(out, newline="")))[1][4]

        assert "f" not in kinds
        assert not written.startswith(("=", "+", "-", "@"))


def test_the_moment_that_the_clocks_repeat_in_autumn_is_kept():
    first = dt.datetime(2026, 10, 25, 1, 30, tzinfo=SCHOOL_TIME)
    answers = [
        {"who": "x", "aware": first.replace(fold=fold).astimezone(dt.UTC)} for fold in (0, 1)
    ]

    assert back(spreadsheet.export(listing(*answers))) == answers
    assert back(spreadsheet.export_csv(listing(*answers))) == answers


def test_days_are_days_amounts_are_amounts_and_choices_are_words():
    content = spreadsheet.export(
        listing(
            {
                "who": "Nguyễn",
                "day": dt.date(2026, 9, 3),
                "aware": dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC),
                "number": 7,
                "amount": Decimal("12.50"),
                "pick": "b",
                "picks": ("a", "c"),
            }
        )
    )
    head, row = cells(content)
    found = dict(zip([cell.value for cell in head], row, strict=True))

    assert found["Due"].is_date
    assert found["Due"].value.isoformat() == "2026-12-18T00:00:00"
    assert found["When?"].value.isoformat() == "2026-09-03T00:00:00"
    assert found["Aware since"].value.isoformat() == "2026-07-01T10:30:00"
    assert (found["How many?"].value, found["How much?"].value) == (7, 12.5)
    assert found["State"].value == "Open"
    assert found["Which?"].value == "Bread, butter and jam"
    assert found["Which ones?"].value == "Apples, Apples, dried"
    assert found["Who?"].value == "Nguyễn"


def test_only_the_columns_shown_go_out_in_the_order_shown():
    shown = listing({"who": "Zoë", "number": 3})
    places = [9, 0, 4]

    assert [[cell.value for cell in row] for row in cells(spreadsheet.export(shown, places))] == [
        ["How many?", "Reference", "Who?"],
        [3, "T-001", "Zoë"],
    ]
    assert (
        spreadsheet.export_csv(shown, places).decode("utf-8-sig")
        == "How many?,Reference,Who?\r\n3,T-001,Zoë\r\n"
    )


def test_columns_of_the_same_label_can_be_told_apart_and_come_back():
    fields = (Field(Kind.TEXT, "Name", name="school"), Field(Kind.TEXT, "Name", name="officer"))
    register = Register("twins", title="Twins", entry="twin").with_fields(fields)
    columns = tuple(ListColumn(field.name, field.label, field) for field in fields)
    shown = Listing(register, STANDING + columns, [(1, "R", "t", "", None, "A", "B")], 1)

    sheet = spreadsheet.read_sheet("x.csv", spreadsheet.export_csv(shown))

    assert sheet.columns[4:] == ("Name (school)", "Name (officer)")
    assert spreadsheet.match(register, sheet.columns) == {4: "school", 5: "officer"}


def test_an_empty_list_is_a_sheet_with_headings():
    assert [cell.value for cell in cells(spreadsheet.export(listing()))[0]][:2] == [
        "Reference",
        "What",
    ]


def test_signs_that_no_spreadsheet_can_hold_do_not_spoil_the_file():
    content = spreadsheet.export(
        listing({"who": "bell\x07 and \ud800 half", "story": "x" * 40_000})
    )
    row = cells(content)[1]

    assert row[4].value == "bell and  half"
    assert len(row[5].value) == 32_767


def test_exporting_leaves_no_file_behind_and_makes_none_on_the_way(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))

    assert spreadsheet.export(listing({"who": "Canary"}))


def test_equal_lists_give_equal_files():
    answers = {"who": "Zoë", "day": dt.date(2026, 9, 3)}

    assert spreadsheet.export(listing(answers)) == spreadsheet.export(listing(answers))


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Who?", "who"),
        ("WHO", "who"),
        ("story", "story"),
        ("  what   happened ", "story"),
        ("What happend?", "story"),
        ("Aware sïnce", "aware"),
        ("how_many", "number"),
        ("Which ones?", "picks"),
        ("Which?", "pick"),
        ("Reference", None),
        ("State", None),
        ("Shoe size", None),
        ("", None),
    ],
)
def test_a_heading_finds_its_question(heading, name):
    found = spreadsheet.match(TRIALS, [heading])

    assert found.get(0) == name


def test_no_question_is_answered_by_two_columns():
    found = spreadsheet.match(TRIALS, ["Who?", "Who", "who?", "When?"])

    assert found == {0: "who", 3: "day"}


def test_headings_match_however_accents_are_composed():
    composed, apart = (in_form(form, "Agréed?") for form in ("NFC", "NFD"))

    assert spreadsheet.match(TRIALS, [composed]) == spreadsheet.match(TRIALS, [apart])


def test_any_table_can_leave_as_a_spreadsheet():
    rows = [("=1+1", 3, dt.date(2026, 11, 20), None), ("Zoë", 0, None, Decimal("2.50"))]
    made = spreadsheet.table("Some: table", ("Who?", "How many?", "When?", "How much?"), rows)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert sheet.title == "Some  table"
    found = list(sheet.iter_rows(values_only=True))
    assert found[0] == ("Who?", "How many?", "When?", "How much?")
    assert found[1] == ("=1+1", 3, dt.datetime.fromisoformat("2026-11-20"), None)
    assert found[2][:2] == ("Zoë", 0)
    assert sheet["A2"].data_type == "s"
