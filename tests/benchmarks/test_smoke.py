"""Every row of the benchmarks still runs; how fast is never tested."""

from __future__ import annotations

import gc
import math

import pytest

from tests.benchmarks import table
from tests.benchmarks.__main__ import ROWS, measure
from tests.benchmarks.measuring import Point, Promise, Row, alternate, typical


@pytest.fixture(autouse=True, scope="module")
def _alone() -> None:
    """Each round looks for rubbish first: only among what the benchmarks themselves leave."""
    gc.collect()
    gc.freeze()


@pytest.mark.parametrize("name", ROWS)
def test_the_row_runs_and_prints(name, qapp):
    said: list[str] = []
    rows = measure([name], quick=True, say=said.append)
    assert len(rows) == len(said) > 0
    for row in rows:
        assert row.points or row.skipped
        assert all(point.subject > 0 and point.baseline > 0 for point in row.points)


def a_row(*figures: tuple[float, float, float], most=2.0, of="ratio", **more) -> Row:
    points = tuple(Point(f"{figure[0]:g} pages", *figure) for figure in figures)
    return Row("reading", "pages read", "nothing", Promise(most, of), points, **more)


def test_the_full_size_is_judged_and_growth_is_told():
    row = a_row((10, 1.0, 1.0), (100, 30.0, 10.0), cause="It reads twice.")
    assert not row.kept
    assert row.growth == pytest.approx(math.log10(30))
    said = table.lines(row)
    assert "MISSED" in said
    assert "Missed: It reads twice." in said


def test_a_row_that_keeps_its_promise_says_so():
    assert "kept" in table.lines(a_row((10, 1.9, 1.0)))
    assert a_row((10, 1.9, 1.0), most=1.0, of="more").kept
    assert not a_row((10, 401.0, 401.0), most=400, of="itself").kept


def test_what_cannot_be_measured_says_why():
    said = table.lines(a_row(skipped="img2pdf cannot be found on this computer."))
    assert "skipped" in said
    assert "img2pdf cannot be found" in said


def test_the_slower_half_of_the_rounds_does_not_count():
    assert typical([1.0, 9.0, 1.2, 50.0, 1.1]) == 1.1


def test_work_and_baseline_take_turns():
    order: list[str] = []

    def told(name: str) -> float:
        order.append(name)
        return 1.0

    alternate(lambda: told("ours"), lambda: told("theirs"), 2)
    assert order == ["theirs", "ours", "theirs", "ours", "ours", "theirs"]
