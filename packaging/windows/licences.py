"""Gathers the licence texts of everything that is shipped, and refuses what must not be."""

from __future__ import annotations

import email
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from fnmatch import translate
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from machine import TOP

TEXTS: Final = TOP / "packaging" / "licences"
FOLDER: Final = "LICENCES"
_IS_TEXT: Final = re.compile(r"(?i)(licen[sc]e|copying|copyright|notice|authors)")
_NOT_KEPT: Final = (".docx", ".rtf")
"""The same texts again, as papers."""
_TEXTS_END: Final = ("", ".txt", ".md", ".rst")
_LIBRARY: Final = (b"\x7fELF", b"MZ")
_UNDER_GPL: Final = re.compile(rb"Licen[cs]e: ?A?GPL")


@cache
def table() -> dict[str, Any]:
    """Which licence is whose, and what is refused."""
    return tomllib.loads((TEXTS / "licences.toml").read_text(encoding="utf-8"))


def particulars(wheel: Path) -> tuple[str, str]:
    """Name and version of a wheel, as it says itself."""
    with zipfile.ZipFile(wheel) as packed:
        (place,) = [
            name for name in packed.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)
        ]
        told = email.message_from_string(packed.read(place).decode("utf-8"))
    return str(told["Name"]), str(told["Version"])


def unknown(names: Iterable[str]) -> list[str]:
    """What the table does not know, or what it refuses, in whole sentences."""
    known = table()["libraries"]
    found = []
    for name in names:
        if name not in known:
            found.append(f"{name} has no licence in packaging/licences/licences.toml.")
        elif any(part.strip() in table()["refused"] for part in re.split(";| or ", known[name])):
            found.append(f"{name} is under {known[name]}, which dpdesk does not ship.")
    return found


def gather(app: Path, wheels: Sequence[Path]) -> None:
    """Puts every text below ``LICENCES``, and takes it out of the libraries' own folders."""
    top = app / FOLDER
    top.mkdir()
    shutil.copyfile(TOP / "LICENSE", top / "LICENCE-dpdesk.txt")
    for each in ("LGPL-3.0", "GPL-3.0", "Apache-2.0"):
        shutil.copyfile(TEXTS / f"{each}.txt", top / f"{each}.txt")
    rows = [("CPython", "", table()["libraries"]["CPython"])]
    own = app / "LICENSE.txt"
    if own.is_file():  # CPython's, where the program brings one
        (top / "CPython").mkdir()
        shutil.move(own, top / "CPython" / "LICENSE.txt")
    for wheel in wheels:
        name, version = particulars(wheel)
        rows.append((name, version, table()["libraries"].get(name, "")))
        for place in app.joinpath("lib").glob("*.dist-info"):
            if place.name.split("-")[0].lower() == wheel.name.split("-")[0].lower():
                _move_texts(place, top / name)
        _move_loose(wheel, app / "lib", top / name)
    notice = (TEXTS / "NOTICE.txt").read_text(encoding="utf-8")
    lines = [
        f"{name} {version}".strip().ljust(34) + f"  {licence}" for name, version, licence in rows
    ]
    (top / "NOTICE.txt").write_text(
        notice + "\n" + "\n".join(lines) + "\n", encoding="utf-8", newline="\n"
    )


def _move_texts(place: Path, target: Path) -> None:
    """Licence texts out of what a library says about itself; of the rest stays what is read."""
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place)
        if not path.is_file():
            continue
        if name.parts[0] == "licenses" or _IS_TEXT.search(path.name):
            if path.suffix.lower() not in _NOT_KEPT:
                parts = name.parts[1:] if name.parts[0] == "licenses" else name.parts
                kept = target.joinpath(*(part.lstrip(".") for part in parts))
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, kept)
        elif path.name not in {"METADATA", "entry_points.txt"}:
            path.unlink()


def _move_loose(wheel: Path, library: Path, target: Path) -> None:
    """Texts that a wheel puts beside everybody's modules, where nobody can tell whose they are."""
    with zipfile.ZipFile(wheel) as packed:
        loose = [name for name in packed.namelist() if "/" not in name and _IS_TEXT.search(name)]
    for name in loose:
        if Path(name).suffix.lower() in _TEXTS_END and (library / name).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.move(library / name, target / name)


def _says_so(path: Path) -> bool:
    """Whether a library says of itself that it is under the GPL, whatever it is called."""
    content = path.read_bytes()
    return content.startswith(_LIBRARY) and _UNDER_GPL.search(content) is not None


def forbidden(app: Path) -> list[str]:
    """Files that may not be shipped, by their names and by what libraries say of themselves."""
    found = []
    for path in sorted(app.rglob("*")):
        name = path.relative_to(app).as_posix()
        if not path.is_file() or name.startswith(f"{FOLDER}/"):
            continue
        for pattern in table()["forbidden"]:
            if re.match(translate(pattern), PurePosixPath("/", name).as_posix()):
                found.append(f"{name} may be under the GPL and must not be shipped.")
        if _says_so(path):
            found.append(f"{name} says that it is under the GPL, and must not be shipped.")
    return found
