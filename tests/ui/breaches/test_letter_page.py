"""A letter is seen and changed before it goes: its words, who gets it, how it will read."""

from __future__ import annotations

import pytest

from tests.ui.walk import assert_walkable

TWO = "Mrs Pat Example; 1 Invented Road; Child: Kit Example\nSam Sample; 2 Invented Road"


@pytest.fixture
def letter(office, whole):
    office.room.open_entry(whole.id)
    office.press("To the parents of a child", office.room.letters)
    assert office.room.letter.isVisible()
    return office.room.letter


def write(letter, **parts):
    letter.form.set_values({**letter.form.values(), **parts}, clean=False)
    letter.refresh()


def test_a_letter_shows_how_it_will_read_and_holds_nothing_of_the_report(letter, whole):
    assert letter.kind == "parent"
    read = letter.reading.text()
    assert "sent by e-mail to somebody who should not have received it" in read
    assert "Dear Parent or Carer," in read
    assert whole.values["consequences"] not in read
    assert whole.values["what"] not in read


def test_what_is_changed_is_read_at_once_kept_and_printed(office, letter, whole, tmp_path):
    write(letter, happened="A report about your child went to another family.")
    assert "A report about your child went to another family." in letter.reading.text()
    office.saved_to(tmp_path / "letter.pdf")
    office.press("Print or save", letter)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    entry = office.desk.breaches.breaches.load(whole.id)
    kept = office.desk.breaches.reporting.words(entry, "parent")
    assert kept.happened == "A report about your child went to another family."
    letter.choose("pupil")
    assert "went to the wrong person" in letter.form.values()["happened"]
    letter.choose("parent")
    assert letter.form.values()["happened"] == kept.happened


def test_words_of_the_log_come_in_only_where_they_are_asked_for(letter, whole):
    assert set(letter.form.values()) >= {"happened", "consequences", "done", "planned", "advice"}
    before = letter.form.values()["consequences"]
    letter.insert("consequences")
    after = letter.form.values()["consequences"]
    assert after == f"{before}\n{whole.values['consequences']}"
    assert whole.values["consequences"] in letter.reading.text()


def test_a_name_in_the_words_is_doubted_before_it_is_printed(letter):
    write(letter, happened="Sam Sample sent it to the wrong parent.")
    assert "Sam Sample" in letter.banner.text.text()


def test_each_person_on_a_list_gets_a_letter_with_their_own_words(office, letter, tmp_path):
    letter.people.lines.setPlainText(TWO)
    office.until(lambda: len(letter.people.people) == 2)
    assert letter.people.told.text() == "2 letters: Dear Mrs Example, Dear Sam Sample."
    office.until(lambda: "Dear Mrs Example," in letter.reading.text())
    assert "information about Kit Example" in " ".join(letter.reading.text().split())
    office.saved_to(tmp_path / "letters.pdf")
    office.press("Print or save", letter)
    assert (tmp_path / "letters.pdf").read_bytes().startswith(b"%PDF")


def test_lines_that_name_nobody_are_not_printed_as_a_letter_to_all(office, letter):
    letter.people.lines.setPlainText("12 Mill Lane; Little Wenham")
    office.press("Print or save", letter)
    assert "no name" in letter.people.banner.text.text()
    assert not any(each[0] == "choose" for each in office.noted.asked)


def test_a_spreadsheet_is_read_and_a_wrong_one_told(office, letter, tmp_path):
    people = letter.people
    people.look = lambda sheet, _name, _again: sheet
    (tmp_path / "wrong.csv").write_text("Colour,Size\nred,1\n", encoding="utf-8")
    office.noted.answers.append([tmp_path / "wrong.csv"])
    people.read_sheet()
    office.until(lambda: not office.around.tasks.busy)
    assert people.people == ()
    assert "name" in people.banner.text.text().casefold()
    right = "Parent name,Address,Child\nMrs Pat Example,1 Road,Kit Example\n"
    (tmp_path / "right.csv").write_text(right, encoding="utf-8")
    office.noted.answers.append([tmp_path / "right.csv"])
    people.read_sheet()
    office.until(lambda: people.people)
    assert [(each.name, each.child) for each in people.people] == [
        ("Mrs Pat Example", "Kit Example")
    ]
    assert "Child: Kit Example" in people.lines.toPlainText()


def test_the_data_and_the_text_of_a_mail_merge_are_saved(office, letter, tmp_path):
    letter.people.lines.setPlainText(TWO)
    office.until(lambda: letter.people.people)
    office.noted.answers += [tmp_path / "merge.xlsx", tmp_path / "letter.txt"]
    office.press("Data for mail merge")
    office.press("Text for mail merge")
    assert (tmp_path / "merge.xlsx").read_bytes().startswith(b"PK")
    assert "«Recipient»" in (tmp_path / "letter.txt").read_text(encoding="utf-8")


def test_who_was_typed_is_forgotten_with_the_incident(office, letter, incident):
    letter.people.lines.setPlainText(TWO)
    office.until(lambda: letter.people.people)
    letter.show_entry(incident())
    assert letter.people.lines.toPlainText() == ""
    assert letter.people.people == ()


def test_the_public_notice_is_seen_as_well_and_goes_to_nobody_by_name(office, letter):
    letter.choose("notice")
    assert "for everyone who may be affected" in " ".join(letter.reading.text().split())
    assert not letter.people.isVisible()


def test_it_can_be_walked(office, letter):
    assert_walkable(office.room)
