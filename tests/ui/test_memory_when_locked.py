"""A locked window leaves neither its key nor its passphrase in memory.

These tests look through a whole process. One in which hundreds of tests have run holds much that
the program never does, so each of them runs in a process of its own, as the program would.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.builders import QUICK, a_request

ALONE = "DPDESK_TEST_ALONE"
"""Set in the process that was started for one of these tests."""
TURN = bytes(255 - each for each in range(256))


def alone(test):
    """Runs a test of a window in a process that does nothing else."""

    def run(request):
        if ALONE in os.environ:
            test(request.getfixturevalue("home"))
            return
        if not os.access("/proc/self/mem", os.R_OK):
            pytest.skip("only Linux shows its memory to a process itself")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        done = subprocess.run(
            [*command, f"{__file__}::{test.__name__}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=request.config.rootpath,
            env={**os.environ, ALONE: "1"},
        )
        assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout[-2000:]

    return run


@alone
def test_the_key_to_everything_is_nowhere_in_memory_when_it_locks(home):
    _with_a_request(home)
    turned = [bytes(255 - each for each in home.opened.desk.workspace.keys.master)]

    assert in_memory(turned) > 0, "it would not be found at all"

    home.window.lock()
    _shut(home)

    assert in_memory(turned) == 0


@alone
def test_the_passphrase_is_in_memory_in_no_form_when_it_locks_again(home):
    # Letters that are nowhere else, and never in one piece here but turned.
    letters = [secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(24)]
    turned = [
        bytes(255 - byte for letter in letters for byte in letter.encode(form))
        for form in ("utf-8", "utf-16-le")
    ]
    home.opened.desk.workspace.set_passphrase("".join(letters), QUICK)
    home.window.lock()
    _shut(home)
    home.until(home.window.locked.passphrase.line.hasFocus)
    for letter in letters:
        home.type(letter)
    assert in_memory(turned) > 0, "it would not be found at all"
    home.press(Qt.Key.Key_Return)
    home.until(lambda: not home.window.is_locked)

    home.window.lock()
    _shut(home)

    assert [in_memory([each]) for each in turned] == [0, 0]


def _with_a_request(hall):
    """A saved request, its page open."""
    entry = a_request(hall.opened.desk)
    hall.opened.pages.open_entry("requests", entry.id)


def _shut(hall):
    """Waits until the locked window has closed the workspace."""
    assert hall.window.is_locked
    hall.until(lambda: hall.window.opened is None)


def in_memory(turned):
    """How often these stand in this process; they are given turned, so as not to find oneself."""
    found = 0
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
            place, rights, *_ = line.split()
            start, end = (int(each, 16) for each in place.split("-"))
            if not rights.startswith("rw") or "[v" in line:
                continue
            memory.seek(start)
            try:
                stretch = memory.read(end - start)
            except OSError:
                continue
            found += sum(stretch.translate(TURN).count(each) for each in turned)
    return found
