"""A line with a gap looks the same whatever name was removed from it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import ImageChops
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box
from tests.disclosure.pdfs import A4, drawn, marks_for, pages_of
from tests.disclosure.test_burn import burnt, ink_beside_words, picture_of, pixels, words_in

NAMES = ["Ng", "Li", "Jeffs", "Smith", "Ogilvie", "Quigg", "fforde", "Featherstone", "Wojcik"]
SAID = (
    "On Monday {} was seen with the other pupils outside of the hall and told them "
    "very loudly how he or she had come by the key of the old boat house at the lake. "
    "Nobody else saw what {} did"
)


def printed(*parts):
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(list(parts))
    return out.getvalue()


def style(font="Times-Roman", size=11, alignment=TA_LEFT):
    return ParagraphStyle("text", fontName=font, fontSize=size, leading=1.2 * size,
                          alignment=alignment)  # fmt: skip


def told(name, *, font="Times-Roman", alignment=TA_LEFT):
    """Lines that break at the same words whatever the name."""
    rows = (
        SAID.format(name, name)
        .replace("and told", "<br/>and told")
        .replace("the old", "<br/>the old")
    )
    look = style(font, 11, alignment)
    look.justifyBreaks = 1
    return printed(Paragraph(rows, look))


def as_released(content, name, dpi=300):
    (page,) = pages_of(content)
    gone = [word for word in page.words if name in word.text]
    marks = [PlannedMark(n, word.box, "TP-16") for n, word in enumerate(gone, 1)]
    return burnt(content, marks, page=page, dpi=dpi)


def same(one, other):
    if (one.pixels, one.part, one.words) != (other.pixels, other.part, other.words):
        return False
    return ImageChops.difference(picture_of(one), picture_of(other)).getbbox() is None


@pytest.mark.parametrize("alignment", [TA_LEFT, TA_JUSTIFY])
@pytest.mark.parametrize("font", ["Times-Roman", "Times-Italic"])
def test_whatever_name_was_removed_from_running_text_the_page_is_the_same(font, alignment):
    first, *others = (
        as_released(told(name, font=font, alignment=alignment), name) for name in NAMES
    )
    assert first.uneven == ()
    assert len(first.lines) == 2
    assert all(same(first, other) for other in others)


def test_that_comparison_would_notice_a_gap_that_follows_the_name():
    one, other = (
        burnt(content, [PlannedMark(1, word.box, "TP-16", "box")], page=page, dpi=300)
        for content in (told("Li"), told("Featherstone"))
        for page in pages_of(content)
        for word in page.words[2:3]
    )
    assert not same(one, other)


@pytest.mark.parametrize("alignment", [TA_CENTER, TA_RIGHT])
def test_a_line_in_the_middle_or_at_the_right_does_not_begin_where_its_length_puts_it(alignment):
    def page(name):
        lines = ["The Governors of the Example School", f"Record of {name} in Year Nine"]
        return printed(*(Paragraph(line, style(alignment=alignment)) for line in lines))

    first, *others = (as_released(page(name), name) for name in NAMES)
    assert all(same(first, other) for other in others)


def beside_lines(put, *lines):
    """A line that ``put`` draws at a place of its own, above others that begin at the margin."""

    def page(canvas):
        canvas.setFont("Helvetica", 11)
        put(canvas)
        for row, line in enumerate(lines):
            canvas.drawString(80, 600 - 20 * row, line)

    return drawn(page)


@pytest.mark.parametrize("lines", [(), ("Nobody else saw it.", "He was told so that day.")])
@pytest.mark.parametrize(
    "put",
    [
        lambda canvas, name: canvas.drawCentredString(330, 700, f"Report on {name} for term"),
        lambda canvas, name: canvas.drawRightString(545, 700, f"Report on {name} for term"),
        lambda canvas, name: canvas.drawCentredString(330, 700, f"Report on {name}"),
    ],
)
def test_where_a_line_began_that_nothing_else_is_aligned_with_is_not_told(put, lines):
    first, *others = (
        as_released(beside_lines(lambda canvas, name=name: put(canvas, name), *lines), name)
        for name in NAMES
    )
    assert first.lines
    assert first.uneven == ()
    assert all(same(first, other) for other in others)


@pytest.mark.parametrize("dot", [".", ". "])
def test_dots_that_lead_to_a_number_do_not_tell_how_much_room_the_name_left(dot):
    def contents(canvas, name):
        canvas.drawString(80, 700, name)
        x = 80 + canvas.stringWidth(f"{name} ", "Helvetica", 11)
        dots = int((400 - x) / canvas.stringWidth(dot, "Helvetica", 11))
        canvas.drawString(x, 700, dot * dots)
        canvas.drawRightString(430, 700, "12")

    first, *others = (
        as_released(
            beside_lines(lambda canvas, name=name: contents(canvas, name), "The class"), name
        )
        for name in NAMES
    )
    assert words_in(first)[0] == "12"
    assert all(same(first, other) for other in others)


def test_a_cell_of_a_table_and_a_line_end_have_one_gap_for_all_names():
    gaps = set()
    for name in NAMES:
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
        rows = [["Name of the pupil who is meant", "Form"], [name, "9B"], ["All others", "9C"]]
        result = as_released(
            printed(Table(rows, style=grid), Paragraph(f"Yours, {name}", style())), name
        )
        assert result.uneven == ()
        gaps.add(tuple(gap for line in result.lines for gap in line.gaps))
    assert len(gaps) == 1


def test_the_words_that_stay_are_all_there_and_can_be_read_in_their_order():
    result = as_released(told("Ogilvie", alignment=TA_JUSTIFY), "Ogilvie")
    assert words_in(result)[:-1] == SAID.replace(" {}", "").split()
    assert ink_beside_words(result) == 0


def test_a_word_that_stays_shows_the_ink_that_it_had():
    content = told("Ogilvie", alignment=TA_JUSTIFY)
    before, after = picture_of(burnt(content, dpi=300)), as_released(content, "Ogilvie")
    now = picture_of(after)
    moves = [move for line in after.lines for move in line.moves]
    assert len(moves) == 24
    for move in moves:
        inked = [
            picture.crop(pixels(after, box)).histogram()[0]
            for picture, box in ((before, move.box), (now, move.target))
        ]
        assert inked[1] == pytest.approx(inked[0], rel=0.2)


def test_several_words_side_by_side_leave_one_gap():
    content = told("Ogilvie")
    (page,) = pages_of(content)
    result = burnt(content, marks_for(page, ["other", "pupils"]), dpi=300)
    (line,) = result.lines
    assert len(line.gaps) == 1
    assert line.numbers == (1, 2)


def test_a_word_that_nobody_sees_is_left_out_also_below_a_line_that_was_set_again():
    def page(canvas):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "The pupil Ogilvie was there.")
        canvas.setFillGray(1)
        canvas.drawString(72, 680, "Quigg")
        canvas.setFillGray(0)
        canvas.drawString(110, 680, "too and all others")

    content = drawn(page)
    (read,) = pages_of(content)
    hidden = [number for number, word in enumerate(read.words) if word.text == "Quigg"]
    read = replace(read, unseen=frozenset(hidden))
    result = burnt(content, marks_for(read, ["Ogilvie"]), page=read, dpi=300)
    assert result.lines
    assert words_in(result)[:8] == "The pupil was there. too and all others".split()


# ------------------------------------------------------------------- where it cannot be done


def underlined(canvas):
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "The pupil Ogilvie was there.")
    canvas.line(72, 698, 300, 698)


def tinted(canvas):
    canvas.setFillGray(0.8)
    canvas.rect(60, 690, 300, 25, fill=1, stroke=0)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "The pupil Ogilvie was there.")


def upright(canvas):
    canvas.setFont("Helvetica", 11)
    canvas.rotate(90)
    canvas.drawString(300, -200, "The pupil Ogilvie was there.")


def unseen(canvas):
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textOut("The pupil Ogilvie was there.")
    canvas.drawText(text)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "")
    for x in range(72, 250, 5):
        canvas.line(x, 700, x + 3, 708)


def crossed(canvas):
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "The pupil Ogilvie was there.")
    canvas.circle(150, 705, 20)


@pytest.mark.parametrize("page", [underlined, tinted, upright, unseen, crossed])
def test_where_something_else_is_drawn_the_line_stays_and_that_is_said(page):
    result = as_released(drawn(page), "Ogilvie")
    assert result.lines == ()
    assert result.uneven == (1,)
    assert result.areas


def test_a_box_drawn_by_hand_is_burnt_as_it_was_drawn():
    content = told("Ogilvie")
    (page,) = pages_of(content)
    (first, *_) = [word.box for word in page.words if word.text == "Ogilvie"]
    result = burnt(content, [PlannedMark(1, first, "TP-16", "box")], page=page, dpi=300)
    assert result.lines == ()
    assert result.uneven == (1,)
    (area,) = result.areas
    assert abs(area.x0 - first.x0) < 0.3
    assert abs(area.x1 - first.x1) < 0.3


def test_a_mark_that_also_covers_a_picture_is_burnt_where_it_lies():
    def page(canvas):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "Ogilvie")
        canvas.drawString(300, 700, "Quigg")
        canvas.circle(200, 704, 4, fill=1)

    content = drawn(page)
    (read,) = pages_of(content)
    both = read.words[0].box.union(read.words[1].box)
    result = burnt(content, [PlannedMark(1, both, "TP-16", "line")], page=read, dpi=300)
    assert result.lines == ()
    assert any(area.contains(Box(195, 136, 205, 140)) for area in result.areas)
