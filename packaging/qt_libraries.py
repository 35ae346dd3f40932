"""Which libraries Qt asks the system for, and which packages bring those that are missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from machine import Unready, environment, tail

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


def check_libraries(venv: Path, python: Path, *, on_screen: bool = False) -> None:
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
    missing = missing_libraries(loader_report(venv, ALWAYS + (ON_X11 if on_screen else ())))
    missing = missing or missing_from_error(tried.stderr)
    if missing:
        raise Unready(libraries_sentence(missing))
    if tried.stdout.strip() != "ready":
        raise Unready(f"Qt does not start on this machine:\n{tail(tried.stderr)}")


def loader_report(venv: Path, files: tuple[str, ...]) -> str:
    """What the system's loader says about parts of Qt; empty where it cannot be asked."""
    if shutil.which("ldd") is None:
        return ""
    folders = list(venv.glob("lib/python*/site-packages/PySide6"))
    paths = [folder / name for folder in folders for name in files]
    paths = [path for path in paths if path.exists()]
    if not paths:
        return ""
    asked = subprocess.run(["ldd", *paths], capture_output=True, text=True, check=False)
    return asked.stdout
