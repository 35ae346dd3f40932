"""What Word, web pages and messages keep beside their words: told, and no false alarm."""

from __future__ import annotations

import pytest

from dpdesk.documents import mail_mime, web_rest, word_pages
from dpdesk.documents.decoding import decode
from dpdesk.documents.intake import Intaker
from dpdesk.walls.workers import Limits
from tests.documents.mail_makers import message, raw
from tests.documents.office_makers import SPACES, docx, p, r, relations
from tests.documents.test_besides import HOME, QUIET, text

pytestmark = pytest.mark.usefixtures("qapp")
SETTINGS = (
    f'<w:settings {SPACES}><w:mailMerge><w:connectString w:val="DBQ=S:\\pupils.mdb"/><w:query '
    "w:val=\"SELECT * FROM [Pupils] WHERE Name = 'Ethan'\"/></w:mailMerge></w:settings>"
)
BODY = (
    '<w:sdt><w:sdtPr><w:alias w:val="About Emily"/><w:tag w:val="MarksBox"/></w:sdtPr>'
    "<w:sdtContent>"
    + p("Dear all")
    + "</w:sdtContent></w:sdt>"
    + p(
        '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkStart w:id="2" w:name="Oscar_H"/>',
        r("changed", '<w:b/><w:rPrChange w:id="3" w:author="Isla Hale" w:date="x"><w:rPr/>'
                     "</w:rPrChange>"),
        '<w:smartTag w:element="PersonName"><w:smartTagPr><w:attr w:name="who" w:val="Theo Hale"/>'
        "</w:smartTagPr></w:smartTag>",
    )
    + '<w:tbl><w:tblPr><w:tblCaption w:val="Marks of Noah"/><w:tblDescription w:val="Also Sophia"/>'
    f"</w:tblPr><w:tr><w:tc>{p('cell')}</w:tc></w:tr></w:tbl>"
)  # fmt: skip


def test_what_word_keeps_beside_its_lines_is_told() -> None:
    parts = {
        "word/settings.xml": SETTINGS,
        "word/_rels/settings.xml.rels": relations(
            {"t": ("attachedTemplate", f"file:///C:{HOME}Matilda%20H\\Letter.dotx")}
        ),
        "word/people.xml": f'<x {SPACES} by="Lucas Hale"/>',
    }
    made = word_pages.docx(docx(BODY, {"s": ("settings", "settings.xml")}, parts), None, Limits())
    loud, quiet = text(made).split("Hidden in this file")[::-1]
    for name in ("About Emily", "Oscar_H", "Isla Hale", "Theo Hale", "Noah", "Sophia", "Ethan",
                 "Lucas Hale"):  # fmt: skip
        assert name in loud, name
    assert "Name of a box to fill in: MarksBox" in quiet
    assert "Matilda H\\Letter.dotx" in quiet
    assert "GoBack" not in loud + quiet


def merged(code: str, shown: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    field = f"<w:r><w:instrText>{code.replace(chr(34), '&quot;')}</w:instrText></w:r>"
    return sign("begin") + field + sign("separate") + r(shown) + sign("end")


def test_a_letter_that_was_filled_from_a_list_is_no_alarm() -> None:
    lines = "".join(
        p("Dear ", merged(" MERGEFIELD Parent_Salutation ", f"Mr Able {number}"),
          merged(' IF "m" = "m" "his" "her" ', "his"))
        for number in range(30)
    )  # fmt: skip
    made = word_pages.docx(docx(lines), None, Limits())
    assert len(made.warnings) == 1
    found = text(made).split(QUIET)[1]
    assert found.count("Parent_Salutation") == 1
    assert "In a field: her" in found


# --- messages and web pages ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"Delivered-To: t.hale@oak.example", "delivered-to: t.hale@oak.example"),
        (b"X-Original-To: Theo Hale <t@oak.example>", "x-original-to: Theo Hale <t@oak.example>"),
        (b"X-Pupil: Emily Ward", "x-pupil: Emily Ward"),
        (b"Received: from a by b for <t@oak.example>; Tue", "received: t@oak.example"),
        (b"Return-Path: <bounce+9-t=oak.example@m.example>", "return-path: t@oak.example"),
        (b"Thread-Topic: About Emily", "thread-topic: About Emily"),
        (b"Thread-Topic: Robin", ""),
        (b"Delivered-To: sam@able.example", ""),
        (b"X-Mailer: Oscar Mail 3", ""),
        (b"Received: from a by b id <T58@oak.example>; Tue", ""),
        (b"References: <a.b@mail.example>", ""),
        (b"X-Spam-Status: No, score=1 Emily", ""),
        (b"X-MS-Exchange-Organization-AuthAs: Internal", ""),
    ],
)
def test_people_in_lines_that_no_program_shows_are_told_once(line: bytes, told: str) -> None:
    head = dict(mail_mime.read(raw(b"Dear Sam", line)).head)
    assert head.get("Other", "") == told


def test_what_is_said_of_a_part_of_a_message_is_told() -> None:
    part = (
        b'--b\r\nContent-Type: text/plain; name="Emily\'s plan.txt"\r\nContent-Description: for '
        b"Oscar\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\nx\r\n--b--\r\n"
    )
    read = mail_mime.read(raw(part, b"Content-Type: multipart/mixed; boundary=b"))
    other = dict(read.head)["Other"]
    assert "Emily's plan.txt" in other
    assert "for Oscar" in other


PAGE = (
    '<meta name="author" content="Ethan Hale"><style>p:after{content:"See Isla"}</style>'
    "<a href=mailto:clara.ward%40x.example?subject=Ask%20Mila>us</a><abbr title=Isaac>him</abbr>"
    '<p title="Ask Theo">Dear <a href="#" aria-label="Write to Noah">all</a></p>'
    '<input placeholder="Like Sophia"><div data-pupil="Emily Ward" data-id="7"></div>'
    "<template><p>Kept of Oscar</p></template><button aria-label='Close'>x</button>"
    '<script type="application/ld+json">{"name": "Matilda Hale"}</script>'
    "<!-- Start of footer --><!-- main content 600px --><!-- ring Lucas back -->"
)
NAMED = ("clara.ward@x.example", "Mila", "Isaac", "Ethan Hale",
         "See Isla", "Ask Theo", "Noah", "Sophia", "Emily Ward", "Oscar",
         "Matilda Hale", "ring Lucas back")  # fmt: skip


@pytest.mark.parametrize("kind", ["page", "message"])
def test_words_of_html_that_nobody_sees_are_told(intaker: Intaker, kind: str) -> None:
    if kind == "page":
        taken = intaker.read("a.html", f"<html><body>{PAGE}</body></html>".encode())
    else:
        taken = intaker.read("a.eml", message(html=PAGE).as_bytes())
    told = " ".join(" ".join(page.text() for page in taken.pages).split())
    loud = told.split("Hidden in this file")[1]
    assert [name for name in NAMED if name not in loud] == []
    assert "Label for screen readers: Close" in told
    assert "footer" not in told
    assert "600px" not in told


def test_marks_of_a_designer_and_what_a_page_says_anyway_are_no_alarm() -> None:
    marks = "<!-- Header --><!-- End of left column --><!--[if mso]><table><![endif]-->"
    assert web_rest.comments("<!--[if mso]><i>Click Emily</i><![endif]-->", "Click Emily") == []
    assert web_rest.comments(marks, "") == []


@pytest.mark.parametrize(
    ("content", "shown"),
    [("Zoë O’Brien, 5 > 4".encode("utf-7"), "Zoë O’Brien, 5 > 4"),
     (b"+/v8-T+AG8-m Ward", "Tom Ward"), (b"ring +441632960123 or a+b", "+441632960123")],
)  # fmt: skip
def test_a_text_in_seven_bits_is_read(content: bytes, shown: str) -> None:
    decoded = decode(content)
    assert decoded is not None
    assert shown in decoded.text
