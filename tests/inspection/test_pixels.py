"""What was covered within a picture itself, and can be seen by whoever looks closely."""

from __future__ import annotations

import io
from random import Random
from statistics import NormalDist

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents.pages import Box
from dpdesk.inspection.placing import within
from tests.documents.makers import font, lato, text, written
from tests.documents.test_lying_fonts import FALSE_ONES

LINES = ("Report of Friday and so on", "Witness: Harry Beispiel, Year 5", "The end of the page.")
KEPT = (
    "The school keeps a record of pupils and staff for as long as the law asks and destroys them "
    "then under supervision of the bursar"
)
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


def _saved(opened: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _is_about(box: Box, place: tuple[int, int, int, int]) -> bool:
    """Whether a frame (points) is around a place of a picture with two pixels for each point."""
    wanted = Box(*(side / 2 for side in place))
    return within(wanted, box) > 0.6 and within(box, wanted) > 0.8


@pytest.mark.parametrize("opaque", [0.8, 0.9, 0.98])
@pytest.mark.parametrize(("size", "quality"), [(24, 0), (40, 0), (40, 75), (40, 90)])
def test_words_that_shimmer_through_a_bar_in_a_picture_are_read(inspector, opaque, size, quality):
    found = inspector.inspect("a.png", _file(_burnt(size, opaque), quality))
    (leak,) = found.leaks
    assert leak.kind == "shimmering"
    assert "Beispiel" in leak.text


@pytest.mark.parametrize("opaque", [0.9, 0.95, 0.97])
@pytest.mark.parametrize("shade", [255, 245, 200, 150, 110])
@pytest.mark.parametrize(("size", "quality"), [(24, 0), (32, 0), (40, 0), (32, 90), (40, 80)])
def test_words_that_shimmer_through_a_light_or_grey_bar_are_read(
    inspector, opaque, shade, size, quality
):
    (leak,) = inspector.inspect("a.png", _file(_burnt(size, opaque, shade), quality)).leaks
    assert leak.kind == "shimmering"
    assert "arr" in leak.text or "eispiel" in leak.text


@pytest.mark.parametrize("colour", ["#FFF2CC", "#D9534F", "#5B9BD5", "#7F7F7F"])
def test_words_that_shimmer_through_a_coloured_bar_are_read(inspector, colour):
    made, place = _sheet(40)
    made = made.convert("RGB")
    part = made.crop(place)
    made.paste(Image.blend(part, Image.new("RGB", part.size, colour), 0.93), place[:2])
    (leak,) = inspector.inspect("a.png", _file(made)).leaks
    assert leak.kind == "shimmering"
    assert "Beispiel" in leak.text


def test_words_that_shimmer_through_a_bar_on_grainy_paper_are_read(inspector):
    made, place = _sheet(40)
    made = _grainy(made.point([level * 15 // 16 for level in range(256)]), 6)
    place = (place[0] - 8, place[1] - 8, place[2] + 8, place[3] + 8)
    part = made.crop(place)
    made.paste(Image.blend(part, Image.new("L", part.size, 255), 0.95), place[:2])
    (leak,) = inspector.inspect("a.png", _file(made)).leaks
    assert leak.kind == "shimmering"
    assert "Beispiel" in leak.text


def test_words_that_shimmer_through_a_bar_of_a_scan_are_told_with_their_page(inspector):
    (leak,) = inspector.inspect("a.pdf", _page(_burnt(40, 0.98))).leaks
    assert (leak.kind, leak.page) == ("shimmering", 1)
    assert "Beispiel" in leak.text


@pytest.mark.parametrize("quality", [0, 50, 75])
@pytest.mark.parametrize("shade", [0, 40, 110, 200, 220, 250, 255])
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


def test_a_paragraph_that_was_only_made_coarse_to_its_edges_is_told(inspector):
    made, face = Image.new("L", (1000, 800), 250), lato(30)
    pen, place = ImageDraw.Draw(made), (100, 100, 800, 500)
    for row in range(10):
        pen.text((100, 100 + 40 * row), KEPT[7 * row : 7 * row + 60], 15, font=face)
    part = made.crop(place)
    small = part.resize((70, 40), Image.Resampling.BOX)
    made.paste(255, (800, 0, 1000, 800))
    made.paste(small.resize(part.size, Image.Resampling.NEAREST), place[:2])
    (leak,) = inspector.inspect("a.png", _file(made)).leaks
    assert leak.kind == "made-unclear"


def test_words_of_a_scan_that_were_only_made_coarse_are_told_with_their_page(inspector):
    (leak,) = inspector.inspect("a.pdf", _page(_coarse(24, 10))).leaks
    assert (leak.kind, leak.page) == ("made-unclear", 1)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "made", [lambda: _coarse(40, 10), lambda: _burnt(40, 0.98)], ids=["coarse", "shimmering"]
)
def test_what_is_told_of_a_part_of_a_scan_is_framed_on_its_page(inspector, made, turn):
    with pikepdf.open(io.BytesIO(_page(made()))) as opened:
        opened.pages[0].Rotate = turn
        content = _saved(opened)
    (leak,) = inspector.inspect("a.pdf", content).leaks
    left, top, right, bottom = _sheet(40)[1]
    seen = {
        0: (left, top, right, bottom),
        90: (700 - bottom, left, 700 - top, right),
        180: (1240 - right, 700 - bottom, 1240 - left, 700 - top),
        270: (top, 1240 - right, bottom, 1240 - left),
    }[turn]
    (box,) = leak.boxes
    assert _is_about(box, seen)


def test_a_picture_that_all_pages_list_is_told_of_the_page_that_shows_it(inspector):
    with pikepdf.open(io.BytesIO(_page(_coarse(40, 10)))) as opened:
        for _page_before in range(2):
            opened.add_blank_page(page_size=(620, 350))
            opened.pages[-1].Resources = opened.pages[0].Resources
        opened.pages.append(opened.pages[0])
        del opened.pages[0]
        content = _saved(opened)
    (leak,) = inspector.inspect("a.pdf", content).leaks
    assert leak.page == 3
    assert leak.boxes


@pytest.mark.parametrize(
    ("size", "corner", "where"),
    [
        ((2000, 1400), (0, 0), "at the top left of the picture"),
        ((2000, 2400), (700, 1600), "at the bottom of the picture"),
        ((1500, 1400), (200, 500), "in the middle of the picture"),
    ],
)
def test_what_is_told_of_a_picture_file_says_where_in_it(inspector, size, corner, where):
    made = Image.new("L", size, 250)
    made.paste(_coarse(40, 10), corner)
    (leak,) = inspector.inspect("a.png", _file(made)).leaks
    assert where in leak.what


def test_a_photograph_that_lies_on_its_side_says_where_as_it_is_seen(inspector):
    made = Image.new("L", (2000, 2000), 250)
    made.paste(_coarse(40, 10), (0, 0))
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # to be turned to the right by a quarter
    made.transpose(Image.Transpose.ROTATE_90).save(out, "PNG", exif=exif)
    (leak,) = inspector.inspect("a.png", out.getvalue()).leaks
    assert "at the top left of the picture" in leak.what


def _blurred(size: int, radius: int, *, wider: int = 0) -> Image.Image:
    made, (left, top, right, bottom) = _sheet(size)
    place = (left - wider, top - wider, right + wider, bottom + wider)
    made.paste(made.crop(place).filter(ImageFilter.GaussianBlur(radius)), place[:2])
    return made


@pytest.mark.parametrize("size", [20, 24, 32, 40])
@pytest.mark.parametrize("radius", [3, 5, 8])
@pytest.mark.parametrize(("wider", "quality"), [(0, 0), (6, 0), (0, 60)])
def test_words_that_were_only_blurred_are_told(inspector, size, radius, wider, quality):
    picture = _file(_blurred(size, radius, wider=wider), quality)
    (leak,) = inspector.inspect("a.png", picture).leaks
    assert leak.kind == "made-unclear"
    assert "blurred" in leak.what
    assert "of the picture" in leak.what


@pytest.mark.parametrize("line", [0, 2])
def test_words_that_end_a_line_and_were_only_blurred_are_told(inspector, line):
    made, face = _sheet(32)[0], lato(32)
    first = LINES[line].rsplit(" ", 2)[0]
    last = LINES[line].removeprefix(first)
    left, top = 104 + round(face.getlength(first)), 98 + line * round(1.8 * 32)
    place = (left, top, left + round(face.getlength(f"{last} ")) + 6, top + 44)
    made.paste(made.crop(place).filter(ImageFilter.GaussianBlur(4)), place[:2])
    (leak,) = inspector.inspect("a.png", _file(made)).leaks
    assert "blurred" in leak.what


def test_words_of_a_grainy_scan_that_were_only_blurred_are_framed_on_their_page(inspector):
    made, place = _sheet(32)
    made = _grainy(made.point([level * 15 // 16 for level in range(256)]), 4)
    made.paste(made.crop(place).filter(ImageFilter.GaussianBlur(4)), place[:2])
    (leak,) = inspector.inspect("a.pdf", _page(made)).leaks
    assert (leak.kind, leak.page) == ("made-unclear", 1)
    (box,) = leak.boxes
    assert _is_about(box, (*place[:2], place[2], place[3]))


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


def _grainy(picture: Image.Image, deep: float) -> Image.Image:
    """The same on paper with a grain of so many steps of grey."""
    bell = NormalDist(128, deep)
    grain = Image.frombytes("L", picture.size, Random(5).randbytes(picture.width * picture.height))
    grain = grain.point([round(bell.inv_cdf((level + 0.5) / 256)) for level in range(256)])
    return ImageChops.add(picture, grain, 1, -128)


def _paper() -> Image.Image:
    return _grainy(_sheet(32)[0].point([level * 15 // 16 for level in range(256)]), 4)


def _table() -> Image.Image:
    made, _place = _sheet(24)
    pen = ImageDraw.Draw(made)
    heads = [(230, 0), (200, 40), (200, 255), (160, 60), (120, 255)]
    for row, (ground, ink) in enumerate(heads):
        pen.rectangle((80, 300 + 70 * row, 1150, 350 + 70 * row), fill=ground)
        words = "Surname   Forename   Date of birth   Year"
        pen.text((100, 305 + 70 * row), words, ink, font=lato(28))
    return made


def _watermark(step: int) -> Image.Image:
    made, _place = _sheet(24)
    mark = Image.new("L", made.size, 255)
    ImageDraw.Draw(mark).text((200, 350), "CONFIDENTIAL", 255 - step, font=lato(90))
    ImageDraw.Draw(mark).text((500, 480), "SAMPLE", 255 - step, font=lato(30))
    return ImageChops.darker(made, mark)


def _pattern() -> Image.Image:
    made, _place = _sheet(24)
    mark = Image.new("L", made.size, 250)
    for row in range(6):
        ImageDraw.Draw(mark).text((200, 300 + 60 * row), "Example School", 242, font=lato(24))
    return ImageChops.darker(made, mark)


def _other_side(step: int) -> Image.Image:
    """A sheet through which the writing on its back shines."""
    made, dice = _sheet(24)[0].point([min(255, level + 5) for level in range(256)]), Random(3)
    back = Image.new("L", made.size, 255)
    for row in range(9):
        line = " ".join(dice.choices(KEPT.split(), k=12))
        ImageDraw.Draw(back).text((80, 250 + 44 * row), line, 255 - step, font=lato(26))
    back = ImageOps.mirror(back).filter(ImageFilter.GaussianBlur(1.2))
    return ImageChops.darker(made, back)


def _soft_mark() -> Image.Image:
    """A page with the name of the school above it, in letters that are meant to be soft."""
    made = Image.new("L", (1240, 1000), 250)
    made.paste(_sheet(28)[0], (0, 300))
    mark = Image.new("L", (400, 80), 250)
    ImageDraw.Draw(mark).text((20, 20), "Example School", 15, font=lato(32))
    made.paste(mark.filter(ImageFilter.GaussianBlur(3)), (100, 60))
    return made


def _out_of_focus() -> Image.Image:
    """A photograph of a page, sharp on its left and ever less so to the right."""
    made = _sheet(32)[0]
    soft = made.filter(ImageFilter.GaussianBlur(5))
    share = Image.linear_gradient("L").rotate(90).resize(made.size)
    return Image.composite(soft, made, share)


def _soft_things(kind: str) -> Image.Image:
    """A line of writing with something soft in its midst, and lines around it."""
    made = Image.new("L", (1240, 700), 250)
    pen, place = ImageDraw.Draw(made), (500, 290, 800, 350)
    for row in range(10):
        pen.text((60, 60 + 58 * row), f"{PROSE[row % 2]} {PROSE[row % 2]}", 20, font=lato(30))
    pen.rectangle(place, fill=250)
    thing = Image.new("L", made.size, 255)
    draw = ImageDraw.Draw(thing)
    if kind == "picture":
        spots = Image.frombytes("L", (12, 5), Random(3).randbytes(60))
        thing.paste(spots.resize((280, 50), Image.Resampling.BICUBIC), (510, 295))
    elif kind == "button":
        draw.rounded_rectangle((515, 300, 785, 340), 12, fill=170)
        thing = thing.filter(ImageFilter.GaussianBlur(4))
    elif kind == "pencil":
        dice = Random(7)
        draw.line([(515 + 12 * n, 320 + dice.randint(-14, 14)) for n in range(22)], 110, 4)
        thing = thing.filter(ImageFilter.GaussianBlur(1))
    else:
        draw.rectangle((300, 290, 900, 345), fill=190)
        thing = thing.filter(ImageFilter.GaussianBlur(3))
    return ImageChops.multiply(made, thing)


def _over_colours() -> Image.Image:
    made = Image.linear_gradient("L").resize((1240, 700))
    ImageDraw.Draw(made).text((100, 400), "Sports day at the school field", 0, font=lato(60))
    return made


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: _sheet(16)[0], id="small letters"),
        pytest.param(lambda: _sheet(40)[0], id="large letters"),
        pytest.param(_chequered, id="square code"),
        pytest.param(_ruled, id="squared paper"),
        pytest.param(_shaded, id="shaded"),
        pytest.param(_paper, id="grainy paper"),
        pytest.param(_table, id="heads of tables"),
        pytest.param(lambda: _watermark(8), id="weak watermark"),
        pytest.param(lambda: _watermark(25), id="watermark"),
        pytest.param(_pattern, id="pattern of words"),
        pytest.param(lambda: _other_side(8), id="weak back of the sheet"),
        pytest.param(lambda: _other_side(20), id="back of the sheet"),
        pytest.param(_over_colours, id="words over colours"),
        pytest.param(_out_of_focus, id="out of focus"),
        pytest.param(_soft_mark, id="soft mark"),
        pytest.param(lambda: _sheet(32)[0].filter(ImageFilter.GaussianBlur(3)), id="soft page"),
        pytest.param(lambda: _soft_things("picture"), id="soft picture"),
        pytest.param(lambda: _soft_things("button"), id="soft button"),
        pytest.param(lambda: _soft_things("pencil"), id="pencil"),
        pytest.param(lambda: _soft_things("marker"), id="marker"),
    ],
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
