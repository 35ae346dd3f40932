"""The set-up script: what it decides, what it remembers, and what it tells a stranded developer."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import dev
import pytest

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


def test_an_old_python_is_named_with_the_one_to_install():
    with pytest.raises(dev.Unready, match=r"3\.11 or newer, and this is 3\.9\.2"):
        dev.check_python((3, 9, 2), 64)
    dev.check_python((3, 11, 0), 64)
    dev.check_python((3, 14, 1), 64)


def test_a_python_of_32_bits_is_turned_away():
    with pytest.raises(dev.Unready, match="64-bit"):
        dev.check_python((3, 12, 0), 32)


def test_a_python_without_venv_names_the_package_that_brings_it():
    with pytest.raises(dev.Unready, match=r"apt install python3\.12-venv"):
        dev.check_parts((3, 12, 1), ["ensurepip"], "linux")
    with pytest.raises(dev.Unready, match="Install Python from"):
        dev.check_parts((3, 12, 1), ["ensurepip"], "win32")
    dev.check_parts((3, 12, 1), [], "linux")


def test_missing_system_libraries_are_named_once_with_their_packages():
    missing = dev.missing_libraries(LDD)

    sentence = dev.libraries_sentence(missing)

    assert missing == ["libEGL.so.1", "libxkbcommon.so.0"]
    assert "apt install libegl1 libxkbcommon0" in sentence
    assert "dnf install mesa-libEGL libxkbcommon" in sentence


def test_a_library_nobody_knows_is_named_all_the_same():
    error = "ImportError: libodd.so.3: cannot open shared object file: No such file or directory"

    sentence = dev.libraries_sentence(dev.missing_from_error(error))

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

    made = dev.environment()

    assert "PYTHONPATH" not in made
    assert "PYTHONHOME" not in made
    assert made["PYTHONUTF8"] == "1"


def test_remarks_on_the_settings_of_the_machine_are_left_out():
    said = "WARNING: Location 'x' is ignored\nERROR: No matching distribution\n"

    assert dev.tail(said) == "ERROR: No matching distribution"


def test_the_script_explains_itself_without_site_packages():
    told = subprocess.run(
        [sys.executable, "-S", "-I", dev.TOP / "packaging" / "dev.py", "--help"],
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
    project = tomllib.loads((dev.TOP / "pyproject.toml").read_text(encoding="utf-8"))
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


def test_both_locks_agree_where_they_meet():
    runtime, tools = locked(dev.RUNTIME), locked(dev.DEV)

    assert {name: tools[name] for name in runtime.keys() & tools.keys()} == {
        name: runtime[name] for name in runtime.keys() & tools.keys()
    }


def test_no_package_is_locked_that_the_licence_forbids():
    forbidden = {"pymupdf", "pillow-heif", "pyqt5", "pyqt6", "pyside6-addons", "poppler-utils"}

    assert not forbidden & set(locked(dev.RUNTIME))
