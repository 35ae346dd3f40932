"""Lists as nobody prepared them: slips, lost forms and odd shapes lose nobody and merge nobody."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from dpdesk.people import cells
from dpdesk.people.matching import Fate
from tests.people.systems import ANA, TOM, ZOE

ONE, TWO = TOM.upn, ANA.upn


def pupils(people):
    return sorted((p for p in people.known() if p.kind == "pupil"), key=lambda p: p.name)


def told(people, pupil, what="responsible"):
    names = {each.id: each.name for each in people.known()}
    return {
        names[part.values["adult"]]: part.values.get(what)
        for part in people.relationships.parts(pupil.id)
    }


def test_dates_that_became_numbers_in_a_spreadsheet_are_days_again(people, bring):
    bring('Name,DOB,Class\n"SAMPLETON, Thomas (Tom)",42065,7A\nAda Quill,41957.0,8B\n')
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Forename", "Surname", "DOB"])
    sheet.append(["Piet", "Muster", 42066])
    out = io.BytesIO()
    book.save(out)
    bring(out.getvalue(), "list.xlsx")
    born = {each.name: each.values["born"] for each in pupils(people)}
    assert born == {
        "Tom Sampleton": dt.date(2015, 3, 2),
        "Ada Quill": dt.date(2014, 11, 14),
        "Piet Muster": dt.date(2015, 3, 3),
    }


@pytest.mark.parametrize(
    ("written", "surname", "forename"),
    [
        ("WARD, Thomas", "Ward", "Thomas"),
        ("O'HARA, AOIFE", "O'Hara", "Aoife"),
        ("MCARDLE, TJ", "McArdle", "TJ"),
        ("Piet van der Berg", "van der Berg", "Piet"),
        ("VAN DER BERG, Piet", "Van der Berg", "Piet"),
        ("Mrs Joanne Hill", "Hill", "Joanne"),
        ("Ward, Thomas", "Ward", "Thomas"),
    ],
)
def test_a_whole_name_is_parted_and_written_as_usual(written, surname, forename):
    found, _doubts = cells.answers({"name": written}, 2, dt.date(2026, 11, 20))
    assert (found["surname"], found["forename"]) == (surname, forename)


@pytest.mark.parametrize(
    "written", ["Sampleton, Thomas (Tom)", "Thomas (Tom) Sampleton", "Thomas Sampleton (Tom)"]
)
def test_the_name_in_brackets_is_what_they_are_called(written):
    found, _doubts = cells.answers({"name": written}, 2, dt.date(2026, 11, 20))
    assert (found["surname"], found["forename"], found["known_as"]) == (
        "Sampleton",
        "Thomas",
        "Tom",
    )


def test_twins_under_one_number_both_come_in_and_it_is_said(people, bring):
    plan = bring(
        "UPN,Surname,Forename,DOB,Reg\n"
        f"{ONE},Twinley,Ada,02/03/2015,7A\n{ONE},Twinley,Bea,02/03/2015,7A\n"
    )
    assert [(each.name, each.values.get("upn")) for each in pupils(people)] == [
        ("Ada Twinley", ONE),
        ("Bea Twinley", None),
    ]
    assert any("Row 3: row 2 has the same UPN for somebody else." in n for n in plan.notes)


def test_a_row_without_the_number_is_the_same_pupil(people, bring):
    bring(
        "UPN,Surname,Forename,DOB,Contact 1 Surname,Contact 1 Forename,Contact 1 PR\n"
        f"{ONE},Sampleton,Tom,02/03/2015,Hill,Jo,T\n,Sampleton,Tom,02/03/2015,Ward,Dan,F\n"
    )
    (tom,) = pupils(people)
    assert told(people, tom) == {"Jo Hill": "yes", "Dan Ward": "no"}


def test_a_known_number_under_another_name_is_asked_about_and_overwrites_nobody(
    people, importing, bring
):
    bring(f"UPN,Surname,Forename,DOB\n{ONE},Sampleton,Tom,02/03/2015\n")
    other = f"UPN,Surname,Forename,DOB\n{ONE},Quill,Ida,01/09/2012\n"
    plan = bring(other)
    assert [each.listed.name for each in plan.of(Fate.DOUBTFUL)] == ["Ida Quill"]
    assert [each.name for each in pupils(people)] == ["Tom Sampleton"]
    # Adopted or married: the number, the first name and the birth say who it is.
    plan = bring(f"UPN,Surname,Forename,DOB\n{ONE},Hill,Thomas,02/03/2015\n")
    assert plan.of(Fate.DOUBTFUL) == ()
    assert [each.values["surname"] for each in pupils(people)] == ["Hill"]


def test_a_second_parent_in_a_row_below_belongs_to_the_pupil_above(people, bring):
    bring(
        "Pupil Surname,Pupil Forename,DOB,Contact Surname,Contact Forename,"
        "Parental Responsibility\n"
        "Sampleton,Tom,02/03/2015,Hill,Joanne,Yes\n,,,Ward,Daniel,No\n"
        "Quill,Ida,01/09/2014,Quill,Ruth,Yes\n"
    )
    ida, tom = pupils(people)
    assert told(people, tom) == {"Joanne Hill": "yes", "Daniel Ward": "no"}
    assert told(people, ida) == {"Ruth Quill": "yes"}


def test_two_adults_in_one_cell_are_not_made_into_one(people, bring):
    plan = bring(
        "Surname,Forename,DOB,Contact 1 Name,Contact 1 PR\n"
        "Sampleton,Tom,02/03/2015,Mr & Mrs D Sampleton,Yes\n"
    )
    (tom,) = pupils(people)
    assert told(people, tom) == {}
    assert any("names two adults at once" in note for note in plan.notes)


def test_responsibility_is_read_only_where_it_is_plain(people, bring):
    plan = bring(
        "Surname,Forename,DOB,Contact 1 Name,Contact 1 PR,Contact 2 Name,Contact 2 PR\n"
        "Sampleton,Tom,02/03/2015,Jo Hill,Yes - full,Dan Ward,\n"
        "Quill,Ida,01/09/2014,Ruth Quill,see file,Max Quill,No\n"
    )
    ida, tom = pupils(people)
    # Beside a no in words an empty cell says nothing.
    assert told(people, tom) == {"Jo Hill": "yes", "Dan Ward": None}
    assert told(people, ida) == {"Ruth Quill": None, "Max Quill": "no"}
    assert sum("does not say plainly" in note for note in plan.notes) == 1


def test_a_leaver_without_a_date_is_no_news_three_days_later(importing, bring, clock):
    text = "Surname,Forename,DOB,Status\nQuill,Ida,01/09/2012,Leaver\n"
    bring(text)
    clock.moment += dt.timedelta(days=3)
    plan = importing.plan(importing.read("list.csv", text.encode()))
    assert [each.fate for each in plan.people] == [Fate.SAME]


def test_noughts_that_a_spreadsheet_took_are_no_news(people, importing, bring):
    bring("Admission No,Surname,Forename,Class\n00101,Sampleton,Tom,7A\n")
    plan = bring("Admission No,Surname,Forename,Class\n101,SAMPLETON,Tom,8A\n")
    (tom,) = plan.people
    assert tom.differing == {"form": ("7A", "8A")}
    assert pupils(people)[0].values["admission_number"] == "00101"


def test_two_mothers_of_one_name_are_told_apart_the_second_time_too(importing, bring):
    text = (
        "Surname,Forename,DOB,Contact 1 Name,Contact 1 Tel,Contact 2 Name,Contact 2 Tel\n"
        "Sampleton,Tom,02/03/2015,Sarah Smith,07700 900003,Sarah Smith,07700 900004\n"
    )
    bring(text)
    plan = importing.plan(importing.read("list.csv", text.encode()))
    assert {each.fate for each in (*plan.people, *plan.adults)} == {Fate.SAME}
    assert len({each.listed.key for each in plan.adults}) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- made by a school system -->"])
def test_a_transfer_file_is_known_without_its_first_line(people, bring, encoding, before):
    bring(
        (
            f'{before}<c:CTfile xmlns:c="urn:example"><c:CTFpupilData><c:Pupil>'
            f"<c:UPN>{ZOE.upn}</c:UPN>"
            "<c:Surname>Quill</c:Surname><c:Forename>Ida</c:Forename><c:DOB>2014-09-01</c:DOB>"
            "<c:Contacts><c:Contact><c:Surname>Quill</c:Surname><c:Forename>Ruth</c:Forename>"
            "<c:Responsibility>1</c:Responsibility></c:Contact></c:Contacts>"
            "</c:Pupil></c:CTFpupilData></c:CTfile>"
        ).encode(encoding),
        "999.xml",
    )
    (ida,) = pupils(people)
    assert told(people, ida) == {"Ruth Quill": "yes"}
    # Nothing is said of where she lives, so nothing is known of it.
    assert told(people, ida, "lives_with") == {"Ruth Quill": None}


def test_what_a_later_list_adds_about_contacts_comes_in_and_what_was_answered_stays(
    people, importing
):
    def bring(text):
        plan = importing.plan(importing.read("list.csv", text.encode()))
        return plan, importing.accept(plan)

    head = "Forename,Surname,Reg,Contact 1 Forename,Contact 1 Surname,Contact 1 Email"
    who = "Ana,Ward,4B,Jo,Ward,jo@home.example"
    bring(f"{head}\n{who}\n")
    (ana,) = pupils(people)
    assert told(people, ana) == {"Jo Ward": None}
    more = f"{head},Contact 1 Parental Responsibility\n{who},"
    plan, done = bring(f"{more}Yes\n")
    assert any("about whom the list says more: 1" in note for note in plan.notes)
    assert told(people, ana) == {"Jo Ward": "yes"}
    plan, _ = bring(f"{more}No\n")
    assert any("other way round" in note for note in plan.notes)
    assert told(people, ana) == {"Jo Ward": "yes"}, "nothing that was answered is changed"
    importing.take_back(done)
    assert told(people, ana) == {"Jo Ward": None}


def test_the_class_goes_before_the_sets_and_what_is_no_class_is_left_out(people, bring):
    plan = bring(
        "Legal First Name,Legal Last Name,Courses/classes,"
        "Year group(s) this academic year,Registration form(s) this academic year\n"
        'Ana,Ward,"Ma7, En7",Year 7,7B\n'
        'Ben,Ward,"Ma7, En7",Upper Fourth,\n'
    )
    assert [(p.form, p.year_group) for p in pupils(people)] == [("7B", "7"), ("", "")]
    assert "No year group is called “Upper Fourth”; it is left out (1)." in plan.notes


def test_a_year_below_reception_is_not_year_one(people, bring):
    bring("Forename,Surname,NC Year\nAna,Ward,-1\nBen,Ward,0\nCara,Ward,1\n")
    assert [p.year_group for p in pupils(people)] == ["N", "R", "1"]


def test_a_heading_that_nobody_knows_is_no_person(importing):
    text = "Nom,Prénom,Né(e) le,Classe,Responsable 1,Courriel 1\nWard,Ana,1.2.2015,4B,Jo Ward,\n"
    listing = importing.read("list.csv", text.encode())
    assert listing.sheet.columns[0] == "Nom"
    assert not listing.layout.names_somebody


def test_two_rows_of_headings_are_read_as_one(people, bring):
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Pupil", None, None, "Contact 1", None, None, "Contact 2"])
    sheet.append(["Forename", "Surname", "DOB", *["Name", "Relationship", "PR"] * 2])
    sheet.append(["Ada", "Quill", "28/02/2015", "Mo Quill", "Mother", "Yes", "Fa Sample", "Father"])
    sheet.append(["Ben", "Quill", "1/3/2016", "Mo Quill", "Mother", "Yes", "", "", ""])
    sheet["I3"] = "No"
    out = io.BytesIO()
    book.save(out)
    bring(out.getvalue(), "list.xlsx")
    ada, ben = pupils(people)
    assert told(people, ada) == {"Mo Quill": "yes", "Fa Sample": "no"}
    assert told(people, ada, "relationship") == {"Mo Quill": "mother", "Fa Sample": "father"}
    assert told(people, ben) == {"Mo Quill": "yes"}


def test_headings_that_come_again_are_of_the_next_adult(people, bring):
    head = "Forename,Surname,DOB," + ",".join(["Name,Relationship,PR"] * 2)
    bring(f"{head}\nAda,Quill,28/02/2015,Mo Quill,Mother,Yes,Fa Sample,Father,No\n")
    assert told(people, pupils(people)[0]) == {"Mo Quill": "yes", "Fa Sample": "no"}


def test_the_name_of_a_contact_is_never_a_pupils(people, bring):
    bring(
        "Forename,Surname,DOB,Contact Name,Relationship,PR\n"
        "Ada,Quill,28/02/2015,Mo Quill,Mother,Yes\n,,,Fa Sample,Father,No\n"
    )
    (ada,) = pupils(people)
    assert told(people, ada) == {"Mo Quill": "yes", "Fa Sample": "no"}


def test_columns_of_mother_father_and_a_contact_are_three_adults(people, bring):
    bring(
        "Forename,Surname,DOB,Mum,Mum's mobile,Dad,Father PR,Emergency contact 1 Name\n"
        "Ada,Quill,28/02/2015,Mo Quill,07700 900001,Fa Sample,Yes,Gran Muster\n"
    )
    (ada,) = pupils(people)
    assert told(people, ada) == {"Mo Quill": None, "Fa Sample": "yes", "Gran Muster": None}
    assert told(people, ada, "relationship") == {
        "Mo Quill": "mother",
        "Fa Sample": "father",
        "Gran Muster": None,
    }


def test_a_list_of_parents_alone_comes_in_as_parents(people, bring):
    bring("Parent Name,Parent Email\nMo Quill,mo@example.org\nFa Sample,fa@example.org\n")
    assert {(each.kind, each.name) for each in people.known()} == {
        ("parent", "Mo Quill"),
        ("parent", "Fa Sample"),
    }


def test_lines_of_the_report_are_nobody_and_a_pupil_with_a_name_only_is_somebody(people, bring):
    plan = bring('Name,DOB,Class\n"Quill, Ada",,\nTotal,,\n2 pupils,,\nEnd of report,,\n')
    assert [each.name for each in pupils(people)] == ["Ada Quill"]
    assert any("not people" in note and "(3)" in note for note in plan.notes)


def test_an_address_in_several_columns_or_lines_is_kept_in_lines(people, bring):
    bring(
        "Forename,Surname,DOB,Address Line 1,Address Line 2,Town,Postcode,"
        "Mother Name,Mother Address\n"
        'Ada,Quill,28/02/2015,Flat 3,,Exampleton,EX2 4QQ,Mo Quill,"1 High Row\nExampleton"\n'
    )
    address = {each.name: each.values["address"] for each in people.known()}
    assert address == {
        "Ada Quill": "Flat 3\nExampleton\nEX2 4QQ",
        "Mo Quill": "1 High Row\nExampleton",
    }


def test_days_with_the_month_first_are_read_so_throughout_and_said(people, bring):
    head = "Forename,Surname,DOB\n"
    plan = bring(f"{head}Ada,Quill,02/28/2015\nBo,Quill,03/04/2016\n")
    born = {each.name: each.values["born"] for each in pupils(people)}
    assert born == {"Ada Quill": dt.date(2015, 2, 28), "Bo Quill": dt.date(2016, 3, 4)}
    assert any("month first" in note for note in plan.notes)


def test_days_written_both_ways_are_warned_of(bring):
    plan = bring("Forename,Surname,DOB\nAda,Quill,02/28/2015\nBo,Quill,28/04/2016\n")
    assert any("day first in others" in note for note in plan.notes)


def test_a_whole_name_never_parts_a_known_surname_anew(people, importing, bring):
    bring("Forename,Surname,DOB\nAna,Garcia Lopez,28/02/2015\n")
    plan = importing.plan(importing.read("x.csv", b"Name,DOB\nAna Garcia Lopez,28/02/2015\n"))
    assert [each.fate for each in plan.people] == [Fate.SAME]
    assert cells.whole_name("Rupert St John-Smythe")["surname"] == "St John-Smythe"


def test_the_number_of_another_system_takes_the_place_of_no_admission_number(importing, bring):
    bring("Admission No,Forename,Surname,DOB\n0012,Ada,Quill,28/02/2015\n")
    other = b"Arbor Student ID,Forename,Surname,DOB\n90077,Ada,Quill,28/02/2015\n"
    assert [each.fate for each in importing.plan(importing.read("y.csv", other)).people] == [
        Fate.SAME
    ]


def test_a_short_surname_in_capitals_is_written_as_the_others_are(people, bring):
    bring("Forename,Surname,DOB\nJo,NG,28/02/2015\nAda,QUILL,1/3/2015\nBo,MUSTER,1/3/2016\n")
    assert [each.name for each in pupils(people)] == ["Ada Quill", "Bo Muster", "Jo Ng"]


def test_an_adult_who_may_be_one_or_two_is_named(bring):
    plan = bring(
        "Forename,Surname,DOB,Contact Name\nAda,Quill,28/02/2015,Mo Muster\n"
        "Bo,Sample,1/3/2015,Mo Muster\n"
    )
    assert any("Mo Muster comes in 2 times (rows 2, 3)" in note for note in plan.notes)
