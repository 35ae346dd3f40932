"""A file is what its content says; its name is only a claim."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from dpdesk.documents.kinds import recognise
from dpdesk.errors import UnreadableFile
from tests.documents import makers

PHOTO = Image.new("RGB", (8, 6), "teal")


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "found"),
    [
        ("a.pdf", makers.written([]), "pdf", "PDF"),
        ("late.pdf", b"\r\njunk first\n" + makers.written([]), "pdf", "PDF"),
        ("a.jpg", makers.encoded(PHOTO, "JPEG"), "picture", "JPEG"),
        ("a.JPEG", makers.encoded(PHOTO, "JPEG"), "picture", "JPEG"),
        ("a.png", makers.encoded(PHOTO, "PNG"), "picture", "PNG"),
        ("a.tiff", makers.encoded(PHOTO, "TIFF"), "picture", "TIFF"),
        ("a.gif", makers.encoded(PHOTO, "GIF"), "picture", "GIF"),
        ("a.bmp", makers.encoded(PHOTO, "BMP"), "picture", "BMP"),
        ("a.webp", makers.encoded(PHOTO, "WEBP"), "picture", "WEBP"),
        ("a.heic", makers.HEIC, "picture", "HEIC"),
        ("notes.txt", b"Dear Sir, thank you.", "text", "TEXT"),
        ("notes", b"BMX club, Tuesday", "text", "TEXT"),
        ("list.csv", b"name,form\nAnn,7B\n", "text", "TEXT"),
        ("letter.txt", b"From: the head\nTo: all parents\n\nThe gate is shut.", "text", "TEXT"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_are_known_by_their_content(name: str, content: bytes, kind: str, found: str) -> None:
    recognised = recognise(name, content)
    assert (recognised.kind, recognised.format, recognised.warning) == (kind, found, "")


def test_a_false_name_is_told_and_the_content_counts() -> None:
    recognised = recognise("Report.pdf", makers.encoded(PHOTO, "PNG"))
    assert recognised.kind == "picture"
    assert "ends in .pdf, but it is a PNG picture" in recognised.warning
    assert recognise("scan.jpg", b"just words").warning.endswith("it is plain text.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (packed("word/document.xml"), "This is a Word document."),
        (packed("xl/workbook.xml"), "This is an Excel workbook."),
        (packed("ppt/presentation.xml"), "This is a PowerPoint presentation."),
        (packed("mimetype", "content.xml"), "This is an OpenDocument file."),
        (packed("photos/1.jpg"), "This is an archive of files"),
        (packed("a")[:-10], "This is a damaged archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an older Word"),
        (b"{\\rtf1 Hello}", "Rich Text"),
        (b"MZ\x90\x00\x03" + bytes(100), "a program"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(20), "film"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (
            b"Received: from x\r\nFrom: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\n\r\nHello",
            "e-mail message",
        ),
        (bytes(range(256)) * 20, "does not know this kind"),
        (b"\x00" * 5000, "does not know this kind"),
    ],
    ids=range(15),
)
def test_what_cannot_be_read_is_named_with_a_way_out(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence) as caught:
        recognise("Harry Skywalker.dat", content)
    assert caught.value.next_step
    assert "Harry" not in str(caught.value)
