"""The chart of bars: its numbers as words, its heights, and its colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui.kit.look.appearance import appearance
from ui.kit.look.palette import DARK, LIGHT
from ui.kit.pieces.bar_chart import BarChartView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BARS = [("2026", 1200), ("2027", 0), ("2028", 300)]


@pytest.fixture
def chart(qtbot) -> BarChartView:
    made = BarChartView(BARS, "What falls due")
    qtbot.addWidget(made)
    made.resize(600, 160)
    return made


def test_everything_drawn_is_said_in_words_too(chart):
    assert chart.accessibleName() == "What falls due"
    assert chart.accessibleDescription() == "2026: 1,200, 2027: none, 2028: 300"
    chart.show_bars([("2030", 1)])
    assert chart.accessibleName() == "What falls due"
    assert chart.accessibleDescription() == "2030: 1"
    chart.show_bars([], "What fell due")
    assert chart.accessibleDescription() == "Nothing to show"
    assert chart.accessibleName() == "What fell due"


def test_a_name_without_room_goes_on_below_and_is_not_cut(chart):
    names = [*(f"{month}" for month in "Sep Oct Nov Dec".split()), "Jan 2031", "Feb"]
    chart.show_bars([(name, 1) for name in names])
    foot = chart.places()[0].bottom()
    chart.resize(40 * len(names), 160)
    letters = QFontMetricsF(chart._letters())
    assert letters.horizontalAdvance("Jan 2031") > 40, "it has no room in one line"
    assert chart._names()[3:5] == [["Dec"], ["Jan", "2031"]]
    assert chart.places()[0].bottom() < foot
    assert chart.sizeHint().height() > BarChartView(BARS).sizeHint().height()


def test_the_pointer_is_told_the_number_of_the_bar_under_it(chart):
    at = QPoint(500, 10)
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    assert QToolTip.text() == "2028: 300"


def test_it_is_drawn_in_the_colours_of_the_appearance(chart):
    for look, colours in (("light", LIGHT), ("dark", DARK)):
        appearance().choose(look)
        centre = chart.places()[0].center().toPoint()
        assert chart.grab().toImage().pixelColor(centre) == QColor(colours.accent)
    appearance().choose("light")


@given(
    numbers=st.lists(st.integers(0, 60_000), min_size=1, max_size=20),
    width=st.integers(200, 1200),
    height=st.integers(110, 400),
)
def test_bars_keep_their_order_their_place_and_room_for_their_number(qapp, numbers, width, height):
    chart = BarChartView([(str(place), number) for place, number in enumerate(numbers)])
    chart.resize(width, height)
    places = chart.places()
    line = chart.fontMetrics().height()
    for (number, bar), after in zip(
        zip(numbers, places, strict=True), [*places[1:], None], strict=True
    ):
        assert (bar.height() > 0) == (number > 0)
        assert bar.top() >= line * 0.9, "the number stands above it"
        assert bar.right() <= width
        assert after is None or bar.right() < after.left()
    tall = [bar.height() for bar in places]
    for one in range(len(numbers)):
        for other in range(len(numbers)):
            if numbers[one] >= numbers[other]:
                assert tall[one] >= tall[other]
