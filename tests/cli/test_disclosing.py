"""``mark`` and ``bundle``: from documents to a release, without a window."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.builders import a_pdf, grain
from tests.documents.test_scanned import scan

PAGES = (
    "Report about Zoë\nHarry Sample hit the ball",
    "A letter\nHarry rang. Harrying is no name.",
    "The secret page",
)


@pytest.fixture
def request_of(work, tmp_path):
    """Runs a command on the one request, which has three pages."""
    reference = work("new", "requests", "--set", "subject=Zoë", "received=3/9/2026").json
    (tmp_path / "pages.pdf").write_bytes(a_pdf(*PAGES))
    work("add", reference["reference"], tmp_path / "pages.pdf")
    return lambda command, *words: work(command, reference["reference"], *words)


def words_of(path, password=None):
    document = pdfium.PdfDocument(path, password=password)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_words_are_marked_wherever_they_stand(request_of):
    every = request_of("mark", "--reason", "tp16", "--text", "harry")
    again = request_of("mark", "--reason", "TP-16", "--text", "Harry")

    assert every.code == 0
    assert (every.json["reason"], every.json["places"], every.json["marks"]) == ("TP-16", 3, 3)
    assert (again.json["places"], again.json["marks"]) == (3, 0)


def test_whole_words_leave_longer_words_alone(request_of):
    found = request_of("mark", "--reason", "TP-16", "--text", "Harry", "--whole-word")

    assert found.json["marks"] == 2


def test_what_is_spelt_nearly_the_same_is_told_and_not_marked(request_of):
    found = request_of("mark", "--reason", "TP-16", "--text", "Harry Sampel")

    assert (found.json["marks"], found.json["places"]) == (0, 0)
    assert "1 place is spelt nearly the same and not marked" in " ".join(found.json["warnings"])


def test_marks_on_a_scan_whose_words_lie_elsewhere_are_warned_of(request_of, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(scan(shift=(0, 21)))
    assert request_of("add", tmp_path / "scan.pdf").code == 0
    found = request_of("mark", "--reason", "TP-16", "--text", "Skywalker")

    assert found.json["marks"]
    assert "On page 4 the file has the words in another place" in " ".join(found.json["warnings"])


def barred(path):
    """A file of two pages with a name under a black bar on the second."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 700, "Seen by Harry Sample at noon")
    canvas.showPage()
    canvas.drawString(72, 700, "Told to Zadie Hidden at noon")
    canvas.rect(108, 690, 76, 25, fill=1)
    canvas.save()
    path.write_bytes(out.getvalue())


def test_hidden_words_are_told_before_a_bundle_is_built(request_of, tmp_path):
    barred(tmp_path / "barred.pdf")
    assert request_of("add", tmp_path / "barred.pdf").code == 0
    made = request_of("bundle", "--to", tmp_path / "out.pdf")
    told = "Document 2: 2 words on page 2 are in the file but cannot be seen"
    assert any(told in warning for warning in made.json["warnings"])
    assert told in made.err
    assert not any("Hidden" in text for text in words_of(tmp_path / "out.pdf"))


def test_documents_that_are_withheld_are_not_warned_of(request_of, tmp_path):
    barred(tmp_path / "barred.pdf")
    request_of("add", tmp_path / "barred.pdf")
    request_of("mark", "--reason", "TP-16", "--all-pages")
    made = request_of("bundle", "--to", tmp_path / "out.pdf")
    assert made.json["warnings"] == []


def test_a_bundle_that_must_not_be_handed_over_yet_says_why(request_of, tmp_path):
    barred(tmp_path / "barred.pdf")
    request_of("add", tmp_path / "barred.pdf")
    made = request_of("bundle", "--to", tmp_path / "out.pdf")
    assert "Nothing may be handed over yet. Identity has not been checked" in made.json["not_yet"]


def test_words_that_stand_nowhere_are_no_failure_but_are_said(request_of):
    found = request_of("mark", "--reason", "TP-16", "--text", "Nobody")

    assert found.code == 0
    assert (found.json["marks"], found.json["places"]) == (0, 0)
    assert "not on any page" in found.json["warnings"][0]


def test_pages_that_are_pictures_are_warned_of(work, request_of, tmp_path):
    from PIL import Image

    Image.new("RGB", (200, 300), "white").save(tmp_path / "white.png")
    picture = grain((600, 800), 90)
    picture.save(tmp_path / "scan.png")
    assert request_of("add", tmp_path / "scan.png").code == 0

    found = request_of("mark", "--reason", "TP-16", "--text", "Harry").json

    assert "no words were read" in found["warnings"][0]


def test_a_box_is_marked_where_it_was_said(request_of, tmp_path):
    marked = request_of("mark", "--reason", "TP-16", "--box", "3,60,60,300,40")
    request_of("bundle", "--to", tmp_path / "out.pdf")

    assert marked.json["marks"] == 1
    assert not any("secret" in text for text in words_of(tmp_path / "out.pdf"))
    assert any("Report about" in text for text in words_of(tmp_path / "out.pdf"))


def test_pages_are_withheld_one_or_all(request_of):
    one = request_of("mark", "--reason", "LPP-19", "--page", "2").json
    every = request_of("mark", "--reason", "LPP-19", "--all-pages").json

    assert (one["marks"], one["withheld"]) == (0, 1)
    assert every["withheld"] == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--reason", "TP-99", "--page", "1"], "Did you mean TP-16"),
        (["--reason", "TP-17E", "--page", "1"], "not a reason to withhold"),
        (["--reason", "TP-16", "--page", "4"], "has 3 pages"),
        (["--reason", "TP-16", "--box", "4,1,1,9,9"], "has 3 pages"),
        (["--reason", "TP-16", "--box", "1,5000,1,9,9"], "outside the page"),
    ],
)
def test_marks_that_cannot_be_fail_with_one_line(request_of, words, told):
    said = request_of("mark", *words)

    assert said.code == 1
    assert told in said.complaint


@pytest.mark.parametrize(
    "words",
    [
        ["--reason", "TP-16"],
        ["--text", "Harry"],
        ["--reason", "TP-16", "--text", "Harry", "--page", "1"],
        ["--reason", "TP-16", "--page", "0"],
        ["--reason", "TP-16", "--page", "-1"],
        ["--reason", "TP-16", "--page", "one"],
        ["--reason", "TP-16", "--box", "1,2,3"],
        ["--reason", "TP-16", "--box", "1,2,3,-4,5"],
        ["--reason", "TP-16", "--box", "1,nan,3,4,5"],
    ],
)
def test_marks_that_are_not_said_rightly_are_wrong_usage(request_of, words):
    assert request_of("mark", *words).code == 2


def test_marks_need_documents(work):
    reference = work("new", "requests", "--set", "subject=Zoë", "received=3/9/2026").json
    said = work("mark", reference["reference"], "--reason", "TP-16", "--text", "x")

    assert said.code == 1
    assert "no documents" in said.complaint


def test_a_bundle_is_released_with_its_lists_and_without_what_was_removed(
    request_of, work, tmp_path
):
    request_of("mark", "--reason", "TP-16", "--text", "Harry", "--whole-word")
    request_of("mark", "--reason", "LPP-19", "--page", "3")
    out, schedule, sealed = (tmp_path / name for name in ("out.pdf", "open.pdf", "sealed.pdf"))

    said = request_of("bundle", "--to", out, "--schedule", schedule, "--sealed", sealed)

    assert said.code == 0, said.err
    found = said.json
    assert (found["bundle"], found["pages"], found["marks"], found["withheld"]) == (1, 3, 2, 1)
    text = " ".join(words_of(out))
    assert "Harry " not in text
    assert "secret" not in text
    assert "Report about" in text
    assert "Harry" not in " ".join(words_of(schedule))
    assert "Harry" in " ".join(words_of(sealed))
    assert work("entries", "requests").json["entries"][0]["state"] == "respond"
    assert "2 pages not yet marked as reviewed." in found["warnings"]


def test_a_bundle_can_be_locked_with_a_password(request_of, tmp_path):
    (tmp_path / "pw").write_bytes(b"\xef\xbb\xbfvery secret words\r\nmore\r\n")
    out, schedule = tmp_path / "out.pdf", tmp_path / "list.pdf"
    said = request_of(
        "bundle", "--to", out, "--schedule", schedule, "--password-file", tmp_path / "pw"
    )

    assert said.code == 0, said.err
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(out.read_bytes()))
    assert any("Report about" in text for text in words_of(out, "very secret words"))
    assert words_of(schedule)


def test_nothing_is_released_where_it_could_not_be_saved(request_of, tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "long").write_text("x" * 128)
    refused = [
        request_of("bundle", "--to", tmp_path / "no" / "out.pdf"),
        request_of("bundle", "--to", tmp_path),
        request_of("bundle", "--to", tmp_path / "a.pdf", "--sealed", tmp_path / "a.pdf"),
        request_of("bundle", "--to", tmp_path / "a.pdf", "--password-file", tmp_path / "none"),
        request_of("bundle", "--to", tmp_path / "a.pdf", "--password-file", tmp_path / "empty"),
        request_of("bundle", "--to", tmp_path / "a.pdf", "--password-file", tmp_path / "long"),
    ]

    assert [said.code for said in refused] == [1] * 6
    assert all(said.complaint for said in refused)
    assert request_of("bundle", "--to", tmp_path / "a.pdf").json["bundle"] == 1


def test_a_request_without_documents_has_no_bundle(work, tmp_path):
    reference = work("new", "requests", "--set", "subject=Zoë", "received=3/9/2026").json
    said = work("bundle", reference["reference"], "--to", tmp_path / "a.pdf")

    assert said.code == 1
    assert "no documents" in said.complaint
    assert not (tmp_path / "a.pdf").exists()
