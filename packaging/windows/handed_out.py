"""What is handed out: installer, ZIP and MSI, how large they may be, and the same bytes twice."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from machine import TOP, Unready, tail

from windows import packing
from windows.folder import Built

PACKINGS: Final = (
    ("installer", "setup.exe", packing.installer),
    ("portable", "portable.zip", packing.portable),
    ("msi", "all-users.msi", packing.msi),
)
DOWNLOAD: Final = 60_000_000
"""The most bytes that the installer may have: what a school loads over a slow line."""
INSTALLED: Final = 190_000_000
"""The most bytes that the program may take on the disk."""


def size(folder: Path) -> int:
    """All files of a folder, in bytes."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def too_large(built: Built, installer: Path | None) -> list[str]:
    """What is larger than was promised, in sentences."""
    found = []
    if (here := size(built.folder)) > INSTALLED:
        found.append(f"The program takes {here / 1e6:.1f} MB; {INSTALLED / 1e6:.0f} are promised.")
    if installer and (here := installer.stat().st_size) > DOWNLOAD:
        found.append(f"The installer has {here / 1e6:.1f} MB; {DOWNLOAD / 1e6:.0f} are promised.")
    return found


def digests(folder: Path) -> dict[str, str]:
    """Of every file below a folder: its name and its SHA-256."""
    return {
        each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


ELSEWHERE: Final[Mapping[str, str]] = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "7",
    "USER": "somebody",
}
"""What differs between two builders, beside the hour and the place."""


def built_elsewhere(target: Path, cache: Path) -> Path:
    """Makes everything again as on another machine: another folder, hour, language and umask."""
    paths = os.pathsep.join([str(TOP / "packaging"), str(TOP)])
    words = ["-m", "windows", "--to", str(target), "--cache", str(cache)]
    done = subprocess.run(
        ["sh", "-c", 'umask 077; exec "$@"', "sh", sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, **ELSEWHERE, "PYTHONPATH": paths},
        cwd=TOP,
    )
    if done.returncode:
        raise Unready(f"The second build failed:\n{tail(done.stdout)}")
    return target


def unlike(one: Path, other: Path) -> list[str]:
    """The files of two builds that are not the same to the bit, or are only in one."""
    here, there = digests(one), digests(other)
    return sorted(name for name in {*here, *there} if here.get(name) != there.get(name))
