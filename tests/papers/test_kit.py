"""Papers hold what was given to them, whole and in order, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from dpdesk.papers import look
from dpdesk.papers.kit import Column, Fact, Paper, Span, Status, Step
from tests.papers.reading import (
    SCHOOL,
    TODAY,
    facts_of,
    ink_boxes,
    links_of,
    outline_of,
    page_texts,
    text_of,
)

TOP = Path(__file__).resolve().parents[2]
NASTY = (
    "<b>O’Brien</b>",
    "<para>&amp;</para>",
    "a & b < c > d",
    "(Tj) ET \\) Q",
    "{reference} %s %(x)s",
    "</font><link href='http://x.example'>x</link>",
    "**bold** {if x} ## y",
)


def paper(**more):
    return Paper("Breach report", printed_on=TODAY, letterhead=SCHOOL, **more)


@pytest.mark.parametrize("name", NASTY)
def test_nothing_in_a_name_is_taken_for_markup(name):
    made = Paper(name, reference=name, printed_on=TODAY, letterhead=SCHOOL, marking="x")
    made.heading(name)
    made.text(name)
    made.facts([Fact(name, name, name)])
    made.table([name], [[name]])
    made.note(name, title=name, source=name)
    made.bullets([name])
    made.steps([Step(name, name)])
    read = text_of(made.bytes())
    assert read.count(" ".join(name.split())) >= 12
    assert links_of(made.bytes()) == []


def test_each_page_says_which_of_how_many_it_is():
    made = paper(reference="BR-2026-004", marking="Confidential")
    for number in range(120):
        made.text(f"Paragraph {number}.")
    pages = page_texts(made.bytes())
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Printed Sunday 22 November 2026" in text
        assert "BR-2026-004" in text
        assert "CONFIDENTIAL" in text
    assert text_of(made.bytes()).count("Willowbrook House School") == 1


def test_a_paper_that_a_larger_file_begins_with_counts_all_its_pages():
    made = Paper("Part", printed_on=TODAY, pages_in_all=212)
    assert "Page 1 of 212" in text_of(made.bytes())


def test_a_page_is_read_in_the_order_in_which_it_is_seen():
    made = paper(marking="Confidential")
    made.heading("First")
    made.text("Second")
    made.table(["Third"], [["Fourth"]])
    read = text_of(made.bytes())
    order = ["CONFIDENTIAL", "Willowbrook", "Breach", "First", "Second", "Third", "Fourth", "Page"]
    places = [read.index(word) for word in order]
    assert places == sorted(places)


def test_the_same_paper_is_the_same_file_in_another_run_of_the_program():
    program = (
        "import hashlib, sys; from datetime import date; from dpdesk.papers.kit import Paper;"
        "p = Paper('Zoë', printed_on=date(2026, 11, 22)); p.table(['a', 'b'], [['ễ', 'अ']] * 9);"
        "p.heading('H'); p.note('n', source='s');"
        "print(hashlib.sha256(p.bytes()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=TOP,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1


def test_the_file_names_its_title_and_language_and_nobody():
    told = facts_of(paper().bytes())
    assert told["info"]["/Title"] == "Breach report"
    assert told["info"]["/Producer"] == told["info"]["/Creator"] == "dpdesk"
    assert told["info"]["/CreationDate"].startswith("D:20261122")
    assert told["info"]["/Author"] == told["info"]["/Subject"] == told["info"]["/Keywords"] == ""
    assert told["lang"] == "en-GB"
    assert told["show title"]
    assert not told["xmp"]


def test_nothing_is_written_to_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    made = paper()
    made.table(["a"], [["secret"]] * 500)
    made.bytes()
    assert list(tmp_path.rglob("*")) == []


def test_headings_are_bookmarks_on_their_page():
    made = paper()
    made.heading("One")
    made.new_page()
    made.heading("Two")
    made.heading("Two and a bit", 2)
    assert outline_of(made.bytes()) == [
        (0, "Breach report", 0),
        (1, "One", 0),
        (1, "Two", 1),
        (2, "Two and a bit", 1),
    ]


def test_a_heading_is_never_the_last_thing_on_a_page():
    for lines in range(30, 60):
        made = Paper("T", printed_on=TODAY)
        for number in range(lines):
            made.text(f"Line {number}", gap=0)
        made.heading("Alone?")
        made.text("Its text.")
        page = next(text for text in page_texts(made.bytes()) if "Alone?" in text)
        assert "Its text." in page


def test_one_line_of_a_paragraph_is_never_alone_on_a_page():
    words = "word " * 80
    for lines in range(30, 50):
        made = Paper("T", printed_on=TODAY)
        for number in range(lines):
            made.text(f"Line {number}", gap=0)
        made.text(words)
        for text in page_texts(made.bytes()):
            alone = [line for line in text.splitlines() if line.startswith("word")]
            assert len(alone) != 1


def test_the_head_of_a_table_is_repeated_on_every_page():
    made = paper()
    made.table(["Reference", "Person"], [[f"SAR-{n:03}", "Harry Example"] for n in range(150)])
    pages = page_texts(made.bytes())
    assert len(pages) > 3
    assert all(text.count("Reference") == 1 for text in pages)
    assert all(text.index("Reference") < text.index("SAR-") for text in pages)


def test_a_cell_longer_than_a_page_goes_on_over_the_page():
    words = [f"w{n}" for n in range(2500)]
    made = paper()
    made.table(["No.", "Long", "After"], [["1", " ".join(words), "x"], ["2", "short", "y"]])
    pages = page_texts(made.bytes())
    assert len(pages) > 2
    read = [word for word in " ".join(pages).split() if word[0] == "w" and word[1:].isdigit()]
    assert read == words


def test_a_row_that_fits_on_a_page_is_not_parted():
    made = paper()
    made.table(
        ["N", "Text"], [[f"row{n}", f"start{n} " + "x " * 300 + f"end{n}"] for n in range(20)]
    )
    for text in page_texts(made.bytes()):
        starts = {w[5:] for w in text.split() if w.startswith("start")}
        ends = {w[3:] for w in text.split() if w.startswith("end")}
        assert starts == ends


def test_an_empty_table_says_so():
    made = paper()
    made.table(["Reference"], [])
    read = text_of(made.bytes())
    assert "Nothing recorded." in read
    assert "Reference" not in read


def test_what_was_not_answered_says_so():
    made = paper()
    made.facts([("Told whom", ""), ("Seen", "Yes")])
    assert "Told whom Not recorded" in text_of(made.bytes())


@pytest.mark.parametrize("landscape", [False, True])
def test_nothing_sticks_out_of_the_paper(landscape):
    long = "Llanfair" * 40
    made = Paper(
        long,
        reference=long,
        printed_on=TODAY,
        letterhead=SCHOOL,
        marking="Confidential",
        landscape=landscape,
    )
    made.heading(long)
    made.text(long)
    made.facts([Fact(long, long, long), Fact("State", Status(long, "warn"))])
    made.table([long, "b", Column(long, align="right")], [[long, long, long], ["a", "", "c"]] * 3)
    made.steps([Step(long, long, TODAY)])
    made.bullets([long], numbered=True)
    made.note(long, title=long, source=long)
    made.status(long)
    made.signature([long])
    for _, left, bottom, right, _, wide in ink_boxes(made.bytes()):
        assert left >= look.MARGIN - 2
        assert right <= wide - look.MARGIN + 2
        assert bottom > 20


def test_every_word_of_a_status_is_printed_and_not_only_its_sign():
    made = paper()
    for tone in ("ok", "info", "warn", "danger", "off"):
        made.status(f"word-{tone}", tone)
    made.table(["State"], [[Status("Overdue", "danger")]])
    read = text_of(made.bytes())
    assert all(f"word-{tone}" in read for tone in ("ok", "info", "warn", "danger", "off"))
    assert "Overdue" in read


def test_a_link_lies_on_its_words():
    made = Paper("T", printed_on=TODAY)
    made.table(["Where"], [[(Span("Page 5", link="dpdesk:page/5"),)]])
    assert links_of(made.bytes()) == [(0, "dpdesk:page/5")]


def test_lines_to_sign_on_stay_together():
    for lines in range(35, 50):
        made = Paper("T", printed_on=TODAY)
        for number in range(lines):
            made.text(f"Line {number}", gap=0)
        made.signature()
        page = next(text for text in page_texts(made.bytes()) if "Signed" in text)
        assert "Name" in page
        assert "Date" in page


def calls_for(rows):
    """Number of function calls, which unlike seconds is the same on every machine."""
    made = Paper("T", printed_on=TODAY)
    table = [
        [f"SAR-{n}", "Harry Example", "A longer answer that goes over lines " * 3]
        for n in range(rows)
    ]
    calls: Counter[str] = Counter()
    sys.setprofile(lambda _frame, event, _arg: calls.update([event]))
    try:
        made.table(["Reference", "Person", "What"], table)
        made.bytes()
    finally:
        sys.setprofile(None)
    return calls["call"] + calls["c_call"]


def test_work_grows_no_faster_than_the_rows():
    calls_for(10)  # fonts are read once
    small, large = calls_for(200), calls_for(800)
    assert large <= 4.2 * small
