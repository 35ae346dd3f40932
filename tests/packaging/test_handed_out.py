"""What is handed out for Windows: its sizes, its sameness, and what the tests under wine answer."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from machine import Unready
from windows import folder, gathering, handed_out, packing, suite

LOCK = """colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
pytest==9.0.0 \\
    --hash=sha256:01
"""


def test_what_only_windows_needs_is_fetched_for_windows_whoever_fetches_it():
    assert "sys_platform" not in gathering.meant_for(LOCK, "win_amd64")
    assert gathering.meant_for(LOCK, "manylinux_2_34_x86_64") == LOCK
    dev = gathering.meant_for(suite.DEV_LOCK.read_text(encoding="utf-8"), "win_amd64")
    assert "colorama==" in dev
    assert "sys_platform" not in dev


def summary(code: str, hour: int) -> bytes:
    """An MSI of the smallest kind: bytes around a summary with a code and two hours."""
    rows = [(1, struct.pack("<II", 2, 1252))]
    rows += [(9, struct.pack("<II", 30, 39) + f"{{{code}}}\0\0".encode())]
    rows += [(known, struct.pack("<IQ", 64, hour)) for known in (12, 13)]
    place = 8 + 8 * len(rows)
    index, body = b"", b""
    for known, value in rows:
        index += struct.pack("<II", known, place + len(body))
        body += value
    section = struct.pack("<II", place + len(body), len(rows)) + index + body
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0, b"", 1)
    mark = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return b"before" + head + mark + struct.pack("<I", 48) + section + b"after"


def test_an_msi_says_no_hour_and_no_number_that_was_drawn():
    one = summary("F5ACA71E-29D0-49F7-9069-27B09BBAAB66", 134_000_000_000_000_000)
    other = summary("B698704C-5ACF-5F54-9BB7-10AFE31B9CEC", 134_000_000_000_000_007)
    code = "11111111-2222-5333-8444-555555555555"

    made = packing.without_chance(one, code)
    assert made == packing.without_chance(other, code)
    assert code.encode() in made
    assert made.startswith(b"before")
    assert made.endswith(b"after")
    assert len(made) == len(one)


def test_an_msi_without_the_known_summary_stops_the_build():
    whole = summary("F5ACA71E-29D0-49F7-9069-27B09BBAAB66", 1)
    with pytest.raises(Unready, match="no summary"):
        packing.without_chance(b"nothing of the kind", "x")
    with pytest.raises(Unready, match="not as it was known"):
        packing.without_chance(whole.replace(struct.pack("<IQ", 64, 1), b"\0" * 12), "x")
    with pytest.raises(Unready, match="no summary"):
        packing.without_chance(whole + whole, "x")


def sparse(path: Path, size: int) -> Path:
    """A file that is so large and takes no room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_what_is_larger_than_promised_stops_the_build(tmp_path: Path):
    built = folder.Built(tmp_path / "made", "app", "0.2.0")
    sparse(built.folder / "app" / "a", handed_out.INSTALLED)
    setup = sparse(tmp_path / "setup.exe", handed_out.DOWNLOAD)
    assert handed_out.too_large(built, setup) == []

    sparse(built.folder / "app" / "b", 1)
    sparse(setup, handed_out.DOWNLOAD + 1)
    assert [
        fault.split(" takes ")[0].split(" has ")[0] for fault in handed_out.too_large(built, setup)
    ] == [
        "The program",
        "The installer",
    ]
    assert len(handed_out.too_large(built, None)) == 1


def test_two_builds_are_compared_to_the_bit_and_by_what_is_in_one_only(tmp_path: Path):
    for side in ("one", "other"):
        place = tmp_path / side / "in"
        place.mkdir(parents=True)
        (place / "same").write_bytes(b"same")
        (place / "unlike").write_bytes(side.encode())
    (tmp_path / "other" / "more").write_bytes(b"")

    assert handed_out.unlike(tmp_path / "one", tmp_path / "other") == ["in/unlike", "more"]
    assert handed_out.unlike(tmp_path / "one", tmp_path / "one") == []


def test_what_the_tests_answer_under_wine_is_counted_and_named():
    text = """
FAILED tests/store/test_vault.py::test_x - AssertionError: 3 passed
ERROR tests/law/test_y.py
1 failed, 41 passed, 2 skipped, 1 error in 9.02s
"""

    assert suite.outcome(text) == {"failed": 1, "passed": 41, "skipped": 2, "error": 1}
    assert len(suite.failures(text)) == 2
    assert suite.outcome("the interpreter fell over") == {}
