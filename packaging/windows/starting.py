"""Builds the starters of the program and the stand-ins for libraries, with Debian's mingw-w64."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from machine import TOP, Unready, tail

from windows.gathering import dll_name

SOURCE: Final = TOP / "packaging" / "windows" / "starter"
ICON: Final = TOP / "resources" / "mark" / "dpdesk.ico"
COMPILER: Final = "x86_64-w64-mingw32-gcc"
RESOURCES: Final = "x86_64-w64-mingw32-windres"
_NO_CLOCK: Final = ("-Wl,--no-insert-timestamp", "-Wl,--disable-auto-image-base", "-s")
"""The same source gives the same bytes: no hour, and no address reckoned from a file’s name."""

STARTERS: Final = {
    "dpdesk": ("dpdesk, the data protection desk", ("-mwindows",)),
    "dpdesk-command": ("dpdesk at a terminal", ("-mconsole", "-DCOMMAND")),
}


def tool(command: Sequence[str], missing: str, place: Path | None = None) -> None:
    """Runs a tool of the builder. Raises Unready where it is missing or fails."""
    if shutil.which(command[0]) is None:
        raise Unready(f"{command[0]} is missing. On Debian: apt install {missing}")
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=place
    )
    if done.returncode:
        raise Unready(f"{command[0]} failed:\n{tail(done.stdout)}")


def numbers(version: str) -> str:
    """A version as Windows wants it, four numbers: 0,2,0,0."""
    parts = [part for part in version.split(".") if part.isdigit()]
    return ",".join([*parts, "0", "0", "0", "0"][:4])


def build_starters(folder: Path, version: str) -> None:
    """Puts ``dpdesk.exe`` and ``dpdesk-command.exe`` into the folder."""
    for name, (description, flags) in STARTERS.items():
        with tempfile.TemporaryDirectory() as place:
            script = Path(place, "starter.rc")
            filled = (SOURCE / "starter.rc.txt").read_text(encoding="utf-8")
            for key, value in {
                "icon": str(ICON),
                "manifest": str(SOURCE / "starter.manifest"),
                "numbers": numbers(version),
                "version": version,
                "name": name,
                "description": description,
            }.items():
                filled = filled.replace(f"@{key}@", value)
            script.write_text(filled, encoding="utf-8")
            compiled = str(script.with_suffix(".o"))
            tool([RESOURCES, "-c", "65001", str(script), compiled], "gcc-mingw-w64-x86-64")
            _compile(
                [SOURCE / "starter.c", compiled],
                folder / f"{name}.exe",
                *("-municode", *flags, f'-DPYTHON=L"{dll_name()}"', "-Wall", "-Wextra"),
            )


def build_stand_in(library: Path, functions: Sequence[str]) -> None:
    """Puts in a library's place one that has these functions, all of which answer nothing."""
    lines = [f"__declspec(dllexport) void *{name}(void) {{ return 0; }}" for name in functions]
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "stand_in.c")
        source.write_text("\n".join(lines) + "\n", encoding="ascii")
        library.unlink(missing_ok=True)
        _compile([source], library, "-shared", "-nostdlib", "-Wl,--entry=0")


def _compile(sources: Sequence[Path | str], target: Path, *flags: str) -> None:
    command = [COMPILER, "-O2", *flags, *map(str, sources), "-o", str(target), *_NO_CLOCK]
    tool(command, "gcc-mingw-w64-x86-64")
