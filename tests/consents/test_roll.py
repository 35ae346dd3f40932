"""May this picture be used? Names as people type and paste them."""

from __future__ import annotations

import pytest

from dpdesk.errors import NotFound
from tests.consents.conftest import DAY


def answers(consents, *names, use="Website"):
    found = consents.may_use(names, use)
    return found.allowed, [str(each.answer) for each in found.people]


def test_yes_only_where_everybody_in_it_agreed(consents, family, say):
    one, two = family("Ward"), family("Quill")
    say(one.pupil, "given", one.mother)
    assert answers(consents, "Ana Ward") == (True, ["given"])
    assert answers(consents, "Ana Ward", "Ana Quill") == (False, ["given", "not asked"])
    say(two.pupil, "given", two.mother)
    assert answers(consents, "Ward, Ana", " ana  QUILL ") == (True, ["given", "given"])


def test_one_unknown_name_is_a_no(consents, family, say):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    for name in ("Nobody Else", "Anna Ward", "A. Ward", "Ana", "Ward", "Jo Ana Ward", "Ana Wardle"):
        allowed, found = answers(consents, "Ana Ward", name)
        assert (allowed, found) == (False, ["given", "unknown"]), name


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Ana Ward; Ben Quill", 2),
        ("Ana Ward\tBen Quill", 2),
        ("Ana Ward, Ben Quill,", 2),
        ("Ward, Ana; Quill, Ben", 2),
        ("Ward, Ana", 1),
        ("Ana Ward, Ben Quill, Nobody Else", 3),
    ],
)
def test_several_names_on_one_line_are_parted(consents, family, say, line, number):
    for one in (family("Ward"), family("Quill", "Ben")):
        say(one.pupil, "given", one.mother)
    found = consents.may_use([line], "Website")
    assert len(found.people) == number
    assert found.allowed == (number < 3)


@pytest.mark.parametrize(
    "line", ["{} and Ben Quill", "{}, Ben Quill", "{} Ben Quill", "Ben Quill: {}", "{} (9Z)"]
)
def test_a_reference_answers_for_its_own_pupil_only(consents, family, say, line):
    one, other = family("Ward"), family("Quill", "Ben")
    say(one.pupil, "given", one.mother)
    say(other.pupil, "refused", other.mother)
    reference = one.pupil.reference
    assert not consents.may_use([line.format(reference)], "Website").allowed
    for fits in (reference, f"Ana Ward ({reference})", f"{reference} Ana Ward"):
        assert consents.may_use([fits], "Website").allowed, fits


@pytest.mark.parametrize(
    "name",
    ["Mrs Ana Ward", "mr. Ana Ward", "Dr Ana Ward", "Ward Sr Ana", "Ana Ward ×", "Ana Ward ❎",
     "~~Ana Ward~~", "Ana Ward*", "A\u0336n\u0336a\u0336 Ward", "⚠ Ana Ward"],
)  # fmt: skip
def test_an_adult_of_the_name_or_a_name_struck_out_is_no_yes(consents, family, say, name):
    ward = family("Ward")
    say(ward.pupil, "given", ward.mother)
    assert answers(consents, name) == (False, ["unknown"])
    assert answers(consents, "Miss Ana Ward")[0]
    assert answers(consents, "Master Ana Ward")[0]


def test_no_names_are_no_yes(consents, website):
    assert answers(consents) == (False, [])
    assert answers(consents, " ", "") == (False, [])


def test_two_of_one_name_are_told_apart_by_class_or_reference(consents, people, family, say):
    one = family()
    other = family(surname="Ward", forename="Ana")
    people.save({"form": "6A", "year_group": "6"}, other.pupil.id, other.pupil.version)
    say(one.pupil, "given", one.mother)
    found = consents.may_use(["Ana Ward"], "Website")
    assert not found.allowed
    assert "(4B)" in found.people[0].why
    assert "(6A)" in found.people[0].why
    assert answers(consents, "Ana Ward (4B)") == (True, ["given"])
    assert answers(consents, "Ana Ward (Year 4)") == (True, ["given"])
    assert answers(consents, "Ana Ward (6a)") == (False, ["not asked"])
    assert answers(consents, "Ana Ward (5C)") == (False, ["unknown"])
    assert answers(consents, one.pupil.reference) == (True, ["given"])


def test_a_leaver_of_the_same_name_makes_it_doubtful(consents, person, family, say):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    person("Ward", "Ana", left_on=consents.today() - DAY)
    assert answers(consents, "Ana Ward") == (False, ["unknown"])
    assert answers(consents, "Ana Ward (4B)") == (True, ["given"])


def test_every_name_that_a_pupil_goes_by_is_known(consents, family, say):
    ward = family("Ó Briain", "Thomas", known_as="Tom", other_names="Thomas Hill")
    say(ward.pupil, "given", ward.mother)
    for name in ("Tom Ó Briain", "Thomas o briain", "Hill, Thomas", "Ó BRIAIN Tom"):
        assert answers(consents, name) == (True, ["given"]), name


def test_care_is_asked_for_beside_a_yes(consents, family, say):
    ward = family(address_kept="yes", care_note="Ask the head teacher.")
    say(ward.pupil, "given", ward.mother)
    assert "Ask the head teacher." in consents.may_use(["Ana Ward"], "Website").people[0].why


def test_an_unknown_use_is_refused_with_those_there_are(consents, website):
    with pytest.raises(NotFound, match="Website"):
        consents.may_use(["Ana Ward"], "Billboards")


def test_archived_answers_and_pupils_do_not_count(consents, people, family, say):
    ward = family()
    entry = say(ward.pupil, "given", ward.mother)
    consents.archive(entry.id, entry.version)
    assert answers(consents, "Ana Ward") == (False, ["not asked"])
    pupil = people.load(ward.pupil.id)
    people.archive(pupil.id, pupil.version)
    assert answers(consents, "Ana Ward") == (False, ["unknown"])


def test_a_class_is_found_as_people_say_it(consents, person, website):
    person("Four", form="4B", year_group="4")
    person("Also", form="4C", year_group="4")
    person("Small", year_group="R")
    person("Gone", form="4B", left_on=consents.today() - DAY)
    roll = consents.roll()
    for words, names in (
        ("4b", ["Robin Four"]),
        ("Year 4", ["Robin Also", "Robin Four"]),
        ("y4", ["Robin Also", "Robin Four"]),
        ("reception", ["Robin Small"]),
        ("7", []),
    ):
        assert [each.name for each in roll.of_class(words)] == names, words
    assert roll.forms == ("4B", "4C")
    assert roll.years == ("R", "4")


@pytest.mark.parametrize(
    "line",
    ["Ana Ward 4B", "Ana Ward, 4b", "Ana Ward - 4B", "4B Ana Ward", "Ward Ana (4B)", "ana ward 4B"],
)
def test_a_class_without_brackets_tells_two_of_one_name_apart(consents, family, say, line):
    one, two = family(), family(form="4A")
    say(one.pupil, "given", one.mother)
    say(two.pupil, "refused", two.mother)
    assert answers(consents, line) == (True, ["given"])
    assert answers(consents, line.replace("B", "A").replace("b", "a")) == (False, ["refused"])


@pytest.mark.parametrize("line", ["Ana Ward 4A", "Ana Ward 5", "Ana Ward Year 5", "Ana Ward (5B)"])
def test_a_class_that_is_not_theirs_is_a_no(consents, family, say, line):
    ward, _ = family(), family("Quill", form="5B", year_group="5")
    say(ward.pupil, "given", ward.mother)
    assert answers(consents, line) == (False, ["unknown"])
    assert answers(consents, "Ana Ward 4", "Ana Ward Year 4") == (True, ["given", "given"])


@pytest.mark.parametrize("line", ["Ana Ward and Ben Quill", "Ana Ward & Ben Quill 4B"])
def test_two_names_with_and_between_are_two(consents, family, say, line):
    for each in (family(), family("Quill", "Ben")):
        say(each.pupil, "given", each.mother)
    assert answers(consents, line) == (True, ["given", "given"])


@pytest.mark.parametrize("typed", ["Thmoas Sampel", "Tomas Sampl", "Tommy Sample", "Thoma Sampple"])
def test_a_slip_of_the_keyboard_is_a_no_that_asks_who_is_meant(consents, family, say, typed):
    meant, _ = family("Sample", "Thomas"), family("Other", "Maria Anna")
    say(meant.pupil, "given", meant.mother)
    (found,) = consents.may_use([typed], "Website").people
    assert found.answer == "unknown"
    assert found.why.endswith("Do you mean Thomas Sample (4B)?")


def test_a_yes_about_somebody_who_left_says_so(consents, family, say):
    gone = family(left_on=consents.today() - DAY)
    say(gone.pupil, "given", gone.mother)
    (found,) = consents.may_use(["Ana Ward"], "Website").people
    assert "not at school now" in found.why


@pytest.mark.parametrize("line", ["Ana Ward?", "❌ Ana Ward", "Ana Ward ✗", "Ana Ward ❓"])
def test_a_name_that_the_list_is_not_sure_of_is_a_no(consents, family, say, line):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    assert consents.may_use(["😀 Ana Ward ✅"], "website").allowed
    assert consents.may_use(["1. Ana Ward"], "website").allowed
    found = consents.may_use([line], "website")
    assert not found.allowed
    assert "uncertain or crossed out" in found.people[0].why


@pytest.mark.parametrize("line", ["Ana Ward\t4B", "Ward\tAna\t4B", "4B\tAna Ward", "Ana\tWard"])
def test_columns_of_a_spreadsheet_are_one_name_with_its_class(consents, family, say, line):
    ward = family()
    say(ward.pupil, "given", ward.mother)
    (person,) = consents.may_use([line], "website").people
    assert person.pupil == ward.pupil.id
    both = consents.may_use(["Ana Ward\tBen Ward"], "website")
    assert [each.name for each in both.people] == ["Ana Ward", "Ben Ward"]


def test_a_former_surname_alone_on_its_line_still_finds_the_pupil(consents, people, family, say):
    ana = family()
    say(ana.pupil, "given", ana.mother)
    entry = people.load(ana.pupil.id)
    people.save({"surname": "Marsh", "other_names": "Ward"}, entry.id, entry.version)
    for name in ("Ana Ward", "Ward, Ana", "Ana Marsh"):
        assert consents.may_use([name], "website").allowed, name


def test_a_yes_about_a_leaver_says_at_once_for_which_pictures(consents, people, family, say):
    ana, ben = family(), family("Hill", "Ben")
    for each in (ana, ben):
        say(each.pupil, "given", each.mother)
    assert consents.may_use(["Ana Ward", "Ben Hill"], "website").only_if == ""
    entry = people.load(ben.pupil.id)
    people.save({"left_on": people.today() - DAY}, entry.id, entry.version)
    found = consents.may_use(["Ana Ward", "Ben Hill"], "website")
    assert found.only_if == "if it was taken while Ben Hill was at school"
    assert consents.may_use(["Ben Hill", "Nobody Here"], "website").only_if == ""
