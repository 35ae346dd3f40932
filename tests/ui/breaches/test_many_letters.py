"""A letter to many people: typed or from a spreadsheet, printed or for a mail merge."""

from __future__ import annotations

import pytest

from tests.ui.walk import assert_walkable

TWO = "Pat Example; 1 Invented Road; Dear Mrs Example\nSam Sample; 2 Invented Road"


@pytest.fixture
def many(office, whole):
    office.room.open_entry(whole.id)
    office.press("To many people…")
    return office.room.many


def test_nobody_is_written_to_before_somebody_is_named(many):
    assert many.isVisible()
    assert not many.print_button.isEnabled()
    assert many.group == "parent", "the breach concerns pupils"


def test_typed_lines_become_letters(office, many, tmp_path):
    many.lines.setPlainText(TWO)
    office.until(lambda: len(many.people) == 2)
    assert many.told.text() == "2 letters: Pat Example, Sam Sample."
    office.saved_to(tmp_path / "letters.pdf")
    office.press("Print or save the letters")
    assert (tmp_path / "letters.pdf").read_bytes().startswith(b"%PDF")


def test_a_spreadsheet_is_read_and_a_wrong_one_told(office, many, tmp_path):
    (tmp_path / "wrong.csv").write_text("Colour,Size\nred,1\n", encoding="utf-8")
    office.noted.answers.append([tmp_path / "wrong.csv"])
    many.look = lambda sheet, _name, _again: sheet
    many.read_sheet()
    office.until(lambda: not office.around.tasks.busy)
    assert many.people == ()
    assert "name" in many.banner.text.text().casefold()
    (tmp_path / "right.csv").write_text("Name,Address\nPat Example,1 Road\n", encoding="utf-8")
    office.noted.answers.append([tmp_path / "right.csv"])
    many.read_sheet()
    office.until(lambda: many.people)
    assert [each.name for each in many.people] == ["Pat Example"]


def test_the_data_and_the_text_of_a_mail_merge_are_saved(office, many, tmp_path):
    many.lines.setPlainText(TWO)
    office.until(lambda: many.people)
    office.noted.answers += [tmp_path / "merge.xlsx", tmp_path / "letter.txt"]
    office.press("Data for mail merge")
    office.press("Text for mail merge")
    assert (tmp_path / "merge.xlsx").read_bytes().startswith(b"PK")
    assert "«Recipient»" in (tmp_path / "letter.txt").read_text(encoding="utf-8")


def test_who_was_typed_is_forgotten_with_the_incident(office, many, incident):
    many.lines.setPlainText(TWO)
    office.until(lambda: many.people)
    many.show_entry(incident())
    assert many.lines.toPlainText() == ""
    assert many.people == ()


def test_it_can_be_walked(office, many):
    assert_walkable(office.room)
