"""``import people``: a list of the school's system, on the command line."""

from __future__ import annotations

import json

from tests.people import exports
from tests.people.test_told_once import ONCE


def test_a_list_comes_in_and_says_what_it_did(work, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(exports.CONTACTS, "utf-8")
    seen = work("import", "people", file, "--preview")
    assert (seen.code, seen.json["new"], seen.json["written"]) == (0, 5, False)
    done = work("import", "people", file)
    assert (done.code, done.json["new"], done.json["written"]) == (0, 5, True)
    assert work("import", "people", file).json["same"] == 5
    assert len(work("entries", "people").json["entries"]) == 5


def test_columns_are_explained_once(work, tmp_path):
    file, meaning = tmp_path / "odd.csv", tmp_path / "map.json"
    file.write_text("Kid,Grp\nAna Ward,4B\n", "utf-8")
    assert "surname" in work("import", "people", file).complaint
    meaning.write_text(json.dumps({"Kid": "name", "Grp": "klass"}))
    assert "klass" in work("import", "people", file, "--map", meaning).complaint
    meaning.write_text(json.dumps({"Kid": "name", "Grp": "form"}))
    assert work("import", "people", file, "--map", meaning).json["new"] == 1
    file.write_text("Kid,Grp\nAna Ward,5B\nBen Sample,5B\n", "utf-8")
    again = work("import", "people", file)
    assert again.json["new"] == 1
    assert [each["name"] for each in again.json["doubtful"]] == ["Ana Ward"]
    assert again.code == 1


def test_a_map_that_is_no_map_is_explained(work, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(exports.SHORT, "utf-8")
    assert "looks like this" in work("import", "people", file, "--map", file).complaint


def test_a_class_that_stands_once_is_told_and_read_below_when_asked(work, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(ONCE, "utf-8")
    told = work("import", "people", file, "--preview")
    assert "come in without a class" in told.json["notes"][0]
    done = work("import", "people", file, "--fill-down")
    assert "it is read for 3 rows below" in done.json["notes"][0]
    came = [each["form"] for each in work("entries", "people").json["entries"]]
    assert sorted(came) == ["7A", "7A", "7A", "7B", "7B"]
