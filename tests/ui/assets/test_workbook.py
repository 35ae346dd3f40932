"""The register goes out as the regulator's workbook and comes back."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PySide6.QtCore import Qt

from dpdesk.assets.ropa_columns import HEADINGS
from tests.papers.reading import text_of
from tests.ui.walk import assert_walkable
from ui.assets.workbook_dialog import WorkbookDialog, kind_of


def choose(office, words):
    """Chooses from the menu of what is wanted more rarely."""
    actions = {each.text(): each for each in office.room.summary.menu.actions()}
    actions[words].trigger()


@pytest.fixture
def export(office, tmp_path):
    """Saves the workbook that can be read back; gives its file."""

    def press(name="register.xlsx"):
        office.noted.answers.append(tmp_path / name)
        choose(office, "Save a workbook to edit and import again")
        office.until((tmp_path / name).exists)
        office.finish()
        return tmp_path / name

    return press


@pytest.fixture
def bring_in(office):
    """Imports a workbook by its button; gives the dialog, which ``answer`` works with."""

    def press(path, answer):
        seen = []

        def look(preview, name, again):
            dialog = WorkbookDialog(preview, name, office.room, again=again)
            seen.append(dialog)
            left_out = answer(dialog)
            return None if left_out is None else (dialog.seen, left_out)

        office.room.workbook.look = look
        office.noted.answers.append((path,))
        choose(office, "Import the edited workbook")
        office.finish()
        office.until(lambda: not office.around.tasks.busy)
        return seen[0] if seen else None

    return press


def _accept(dialog):
    return dialog.left_out()


def _changed(path, cell, value):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for each in row:
            if each.value == cell:
                each.value = value
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(content.getvalue())


def test_a_new_user_comes_from_nothing_to_a_workbook_that_comes_back_unchanged(
    office, export, bring_in
):
    office.press("Choose from typical records")
    office.room.starters.tick_all(on=True)
    office.room.starters.take()
    without = {row[0] for row in office.desk.assets.assets.listing().rows if row[3] == "gaps"}
    assert without, "only the school knows some things"
    service = office.desk.assets.assets
    number = next(
        each
        for each in sorted(without)
        if "no_screening" in {found.key for found in service.findings_of(service.load(each))}
    )
    office.room.open_entry(number)
    before = len(office.room.gaps.found)
    assert before
    entry = office.desk.assets.assets.load(number)
    office.desk.assets.assets.save(
        {"dpia_screened": office.desk.assets.assets.today()}, number, entry.version
    )
    office.room.open_entry(number)
    assert len(office.room.gaps.found) == before - 1
    office.room.show_list()
    path = export()
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [tuple(str(c or "").strip() for c in row) for row in sheet.iter_rows(values_only=True)]
    assert any(row[: len(HEADINGS)] == HEADINGS for row in rows)
    kept = [
        office.desk.assets.assets.load(int(row[0]))
        for row in office.desk.assets.assets.listing().rows
    ]

    dialog = bring_in(path, lambda dialog: None)
    assert {kind_of(each) for each in dialog.seen.assets} == {"same"}
    assert "Nothing to import" in dialog.banner.text.text()
    assert not dialog.accept_button.isEnabled()
    assert kept == [office.desk.assets.assets.load(each.id) for each in kept]


def test_what_was_changed_in_the_workbook_is_seen_first_and_then_written(
    office, whole, export, bring_in
):
    entry = whole(function="Teaching")
    path = export()
    _changed(path, "Teaching", "Pastoral care")

    def answer(dialog):
        (line,) = dialog.lines()
        assert line.text(1) == "Would be changed"
        details = [line.child(n) for n in range(line.childCount())]
        assert [(d.text(2), d.text(3)) for d in details] == [("Teaching", "Pastoral care")]
        assert dialog.accept_button.text() == "Import 1 asset"
        assert office.desk.assets.assets.load(entry.id).values["function"] == "Teaching"
        return dialog.left_out()

    bring_in(path, answer)
    assert office.desk.assets.assets.load(entry.id).values["function"] == "Pastoral care"
    assert office.said() == "1 asset new or changed."


def test_what_is_not_ticked_is_left_out(office, whole, export, bring_in):
    first, second = whole(name="Files", function="One"), whole(name="Lists", function="Two")
    path = export()
    _changed(path, "One", "Three")
    _changed(path, "Two", "Four")

    def answer(dialog):
        line = next(each for each in dialog.lines() if "Files" in each.text(0))
        line.setCheckState(0, Qt.CheckState.Unchecked)
        assert dialog.accept_button.text() == "Import 1 asset"
        return dialog.left_out()

    bring_in(path, answer)
    assert office.desk.assets.assets.load(first.id).values["function"] == "One"
    assert office.desk.assets.assets.load(second.id).values["function"] == "Four"


def test_stepping_back_writes_nothing(office, whole, export, bring_in):
    entry = whole(function="Teaching")
    path = export()
    _changed(path, "Teaching", "Pastoral care")
    bring_in(path, lambda dialog: None)
    assert office.desk.assets.assets.load(entry.id) == entry


def test_a_file_that_is_something_else_is_told(office, tmp_path, bring_in):
    told: list[BaseException] = []
    office.around.tasks.error.connect(told.append)
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"no workbook")
    assert bring_in(path, _accept) is None
    assert len(told) == 1
    assert str(told[0])


def test_nothing_opens_over_a_page_that_was_left(office, whole, tmp_path):
    whole()
    office.room.workbook.export()
    office.room.hide()
    office.finish()
    assert "left the page" in office.said()


def test_the_dialog_can_be_walked_and_shows_what_cannot_be_read(office, whole, export, qtbot):
    whole(function="Teaching")
    path = export()
    _changed(path, "Teaching", "Pastoral care")
    seen = office.desk.assets.ropa.preview(path.read_bytes())
    seen.assets[0].problems = {"name": "Something is wrong."}
    dialog = WorkbookDialog(seen, "register.xlsx")
    qtbot.addWidget(dialog)
    (line,) = dialog.lines()
    assert line.text(1) == "Cannot be imported"
    (problem, *_) = (line.child(number) for number in range(line.childCount()))
    assert problem is not None
    assert problem.text(0) == "Something is wrong."
    assert not dialog.accept_button.isEnabled()
    assert_walkable(dialog, 1080, 730)


def test_the_whole_register_prints_with_its_map(office, whole, tmp_path):
    whole()
    office.saved_to(tmp_path / "register.pdf")
    office.press("Print the register")
    office.until((tmp_path / "register.pdf").exists)
    office.finish()
    said = text_of((tmp_path / "register.pdf").read_bytes())
    assert "The map" in said
    assert "Pupil files" in said


def test_what_would_be_empty_is_said_before_the_workbook_is_handed_over(office, whole, tmp_path):
    whole(measures=None, measures_words=None)
    office.noted.answers = [""]
    office.press("Export for the ICO")
    assert "still missing" in str(office.noted.asked[-1])
    office.noted.answers = ["Open the settings"]
    office.press("Export for the ICO")
    assert ("page", "settings", {}) in office.noted.asked
    target = tmp_path / "record.xlsx"
    office.noted.answers = ["Save it as it is", target]
    office.press("Export for the ICO")
    office.until(target.exists)
    office.finish()
    assert openpyxl.load_workbook(target).sheetnames == ["Template"]
