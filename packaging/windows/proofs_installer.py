"""What must hold of the installer, tried with a program of a few bytes in place of dpdesk.

So each trial takes seconds, and a file can be held, or the installer be started twice.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from windows import packing, wined
from windows.folder import Built, write_list
from windows.proofs import Trial, expect

_SOURCE = """#include <windows.h>
int main(void) { Sleep(%d); return 0; }
"""
_PLACE = "C:\\tried-small"
"""Without a space: the installer wants its folder without quotes, and wine would add them."""
_PATIENCE = 120


def _small(trial: Trial, version: str, takes: int = 0) -> Built:
    """A version whose self-test does nothing, for so many milliseconds."""
    top = trial.work / f"small-{version}-{takes}"
    built = Built(top, f"app-{version}-small{takes}", version)
    app = top / built.name
    if not app.is_dir():
        (app / "lib").mkdir(parents=True)
        source = top / "nothing.c"
        source.write_text(_SOURCE % takes, encoding="ascii")
        for name in ("dpdesk", "dpdesk-command"):
            wined.build(source, app / f"{name}.exe")
        (app / "lib" / "words.txt").write_text(version, encoding="ascii")
        (app / "a.txt").write_text(version, encoding="ascii")
        write_list(app)
    return built


def _command(trial: Trial, built: Built, place: str = _PLACE) -> tuple[str, ...]:
    """Installs in silence into a folder and nowhere else."""
    setup = trial.work / f"{built.name}-setup.exe"
    if not setup.exists():
        packing.installer(built, setup, quick=True)
    return (str(setup), "/S", "/PORTABLE", f"/D={place}")


def _install(trial: Trial, built: Built, place: str = _PLACE) -> int:
    return trial.windows.run(*_command(trial, built, place), cwd=trial.work).code


def _fresh(trial: Trial) -> Path:
    """The folder of these trials, where nothing is installed yet."""
    place = trial.windows.path(_PLACE)
    shutil.rmtree(place, ignore_errors=True)
    return place


def _lacking(place: Path, built: Built) -> list[str]:
    """What the version that starts should have and has not, by name."""
    told = place / "current.txt"
    now = told.read_text(encoding="ascii").strip() if told.is_file() else "nothing"
    found = [] if now == built.name else [f"current.txt names {now}"]
    app = built.folder / built.name
    names = [each.relative_to(app) for each in app.rglob("*") if each.is_file()]
    found += [name.as_posix() for name in names if not (place / built.name / name).is_file()]
    starters = ("dpdesk.exe", "dpdesk-command.exe")
    return found + [f"{name} at the top" for name in starters if not (place / name).is_file()]


def _held(trial: Trial, file: str) -> subprocess.Popen[bytes]:
    """Another program has a file open until it is ended."""
    hold = trial.windows.path("C:/hold.exe")
    wined.build(wined.STAND_INS / "hold.c", hold, "-municode")
    process = trial.windows.start("C:\\hold.exe", file, "600000")
    assert process.stdout is not None
    expect(process.stdout.readline().strip() == b"held", f"{file} could not be held")
    return process


def loses_nothing_over_itself(trial: Trial) -> str:
    """The same version is installed again while a virus scanner holds one of its files."""
    place, built = _fresh(trial), _small(trial, "1.0.0")
    expect(_install(trial, built) == 0, "the first installation failed")
    holder = _held(trial, f"{_PLACE}\\{built.name}\\lib\\words.txt")
    try:
        code = _install(trial, built)
    finally:
        holder.kill()
    expect(code == 2, f"the installer ended with {code} while a file was held")
    expect(not (lacks := _lacking(place, built)), f"lost: {lacks}")
    return "refused while a file is held, and the program is whole"


def waits_for_no_second_one(trial: Trial) -> str:
    """The installer is opened twice, as by a double click too many."""
    place, built = _fresh(trial), _small(trial, "1.0.0", 15_000)
    first = trial.windows.start(*_command(trial, built), cwd=trial.work)
    try:
        until = time.monotonic() + _PATIENCE
        while not (place / built.name / "a.txt").is_file() and time.monotonic() < until:
            time.sleep(0.2)
        second = _install(trial, built)
        first.communicate(timeout=_PATIENCE)
    finally:
        first.kill()
    expect(second == 2, f"the second installer ended with {second}")
    expect(first.returncode == 0, f"the first installer ended with {first.returncode}")
    expect(not (lacks := _lacking(place, built)), f"lost: {lacks}")
    return "the second refused, the first installed all"


def goes_back_to_no_older_version(trial: Trial) -> str:
    """An older version could not read what a newer one has written."""
    place, newer, older = _fresh(trial), _small(trial, "1.10.0"), _small(trial, "1.9.0")
    expect(_install(trial, newer) == 0, "the first installation failed")
    code = _install(trial, older)
    expect(code == 2, f"the installer of the older version ended with {code}")
    expect(not (lacks := _lacking(place, newer)), f"lost: {lacks}")
    expect(not (place / older.name).exists(), "the older version is there")
    expect(_install(trial, _small(trial, "1.11.0")) == 0, "a newer one was refused")
    return "1.9.0 refused over 1.10.0"


def installs_at_the_top_of_a_stick(trial: Trial) -> str:
    """Somebody moved the portable program to the top of the stick; an update goes there too."""
    stick = trial.work / "top of a stick"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    trial.windows.letter("G", stick)
    built = _small(trial, "1.0.0")
    code = _install(trial, built, "G:\\")
    expect(code == 0, f"the installer ended with {code}")
    expect(not (lacks := _lacking(stick, built)), f"lacking: {lacks}")
    return "G:\\"
