"""The tests of the project, run under wine by CPython for Windows with the shipped libraries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Final

from machine import TOP, Unready

from windows import folder, gathering, wined

DEV_LOCK: Final = TOP / "packaging" / "requirements-dev.txt"
_ONLY_HERE: Final = re.compile(
    "(ruff|mypy|ast_serialize|grimp|import_linter|librt|types_|coverage|pytest_cov|pytest_xdist|execnet|rich)"
)
"""Tools for style, types and figures: the tests themselves do not load them."""
_SOURCES: Final = (*folder.OWN, "tests", "pyproject.toml", "packaging", "README.md", "CHANGELOG.md")
_OF_QT: Final = ("QtTest.pyd", "Qt6Test.dll")
"""What the tests need of Qt beside what is shipped."""
_NOT_UNDER_WINE: Final = {
    "tests/walls/test_workers.py::test_a_memory_bomb_is_stopped_and_named[5000000000]": (
        "wine 8 heeds no limit of the memory of a job"
    ),
}
"""Tests of what wine does not have, each with what that is; Windows has it."""
_PATIENCE: Final = 1200
"""Seconds for one test: wine starts a process in as many seconds as Windows in tenths."""
PLACE: Final = "C:/tried"
_LACKING: Final = "what_wine_lacks"
_WITHOUT: Final = """import _winapi

del _winapi.CopyFile2  # Windows 8 brought it; Python copies files without it where it is not there
"""
"""Loaded by pytest before all else: a function that is not there would end Python, not a test."""
WITHOUT_QT: Final = (
    *("law", "cells", "store", "registers", "documents", "walls", "updates", "cli"),
    *("people", "consents", "requests", "disclosure", "inspection"),
)
WITH_QT: Final = ("ui/kit",)
"""Rooms that touch the system: disk, processes, fonts, dates. The others stand on them."""


def made(windows: wined.Windows, built: folder.Built, cache: Path) -> Path:
    """A folder on drive C with the sources, the shipped libraries and pytest; the way to Python."""
    place = windows.path(PLACE)
    shutil.rmtree(place, ignore_errors=True)
    app = built.folder / built.name
    shutil.copytree(gathering.cpython(cache), place)
    for name in ("lib", "share"):
        shutil.copytree(app / name, place / name, copy_function=_linked)
    _linked(app / "lib.zip", place / "lib.zip")
    (place / "_wmi.pyd").unlink()
    for wheel in gathering.wheels(cache, lock=DEV_LOCK):
        if not _ONLY_HERE.match(wheel.name):
            gathering.unpack_wheel(wheel, place, "tools")
    _add_qt_test(place, cache)
    (place / "tools" / f"{_LACKING}.py").write_text(_WITHOUT, encoding="ascii")
    for name in _project():
        target = place / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / name, target)
    (way,) = place.glob("python3*._pth")
    paths = [f"{way.stem}.zip", ".", "lib.zip", "lib", "tools", "project", r"project\packaging"]
    way.write_text("\n".join(paths) + "\n", encoding="ascii")
    return place / "python.exe"


def _linked(source: Path | str, target: Path | str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copyfile(source, target)
    return str(target)


def _add_qt_test(place: Path, cache: Path) -> None:
    (wheel,) = (each for each in gathering.wheels(cache) if each.name.startswith("pyside6"))
    with zipfile.ZipFile(wheel) as packed:
        for name in _OF_QT:
            (place / "lib" / "PySide6" / name).write_bytes(packed.read(f"PySide6/{name}"))


def _project() -> list[str]:
    command = ["git", "-C", str(TOP), "ls-files", "-z", "--", *_SOURCES]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise Unready("The tests are taken from a checkout, and this is none.")
    return sorted(filter(None, done.stdout.decode().split("\0")))


def run(windows: wined.Windows, *words: str, seconds: float) -> wined.Said:
    """Runs pytest with the given words in the folder of the project."""
    python = f"{PLACE}/python.exe"
    return windows.run(
        *(python, "-m", "pytest", "-q", "-p", _LACKING, "-p", "no:cacheprovider", "--no-header"),
        f"--timeout={_PATIENCE}",
        *words,
        *(f"--deselect={name}" for name in _NOT_UNDER_WINE),
        cwd=windows.path(f"{PLACE}/project"),
        seconds=seconds,
        PYTHONUTF8="1",
        QT_QPA_PLATFORM="offscreen",
    )


def outcome(text: str) -> dict[str, int]:
    """How many tests passed, failed, and so on, out of the last line that pytest writes."""
    lines = [line for line in text.splitlines() if re.search(r"\d+ (passed|failed|error)", line)]
    counted = (
        re.findall(r"(\d+) (passed|failed|errors?|skipped|deselected)", lines[-1]) if lines else []
    )
    return {kind.rstrip("s") if kind.startswith("error") else kind: int(n) for n, kind in counted}


def failures(text: str) -> list[str]:
    """The tests that failed, each with the line that says why."""
    return [line for line in text.splitlines() if re.match("(FAILED|ERROR) tests", line)]
