"""The set-up script: what it decides, what it remembers, and what it tells a stranded developer."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import dev
import machine
import pytest
import qt_libraries
from machine import Python, Unready
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LDD = """
\tlinux-vdso.so.1 (0x00007ffd)
\tlibQt6Gui.so.6 => /opt/PySide6/Qt/lib/libQt6Gui.so.6 (0x00007f64)
\tlibEGL.so.1 => not found
\tlibxkbcommon.so.0 => not found
\tlibEGL.so.1 => not found
"""


def locked(file: Path) -> dict[str, str]:
    """The versions that a lock file names, by package."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE))


def a_python(version: tuple[int, ...], **facts: Any) -> Python:
    """A Python that is somewhere."""
    return Python("/somewhere/python", version, **facts)


def test_the_first_page_names_the_pythons_that_are_allowed():
    oldest, newest = (f"{major}.{minor}" for major, minor in machine.allowed())

    for page in ("README.md", "CONTRIBUTING.md"):
        assert f"nothing but Python {oldest} to {newest}" in (machine.TOP / page).read_text("utf-8")


def test_a_python_that_is_not_allowed_is_named_with_the_ones_to_install():
    oldest, newest = machine.allowed()
    span = f"Python {oldest[0]}\\.{oldest[1]} to {newest[0]}\\.{newest[1]}"
    with pytest.raises(Unready, match=rf"needs {span}, and this is 3\.9\.2\."):
        machine.check_python(a_python((3, 9, 2)))
    with pytest.raises(
        Unready, match=rf"runs under {span}, and this is 3\.99\.0, for which not all"
    ):
        machine.check_python(a_python((3, 99, 0)))
    with pytest.raises(Unready, match=rf"py -3\.{newest[1]} packaging/dev\.py"):
        machine.check_python(a_python((3, 99, 0)), "win32")
    machine.check_python(a_python((*oldest, 0)))
    machine.check_python(a_python((*newest, 9)))


def test_a_python_for_which_the_libraries_are_not_made_is_turned_away():
    with pytest.raises(Unready, match="64-bit"):
        machine.check_python(a_python((3, 12, 0), bits=32))
    with pytest.raises(Unready, match="usual build"):
        machine.check_python(a_python((3, 13, 0), usual=False))


def test_the_python_of_the_store_is_turned_away_because_it_would_take_the_records_with_it(
    monkeypatch,
):
    store = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.2800.0_x64"
    monkeypatch.setattr(sys, "base_prefix", store)
    assert machine.present().from_store
    with pytest.raises(Unready, match="Microsoft Store") as refused:
        machine.check_python(machine.present(), "win32")
    assert "python.org" in str(refused.value)

    monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\Python313")
    assert not machine.present().from_store


def test_a_python_without_venv_names_the_package_that_brings_it():
    bare = a_python((3, 12, 1), missing=("ensurepip",))
    with pytest.raises(Unready, match=r"3\.12\.1 lacks ensurepip(.|\n)*install python3\.12-venv"):
        machine.check_parts(bare, "linux")
    with pytest.raises(Unready, match="Install Python from"):
        machine.check_parts(bare, "win32")
    machine.check_parts(a_python((3, 12, 1)), "linux")


def test_a_python_elsewhere_says_what_it_is():
    assert machine.ask(sys.executable) == machine.present()


def test_what_is_no_python_is_refused_by_its_place(tmp_path):
    pretender = tmp_path / "python3.12"
    pretender.write_text("#!/bin/sh\necho hello\n", encoding="utf-8")
    pretender.chmod(0o755)
    for place in (pretender, tmp_path / "nothing"):
        assert machine.ask(str(place)) is None
        with pytest.raises(Unready, match=f"no Python .* starts at {re.escape(str(place))}"):
            machine.chosen(str(place))


def test_of_the_pythons_here_the_oldest_and_the_newest_are_tried():
    (_, first), (_, last) = machine.allowed()
    older, oldest, between, newest, newer = (
        a_python((3, minor, 4)) for minor in (first - 1, first, first + 1, last, last + 1)
    )
    bare = a_python((3, first, 1), missing=("venv",))
    odd = a_python((3, last, 9), usual=False)

    found = machine.oldest_and_newest([newer, between, odd, newest, bare, oldest, older])

    assert found == [oldest, newest]
    assert machine.oldest_and_newest([older, between]) == [between]
    assert machine.oldest_and_newest([older]) == []


def test_a_python_of_this_machine_is_found_once_and_not_the_present_one():
    others = machine.others()

    assert machine.present().version not in {python.version for python in others}
    assert len({python.version for python in others}) == len(others) <= 2


def test_a_python_that_is_tried_leaves_the_environment_that_is_worked_in_alone():
    assert dev.venv_of(None) == machine.TOP / ".venv"
    assert dev.venv_of(a_python((3, 13, 5))) == machine.TOP / ".venv-3.13.5"


def test_missing_system_libraries_are_named_once_with_their_packages():
    missing = qt_libraries.missing_libraries(LDD)

    sentence = qt_libraries.libraries_sentence(missing)

    assert missing == ["libEGL.so.1", "libxkbcommon.so.0"]
    assert "apt install libegl1 libxkbcommon0" in sentence
    assert "dnf install mesa-libEGL libxkbcommon" in sentence


def test_a_library_nobody_knows_is_named_all_the_same():
    error = "ImportError: libodd.so.3: cannot open shared object file: No such file or directory"

    sentence = qt_libraries.libraries_sentence(qt_libraries.missing_from_error(error))

    assert "libodd.so.3" in sentence
    assert "apt" not in sentence


def test_a_change_of_lock_python_or_system_asks_for_a_new_installation(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_bytes(b"a==1\nb==2\n")
    first = dev.fingerprint([lock], (3, 11, 4), "linux")

    assert dev.fingerprint([lock], (3, 11, 9), "linux") == first
    assert dev.fingerprint([lock], (3, 12, 0), "linux") != first
    assert dev.fingerprint([lock], (3, 11, 4), "win32") != first
    lock.write_bytes(b"a==1\r\nb==2\r\n")
    assert dev.fingerprint([lock], (3, 11, 4), "linux") == first
    lock.write_bytes(b"a==1\nb==3\n")
    assert dev.fingerprint([lock], (3, 11, 4), "linux") != first


def test_a_stamp_comes_back_and_a_damaged_one_counts_as_none(tmp_path):
    stamp = tmp_path / "stamp.json"
    assert dev.read_stamp(stamp) == {}

    dev.write_stamp(stamp, {"runtime": "abc"})
    assert dev.read_stamp(stamp) == {"runtime": "abc"}

    for damage in ("", "{", "[]", "\x00"):
        stamp.write_text(damage, encoding="utf-8")
        assert dev.read_stamp(stamp) == {}


def test_other_pythons_do_not_leak_into_the_tools(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")

    made = machine.environment()

    assert "PYTHONPATH" not in made
    assert "PYTHONHOME" not in made
    assert made["PYTHONUTF8"] == "1"


def test_remarks_on_the_settings_of_the_machine_are_left_out():
    said = "WARNING: Location 'x' is ignored\nERROR: No matching distribution\n"

    assert machine.tail(said) == "ERROR: No matching distribution"


def test_the_script_explains_itself_without_site_packages():
    told = subprocess.run(
        [sys.executable, "-S", "-I", machine.TOP / "packaging" / "dev.py", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0
    assert all(command in told.stdout for command in dev.COMMANDS)


def test_a_wrong_command_is_wrong_usage():
    with pytest.raises(SystemExit) as told:
        dev.main(["dance"])

    assert told.value.code == 2


def test_the_locks_hold_every_package_that_is_asked_for_and_nothing_but_hashes():
    project = tomllib.loads((machine.TOP / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        dev.RUNTIME: project["project"]["dependencies"],
        dev.DEV: project["dependency-groups"]["dev"],
    }
    for lock, wanted in groups.items():
        text = lock.read_text(encoding="utf-8")
        names = {re.split(r"[<>=]", line)[0].lower().replace("_", "-") for line in wanted}
        assert names <= set(locked(lock))
        assert "://" not in text
        packages = [line for line in text.splitlines() if not line.startswith("    --hash=")]
        assert len(packages) == len(locked(lock))
        assert text.count("--hash=sha256:") >= len(locked(lock))


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_locks_name_all_that_their_packages_ask_for_so_that_none_is_looked_up(system: str):
    """A version that is published tomorrow must not find its way in, nor stop the set-up."""
    of_everything = locked(machine.TOP / "packaging" / "requirements-dev.txt")
    platform = {"win32": "Windows", "darwin": "Darwin", "linux": "Linux"}[system]
    around = {"sys_platform": system, "platform_system": platform, "extra": ""}
    missing = []
    for name in of_everything:
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # locked for another system only
        for requirement in map(Requirement, asked):
            if requirement.marker is not None and not requirement.marker.evaluate(around):
                continue
            version = of_everything.get(canonicalize_name(requirement.name))
            if version is None or not requirement.specifier.contains(version):
                missing.append(f"{name} asks for {requirement}")
    assert not missing


def test_what_is_locked_is_installed_without_looking_for_anything_else(tmp_path, monkeypatch):
    """What a lock leaves out is named at once, before anything of it is fetched."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    wheel = tmp_path / "needy-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as parcel:
        about = (
            "Metadata-Version: 2.1\nName: needy\nVersion: 1\nRequires-Dist: nobody-locked-this\n"
        )
        parcel.writestr("needy-1.dist-info/METADATA", about)
        parcel.writestr("needy-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        parcel.writestr("needy-1.dist-info/RECORD", "")
    lock = tmp_path / "lock.txt"
    seal = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"--find-links {tmp_path}\nneedy==1 --hash=sha256:{seal}\n", encoding="utf-8")
    venv.create(tmp_path / "venv", with_pip=True)

    with pytest.raises(Unready, match="do not fit together"):
        dev.install(dev.venv_python(tmp_path / "venv"), [lock])


def test_both_locks_agree_where_they_meet():
    runtime, tools = locked(dev.RUNTIME), locked(dev.DEV)

    assert {name: tools[name] for name in runtime.keys() & tools.keys()} == {
        name: runtime[name] for name in runtime.keys() & tools.keys()
    }


def test_no_package_is_locked_that_the_licence_forbids():
    forbidden = {"pymupdf", "pillow-heif", "pyqt5", "pyqt6", "pyside6-addons", "poppler-utils"}

    assert not forbidden & set(locked(dev.RUNTIME))
