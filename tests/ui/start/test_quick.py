"""What the first window must not load, as it would be seen in every start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[3]
_LOOK = """
import enum, sys
made, real = set(), enum.EnumType.__new__
def note(meta, name, bases, body, **more):
    made.add(name)
    return real(meta, name, bases, body, **more)
enum.EnumType.__new__ = staticmethod(note)
from tests.benchmarks import first_paint
def look():
    print(sorted(made & {"Key", "AlignmentFlag"}))
    sys.stdout.flush()
    first_paint.answer()
first_paint.program(lambda window: first_paint.Paint(window, look), ["--workspace", sys.argv[1]])
"""


def test_the_thousand_names_of_qt_are_loaded_after_the_first_picture(tmp_path):
    for name in ("dpdesk.keys.json", "dpdesk.db"):
        (tmp_path / name).touch()
    homes = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "DPDESK_HOME")
    away = {name: str(tmp_path / name) for name in homes}
    told = subprocess.run(
        [sys.executable, "-c", _LOOK, str(tmp_path)],
        cwd=TOP,
        env={**os.environ, **away, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.splitlines()[0] == "[]"
