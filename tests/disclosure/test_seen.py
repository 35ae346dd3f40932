"""A bundle holds the words that are seen, and shows what is seen as it is in the source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box
from tests.disclosure.pdfs import drawn, pages_of, text_pdf
from tests.disclosure.test_burn import burnt, photograph, picture_of, pixels, words_in


def names_on(content, marks=()):
    """The words in the bundle's text of a page that was read without asking what is seen."""
    page = replace(pages_of(content)[0], unseen=frozenset())
    result = burnt(content, marks, page=page)
    return words_in(result), result


@pytest.mark.parametrize("low", [-3, 0, 0.5, -1])
@pytest.mark.parametrize("grey", [0, 0.5, 0.8])
def test_a_word_under_a_bar_is_not_in_the_text_though_the_page_was_read_long_ago(low, grey):
    def page(canvas):
        canvas.drawString(72, 700, "Seen")
        canvas.drawString(120, 700, "Skywalker")
        canvas.setFillGray(grey)
        canvas.rect(118, 700 + low, 70, 8 if low else 9, stroke=0, fill=1)

    words, _ = names_on(drawn(page))
    assert "Seen" in words
    assert "Skywalker" not in words


def test_a_word_that_was_found_unseen_on_reading_is_never_in_the_text():
    content = text_pdf("Harry came")
    page = replace(pages_of(content)[0], unseen=frozenset({0}))
    assert words_in(burnt(content, [], page=page))[:1] == ["came"]


@pytest.mark.parametrize("grey", [0.45, 0.6, 0.85])
def test_a_small_tint_stays_a_tint_and_its_label_readable(grey):
    def page(canvas):
        canvas.setFillGray(grey)
        canvas.rect(72, 600, 40, 12, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(75, 603, "Amber")
        canvas.drawString(72, 700, "Other words")

    words, result = names_on(drawn(page))
    assert "Amber" in words
    shown = picture_of(result).convert("L")
    x0, y0, x1, y1 = pixels(result, Box(73, 231, 111, 241))
    levels = shown.crop((x0, y0, x1, y1)).histogram()
    assert sum(levels[round(255 * grey) - 12 : round(255 * grey) + 12]) > 0.4 * sum(levels)


@pytest.mark.parametrize("colour", [(1, 1, 0), (1, 0.94, 0.94), (0.91, 0.91, 0.91)])
def test_light_words_stay_in_the_picture_with_their_text_or_leave_both(colour):
    def page(canvas):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(72, 700, "Plain")
        canvas.setFillColorRGB(*colour)
        canvas.drawString(72, 600, "Lightly")

    words, result = names_on(drawn(page))
    assert "Plain" in words
    if result.encoding == "jpeg":
        part = picture_of(result).convert("RGB").crop(pixels(result, Box(72, 230, 110, 244)))
        assert min(low for low, _ in part.getextrema()) < 245
    else:
        assert "Lightly" not in words


@pytest.mark.parametrize("offset", [0, 0.4, 1.1, 1.9, 2.3])
def test_what_lies_beside_a_box_drawn_on_a_photograph_keeps_its_colours(offset):
    colours = {"yellow": (1, 1, 0), "magenta": (1, 0, 1), "green": (0, 0.6, 0), "cyan": (0, 1, 1)}
    left = 200 + offset

    def page(canvas):
        canvas.drawImage(ImageReader(photograph()), 72, 500, 100, 100)
        for rank, colour in enumerate(colours.values()):
            canvas.setFillColorRGB(*colour)
            canvas.rect(left - 3.75, 842 - 220 - 20 * rank, 3, 10, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(left, 540, 60, 100, stroke=0, fill=1)

    box = Box(left, 200, left + 60, 302)
    _, result = names_on(drawn(page), [PlannedMark(1, box, "C", "box")])
    shown = picture_of(result).convert("RGB")
    for rank, colour in enumerate(colours.values()):
        place = Box(left - 3.2, 212 + 20 * rank, left - 1.6, 218 + 20 * rank)
        x0, y0, x1, y1 = pixels(result, place)
        found = shown.crop((x0, y0, x1, y1)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        wanted = [255 * part for part in colour]
        assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 40
    (area,) = result.areas
    assert abs(area.x0 - left) < 0.4
