"""Every register of assurance by the shared rooms alone: add, search, print, export, import."""

from __future__ import annotations

import dataclasses
from typing import Any

import pypdfium2
import pytest

from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Query
from dpdesk.registers.fields import Kind
from dpdesk.registers.spreadsheet import SheetRow
from dpdesk.registers.spreadsheet_out import export

KEYS = (
    "risks",
    "dpias",
    "notices",
    "sharing",
    "processors",
    "policies",
    "audits",
    "measures",
    "devices",
    "taken_out",
    "meetings",
    "awareness",
    "lias",
    "automated",
    "cameras",
)
CANARY = "Quillfeather"


def answers(service: Any) -> dict[str, Any]:
    """One answer for each question that wants one, with a word that is nowhere else."""
    known: dict[Kind, Any] = {
        Kind.TEXT: f"{CANARY} words",
        Kind.LONG_TEXT: f"{CANARY} at length\nand on a second line",
        Kind.YES_NO: "yes",
        Kind.DATE: service.today(),
        Kind.NUMBER: 12,
    }
    values: dict[str, Any] = dict(service.blank().values)
    for field in service.register.fields:
        if not (field.required or field.wanted) or not field.applies(values):
            continue
        if field.kind is Kind.CHOICE:
            values[field.name] = field.choices[0].code
        elif field.kind is Kind.CHOICES:
            values[field.name] = (field.choices[0].code,)
        elif field.kind in known:
            values[field.name] = known[field.kind]
    return values


def text_of(printed: Any) -> str:
    pdf = pypdfium2.PdfDocument(printed.content)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text


def test_these_are_all_registers_of_the_room(room):
    assert {each.register.key for each in room.registers} == set(KEYS)
    assert all(each.register.help_page for each in room.registers)


@pytest.mark.parametrize("key", KEYS)
def test_a_register_lives_by_the_shared_rooms_alone(desk, key):
    service = desk.registers[key]
    entry = service.save(answers(service)).entry
    assert CANARY in entry.title
    found = service.listing(Query(search=CANARY.lower()))
    assert [found.id(row) for row in range(len(found.rows))] == [entry.id]
    assert not service.listing(Query(search="nobody wrote this")).rows
    assert (key, entry.id) in {(hit.register, hit.entry_id) for hit in desk.search.find(CANARY)}

    columns = tuple(field.name for field in service.register.fields)
    whole = service.listing(Query(columns=columns))
    assert CANARY in text_of(desk.prints.listing(service.listing(Query())))
    assert CANARY in text_of(desk.prints.entry(entry))

    sheet = spreadsheet.read_sheet("out.xlsx", export(whole))
    mapping = spreadsheet.match(service.register, sheet.columns)
    seen = spreadsheet.preview(service, sheet, mapping)
    assert [row.fate for row in seen.rows] == ["same"], [row.told for row in seen.rows]
    seen = spreadsheet.preview(service, sheet, mapping, afresh=True)
    assert seen.wrong == 0, [row.problems for row in seen.rows]
    assert seen.twice == 1, "it is here already, and that is said"
    spreadsheet.accept(service, seen)
    both = service.listing(Query(sort="reference"))
    assert both.total == 2
    again = service.load(both.id(1)).values
    asked = {
        field.name: entry.values.get(field.name)
        for field in service.register.fields
        if field.kind not in {Kind.LINK, Kind.LINKS}
    }
    assert {name: again.get(name) for name in asked} == asked


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("key", KEYS)
def test_a_list_comes_back_changed_with_bad_lines_and_loses_nothing(desk, key, kind):
    """Out, changed by somebody in a spreadsheet, in again: nothing twice, nothing lost."""
    service = desk.registers[key]
    first, second = (service.save(answers(service)).entry for _ in range(2))
    columns = tuple(field.name for field in service.register.fields)
    listing = service.listing(Query(columns=columns, sort="reference"))
    out = export(listing) if kind == "xlsx" else spreadsheet.export_csv(listing)
    sheet = spreadsheet.read_sheet(f"out.{kind}", out)
    mapping = spreadsheet.match(service.register, sheet.columns)
    assert set(mapping.values()) >= {f.name for f in service.register.fields if f.required}
    name = next(f for f in service.register.fields if f.kind is Kind.TEXT and f.required)
    where = next(place for place, field in mapping.items() if field == name.name)
    lines = [list(row.cells) for row in sheet.rows]
    lines[0][where] = f"{CANARY} changed"
    bad = list(lines[1])
    bad[0], bad[where] = None, None
    rows = [
        SheetRow(number, tuple(cells))
        for number, cells in enumerate([*lines, bad, lines[0]], start=2)
    ]
    sheet = dataclasses.replace(sheet, rows=tuple(rows))
    seen = spreadsheet.preview(service, sheet, mapping)
    assert [row.fate for row in seen.rows] == ["changed", "same", "wrong", "wrong"]
    assert seen.rows[0].told == {name.name: (entry_says(first, name), f"{CANARY} changed")}
    spreadsheet.accept(service, seen)
    assert service.listing().total == 2
    assert service.load(second.id).version == second.version
    expected = {**first.values, name.name: f"{CANARY} changed"}
    assert dict(service.load(first.id).values) == expected


def test_what_nobody_may_type_keeps_its_row_out_and_no_other(desk):
    notices = desk.assurance.notices
    text = "Notice,For,Approved on\nFor staff,Staff,1 November 2026\nFor pupils,Pupils,\n"
    sheet = spreadsheet.read_sheet("notices.csv", text.encode())
    seen = spreadsheet.preview(notices, sheet, spreadsheet.match(notices.register, sheet.columns))
    assert [row.fate for row in seen.rows] == ["wrong", "new"]
    assert "Press “Approve”" in seen.rows[0].problems["approved_on"]
    spreadsheet.accept(notices, seen)
    assert [row[2] for row in notices.listing().rows] == ["For pupils"]


def test_training_goes_out_and_comes_back_by_the_shared_rooms(desk):
    people = desk.people
    who = people.people.save({"kind": "staff", "surname": "Reed", "forename": "Noor"}).entry
    course = people.courses.save({"name": "Data protection", "roles": ("all",)}).entry
    for service, made in (
        (people.courses, {}),
        (people.training, {"person": who.id, "course": course.id}),
    ):
        if made:
            service.save({**made, "done_on": service.today()})
        columns = tuple(field.name for field in service.register.fields)
        listing = service.listing(Query(columns=columns))
        assert "Data protection" in text_of(desk.prints.listing(listing))
        for name, out in (("x.xlsx", export(listing)), ("x.csv", spreadsheet.export_csv(listing))):
            sheet = spreadsheet.read_sheet(name, out)
            mapping = spreadsheet.match(service.register, sheet.columns)
            seen = spreadsheet.preview(service, sheet, mapping)
            assert [row.fate for row in seen.rows] == ["same"]


def entry_says(entry: Any, field: Any) -> str:
    return str(entry.values.get(field.name) or "")
