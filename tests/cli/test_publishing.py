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
