"""A package for Debian or Ubuntu says on which system it does not work, before it is unpacked."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from linux import __main__ as deb
from machine import TOP, allowed
from windows import licences

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of Debian's packages")


def a_system(root: Path, *pythons: str) -> Path:
    """A system on which these Pythons are, the first of which is its own."""
    folder = root / "usr" / "bin"
    folder.mkdir(parents=True)
    for name in pythons:
        for place in (folder / f"python{name}", folder / "python3"):
            if not place.exists():
                place.write_text(f"#!/bin/sh\necho {name}\n", encoding="ascii")
                place.chmod(0o755)
    return root


def asked(root: Path, python: str) -> subprocess.CompletedProcess[str]:
    """What a package for a Python says before it is unpacked."""
    script = root / "preinst"
    script.write_text(
        deb.BEFORE.format(python=python, system=deb.SYSTEMS[python], version="0.2.0"),
        encoding="ascii",
    )
    return subprocess.run(
        ["sh", str(script), "install"],
        capture_output=True,
        text=True,
        check=False,
        env={"DPKG_ROOT": str(root)},
    )


def test_a_system_with_another_python_is_told_which_package_it_needs(tmp_path: Path):
    said = asked(a_system(tmp_path, "3.12"), "3.11")

    assert said.returncode == 1
    assert "is for Debian 12 and its Python 3.11; here is Python 3.12" in said.stderr
    assert "Nothing was installed. Take dpdesk_0.2.0_python3.12_amd64.deb" in said.stderr


@pytest.mark.parametrize("there", [("3.13",), ("3.11", "3.13"), ()])
def test_a_system_with_the_right_python_or_none_yet_is_let_through(tmp_path: Path, there):
    said = asked(a_system(tmp_path, *there), "3.13")

    assert (said.returncode, said.stderr) == (0, "")


def test_a_user_whose_files_nobody_else_may_read_makes_a_package_all_the_same(tmp_path: Path):
    usual = os.umask(0o077)
    try:
        (tmp_path / "root").mkdir()
        deb._control(tmp_path / "root", "3.11")
    finally:
        os.umask(usual)

    control = tmp_path / "root" / "DEBIAN"
    made = (control.parent, control, *control.iterdir())
    rights = {each.name: each.stat().st_mode & 0o777 for each in made}
    assert rights == {"root": 0o755, "DEBIAN": 0o755, "control": 0o644, "preinst": 0o755}
    assert "Depends: python3.11," in (control / "control").read_text(encoding="utf-8")


def test_the_copyright_of_the_package_names_everything_that_is_in_it(tmp_path: Path):
    licences.gather(tmp_path, [])
    told = deb.copyright_words(tmp_path)
    own = (TOP / "LICENSE").read_text(encoding="utf-8")
    assert told.startswith(own.rstrip())
    assert "/usr/lib/dpdesk/LICENCES" in told
    assert "GNU Lesser General Public" in told
    assert "CPython" in told


def test_every_python_that_is_allowed_has_its_system():
    (_, oldest), (_, newest) = allowed()
    assert list(deb.SYSTEMS) == [f"3.{minor}" for minor in range(oldest, newest + 1)]


@pytest.mark.skipif(shutil.which(deb._COMPILER) is None, reason="needs Debian's gcc")
def test_a_library_under_the_gpl_is_replaced_by_one_that_others_can_load(tmp_path: Path):
    library = tmp_path / "libgone-1.so.2.1"
    source = tmp_path / "gone.c"
    source.write_text(
        'char told[] = "Licence: GPL"; int first(void) { return 7; }'
        " int second(void) { return 8; }",
        encoding="ascii",
    )
    subprocess.run([deb._COMPILER, "-shared", str(source), "-o", str(library)], check=True)
    source.unlink()
    assert licences.forbidden(tmp_path)

    deb.build_stand_in(library)

    loaded = ctypes.CDLL(str(library))
    assert (loaded.first(), loaded.second()) == (0, 0)
    assert not licences.forbidden(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [library.name]
