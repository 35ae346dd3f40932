"""Scans added and read by commands, searched, marked and released."""

from __future__ import annotations

from tests.documents.test_scans import scan
from tests.inspection import makers as made
from tests.papers.reading import text_of


def _begin(work, tmp_path):
    made = work("new", "requests", "--set", "subject=Robin Example", "received=2026-11-02")
    (tmp_path / "scan.png").write_bytes(scan(turn=180))
    work("add", made.json["reference"], tmp_path / "scan.png")
    return made.json["reference"]


def test_scans_are_read_when_they_are_added_and_again_when_asked(work, tmp_path):
    reference = _begin(work, tmp_path)
    said = work("read-scans", reference)
    assert said.json == {
        "reference": reference, "read": 0, "pages": 1, "words": 13, "doubtful": 0, "unread": 0,
    }  # fmt: skip
    assert work("read-scans", reference, "--again").json["read"] == 1


def test_a_name_on_a_scan_is_marked_and_nothing_that_was_read_is_in_the_bundle(work, tmp_path):
    reference = _begin(work, tmp_path)
    said = work("mark", reference, "--text", "Harry Beispiel", "--reason", "TP-16").json
    assert said["places"] == 1
    assert "read from pictures" in " ".join(said["warnings"])
    assert work("bundle", reference, "--to", tmp_path / "out.pdf").code == 0
    text = text_of((tmp_path / "out.pdf").read_bytes())
    assert "page" in text
    assert not {"Harry", "Beispiel", "Meeting", "Telephone", "900123"} & set(text.split())


def test_a_file_redacted_elsewhere_is_checked_without_a_workspace(say, tmp_path):
    (tmp_path / "bad.pdf").write_bytes(made.letter(made.bar))
    (tmp_path / "good.pdf").write_bytes(made.letter())
    bad = say("--json", "inspect", tmp_path / "bad.pdf", "--to", tmp_path / "report.pdf")
    assert bad.code == 3
    (finding,) = bad.json["findings"]
    assert (finding["page"], finding["kind"], finding["text"]) == (
        1,
        "under-bar",
        "Harry Beispiel,",
    )
    assert "Harry Beispiel" in text_of((tmp_path / "report.pdf").read_bytes())
    good = say("--json", "inspect", tmp_path / "good.pdf")
    assert (good.code, good.json["findings"]) == (0, [])
    assert say("--json", "inspect", tmp_path / "none.pdf").code == 1
