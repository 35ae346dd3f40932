#!/usr/bin/env python3
"""Sets dpdesk up for work, and starts, tests, measures and pictures it.

Needs nothing but Python: it makes ``.venv`` at the top of the checkout and installs there
exactly the versions of ``requirements*.txt``. What was installed is remembered, so that every
later start costs a fraction of a second. Runs on Windows, macOS and Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

# Python may have been told to look for nothing beside a script.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import machine
import qt_libraries
from machine import TOP, Python, Unready, answered, environment, say, tail

VENV = TOP / ".venv"
STAMP = "dpdesk-stamp.json"
RUNTIME = TOP / "packaging" / "requirements.txt"
DEV = TOP / "packaging" / "requirements-dev.txt"
# One file of tests stays with one worker, so that what its tests share is made once. A worker that
# crashes ends the run: it is a fault, and going on without its tests would not end. Three of them
# keep two cores busy: each waits now and then, for a page to settle or for a program to start. The
# order is that of tests/conftest.py, which begins with what takes long.
SPREAD = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "0"]
# What is the same under each Python: the plan of the house, the tools, and that the benches run.
SAME = ["--ignore=tests/architecture", "--ignore=tests/packaging", "--ignore=tests/benchmarks"]
# What differs most between Pythons: all that a slow machine tries under the others.
SLOW = 20 * 60  # seconds of the first run from which on a machine counts as slow
DIFFERS = [
    f"tests/{name}" for name in ("store", "walls", "documents", "cells", "law", "registers", "cli")
]
FAILED = 1  # what pytest answers where some tests failed, and nothing worse

# ------------------------------------------------------------------------------------- set-up


def venv_of(other: Python | None) -> Path:
    """The environment that is worked in, or the one in which another Python is tried."""
    return TOP / f".venv-{other.name}" if other else VENV


def venv_python(venv: Path, platform: str = sys.platform) -> Path:
    """Where an environment keeps its Python."""
    if platform == "win32":
        return venv / "Scripts" / "python.exe"
    return venv / "bin" / "python"


def fingerprint(locks: list[Path], version: tuple[int, ...], platform: str) -> str:
    """What an installation depends on, in one short text: Python, system and locked versions."""
    digest = hashlib.sha256(f"{version[0]}.{version[1]} {platform}".encode())
    for lock in locks:
        # Line ends may differ between checkouts of the same file.
        digest.update(lock.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:32]


def read_stamp(stamp: Path) -> dict[str, str]:
    """What was installed last, or nothing where that is not known for sure."""
    try:
        found = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): str(value) for key, value in found.items()}


def write_stamp(stamp: Path, content: dict[str, str]) -> None:
    """Remember what is installed; a power cut leaves the old stamp or the new one."""
    fresh = stamp.with_suffix(".new")
    fresh.write_text(json.dumps(content), encoding="utf-8")
    fresh.replace(stamp)


def ensure(*, dev: bool, other: Python | None = None) -> Path:
    """The Python of a complete environment, which is made or brought up to date if need be.

    With ``dev`` the tools for testing are there too. ``other`` is a Python to be tried, and gets
    an environment of its own. Raises Unready with what to do about it.
    """
    maker, venv = other or machine.present(), venv_of(other)
    machine.check_python(maker)
    python, stamp = venv_python(venv), venv / STAMP
    wanted = {"runtime": fingerprint([RUNTIME], maker.version, sys.platform)}
    if dev:
        wanted["dev"] = fingerprint([RUNTIME, DEV], maker.version, sys.platform)
    known = read_stamp(stamp)
    if python.exists() and all(known.get(name) == value for name, value in wanted.items()):
        return python

    if not usable(python, maker.version):
        make_venv(venv, maker)
    if stamp.exists():
        stamp.unlink()  # an interrupted installation must not look complete
    install(python, [RUNTIME, DEV] if dev else [RUNTIME])
    qt_libraries.check_libraries(venv, python)
    write_stamp(stamp, wanted)
    return python


def usable(python: Path, version: tuple[int, ...]) -> bool:
    """Does this environment's Python start, as the same version, with pip?"""
    if not python.exists():
        return False
    script = "import sys, pip; print(*sys.version_info[:2])"
    answer = subprocess.run(
        [python, "-c", script], capture_output=True, text=True, check=False, env=environment()
    )
    return answer.stdout.split() == [str(number) for number in version[:2]]


def make_venv(venv: Path, maker: Python) -> None:
    """Make an empty environment in place of whatever is there."""
    machine.check_parts(maker)
    if Path(sys.prefix).resolve() == venv.resolve():
        raise Unready(
            f"The environment {venv.name} must be made anew and this command runs inside it.\n"
            "Type: deactivate   and start the command again."
        )
    say(f"Making the environment {venv.name} …")
    made = subprocess.run(
        [maker.path, "-m", "venv", "--clear", venv],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=environment(),
    )
    if made.returncode:
        raise Unready(
            f"The environment {venv.name} could not be made:\n{tail(made.stdout + made.stderr)}"
        )


def install(python: Path, locks: list[Path]) -> None:
    """Install the locked versions; what is there already is not fetched again.

    Only what is ready to use: building anything here would take tools that nobody locked. The locks
    name everything, so pip looks for nothing besides; left to look, it reached for a coverage that
    was published after the lock was written, and refused it. Whether the locks are whole is asked
    afterwards.
    """
    say("Installing the locked versions; the first time this takes a few minutes …")
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes"]
    command += [
        "--no-deps",
        "--only-binary=:all:",
        "--disable-pip-version-check",
        "--no-warn-script-location",
    ]
    for lock in locks:
        command += ["-r", str(lock)]
    code, said = answered(command)
    if code:
        raise Unready(
            "The locked versions could not be installed. The end of what pip said:\n"
            f"{tail(said)}\n"
            "If the network failed, start the command again: what was fetched is not lost.\n"
            "If there was no matching distribution, CONTRIBUTING.md says which systems have one."
        )
    code, said = answered([str(python), "-m", "pip", "check", "--disable-pip-version-check"])
    if code:
        raise Unready(
            "The locked versions do not fit together; write the locks anew as CONTRIBUTING.md "
            f"says:\n{tail(said)}"
        )


# ------------------------------------------------------------------------------------ commands


def call(python: Path, *arguments: str, **variables: str) -> int:
    """Run the environment's Python at the top of the checkout and hand on its exit code."""
    sys.stdout.flush()
    command = [str(python), *arguments]
    return subprocess.call(command, cwd=TOP, env={**environment(), **variables})


def lint_steps(*, fix: bool) -> list[list[str]]:
    """The checks that need no run of the program, quickest first."""
    sources = [name for name in ("dpdesk", "ui", "tests", "main.py") if (TOP / name).exists()]
    return [
        ["-m", "ruff", "check", "--quiet", *(["--fix"] if fix else []), "."],
        ["-m", "ruff", "format", "--quiet", *([] if fix else ["--check"]), "."],
        ["-m", "mypy", "--no-error-summary", *sources, "packaging/dev.py"],
    ]


def lint(rest: list[str]) -> int:
    """Check style and types; with --fix, mend what can be mended without judgement."""
    python = ensure(dev=True)
    for step in lint_steps(fix="--fix" in rest):
        say(f"{step[1]} {step[2] if step[1] == 'ruff' else ''}".strip())
        code = call(python, *step)
        if code:
            say(f"{step[1]} found the faults above.")
            return code
    return 0


def test(rest: list[str]) -> int:
    """All checks, then all tests; with arguments for pytest, only those tests.

    Under another Python only the tests: style and types are the same under each.
    """
    if rest[:1] == ["windows"]:
        return windows(rest[1:], part="windows.trial")
    parser = argparse.ArgumentParser(prog="packaging/dev.py test", allow_abbrev=False)
    parser.add_argument("--python", metavar="PATH", help="run the tests under this Python")
    parser.add_argument(
        "--pythons",
        action="store_true",
        help="run them under this one, and the oldest and newest allowed that are here",
    )
    parser.add_argument(
        "--coverage", action="store_true", help="say which lines no test runs, and refuse more"
    )
    parser.add_argument("--dice", metavar="N", help="only the property tests, with other dice")
    asked, arguments = parser.parse_known_args(rest)
    if asked.dice:
        thrown = [
            "-m",
            "hypothesis",
            "--hypothesis-profile=dice",
            f"--hypothesis-seed={asked.dice}",
        ]
        arguments = [*thrown, *arguments]
    if asked.coverage:
        arguments = [*(arguments or SPREAD), "--cov", "--cov-report=term:skip-covered"]
    if asked.python:
        return run_tests([machine.chosen(asked.python)], arguments)
    code = 0 if arguments else lint([])
    return code or run_tests([None, *(machine.others() if asked.pythons else [])], arguments)


def run_tests(pythons: list[Python | None], arguments: list[str]) -> int:
    """Run the tests under each of these Pythons, None being the present; the first fault ends it.

    What is said stands before each run, so that the last line of all is that of pytest. In a run of
    everything, what failed is run once more by itself before it counts: two workers on a busy
    machine make time limits run out, and a fault comes back.
    """
    names = [str(other or machine.present()) for other in pythons]
    if len(names) > 1:
        say(f"The tests run under Python {', '.join(names)}.")
    spread = [] if arguments else SPREAD
    taken = 0.0
    for place, (other, name) in enumerate(zip(pythons, names, strict=True)):
        python = ensure(dev=True, other=other)
        say(f"pytest under Python {name}")
        known = SAME if place and not arguments else []
        if known and taken > SLOW:
            say("This machine is slow: only what differs most between Pythons is tried.")
            known = DIFFERS
        begun = time.monotonic()
        code = call(python, "-m", "pytest", *spread, *known, *arguments)
        if code == FAILED and not arguments:
            say("What failed is run once more, by itself.")
            again = ["--last-failed", "--last-failed-no-failures", "none"]
            code = call(python, "-m", "pytest", *again)
        taken = max(taken, time.monotonic() - begun)
        if code:
            return code
    return 0


def run(rest: list[str]) -> int:
    """Start the program."""
    python = ensure(dev=False)
    if not (rest or os.environ.get("WAYLAND_DISPLAY")) and os.environ.get("DISPLAY"):
        stamp = read_stamp(VENV / STAMP)
        if "screen" not in stamp:  # looked at once: the look costs half a second
            qt_libraries.check_libraries(VENV, python, on_screen=True)
            write_stamp(VENV / STAMP, {**stamp, "screen": "ready"})
    return call(python, "main.py", *rest)


def setup(rest: list[str]) -> int:
    """Install everything, for use and for development."""
    ensure(dev=True)
    say("dpdesk is ready. Start it with: python3 packaging/dev.py run")
    return 0


def bench(rest: list[str]) -> int:
    """Measure the promises of speed, all or those named."""
    return call(ensure(dev=True), "-m", "tests.benchmarks", *rest, QT_QPA_PLATFORM="offscreen")


def kills(rest: list[str]) -> int:
    """Kill the program at random moments, a thousand times or as often as is said."""
    return call(ensure(dev=True), "-m", "tests.kills", *rest, QT_QPA_PLATFORM="offscreen")


def screens(rest: list[str]) -> int:
    """Picture every page of the program."""
    script = str(Path("packaging", "screens.py"))
    return call(ensure(dev=True), script, *rest, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(TOP))


def windows(rest: list[str], part: str = "windows") -> int:
    """Make the program for Windows, on Linux; or try it under wine."""
    paths = os.pathsep.join([str(TOP / "packaging"), str(TOP)])
    return call(ensure(dev=True), "-m", part, *rest, PYTHONPATH=paths)


def deb(rest: list[str]) -> int:
    """Make a package for Debian and Ubuntu."""
    return windows(rest, part="linux")


def sign(rest: list[str]) -> int:
    """Sign an installer as an update, or make the keys for it."""
    script = str(Path("packaging", "sign.py"))
    return call(ensure(dev=True), script, *rest, PYTHONPATH=str(TOP))


def release(rest: list[str]) -> int:
    """Give a version and a day to what is unreleased."""
    return call(ensure(dev=True), str(Path("packaging", "release.py")), *rest)


def mark(rest: list[str]) -> int:
    """Draw the mark of the program in every size."""
    return call(ensure(dev=True), str(Path("packaging", "mark.py")), *rest)


def migration(rest: list[str]) -> int:
    """Write the next migration from what the records and the last one differ in."""
    script = str(Path("packaging", "migration.py"))
    return call(ensure(dev=True), script, *rest, PYTHONPATH=str(TOP))


COMMANDS = {
    "setup": (setup, "install everything into .venv"),
    "run": (run, "start dpdesk; what follows goes to main.py"),
    "test": (test, "all checks and tests; or only pytest with the arguments that follow"),
    "bench": (bench, "measure the promises of speed; names pick rows"),
    "kills": (kills, "kill the program 1000 times, or N, and see that nothing is lost"),
    "migration": (migration, "write the next migration; a name says what changes"),
    "windows": (windows, "make the program for Windows, on Linux; --to DIR says where"),
    "deb": (deb, "make a package for Debian and Ubuntu; --to DIR says where"),
    "sign": (sign, "sign an installer as an update; --new-key FILE makes the keys"),
    "release": (release, "name the version of what is new, and its day, in all files that say it"),
    "mark": (mark, "draw the mark of the program in every size"),
    "screens": (screens, "picture every page; --to DIR says where"),
    "lint": (lint, "style and types only; --fix mends what it can"),
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 not possible here, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py",
        description="Sets dpdesk up for work, and starts, tests, measures and pictures it.",
        epilog="\n".join(f"  {name:9} {text}" for name, (_, text) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    chosen = parser.parse_args(arguments[:1])
    try:
        return COMMANDS[chosen.command][0](arguments[1:])
    except Unready as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
