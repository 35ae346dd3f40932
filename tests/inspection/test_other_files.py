"""OpenDocument texts and pictures that somebody else redacted: what can still be read is told."""

from __future__ import annotations

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from dpdesk.errors import UnreadableFile
from tests.documents.office_makers import OPEN, open_document
from tests.inspection import makers as made
from tests.inspection.inner_makers import claiming


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


def _press(number: int, note: bytes) -> bytes:
    """A note of Photoshop in a JPEG."""
    note = b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(note).to_bytes(4, "big") + note
    part = b"Photoshop 3.0\0" + note + bytes(len(note) % 2)
    made_of = made.photograph()
    return made_of[:2] + b"\xff\xed" + (len(part) + 2).to_bytes(2, "big") + part + made_of[2:]


def _caption(text: bytes) -> bytes:
    return b"\x1c\x02\x78" + len(text).to_bytes(2, "big") + text


def _noted(name: str, text: str, *, packed: bool = False) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt(name, text, zip=packed)
    return made.photograph("PNG", pnginfo=notes)


def _tiff(tag: int, value: bytes) -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[tag] = value
    tags.tagtype[tag] = 7
    return made.photograph("TIFF", tiffinfo=tags)


PICTURES = {
    "small picture of another program": (_press(1036, bytes(28) + made.photograph()), "thumbnail"),
    "caption of the press": (_press(1028, _caption(b"Harry Beispiel")), "metadata"),
    "text under a name of its own": (_noted("Shown", "Harry Beispiel"), "metadata"),
    "the same, packed": (_noted("Shown", "Harry Beispiel", packed=True), "metadata"),
    "layers": (_tiff(37724, b"Adobe Photoshop Document Data Block\0" + bytes(900)), "hidden-layer"),
    "small picture in a TIFF": (
        _tiff(34377, b"8BIM\x04\x0c\0\0\0\0\0\x1c" + bytes(28)),
        "thumbnail",
    ),
    "picture of two lenses": (
        made.photograph("MPO", save_all=True, append_images=[Image.new("RGB", (40, 40))]),
        "hidden-layer",
    ),
    "place": (made.photograph(exif=_placed()), "picture-data"),
    "artist": (made.photograph(exif=_exif(0x013B, "Harry Beispiel")), "metadata"),
    "comment": (made.photograph(comment=b"Harry Beispiel"), "metadata"),
    "rubbed out": (made.see_through(), "unseen"),
    "second picture": (
        made.photograph("TIFF", save_all=True, append_images=[Image.new("RGB", (40, 40))]),
        "hidden-layer",
    ),
    "rest of a larger one, with its end": (
        made.photograph() + made.photograph(quality=95)[-900:],
        "elsewhere",
    ),
    "rest behind a bitmap": (made.photograph("BMP") + bytes(range(256)), "elsewhere"),
    "rest behind a web picture": (made.photograph("WEBP") + bytes(range(256)), "elsewhere"),
    "rest of a larger one": (made.photograph("PNG") + bytes(range(256)), "elsewhere"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_what_a_picture_still_holds_is_told(inspector, name):
    content, kind = PICTURES[name]
    assert [leak.kind for leak in inspector.inspect("a.png", content).leaks] == [kind]


@pytest.mark.parametrize(
    "content",
    [
        _noted("Software", "Elmfield Paint"),
        _noted("date:create", "2026-11-02T10:00:00"),
        _noted("Creation Time", "Mon 2 Nov 2026"),
        _press(1005, bytes(16)),
        _press(1061, bytes(16)),
        _tiff(34377, b"8BIM\x03\xed\0\0\0\0\0\x10" + bytes(16)),
    ],
    ids=range(6),
)
def test_what_programs_write_about_the_form_of_a_picture_gives_no_alarm(inspector, content):
    assert inspector.inspect("a", content).clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_a_picture_that_holds_nothing_more_gives_no_alarm(inspector, kind):
    assert inspector.inspect("a", made.photograph(kind)).clean
    whole = made.photograph("PNG", mode="RGBA")
    assert inspector.inspect("a.png", whole).clean


def _sheets(second, automatic=""):
    """A spreadsheet of two sheets; something is wrong with the second."""
    usual = _sheet(_row("Pupils", "Absent"))
    return open_document("spreadsheet", usual + second, automatic=automatic)


def _sheet(rows, about="", name="S"):
    return f'<table:table table:name="{name}" {about}>{rows}</table:table>'


def _row(*words, about="", cell=""):
    cells = "".join(
        f"<table:table-cell {cell}><text:p>{each}</text:p></table:table-cell>" for each in words
    )
    return f"<table:table-row {about}>{cells}</table:table-row>"


_HIDDEN_SHEET = (
    '<style:style style:name="H" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
_CELL = (
    '<style:style style:name="C" style:family="table-cell">'
    '<style:text-properties fo:color="{}"/>'
    '<style:table-cell-properties fo:background-color="{}"/></style:style>'
)
_BAR = (
    '<style:style style:name="B" style:family="graphic"><style:graphic-properties '
    'draw:fill="solid" draw:fill-color="{}"/></style:style>'
)
_RECT = '<draw:rect draw:style-name="B" svg:x="{}cm" svg:y="2cm" svg:width="5cm" svg:height="1cm"/>'
_BOX = (
    '<draw:frame svg:x="2cm" svg:y="2cm" svg:width="6cm" svg:height="1cm"><draw:text-box>'
    "<text:p>Harry Beispiel</text:p></draw:text-box></draw:frame>"
)
_OFF = (
    '<style:style style:name="O" style:family="drawing-page"><style:drawing-page-properties '
    'presentation:visibility="hidden"/></style:style>'
)
_SPOKEN = (
    "<presentation:notes><draw:frame><draw:text-box><text:p>Ask Beispiel</text:p></draw:text-box>"
    "</draw:frame></presentation:notes>"
)
_REMARK = (
    "<table:table-row><table:table-cell><office:annotation><text:p>Ask Beispiel</text:p>"
    "</office:annotation><text:p>x</text:p></table:table-cell></table:table-row>"
)
_NAMED = _row("Harry Beispiel", "x")


def _show(second, automatic="", about=""):
    """A presentation of two slides; something is wrong with the second."""
    first = (
        "<draw:page><draw:frame><draw:text-box><text:p>Report</text:p></draw:text-box>"
        "</draw:frame></draw:page>"
    )
    return open_document(
        "presentation", f"{first}<draw:page {about}>{second}</draw:page>", automatic=automatic
    )


OTHERS = {
    "hidden sheet": (
        _sheets(_sheet(_NAMED, 'table:style-name="H"'), _HIDDEN_SHEET), "hidden-text", "Sheet",
    ),
    "hidden row": (
        _sheets(_sheet(_row("Harry Beispiel", about='table:visibility="collapse"') + _row("x"))),
        "hidden-text", "Sheet",
    ),
    "white cell": (
        _sheets(
            _sheet(_row("Harry Beispiel", cell='table:style-name="C"')),
            _CELL.format("#ffffff", "transparent"),
        ),
        "black-on-black", "Sheet",
    ),
    "black cell": (
        _sheets(
            _sheet(_row("Harry Beispiel", cell='table:style-name="C"')),
            _CELL.format("#000000", "#000000"),
        ),
        "black-on-black", "Sheet",
    ),
    "comment": (_sheets(_sheet(_REMARK)), "note", "Sheet"),
    "bar on a sheet": (
        _sheets(
            _sheet(f"<table:shapes>{_RECT.format(2)}</table:shapes>{_NAMED}"),
            _BAR.format("#000000"),
        ),
        "drawn-bar", "Sheet",
    ),
    "bar on a slide": (
        _show(_BOX + _RECT.format(2), _BAR.format("#000000")), "drawn-bar", "Slide",
    ),
    "hidden slide": (_show(_BOX, _OFF, 'draw:style-name="O"'), "hidden-text", "Slide"),
    "speaker’s notes": (_show(_SPOKEN), "note", "Slide"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_an_open_sheet_or_show_still_holds_is_told_with_its_place(inspector, name):
    content, kind, part = OTHERS[name]
    found = inspector.inspect("redacted.ods", content)
    (leak,) = found.leaks
    assert (leak.kind, found.where(leak), found.pages) == (kind, f"{part} 2", 2)
    if name != "bar on a sheet":
        assert "Beispiel" in leak.text


@pytest.mark.parametrize(
    "content",
    [
        _sheets(_sheet(_NAMED)),
        _sheets(
            _sheet(_row("Head", cell='table:style-name="C"')), _CELL.format("#ffffff", "#1f3864")
        ),
        _show(_BOX),
        _show(_BOX + _RECT.format(20), _BAR.format("#000000")),
        _show(_RECT.format(2) + _BOX, _BAR.format("#000000")),
        _show(_BOX + _RECT.format(2), _BAR.format("#ffcc00")),
    ],
    ids=["sheet", "white on dark", "show", "bar beside words", "panel below words", "light panel"],
)
def test_an_ordinary_open_sheet_or_show_gives_no_alarm(inspector, content):
    assert inspector.inspect("plain.ods", content).leaks == ()


def test_a_picture_that_is_far_too_large_is_refused_as_such(inspector):
    with pytest.raises(UnreadableFile, match="far too large"):
        inspector.inspect("a.png", claiming(60_000, 60_000))
