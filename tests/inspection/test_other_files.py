"""OpenDocument texts and pictures that somebody else redacted: what can still be read is told."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.documents.office_makers import OPEN, open_document
from tests.inspection import makers as made


def _style(text: str = "", paragraph: str = "") -> str:
    return (
        f'<style:style style:name="A" style:family="text"><style:text-properties {text}/>'
        f"<style:paragraph-properties {paragraph}/></style:style>"
    )


SPAN = '<text:p><text:span text:style-name="A">Harry Beispiel</text:span></text:p>'
WHITE = 'fo:color="#ffffff"'
DARK_SPAN = 'fo:color="#000000" fo:background-color="#000000"'
CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info>'
    "<dc:creator>A</dc:creator></office:change-info><text:p>Harry Beispiel</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes><text:p>Report<text:change "
    'text:change-id="c"/></text:p>'
)
NOTE = "<text:p>Report<office:annotation><text:p>Beispiel</text:p></office:annotation></text:p>"
META = f"<office:document-meta {OPEN}><office:meta>%s</office:meta></office:document-meta>"
OPEN_TEXTS = {
    "deleted": (open_document("text", CHANGED), "deleted-text"),
    "comment": (open_document("text", NOTE), "note"),
    "hidden": (open_document("text", SPAN, automatic=_style('text:display="none"')), "hidden-text"),
    "white": (open_document("text", SPAN, automatic=_style(WHITE)), "black-on-black"),
    "black": (open_document("text", SPAN, automatic=_style(DARK_SPAN)), "black-on-black"),
    "author": (
        open_document(
            "text", "<text:p>x</text:p>",
            parts={"meta.xml": META % "<dc:creator>H. Beispiel</dc:creator>"},
        ),
        "metadata",
    ),
    "field": (
        open_document(
            "text", '<text:user-field-decl office:string-value="Harry Beispiel"/><text:p>x</text:p>'
        ),
        "elsewhere",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPEN_TEXTS)
def test_what_an_open_document_still_holds_is_told_with_its_words(inspector, name):
    content, kind = OPEN_TEXTS[name]
    leaks = inspector.inspect("redacted.odt", content).leaks
    assert {leak.kind for leak in leaks} == {kind}
    assert "Beispiel" in leaks[0].text


def test_a_bar_over_an_open_document_is_told_and_a_plain_text_is_clean(inspector):
    style = (
        '<style:style style:name="B" style:family="graphic"><style:graphic-properties '
        'draw:fill="solid" draw:fill-color="#000000"/></style:style>'
    )
    bar = '<text:p>Harry<draw:rect draw:style-name="B"/></text:p>'
    leaks = inspector.inspect("a.odt", open_document("text", bar, automatic=style)).leaks
    assert [leak.kind for leak in leaks] == ["drawn-bar"]
    plain = open_document("text", SPAN, automatic=_style('fo:color="#000000"'))
    assert inspector.inspect("a.odt", plain).clean


def _exif(tag: int, value: str) -> Image.Exif:
    made_of = Image.Exif()
    made_of[tag] = value
    return made_of


def _placed() -> Image.Exif:
    made_of = Image.Exif()
    made_of.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return made_of


PICTURES = {
    "place": (made.photograph(exif=_placed()), "picture-data"),
    "artist": (made.photograph(exif=_exif(0x013B, "Harry Beispiel")), "metadata"),
    "comment": (made.photograph(comment=b"Harry Beispiel"), "metadata"),
    "rubbed out": (made.see_through(), "unseen"),
    "second picture": (
        made.photograph("TIFF", save_all=True, append_images=[Image.new("RGB", (40, 40))]),
        "hidden-layer",
    ),
    "rest of a larger one": (made.photograph("PNG") + bytes(range(256)), "elsewhere"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_what_a_picture_still_holds_is_told(inspector, name):
    content, kind = PICTURES[name]
    assert [leak.kind for leak in inspector.inspect("a.png", content).leaks] == [kind]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_a_picture_that_holds_nothing_more_gives_no_alarm(inspector, kind):
    assert inspector.inspect("a", made.photograph(kind)).clean
    whole = made.photograph("PNG", mode="RGBA")
    assert inspector.inspect("a.png", whole).clean
