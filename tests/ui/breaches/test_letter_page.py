"""A letter is seen and changed before it goes: its words, who gets it, how it will read."""

from __future__ import annotations

import pytest

from tests.papers.reading import text_of
from tests.ui.walk import assert_walkable

TWO = "Mrs Pat Example; 1 Invented Road; Child: Kit Example\nSam Sample; 2 Invented Road"


@pytest.fixture
def letter(office, whole):
    office.room.open_entry(whole.id)
    office.press("To the parents of a child", office.room.letters)
    assert office.room.letter.isVisible()
    return office.room.letter


def read(letter) -> str:
    """How it prints now, as somebody hears it read out."""
    letter.refresh()
    return " ".join(letter.editor.paper.accessibleDescription().split())


def change(letter, old, new):
    text = letter.editor.text
    text.setPlainText(text.toPlainText().replace(old, new))
    letter.refresh()


def test_a_letter_shows_how_it_prints_and_holds_nothing_of_the_report(letter, whole):
    assert letter.kind == "parent"
    said = read(letter)
    assert "sent by e-mail to somebody who should not have received it" in said
    assert "Dear Parent or Carer," in said
    assert "your child" in said
    assert "«Child»" not in said
    assert whole.values["consequences"] not in said
    assert whole.values["what"] not in said
    assert letter.editor.paper.pages >= 1


def test_every_sentence_can_be_changed_and_is_kept_and_printed(office, letter, whole, tmp_path):
    change(letter, "Something has gone wrong", "We made a mistake")
    assert "We made a mistake with information about your child" in read(letter)
    office.saved_to(tmp_path / "letter.pdf")
    office.press("Print or save", letter)
    assert "We made a mistake" in text_of((tmp_path / "letter.pdf").read_bytes())
    letter.choose("pupil")
    assert "went to the wrong person" in read(letter)
    letter.choose("parent")
    assert "We made a mistake" in read(letter)
    entry = office.desk.breaches.breaches.load(whole.id)
    assert "We made a mistake" in office.desk.breaches.reporting.draft(entry, "parent").text
    letter.close_letter()
    assert office.room.page.isVisible()
    office.room.open_entry(whole.id, "letter:parent")
    assert "We made a mistake" in read(letter)
    office.noted.answers = ["Start again"]
    letter.begin_afresh()
    assert "We made a mistake" not in read(letter)


def test_what_is_typed_outlives_a_crash(office, letter, whole):
    change(letter, "Something has gone wrong", "We made a mistake")
    letter._keep_typed()
    letter.kind = ""  # as if the program had been killed
    letter.show_entry(whole, "parent")
    assert "We made a mistake" in read(letter)
    assert letter.keep()
    letter.kind = ""
    letter.show_entry(whole, "pupil")
    assert "We made a mistake" not in read(letter), "a draft is for one letter only"


def test_a_letter_that_says_what_is_recorded_is_not_begun_again(office, letter):
    letter.begin_afresh()
    assert "as dpdesk drafts it" in office.said()


def test_what_the_law_asks_for_is_missed_and_a_gap_is_marked(letter):
    text = letter.editor.text.toPlainText()
    letter.editor.text.setPlainText(text[: text.index("## What this may mean")])
    letter.refresh()
    said = letter.editor.banner.text.text()
    assert "no longer says what it may mean for them" in said
    assert "no longer says whom they can ask" in said
    letter.editor.text.setPlainText("[to be filled in: the rest]")
    letter.refresh()
    assert "Still to be filled in: the rest" in letter.editor.banner.text.text()


def test_words_of_the_log_come_in_only_where_they_are_asked_for(letter, whole):
    assert letter.inserts.actions()
    letter.insert("consequences")
    assert " ".join(whole.values["consequences"].split()) in read(letter)


def test_a_name_in_the_words_is_doubted_before_it_is_printed(letter):
    assert letter.editor.banner.isHidden() or "Dana" not in letter.editor.banner.text.text()
    change(letter, "We are sorry", "Sam Sample sent it. We are sorry")
    assert "Sam Sample" in letter.editor.banner.text.text()


def test_other_files_and_the_mail_program(office, letter, tmp_path):
    office.noted.answers = [tmp_path / "letter.eml"]
    office.press("For e-mail", letter)
    assert b"X-Unsent: 1" in (tmp_path / "letter.eml").read_bytes()
    office.noted.answers = [tmp_path / "letter.docx"]
    letter.save_document()
    assert (tmp_path / "letter.docx").read_bytes().startswith(b"PK")


def test_each_person_on_a_list_gets_a_letter_with_their_own_words(office, letter, tmp_path):
    letter.people.lines.setPlainText(TWO)
    office.until(lambda: len(letter.people.people) == 2)
    assert letter.people.told.text() == "2 letters: Dear Mrs Example, Dear Sam Sample."
    assert "Dear Mrs Example," in read(letter)
    assert "information about Kit Example" in read(letter)
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
    letter.save_table()
    letter.save_text()
    assert (tmp_path / "merge.xlsx").read_bytes().startswith(b"PK")
    text = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    for field in ("«Recipient»", "Dear «Salutation»,", "«Child»"):
        assert field in text


def test_who_was_typed_is_forgotten_with_the_incident(office, letter, incident):
    letter.people.lines.setPlainText(TWO)
    office.until(lambda: letter.people.people)
    letter.show_entry(incident())
    assert letter.people.lines.toPlainText() == ""
    assert letter.people.people == ()


def test_the_public_notice_is_seen_as_well_and_goes_to_nobody_by_name(office, letter):
    letter.choose("notice")
    assert "for everyone who may be affected" in read(letter)
    assert "Dear" not in read(letter)
    assert not letter.people_button.isVisible()


def test_it_can_be_walked(office, letter):
    assert_walkable(office.room)
