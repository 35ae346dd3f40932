"""A fault in a method that Qt calls is told, under every Python that the README allows."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from shiboken6 import Shiboken

from ui import app  # noqa: F401 -- loads what the first window needs

_FAULTY = """
import sys

sys.excepthook = lambda kind, *_rest: print("told", kind.__name__, flush=True)
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
import ui.kit

__name__ = "ui.invented"


class Watching(QObject):
    def eventFilter(self, watched, event):
        return 1 / 0


class Page(QWidget):
    def showEvent(self, event):
        "a".join(1)


class Deep(QWidget):
    def changeEvent(self, event):
        deeper()


def deeper():
    return int("x", base=99)


application = QApplication([])
watching, watched, page, deep = Watching(), QWidget(), Page(), Deep()
watched.installEventFilter(watching)
for deed in (watched.show, page.show, lambda: deep.setWindowTitle("Deep")):
    try:
        deed()
    except Exception as error:
        print("told", type(error).__name__)
print("goes on")
"""


def test_a_fault_of_pythons_own_code_under_qt_is_told_and_the_program_goes_on():
    ran = subprocess.run(
        [sys.executable, "-c", _FAULTY],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    for told in ("ZeroDivisionError", "TypeError", "ValueError", "goes on"):
        assert told in ran.stdout


def _all(kind: Any) -> list[type]:
    return [kind, *(below for each in kind.__subclasses__() for below in _all(each))]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="faults are whole from the start there")
def test_no_class_of_the_window_was_made_before_this_was_seen_to():
    known: list[type] = _all(Shiboken.Object)
    ours = [each for each in known if each.__module__.startswith("ui.")]
    assert len(ours) > 50
    for each in ours:
        qt = [base for base in each.__mro__ if base.__module__.startswith("PySide6.")]
        for name, method in vars(each).items():
            if callable(method) and any(name in vars(base) for base in qt):
                assert hasattr(method, "__wrapped__"), f"{each.__module__}.{each.__name__}.{name}"
