"""The figures of reports side by side: from files without names, of schools and of periods."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.errors import DpdeskError, UnreadableFile
from dpdesk.overview import figures_file
from dpdesk.overview.figures_file import ReportedFigure, ReportFigures
from dpdesk.papers.leaflet import leaflet_docx, leaflet_html, leaflet_pdf
from tests.builders import a_request
from tests.papers.reading import text_of

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 12, 18)


def a_report(school="Elmfield School", first=FIRST, last=LAST, **values):
    figures = values or {"requests received": 4}
    return ReportFigures(
        school,
        first,
        last,
        LAST,
        tuple(ReportedFigure("requests", key, value) for key, value in figures.items()),
    )


def test_a_report_comes_out_of_its_file_as_it_went_in_and_names_nobody(desk):
    desk.people.people.save({"kind": "pupil", "surname": "Quillfeather", "forename": "Ada"})
    a_request(desk, subject="Ada Quillfeather")
    today = desk.governance.today()
    made = figures_file.of_period(
        desk.governance, "Elmfield School", today - dt.timedelta(90), today
    )
    content = figures_file.written(made)
    assert b"Quillfeather" not in content
    assert figures_file.understood(content) == made
    received = next(each for each in made.figures if each.text == "requests received")
    assert received.value == 1


def test_a_kept_report_keeps_its_figures_though_the_register_goes_on(desk):
    a_request(desk)
    today = desk.governance.today()
    first = today - dt.timedelta(90)
    kept = desk.governance.keep(first, today, {})
    a_request(desk, subject="Robin Sample")
    then = figures_file.of_kept(desk.governance, "Elmfield School", kept)
    now = figures_file.of_period(desk.governance, "Elmfield School", first, today)
    got = [{each.text: each.said for each in report.figures} for report in (then, now)]
    assert [each["requests received"] for each in got] == ["1", "2"]
    assert [each for each in got[0] if got[0][each].endswith("%")] == [
        each for each in got[1] if got[1][each].endswith("%") and each in got[0]
    ]


def test_schools_stand_beside_each_other_with_a_dash_where_one_does_not_count_it():
    one = a_report(**{"requests received": 4, "requests answered": 3})
    other = a_report("Ashgrove School", **{"requests received": 1204, "breaches": 2})
    ordered = figures_file.in_order([one, other])
    assert [each.school for each in ordered] == ["Ashgrove School", "Elmfield School"]
    rows = {each.text: each.values for each in figures_file.beside(ordered)}
    assert rows == {
        "Requests received": ("1,204", "4"),
        "Requests answered": ("–", "3"),
        "Breaches": ("2", "–"),
    }
    paper = figures_file.side_by_side([one, other], LAST)
    text = " ".join(text_of(leaflet_pdf(paper).content).split())
    for said in ("Ashgrove School", "Elmfield School", "1 Sep 2026 to 18 Dec 2026", "1,204"):
        assert said in text
    assert b"1,204" in leaflet_html(paper)
    assert leaflet_docx(paper)[:2] == b"PK"


def test_periods_of_one_school_stand_in_their_order_and_none_twice():
    spring = a_report(first=dt.date(2027, 1, 5), last=dt.date(2027, 3, 26))
    assert figures_file.in_order([spring, a_report()]) == (a_report(), spring)
    with pytest.raises(DpdeskError, match="Elmfield School is there twice"):
        figures_file.in_order([a_report(), spring, a_report()])
    many = [a_report(f"School {number}") for number in range(figures_file.MOST + 1)]
    with pytest.raises(DpdeskError, match="No more than 6"):
        figures_file.in_order(many)


def changed(**values):
    """The bytes of a file in which something is other than it was written."""
    content = json.loads(figures_file.written(a_report()))
    content.update(values)
    return json.dumps(content).encode()


def a_row(**values):
    return [{"room": "requests", "text": "requests received", "value": 1, "unit": "", **values}]


BAD = [
    b"",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b"[]",
    b"{}",
    b"%PDF-1.7",
    changed(kind="something else"),
    changed(school=""),
    changed(school=7),
    changed(school="x" * 500),
    changed(school="Elm\u202efield"),
    changed(first="soon"),
    changed(first=None),
    changed(first="2027-01-01"),
    changed(figures="many"),
    changed(figures=[1]),
    changed(figures=a_row() * 501),
    changed(figures=a_row(value="4")),
    changed(figures=a_row(value=True)),
    changed(figures=a_row(value=float("nan"))),
    changed(figures=a_row(value=10**400)),
    changed(figures=a_row(text="")),
    changed(figures=a_row(unit=["%"])),
    changed(version=2),
    b" " * 300_000,
]


@pytest.mark.parametrize("content", BAD)
def test_whatever_is_no_such_file_is_refused_in_a_sentence(content, tmp_path):
    path = tmp_path / "figures.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        figures_file.read(path)
    assert refused.value.next_step


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        figures_file.read(tmp_path / "gone.json")


@given(st.binary(max_size=200))
def test_no_bytes_bring_anything_but_a_sentence(content):
    with pytest.raises(UnreadableFile):
        figures_file.understood(content)


def test_the_name_of_a_file_holds_nothing_that_a_disk_refuses():
    name = figures_file.file_name(a_report("St John’s: A/B School?"))
    assert name == "St Johns AB School 2026-09-01 to 2026-12-18"
