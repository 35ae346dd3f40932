"""``due``: the clock of a request on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]

# The table of vectors: received, further facts, due after one month, due after three.
VECTORS = [
    ("2026-09-03", [], "2026-10-05", "2026-12-03"),
    ("2026-11-22", [], "2026-12-22", "2027-02-22"),
    ("2026-11-25", [], "2026-12-29", "2027-02-25"),
    ("2027-01-30", [], "2027-03-01", "2027-04-30"),
    ("2026-10-31", [], "2026-11-30", "2027-02-01"),
    ("2026-09-01", ["--asked", "7/9/2026", "--answered", "14/9/2026"], "2026-10-09", "2026-12-09"),
    ("2026-11-02", ["--identity", "2026-11-09"], "2026-12-09", "2027-02-09"),
]  # fmt: skip


@pytest.mark.parametrize(("received", "more", "one", "three"), VECTORS)
def test_the_vectors_of_the_law(say, received, more, one, three):
    plain = say("due", "sar", "--received", received, *more, "--json").json
    extended = say("--json", "due", "sar", "--received", received, *more, "--extended", received)

    assert plain["due"] == plain["extension_notice_due"] == one
    assert extended.json["due"] == three
    assert plain["paused_since"] is None


def test_the_answer_has_just_the_facts_and_steps_that_were_promised(say):
    found = say("due", "sar", "--received", "2026-09-03", "--json").json

    assert sorted(found) == ["due", "extension_notice_due", "paused_since", "steps"]
    assert all(sorted(step) == ["date", "source", "text"] for step in found["steps"])
    assert found["steps"][-1]["date"] == "2026-10-05"


def test_days_are_read_as_people_here_write_them(say):
    for words in ("3/9/2026", "3 Sept 2026", "2026-09-03", "3.9.2026"):
        assert say("due", "sar", "--received", words, "--json").json["due"] == "2026-10-05"


def test_an_open_question_pauses_and_pairs_count_in_order(say):
    pairs = ["--asked", "2026-09-07", "--answered", "2026-09-10", "--asked", "2026-09-20"]
    paused = say("due", "sar", "--received", "2026-09-01", *pairs, "--json").json
    closed = say(
        "due", "sar", "--received", "2026-09-01", *pairs, "--answered", "2026-09-21", "--json"
    ).json

    assert (paused["due"], paused["paused_since"]) == (None, "2026-09-20")
    assert paused["extension_notice_due"]
    # Four days and two days: 1 October becomes 7 October.
    assert (closed["due"], closed["paused_since"]) == ("2026-10-07", None)


def test_further_holidays_move_the_day(say):
    words = ["due", "sar", "--received", "2026-09-03", "--json"]

    assert say(*words, "--holiday", "2026-10-05").json["due"] == "2026-10-06"
    two = say(*words, "--holiday", "5/10/2026", "--holiday", "6/10/2026")
    assert two.json["due"] == "2026-10-07"


def test_a_fee_starts_the_clock(say):
    found = say("due", "sar", "--received", "2026-11-02", "--fee", "2026-11-09", "--json")

    assert found.json["due"] == "2026-12-09"


def test_without_json_it_is_said_in_words(say):
    said = say("due", "sar", "--received", "2026-09-03")

    assert said.code == 0
    assert said.out.startswith("Due Monday 5 October 2026\n")
    assert "Saturday" in said.out
    assert "Paused since" in say("due", "sar", "--received", "1/9/2026", "--asked", "2/9/2026").out


@pytest.mark.parametrize(
    "words",
    [
        ["sar", "--received", "2026-09-01", "--asked", "2026-09-07", "--answered", "2026-09-14"],
        ["sar", "--received", "2026-09-01", "--asked", "2026-09-01", "--answered", "2026-09-02"],
        ["breach", "--aware", "2026-11-20 09:00"],
    ],
)
def test_a_step_whose_source_is_not_confirmed_says_so(say, words):
    assert "check with your adviser" in say("due", *words).out
    told = say("due", *words, "--json").json["steps"]
    assert any("check with your adviser" in step["source"] for step in told)


def test_a_step_whose_source_is_confirmed_troubles_no_adviser(say):
    assert "adviser" not in say("due", "sar", "--received", "2026-09-04").out


def test_days_that_contradict_each_other_fail_with_one_line(say):
    said = say("due", "sar", "--received", "2026-09-03", "--asked", "2026-09-01")

    assert said.code == 1
    assert "cannot be asked before" in said.complaint
    assert said.out == ""
    said = say("due", "sar", "--received", "2026-09-03", "--identity", "2026-09-01")
    assert (said.code, "Art 12A(2)(b)" in said.complaint, said.out) == (1, True, "")


@pytest.mark.parametrize(
    "words",
    [
        ["due", "sar"],
        ["due", "sar", "--received", "soon"],
        ["due", "sar", "--received", "31/2/2026"],
        ["due", "sar", "--received", "2026-09-03", "--answered", "2026-09-04"],
        ["due", "sar", "--received", "2026-09-03", "--asked", "2026-09-04"]
        + ["--answered", "2026-09-05"] * 2,
        ["due", "breakfast", "--received", "2026-09-03"],
    ],
)
def test_wrong_usage_is_told_apart_from_failure(say, words):
    said = say(*words)

    assert said.code == 2
    assert said.out == ""
    assert "usage:" in said.err


LOADED = """
import sys
from dpdesk.cli import main
main(["due", "sar", "--received", "2026-09-03"])
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_it_answers_without_loading_the_database():
    found = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=TOP,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    loaded = set(found.stdout.splitlines()[-1].split())
    assert not loaded & {"sqlalchemy", "PySide6", "reportlab", "pypdfium2", "PIL", "openpyxl"}


# Received, further facts, due, and a date that must stand in the steps beside it.
OTHERS = [
    (["rights", "--kind", "erasure"], "2026-09-03", [], "2026-10-05", "2026-10-03"),
    (["rights", "--kind", "access"], "2026-11-25", [], "2026-12-29", "2026-12-25"),
    (["rights"], "2026-11-25", [], "2026-12-29", "2026-12-25"),
    (["complaint"], "2026-11-22", [], "2026-12-21", "2026-12-22"),
    (["educational"], "2026-11-02", ["--term", "2/9/26:16/12/26"], "2026-11-23", "2026-12-02"),
    (["educational"], "2026-11-02", ["--not-promised"], "2026-12-02", "2026-12-02"),
    (["exam"], "2026-06-01", ["--announced", "2026-08-13"], "2026-09-22", "2026-11-01"),
]


@pytest.mark.parametrize(("kind", "received", "more", "due", "beside"), OTHERS)
def test_other_clocks_answer_in_the_same_shape(say, kind, received, more, due, beside):
    found = say("due", *kind, "--received", received, *more, "--json").json

    assert sorted(found) == ["due", "extension_notice_due", "paused_since", "steps"]
    assert found["due"] == due
    assert beside in {step["date"] for step in found["steps"]}


def test_half_terms_and_training_days_are_no_school_days(say):
    words = ["due", "educational", "--received", "2026-11-02", "--term", "2/9/26:16/12/26"]

    assert say(*words, "--inset", "2026-11-06", "--json").json["due"] == "2026-11-24"
    two = say(*words, "--closed", "2026-11-05:2026-11-06", "--json")
    assert two.json["due"] == "2026-11-25"


def test_an_acknowledged_complaint_has_only_the_date_that_the_school_sets_itself(say):
    words = ["due", "complaint", "--received", "2026-11-02", "--acknowledged", "2026-11-05"]

    assert say(*words, "--json").json["due"] is None
    assert say(*words, "--target", "28", "--json").json["due"] == "2026-11-30"
    assert say("due", "complaint", "--received", "2026-11-02").out.startswith("Due Tuesday")
