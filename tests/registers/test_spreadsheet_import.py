"""Importing into a register: a look at every row first, then all of them or none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import Cancelled, InvalidEntry
from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Query
from dpdesk.registers.spreadsheet import Sheet, SheetRow
from dpdesk.registers.spreadsheet_parts import ShownNumber
from tests.builders import PASSPHRASE, a_request


def looked_at(desk, text):
    sheet = spreadsheet.read_sheet("log.csv", text.encode())
    mapping = spreadsheet.match(desk.requests.requests.register, sheet.columns)
    return spreadsheet.preview(desk.requests.requests, sheet, mapping)


def test_each_row_says_what_is_wrong_with_it(desk):
    seen = looked_at(
        desk, "Subject,Received,Channel\nA,3/9/2026,E-mail\nB,31/2/2026,Smoke\n,,\n,3/9/2026,\n"
    )

    assert [row.number for row in seen.rows] == [2, 3, 5]
    assert [sorted(row.problems) for row in seen.rows] == [[], ["channel", "received"], ["subject"]]
    assert "no such day" in seen.rows[1].problems["received"]
    assert (len(seen.ready), seen.wrong) == (1, 2)
    assert seen.rows[0].values["channel"] == "email"


def test_looking_writes_nothing(desk):
    before = desk.check().history_rows

    looked_at(desk, "Subject,Received\nA,3/9/2026\n")

    assert desk.check().history_rows == before
    assert desk.requests.requests.listing().total == 0


def test_rules_of_the_register_count_in_the_preview(desk):
    seen = looked_at(desk, "Subject,Received,Closed on\nA,3/9/2026,1/9/2026\n")

    assert "before the day the request was received" in seen.rows[0].problems["closed"]


def test_columns_that_answer_nothing_are_named(desk):
    seen = looked_at(desk, "Reference,Subject,Received,Shoe size,State,\nX,A,3/9/2026,38,Open,y\n")

    assert seen.fields == ("subject", "received")
    assert "These columns are left out: Shoe size." in seen.notes
    assert "These are worked out again by dpdesk: Reference, State." in seen.notes
    assert "Columns without a heading are left out (1)." in seen.notes


def test_the_user_may_point_a_column_to_a_question(desk):
    sheet = spreadsheet.read_sheet("x.csv", b"Pupil,Came in\nA,3/9/2026\n")
    seen = spreadsheet.preview(desk.requests.requests, sheet, {0: "subject", 1: "received"})

    assert seen.rows[0].values["received"] == dt.date(2026, 9, 3)
    assert not seen.wrong


def test_what_is_here_already_is_warned_of_but_may_be_added(desk):
    a_request(desk, subject="Zoë O’Brien", received=dt.date(2026, 9, 3))
    seen = looked_at(
        desk,
        "Subject,Received\nZoë O’Brien,3/9/2026\nZoë O’Brien,4/9/2026\nB,1/9/2026\nB,01/09/2026\n",
    )

    assert [bool(row.warning) for row in seen.rows] == [True, False, False, True]
    assert "SAR-2026-001" in seen.rows[0].warning
    assert "Row 4" in seen.rows[3].warning
    assert (seen.wrong, seen.twice) == (0, 2)


def test_accepting_writes_the_right_rows_with_history_and_search(desk):
    seen = looked_at(desk, "Subject,Received\nZoë O’Brien,3/9/2026\nB,31/2/2026\nÇelik,4/9/2026\n")

    changes = spreadsheet.accept(desk.requests.requests, seen).changes

    listing = desk.requests.requests.listing()
    assert [listing.cell(row, 1) for row in range(2)] == ["Zoë O’Brien", "Çelik"]
    assert listing.cell(0, 0) == "SAR-2026-001"
    assert listing.cell(0, 3) == "2026-10-05"
    assert {register for register, _ in changes.entries} == {"requests"}
    assert len(changes.entries) == 2
    made = desk.requests.requests.history(listing.id(0))
    assert any("spreadsheet" in line.why for line in made)
    assert len(desk.requests.requests.listing(Query(search="celik")).rows) == 1
    assert desk.check().problems == ()


def test_rows_that_the_user_leaves_out_are_not_written(desk):
    seen = looked_at(desk, "Subject,Received\nA,3/9/2026\nB,3/9/2026\n")

    spreadsheet.accept(desk.requests.requests, seen, leave_out={2})

    listing = desk.requests.requests.listing()
    assert [listing.cell(row, 1) for row in range(len(listing.rows))] == ["B"]


def test_stopping_half_way_writes_nothing(desk):
    seen = looked_at(desk, "Subject,Received\nA,3/9/2026\nB,3/9/2026\nC,3/9/2026\n")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        spreadsheet.accept(desk.requests.requests, seen, step=stop)
    assert desk.requests.requests.listing().total == 0
    assert desk.check().problems == ()


def test_a_row_that_is_no_longer_right_stops_the_whole_import(desk, clock):
    seen = looked_at(desk, "Subject,Received\nA,3/9/2026\nB,19/11/2026\n")
    clock.on(dt.date(2026, 11, 1))

    with pytest.raises(InvalidEntry, match="Row 3"):
        spreadsheet.accept(desk.requests.requests, seen)
    assert desk.requests.requests.listing().total == 0


def test_parts_are_imported_into_their_entry_and_move_its_due_date(desk):
    entry = a_request(desk, received=dt.date(2026, 9, 1))
    sheet = spreadsheet.read_sheet("x.csv", b"Asked on,Answered on\n7/9/2026,14/9/2026\n")
    service = desk.requests.requests.clarifications
    seen = spreadsheet.preview(service, sheet, spreadsheet.match(service.register, sheet.columns))

    changes = spreadsheet.accept(service, seen, parent_id=entry.id).changes

    assert desk.requests.requests.load(entry.id).due == "2026-10-09"
    assert changes.registers == {"clarifications", "requests"}


def test_a_whole_register_goes_into_another_workspace_and_is_the_same(desk, template, tmp_path):
    kept = [
        a_request(
            desk,
            subject="Zoë O’Brien",
            channel="email",
            asked="=1+1\nsecond line",
            relationship="mother",
            requester="Ayşe Çelik",
            capacity_factors=("maturity", "views"),
            fee_asked="yes",
            fee_ground="excessive",
            fee_amount=Decimal("12.50"),
            fee_paid=dt.date(2026, 11, 5),
            notes="+44 1632 960133",
        ),
        a_request(desk, subject="Иван Приклад", identity_needed="no"),
    ]
    fields = tuple(field.name for field in desk.requests.requests.register.fields)
    shown = desk.requests.requests.listing(Query(columns=fields, sort="reference"))

    for number, write in enumerate((spreadsheet.export, spreadsheet.export_csv)):
        other = Desk.open(template.copy(tmp_path / str(number)), PASSPHRASE, now=desk.now)
        try:
            sheet = spreadsheet.read_sheet("all", write(shown))
            mapping = spreadsheet.match(other.requests.requests.register, sheet.columns)
            seen = spreadsheet.preview(other.requests.requests, sheet, mapping)
            assert [dict(row.problems) for row in seen.rows] == [{}, {}]
            spreadsheet.accept(other.requests.requests, seen)
            for entry in kept:
                found = other.requests.requests.find(entry.reference)
                assert (found.values, found.due, found.state) == (
                    entry.values,
                    entry.due,
                    entry.state,
                )
        finally:
            other.close()


@pytest.mark.parametrize(
    "written",
    [
        "02/11/26",
        "2-Nov-26",
        "2nd November 2026",
        "Mon 2 November 2026",
        "2026-11-02 00:00:00",
        "2026-11-02T00:00:00",
        "2/11/2026 10:15",
        "2026-11-2",
        "46328",
    ],
)
def test_a_day_is_read_however_another_program_wrote_it(desk, written):
    seen = looked_at(desk, f"Subject,Received\nA,{written}\n")

    assert seen.rows[0].values["received"] == dt.date(2026, 11, 2)
    told = any("46328 was read as 2 November 2026" in note for note in seen.notes)
    assert told == (written == "46328")


@pytest.mark.parametrize("number", ["1", "123456", "99999", "4632.8", "-4632"])
def test_a_number_that_is_no_day_is_refused(desk, number):
    assert "received" in looked_at(desk, f"Subject,Received\nA,{number}\n").rows[0].problems


def test_a_number_keeps_its_words_in_a_text_and_its_figures_in_a_number(desk):
    cell = ShownNumber("42 years", 42.0)
    sheet = Sheet(("What is it?", "Review"), (SheetRow(2, (cell, cell)),))
    assets = desk.assets.assets
    seen = spreadsheet.preview(assets, sheet, {0: "description", 1: "review_months"})
    assert seen.rows[0].values["description"] == "42 years"
    assert seen.rows[0].values["review_months"] == 42
