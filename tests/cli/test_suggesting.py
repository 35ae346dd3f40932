"""``suggest`` and ``mark --pattern``: proposals without a window."""

from __future__ import annotations

import pytest

from tests.builders import a_pdf


@pytest.fixture
def request_of(work, tmp_path):
    """Runs a command on the one request, which has two pages."""
    reference = work("new", "requests", "--set", "subject=Zoë Example", "received=3/9/2026").json
    (tmp_path / "pages.pdf").write_bytes(
        a_pdf("Zoë and Harry Sample, 07700 900123\nMay Harry come in May?", "Ring 07700 900456")
    )
    work("add", reference["reference"], tmp_path / "pages.pdf")
    return lambda command, *words: work(command, reference["reference"], *words)


def test_what_is_proposed_is_listed_and_only_what_is_accepted_is_marked(request_of):
    first = request_of("suggest")
    assert first.code == 0
    assert [(one["page"], one["text"], one["kind"]) for one in first.json["suggestions"]] == [
        (1, "Harry Sample,", "person"), (1, "07700 900123", "telephone"), (1, "Harry", "person"),
        (2, "07700 900456", "telephone"),
    ]  # fmt: skip
    assert {one["reason"] for one in first.json["suggestions"]} == {"TP-16"}
    assert first.json["marks"] == 0
    marked = request_of("suggest", "--accept", "telephone")
    assert (marked.json["accepted"], marked.json["marks"], marked.json["open"]) == (2, 2, 2)
    assert len(request_of("suggest").json["suggestions"]) == 2


def test_a_kind_that_is_not_there_is_refused_with_the_list(request_of):
    said = request_of("suggest", "--accept", "phones")
    assert said.code == 1
    assert "The kinds are: person, telephone" in said.complaint


def test_everything_of_a_pattern_is_marked(request_of):
    said = request_of("mark", "--reason", "TP-16", "--pattern", "telephone")
    assert (said.json["places"], said.json["marks"]) == (2, 2)
    assert request_of("mark", "--reason", "TP-16", "--pattern", "phones").code == 1
