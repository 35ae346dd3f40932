"""A list goes out, is changed in a spreadsheet program, and is read in again."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest

from dpdesk.errors import InvalidEntry, StaleEntry
from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Query
from tests.builders import a_request

COLUMNS = ("subject", "received", "channel", "asked", "third_parties")


@pytest.fixture
def kept(desk):
    """Three requests, of which the second says more."""
    a_request(desk, subject="Ada Example", channel="email", asked="Everything")
    a_request(desk, subject="Bo Dummy", channel="letter", asked="=1+1\nand a second line")
    a_request(desk, subject="Cy Sample", channel="email")
    return desk.requests.requests


def out(service):
    return spreadsheet.export(service.listing(Query(columns=COLUMNS, sort="reference")))


def edited(content, edit):
    """The workbook as it is after somebody worked on it; ``edit`` gets the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def put(name, row, words):
    """Types something into the column of a question."""

    def edit(sheet):
        sheet.cell(row, 5 + COLUMNS.index(name)).value = words

    return edit


def looked_at(service, content, name="list.xlsx", *, afresh=False):
    sheet = spreadsheet.read_sheet(name, content)
    mapping = spreadsheet.match(service.register, sheet.columns)
    return spreadsheet.preview(service, sheet, mapping, afresh=afresh)


def fates(seen):
    return [row.fate for row in seen.rows]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_list_that_nobody_changed_changes_nothing(desk, kept, kind):
    listing = kept.listing(Query(columns=COLUMNS, sort="reference"))
    content = out(kept) if kind == "xlsx" else spreadsheet.export_csv(listing)
    before = desk.check().history_rows
    seen = looked_at(kept, content, f"list.{kind}")
    assert fates(seen) == ["same"] * 3
    assert seen.names
    assert not seen.ready
    assert not spreadsheet.accept(kept, seen).changes.entries
    assert kept.listing().total == 3
    assert desk.check().history_rows == before


def test_what_differs_is_shown_and_changes_that_entry_alone(desk, kept):
    content = edited(out(kept), put("subject", 3, "Bo D. Dummy"))
    content = edited(content, put("received", 3, dt.date(2026, 11, 4)))
    seen = looked_at(kept, content)
    assert fates(seen) == ["same", "changed", "same"]
    told = seen.rows[1].told
    assert told == {
        "subject": ("Bo Dummy", "Bo D. Dummy"),
        "received": ("2 November 2026", "4 November 2026"),
    }
    assert kept.find("SAR-2026-002").title == "Bo Dummy", "looking writes nothing"
    changes = spreadsheet.accept(kept, seen).changes
    entry = kept.find("SAR-2026-002")
    assert (entry.title, entry.values["received"]) == ("Bo D. Dummy", dt.date(2026, 11, 4))
    assert entry.values["asked"] == "=1+1\nand a second line"
    assert ("requests", entry.id) in changes.entries
    assert kept.listing().total == 3
    assert "Imported from a spreadsheet" in {line.why for line in kept.history(entry.id)}
    assert len(kept.listing(Query(search="D. Dummy")).rows) == 1
    assert desk.check().problems == ()


def test_an_empty_cell_and_a_column_that_is_gone_lose_nothing(kept):
    content = edited(out(kept), put("asked", 2, None))
    content = edited(content, lambda sheet: sheet.delete_cols(7))
    seen = looked_at(kept, content)
    assert fates(seen) == ["same"] * 3
    assert "1 empty cell leaves the answer that is here." in seen.notes
    spreadsheet.accept(kept, seen)
    assert kept.find("SAR-2026-001").values["asked"] == "Everything"


def test_new_rows_come_in_beside_changed_ones_and_bad_ones_stay_out(kept):
    def more(sheet):
        sheet.append([None] * 4 + ["Dee Placeholder", "5 November 2026"])

    content = edited(out(kept), more)
    content = edited(content, put("subject", 2, "Ada B. Example"))
    content = edited(content, put("received", 3, "31 February 2026"))
    seen = looked_at(kept, content)
    assert fates(seen) == ["changed", "wrong", "same", "new"]
    assert "no such day" in seen.rows[1].problems["received"]
    spreadsheet.accept(kept, seen)
    assert [kept.find(f"SAR-2026-00{n}").title for n in (1, 2, 3, 4)] == [
        "Ada B. Example",
        "Bo Dummy",
        "Cy Sample",
        "Dee Placeholder",
    ]
    assert fates(looked_at(kept, content))[0] == "same", "the second time it is there already"


def test_the_rules_of_the_register_count_for_a_change(kept):
    content = edited(out(kept), put("received", 2, "1 December 2026"))
    seen = looked_at(kept, content)
    assert fates(seen) == ["wrong", "same", "same"]
    assert "future" in seen.rows[0].problems["received"]


def test_a_reference_twice_and_an_archived_one_stay_out(kept):
    def twice(sheet):
        sheet.append([cell.value for cell in sheet[2]])

    third = kept.find("SAR-2026-003")
    content = edited(out(kept), twice)
    kept.archive(third.id, third.version)
    seen = looked_at(kept, content)
    assert fates(seen) == ["same", "same", "wrong", "wrong"]
    assert "archived" in seen.rows[2].problems["reference"]
    assert seen.rows[3].problems["reference"].startswith("Row 2 of the file is about SAR-2026-001")


def test_a_change_meanwhile_stops_the_import_and_nothing_is_written(kept):
    content = edited(out(kept), put("subject", 2, "Ada B. Example"))
    content = edited(content, put("subject", 3, "Bo D. Dummy"))
    seen = looked_at(kept, content)
    second = kept.find("SAR-2026-002")
    kept.save({"asked": "Something else"}, second.id, second.version)
    with pytest.raises(InvalidEntry, match="Row 3"):
        spreadsheet.accept(kept, seen)
    assert kept.find("SAR-2026-001").title == "Ada Example"


def test_all_rows_can_be_taken_afresh(kept):
    seen = looked_at(kept, out(kept), afresh=True)
    assert fates(seen) == ["new"] * 3
    assert seen.names
    assert seen.twice == 3
    spreadsheet.accept(kept, seen)
    assert kept.listing().total == 6


def test_a_column_that_dpdesk_works_out_never_takes_the_place_of_an_answer(desk):
    """The heading of the title and a question may be the same words."""
    risks = desk.assurance.risks
    risks.save({"name": "A laptop is stolen"})
    content = spreadsheet.export_csv(risks.listing(Query(columns=("name", "likelihood"))))
    lines = content.decode("utf-8-sig").splitlines()
    cells = next(csv.reader([lines[1]]))
    cells[4] = "A stick is lost"
    seen = looked_at(risks, f"{lines[0]}\n{','.join(cells)}\n".encode(), "risks.csv")
    assert seen.rows[0].told == {"name": ("A laptop is stolen", "A stick is lost")}


def test_references_of_another_workspace_are_new_entries(desk):
    seen = looked_at(
        desk.requests.requests,
        b"Reference,Subject,Received\nSAR-2026-009,A,3/9/2026\n",
        "list.csv",
    )
    assert fates(seen) == ["new"]
    assert not seen.names


def test_an_answer_that_is_no_longer_offered_may_stay(kept):
    """What a list says in its own words is the same, whatever the pick list offers now."""
    rows = list(csv.reader(io.StringIO(spreadsheet.export_csv(kept.listing()).decode("utf-8-sig"))))
    assert rows[0][0] == "Reference"
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    assert fates(looked_at(kept, text.encode(), "list.csv")) == ["same"] * 3


def test_a_whole_import_is_taken_back_and_the_history_keeps_both(desk, kept):
    before = [dict(kept.find(f"SAR-2026-00{n}").values) for n in (1, 2, 3)]
    content = edited(out(kept), put("subject", 3, "Bo D. Dummy"))
    content = edited(content, put("subject", 5, "Imported Wrongly"))
    content = edited(content, put("received", 5, dt.date(2026, 11, 4)))
    done = spreadsheet.accept(kept, looked_at(kept, content))
    assert (len(done.made), len(done.changed)) == (1, 1)
    assert kept.listing().total == 4
    changes = spreadsheet.take_back(kept, done)
    assert {number for key, number in changes.entries if key == "requests"} >= {
        *done.made,
        *done.changed,
    }
    assert kept.listing().total == 3
    assert [dict(kept.find(f"SAR-2026-00{n}").values) for n in (1, 2, 3)] == before
    assert "Undone" in {line.why for line in kept.history(done.changed[0])}
    assert desk.check().problems == ()


def test_an_import_of_which_an_entry_was_changed_since_is_not_taken_back_at_all(kept):
    content = edited(out(kept), put("subject", 2, "An Other"))
    done = spreadsheet.accept(kept, looked_at(kept, edited(content, put("subject", 3, "Bo Two"))))
    entry = kept.find("SAR-2026-002")
    kept.save({"subject": "Bo Three"}, entry.id, entry.version)
    with pytest.raises(StaleEntry):
        spreadsheet.take_back(kept, done)
    assert kept.find("SAR-2026-001").title == "An Other"
    assert kept.find("SAR-2026-002").title == "Bo Three"
