"""``print``: the papers of assurance, of one entry or of a whole register."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from docx import Document


def made(work, register, *answers):
    said = work("new", register, "--set", *answers)
    assert said.code == 0, said.err
    return said.json["reference"]


def words(path):
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("paper", "register", "answers", "told"),
    [
        ("notice", "notices", ["name=For parents", "audience=Parents and carers"], "complain"),
        ("dpia", "dpias", ["name=CCTV at the gate"], "1. Why an assessment?"),
        ("questions", "dpias", ["name=CCTV at the gate"], "Questions about: CCTV at the gate"),
        ("lia", "lias", ["name=Alumni letter"], "Legitimate interest: Alumni letter"),
        ("closure", "audits", ["name=Audit 2026", "kind=The ICO"], "Audit 2026: closure summary"),
        ("decision", "sharing", ["whom=Sampleton School"], "May we share this?"),
        ("agreement", "sharing", ["whom=Sampleton School"], "Sampleton School"),
    ],
)
def test_an_entry_prints_by_its_reference(work, tmp_path, paper, register, answers, told):
    reference = made(work, register, *answers)
    target = tmp_path / "paper.pdf"
    said = work("print", paper, reference, "--to", target)
    assert said.code == 0, said.err
    assert said.json == {"file": str(target)}
    assert told in words(target)


@pytest.mark.parametrize(
    ("paper", "told"), [("risks", "A laptop is stolen"), ("ratings", "no self-assessment yet")]
)
def test_a_whole_register_prints_without_a_reference(work, tmp_path, paper, told):
    made(work, "risks", "name=A laptop is stolen")
    target = tmp_path / "paper.pdf"
    assert work("print", paper, "--to", target).code == 0
    assert told in words(target)


@pytest.mark.parametrize("paper", ["quiz", "quiz-answers"])
def test_a_quiz_prints_by_its_name(work, tmp_path, paper):
    target = tmp_path / "quiz.pdf"
    assert work("print", paper, "breaches", "--to", target).code == 0
    assert ("run through weekends" in words(target)) == (paper == "quiz-answers")


def test_a_notice_is_written_for_word_and_the_web_as_well(work, tmp_path):
    reference = made(work, "notices", "name=For parents", "audience=Parents and carers")
    word, page = tmp_path / "notice.docx", tmp_path / "notice.html"
    assert work("print", "notice", reference, "--to", word).code == 0
    assert work("print", "notice", reference, "--to", page).code == 0
    assert "<h1>For parents</h1>" in page.read_text("utf-8")
    text = "\n".join(each.text for each in Document(io.BytesIO(word.read_bytes())).paragraphs)
    assert "For parents" in text
    audit = made(work, "audits", "name=Audit 2026", "kind=The ICO")
    assert work("print", "closure", audit, "--to", word).code == 0
    assert work("print", "closure", audit, "--to", page).code == 0
    assert "<h1>Audit 2026: closure summary</h1>" in page.read_text("utf-8")
    assessment = made(work, "dpias", "name=CCTV at the gate")
    assert work("print", "dpia", assessment, "--to", word).code == 0
    tables = Document(io.BytesIO(word.read_bytes())).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert "Is new technology used?" in cells
    assert "For example artificial intelligence or tracking." not in " ".join(cells)


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (["notice", "--to", "a.pdf"], "needs the reference"),
        (["risks", "RK-2026-001", "--to", "a.pdf"], "is of the whole register"),
        (["notice", "PN-2020-999", "--to", "a.pdf"], "PN-2020-999"),
        (["dpia", "{}", "--to", "a.html"], "end with .pdf or .docx"),
        (["notice", "{}", "--to", "a.txt"], ".pdf or .docx or .html"),
        (["notice", "{}", "--to", "a"], "a file without ending"),
    ],
)
def test_what_cannot_be_printed_is_said_in_one_line_and_nothing_is_written(
    say, template, tmp_path, rest, told
):
    folder = template.copy(tmp_path / "workspace")
    work = lambda *given: say("--workspace", folder, *given)  # noqa: E731  # one line, used twice
    register, answers = ("dpias", "name=CCTV")
    if rest[0] == "notice":
        register, answers = ("notices", "name=For parents")
        more = ["audience=Parents and carers"]
    else:
        more = []
    new = say("--workspace", folder, "--json", "new", register, "--set", answers, *more)
    reference = new.json["reference"]
    target = tmp_path / rest[-1]
    said = work("print", *(part.format(reference) for part in rest[:-1]), target)
    assert said.code != 0
    assert told in said.complaint
    assert not target.exists()
