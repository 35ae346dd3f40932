"""``letter``: by the ending of the file a paper, a document for Word, or a message."""

from __future__ import annotations

import pytest


@pytest.fixture
def reference(work):
    made = work("new", "requests", "--set", "subject=Robin Example", "received=2026-11-02")
    return made.json["reference"]


@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("eml", b"Subject: ")]
)
def test_the_ending_says_what_the_letter_becomes(work, reference, tmp_path, ending, begins):
    target = tmp_path / f"letter.{ending}"
    found = work("letter", reference, "acknowledgement", "--to", target)
    assert found.code == 0
    assert target.read_bytes().startswith(begins)
    assert found.json["kind"] == "acknowledgement"
    assert found.json["missing"] == ["what was asked for"]
    assert found.json["lacking"] == []


def test_what_cannot_be_written_is_refused_with_what_can(work, reference, tmp_path):
    said = work("letter", reference, "acknowledgement", "--to", tmp_path / "letter.odt")
    assert (said.code, ".docx" in said.complaint) == (1, True)
    said = work("letter", reference, "invitation", "--to", tmp_path / "letter.pdf")
    assert (said.code, "acknowledgement" in said.complaint) == (1, True)
    assert not list(tmp_path.glob("letter.*"))


def test_the_case_file_of_a_request_is_written(work, reference, tmp_path):
    found = work("case-file", reference, "--to", tmp_path / "case.pdf")
    assert found.code == 0
    assert (tmp_path / "case.pdf").read_bytes().startswith(b"%PDF")
    assert found.json == {
        "reference": reference,
        "file": str(tmp_path / "case.pdf"),
        "pages": found.json["pages"],
    }


def test_the_data_of_a_request_for_transfer_is_handed_over_as_a_package(work, tmp_path):
    work("new", "people", "--set", "kind=pupil", "surname=Example", "forename=Robin")
    answers = ["kind=portability", "subject=Robin Example", "received=2026-11-02"]
    answers += ["relationship=self"]
    more = ["subject_person=PE-2026-001", "identity_documents=passport", "decision=yes"]
    made = work("new", "requests", "--set", *answers, *more)
    reference = made.json["reference"]
    refused = work("portable", reference, "--to", tmp_path / "data.pdf")
    assert (refused.code, ".zip" in refused.complaint) == (1, True)
    found = work("portable", reference, "--to", tmp_path / "data.zip")
    assert found.code == 0, found.complaint
    assert (tmp_path / "data.zip").read_bytes().startswith(b"PK")
    assert found.json["tables"]["Name, contact and school particulars"] == 1


def test_the_papers_of_an_old_case_are_destroyed_once_somebody_looked(work, tmp_path):
    answers = ["subject=Zephyrine Example", "received=2020-01-06", "closed=2020-02-03"]
    reference = work("new", "requests", "--set", *answers, "outcome=given").json["reference"]
    refused = work("destroy-case", reference)
    assert (refused.code, "safeguarding" in refused.complaint) == (1, True)
    found = work("destroy-case", reference, "--no-safeguarding", "--to", tmp_path / "c.pdf")
    assert found.code == 0, found.complaint
    assert (found.json["state"], found.json["disposal"]) == ("disposed", "DI-2026-001")
    assert found.json["destroyed"] == "no documents"
    assert "ackup" in found.json["backups"]
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert "Zephyrine" not in work("entries", "requests").out
    again = work("destroy-case", reference, "--no-safeguarding")
    assert (again.code, "destroyed already" in again.complaint) == (1, True)
