#!/usr/bin/env python3
"""Sets dpdesk up for work, and starts, tests, measures and pictures it.

Needs nothing but Python 3.11 or newer: it makes ``.venv`` at the top of the checkout and
installs there exactly the versions of ``requirements*.txt``. What was installed is
remembered, so that every later start costs a fraction of a second. Runs on Windows, macOS and
Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
STAMP = VENV / "dpdesk-stamp.json"
RUNTIME = TOP / "packaging" / "requirements.txt"
DEV = TOP / "packaging" / "requirements-dev.txt"
OLDEST = (3, 11)

# Which package brings a library that Qt asks the system for: Debian and Ubuntu, then Fedora.
PACKAGES = {
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libGLX.so.0": ("libglx0", "libglvnd-glx"),
    "libOpenGL.so.0": ("libopengl0", "libglvnd-opengl"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libcups.so.2": ("libcups2", "cups-libs"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
# What every start of Qt loads, and what only a window on an X11 screen loads.
ALWAYS = ("QtWidgets.abi3.so", "Qt/plugins/platforms/libqoffscreen.so")
ON_X11 = ("Qt/plugins/platforms/libqxcb.so",)


class Unready(Exception):
    """Something on this machine keeps dpdesk from being set up; the text says what to do."""


# ------------------------------------------------------------------------------------- set-up


def check_python(version: tuple[int, ...], bits: int) -> None:
    """Raise Unready for a Python that is too old, or too narrow for Qt."""
    if version[:2] < OLDEST:
        found = ".".join(str(number) for number in version[:3])
        raise Unready(
            f"dpdesk needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {found}.\n"
            "Install a newer Python and start this command with it, "
            "for example: python3.12 packaging/dev.py setup"
        )
    if bits < 64:
        raise Unready("dpdesk needs a 64-bit Python, and this one has 32 bits. Install the other.")


def check_parts(version: tuple[int, ...], missing: list[str], platform: str) -> None:
    """Raise Unready where the system left parts of Python out that make environments."""
    if not missing:
        return
    sentence = f"This Python lacks {' and '.join(missing)}, which environments are made with."
    if platform.startswith("linux"):
        sentence += (
            f"\nOn Debian or Ubuntu: sudo apt install python{version[0]}.{version[1]}-venv"
            "\nOn Fedora: sudo dnf install python3-pip"
        )
    else:
        sentence += "\nInstall Python from the installer of python.org, with pip."
    raise Unready(sentence)


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


def ensure(*, dev: bool) -> Path:
    """The Python of a complete environment, which is made or brought up to date if need be.

    With ``dev`` the tools for testing are there too. Raises Unready with what to do about it.
    """
    version = tuple(sys.version_info[:3])
    check_python(version, 64 if sys.maxsize > 2**32 else 32)
    python = venv_python(VENV)
    wanted = {"runtime": fingerprint([RUNTIME], version, sys.platform)}
    if dev:
        wanted["dev"] = fingerprint([RUNTIME, DEV], version, sys.platform)
    stamp = read_stamp(STAMP)
    if python.exists() and all(stamp.get(name) == value for name, value in wanted.items()):
        return python

    if not usable(python, version):
        make_venv(version)
    STAMP.unlink(missing_ok=True)  # an interrupted installation must not look complete
    install(python, [RUNTIME, DEV] if dev else [RUNTIME])
    check_libraries(python)
    write_stamp(STAMP, wanted)
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


def make_venv(version: tuple[int, ...]) -> None:
    """Make an empty environment in place of whatever is there."""
    parts = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    check_parts(version, parts, sys.platform)
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Unready(
            "The environment .venv must be made anew and this command runs inside it.\n"
            "Type: deactivate   and start the command again."
        )
    say("Making the environment .venv …")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    if made.returncode:
        raise Unready(
            f"The environment .venv could not be made:\n{tail(made.stdout + made.stderr)}"
        )


def install(python: Path, locks: list[Path]) -> None:
    """Install the locked versions; what is there already is not fetched again."""
    say("Installing the locked versions; the first time this takes a few minutes …")
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes"]
    command += ["--disable-pip-version-check", "--no-warn-script-location"]
    for lock in locks:
        command += ["-r", str(lock)]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=environment(),
    )
    if done.returncode:
        raise Unready(
            "The locked versions could not be installed. The end of what pip said:\n"
            f"{tail(done.stdout)}\n"
            "If the network failed, start the command again: what was fetched is not lost."
        )


# ------------------------------------------------------------------------------ Qt's libraries


def missing_libraries(report: str) -> list[str]:
    """The libraries that ``ldd`` did not find, each once, in the order of its report."""
    return list(dict.fromkeys(re.findall(r"^\s*(\S+) => not found", report, re.MULTILINE)))


def missing_from_error(error: str) -> list[str]:
    """The library that an import named as missing; the loader names only the first."""
    return re.findall(r"ImportError: (\S+): cannot open shared object file", error)


def libraries_sentence(missing: list[str]) -> str:
    """What to install for these libraries, on the common kinds of Linux."""
    known = [PACKAGES[name] for name in missing if name in PACKAGES]
    unknown = [name for name in missing if name not in PACKAGES]
    lines = [f"Qt lacks {'these system libraries' if len(missing) > 1 else 'a system library'}:"]
    lines[0] += " " + ", ".join(missing)
    if known:
        debian = dict.fromkeys(debian for debian, _ in known)
        fedora = dict.fromkeys(fedora for _, fedora in known)
        lines.append(f"On Debian or Ubuntu: sudo apt install {' '.join(debian)}")
        lines.append(f"On Fedora: sudo dnf install {' '.join(fedora)}")
    if unknown:
        lines.append(f"Ask your system which package brings {', '.join(unknown)}.")
    return "\n".join(lines)


def check_libraries(python: Path, *, on_screen: bool = False) -> None:
    """Raise Unready where Qt lacks a system library, with the packages that bring it."""
    if not sys.platform.startswith("linux"):
        return
    script = (
        "from PySide6 import QtPrintSupport, QtSvg, QtWidgets; QtWidgets.QApplication([]);"
        "print('ready')"
    )
    tried = subprocess.run(
        [python, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**environment(), "QT_QPA_PLATFORM": "offscreen"},
    )
    if tried.stdout.strip() == "ready" and not on_screen:
        return
    missing = missing_libraries(loader_report(python, ALWAYS + (ON_X11 if on_screen else ())))
    missing = missing or missing_from_error(tried.stderr)
    if missing:
        raise Unready(libraries_sentence(missing))
    if tried.stdout.strip() != "ready":
        raise Unready(f"Qt does not start on this machine:\n{tail(tried.stderr)}")


def loader_report(python: Path, files: tuple[str, ...]) -> str:
    """What the system's loader says about parts of Qt; empty where it cannot be asked."""
    if shutil.which("ldd") is None:
        return ""
    folders = list(VENV.glob("lib/python*/site-packages/PySide6"))
    paths = [folder / name for folder in folders for name in files]
    paths = [path for path in paths if path.exists()]
    if not paths:
        return ""
    asked = subprocess.run(["ldd", *paths], capture_output=True, text=True, check=False)
    return asked.stdout


# ------------------------------------------------------------------------------------ commands


def environment() -> dict[str, str]:
    """The environment for the project's tools: text is UTF-8, and no other Python leaks in."""
    leaks = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in leaks}
    return {**kept, "PYTHONUTF8": "1"}


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
        if code := call(python, *step):
            say(f"{step[1]} found the faults above.")
            return code
    return 0


def test(rest: list[str]) -> int:
    """All checks, then all tests; with arguments for pytest, only those tests."""
    if not rest and (code := lint([])):
        return code
    python = ensure(dev=True)
    say("pytest")
    # One file of tests stays with one worker, so that what its tests share is made once.
    spread = [] if rest else ["-n", "2", "--dist", "loadfile"]
    return call(python, "-m", "pytest", *spread, *rest)


def run(rest: list[str]) -> int:
    """Start the program."""
    python = ensure(dev=False)
    if not (rest or os.environ.get("WAYLAND_DISPLAY")) and os.environ.get("DISPLAY"):
        stamp = read_stamp(STAMP)
        if "screen" not in stamp:  # looked at once: the look costs half a second
            check_libraries(python, on_screen=True)
            write_stamp(STAMP, {**stamp, "screen": "ready"})
    return call(python, "main.py", *rest)


def setup(rest: list[str]) -> int:
    """Install everything, for use and for development."""
    ensure(dev=True)
    say("dpdesk is ready. Start it with: python3 packaging/dev.py run")
    return 0


def bench(rest: list[str]) -> int:
    """Measure the promises of speed, all or those named."""
    return call(ensure(dev=True), "-m", "tests.benchmarks", *rest, QT_QPA_PLATFORM="offscreen")


def screens(rest: list[str]) -> int:
    """Picture every page of the program."""
    script = str(Path("packaging", "screens.py"))
    return call(ensure(dev=True), script, *rest, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(TOP))


COMMANDS = {
    "setup": (setup, "install everything into .venv"),
    "run": (run, "start dpdesk; what follows goes to main.py"),
    "test": (test, "all checks and tests; or only pytest with the arguments that follow"),
    "bench": (bench, "measure the promises of speed; names pick rows"),
    "screens": (screens, "picture every page; --to DIR says where"),
    "lint": (lint, "style and types only; --fix mends what it can"),
}


def say(text: str) -> None:
    """One line for the developer, at once and whatever the terminal can show."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def tail(text: str, lines: int = 15) -> str:
    """The last lines of a tool's output, without its remarks on the machine's settings."""
    kept = [line for line in text.splitlines() if not line.startswith("WARNING: Location ")]
    return "\n".join(kept[-lines:])


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 not possible here, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py",
        description="Sets dpdesk up for work, and starts, tests, measures and pictures it.",
        epilog="\n".join(f"  {name:8} {text}" for name, (_, text) in COMMANDS.items()),
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
