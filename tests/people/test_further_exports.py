"""What lists of school systems say beside names: nobody is joined, nothing is lost in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.law.identifiers import upn_meant
from tests.people.systems import ANA, TOM
from tests.people.test_wild_lists import pupils, told


def here(people, name):
    return next(each for each in people.known() if each.name == name)


def same_again(importing, content, name="list.csv"):
    """The second import of a file changes nothing."""
    plan = importing.plan(importing.read(name, content.encode()))
    fates = {str(each.fate) for each in (*plan.people, *plan.adults)}
    return fates == {"same"} and not plan.links and not plan.filled and not plan.gone


TWINS = (
    "Surname,Forename,DOB,Year,Parent name,Parent email\n"
    "Ivory,Joe,01/02/2015,Year 7,Lea Ivory,lea@example.org\n"
    "Ivory,Jo,01/02/2015,Year 7,Lea Ivory,lea@example.org\n"
)


def test_twins_whose_names_are_nearly_the_same_stay_two(people, bring, importing):
    bring(TWINS)
    assert [each.name for each in pupils(people)] == ["Jo Ivory", "Joe Ivory"]
    assert same_again(importing, TWINS)


def test_a_twin_does_not_take_the_entry_of_the_other(people, importing, bring):
    head, _, jo = TWINS.splitlines()
    bring(f"{head}\n{jo}\n")
    plan = importing.plan(importing.read("list.csv", TWINS.encode()))
    assert {each.listed.name: str(each.fate) for each in plan.people} == {
        "Jo Ivory": "same",
        "Joe Ivory": "doubtful",
    }


def test_a_upn_without_its_letter_is_made_whole_and_it_is_said(people, bring, importing):
    mistyped = ANA.upn[0] + ANA.upn[1:].replace("0", "O")
    content = f"UPN,Surname,Forename\n{TOM.upn[1:]},Ward,Tom\n{mistyped},Ward,Ana\n"
    plan = bring(content)
    assert {each.values["upn"] for each in pupils(people)} == {TOM.upn, ANA.upn}
    assert any("made whole" in note and "(2)" in note for note in plan.notes)
    assert same_again(importing, content)


def test_a_upn_that_a_spreadsheet_shortened_is_never_guessed(people, bring):
    plan = bring("UPN,Surname,Forename\n8.012E+11,Ward,Tom\n")
    assert pupils(people)[0].values.get("upn") is None
    assert any("shortened this UPN to 8.012E+11" in note for note in plan.notes)


@pytest.mark.parametrize("said", ["801234", "", "A12", "Z801200001001"])
def test_what_can_be_no_upn_stays_as_it_was_written(said):
    assert upn_meant(said) == said


def test_a_court_order_behind_the_parents_columns_is_the_pupils(people, bring):
    bring(
        "Pupil UPN,Pupil Name,Contact Name,Contact Relation,PR?,Court Order?,Postal Address\n"
        f'{TOM.upn},"YEW, Hal",Mrs Nia Yew,Mother,Y,N,"1 Hill St, Exampleton"\n'
        f'{TOM.upn},"YEW, Hal",Mr Sid Yew,Father,,Y,"2 Hill St, Exampleton"\n'
    )
    hal = here(people, "Hal Yew")
    assert hal.values["court_order"] == "yes"
    assert here(people, "Nia Yew").values["address"] == "1 Hill St\nExampleton"
    assert here(people, "Sid Yew").values["address"] == "2 Hill St\nExampleton"


def test_a_court_order_that_is_said_of_a_parent_is_minded_at_the_pupil_too(people, bring):
    bring(
        "Name,DOB,Parent 1 name,Parent 1 email,Parent 1 court order\n"
        '"Yew, Hal",01/02/2015,Sid Yew,sid@example.org,Yes\n'
    )
    for name in ("Hal Yew", "Sid Yew"):
        assert here(people, name).values["court_order"] == "yes"


def test_the_address_behind_two_parents_is_the_familys(people, bring):
    bring(
        "Forename;Surname;Class;Mother;Mother Mobile;Father;Father Mobile;Address;DOB\n"
        'Ivo;Larch;5L;Eva Larch;07700 900401;Tom Larch;07700 900402;"3 Oak Way";03.04.2016\n'
    )
    ivo = here(people, "Ivo Larch")
    assert ivo.values["address"] == "3 Oak Way"
    assert ivo.values["born"] == dt.date(2016, 4, 3)
    assert here(people, "Tom Larch").values.get("address") is None


def test_the_kind_of_relation_goes_before_the_kind_of_contact(people, bring):
    bring(
        "Pupil Forename,Pupil Surname,Form,Contact Type,Relation Type,Contact Forename,"
        "Contact Surname,Contact Email,Parental Responsibility\n"
        "Tilly,Harbour,7K,Parent,Mother,Ines,Harbour,ines@example.org,1\n"
    )
    (tilly,) = pupils(people)
    assert told(people, tilly, "relationship") == {"Ines Harbour": "mother"}


def test_a_column_of_pupil_parent_and_staff_is_understood(people, bring):
    bring(
        "Type,Title,Forename,Surname,Email\n"
        "Staff,Mrs,Ines,Harbour,ines@example.org\nParent,Mr,Paul,Quill,paul@example.org\n"
        "Student,,Ines,Harbour,\n"
    )
    found = sorted((each.name, each.kind) for each in people.known())
    assert found == [
        ("Ines Harbour", "pupil"),
        ("Ines Harbour", "staff"),
        ("Paul Quill", "parent"),
    ]


def test_two_classes_of_one_pupil_are_told_and_neither_is_taken(people, bring):
    plan = bring(
        "Adno,Forename,Surname,Class,Contact name,Contact email\n"
        "1,Ada,Brook,10En1,May Brook,may@example.org\n"
        "1,Ada,Brook,10Ma2,May Brook,may@example.org\n2,Bob,Brook,10Ma2,,\n"
    )
    ada, bob = pupils(people)
    assert (ada.values.get("form"), bob.values.get("form")) == (None, "10Ma2")
    assert any("name different classes" in note and "2 and 3" in note for note in plan.notes)


def test_an_adult_without_a_surname_is_told(people, bring):
    plan = bring(
        "Name,DOB,Mother,Mother mobile,Father,Father mobile\n"
        '"Ward, Tom",02/03/2015,Jo Hill,07700 900001,,07700 900002\n'
    )
    assert "Row 2: an adult without a surname is left out." in plan.notes


def test_a_status_that_is_not_known_is_told_and_a_code_of_leavers_is(people, bring):
    plan = bring(
        "Surname,Forename,DOB,Enrolment Status\n"
        "Ward,Tom,02/03/2015,C\nWard,Ana,05/06/2018,P\nQuill,Ida,01/09/2012,Zeta\n"
    )
    assert [each.name for each in pupils(people) if not each.here] == ["Ana Ward"]
    assert any("“Zeta”" in note and "(1)" in note for note in plan.notes)
    assert not any("“C”" in note for note in plan.notes)


def test_names_and_answers_in_further_ways_of_writing(people, bring):
    plan = bring(
        "Surname,First Name,DOB,Year,Contact name,Contact relationship,Contact PR,Contact email\n"
        "McDONALD,RONALD,02/03/2015,Yr 7,Fay McDonald,Mother,√,fay@example.org\n"
        '"Zahra,",Bibi,2/3/20,FS2,Noor Zahra,Mother,Y - seen,noor@example.org\n'
    )
    found = {each.name: (each.year_group, told(people, each)) for each in pupils(people)}
    assert found == {
        "Ronald McDonald": ("7", {"Fay McDonald": "yes"}),
        "Bibi Zahra": ("R", {"Noor Zahra": "yes"}),
    }
    assert not any("plainly" in note for note in plan.notes)


def test_a_transfer_file_says_who_left_this_school_and_what_they_were_called(people, bring):
    def school(lea, left):
        day = f"<LeavingDate>{left}</LeavingDate>"
        return f"<School><LEA>{lea}</LEA><Estab>4000</Estab>{day}</School>"

    def pupil(number, first, history):
        return (
            f"<Pupil><UPN>{number}</UPN><Surname>Fernby</Surname><Forename>{first}</Forename>"
            "<DOB>2014-09-30</DOB><BasicDetails><FormerForename>Harry</FormerForename>"
            f"<EnrolStatus>C</EnrolStatus></BasicDetails><SchoolHistory>{history}</SchoolHistory>"
            "<Contacts><Contact><Surname>Fernby</Surname><Forename>Joan</Forename>"
            "<MiddleNames>Ruth</MiddleNames></Contact></Contacts></Pupil>"
        )

    bring(
        "<CTfile><Header><SourceSchool><LEA>999</LEA><Estab>4000</Estab></SourceSchool></Header>"
        "<CTFpupilData>"
        + pupil(TOM.upn, "Hattie", school(998, "2020-07-20"))
        + pupil(ANA.upn, "Otis", school(999, "2026-07-20"))
        + "</CTFpupilData></CTfile>",
        "999_CTF.xml",
    )
    left = {each.name: each.values.get("left_on") for each in pupils(people)}
    assert left == {"Hattie Fernby": None, "Otis Fernby": dt.date(2026, 7, 20)}
    assert "Harry Fernby" in here(people, "Hattie Fernby").names
    assert here(people, "Joan Fernby").values["middle_names"] == "Ruth"
