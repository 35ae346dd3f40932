"""Office files as they go in: through the worker, behind their passwords, under false names."""

from __future__ import annotations

import io
import random

import pytest

from dpdesk.documents.intake import Intake, Intaker
from dpdesk.errors import PasswordNeeded, UnreadableFile
from tests.documents.office_makers import archive, docx, p, row, xlsx

# What locks files for the tests gets very short ones wrong.
LONG = {"docProps/thumbnail.jpeg": random.Random(7).randbytes(9000)}
WORDS = docx(p("Ada Example was absent."), parts=LONG)
SHEET = xlsx({"Pupils": f"<sheetData>{row(1, 'Ada Example', 4)}</sheetData>"}, parts=LONG)


def locked(content: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    made = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, made)
    return made.getvalue()


def test_a_damaged_file_behind_the_right_password_does_not_ask_for_another(
    intaker: Intaker,
) -> None:
    # What locks files for the tests cuts the last block of short ones, as a broken download does.
    damaged = locked(docx(p("Ada Example was absent.")), "Oak tree 7")
    with pytest.raises(PasswordNeeded, match="does not open"):
        intaker.read("a.docx", damaged, "oak tree 7")
    with pytest.raises(UnreadableFile, match="The password is right"):
        intaker.read("a.docx", damaged, "Oak tree 7")


def text_of(intake: Intake) -> str:
    return " ".join(page.text() for page in intake.pages)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", WORDS, "document"),
        ("a.xlsx", SHEET, "sheet"),
        ("a.csv", b"Ada Example,4", "sheet"),
    ],
)
def test_office_files_are_read_behind_the_wall(
    intaker: Intaker, name: str, content: bytes, kind: str
) -> None:
    intake = intaker.read(name, content)
    assert intake.kind == kind
    assert not intake.pdf_is_original
    assert "Ada Example" in text_of(intake)


@pytest.mark.parametrize("content", [WORDS, SHEET])
def test_a_locked_file_asks_for_its_password(intaker: Intaker, content: bytes) -> None:
    hidden = locked(content, "Oak tree 7")
    with pytest.raises(PasswordNeeded, match="locked with a password") as asked:
        intaker.read("a.docx", hidden)
    assert not asked.value.wrong
    with pytest.raises(PasswordNeeded, match="does not open") as asked:
        intaker.read("a.docx", hidden, "oak tree 7")
    assert asked.value.wrong
    assert "Ada Example" in text_of(intaker.read("a.docx", hidden, "Oak tree 7"))


def test_a_workbook_that_is_only_protected_opens_by_itself(intaker: Intaker) -> None:
    assert "Ada" in text_of(intaker.read("a.xlsx", locked(SHEET, "VelvetSweatshop")))


def test_a_false_name_is_told_and_the_content_counts(intaker: Intaker) -> None:
    intake = intaker.read("report.pdf", WORDS)
    assert "ends in .pdf, but it is a Word document" in intake.warnings[0]
    assert "Ada Example" in text_of(intake)


def test_a_binary_workbook_is_told_what_to_do(intaker: Intaker) -> None:
    relation = (
        '<Relationships xmlns="r"><Relationship Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/>'
        "</Relationships>"
    )
    with pytest.raises(UnreadableFile, match="xlsb"):
        intaker.read("a.xlsb", archive({"_rels/.rels": relation, "xl/workbook.bin": b"x"}))
