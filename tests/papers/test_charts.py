"""Charts say every number, stay on the page, and can be told apart in grey."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.papers import look
from dpdesk.papers.kit import Bar, BarChart, Paper
from tests.papers.reading import SCHOOL, TODAY, ink_boxes, page_texts, text_of

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def paper():
    return Paper("Figures", printed_on=TODAY, letterhead=SCHOOL)


def picture(content):
    pdf = pypdfium2.PdfDocument(content)
    image = pdf[0].render(scale=2).to_pil().convert("L")
    pdf.close()
    return image


def longest_run(row):
    """How many dark pixels in a row stand beside each other."""
    runs = "".join("x" if shade < 120 else " " for shade in row).split()
    return max(map(len, runs), default=0)


@pytest.mark.parametrize("way", ["upright", "across"])
def test_each_label_is_read_with_its_numbers(way):
    made = paper()
    chart = BarChart(
        (Bar("Autumn", (11, 204)), Bar("Spring", (0, 37))), ("Breaches", "Near misses")
    )
    getattr(made, way)(chart)
    assert "Breaches Near misses Autumn 11 204 Spring 0 37" in text_of(made.bytes())


def test_the_bars_are_as_long_as_their_numbers():
    made = paper()
    made.across(BarChart((Bar("Ten", (10,)), Bar("Five", (5,)), Bar("None", (0,)))))
    image = picture(made.bytes())
    rows = range(image.height // 5, image.height * 2 // 3)
    lengths = [longest_run(image.crop((0, row, image.width, row + 1)).tobytes()) for row in rows]
    bars = sorted({each for each in lengths if each > 100 and lengths.count(each) > 10})
    assert len(bars) == 2
    assert bars[0] / bars[1] == pytest.approx(0.5, abs=0.03)


def test_the_ways_of_filling_differ_in_grey():
    made = paper()
    made.upright(BarChart((Bar("x", (1, 1, 1)),), ("One", "Two", "Three")))
    image = picture(made.bytes())
    counted = enumerate(image.histogram())
    large = {shade for shade, pixels in counted if pixels > 400 and shade < 250}
    assert min(large) < 100, "a dark one"
    assert any(200 < shade < 245 for shade in large), "and a pale one"


@pytest.mark.parametrize("way", ["upright", "across"])
def test_many_bars_go_on_below_and_over_the_page(way):
    made = paper()
    bars = tuple(
        Bar(f"{month} {year}", (year, 3)) for year in range(2000, 2020) for month in MONTHS
    )
    getattr(made, way)(BarChart(bars, ("A", "B")))
    content = made.bytes()
    assert len(page_texts(content)) > 1
    words = text_of(content)
    assert all(f"{month} 2019" in words for month in MONTHS)


@given(
    st.lists(
        st.builds(
            Bar,
            st.text("abcdefg hij-£É", min_size=1, max_size=120),
            st.tuples(*[st.integers(0, 10**9)] * 3),
        ),
        max_size=40,
    ),
    st.sampled_from(("upright", "across")),
)
def test_nothing_leaves_the_page_whatever_is_charted(bars, way):
    made = paper()
    getattr(made, way)(BarChart(tuple(bars), ("One", "Two", "Three")))
    for _, left, _, right, _, wide in ink_boxes(made.bytes()):
        assert left >= look.MARGIN - 2
        assert right <= wide - look.MARGIN + 2


def test_without_bars_it_says_so():
    made = paper()
    made.upright(BarChart(()))
    assert "Nothing recorded." in text_of(made.bytes())


@pytest.mark.parametrize(
    ("bars", "series"),
    [
        ((Bar("a", (-1,)),), ()),
        ((Bar("a", (1, 2)),), ("One",)),
        ((Bar("a", (1,) * 4),), ("1", "2", "3", "4")),
    ],
)
def test_a_chart_that_could_not_be_read_is_refused(bars, series):
    with pytest.raises(ValueError, match=r"bar|series"):
        BarChart(bars, series)


def test_a_heading_stays_with_its_chart():
    made = paper()
    made.space(480)
    made.text("Above.")
    made.heading("By month")
    made.upright(BarChart((Bar("May", (3,)),)))
    first, second = page_texts(made.bytes())
    assert "By month" not in first
    assert "By month" in second


def test_equal_charts_give_equal_files():
    def one():
        made = paper()
        made.across(BarChart((Bar("May", (3,)),)))
        return made.bytes()

    assert one() == one()
    assert io.BytesIO(one()).read(5) == b"%PDF-"
