"""The record of processing and the findings on the command line."""

from __future__ import annotations

import io
import re
from contextlib import closing

import openpyxl
import pytest

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE


@pytest.fixture
def fees(work):
    """A workspace with one asset and its purpose."""
    system = work("new", "systems", "--set", "name=Accounts program", "stored=uk").json
    asset = work(
        "new",
        "assets",
        "--set",
        "name=Fees",
        "function=Finance",
        "personal=yes",
        "people_kinds=Parents and carers",
        "data_kinds=contact, fees",
        f"systems={system['reference']}",
    ).json
    work(
        "new",
        "asset_purposes",
        "--of",
        asset["reference"],
        "--set",
        "purpose=Billing",
        "basis=contract",
    )
    return work


def test_the_record_is_written_and_read_back_without_a_change(fees, tmp_path):
    said = fees("export", "ropa", "--to", tmp_path / "r.xlsx")
    assert said.code == 0, said.err
    assert (said.json["file"], said.json["assets"], said.json["rows"]) == (
        str(tmp_path / "r.xlsx"),
        1,
        1,
    )
    assert "The school’s address" in said.json["empty"]
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Template"]
    assert [sheet["A10"].value, sheet["B10"].value] == ["Finance", "Billing"]
    found = fees("import", "ropa", tmp_path / "r.xlsx").json
    assert (found["new"], found["changed"], found["same"]) == (0, 0, 1)
    assert found["written"] is True


def test_a_preview_tells_and_writes_nothing(fees, tmp_path):
    fees("export", "ropa", "--to", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    book["Template"]["A10"] = "Money"
    book.save(tmp_path / "r.xlsx")
    found = fees("import", "ropa", tmp_path / "r.xlsx", "--preview").json
    assert found["changed"] == 1
    assert found["written"] is False
    assert found["changes"][0]["changes"] == [
        {
            "question": "Which part of the school’s work is it for?",
            "old": "Finance",
            "new": "Money",
        }
    ]
    assert fees("entries", "assets").json["entries"][0]["function"] == "Finance"
    fees("import", "ropa", tmp_path / "r.xlsx")
    assert fees("entries", "assets").json["entries"][0]["function"] == "Money"


def test_words_without_a_place_are_listed(fees, tmp_path):
    fees("export", "ropa", "--to", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    book["Template"]["M10"] = "Magic"
    book.save(tmp_path / "r.xlsx")
    found = fees("import", "ropa", tmp_path / "r.xlsx").json
    assert [each["words"] for each in found["unmapped"]] == [
        "Article 9 condition for processing special category data: Magic"
    ]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", "book"])
def test_another_file_is_refused_in_one_line_and_nothing_is_written(fees, tmp_path, content):
    if content == "book":
        out = io.BytesIO()
        openpyxl.Workbook().save(out)
        content = out.getvalue()
    (tmp_path / "x.xlsx").write_bytes(content)
    said = fees("import", "ropa", tmp_path / "x.xlsx")
    assert said.code == 1
    assert said.complaint
    assert len(fees("entries", "assets").json["entries"]) == 1


def test_a_file_that_is_not_there_is_named(fees, tmp_path):
    assert "There is no file" in fees("import", "ropa", tmp_path / "none.xlsx").complaint


def test_a_place_that_cannot_be_written_is_refused(fees, tmp_path):
    assert "is a folder" in fees("export", "ropa", "--to", tmp_path).complaint


def test_only_the_record_of_processing_goes_this_way(say):
    assert say("export", "requests", "--to", "x.xlsx").code == 2
    assert say("import", "requests", "x.xlsx").code == 2


def test_findings_name_register_count_references_reason_and_source(fees):
    found = {each["finding"]: each for each in fees("findings").json["findings"]}
    assert found["no_owner"] == {
        "register": "assets",
        "finding": "no_owner",
        "count": 1,
        "references": [fees("entries", "assets").json["entries"][0]["reference"]],
        "reason": "asset without an owner",
        "source": "Policy 8.5(b); ICO’s audit of the Department for Education, 4 "
        "(information asset owners)",
    }
    assert found["never"]["register"] == "systems"


def test_findings_are_told_in_words_with_their_sources(say, fees, tmp_path):
    said = say("--workspace", tmp_path / "workspace", "findings")
    assert re.search(r"1 asset without an owner: AS-\d{4}-001\n   Policy 8\.5\(b\)", said.out)


def test_what_was_missing_is_told_no_more_once_it_is_there(say, template, tmp_path):
    folder = template.copy(tmp_path / "empty")
    begun = say("--workspace", folder, "findings").out
    # Of what a school has not begun, a sentence each, and never two full stops.
    told = {line for line in begun.splitlines() if not line.startswith(" ")}
    mended = {
        "No pupils, parents or staff are on record yet.",
        "No data protection training is on record.",
    }
    assert mended < told
    assert ".." not in begun
    with closing(Desk.open(folder, PASSPHRASE)) as desk:
        person = desk.people.people.save({"kind": "staff", "surname": "Reed"}).entry
        course = desk.people.courses.save({"name": "Data protection"}).entry
        done = {"person": person.id, "course": course.id, "done_on": desk.people.people.today()}
        desk.people.training.save(done)
        desk.consents.uses.save({"name": "Newsletter", "words": "May we print it?"})
    left = say("--workspace", folder, "findings").out.splitlines()
    assert not mended & set(left)
