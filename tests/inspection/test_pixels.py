"""What was covered within a picture itself, and can be seen by whoever looks closely."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.documents.makers import font, lato, text, written
from tests.documents.test_lying_fonts import FALSE_ONES

LINES = ("Report of Friday and so on", "Witness: Harry Beispiel, Year 5", "The end of the page.")
PROSE = ("The pupils of the seventh form walked to the hall.", "Six jackets and an old violin.")


def _sheet(size: int) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A page in letters of so many pixels, and where the name stands on it."""
    made = Image.new("L", (1240, 700), 250)
    pen, face, step = ImageDraw.Draw(made), lato(size), round(1.8 * size)
    for rank, line in enumerate(LINES):
        pen.text((100, 100 + step * rank), line, 15, font=face)
    left = 100 + round(face.getlength("Witness: "))
    right = 100 + round(face.getlength("Witness: Harry Beispiel"))
    return made, (left - 4, 98 + step, right + 4, 100 + step + round(1.3 * size))


def _burnt(size: int, opaque: float, shade: int = 0) -> Image.Image:
    made, place = _sheet(size)
    part = made.crop(place)
    made.paste(Image.blend(part, Image.new("L", part.size, shade), opaque), place[:2])
    return made


def _coarse(size: int, square: int, *, right: int = 0, below: int = 0) -> Image.Image:
    made, place = _sheet(size)
    place = (*place[:2], place[2] + right, place[3] + below)
    part = made.crop(place)
    small = part.resize((part.width // square, part.height // square), Image.Resampling.BOX)
    made.paste(small.resize(part.size, Image.Resampling.NEAREST), place[:2])
    return made


def _file(picture: Image.Image, quality: int = 0) -> bytes:
    out = io.BytesIO()
    if quality:
        picture.convert("RGB").save(out, "JPEG", quality=quality)
    else:
        picture.save(out, "PNG")
    return out.getvalue()


def _page(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(620, 350), invariant=1)
    canvas.drawImage(ImageReader(picture.convert("RGB")), 0, 0, 620, 350)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("opaque", [0.8, 0.9, 0.98])
@pytest.mark.parametrize(("size", "quality"), [(24, 0), (40, 0), (40, 75), (40, 90)])
def test_words_that_shimmer_through_a_bar_in_a_picture_are_read(inspector, opaque, size, quality):
    found = inspector.inspect("a.png", _file(_burnt(size, opaque), quality))
    (leak,) = found.leaks
    assert leak.kind == "shimmering"
    assert "Beispiel" in leak.text


def test_words_that_shimmer_through_a_bar_of_a_scan_are_told_with_their_page(inspector):
    (leak,) = inspector.inspect("a.pdf", _page(_burnt(40, 0.98))).leaks
    assert (leak.kind, leak.page) == ("shimmering", 1)
    assert "Beispiel" in leak.text


@pytest.mark.parametrize("quality", [0, 75])
@pytest.mark.parametrize("shade", [0, 40])
def test_a_bar_of_one_colour_in_a_picture_gives_no_alarm(inspector, quality, shade):
    assert inspector.inspect("a.png", _file(_burnt(40, 1, shade), quality)).clean


@pytest.mark.parametrize("square", [6, 8, 10, 16])
@pytest.mark.parametrize("quality", [0, 90])
def test_words_that_were_only_made_coarse_are_told(inspector, square, quality):
    (leak,) = inspector.inspect("a.png", _file(_coarse(40, square), quality)).leaks
    assert leak.kind == "made-unclear"


@pytest.mark.parametrize("right", [0, 5, 11])
@pytest.mark.parametrize("below", [3, 6, 9])
def test_words_made_coarse_in_squares_that_are_higher_than_wide_are_told(inspector, right, below):
    (leak,) = inspector.inspect("a.png", _file(_coarse(40, 16, right=right, below=below))).leaks
    assert leak.kind == "made-unclear"


def test_words_of_a_scan_that_were_only_made_coarse_are_told_with_their_page(inspector):
    (leak,) = inspector.inspect("a.pdf", _page(_coarse(24, 10))).leaks
    assert (leak.kind, leak.page) == ("made-unclear", 1)


def _chequered() -> Image.Image:
    made = Image.new("L", (600, 400), 250)
    pen = ImageDraw.Draw(made)
    for place in range(40 * 20):
        x, y = 100 + 8 * (place % 40), 100 + 8 * (place // 40)
        pen.rectangle((x, y, x + 7, y + 7), fill=0 if place * place % 7 % 2 else 255)
    return made


def _ruled() -> Image.Image:
    made, _place = _sheet(24)
    pen = ImageDraw.Draw(made)
    for step in range(0, 600, 20):
        pen.line((step, 300, step, 690), fill=90)
        pen.line((0, 300 + step % 400, 600, 300 + step % 400), fill=90)
    return made


def _shaded() -> Image.Image:
    return Image.linear_gradient("L").resize((900, 600)).filter(ImageFilter.GaussianBlur(5))


@pytest.mark.parametrize(
    "made",
    [lambda: _sheet(16)[0], lambda: _sheet(40)[0], _chequered, _ruled, _shaded],
    ids=["small letters", "large letters", "square code", "squared paper", "shaded"],
)
@pytest.mark.parametrize("quality", [0, 30, 75, 95])
def test_an_ordinary_picture_gives_no_alarm(inspector, made, quality):
    assert inspector.inspect("a.png", _file(made(), quality)).leaks == ()


def test_pictures_of_the_world_are_no_mosaics_and_hide_nothing_under_bars(inspector, corpus):
    files = [each for each in sorted((corpus / "scans").iterdir()) if each.suffix != ".pdf"]
    assert files
    kinds = {leak.kind for each in files for leak in inspector.inspect_file(each).leaks}
    assert not kinds & {"made-unclear", "shimmering"}


@pytest.mark.parametrize("made", FALSE_ONES, ids=lambda made: made.__name__.strip("_"))
def test_words_that_are_drawn_with_other_letters_than_the_file_holds_are_told(inspector, made):
    leaks = inspector.inspect("letter.pdf", made()).leaks
    assert {leak.kind for leak in leaks} & {"other-letters", "description"}
    assert all(leak.text and leak.boxes for leak in leaks if leak.kind == "other-letters")


def test_fonts_that_draw_what_the_file_holds_give_no_alarm(inspector):
    faces = ["Helvetica", "Times-Italic", "Courier-Bold", font("Lato-Italic"), font("NotoSans")]
    content = written(
        text(line, 40, 780 - 60 * rank - 20 * row, face=face, size=9 + rank)
        for rank, face in enumerate(faces)
        for row, line in enumerate(PROSE)
    )
    assert inspector.inspect("letter.pdf", content).leaks == ()
