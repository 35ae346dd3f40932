"""The regulator's workbook read back: without loss, and what was changed in it wins."""

from __future__ import annotations

import io

import openpyxl
import pytest

from dpdesk.registers.entries import Query
from tests.assets.conftest import PURPOSE, WHOLE
from tests.assets.workbooks import edited, rows


def history_length(desk):
    return desk.keeping._history_length()


def test_read_into_the_same_workspace_it_changes_nothing(desk, full):
    content = desk.assets.ropa.export()
    before = history_length(desk)
    for each in (content, edited(content)):
        seen = desk.assets.ropa.preview(each)
        assert {planned.kind for planned in seen.assets} == {"same"}
        assert seen.systems == () == seen.left
        assert desk.assets.ropa.accept(seen).entries == frozenset()
    assert history_length(desk) == before
    assert desk.assets.assets.meter().entries == 3


@pytest.mark.parametrize("through", ["as written", "saved by another program"])
@pytest.mark.parametrize("schedule", ["here", "missing", "later"])
def test_read_into_an_empty_workspace_it_gives_the_same_again(desk, other, full, schedule, through):
    content = desk.assets.ropa.export()
    if schedule == "here":
        other.retention.schedule.adopt_defaults(["P01", "P04"])
    brought = content if through == "as written" else edited(content)
    seen = other.assets.ropa.preview(brought)
    assert [planned.kind for planned in seen.assets] == ["new"] * 3
    assert seen.left == ()
    assert seen.wrong == ()
    assert other.assets.assets.meter().entries == 0, "nothing is written by looking"
    other.assets.ropa.accept(seen)
    if schedule == "later":
        other.retention.schedule.adopt_defaults(["P04"])
    assert rows(other.assets.ropa.export()) == rows(content)
    there = other.assets.assets.load(1)
    apart = {"retention_rule", "retention_words", "breaches_before"}
    assert {k: v for k, v in there.values.items() if k not in apart} == {
        k: v for k, v in full.values.items() if k not in apart
    }
    assert there.due == full.due
    for service in ("purposes", "reviews"):
        ours, theirs = getattr(desk.assets.assets, service), getattr(other.assets.assets, service)
        assert [p.values for p in theirs.parts(1)] == [p.values for p in ours.parts(1)]
    (look,) = other.assets.assets.systems.access_reviews.parts(1)
    assert look.values["idle"] == 2


def test_read_twice_it_is_there_once(desk, other, full):
    content = desk.assets.ropa.export()
    other.assets.ropa.accept(other.assets.ropa.preview(content))
    seen = other.assets.ropa.preview(content)
    assert {planned.kind for planned in seen.assets} == {"same"}
    assert seen.systems == ()


def test_another_entry_of_the_same_number_is_left_alone(desk, other, full):
    theirs = other.assets.assets.save({"name": "Something else"}).entry
    other.assets.ropa.accept(other.assets.ropa.preview(desk.assets.ropa.export()))
    assert other.assets.assets.load(theirs.id) == theirs
    assert other.assets.assets.meter().entries == 4


def test_an_entry_that_was_renamed_since_is_still_the_same(desk, full, change):
    content = desk.assets.ropa.export()
    change(full, name="Files of pupils")
    assert {planned.kind for planned in desk.assets.ropa.preview(content).assets} == {"same"}


# --- edits in a spreadsheet program ------------------------------------------------------------


def test_what_was_changed_in_the_template_wins(desk, full):
    cells = {
        "A10": "Learning",
        "A11": "Learning",
        "A12": "Learning",
        "B11": "Showing the school",
        "D10": "Staff\nGovernors and volunteers\nGoverness",
        "H10": "None",
        "L10": "Legitimate interests – Art 6(1)(f)",
        "N10": "A well-known school",
        "T10": "Archive or store\nSystem: School database\nCellar",
    }
    seen = desk.assets.ropa.preview(edited(desk.assets.ropa.export(), cells))
    (planned,) = seen.of_kind("changed")
    assert planned.reference == full.reference
    assert (
        "Lawful basis",
        "Legal obligation – Art 6(1)(c)",
        "Legitimate interests – Art 6(1)(f)",
    ) in (planned.told(seen.classes))
    desk.assets.ropa.accept(seen)
    values = desk.assets.assets.load(full.id).values
    assert values["function"] == "Learning"
    assert values["people_kinds"] == ("staff", "governors")
    assert values["people_other"] == "Governess"
    assert values["transfers"] == "no"
    assert values["places"] == ("archive",)
    assert values["place_words"] == "Cellar"
    assert values["systems"] == ("SY-2026-001",)
    assert values["owner"] == full.values["owner"], "what the template does not hold stays"
    first, second, _ = desk.assets.assets.purposes.parts(full.id)
    assert first.values["basis"] == "legitimate_interests"
    assert first.values["justification"] == PURPOSE["justification"]
    assert second.values["purpose"] == "Showing the school"
    assert desk.assets.assets.history(full.id)[0].why == "Imported from the record of processing"


def test_only_what_was_changed_there_is_changed_here(desk, full, change):
    content = desk.assets.ropa.export()
    change(full, function="Something newer", notes="Newer notes")
    desk.assets.ropa.accept(desk.assets.ropa.preview(edited(content, {"W10": "DPIA 4"})))
    values = desk.assets.assets.load(full.id).values
    assert values["dpia_link"] == "DPIA 4"
    assert values["function"] == "Something newer"
    assert values["notes"] == "Newer notes"


def test_an_edit_wins_in_an_empty_workspace_too(desk, other, full):
    other.assets.ropa.accept(
        other.assets.ropa.preview(edited(desk.assets.ropa.export(), {"C10": "Brother School"}))
    )
    values = other.assets.assets.load(1).values
    assert values["joint"] == "Brother School"
    assert values["people_count"] == 180, "from the second sheet"


def test_a_row_that_was_sorted_or_moved_is_known_again(desk, full):
    book = openpyxl.load_workbook(io.BytesIO(desk.assets.ropa.export()))
    sheet = book["Template"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=10)]
    sheet.delete_rows(10, len(lines))
    for line in reversed(lines):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    assert {each.kind for each in desk.assets.ropa.preview(out.getvalue()).assets} == {"same"}


def test_a_row_that_was_copied_and_changed_is_a_new_purpose(desk, full):
    book = openpyxl.load_workbook(io.BytesIO(desk.assets.ropa.export()))
    sheet = book["Template"]
    line = [cell.value for cell in sheet[10]]
    line[1] = "Planning the timetable"
    sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    seen = desk.assets.ropa.preview(out.getvalue())
    (planned,) = seen.of_kind("changed")
    assert planned.reference == full.reference
    desk.assets.ropa.accept(seen)
    assert [part.title for part in desk.assets.assets.purposes.parts(full.id)][
        3
    ] == "Planning the timetable"


def test_a_row_taken_out_takes_nothing_away_and_is_told(desk, full):
    book = openpyxl.load_workbook(io.BytesIO(desk.assets.ropa.export()))
    book["Template"].delete_rows(14)
    out = io.BytesIO()
    book.save(out)
    seen = desk.assets.ropa.preview(out.getvalue())
    assert {each.kind for each in seen.assets} == {"same"}
    assert any("Rows removed from the template: 1" in note for note in seen.notes)
    desk.assets.ropa.accept(seen)
    assert desk.assets.assets.meter().entries == 3


def test_two_rows_that_disagree_about_their_asset_lose_nothing(desk, full):
    cells = {"A10": "Learning", "A11": "Teaching and care"}
    desk.assets.ropa.accept(desk.assets.ropa.preview(edited(desk.assets.ropa.export(), cells)))
    values = desk.assets.assets.load(full.id).values
    assert values["function"] == "Learning"
    assert "Business function (row 11): Teaching and care" in values["notes"]


def test_what_cannot_be_saved_is_named_and_left_out(desk, full, change):
    content = desk.assets.ropa.export()
    seen = desk.assets.ropa.preview(edited(content, {"W10": "DPIA 4"}))
    change(full, owner="Bursar")
    with pytest.raises(Exception, match="changed elsewhere"):
        desk.assets.ropa.accept(seen)
    assert desk.assets.assets.load(full.id).values["dpia_link"] == "DPIA 3"


def test_an_unreadable_second_sheet_is_told_and_the_template_counts(desk, other, full):
    book = openpyxl.load_workbook(io.BytesIO(desk.assets.ropa.export()))
    for row in book["dpdesk"].iter_rows(min_row=3):
        row[4].value = "{broken"
    out = io.BytesIO()
    book.save(out)
    seen = other.assets.ropa.preview(out.getvalue())
    assert any("second sheet are damaged" in note for note in seen.notes)
    other.assets.ropa.accept(seen)
    assert other.assets.assets.listing(Query(search="Teaching")).rows


def test_the_register_read_back_has_no_more_findings_than_before(desk, other, full):
    other.retention.schedule.adopt_defaults(["P04"])
    other.assets.ropa.accept(other.assets.ropa.preview(desk.assets.ropa.export()))
    assert other.assets.assets.listing().counts == desk.assets.assets.listing().counts


def test_all_answers_of_the_form_survive(desk, other, whole):
    """Each field that has an answer here has the same there."""
    entry = whole(**{k: v for k, v in WHOLE.items() if k != "name"})
    other.retention.schedule.adopt_defaults(["P04"])
    other.assets.ropa.accept(other.assets.ropa.preview(desk.assets.ropa.export()))
    assert dict(other.assets.assets.load(1).values) == dict(entry.values)


def test_a_class_that_was_withdrawn_is_not_lost(desk, other, full):
    rule = desk.retention.schedule.find("RR-2026-001")
    desk.retention.schedule.save({"active": "no"}, rule.id, rule.version)
    content = desk.assets.ropa.export()
    assert "P04 Pupil file" in rows(content)[0][9]
    other.assets.ropa.accept(other.assets.ropa.preview(content))
    assert rows(other.assets.ropa.export()) == rows(content)
