"""A file that somebody else redacted: whatever can still be read in it is told."""

from __future__ import annotations

import io
from functools import partial

import pikepdf
import pytest

from dpdesk.errors import PasswordNeeded, UnreadableFile
from tests.builders import a_pdf, a_request
from tests.inspection import makers as made
from tests.inspection import odd_places


def _white(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, "Harry Beispiel")


def _beside(canvas):
    canvas.drawString(700, 600, "Harry Beispiel")


def _author(opened):
    opened.docinfo["/Author"] = "Harry Beispiel"


def _attached(opened):
    opened.attachments["Harry Beispiel.txt"] = b"all of it"


def _link(opened):
    made.note(
        "Link",
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="mailto:harry.beispiel@example.org?subject=x"),
    )(opened)


BLANK = ("Report of Friday", "Witness:", "The end.")
PDFS = {
    "drawn black bar": (made.letter(made.bar), "under-bar"),
    "drawn grey bar": (made.letter(partial(made.bar, colour=(0.3, 0.3, 0.3))), "under-bar"),
    "bar that shimmers through": (made.letter(partial(made.bar, alpha=0.85)), "under-bar"),
    "white patch": (made.letter(partial(made.bar, colour=(1, 1, 1))), "unseen"),
    "black picture": (made.letter(made.picture_bar), "under-bar"),
    "black note": (made.changed(made.letter(), made.black_square), "under-bar"),
    "white letters": (made.letter(_white, BLANK), "unseen"),
    "marked, not applied": (made.changed(made.letter(), made.note("Redact")), "mark-not-applied"),
    "layer switched off": (made.changed(made.letter(), made.hidden_layer), "hidden-layer"),
    "cropped": (made.changed(made.letter(), made.cropped), "cropped"),
    "beside the page": (made.letter(_beside, BLANK), "cropped"),
    "earlier version": (made.later(made.letter(), made.without_name), "earlier-version"),
    "page taken out": (made.orphan(made.letter(lines=BLANK)), "leftover"),
    "bar over a scan": (made.scan(made.bar_on_scan), "under-picture-bar"),
    "text layer of a blackened scan": (made.scan(blackened=True, layer=True), "scan-layer"),
    "answer not shown": (made.changed(made.letter(lines=BLANK), made.form_field), "form"),
    "note to be opened": (
        made.changed(made.letter(lines=BLANK), made.note("Text", Contents="Harry Beispiel said")),
        "note",
    ),
    "author": (made.changed(made.letter(lines=BLANK), _author), "metadata"),
    "attached file": (made.changed(made.letter(lines=BLANK), _attached), "attachment"),
    "bookmark": (made.changed(made.letter(lines=BLANK), made.outline), "bookmark"),
    "description": (made.changed(made.letter(lines=BLANK), made.described), "description"),
    "link": (made.changed(made.letter(lines=BLANK), _link), "link"),
}

NOTHING = ("",)
PDFS |= (
    {
        name: (made.changed(made.letter(lines=BLANK), change), kind)
        for name, change, kind in (
            ("hidden typed note", made.note("FreeText", Contents="Harry Beispiel", F=2), "note"),
            ("window of a note", made.note("Popup", Contents="Harry Beispiel"), "note"),
            ("words of a link", made.note("Link", Contents="Harry Beispiel"), "note"),
            ("writer of a note", made.note("Text", Contents="Report", T="Harry Beispiel"), "note"),
            ("form of Adobe", made.form_of_adobe, "form"),
            ("first answer", made.first_answer, "form"),
            ("answer of no page", made.answer_of_no_page, "form"),
            ("script", made.script, "elsewhere"),
            ("kept by a program", made.of_a_program, "elsewhere"),
            ("drawing not shown", made.kept_drawing, "elsewhere"),
            ("pattern under a bar", made.painted_over, "elsewhere"),
            ("place", made.place, "elsewhere"),
            ("associated file", made.associated, "attachment"),
            ("detail of one's own", made.own_detail, "metadata"),
            ("detail of a picture", made.detail_of_picture, "metadata"),
        )
    }
    | {
        f"drawing called {called}": (
            made.changed(made.letter(lines=BLANK), odd_places.kept_drawing_called(called)),
            "elsewhere",
        )
        for called in ("U", "D", "S", "ID")
    }
    | {
        "layer beside its scan": (
            made.scan(odd_places.layer_beside("Harry Beispiel"), blackened=True),
            "scan-layer",
        ),
        "words without ink": (made.letter(made.hidden_words(3), BLANK), "unseen"),
        "words as a frame": (made.letter(made.hidden_words(7), BLANK), "unseen"),
        "deleted note": (made.deleted_note(made.letter(lines=BLANK)), "leftover"),
    }
)


@pytest.mark.parametrize("name", PDFS)
def test_what_a_pdf_still_holds_is_told_with_its_words(inspector, name):
    content, kind = PDFS[name]
    found = inspector.inspect("redacted.pdf", content)
    told = [leak for leak in found.leaks if leak.kind == kind]
    assert told, [leak.kind for leak in found.leaks]
    text = " ".join(leak.text for leak in told).casefold()
    if kind != "hidden-layer":
        assert "beispiel" in text, told
    assert {leak.kind for leak in found.leaks} <= {kind, "hidden-layer", "unseen"}


def test_a_small_picture_of_the_page_is_told(inspector):
    found = inspector.inspect("a.pdf", made.changed(made.letter(lines=BLANK), made.thumbnail))
    assert [(leak.kind, leak.page) for leak in found.leaks] == [("thumbnail", 1)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.changed(made.letter(), made.shown_by_layers), "hidden-layer"),
        (made.changed(made.letter(), made.other_version), "picture-data"),
        (made.letter(made.cut_picture, NOTHING), "cropped"),
        (made.letter() + b"PK\x03\x04" + bytes(range(256)), "elsewhere"),
    ],
    ids=["layers", "other version of a picture", "cut picture", "behind the end"],
)
def test_what_shows_no_words_is_told_too(inspector, content, kind):
    assert [leak.kind for leak in inspector.inspect("a.pdf", content).leaks] == [kind]


def test_where_on_which_page_is_told_so_that_it_can_be_looked_at(inspector):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.letter())) as first:
        first.pages.extend(pikepdf.open(io.BytesIO(made.letter(made.bar))).pages)
        first.save(out)
    (leak,) = inspector.inspect("a.pdf", out.getvalue()).leaks
    assert (leak.page, leak.text) == (2, "Harry Beispiel,")
    (box,) = leak.boxes
    x, y, wide, high = made.BAR
    assert box.x0 <= x + 10
    assert box.x1 >= x + wide - 30
    assert box.y0 <= 842 - y - high / 2 <= box.y1


CLEAN = {
    "plain letter": made.letter(),
    "bar with nothing below": made.letter(made.bar, ("Report of Friday", "", "The end.")),
    "scan": made.scan(),
    "scan with its text": made.scan(layer=True),
    "blackened scan": made.scan(blackened=True),
    "white on dark": made.letter(
        lambda canvas: (
            canvas.setFillColorRGB(0.1, 0.2, 0.4),
            canvas.rect(60, 580, 400, 40, stroke=0, fill=1),
            canvas.setFillColorRGB(1, 1, 1),
            canvas.drawString(72, 595, "Elmfield School"),
        )
    ),
    "bookmark of what is seen": made.changed(
        made.letter(lines=("Interview with Harry Beispiel",)), made.outline
    ),
    "saved again in full": made.changed(made.letter(), lambda opened: None),
    "drawing that is shown": made.changed(made.letter(lines=BLANK), made.shown_drawing),
    "picture": made.changed(made.letter(), made.picture),
    "layer that lies beside its scan": made.scan(odd_places.layer_beside(*made.LINES)),
    "linearised": made.changed(made.letter(), lambda opened: None, linearize=True),
    "added to, nothing lost": made.later(made.letter(), lambda opened: None),
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_gives_no_alarm(inspector, name):
    assert inspector.inspect("clean.pdf", CLEAN[name]).leaks == ()


def test_a_bundle_of_the_program_itself_gives_no_alarm(inspector, desk, tmp_path):
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "a.pdf", made.letter())
    desk.documents.add("requests", entry.id, "b.pdf", made.scan(layer=True))
    found = desk.disclosure.review.find("requests", entry.id, "Harry Beispiel")
    assert len(found) == 2
    desk.disclosure.review.mark_found(found, "TP-16")
    release = desk.disclosure.releases.release(entry.id)
    desk.disclosure.releases.save(release.id, "bundle", tmp_path / "bundle.pdf")
    assert inspector.inspect_file(tmp_path / "bundle.pdf").leaks == ()


def test_a_bundle_of_which_nothing_was_removed_gives_no_alarm(inspector, desk, tmp_path):
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "a.pdf", made.letter())
    release = desk.disclosure.releases.release(entry.id)
    desk.disclosure.releases.save(release.id, "bundle", tmp_path / "bundle.pdf")
    assert inspector.inspect_file(tmp_path / "bundle.pdf").leaks == ()


DARK = '<w:highlight w:val="black"/>'
WORDS = {
    "black highlight": (made.word(made.run("Harry Beispiel", DARK)), "black-on-black"),
    "black shade": (
        made.word(
            made.run("Harry Beispiel", '<w:shd w:fill="000000"/><w:color w:val="000000"/>')
        ),
        "black-on-black",
    ),
    "white letters": (
        made.word(made.run("Harry Beispiel", '<w:color w:val="FFFFFF"/>')), "black-on-black",
    ),
    "hidden": (made.word(made.run("Harry Beispiel", "<w:vanish/>")), "hidden-text"),
    "deleted": (
        made.word(
            "<w:p><w:del><w:r><w:delText>Harry Beispiel</w:delText></w:r></w:del></w:p>"
        ),
        "deleted-text",
    ),
    "comment": (
        made.word(
            made.run("Report"),
            parts={
                "word/comments.xml": '<w:comments xmlns:w="http://schemas.openxmlformats.org/'
                'wordprocessingml/2006/main"><w:comment><w:p><w:r><w:t>Harry Beispiel</w:t></w:r>'
                "</w:p></w:comment></w:comments>"
            },
        ),
        "note",
    ),
    "author": (
        made.word(
            made.run("Report"),
            parts={
                "docProps/core.xml": '<c:p xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                "<dc:creator>Harry Beispiel</dc:creator></c:p>"
            },
        ),
        "metadata",
    ),
    "embedded": (
        made.word(made.run("x"), parts={"word/embeddings/Beispiel.xlsx": b"PK"}), "attachment",
    ),
}  # fmt: skip

BLACK = '<w:shd w:fill="000000"/>'
INK = '<w:color w:val="000000"/>'
NAMED = made.run("Harry Beispiel")
WORDS |= {
    "hidden by a style": (made.styled("<w:vanish/>"), "hidden-text"),
    "hidden by what a style is based on": (
        made.styled("<w:vanish/>", kind="paragraph", based=True), "hidden-text",
    ),
    "black by a style": (made.styled(BLACK + INK), "black-on-black"),
    "black paragraph": (
        made.word(
            f"<w:p><w:pPr>{BLACK}</w:pPr><w:r><w:rPr>{INK}</w:rPr><w:t>Beispiel</w:t></w:r></w:p>"
        ),
        "black-on-black",
    ),
    "black cell": (made.in_cell(BLACK, "", INK), "black-on-black"),
    "blue on blue": (
        made.word(
            made.run("Beispiel", '<w:shd w:fill="3050C0"/><w:color w:val="3355C8"/>')
        ),
        "black-on-black",
    ),
    "colour of the paper by its name": (
        made.word(made.run("Beispiel", '<w:color w:val="auto" w:themeColor="background1"/>')),
        "black-on-black",
    ),
    "hidden row": (made.in_cell("", "<w:hidden/>", ""), "hidden-text"),
    "tiny letters": (made.word(made.run("Beispiel", '<w:sz w:val="2"/>')), "hidden-text"),
    "field": (
        made.word("<w:p><w:fldSimple w:instr='IF 1=1 \"Harry Beispiel\" \"\"'/></w:p>"),
        "elsewhere",
    ),
    "list to choose from": (
        made.word(
            '<w:sdt><w:dropDownList><w:listItem w:displayText="Harry Beispiel"/></w:dropDownList>'
            "</w:sdt>"
        ),
        "form",
    ),
    "kept for fields": (
        made.word_part(
            "word/settings.xml", "settings", '<w:docVar w:name="a" w:val="Harry Beispiel"/>'
        ),
        "elsewhere",
    ),
    "stored answers": (
        made.word(made.run("x"), parts={"customXml/item1.xml": "<a><b>Beispiel</b></a>"}),
        "elsewhere",
    ),
    "building block": (
        made.word_part("word/glossary/document.xml", "glossaryDocument", NAMED), "elsewhere",
    ),
    "who commented": (
        made.word_part("word/people.xml", "people", '<w:person w:author="H. Beispiel"/>'),
        "note",
    ),
    "who changed its looks": (
        made.word(made.run("x", '<w:rPrChange w:author="Harry Beispiel"/>')), "inserted-text",
    ),
    "where it was made": (
        made.word(
            made.run("x"),
            parts={
                "word/_rels/settings.xml.rels": '<Relationships xmlns="r"><Relationship '
                'Target="file:///S:/Office/Beispiel/a.dotm"/></Relationships>'
            },
        ),
        "metadata",
    ),
}  # fmt: skip

_C = 'xmlns:c="c" xmlns:a="a"'
_POINT = "<c:strCache><c:pt idx='0'><c:v>Harry Beispiel</c:v></c:pt></c:strCache>"


def _linked(address: str) -> bytes:
    relation = f'<Relationship TargetMode="External" Target="{address}"/>'
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="r">{relation}</Relationships>'
    }
    return made.word(made.run("see here"), parts=parts)


def _chart(words: str, more: str) -> bytes:
    chart = f"<c:chartSpace {_C}><c:ser>{words}</c:ser>{more}</c:chartSpace>"
    return made.word(made.run("x"), parts={"word/charts/chart1.xml": chart})


def _diagram(*, drawn: bool) -> bytes:
    words = "<d {}><a:p><a:r><a:t>{}</a:t></a:r></a:p></d>"
    parts: dict[str, str | bytes] = {
        "word/diagrams/data1.xml": words.format(_C, "Harry Beispiel"),
        "word/diagrams/drawing1.xml": words.format(_C, "Harry Beispiel" if drawn else "Nobody"),
    }
    return made.word(made.run("x"), parts=parts)


DELETED = "<c:catAx><c:delete val='1'/></c:catAx>"
WORDS |= {
    "category of a deleted axis": (_chart(f"<c:cat>{_POINT}</c:cat>", DELETED), "hidden-text"),
    "series without a legend": (
        _chart(f"<c:tx>{_POINT}</c:tx>", "<c:autoTitleDeleted val='1'/>"), "hidden-text",
    ),
    "filtered away": (
        _chart("", f"<c:filteredBarSeries><c:tx>{_POINT}</c:tx></c:filteredBarSeries><c:legend/>"),
        "hidden-text",
    ),
    "words of a diagram": (_diagram(drawn=False), "hidden-text"),
    "old list to choose from": (
        made.word(
            '<w:p><w:r><w:fldChar><w:ffData><w:ddList><w:listEntry w:val="Harry Beispiel"/>'
            "</w:ddList></w:ffData></w:fldChar></w:r></w:p>"
        ),
        "form",
    ),
    "folder of somebody": (
        _linked("https://a.example/personal/Harry_Beispiel_school/Documents/x.png"), "link",
    ),
    "file behind a link": (_linked("https://a.example/f/Harry%20Beispiel.docx?web=1"), "link"),
    "link in a field": (
        made.word(
            "<w:p><w:r><w:instrText>HYPERLINK &quot;https://a.example/x/Beispiel.xlsx&quot;"
            "</w:instrText></w:r></w:p>"
        ),
        "link",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        _chart(f"<c:cat>{_POINT}</c:cat>", "<c:catAx><c:delete val='0'/></c:catAx>"),
        _chart(f"<c:tx>{_POINT}</c:tx>", "<c:legend/>"),
        _diagram(drawn=True),
        _linked("https://www.gov.example/guidance/keeping-children-safe?page=2#top"),
    ],
)
def test_what_a_chart_diagram_or_link_shows_is_no_finding(inspector, content):
    assert inspector.inspect("a.docx", content).clean


@pytest.mark.parametrize("name", WORDS)
def test_what_a_word_file_still_holds_is_told_with_its_words(inspector, name):
    content, kind = WORDS[name]
    (leak,) = inspector.inspect("redacted.docx", content).leaks
    assert leak.kind == kind
    assert "Beispiel" in leak.text


def test_a_bar_drawn_over_a_word_file_is_told_and_a_plain_one_is_clean(inspector):
    drawn = '<w:p><w:r><w:pict><v:rect fillcolor="black"/></w:pict></w:r></w:p>'
    leaks = inspector.inspect("a.docx", made.word(made.run("Harry") + drawn)).leaks
    assert [leak.kind for leak in leaks] == ["drawn-bar"]
    yellow = '<w:highlight w:val="yellow"/><w:color w:val="000000"/>'
    assert inspector.inspect("a.docx", made.word(made.run("Harry", yellow))).clean


def test_a_dark_picture_over_a_word_file_is_told_and_a_light_one_is_not(inspector):
    leaks = inspector.inspect("a.docx", made.dark_picture()).leaks
    assert [leak.kind for leak in leaks] == ["drawn-bar"]
    assert inspector.inspect("a.docx", made.dark_picture(230)).clean


@pytest.mark.parametrize(
    "looks",
    [
        '<w:vanish w:val="0"/>',
        BLACK,  # Word writes in white on it
        '<w:color w:val="FFFFFF"/><w:shd w:fill="203060"/>',
        "<w:webHidden/>",
    ],
)
def test_words_that_are_seen_in_a_word_file_are_no_finding(inspector, looks):
    assert inspector.inspect("a.docx", made.word(made.run("Harry Beispiel", looks))).clean


def test_what_cannot_be_checked_says_so_and_never_counts_as_clean(inspector):
    photo = made.photograph("PNG")[:200]
    for content in (b"", photo, b"PK\x03\x04 broken", a_pdf("x")[:200], b"%PDF-1.7"):
        with pytest.raises(UnreadableFile):
            inspector.inspect("a.pdf", content)
    locked = made.changed(
        made.letter(made.bar), lambda opened: None,
        encryption=pikepdf.Encryption(owner="secret", user="secret"),
    )  # fmt: skip
    with pytest.raises(PasswordNeeded):
        inspector.inspect("a.pdf", locked)
    found = inspector.inspect("a.pdf", locked, password="secret")
    assert [leak.kind for leak in found.leaks] == ["under-bar"]
