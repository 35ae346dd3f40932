"""Makes the folder of the program for Windows: CPython, trimmed libraries, dpdesk, its starters."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import machine
from machine import TOP, Unready, environment, say, tail

from windows import gathering, licences, starting, trimming

OWN: Final = ("dpdesk", "ui", "resources", "main.py")
"""What of the checkout is the program."""
_PATHS: Final = ("lib.zip", "lib", ".")
_YEAR: Final = (2026, 1, 1, 0, 0, 0)
"""The time of everything inside archives: it says nothing, and is the same in every build."""
LISTED: Final = "files.txt"


@dataclass(frozen=True, slots=True)
class Built:
    """A finished folder: the program lies in ``folder/name``, its starters beside that."""

    folder: Path
    name: str
    version: str


def version() -> str:
    """The version of this checkout, said once in ``dpdesk/__init__.py``."""
    text = (TOP / "dpdesk" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def build(work: Path, cache: Path, python: Path | None = None) -> Built:
    """Makes everything below ``work``, which is emptied first. Raises Unready."""
    shutil.rmtree(work, ignore_errors=True)
    app = work / "app"
    shutil.copytree(gathering.cpython(cache, python), app)
    wheels = gathering.wheels(cache)
    unfit = licences.unknown(licences.particulars(wheel)[0] for wheel in wheels)
    if unfit:
        raise Unready("\n".join(unfit))
    for wheel in wheels:
        gathering.unpack_wheel(wheel, app)
    say("Taking out what is never loaded …")
    for library, functions in trimming.replaced(app).items():
        starting.build_stand_in(library, functions)
    trimming.trim(app)
    licences.gather(app, wheels)
    _copy_own(app)
    say("Compiling …")
    starting.build_starters(app, version())
    _compile(app)
    _pack_pure(app)
    _write_paths(app)
    faults = [*trimming.lacking(app), *licences.forbidden(app)]
    if faults:
        raise Unready("The program would not be whole:\n" + "\n".join(faults))
    name = f"app-{version()}-{_digest(app)}"
    write_list(app)
    app.rename(work / name)
    return _with_starters(work, name)


def _with_starters(work: Path, name: str) -> Built:
    for starter in starting.STARTERS:
        shutil.copyfile(work / name / f"{starter}.exe", work / f"{starter}.exe")
    (work / "current.txt").write_text(f"{name}\n", encoding="ascii", newline="\n")
    return Built(work, name, version())


def tracked() -> list[str]:
    """The program's own files: those that the project keeps, or all where it is no checkout."""
    command = ["git", "-C", str(TOP), "ls-files", "-z", "--", *OWN]
    try:
        told = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        names = [
            each.relative_to(TOP).as_posix()
            for own in OWN
            for each in ([TOP / own] if (TOP / own).is_file() else (TOP / own).rglob("*"))
            if each.is_file() and "__pycache__" not in each.parts
        ]
        return sorted(names)
    return sorted(filter(None, told.stdout.decode().split("\0")))


def _copy_own(app: Path) -> None:
    for name in tracked():
        target = app / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / name, target)
    shutil.copyfile(starting.SOURCE / "start.py", app / "start.py")


def _compile(app: Path) -> None:
    script = str(Path(__file__).with_name("compiling.py"))
    python = _compiler()
    done = subprocess.run(
        [*python, script, str(app)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**environment(), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    if done.returncode:
        raise Unready(f"The program could not be compiled:\n{tail(done.stdout)}")


def _compiler() -> list[str]:
    """A CPython of the version that is shipped."""
    wanted = tuple(int(part) for part in gathering.VERSION.split("."))
    if sys.version_info[:2] == wanted:
        return [sys.executable, "-I"]
    for place in dict.fromkeys(machine.places()):
        found = machine.ask(place)
        if found is not None and found.version[:2] == wanted and found.usual:
            return [found.path, "-I"]
    raise Unready(
        f"The program for Windows is compiled by Python {gathering.VERSION}, which is not here.\n"
        f"Install it, in any way: only its compiler is used, and nothing is added to it."
    )


def _pack_pure(app: Path) -> None:
    """Puts the libraries that are nothing but Python into one archive.

    A thousand small files less to install, to scan for viruses and to remove; and half the room.
    """
    library = app / "lib"
    pure = [each for each in sorted(library.iterdir()) if _is_pure(each)]
    with zipfile.ZipFile(app / "lib.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for each in pure:
            names = [each] if each.is_file() else sorted(each.rglob("*"))
            for path in names:
                if path.is_file():
                    add(packed, path, path.relative_to(library).as_posix())
    for each in pure:
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def _is_pure(path: Path) -> bool:
    if path.is_file():
        return path.suffix == ".pyc"
    inside = [each for each in path.rglob("*") if each.is_file() and each.name != "py.typed"]
    return path.suffix != ".dist-info" and all(each.suffix == ".pyc" for each in inside)


def add(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    """Adds a file to an archive, without the moment and the machine that it was made on."""
    entry = zipfile.ZipInfo(name, _YEAR)
    entry.compress_type = packed.compression
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, path.read_bytes())


def _write_paths(app: Path) -> None:
    """Where Python looks for modules, and nowhere else: not in the user's folders or variables."""
    (place,) = app.glob("python3*._pth")
    archive = f"{place.stem}.zip"
    place.write_text("\n".join([archive, *_PATHS]) + "\n", encoding="ascii", newline="\n")


def listed(app: Path) -> Iterable[tuple[str, str]]:
    """Every file of the folder with its SHA-256."""
    for name in trimming.files_below(app):
        if name != LISTED:
            yield name, hashlib.sha256((app / name).read_bytes()).hexdigest()


def _digest(app: Path) -> str:
    lines = "\n".join(f"{digest} {name}" for name, digest in listed(app))
    return hashlib.sha256(lines.encode()).hexdigest()[:8]


def write_list(app: Path) -> None:
    """Lists what is in the folder: whoever removes it removes these files and no other.

    A digest or as many dashes, and a name; folders come last, each after those inside it. With the
    strokes of Windows: the installer finds nothing by others.
    """
    lines = [f"{digest} {name}" for name, digest in listed(app)]
    folders = sorted(
        (each.relative_to(app).as_posix() for each in app.rglob("*") if each.is_dir()), reverse=True
    )
    lines += [f"{'-' * 64} {name}" for name in folders]
    told = "\r\n".join(lines).replace("/", "\\") + "\r\n"
    (app / LISTED).write_text(told, encoding="ascii", newline="")
