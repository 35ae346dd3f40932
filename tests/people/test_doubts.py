"""Who of a list may be here already, and every way in which somebody can be reached."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.people.matching import Fate

NAMES = "Forename,Surname\nAna,Ward\nBen,Hill\n"
SETS = """Forename,Surname,Courses/classes,Contact Forename,Contact Surname,PR
Ana,Ward,10En1,Jo,Hill,T
Ana,Ward,10Ma2,Jo,Hill,T
"""


def test_all_whose_name_only_one_person_here_has_are_the_same_in_one_step(
    people, importing, person
):
    ana, ben = person("Ward", "Ana", born=dt.date(2015, 1, 2)), person("Hill", "Ben")
    person("Reed", "Zoë")
    person("Reed", "Zoë")
    listing = importing.read("list.csv", f"{NAMES}Zoë,Reed\nNew,Body\n".encode())
    plan = importing.plan(listing)
    assert len(plan.of(Fate.DOUBTFUL)) == 3
    assert sorted(plan.alone().values()) == [ana.id, ben.id], "two of the name are asked about"
    plan = importing.plan(listing, plan.alone())
    assert [each.listed.name for each in plan.of(Fate.DOUBTFUL)] == ["Zoë Reed"]
    importing.accept(plan)
    assert len(people.known()) == 5


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"left_on": dt.date(2026, 7, 1)}, "Year\nAna,Ward,4"),
        ({"year_group": "5"}, "Year\nAna,Ward,4"),
        ({}, "Year\nAna,Ward,4\nAna,Ward,5"),
    ],
    ids=["a leaver", "another year", "two in the list"],
)
def test_no_step_for_all_takes_whom_anything_speaks_against(importing, person, told, said):
    person("Ward", "Ana", **told)
    plan = importing.plan(importing.read("list.csv", f"Forename,Surname,{said}\n".encode()))
    assert plan.of(Fate.DOUBTFUL)
    assert plan.alone() == {}


def test_two_of_a_list_are_never_said_to_be_the_same_one(importing, person):
    ana = person("Ward", "Ana")
    listing = importing.read("list.csv", b"Forename,Surname,Year\nAna,Ward,4\nAna,Ward,5\n")
    both = {each.listed.key: ana.id for each in importing.plan(listing).people}
    assert len(both) == 2
    plan = importing.plan(listing, both)
    assert [each.fate for each in plan.people] == [Fate.CHANGED, Fate.DOUBTFUL]


def test_a_list_of_contacts_knows_by_name_and_year_only_who_is_still_here(importing, person):
    listing = importing.read("list.csv", SETS.encode())
    ana = person("Ward", "Ana", year_group="10")
    (match,) = importing.plan(listing).people
    assert match.known is not None
    assert (match.known.id, match.by_name) == (ana.id, True), "and the window says so"
    person("Ward", "Ana", year_group="10", born=dt.date(2012, 1, 2))
    assert importing.plan(listing).people[0].fate is Fate.DOUBTFUL


def test_a_list_of_contacts_asks_before_it_ties_anybody_to_a_leaver(importing, person):
    person("Ward", "Ana", year_group="10", left_on=dt.date(2026, 7, 1))
    plan = importing.plan(importing.read("list.csv", SETS.encode()))
    assert plan.people[0].fate is Fate.DOUBTFUL


HEAD = "Surname,Forename,DOB,Contact 1 Surname,Contact 1 Forename,"


def test_every_number_and_address_of_somebody_comes_in(people, importing, bring):
    text = (
        f"{HEAD}Contact 1 Home Telephone,Contact 1 Mobile,Contact 1 Work Telephone,"
        "Contact 1 Home Email,Contact 1 Work Email\n"
        "Sampleton,Tom,02/03/2015,Hill,Jo,1632960001,07700 900001,n/a,jo@example.org,"
        "j.hill@example.com\n"
    )
    bring(text)
    mother = next(each for each in people.known() if each.kind == "parent")
    assert mother.values["telephone"] == "01632960001; 07700 900001"
    assert mother.values["email"] == "jo@example.org; j.hill@example.com"
    # One of the numbers is enough to know her by, and no news.
    plan = bring(f"{HEAD}Contact 1 Mobile\nSampleton,Tom,02/03/2015,Hill,Jo,+44 7700 900001\n")
    assert {each.fate for each in plan.adults} == {Fate.SAME}


def test_every_number_of_a_common_transfer_file_comes_in(people, bring):
    phones = "".join(f"<Phone><PhoneNo>0770090000{n}</PhoneNo></Phone>" for n in (1, 2))
    bring(
        "<?xml version='1.0'?><CTfile><CTFpupilData><Pupil><Surname>Sampleton</Surname>"
        "<Forename>Tom</Forename><DOB>2015-03-02</DOB><Contacts><Contact><Surname>Hill</Surname>"
        f"<Forename>Jo</Forename><Phones>{phones}</Phones></Contact></Contacts></Pupil>"
        "</CTFpupilData></CTfile>",
        name="list.xml",
    )
    mother = next(each for each in people.known() if each.kind == "parent")
    assert mother.values["telephone"] == "07700900001; 07700900002"


@pytest.mark.parametrize("title", ["Sr", "Mme", "Mstr", "Dr."])
def test_a_title_is_no_part_of_a_name(people, bring, title):
    bring(f"Name,DOB,Job title\n{title} Ruth Reed,,Teacher of French\n")
    (reed,) = people.known()
    assert (reed.values["forename"], reed.values["surname"]) == ("Ruth", "Reed")


HERE = "Admission No,Surname,Forename,DOB,Class\n"
OTHER = "Sampleton,Ida,05/06/2015,7A\n"


def test_a_new_surname_makes_nobody_twice(people, bring):
    bring(f"{HERE}0101,Sampleton,Ben,04/07/2015,7A\n0102,{OTHER}")
    plan = bring(f"{HERE}101,Newname,Ben,04/07/2015,7A\n0102,{OTHER}")
    assert sorted(each.name for each in people.known()) == ["Ben Newname", "Ida Sampleton"]
    assert plan.gone == (), "the number, the birth and the first name say who it is"


def test_a_surname_that_a_list_changes_stays_among_the_other_names(people, importing, bring):
    bring(f"{HERE}0101,Sampleton,Ben,04/07/2015,7A\n0102,{OTHER}")
    ben = next(each for each in people.known() if each.name == "Ben Sampleton")
    people.save({"other_names": "Benny"}, ben.id, people.load(ben.id).version)
    rows = f"{HERE}101,Newname,Ben,04/07/2015,7A\n0102,{OTHER}".encode()
    plan = importing.plan(importing.read("list.csv", rows))
    (match,) = plan.of(Fate.CHANGED)
    assert match.differing["other_names"] == ("Benny", "Benny\nSampleton"), "the preview shows it"
    done = importing.accept(plan)
    (found,) = (each for each in people.known() if each.id == ben.id)
    assert {"Ben Newname", "Ben Sampleton", "Benny Newname"} <= set(found.names)
    again = importing.plan(importing.read("list.csv", rows))
    assert not again.of(Fate.CHANGED), "the same list changes nothing more"
    importing.take_back(done)
    (found,) = (each for each in people.known() if each.id == ben.id)
    assert (found.values["surname"], found.values["other_names"]) == ("Sampleton", "Benny")


def test_a_whole_new_name_keeps_the_whole_former_one(people, bring):
    head = "UPN,Surname,Forename,Former name,DOB\n"
    bring(f"{head}H801200001001,Sampleton,Benjamin,Benji,04/07/2015\n")
    bring(f"{head}H801200001001,Newname,Ben,Bee,04/07/2015\n")
    (ben,) = people.known()
    assert ben.values["other_names"].splitlines() == ["Benji", "Bee", "Benjamin Sampleton"]


def test_first_name_and_birth_of_somebody_who_is_missing_are_a_doubt(people, importing, bring):
    bring(f"{HERE},Sampleton,Ben,04/07/2015,7A\n,{OTHER}")
    listing = importing.read("list.csv", f"{HERE},Newname,Ben,04/07/2015,7A\n,{OTHER}".encode())
    plan = importing.plan(listing)
    assert [each.listed.name for each in plan.of(Fate.DOUBTFUL)] == ["Ben Newname"]
    assert plan.alone() == {}, "another name is looked at one by one"
    new = importing.plan(listing, {plan.of(Fate.DOUBTFUL)[0].listed.key: 0})
    assert [each.listed.name for each in new.of(Fate.NEW)] == ["Ben Newname"]


@pytest.mark.parametrize(
    "row",
    [
        ",Newname,Ida,04/07/2015,7A",
        ",Newname,Ben,05/07/2015,7A",
        ",Sampleton,Ben,04/07/2015,7A\n,Newname,Ben,04/07/2015,7A",
    ],
    ids=["another first name", "another birth", "the other is in the list too"],
)
def test_somebody_new_stays_new(bring, row):
    bring(f"{HERE},Sampleton,Ben,04/07/2015,7A\n")
    plan = bring(f"{HERE}{row}\n")
    assert [each.listed.values["surname"] for each in plan.of(Fate.NEW)] == ["Newname"]


def test_a_pupil_is_known_again_by_name_and_school_email(bring):
    text = "First Name,Last Name,Email Address\nLeo,Marsh,leo.marsh@example.org\n"
    bring(text)
    assert [each.fate for each in bring(text).people] == [Fate.SAME]
    other = bring(text.replace("leo.marsh@", "other@"))
    assert [each.fate for each in other.people] == [Fate.DOUBTFUL]
