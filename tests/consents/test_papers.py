"""What is printed: sheets of a class, forms, and the letter after a withdrawal."""

from __future__ import annotations

import pytest

from dpdesk.errors import DpdeskError, NotFound
from tests.builders import faults
from tests.papers.reading import text_of


def test_the_sheet_of_a_class_says_yes_only_where_consent_is_on_record(room, family, say):
    one, two, other = family("Ward"), family("Quill"), family("Stone", form="5C")
    say(one.pupil, "given", one.mother)
    say(two.pupil, "refused", two.mother)
    words = " ".join(text_of(room.prints.class_sheet("4b").content).split())
    assert "Class 4B: who may be photographed" in words
    assert "Ana Ward YES" in words
    assert "Ana Quill NO" in words
    assert "No pictures at all Ana Quill" in words
    assert "Stone" not in words
    assert other.pupil.values["form"] == "5C"


def test_a_form_has_an_empty_box_for_each_use_and_explains_withdrawal(room, family, website):
    room.uses.add_usual()
    family("Ward")
    family("Quill")
    printed = room.prints.forms("Year 4")
    assert printed.pages == 2
    words = text_of(printed.content)
    for said in ("Website", "In school", "If you change your mind", "For: Ana Quill"):
        assert said in words
    for tick in ("☑", "☒", "✓", "✔"):
        assert tick not in words


def test_the_code_of_a_form_is_random_and_kept_with_the_words_that_were_on_it(
    room, family, website
):
    ward = family()
    words = text_of(room.prints.forms_of([ward.pupil.id]).content)
    roll = room.consents.roll()
    codes = [word for word in words.split() if (meant := room.codes.meant(word))]
    assert len(codes) == 1
    meant = room.codes.meant(codes[0].lower())
    assert (meant.pupil, meant.versions) == (ward.pupil.id, {website.id: 1})
    fresh = room.codes.fresh([ward.pupil.id])
    room.codes.keep(fresh, roll.uses)
    again = fresh[ward.pupil.id]
    assert again != codes[0]
    assert room.codes.meant("AAAAAAAAAA") is None


def test_sheets_and_forms_are_printed_for_chosen_pupils_too(room, family, website):
    one, two = family("Ward"), family("Quill")
    sheet = text_of(room.prints.sheet_of([one.pupil.id], "Football team").content)
    assert "Football team: who may be photographed" in sheet
    assert "Ana Ward" in sheet
    assert "Quill" not in sheet
    assert room.prints.forms_of([one.pupil.id, two.pupil.id]).pages == 2
    with pytest.raises(NotFound):
        room.prints.forms_of([])


def test_a_code_can_be_read_back_from_its_squares():
    from dpdesk.papers.squares import dark

    lines = dark("ABCDEFGHJK")
    assert len(lines) == len(lines[0]) == 21
    finder = [True] * 7
    assert list(lines[0][:7]) == list(lines[0][-7:]) == list(lines[-1][:7]) == finder


def test_a_class_that_is_not_there_is_named_with_those_there_are(room, family, website):
    family()
    for words in ("9Z", " "):
        with pytest.raises(NotFound, match="4B"):
            room.prints.class_sheet(words)


def test_no_form_is_printed_before_the_uses_are_set_up(room, person):
    person(form="4B")
    with pytest.raises(DpdeskError, match="Uses and wording"):
        room.prints.forms("4B")


def test_a_withdrawal_is_confirmed_to_whoever_withdrew(room, family, say):
    ward = family(known_as="Annie")
    entry = say(ward.pupil, "withdrawn", ward.mother)
    letter = room.prints.withdrawal(entry)
    assert "Dear Jo Ana Ward" in letter.text
    assert "videos of Annie" in letter.text.replace("**", "")
    assert "Website" in letter.text
    assert "We are taking down" in letter.text
    assert "are still in use" in letter.text
    assert letter.missing == ()
    entry = room.consents.load(entry.id)
    closed = {"closed_on": room.consents.today(), "others_had": "no"}
    entry = room.consents.save(closed, entry.id, entry.version).entry
    assert "have been taken down" in room.prints.withdrawal(entry).text
    with pytest.raises(DpdeskError, match="not a withdrawal"):
        room.prints.withdrawal(say(ward.pupil, "given", ward.father))


def test_what_was_printed_and_answered_passes_the_check_of_the_workspace(desk, room, family, say):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    room.prints.forms("4B")
    assert faults(desk) == []
