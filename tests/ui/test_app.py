"""How the program starts: what the command line means, and what is not loaded before it must be."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

import main as program  # noqa: E402  # the top of the checkout is no package
from ui import app  # noqa: E402  # as above

HEAVY = ("sqlalchemy", "sqlcipher3", "reportlab", "pikepdf", "pypdfium2", "openpyxl", "qtawesome",
         "cryptography", "alembic", "PIL", "dpdesk.desk", "dpdesk.registers",
         "ui.kit.register.form", "ui.main_window.opened")  # fmt: skip
START = f"""
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui import app
app._LATER = ()
def look():
    from PySide6.QtWidgets import QApplication
    window = next(each for each in QApplication.topLevelWidgets() if hasattr(each, "start"))
    page = window.start.currentWidget()
    print(json.dumps([type(page).__name__, window.isVisible(),
                      [name for name in {HEAVY!r} if name in sys.modules]]))
    window.close()
QTimer.singleShot(600, look)
sys.exit(app.run(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("arguments", "meaning"),
    [
        ([], None),
        (["check"], False),
        (["--json", "check"], False),
        (["--workspace", "there", "check"], False),
        (["--workspace=there", "check"], False),
        (["--workspace"], False),
        (["--help"], False),
    ],
)
def test_arguments_mean_a_command_or_the_window(arguments, meaning):
    assert program.window_options(arguments) is meaning


@pytest.mark.parametrize("arguments", [["--workspace", "there"], ["--workspace=there"]])
def test_a_workspace_alone_opens_the_window_on_it(arguments):
    assert program.window_options(arguments) == Path("there").absolute()


@pytest.mark.parametrize("fault", [ImportError("no window"), ValueError("Robin Example")])
def test_a_window_that_cannot_open_is_told_and_quotes_nobody(monkeypatch, capsys, fault):
    def fails(_folder):
        raise fault

    monkeypatch.setattr(app, "run", fails)
    assert program.main([]) == 1
    gc.enable()
    told = capsys.readouterr().err
    assert told.startswith("dpdesk: The window cannot open")
    assert "Robin" not in told


def test_before_unlocking_nothing_heavy_is_loaded(folder):
    script = START.replace(
        "from ui import app\n",
        "from PySide6.QtWidgets import QApplication\nfrom ui import app\napp.make_application()\n",
        1,
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    page, visible, loaded = json.loads(done.stdout)
    assert (page, visible) == ("UnlockPage", True)
    assert loaded == []


def test_main_is_short():
    assert len((TOP / "main.py").read_text(encoding="utf-8").splitlines()) < 60
