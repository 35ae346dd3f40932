"""A list of any school system comes in: everybody once, and nobody merged unseen."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from dpdesk.errors import Cancelled, DpdeskError, StaleEntry, UnreadableFile
from dpdesk.people.matching import Fate
from dpdesk.registers.entries import Query
from dpdesk.registers.spreadsheet import export
from dpdesk.store import audit
from tests.builders import a_request
from tests.people import exports

DAY = dt.timedelta(days=1)


@pytest.fixture
def importing(desk):
    return desk.people.importing


@pytest.fixture
def bring(importing):
    def bring_in(text, name="list.csv", said=None, settled=None, **more):
        listing = importing.read(name, text.encode(), said)
        return importing.accept(importing.plan(listing, settled), **more)

    return bring_in


def everybody(people):
    return {each.name: each for each in people.known()}


@pytest.mark.parametrize("text", [exports.SIMS, exports.ARBOR, exports.SHORT])
def test_pupils_come_in_once_with_year_and_class(people, bring, text):
    bring(text)
    found = everybody(people)
    tom = found.get("Tom Ward") or found["Thomas Ward"]
    assert (tom.kind, tom.year_group, tom.form) == ("pupil", "7", "7A")
    assert found["Zoë Okafor-Bright"].form == "7B"
    assert found["Zoë Okafor-Bright"].year_group == "7"


def test_leavers_are_marked_applicants_left_out_and_title_rows_skipped(people, bring, importing):
    listing = importing.read("list.csv", exports.SIMS.encode())
    assert any("not started" in note for note in listing.people.notes)
    bring(exports.SIMS)
    found = everybody(people)
    assert set(found) == {"Tom Ward", "Zoë Okafor-Bright", "Ida Quill"}
    assert not found["Ida Quill"].here
    tom = found["Tom Ward"].values
    assert (tom["upn"], tom["admission_number"], tom["born"]) == (
        "H801200001001",
        "00101",
        dt.date(2015, 3, 2),
    )
    assert found["Zoë Okafor-Bright"].values["looked_after"] == "yes"


def test_a_row_for_each_pupil_and_contact_gives_everybody_once(people, bring):
    bring(exports.CONTACTS)
    found = everybody(people)
    assert sorted(found) == sorted(
        ["Tom Ward", "Ana Ward", "Joanne Hill", "Daniel Ward", "Rose Ward"]
    )
    parts = people.relationships.parts(found["Tom Ward"].id)
    assert [(part.values["responsible"], part.values["lives_with"]) for part in parts] == [
        ("yes", "yes"),
        ("yes", "no"),
        ("no", "no"),
    ]
    assert len(people.children_of(found["Joanne Hill"].id)) == 2
    assert found["Tom Ward"].form == "7A"


def test_two_parents_in_a_row_and_names_with_commas(people, bring):
    bring(exports.TWO_PARENTS)
    found = everybody(people)
    assert sorted(found) == sorted(
        ["Thomas Ward", "Zoë Okafor-Bright", "Joanne Hill", "Daniel Ward", "Ngozi Okafor"]
    )
    assert found["Joanne Hill"].values["address"] == "4 Mill Lane\nExampleton\nEX1 1EX"
    assert len(people.relationships.parts(found["Thomas Ward"].id)) == 2


def test_a_form_that_begins_with_the_parent(people, bring):
    bring(exports.PARENT_FORM)
    found = everybody(people)
    assert sorted(found) == ["Ana Ward", "Joanne Hill", "Thomas Ward"]
    assert {each.kind for each in found.values()} == {"pupil", "parent"}


def test_tabs_words_for_months_and_leaving_dates(people, bring):
    bring(exports.ISAMS)
    found = everybody(people)
    assert found["Ida Quill"].values["left_on"] == dt.date(2026, 7, 15)
    assert found["Ida Quill"].values["born"] == dt.date(2012, 9, 1)
    assert found["Tom Ward"].values["house"] == "Oak"


def test_a_list_without_headings(people, bring):
    bring(exports.SCHOOLCOMMS)
    found = everybody(people)
    assert found["Vince Ancram"].form == "1A"
    assert found["Noor Reed"].kind == "staff"


def test_staff_with_their_posts(people, bring):
    bring(exports.STAFF)
    found = everybody(people)
    assert found["Noor Reed"].values["post"] == "Teacher of Science"
    assert not found["Theo Moss"].here


def test_the_common_transfer_file(people, bring):
    bring(exports.TRANSFER_FILE, "file.xml")
    found = everybody(people)
    assert sorted(found) == ["Joanne Hill", "Tom Ward", "Zoë Okafor-Bright"]
    assert found["Tom Ward"].values["other_names"] == "Hill"
    assert found["Tom Ward"].values["looked_after"] == "yes"
    part = people.relationships.parts(found["Tom Ward"].id)[0]
    assert (part.values["relationship"], part.values["responsible"]) == ("mother", "yes")


@pytest.mark.parametrize("first", [exports.SIMS, exports.TRANSFER_FILE, exports.CONTACTS])
def test_the_same_list_again_changes_nothing(people, importing, bring, first):
    name = "file.xml" if first.startswith("<") else "list.csv"
    bring(first, name)
    plan = importing.plan(importing.read(name, first.encode()))
    assert [each.listed.name for each in plan.of(Fate.NEW)] == []
    assert [each.differing for each in plan.of(Fate.CHANGED)] == []
    assert not plan.links
    assert not plan.of(Fate.DOUBTFUL)


def test_another_systems_list_finds_the_same_people(people, importing, bring):
    bring(exports.SIMS)
    bring(exports.ARBOR)
    bring(exports.TRANSFER_FILE, "file.xml")
    pupils = [each for each in people.known() if each.kind == "pupil"]
    assert len(pupils) == 3
    assert "Joanne Hill" in everybody(people)


def test_what_changed_is_seen_first_and_a_new_year_moves_up(people, importing, bring):
    bring(exports.SHORT)
    plan = importing.plan(
        importing.read("list.csv", exports.SHORT.replace(";7;7A", ";8;8A").encode())
    )
    (changed,) = plan.of(Fate.CHANGED)
    assert changed.differing == {"year_group": ("7", "8"), "form": ("7A", "8A")}


def test_a_name_alone_is_a_doubt_that_the_user_decides(people, importing, person, bring):
    here = person("Ward", "Tom")
    listing = importing.read("list.csv", exports.SHORT.replace("H801200001001", "").encode())
    (doubt,) = importing.plan(listing).of(Fate.DOUBTFUL)
    assert [each.id for each in doubt.candidates] == [here.id]
    importing.accept(importing.plan(listing))
    assert len(people.known()) == 2, "the doubtful one is left out"
    importing.accept(importing.plan(listing, {doubt.listed.key: here.id}))
    assert people.load(here.id).values["form"] == "7A"


def test_two_of_one_name_with_different_births_are_two(people, person, bring):
    person("Ward", "Thomas", born=dt.date(2010, 1, 1))
    bring(exports.ARBOR)
    assert sum(each.name == "Thomas Ward" for each in people.known()) == 2


def test_who_is_not_in_the_list_is_said_and_leaves_only_if_asked(people, importing, person, bring):
    gone = person("Gone", "Gil")
    listing = importing.read("list.csv", exports.SHORT.encode())
    plan = importing.plan(listing)
    assert [each.id for each in plan.gone] == [gone.id]
    day = people.today() - dt.timedelta(days=1)
    importing.accept(plan, gone={gone.id: day})
    assert people.load(gone.id).state == "left"
    back = importing.plan(
        importing.read("list.csv", (exports.SHORT + "Gil;Gone;;;7;7A\n").encode()),
    )
    (doubt,) = back.of(Fate.DOUBTFUL)
    assert doubt.listed.name == "Gil Gone"


def test_a_contact_once_removed_stays_removed_unless_said(people, importing, bring):
    bring(exports.CONTACTS)
    tom = everybody(people)["Tom Ward"]
    part = people.relationships.parts(tom.id)[1]
    people.relationships.save({"ended_on": people.today()}, part.id, part.version)
    plan = importing.plan(importing.read("list.csv", exports.CONTACTS.encode()))
    assert [link.adult.listed.name for link in plan.removed] == ["Daniel Ward"]
    importing.accept(plan)
    assert people.relationships.load(part.id).values["ended_on"] is not None
    importing.accept(plan, bring_back=True)
    assert people.relationships.load(part.id).values.get("ended_on") is None


def test_a_whole_import_can_be_taken_back(people, importing, person, bring):
    tom = person("Ward", "Thomas", upn="H801200001001", form="6A", year_group="6")
    done = bring(exports.SIMS)
    assert people.load(tom.id).values["form"] == "7A"
    importing.take_back(done)
    assert people.load(tom.id).values["form"] == "6A"
    assert [each.id for each in people.known()] == [tom.id]
    bring(exports.SIMS)
    assert len(people.known()) == 3, "and it can come in again"


def test_an_import_is_not_taken_back_while_a_request_of_somebody_in_it_is_open(
    desk, people, importing, bring
):
    done = bring(exports.SHORT)
    asked = a_request(desk, subject="Tom Ward")
    with pytest.raises(DpdeskError, match=asked.reference):
        importing.take_back(done)
    assert everybody(people)["Tom Ward"]


def test_an_import_is_not_taken_back_over_later_work(people, importing, bring):
    done = bring(exports.SHORT)
    tom = everybody(people)["Tom Ward"]
    entry = people.load(tom.id)
    people.save({"form": "7C"}, entry.id, entry.version)
    with pytest.raises(StaleEntry):
        importing.take_back(done)
    assert len(people.known()) == 2


def test_a_file_that_nobody_prepared_for_is_said_once_and_remembered(people, importing):
    text = "Kid first,Kid last,Grp,Grown-up\nAna,Ward,4B,Joanne Hill\n"
    with pytest.raises(UnreadableFile, match="surname"):
        importing.plan(importing.read("odd.csv", text.encode()))
    said = {
        "Kid first": "forename",
        "Kid last": "surname",
        "Grp": "form",
        "Grown-up": "adult 1.name",
    }
    listing = importing.read("odd.csv", text.encode(), said)
    importing.remember(listing.sheet, said)
    again = importing.read("odd.csv", text.encode())
    importing.accept(importing.plan(again))
    assert sorted(everybody(people)) == ["Ana Ward", "Joanne Hill"]


def test_cells_that_cannot_be_read_are_named_and_nothing_else_is_lost(people, importing):
    text = exports.ARBOR.replace("02/03/2015", "sometime in spring")
    plan = importing.plan(importing.read("list.csv", text.encode()))
    assert any("Row 2" in note for note in plan.notes)
    importing.accept(plan)
    assert len(people.known()) == 2


def test_an_answer_that_cannot_be_is_named_and_left_out_and_everybody_comes_in(people, importing):
    text = exports.ARBOR.replace("02/03/2015", "02/03/1815")
    plan = importing.plan(importing.read("list.csv", text.encode()))
    assert any("Row 2" in note and "old" in note for note in plan.notes)
    importing.accept(plan)
    assert everybody(people)["Thomas Ward"].values.get("born") is None
    assert len(people.known()) == 2


def test_a_contact_brought_back_is_removed_again_when_the_import_is_undone(
    people, importing, bring
):
    bring(exports.CONTACTS)
    tom = everybody(people)["Tom Ward"]
    part = people.relationships.parts(tom.id)[1]
    people.relationships.save({"ended_on": people.today()}, part.id, part.version)
    listing = importing.read("list.csv", exports.CONTACTS.encode())
    done = importing.accept(importing.plan(listing), bring_back=True)
    importing.take_back(done)
    assert people.relationships.load(part.id).values["ended_on"] == people.today()
    again = importing.plan(importing.read("list.csv", exports.CONTACTS.encode()))
    assert [link.adult.listed.name for link in again.removed] == ["Daniel Ward"]
    assert not again.links


def test_everybody_of_a_list_is_found_has_a_history_and_is_whole(desk, people, bring):
    bring(exports.CONTACTS)
    tom = everybody(people)["Tom Ward"]
    assert people.listing(Query(search="ward tom")).cell(0, 1) == "Ward, Tom"
    lines = people.history(tom.id)
    assert "Created" in [line.label for line in lines]
    assert {line.why for line in lines} == {"Imported from a list"}
    parts = people.relationships.parts(tom.id)
    assert [part.reference for part in parts] == [
        f"{tom.reference}/relationships-{number}" for number in (1, 2, 3)
    ]
    people.save({"house": "Oak"}, tom.id, people.load(tom.id).version)
    with desk.ground.database.reading() as session:
        assert list(audit.verify(session.connection(), desk.ground.database.audit_key)) == []


def test_an_import_that_is_stopped_leaves_nothing(people, importing):
    def stop(done, of):
        raise Cancelled

    plan = importing.plan(importing.read("list.csv", exports.CONTACTS.encode()))
    with pytest.raises(Cancelled):
        importing.accept(plan, step=stop)
    assert people.known() == ()


def test_an_xml_file_of_another_kind_is_refused_with_a_sentence(importing):
    with pytest.raises(UnreadableFile, match="Common Transfer File"):
        importing.read("x.xml", b"<?xml version='1.0'?><a><b/></a>")


def test_a_leaver_in_a_list_stays_a_leaver_until_somebody_says_they_are_back(
    people, importing, person, bring
):
    ida = person("Quill", "Ida", form="8A", upn="H801200001001", left_on=people.today() - DAY)
    text = "Forename;Surname;UPN;Reg\nIda;Quill;H801200001001;9A\n"
    plan = importing.plan(importing.read("list.csv", text.encode()))
    assert [each.listed.name for each in plan.back] == ["Ida Quill"]
    importing.accept(plan)
    assert people.load(ida.id).state == "left"
    assert people.load(ida.id).values["form"] == "9A"
    again = importing.plan(importing.read("list.csv", text.encode()))
    done = importing.accept(again, returned=True)
    assert people.load(ida.id).state == "here"
    importing.take_back(done)
    assert people.load(ida.id).state == "left"


def test_the_everyday_name_of_a_list_does_not_replace_the_name_on_papers(people, person, bring):
    tom = person("Ward", "Thomas", known_as="Tom", upn="H801200001001")
    bring(exports.SHORT)
    assert people.load(tom.id).values["forename"] == "Thomas"


def test_a_title_before_a_whole_name_is_no_part_of_it(people, bring):
    bring("Pupil Name,Form,Parent 1 Name,Parent 1 PR\nAna Ward,4B,Dr. Mrs Jo Hill,Y\n")
    assert sorted(everybody(people)) == ["Ana Ward", "Jo Hill"]


def test_our_own_spreadsheet_comes_back_changed_and_nobody_comes_in_twice(
    people, importing, person
):
    """The list as it goes out by default has no dates of birth, and parents and staff in it."""
    person("Ward", "Ana", form="4B", year_group="4", born=dt.date(2018, 2, 1))
    person("Ward", "Ana", kind="parent", email="ana@home.example")
    person("Ward", "Ana", kind="staff", post="Teacher")
    before = {each.reference: dict(each.values) for each in people.known()}
    book = openpyxl.load_workbook(io.BytesIO(export(people.listing(Query()))))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        if row[heads.index("Kind")].value == "Pupil":
            row[heads.index("Class")].value = "5A"
    out = io.BytesIO()
    book.save(out)
    plan = importing.plan(importing.read("people.xlsx", out.getvalue()))
    assert [len(plan.of(fate)) for fate in Fate] == [0, 1, 2, 0]
    assert plan.gone == ()
    importing.accept(plan)
    after = {each.reference: dict(each.values) for each in people.known()}
    pupil = next(reference for reference, of in before.items() if of["kind"] == "pupil")
    assert after.pop(pupil) == {**before.pop(pupil), "form": "5A"}
    assert after == before, "what did not go out is not lost"
