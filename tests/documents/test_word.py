"""Word files: every word on the pages, and what the pages do not show after them."""

from __future__ import annotations

import pytest

from dpdesk.documents import pdf, word_pages, words
from dpdesk.documents.normal import Normal
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.documents.office_makers import SPACES, archive, docx, p, r

pytestmark = pytest.mark.usefixtures("qapp")
WHO = 'w:author="A. Example" w:date="2026-05-03T10:00:00Z"'
MARK = "Hidden in this file"


def read(content: bytes) -> tuple[str, str, Normal]:
    """The words of the pages, those of the marked pages after them, and what else became of it."""
    made = word_pages.docx(content, None, Limits())
    document = pdf.open_pdf(made.made or b"")
    pages = [words.read_page(document, number).text() for number in range(len(document))]
    document.close()
    text = " ".join(" ".join(pages).split())
    shown, _mark, unseen = text.partition(MARK)
    return shown.strip(), unseen, made


def test_words_stand_in_the_order_in_which_they_are_read() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(p('left'))}{cell(p('right'))}</w:tr></w:tbl>"
    wrapped = f"<w:sdt><w:sdtContent>{p('in a control')}</w:sdtContent></w:sdt>"
    smart = f"<w:smartTag>{r('smart')}</w:smartTag>"
    body = p("one ", r("bold", "<w:b/>")) + table + wrapped + p(smart, "<w:r><w:tab/></w:r>", "end")
    assert read(docx(body))[0] == "one bold left right in a control smart end"


def test_a_deleted_sentence_is_not_on_its_page_but_after_it() -> None:
    gone = f"<w:del {WHO}><w:r><w:delText>her father did it</w:delText></w:r></w:del>"
    new = f"<w:ins {WHO}>{r('somebody did it')}</w:ins>"
    shown, unseen, made = read(docx(p("Ada said ", gone, new, ".")))
    assert shown == "Ada said somebody did it."
    assert "1 deleted passage her father did it by A. Example, 2026-05-03 10:00" in unseen
    assert "Hidden in this file: 1 deleted passage and 1 tracked insertion." in made.warnings[1]


def test_moved_text_is_shown_where_it_went() -> None:
    away = f"<w:moveFrom {WHO}>{r('moved')}</w:moveFrom>"
    here = f"<w:moveTo {WHO}>{r('moved')}</w:moveTo>"
    shown, unseen, _made = read(docx(p("a ", away) + p("b ", here)))
    assert shown == "a b moved"
    assert "1 deleted passage moved" in unseen


@pytest.mark.parametrize(
    ("look", "kind"),
    [
        ("<w:vanish/>", "1 passage of hidden text"),
        ('<w:color w:val="FFFFFF"/>', "1 passage that nobody can see"),
        ('<w:sz w:val="2"/>', "1 passage that nobody can see"),
    ],
)
def test_letters_that_nobody_sees_are_shown_and_told(look: str, kind: str) -> None:
    _shown, unseen, made = read(docx(p("seen ", r("secret", look))))
    assert f"{kind} secret" in unseen
    assert kind in made.warnings[1]


def test_white_letters_on_a_dark_cell_are_no_alarm() -> None:
    dark = '<w:tcPr><w:shd w:fill="000080"/></w:tcPr>'
    white = p(r("heading", '<w:color w:val="FFFFFF"/>'))
    body = f"<w:tbl><w:tr><w:tc>{dark}{white}</w:tc></w:tr></w:tbl>"
    assert read(docx(body))[1] == ""


def test_a_hidden_style_hides_too() -> None:
    style = '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = f"<w:styles {SPACES}>{style}</w:styles>"
    body = p("seen ", r("secret", '<w:rStyle w:val="S"/>'))
    told = {"s": ("styles", "styles.xml")}
    shown, unseen, _made = read(docx(body, told, {"word/styles.xml": styles}))
    assert shown == "seen"
    assert "1 passage of hidden text secret" in unseen


def test_comments_come_after_the_pages_with_what_they_are_about() -> None:
    body = p(
        '<w:commentRangeStart w:id="7"/>', "her absence", '<w:commentRangeEnd w:id="7"/>',
        '<w:r><w:commentReference w:id="7"/></w:r>',
    )  # fmt: skip
    comment = f'<w:comment w:id="7" {WHO}>{p("Do not tell the mother.")}</w:comment>'
    parts = {"word/comments.xml": f"<w:comments {SPACES}>{comment}</w:comments>"}
    shown, unseen, _made = read(docx(body, {"c": ("comments", "comments.xml")}, parts))
    assert shown == "her absence [comment 1]"
    assert "A. Example, 2026-05-03 10:00 about “her absence” Do not tell the mother." in unseen


def test_heads_feet_and_notes_are_there() -> None:
    told = {
        "h": ("header", "header1.xml"),
        "f": ("footer", "footer1.xml"),
        "n": ("footnotes", "footnotes.xml"),
    }
    parts = {
        "word/header1.xml": f"<w:hdr {SPACES}>{p('Oak School')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {SPACES}>{p('Confidential')}</w:ftr>",
        "word/footnotes.xml": f"<w:footnotes {SPACES}>"
        f'<w:footnote w:id="2">{p("See the log.")}</w:footnote></w:footnotes>',
    }
    body = p("Text", '<w:r><w:footnoteReference w:id="2"/></w:r>', " goes on.")
    shown, _unseen, _made = read(docx(body, told, parts))
    for wanted in ("Oak School", "Text[1] goes on.", "See the log.", "Confidential"):
        assert wanted in shown
    assert shown.index("Oak") < shown.index("Text") < shown.index("See") < shown.index("Conf")


def test_a_text_box_that_is_stored_twice_is_shown_once() -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    twice = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(docx(p("before ", twice, "after")))[0] == "before after in the box"


def test_lists_carry_their_numbers() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def item(words: str, level: int) -> str:
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        return p(words, style=number)

    body = item("one", 0) + item("under", 1) + item("under too", 1) + item("two", 0) + item("u", 1)
    parts = {"word/numbering.xml": numbering}
    shown = read(docx(body, {"n": ("numbering", "numbering.xml")}, parts))[0]
    assert shown == "1. one 1a) under 1b) under too 2. two 2a) u"


def field(code: str, result: str) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return sign("begin") + told + sign("separate") + r(result) + sign("end")


def test_links_say_where_they_lead_where_their_words_do_not() -> None:
    links = {"l": ("hyperlink", "https://example.org/form"), "m": ("hyperlink", "mailto:a@b.org")}
    body = p(
        f'<w:hyperlink r:id="l">{r("click here")}</w:hyperlink>',
        f'<w:hyperlink r:id="m">{r("a@b.org")}</w:hyperlink>',
        field('HYPERLINK "https://example.org/x"', "there"),
    )
    assert read(docx(body, links))[0] == (
        "click here (https://example.org/form)a@b.orgthere (https://example.org/x)"
    )


def test_the_answer_of_a_form_is_shown_and_its_code_is_not() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
        '</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p("Consent ", box, " on ", field("DATE", "3 May"), field('XE "Example, Ada"', ""))
    shown, unseen, _made = read(docx(body))
    assert shown == "Consent [x] on 3 May"
    assert "1 entry for an index" in unseen
    assert "Example, Ada" in unseen


def test_the_sheet_behind_a_chart_is_handed_out_and_its_words_are_shown() -> None:
    chart = (
        f"<c:chartSpace {SPACES}><c:chart><c:title><a:p><a:r><a:t>Absence</a:t></a:r></a:p>"
        "</c:title><c:ser><c:tx><c:v>Ada</c:v></c:tx><c:cat><c:pt idx='0'><c:v>May</c:v></c:pt>"
        "</c:cat><c:val><c:pt idx='0'><c:v>4</c:v></c:pt></c:val></c:ser></c:chart></c:chartSpace>"
    )
    body = p('<w:r><w:drawing><c:chart r:id="k"/></w:drawing></w:r>')
    parts: dict[str, str | bytes] = {
        "word/charts/chart1.xml": chart,
        "word/embeddings/Sheet1.xlsx": b"PK\x03\x04 rest",
    }
    shown, _unseen, made = read(docx(body, {"k": ("chart", "charts/chart1.xml")}, parts))
    assert shown == "Absence Ada May: 4"
    assert [inner.name for inner in made.inside] == ["Sheet1.xlsx"]


def test_what_the_file_says_of_itself_is_told() -> None:
    core = (
        '<c xmlns:d="d"><d:creator>A. Example</d:creator><d:modified>2026-05-03T10:00:00Z'
        "</d:modified><d:title>Concern</d:title></c>"
    )
    shown, _unseen, made = read(docx(p("text"), parts={"docProps/core.xml": core}))
    assert "Written by: A. Example" in shown
    assert made.said.dated == "2026-05-03T10:00:00+00:00"
    assert (made.said.sender, made.said.title) == ("A. Example", "Concern")


def test_an_ordinary_file_is_no_alarm() -> None:
    _shown, unseen, made = read(docx(p("text")))
    assert unseen == ""
    assert len(made.warnings) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtContent>" * 200 + p("deep") + "</w:sdtContent></w:sdt>" * 200,
        "<w:tbl><w:tr><w:tc>" * 60 + p("deep") + "</w:tc></w:tr></w:tbl>" * 60,
        p("deep", "<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
        r("deep"),
        p("deep") + "<w:p><w:r><w:t>cut off",
    ],
)
def test_a_file_made_to_break_its_reader_is_read_all_the_same(body: str) -> None:
    assert "deep" in read(docx(body))[0]


def test_entities_are_not_followed() -> None:
    evil = (
        '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "/etc/passwd">]>'
        f"<w:document {SPACES}><w:body>{p('safe ', '<w:r><w:t>&b;&f;</w:t></w:r>')}</w:body>"
        "</w:document>"
    )
    assert read(docx("", parts={"word/document.xml": evil}))[0] == "safe"


def test_a_damaged_archive_is_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        word_pages.docx(docx(p("text"))[:200], None, Limits())


def test_a_bomb_is_one_sentence() -> None:
    bomb = docx("", parts={"word/document.xml": b" " * 100_000_000})
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        word_pages.docx(bomb, None, Limits())


def test_a_file_without_its_main_part_is_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        word_pages.docx(archive({"word/styles.xml": "<x/>"}), None, Limits())


def test_what_a_form_offers_and_a_field_holds_back_is_told() -> None:
    listed = (
        "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value='Choose an item.'/><w:listItem "
        "w:displayText='Ada' w:value='1'/><w:listItem w:value='Ben'/></w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{p('Ada')}</w:sdtContent></w:sdt>"
    )
    inline = listed.replace(p("Ada"), r("Ada"))
    old = (
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
        "<w:listEntry w:val='Cleo'/><w:listEntry w:val='Dan'/></w:ddList></w:ffData></w:fldChar>"
        "</w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    body = listed + p("Seen: ", inline) + p(old) + p(
        "Robin ", field('IF a = 1 "passed" "was excluded"', "passed"),
        field('MERGEFIELD "Name"', "x"),
    )  # fmt: skip
    shown, unseen, made = read(docx(body))
    shown, _, quiet = shown.partition(" Not seen in this file ")
    assert shown == "Ada Seen: Ada Dan Robin passedx"
    assert quiet == "Column that letters are filled from: Name"
    assert "3 prompts and lists to choose from Ada, Ben Ada, Ben Cleo, Dan" in unseen
    assert "1 passage of hidden text was excluded in a field" in unseen
    assert "3 prompts" in made.warnings[1]


def test_variables_and_stored_data_are_told() -> None:
    settings = (
        f"<w:settings {SPACES}><w:docVars><w:docVar w:name='case' w:val='Ada Example'/>"
        "<w:docVar w:name='mark' w:val=' '/></w:docVars></w:settings>"
    )
    parts = {
        "word/settings.xml": settings,
        "customXml/item1.xml": "<case id='{1-a}' for='Cleo'><pupil>Ben Example</pupil></case>",
        "customXml/item2.xml": "<x xmlns='urn:sharepoint'><a>nothing</a></x>",
        "customXml/itemProps1.xml": "<x>nothing</x>",
    }
    _shown, unseen, _made = read(docx(p("text"), {"s": ("settings", "settings.xml")}, parts))
    assert "2 parts of stored data case: Ada Example Cleo Ben Example" in unseen
    assert "nothing" not in unseen


def test_parts_that_word_would_merge_in_are_shown_or_handed_out() -> None:
    told = {
        "h": ("aFChunk", "page.html"),
        "d": ("aFChunk", "other.docx"),
        "o": ("aFChunk", "https://oak.example/x"),
        "l": ("aFChunk", "none.docx"),
        "u": ("aFChunk", "unclear.html"),
    }
    parts: dict[str, str | bytes] = {
        "word/page.html": "<html><body>From a page</body></html>",
        "word/other.docx": b"PK\x03\x04 rest",
        "word/unclear.html": b"<html>" + bytes(range(256)) * 20,
    }
    body = p("a") + "".join(f"<w:altChunk r:id='{name}'/>" for name in told)
    shown, _unseen, made = read(docx(body, told, parts))
    assert "From a page" in shown
    assert "[A document that lies at https://oak.example/x belongs here]" in shown
    assert [inner.name for inner in made.inside] == ["other.docx", "unclear.html"]


def test_equations_signs_and_phonetic_letters_are_words() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('ada')}</w:rt><w:rubyBase>{r('Ada')}</w:rubyBase></w:ruby></w:r>"
    equation = (
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r>"
        "</m:den></m:f></m:oMath>"
    )
    signs = "".join(
        f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>"
        for font, code in (("Wingdings", "F0FC"), ("Symbol", "F0B0"), ("X", "F0AA"), ("X", "41"),
                           ("X", "zz"), ("X", "7"))
    )  # fmt: skip
    shown, _unseen, _made = read(docx(p("x ", ruby, signs, equation) + equation))
    assert shown == "x Ada (ada)√°•A a/b a/b"


def test_building_blocks_are_told_except_those_that_only_say_click_here() -> None:
    def block(words: str) -> str:
        return f"<w:docPart><w:docPartBody>{p(words)}</w:docPartBody></w:docPart>"

    glossary = f"<w:glossaryDocument {SPACES}>{block('About Ada')}{block('Click here')}"
    parts = {"word/glossary/document.xml": glossary + "</w:glossaryDocument>"}
    told = {"g": ("glossaryDocument", "glossary/document.xml")}
    _shown, unseen, _made = read(docx(p("text"), told, parts))
    assert "1 stored building block About Ada" in unseen
    assert "Click" not in unseen


@pytest.mark.parametrize(
    ("code", "shown", "told"),
    [
        (" MERGEFIELD Excluded_by ", "Dana", ""),
        (' LINK Word.Document.8 "C:\\Harry.docx" ', "words", "Harry.docx"),
        (' HYPERLINK "https://x.example" \\o "Ask Harry" ', "x.example", "Ask Harry"),
        (" MACROBUTTON NoMacro Click for Harry ", "", "Click for Harry"),
    ],
)
def test_what_a_field_takes_its_words_from_is_told(code: str, shown: str, told: str) -> None:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    field = f"<w:r><w:instrText>{code.replace(chr(34), '&quot;')}</w:instrText></w:r>"
    words = p(sign("begin"), field, sign("separate"), r(shown), sign("end"))
    unseen = read(docx(p("Dear all") + words))[1]
    assert (told in unseen and "in a field" in unseen) if told else not unseen


def test_words_beside_links_boxes_and_drawings_are_told() -> None:
    body = p("Dear all") + p(
        f'<w:hyperlink w:anchor="a" w:tooltip="About Ada">{r("here")}</w:hyperlink>',
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="Ask Ben"/><w:textInput>'
        '<w:default w:val="Cleo"/></w:textInput></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r><w:pict><v:shape alt="Dora at work"/></w:pict></w:r>',
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" title="Team" descr="Emil"/></wp:inline>'
        "</w:drawing></w:r>",
    )
    shown, unseen, _made = read(docx(body))
    assert "About Ada" in unseen
    assert "Ask Ben, Cleo" in unseen
    assert "Dora at work" in shown + unseen
    assert "Team: Emil" in shown + unseen
