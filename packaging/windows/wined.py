"""Windows on this machine: wine with a profile of its own, in which the program is tried."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO, Final

from machine import TOP, Unready, say

from windows import starting

_LAST_WORDS: Final = 10.0
"""Seconds for what a program said before it ended."""
STAND_INS: Final = TOP / "packaging" / "windows" / "wine"
USER: Final = "Łukasz Ó Test"
"""A name with a letter of no Western code page, one with an accent, and spaces."""
_HOME: Final = PureWindowsPath("C:/users", USER)
_FOLDERS: Final = {
    "AppData": _HOME / "AppData" / "Roaming",
    "Local AppData": _HOME / "AppData" / "Local",
    "Personal": _HOME / "Documents",
    "Desktop": _HOME / "Desktop",
    "Programs": _HOME / "AppData" / "Roaming" / "Start Menu" / "Programs",
    "Start Menu": _HOME / "AppData" / "Roaming" / "Start Menu",
}
_SHELL: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\%s"
NEEDED: Final = {
    "wine": "wine wine64",
    "makensis": "nsis",
    starting.COMPILER: "gcc-mingw-w64-x86-64",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "openbox": "openbox",
}


def missing() -> str:
    """Why nothing can be tried here; empty where all is there."""
    lacks = [package for tool, package in NEEDED.items() if shutil.which(tool) is None]
    return f"needs, as Debian calls them: {' '.join(lacks)}" if lacks else ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a program answered."""

    code: int
    text: str


class Windows:
    """One wine prefix, in which ``USER`` works."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.drive = place / "drive_c"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DPDESK_")},
            "WINEPREFIX": str(place),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscms=n,b;mscoree,mshtml=",
            "USERPROFILE": str(_HOME),
            "APPDATA": str(_FOLDERS["AppData"]),
            "LOCALAPPDATA": str(_FOLDERS["Local AppData"]),
            "TEMP": str(_HOME / "Temp"),
            "TMP": str(_HOME / "Temp"),
        }

    def made(self) -> Windows:
        """Makes the prefix afresh, with the profile and what wine lacks. Raises Unready."""
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)
        say("Making a Windows under wine …")
        for command in (["wineboot", "-i"], ["winecfg", "-v", "win10"]):
            self.run(*command, seconds=300)
        system = self.drive / "windows" / "system32"
        if not system.is_dir():
            raise Unready("wine could not make its folder.")
        for source in STAND_INS.glob("*.c"):
            build(source, system / f"{source.stem}.dll", "-shared", libraries=["-ladvapi32"])
        for folder in (*_FOLDERS.values(), _HOME / "Temp"):
            self.path(folder).mkdir(parents=True, exist_ok=True)
        for name in ("TEMP", "TMP"):  # wine takes these from here, whatever it is started with
            value = ("/v", name, "/t", "REG_SZ", "/d", str(_HOME / "Temp"), "/f")
            self.run("reg", "add", r"HKCU\Environment", *value)
        for key in ("Shell Folders", "User Shell Folders"):
            for name, folder in _FOLDERS.items():
                value = ("/v", name, "/t", "REG_SZ", "/d", str(folder), "/f")
                self.run("reg", "add", _SHELL % key, *value)
        return self

    def path(self, name: PureWindowsPath | str) -> Path:
        """Where a path of drive C lies here."""
        return self.drive.joinpath(*PureWindowsPath(name).parts[1:])

    def home(self, *parts: str) -> PureWindowsPath:
        """A folder of the user, as Windows calls it."""
        return _HOME.joinpath(*parts)

    def letter(self, letter: str, place: Path) -> None:
        """Gives a folder the letter of a drive, in place of the one that it had."""
        devices = self.place / "dosdevices"
        for each in devices.iterdir():
            if each.is_symlink() and each.resolve() == place.resolve():
                each.unlink()
        (devices / f"{letter.lower()}:").symlink_to(place)

    def start(
        self, *command: str, cwd: Path | None = None, **variables: str
    ) -> subprocess.Popen[bytes]:
        """Starts a program, with pipes for all streams: wine knows no others well."""
        return subprocess.Popen(
            ["wine", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**self.environment, **variables},
            cwd=cwd or (self.drive if self.drive.is_dir() else Path("/")),
        )

    def run(
        self, *command: str, seconds: float = 600, cwd: Path | None = None, **variables: str
    ) -> Said:
        """Runs a program to its end."""
        process = self.start(*command, cwd=cwd, **variables)
        assert process.stdin is not None
        process.stdin.close()
        told = bytearray()
        # What wine starts beside the program, its desktop, may hold the other end for good: so the
        # end of the program counts, and not the end of what is said.
        reader = threading.Thread(target=_gather, args=(process.stdout, told), daemon=True)
        reader.start()
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return Said(-1, f"not done after {seconds:.0f} seconds")
        reader.join(_LAST_WORDS)
        return Said(process.returncode, told.decode("utf-8", "replace").replace("\r\n", "\n"))

    def stop(self) -> None:
        """Ends everything that runs in this prefix."""
        if self.place.is_dir():
            subprocess.run(["wineserver", "-k"], env=self.environment, check=False, timeout=60)


def _gather(stream: IO[bytes], told: bytearray) -> None:
    """Takes what is said until nobody is left to say more."""
    while said := os.read(stream.fileno(), 1 << 16):
        told += said


def build(source: Path, target: Path, *flags: str, libraries: list[str] | None = None) -> None:
    """Compiles a file of C for Windows."""
    command = [starting.COMPILER, "-O1", *flags, "-o", str(target), str(source)]
    starting.tool([*command, *(libraries or [])], "gcc-mingw-w64-x86-64")


@contextmanager
def screen(size: str = "1366x768x24") -> Iterator[str]:
    """A screen that nobody sees, with a number that nobody else has; gives its name."""
    told, tells = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[tells],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    try:
        with os.fdopen(told, encoding="ascii") as said:
            number = said.readline().strip()
        if not number:
            raise Unready("Xvfb shows no screen.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=20)
