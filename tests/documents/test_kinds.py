"""A file is what its content says; its name is only a claim."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from dpdesk.documents.kinds import recognise
from dpdesk.errors import UnreadableFile
from tests.documents import makers
from tests.documents.mail_makers import zipped
from tests.documents.office_makers import row, xlsx

PHOTO = Image.new("RGB", (8, 6), "teal")


def a_tiff(*tags: tuple[int, int, int]) -> bytes:
    """The head of a TIFF with tags of their kind and value."""
    said = b"".join(
        number.to_bytes(2, "little") + kind.to_bytes(2, "little") + b"\1\0\0\0"
        + value.to_bytes(4, "little")
        for number, kind, value in tags
    )  # fmt: skip
    return b"II*\0\x08\0\0\0" + len(tags).to_bytes(2, "little") + said + bytes(4)


def packed(*names: str, said: str = "x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, said)
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
        ("list.csv", b"name,form\nAnn,7B\n", "sheet", "CSV"),
        ("a.rtf", b"{\\rtf1 Hello}", "document", "RTF"),
        ("list.txt", b"name,form\nAnn,7B\n", "text", "TEXT"),
        ("a.docx", packed("word/document.xml"), "document", "DOCX"),
        ("a.docm", packed("[Content_Types].xml", "word/document.xml"), "document", "DOCX"),
        ("a.xlsx", packed("xl/workbook.xml"), "sheet", "XLSX"),
        ("a.pptx", packed("ppt/presentation.xml"), "document", "PPTX"),
        (
            "a.odt",
            packed("mimetype", said="application/vnd.oasis.opendocument.text"),
            "document",
            "ODT",
        ),
        ("a.html", b"<!DOCTYPE html><html></html>", "document", "HTML"),
        ("a.htm", b"<!-- saved -->\r\n<html><body>Ann</body></html>", "document", "HTML"),
        ("a.xhtml", b"<?xml version='1.0'?>\n<!DOCTYPE html>\n<html/>", "document", "HTML"),
        ("a.html", b"\xef\xbb\xbf<head><title>Ann</title>", "document", "HTML"),
        ("a", "\ufeff<html><body>Ann</body></html>".encode("utf-16-le"), "document", "HTML"),
        ("steps.txt", b"<b> means bold. Use it sparingly.", "text", "TEXT"),
        ("chat.txt", b"<Table> hello\n<Ann> hi\n", "text", "TEXT"),
        ("log.json", b'{"url": "https://example.org", "by": "Ann"}', "text", "TEXT"),
        ("a.avif", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(99), "picture", "AVIF"),
        ("photos.zip", packed("photos/1.jpg"), "packed", "ZIP"),
        ("a.zip", packed("word/holiday.txt", "xl/x.txt", "All.mbox"), "packed", "ZIP"),
        ("a", b"Received:from x\r\n by y\r\nFrom:a@b\r\nMIME-Version:1.0\r\n", "message", "EML"),
        ("mail.txt", b"Received: x\nFrom: a@b\nTo: c@d\n\nHello", "message", "EML"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "text", "ICS"),
        ("winmail.dat", b'x\x9f>"' + bytes(20), "message", "TNEF"),
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
    sheets = xlsx({"A": row(1, "Harry")})
    assert "ends in .pdf, but it is an Excel workbook" in recognise("a.pdf", sheets).warning
    assert "but it is an archive of files" in recognise("a.eml", packed("a.txt")).warning


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (packed("mimetype", "content.xml"), "This is an OpenDocument file."),
        (packed("[Content_Types].xml", "word/document2.xml"), "This is a Word document."),
        (packed("[Content_Types].xml", "visio/document.xml"), "This is a Visio drawing."),
        (packed("[Content_Types].xml", "FixedDocSeq.fdseq"), "This is an XPS document."),
        (packed("Index/Document.iwa", "preview.jpg"), "This is a Pages, Numbers or Keynote"),
        (packed("mimetype", said="application/epub+zip"), "This is an electronic book"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "This is an archive of files"),
        (packed("a")[:-10], "This is a damaged archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an older Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"),
            "Outlook message",
        ),
        (b"\xff\xfb\x90\x00" + bytes(range(99)), "a sound recording"),
        (b"#!AMR\n" + bytes(range(99)), "a sound recording"),
        (b"\0\0\0\x08wide\0\0\0\0mdat" + bytes(99), "a film recording"),
        (b"\1\0\0\0\x6c\0\0\0" + bytes(32) + b" EMF" + bytes(60), "a drawing .EMF"),
        (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "a picture .JPEG 2000"),
        (bytes(128) + b"DICM" + bytes(60), "a medical picture"),
        (b"a.txt" + bytes(252) + b"ustar\x0000" + bytes(247), "an archive of files"),
        (bytes(32769) + b"CD001" + bytes(99), "a copy of a disc"),
        (b"MSCF" + bytes(99), "an archive of files .or a OneNote"),
        (b"bplist00\xd1\1\2SURL_" + bytes(50), "a link of a Mac"),
        (b"\0\x01\0\0Standard ACE DB\0" + bytes(99), "an Access database"),
        (b"\0\x01\0\0Standard Jet DB\0" + bytes(99), "an Access database"),
        (bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(99), "a OneNote notebook"),
        (b"\xffWPC" + bytes(99), "a WordPerfect document"),
        (b"8BPS\0\x01" + bytes(99), "a Photoshop picture"),
        (b"\xff\x0a" + bytes(range(99)), "JPEG XL"),
        (
            b"0\x82\x10\0\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x03\xa0" + bytes(99),
            "encrypted or signed",
        ),
        (b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02\xa0" + bytes(99), "encrypted or signed"),
        (b'{"url":"https://docs.google.com/x","doc_id":"1"}', "only a link"),
        (b"RIFF\x10\0\0\0AVI " + bytes(50), "a sound or film recording"),
        (b"II*\0\x10\0\0\0CR\2\0" + bytes(50), "a raw photograph"),
        (a_tiff((254, 4, 1), (330, 4, 9)), "a raw photograph"),
        (a_tiff((256, 4, 9), (50706, 1, 1)), "a raw photograph"),
        (b"\x00\x00\x00\x18ftypcrx " + bytes(20), "a raw photograph"),
        (b"MZ\x90\x00\x03" + bytes(100), "a program"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(20), "film"),
        (b'<svg xmlns="x"><text>Ann</text></svg>', "a drawing"),
        (b"<?xml version='1.0'?><list><child/></list>", "a file of data"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "Excel work"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:a/>', "a Word doc"),
        (b'<?xml version="1.0"?>\n<office:document office:version="1.2"/>', "an OpenDocument"),
        (b"[InternetShortcut]\r\nURL=https://example.org\r\n", "only a link"),
        (b'{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"abc"}', "only a link"),
        (bytes(range(256)) * 20, "does not know this kind"),
        (b"\x00" * 5000, "does not know this kind"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_named_with_a_way_out(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence) as caught:
        recognise("Harry Skywalker.dat", content)
    assert caught.value.next_step
    assert "Harry" not in str(caught.value)


def test_a_part_of_a_web_page_is_known_by_its_name_and_its_tags() -> None:
    assert recognise("a.html", b"<p>Ada</p>").format == "HTML"
    assert recognise("a.htm", b"Ada<br>Ben").format == "HTML"
    assert recognise("a.txt", b"<p>Ada</p>").format == "TEXT"
    assert recognise("a.html", b"1 < 2").warning


@pytest.mark.parametrize("part", [b"[Content_Types].xml", b"_rels/.rels"])
def test_a_document_of_which_one_part_is_damaged_is_read_as_what_it_is(part: bytes) -> None:
    content = bytearray(zipped(dict.fromkeys((part.decode(), "word/document.xml"), b"<x/>" * 99)))
    at = content.index(part) + len(part)
    content[at : at + 6] = b"\xff" * 6
    assert recognise("a.docx", bytes(content)).format == "DOCX"


def test_a_damaged_document_is_said_to_be_damaged() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(99)
    for content in (packed("[Content_Types].xml", "word/document2.xml"), old):
        with pytest.raises(UnreadableFile, match=r"Word document, and it is damaged\."):
            recognise("a.doc", content)


def test_a_damaged_list_of_parts_of_an_archive_is_a_sentence() -> None:
    content = bytearray(zipped({"mimetype": b"x" * 900}))
    at = content.index(b"mimetype") + 8
    content[at : at + 6] = b"\xff" * 6
    with pytest.raises(UnreadableFile, match="damaged"):
        recognise("a.odt", bytes(content))
