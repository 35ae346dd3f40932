"""Lists in which a class, a year or a house stands once, above the pupils for whom it is meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.people import group_lines, told_once
from dpdesk.people.columns import layout
from dpdesk.registers.spreadsheet_parts import Sheet, SheetRow

HEAD = "Class,Surname,Forename,DOB\n"
ONCE = (
    HEAD + "7A,Ward,Tom,02/03/2015\n,Hill,Ana,05/06/2015\n,Moss,Ben,01/02/2015\n"
    "7B,Reed,Ida,03/04/2015\n,Quill,Eve,08/09/2015\n"
)


def forms(read: Any, what: str = "form") -> list[str | None]:
    return [each.values.get(what) for each in read.people.people]


def test_a_class_that_stands_once_is_asked_about_and_read_below_only_when_said(importing):
    read = importing.read("list.csv", ONCE.encode())
    assert forms(read) == ["7A", None, None, "7B", None]
    assert read.people.notes[0] == (
        "“Class” is in 2 rows and is empty in the 3 rows below, whose pupils come in without "
        "a class."
    )
    assert told_once.question(read.once) == (
        "Fill the empty cells of “Class” with what stands above"
    )
    again = importing.understood(read.sheet, down=True)
    assert forms(again) == ["7A", "7A", "7A", "7B", "7B"]
    assert again.people.notes == (
        "“Class” stands once for each class; it is read for 3 rows below.",
    )
    assert again.once == read.once


def test_year_and_house_are_read_below_too_and_a_class_ends_with_its_year(importing):
    text = (
        "Year,Class,House,Surname,Forename\n"
        "Year 7,A,Oak,Ward,Tom\n,,,Hill,Ana\n,B,Elm,Moss,Ben\n,,,Sole,Kit\n"
        "Year 8,,Oak,Reed,Ida\n,A,,Quill,Eve\n,,,Bray,Amy\n"
    )
    read = importing.read("list.csv", text.encode(), down=True)
    assert forms(read, "year_group") == ["7", "7", "7", "7", "8", "8", "8"]
    assert forms(read) == ["A", "A", "B", "B", None, "A", "A"]
    # The last class says nothing of its house, and so nothing is said of it.
    assert forms(read, "house") == ["Oak", "Oak", "Elm", "Elm", "Oak", None, None]


def test_a_class_in_a_row_of_its_own_stands_for_the_pupils_below(importing):
    text = HEAD + "7A,,,\n,Ward,Tom,02/03/2015\n,Hill,Ana,05/06/2015\n7B,,,\n,Reed,Ida,3/4/2015\n"
    assert forms(importing.read("list.csv", text.encode(), down=True)) == ["7A", "7A", "7B"]


@pytest.mark.parametrize("foot", ["Total,2,,", "Total pupils:,2,,2", "Grand total,,,14"])
def test_a_total_with_its_figures_in_other_columns_is_nobody(importing, foot):
    text = f"Surname,Forename,DOB,Year\nQuill,Ida,01/09/2014,7\nTotal,Max,02/09/2014,7\n{foot}\n"
    people = importing.read("list.csv", text.encode()).people
    assert [each.name for each in people.people] == ["Ida Quill", "Max Total"]
    assert any("such as totals, are left out (1)" in note for note in people.notes)


def test_a_total_below_a_class_is_still_nobody(importing):
    text = ONCE + ",5 pupils,,\n"
    read = importing.read("list.csv", text.encode(), down=True)
    assert len(read.people.people) == 5


@pytest.mark.parametrize(
    "rows",
    [
        "7A,Ward,Tom,2/3/2015\n,Hill,Ana,5/6/2015\n7A,Moss,Ben,1/2/2015\n7A,Sole,Kit,1/3/2015\n",
        ",Ward,Tom,2/3/2015\n7A,Hill,Ana,5/6/2015\n,Moss,Ben,1/2/2015\n,Sole,Kit,1/3/2015\n",
        "7A,Ward,Tom,2/3/2015\n,Hill,Ana,5/6/2015\n7B,Moss,Ben,1/2/2015\n7A,Bray,Amy,4/5/2015\n",
    ],
    ids=["one pupil has no class", "the first has none", "a class comes again"],
)
def test_nothing_is_asked_where_the_list_is_no_outline(importing, rows):
    read = importing.read("list.csv", (HEAD + rows).encode())
    assert read.once == ()


def test_rows_of_one_pupil_with_several_contacts_are_no_gaps(importing):
    text = (
        "Class,Surname,Forename,DOB,Contact 1 Name\n"
        "7A,Ward,Tom,2/3/2015,Jo Hill\n,Ward,Tom,2/3/2015,Dan Ward\n"
        "7B,Reed,Ida,3/4/2015,Noor Reed\n,Reed,Ida,3/4/2015,Sam Reed\n"
    )
    read = importing.read("list.csv", text.encode())
    assert read.once == ()
    assert forms(read) == ["7A", "7B"]


GROUPS = st.lists(
    st.tuples(st.sampled_from([f"{year}{form}" for year in range(7, 12) for form in "ABC"]),
              st.integers(1, 6)),
    min_size=1, max_size=6, unique_by=lambda each: each[0],
)  # fmt: skip


@given(GROUPS)
def test_what_is_read_below_is_the_class_above_and_nothing_else_is_touched(groups):
    rows: list[SheetRow] = []
    meant: list[str] = []
    for form, size in groups:
        for place in range(size):
            number = len(rows) + 2
            rows.append(SheetRow(number, (form if not place else None, f"Name{number}", "Bo")))
            meant.append(form)
    sheet = Sheet(("Class", "Surname", "Forename"), tuple(rows))
    found = told_once.found_in(sheet, layout(sheet.columns, rows=sheet.rows))
    empty = len(rows) - len(groups)
    assert bool(found) == (empty > 0 and 2 * empty >= len(groups))
    read = told_once.read_so(sheet, found, down=True)
    assert [row.cells[1:] for row in read.rows] == [row.cells[1:] for row in rows]
    if found:
        assert [row.cells[0] for row in read.rows] == meant
    left = told_once.read_so(sheet, found, down=False)
    assert left.rows == sheet.rows


LINES = (
    "Surname,Forename,DOB\nClass 4B – Mrs Reed,,\nWard,Tom,02/03/2018\nHill,Ana,05/06/2018\n"
    "Class 5A,,\nMoss,Ben,01/02/2017\n"
)


def test_a_class_in_a_line_above_its_pupils_is_asked_about(importing):
    read = importing.read("list.csv", LINES.encode())
    assert [each.name for each in read.people.people] == ["Tom Ward", "Ana Hill", "Ben Moss"]
    assert forms(read) == [None, None, None]
    assert read.people.notes[0] == (
        "“Class 4B – Mrs Reed” is in a row of its own, and 3 pupils below such lines come in "
        "without a class."
    )
    assert told_once.question(read.once) == (
        "Read lines such as “Class 4B – Mrs Reed” as the class of the pupils below"
    )
    again = importing.understood(read.sheet, down=True)
    assert forms(again) == ["4B", "4B", "5A"]
    assert again.people.notes == (
        "Lines such as “Class 4B – Mrs Reed” are read as the class of 3 pupils below.",
    )


@pytest.mark.parametrize(
    ("title", "what", "value"),
    [
        ("Class list: 4B", "form", "4B"),
        ("Tutor group 10 XY", "form", "10XY"),
        ("Class Oak", "form", "Oak"),
        ("RB", "form", "RB"),
        ("Year 4", "year_group", "4"),
        ("Reception", "year_group", "R"),
    ],
)
def test_a_title_above_the_headings_may_say_the_class_or_the_year(importing, title, what, value):
    text = f"{title},,\nSurname,Forename,DOB\nWard,Tom,02/03/2018\nHill,Ana,05/06/2018\n"
    read = importing.read("list.csv", text.encode())
    assert forms(read, what) == [None, None]
    assert f"“{title}” is in a row of its own" in read.people.notes[0]
    assert forms(importing.understood(read.sheet, down=True), what) == [value, value]


@pytest.mark.parametrize(
    "line",
    ["5 pupils", "Total: 14", "End of report", "Page 2", "12", "NIL", "Class List", "Form Tutor"],
)
def test_other_lines_are_no_class(importing, line):
    read = importing.read("list.csv", f"{LINES.replace('Class 5A', line)}".encode())
    again = importing.understood(read.sheet, down=True)
    assert set(forms(again)) <= {"4B", None}


def test_a_list_with_a_class_in_every_row_asks_nothing_of_its_title(importing):
    text = "Class 4B,,\nClass,Surname,Forename\n4B,Ward,Tom\n4B,Hill,Ana\n"
    assert importing.read("list.csv", text.encode()).once == ()


@given(GROUPS)
def test_lines_above_their_pupils_are_their_classes_and_nobody(groups):
    rows: list[SheetRow] = []
    meant: list[str] = []
    for form, size in groups:
        rows.append(SheetRow(len(rows) + 2, (f"Class {form}", None)))
        for _ in range(size):
            rows.append(SheetRow(len(rows) + 2, (f"Name{len(rows)}", "Bo")))
            meant.append(form)
    sheet = Sheet(("Surname", "Forename"), tuple(rows))
    found = group_lines.outlined(sheet, layout(sheet.columns, rows=sheet.rows))
    assert found is not None
    once = told_once.found_in(found.sheet, found.layout, found.lines)
    read = group_lines.without_lines(told_once.read_so(found.sheet, once, down=True), found)
    assert [row.cells[:2] for row in read.rows] == [
        row.cells for row in rows if not str(row.cells[0]).startswith("Class ")
    ]
    assert [row.cells[-1] for row in read.rows] == meant
