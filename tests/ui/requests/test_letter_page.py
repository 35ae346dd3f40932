"""A letter is seen as it will print, changed there, watched, and kept as it went."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.law.request_kinds import RequestKind
from tests.builders import a_request
from tests.papers.reading import text_of
from tests.ui.walk import assert_walkable
from ui.kit.register.entry_frame import RAIL


@pytest.fixture
def entry(office):
    return a_request(office.desk, subject_kind="staff", asked="My file", relationship="self")


@pytest.fixture
def letter(office, entry):
    office.room.open_entry(entry.id)
    office.press("Acknowledgement", office.room.letters)
    assert office.room.letter.isVisible()
    return office.room.letter


def change(office, letter, old, new):
    letter.editor.text.setPlainText(letter.editor.text.toPlainText().replace(old, new))
    letter.refresh()


def test_what_is_changed_is_seen_kept_and_printed(office, letter, entry, tmp_path):
    assert letter.editor.paper.pages == 1
    change(office, letter, "There is no charge.", "It costs nothing.")
    letter.editor.salutation.setText("Robin")
    office.saved_to(tmp_path / "letter.pdf")
    office.press("Print or save", letter)
    read = text_of((tmp_path / "letter.pdf").read_bytes())
    assert "Dear Robin, Thank you" in read
    assert "It costs nothing." in read
    letter.close_letter()
    assert office.room.page.isVisible()
    office.room.open_entry(entry.id, "letter:acknowledgement")
    assert "It costs nothing." in letter.editor.text.toPlainText()


def test_a_passage_that_is_gone_and_a_gap_are_said_beside_the_letter(office, letter):
    text = letter.editor.text.toPlainText()
    change(office, letter, text[text.index("If you are unhappy") :], "[to be filled in: the rest]")
    said = letter.editor.banner.text.text()
    assert "no longer says how to complain to the school" in said
    assert "Still to be filled in: the rest" in said
    office.press("Next gap", letter)
    assert letter.editor.text.textCursor().selectedText() == "[to be filled in: the rest]"


def test_other_files_and_the_mail_program(office, letter, tmp_path):
    office.noted.answers = [tmp_path / "letter.eml"]
    office.press("For e-mail", letter)
    assert b"X-Unsent: 1" in (tmp_path / "letter.eml").read_bytes()
    office.noted.answers = [tmp_path / "letter.docx"]
    letter.save_document()
    assert (tmp_path / "letter.docx").read_bytes().startswith(b"PK")


def test_a_letter_that_was_sent_stands_with_the_request(office, letter, entry):
    office.press("It was sent…", letter)
    office.press("Keep it as sent", letter)
    assert letter.isVisible(), "how it was sent is asked for"
    letter.sent.form.set_values({**letter.sent.form.values(), "how": "email"}, clean=False)
    office.press("Keep it as sent", letter)
    assert office.room.page.isVisible()
    assert "As it was sent" in office.offered(office.room.letters)
    (sent,) = office.desk.requests.letters.sent(entry.id)
    assert sent.part.values["how"] == "email"


def test_own_words_are_put_aside_only_when_asked(office, letter):
    change(office, letter, "Thank you", "Many thanks")
    office.noted.answers = [None]
    letter.begin_afresh()
    assert "Many thanks" in letter.editor.text.toPlainText()
    office.noted.answers = ["Start again"]
    letter.begin_afresh()
    assert "Many thanks" not in letter.editor.text.toPlainText()


def test_what_is_typed_outlives_a_crash(office, letter, entry):
    change(office, letter, "Thank you", "Many thanks")
    letter._keep_typed()
    office.room.letter.kind = ""  # as if the program had been killed
    office.room.letter.show_entry(entry.id, "acknowledgement")
    assert "Many thanks" in letter.editor.text.toPlainText()


def test_the_page_can_be_used_with_keys_and_a_screen_reader(office, letter):
    assert_walkable(letter)


@pytest.mark.parametrize("kind", [RequestKind.RECTIFICATION, RequestKind.COMPLAINT])
def test_the_panel_of_letters_is_no_wider_than_the_rail(office, kind):
    """The rail never scrolls sideways: whatever is wider is cut off."""
    entry = a_request(office.desk, subject_kind="staff", asked="My file", kind=kind.value)
    letters = office.desk.requests.letters
    for each in letters.kinds(entry):
        draft = letters.draft(each.key, entry)
        letters.keep(each.key, entry, replace(draft, text=f"{draft.text}\n\nKind regards."))
    office.room.open_entry(entry.id)
    assert office.room.letters.minimumSizeHint().width() <= RAIL
    assert office.room.page.rail_side.minimumSizeHint().width() <= RAIL


def test_several_who_must_be_told_are_written_to_and_noted_together(office, tmp_path):
    requests = office.desk.requests.requests
    made = a_request(office.desk, kind="erasure", decision="yes", done_where="The list of 2025")
    for name in ("Example Club", "Example Coaches"):
        requests.recipients.save({"recipient": name}, parent_id=made.id)
    office.room.open_entry(made.id, "letter:third_parties")
    letter = office.room.letter
    office.saved_to(tmp_path / "all.pdf")
    office.press("Print for all 2", letter)
    read = text_of((tmp_path / "all.pdf").read_bytes())
    assert read.count("The list of 2025") == 2
    assert "Example Coaches" in read
    office.press("It was sent…", letter)
    letter.sent.form.set_values({**letter.sent.form.values(), "how": "post"}, clean=False)
    office.noted.answers = [""]
    office.press("Keep it as sent", letter)
    assert len(requests.recipients.open_ones(made.id)) == 2, "stepped back"
    office.noted.answers = ["To all 2"]
    office.press("Keep it as sent", letter)
    assert not requests.recipients.open_ones(made.id)
    assert "2 recipients recorded as told" in office.said()
    office.room.open_entry(made.id, "letter:acknowledgement")
    assert "Print for all 2" not in office.offered(letter)


@pytest.mark.parametrize("kind", ["acknowledgement", "refusal", "response"])
def test_a_letter_that_was_only_looked_at_follows_what_is_recorded_later(office, letter, kind):
    requests = office.desk.requests
    entry = requests.requests.find("SAR-2026-001")
    office.room.write_letter(kind)
    text = office.room.letter.editor.draft.text
    assert text == requests.letters.afresh(kind, entry).text
    assert "0303\u00a0123\u00a01113" in text, "a telephone number that no line may part"
    office.room.letter.close_letter()
    assert requests.letters.begun(entry) == frozenset()
