"""Takes out of the folder what the table ``left_out.toml`` names, and checks that nothing lacks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any, Final

from machine import TOP, Unready

from windows import binaries

TABLE: Final = TOP / "packaging" / "windows" / "left_out.toml"
OF_WINDOWS: Final = TOP / "packaging" / "windows" / "of_windows.txt"


@cache
def table(place: Path = TABLE) -> dict[str, list[dict[str, Any]]]:
    """The rows: ``left_out``, ``only`` and ``stand_in``, each with its reason."""
    return tomllib.loads(place.read_text(encoding="utf-8"))


def files_below(folder: Path) -> list[str]:
    """All files, as paths with strokes, in the same order on every machine."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return sorted(each.relative_to(folder).as_posix() for each in found)


def matching(names: Iterable[str], pattern: str) -> list[str]:
    """Those that a pattern of the table means."""
    fits = re.compile(translate(pattern)).match
    return [name for name in names if fits(name)]


def trim(folder: Path, place: Path = TABLE) -> int:
    """Takes out what is not to be shipped; the number of bytes. Raises Unready for a dead row."""
    names = files_below(folder)
    going: set[str] = set()
    for row in table(place)["left_out"]:
        for pattern in row["files"]:
            found = matching(names, pattern)
            if not found:
                raise Unready(f"left_out.toml: nothing is called {pattern} any more.")
            going.update(found)
    for row in table(place)["only"]:
        inside = matching(names, f"{row['folder']}/*")
        staying: set[str] = set()
        for pattern in row["kept"]:
            found = matching(inside, f"{row['folder']}/{pattern}")
            if not found:
                raise Unready(f"left_out.toml: {row['folder']} has no {pattern} any more.")
            staying.update(found)
        going.update(set(inside) - staying)
    size = 0
    for name in going:
        size += (folder / name).stat().st_size
        (folder / name).unlink()
    _remove_empty(folder)
    return size


def _remove_empty(folder: Path) -> None:
    for each in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        if not any(each.iterdir()):
            each.rmdir()


def replaced(folder: Path) -> dict[Path, list[str]]:
    """The libraries that get a stand-in, with the functions that others ask of them."""
    names = files_below(folder)
    wanted = [
        folder / name
        for row in table()["stand_in"]
        for pattern in row["files"]
        for name in matching(names, pattern)
    ]
    asked: dict[Path, set[str]] = {each: set() for each in wanted}
    for path in binaries.binaries(folder):
        imports = binaries.read(path).imports
        for each in wanted:
            asked[each].update(imports.get(each.name.lower(), ()))
    return {each: sorted(functions) for each, functions in asked.items()}


def of_windows() -> frozenset[str]:
    """The libraries that every Windows 10 of the oldest supported kind has."""
    lines = OF_WINDOWS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def lacking(folder: Path) -> list[str]:
    """What some library asks for that neither the folder nor Windows has, in whole sentences."""
    found: list[str] = []
    known = {path: binaries.read(path) for path in binaries.binaries(folder)}
    offered: dict[str, set[str]] = {}
    for path, content in known.items():
        offered.setdefault(path.name.lower(), set()).update(content.exports)
    system = of_windows()
    for path, content in known.items():
        own = path.relative_to(folder).as_posix()
        for library, functions in content.imports.items():
            if library in offered:
                missing = [
                    name
                    for name in functions
                    if not name.startswith("#") and name not in offered[library]
                ]
                if missing:
                    found.append(f"{own} asks {library} for {missing[0]}, which is not there.")
            elif library not in system and not library.startswith("api-ms-win-"):
                found.append(f"{own} needs {library}, which is not there.")
    return found
