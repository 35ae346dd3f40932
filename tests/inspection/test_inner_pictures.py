"""Pictures within office files: what one that comes alone is told of, they are too."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dpdesk.documents import office_zip
from dpdesk.inspection import inner_pictures, under_masks
from dpdesk.inspection.telling import Told
from tests.builders import grain
from tests.documents.office_makers import docx, open_document, p
from tests.inspection import inner_makers as made
from tests.inspection.makers import photograph, see_through
from tests.inspection.test_other_files import PICTURES


@pytest.mark.parametrize("name", made.PLACES)
def test_words_under_a_bar_of_a_picture_are_read_wherever_it_stands(inspector, name):
    make, page, place = made.PLACES[name]
    (leak,) = inspector.inspect(name, make(made.shimmering())).leaks
    assert (leak.kind, leak.page) == ("shimmering", page)
    assert leak.what.startswith(f"{place}: ")
    assert "Beispiel" in leak.text


@pytest.mark.parametrize("make", [made.word, made.show, made.book, made.open_header])
@pytest.mark.parametrize("held", PICTURES)
def test_what_a_picture_holds_is_told_as_of_one_that_comes_alone(inspector, make, held):
    content, kind = PICTURES[held]
    leaks = inspector.inspect("a", make(content)).leaks
    assert [leak.kind for leak in leaks] == [kind]
    assert leaks[0].what.startswith("Picture 1 ")


@pytest.mark.parametrize("name", made.PLACES)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_picture_that_holds_nothing_more_gives_no_alarm(inspector, name, kind):
    content = made.PLACES[name][0](photograph(kind))
    assert inspector.inspect(name, content).leaks == ()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (photograph("PNG")[:200], "damaged"),
        (photograph("JPEG")[:30], "damaged"),
        (made.claiming(60_000, 60_000), "too large"),
        (made.claiming(9_000, 9_000), "too large"),
        (b"\0\0\0\x18ftypheic" + bytes(200), "damaged"),
        (b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60), "of a kind that cannot be looked at"),
        (b"", "damaged"),
    ],
    ids=["cut png", "cut jpeg", "far too large", "too large", "heic", "emf", "empty"],
)
@pytest.mark.parametrize("make", [made.word, made.show, made.book, made.open_header])
def test_a_picture_that_cannot_be_looked_at_is_told_and_refuses_nothing(inspector, make, bad, said):
    (leak,) = inspector.inspect("a", make(bad)).leaks
    assert leak.kind == "damaged"
    assert leak.what.startswith("Picture 1 ")
    assert said in leak.what


def test_beside_a_damaged_picture_the_others_are_looked_at(inspector):
    told = {"m1": ("image", "media/a.png"), "m2": ("image", "media/b.png")}
    parts = {"word/media/a.png": photograph("PNG")[:200], "word/media/b.png": see_through()}
    body = made.inline() + made.inline(picture="m2")
    leaks = inspector.inspect("a.docx", docx(body, told, parts)).leaks
    assert [(leak.kind, leak.what.partition(":")[0]) for leak in leaks] == [
        ("damaged", "Picture 1 in the text"),
        ("unseen", "Picture 2 in the text"),
    ]


def test_the_same_picture_in_many_places_is_told_once_and_alike_ones_together(inspector):
    names = [f"m{number}" for number in range(1, 6)]
    told = {name: ("image", f"media/{name}.png") for name in names}
    picture = see_through()
    parts = {f"word/media/{name}.png": picture for name in names[:3]}
    other = grain((41, 40), 60).convert("RGBA")
    other.putalpha(0)
    parts |= {f"word/media/{name}.png": made.saved(other) for name in names[3:]}
    body = "".join(made.inline(picture=name) for name in [*names, *names])
    (leak,) = inspector.inspect("a.docx", docx(body, told, parts)).leaks
    assert leak.what.startswith("Pictures 1 and 4 in the text: ")


def test_of_very_many_pictures_it_is_said_that_not_all_were_looked_at(inspector):
    names = [f"m{number}" for number in range(403)]
    told = {name: ("image", f"media/{name}.png") for name in names}
    parts = {
        f"word/media/{name}.png": made.saved(Image.new("L", (6, 6), place % 256), "PNG")
        + bytes(place // 256)
        for place, name in enumerate(names)
    }
    body = "".join(made.inline(picture=name) for name in names)
    (leak,) = inspector.inspect("a.docx", docx(p("x") + body, told, parts)).leaks
    assert (leak.kind, "3 more are not looked at" in leak.what) == ("damaged", True)


CROP = '<a:srcRect {}="40000"/>'
FILLED = '<a:stretch><a:fillRect b="-60000"/></a:stretch>'
CROPPED = {
    **{f"{side} of Word": (made.word, made.inline(CROP.format(side)), 0) for side in "ltrb"},
    "as strict files say it": (made.word, made.inline('<a:srcRect r="40%"/>'), 0),
    "old picture": (made.word, made.old('cropbottom="13107f"'), 0),
    "old picture, otherwise": (made.word, made.old('croptop=".4"'), 0),
    "on a sheet": (made.book, CROP.format("l"), 2),
    "on a slide": (made.show, CROP.format("b"), 2),
    "filling a shape": (made.show, FILLED, 2),
    "text": (made.open_file, ("text", "rect(0cm, 2cm, 0cm, 0cm)"), 0),
    "sheet": (made.open_file, ("spreadsheet", "rect(1in 0in 0in 0in)"), 2),
    "slide": (made.open_file, ("presentation", "rect(0cm, 0cm, 35mm, auto)"), 2),
}
WHOLE = {
    "hair": (made.word, made.inline('<a:srcRect l="900" b="-2000"/>'), 0),
    "old picture": (made.word, made.old('croptop="0" cropleft="-900f"'), 0),
    "nothing": (made.word, made.inline("<a:srcRect/>"), 0),
    "smaller than its shape": (made.show, FILLED.replace("-", ""), 2),
    "text": (made.open_file, ("text", "rect(0cm, 0cm, 0cm, 0cm)"), 0),
    "auto": (made.open_file, ("text", "auto"), 0),
}


def _cropped(make, how) -> bytes:
    picture = photograph("PNG")
    return make(picture, *how) if isinstance(how, tuple) else make(picture, how)


@pytest.mark.parametrize("name", CROPPED)
def test_a_picture_of_which_a_part_is_cropped_away_is_told(inspector, name):
    make, how, page = CROPPED[name]
    (leak,) = inspector.inspect("a", _cropped(make, how)).leaks
    assert (leak.kind, leak.page) == ("cropped", page)
    assert leak.what.startswith("Picture 1 ")


@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_is_shown_whole_is_not_told_of_as_cropped(inspector, name):
    make, how, _page = WHOLE[name]
    assert inspector.inspect("a", _cropped(make, how)).leaks == ()


def test_how_a_picture_was_before_an_effect_is_told(inspector):
    """Word keeps the picture before its background was removed or it was made unclear."""
    layer = '<a:extLst><a:ext><x:imgLayer xmlns:x="x" r:embed="m2"/></a:ext></a:extLst>'
    told = {"m1": ("image", "media/a.png"), "m2": ("hdphoto", "media/hdphoto1.wdp")}
    parts = {"word/media/a.png": photograph("PNG"), "word/media/hdphoto1.wdp": b"II\xbc\x01abc"}
    (leak,) = inspector.inspect("a.docx", docx(made.inline(more=layer), told, parts)).leaks
    assert leak.kind == "earlier-version"


def test_a_picture_that_nothing_shows_any_more_is_told_and_looked_at(inspector):
    picture = see_through()
    for content in (
        docx(p("Report"), parts={"word/media/image7.png": picture}),
        open_document("text", "<text:p>Report</text:p>", parts={"Pictures/image7.png": picture}),
    ):
        leaks = inspector.inspect("a", content).leaks
        assert {leak.kind for leak in leaks} == {"leftover", "unseen"}
        assert all("image7.png, which nothing shows" in leak.what for leak in leaks)


def test_all_pictures_are_listed_before_their_pixels_are_unpacked(monkeypatch):
    """A header that is listed after large pictures refuses nothing; what is missed is told."""
    monkeypatch.setattr(office_zip, "_LONGEST_IN_ALL", 400_000)
    large = [made.saved(Image.new("L", (600, 400), n), "BMP") for n in (9, 90)]
    told = {"m1": ("image", "media/a.bmp"), "m2": ("image", "media/b.bmp")}
    parts = {"word/media/a.bmp": large[0], "word/media/b.bmp": large[1]}
    content = docx(
        made.inline() + made.inline(picture="m2"), {**told, "h": ("header", "header1.xml")}, parts
    )
    heard = Told()
    inner_pictures.look(content, heard, {}, lambda: None)
    assert any("not looked at" in each["what"] for each in heard.found)


def test_odd_details_of_a_picture_do_not_stop_it_from_being_looked_at():
    out = io.BytesIO()
    Image.new("L", (64, 48), 255).save(out, "JPEG", exif=b"Exif\0\0" + bytes(40))
    grey = Image.open(out).convert("L")
    under_masks.look_at_pixels(grey, 0, Told(), {})
