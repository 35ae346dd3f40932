"""``publish`` writes nothing that may name a person before somebody was warned."""

from __future__ import annotations

import pytest


def test_a_row_that_names_somebody_stops_it_before_anything_is_written(work, tmp_path):
    answers = ("kind=Pupil", "surname=Ng", "forename=Zinnia")
    assert work("new", "people", "--set", *answers).code == 0
    answers = ("name=Zinnia’s file", "personal=Yes", "people_kinds=Pupils")
    made = work("new", "assets", "--set", *answers)
    assert made.code == 0, made.err
    reference = made.json["reference"]
    target = tmp_path / "web"
    said = work("publish", "--to", target)
    assert said.code != 0
    assert reference in said.complaint
    assert "--without" in said.complaint
    assert not target.exists()
    held = work("publish", "--to", target, "--without", reference)
    assert held.code == 0, held.err
    assert "Zinnia" not in (target / "what-we-hold.html").read_text("utf-8")
    allowed = work("publish", "--to", tmp_path / "again", "--anyway")
    assert allowed.json["may_name_somebody"] == [reference]


def test_the_forms_for_the_public_are_written_and_one_that_came_back_is_read(work, tmp_path):
    from tests.requests.test_forms import SAID, filled_docx

    folder = tmp_path / "forms"
    made = work("public-forms", "--to", folder)
    assert made.code == 0, made.err
    assert work("public-forms", "--to", folder).code != 0
    back = tmp_path / "back.docx"
    back.write_bytes(filled_docx((folder / "complain.docx").read_bytes(), SAID, ("who self",)))
    said = work("returned-forms", back, tmp_path / "nowhere.pdf")
    assert said.code == 1
    read, lost = said.json["forms"]
    assert read["form"] == "complaint"
    assert read["answers"]["requester"] == "Wren Larch"
    assert lost["form"] == ""


def test_the_figures_of_a_report_lie_beside_it_and_are_set_beside_others(work, tmp_path):
    autumn, spring = tmp_path / "autumn.pdf", tmp_path / "spring.docx"
    for out, since, until in (
        (autumn, "2026-09-01", "2026-12-18"),
        (spring, "2027-01-05", "2027-03-26"),
    ):
        period = ("--from", since, "--to", until)
        made = work("report", "governance", *period, "--out", out, "--figures")
        assert made.code == 0, made.err
        assert made.json["figures"].endswith(f"{out.stem}.figures.json")
    both = [out.with_suffix("").with_suffix(".figures.json") for out in (spring, autumn)]
    said = work("beside", *both)
    assert said.code == 0, said.err
    assert [each["first"] for each in said.json["reports"]] == ["2026-09-01", "2027-01-05"]
    assert all(len(row["values"]) == 2 for row in said.json["rows"])
    paper = tmp_path / "beside.docx"
    assert work("beside", *both, "--out", paper).code == 0
    assert paper.read_bytes()[:2] == b"PK"
    assert "autumn.pdf: This file" in work("beside", both[0], autumn).complaint
    assert work("beside", both[0], both[0]).code == 1
    assert work("beside", *both, "--out", tmp_path / "beside.txt").code == 1


@pytest.mark.parametrize("command", ["public-forms", "publish --anyway", "evidence"])
def test_a_command_that_is_refused_leaves_no_folder_behind(work, tmp_path, command):
    inside = tmp_path / "workspace" / "papers" / "new"
    assert "over the workspace itself" in work(*command.split(), "--to", inside).complaint
    assert not inside.parent.exists(), "an empty folder lies among the records"
