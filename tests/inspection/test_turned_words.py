"""Words in pictures that are covered badly: turned ones, and those below other pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders import grain
from tests.documents.makers import lato

LINES = ("Report of Friday and so on", "Witness: Harry Beispiel, Year 5", "The end of the page.")


def _sheet() -> tuple[Image.Image, tuple[int, int, int, int]]:
    """A page, and where the name stands on it."""
    made, face = Image.new("L", (1240, 700), 250), lato(40)
    for rank, line in enumerate(LINES):
        ImageDraw.Draw(made).text((100, 100 + 72 * rank), line, 15, font=face)
    left, right = (round(face.getlength(LINES[1][:end])) for end in (9, 23))
    return made, (96 + left, 170, 104 + right, 224)


def _burnt(shade: int = 0) -> Image.Image:
    """A bar of one shade over the name, of which 5 % shimmer through."""
    made, place = _sheet()
    part = made.crop(place)
    made.paste(Image.blend(part, Image.new("L", part.size, shade), 0.95), place[:2])
    return made


def _file(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _laid_over(over: Image.Image, place: tuple[int, int, int, int]) -> bytes:
    """A scan on a page, and another picture over a place of it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(620, 850), invariant=1)
    canvas.drawImage(ImageReader(_sheet()[0].convert("RGB")), 0, 500, 620, 350)
    left, top, right, bottom = (side / 2 for side in place)
    canvas.drawImage(ImageReader(over), left, 850 - bottom, right - left, bottom - top)
    canvas.save()
    return out.getvalue()


PHOTOGRAPHS = {
    "shades": Image.linear_gradient("L").resize((200, 40)),
    "grain": grain((200, 60), 70),
    "soft": grain((12, 4), 60).resize((400, 120), Image.Resampling.BICUBIC),
    "colours": Image.merge("RGB", [grain((90, 30), 60, seed=seed) for seed in (1, 2, 3)]),
}


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_words_of_a_scan_below_a_photograph_are_told(inspector, name):
    left, top, right, bottom = _sheet()[1]
    over = PHOTOGRAPHS[name].convert("RGB")
    content = _laid_over(over, (left - 10, top - 10, right + 10, bottom + 10))
    found = inspector.inspect("a.pdf", content).leaks
    assert [(leak.kind, leak.page) for leak in found if leak.text] == [("under-picture-bar", 1)]
    assert "Beispiel" in found[0].text


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_beside_the_words_of_a_scan_gives_no_alarm(inspector, name):
    content = _laid_over(PHOTOGRAPHS[name].convert("RGB"), (700, 400, 1100, 600))
    assert [leak for leak in inspector.inspect("a.pdf", content).leaks if leak.text] == []


def _slanted(picture: Image.Image, by: float) -> Image.Image:
    return picture.rotate(by, Image.Resampling.BICUBIC, expand=True, fillcolor=250)


@pytest.mark.parametrize(
    "turned",
    [
        pytest.param(lambda made: made.rotate(180), id="upside down"),
        pytest.param(lambda made: made.rotate(90, expand=True), id="on its left side"),
        pytest.param(lambda made: made.rotate(270, expand=True), id="on its right side"),
        pytest.param(ImageOps.mirror, id="mirrored"),
        pytest.param(ImageOps.flip, id="mirrored upside down"),
        pytest.param(lambda made: _slanted(made, 7), id="slanted"),
        pytest.param(lambda made: _slanted(made, -30), id="slanted much"),
    ],
)
def test_words_under_a_bar_are_read_however_the_picture_lies(inspector, turned):
    (leak,) = inspector.inspect("a.png", _file(turned(_burnt()))).leaks
    assert leak.kind == "shimmering"
    assert "Beispiel" in leak.text


@pytest.mark.parametrize(
    ("shade", "angle"), [(255, 180), (200, 90), (200, 180), (200, 270), (150, 180)]
)
def test_that_words_shimmer_through_a_light_bar_is_told_however_they_stand(inspector, shade, angle):
    turned = _burnt(shade).rotate(angle, expand=True)
    (leak,) = inspector.inspect("a.png", _file(turned)).leaks
    assert leak.kind == "shimmering"


@pytest.mark.parametrize("angle", [0, 7, 90, 180])
@pytest.mark.parametrize("strength", [2, 6, 12])
def test_a_dark_panel_with_grain_gives_no_alarm(inspector, angle, strength):
    made, place = _sheet()
    wide, high = place[2] - place[0], place[3] - place[1]
    dark = grain((wide, high), strength, seed=strength).point([level // 3 for level in range(256)])
    made.paste(dark, place[:2])
    picture = _slanted(made, angle)
    assert inspector.inspect("a.png", _file(picture)).leaks == ()


@pytest.mark.parametrize("square", [6, 8, 11])
def test_a_mosaic_within_a_photograph_on_paper_is_told(inspector, square):
    made = Image.new("L", (1240, 900), 250)
    photograph = grain((24, 24), 50).resize((500, 500), Image.Resampling.BICUBIC)
    ImageDraw.Draw(photograph).text((60, 200), "Harry Beispiel", 15, font=lato(40))
    place = (50, 190, 50 + 33 * square, 190 + 9 * square)
    small = photograph.crop(place).resize((33, 9), Image.Resampling.BOX)
    photograph.paste(small.resize((33 * square, 9 * square), Image.Resampling.NEAREST), place[:2])
    made.paste(photograph, (200, 200))
    kinds = {leak.kind for leak in inspector.inspect("a.png", _file(made)).leaks}
    assert "made-unclear" in kinds


def _prose(size: int, lead: int) -> Image.Image:
    made, words = Image.new("L", (1240, 1600), 250), "The pupils of the seventh form walked to it"
    for rank in range(1400 // lead):
        line = f"{words[3 * (rank % 4) :]}, {words}"[: 2000 // size]
        ImageDraw.Draw(made).text((100, 100 + lead * rank), line, 15, font=lato(size))
    return made


@pytest.mark.parametrize(("size", "lead"), [(40, 72), (28, 54)])
@pytest.mark.parametrize("share", [0.13, 0.2, 0.28])
@pytest.mark.parametrize("lines", [(0, 4), (4, 9), (5, 7)])
def test_a_blurred_paragraph_beside_sharp_ones_is_told(inspector, size, lead, share, lines):
    made = _prose(size, lead)
    place = (90, 90 + lead * lines[0], 1200, 90 + lead * lines[1])
    made.paste(made.crop(place).filter(ImageFilter.GaussianBlur(share * size)), place[:2])
    (leak,) = inspector.inspect("a.png", _file(made)).leaks
    assert (leak.kind, "blurred" in leak.what) == ("made-unclear", True)


@pytest.mark.parametrize("radius", [0, 6, 10])
def test_a_page_that_is_out_of_focus_as_a_whole_gives_no_alarm(inspector, radius):
    made = _prose(40, 72).filter(ImageFilter.GaussianBlur(radius))
    assert inspector.inspect("a.png", _file(made)).leaks == ()


def test_bands_of_shade_below_writing_give_no_alarm(inspector):
    made = _prose(40, 72)
    shade = Image.linear_gradient("L").rotate(90).resize((1000, 40)).point(lambda v: 120 + v // 2)
    made.paste(250, (0, 600, 1240, 1600))
    for rank in range(5):
        made.paste(shade, (100, 660 + 72 * rank))
    assert inspector.inspect("a.png", _file(made)).leaks == ()
