"""What Outlook, PowerPoint and OpenDocument keep beside their words: told, and no false alarm."""

from __future__ import annotations

import pytest

from dpdesk.documents import mail_outlook, open_pages, open_sheets, slide_pages
from dpdesk.walls.workers import Limits
from tests.documents.mail_makers import Storage, compound, outlook
from tests.documents.office_makers import SPACES, archive, open_document, pptx, shape
from tests.documents.test_besides import HOME, QUIET, text

pytestmark = pytest.mark.usefixtures("qapp")


def saved(more: dict[int, str | bytes | int], parts: Storage | None = None) -> dict[str, str]:
    usual: dict[int, str | bytes | int] = {
        0x0037: "Robin", 0x0C1A: "Dana Quill", 0x5D01: "d@oak.example", 0x1000: "Dear Sam",
    }  # fmt: skip
    return dict(mail_outlook.read(compound(outlook({**usual, **more}, parts))).head)


def test_whom_outlook_names_beside_a_message_is_told() -> None:
    entries = b"".join(
        number.to_bytes(4, "little") + (kind).to_bytes(2, "little") + place.to_bytes(2, "little")
        for place, (number, kind) in enumerate(((0x8530, 0), (0, 1)))
    )
    field = "Pupil".encode("utf-16-le")
    names: Storage = {
        "__substg1.0_00030102": entries,
        "__substg1.0_00040102": len(field).to_bytes(4, "little") + field,
    }
    parts: Storage = {
        "__nameid_version1.0": names,
        "__recip_version1.0_#00000000": outlook(
            {0x0C15: 1, 0x3001: "Sam", 0x39FE: "sam@able.example", 0x5FF6: "Lucas A"}, head=8
        ),
        "__recip_version1.0_#00000001": outlook({0x0C15: 5, 0x39FE: "m@oak.example"}, head=8),
    }
    more: dict[int, str | bytes | int] = {
        0x0050: "Emily Ward", 0x3FFA: "Oscar Hale", 0x0076: "t.hale@oak.example",
        0x007D: "Delivered-To: noah@oak.example\r\nX-Pupil: Isla H\r\n", 0x3FF9: "Theo Hale",
        0x8000: "Ring Sophia", 0x8001: "4B", 0x0070: "Robin", 0x0040: "Sam",
    }  # fmt: skip
    other = saved(more, parts)["Other"]
    for words in ("answers go to: Emily Ward", "last changed by: Oscar Hale", "t.hale@oak.example",
                  "delivered-to: noah@oak.example", "x-pupil: Isla H", "Theo Hale",
                  "flag: Ring Sophia", "Pupil: 4B", "called: Lucas A", "m@oak"):  # fmt: skip
        assert words in other, words
    assert "Robin" not in other


def test_an_ordinary_message_of_outlook_has_no_such_line() -> None:
    plain: dict[int, str | bytes | int] = {
        0x0070: "Robin", 0x3FFA: "Dana Quill", 0x001A: "IPM.Note", 0x0E1D: "Robin",
        0x0C1F: "/O=OAK/CN=DQUILL", 0x0C1D: b"SMTP:D@OAK.EXAMPLE\0",
    }  # fmt: skip
    assert "Other" not in saved(plain)


SLIDE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" descr="Emily at work"><a:hlinkClick r:id="l" '
    'tooltip="Ask Oscar"/></p:cNvPr><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>Hello</a:t></a:r>'
    "</a:p></p:txBody></p:sp>"
)


def test_what_a_presentation_keeps_beside_its_slides_is_told() -> None:
    space = 'xmlns="urn:x"'
    parts: dict[str, str | bytes] = {
        "ppt/tags/tag1.xml": f'<p:tagLst {SPACES}><p:tag name="K" val="For Isla"/></p:tagLst>',
        "ppt/commentAuthors.xml": f'<p:x {SPACES}><p:cmAuthor name="Theo Hale"/></p:x>',
        "ppt/changesInfos/changesInfo1.xml": f'<c {space} name="Noah Hale"/>',
        "ppt/slides/slide9.xml": f"<p:sld {SPACES}><p:cSld><p:spTree>{shape('Sophia left')}"
        "</p:spTree></p:cSld></p:sld>",
        "ppt/notesSlides/n1.xml": f"<p:notes {SPACES}><p:cSld><p:spTree>"
        f"{shape('Notes of Lucas', kind='hdr')}</p:spTree></p:cSld></p:notes>",
    }
    told = {1: {"l": ("hyperlink", "mailto:m.hale@oak.example"),
                "n": ("notesSlide", "../notesSlides/n1.xml")}}  # fmt: skip
    made = slide_pages.pptx(pptx(SLIDE, told=told, parts=parts), None, Limits())
    loud = text(made).split("Hidden in this file")[1]
    for words in ("Emily at work", "Ask Oscar", "For Isla", "Theo Hale", "Noah Hale",
                  "Sophia left", "Notes of Lucas", "m.hale@oak.example"):  # fmt: skip
        assert words in loud, words
    assert "1 hidden slide" in made.warnings[1]


def test_an_ordinary_presentation_is_no_alarm() -> None:
    made = slide_pages.pptx(pptx(shape("Hello"), shape("Two")), None, Limits())
    assert len(made.warnings) == 1
    assert QUIET not in text(made)


def test_what_an_open_document_keeps_beside_its_lines_is_told() -> None:
    body = (
        '<text:p>Hello <text:bookmark text:name="Emily_Ward"/><text:placeholder '
        'text:description="Like Oscar"/><text:a xlink:href="#x" office:title="Ask Isla">go</text:a>'
        '</text:p><text:section text:name="Section1" text:condition="x==&quot;Theo&quot;"/>'
        '<table:table table:name="Table1"/><table:table table:name="Marks"/>'
    )
    about = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><meta:template xlink:title="Noah"/>'
        f'<meta:template xlink:href="file:///C:{HOME}nh/a.ott"/></office:document-meta>'
    )
    made = open_pages.text(open_document("text", body, parts={"meta.xml": about}), None, Limits())
    quiet, loud = text(made).split("Hidden in this file")
    for words in ("Emily_Ward", "Like Oscar", "Ask Isla", "Theo", "Noah"):
        assert words in loud, words
    assert "Name of a table: Marks" in quiet.split(QUIET)[1]
    assert "a.ott" in quiet
    assert "Section1" not in quiet


def test_words_in_formulas_of_an_open_sheet_are_told() -> None:
    body = (
        '<table:table table:name="S"><table:table-row><table:table-cell '
        'table:formula="of:=IF([.B1]=&quot;Emily Ward&quot;;&quot;In&quot;;&quot;Out&quot;)" '
        'office:value-type="string"><text:p>In</text:p></table:table-cell></table:table-row>'
        "</table:table>"
    )
    made = open_sheets.ods(open_document("spreadsheet", body), None, Limits())
    assert "1 text in a place that nobody sees" in made.warnings[1]
    assert "Formula or condition: Out" in text(made)


def test_an_earlier_version_in_an_open_document_is_handed_out() -> None:
    old = archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
    made = open_pages.text(
        open_document("text", "<text:p>Hello</text:p>", parts={"Versions/Version1": old}),
        None,
        Limits(),
    )
    assert [inner.content for inner in made.inside] == [old]
