"""``publish`` writes nothing that may name a person before somebody was warned."""

from __future__ import annotations


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
