"""The line that says how far a long command has come."""

from __future__ import annotations

import io
import sys

from dpdesk.cli import watching


class Terminal(io.StringIO):
    """A screen that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_whoever_watches_is_told_and_the_line_is_cleared(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(watching, "_OFTEN", 0.0)

    with watching.watching() as line:
        line.step("building the bundle", 1, 20)
        line.step("checking", 2, 20)

    told = screen.getvalue().split("\r")
    assert [words.strip() for words in told[1:3]] == [
        "Building the bundle, 1 of 20",
        "Checking, 2 of 20",
    ]
    # The shorter words cover the longer ones, and nothing stays.
    assert len(told[2]) == len(told[1])
    assert told[-1] == ""


def test_nothing_is_said_where_nobody_watches(monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(watching, "_OFTEN", 0.0)

    with watching.watching() as line:
        line.step("checking", 2, 20)

    assert pipe.getvalue() == ""


def test_a_windowed_program_has_nowhere_to_say_it(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)

    with watching.watching() as line:
        line.step("checking", 2, 20)
