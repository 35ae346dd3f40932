"""A request for transfer is answered with a package that other programs read, without secrets."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest

from dpdesk.disclosure.asides import AsidePlace
from dpdesk.errors import DpdeskError
from dpdesk.requests import portable_service
from tests.builders import a_pdf, a_request

DAY = dt.date(2026, 11, 10)
SECRET = "Ask the head teacher before anything goes out"


@pytest.fixture
def pupil(desk):
    people = desk.people.people
    made = people.save(
        {
            "kind": "pupil",
            "surname": "Example",
            "forename": "Robin",
            "form": "4B",
            "email": "robin@school.example",
            "court_order": "yes",
            "care_note": SECRET,
            "other_names": "=cmd|Robbie",
            "address": "＝1+1",
            "house": "'=2",
        }
    ).entry
    mother = people.save({"kind": "parent", "surname": "Example", "forename": "Jo"}).entry
    people.relationships.save(
        {"adult": mother.id, "relationship": "mother", "responsible": "yes"}, parent_id=made.id
    )
    use = desk.consents.uses.save({"name": "Website", "place": "online", "words": "Online."}).entry
    desk.consents.consents.save(
        {
            "pupil": made.id,
            "use": use.id,
            "answer": "given",
            "by_whom": mother.id,
            "asked_on": DAY,
            "how": "paper",
        }
    )
    return made


def portability(desk, pupil, **values):
    answers = {
        "kind": "portability",
        "subject_person": pupil.id,
        "identity_documents": ("passport",),
        "capacity": "yes",
        "decision": "yes",
        "asked": "My particulars, for my next school",
        "notes": "Looked up twice, nothing else found",
    }
    return a_request(desk, **{**answers, **values})


def opened(package):
    with zipfile.ZipFile(io.BytesIO(package.content)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def test_it_holds_what_the_person_gave_as_json_and_csv(desk, pupil):
    contents = opened(desk.requests.portable.package(portability(desk, pupil)))
    tables = json.loads(contents["data.json"])["tables"]
    assert tables["particulars"] == [
        {
            "Surname": "Example",
            "First name": "Robin",
            "Other names": "=cmd|Robbie",
            "Class": "4B",
            "House": "'=2",
            "E-mail": "robin@school.example",
            "Address": "＝1+1",
        }
    ]
    assert tables["contacts"] == [{"Who": "Example, Jo", "Relationship": "Mother"}]
    (answer,) = tables["consents"]
    assert (answer["Use"], answer["By"], answer["Answer"]) == ("Website", "Example, Jo", "Given")
    assert "2026-11-10" in answer.values()
    (asked,) = tables["requests"]
    assert "My particulars, for my next school" in asked.values()
    rows = list(csv.reader(io.StringIO(contents["particulars.csv"].decode("utf-8-sig"))))
    assert rows[0] == list(tables["particulars"][0])
    for guarded in ("'=cmd|Robbie", "'＝1+1", "''=2"):
        assert guarded in rows[1]


def test_nothing_that_the_school_noted_for_itself_is_in_it(desk, pupil):
    contents = opened(desk.requests.portable.package(portability(desk, pupil)))
    for content in contents.values():
        assert SECRET.encode() not in content
        assert b"Looked up twice" not in content
        assert b"PE-2026" not in content


def test_the_files_that_were_added_are_in_it_and_every_check_sum_fits(desk, pupil):
    entry = portability(desk, pupil)
    file = a_pdf("Certificate")
    desk.documents.add("requests", entry.id, "swimming.pdf", file)
    package = desk.requests.portable.package(desk.requests.requests.load(entry.id))
    contents = opened(package)
    assert contents["files/001 swimming.pdf"] == file
    assert package.files == 1
    assert any("Art 20(4)" in each for each in package.warnings)
    lines = contents.pop("MANIFEST.sha256").decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert sums == {name: hashlib.sha256(made).hexdigest() for name, made in contents.items()}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "access"}, "does not ask"),
        ({"decision": None}, "not decided"),
        ({"decision": "no"}, "not decided"),
        ({"identity_documents": None}, "Identity has not been checked"),
        ({"subject_person": None}, "which person"),
    ],
)
def test_it_is_refused_while_it_may_not_be_given(desk, pupil, values, words):
    with pytest.raises(DpdeskError, match=words):
        desk.requests.portable.package(portability(desk, pupil, **values))


def test_the_check_finds_what_should_not_leave(desk, pupil, monkeypatch):
    rows = [dict(row) for row in portable_service._rows()]
    rows[0]["fields"] = [*rows[0]["fields"], "court_order"]
    monkeypatch.setattr(portable_service, "_rows", lambda: rows)
    leaking = portable_service._plain

    def plain(entry, field):
        return SECRET if field.name == "court_order" else leaking(entry, field)

    monkeypatch.setattr(portable_service, "_plain", plain)
    with pytest.raises(DpdeskError, match="recorded for itself"):
        desk.requests.portable.package(portability(desk, pupil))


def test_the_history_says_that_a_package_left(desk, pupil):
    entry = portability(desk, pupil)
    package = desk.requests.portable.package(entry)
    desk.requests.portable.note(entry, package)
    assert any(package.sha256 in line.new for line in desk.requests.requests.history(entry.id))


def test_what_is_set_aside_is_in_no_package(desk, pupil):
    entry = portability(desk, pupil)
    card = desk.documents.add("requests", entry.id, "about Quillfeather.pdf", a_pdf("Quillfeather"))
    assert desk.requests.portable.package(entry).files == 1
    desk.disclosure.asides.set_aside(entry.id, [AsidePlace(card.id)], "not-about")
    package = desk.requests.portable.package(entry)
    assert package.files == 0
    assert "set aside" in package.warnings[0]
    assert not any(name.startswith("files/") for name in opened(package))


def test_what_was_marked_after_a_release_without_marks_is_in_no_package(desk, pupil):
    entry = portability(desk, pupil)
    desk.documents.add("requests", entry.id, "told.pdf", a_pdf("Robin and Quillfeather"))
    desk.disclosure.releases.release(entry.id)
    assert desk.requests.portable.package(entry).files == 1
    found = desk.disclosure.review.find("requests", entry.id, "Quillfeather")
    desk.disclosure.review.mark_found(found, "TP-16")
    package = desk.requests.portable.package(entry)
    assert package.files == 0
    assert not any(b"Quillfeather" in content for content in opened(package).values())


def test_what_others_wrote_about_the_person_is_in_no_package(desk, pupil):
    entry = portability(desk, pupil)
    words = "We suspect somebody close to the pupil: do not tell"
    a_request(desk, subject_person=pupil.id, relationship="solicitor", asked=words)
    contents = opened(desk.requests.portable.package(entry))
    assert not any(words in content.decode("utf-8", "replace") for content in contents.values())
    assert b"for my next school" in contents["requests.csv"]
