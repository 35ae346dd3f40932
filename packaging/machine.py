"""What this machine offers: its Pythons, what they lack, and how the project's tools are called.

Needs nothing but Python, and of an old one nothing but to be read. Started as a script, it says
in JSON what the Python is that it was started with.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


class Unready(Exception):
    """Something on this machine keeps dpdesk from being set up; the text says what to do."""


@dataclass(frozen=True)
class Python:
    """An interpreter: where it lies, which it is, and which parts of it the system left out.

    ``usual`` is false for a PyPy and for a build without the global lock, for which the
    libraries are not made. ``from_store``: the Microsoft Store keeps what it writes into the user's
    folders in a folder of its own, and deletes that with it.
    """

    path: str
    version: tuple[int, ...]
    bits: int = 64
    usual: bool = True
    missing: tuple[str, ...] = ()
    from_store: bool = False

    @property
    def name(self) -> str:
        """Its version as people write it: 3.11.2."""
        return ".".join(str(number) for number in self.version)

    def __str__(self) -> str:
        return f"{self.name} ({self.path})"


def present() -> Python:
    """The Python that runs this."""
    return Python(
        sys.executable,
        tuple(sys.version_info[:3]),
        64 if sys.maxsize > 2**32 else 32,
        sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED"),
        tuple(name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None),
        "windowsapps" in re.split(r"[\\/]", sys.base_prefix.lower()),
    )


def ask(path: str) -> Python | None:
    """What the Python at this place is; None where there is none, or one that cannot read this."""
    try:
        answer = subprocess.run(
            [path, "-I", __file__],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env=environment(),
            timeout=30,
        )
        told = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    told.update(version=tuple(told["version"]), missing=tuple(told["missing"]))
    return Python(**told)


# ------------------------------------------------------------------------- which are allowed


def allowed() -> tuple[tuple[int, int], tuple[int, int]]:
    """The oldest and the newest Python that dpdesk runs under, as ``pyproject.toml`` says.

    Read without its reader, which an old Python lacks: it must still be told that it is old.
    """
    text = (TOP / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"$', text, re.MULTILINE)
    assert found is not None
    return (3, int(found[1])), (3, int(found[2]) - 1)


def check_python(python: Python, platform: str = sys.platform) -> None:
    """Raise Unready for a Python under which dpdesk cannot be installed, or is not tested."""
    oldest, newest = (".".join(map(str, version)) for version in allowed())
    starts = f"py -{newest}" if platform == "win32" else f"python{newest}"
    other = (
        "Install one of these and start this command with it, "
        f"for example: {starts} packaging/dev.py setup"
    )
    if python.version[:2] < allowed()[0]:
        raise Unready(
            f"dpdesk needs Python {oldest} to {newest}, and this is {python.name}.\n{other}"
        )
    if python.version[:2] > allowed()[1]:
        raise Unready(
            f"dpdesk runs under Python {oldest} to {newest}, and this is {python.name}, "
            f"for which not all of its libraries are made yet.\n{other}"
        )
    if not python.usual:
        raise Unready(
            "dpdesk needs the usual build of Python, and this is another, "
            f"for which its libraries are not made.\n{other}"
        )
    if python.from_store:
        raise Unready(
            "This Python is the one of the Microsoft Store. The records would lie inside its own "
            "folder, and whoever removes it would delete them.\nInstall Python from python.org "
            f"instead and start this command with it: {starts} packaging/dev.py setup"
        )
    if python.bits < 64:
        raise Unready("dpdesk needs a 64-bit Python, and this one has 32 bits. Install the other.")


def check_parts(python: Python, platform: str = sys.platform) -> None:
    """Raise Unready where the system left parts of Python out that make environments."""
    if not python.missing:
        return
    sentence = f"Python {python.name} lacks {' and '.join(python.missing)}, "
    sentence += "which environments are made with."
    if platform.startswith("linux"):
        major, minor = python.version[:2]
        sentence += (
            f"\nOn Debian or Ubuntu: sudo apt install python{major}.{minor}-venv"
            "\nOn Fedora: sudo dnf install python3-pip"
        )
    else:
        sentence += "\nInstall Python from the installer of python.org, with pip."
    raise Unready(sentence)


def chosen(path: str) -> Python:
    """The Python at this place. Raises Unready where there is none that will do."""
    python = ask(path)
    if python is None:
        oldest, newest = (".".join(map(str, version)) for version in allowed())
        raise Unready(f"There is no Python {oldest} to {newest} that starts at {path}.")
    check_python(python)
    check_parts(python)
    return python


# ----------------------------------------------------------------------------- which are here


def places() -> Iterator[str]:
    """Where Pythons of the allowed versions commonly lie on Linux and macOS."""
    (major, first), (_, last) = allowed()
    names = ["python3", *(f"python{major}.{minor}" for minor in range(first, last + 1))]
    for folder in (None, "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
        yield from filter(None, (shutil.which(name, path=folder) for name in names))
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    frameworks = Path("/Library/Frameworks/Python.framework/Versions")
    for versions in (pyenv, frameworks):
        yield from (str(python) for python in sorted(versions.glob(f"{major}.*/bin/python3")))


def oldest_and_newest(candidates: Iterable[Python]) -> list[Python]:
    """Of these Pythons the oldest and the newest under which dpdesk can be tested."""
    fit = []
    for python in sorted(candidates, key=lambda python: python.version):
        try:
            check_python(python)
        except Unready:
            continue
        if not python.missing:
            fit.append(python)
    return [fit[0], fit[-1]] if len(fit) > 1 else fit


def others() -> list[Python]:
    """The oldest and the newest allowed Python of this machine, unless it is the present one."""
    found = filter(None, map(ask, dict.fromkeys(places())))
    return [python for python in oldest_and_newest(found) if python.version != present().version]


# ----------------------------------------------------------------------- how tools are called


def environment() -> dict[str, str]:
    """The environment for the project's tools: text is UTF-8, and no other Python leaks in."""
    leaks = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in leaks}
    return {**kept, "PYTHONUTF8": "1"}


def answered(command: Sequence[str]) -> tuple[int, str]:
    """Runs a tool; what it ended with, and all that it said, as one text."""
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
    return done.returncode, done.stdout


def say(text: str) -> None:
    """One line for the developer, at once and whatever the terminal can show."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def tail(text: str, lines: int = 15) -> str:
    """The last lines of a tool's output, without its remarks on the machine's settings."""
    kept = [line for line in text.splitlines() if not line.startswith("WARNING: Location ")]
    return "\n".join(kept[-lines:])


if __name__ == "__main__":
    print(json.dumps(asdict(present())))
