"""One page: everything marked is black, nothing of its ink lies outside, the rest stays."""

from __future__ import annotations

import io
import zlib
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.utils import ImageReader

from dpdesk.disclosure import burn, ink, textlayer
from dpdesk.disclosure.canvas import SHIMMER
from dpdesk.disclosure.page_task import PageTask
from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.pdf import open_pdf
from dpdesk.errors import UnreadableFile
from tests.builders import grain
from tests.disclosure.pdfs import drawn, marks_for, pages_of, text_pdf


def burnt(content, marks=(), *, page=None, index=0, dpi=150, withheld=None):
    page = page or pages_of(content)[index]
    task = PageTask(1, "a", index, page, tuple(marks), "SAR-1", withheld, dpi, {})
    document = open_pdf(content)
    try:
        return burn.burn(document, task)
    finally:
        document.close()


def picture_of(result):
    """The whole page as its picture shows it; beyond the picture there is paper."""
    if result.encoding == "jpeg":
        return Image.open(io.BytesIO(result.picture))
    x, y = scale_of(result)
    whole = Image.new("L", (round(result.width * x) + 1, round(result.height * 1.1 * y)), 255)
    part = decoded_fax(result.pixels, result.picture)
    whole.paste(part, (round(result.part.x0 * x), round(result.part.y0 * y)))
    return whole


def scale_of(result):
    """How many pixels a point has, across and down."""
    return result.pixels[0] / result.part.width, result.pixels[1] / result.part.height


def decoded_fax(size, content):
    """The picture of a fax encoding, by putting a TIFF file around it."""
    wide, high = size
    tags = {256: (4, wide), 257: (4, high), 258: (3, 1), 259: (3, 4), 262: (3, 0), 277: (3, 1)}
    tags |= {273: (4, 0), 278: (4, high), 279: (4, len(content))}
    size = 8 + 2 + 12 * len(tags) + 4
    tags[273] = (4, size)
    head = b"II*\0\x08\0\0\0" + len(tags).to_bytes(2, "little")
    for tag, (kind, value) in sorted(tags.items()):
        head += tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + (1).to_bytes(4, "little")
        head += value.to_bytes(4, "little")
    return Image.open(io.BytesIO(head + bytes(4) + content)).convert("L")


def words_in(result):
    text = []
    for row in result.words.decode("ascii").splitlines():
        if row.endswith("Tj"):
            codes = bytes.fromhex(row[row.index("<") + 1 : row.index(">")])
            text.append(
                "".join(
                    result.used[int.from_bytes(codes[i : i + 2])] for i in range(0, len(codes), 2)
                )
            )
    return [word.strip() for word in text]


def pixels(result, box):
    x, y = scale_of(result)
    return tuple(round(side) for side in (box.x0 * x, box.y0 * y, box.x1 * x, box.y1 * y))


def test_a_marked_word_is_black_and_its_neighbours_can_be_read():
    content = text_pdf("On Monday Harry met the head")
    (page,) = pages_of(content)
    result = burnt(content, marks_for(page, ["Harry"]))
    picture = picture_of(result)
    (area,) = result.areas
    assert picture.crop(pixels(result, area)).getextrema() == (0, 0)
    assert words_in(result)[:5] == ["On", "Monday", "met", "the", "head"]


def test_a_page_of_text_is_black_and_white_and_small():
    result = burnt(text_pdf(*["The quick brown fox jumps over the lazy dog"] * 30), dpi=300)
    assert result.encoding == "g4"
    assert len(result.picture) < 60_000


def test_the_stamp_stands_below_the_page_and_hides_nothing_of_it():
    def page(canvas):
        canvas.rect(0, 0, 595, 8, fill=1)

    result = burnt(drawn(page))
    foot = pixels(result, Box(0, 834, 595, 842))
    assert picture_of(result).crop((*foot[:2], foot[2] - 1, foot[3] - 1)).getextrema() == (0, 0)
    assert words_in(result)[-1] == "SAR-1"


def photograph():
    picture = grain((400, 300), 90).convert("RGB")
    ImageDraw.Draw(picture).ellipse((50, 50, 250, 250), fill=(200, 30, 30))
    return picture


def photo_pdf(picture=None):
    def page(canvas):
        canvas.drawImage(ImageReader(picture or photograph()), 72, 400, 400, 300)
        canvas.drawString(72, 750, "Photographed by Harry Smith")

    return drawn(page)


@given(
    st.floats(0, 500), st.floats(0, 700), st.floats(3, 300), st.floats(3, 200), st.booleans()
)  # fmt: skip
@settings(max_examples=25)
def test_a_mark_on_a_photograph_is_black_and_shimmers_only_in_squares_cut_by_its_edge(
    x, y, w, h, grey
):
    content = GREY_PHOTO if grey else COLOUR_PHOTO
    page = Page(595, 842, (), "mixed")
    result = burnt(content, [PlannedMark(1, Box(x, y, x + w, y + h), "C", "box")], page=page)
    assert result.encoding == "jpeg"
    assert result.colour is not grey
    decoded = picture_of(result).convert("L")
    x0, y0, x1, y1 = pixels(result, result.areas[0])
    assert decoded.crop((x0, y0, x1, y1)).getextrema()[1] <= SHIMMER
    squares = (-(-x0 // 8) * 8, -(-y0 // 8) * 8, x1 // 8 * 8, y1 // 8 * 8)
    if squares[2] > squares[0] and squares[3] > squares[1]:
        assert decoded.crop(squares).getextrema() == (0, 0)


COLOUR_PHOTO = photo_pdf()
GREY_PHOTO = photo_pdf(photograph().convert("L"))


def test_light_grey_letters_and_rules_are_not_lost():
    def page(canvas):
        canvas.setFillGray(0.8)
        canvas.setStrokeGray(0.85)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 500, "faint but there")
        canvas.line(72, 300, 500, 300)

    result = burnt(drawn(page), dpi=300)
    assert "faint" in words_in(result)
    line = picture_of(result).crop(pixels(result, Box(200, 538, 300, 546)))
    assert line.convert("L").getextrema()[0] < 225


def test_a_tint_keeps_its_colour():
    def page(canvas):
        canvas.setFillColorRGB(1, 0.9, 0.3)
        canvas.rect(72, 400, 300, 100, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(80, 450, "highlighted")

    result = burnt(drawn(page))
    assert result.encoding == "jpeg"
    assert result.colour
    assert "highlighted" in words_in(result)


def test_words_that_nobody_can_see_do_not_come_along():
    def page(canvas):
        canvas.drawString(72, 700, "seen")
        canvas.setFillGray(1)
        canvas.drawString(72, 650, "white")
        canvas.setFillGray(0)
        canvas.rect(72, 590, 200, 30, fill=1)
        canvas.drawString(80, 600, "buried")
        canvas.drawString(-300, 500, "beside")

    result = burnt(drawn(page))
    assert words_in(result) == ["seen", "SAR-1"]


def test_a_rule_below_a_white_word_does_not_make_it_seen():
    def page(canvas):
        canvas.line(60, 648, 300, 648)
        canvas.setFillGray(1)
        canvas.drawString(72, 650, "whiteword")

    assert words_in(burnt(drawn(page))) == ["SAR-1"]


def test_words_of_a_scan_stay_because_there_is_ink_under_them():
    def page(canvas):
        picture = Image.new("L", (600, 100), 255)
        ImageDraw.Draw(picture).text((10, 30), "scanned words", fill=0, font_size=48)
        canvas.drawImage(ImageReader(picture), 72, 600, 300, 50)
        text = canvas.beginText(77, 617)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 24)
        text.textOut("scanned words")
        canvas.drawText(text)

    assert {"scanned", "words"} <= set(words_in(burnt(drawn(page), dpi=300)))


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("name", ["Jo", "Harry", "Quibblethorpe"])
def test_on_a_turned_page_the_width_of_a_name_is_hidden_along_its_line(turn, dpi, name):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf("Above this line", f"Name {name}", "Below it"))) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(out)
    (page,) = pages_of(out.getvalue())
    result = burnt(out.getvalue(), marks_for(page, [name]), dpi=dpi)
    (area,) = result.areas
    assert 83 <= area.height <= 98  # the least width of an area, or that and its first grid
    assert area.width < 18
    assert {"Name", "Above", "this", "line", "Below", "it"} <= set(words_in(result))
    assert name not in words_in(result)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_come_out_upright_with_marks_where_the_eye_saw_them(turn):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf("Monday Harry upright"))) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.pages[0].CropBox = [20, 100, 500, 800]
        pdf.save(out)
    content = out.getvalue()
    (page,) = pages_of(content)
    assert page.width == pytest.approx(480 if turn % 180 == 0 else 700)
    result = burnt(content, marks_for(page, ["Harry"]), dpi=300)
    (area,) = result.areas
    (harry,) = [word for word in page.words if word.text == "Harry"]
    assert area.contains(harry.box.inflate(-1.0, -2.0))
    assert "Harry" not in words_in(result)
    assert {"Monday", "upright"} <= set(words_in(result))
    assert picture_of(result).convert("L").crop(pixels(result, area)).getextrema() == (0, 0)


def test_a_page_of_two_metres_is_scaled_down():
    content = drawn(lambda canvas: canvas.drawString(100, 100, "plan"), size=(5670, 4000))
    result = burnt(content, dpi=300)
    assert result.pixels[0] * result.pixels[1] <= burn._LINE_PIXELS * 1.01


def test_a_page_whose_file_changed_is_refused_with_its_number():
    with pytest.raises(UnreadableFile, match="Page 1 of the bundle is not the size"):
        burnt(text_pdf("x"), page=Page(300, 300, (), "text"))


def test_a_withheld_page_says_so_and_shows_nothing_else():
    result = burnt(text_pdf("Harry"), withheld=("Page 1 withheld", "Advice of a lawyer."))
    assert words_in(result) == "Page 1 withheld Advice of a lawyer. SAR-1".split()
    assert result.areas == ()


# ------------------------------------------------------------------------------------ the ink

FACES = ["Helvetica", "Times-Italic", "Times-BoldItalic", "Lato"]
NAMES = ["gjpqy", "Hfjord", "fluffy", "Quay", "WAVE", "Jof"]
ACCENTED = ["Ắnh", "ǰakob", "Şahin", "Çelik", "Nguyễn", "Ůlrich"]


def ink_outside(alone, result):
    """How many inked pixels of a word drawn alone lie outside what was burnt."""
    document = open_pdf(alone)
    scale = scale_of(result)[0]
    picture = document[0].render(scale=scale, grayscale=True).to_pil()
    for area in (*result.areas, *(line.band for line in result.lines)):
        picture.paste(255, pixels(result, area))
    return sum(picture.histogram()[:250]) + ink_beside_words(result)


def ink_beside_words(result):
    """How many inked pixels of lines that were set anew are neither gaps nor words that stay."""
    picture = picture_of(result)
    count = 0
    for line in result.lines:
        for box in (*line.gaps, *(move.target for move in line.moves)):
            picture.paste(255, pixels(result, box))
        count += sum(picture.crop(pixels(result, line.band)).histogram()[:250])
    return count


@pytest.mark.parametrize("size", [4, 7, 11, 18, 40])
@pytest.mark.parametrize("face", FACES)
def test_no_ink_of_a_marked_word_lies_outside_what_is_burnt(face, size):
    names = [*NAMES, *(ACCENTED if face == "Lato" else [])]

    def line(canvas, y, name, *, alone):
        canvas.setFont(face, size)
        canvas.drawString(150, y, name)
        if not alone:
            width = canvas.stringWidth(name, face, size)
            before = canvas.stringWidth("seen ", face, size)
            canvas.drawString(150 - before, y, "seen")
            canvas.drawString(150 + width + before / 4, y, "today")

    for at in range(0, len(names), 6):
        some = list(enumerate(names[at : at + 6]))
        step = max(14, size * 2)

        def page(canvas, alone=False, some=some, step=step):
            for rank, name in some:
                line(canvas, 780 - rank * step, name, alone=alone)

        content = drawn(page)
        (read,) = pages_of(content)
        wanted = {name for _, name in some}
        result = burnt(content, marks_for(read, wanted), dpi=300)
        alone = drawn(partial(page, alone=True))
        assert len(result.areas) == len(some)
        assert ink_outside(alone, result) == 0


@pytest.mark.parametrize("face", FACES)
def test_ink_is_followed_even_when_the_box_of_the_word_is_too_small(face):
    """Boxes of recognised text can be tight; tails and accents must not be left to read."""
    name = "Ắgjyq" if face == "Lato" else "Hgjyf"

    def page(canvas):
        canvas.setFont(face, 14)
        canvas.drawString(150, 700, name)

    content = drawn(page)
    (read,) = pages_of(content)
    box = read.words[0].box
    tight = Box(box.x0 + 1, box.y0 + 0.2 * box.height, box.x1 - 1, box.y1 - 0.28 * box.height)
    page_given = Page(read.width, read.height, (Word(name, tight),), "text")
    result = burnt(content, [PlannedMark(1, tight, "C")], page=page_given, dpi=300)
    assert ink_outside(content, result) == 0


def test_an_underline_through_many_words_does_not_make_a_mark_grow():
    def page(canvas):
        canvas.drawString(72, 700, "We have seen Harry on Monday in the library")
        canvas.line(72, 698, 320, 698)

    content = drawn(page)
    (read,) = pages_of(content)
    result = burnt(content, marks_for(read, ["Harry"]), dpi=300)
    assert {"seen", "on"} <= set(words_in(result))
    (area,) = result.areas
    assert area.width < 50


def test_padding_stops_before_ink_that_has_no_words():
    def page(canvas):
        canvas.drawString(72, 700, "Al")
        canvas.line(100, 690, 100, 720)

    content = drawn(page)
    (read,) = pages_of(content)
    (area,) = burnt(content, marks_for(read, ["Al"]), dpi=300).areas
    assert area.x1 < 100


def test_shapes_are_counted_by_what_hangs_together():
    picture = Image.new("L", (20, 10), 255)
    draw = ImageDraw.Draw(picture)
    draw.line((2, 2, 6, 6), fill=0)
    draw.rectangle((10, 1, 12, 3), fill=0)
    found = ink.shapes(picture, (0, 0, 11, 10))
    assert sorted((s.x0, s.y0, s.x1, s.y1, s.pixels, s.inside) for s in found) == [
        (2, 2, 7, 7, 5, 5),
        (10, 1, 13, 4, 9, 3),
    ]


# ----------------------------------------------------------------------------- the unseen words


def test_places_and_widths_are_rounded():
    page = Page(595, 842, (Word("Harry", Box(72.123, 100.377, 99.981, 112.213)),), "text")
    (placed,) = textlayer.place_words(page.words, page, textlayer.PagePlacing(1, 0, 842))
    assert placed.x * 2 == int(placed.x * 2)
    assert placed.y * 2 == int(placed.y * 2)
    width = len("Harry") * placed.size * 0.5 * placed.stretch / 100
    assert width == pytest.approx(28, abs=0.2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wo\u0301jcik", "Wójcik"),
        ("Har\u00adry", "Harry"),
        ("a\u200bb", "ab"),
        ("\U000e0041tag", "tag"),
        ("\u202eevil", "evil"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x\u200c", "x"),
        ("\ue123", ""),
        ("\ufffd", ""),
        ("a\u00a0b", "a b"),
        ("👍🏽", "👍🏽"),
    ],
)
def test_signs_that_no_eye_can_see_are_dropped_from_words(text, expected):
    assert textlayer.clean(text) == expected


@given(st.text(max_size=12))
def test_cleaning_twice_changes_nothing(text):
    assert textlayer.clean(textlayer.clean(text)) == textlayer.clean(text)


def test_the_unseen_font_can_be_loaded_and_draws_nothing():
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(textlayer.glyphless_font()), 40)
    picture = Image.new("L", (200, 60), 255)
    ImageDraw.Draw(picture).text((5, 5), "Harry", fill=0, font=font)
    assert ImageChops.invert(picture).getbbox() is None


def test_signs_beyond_the_first_plane_get_codes_of_their_own_until_there_are_no_more():
    known: dict[str, int] = {}
    first = textlayer.codes_for({"👍", "😀"}, known)
    assert len(set(first.values())) == 2
    assert textlayer.codes_for({"👍"}, known) == {"👍": first["👍"]}
    assert zlib.crc32(textlayer.to_unicode({v: k for k, v in first.items()}))
